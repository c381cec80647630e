//! Pictures: image XObjects (8.9.5), and form XObjects for those of shapes (8.10).

use super::object::{deflate, deflated};
use super::press::{self, PressInks};
use crate::model::{Document as Report, Length, PictureFile, PictureIndex, PictureKind, Raster, ShownPicture};
use crate::pdf::PdfError;
use crate::pdf::pages::WrittenPage;
use crate::picture;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Dots an inch of shapes that a press gets as pixels: what its own screen can show of a slanted edge.
const SHAPES: f64 = 600.0;

/// Writes the pictures on the pages, each once; with inks, for a press.
pub(super) fn write(
    file: &mut Document,
    report: &Report,
    pages: &[WrittenPage],
    inks: Option<&PressInks>,
) -> Result<BTreeMap<PictureIndex, ObjectId>, PdfError> {
    let mut written = BTreeMap::new();
    for (page, number) in pages.iter().zip(1..) {
        for &index in &page.pictures {
            if written.contains_key(&index) {
                continue;
            }
            let Some(shown) = report.picture(index) else {
                return Err(PdfError::NoBlock { page: number, tag: format!("{index:?}") });
            };
            let fault = |cause: String| PdfError::Picture { page: number, image: shown.file.name.clone(), cause };
            if let Some(inks) = inks {
                written.insert(index, pressed(file, shown, inks, &fault)?);
                continue;
            }
            let id = match shown.file.kind {
                PictureKind::Png => png(file, &shown.file.data).map_err(|cause| match cause {
                    PictureFault::Picture(cause) => fault(cause),
                    PictureFault::Write(error) => error,
                })?,
                PictureKind::Jpeg => jpeg(file, shown.file).map_err(fault)?,
                PictureKind::Svg => shapes(file, shown.file).map_err(fault)?,
            };
            written.insert(index, id);
        }
    }
    Ok(written)
}

/// A picture in the inks of a press: shapes as shapes where they can be, all else as pixels on paper, since nothing is transparent
/// there.
fn pressed(
    file: &mut Document,
    shown: ShownPicture<'_>,
    inks: &PressInks,
    fault: &impl Fn(String) -> PdfError,
) -> Result<ObjectId, PdfError> {
    let picture = shown.file;
    if picture.kind == PictureKind::Svg {
        let made =
            Document::load_mem(picture.shapes.as_deref().unwrap_or_default()).map_err(|c| fault(c.to_string()))?;
        let page = made.get_pages().into_values().next().ok_or_else(|| fault("no page".to_owned()))?;
        let form = form(&made, page).map_err(|cause| fault(cause.to_string()))?;
        if let Some(form) = press::pressed(&made, &form, inks)? {
            return Ok(file.add_object(form));
        }
    }
    let size = picture.raster.map_or_else(
        || {
            let (width, height) = picture.size;
            let scale = shown.width.map_or(1.0, |printed| printed / width);
            let pixels = |length: Length| (length.to_pt() * scale / 72.0 * SHAPES).ceil().clamp(1.0, 10_000.0) as u32;
            (pixels(width), pixels(height))
        },
        |raster| (raster.width, raster.height),
    );
    let pixels = picture::pixels(picture, size).ok_or_else(|| fault("no pixels".to_owned()))?;
    let on_paper = |light: u8, opacity: u8| {
        let (light, opacity) = (u32::from(light), u32::from(opacity));
        ((light * opacity + 255 * (255 - opacity) + 127) / 255) as u8
    };
    let rgb: Vec<u8> = pixels
        .rgba
        .chunks_exact(4)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]].map(|light| on_paper(light, pixel[3])))
        .collect();
    let gray = rgb.chunks_exact(3).all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
    let (samples, space) =
        if gray { (rgb.into_iter().step_by(3).collect(), "DeviceGray") } else { (inks.pixels(&rgb)?, "DeviceCMYK") };
    let object = image(pixels.width, pixels.height, space);
    Ok(file.add_object(deflated(object, deflate(&samples)?)))
}

enum PictureFault {
    Picture(String),
    Write(PdfError),
}

impl From<png::DecodingError> for PictureFault {
    fn from(cause: png::DecodingError) -> Self {
        Self::Picture(cause.to_string())
    }
}

impl From<PdfError> for PictureFault {
    fn from(error: PdfError) -> Self {
        Self::Write(error)
    }
}

fn image(width: u32, height: u32, space: &str) -> Dictionary {
    dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(width),
        "Height" => i64::from(height),
        "ColorSpace" => space,
        "BitsPerComponent" => 8,
    }
}

