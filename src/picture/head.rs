//! What the head of a picture file says.

use super::{Fault, sound, svg};
use crate::model::{Length, PictureKind};

/// What a picture file says of itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Its kind.
    pub kind: PictureKind,
    /// Its own printed width and height.
    pub size: (Length, Length),
}

/// Looks through a picture file; None for a file that is no picture that can be printed.
///
/// # Errors
/// What is wrong with a file that would be one, and what to do about it.
pub fn look(data: &[u8]) -> Result<Option<Look>, Fault> {
    if data.starts_with(b"\x89PNG\r\n\x1a\n") || data.starts_with(&[0xff, 0xd8, 0xff]) {
        sound::check(data)?;
        return PictureHead::read(data)
            .map(|head| Some(Look { kind: head.kind, size: head.size() }))
            .ok_or_else(sound::damaged);
    }
    if svg::is_svg(data) { svg::look(data).map(Some) } else { Ok(None) }
}

/// Kind and size of a picture of pixels, from its head alone.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PictureHead {
    kind: PictureKind,
    /// Width in pixels, at least 1.
    width: u32,
    /// Height in pixels, at least 1.
    height: u32,
    /// Pixels an inch across and down, where the file says so.
    density: Option<(f64, f64)>,
}

/// Pixels an inch of a picture that does not say, as office programs take it.
const DENSITY: f64 = 96.0;
/// What files say by mistake: nobody prints coarser or finer.
const DENSITIES: std::ops::RangeInclusive<f64> = 20.0..=5000.0;

impl PictureHead {
    /// Reads the head of a PNG or JPEG file; None for anything else, and for a picture without pixels.
    fn read(data: &[u8]) -> Option<Self> {
        let head = if data.starts_with(b"\x89PNG\r\n\x1a\n") {
            png(data)?
        } else if data.starts_with(&[0xff, 0xd8, 0xff]) {
            jpeg(data)?
        } else {
            return None;
        };
        (head.width > 0 && head.height > 0).then_some(head)
    }

    /// Its own printed size.
    fn size(&self) -> (Length, Length) {
        let (across, down) = self.density.unwrap_or((DENSITY, DENSITY));
        let side = |pixels: u32, density: f64| Length::pt(f64::from(pixels) * 72.0 / density);
        (side(self.width, across), side(self.height, down))
    }
}

fn sane(across: f64, down: f64) -> Option<(f64, f64)> {
    (DENSITIES.contains(&across) && DENSITIES.contains(&down)).then_some((across, down))
}

/// The IHDR chunk stands first, pHYs before the first IDAT (ISO/IEC 15948, 5.6).
fn png(data: &[u8]) -> Option<PictureHead> {
    let number = |at: usize| data.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes);
    (data.get(12..16)? == b"IHDR").then_some(())?;
    let mut head = PictureHead { kind: PictureKind::Png, width: number(16)?, height: number(20)?, density: None };
    let mut at = 8_usize;
    while let (Some(length), Some(name)) = (number(at), data.get(at.saturating_add(4)..at.saturating_add(8))) {
        match name {
            b"pHYs" if data.get(at + 16) == Some(&1) => {
                // Pixels a metre.
                let density = |at| number(at).map(|n| f64::from(n) * 0.0254);
                head.density = density(at + 8).zip(density(at + 12)).and_then(|(across, down)| sane(across, down));
                break;
            }
            b"IDAT" | b"IEND" => break,
            _ => at = at.saturating_add(length as usize).saturating_add(12),
        }
    }
    Some(head)
}

/// Walks the segments up to the first start of frame (ITU-T T.81, B.2.2); JFIF's APP0 says the density.
fn jpeg(data: &[u8]) -> Option<PictureHead> {
    let word = |at: usize| data.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_be_bytes);
    let mut density = None;
    let mut at = 2_usize;
    loop {
        (*data.get(at)? == 0xff).then_some(())?;
        match *data.get(at + 1)? {
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            // SOF0 to SOF15, but DHT, JPG and DAC.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let (height, width) = (word(at + 5)?.into(), word(at + 7)?.into());
                return Some(PictureHead { kind: PictureKind::Jpeg, width, height, density });
            }
            0xd9 | 0xda => return None,
            marker => {
                if marker == 0xe0 && data.get(at + 4..at + 9) == Some(b"JFIF\0") {
                    let (across, down) = (f64::from(word(at + 12)?), f64::from(word(at + 14)?));
                    density = match data.get(at + 11)? {
                        1 => sane(across, down),
                        2 => sane(across * 2.54, down * 2.54),
                        _ => None,
                    };
                }
                at = at.checked_add(2)?.checked_add(usize::from(word(at + 2)?))?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_head(rest: &[u8]) -> Vec<u8> {
        let mut data = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\0\0\0\0\x80".to_vec();
        data.extend([8, 0, 0, 0, 0, 0, 0, 0, 0]);
        data.extend(rest);
        data
    }

    #[test]
    fn a_png_says_its_size_and_density() {
        let plain = PictureHead::read(&png_head(&[])).unwrap();
        assert_eq!((plain.width, plain.height, plain.density), (256, 128, None));
        assert_eq!(plain.size(), (Length::pt(192.0), Length::pt(96.0)));
        // 11811 pixels a metre are 300 an inch.
        let dense = png_head(b"\0\0\0\x09pHYs\0\0\x2e\x23\0\0\x2e\x23\x01");
        let (across, _) = PictureHead::read(&dense).unwrap().density.unwrap();
        assert!((across - 300.0).abs() < 0.1, "{across}");
    }

    #[test]
    fn a_jpeg_says_its_size_and_density() {
        let mut data = vec![0xff, 0xd8, 0xff, 0xe0, 0, 16];
        data.extend(b"JFIF\0\x01\x01\x01\0\xc8\0\xc8\0\0");
        data.extend([0xff, 0xc0, 0, 17, 8, 0, 20, 0, 30, 3]);
        let head = PictureHead::read(&data).unwrap();
        assert_eq!((head.kind, head.width, head.height), (PictureKind::Jpeg, 30, 20));
        assert_eq!(head.density, Some((200.0, 200.0)));
    }

    #[test]
    fn what_is_cut_off_or_empty_is_no_picture() {
        let data = png_head(&[]);
        for cut in 0..24 {
            assert_eq!(PictureHead::read(&data[..cut]), None, "{cut}");
        }
        let mut empty = data;
        empty[16..20].fill(0);
        assert_eq!(PictureHead::read(&empty), None);
        assert_eq!(PictureHead::read(b"GIF89a"), None);
    }
}
