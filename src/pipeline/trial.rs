//! Changes tried on the source, in memory: what is called clean has been read back.

use super::again::read_again;
use super::copies;
use super::ours::Ours;
use super::overlay::Overlay;
use super::read_back::{SaidTexts, by_hand, read_back};
use super::several;
use super::units::units;
use crate::diagnostic::{Diagnostic, Message, Span, say};
use crate::merge::{Change, ChangeKind, Returned, Review, Status};
use crate::model::{Document, Rewrite, Value};
use crate::source::{self, NoPlace};
use crate::world::World;
use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::thread;

/// Files with their contents.
pub(super) type NamedFiles = Vec<(PathBuf, Vec<u8>)>;

/// Tries changes on the source, in memory.
pub(super) struct Trial<'a> {
    world: &'a Overlay<'a>,
    report: &'a Path,
    ours: &'a Ours,
    returned: &'a Returned,
    /// What the source and the file say, once somebody asks.
    said: OnceLock<[SaidTexts; 2]>,
    /// How many changes are clean or in conflict before any is tried.
    open: usize,
    /// How many figures they changed.
    open_values: usize,
    /// The files as they are after the clean changes.
    media: BTreeMap<PathBuf, Vec<u8>>,
}

impl<'a> Trial<'a> {
    /// Nothing has been tried yet.
    pub(super) fn new(world: &'a Overlay<'a>, report: &'a Path, ours: &'a Ours, returned: &'a Returned) -> Self {
        Self { world, report, ours, returned, said: OnceLock::new(), open: 0, open_values: 0, media: BTreeMap::new() }
    }

    fn said(&self) -> &[SaidTexts; 2] {
        self.said.get_or_init(|| [SaidTexts::of(&self.ours.manuscript), SaidTexts::of(self.returned.theirs())])
    }

    /// Tries all clean changes together; where that does not come out right, in halves. What cannot be written is left to people.
    pub(super) fn clean(&mut self, review: &mut Review, wanted: &dyn Fn(&Change) -> bool) {
        self.open_values = review.open_values();
        let changes = &mut review.changes;
        // What is left to people meanwhile is found again as it was first.
        self.open = changes.iter().filter(|change| change.is_open()).count();
        copies::propose(self.ours, changes);
        let chosen: Vec<usize> = (0..changes.len())
            .filter(|&at| {
                changes[at].status == Status::Clean && wanted(&changes[at]) && !changes[at].rewrites.is_empty()
            })
            .collect();
        let units = units(&self.ours.document, changes, &chosen);
        self.halves(changes, &mut Vec::new(), &units);
    }

    /// Tries some changes on top of those that came out right: all of them, else the first half and then the second.
    fn halves(&mut self, changes: &mut [Change], accepted: &mut Vec<usize>, more: &[Vec<usize>]) {
        if more.is_empty() {
            return;
        }
        let before = accepted.len();
        accepted.extend(more.iter().flatten());
        match self.attempt(changes, accepted) {
            Ok(files) => self.media = files,
            Err(reason) => {
                accepted.truncate(before);
                if let [unit] = more {
                    for &at in unit {
                        changes[at].status = Status::Proposed;
                        changes[at].reason = Some(reason.clone());
                    }
                } else {
                    let (first, second) = more.split_at(more.len() / 2);
                    self.halves(changes, accepted, first);
                    self.halves(changes, accepted, second);
                }
            }
        }
    }

