//! Children in the order of the schema, written down from ECMA-376 and apart from the program's own table.

use super::xml::Node;
use super::{fixture, trees, write};

const ORDERS: [(&str, &str); 13] = [
    (
        "w:pPr",
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr tabs kinsoku overflowPunct autoSpaceDE autoSpaceDN \
         snapToGrid spacing ind jc textDirection textAlignment outlineLvl sectPr",
    ),
    ("w:rPr", "rStyle rFonts b bCs color spacing sz szCs shd vertAlign lang"),
    ("w:numPr", "ilvl numId"),
    ("w:tblPr", "tblStyle tblpPr tblW jc tblInd tblBorders tblLayout tblCellMar tblLook"),
    ("w:trPr", "cantSplit trHeight tblHeader"),
    ("w:tcPr", "tcW gridSpan vMerge vAlign"),
    ("w:tbl", "tblPr tblGrid tr"),
    ("w:tc", "tcPr p"),
    ("w:lvl", "start numFmt pStyle suff lvlText lvlJc pPr rPr"),
    ("w:abstractNum", "nsid multiLevelType tmpl lvl"),
    ("w:sectPr", "footerReference footnotePr type pgSz pgMar pgNumType cols titlePg docGrid"),
    ("w:style", "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr tcPr"),
    (
        "w:settings",
        "zoom mirrorMargins bordersDoNotSurroundHeader bordersDoNotSurroundFooter defaultTabStop autoHyphenation evenAndOddHeaders \
         drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery \
         characterSpacingControl footnotePr compat themeFontLang decimalSymbol listSeparator",
    ),
];

#[test]
fn children_come_in_the_order_of_the_schema() {
    let mut met = std::collections::BTreeSet::new();
    for (part, tree) in trees(&write(&fixture::everything())) {
        tree.walk(&mut |node: &Node| {
            let Some((name, order)) = ORDERS.iter().find(|(name, _)| *name == node.name) else { return };
            met.insert(*name);
            let place = |child: &Node| {
                let local = child.name.strip_prefix("w:").unwrap_or(&child.name);
                let place = order.split(' ').position(|o| o == local);
                place.unwrap_or_else(|| panic!("{part}: {name} has an unexpected {local}"))
            };
            let places: Vec<usize> = node.children.iter().map(place).collect();
            assert!(places.is_sorted(), "{part}: {name} is out of order: {}", node.canonical());
        });
    }
    assert_eq!(met.len(), ORDERS.len(), "the document does not show all that is checked: {met:?}");
}

#[test]
fn cells_have_a_paragraph_and_rows_fill_the_grid() {
    let trees = trees(&write(&fixture::everything()));
    let (_, document) = trees.iter().find(|(name, _)| name == "word/document.xml").expect("a body");
    let tables = document.all("w:tbl");
    assert_eq!(tables.len(), 3);
    for table in tables {
        let columns = table.all("w:gridCol").len();
        for row in table.all("w:tr") {
            let spans = row.all("w:tc").into_iter().map(|cell| {
                // Passes the schema without one, and Word refuses the file.
                assert!(cell.child("w:p").is_some());
                let span = cell.val_at(&["w:tcPr", "w:gridSpan"]);
                span.map_or(1, |s| s.parse::<usize>().expect("a span"))
            });
            assert_eq!(spans.sum::<usize>(), columns);
        }
        assert!(table.all("w:tr")[0].child("w:trPr").is_some_and(|p| p.child("w:tblHeader").is_some()));
    }
}
