//! Faults of a file for a press wherever they may be: in glyphs, annotations, forms, tiles, masks. And what only looks like one.

use super::damage::{Break, catalog, form, hang, name, page, paint, profiled, state, stream};
use super::reader;
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

fn content(dictionary: Dictionary, content: &str) -> Stream {
    Stream::new(dictionary, content.as_bytes().to_vec())
}

fn edges(edges: [i64; 4]) -> Object {
    Object::Array(edges.into_iter().map(Object::Integer).collect())
}

/// A form of some content, and what it uses.
fn drawn(file: &mut Document, operators: &str, resources: Dictionary) -> Object {
    let form = dictionary! { "Subtype" => "Form", "BBox" => edges([0, 0, 9, 9]), "Resources" => resources };
    file.add_object(content(form, operators)).into()
}

/// A font whose two glyphs, a and b, are content.
fn glyphs(file: &mut Document, a: &str, b: &str) -> Object {
    let (a, b) = (file.add_object(content(Dictionary::new(), a)), file.add_object(content(Dictionary::new(), b)));
    let differences: Vec<Object> = vec![97.into(), name("one"), name("two")];
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type3", "FontBBox" => edges([0, 0, 9, 9]), "FirstChar" => 97, "LastChar" => 98,
        "FontMatrix" => edges([1, 0, 0, 1]), "Widths" => edges([9, 9, 0, 0]), "Resources" => Dictionary::new(),
        "Encoding" => dictionary! { "Differences" => differences },
        "CharProcs" => dictionary! { "one" => a, "two" => b },
    };
    file.add_object(font).into()
}

