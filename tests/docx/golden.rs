//! Every part of one Word file, kept as canonical XML. `UPDATE_GOLDEN=1 cargo test` writes them anew; look at the difference.

use super::{fixture, trees, write};
use std::path::Path;

#[test]
fn parts_are_as_kept() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/docx");
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut kept: Vec<String> = Vec::new();
    for (name, tree) in trees(&write(&fixture::everything())) {
        let file = format!("{}.txt", name.replace('/', "-"));
        let path = folder.join(&file);
        // The version changes at every release and says nothing about the writer.
        let got = tree.canonical().replace(env!("CARGO_PKG_VERSION"), "VERSION");
        if update {
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(&path, &got).expect("a golden file");
        }
        let wanted = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        if let Some((at, (wanted, got))) = wanted.lines().zip(got.lines()).enumerate().find(|(_, (a, b))| a != b) {
            panic!("{file}:{}: kept\n{wanted}\nwritten\n{got}", at + 1);
        }
        assert_eq!(wanted.len(), got.len(), "{file}");
        kept.push(file);
    }
    for entry in std::fs::read_dir(&folder).expect("the golden folder") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(kept.contains(&name), "{name} is kept for a part that is not written");
    }
}
