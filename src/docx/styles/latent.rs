//! `w:latentStyles`: Word's own styles that the file does not define.

use crate::docx::xml::Xml;

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
    let mut show = |name: &str, priority: &str, quick: bool, hidden: bool| {
        let mut attributes = vec![("w:name", name), ("w:uiPriority", priority)];
        if !hidden {
            attributes.extend([("w:semiHidden", "0"), ("w:unhideWhenUsed", "0")]);
        }
        if quick {
            attributes.push(("w:qFormat", "1"));
        }
        xml.empty("w:lsdException", &attributes);
    };
    show("Normal", "0", true, false);
    for level in 1..=9 {
        show(&format!("heading {level}"), "9", true, level > 4);
    }
    for level in 1..=9 {
        show(&format!("toc {level}"), "39", false, true);
    }
    show("caption", "35", true, true);
    show("Title", "10", true, false);
    show("Default Paragraph Font", "1", false, true);
    show("Body Text", "1", true, false);
    show("Salutation", "1", true, false);
    show("Strong", "22", true, true);
    show("Table Grid", "39", false, false);
    show("footnote text", "99", false, true);
    show("footnote reference", "99", false, true);
    show("footer", "99", false, true);
    show("header", "99", false, true);
    show("TOC Heading", "39", true, true);
    xml.close();
}
