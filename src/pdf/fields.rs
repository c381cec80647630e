//! The fields of blocks that have several: the parts of a head or an imprint, a heading and the text in its paragraph, of which
//! each is read by itself.

use crate::model::{AttachmentName, BlockKind, Text};

/// What a field is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldRole {
    /// A title.
    Title,
    /// A paragraph of its own.
    Text,
    /// A heading of this level that a text follows in its paragraph.
    Section(u8),
    /// What a list is headed by: 附件：.
    Heading,
    /// The number of a list's item, by the item's index.
    Label(u16),
    /// An item of a list.
    Item(u16),
}

/// A field.
#[derive(Clone, Debug)]
pub(super) struct PdfField<'a> {
    /// What it is.
    pub(super) role: FieldRole,
    /// Its texts, one after the other.
    pub(super) texts: Vec<&'a Text>,
}

/// The fields of a block, in reading order; none for a block that is read as one.
pub(super) fn of(kind: &BlockKind) -> Vec<PdfField<'_>> {
    let mut fields = match kind {
        BlockKind::RedHead(head) => {
            // The label and the name after it are read as one.
            let signer = head.signer.as_ref();
            let is = |own: &Text, part: Option<&Text>| part.is_some_and(|part| std::ptr::eq(own, part));
            let texts = head.texts().into_iter().filter(|own| !is(own, signer.map(|signer| &signer.text)));
            let fields = texts.map(|own| match signer {
                Some(signer) if is(own, Some(&signer.label)) => field(FieldRole::Text, signer.texts()),
                _ => text(own),
            });
            fields.collect()
        }
        BlockKind::Cover(cover) => {
            let rest = cover.subtitle.iter().chain(&cover.authority).chain(&cover.date);
            std::iter::once(field(FieldRole::Title, &cover.title)).chain(rest.map(text)).collect()
        }
        BlockKind::Heading { level, text: own, run_in: Some(rest), .. } => {
            vec![field(FieldRole::Section(*level), [own]), text(rest)]
        }
        BlockKind::Signature { authorities, date, .. } => authorities.iter().chain([date]).map(text).collect(),
        BlockKind::Imprint(imprint) => {
            let copies =
                imprint.sent.iter().chain(&imprint.copies).map(|copies| field(FieldRole::Text, copies.texts()));
            copies.chain([text(&imprint.office), text(&imprint.date)]).collect()
        }
        BlockKind::AttachmentNote(names) if names.len() > 1 => {
            names.iter().zip(0..).flat_map(|(name, item)| listed(name, item)).collect()
        }
        BlockKind::AttachmentNote(names) => names.iter().map(|name| field(FieldRole::Text, name.texts())).collect(),
        _ => Vec::new(),
    };
    fields.retain(|field| field.texts.iter().any(|text| !text.is_empty()));
    fields
}

/// An attachment in a list of several.
fn listed(name: &AttachmentName, item: u16) -> [PdfField<'_>; 3] {
    [
        field(FieldRole::Heading, [&name.label]),
        field(FieldRole::Label(item), [&name.number]),
        field(FieldRole::Item(item), [&name.name]),
    ]
}

fn field<'a>(role: FieldRole, texts: impl IntoIterator<Item = &'a Text>) -> PdfField<'a> {
    PdfField { role, texts: texts.into_iter().collect() }
}

fn text(text: &Text) -> PdfField<'_> {
    field(FieldRole::Text, [text])
}

/// The fields of a block as they are printed, line after line.
#[derive(Debug)]
pub(super) struct PrintedFields {
    /// What of each field is still to come.
    rest: Vec<String>,
    /// The one in hand.
    at: usize,
}

impl PrintedFields {
    /// Before the first line; None for a block that is read as one.
    pub(super) fn new(kind: &BlockKind) -> Option<Self> {
        let rest: Vec<String> = of(kind).iter().map(|f| f.texts.iter().map(|text| text.plain()).collect()).collect();
        (!rest.is_empty()).then_some(Self { rest, at: 0 })
    }

    /// The field that the characters belong to which are printed next. Where a line places fields in another order than the
    /// block has them, their characters tell.
    pub(super) fn take(&mut self, printed: &str) -> u16 {
        let wanted = printed.trim();
        let fits = |rest: &String| {
            let rest = rest.trim_start();
            !rest.is_empty() && (rest.starts_with(wanted) || (!wanted.is_empty() && wanted.starts_with(rest)))
        };
        let order = (self.at..self.rest.len()).chain(0..self.at);
        if let Some(found) = order.into_iter().find(|&field| self.rest.get(field).is_some_and(fits)) {
            self.at = found;
        }
        if let Some(rest) = self.rest.get_mut(self.at) {
            let left = rest.trim_start();
            *rest = left.strip_prefix(wanted).map_or_else(String::new, str::to_owned);
        }
        self.at as u16
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Origin, Run, RunKind};

    fn text(words: &str) -> Text {
        let map = Origin::Whole(crate::diagnostic::Span { file: crate::diagnostic::FileId(0), start: 0, end: 0 });
        Text { runs: vec![Run::new(words.to_owned(), RunKind::Text, map)] }
    }

    #[test]
    fn lines_find_their_fields() {
        let kind = BlockKind::Signature {
            authorities: vec![text("房山区 人民政府")],
            date: text("2024年1月8日"),
            sealing: crate::model::Sealing::None,
        };
        let mut printed = PrintedFields::new(&kind).unwrap();
        assert_eq!(["房山区 ", "人民政府", "2024年", "1月8日"].map(|line| printed.take(line)), [0, 0, 1, 1]);
        let mut other = PrintedFields::new(&kind).unwrap();
        assert_eq!(["2024年1月8日", "房山区 人民", "政府"].map(|line| other.take(line)), [1, 0, 0]);
    }
}
