//! The PDF for a press: inks, boxes, marks, sheets.

use super::reader;
use super::sheet::{self, Setter};
use dinggao::layout;
use dinggao::layout::{PageItem, PagedDocument};
use dinggao::model::{BlockKind, Color, Length};
use dinggao::pdf::{
    self, Imposition, PdfError, PdfExtras, PdfOptions, PdfProfile, Press, PressMarks, RedInk, VerifyRules,
};
use lopdf::{Document, Object};

fn press(change: impl FnOnce(&mut Press)) -> PdfOptions {
    let mut press = Press::default();
    change(&mut press);
    PdfOptions { profile: PdfProfile::Print, press }
}

/// A sample's PDF for a press.
fn sample(name: &str, options: &PdfOptions) -> Document {
    reader::load(&made(name, options).unwrap())
}

fn made(name: &str, options: &PdfOptions) -> Result<Vec<u8>, PdfError> {
    let (document, _, paged) = crate::sample::set(name);
    let fonts = crate::font::fonts();
    pdf::write_for(&document, &paged, &fonts, options, PdfExtras::default())
}

fn corners(file: &Document, page: usize, key: &str) -> Vec<f64> {
    let page = file.get_dictionary(reader::pages(file)[page]).unwrap();
    page.get(key.as_bytes()).unwrap().as_array().unwrap().iter().map(reader::float).collect()
}

#[test]
fn text_is_of_black_or_the_red_alone() {
    let file = sample("official-document.yaml", &press(|_| {}));
    let (mut over, mut ink, mut shown) = (false, Vec::new(), [0, 0]);
    for page in reader::pages(&file) {
        let object = file.get_dictionary(page).unwrap().clone();
        assert!(!object.has(b"Annots") && !object.has(b"ArtBox") && !object.has(b"StructParents"));
        for operation in reader::operations(&file, page) {
            match operation.operator.as_str() {
                "gs" => {
                    let name = std::str::from_utf8(operation.operands[0].as_name().unwrap()).unwrap().to_owned();
                    let state = reader::get(&file, &object, &["Resources", "ExtGState", &name]);
                    let state = state.as_dict().unwrap().clone();
                    over = state.get(b"op").unwrap().as_bool().unwrap();
                    assert_eq!(state.get(b"OPM").unwrap().as_i64().unwrap(), i64::from(over));
                }
                "k" => ink = operation.operands.iter().map(reader::float).collect(),
                "g" | "rg" | "cs" | "sc" | "scn" => panic!("{} beside inks", operation.operator),
                "TJ" | "Tj" if ink == [0.0, 0.0, 0.0, 1.0] => {
                    assert!(over, "black text overprints");
                    shown[0] += 1;
                }
                "TJ" | "Tj" => {
                    let red = [0.0, 0.8, 0.8, 0.0];
                    assert!(!over && ink.iter().zip(red).all(|(got, red)| (got - red).abs() < 1e-6), "{ink:?}");
                    shown[1] += 1;
                }
                _ => {}
            }
        }
    }
    assert!(shown[0] > 50 && shown[1] == 1, "{shown:?}");
}

#[test]
fn boxes_bleed_and_marks() {
    let mm = 72.0 / 25.4;
    let near = |got: Vec<f64>, expected: [f64; 4]| {
        assert!(got.iter().zip(expected).all(|(got, expected)| (got - expected).abs() < 0.01), "{got:?} {expected:?}");
    };
    let (width, height) = (210.0 * mm, 297.0 * mm);
    let plain = sample("blocks.yaml", &press(|press| press.bleed = Length::mm(5.0)));
    near(corners(&plain, 0, "MediaBox"), [0.0, 0.0, width + 10.0 * mm, height + 10.0 * mm]);
    near(corners(&plain, 0, "BleedBox"), [0.0, 0.0, width + 10.0 * mm, height + 10.0 * mm]);
    near(corners(&plain, 0, "TrimBox"), [5.0 * mm, 5.0 * mm, width + 5.0 * mm, height + 5.0 * mm]);
    let marked = sample("blocks.yaml", &press(|press| press.marks = PressMarks::All));
    near(corners(&marked, 0, "TrimBox"), [10.0 * mm, 10.0 * mm, width + 10.0 * mm, height + 10.0 * mm]);
    near(corners(&marked, 0, "BleedBox"), [7.0 * mm, 7.0 * mm, width + 13.0 * mm, height + 13.0 * mm]);
    // No mark is within what bleeds.
    let operations = reader::operations(&marked, reader::pages(&marked)[0]);
    let from = operations.iter().position(|op| op.operator == "CS").expect("marks in the colour of all inks");
    let [left, bottom, right, top] = corners(&marked, 0, "BleedBox")[..] else { panic!("a box") };
    for op in operations[from..].iter().filter(|op| matches!(op.operator.as_str(), "m" | "l")) {
        let (x, y) = (reader::float(&op.operands[0]), reader::float(&op.operands[1]));
        assert!(x <= left + 0.01 || x >= right - 0.01 || y <= bottom + 0.01 || y >= top - 0.01, "{x} {y}");
    }
}

