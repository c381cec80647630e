//! From a report's path to its document.

use std::path::{Path, PathBuf};

use super::build::{Builder, Counts};
use super::data::{DataRemark, Entry};
use super::each::EachRow;
use super::expression::Scope;
use super::files::ReadFiles;
use super::ids::Ids;
use super::include::Folders;
use super::keys::REPORT;
use super::root::tree;
use super::{advice, breaks, characters, checks, data, include, links, meta, provenance, pull, shifts, snapshot};
use crate::diagnostic::{Code, Diagnostic, Sources, Span, say};
use crate::model::{Document, FontSpec, Furniture, Meta};
use crate::template::{BUILT_IN, BuiltIn, StyleName, Template, find_template, units};
use crate::world::World;
use crate::yaml::file::Reading;
use crate::yaml::shape::Shape;
use crate::yaml::tree::{Key, Kind, Node};

/// What the command line says about the input.
#[derive(Clone, Debug, Default)]
pub struct InputOptions {
    /// Another template than the report's: a name, or a file.
    pub template: Option<String>,
    /// `--set KEY=VALUE`: data entries by their dotted path, in order.
    pub overrides: Vec<(String, String)>,
    /// Look for slips too (`check`); the remarks join the diagnostics.
    pub advice: bool,
}

/// What came of reading a report.
#[derive(Debug)]
pub struct Loaded {
    /// All files that were read as text, for places.
    pub sources: Sources,
    /// The document and its template, the report's own numbering applied to both; an error when any diagnostic is one.
    pub outcome: Result<(Document, Template), ()>,
    /// What is wrong in all files, and advice, in the order of the places.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a report with its data and template. Never fails: everything that is wrong is in the diagnostics.
#[must_use]
pub fn load(world: &dyn World, report: &Path, options: &InputOptions) -> Loaded {
    load_kept(world, None, report, options)
}

/// The same; files whose content was read before are not read anew.
#[must_use]
pub fn load_kept(world: &dyn World, kept: Option<&ReadFiles>, report: &Path, options: &InputOptions) -> Loaded {
    let prepared = prepare_kept(world, kept, report, options);
    let (outcome, diagnostics) = prepared.resolve(world, None);
    Loaded { sources: prepared.sources, outcome, diagnostics }
}

/// A report whose files were read, to be resolved once, or for every row of a list.
pub struct PreparedReport {
    /// All files that were read as text, for places.
    pub sources: Sources,
    /// What is wrong with the files.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// None where no report could be read.
    pub(super) parts: Option<ReportParts>,
    report: PathBuf,
    advice: bool,
}

/// What the files hold.
pub(super) struct ReportParts {
    root: Node,
    folders: Folders,
    template: Option<Template>,
    /// The data; none where they could not be read.
    pub(super) entries: Option<Entry>,
    /// What tables have passed over.
    passed: Vec<DataRemark>,
}

/// Reads the files of a report.
#[must_use]
pub fn prepare(world: &dyn World, report: &Path, options: &InputOptions) -> PreparedReport {
    prepare_kept(world, None, report, options)
}

fn prepare_kept(world: &dyn World, kept: Option<&ReadFiles>, report: &Path, options: &InputOptions) -> PreparedReport {
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let trees = kept.map(|kept| &kept.trees);
    let mut reading = Reading { world, sources: &mut sources, diagnostics: &mut diagnostics, trees };
    let parts = parts(&mut reading, kept, report, options);
    PreparedReport { sources, diagnostics, parts, report: report.to_owned(), advice: options.advice }
}

impl PreparedReport {
    /// What is wrong with the files, for whatever row.
    #[must_use]
    pub fn errors(&self) -> Vec<Diagnostic> {
        self.diagnostics.iter().filter(|d| d.is_error()).cloned().collect()
    }

    /// The faces that the template asks for; None without a template.
    #[must_use]
    pub fn faces(&self) -> Option<&FontSpec> {
        self.parts.as_ref()?.template.as_ref().map(|template| &template.fonts)
    }

