//! What concerns the document as a whole.

use super::reader;
use super::sheet::{self, Setter};
use dinggao::layout::{Page, PageItem, PagedDocument};
use dinggao::model::BlockKind;
use dinggao::pdf;
use dinggao::printed::{PageNumber, PageNumberStyle};
use lopdf::{Dictionary, Document, Object};

fn report() -> (Vec<u8>, Document) {
    let fonts = sheet::fonts();
    let (document, paged) = sheet::report(&Setter::new(&fonts));
    let bytes = pdf::write(&document, &paged, &fonts).unwrap();
    let file = reader::load(&bytes);
    (bytes, file)
}

/// Pages without anything on them; a count is in Roman numerals where it is negative, 0 is no number.
fn empty_pages(counts: &[i32]) -> PagedDocument {
    let page = |&count: &i32| {
        let style = if count < 0 { PageNumberStyle::LowerRoman } else { PageNumberStyle::Decimal };
        let number = (count != 0).then_some(PageNumber { count: count.unsigned_abs(), style });
        Page { number, ..sheet::page(1, Vec::new()) }
    };
    PagedDocument { pages: counts.iter().map(page).collect(), ..PagedDocument::default() }
}

#[test]
fn the_same_bytes_twice_in_one_process() {
    let fonts = sheet::fonts();
    let (document, paged) = sheet::report(&Setter::new(&fonts));
    let first = pdf::write(&document, &paged, &fonts).unwrap();
    assert_eq!(first, pdf::write(&document, &paged, &fonts).unwrap());
    let other = std::thread::spawn(move || pdf::write(&document, &paged, &fonts).unwrap()).join().unwrap();
    assert_eq!(first, other);
}

#[test]
fn the_id_tells_contents_apart() {
    let fonts = sheet::fonts();
    let (document, mut paged) = sheet::report(&Setter::new(&fonts));
    let id = |file: &Document| file.trailer.get(b"ID").unwrap().as_array().unwrap().clone();
    let first = id(&reader::load(&pdf::write(&document, &paged, &fonts).unwrap()));
    assert_eq!(first[0], first[1]);
    assert_eq!(first[0].as_str().unwrap().len(), 16);
    let Some(PageItem::Line(line)) = paged.pages[1].items.first_mut() else { panic!("a line") };
    line.runs[0].glyphs[0].x += 0.01;
    assert_ne!(first, id(&reader::load(&pdf::write(&document, &paged, &fonts).unwrap())));
}

#[test]
fn version_and_streams() {
    let (bytes, file) = report();
    assert!(bytes.starts_with(b"%PDF-1.7\n"));
    let raw = String::from_utf8_lossy(&bytes);
    let objects = raw.split(">>stream").find(|before| before.contains("/Type/ObjStm")).unwrap();
    assert!(objects.rsplit("<<").next().unwrap().contains("/Filter/FlateDecode"));
    for object in file.objects.values() {
        if let Object::Stream(stream) = object {
            let kind = stream.dict.get(b"Type").and_then(Object::as_name).unwrap_or_default();
            // lopdf inflates object streams as it loads them, and has left none of the others bare but these.
            let bare = matches!(kind, b"Metadata" | b"ObjStm");
            assert_eq!(stream.dict.has(b"Filter"), !bare, "{:?}", stream.dict);
        }
    }
}

#[test]
fn catalog_of_a_printed_report() {
    let (_, file) = report();
    let catalog = reader::catalog(&file);
    assert_eq!(reader::string(&reader::get(&file, &catalog, &["Lang"])), "zh-CN");
    assert_eq!(reader::get(&file, &catalog, &["MarkInfo", "Marked"]), Object::Boolean(true));
    assert_eq!(reader::get(&file, &catalog, &["ViewerPreferences", "DisplayDocTitle"]), Object::Boolean(true));
    assert_eq!(reader::get(&file, &catalog, &["ViewerPreferences", "PrintScaling"]), Object::Name(b"None".to_vec()));
    assert_eq!(
        reader::get(&file, &catalog, &["ViewerPreferences", "Duplex"]),
        Object::Name(b"DuplexFlipLongEdge".to_vec())
    );
    assert_eq!(reader::get(&file, &catalog, &["PageMode"]), Object::Name(b"UseOutlines".to_vec()));
}