#[test]
fn one_profile_for_both_claims() {
    let file = sample("blocks.yaml", &press(|_| {}));
    let catalog = reader::catalog(&file);
    let intents = reader::get(&file, &catalog, &["OutputIntents"]).as_array().unwrap().clone();
    let intents: Vec<_> = intents.iter().map(|intent| reader::dict(&file, intent)).collect();
    let kinds: Vec<_> = intents.iter().map(|intent| intent.get(b"S").unwrap().as_name().unwrap()).collect();
    assert_eq!(kinds, [b"GTS_PDFX".as_slice(), b"GTS_PDFA1"]);
    assert_eq!(intents[0].get(b"DestOutputProfile").unwrap(), intents[1].get(b"DestOutputProfile").unwrap());
    let profile = reader::get(&file, &intents[0], &["DestOutputProfile"]);
    let profile = profile.as_stream().unwrap().decompressed_content().unwrap();
    assert_eq!((&profile[12..16], &profile[16..20]), (b"prtr".as_slice(), b"CMYK".as_slice()));
    let info = reader::dict(&file, file.trailer.get(b"Info").unwrap());
    assert_eq!(info.get(b"Trapped").unwrap().as_name().unwrap(), b"False");
    assert!(!catalog.has(b"StructTreeRoot"));
}

#[test]
fn pictures_are_of_inks_and_nothing_shows_through() {
    for name in ["tables-and-pictures.yaml", "vector-picture.yaml"] {
        let file = sample(name, &press(|_| {}));
        let mut inks = 0;
        for object in file.objects.values() {
            let Ok(stream) = object.as_stream() else { continue };
            assert!(!stream.dict.has(b"SMask") && !stream.dict.has(b"Group"), "{name}");
            if let Ok(space) = stream.dict.get(b"ColorSpace").and_then(Object::as_name) {
                assert!(matches!(space, b"DeviceCMYK" | b"DeviceGray"), "{name}");
                inks += usize::from(space == b"DeviceCMYK");
            }
        }
        assert!(inks > 0, "{name}");
    }
}

#[test]
fn a_booklet_is_folded_to_its_pages() {
    let options = press(|press| {
        press.imposition = Some(Imposition::Booklet);
        press.paper = Length::mm(0.5);
    });
    let file = sample("full-report.yaml", &options);
    // Seven pages: two sheets, four sides, one blank page at the end.
    let pages = reader::pages(&file);
    assert_eq!(pages.len(), 4);
    let (mm, width) = (72.0 / 25.4, 210.0 * 72.0 / 25.4);
    let placed: Vec<Vec<(String, f64)>> = pages
        .iter()
        .map(|&page| {
            let operations = reader::operations(&file, page);
            let names = operations.iter().enumerate().filter(|(_, op)| op.operator == "Do");
            let name = |op: &lopdf::content::Operation| op.operands[0].as_name().unwrap().to_vec();
            names
                .map(|(at, op)| (String::from_utf8(name(op)).unwrap(), reader::float(&operations[at - 1].operands[4])))
                .collect()
        })
        .collect();
    let expected = [
        vec![("P0", width)],
        vec![("P1", 0.0), ("P6", width)],
        vec![("P5", 0.5 * mm), ("P2", width - 0.5 * mm)],
        vec![("P3", 0.5 * mm), ("P4", width - 0.5 * mm)],
    ];
    for (side, expected) in placed.iter().zip(expected) {
        assert_eq!(side.len(), expected.len());
        for ((name, x), (page, at)) in side.iter().zip(expected) {
            assert!(name == page && (x - at).abs() < 0.01, "{placed:?}");
        }
    }
}