    /// The files as some changes make them; or why the source would not say then what it should.
    fn attempt(&self, changes: &[Change], chosen: &[usize]) -> Result<BTreeMap<PathBuf, Vec<u8>>, Message> {
        if chosen.is_empty() {
            return Ok(BTreeMap::new());
        }
        let rewrites: Vec<Rewrite> = chosen.iter().flat_map(|&at| changes[at].rewrites.iter().cloned()).collect();
        let files = self.rewritten(&rewrites)?;
        let after = self.world.with(files.clone());
        let (now, [before, theirs]) = thread::scope(|scope| {
            let said = scope.spawn(|| self.said());
            let now = read_again(&after, self.report, self.ours);
            (now, said.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        let now = now.map_err(|(_, diagnostics)| {
            let error = diagnostics.into_iter().find(Diagnostic::is_error);
            error.map_or_else(by_hand, |e| would_fail(e.message))
        })?;
        let tried: Vec<&Change> = chosen.iter().map(|&at| &changes[at]).collect();
        let (read, left) = thread::scope(|scope| {
            // What was applied must not be found again.
            let left = scope.spawn(|| self.returned.open_changes(&now.document, &now.manuscript));
            let read = read_back(&SaidTexts::of(&now.manuscript), [before, theirs], &tried);
            (read, left.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        read?;
        if left + chosen.len() <= self.open { Ok(files) } else { Err(by_hand()) }
    }

    /// Whole files with rewrites; or why one could not be written.
    fn rewritten(&self, rewrites: &[Rewrite]) -> Result<BTreeMap<PathBuf, Vec<u8>>, Message> {
        let done = source::apply(&self.ours.sources, &self.ours.document, rewrites);
        if done.done.contains(&false) {
            return Err(done.refusal.map_or_else(by_hand, refused));
        }
        let mut files = BTreeMap::new();
        for (id, text) in done.files {
            let path = PathBuf::from(&self.ours.sources.get(id).ok_or_else(by_hand)?.path);
            files.insert(path.clone(), with_mark(self.world, &path, text));
        }
        let folder = self.report.parent().unwrap_or(Path::new(""));
        files.extend(done.media.into_iter().map(|(name, data)| (folder.join(name), data)));
        Ok(files)
    }

    /// Tries the values; returns the files as they are then. `write`: they are wanted.
    pub(super) fn values(
        &mut self,
        changes: &mut [Change],
        write: bool,
        wanted: &dyn Fn(&Change) -> bool,
    ) -> NamedFiles {
        let clean: Vec<Rewrite> = changes
            .iter()
            .filter(|c| c.status == Status::Clean && wanted(c))
            .flat_map(|c| c.rewrites.clone())
            .collect();
        let mut chosen: Vec<usize> = (0..changes.len())
            .filter(|&at| {
                let change = &changes[at];
                change.kind == ChangeKind::Value && !change.rewrites.is_empty() && wanted(change)
            })
            .collect();
        several::value_conflicts(changes, &|one, other| {
            [one, other].iter().all(|change| !change.rewrites.is_empty() && wanted(change))
        });
        chosen.retain(|&at| changes[at].status != Status::Conflict && !self.in_workbook(&mut changes[at]));
        if chosen.is_empty() {
            return std::mem::take(&mut self.media).into_iter().collect();
        }
        let mut accepted: Vec<usize> = Vec::new();
        // All together: a check may hold for all of them and for none alone. Else as many as can be, in as many rounds as help.
        let tried = self.with_values(changes, &clean, &chosen);
        let mut rest = match tried {
            Ok(_) => Vec::new(),
            Err(_) => chosen.clone(),
        };
        if rest.is_empty() {
            accepted = chosen;
        }
        let mut grown = true;
        while std::mem::take(&mut grown) {
            let before = std::mem::take(&mut rest);
            for at in before {
                accepted.push(at);
                if let Err(reason) = self.with_values(changes, &clean, &accepted) {
                    accepted.pop();
                    changes[at].reason = Some(reason);
                    rest.push(at);
                } else {
                    changes[at].reason = None;
                    grown = true;
                }
            }
            grown &= !rest.is_empty();
        }
        for at in rest {
            changes[at].rewrites.clear();
        }
        if write && !accepted.is_empty() {
            if let Ok(files) = self.with_values(changes, &clean, &accepted) {
                self.media = files;
            }
            for at in accepted {
                changes[at].status = Status::Clean;
            }
        }
        std::mem::take(&mut self.media).into_iter().collect()
    }

    /// Leaves a figure to people that a workbook holds, which nobody but its own program writes, and says in which cell it is.
    fn in_workbook(&self, change: &mut Change) -> bool {
        let Some((defined, after)) = change.value.as_ref().and_then(|v| Some((v.defined?, &v.after))) else {
            return false;
        };
        let Some(file) = self.ours.sources.get(defined.file) else { return false };
        let (Some((book, sheet)), Some(cell)) = (file.sheet(), file.cell(defined.start)) else { return false };
        change.reason = Some(say!(
            "程序不写工作簿：请打开 {book}，在工作表“{sheet}”里改 {cell}，使它显示为 {after}",
            "workbooks are not written: open {book} and change {cell} of its sheet “{sheet}” so that it shows {after}"
        ));
        change.rewrites.clear();
        true
    }

    /// The files with the clean changes and some values; or why the report would not print each as they wrote it.
    fn with_values(
        &self,
        changes: &[Change],
        clean: &[Rewrite],
        chosen: &[usize],
    ) -> Result<BTreeMap<PathBuf, Vec<u8>>, Message> {
        let mut rewrites = clean.to_vec();
        for rewrite in chosen.iter().flat_map(|&at| &changes[at].rewrites) {
            // A figure that is used in several places is written once.
            let known = |other: &Rewrite| matches!((rewrite, other), (Rewrite::Value { span: a, .. }, Rewrite::Value { span: b, .. }) if a == b);
            if !rewrites.iter().any(known) {
                rewrites.push(rewrite.clone());
            }
        }
        let files = self.rewritten(&rewrites).map_err(|_| not_as_printed())?;
        let after = self.world.with(files.clone());
        let now = read_again(&after, self.report, self.ours).map_err(|(_, diagnostics)| {
            let error = diagnostics.into_iter().find(Diagnostic::is_error);
            error.map_or_else(not_as_printed, |e| would_fail(e.message))
        })?;
        let mut all = chosen.iter().map(|&at| &changes[at]);
        if !all.all(|change| self.prints(change, &now.document)) {
            return Err(not_as_printed());
        }
        // What was applied must not be found again.
        let left = self.returned.open_values(&now.document, &now.manuscript);
        if left + chosen.len() <= self.open_values { Ok(files) } else { Err(not_as_printed()) }
    }

    /// True where a report prints a figure as they wrote it, and it is still of the kind that it was.
    fn prints(&self, change: &Change, now: &Document) -> bool {
        let Some(value) = &change.value else { return false };
        let was = &self.ours.document;
        let Some(at) = was.values.iter().position(|v| v.id == value.id) else { return false };
        let own = &was.values[at];
        let says = |new: &&Value| new.expression == own.expression && new.text == value.after;
        // Rows of a list have one expression: as long as no use has come or gone, they are known by their order.
        let printed = if now.values.len() == was.values.len() {
            now.values.get(at).filter(says)
        } else {
            now.values.iter().find(says)
        };
        let kind = |document: &Document, defined: Option<Span>| {
            document.facts.iter().find(|fact| defined.is_some() && fact.defined == defined).map(|fact| fact.kind)
        };
        printed.is_some_and(|new| kind(now, new.defined) == kind(was, own.defined))
    }
}

fn refused(refusal: NoPlace) -> Message {
    match refusal {
        NoPlace::InRows => say!(
            "这里的文字由 each 一行一行印出，写进去每一行都会变，请人工改",
            "each prints these blocks for every row, all of which would change; change it by hand"
        ),
        NoPlace::WithinList => say!(
            "列表的两项之间放不进别的段落，请先在源文件里把列表分开",
            "a list has no place between its items for another block; divide the list in the source"
        ),
    }
}

fn not_as_printed() -> Message {
    say!(
        "这个数不能按印出的样子写回数据，请在数据文件里改",
        "the data cannot be changed to print this; change it in the data file"
    )
}

fn would_fail(Message { zh, en }: Message) -> Message {
    say!("写进去以后报告会有错误：{zh}", "the report would have an error then: {en}")
}

/// A text with the byte order mark that the file has.
fn with_mark(world: &dyn World, path: &Path, text: String) -> Vec<u8> {
    let marked = world.read(path).is_ok_and(|b| b.starts_with(&[0xef, 0xbb, 0xbf]));
    let mut bytes = if marked { vec![0xef, 0xbb, 0xbf] } else { Vec::new() };
    bytes.extend(text.into_bytes());
    bytes
}
