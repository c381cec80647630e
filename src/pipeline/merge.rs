//! Editors' changes, brought home: every file against what was handed out and what the source says now.
//!
//! Whatever is said to be clean has been tried: the changed source is read again, and must say what it was meant to say.

use super::handout;
use super::overlay::Overlay;
use crate::diagnostic::{Code, Diagnostic, Message, Sources, say};
use crate::docx::read::{View, WordDocument};
use crate::merge::{self, Change, ChangeKind, Review, Status};
use crate::model::{BitKind, BlockIndex, BlockKind, Document, Item, Length, Manuscript, Phrase, Rewrite, TableGrid};
use crate::printed::{ChartFrame, Printed, SetTable};
use crate::template::Template;
use crate::world::{OutputSet, World};
use crate::{docx, source};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Below this the file is none of this report's.
const FOREIGN: f64 = 0.25;

/// What is to be merged.
#[derive(Clone, Debug, Default)]
pub struct MergeRequest {
    /// The files that came back.
    pub revised: Vec<PathBuf>,
    /// The report's source.
    pub report: PathBuf,
    /// Writes what is clean.
    pub apply: bool,
    /// Writes bound figures where they are defined.
    pub values: bool,
    /// Only the changes of these names.
    pub only: Vec<String>,
    /// Only the changes of this author.
    pub author: Option<String>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct MergeOutcome {
    /// The files that places point into.
    pub sources: Sources,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// What was found.
    pub review: Review,
    /// What the files were compared with.
    pub compared: Vec<Base>,
    /// The files that were written.
    pub written: Vec<PathBuf>,
    /// The source as it was read, for the uses of values.
    pub document: Option<Document>,
}

/// What a file was compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// What it remembers itself.
    Own,
    /// What is kept in `handouts/`.
    Kept,
    /// Itself with all tracked changes rejected.
    Rejected,
    /// The source as it is: nobody knows what was handed out.
    Source,
}

impl MergeOutcome {
    /// True when nothing could be compared.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// True where people must decide between two sides.
    #[must_use]
    pub fn conflicts(&self) -> bool {
        self.review.changes.iter().any(|c| c.status == Status::Conflict)
    }
}

/// A report that was read, and its text as an editor would see it.
struct Ours {
    sources: Sources,
    document: Document,
    manuscript: Manuscript,
}

/// Merges files that came back.
pub fn merge(world: &dyn World, request: &MergeRequest) -> MergeOutcome {
    let mut outcome = MergeOutcome::default();
    let mut overlay = Overlay::new(world);
    let first = match read_ours(&overlay, &request.report) {
        Ok(ours) => ours,
        Err((sources, diagnostics)) => return MergeOutcome { sources, diagnostics, ..outcome },
    };
    let mut changes: Vec<Change> = Vec::new();
    for path in &request.revised {
        let name = path.display().to_string();
        let Ok(ours) = read_ours(&overlay, &request.report) else { break };
        match one(&overlay, request, path, &ours) {
            Ok((review, base, files)) => {
                outcome.compared.push(base);
                outcome.review.alignment = review.alignment;
                // Places of later files lie in a source that the first ones have changed.
                let moved = !overlay.files.is_empty();
                let found = review.changes.into_iter().map(|c| placed(c, moved, &ours.sources, &first.sources));
                together(&mut changes, found.collect(), &name);
                overlay = overlay.with(files);
            }
            Err(diagnostic) => outcome.diagnostics.push(*diagnostic),
        }
    }
    unknown(&request.only, &changes, &mut outcome.diagnostics);
    if !request.only.is_empty() {
        changes.retain(|c| request.only.contains(&c.id));
    }
    outcome.review.changes = changes;
    outcome.sources = first.sources;
    outcome.document = Some(first.document);
    if request.apply && !outcome.failed() && !overlay.files.is_empty() {
        store(world, request, &overlay, &mut outcome);
    }
    outcome
}

/// A change whose place lies in a source that was changed meanwhile, with the place of its line as the source is.
fn placed(mut change: Change, moved: bool, now: &Sources, first: &Sources) -> Change {
    if moved && let Some(span) = change.span {
        let line = |s: &Sources| s.get(span.file).map_or(0, |f| f.text.len());
        if line(now) != line(first) {
            change.span = None;
        }
    }
    change
}