#[test]
fn what_a_press_cannot_take_is_refused() {
    let fonts = sheet::fonts();
    let setter = Setter::new(&fonts);
    let document = sheet::document("黑", vec![BlockKind::Paragraph(sheet::text("黑"))]);
    let mut line = setter.line(sheet::block(0), "黑", 100.0, 100.0, 16.0);
    line.runs[0].color = Color { cyan: 0.6, magenta: 0.4, yellow: 0.4, black: 1.0 };
    let mut paged =
        PagedDocument { pages: vec![sheet::page(1, vec![PageItem::Line(line)])], ..PagedDocument::default() };
    let error = pdf::write_for(&document, &paged, &fonts, &press(|_| {}), PdfExtras::default()).unwrap_err();
    assert!(matches!(error, PdfError::RichBlack { page: 1 }) && error.is_refusal(), "{error}");
    let wide = layout::Page { width: Length::mm(297.0), height: Length::mm(210.0), ..sheet::page(2, Vec::new()) };
    paged.pages = vec![sheet::page(1, Vec::new()), wide];
    let imposed = press(|press| press.imposition = Some(Imposition::TwoUp));
    let error = pdf::write_for(&document, &paged, &fonts, &imposed, PdfExtras::default()).unwrap_err();
    assert!(matches!(error, PdfError::Imposition { page: 2 }), "{error}");
    for icc in [b"no profile".to_vec(), include_bytes!("../../src/pdf/profiles/srgb.icc").to_vec()] {
        let error =
            pdf::write_for(&document, &paged, &fonts, &press(|press| press.icc = Some(icc)), PdfExtras::default())
                .unwrap_err();
        assert!(matches!(error, PdfError::Profile { .. }), "{error}");
    }
}

#[test]
fn the_red_can_be_an_ink_of_its_own() {
    let name = "PANTONE 032 C";
    let spot = |press: &mut Press| press.red = RedInk::Spot(name.to_owned());
    let bytes = made("official-document.yaml", &press(spot)).unwrap();
    assert_eq!(pdf::verify(&bytes, Some(VerifyRules::X4)).unwrap().findings, []);
    let file = reader::load(&bytes);
    let (mut shown, mut drawn) = ([0, 0], 0);
    for page in reader::pages(&file) {
        let object = file.get_dictionary(page).unwrap().clone();
        let space = reader::get(&file, &object, &["Resources", "ColorSpace", "Spot"]);
        let space = space.as_array().unwrap();
        let named = [&space[0], &space[1], &space[2]].map(|part| part.as_name().unwrap());
        assert_eq!(named, [b"Separation", name.as_bytes(), b"DeviceCMYK"]);
        let alternate = space[3].as_dict().unwrap().get(b"C1").unwrap().as_array().unwrap().iter().map(reader::float);
        let red = [0.0, 0.8, 0.8, 0.0];
        assert!(alternate.zip(red).all(|(got, red)| (got - red).abs() < 1e-6));
        let mut ink = String::new();
        for operation in reader::operations(&file, page) {
            match operation.operator.as_str() {
                "k" => {
                    let parts: Vec<f64> = operation.operands.iter().map(reader::float).collect();
                    assert_eq!(parts[..3], [0.0; 3], "no ink of the press but black");
                    ink = "black".to_owned();
                }
                "cs" => ink = String::from_utf8(operation.operands[0].as_name().unwrap().to_vec()).unwrap(),
                "scn" => assert_eq!(operation.operands[0].as_i64().unwrap(), 1),
                "TJ" | "Tj" => shown[usize::from(ink == "Spot")] += 1,
                "f" | "re" if ink == "Spot" => drawn += 1,
                "rg" | "g" => panic!("{} beside inks", operation.operator),
                _ => {}
            }
        }
    }
    assert!(shown[0] > 50 && shown[1] == 1 && drawn > 0, "{shown:?} {drawn}");
    // With marks and on sheets, too.
    for change in [
        |press: &mut Press| press.marks = PressMarks::All,
        |press: &mut Press| press.imposition = Some(Imposition::Booklet),
    ] {
        let options = press(|press| {
            spot(press);
            change(press);
        });
        let bytes = made("official-document.yaml", &options).unwrap();
        assert_eq!(pdf::verify(&bytes, Some(VerifyRules::X4)).unwrap().findings, []);
    }
}

