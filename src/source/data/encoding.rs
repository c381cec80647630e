//! The encoding of text files that other programs have written.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// A text and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodedText {
    /// The text, without a byte order mark.
    pub text: String,
    /// True when only its bytes tell that it is GB18030.
    pub guessed: bool,
}

/// Why bytes are no text.
pub(super) enum Refusal {
    /// There is no encoding of this name.
    Unknown,
    /// The bytes are none of the encoding, from this one on where that is known.
    Bytes(Option<usize>),
}

/// The text of a file whose encoding nothing names; None where its bytes are no text.
#[must_use]
pub fn decode_text(bytes: &[u8]) -> Option<DecodedText> {
    decode(bytes, None).ok()
}

/// Decodes bytes: by the name that is given, else by their mark, else as UTF-8, else as GB18030 where all are valid in it.
pub(super) fn decode(bytes: &[u8], name: Option<&str>) -> Result<DecodedText, Refusal> {
    let whole = |encoding: &'static Encoding, bytes: &[u8]| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        // GB18030 has a byte order mark too, which some programs write.
        Some(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
    };
    if let Some((encoding, length)) = Encoding::for_bom(bytes)
        && [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding)
    {
        let text = whole(encoding, bytes.get(length..).unwrap_or(&[])).ok_or(Refusal::Bytes(None))?;
        return Ok(DecodedText { text, guessed: false });
    }
    if let Some(name) = name {
        let encoding = Encoding::for_label(name.as_bytes()).ok_or(Refusal::Unknown)?;
        let text = whole(encoding, bytes).ok_or(Refusal::Bytes(None))?;
        return Ok(DecodedText { text, guessed: false });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(DecodedText { text: text.to_owned(), guessed: false }),
        Err(error) => match whole(GB18030, bytes) {
            // Bytes that end within a character, or hold controls, are no text of an office.
            Some(text) if !text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n')) => {
                Ok(DecodedText { text, guessed: true })
            }
            _ => Err(Refusal::Bytes(Some(error.valid_up_to()))),
        },
    }
}
