//! Gaps of the structure, counted over the first report and every sample: what the checks of `verify` see, and what none sees, that
//! each field is an element of its own and that the text of the elements, in their order, is that of the report.

use super::reader;
use dinggao::font::Fonts;
use dinggao::layout::{self, PagedDocument};
use dinggao::model::{BlockKind, Chart, Document as Report, Figure, Labelled, Table, TableGrid, Text};
use dinggao::pdf::{self, VerifyRules};
use dinggao::source;
use dinggao::world::SystemWorld;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What matches anything: a bullet, which only the template knows, and what is written within a chart.
const ANY: &str = "*";

/// Elements that hold text of their own.
const LEAVES: &[&str] =
    &["Title", "P", "H1", "H2", "H3", "H4", "Lbl", "LBody", "Caption", "TH", "TD", "TOCI", "Figure", "Note"];

/// Elements with their text, white space left out.
type Elements = Vec<(String, String)>;

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The first report and all samples.
fn reports() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let samples = std::fs::read_dir(root.join("data/samples")).unwrap().map(|entry| entry.unwrap().path());
    let is_report = |path: &PathBuf| {
        path.extension().is_some_and(|e| e == "yaml")
            && std::fs::read_to_string(path).unwrap().lines().any(|line| line.starts_with("template:"))
    };
    let mut found: Vec<PathBuf> = samples.filter(is_report).collect();
    found.sort();
    found.push(root.join("data/report.yaml"));
    found
}

/// The text of marked content, by page and MCID.
struct Pieces<'a> {
    file: &'a Document,
    text: BTreeMap<(ObjectId, i64), String>,
}

impl<'a> Pieces<'a> {
    fn of(file: &'a Document) -> Self {
        let mut text: BTreeMap<(ObjectId, i64), String> = BTreeMap::new();
        for page in reader::pages(file) {
            for shown in reader::shown(file, page) {
                // Everything is in a sequence of an element, or in an artifact: the reader fails for anything else.
                match shown.mcid {
                    Some(mcid) => text.entry((page, mcid)).or_default().push_str(&shown.text),
                    None => assert_eq!(shown.tag, "Artifact"),
                }
            }
        }
        Self { file, text }
    }

    fn elements(&self) -> Elements {
        let root = reader::get(self.file, &reader::catalog(self.file), &["StructTreeRoot"]);
        let mut found = Vec::new();
        self.walk(root.as_dict().unwrap(), None, None, &mut found);
        found
    }

    /// Goes through an element; `leaf`: the one of [`LEAVES`] that it is in.
    fn walk(&self, element: &Dictionary, page: Option<ObjectId>, leaf: Option<usize>, found: &mut Elements) {
        let kind = element.get(b"S").map_or("", |name| std::str::from_utf8(name.as_name().unwrap()).unwrap());
        let page = element.get(b"Pg").map_or(page, |page| Some(page.as_reference().unwrap()));
        let leaf = if LEAVES.contains(&kind) {
            found.push((kind.to_owned(), String::new()));
            Some(found.len() - 1)
        } else {
            leaf
        };
        let Ok(kids) = element.get(b"K") else { return };
        let (_, kids) = self.file.dereference(kids).unwrap();
        let one = std::slice::from_ref(kids);
        for kid in kids.as_array().map_or(one, Vec::as_slice) {
            let mut add = |page: ObjectId, mcid: i64| {
                let text = self.text.get(&(page, mcid)).map_or("", String::as_str);
                found[leaf.expect("text in an element that has text")].1.push_str(&bare(text));
            };
            match self.file.dereference(kid).unwrap().1 {
                Object::Integer(mcid) => add(page.unwrap(), *mcid),
                Object::Dictionary(kid) => match kid.get(b"Type").and_then(Object::as_name) {
                    Ok(b"MCR") => {
                        let page = kid.get(b"Pg").unwrap().as_reference().unwrap();
                        add(page, kid.get(b"MCID").unwrap().as_i64().unwrap());
                    }
                    Ok(b"OBJR") => {}
                    _ => self.walk(kid, page, leaf, found),
                },
                other => panic!("{other:?} in the structure"),
            }
        }
    }
}