#[test]
fn an_ink_that_nothing_or_too_much_asks_for_is_refused() {
    let spot = press(|press| press.red = RedInk::from_word("spot:大红").unwrap());
    let error = made("../report.yaml", &spot).unwrap_err();
    assert!(matches!(error, PdfError::NoRed) && error.is_refusal(), "{error}");
    let fonts = sheet::fonts();
    let setter = Setter::new(&fonts);
    let document = sheet::document("红", vec![BlockKind::Paragraph(sheet::text("红"))]);
    let line = |y: f64, yellow: f32| {
        let mut line = setter.line(sheet::block(0), "红", 100.0, y, 16.0);
        line.runs[0].color = Color { cyan: 0.0, magenta: 0.8, yellow, black: 0.0 };
        PageItem::Line(line)
    };
    let same = vec![sheet::page(1, vec![line(100.0, 0.8)]), sheet::page(2, vec![line(100.0, 0.2)])];
    for pages in [vec![sheet::page(1, vec![line(100.0, 0.8), line(200.0, 0.2)])], same] {
        let paged = PagedDocument { pages, ..PagedDocument::default() };
        let error = pdf::write_for(&document, &paged, &fonts, &spot, PdfExtras::default()).unwrap_err();
        assert!(matches!(error, PdfError::SecondRed { .. }) && error.is_refusal(), "{error}");
    }
    assert_eq!(RedInk::from_word("process"), Some(RedInk::Process));
    for word in
        ["spot:", "spot: ", "spot:All", "spot:black", "spot:a\u{7}", "red", &format!("spot:{}", "红".repeat(50))]
    {
        assert_eq!(RedInk::from_word(word), None, "{word}");
    }
}

/// The pages of a folded booklet, as a reader turns them, from what is drawn on its sides.
#[test]
fn the_first_report_is_folded_to_its_pages() {
    let thick = 0.1;
    let options = press(|press| {
        press.imposition = Some(Imposition::Booklet);
        press.paper = Length::mm(thick);
    });
    let plain = reader::pages(&sample("../report.yaml", &press(|_| {}))).len();
    let file = sample("../report.yaml", &options);
    let sides = reader::pages(&file);
    let sheets = plain.div_ceil(4);
    assert_eq!(sides.len(), 2 * sheets);
    let (mm, width) = (72.0 / 25.4, 210.0 * 72.0 / 25.4);
    let mut book: Vec<Option<usize>> = vec![None; 4 * sheets];
    for (side, &page) in sides.iter().enumerate() {
        let (depth, back) = (side / 2, side % 2 == 1);
        let creep = thick * depth as f64 * mm;
        let operations = reader::operations(&file, page);
        for (at, operation) in operations.iter().enumerate().filter(|(_, operation)| operation.operator == "Do") {
            let name = String::from_utf8(operation.operands[0].as_name().unwrap().to_vec()).unwrap();
            let number: usize = name.strip_prefix('P').unwrap().parse().unwrap();
            let x = reader::float(&operations[at - 1].operands[4]);
            let right = x > width / 2.0;
            let expected = if right { width - creep } else { creep };
            assert!((x - expected).abs() < 0.01, "page {number}: {x} instead of {expected}");
            // Folded, the outermost sheet has the first and the last leaf.
            let place = match (back, right) {
                (false, true) => 2 * depth,
                (true, false) => 2 * depth + 1,
                (true, true) => 4 * sheets - 2 - 2 * depth,
                (false, false) => 4 * sheets - 1 - 2 * depth,
            };
            assert_eq!(book[place].replace(number), None);
        }
    }
    let expected: Vec<Option<usize>> = (0..4 * sheets).map(|page| (page < plain).then_some(page)).collect();
    assert_eq!(book, expected, "in order, blank pages last");
}
