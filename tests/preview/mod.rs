//! Pages as pictures.

#![expect(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use crate::font::fonts;
use dinggao::diagnostic::{FileId, Span};
use dinggao::font::{FaceId, Fonts, Script};
use dinggao::layout::{
    Artifact, Glyph, GlyphRun, Line, LineKind, OutlineStep, Page, PageItem, PagedDocument, Path, PlacedPicture, Rule,
};
use dinggao::model::{
    Block, BlockId, BlockIndex, BlockKind, Color, Figure, FigureFlow, FontRole, Length, Lie, Meta, PictureIndex,
    RunKind,
};
use dinggao::picture;
use dinggao::preview::PreviewError;

const DPI: f64 = 144.0;

/// A line of 16 pt at 10 pt from the left, its baseline at 50 pt.
fn line(fonts: &Fonts, text: &str, stroke: Option<f64>) -> Line {
    let mut pen = 0.0;
    let mut runs: Vec<GlyphRun> = Vec::new();
    for c in text.chars() {
        let info = fonts.glyph(FontRole::Body, Script::Han, c).expect("a glyph");
        runs.push(GlyphRun {
            face: info.face,
            size: Length::pt(16.0),
            rise: Length::ZERO,
            color: Color::BLACK,
            stroke: stroke.map(Length::pt),
            source: RunKind::Text,
            link: None,
            change: dinggao::model::RunChange::Kept,
            glyphs: vec![Glyph { id: info.glyph, bytes: c.len_utf8() as u8, x: pen }],
        });
        pen += info.advance * 16.0;
    }
    Line {
        kind: LineKind::Artifact(Artifact::PageNumber),
        last: true,
        text: text.to_owned(),
        x: Length::pt(10.0),
        baseline: Length::pt(50.0),
        width: Length::pt(f64::from(pen)),
        turned: false,
        runs,
        strain: None,
    }
}

fn page(items: Vec<PageItem>) -> PagedDocument {
    let page = Page { number: None, width: Length::pt(100.0), height: Length::pt(80.0), items };
    PagedDocument { pages: vec![page], ..PagedDocument::default() }
}

/// The pages of a document with a PNG picture (red, and black half seen), one of shapes (its left half blue) and a photograph.
fn render(paged: &PagedDocument, fonts: &Fonts, dpi: f64) -> Result<Vec<Vec<u8>>, PreviewError> {
    let data = |data: &[u8]| {
        BlockKind::Figure(Figure {
            file: picture::read("map", data).expect("sound").expect("a picture"),
            caption: None,
            number: None,
            width: None,
            alt: String::new(),
            row: None,
            lie: Lie::Upright,
            flow: FigureFlow::InPlace,
        })
    };
    let mut square = Vec::new();
    let mut encoder = png::Encoder::new(&mut square, 2, 1);
    encoder.set_color(png::ColorType::Rgba);
    let samples = [255, 0, 0, 255, 0, 0, 0, 128];
    encoder.write_header().expect("a head").write_image_data(&samples).expect("a picture");
    let shapes =
        b"<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'><rect width='2' height='4' fill='#00f'/></svg>";
    let jpeg = include_bytes!("../../data/samples/growth.jpg");
    let files = [&square[..], &shapes[..], &jpeg[..]];
    let span = Span { file: FileId(0), start: 0, end: 0 };
    let block = |kind| Block { id: BlockId("map".to_owned()), named: false, span, kind };
    let meta = Meta { title: String::new(), author: None, language: "zh-CN".to_owned(), timestamp: 0 };
    let document = crate::sample::of_blocks(meta, files.into_iter().map(|bytes| block(data(bytes))).collect());
    dinggao::preview::render(&document, paged, fonts, dpi)
}

/// Width, height, channels and shades of the first page.
fn picture(paged: &PagedDocument, fonts: &Fonts, dpi: f64) -> (usize, usize, usize, Vec<u8>) {
    let files = render(paged, fonts, dpi).expect("pictures");
    let mut reader = png::Decoder::new(std::io::Cursor::new(&files[0])).read_info().expect("a PNG file");
    let mut shades = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut shades).expect("a picture");
    (info.width as usize, info.height as usize, info.color_type.samples(), shades)
}

