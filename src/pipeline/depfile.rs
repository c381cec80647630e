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

/// True for a file that [`write`] may have written: a rule without commands, and empty rules.
pub(super) fn is_own(file: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(file) else { return false };
    let mut rules = text.split("\n\n");
    let first = rules.next().is_some_and(|rule| {
        let mut lines = rule.lines();
        let head = lines.next().is_some_and(|line| line.contains(": ") && !line.starts_with(['#', '\t', ' ']));
        // Every further line is a file, and goes on from one that ends with a backslash.
        head && lines.all(|line| line.starts_with("  ") && !line.trim().contains("  "))
    });
    first && rules.all(|rule| rule.trim_end_matches('\n').ends_with(':') && rule.trim().lines().count() == 1)
}

/// What make reads in a file name: a space, `#`, `:` and `%` after a backslash, `$` doubled.
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
    use super::{is_own, write};
    use std::path::PathBuf;

    #[test]
    fn names_are_escaped_as_make_reads_them() {
        let rule = write(&[PathBuf::from("out/年报 1.pdf")], &[PathBuf::from("a#b.yaml"), PathBuf::from("$c.yaml")]);
        let expected = "out/年报\\ 1.pdf: a\\#b.yaml \\\n  $$c.yaml\n\na\\#b.yaml:\n\n$$c.yaml:\n";
        assert_eq!(String::from_utf8(rule).unwrap(), expected);
    }

    #[test]
    fn own_rules_are_known_from_makefiles() {
        let read = [PathBuf::from("a 1.yaml"), PathBuf::from("b.yaml")];
        assert!(is_own(&write(&[PathBuf::from("out/a.pdf"), PathBuf::from("out/a.docx")], &read)));
        assert!(is_own(&write(&[PathBuf::from("out/a.pdf")], &read[..1])));
        for other in ["all: a\n\tmake a\n", "all: a\n\na:\n\techo\n", "x = 1\n", "# all: a\n", "a: b\n\nc: d\n", "\n"] {
            assert!(!is_own(other.as_bytes()), "{other}");
        }
    }
}