/// What the structure should hold, footnotes aside.
struct Wanted<'a> {
    report: &'a Report,
    paged: &'a PagedDocument,
    elements: Elements,
}

impl Wanted<'_> {
    fn add(&mut self, kind: &str, texts: &[&Text]) {
        let text: String = texts.iter().map(|text| text.plain()).collect();
        self.words(kind, &text);
    }

    fn words(&mut self, kind: &str, text: &str) {
        if !bare(text).is_empty() {
            self.elements.push((kind.to_owned(), bare(text)));
        }
    }

    fn block(&mut self, kind: &BlockKind) {
        match kind {
            BlockKind::Title(lines) => self.add("Title", &lines.iter().collect::<Vec<_>>()),
            BlockKind::PageMark(text)
            | BlockKind::Occasion(text)
            | BlockKind::Speaker(text)
            | BlockKind::Salutation(text)
            | BlockKind::Paragraph(text)
            | BlockKind::Addressee(text)
            | BlockKind::AttachmentMark { text, .. } => self.add("P", &[text]),
            BlockKind::AttachmentTitle(text) | BlockKind::GlossaryTitle(text) => self.add("H1", &[text]),
            BlockKind::Heading { level, number, text, run_in } => {
                let number = number.as_ref().map_or("", |number| number.text.as_str());
                self.words(&format!("H{}", level.clamp(&1, &4)), &format!("{number}{}", text.plain()));
                if let Some(text) = run_in {
                    self.add("P", &[text]);
                }
            }
            BlockKind::Point { number, lead, text } => {
                self.words("P", &[number.text.as_str(), &lead.plain(), &text.plain()].concat());
            }
            BlockKind::ListItem { number, text, .. } => {
                self.words("Lbl", number.as_ref().map_or(ANY, |number| number.text.as_str()));
                self.add("LBody", &[text]);
            }
            BlockKind::Term { number, term, text } => {
                self.words("Lbl", &number.text);
                self.add("LBody", &[term, text]);
            }
            BlockKind::Attendance { label, text, .. } => self.add("P", &[label, text]),
            BlockKind::Contents(contents) => {
                self.add("P", &[&contents.title]);
                for listed in self.report.listed(contents.depth).filter(|listed| listed.in_contents) {
                    let page = self.paged.printed.page_number(listed.block).map_or_else(String::new, |n| n.to_string());
                    let title: String = listed.title.iter().map(|part| part.text.as_str()).collect();
                    self.words("TOCI", &format!("{title}{page}"));
                }
            }
            BlockKind::Table(table) => self.table(table),
            BlockKind::Figure(Figure { caption, number, .. }) => self.picture("", number.as_ref(), caption.as_ref()),
            BlockKind::Chart(Chart { caption, number, .. }) => self.picture(ANY, number.as_ref(), caption.as_ref()),
            BlockKind::PageBreak => {}
            _ => self.fields(kind),
        }
    }

    /// Blocks of several fields: each is an element.
    fn fields(&mut self, kind: &BlockKind) {
        match kind {
            BlockKind::Cover(cover) => {
                self.add("Title", &cover.title.iter().collect::<Vec<_>>());
                let rest = cover.subtitle.iter().chain(&cover.authority).chain(&cover.date);
                rest.for_each(|text| self.add("P", &[text]));
            }
            BlockKind::RedHead(head) => {
                let signer = head.signer.as_ref();
                for text in head.texts() {
                    match signer {
                        // The label is read with the name behind it.
                        Some(Labelled { label, text: name }) if std::ptr::eq(label, text) => {
                            self.add("P", &[text, name]);
                        }
                        Some(Labelled { text: name, .. }) if std::ptr::eq(name, text) => {}
                        _ => self.add("P", &[text]),
                    }
                }
            }
            BlockKind::Signature { authorities, date, .. } => {
                authorities.iter().chain([date]).for_each(|text| self.add("P", &[text]));
            }
            BlockKind::Imprint(imprint) => {
                let copies = imprint.sent.iter().chain(&imprint.copies);
                copies.for_each(|copies| self.add("P", &[&copies.label, &copies.text]));
                for text in [&imprint.office, &imprint.date] {
                    self.add("P", &[text]);
                }
            }
            BlockKind::AttachmentNote(names) => match names.as_slice() {
                [only] => self.add("P", &only.texts()),
                several => {
                    for name in several {
                        self.add("Caption", &[&name.label]);
                        self.add("Lbl", &[&name.number]);
                        self.add("LBody", &[&name.name]);
                    }
                }
            },
            other => panic!("{other:?} is new: say what its elements are"),
        }
    }

    fn picture(&mut self, drawn: &str, number: Option<&dinggao::model::Number>, caption: Option<&Text>) {
        self.elements.push(("Figure".to_owned(), drawn.to_owned()));
        let number = number.map_or("", |number| number.text.as_str());
        self.words("Caption", &format!("{number}{}", caption.map(Text::plain).unwrap_or_default()));
    }

    fn table(&mut self, table: &Table) {
        let mut caption = table.number.as_ref().map_or_else(String::new, |number| number.text.clone());
        let unit = table.unit.iter().flat_map(Labelled::texts);
        caption.extend(table.caption.iter().chain(unit).map(Text::plain));
        self.words("Caption", &caption);
        let grid = TableGrid::new(table);
        for cell in &grid.cells {
            let kind = if cell.row < grid.head { "TH" } else { "TD" };
            self.elements.push((kind.to_owned(), bare(&cell.text.plain())));
            if cell.picture.is_some() {
                self.elements.push(("Figure".to_owned(), String::new()));
            }
        }
        table.below.iter().for_each(|line| self.add("P", &[&line.label, &line.text]));
    }
}

