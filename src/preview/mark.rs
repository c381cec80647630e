//! The text chunk by which a page's picture is known as this program's (PNG, 11.3.3.3).

/// The chunk's keyword.
pub(super) const KEYWORD: &str = "Software";
/// What it says.
pub(super) const PROGRAM: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

/// True for a picture that this program drew, in whatever version.
#[must_use]
pub fn is_own(file: &[u8]) -> bool {
    const HEAD: &[u8] = b"\x89PNG\r\n\x1a\n";
    let Some(mut rest) = file.strip_prefix(HEAD) else { return false };
    // Chunks: length, type, data, checksum. Ours comes before the pixels.
    while let Some((head, behind)) = rest.split_at_checked(8) {
        let (length, kind) = head.split_at(4);
        let length = length.iter().fold(0usize, |sum, &byte| sum << 8 | usize::from(byte));
        let Some(data) = behind.get(..length) else { return false };
        match kind {
            b"tEXt" if says_so(data) => return true,
            b"IDAT" | b"IEND" => return false,
            _ => {}
        }
        rest = behind.get(length + 4..).unwrap_or_default();
    }
    false
}

fn says_so(chunk: &[u8]) -> bool {
    let program = chunk.strip_prefix(KEYWORD.as_bytes()).and_then(|rest| rest.strip_prefix(b"\0"));
    program.is_some_and(|by| by.starts_with(concat!(env!("CARGO_PKG_NAME"), " ").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{KEYWORD, PROGRAM, is_own};

    fn picture(program: Option<&str>) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 1, 1);
        if let Some(program) = program {
            encoder.add_text_chunk(KEYWORD.to_owned(), program.to_owned()).unwrap();
        }
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&[0]).unwrap();
        writer.finish().unwrap();
        file
    }

    #[test]
    fn own_pictures_are_known_and_others_are_not() {
        assert!(is_own(&picture(Some(PROGRAM))));
        assert!(is_own(&picture(Some("dinggao 0.0.1"))));
        assert!(!is_own(&picture(Some("dinggaox"))));
        assert!(!is_own(&picture(None)));
        let own = picture(Some(PROGRAM));
        for cut in 0..60 {
            assert!(!is_own(&own[..cut]), "{cut}");
        }
        assert!(!is_own(b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXt"));
    }
}