#[test]
fn title_and_author() {
    let (bytes, file) = report();
    let info = reader::dict(&file, file.trailer.get(b"Info").unwrap());
    let value = |key: &str| reader::string(&reader::get(&file, &info, &[key]));
    assert_eq!(value("Title"), "工作报告<2024>&\"说明\"");
    assert_eq!(value("Author"), "常务委员会 & <提案\"委\">");
    assert_eq!(value("CreationDate"), "D:20240108000000+08'00'");
    assert_eq!(value("ModDate"), "D:20240108000000+08'00'");
    // As it is in the file, for programs that know no PDF.
    let bytes = String::from_utf8_lossy(&bytes);
    let packet = &bytes[bytes.find("<?xpacket begin").unwrap()..bytes.find("<?xpacket end").unwrap()];
    assert!(packet.contains(r#"<rdf:li xml:lang="x-default">工作报告&lt;2024&gt;&amp;&quot;说明&quot;</rdf:li>"#));
    assert!(packet.contains("<rdf:li>常务委员会 &amp; &lt;提案&quot;委&quot;&gt;</rdf:li>"));
    assert!(packet.contains("<xmp:CreateDate>2024-01-08T00:00:00+08:00</xmp:CreateDate>"));
    let mut xml = quick_xml::Reader::from_str(packet);
    while !matches!(xml.read_event().unwrap(), quick_xml::events::Event::Eof) {}
}

#[test]
fn boxes_are_rectangles() {
    let fonts = sheet::fonts();
    let document = sheet::document("页", Vec::new());
    let mut paged = empty_pages(&[1, 2]);
    let wide = &mut paged.pages[1];
    (wide.width, wide.height) = (wide.height, wide.width);
    let file = reader::load(&pdf::write(&document, &paged, &fonts).unwrap());
    let sizes = [(595.276, 841.89), (841.89, 595.276)];
    for (page, (width, height)) in reader::pages(&file).into_iter().zip(sizes) {
        let page = file.get_dictionary(page).unwrap();
        for key in ["MediaBox", "CropBox", "BleedBox", "TrimBox"] {
            let corners: Vec<f64> =
                page.get(key.as_bytes()).unwrap().as_array().unwrap().iter().map(reader::float).collect();
            assert_eq!(corners[..2], [0.0, 0.0], "{key}");
            assert!(
                (corners[2] - width).abs() < 0.000_1 && (corners[3] - height).abs() < 0.000_1,
                "{key}: {corners:?}"
            );
        }
        assert_eq!(page.get(b"Tabs").unwrap().as_name().unwrap(), b"S");
        assert!(!page.has(b"Annots"));
    }
}

#[test]
fn pages_before_the_text_are_called_by_roman_numbers() {
    let fonts = sheet::fonts();
    let paged = empty_pages(&[0, -2, -3, 0, 1]);
    let file = reader::load(&pdf::write(&sheet::document("页", Vec::new()), &paged, &fonts).unwrap());
    let numbers = reader::get(&file, &reader::catalog(&file), &["PageLabels", "Nums"]);
    let ranges: Vec<(i64, Option<Vec<u8>>, Option<i64>)> = numbers
        .as_array()
        .unwrap()
        .chunks(2)
        .map(|pair| {
            let range = pair[1].as_dict().unwrap();
            let style = range.get(b"S").ok().map(|style| style.as_name().unwrap().to_vec());
            (pair[0].as_i64().unwrap(), style, range.get(b"St").ok().map(|start| start.as_i64().unwrap()))
        })
        .collect();
    let style = |name: &[u8]| Some(name.to_vec());
    assert_eq!(ranges, [(0, None, None), (1, style(b"r"), Some(2)), (3, None, None), (4, style(b"D"), None)]);
}

#[test]
fn pages_are_called_by_their_numbers() {
    let fonts = sheet::fonts();
    let document = sheet::document("页", Vec::new());
    let paged = empty_pages(&[0, 0, 1, 2, 7, 8, 9, 9]);
    let file = reader::load(&pdf::write(&document, &paged, &fonts).unwrap());
    let numbers = reader::get(&file, &reader::catalog(&file), &["PageLabels", "Nums"]);
    let got: Vec<(i64, Option<i64>)> = numbers
        .as_array()
        .unwrap()
        .chunks(2)
        .map(|pair| {
            let range = pair[1].as_dict().unwrap();
            let start = range.has(b"S").then(|| range.get(b"St").map_or(1, |start| start.as_i64().unwrap()));
            (pair[0].as_i64().unwrap(), start)
        })
        .collect();
    assert_eq!(got, [(0, None), (1, None), (2, Some(1)), (4, Some(7)), (7, Some(9))]);
}

/// Title, page and depth of every bookmark, as a reader that follows First and Next finds them; `Prev`, `Parent`, `Last` checked.
fn bookmarks(file: &Document, parent: &Dictionary, depth: usize, found: &mut Vec<(usize, String, i64)>) {
    if !parent.has(b"First") {
        return;
    }
    let mut at = parent.get(b"First").unwrap().as_reference().unwrap();
    let mut before = None;
    loop {
        let item = file.get_dictionary(at).unwrap();
        assert_eq!(item.get(b"Prev").ok().map(|prev| prev.as_reference().unwrap()), before);
        assert_eq!(file.get_dictionary(item.get(b"Parent").unwrap().as_reference().unwrap()).unwrap(), parent);
        let count = item.get(b"Count").map_or(0, |count| count.as_i64().unwrap());
        found.push((depth, reader::string(item.get(b"Title").unwrap()), count));
        bookmarks(file, item, depth + 1, found);
        let Ok(next) = item.get(b"Next") else { break };
        before = Some(at);
        at = next.as_reference().unwrap();
    }
    assert_eq!(parent.get(b"Last").unwrap().as_reference().unwrap(), at);
}

#[test]
fn bookmarks_are_nested_in_order() {
    let fonts = sheet::fonts();
    let document = sheet::document("页", Vec::new());
    let mut paged = empty_pages(&[1, 2]);
    let entries = [
        (1, "二、后"),
        (2, "（一）甲"),
        (3, "1.子"),
        (3, "2.丑"),
        (2, "（二）乙"),
        (1, "一、先"),
        (4, "（1）跳级"),
        (2, "（一）丙"),
        (0, "零级"),
    ];
    paged.outline =
        entries.iter().zip(0..).map(|(&(level, title), i)| sheet::entry(i, level, title, i / 5, 100.0)).collect();
    let file = reader::load(&pdf::write(&document, &paged, &fonts).unwrap());
    let outlines = reader::get(&file, &reader::catalog(&file), &["Outlines"]).as_dict().unwrap().clone();
    let mut found = Vec::new();
    bookmarks(&file, &outlines, 1, &mut found);
    let got: Vec<_> = found.iter().map(|(depth, title, count)| (*depth, title.as_str(), *count)).collect();
    let expected = [
        (1, "二、后", 2),
        (2, "（一）甲", -2),
        (3, "1.子", 0),
        (3, "2.丑", 0),
        (2, "（二）乙", 0),
        (1, "一、先", 2),
        (2, "（1）跳级", 0),
        (2, "（一）丙", 0),
        (1, "零级", 0),
    ];
    assert_eq!(got, expected);
    assert_eq!(outlines.get(b"Count").unwrap().as_i64().unwrap(), 7);
    let first = file.get_dictionary(outlines.get(b"First").unwrap().as_reference().unwrap()).unwrap();
    let destination = first.get(b"Dest").unwrap().as_array().unwrap();
    assert_eq!(destination[0].as_reference().unwrap(), reader::pages(&file)[0]);
    assert!((reader::float(&destination[3]) - 741.89).abs() < 0.000_1);
}

#[test]
fn one_element_a_block() {
    let (_, file) = report();
    let catalog = reader::catalog(&file);
    let pages = reader::pages(&file);
    let root = reader::get(&file, &catalog, &["StructTreeRoot"]).as_dict().unwrap().clone();
    assert_eq!(reader::get(&file, &root, &["RoleMap", "Title"]), Object::Name(b"P".to_vec()));
    assert_eq!(reader::get(&file, &root, &["K", "0", "S"]), Object::Name(b"Document".to_vec()));
    let kids = reader::get(&file, &root, &["K", "0", "K"]).as_array().unwrap().clone();
    let elements: Vec<_> = kids.iter().map(|kid| reader::dict(&file, kid)).collect();
    let kinds: Vec<_> =
        elements.iter().map(|e| String::from_utf8(e.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap()).collect();
    assert_eq!(kinds, ["Title", "H1", "P"]);
    // The paragraph is on both pages.
    let places = elements[2].get(b"K").unwrap().as_array().unwrap();
    assert_eq!(elements[2].get(b"Pg").unwrap().as_reference().unwrap(), pages[0]);
    assert_eq!(places[0].as_i64().unwrap(), 2);
    let there = places[1].as_dict().unwrap();
    assert_eq!(there.get(b"Pg").unwrap().as_reference().unwrap(), pages[1]);
    assert_eq!(there.get(b"MCID").unwrap().as_i64().unwrap(), 0);
    // From the page back to the elements.
    for (index, parents) in [vec![0, 1, 2], vec![2]].into_iter().enumerate() {
        let page = file.get_dictionary(pages[index]).unwrap();
        assert_eq!(page.get(b"StructParents").unwrap().as_i64().unwrap(), i64::try_from(index).unwrap());
        let nums = reader::get(&file, &root, &["ParentTree", "Nums", &(2 * index + 1).to_string()]);
        let expected: Vec<Object> = parents.into_iter().map(|kid: usize| kids[kid].clone()).collect();
        assert_eq!(nums.as_array().unwrap(), &expected);
    }
}

#[test]
fn fonts_are_subsets_and_only_those_used() {
    let (bytes, file) = report();
    let mut names = Vec::new();
    for font in file.objects.values().filter_map(|object| object.as_dict().ok()) {
        if font.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Type0") {
            continue;
        }
        let name = String::from_utf8(font.get(b"BaseFont").unwrap().as_name().unwrap().to_vec()).unwrap();
        let (tag, rest) = name.split_once('+').unwrap();
        assert!(tag.len() == 6 && tag.bytes().all(|c| c.is_ascii_uppercase()), "{name}");
        let descendant = reader::get(&file, font, &["DescendantFonts", "0"]).as_dict().unwrap().clone();
        assert_eq!(reader::get(&file, &descendant, &["CIDToGIDMap"]), Object::Name(b"Identity".to_vec()));
        let descriptor = reader::get(&file, &descendant, &["FontDescriptor"]).as_dict().unwrap().clone();
        for of in [&descendant, &descriptor] {
            let key: &[u8] = if of.has(b"BaseFont") { b"BaseFont" } else { b"FontName" };
            assert_eq!(of.get(key).unwrap().as_name().unwrap(), name.as_bytes());
        }
        let flags = descriptor.get(b"Flags").unwrap().as_i64().unwrap();
        let (symbolic, nonsymbolic) = (flags & 0x04 != 0, flags & 0x20 != 0);
        assert_eq!((symbolic, nonsymbolic), if rest == "LiberationSerif" { (false, true) } else { (true, false) });
        assert_eq!(flags & 0x02 != 0, rest == "LiberationSerif", "{name}: serifs");
        let program = reader::get(&file, &descriptor, &["FontFile2"]);
        let program = program.as_stream().unwrap().decompressed_content().unwrap();
        let face = ttf_parser::RawFace::parse(&program, 0).unwrap();
        let glyphs = face.table(ttf_parser::Tag::from_bytes(b"maxp")).unwrap();
        assert!(u16::from_be_bytes([glyphs[4], glyphs[5]]) < 60, "{name} is not cut down");
        // Nothing that no reader of PDF uses.
        for unused in [b"name", b"post", b"cmap", b"OS/2"] {
            assert!(face.table(ttf_parser::Tag::from_bytes(unused)).is_none(), "{name} has {unused:?}");
        }
        names.push(rest.to_owned());
    }
    names.sort();
    assert_eq!(names, ["LiberationSerif", "ZhuqueFangsong-Regular"]);
    assert!(bytes.len() < 60_000, "{} bytes", bytes.len());
    // No object that nothing leads to.
    let mut pruned = file.clone();
    for id in pruned.prune_objects() {
        assert!(matches!(file.get_object(id).unwrap().type_name(), Ok(b"ObjStm" | b"XRef")), "{id:?}");
    }
}

#[test]
fn cff_outlines_go_in_bare() {
    let fonts = sheet::fonts();
    let setter = Setter::new(&fonts);
    let mut line = setter.line(sheet::block(0), "A", 80.0, 100.0, 16.0);
    line.runs[0].face = sheet::CFF;
    line.runs[0].glyphs[0].id = setter.id(sheet::CFF, 'A');
    let document = sheet::document("一", vec![BlockKind::Paragraph(sheet::text("A"))]);
    let paged = PagedDocument { pages: vec![sheet::page(1, vec![PageItem::Line(line)])], ..PagedDocument::default() };
    let file = reader::load(&pdf::write(&document, &paged, &fonts).unwrap());
    let page = file.get_dictionary(reader::pages(&file)[0]).unwrap().clone();
    let font =
        reader::get(&file, &page, &["Resources", "Font", "F2", "DescendantFonts", "0"]).as_dict().unwrap().clone();
    assert_eq!(reader::get(&file, &font, &["Subtype"]), Object::Name(b"CIDFontType0".to_vec()));
    assert!(!font.has(b"CIDToGIDMap"));
    let program = reader::get(&file, &font, &["FontDescriptor", "FontFile3"]);
    let program = program.as_stream().unwrap();
    assert_eq!(program.dict.get(b"Subtype").unwrap().as_name().unwrap(), b"CIDFontType0C");
    assert_eq!(program.decompressed_content().unwrap()[0], 1, "major version of a CFF table");
}
