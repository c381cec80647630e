//! Pixels of pictures, for what can draw nothing else.

use super::svg;
use crate::model::PictureKind;
use std::io::Cursor;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// A picture, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Red, green, blue and opacity of each, row by row from the top.
    pub rgba: Vec<u8>,
}

/// Decodes a picture; one of shapes is drawn `width` by `height` pixels large, others are as large as they are. None for a file
/// that cannot be decoded, and for no pixels.
#[must_use]
pub fn pixels(kind: PictureKind, data: &[u8], width: u32, height: u32) -> Option<Pixels> {
    match kind {
        PictureKind::Png => decode_png(data).ok().flatten(),
        PictureKind::Jpeg => decode_jpeg(data),
        PictureKind::Svg => svg::draw(data, width, height),
    }
}

/// A picture of shapes as a PNG file of so many pixels.
#[must_use]
pub fn png(data: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    encode(&svg::draw(data, width, height)?).ok()
}

fn encode(pixels: &Pixels) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, pixels.width, pixels.height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels.rgba)?;
    writer.finish()?;
    Ok(file)
}

fn decode_png(data: &[u8]) -> Result<Option<Pixels>, png::DecodingError> {
    let mut decoder = png::Decoder::new(Cursor::new(data));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let Some(size) = reader.output_buffer_size() else { return Ok(None) };
    let mut samples = vec![0; size];
    let info = reader.next_frame(&mut samples)?;
    samples.truncate(info.buffer_size());
    let rgba = match info.color_type {
        png::ColorType::Grayscale => samples.iter().flat_map(|&grey| [grey, grey, grey, 255]).collect(),
        png::ColorType::GrayscaleAlpha => {
            samples.chunks_exact(2).flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]]).collect()
        }
        png::ColorType::Rgb => rgb(&samples),
        png::ColorType::Rgba => samples,
        png::ColorType::Indexed => return Ok(None),
    };
    Ok(Some(Pixels { width: info.width, height: info.height, rgba }))
}

fn decode_jpeg(data: &[u8]) -> Option<Pixels> {
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(data), options);
    let samples = decoder.decode().ok()?;
    let info = decoder.info()?;
    Some(Pixels { width: info.width.into(), height: info.height.into(), rgba: rgb(&samples) })
}

fn rgb(samples: &[u8]) -> Vec<u8> {
    samples.chunks_exact(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect()
}
