//! `tests/suite/document`: good reports, and the blocks that come of them.

use std::fmt::Write as _;

use dinggao::diagnostic::{Language, render_human};
use dinggao::model::{BlockKind, Cell, Document, Labelled, Origin, PlacedCell, RunKind, Shift, TableGrid, Text};
use dinggao::source::Loaded;

use super::case::cases;
use unicode_normalization::UnicodeNormalization as _;

/// A text with its structure: **强调**, {value}, [reference], ^note, ⁺raised⁺, ₋lowered₋, <address>link</>, ⏎.
fn text(document: &Document, text: &Text) -> String {
    let mut out = String::new();
    for run in &text.runs {
        let shown = match run.kind {
            RunKind::Text => run.text.clone(),
            RunKind::Break => "⏎".to_owned(),
            RunKind::Value(_) => format!("{{{}}}", run.text),
            RunKind::Reference(block) => format!("[{}→{}]", run.text, block.get()),
            _ => format!("^{}", run.text),
        };
        let shown = match run.shift {
            Shift::None => shown,
            Shift::Raised => format!("⁺{shown}⁺"),
            Shift::Lowered => format!("₋{shown}₋"),
        };
        let shown = match run.link.and_then(|link| document.link(link)) {
            Some(link) => format!("<{}>{shown}</>", link.address),
            None => shown,
        };
        if run.strong { write!(out, "**{shown}**").unwrap() } else { out.push_str(&shown) }
    }
    out
}

fn block(document: &Document, kind: &BlockKind) -> String {
    let text = |shown: &Text| text(document, shown);
    let number = kind.number().map(|n| format!("〈{}〉", n.text)).unwrap_or_default();
    let texts = |kind: &BlockKind| kind.texts().into_iter().map(text).collect::<Vec<_>>().join(" | ");
    match kind {
        BlockKind::Heading { level, .. } => format!("heading {level} {number}{}", texts(kind)),
        BlockKind::Table(table) => {
            let shown = |c: &Cell| match &c.picture {
                Some(picture) => {
                    let width = picture.width.map_or_else(String::new, |width| format!(" {:.0}mm", width.to_mm()));
                    format!("[{}{width} {}]", picture.file.name, picture.alt)
                }
                None => text(&c.text),
            };
            let rows = table.rows.iter().map(|r| r.cells.iter().map(shown).collect::<Vec<_>>().join(" | "));
            let grid = TableGrid::new(table);
            let cell = |c: &PlacedCell<'_>| format!("{}@{}.{}+{}.{}", text(c.text), c.row, c.column, c.rows, c.columns);
            let nested = grid.cells.iter().filter(|c| c.row < grid.head).map(cell).collect::<Vec<_>>().join(" | ");
            let around =
                table.unit.iter().flat_map(Labelled::texts).chain(table.below.iter().flat_map(|l| [&l.label, &l.text]));
            let around = around.flat_map(|t| ["\n  ".to_owned(), text(t)]).collect::<String>();
            let head = table.columns.iter().map(|c| text(&c.title)).collect::<Vec<_>>().join(" | ");
            let caption = table.caption.as_ref().map(text).unwrap_or_default();
            let rows = rows.flat_map(|r| ["\n  ".to_owned(), r]).collect::<String>();
            let head = if table.groups.is_empty() { head } else { nested };
            format!("table {number}{caption}\n  {head}{rows}{around}")
        }
        BlockKind::PageBreak => "page-break".to_owned(),
        BlockKind::ListItem { level: level @ 2.., .. } => format!("listitem {level} {number}{}", texts(kind)),
        _ => {
            let name = format!("{kind:?}");
            let name = name.split(|c: char| !c.is_alphanumeric()).next().unwrap().to_lowercase();
            format!("{name} {number}{}", texts(kind))
        }
    }
}

fn show(document: &Document) -> String {
    let mut out = String::new();
    for b in &document.blocks {
        writeln!(out, "{}", block(document, &b.kind)).unwrap();
    }
    for note in &document.notes {
        writeln!(out, "note {} {}", note.name, text(document, &note.text)).unwrap();
    }
    out
}

