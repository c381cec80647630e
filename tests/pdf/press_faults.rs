//! Faults of a file for a press, one for each check.

use super::damage::{
    Break, catalog, form, hang, image, info, intent, name, packet, page, paint, profile, profiled, state, stream,
};
use super::reader;
use lopdf::{Dictionary, Object, Stream, dictionary};

/// One fault for each clause of PDF/X-4 that is checked.
pub(super) const PRESS_FAULTS: &[(&str, Break)] = &[
    ("x4-version", |file| "1.7".clone_into(&mut file.version)),
    ("x4-file-id", |file| drop(file.trailer.remove(b"ID"))),
    ("x4-metadata", |file| packet(file, "</x:xmpmeta>", "</x:other>")),
    ("x4-identification", |file| packet(file, "PDF/X-4</pdfxid", "PDF/X-3</pdfxid")),
    ("x4-title", |file| {
        let title = reader::string(info(file).get(b"Title").unwrap());
        packet(file, &format!(">{title}</rdf:li>"), "></rdf:li>");
    }),
    ("x4-dates", |file| packet(file, "xmp:MetadataDate", "xmp:Other")),
    ("x4-document-id", |file| packet(file, "xmpMM:VersionID", "xmpMM:Other")),
    ("x4-info", |file| info(file).set("Title", Object::string_literal("Other"))),
    ("x4-trapped", |file| info(file).set("Trapped", name("Unknown"))),
    ("x4-output-intent", |file| {
        let intents = catalog(file).get(b"OutputIntents").unwrap().as_array().unwrap()[1..].to_vec();
        catalog(file).set("OutputIntents", intents);
    }),
    ("x4-output-condition", |file| drop(intent(file).remove(b"OutputConditionIdentifier"))),
    ("x4-output-info", |file| {
        intent(file).remove(b"RegistryName");
        intent(file).remove(b"Info");
    }),
    ("x4-profile", |file| profile(file, 36, b"none")),
    ("x4-profile-class", |file| profile(file, 12, b"scnr")),
    ("x4-profile-space", |file| profile(file, 16, b"Lab ")),
    ("x4-device-colour", |file| paint(file, "1 0 0 rg 0 0 9 9 re f", "Shading", Dictionary::new())),
    ("x4-icc-space", |file| {
        let space = profiled(file, 3);
        paint(file, "/P cs 0 0 0 scn 0 0 9 9 re f", "ColorSpace", dictionary! { "P" => space });
    }),
    ("x4-spot-colour", |file| {
        let tint = |part: i64| {
            let (from, to) = (vec![Object::Integer(0); 4], vec![0.into(), part.into(), part.into(), 0.into()]);
            let domain: Vec<Object> = vec![0.into(), 1.into()];
            dictionary! { "FunctionType" => 2, "Domain" => domain, "C0" => from, "C1" => to, "N" => 1 }
        };
        let space = |part| Object::Array(vec![name("Separation"), name("Red"), name("DeviceCMYK"), tint(part).into()]);
        let spaces = dictionary! { "One" => space(1), "Two" => space(0) };
        paint(file, "/One cs 1 scn 0 0 9 9 re f /Two cs 1 scn 0 0 9 9 re f", "ColorSpace", spaces);
    }),
    ("x4-font", |file| {
        let holds = |object: &&mut Object| object.as_dict().is_ok_and(|font| font.has(b"FontFile2"));
        let font = file.objects.values_mut().find(holds).unwrap();
        font.as_dict_mut().unwrap().remove(b"FontFile2");
    }),
    ("x4-external-stream", |file| stream(file, Dictionary::new(), "F", Object::string_literal("other.bin"))),
    ("x4-reference", |file| stream(file, form(), "Ref", dictionary! { "Page" => 0 })),
    ("x4-opi", |file| stream(file, form(), "OPI", dictionary! { "2.0" => Dictionary::new() })),
    ("x4-lzw", |file| stream(file, Dictionary::new(), "Filter", name("LZWDecode"))),
    ("x4-media-box", |file| drop(page(file).remove(b"MediaBox"))),
    ("x4-trim-box", |file| drop(page(file).remove(b"TrimBox"))),
    ("x4-trim-or-art", |file| {
        let trim = page(file).get(b"TrimBox").unwrap().clone();
        page(file).set("ArtBox", trim);
    }),
    ("x4-box-order", |file| {
        let edges: Vec<Object> = [50, 50, 300, 300].into_iter().map(Object::Integer).collect();
        page(file).set("BleedBox", edges);
    }),
    ("x4-transfer", |file| state(file, "TR", dictionary! { "FunctionType" => 2 })),
    ("x4-halftone-phase", |file| state(file, "HTP", vec![Object::Integer(0); 2])),
    ("x4-halftone", |file| state(file, "HT", dictionary! { "Type" => "Halftone", "HalftoneType" => 6 })),
    ("x4-postscript", |file| hang(file, Stream::new(dictionary! { "Subtype" => "PS" }, Vec::new()))),
    ("x4-alternates", |file| {
        let other: Object = dictionary! { "DefaultForPrinting" => true }.into();
        stream(file, image(), "Alternates", vec![other]);
    }),
    ("x4-annotation", |file| {
        let edges: Vec<Object> = [100, 100, 200, 200].into_iter().map(Object::Integer).collect();
        let note: Object = dictionary! { "Type" => "Annot", "Subtype" => "Text", "Rect" => edges }.into();
        page(file).set("Annots", vec![note]);
    }),
    ("x4-action", |file| {
        catalog(file).set("OpenAction", dictionary! { "S" => "GoTo", "D" => Vec::<Object>::new() });
    }),
    ("x4-javascript", |file| {
        let script = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.beep()") };
        let names = vec![Object::string_literal("a"), script.into()];
        catalog(file).set("Names", dictionary! { "JavaScript" => dictionary! { "Names" => names } });
    }),
    ("x4-blend-mode", |file| state(file, "BM", name("Glow"))),
    ("x4-layers", |file| {
        let events: Vec<Object> = vec![dictionary! { "Event" => "Print" }.into()];
        catalog(file).set("OCProperties", dictionary! { "D" => dictionary! { "AS" => events } });
    }),
    ("x4-xfa", |file| catalog(file).set("AcroForm", dictionary! { "XFA" => Object::string_literal("x") })),
    ("x4-jpeg2000", |file| {
        // The beginning of a code stream of seven channels.
        let mut picture = vec![0xFF, 0x4F, 0xFF, 0x51];
        picture.resize(41, 0);
        picture.push(7);
        let filtered = dictionary! { "Subtype" => "Image", "Filter" => "JPXDecode" };
        hang(file, Stream::new(filtered, picture));
    }),
];
