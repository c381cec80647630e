//! Picture files: what is refused, what is turned, what does not go into the outputs.

#![expect(clippy::expect_used, reason = "tests fail by panicking")]

use dinggao::model::{PictureFile, PictureKind};
use dinggao::picture::{pixels, read};
use flate2::{Compression, Crc, write::ZlibEncoder};
use jpeg_encoder::{ColorType, Encoder};
use std::io::Write;

/// Exif data that hold an orientation and a secret.
fn exif(orientation: u8) -> Vec<u8> {
    let mut data = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    data.extend([orientation, 0, 0, 0, 0, 0, 0]);
    data.extend(b"SECRET");
    data
}

/// A picture of 32 by 16 pixels whose left upper quarter is dark.
fn samples(channels: usize) -> Vec<u8> {
    let dark = |at: usize| at % 32 < 16 && at / 32 < 8;
    (0..32 * 16).flat_map(|at| vec![if dark(at) { 0 } else { 255 }; channels]).collect()
}

fn jpeg(color: ColorType) -> Vec<u8> {
    let mut data = Vec::new();
    let channels = if color == ColorType::Luma { 1 } else { 3 };
    Encoder::new(&mut data, 95).encode(&samples(channels), 32, 16, color).expect("a picture");
    data
}

/// A JPEG file with a segment after its first marker.
fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).expect("a segment").to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, body, &jpeg[2..]].concat()
}

fn chunk(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [&name[..], body].concat();
    let mut crc = Crc::new();
    crc.update(&named);
    let length = u32::try_from(body.len()).expect("a chunk").to_be_bytes();
    [&length[..], &named, &crc.sum().to_be_bytes()].concat()
}

/// A grey PNG of 32 by 16 pixels with given rows, and chunks before them.
fn png(rows: &[u8], before: &[Vec<u8>]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(rows).expect("memory");
    let head = [&32u32.to_be_bytes()[..], &16u32.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let image = chunk(*b"IDAT", &packed.finish().expect("memory"));
    let signature = b"\x89PNG\r\n\x1a\n".to_vec();
    [signature, chunk(*b"IHDR", &head), before.concat(), image, chunk(*b"IEND", b"")].concat()
}

fn rows() -> Vec<u8> {
    samples(1).chunks(32).flat_map(|row| [&[0], row].concat()).collect()
}

fn taken(data: &[u8]) -> PictureFile {
    read("a", data).expect("sound").expect("a picture")
}

fn refused(data: &[u8]) -> String {
    read("a", data).err().map(|(message, _)| message.en).unwrap_or_default()
}

#[test]
fn what_is_not_seen_stays_out() {
    let plain = jpeg(ColorType::Rgb);
    let mut full = plain.clone();
    for (marker, body) in [
        (0xe1, &[b"Exif\0\0".to_vec(), exif(1)].concat()[..]),
        (0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SECRET"),
        (0xed, b"Photoshop 3.0\0SECRET"),
        (0xfe, b"SECRET"),
        (0xe0, b"JFXX\0SECRET"),
    ] {
        full = with_segment(&full, marker, body);
    }
    full.extend(b"SECRET");
    assert_eq!(taken(&full).data, taken(&plain).data);

    let texts =
        [chunk(*b"tEXt", b"Author\0SECRET"), chunk(*b"eXIf", &exif(1)), chunk(*b"tIME", &[7, 232, 1, 8, 0, 0, 0])];
    let mut full = png(&rows(), &texts);
    full.extend(b"SECRET");
    assert_eq!(taken(&full).data, png(&rows(), &[]));

    let drawing = "<!-- SECRET --><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload='SECRET'>\
        <metadata>SECRET</metadata><title>SECRET</title><script>SECRET</script>\
        <a href='javascript:SECRET'><path d='M0 0h9v9z'/></a></svg>";
    let written = taken(drawing.as_bytes());
    assert_eq!(written.kind, PictureKind::Svg);
    let text = String::from_utf8(written.data).expect("text");
    assert!(text.contains("<path") && !text.contains("SECRET"), "{text}");
}

#[test]
fn a_picture_held_upright_is_printed_upright() {
    // Exif 6: the camera was turned to the right; the first row is the right side of the scene.
    let dark = |picture: &PictureFile, x: u32, y: u32| {
        let drawn = pixels(picture, (1, 1)).expect("pixels");
        drawn.rgba[((y * drawn.width + x) * 4) as usize] < 128
    };
    let photo = with_segment(&jpeg(ColorType::Rgb), 0xe1, &[b"Exif\0\0".to_vec(), exif(6)].concat());
    let grey = with_segment(&jpeg(ColorType::Luma), 0xe1, &[b"Exif\0\0".to_vec(), exif(6)].concat());
    let drawing = png(&rows(), &[chunk(*b"eXIf", &exif(6))]);
    for data in [photo, grey, drawing] {
        let picture = taken(&data);
        let raster = picture.raster.expect("pixels");
        assert_eq!((raster.width, raster.height), (16, 32));
        assert!(picture.size.0 < picture.size.1);
        assert!(dark(&picture, 12, 8) && !dark(&picture, 4, 8) && !dark(&picture, 12, 24));
        assert_eq!(taken(&picture.data).data, picture.data, "read again, it is upright");
    }
}

#[test]
fn damaged_pictures_are_refused() {
    let whole = include_bytes!("../../data/samples/growth.jpg");
    assert_eq!(taken(whole).kind, PictureKind::Jpeg);
    let scan = whole.windows(2).position(|pair| pair == [0xff, 0xda]).expect("a scan");
    for part in 0..20 {
        // Cut inside the coded data, with and without the marker of the end.
        let cut = &whole[..scan + (whole.len() - scan) * part / 20];
        for data in [cut, &[cut, &[0xff, 0xd9]].concat()] {
            assert!(refused(data).contains("damaged"), "{part}");
        }
    }
    for data in [&whole[..scan], &whole[..20], &[0xff, 0xd8, 0xff]] {
        assert!(refused(data).contains("damaged"));
    }
    let mut filter = rows();
    filter[33] = 9;
    let short = &rows()[..100];
    for data in [png(&filter, &[]), png(short, &[])] {
        assert!(refused(&data).contains("damaged"));
    }
    let whole = png(&rows(), &[]);
    for cut in 8..whole.len() {
        assert!(refused(&whole[..cut]).contains("damaged"), "{cut}");
    }
}

#[test]
fn every_usual_coding_is_read() {
    let mut progressive = Vec::new();
    let mut encoder = Encoder::new(&mut progressive, 80);
    encoder.set_progressive(true);
    encoder.set_restart_interval(2);
    encoder.encode(&samples(3), 32, 16, ColorType::Rgb).expect("a picture");
    // Closed after an early scan, it would be printed blurred.
    let scans: Vec<usize> = (0..progressive.len() - 1).filter(|&at| progressive[at..at + 2] == [0xff, 0xda]).collect();
    assert!(scans.len() > 3);
    assert!(refused(&[&progressive[..scans[2]], &[0xff, 0xd9]].concat()).contains("damaged"));
    let mut small = Vec::new();
    let mut encoder = Encoder::new(&mut small, 80);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_2_0);
    encoder.set_restart_interval(1);
    encoder.set_optimized_huffman_tables(true);
    encoder.encode(&samples(3), 32, 16, ColorType::Rgb).expect("a picture");
    for data in [progressive, small, jpeg(ColorType::Luma), include_bytes!("../../data/samples/growth.jpg").to_vec()] {
        let picture = taken(&data);
        assert!(pixels(&picture, (1, 1)).is_some());
    }
}
