//! Pictures, charts and tables: what is drawn, and what the structure says of it.

use super::reader;
use super::sheet::{self, Setter};
use dinggao::diagnostic::{FileId, Span};
use dinggao::layout::{Line, LineKind, OutlineStep, PageItem, PagedDocument, Path, PlacedPicture, Rule};
use dinggao::model::{
    BlockIndex, BlockKind, Cell, Color, Column, ColumnAlign, Contents, Document, Figure, FigureFlow, Length, Lie, Note,
    NoteIndex, PictureFile, PictureIndex, Row, Table,
};
use dinggao::pdf::{self, PdfError};
use dinggao::picture;
use jpeg_encoder::{ColorType, Encoder};
use lopdf::Object;

fn write(document: &Document, items: Vec<PageItem>) -> lopdf::Document {
    reader::load(&try_write(document, items).unwrap())
}

fn try_write(document: &Document, items: Vec<PageItem>) -> Result<Vec<u8>, PdfError> {
    let paged = PagedDocument { pages: vec![sheet::page(1, items)], ..PagedDocument::default() };
    pdf::write(document, &paged, &sheet::fonts())
}

fn figure(data: &[u8]) -> BlockKind {
    let file = picture::read("map.png", data).unwrap().unwrap();
    BlockKind::Figure(Figure {
        file: PictureFile { size: (Length::mm(30.0), Length::mm(20.0)), ..file },
        caption: Some(sheet::text("受灾区域示意图")),
        number: None,
        width: None,
        alt: "地图：三个乡镇".to_owned(),
        row: None,
        lie: Lie::Upright,
        flow: FigureFlow::InPlace,
    })
}

fn place(block: usize) -> PageItem {
    let picture = PictureIndex::of(BlockIndex::new(block));
    let [x, y, width, height] = [100.0, 200.0, 90.0, 60.0].map(Length::pt);
    PageItem::Picture(PlacedPicture { picture, x, y, width, height, lie: Lie::Upright })
}

fn png(color: png::ColorType, samples: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 2, 1);
    encoder.set_color(color);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().unwrap().write_image_data(samples).unwrap();
    bytes
}

fn image(file: &lopdf::Document) -> lopdf::Stream {
    let page = file.get_dictionary(reader::pages(file)[0]).unwrap().clone();
    reader::get(file, &page, &["Resources", "XObject", "I0"]).as_stream().unwrap().clone()
}

/// Kind, alternative text and number of kids of every element below the document's, with its depth.
fn elements(file: &lopdf::Document) -> Vec<(usize, String, String)> {
    fn walk(file: &lopdf::Document, element: &Object, depth: usize, found: &mut Vec<(usize, String, String)>) {
        let Ok(element) = file.dereference(element).unwrap().1.as_dict() else { return };
        let Ok(kind) = element.get(b"S").and_then(Object::as_name) else { return };
        let alt = element.get(b"Alt").map(reader::string).unwrap_or_default();
        found.push((depth, String::from_utf8(kind.to_vec()).unwrap(), alt));
        // A cell may be empty.
        let Ok(kids) = element.get(b"K") else { return };
        match kids {
            Object::Array(kids) => kids.iter().for_each(|kid| walk(file, kid, depth + 1, found)),
            kid => walk(file, kid, depth + 1, found),
        }
    }
    let root = reader::get(file, &reader::catalog(file), &["StructTreeRoot"]).as_dict().unwrap().clone();
    let mut found = Vec::new();
    walk(file, &reader::get(file, &root, &["K", "0"]), 0, &mut found);
    found
}

fn kinds(file: &lopdf::Document) -> Vec<(usize, String)> {
    elements(file).into_iter().map(|(depth, kind, _)| (depth, kind)).collect()
}

fn named(expected: &[(usize, &str)]) -> Vec<(usize, String)> {
    expected.iter().map(|&(depth, kind)| (depth, kind.to_owned())).collect()
}

