//! What the outputs were made from, as a rule for make (and ninja).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// `out/a.pdf out/a.docx: data/a.yaml data/figures.yaml`, and an empty rule for each file read, so that make does not stop
/// when one of them is gone.
pub(super) fn write(targets: &[PathBuf], read: &[PathBuf]) -> Vec<u8> {
    let list = |paths: &[PathBuf]| paths.iter().map(|p| escape(p)).collect::<Vec<_>>();
    let mut text = format!("{}: {}\n", list(targets).join(" "), list(read).join(" \\\n  "));
    for path in list(read) {
        // Writing to a string cannot fail.
        let Ok(()) = write!(text, "\n{path}:\n") else { break };
    }
    text.into_bytes()
}

/// What make reads in a file name: a space, `#`, `:` and `%` behind a backslash, `$` doubled.
fn escape(path: &Path) -> String {
    let mut out = String::new();
    for c in path.to_string_lossy().chars() {
        match c {
            '$' => out.push('$'),
            ' ' | '#' | ':' | '%' => out.push('\\'),
            _ => {}
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::write;
    use std::path::PathBuf;

    #[test]
    fn names_are_escaped_as_make_reads_them() {
        let rule = write(&[PathBuf::from("out/年报 1.pdf")], &[PathBuf::from("a#b.yaml"), PathBuf::from("$c.yaml")]);
        let expected = "out/年报\\ 1.pdf: a\\#b.yaml \\\n  $$c.yaml\n\na\\#b.yaml:\n\n$$c.yaml:\n";
        assert_eq!(String::from_utf8(rule).unwrap(), expected);
    }
}