    /// The document and its template; an error when any diagnostic is one. `row`: what `each` is in its expressions.
    pub fn resolve(
        &self,
        world: &dyn World,
        row: Option<&EachRow>,
    ) -> (Result<(Document, Template), ()>, Vec<Diagnostic>) {
        let mut diagnostics = self.diagnostics.clone();
        let result = self.parts.as_ref().and_then(|parts| self.document(world, parts, row, &mut diagnostics));
        if !self.advice {
            diagnostics.retain(Diagnostic::is_error);
        }
        // A stable sort: files in the order in which they were read, messages without a place first.
        diagnostics.sort_by_key(|d| d.span.map(|s| (s.file, s.start)));
        diagnostics.dedup();
        let failed = diagnostics.iter().any(Diagnostic::is_error);
        (result.filter(|_| !failed).ok_or(()), diagnostics)
    }

    fn document(
        &self,
        world: &dyn World,
        parts: &ReportParts,
        row: Option<&EachRow>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(Document, Template)> {
        let ReportParts { root, folders, template: found, entries, passed } = parts;
        let scope = entries.clone().map(Scope::new);
        if let (Some(scope), Some(row)) = (&scope, row) {
            scope.bind("each", row.entry.clone());
        }
        // Without its template the rest of the report is checked against a built-in one.
        let mut template = found.clone().or_else(|| BUILT_IN.first().and_then(BuiltIn::template))?;
        renumber(&mut template, root.get("numbering"));
        part_front(&mut template, root);
        let mut ids = Ids::default();
        ids.collect(root, diagnostics);
        let (note_nodes, term_nodes) = (entries_of(root, "notes"), entries_of(root, "glossary"));
        let mut builder = Builder {
            world,
            sources: &self.sources,
            diagnostics,
            remarks: Vec::new(),
            bare: Vec::new(),
            totals: Vec::new(),
            folder: self.report.parent().unwrap_or(Path::new("")),
            folders,
            template: &template,
            scope: scope.as_ref(),
            note_nodes,
            term_nodes,
            ids,
            blocks: Vec::new(),
            values: Vec::new(),
            origins: Vec::new(),
            checks: Vec::new(),
            notes: Vec::new(),
            links: Vec::new(),
            terms: Vec::new(),
            references: Vec::new(),
            counts: Counts::default(),
            seen: (None, String::new()),
            unprinted: None,
        };
        builder.front(root);
        if let Some(body) = root.get("body") {
            builder.body(body, 1, "");
        }
        builder.back(root);
        let mut furniture = Furniture { mark: builder.running_mark(root), watermark: builder.watermark(root) };
        builder.write_notes();
        builder.resolve_references(&mut furniture);
        checks::run(&mut builder, root.get("checks"));
        let Builder { blocks, values, origins, checks, notes, links, mut remarks, bare, totals, unprinted, .. } =
            builder;
        let mut document = Document {
            meta: Meta::default(),
            blocks,
            values,
            notes,
            facts: Vec::new(),
            checks,
            links,
            contents: root.get("contents").is_some_and(|n| n.kind != Kind::Bool(false)),
            furniture,
        };
        characters::settle(&mut document, diagnostics);
        shifts::set(&mut document);
        links::find(&mut document);
        breaks::refuse(&document, diagnostics);
        if let Some(scope) = &scope {
            document.facts = provenance::facts(&scope.root, &document.values, &origins, &document.checks);
        }
        document.meta = meta::meta(world, root, (&document.blocks, unprinted.as_deref()), diagnostics);
        // Slips are looked for in what will be printed; a report with errors prints nothing.
        if self.advice && !diagnostics.iter().any(Diagnostic::is_error) {
            diagnostics.append(&mut remarks);
            diagnostics.append(&mut snapshot::advise(world, root, self.report.parent().unwrap_or(Path::new(""))));
            let counts = |remark: &&DataRemark| concerns(remark, scope.as_ref(), &totals);
            diagnostics.extend(passed.iter().filter(counts).map(|remark| remark.diagnostic.clone()));
            diagnostics.append(&mut advice::advise(&document, scope.as_ref(), note_nodes, &bare));
            diagnostics.extend(advice::without_head(&document, &template, root));
        }
        found.as_ref().map(|_| (document, template))
    }
}

/// True for a remark on data that the report uses. `totals`: the rows of totals that it prints.
fn concerns(remark: &DataRemark, scope: Option<&Scope>, totals: &[Span]) -> bool {
    let Some((span, scope)) = remark.about.zip(scope) else { return true };
    let bound = totals.iter().filter(|row| row.file == span.file && span.start <= row.start && row.end <= span.end);
    let bound = bound.count();
    // Rows of totals that are printed as such are known, unless something else uses the table too.
    let known = remark.of_totals && bound > 0 && scope.uses(span) <= bound;
    scope.uses_within(span) && !known
}

/// The entries of a map of the report; none where it has no such map.
fn entries_of<'a>(root: &'a Node, key: &str) -> &'a [(Key, Node)] {
    match root.get(key).map(|node| &node.kind) {
        Some(Kind::Map(entries)) => entries,
        _ => &[],
    }
}

