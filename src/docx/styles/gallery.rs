//! Where Word shows a style: its place in the lists, whether it is in the gallery, what follows its paragraphs.

use crate::docx::xml::Xml;
use crate::template::StyleName;
use std::collections::BTreeSet;

/// Where Word shows a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gallery {
    /// Its place in Word's lists: the lower, the nearer to the head.
    priority: u8,
    /// In the gallery of quick styles.
    quick: bool,
    /// Shown in documents that do not use it yet, too.
    always: bool,
}

impl Gallery {
    /// What an editor reaches for in every document.
    const fn daily(priority: u8) -> Self {
        Self { priority, quick: true, always: true }
    }

    /// What an editor reaches for in documents that have such a part.
    const fn part(priority: u8) -> Self {
        Self { priority, quick: true, always: false }
    }

    /// What programs apply by themselves, or nobody applies by hand.
    const fn own(priority: u8) -> Self {
        Self { priority, quick: false, always: false }
    }

    /// The place of a style. Built-in ones have the priority that Word gives them.
    pub(super) const fn of(name: StyleName) -> Self {
        match name {
            StyleName::Body => Self::daily(1),
            StyleName::Point => Self::daily(2),
            StyleName::ListItem => Self::daily(3),
            StyleName::Heading1 | StyleName::Heading2 | StyleName::Heading3 | StyleName::Heading4 => Self::daily(9),
            StyleName::Title => Self::daily(10),
            StyleName::Occasion | StyleName::Speaker | StyleName::Salutation => Self::part(11),
            StyleName::Caption => Self::daily(35),
            StyleName::TableHead | StyleName::TableText => Self::daily(36),
            StyleName::Figure => Self::part(37),
            StyleName::GlossaryTitle | StyleName::GlossaryEntry => Self::part(38),
            StyleName::AttachmentMark | StyleName::AttachmentTitle => Self::part(40),
            StyleName::Signature | StyleName::SignatureDate => Self::part(41),
            StyleName::CopyNumber
            | StyleName::HeadMark
            | StyleName::Authority
            | StyleName::DocumentNumber
            | StyleName::Signer
            | StyleName::Addressee
            | StyleName::AttachmentNote
            | StyleName::Imprint => Self::part(42),
            StyleName::CoverTitle | StyleName::CoverSubtitle | StyleName::CoverLine => Self::part(43),
            StyleName::ContentsTitle | StyleName::Contents1 | StyleName::Contents2 | StyleName::Contents3 => {
                Self::own(39)
            }
            StyleName::Footnote | StyleName::PageNumber | StyleName::ChartText => Self::own(99),
        }
    }

    /// The place of a variant of a style: shown where it is used, in the gallery where an editor chooses between the two.
    pub(super) const fn variant(name: StyleName, chosen: bool) -> Self {
        let Self { priority, quick, .. } = Self::of(name);
        Self { priority, quick: quick && chosen, always: false }
    }

    /// Writes `w:uiPriority` to `w:qFormat`. `used`: the ids of the styles that the document uses.
    pub(super) fn write(self, xml: &mut Xml, id: &str, used: &BTreeSet<String>) {
        xml.val("w:uiPriority", self.priority);
        if !self.always && !used.contains(id) {
            xml.empty("w:semiHidden", &[]).empty("w:unhideWhenUsed", &[]);
        }
        if self.quick {
            xml.empty("w:qFormat", &[]);
        }
    }
}

/// The style of the paragraph that Enter begins behind one in `name`: what follows in such a document. `used`: whether a document
/// uses a style.
pub(super) fn next(name: StyleName, used: impl Fn(StyleName) -> bool) -> StyleName {
    let first = |names: &[StyleName]| names.iter().copied().find(|&n| used(n)).unwrap_or(StyleName::Body);
    match name {
        StyleName::Point
        | StyleName::ListItem
        | StyleName::GlossaryEntry
        | StyleName::Footnote
        | StyleName::PageNumber
        | StyleName::TableHead
        | StyleName::TableText
        | StyleName::ChartText
        | StyleName::Imprint
        | StyleName::AttachmentNote
        | StyleName::CoverLine
        | StyleName::Contents1
        | StyleName::Contents2
        | StyleName::Contents3 => name,
        StyleName::Title => {
            first(&[StyleName::Occasion, StyleName::Speaker, StyleName::Addressee, StyleName::Salutation])
        }
        StyleName::Occasion => first(&[StyleName::Speaker, StyleName::Salutation]),
        StyleName::Speaker => first(&[StyleName::Salutation]),
        StyleName::Figure => StyleName::Caption,
        StyleName::GlossaryTitle => StyleName::GlossaryEntry,
        StyleName::AttachmentMark => StyleName::AttachmentTitle,
        StyleName::Signature => StyleName::SignatureDate,
        StyleName::CopyNumber | StyleName::HeadMark => StyleName::HeadMark,
        StyleName::Authority => StyleName::DocumentNumber,
        StyleName::DocumentNumber | StyleName::Signer => StyleName::Title,
        StyleName::CoverTitle => StyleName::CoverSubtitle,
        StyleName::CoverSubtitle => StyleName::CoverLine,
        StyleName::ContentsTitle => StyleName::Contents1,
        _ => StyleName::Body,
    }
}
