//! Pages that lie on their side: where the Word file puts their numbers.

use super::xml::Node;
use dinggao::layout::{Artifact, LineKind, PagedDocument};
use dinggao::model::{BlockKind, Document};
use dinggao::template::{StyleName, Template};

/// Twips as points.
pub(super) fn points(node: &Node, name: &str) -> f64 {
    node.attribute(name).and_then(|value| value.parse::<f64>().ok()).unwrap_or_else(|| panic!("{name}")) / 20.0
}

/// The number of a page that lies on its side is where it is in print: its frame is beside the table, which prints it
/// upright when the page is.
pub(super) fn turned_numbers<'a>(
    document: &Document,
    template: &Template,
    paged: &PagedDocument,
    part: impl Fn(&str) -> Option<&'a Node>,
) {
    let wide = |block| matches!(document.block(block).map(|b| &b.kind), Some(BlockKind::Table(t)) if t.landscape);
    for page in &paged.pages {
        let turned = page.lines().any(|line| matches!(line.kind, LineKind::Cell { block, .. } if wide(block)));
        let printed = page.lines().find(|line| line.kind == LineKind::Artifact(Artifact::PageNumber));
        let Some(line) = printed.filter(|_| turned) else { continue };
        let odd = !page.number.expect("a number").count.is_multiple_of(2);
        let footer = part(if odd { "word/footer4.xml" } else { "word/footer5.xml" }).expect("a footer");
        let frame = footer.all("w:framePr")[0];
        assert_eq!(footer.all("w:textDirection")[0].val(), Some("tbRl"));
        // What is its lower edge upright is its left one; the baseline is a fifth of the line above that.
        let size = template.style(StyleName::PageNumber).size.to_pt();
        let baseline = points(frame, "w:x") + size * 1.5 * 0.2;
        assert!((page.height.to_pt() - line.baseline.to_pt() - baseline).abs() < 0.1, "{line:?}");
        let (top, height) = (points(frame, "w:y"), points(frame, "w:h"));
        let indent = template.page_numbers.indent.map_or(0.0, |em| em * size);
        let (from, to) = (line.x.to_pt(), (line.x + line.width).to_pt());
        let gap = if odd { top + height - to } else { from - top };
        assert!((gap - indent).abs() < 0.1, "{gap} {line:?}");
    }
}
