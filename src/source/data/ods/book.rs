//! What an OpenDocument workbook names: sheets, ranges, tables.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::Event;

use super::super::area::CellRange;
use super::super::cells::Grids;
use super::cells;
use super::xml::{OdsXml, attribute, content};

/// An OpenDocument workbook.
pub(in super::super) struct OdsBook {
    bytes: Vec<u8>,
    parts: OdsParts,
    merged: BTreeMap<String, Vec<CellRange>>,
}

/// What it names.
#[derive(Default)]
struct OdsParts {
    /// Sheets, and whether each is shown.
    sheets: Vec<(String, bool)>,
    /// Named ranges with their addresses.
    names: Vec<(String, String)>,
    /// Database ranges, which are this format's tables.
    tables: Vec<(String, String)>,
}

impl OdsBook {
    /// Opens a workbook.
    pub(in super::super) fn open(bytes: Vec<u8>) -> Result<Self, String> {
        let parts = content(&bytes, catalog)?;
        Ok(Self { bytes, parts, merged: BTreeMap::new() })
    }

    /// The names of its sheets, and whether each is shown.
    pub(in super::super) fn sheets(&self) -> &[(String, bool)] {
        &self.parts.sheets
    }

    /// Its named ranges, each with sheet and cells.
    pub(in super::super) fn names(&self) -> &[(String, String)] {
        &self.parts.names
    }

    /// Its database ranges, each with sheet and cells.
    pub(in super::super) fn tables(&self) -> &[(String, String)] {
        &self.parts.tables
    }

    /// Takes in the cells of a sheet.
    pub(in super::super) fn cells(&mut self, name: &str, grids: &mut Grids) -> Result<(), String> {
        let merged = content(&self.bytes, |reader| cells::read(reader, name, grids))?;
        self.merged.insert(name.to_owned(), merged);
        Ok(())
    }

    /// The merged cells of a sheet that was read.
    pub(in super::super) fn merged(&self, name: &str) -> Vec<CellRange> {
        self.merged.get(name).cloned().unwrap_or_default()
    }
}

/// One pass over the part.
fn catalog(reader: &mut OdsXml<'_>) -> Result<OdsParts, quick_xml::Error> {
    let mut parts = OdsParts::default();
    let mut style = None;
    let mut hidden: BTreeSet<String> = BTreeSet::new();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Start(start) => {
                let text = |name: &str| attribute(&start, name);
                let named = |address: &str| {
                    let (name, address) = (text("table:name")?, text(address)?);
                    Some((name, range(&address)?))
                };
                match start.name().as_ref() {
                    "style:style" => style = text("style:name"),
                    "style:table-properties" if text("table:display").as_deref() == Some("false") => {
                        hidden.extend(style.take());
                    }
                    "table:table" => {
                        if let Some(name) = text("table:name") {
                            let shown = text("table:style-name").is_none_or(|style| !hidden.contains(&style));
                            parts.sheets.push((name, shown));
                        }
                    }
                    "table:named-range" => parts.names.extend(named("table:cell-range-address")),
                    "table:database-range" => parts.tables.extend(named("table:target-range-address")),
                    _ => {}
                }
            }
            Event::Eof => return Ok(parts),
            _ => {}
        }
    }
}

/// `$'乡 镇'.$A$1:.$B$3` as `乡 镇!A1:B3`; None for what is no range of one sheet.
fn range(address: &str) -> Option<String> {
    let (sheet, rest) = sheet(address)?;
    let (from, to) = match rest.split_once(':') {
        Some((from, to)) => (from, to.strip_prefix('.').or_else(|| Some(self::sheet(to)?.1))?),
        None => (rest, rest),
    };
    Some(format!("{sheet}!{}:{}", from.replace('$', ""), to.replace('$', "")))
}

/// The sheet that an address begins with, and what follows its point.
fn sheet(address: &str) -> Option<(String, &str)> {
    let address = address.trim_start_matches('$');
    let Some(quoted) = address.strip_prefix('\'') else {
        let (sheet, rest) = address.split_once('.')?;
        return Some((sheet.to_owned(), rest));
    };
    let mut name = String::new();
    let mut rest = quoted;
    loop {
        let (before, after) = rest.split_once('\'')?;
        name.push_str(before);
        // Two marks are one that belongs to the name.
        match after.strip_prefix('\'') {
            Some(more) => {
                name.push('\'');
                rest = more;
            }
            None => return Some((name, after.strip_prefix('.')?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_sheet_and_cells() {
        for (written, found) in [
            ("$表.$A$1:.$B$3", Some("表!A1:B3")),
            ("表.A1:表.B3", Some("表!A1:B3")),
            ("$'乡 镇'.$A$1:$'乡 镇'.$B$3", Some("乡 镇!A1:B3")),
            ("$'a''b.c'.$A$1", Some("a'b.c!A1:A1")),
            ("A1:B3", None),
            ("'a.A1", None),
        ] {
            assert_eq!(range(written).as_deref(), found, "{written}");
        }
    }
}
