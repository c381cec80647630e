//! `w:latentStyles`: Word's own styles that the file does not define.

use crate::docx::xml::Xml;

use Offered::{InGallery, InPane};
use ShownFrom::{Opening, Use};

/// Where Word offers a style of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Offered {
    /// In the gallery of the ribbon and in the pane.
    InGallery,
    /// In the pane alone.
    InPane,
}

/// From when on Word shows a style of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ShownFrom {
    /// The report is opened.
    Opening,
    /// The style is used.
    Use,
}

/// Which of Word's own styles show in its pane: those a report uses, and no others until they are.
pub(super) fn latent(xml: &mut Xml) {
    xml.open(
        "w:latentStyles",
        &[
            ("w:defLockedState", "0"),
            ("w:defUIPriority", "99"),
            ("w:defSemiHidden", "1"),
            ("w:defUnhideWhenUsed", "1"),
            ("w:defQFormat", "0"),
            ("w:count", "376"),
        ],
    );
    let mut show = |name: &str, priority: &str, offered: Offered, from: ShownFrom| {
        let mut attributes = vec![("w:name", name), ("w:uiPriority", priority)];
        if from == Opening {
            attributes.extend([("w:semiHidden", "0"), ("w:unhideWhenUsed", "0")]);
        }
        if offered == InGallery {
            attributes.push(("w:qFormat", "1"));
        }
        xml.empty("w:lsdException", &attributes);
    };
    show("Normal", "0", InGallery, Opening);
    for level in 1..=9 {
        show(&format!("heading {level}"), "9", InGallery, if level > 4 { Use } else { Opening });
    }
    for level in 1..=9 {
        show(&format!("toc {level}"), "39", InPane, Use);
    }
    show("caption", "35", InGallery, Use);
    show("Title", "10", InGallery, Opening);
    show("Default Paragraph Font", "1", InPane, Use);
    show("Body Text", "1", InGallery, Opening);
    show("Salutation", "1", InGallery, Opening);
    show("Strong", "22", InGallery, Use);
    show("Table Grid", "39", InPane, Opening);
    show("footnote text", "99", InPane, Use);
    show("footnote reference", "99", InPane, Use);
    show("footer", "99", InPane, Use);
    show("header", "99", InPane, Use);
    show("TOC Heading", "39", InGallery, Use);
    xml.close();
}