/// Adds the changes of a file to those of the files before: one that both made has both authors.
fn together(all: &mut Vec<Change>, new: Vec<Change>, _file: &str) {
    for change in new {
        let same = |c: &&mut Change| {
            change.status == Status::Already
                && matches!(c.status, Status::Clean | Status::Applied)
                && c.block == change.block
                && c.cell == change.cell
                && (c.after == change.after || c.before == change.before)
        };
        match all.iter_mut().find(same) {
            Some(known) => {
                known.traces.extend(change.traces);
                known.traces.sort();
                known.traces.dedup();
                known.comments.extend(change.comments);
            }
            None => all.push(change),
        }
    }
}

fn unknown(only: &[String], changes: &[Change], diagnostics: &mut Vec<Diagnostic>) {
    for id in only.iter().filter(|id| !changes.iter().any(|c| c.id == **id)) {
        diagnostics.push(Diagnostic::error(
            Code::UNKNOWN_CHANGE,
            None,
            say!("没有编号为 {id} 的改动", "there is no change {id}"),
            say!("不带 --only 运行一次，看各处改动的编号", "run it without --only to see the names of the changes"),
        ));
    }
}

fn read_ours(world: &dyn World, report: &Path) -> Result<Ours, (Sources, Vec<Diagnostic>)> {
    let loaded = source::load(world, report, &source::Options::default());
    let Ok((document, template)) = loaded.outcome else { return Err((loaded.sources, loaded.diagnostics)) };
    match written(&document, &template) {
        Ok(manuscript) => Ok(Ours { sources: loaded.sources, document, manuscript }),
        Err(diagnostic) => Err((loaded.sources, vec![*diagnostic])),
    }
}

/// The report as it would stand in a Word file.
fn written(document: &Document, template: &Template) -> Result<Manuscript, Box<Diagnostic>> {
    let options = docx::Options::default();
    let bytes = docx::write(document, template, &nominal(document), &options).map_err(|e| Box::new(e.diagnostic()))?;
    handout::own(document, &bytes).map_err(|e| Box::new(e.diagnostic("docx")))
}

/// Pages that nobody prints: what is compared is the text, for which widths and places do not matter.
fn nominal(document: &Document) -> Printed {
    let (mut tables, mut charts) = (BTreeMap::new(), BTreeMap::new());
    for (at, block) in document.blocks.iter().enumerate() {
        match &block.kind {
            BlockKind::Table(table) => {
                let grid = TableGrid::new(table);
                let columns = vec![Length::mm(20.0); grid.columns];
                tables
                    .insert(BlockIndex::new(at), SetTable { columns, rows: vec![1; grid.rows], ..SetTable::default() });
            }
            BlockKind::Chart(_) => {
                let plot = [0.1, 0.1, 0.8, 0.8];
                let (values, moved) = (Vec::new(), Vec::new());
                let frame = ChartFrame { plot, legend: None, size: Length::mm(4.0), values, moved, level: true };
                charts.insert(BlockIndex::new(at), frame);
            }
            _ => {}
        }
    }
    Printed::new(Vec::new(), BTreeMap::new(), tables, charts)
}

type Files = Vec<(PathBuf, Vec<u8>)>;

