//! Stable names of blocks and values.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::model::BlockId;
use crate::yaml::tree::{Kind, Node};

/// How many characters of its own text name a block: enough to tell blocks apart, few enough that edits further on in
/// the block leave the name alone.
const OWN_TEXT: usize = 12;
/// The longest path that names a value as it is; longer ones are named by a hash.
const LONGEST_PATH: usize = 30;

/// The names given in the source, and those derived so far.
#[derive(Debug, Default)]
pub(super) struct Ids {
    given: BTreeMap<String, Span>,
    taken: BTreeSet<String>,
    /// How far derived names that repeat have been counted.
    counts: BTreeMap<String, u32>,
    values: BTreeMap<String, u32>,
    /// The rows that blocks are repeated for, the outermost first: their places, and what tells each from the others.
    rows: Vec<(usize, String)>,
    /// The same rows, each by the count of rows begun before it.
    path: RowPath,
    begun: u32,
    /// The names that blocks of rows have, by the row and the name that the source gives.
    in_rows: BTreeMap<(RowPath, String), String>,
}

/// A row by all that it is within, the outermost first; empty outside of rows.
pub(super) type RowPath = Vec<u32>;

impl Ids {
    /// Collects the names given anywhere below `node`; one given twice goes to `diagnostics` with both places.
    pub(super) fn collect(&mut self, node: &Node, diagnostics: &mut Vec<Diagnostic>) {
        match &node.kind {
            Kind::List(items) => items.iter().for_each(|item| self.collect(item, diagnostics)),
            // Of two branches only one is printed: both may use a name.
            Kind::Map(_) if node.get("if").is_some() => {
                let before = self.given.clone();
                node.get("body").into_iter().for_each(|body| self.collect(body, diagnostics));
                let with_body = std::mem::replace(&mut self.given, before);
                node.get("else").into_iter().for_each(|other| self.collect(other, diagnostics));
                self.given.extend(with_body);
            }
            Kind::Map(entries) => {
                for (key, value) in entries {
                    match (&*key.name, &value.kind) {
                        ("id", Kind::Text(name) | Kind::Number(name)) => self.give(name, value.span, diagnostics),
                        ("body" | "table" | "figure" | "chart" | "attachments", _) => self.collect(value, diagnostics),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn give(&mut self, name: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) {
        if has_values(name) {
            // What it is, every row says anew.
            return;
        }
        self.check(name, span, diagnostics);
    }

    /// A name with values, as they are here: told of where it is no name, or another block's.
    pub(super) fn given_by_values(&mut self, name: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> BlockId {
        self.check(name, span, diagnostics);
        BlockId(name.to_owned())
    }

    fn check(&mut self, name: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) {
        let fits = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        if !fits {
            diagnostics.push(Diagnostic::error(
                Code::BAD_VALUE,
                span,
                say!("“{name}”不能作编号", "\"{name}\" cannot be an id"),
                say!("编号只用文字、数字、- 和 _，例如 ideology", "ids are letters, digits, - and _, such as ideology"),
            ));
        }
        if let Some(&first) = self.given.get(name) {
            diagnostics.push(
                Diagnostic::error(
                    Code::DUPLICATE_ID,
                    span,
                    say!("编号“{name}”重复", "the id \"{name}\" is given twice"),
                    say!("换一个编号", "choose another id"),
                )
                .with_related(first, say!("第一次用在这里", "first given here")),
            );
            return;
        }
        self.given.insert(name.to_owned(), span);
    }

    /// The names that references can use.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.given.keys().map(String::as_str)
    }

    /// Begins the blocks of a row; `label` tells it from the others.
    pub(super) fn enter(&mut self, at: usize, label: String) {
        self.rows.push((at, label));
        self.begun += 1;
        self.path.push(self.begun);
    }

    /// Ends the blocks of a row.
    pub(super) fn leave(&mut self) {
        self.rows.pop();
        self.path.pop();
    }

    /// A name that the source gives: in rows after the first it is followed by their count.
    pub(super) fn given_in_row(&mut self, name: &str) -> BlockId {
        let mut own = name.to_owned();
        for (at, _) in self.rows.iter().filter(|(at, _)| *at > 0) {
            own = format!("{own}-{}", at + 1);
        }
        while own != name && !self.take(&own) {
            own.push('_');
        }
        if !self.path.is_empty() {
            self.in_rows.insert((self.path.clone(), name.to_owned()), own.clone());
        }
        BlockId(own)
    }

    /// The row that is being built.
    pub(super) fn row(&self) -> RowPath {
        self.path.clone()
    }

    /// What a reference in a row means: the block of that name in the row, in one that it is within, or outside.
    pub(super) fn meant(&self, name: &str, row: &[u32]) -> String {
        let named = |depth: usize| self.in_rows.get(&(row[..depth].to_vec(), name.to_owned()));
        (1..=row.len()).rev().find_map(named).map_or_else(|| name.to_owned(), String::clone)
    }

    /// The name of a block: a short hash over its kind and the beginning of its own text; where that repeats, over its
    /// parent too; where that repeats, with a count.
    pub(super) fn derive(&mut self, kind: &str, text: &str, parent: &str) -> BlockId {
        let own: String = text.chars().filter(|c| !c.is_whitespace()).take(OWN_TEXT).collect();
        let letter = kind.chars().next().unwrap_or('b');
        let rows: Vec<&str> = self.rows.iter().map(|(_, label)| label.as_str()).collect();
        let parts = [[kind, &own].as_slice(), &rows].concat();
        let plain = format!("{letter}-{}", short_hash(&parts));
        let base = format!("{letter}-{}", short_hash(&[parts.as_slice(), &[parent]].concat()));
        if self.take(&plain) {
            return BlockId(plain);
        }
        // Counted on from the last that is taken: a thousand blocks may begin alike.
        let mut count = self.counts.get(&base).copied().unwrap_or(0);
        loop {
            count += 1;
            let name = if count == 1 { base.clone() } else { format!("{base}-{count}") };
            if self.take(&name) {
                self.counts.insert(base, count);
                return BlockId(name);
            }
        }
    }

    fn take(&mut self, name: &str) -> bool {
        !self.given.contains_key(name) && self.taken.insert(name.to_owned())
    }

    /// The name of a use of a value: its path, with a count from the second use on.
    pub(super) fn value(&mut self, expression: &str) -> String {
        let path = expression.trim();
        let plain = path.starts_with(|c: char| c.is_ascii_alphabetic())
            && path.len() <= LONGEST_PATH
            && path.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
        let base = if plain { path.replace('.', "_") } else { format!("v_{}", short_hash(&["value", path])) };
        loop {
            let count = self.values.entry(base.clone()).or_insert(0);
            *count += 1;
            let name = if *count == 1 { base.clone() } else { format!("{base}_{count}") };
            // `a_2` may be an entry of the data too.
            if name == base || !self.values.contains_key(&name) {
                if name != base {
                    self.values.insert(name.clone(), 1);
                }
                return name;
            }
        }
    }
}

/// True for a name that is not known before the data are.
pub(super) fn has_values(name: &str) -> bool {
    name.contains("{{")
}

/// Ten characters of base 32 for some text (FNV-1a, 64 bits, of which 50 are kept).
pub(super) fn short_hash(parts: &[&str]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        // The separator keeps ("ab", "c") and ("a", "bc") apart.
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    let alphabet = b"0123456789abcdefghjkmnpqrstvwxyz";
    (0..10).map(|i| char::from(alphabet[(hash >> (i * 5 + 14)) as usize & 31])).collect()
}
