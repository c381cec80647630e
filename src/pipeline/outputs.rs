//! Outputs: their names, and their way to their places.

use super::depfile;
use super::guard::{self, OutputKind, Verdict};
use super::handout;
use super::kept::KeptWork;
use super::press;
use super::produce::Product;
use super::request::{Destination, Foreign, Request};
use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::reuse::ContentHash;
use crate::world::{OutputSet, ReplaceError, Turn, World};
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

/// What was put in place.
#[derive(Debug, Default)]
pub(super) struct Stored {
    /// The documents.
    pub(super) documents: Vec<PathBuf>,
    /// The Word file that was left alone, since an editor has worked in it.
    pub(super) waiting: Option<PathBuf>,
}

/// An output on its way.
struct Output {
    kind: OutputKind,
    /// As messages name it.
    path: PathBuf,
    bytes: Vec<u8>,
}

/// Waits for the turn in the folder of the outputs, if it is there: what is read from then on is newer than what an earlier build
/// puts in place.
pub(super) fn turn(world: &dyn World, destination: &Destination) -> Option<Turn> {
    world.turn(&destination.folder).ok()
}

/// Puts all files in place, or none.
pub(super) fn store(
    (world, kept): (&dyn World, Option<&KeptWork<'_>>),
    request: &Request,
    destination: &Destination,
    product: Product,
    turn: Option<Turn>,
) -> Result<Stored, Vec<Diagnostic>> {
    let mut stem = destination.stem.as_ref().map_or_else(|| stem(&request.report), OsString::from);
    stem.push(product.suffix);
    let mut outputs = documents(&destination.folder, &stem, product.pdf, product.docx, product.png);
    let documents: Vec<PathBuf> = outputs.iter().map(|output| output.path.clone()).collect();
    if let (Some(path), Some(bytes)) = (&destination.layout, product.layout) {
        outputs.push(Output { kind: OutputKind::Layout, path: path.clone(), bytes });
    }
    if let (Some(name), Some(bytes)) = (&request.handout, product.base) {
        let path = handout::place(&request.report, name, destination.stem.as_deref());
        taken(world, destination, &path, &bytes)?;
        outputs.push(Output { kind: OutputKind::Handout, path, bytes });
    }
    if let Some(path) = &destination.depfile {
        let read: Vec<PathBuf> = world.touched().into_iter().filter(|p| world.is_file(p)).collect();
        let bytes = depfile::write(&documents, &read);
        outputs.push(Output { kind: OutputKind::Depfile, path: path.clone(), bytes });
    }
    clash(world, &outputs)?;
    let turn = if let Some(turn) = turn { turn } else { first_turn(world, &destination.folder)? };
    let allowed = allow((world, kept), destination, outputs)?;
    let old = if request.formats.png.is_some() {
        old_pictures(world, &destination.folder, &stem, &documents)
    } else {
        Vec::new()
    };
    let set = OutputSet { files: &allowed.files, stale: &old, streams: &allowed.streams, durable: destination.durable };
    world.replace_all(&set).map_err(|error| vec![refused(&error)])?;
    if let Some(kept) = kept {
        allowed.files.iter().for_each(|(path, bytes)| kept.wrote(path, ContentHash::of_bytes(&[bytes])));
    }
    drop(turn);
    let waiting = allowed.waiting;
    Ok(Stored { documents: documents.into_iter().filter(|path| Some(path) != waiting.as_ref()).collect(), waiting })
}

/// Refuses a name that another text went out by: what comes back could not be compared with it any more.
fn taken(world: &dyn World, destination: &Destination, path: &Path, bytes: &[u8]) -> Result<(), Vec<Diagnostic>> {
    let other = world.existing(path).is_ok_and(|old| old != bytes);
    if !other || destination.foreign == Foreign::Replace {
        return Ok(());
    }
    let place = path.display();
    Err(vec![Diagnostic::error(
        Code::HANDOUT_TAKEN,
        None,
        say!("{place} 已经有了：用这个名称送出过别的内容", "{place} is there: another text went out by this name"),
        say!(
            "换一个 --handout 名称；那一稿不会再收回的，加 --overwrite",
            "choose another name; or give --overwrite where nothing of it will come back"
        ),
    )])
}

/// The folder is made only now that there is something to put into it.
fn first_turn(world: &dyn World, folder: &Path) -> Result<Turn, Vec<Diagnostic>> {
    let made = world.make_dir(folder).and_then(|()| world.turn(folder));
    made.map_err(|cause| vec![refused(&ReplaceError { path: folder.to_owned(), while_writing: true, cause })])
}

/// The name of the outputs.
fn stem(report: &Path) -> OsString {
    match report.file_stem() {
        // Standard input has no name.
        Some(stem) if stem != OsStr::new("-") => stem.to_owned(),
        _ => OsString::from("report"),
    }
}

fn documents(
    folder: &Path,
    stem: &OsString,
    pdf: Vec<(Option<u32>, Vec<u8>)>,
    docx: Option<Vec<u8>>,
    png: Vec<Vec<u8>>,
) -> Vec<Output> {
    let output = |kind, ending: &str, bytes| {
        let mut name = stem.clone();
        name.push(ending);
        Output { kind, path: folder.join(name), bytes }
    };
    let mut all: Vec<Output> = Vec::new();
    let named = |number| format!("{}.pdf", press::copy_suffix(number));
    all.extend(pdf.into_iter().map(|(number, bytes)| output(OutputKind::Pdf, &named(number), bytes)));
    all.extend(docx.map(|bytes| output(OutputKind::Word, ".docx", bytes)));
    // As many digits as the last page has, at least two, so that names sort as pages do.
    let digits = png.len().to_string().len().max(2);
    let pictures = png.into_iter().zip(1..);
    all.extend(pictures.map(|(bytes, page)| output(OutputKind::Picture, &format!("-{page:0digits$}.png"), bytes)));
    all
}

/// The outputs that may be written, each with the path that is replaced: a link is followed.
#[derive(Default)]
struct Allowed {
    files: Vec<(PathBuf, Vec<u8>)>,
    streams: Vec<(PathBuf, Vec<u8>)>,
    waiting: Option<PathBuf>,
}

fn allow(
    (world, kept): (&dyn World, Option<&KeptWork<'_>>),
    destination: &Destination,
    outputs: Vec<Output>,
) -> Result<Allowed, Vec<Diagnostic>> {
    let mut allowed = Allowed::default();
    let mut errors = Vec::new();
    for Output { kind, path, bytes } in outputs {
        match guard::judge((world, kept), kind, &path, destination.foreign) {
            Verdict::Write => allowed.files.push((path, bytes)),
            Verdict::Follow(real) => allowed.files.push((real, bytes)),
            Verdict::Pour => allowed.streams.push((path, bytes)),
            Verdict::Wait => allowed.waiting = Some(path),
            Verdict::Refuse(error) => errors.push(*error),
        }
    }
    if errors.is_empty() { Ok(allowed) } else { Err(errors) }
}

/// Pictures of pages that the report no longer has.
fn old_pictures(world: &dyn World, folder: &Path, stem: &OsString, new: &[PathBuf]) -> Vec<PathBuf> {
    // A folder that cannot be listed is not there yet, or will fail when it is written into.
    let Ok(files) = world.siblings(folder) else { return Vec::new() };
    let Some(stem) = stem.to_str() else { return Vec::new() };
    let is_picture = |path: &Path| {
        let name = path.file_name().and_then(|n| n.to_str());
        let page = name.and_then(|n| n.strip_prefix(stem)?.strip_prefix('-')?.strip_suffix(".png"));
        page.is_some_and(|p| p.len() >= 2 && p.bytes().all(|b| b.is_ascii_digit()))
    };
    let old = files.into_iter().filter(|path| is_picture(path) && !new.contains(path));
    old.filter(|path| !guard::is_input(world, path) && guard::is_own(world, OutputKind::Picture, path)).collect()
}

/// Refuses to write two outputs into one file, or any of them over a file that was read.
fn clash(world: &dyn World, outputs: &[Output]) -> Result<(), Vec<Diagnostic>> {
    let mut errors = Vec::new();
    for (i, Output { path, .. }) in outputs.iter().enumerate() {
        let place = path.display();
        let (message, hint) = if guard::is_input(world, path) {
            (
                say!(
                    "{place} 是报告用到的文件，不能写输出",
                    "{place} is a file that the report uses; no output may replace it"
                ),
                say!("换一个输出位置", "choose another place for the output"),
            )
        } else if outputs.iter().take(i).any(|other| guard::is_same(world, &other.path, path)) {
            (
                say!("两个输出都要写到 {place}", "two outputs go to {place}"),
                say!("给它们不同的文件名", "give them different names"),
            )
        } else {
            continue;
        };
        errors.push(Diagnostic::error(Code::OUTPUT_CLASH, None, message, hint));
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// Windows: another program has the file open (ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION). Other systems have no such numbers
/// among their errors of renaming.
const HELD_OPEN: [i32; 2] = [32, 33];

/// What kept the outputs from their places, in words.
pub(super) fn refused(error: &ReplaceError) -> Diagnostic {
    let (place, cause) = (error.path.display(), &error.cause);
    let held = cfg!(windows) && cause.raw_os_error().is_some_and(|code| HELD_OPEN.contains(&code));
    let denied = cause.kind() == io::ErrorKind::PermissionDenied;
    // On Windows a file that Word holds open is also refused as "access denied".
    if held || (!error.while_writing && denied) {
        return Diagnostic::error(
            Code::OUTPUT_BUSY,
            None,
            say!(
                "不能替换 {place}：它正被别的程序打开，或者没有写入权限",
                "{place} cannot be replaced: another program has it open, or it may not be written"
            ),
            say!(
                "在 Word 等程序中关闭这个文件后重试；所有旧文件都保持原样",
                "close it in Word and try again; all old files stay as they were"
            ),
        );
    }
    let hint = match cause.kind() {
        io::ErrorKind::IsADirectory => {
            say!("那里有一个同名的文件夹，请移走它", "a folder of that name is in the way; move it")
        }
        io::ErrorKind::StorageFull => say!("磁盘已满，请腾出空间", "the disk is full; make room"),
        io::ErrorKind::PermissionDenied => {
            say!(
                "没有写入权限，请用 --out 换一个文件夹",
                "the folder may not be written; choose another one with --out"
            )
        }
        _ => say!(
            "检查输出位置是否可写；所有旧文件都保持原样",
            "see whether the place can be written; all old files stay as they were"
        ),
    };
    let Message { zh, en } = Message::of_io(cause);
    Diagnostic::error(
        Code::OUTPUT_UNWRITABLE,
        None,
        say!("不能写 {place}：{zh}", "{place} cannot be written: {en}"),
        hint,
    )
}
