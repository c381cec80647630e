//! The records of a workbook's stream ([MS-XLS] 2.1.4).

use super::compound::short;

/// What carries on the record before it.
const CONTINUE: u16 = 0x3c;

/// A record.
pub(super) struct XlsRecord<'a> {
    /// What it is.
    pub kind: u16,
    /// Its bytes.
    pub data: &'a [u8],
    /// The bytes of the records that carry it on.
    pub more: Vec<&'a [u8]>,
}

/// The records of a stream from a place on.
pub(super) struct XlsRecords<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> XlsRecords<'a> {
    pub(super) fn new(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, length) = (short(self.stream, self.at)?, short(self.stream, self.at + 2)?);
        let start = self.at + 4;
        let data = self.stream.get(start..start + usize::from(length))?;
        self.at = start + usize::from(length);
        Some((kind, data))
    }
}

impl<'a> Iterator for XlsRecords<'a> {
    type Item = XlsRecord<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, data) = self.one()?;
        let mut more = Vec::new();
        while short(self.stream, self.at) == Some(CONTINUE) {
            more.push(self.one()?.1);
        }
        Some(XlsRecord { kind, data, more })
    }
}
