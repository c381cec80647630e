//! Names and property lists in content streams.

use crate::layout::Artifact;
use crate::model::PictureIndex;
use crate::pdf::tag::ApartKind;
use printpdf::DictItem;
use std::collections::BTreeMap;

/// What content streams call the states in which ink prints over others, and in which it does not.
pub(in crate::pdf) const OVERPRINT: &str = "Over";
pub(in crate::pdf) const KNOCKOUT: &str = "Out";

/// What content streams call the space of the spot colour.
pub(in crate::pdf) const SPOT: &str = "Spot";

/// What content streams call a picture.
pub(in crate::pdf) fn picture_name(index: PictureIndex) -> String {
    let block = index.block.get();
    index.cell.map_or_else(|| format!("I{block}"), |(row, column)| format!("I{block}-{row}-{column}"))
}

/// The property list of what is part of nothing.
pub(super) fn properties_of(apart: ApartKind) -> BTreeMap<String, DictItem> {
    match apart {
        ApartKind::Artifact(Artifact::PageNumber) => properties("Pagination", Some("Footer")),
        ApartKind::Artifact(Artifact::Repeated | Artifact::Header) => properties("Pagination", Some("Header")),
        ApartKind::Leader => properties("Layout", None),
    }
}

/// The property list of an artifact (14.8.2.2.2, table 330).
pub(super) fn properties(kind: &str, subtype: Option<&str>) -> BTreeMap<String, DictItem> {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let mut map = BTreeMap::from([("Type".to_owned(), name(kind))]);
    if let Some(subtype) = subtype {
        map.insert("Subtype".to_owned(), name(subtype));
    }
    map
}

/// A text string: UTF-16BE after a byte order mark (7.9.2.2).
pub(in crate::pdf) fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}