fn helvetica() -> Dictionary {
    dictionary! { "F" => dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" } }
}

/// A tile of some content.
fn tile(file: &mut Document, kind: i64, operators: &str) -> Object {
    let tile = dictionary! {
        "PatternType" => 1, "PaintType" => kind, "TilingType" => 1, "BBox" => edges([0, 0, 9, 9]), "XStep" => 9,
        "YStep" => 9, "Resources" => Dictionary::new(),
    };
    file.add_object(content(tile, operators)).into()
}

/// A note beside what bleeds that looks like some content.
fn looks(file: &mut Document, flags: i64, operators: &str, resources: Dictionary) {
    let form = drawn(file, operators, resources);
    let note = dictionary! {
        "Type" => "Annot", "Subtype" => "Stamp", "Rect" => edges([0, 0, 5, 5]), "F" => flags,
        "AP" => dictionary! { "N" => form },
    };
    page(file).set("Annots", vec![note.into()]);
}

fn rgb_picture(file: &mut Document) -> Object {
    let picture = dictionary! {
        "Subtype" => "Image", "Width" => 1, "Height" => 1, "BitsPerComponent" => 8, "ColorSpace" => "DeviceRGB",
    };
    file.add_object(content(picture, "abc")).into()
}

/// The same faults in other places: where they are, what catches them, and how they come about.
pub(super) const PRESS_PLACES: &[(&str, &str, Break)] = &[
    ("a glyph", "x4-device-colour", |file| {
        let font = glyphs(file, "9 0 d0 1 0 0 rg 0 0 9 9 re f", "9 0 d0");
        paint(file, "BT /T 9 Tf (a) Tj ET", "Font", dictionary! { "T" => font });
    }),
    ("the colour of a glyph's text", "x4-device-colour", |file| {
        let font = glyphs(file, "9 0 0 0 9 9 d1 0 0 9 9 re f", "9 0 d0");
        paint(file, "1 0 0 rg BT /T 9 Tf [(a)] TJ ET", "Font", dictionary! { "T" => font });
    }),
    ("stroked text", "x4-device-colour", |file| {
        let known = page(file).get(b"Resources").unwrap().clone();
        let known = reader::dict(file, &known);
        let fonts = reader::dict(file, known.get(b"Font").unwrap());
        let font = String::from_utf8(fonts.iter().next().unwrap().0.clone()).unwrap();
        paint(file, &format!("1 0 0 RG 1 Tr BT /{font} 9 Tf <0001> Tj ET"), "Font", fonts);
    }),
    ("an annotation", "x4-device-colour", |file| looks(file, 4, "1 0 0 rg 0 0 9 9 re f", Dictionary::new())),
    ("text of an annotation", "x4-font", |file| {
        looks(file, 4, "BT /F 9 Tf (a) Tj ET", dictionary! { "Font" => helvetica() });
    }),
    ("a font by a graphics state", "x4-font", |file| {
        let font = helvetica().get(b"F").unwrap().clone();
        let font = file.add_object(font);
        let state = dictionary! { "Font" => vec![font.into(), 9.into()] };
        paint(file, "/S gs BT (a) Tj ET", "ExtGState", dictionary! { "S" => state });
    }),
    ("a form in a form", "x4-device-colour", |file| {
        let inner = drawn(file, "1 0 0 rg 0 0 9 9 re f", Dictionary::new());
        let outer = drawn(file, "/I Do", dictionary! { "XObject" => dictionary! { "I" => inner } });
        paint(file, "/O Do", "XObject", dictionary! { "O" => outer });
    }),
    ("a form in the colour of the page", "x4-device-colour", |file| {
        let form = drawn(file, "0 0 9 9 re f", Dictionary::new());
        paint(file, "/O Do 1 0 0 rg /O Do", "XObject", dictionary! { "O" => form });
    }),
    ("a tile", "x4-device-colour", |file| {
        let tile = tile(file, 1, "1 0 0 rg 0 0 9 9 re f");
        paint(file, "/Pattern cs /T scn 0 0 9 9 re f", "Pattern", dictionary! { "T" => tile });
    }),
    ("the colour of a tile", "x4-device-colour", |file| {
        let tile = tile(file, 2, "0 0 9 9 re f");
        let space = Object::Array(vec![name("Pattern"), name("DeviceRGB")]);
        paint(file, "", "ColorSpace", dictionary! { "P" => space });
        paint(file, "/P cs 1 0 0 /T scn 0 0 9 9 re f", "Pattern", dictionary! { "T" => tile });
    }),
    ("a shading", "x4-device-colour", |file| {
        let shading = dictionary! { "ShadingType" => 2, "ColorSpace" => "DeviceRGB", "Coords" => edges([0, 0, 9, 9]) };
        paint(file, "/S sh", "Shading", dictionary! { "S" => shading });
    }),
    ("a soft mask", "x4-device-colour", |file| {
        let group = drawn(file, "1 0 0 rg 0 0 9 9 re f", Dictionary::new());
        let state = dictionary! { "SMask" => dictionary! { "S" => "Luminosity", "G" => group } };
        paint(file, "/S gs", "ExtGState", dictionary! { "S" => state });
    }),
    ("the space of a group", "x4-device-colour", |file| {
        page(file).set("Group", dictionary! { "S" => "Transparency", "CS" => "DeviceRGB" });
    }),
    ("a picture", "x4-device-colour", |file| {
        let picture = rgb_picture(file);
        paint(file, "/P Do", "XObject", dictionary! { "P" => picture });
    }),
    ("a palette", "x4-device-colour", |file| {
        let palette = Object::string_literal("abc");
        let space = Object::Array(vec![name("Indexed"), name("DeviceRGB"), 0.into(), palette]);
        paint(file, "/P cs 0 scn 0 0 9 9 re f", "ColorSpace", dictionary! { "P" => space });
    }),
    ("inks together", "x4-device-colour", |file| {
        let inks = Object::Array(vec![name("Gold"), name("Silver")]);
        let space = Object::Array(vec![name("DeviceN"), inks, name("DeviceRGB"), Dictionary::new().into()]);
        paint(file, "/P cs 0 0 scn 0 0 9 9 re f", "ColorSpace", dictionary! { "P" => space });
    }),
    ("a picture within the content", "x4-device-colour", |file| {
        paint(file, "BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI", "Shading", Dictionary::new());
    }),
    ("the profile of a picture", "x4-icc-space", |file| {
        let space = profiled(file, 3);
        let picture = rgb_picture(file);
        let id = picture.as_reference().unwrap();
        file.get_object_mut(id).unwrap().as_stream_mut().unwrap().dict.set("ColorSpace", space);
        paint(file, "/P Do", "XObject", dictionary! { "P" => picture });
    }),
    ("a state without a type", "x4-transfer", |file| {
        let state = dictionary! { "TR2" => dictionary! { "FunctionType" => 2 } };
        hang(file, dictionary! { "ExtGState" => dictionary! { "S" => state } });
    }),
    ("a halftone's curve", "x4-transfer", |file| {
        let curve = dictionary! { "FunctionType" => 2 };
        state(file, "HT", dictionary! { "HalftoneType" => 1, "TransferFunction" => curve });
    }),
    ("a halftone's name", "x4-halftone", |file| {
        state(file, "HT", dictionary! { "HalftoneType" => 1, "HalftoneName" => Object::string_literal("own") });
    }),
    ("a second blend mode", "x4-blend-mode", |file| state(file, "BM", vec![name("Normal"), name("Glow")])),
    ("a form that is PostScript", "x4-postscript", |file| stream(file, form(), "Subtype2", name("PS"))),
    ("events of a page", "x4-action", |file| {
        page(file).set("AA", dictionary! { "O" => dictionary! { "S" => "GoTo" } });
    }),
    ("a bookmark", "x4-action", |file| {
        hang(file, dictionary! { "Title" => Object::string_literal("a"), "A" => dictionary! { "S" => "GoTo" } });
    }),
    ("a script that follows", "x4-javascript", |file| {
        hang(file, dictionary! { "Next" => dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("a") } });
    }),
    ("another configuration of layers", "x4-layers", |file| {
        let events: Vec<Object> = vec![dictionary! { "Event" => "Print" }.into()];
        let other: Object = dictionary! { "AS" => events }.into();
        catalog(file).set("OCProperties", dictionary! { "D" => Dictionary::new(), "Configs" => vec![other] });
    }),
];

