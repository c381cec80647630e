//! Tables as offices have them: exports, budgets, workbooks of three programs. Each prints right, or is refused with file, sheet
//! and cell.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use dinggao::diagnostic::{Language, render_human};
use dinggao::model::{BlockKind, TableGrid};
use dinggao::source::{InputOptions, load};

use super::memory::Memory;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/source/forms")
}

/// What a paragraph with this expression prints and what is said of it, or what is said.
fn printed(world: &mut Memory, data: &str, expression: &str) -> Result<(String, String), String> {
    let report = format!("template: work-report\ntitle: 报告\ndata: {{d: {data}}}\nbody:\n  - '{expression}'\n");
    world.files.insert("/case/report.yaml".into(), report.into_bytes());
    let loaded = load(world, "/case/report.yaml".as_ref(), &InputOptions { advice: true, ..InputOptions::default() });
    let said = render_human(&loaded.diagnostics, &loaded.sources, Language::Chinese, false);
    let Ok((document, _)) = loaded.outcome else { return Err(said) };
    Ok((document.blocks.iter().skip(1).flat_map(|b| b.kind.texts()).map(dinggao::model::Text::plain).collect(), said))
}

#[test]
fn tables_of_offices_print_right_or_are_refused_with_their_place() {
    let mut world = Memory::default();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        world.files.insert(PathBuf::from("/case").join(path.file_name().unwrap()), fs::read(&path).unwrap());
    }
    let cases = fs::read_to_string(folder().join("cases.tsv")).unwrap();
    let (mut right, mut refused, mut wrong) = (0, 0, String::new());
    for line in cases.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let (&[file, options, expression, expected] | &[file, options, expression, expected, _]) = &fields[..] else {
            panic!("{line}")
        };
        let told = fields.get(4).copied().unwrap_or_default();
        let comma = if options.is_empty() { "" } else { ", " };
        let data = format!("{{file: {file}{comma}{options}}}");
        match (printed(&mut world, &data, expression), expected.strip_prefix('!')) {
            (Ok((text, said)), None) if text == expected && told.split('|').all(|t| said.contains(t)) => right += 1,
            (Err(said), Some(word)) if said.contains(word) => refused += 1,
            (found, _) => writeln!(wrong, "{line}\n{found:?}").unwrap(),
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(right >= 80 && refused >= 10, "{right} right, {refused} refused");
}

/// The cells of a bound table, as `forms/bound.tsv` writes them.
fn bound(world: &mut Memory, data: &str, table: &str) -> Result<String, String> {
    let report = format!("template: work-report\ntitle: 报告\ndata: {{d: {data}}}\nbody:\n  - table: {table}\n");
    world.files.insert("/case/report.yaml".into(), report.into_bytes());
    let loaded = load(world, "/case/report.yaml".as_ref(), &InputOptions::default());
    let said = render_human(&loaded.diagnostics, &loaded.sources, Language::Chinese, false);
    let Ok((document, _)) = loaded.outcome else { return Err(said) };
    let Some(BlockKind::Table(table)) = document.blocks.last().map(|block| &block.kind) else { return Err(said) };
    let mut lines: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let grid = TableGrid::new(table);
    for cell in grid.cells.iter().filter(|cell| cell.row >= grid.head || cell.columns > 1) {
        let size =
            if cell.rows * cell.columns > 1 { format!("+{}.{}", cell.rows, cell.columns) } else { String::new() };
        let shown = format!("{}{}{size}", "›".repeat(usize::from(cell.indent)), cell.text.plain());
        lines.entry(cell.row).or_default().push(shown);
    }
    Ok(lines.into_values().map(|line| line.join("|")).collect::<Vec<_>>().join("/"))
}

#[test]
fn bound_tables_look_as_in_their_files() {
    let mut world = Memory::default();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        world.files.insert(PathBuf::from("/case").join(path.file_name().unwrap()), fs::read(&path).unwrap());
    }
    let cases = fs::read_to_string(folder().join("bound.tsv")).unwrap();
    let mut wrong = String::new();
    for line in cases.lines().filter(|line| !line.starts_with('#')) {
        let [file, options, part, columns, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let comma = if options.is_empty() { "" } else { ", " };
        let columns = if columns.is_empty() { String::new() } else { format!(", columns: {columns}") };
        let found =
            bound(&mut world, &format!("{{file: {file}{comma}{options}}}"), &format!("{{from: 'd{part}'{columns}}}"));
        if found.as_deref() != Ok(expected) {
            writeln!(wrong, "{line}\n{found:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn hidden_rows_and_columns_are_data_and_told() {
    let mut world = Memory::default();
    for name in ["hidden.xlsx", "office-hidden.xls", "office-hidden.ods"] {
        world.files.insert(PathBuf::from("/case").join(name), fs::read(folder().join(name)).unwrap());
        let (text, said) = printed(&mut world, name, "{{ d | sum(attribute=\"件数\") }}").unwrap();
        assert_eq!(text, "120", "{name}");
        for word in ["隐藏着行", "隐藏着栏", &format!("{name}[Sheet1]!A3"), &format!("{name}[Sheet1]!C1")] {
            assert!(said.contains(word), "{name}: {said}");
        }
    }
}

/// Bytes that change without a plan.
fn next(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 33).unwrap()
}

#[test]
fn broken_workbooks_are_refused_without_a_crash() {
    let mut seed = 11;
    let names = ["merged-head.xls", "office-merged-head.xls", "far-and-uncomputed.xls", "office-table-and-name.ods"];
    for name in names {
        let whole = fs::read(folder().join(name)).unwrap();
        let mut world = Memory::default();
        for round in 0..24 {
            let mut bytes = whole.clone();
            if round % 4 == 0 {
                bytes.truncate(next(&mut seed) % whole.len());
            }
            for _ in 0..=(round % 7) {
                let at = next(&mut seed) % bytes.len().max(1);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(next(&mut seed) % 256).unwrap();
                }
            }
            world.files.insert(PathBuf::from("/case").join(name), bytes);
            // Either is well; that it ends is what counts.
            let said = printed(&mut world, name, "{{ d | length }}");
            assert!(said.is_ok() || said.is_err_and(|said| said.contains("错误")), "{name} {round}");
        }
    }
}
