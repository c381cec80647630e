//! Which files an output may replace: those that this program wrote, as it wrote them, and that are no input.

use super::depfile;
use super::kept::KeptWork;
use super::layout_json;
use super::request::Foreign;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::docx::{self, Authorship};
use crate::world::{Place, World, plain_path};
use crate::{pdf, preview};
use std::path::{Path, PathBuf};

/// A kind of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OutputKind {
    Pdf,
    Word,
    Picture,
    Layout,
    Depfile,
    Handout,
}

/// What may be done with an output.
pub(super) enum Verdict {
    /// It goes into its place.
    Write,
    /// It goes into the place that a link leads to.
    Follow(PathBuf),
    /// It is written into a device or a pipe.
    Pour,
    /// It is left out: an editor has worked in the file that is there.
    Wait,
    Refuse(Box<Diagnostic>),
}

/// Looks at what is in an output's place.
pub(super) fn judge(
    (world, kept): (&dyn World, Option<&KeptWork<'_>>),
    kind: OutputKind,
    path: &Path,
    foreign: Foreign,
) -> Verdict {
    let aside = matches!(kind, OutputKind::Layout | OutputKind::Depfile);
    match world.place(path) {
        // A folder in the way is told when the set is put in place.
        Place::Nothing | Place::Folder => Verdict::Write,
        Place::Stream if aside => Verdict::Pour,
        Place::File { real, linked, .. } => match whose((world, kept), kind, &real) {
            own if own == Authorship::Untouched || foreign == Foreign::Replace => {
                if linked {
                    Verdict::Follow(real)
                } else {
                    Verdict::Write
                }
            }
            Authorship::Revised if foreign == Foreign::Wait => Verdict::Wait,
            Authorship::Revised => Verdict::Refuse(Box::new(revised(path))),
            _ => Verdict::Refuse(Box::new(not_ours(path))),
        },
        Place::BrokenLink | Place::Stream => Verdict::Refuse(Box::new(not_ours(path))),
    }
}

/// True for a file that this program wrote and nobody changed.
pub(super) fn is_own(world: &dyn World, kind: OutputKind, path: &Path) -> bool {
    whose((world, None), kind, path) == Authorship::Untouched
}

/// Whose work a file is. What an earlier build of this process has put there is as it was written while it has the same bytes.
fn whose((world, kept): (&dyn World, Option<&KeptWork<'_>>), kind: OutputKind, path: &Path) -> Authorship {
    let Ok(bytes) = world.existing(path) else { return Authorship::Foreign };
    if kept.is_some_and(|kept| kept.has_written(&bytes)) {
        return Authorship::Untouched;
    }
    // Nothing is lost with an empty file: scripts make them to reserve a name.
    let own = bytes.is_empty()
        || match kind {
            OutputKind::Word => return docx::authorship(&bytes),
            OutputKind::Pdf => pdf::is_own(&bytes),
            OutputKind::Picture => preview::is_own(&bytes),
            OutputKind::Layout => layout_json::is_own(&bytes),
            OutputKind::Depfile => depfile::is_own(&bytes),
            OutputKind::Handout => String::from_utf8(bytes).is_ok_and(|text| docx::handout::read(&text).is_some()),
        };
    if own { Authorship::Untouched } else { Authorship::Foreign }
}

/// True for a file that the report was read from, by whatever name.
pub(super) fn is_input(world: &dyn World, path: &Path) -> bool {
    let (from, place) = (world.current_dir(), world.place(path));
    let named = whole(&from, path);
    world.touched().iter().any(|read| whole(&from, read) == named || is_one(&place, || world.place(read)))
}

/// True for two names of one file.
pub(super) fn is_same(world: &dyn World, a: &Path, b: &Path) -> bool {
    let from = world.current_dir();
    whole(&from, a) == whole(&from, b) || is_one(&world.place(a), || world.place(b))
}

/// True for places of one file. The second is only looked for where there is a file at the first.
fn is_one(a: &Place, b: impl Fn() -> Place) -> bool {
    let Place::File { real: a, identity: i, .. } = a else { return false };
    match b() {
        Place::File { real: b, identity: j, .. } => *a == b || (i.is_some() && *i == j),
        _ => false,
    }
}

/// A path from the root, without `.` and `..`.
fn whole(from: &Path, path: &Path) -> PathBuf {
    plain_path(&from.join(path))
}

fn revised(path: &Path) -> Diagnostic {
    let place = path.display();
    Diagnostic::error(
        Code::OUTPUT_REVISED,
        None,
        say!(
            "{place} 生成以后被修改过，没有覆盖",
            "{place} has been changed since it was written; it was not overwritten"
        ),
        say!(
            "先用 dinggao merge {place} 报告 --apply 把修改写回报告，再加 --overwrite 生成；或者移走这个文件；不要这些修改的，直接加 --overwrite",
            "bring the changes home with dinggao merge {place} REPORT --apply, then build with --overwrite; or move the file away; --overwrite at once loses them"
        ),
    )
}

fn not_ours(path: &Path) -> Diagnostic {
    let place = path.display();
    Diagnostic::error(
        Code::OUTPUT_FOREIGN,
        None,
        say!(
            "{place} 不是本程序写的，或者被别的程序改过，没有覆盖",
            "{place} was not written by this program, or was changed by another; it was not overwritten"
        ),
        say!(
            "移走这个文件，或者用 --out 换一个文件夹；确实要覆盖的，加 --overwrite",
            "move the file away, or choose another folder with --out; or give --overwrite to replace it"
        ),
    )
}
