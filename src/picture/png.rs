//! PNG files (ISO/IEC 15948).

use super::FileFault;
use super::density::printed_size;
use super::fault::{check_size, damaged};
use super::orientation::Orientation;
use super::pixels::Pixels;
use crate::model::{PictureFile, PictureKind, Raster};
use flate2::Crc;
use png::{DecodeOptions, Decoder, Transformations, Unit};
use std::io::Cursor;

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The chunks that say how a picture looks; texts, times, Exif data and the frames of animations are left out.
const SEEN: [&[u8; 4]; 10] = [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"pHYs", b"gAMA", b"cHRM", b"sRGB", b"iCCP"];

/// Reads a file whole.
pub(super) fn read(data: &[u8]) -> Result<PictureFile, FileFault> {
    let (seen, exif) = seen_chunks(data)?;
    let orientation = exif.map_or(Orientation::UPRIGHT, Orientation::of_exif);
    let mut reader = decoder(&seen).read_info().map_err(|_| damaged())?;
    let info = reader.info();
    let size = (info.width, info.height);
    check_size(info.width, info.height, channels(info.color_type, info.trns.is_some()))?;
    let density = info.pixel_dims.filter(|dims| dims.unit == Unit::Meter);
    let density = density.map(|dims| (f64::from(dims.xppu) * 0.0254, f64::from(dims.yppu) * 0.0254));
    let length = reader.output_buffer_size().ok_or_else(damaged)?;
    let mut samples = vec![0; length];
    let frame = reader.next_frame(&mut samples).map_err(|_| damaged())?;
    reader.finish().map_err(|_| damaged())?;
    let data = if orientation == Orientation::UPRIGHT {
        seen
    } else {
        samples.truncate(frame.buffer_size());
        let turned = orientation.upright(&samples, size, frame.color_type.samples());
        encode(orientation.size(size), frame.color_type, &turned).map_err(|_| damaged())?
    };
    let (width, height) = orientation.size(size);
    let gray = matches!(frame.color_type, png::ColorType::Grayscale | png::ColorType::GrayscaleAlpha);
    Ok(PictureFile {
        name: String::new(),
        kind: PictureKind::Png,
        data,
        size: printed_size((width, height), orientation.density(density)),
        raster: Some(Raster { width, height, gray }),
        shapes: None,
    })
}

/// The samples of each pixel once palettes and transparent colours are expanded.
fn channels(color: png::ColorType, transparent: bool) -> u8 {
    let plain = if color == png::ColorType::Indexed { 3 } else { color.samples() as u8 };
    plain + u8::from(transparent)
}

fn decoder(data: &[u8]) -> Decoder<Cursor<&[u8]>> {
    let mut options = DecodeOptions::default();
    options.set_ignore_checksums(false);
    options.set_ignore_iccp_chunk(true);
    let mut decoder = Decoder::new_with_options(Cursor::new(data), options);
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder
}

/// The file without the chunks that are not seen and without what follows its end, and its Exif data.
fn seen_chunks(data: &[u8]) -> Result<(Vec<u8>, Option<&[u8]>), FileFault> {
    let (mut seen, mut exif) = (SIGNATURE.to_vec(), None);
    let mut rest = data.get(SIGNATURE.len()..).ok_or_else(damaged)?;
    loop {
        let (length, _) = rest.split_first_chunk::<4>().ok_or_else(damaged)?;
        let length = (u32::from_be_bytes(*length) as usize).checked_add(12).ok_or_else(damaged)?;
        let (chunk, after) = rest.split_at_checked(length).ok_or_else(damaged)?;
        let name = chunk.get(4..8).ok_or_else(damaged)?;
        let (body, sum) = chunk.split_at(length - 4);
        let mut crc = Crc::new();
        crc.update(&body[4..]);
        let sound = crc.sum().to_be_bytes() == sum;
        // A critical chunk has a capital letter first (5.4).
        if !sound && name[0].is_ascii_uppercase() {
            return Err(damaged());
        }
        if sound && SEEN.iter().any(|known| known.as_slice() == name) {
            seen.extend_from_slice(chunk);
        }
        match name {
            b"eXIf" if sound => exif = body.get(8..),
            b"IEND" => return Ok((seen, exif)),
            _ => {}
        }
        rest = after;
    }
}

/// Decodes a file; None for one that is damaged.
pub(super) fn decode(data: &[u8]) -> Option<Pixels> {
    let mut reader = decoder(data).read_info().ok()?;
    let mut samples = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut samples).ok()?;
    samples.truncate(info.buffer_size());
    let rgba = match info.color_type {
        png::ColorType::Grayscale => samples.iter().flat_map(|&grey| [grey, grey, grey, 255]).collect(),
        png::ColorType::GrayscaleAlpha => {
            samples.chunks_exact(2).flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]]).collect()
        }
        png::ColorType::Rgb => super::pixels::opaque(&samples),
        png::ColorType::Rgba => samples,
        png::ColorType::Indexed => return None,
    };
    Some(Pixels { width: info.width, height: info.height, rgba })
}

/// A file of 8 bits a sample.
pub(super) fn encode(
    (width, height): (u32, u32),
    color: png::ColorType,
    samples: &[u8],
) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(color);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(samples)?;
    writer.finish()?;
    Ok(file)
}