/// One file: its changes, each tried, and the files as they become.
fn one(
    world: &Overlay<'_>,
    request: &MergeRequest,
    path: &Path,
    ours: &Ours,
) -> Result<(Review, Base, Files), Box<Diagnostic>> {
    let name = path.display().to_string();
    let bytes = world.read(path).map_err(|e| unreadable(&name, &e))?;
    let mut file = WordDocument::open(&bytes).map_err(|e| Box::new(e.diagnostic(&name)))?;
    let theirs = file.manuscript(&View::Accepted).map_err(|e| Box::new(e.diagnostic(&name)))?;
    let (base, kind) = base(world, request, &mut file, &theirs, ours).map_err(|e| Box::new(e.diagnostic(&name)))?;
    let mut review = merge::review(&ours.document, &base, &theirs, &ours.manuscript);
    let found = review.alignment.confidence.min(review.kept);
    if found < FOREIGN {
        let percent = found * 100.0;
        return Err(Box::new(Diagnostic::error(
            Code::FOREIGN_FILE,
            None,
            say!(
                "{name} 不像是这份报告的 Word 文件：只有 {percent:.0}% 的文字对得上",
                "{name} does not look like a Word file of this report: {percent:.0}% of its text was found"
            ),
            say!("检查报告和 Word 文件是不是一对", "see whether the report and the Word file belong together"),
        )));
    }
    if let Some(author) = &request.author {
        review.changes.retain(|c| c.traces.iter().any(|t| t.author == *author));
    }
    let wanted = |c: &Change| request.only.is_empty() || request.only.contains(&c.id);
    let sides = [&base, &theirs];
    let mut trial = Trial { world, report: &request.report, ours, sides, media: BTreeMap::new() };
    trial.clean(&mut review.changes, &wanted);
    let files = trial.values(&mut review.changes, request.values, &wanted);
    if request.apply {
        for change in review.changes.iter_mut().filter(|c| c.status == Status::Clean && wanted(c)) {
            change.status = Status::Applied;
        }
    }
    Ok((review, kind, files))
}

fn unreadable(name: &str, error: &std::io::Error) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(
        Code::WORD_UNREADABLE,
        None,
        say!("{name} 读不出来：{error}", "{name} cannot be read: {error}"),
        say!("检查路径，或在 Word 里关闭这个文件后再试", "check the path, or close the file in Word and try again"),
    ))
}

/// What a file is compared with.
fn base(
    world: &dyn World,
    request: &MergeRequest,
    file: &mut WordDocument<'_>,
    theirs: &Manuscript,
    ours: &Ours,
) -> Result<(Manuscript, Base), docx::read::ReadError> {
    if let Some(own) = file.custom(docx::handout::NAMESPACE).and_then(|text| docx::handout::read(&text)) {
        return Ok((own, Base::Own));
    }
    let folder = request.report.parent().unwrap_or(Path::new("")).join("handouts");
    let mut kept: Vec<(f64, Manuscript)> = Vec::new();
    for path in world.list(&folder).unwrap_or_default() {
        let is_handout = path.extension().is_some_and(|e| e == "json");
        let text = is_handout.then(|| world.read(&path).ok()).flatten().and_then(|b| String::from_utf8(b).ok());
        if let Some(manuscript) = text.and_then(|t| docx::handout::read(&t)) {
            let found = merge::review(&ours.document, &manuscript, theirs, &ours.manuscript).alignment.confidence;
            kept.push((found, manuscript));
        }
    }
    kept.sort_by(|a, b| b.0.total_cmp(&a.0));
    if let Some((confidence, manuscript)) = kept.into_iter().next()
        && confidence >= FOREIGN
    {
        return Ok((manuscript, Base::Kept));
    }
    if theirs.tracked {
        let mut rejected = file.manuscript(&View::Rejected)?;
        merge::attach(&ours.document, &mut rejected, docx::block_bookmark);
        return Ok((rejected, Base::Rejected));
    }
    Ok((ours.manuscript.clone(), Base::Source))
}

/// Tries changes on the source, in memory.
struct Trial<'a> {
    world: &'a Overlay<'a>,
    report: &'a Path,
    ours: &'a Ours,
    sides: [&'a Manuscript; 2],
    /// The files as they are after the clean changes.
    media: BTreeMap<PathBuf, Vec<u8>>,
}

