//! Texts of records ([MS-XLS] 2.5.293 and following).

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, WINDOWS_1252};

use super::compound::{long, short};
use super::records::XlsRecord;

/// How the texts of a workbook are written.
#[derive(Clone, Copy)]
pub(super) enum XlsTexts {
    /// Two bytes a character, or one where all are Latin (Excel 97 and later).
    Unicode,
    /// In the encoding of a code page (Excel 5 and 95).
    Paged(&'static Encoding),
}

impl XlsTexts {
    /// The encoding of a code page.
    pub(super) fn page(page: u16) -> Self {
        Self::Paged(match page {
            936 | 54936 => GBK,
            950 => BIG5,
            932 => SHIFT_JIS,
            949 => EUC_KR,
            _ => WINDOWS_1252,
        })
    }

    /// A text with its length before it, in two bytes.
    pub(super) fn long(self, data: &[u8]) -> Option<String> {
        self.counted(data.get(2..)?, usize::from(short(data, 0)?))
    }

    /// A text with its length before it, in one byte.
    pub(super) fn brief(self, data: &[u8]) -> Option<String> {
        self.counted(data.get(1..)?, usize::from(*data.first()?))
    }

    /// A text of so many characters.
    pub(super) fn counted(self, data: &[u8], count: usize) -> Option<String> {
        match self {
            Self::Paged(encoding) => Some(encoding.decode_without_bom_handling(data.get(..count)?).0.into_owned()),
            Self::Unicode => {
                let (flags, rest) = data.split_first()?;
                let mut units = Vec::new();
                characters(rest, *flags, count, &mut units);
                Some(String::from_utf16_lossy(&units))
            }
        }
    }
}

/// Takes in up to `count` characters; returns how many bytes they have.
fn characters(data: &[u8], flags: u8, count: usize, units: &mut Vec<u16>) -> usize {
    if flags & 1 == 0 {
        let taken = &data[..count.min(data.len())];
        units.extend(taken.iter().map(|b| u16::from(*b)));
        return taken.len();
    }
    let taken = data.chunks_exact(2).take(count);
    units.extend(taken.map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
    count.saturating_mul(2).min(data.len() & !1)
}

/// The texts that all sheets share: a record that others carry on, in the middle of a text too.
pub(super) fn shared(record: &XlsRecord<'_>) -> Vec<Box<str>> {
    let mut parts = std::iter::once(record.data).chain(record.more.iter().copied());
    let mut left = Left { data: parts.next().and_then(|d| d.get(8..)).unwrap_or(&[]), parts };
    let mut texts = Vec::new();
    while let Some(text) = left.text() {
        texts.push(text.into_boxed_str());
    }
    texts
}

/// What is left of the record.
struct Left<'a, I: Iterator<Item = &'a [u8]>> {
    data: &'a [u8],
    parts: I,
}

impl<'a, I: Iterator<Item = &'a [u8]>> Left<'a, I> {
    fn text(&mut self) -> Option<String> {
        if self.data.is_empty() {
            self.data = self.parts.next()?;
        }
        let count = usize::from(short(self.data, 0)?);
        let flags = *self.data.get(2)?;
        let mut head = 3;
        let mut tail = 0_usize;
        if flags & 8 != 0 {
            tail += usize::from(short(self.data, head)?) * 4;
            head += 2;
        }
        if flags & 4 != 0 {
            tail += usize::try_from(long(self.data, head)?).ok()?;
            head += 4;
        }
        self.data = self.data.get(head..)?;
        let mut units = Vec::new();
        let mut flags = flags;
        loop {
            let taken = characters(self.data, flags, count - units.len(), &mut units);
            self.data = &self.data[taken..];
            if units.len() >= count {
                break;
            }
            // The part that carries on says anew how wide its characters are.
            let (next, rest) = self.parts.next()?.split_first()?;
            (flags, self.data) = (*next, rest);
        }
        while tail > 0 {
            if self.data.is_empty() {
                self.data = self.parts.next()?;
            }
            let skipped = tail.min(self.data.len());
            if skipped == 0 {
                return None;
            }
            self.data = &self.data[skipped..];
            tail -= skipped;
        }
        Some(String::from_utf16_lossy(&units))
    }
}