/// Left, top, right and bottom of what is not white, in points.
fn ink_box((width, _, _, shades): &(usize, usize, usize, Vec<u8>), dpi: f64) -> [f64; 4] {
    let dark: Vec<usize> = (0..shades.len()).filter(|&at| shades[at] < 128).collect();
    let columns = || dark.iter().map(|at| at % width);
    let rows = || dark.iter().map(|at| at / width);
    let pt = |pixels: Option<usize>, more: usize| (pixels.expect("ink") + more) as f64 * 72.0 / dpi;
    [pt(columns().min(), 0), pt(rows().min(), 0), pt(columns().max(), 1), pt(rows().max(), 1)]
}

#[test]
fn glyphs_stand_where_their_outlines_say() {
    let fonts = fonts();
    let info = fonts.glyph(FontRole::Body, Script::Han, '国').expect("国");
    let [left, bottom, right, top] = fonts.face(info.face).and_then(|f| f.bounds(info.glyph)).expect("drawn");
    let paged = page(vec![PageItem::Line(line(&fonts, "国", None))]);
    for dpi in [144.0, 300.0, 600.0] {
        let found = ink_box(&picture(&paged, &fonts, dpi), dpi);
        let expected =
            [10.0 + left * 16.0, 50.0 - top * 16.0, 10.0 + right * 16.0, 50.0 - bottom * 16.0].map(f64::from);
        for (found, expected) in found.into_iter().zip(expected) {
            assert!((found - expected).abs() <= 72.0 / dpi, "{dpi}: {found} instead of {expected}");
        }
    }
}

#[test]
fn every_glyph_of_a_line_is_drawn() {
    let fonts = fonts();
    for c in "国①“，…—·".chars() {
        let paged = page(vec![PageItem::Line(line(&fonts, &c.to_string(), None))]);
        assert!(picture(&paged, &fonts, DPI).3.iter().any(|&shade| shade < 128), "{c} is blank");
    }
}

#[test]
fn an_emboldened_glyph_grows_by_half_its_stroke() {
    let fonts = fonts();
    let at = |stroke| ink_box(&picture(&page(vec![PageItem::Line(line(&fonts, "一", stroke))]), &fonts, 600.0), 600.0);
    let (plain, bold) = (at(None), at(Some(2.0)));
    for ((plain, bold), sign) in plain.into_iter().zip(bold).zip([-1.0, -1.0, 1.0, 1.0]) {
        assert!((bold - plain - sign).abs() < 0.25, "{plain} to {bold}");
    }
}

#[test]
fn black_pages_are_grey_and_others_in_color() {
    let fonts = fonts();
    let rule = |color| {
        let [x, y, width, height] = [10.0, 20.0, 30.0, 5.0].map(Length::pt);
        page(vec![PageItem::Rule(Rule { color, x, y, width, height })])
    };
    let grey = picture(&rule(Color::BLACK), &fonts, 72.0);
    assert_eq!((grey.0, grey.1, grey.2), (100, 80, 1));
    assert_eq!(grey.3.chunks(1).filter(|shade| *shade == [0]).count(), 150);
    let red = picture(&rule(Color { cyan: 0.0, magenta: 1.0, yellow: 1.0, black: 0.0 }), &fonts, 72.0);
    assert_eq!(red.2, 3);
    assert_eq!(red.3.chunks(3).filter(|pixel| *pixel == [255, 0, 0]).count(), 150);
}

#[test]
fn shapes_are_filled_and_stroked() {
    let fonts = fonts();
    let steps = vec![
        OutlineStep::Move(10.0, 10.0),
        OutlineStep::Line(50.0, 10.0),
        OutlineStep::Line(50.0, 50.0),
        OutlineStep::Close,
    ];
    let path = |fill, stroke| {
        page(vec![PageItem::Path(Path {
            block: Some(BlockIndex::new(0)),
            value: None,
            steps: steps.clone(),
            fill,
            stroke,
        })])
    };
    let filled = picture(&path(Some(Color::BLACK), None), &fonts, 72.0).3;
    assert_eq!((filled[20 * 100 + 45], filled[45 * 100 + 20]), (0, 255));
    let stroked = picture(&path(None, Some((Color::BLACK, Length::pt(2.0)))), &fonts, 72.0).3;
    assert_eq!((stroked[10 * 100 + 30], stroked[20 * 100 + 45]), (0, 255));
}