fn document(name: &str, loaded: Loaded) -> Document {
    let said = render_human(&loaded.diagnostics, &loaded.sources, Language::Chinese, false);
    loaded.outcome.unwrap_or_else(|()| panic!("{name}: {said}")).0
}

#[test]
fn every_case_gets_its_blocks() {
    let mut wrong = String::new();
    for (name, case) in cases("document") {
        let loaded = case.load();
        assert!(loaded.diagnostics.is_empty(), "{name}: {:?}", loaded.diagnostics);
        let got = show(&document(&name, loaded));
        let wanted = case.blocks.unwrap_or_default();
        if got.trim_end() != wanted.trim_end() {
            writeln!(wrong, "## {name}\n{got}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The characters of a run come from its place in the source.
#[test]
fn every_character_knows_its_place() {
    for (name, case) in cases("document") {
        let loaded = case.load();
        let sources = loaded.sources.clone();
        let document = document(&name, loaded);
        for run in document.blocks.iter().flat_map(|b| b.kind.texts()).flat_map(|t| &t.runs) {
            // 10⁻³ is set from other characters than the source has, as a whole.
            let whole = run.shift != Shift::None && matches!(run.map, Origin::Whole(_));
            if run.kind != RunKind::Text || whole {
                continue;
            }
            for (at, c) in run.text.char_indices() {
                let source = sources.text(run.map.span(at, at + c.len_utf8()));
                // Spaces that joining makes, brackets, marks and escapes are not in the source as they are printed.
                // A letter and its accent are one character, which is where the letter is.
                let composed = c.nfd().next().is_some_and(|letter| letter != c && source.starts_with(letter));
                let made = source.is_empty() || c == ' ' || source.starts_with('\\') || "'\"".contains(c) || composed;
                assert!(made || source == c.to_string(), "{name}: {c} from {source:?} in {}", run.text);
            }
        }
    }
}

/// The first report: every figure bound, every value known by name and place.
#[test]
fn the_first_report_reads() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/report.yaml");
    let world = dinggao::world::SystemWorld::new();
    let loaded = dinggao::source::load(&world, &path, &dinggao::source::InputOptions::default());
    let sources = loaded.sources.clone();
    let document = document("report", loaded);
    assert!(document.values.len() > 40);
    for value in &document.values {
        assert_eq!(sources.text(value.used), format!("{{{{ {} }}}}", value.expression));
        let defined = value.defined.unwrap_or_else(|| panic!("{} has no place", value.expression));
        assert_eq!(sources.text(defined), value.text, "{}", value.expression);
        assert!(value.id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'), "{}", value.id);
    }
    let mut ids: Vec<&str> = document.values.iter().map(|v| v.id.as_str()).collect();
    ids.extend(document.blocks.iter().map(|b| b.id.0.as_str()));
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "names repeat");
}

/// Derived names stay when something else changes, and when the end of their own text does.
#[test]
fn names_stay_through_small_edits() {
    let report = |body: &str| {
        let mut world = super::memory::Memory::default();
        let text = format!("template: work-report\ntitle: 报告\nbody:\n{body}");
        world.files.insert("/case/report.yaml".into(), text.into_bytes());
        let loaded =
            dinggao::source::load(&world, "/case/report.yaml".as_ref(), &dinggao::source::InputOptions::default());
        document("report", loaded).blocks.into_iter().skip(1).map(|b| b.id.0).collect::<Vec<_>>()
    };
    let before = report(
        "  - 甲乙丙丁戊己庚辛壬癸子丑寅卯\n  - 第二段\n  - 第二段\n  - heading: 标题\n    body:\n      - 第二段\n",
    );
    let after = report(
        "  - 新的一段\n  - 甲乙丙丁戊己庚辛壬癸子丑，改了后面\n  - 第二段\n  - 第二段\n  - heading: 标题\n    body:\n      - 又一段\n      - 第二段\n",
    );
    assert_eq!(before[0], after[1]);
    assert_eq!(before[1..4], after[2..5]);
    assert_eq!(before[4], after[6]);
    let mut unique = before.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), before.len());
}