fn parts(
    reading: &mut Reading<'_>,
    kept: Option<&ReadFiles>,
    report: &Path,
    options: &InputOptions,
) -> Option<ReportParts> {
    let mut root = tree(reading, report)?;
    let folders = include::expand(reading, &mut root, report);
    Shape::Object(&REPORT).check(&root, reading.diagnostics);
    let Kind::Map(_) = &root.kind else { return None };

    // Nothing is pulled here; a secret that is written out is told all the same.
    pull::entries(&root, reading.diagnostics);
    let template = template(reading, &root, report, options);
    let folder = report.parent().unwrap_or(Path::new(""));
    let data = data::read(reading, kept.map(|kept| &kept.data), folder, root.get("data"));
    let (entries, passed) = data.map_or((None, Vec::new()), |data| (Some(data.root), data.remarks));
    let entries = entries.and_then(|e| data::override_all(reading, e, &options.overrides));
    if entries.is_none() && !reading.diagnostics.iter().any(Diagnostic::is_error) {
        reading.diagnostics.push(unread(root.get("data")));
    }
    Some(ReportParts { root, folders, template, entries, passed })
}

/// Data that nobody could read and nobody said why: without this, every figure of the report would print as nothing.
fn unread(node: Option<&Node>) -> Diagnostic {
    Diagnostic::error(
        Code::DATA_UNREADABLE,
        node.map(|n| n.span),
        say!("数据读不出来", "the data cannot be read"),
        say!("写数据文件的名称；文件没有问题的，请报告", "name a data file; if the file is sound, please report it"),
    )
}

/// The template that the command line or the report names.
fn template(reading: &mut Reading<'_>, root: &Node, report: &Path, options: &InputOptions) -> Option<Template> {
    let named = root.get("template");
    match (&options.template, named.map(|n| &n.kind)) {
        (Some(name), _) => find_template(reading, name, None, report),
        (None, Some(Kind::Text(name))) => find_template(reading, name, named.map(|n| n.span), report),
        // A number is a name too: of templates/2024.yaml.
        (None, Some(Kind::Number(name))) => find_template(reading, name, named.map(|n| n.span), report),
        _ => None,
    }
}

/// Gives the last line above the body the blank rows that the template has below the speaker, where a report names none. An
/// addressee brings its own.
fn part_front(template: &mut Template, root: &Node) {
    if root.get("mark").is_some()
        && let Some(style) = template.styles.iter_mut().find(|style| style.name == StyleName::Title)
    {
        // The mark is by itself.
        style.rows_before = style.rows_before.max(1.0);
    }
    if root.get("speaker").is_some() || root.get("addressee").is_some() {
        return;
    }
    let rows = template.style(StyleName::Speaker).rows_after;
    let last = if root.get("occasion").is_some() { StyleName::Occasion } else { StyleName::Title };
    if let Some(style) = template.styles.iter_mut().find(|style| style.name == last) {
        style.rows_after = style.rows_after.max(rows);
    }
}

/// Applies the report's `numbering` to the template.
fn renumber(template: &mut Template, node: Option<&Node>) {
    let Some(Kind::Map(entries)) = node.map(|n| &n.kind) else { return };
    let mut bare = Vec::new();
    for (key, value) in entries {
        let level = key.name.parse::<usize>().ok().and_then(|l| l.checked_sub(1));
        let slot = level.and_then(|l| template.numbering.headings.get_mut(l));
        if let (Some(slot), Kind::Text(sample) | Kind::Number(sample)) = (slot, &value.kind) {
            *slot = if sample == "none" { None } else { units::scheme(sample) };
            if slot.is_none() {
                bare.push(StyleName::heading(level.unwrap_or_default() as u8 + 1));
            }
        }
    }
    // The style says how a heading without a number is aligned.
    for style in template.styles.iter_mut().filter(|style| bare.contains(&style.name)) {
        if let Some(align) = style.unnumbered {
            style.align = align;
            style.first_line = 0.0;
        }
    }
}