/// A PNG file: its samples, deflated once more; its transparency as a soft mask (11.6.5.3).
fn png(file: &mut Document, data: &[u8]) -> Result<ObjectId, PictureFault> {
    let mut decoder = png::Decoder::new(Cursor::new(data));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let size = reader.output_buffer_size();
    let size = size.ok_or_else(|| PictureFault::Picture("too large".to_owned()))?;
    let mut samples = vec![0; size];
    let info = reader.next_frame(&mut samples)?;
    samples.truncate(info.buffer_size());
    let (channels, space) = match info.color_type {
        png::ColorType::Grayscale => (1, "DeviceGray"),
        png::ColorType::GrayscaleAlpha => (2, "DeviceGray"),
        png::ColorType::Rgb => (3, "DeviceRGB"),
        png::ColorType::Rgba => (4, "DeviceRGB"),
        png::ColorType::Indexed => return Err(PictureFault::Picture("a palette that was not expanded".to_owned())),
    };
    let mut object = image(info.width, info.height, space);
    if channels % 2 == 0 {
        let opacity: Vec<u8> = samples.iter().skip(channels - 1).step_by(channels).copied().collect();
        if opacity.iter().any(|&opacity| opacity != u8::MAX) {
            let mask = deflated(image(info.width, info.height, "DeviceGray"), deflate(&opacity)?);
            object.set("SMask", file.add_object(mask));
        }
        samples = samples.chunks_exact(channels).flat_map(|pixel| &pixel[..channels - 1]).copied().collect();
    }
    Ok(file.add_object(deflated(object, deflate(&samples)?)))
}

/// A JPEG file: as it is (DCTDecode, 7.4.8).
fn jpeg(file: &mut Document, picture: &PictureFile) -> Result<ObjectId, String> {
    let Raster { width, height, gray } = picture.raster.ok_or("no pixels")?;
    let mut object = image(width, height, if gray { "DeviceGray" } else { "DeviceRGB" });
    object.set("Filter", "DCTDecode");
    Ok(file.add_object(Stream::new(object, picture.data.clone()).with_compression(false)))
}

/// A picture of shapes: the page that is made of it, as a form of the unit square, which is what an image fills.
fn shapes(file: &mut Document, picture: &PictureFile) -> Result<ObjectId, String> {
    let made = picture.shapes.as_deref().ok_or("no shapes")?;
    let mut made = Document::load_mem(made).map_err(|cause| cause.to_string())?;
    made.renumber_objects_with(file.max_id + 1);
    let page = *made.get_pages().values().next().ok_or("no page")?;
    let form = form(&made, page).map_err(|cause| cause.to_string())?;
    file.max_id = made.max_id;
    for (id, object) in std::mem::take(&mut made.objects) {
        // The catalog, the tree and the page itself are not needed, nor the content stream, which the form holds.
        let kind = object.as_dict().and_then(|dictionary| dictionary.get(b"Type")).and_then(Object::as_name);
        if !matches!(kind, Ok(b"Catalog" | b"Pages" | b"Page")) {
            file.objects.insert(id, sorted(object));
        }
    }
    let Object::Stream(form) = sorted(Object::Stream(form)) else { return Err("no form".to_owned()) };
    Ok(file.add_object(form))
}

/// An object whose dictionaries have their keys in order: svg2pdf writes resources in the order of a hash map, which differs from
/// run to run.
fn sorted(object: Object) -> Object {
    match object {
        Object::Dictionary(dictionary) => Object::Dictionary(sorted_keys(dictionary)),
        Object::Array(items) => Object::Array(items.into_iter().map(sorted).collect()),
        Object::Stream(stream) => Object::Stream(Stream { dict: sorted_keys(stream.dict), ..stream }),
        plain => plain,
    }
}

fn sorted_keys(dictionary: Dictionary) -> Dictionary {
    let mut entries: Vec<(Vec<u8>, Object)> = dictionary.into_iter().map(|(key, value)| (key, sorted(value))).collect();
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    entries.into_iter().collect()
}

fn form(made: &Document, page: ObjectId) -> lopdf::Result<Stream> {
    let page = made.get_dictionary(page)?;
    let corner = page.get(b"MediaBox")?.as_array()?.iter().skip(2).map(Object::as_float);
    let corner: Vec<f32> = corner.collect::<lopdf::Result<_>>()?;
    let &[width, height] = corner.as_slice() else { return Err(lopdf::Error::DictKey("MediaBox".to_owned())) };
    let mut contents = made.get_object(page.get(b"Contents")?.as_reference()?)?.as_stream()?.clone();
    contents.dict.set("Type", "XObject");
    contents.dict.set("Subtype", "Form");
    contents.dict.set("BBox", page.get(b"MediaBox")?.clone());
    let zero = || Object::Integer(0);
    let matrix = vec![Object::Real(1.0 / width), zero(), zero(), Object::Real(1.0 / height), zero(), zero()];
    contents.dict.set("Matrix", matrix);
    contents.dict.set("Resources", page.get(b"Resources")?.clone());
    contents.dict.set("Group", page.get(b"Group")?.clone());
    Ok(contents)
}