#[test]
fn the_same_pages_make_the_same_bytes() {
    let fonts = fonts();
    let paged = page(vec![PageItem::Line(line(&fonts, "各位委员——同志", Some(0.5)))]);
    assert_eq!(render(&paged, &fonts, DPI).expect("pictures"), render(&paged, &fonts, DPI).expect("pictures"));
}

#[test]
fn pictures_are_drawn() {
    let fonts = fonts();
    let at = |block, [x, y, width, height]: [f64; 4]| {
        let [x, y, width, height] = [x, y, width, height].map(Length::pt);
        PageItem::Picture(PlacedPicture {
            picture: PictureIndex::of(BlockIndex::new(block)),
            x,
            y,
            width,
            height,
            lie: Lie::Upright,
        })
    };
    let items = vec![at(0, [10.0, 10.0, 20.0, 10.0]), at(1, [10.0, 30.0, 20.0, 20.0]), at(2, [50.0, 10.0, 40.0, 25.0])];
    let (width, _, channels, shades) = picture(&page(items), &fonts, 72.0);
    assert_eq!(channels, 3);
    let pixel = |x: usize, y: usize| shades[(y * width + x) * 3..][..3].to_vec();
    assert_eq!(pixel(12, 15), [255, 0, 0]);
    assert_eq!(pixel(27, 15), [127, 127, 127], "half black on white");
    assert_eq!((pixel(9, 15), pixel(30, 15), pixel(12, 20)), (vec![255; 3], vec![255; 3], vec![255; 3]));
    assert_eq!((pixel(15, 40), pixel(25, 40)), (vec![0, 0, 255], vec![255; 3]));
    let photograph: Vec<Vec<u8>> =
        (50..90).flat_map(|x| (10..35).map(move |y| (x, y))).map(|(x, y)| pixel(x, y)).collect();
    assert!(photograph.iter().filter(|shade| shade.iter().any(|part| *part < 200)).count() > 50, "a chart is drawn");
}

fn first(page: &mut Page) -> &mut Line {
    match &mut page.items[0] {
        PageItem::Line(line) => line,
        _ => panic!("the first item is a line"),
    }
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let fonts = fonts();
    let good = page(vec![PageItem::Line(line(&fonts, "国", None))]);
    for dpi in [0.0, -1.0, 5000.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(render(&good, &fonts, dpi), Err(PreviewError::Resolution { .. })), "{dpi}");
    }
    let error_of = |change: fn(&mut Page)| {
        let mut paged = good.clone();
        change(&mut paged.pages[0]);
        render(&paged, &fonts, DPI).expect_err("no picture")
    };
    assert!(matches!(error_of(|p| p.width = Length::ZERO), PreviewError::PageSize { page: 1 }));
    assert!(matches!(error_of(|p| p.height = Length::pt(1e9)), PreviewError::PageSize { page: 1 }));
    assert!(matches!(error_of(|p| first(p).x = Length::pt(f64::NAN)), PreviewError::Length { page: 1 }));
    assert!(matches!(error_of(|p| first(p).runs[0].size = Length::pt(1e9)), PreviewError::Length { page: 1 }));
    assert!(matches!(error_of(|p| first(p).runs[0].glyphs[0].x = f32::INFINITY), PreviewError::Length { page: 1 }));
    assert!(matches!(error_of(|p| first(p).runs[0].face = FaceId(99)), PreviewError::NoFace { face: FaceId(99) }));
    assert!(matches!(error_of(|p| first(p).runs[0].glyphs[0].id = 65535), PreviewError::Subset(_)));
    let picture = PlacedPicture {
        picture: PictureIndex::of(BlockIndex::new(9)),
        x: Length::ZERO,
        y: Length::ZERO,
        width: Length::pt(1.0),
        height: Length::pt(1.0),
        lie: Lie::Upright,
    };
    assert!(matches!(
        render(&page(vec![PageItem::Picture(picture)]), &fonts, DPI),
        Err(PreviewError::Picture { page: 1 })
    ));
}