/// The gaps of one report.
fn gaps(path: &Path) -> Vec<String> {
    let world = SystemWorld::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let loaded = source::load(&world, path, &source::InputOptions::default());
    let (report, template) = loaded.outcome.unwrap();
    let fonts = Fonts::load(&world, &template.fonts, &[root.join("fonts")]).unwrap();
    let paged = layout::compose(&report, &template, &fonts).unwrap();
    let bytes = pdf::write(&report, &paged, &fonts).unwrap();
    let verified = pdf::verify(&bytes, Some(VerifyRules::Structure)).unwrap();
    let mut gaps: Vec<String> = verified.findings.iter().map(|finding| format!("{finding:?}")).collect();

    let file = reader::load(&bytes);
    let mut notes = Vec::new();
    let mut read = Vec::new();
    // The mark of a note is the first element within it.
    let mut labels = 0;
    for (kind, text) in Pieces::of(&file).elements() {
        match kind.as_str() {
            "Note" => {
                notes.push(text);
                labels += 1;
            }
            "Lbl" if labels > 0 => labels -= 1,
            _ => read.push((kind, text)),
        }
    }
    let mut wanted = Wanted { report: &report, paged: &paged, elements: Vec::new() };
    report.blocks.iter().for_each(|block| wanted.block(&block.kind));
    let wanted = wanted.elements;
    for (at, (got, expected)) in read.iter().zip(&wanted).enumerate() {
        let same = got.0 == expected.0 && (got.1 == expected.1 || expected.1 == ANY);
        if !same {
            gaps.push(format!("element {at}: {got:?} instead of {expected:?}"));
            break;
        }
    }
    if read.len() != wanted.len() {
        gaps.push(format!("{} elements instead of {}", read.len(), wanted.len()));
    }
    let expected: Vec<String> = report.notes.iter().map(|note| bare(&note.text.plain())).collect();
    if notes != expected {
        gaps.push(format!("footnotes {notes:?} instead of {expected:?}"));
    }
    gaps.into_iter().map(|gap| format!("{}: {gap}", path.display())).collect()
}

#[test]
fn no_report_has_a_gap() {
    let reports = reports();
    assert!(reports.len() > 10);
    let gaps: Vec<String> = reports.iter().flat_map(|path| gaps(path)).collect();
    assert!(gaps.is_empty(), "{} gaps:\n{}", gaps.len(), gaps.join("\n"));
}
