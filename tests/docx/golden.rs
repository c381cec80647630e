//! Every part of one Word file, kept as canonical XML. `UPDATE_GOLDEN=1 cargo test` writes them again; look at the difference.

use super::{fixture, trees, write};
use std::path::Path;

/// The parts that are written, in their order, and where each is kept.
const PARTS: [(&str, &str); 16] = [
    ("[Content_Types].xml", "content-types.txt"),
    ("_rels/.rels", "package-rels.txt"),
    ("word/_rels/document.xml.rels", "document-rels.txt"),
    ("word/document.xml", "document.txt"),
    ("word/numbering.xml", "numbering.txt"),
    ("word/footnotes.xml", "footnotes.txt"),
    ("word/styles.xml", "styles.txt"),
    ("word/settings.xml", "settings.txt"),
    ("word/fontTable.xml", "font-table.txt"),
    ("word/footer1.xml", "footer1.txt"),
    ("word/footer2.xml", "footer2.txt"),
    ("word/footer3.xml", "footer3.txt"),
    ("word/footer4.xml", "footer4.txt"),
    ("word/footer5.xml", "footer5.txt"),
    ("docProps/core.xml", "core.txt"),
    ("docProps/custom.xml", "custom.txt"),
];

#[test]
fn parts_are_as_kept() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/docx");
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut trees = trees(&write(&fixture::everything()));
    // It holds the program's name and nothing else.
    trees.retain(|(name, _)| name != "docProps/app.xml");
    let names: Vec<&str> = trees.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, PARTS.map(|(name, _)| name));
    for ((_, tree), (_, file)) in trees.iter().zip(PARTS) {
        let path = folder.join(file);
        // The version changes at every release and says nothing about the writer; the hash says again what the other parts say.
        let hash = |line: &str| line.len() == 66 && line.bytes().all(|b| b == b'"' || b.is_ascii_hexdigit());
        let lines = tree.canonical().replace(env!("CARGO_PKG_VERSION"), "VERSION");
        let got: String = lines
            .split_inclusive('\n')
            .map(|line| if hash(line.trim()) { line.replace(line.trim(), "\"HASH\"") } else { line.to_owned() })
            .collect();
        if update {
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(&path, &got).expect("a golden file");
        }
        let wanted = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        if let Some((at, (wanted, got))) = wanted.lines().zip(got.lines()).enumerate().find(|(_, (a, b))| a != b) {
            panic!("{file}:{}: kept\n{wanted}\nwritten\n{got}", at + 1);
        }
        assert_eq!(wanted.len(), got.len(), "{file}");
    }
}
