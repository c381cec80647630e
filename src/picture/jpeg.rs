//! JPEG files (ITU-T T.81).

use super::FileFault;
use super::density::printed_size;
use super::fault::{check_size, damaged};
use super::orientation::Orientation;
use super::pixels::{Pixels, opaque};
use crate::diagnostic::{Message, say};
use crate::model::{PictureFile, PictureKind, Raster};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::collections::BTreeSet;
use std::io::Cursor;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

pub(super) const SIGNATURE: &[u8] = &[0xff, 0xd8, 0xff];

/// Quality of a picture that is turned: no loss is seen in print.
const QUALITY: u8 = 95;

/// Reads a file whole.
pub(super) fn read(data: &[u8]) -> Result<PictureFile, FileFault> {
    let (segments, whole) = segments(data);
    let frame = Frame::of(&segments)?;
    whole.then_some(()).ok_or_else(damaged)?;
    let seen = seen_segments(&segments);
    let samples = decoded(&seen, frame.color()).ok_or_else(damaged)?;
    let density = segments.iter().filter(|s| s.marker == APP0).find_map(|s| density(s.body?));
    (is_complete(&seen, frame.color(), &samples) && scans_are_complete(&segments)).then_some(()).ok_or_else(damaged)?;
    let exif = segments.iter().filter(|s| s.marker == APP1).find_map(|s| s.body?.strip_prefix(b"Exif\0\0"));
    let orientation = exif.map_or(Orientation::UPRIGHT, Orientation::of_exif);
    let stored = (frame.width.into(), frame.height.into());
    let data = if orientation == Orientation::UPRIGHT {
        seen
    } else {
        let turned = orientation.upright(&samples, stored, frame.components.into());
        encode(orientation.size(stored), frame.color(), &turned).ok_or_else(damaged)?
    };
    let (width, height) = orientation.size(stored);
    Ok(PictureFile {
        name: String::new(),
        kind: PictureKind::Jpeg,
        data,
        size: printed_size((width, height), orientation.density(density)),
        raster: Some(Raster { width, height, gray: frame.components == 1 }),
        shapes: None,
    })
}

/// Decodes a file; None for one that is damaged.
pub(super) fn decode(data: &[u8]) -> Option<Pixels> {
    let frame = Frame::of(&segments(data).0).ok()?;
    let samples = decoded(data, ColorSpace::RGB)?;
    Some(Pixels { width: frame.width.into(), height: frame.height.into(), rgba: opaque(&samples) })
}

/// Pixels an inch across and down.
type Density = (f64, f64);

/// The density that a JFIF segment gives. The decoder does not read it: what it calls density is the depth of the samples.
fn density(segment: &[u8]) -> Option<Density> {
    let &[unit, a, b, c, d, ..] = segment.strip_prefix(b"JFIF\0")?.get(2..)? else { return None };
    let (across, down) = (f64::from(u16::from_be_bytes([a, b])), f64::from(u16::from_be_bytes([c, d])));
    match unit {
        1 => Some((across, down)),
        2 => Some((across * 2.54, down * 2.54)),
        _ => None,
    }
}

/// The samples of a file.
fn decoded(data: &[u8], color: ColorSpace) -> Option<Vec<u8>> {
    // What is cut off is no picture: without strictness the rest would be grey.
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(color);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(data), options);
    decoder.decode().ok()
}

/// True where the coded data go on to the end of the picture. Decoders make up what is missing, so a file that was cut and closed
/// again passes them; but then they read on into whatever follows, and what follows a complete picture changes nothing.
fn is_complete(seen: &[u8], color: ColorSpace, samples: &[u8]) -> bool {
    let (coded, end) = seen.split_at(seen.len().saturating_sub(2));
    let longer = [coded, &[0x55; 64], end].concat();
    decoded(&longer, color).is_some_and(|again| again == samples)
}

/// True where the scans of a progressive picture refine every coefficient to its last bit (G.1.1.1).
fn scans_are_complete(segments: &[Segment<'_>]) -> bool {
    let Some(frame) = segments.iter().find(|s| s.marker == PROGRESSIVE).and_then(|s| s.body) else { return true };
    let mut refined: BTreeSet<(u8, u8)> = BTreeSet::new();
    for scan in segments.iter().filter(|s| s.marker == START_OF_SCAN).filter_map(|s| s.body) {
        let Some((&count, rest)) = scan.split_first() else { return false };
        let Some((components, &[first, last, approximation])) =
            rest.split_last_chunk::<3>().filter(|(components, _)| components.len() == usize::from(count) * 2)
        else {
            return false;
        };
        // The position of the last bit: 0 when nothing is left to refine.
        let low = approximation & 0x0f;
        if low == 0 {
            let coefficients = |c: &[u8]| (first..=last.min(63)).map(move |k| (c[0], k)).collect::<Vec<_>>();
            refined.extend(components.chunks_exact(2).flat_map(coefficients));
        }
    }
    let components = frame.get(6..).unwrap_or_default().chunks_exact(3);
    refined.len() == components.len() * 64
}

fn encode((width, height): (u32, u32), color: ColorSpace, samples: &[u8]) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::R_4_4_4);
    let color = if color == ColorSpace::Luma { ColorType::Luma } else { ColorType::Rgb };
    encoder.encode(samples, u16::try_from(width).ok()?, u16::try_from(height).ok()?, color).ok()?;
    Some(file)
}

