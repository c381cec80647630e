//! Pictures: image XObjects (8.9.5), and form XObjects for those of shapes (8.10).

use super::object::{deflate, deflated};
use crate::model::{BlockKind, Document as Report, PictureKind};
use crate::pdf::Error;
use crate::pdf::pages::WrittenPage;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use std::collections::BTreeMap;
use std::io::Cursor;

/// The most samples of a picture: one of A4 at 1,200 dpi.
const MOST_BYTES: usize = 600_000_000;

/// Writes the pictures that stand on the pages, each once.
pub(super) fn write(
    file: &mut Document,
    report: &Report,
    pages: &[WrittenPage],
) -> Result<BTreeMap<u32, ObjectId>, Error> {
    let mut written = BTreeMap::new();
    for (page, number) in pages.iter().zip(1..) {
        for &block in &page.pictures {
            if written.contains_key(&block) {
                continue;
            }
            let Some(BlockKind::Figure(figure)) = report.blocks.get(block as usize).map(|block| &block.kind) else {
                return Err(Error::NoBlock { page: number, tag: format!("Figure({block})") });
            };
            let fault = |cause: String| Error::Picture { page: number, image: figure.image.clone(), cause };
            let id = match figure.kind {
                PictureKind::Png => png(file, &figure.data).map_err(|cause| match cause {
                    PictureFault::Picture(cause) => fault(cause),
                    PictureFault::Write(error) => error,
                })?,
                PictureKind::Jpeg => jpeg(file, &figure.data).map_err(fault)?,
                PictureKind::Svg => shapes(file, &figure.data).map_err(fault)?,
            };
            written.insert(block, id);
        }
    }
    Ok(written)
}

enum PictureFault {
    Picture(String),
    Write(Error),
}

impl From<png::DecodingError> for PictureFault {
    fn from(cause: png::DecodingError) -> Self {
        Self::Picture(cause.to_string())
    }
}

impl From<Error> for PictureFault {
    fn from(error: Error) -> Self {
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

/// A PNG file: its samples, deflated anew; its transparency as a soft mask (11.6.5.3).
fn png(file: &mut Document, data: &[u8]) -> Result<ObjectId, PictureFault> {
    let mut decoder = png::Decoder::new(Cursor::new(data));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let size = reader.output_buffer_size().filter(|&size| size <= MOST_BYTES);
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
fn jpeg(file: &mut Document, data: &[u8]) -> Result<ObjectId, String> {
    let frame = frame(data).ok_or("no frame header")?;
    let space = match frame.components {
        1 => "DeviceGray",
        3 => "DeviceRGB",
        4 => "DeviceCMYK",
        other => return Err(format!("{other} colour components")),
    };
    if frame.precision != 8 {
        return Err(format!("{} bits a sample", frame.precision));
    }
    let mut object = image(u32::from(frame.width), u32::from(frame.height), space);
    if frame.components == 4 && frame.adobe {
        // Adobe's programs write CMYK inverted.
        object.set("Decode", [1, 0, 1, 0, 1, 0, 1, 0].map(Object::Integer).to_vec());
    }
    object.set("Filter", "DCTDecode");
    Ok(file.add_object(Stream::new(object, data.to_vec()).with_compression(false)))
}

/// A picture of shapes: the page that is made of it, as a form of the unit square, which is what an image fills.
fn shapes(file: &mut Document, data: &[u8]) -> Result<ObjectId, String> {
    let made = crate::picture::pdf(data).ok_or("no shapes")?;
    let mut made = Document::load_mem(&made).map_err(|cause| cause.to_string())?;
    made.renumber_objects_with(file.max_id + 1);
    let page = *made.get_pages().values().next().ok_or("no page")?;
    let form = form(&made, page).map_err(|cause| cause.to_string())?;
    file.max_id = made.max_id;
    for (id, object) in std::mem::take(&mut made.objects) {
        // The catalog, the tree and the page itself are not needed, nor the content stream, which the form holds.
        let kind = object.as_dict().and_then(|dictionary| dictionary.get(b"Type")).and_then(Object::as_name);
        if !matches!(kind, Ok(b"Catalog" | b"Pages" | b"Page")) {
            file.objects.insert(id, object);
        }
    }
    let id = file.add_object(form);
    Ok(id)
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

/// What the frame header of a JPEG file says (ITU-T T.81 B.2.2), and whether a segment of Adobe's stands before it.
struct Frame {
    precision: u8,
    width: u16,
    height: u16,
    components: u8,
    adobe: bool,
}

fn frame(data: &[u8]) -> Option<Frame> {
    let mut rest = data.get(2..)?;
    let mut adobe = false;
    loop {
        // Any number of fill bytes may stand before a marker.
        while let [0xFF, after @ ..] = rest {
            rest = after;
        }
        let (&marker, segment) = rest.split_first()?;
        let length = usize::from(u16::from_be_bytes([*segment.first()?, *segment.get(1)?]));
        let body = segment.get(2..length)?;
        match marker {
            // SOF0 to SOF15 but DHT, JPG and DAC.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let &[precision, h0, h1, w0, w1, components, ..] = body else { return None };
                let (width, height) = (u16::from_be_bytes([w0, w1]), u16::from_be_bytes([h0, h1]));
                return (width > 0 && height > 0).then_some(Frame { precision, width, height, components, adobe });
            }
            0xEE if body.starts_with(b"Adobe") => adobe = true,
            _ => {}
        }
        rest = segment.get(length..)?;
    }
}
