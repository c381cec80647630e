//! Whether a picture file is sound: what the outputs cannot hold is told of here, at its line in the report.

use crate::diagnostic::{Message, say};
use flate2::Crc;

/// The most samples of a picture: one of A4 at 1,200 dpi.
const MOST: u64 = 600_000_000;

/// What is wrong with a picture file, and what to do about it.
pub type Fault = (Message, Message);

/// Looks through a file that begins as a PNG or JPEG does, without decoding it.
pub(super) fn check(data: &[u8]) -> Result<(), Fault> {
    if data.starts_with(b"\x89PNG\r\n\x1a\n") { png(data) } else { jpeg(data) }
}

pub(super) fn damaged() -> Fault {
    (say!("已损坏，或者没有存完", "is damaged, or was not saved to its end"), say!("重新导出一次", "export it again"))
}

fn too_large(width: u32, height: u32) -> Fault {
    (
        say!("有 {width}×{height} 个像素，太大了", "has {width}×{height} pixels, which is too large"),
        say!(
            "缩小到印刷要用的大小（每英寸 300 至 600 像素）",
            "scale it to what print needs (300 to 600 pixels an inch)"
        ),
    )
}

/// Every chunk is whole, its sum right, and those that must be there are (ISO/IEC 15948, 5.3 to 5.6).
fn png(data: &[u8]) -> Result<(), Fault> {
    let word = |at: usize| data.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    let (mut at, mut color, mut palette, mut image) = (8_usize, None, false, false);
    loop {
        let length = word(at).ok_or_else(damaged)? as usize;
        let end = length.checked_add(8).and_then(|length| at.checked_add(length)).ok_or_else(damaged)?;
        let chunk = data.get(at + 4..end).ok_or_else(damaged)?;
        let (name, body) = chunk.split_at_checked(4).ok_or_else(damaged)?;
        let sum = word(end).ok_or_else(damaged)?;
        // What is not critical (a small first letter) no program has to read.
        let mut crc = Crc::new();
        if name[0].is_ascii_uppercase() {
            crc.update(chunk);
            (crc.sum() == sum).then_some(()).ok_or_else(damaged)?;
        }
        match name {
            b"IHDR" if color.is_none() => {
                let &[w0, w1, w2, w3, h0, h1, h2, h3, depth, kind, 0, 0, 0 | 1] = body else { return Err(damaged()) };
                let (width, height) = (u32::from_be_bytes([w0, w1, w2, w3]), u32::from_be_bytes([h0, h1, h2, h3]));
                let channels = match (kind, depth) {
                    (0, 1 | 2 | 4 | 8 | 16) => 1,
                    (2, 8 | 16) | (3, 1 | 2 | 4 | 8) => 3,
                    (4, 8 | 16) => 2,
                    (6, 8 | 16) => 4,
                    _ => return Err(damaged()),
                };
                if width == 0 || height == 0 {
                    return Err(damaged());
                }
                if u64::from(width).saturating_mul(u64::from(height)).saturating_mul(channels) > MOST {
                    return Err(too_large(width, height));
                }
                color = Some(kind);
            }
            b"PLTE" => palette = true,
            b"IDAT" => image = true,
            b"IEND" => break,
            _ => {}
        }
        at = end + 4;
    }
    let kind = color.ok_or_else(damaged)?;
    (image && (kind != 3 || palette)).then_some(()).ok_or_else(damaged)
}

/// One frame that every program can show, and the file goes on to its end (ITU-T T.81, B.1.1, B.2).
fn jpeg(data: &[u8]) -> Result<(), Fault> {
    let again = || say!("另存为普通的 RGB 图片（JPEG 或 PNG）", "save it as a plain RGB picture (JPEG or PNG)");
    let mut rest = data.get(2..).unwrap_or_default();
    let mut framed = false;
    loop {
        let Some((0xff, behind)) = rest.split_first() else { return Err(damaged()) };
        rest = behind;
        // Any number of fill bytes may stand before a marker.
        while let [0xff, behind @ ..] = rest {
            rest = behind;
        }
        let (&marker, segment) = rest.split_first().ok_or_else(damaged)?;
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            rest = segment;
            continue;
        }
        let length = segment.first_chunk().map(|&bytes| usize::from(u16::from_be_bytes(bytes))).ok_or_else(damaged)?;
        let body = segment.get(2..length).ok_or_else(damaged)?;
        match marker {
            0xc0..=0xc2 => {
                let &[depth, h0, h1, w0, w1, components, ..] = body else { return Err(damaged()) };
                let (width, height) = (u16::from_be_bytes([w0, w1]), u16::from_be_bytes([h0, h1]));
                if width == 0 || height == 0 {
                    return Err(damaged());
                }
                if depth != 8 {
                    return Err((say!("每个颜色有 {depth} 位", "has {depth} bits a sample"), again()));
                }
                match components {
                    1 | 3 => {}
                    4 => {
                        let said = say!(
                            "是 CMYK 颜色，各程序印出的颜色不一样",
                            "has CMYK colours, which programs print differently"
                        );
                        return Err((said, again()));
                    }
                    _ => return Err(damaged()),
                }
                if u64::from(width) * u64::from(height) * u64::from(components) > MOST {
                    return Err(too_large(width.into(), height.into()));
                }
                framed = true;
            }
            // Lossless, hierarchical and arithmetic coding.
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let said = say!(
                    "用了少见的 JPEG 编码，许多程序打不开",
                    "uses a rare JPEG coding that many programs cannot open"
                );
                return Err((said, again()));
            }
            0xda => break,
            0xd9 => return Err(damaged()),
            _ => {}
        }
        rest = segment.get(length..).unwrap_or_default();
    }
    // The end of the image, behind the scans; some programs write things behind it.
    let ends = rest.windows(2).any(|pair| pair == [0xff, 0xd9]);
    (framed && ends).then_some(()).ok_or_else(damaged)
}