/// What looks like a fault and is none.
pub(super) const PRESS_SOUND: &[(&str, Break)] = &[
    ("a space that nothing uses", |file| {
        let space = Object::Array(vec![name("Indexed"), name("DeviceRGB"), 0.into(), Object::string_literal("abc")]);
        paint(file, "", "ColorSpace", dictionary! { "P" => space });
    }),
    ("a glyph that no text shows", |file| {
        let font = glyphs(file, "9 0 d0 1 0 0 rg 0 0 9 9 re f", "9 0 d0 0 0 9 9 re f");
        paint(file, "BT /T 9 Tf (b) Tj ET", "Font", dictionary! { "T" => font });
    }),
    ("a glyph that is a shape alone", |file| {
        let font = glyphs(file, "9 0 0 0 9 9 d1 1 0 0 rg 0 0 9 9 re f", "9 0 d0");
        paint(file, "BT /T 9 Tf (a) Tj ET", "Font", dictionary! { "T" => font });
    }),
    ("text that is not seen", |file| {
        paint(file, "1 0 0 rg 3 Tr BT /F 9 Tf (a) Tj ET", "Font", helvetica());
    }),
    ("a hidden annotation", |file| looks(file, 2, "1 0 0 rg 0 0 9 9 re f", Dictionary::new())),
    ("a colour with a meaning of its own", |file| {
        let space = profiled(file, 4);
        paint(file, "1 0 0 rg 0 0 9 9 re f", "ColorSpace", dictionary! { "DefaultRGB" => space });
    }),
    ("the curve of a spot colour", |file| {
        let gold = dictionary! { "HalftoneType" => 1, "TransferFunction" => dictionary! { "FunctionType" => 2 } };
        let rest = dictionary! { "HalftoneType" => 1 };
        state(file, "HT", dictionary! { "HalftoneType" => 5, "Gold" => gold, "Default" => rest });
    }),
    ("a file that is attached", |file| {
        let file_in = dictionary! { "Type" => "Filespec", "EF" => dictionary! { "F" => Stream::new(Dictionary::new(), Vec::new()) } };
        hang(file, file_in);
    }),
];