const PROGRESSIVE: u8 = 0xc2;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;
const COMMENT: u8 = 0xfe;
const START_OF_SCAN: u8 = 0xda;

const END_OF_IMAGE: u8 = 0xd9;

/// A marker, its segment where it has one, and for a start of scan the coded data that follow.
struct Segment<'a> {
    marker: u8,
    body: Option<&'a [u8]>,
    coded: &'a [u8],
}

/// The segments of a file up to the end of its image (B.1.1), and whether it has that end; what follows it is not part of the
/// picture.
fn segments(data: &[u8]) -> (Vec<Segment<'_>>, bool) {
    let mut segments = Vec::new();
    let mut rest = data.get(2..).unwrap_or_default();
    while let Some((segment, after)) = segment(rest) {
        if segment.marker == END_OF_IMAGE {
            return (segments, true);
        }
        segments.push(segment);
        rest = after;
    }
    (segments, false)
}

/// The segment that some data begin with, and what follows it.
fn segment(data: &[u8]) -> Option<(Segment<'_>, &[u8])> {
    let (0xff, after) = data.split_first()? else { return None };
    // Any number of fill bytes may come before a marker.
    let fill = after.iter().take_while(|&&byte| byte == 0xff).count();
    let (&marker, after) = after.get(fill..)?.split_first()?;
    if matches!(marker, END_OF_IMAGE | 0x01 | 0xd0..=0xd8) {
        return Some((Segment { marker, body: None, coded: &[] }, after));
    }
    let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
    let (body, after) = after.split_at_checked(length)?;
    let (coded, after) = after.split_at(if marker == START_OF_SCAN { coded_length(after) } else { 0 });
    Some((Segment { marker, body: Some(body.get(2..)?), coded }, after))
}

/// Coded data go on to a marker that is neither a stuffed byte nor a restart (B.1.1.5).
fn coded_length(data: &[u8]) -> usize {
    let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff);
    data.windows(2).position(ends).unwrap_or(data.len())
}

/// The file without comments, Exif data, thumbnails and the like.
fn seen_segments(segments: &[Segment<'_>]) -> Vec<u8> {
    let mut seen = vec![0xff, 0xd8];
    for &Segment { marker, body, coded } in segments {
        let Some(body) = body else { continue };
        // JFIF says the density, and may hold a thumbnail after it; Adobe's segment says how colours are coded.
        let body = match marker {
            APP0 if body.starts_with(b"JFIF\0") && body.len() >= 14 => [&body[..12], &[0, 0]].concat(),
            APP2 if body.starts_with(b"ICC_PROFILE\0") => body.to_vec(),
            APP14 if body.starts_with(b"Adobe") => body.to_vec(),
            0xe0..=0xef | COMMENT => continue,
            _ => body.to_vec(),
        };
        seen.extend([0xff, marker]);
        // A body read from a segment is never longer than a segment holds.
        seen.extend((body.len() as u16 + 2).to_be_bytes());
        seen.extend(body);
        seen.extend(coded);
    }
    seen.extend([0xff, END_OF_IMAGE]);
    seen
}

/// What the frame header says (B.2.2).
struct Frame {
    width: u16,
    height: u16,
    components: u8,
}

impl Frame {
    /// The one frame, of a coding that every program can show.
    fn of(segments: &[Segment<'_>]) -> Result<Self, FileFault> {
        let again = || say!("另存为普通的 RGB 图片（JPEG 或 PNG）", "save it as a plain RGB picture (JPEG or PNG)");
        let refused = |message: Message| Err((message, again()));
        // SOF0 to SOF15 but DHT, JPG and DAC.
        let is_frame = |s: &&Segment<'_>| matches!(s.marker, 0xc0..=0xcf) && !matches!(s.marker, 0xc4 | 0xc8 | 0xcc);
        let frame = segments.iter().find(is_frame).ok_or_else(damaged)?;
        let &[depth, h0, h1, w0, w1, components, ..] = frame.body.unwrap_or_default() else { return Err(damaged()) };
        if !matches!(frame.marker, 0xc0..=0xc2) {
            return refused(say!(
                "用了少见的 JPEG 编码，许多程序打不开",
                "uses a rare JPEG coding that many programs cannot open"
            ));
        }
        if depth != 8 {
            return refused(say!("每个颜色有 {depth} 位", "has {depth} bits a sample"));
        }
        let (width, height) = (u16::from_be_bytes([w0, w1]), u16::from_be_bytes([h0, h1]));
        match components {
            1 | 3 => {}
            4 => {
                return refused(say!(
                    "是 CMYK 颜色，各程序印出的颜色不一样",
                    "has CMYK colours, which programs print differently"
                ));
            }
            _ => return Err(damaged()),
        }
        check_size(width.into(), height.into(), components)?;
        Ok(Self { width, height, components })
    }

    fn color(&self) -> ColorSpace {
        if self.components == 1 { ColorSpace::Luma } else { ColorSpace::RGB }
    }
}