impl Trial<'_> {
    /// Tries all clean changes together; where that does not come out right, one after the other. What cannot be written is
    /// left to people.
    fn clean(&mut self, changes: &mut [Change], wanted: &dyn Fn(&Change) -> bool) {
        let mut chosen: Vec<usize> = (0..changes.len())
            .filter(|&at| {
                changes[at].status == Status::Clean && wanted(&changes[at]) && !changes[at].rewrites.is_empty()
            })
            .collect();
        if let Ok(files) = self.attempt(changes, &chosen) {
            self.media = files;
            return;
        }
        let mut accepted: Vec<usize> = Vec::new();
        for at in std::mem::take(&mut chosen) {
            accepted.push(at);
            match self.attempt(changes, &accepted) {
                Ok(files) => self.media = files,
                Err(reason) => {
                    accepted.pop();
                    changes[at].status = Status::Proposed;
                    changes[at].reason = Some(reason);
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
        let files = self.rewritten(&rewrites).ok_or_else(by_hand)?;
        let after = self.world.with(files.clone());
        let now = read_ours(&after, self.report).map_err(|(_, diagnostics)| {
            let error = diagnostics.into_iter().find(Diagnostic::is_error);
            error.map_or_else(by_hand, |e| {
                let Message { zh, en } = e.message;
                say!("写进去以后报告会有错误：{zh}", "the report would have an error then: {en}")
            })
        })?;
        let texts: Vec<&str> = chosen.iter().map(|&at| changes[at].after.as_str()).collect();
        if !says_only(&now.manuscript, &self.ours.manuscript, self.sides[1], &texts) {
            return Err(by_hand());
        }
        // What was applied must not be found again.
        let [base, theirs] = self.sides;
        let again = merge::review(&now.document, base, theirs, &now.manuscript);
        let open = |c: &&Change| matches!(c.status, Status::Clean | Status::Conflict);
        let before = changes.iter().filter(open).count() - chosen.len();
        let left = again.changes.iter().filter(open).count();
        if left <= before { Ok(files) } else { Err(by_hand()) }
    }

    /// Whole files with rewrites; None where one could not be written.
    fn rewritten(&self, rewrites: &[Rewrite]) -> Option<BTreeMap<PathBuf, Vec<u8>>> {
        let done = source::apply(&self.ours.sources, &self.ours.document, rewrites);
        if done.done.contains(&false) {
            return None;
        }
        let mut files = BTreeMap::new();
        for (id, text) in done.files {
            let path = PathBuf::from(&self.ours.sources.get(id)?.path);
            files.insert(path.clone(), with_mark(self.world, &path, text));
        }
        let folder = self.report.parent().unwrap_or(Path::new(""));
        files.extend(done.media.into_iter().map(|(name, data)| (folder.join(name), data)));
        Some(files)
    }

    /// Tries the values; returns the files as they are then. `write`: they are wanted.
    fn values(&mut self, changes: &mut [Change], write: bool, wanted: &dyn Fn(&Change) -> bool) -> Files {
        let clean: Vec<Rewrite> = changes
            .iter()
            .filter(|c| c.status == Status::Clean && wanted(c))
            .flat_map(|c| c.rewrites.clone())
            .collect();
        let mut accepted: Vec<Rewrite> = Vec::new();
        let mut seen: BTreeMap<crate::diagnostic::Span, String> = BTreeMap::new();
        for change in changes.iter_mut() {
            let Some(value) = change.value.clone() else { continue };
            if change.kind != ChangeKind::Value || change.rewrites.is_empty() || !wanted(change) {
                continue;
            }
            let Some(span) = value.defined else { continue };
            match seen.get(&span) {
                Some(known) if *known == value.after => {
                    change.status = if write { Status::Clean } else { Status::Proposed };
                    continue;
                }
                Some(_) => {
                    change.status = Status::Conflict;
                    change.kind = ChangeKind::Conflict;
                    change.reason = Some(say!(
                        "同一个数在两处改成了不同的值",
                        "one figure was changed to two values in two places"
                    ));
                    continue;
                }
                None => {}
            }
            let mut rewrites = clean.clone();
            rewrites.extend(accepted.iter().cloned());
            rewrites.extend(change.rewrites.iter().cloned());
            let files = self.rewritten(&rewrites).filter(|files| self.prints(files, &value.name, &value.after));
            if let Some(files) = files {
                seen.insert(span, value.after.clone());
                if write {
                    change.status = Status::Clean;
                    accepted.append(&mut change.rewrites.clone());
                    self.media = files;
                }
            } else {
                change.reason = Some(say!(
                    "这个数不能按印出的样子写回数据，请在数据文件里改",
                    "the data cannot be changed to print this; change it in the data file"
                ));
                change.rewrites.clear();
            }
        }
        std::mem::take(&mut self.media).into_iter().collect()
    }

    /// True where the source, with files, prints a value so.
    fn prints(&self, files: &BTreeMap<PathBuf, Vec<u8>>, name: &str, after: &str) -> bool {
        let world = self.world.with(files.clone());
        let loaded = source::load(&world, self.report, &source::Options::default());
        let Ok((document, _)) = loaded.outcome else { return false };
        document.values.iter().filter(|v| v.expression == name).any(|v| v.text == after)
    }
}

fn by_hand() -> Message {
    say!("这处改动不能稳妥地写进源文件，请人工改", "this cannot be written into the source safely; change it by hand")
}

/// A text with the byte order mark that the file has.
fn with_mark(world: &dyn World, path: &Path, text: String) -> Vec<u8> {
    let marked = world.read(path).is_ok_and(|b| b.starts_with(&[0xef, 0xbb, 0xbf]));
    let mut bytes = if marked { vec![0xef, 0xbb, 0xbf] } else { Vec::new() };
    bytes.extend(text.into_bytes());
    bytes
}

/// True where a manuscript says nothing but what it said before, what they say, and what the changes lead to.
fn says_only(now: &Manuscript, before: &Manuscript, theirs: &Manuscript, after: &[&str]) -> bool {
    let mut known: BTreeSet<String> = BTreeSet::new();
    for manuscript in [before, theirs] {
        known.extend(texts(manuscript));
    }
    for text in after {
        known.extend(text.split(['\n', '\t']).map(bare));
    }
    texts(now).all(|text| known.contains(&text))
}

/// The texts of paragraphs and cells, without white space, marks and what programs write.
fn texts(manuscript: &Manuscript) -> impl Iterator<Item = String> {
    let of = |phrase: &Phrase| {
        let bits = phrase.bits.iter().filter(|b| !matches!(b.kind, BitKind::Auto | BitKind::Note(_) | BitKind::Object));
        bare(&bits.map(|b| b.text.as_str()).collect::<String>())
    };
    let item = move |item: &Item| -> Vec<String> {
        if item.rows.is_empty() {
            vec![of(&item.phrase)]
        } else {
            item.rows.iter().flat_map(|r| &r.cells).map(|c| of(&c.phrase)).collect()
        }
    };
    manuscript.items.iter().chain(&manuscript.notes).flat_map(item).collect::<Vec<_>>().into_iter()
}

/// Characters that are compared: no white space, no marks of notes, no numbers of what is numbered.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !('\u{2460}'..='\u{2473}').contains(c)).collect()
}

/// Puts the files in place, with a line for each change in the log of merges.
fn store(world: &dyn World, request: &MergeRequest, overlay: &Overlay<'_>, outcome: &mut MergeOutcome) {
    let mut files: Files = overlay.files.clone().into_iter().collect();
    let log = request.report.parent().unwrap_or(Path::new("")).join("handouts").join("merged.jsonl");
    let mut lines = world.read(&log).unwrap_or_default();
    let applied = outcome.review.changes.iter().filter(|c| c.status == Status::Applied);
    for change in applied {
        let place = change.span.and_then(|s| outcome.sources.get(s.file).map(|f| (f, f.position(s.start))));
        let line = serde_json::json!({
            "id": change.id,
            "kind": change.kind.name(),
            "block": change.block,
            "file": place.as_ref().map(|(f, _)| f.path.clone()),
            "line": place.as_ref().map(|(_, p)| p.line),
            "before": change.before,
            "after": change.after,
            "authors": change.traces.iter().map(|t| serde_json::json!({"author": t.author, "date": t.date})).collect::<Vec<_>>(),
            "from": request.revised.iter().map(|p| p.display().to_string()).collect::<Vec<_>>(),
        });
        lines.extend(line.to_string().into_bytes());
        lines.push(b'\n');
    }
    files.push((log, lines));
    match world.replace_all(&OutputSet { files: &files, stale: &[], streams: &[] }) {
        Ok(()) => outcome.written = files.into_iter().map(|(path, _)| path).collect(),
        Err(error) => {
            let place = error.path.display();
            let cause = &error.cause;
            outcome.diagnostics.push(Diagnostic::error(
                Code::OUTPUT_UNWRITABLE,
                None,
                say!("不能写 {place}：{cause}", "{place} cannot be written: {cause}"),
                say!("所有文件都保持原样", "all files stay as they were"),
            ));
        }
    }
}