#[test]
fn a_picture_with_its_caption() {
    let fonts = sheet::fonts();
    let setter = Setter::new(&fonts);
    let document = sheet::document("图", vec![figure(&png(png::ColorType::Rgb, &[1, 2, 3, 4, 5, 6]))]);
    let caption =
        PageItem::Line(setter.line(LineKind::Caption(BlockIndex::new(0)), "受灾区域示意图", 100.0, 280.0, 14.0));
    let file = write(&document, vec![place(0), caption]);
    let found = elements(&file);
    assert_eq!(found[1], (1, "Div".to_owned(), String::new()));
    assert_eq!(found[2], (2, "Figure".to_owned(), "地图：三个乡镇".to_owned()));
    assert_eq!(found[3], (2, "Caption".to_owned(), String::new()));
    let picture = image(&file);
    assert_eq!(picture.decompressed_content().unwrap(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(picture.dict.get(b"ColorSpace").unwrap().as_name().unwrap(), b"DeviceRGB");
    assert!(!picture.dict.has(b"SMask"));
    let content = reader::operations(&file, reader::pages(&file)[0]);
    let at = content.iter().position(|op| op.operator == "cm").unwrap();
    let matrix: Vec<f64> = content[at].operands.iter().map(reader::float).collect();
    let expected = [90.0, 0.0, 0.0, 60.0, 100.0, 581.89];
    assert!(matrix.iter().zip(expected).all(|(got, expected)| (got - expected).abs() < 0.001), "{matrix:?}");
}

#[test]
fn transparency_is_a_mask() {
    let data = png(png::ColorType::Rgba, &[1, 2, 3, 255, 4, 5, 6, 7]);
    let file = write(&sheet::document("图", vec![figure(&data)]), vec![place(0)]);
    let picture = image(&file);
    assert_eq!(picture.decompressed_content().unwrap(), [1, 2, 3, 4, 5, 6]);
    let mask = reader::get(&file, &picture.dict, &["SMask"]);
    assert_eq!(mask.as_stream().unwrap().decompressed_content().unwrap(), [255, 7]);
    let data = png(png::ColorType::GrayscaleAlpha, &[9, 255, 8, 255]);
    let file = write(&sheet::document("图", vec![figure(&data)]), vec![place(0)]);
    let picture = image(&file);
    assert_eq!(picture.dict.get(b"ColorSpace").unwrap().as_name().unwrap(), b"DeviceGray");
    assert_eq!(picture.decompressed_content().unwrap(), [9, 8]);
    assert!(!picture.dict.has(b"SMask"), "all of it is opaque");
}

fn jpeg(color: ColorType) -> Vec<u8> {
    let mut data = Vec::new();
    let samples = if color == ColorType::Luma { 8 * 4 } else { 8 * 4 * 3 };
    Encoder::new(&mut data, 90).encode(&vec![99; samples], 8, 4, color).unwrap();
    data
}

#[test]
fn jpeg_files_go_in_as_they_are() {
    for (color, space) in [(ColorType::Luma, "DeviceGray"), (ColorType::Rgb, "DeviceRGB")] {
        let data = jpeg(color);
        let file = write(&sheet::document("图", vec![figure(&data)]), vec![place(0)]);
        let picture = image(&file);
        assert_eq!(picture.content, data);
        assert_eq!(picture.dict.get(b"Filter").unwrap().as_name().unwrap(), b"DCTDecode");
        assert_eq!(picture.dict.get(b"ColorSpace").unwrap().as_name().unwrap(), space.as_bytes());
        assert_eq!(picture.dict.get(b"Width").unwrap().as_i64().unwrap(), 8);
        assert_eq!(picture.dict.get(b"Height").unwrap().as_i64().unwrap(), 4);
    }
}

#[test]
fn shapes_stay_shapes() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"20\"><defs><linearGradient id=\"g\">\
        <stop stop-color=\"red\"/><stop offset=\"1\" stop-color=\"blue\"/></linearGradient></defs>\
        <rect width=\"30\" height=\"20\" fill=\"url(#g)\"/>\
        <circle cx=\"9\" cy=\"9\" r=\"5\" fill=\"#0f0\" stroke=\"#000\" fill-opacity=\"0.5\"/></svg>";
    let document = sheet::document("图", vec![figure(drawing.as_bytes())]);
    let file = write(&document, vec![place(0)]);
    let form = image(&file);
    assert_eq!(form.dict.get(b"Subtype").unwrap().as_name().unwrap(), b"Form");
    // What it draws fills the unit square, as an image does.
    let number = |key: &[u8]| -> Vec<f64> {
        form.dict.get(key).unwrap().as_array().unwrap().iter().map(reader::float).collect()
    };
    let (corners, matrix) = (number(b"BBox"), number(b"Matrix"));
    assert!((corners[2] * matrix[0] - 1.0).abs() < 1e-6 && (corners[3] * matrix[3] - 1.0).abs() < 1e-6);
    assert_eq!(elements(&file)[2].1, "Figure");
    let images = file.objects.values().filter_map(|object| object.as_stream().ok());
    assert_eq!(images.filter(|s| s.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Image")).count(), 0);
    let keyed = |key: &[u8]| file.objects.values().any(|object| object.as_dict().is_ok_and(|d| d.has(key)));
    assert!(keyed(b"ShadingType") || keyed(b"Shading"), "the gradient is one");
    assert_eq!(try_write(&document, vec![place(0)]).unwrap(), try_write(&document, vec![place(0)]).unwrap());
}

#[test]
fn inks() {
    let fonts = sheet::fonts();
    let setter = Setter::new(&fonts);
    let document = sheet::document("红", vec![BlockKind::Paragraph(sheet::text("红头"))]);
    let red = Color { cyan: 0.0, magenta: 1.0, yellow: 1.0, black: 0.0 };
    let mut line = setter.runs(sheet::block(0), &[("红", Some(0.5)), ("头", None)], 100.0, 100.0, 22.0);
    line.runs[0].color = red;
    line.runs[1].color = Color::gray(0.25);
    let rule = Rule { color: red, x: Length::ZERO, y: Length::ZERO, width: Length::pt(10.0), height: Length::pt(1.0) };
    let file = write(&document, vec![PageItem::Line(line), PageItem::Rule(rule)]);
    let content = reader::operations(&file, reader::pages(&file)[0]);
    let inks: Vec<(String, Vec<f64>)> = content
        .iter()
        .filter(|op| matches!(op.operator.as_str(), "g" | "G" | "k" | "K" | "rg" | "RG"))
        .map(|op| (op.operator.clone(), op.operands.iter().map(reader::float).collect()))
        .collect();
    let rgb = vec![1.0, 0.0, 0.0];
    let expected = [("rg", rgb.clone()), ("RG", rgb.clone()), ("g", vec![0.75]), ("rg", rgb)];
    assert_eq!(inks, expected.map(|(operator, parts)| (operator.to_owned(), parts)));
}

#[test]
fn shapes_belong_to_their_figure() {
    let steps = vec![
        OutlineStep::Move(10.0, 20.0),
        OutlineStep::Line(30.0, 20.0),
        OutlineStep::Curve([(30.0, 30.0), (20.0, 40.0), (10.0, 40.0)]),
        OutlineStep::Close,
        OutlineStep::Move(50.0, 50.0),
        OutlineStep::Line(60.0, 60.0),
    ];
    let path = Path {
        block: Some(BlockIndex::new(0)),
        value: None,
        steps,
        fill: Some(Color::gray(0.5)),
        stroke: Some((Color::BLACK, Length::pt(0.5))),
    };
    let bad = Path { steps: vec![OutlineStep::Move(f64::NAN, 0.0)], ..path.clone() };
    let document = sheet::document("图", vec![figure(&png(png::ColorType::Rgb, &[1, 2, 3, 4, 5, 6]))]);
    let fonts = sheet::fonts();
    let setter = Setter::new(&fonts);
    let label = PageItem::Line(setter.line(LineKind::Chart(BlockIndex::new(0)), "件", 10.0, 60.0, 9.0));
    let file = write(&document, vec![PageItem::Path(path), label]);
    assert_eq!(kinds(&file), named(&[(0, "Document"), (1, "Div"), (2, "Figure")]));
    let content = reader::operations(&file, reader::pages(&file)[0]);
    let drawn: Vec<_> = content
        .iter()
        .filter(|op| matches!(op.operator.as_str(), "m" | "l" | "c" | "h" | "f" | "S" | "w"))
        .map(|op| op.operator.as_str())
        .collect();
    assert_eq!(drawn.join(" "), "m l c m l h f w m l c h S m l S");
    let first = content.iter().find(|op| op.operator == "m").unwrap();
    assert!((reader::float(&first.operands[1]) - 821.89).abs() < 0.001);
    let error = try_write(&document, vec![PageItem::Path(bad)]).unwrap_err();
    assert!(matches!(error, PdfError::Length { page: 1 }), "{error}");
}

fn table() -> BlockKind {
    let column =
        |title| Column { title: sheet::text(title), align: ColumnAlign::Auto, width: None, none_as: None, level: 0 };
    let cell = |words, columns, rows| Cell { text: sheet::text(words), picture: None, columns, rows, indent: 0 };
    BlockKind::Table(Table {
        caption: Some(sheet::text("办理情况")),
        number: None,
        columns: vec![column("类别"), column("年度"), column("件数")],
        rows: vec![
            Row { cells: vec![cell("经济", 1, 2), cell("", 1, 1), cell("四一", 1, 1)] },
            Row { cells: vec![cell("合计", 2, 1)] },
        ],
        ..Table::default()
    })
}

#[test]
fn tables_have_rows_and_heads() {
    let fonts = sheet::fonts();
    let setter = Setter::new(&fonts);
    let document = sheet::document("表", vec![table()]);
    let cell = |row, column, words: &str| -> Line {
        let (x, y) = (100.0 + 80.0 * f64::from(column), 100.0 + 30.0 * f64::from(row));
        setter.line(LineKind::Cell { block: BlockIndex::new(0), row, column }, words, x, y, 12.0)
    };
    let lines = [
        setter.line(LineKind::Caption(BlockIndex::new(0)), "办理情况", 100.0, 70.0, 12.0),
        cell(0, 0, "类别"),
        cell(0, 1, "年度"),
        cell(0, 2, "件数"),
        cell(1, 0, "经济"),
        cell(1, 2, "四一"),
        cell(2, 1, "合计"),
    ];
    let file = write(&document, lines.into_iter().map(PageItem::Line).collect());
    let expected = [
        (0, "Document"),
        (1, "Table"),
        (2, "Caption"),
        (2, "TR"),
        (3, "TH"),
        (3, "TH"),
        (3, "TH"),
        (2, "TR"),
        (3, "TD"),
        (3, "TD"),
        (3, "TD"),
        (2, "TR"),
        (3, "TD"),
    ];
    assert_eq!(kinds(&file), named(&expected));
    let root = reader::get(&file, &reader::catalog(&file), &["StructTreeRoot"]).as_dict().unwrap().clone();
    let attribute = |path: &[&str]| reader::get(&file, &root, &[&["K", "0", "K", "0", "K"], path].concat());
    assert_eq!(attribute(&["1", "K", "0", "A", "Scope"]), Object::Name(b"Column".to_vec()));
    assert_eq!(attribute(&["2", "K", "0", "A", "RowSpan"]), Object::Integer(2));
    assert_eq!(attribute(&["3", "K", "A", "ColSpan"]), Object::Integer(2));
}

#[test]
fn lists_contents_and_notes() {
    let fonts = sheet::fonts();
    let setter = Setter::new(&fonts);
    let item = |words| BlockKind::ListItem { level: 1, number: None, text: sheet::text(words) };
    let contents = BlockKind::Contents(Contents { title: sheet::text("目录"), depth: 1 });
    let mut document =
        sheet::document("单", vec![contents, sheet::heading(1, "甲"), item("一"), item("二"), sheet::heading(1, "乙")]);
    let span = Span { file: FileId(0), start: 0, end: 0 };
    document.notes.push(Note { name: "注".to_owned(), count: 1, text: sheet::text("注"), span });
    let line = |kind, words: &str, row: u32| {
        PageItem::Line(setter.line(kind, words, 100.0, 100.0 + 20.0 * f64::from(row), 12.0))
    };
    let entry = |target| LineKind::Contents { block: BlockIndex::new(0), target: BlockIndex::new(target) };
    let items = vec![
        line(sheet::block(0), "目录", 0),
        line(entry(1), "甲", 1),
        line(entry(4), "乙", 2),
        line(sheet::block(1), "甲", 3),
        line(sheet::block(2), "一", 4),
        line(sheet::block(3), "二", 5),
        line(LineKind::Note(NoteIndex::new(0)), "注", 6),
        line(sheet::block(4), "乙", 7),
    ];
    let file = write(&document, items);
    let expected = [
        (0, "Document"),
        (1, "P"),
        (1, "TOC"),
        (2, "TOCI"),
        (3, "Reference"),
        (4, "Link"),
        (2, "TOCI"),
        (3, "Reference"),
        (4, "Link"),
        (1, "H1"),
        (1, "L"),
        (2, "LI"),
        (3, "LBody"),
        (2, "LI"),
        (3, "LBody"),
        (1, "H1"),
        (1, "Note"),
    ];
    assert_eq!(kinds(&file), named(&expected));
    let error = try_write(&document, vec![line(LineKind::Note(NoteIndex::new(1)), "注", 0)]).unwrap_err();
    assert!(matches!(error, PdfError::NoBlock { page: 1, .. }), "{error}");
}
