//! How a report says that a data file is to be read.

use crate::diagnostic::Span;
use crate::yaml::tree::{Kind, Node};

/// The options of a source; a bare file name has none.
#[derive(Debug, Default)]
pub(super) struct DataOptions {
    /// A sheet of a workbook, with its place.
    pub sheet: Option<(String, Span)>,
    /// A range of cells: `B3:F40`, `指标!B3:F40`.
    pub range: Option<(String, Span)>,
    /// A table of a workbook.
    pub table: Option<(String, Span)>,
    /// A defined name of a workbook.
    pub name: Option<(String, Span)>,
    /// The encoding of a text file.
    pub encoding: Option<(String, Span)>,
    /// So many rows before the head are left out; None: it is found.
    pub skip: Option<usize>,
    /// So many rows of the head; None: it is found.
    pub head: Option<usize>,
    /// The first row that begins so ends the table; `blank`: the first empty one.
    pub until: Option<String>,
    /// Rows that begin so are left out.
    pub drop: Vec<String>,
    /// Cells that mean no value.
    pub none: Vec<String>,
    /// What columns hold.
    pub columns: Vec<ColumnOption>,
    /// All that are given, by name.
    pub given: Vec<(String, Span)>,
}

/// Which options a kind of file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DataFileKind {
    /// YAML, JSON.
    Tree,
    /// CSV, TSV.
    Text,
    /// Workbooks.
    Book,
}

impl DataOptions {
    /// True where the report names the cells of the table.
    pub(super) fn names_cells(&self) -> bool {
        self.range.is_some() || self.table.is_some() || self.name.is_some()
    }
}

impl DataFileKind {
    /// True for options that it has.
    fn takes(self, option: &str) -> bool {
        match (self, option) {
            (_, "file") => true,
            (Self::Tree, _) | (Self::Text, "sheet" | "range" | "table" | "name") | (Self::Book, "encoding") => false,
            (Self::Text | Self::Book, _) => true,
        }
    }
}

/// What a column holds.
#[derive(Debug)]
pub(super) struct ColumnOption {
    /// Its name.
    pub name: String,
    /// Its place.
    pub span: Span,
    /// What it holds, and how that is printed.
    pub form: ColumnForm,
}

/// What the cells of a column are, and how they are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ColumnForm {
    /// What they are.
    pub kind: ColumnKind,
    /// How many decimals they are printed with.
    pub decimals: Option<u32>,
    /// Commas part their thousands.
    pub thousands: bool,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ColumnKind {
    /// As each looks.
    #[default]
    Auto,
    /// Numbers.
    Number,
    /// Days.
    Date,
    /// Text.
    Text,
}

impl DataOptions {
    /// The options that a node gives. Keys of the wrong kind have been reported.
    pub(super) fn read(node: &Node) -> Self {
        let text = |key: &str| node.get(key).and_then(|n| words(n).pop().map(|text| (text, n.span)));
        let list = |key: &str| node.get(key).map(words).unwrap_or_default();
        let count = |key: &str| text(key).and_then(|(text, _)| text.parse().ok());
        let mut columns = Vec::new();
        if let Some(Kind::Map(entries)) = node.get("columns").map(|n| &n.kind) {
            for (key, value) in entries {
                let word = |key: &str| value.get(key).and_then(|n| words(n).pop());
                let kind = match word("type").as_deref() {
                    Some("number") => ColumnKind::Number,
                    Some("date") => ColumnKind::Date,
                    Some("text") => ColumnKind::Text,
                    _ => ColumnKind::Auto,
                };
                let decimals = word("decimals").and_then(|text| text.parse().ok());
                let thousands = value.get("thousands").is_some_and(Node::is_true);
                let form = ColumnForm { kind, decimals, thousands };
                columns.push(ColumnOption { name: key.name.clone(), span: key.span, form });
            }
        }
        Self {
            sheet: text("sheet"),
            range: text("range"),
            table: text("table"),
            name: text("name"),
            encoding: text("encoding"),
            skip: count("skip"),
            head: count("head"),
            until: text("until").map(|(text, _)| text),
            drop: list("drop"),
            none: list("none"),
            columns,
            given: match &node.kind {
                Kind::Map(entries) => entries.iter().map(|(key, _)| (key.name.clone(), key.span)).collect(),
                _ => Vec::new(),
            },
        }
    }

    /// The options that are none of such a file.
    pub(super) fn foreign(&self, kind: DataFileKind) -> impl Iterator<Item = &(String, Span)> {
        self.given.iter().filter(move |(name, _)| !kind.takes(name))
    }
}

/// A text, or those of a list.
fn words(node: &Node) -> Vec<String> {
    match &node.kind {
        Kind::Text(text) | Kind::Number(text) => vec![text.clone()],
        Kind::List(items) => items.iter().flat_map(words).collect(),
        _ => Vec::new(),
    }
}
