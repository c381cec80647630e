//! What no object of the file may have.

use crate::diagnostic::{Message, say};
use crate::pdf::verify::check::{Findings, VerifyCheck, VerifyPlace};
use crate::pdf::verify::file::{Reached, VerifiedFile};
use crate::pdf::verify::input::VerifyInput;
use lopdf::{Dictionary, Object};
use std::collections::BTreeSet;

/// The blend modes of ISO 32000-1 11.3.5.
const BLEND_MODES: &[&[u8]] = &[
    b"Normal",
    b"Compatible",
    b"Multiply",
    b"Screen",
    b"Overlay",
    b"Darken",
    b"Lighten",
    b"ColorDodge",
    b"ColorBurn",
    b"HardLight",
    b"SoftLight",
    b"Difference",
    b"Exclusion",
    b"Hue",
    b"Saturation",
    b"Color",
    b"Luminosity",
];

pub(super) fn check(input: &VerifyInput<'_>, found: &mut Findings) {
    fonts(input, found);
    let file = input.file;
    if input.catalog.has(b"OpenAction") && file.sub(input.catalog, b"OpenAction").is_some() {
        found.whole(VerifyCheck::ACTION, say!("打开文件时有动作 OpenAction", "there is an OpenAction"));
    }
    let names = file.sub(input.catalog, b"Names");
    if names.is_some_and(|names| file.value(names, b"JavaScript").is_some()) {
        found.whole(VerifyCheck::JAVASCRIPT, say!("目录里有脚本", "the catalog names JavaScript"));
    }
    let form = file.sub(input.catalog, b"AcroForm");
    if form.is_some_and(|form| file.value(form, b"XFA").is_some()) {
        found.whole(VerifyCheck::XFA, say!("表单有 XFA", "the form has XFA"));
    }
    layers(input, found);
    let named = NamedObjects::of(input);
    for reached in &input.reached {
        let mut note = |check: &'static VerifyCheck, message: Message| {
            found.note(check, VerifyPlace::of(reached.object), message);
        };
        stream(file, reached, &mut note);
        state(file, reached.dictionary, &named, &mut note);
        action(file, reached.dictionary, &mut note);
    }
}

type Telling<'n> = dyn FnMut(&'static VerifyCheck, Message) + 'n;

/// Every font that shows text holds its program; a Type 3 font is content itself.
fn fonts(input: &VerifyInput<'_>, found: &mut Findings) {
    let file = input.file;
    for &(font, place) in &input.survey.fonts {
        let kind = file.name(font, b"Subtype");
        let within = match kind {
            Some(b"Type3") => continue,
            Some(b"Type0") => file
                .array(font, b"DescendantFonts")
                .and_then(|fonts| fonts.first())
                .and_then(|descendant| file.dictionary(descendant)),
            _ => Some(font),
        };
        let descriptor = within.and_then(|font| file.sub(font, b"FontDescriptor"));
        let programs: [&[u8]; 3] = [b"FontFile", b"FontFile2", b"FontFile3"];
        let embedded = descriptor.is_some_and(|d| programs.iter().any(|key| file.stream(d, key).is_some()));
        if !embedded {
            let name = file.name(font, b"BaseFont").map(String::from_utf8_lossy).unwrap_or_default();
            found.note(VerifyCheck::FONT, place, say!("字体 {name} 没有嵌入", "the font {name} is not embedded"));
        }
    }
}

fn layers(input: &VerifyInput<'_>, found: &mut Findings) {
    let file = input.file;
    let Some(layers) = file.sub(input.catalog, b"OCProperties") else { return };
    let others = file.array(layers, b"Configs").unwrap_or_default().iter().filter_map(|one| file.dictionary(one));
    if file.sub(layers, b"D").into_iter().chain(others).any(|one| file.value(one, b"AS").is_some()) {
        found.whole(VerifyCheck::LAYERS, say!("图层的配置有 AS", "a configuration of layers has AS"));
    }
}

/// What concerns streams: pictures, forms, and how they are compressed.
fn stream(file: &VerifiedFile, reached: &Reached<'_>, note: &mut Telling<'_>) {
    let dictionary = reached.dictionary;
    if !reached.stream {
        return;
    }
    if file.value(dictionary, b"F").is_some() {
        note(VerifyCheck::EXTERNAL, say!("内容在别的文件里", "its content is in another file"));
    }
    let filters = match file.value(dictionary, b"Filter") {
        Some(Object::Name(name)) => vec![name.as_slice()],
        Some(Object::Array(names)) => names.iter().filter_map(|name| file.follow(name).as_name().ok()).collect(),
        _ => Vec::new(),
    };
    if filters.contains(&b"LZWDecode".as_slice()) {
        note(VerifyCheck::LZW, say!("用 LZW 压缩", "it is compressed by LZW"));
    }
    if file.value(dictionary, b"OPI").is_some() {
        note(VerifyCheck::OPI, say!("有 OPI", "it has OPI"));
    }
    let kind = file.name(dictionary, b"Subtype");
    let postscript = kind == Some(b"PS") || file.name(dictionary, b"Subtype2") == Some(b"PS");
    if postscript || kind == Some(b"Form") && dictionary.has(b"PS") {
        note(VerifyCheck::POSTSCRIPT, say!("是 PostScript 片段", "it is PostScript"));
    }
    if kind == Some(b"Form") && file.value(dictionary, b"Ref").is_some() {
        note(VerifyCheck::REFERENCE, say!("引自别的文件", "it refers to another file"));
    }
    let alternates = file.array(dictionary, b"Alternates").unwrap_or_default();
    let in_print = |alternate: &Object| {
        let value = file.dictionary(alternate).and_then(|one| file.value(one, b"DefaultForPrinting"));
        value.and_then(|value| value.as_bool().ok()) == Some(true)
    };
    if kind == Some(b"Image") && alternates.iter().any(in_print) {
        note(VerifyCheck::ALTERNATES, say!("打印时换成另一幅图像", "another picture takes its place in print"));
    }
    if filters.last() == Some(&b"JPXDecode".as_slice()) {
        let image =
            reached.object.and_then(|id| file.document.objects.get(&id)).and_then(|object| object.as_stream().ok());
        let channels = image.and_then(|image| channels(&image.content));
        // A fifth is what the picture is as opaque as.
        if !channels.is_some_and(|channels| (1..=5).contains(&channels)) {
            let count = channels.map_or_else(|| "?".to_owned(), |channels| channels.to_string());
            note(VerifyCheck::JPEG2000, say!("有 {count} 个通道", "it has {count} channels"));
        }
    }
}

/// The channels of a JPEG 2000 picture, from the header of its code stream (ISO/IEC 15444-1 A.5.1).
fn channels(bytes: &[u8]) -> Option<u16> {
    const SIZE: &[u8] = &[0xFF, 0x4F, 0xFF, 0x51];
    let at = memchr::memmem::find(bytes, SIZE)?;
    let count = bytes.get(at + 40..at + 42)?;
    Some(u16::from_be_bytes([*count.first()?, *count.last()?]))
}

/// The inks of every press, whose halftones have no transfer function; those of others need one (ISO 32000-1 10.5.4).
const PRESS_INKS: [&[u8]; 10] =
    [b"Cyan", b"Magenta", b"Yellow", b"Black", b"Gray", b"Red", b"Green", b"Blue", b"Default", b"Type"];

/// Objects that are what they are by what names them, by their address.
struct NamedObjects {
    /// Graphics states.
    states: BTreeSet<usize>,
    /// Halftones of inks that not every press has.
    inks: BTreeSet<usize>,
}

impl NamedObjects {
    fn of(input: &VerifyInput<'_>) -> Self {
        let file = input.file;
        let mut named = Self { states: BTreeSet::new(), inks: BTreeSet::new() };
        for reached in &input.reached {
            let states = file.sub(reached.dictionary, b"ExtGState").into_iter().flatten();
            named.states.extend(states.filter_map(|(_, state)| file.dictionary(state)).map(address));
            if file.value(reached.dictionary, b"HalftoneType").is_some_and(|kind| matches!(kind.as_i64(), Ok(5))) {
                let inks = reached.dictionary.iter().filter(|(ink, _)| !PRESS_INKS.contains(&ink.as_slice()));
                named.inks.extend(inks.filter_map(|(_, halftone)| file.dictionary(halftone)).map(address));
            }
        }
        named
    }
}

fn address(dictionary: &Dictionary) -> usize {
    std::ptr::from_ref(dictionary).addr()
}

/// What concerns graphics states and halftones.
fn state(file: &VerifiedFile, dictionary: &Dictionary, named: &NamedObjects, note: &mut Telling<'_>) {
    let kind = file.name(dictionary, b"Type");
    let is_state = kind == Some(b"ExtGState") || named.states.contains(&address(dictionary));
    let name = |key: &[u8]| file.value(dictionary, key).map(|value| value.as_name().unwrap_or_default());
    let transfers = name(b"TR").is_some_and(|name| name != b"Identity");
    let defaults = name(b"TR2").is_some_and(|name| !matches!(name, b"Identity" | b"Default"));
    if is_state && (transfers || defaults) {
        note(VerifyCheck::TRANSFER, say!("有传递函数", "it has a transfer function"));
    }
    if is_state && file.value(dictionary, b"HTP").is_some() {
        note(VerifyCheck::HALFTONE_PHASE, say!("有 HTP", "it has HTP"));
    }
    if let Some(sort) = file.value(dictionary, b"HalftoneType") {
        let known = matches!(sort.as_i64(), Ok(1 | 5));
        if !known || file.value(dictionary, b"HalftoneName").is_some() {
            note(
                VerifyCheck::HALFTONE,
                say!("半色调的类型或名称不许用", "a halftone of a type or with a name that is not allowed"),
            );
        }
    }
    let curve = file.value(dictionary, b"TransferFunction").filter(|_| dictionary.has(b"HalftoneType"));
    let curved = curve.is_some_and(|curve| !curve.as_name().is_ok_and(|name| name == b"Identity"));
    if curved && !named.inks.contains(&address(dictionary)) {
        note(VerifyCheck::TRANSFER, say!("半色调有传递函数", "a halftone has a transfer function"));
    }
    let modes = match file.value(dictionary, b"BM").filter(|_| is_state) {
        Some(Object::Name(name)) => vec![name.as_slice()],
        Some(Object::Array(names)) => names.iter().filter_map(|name| file.follow(name).as_name().ok()).collect(),
        _ => Vec::new(),
    };
    if let Some(mode) = modes.iter().find(|mode| !BLEND_MODES.contains(mode)) {
        let mode = String::from_utf8_lossy(mode);
        note(VerifyCheck::BLEND_MODE, say!("混合模式 {mode}", "blend mode {mode}"));
    }
}

/// Actions of pages, annotations and bookmarks.
fn action(file: &VerifiedFile, dictionary: &Dictionary, note: &mut Telling<'_>) {
    let kind = file.name(dictionary, b"Type");
    let told = file.sub(dictionary, b"A").is_some_and(|action| file.name(action, b"S").is_some());
    // `A` of an element of the structure holds attributes; so does `AA` of nothing but pages, fields and annotations.
    let acts = told && !matches!(kind, Some(b"StructElem"));
    if acts || file.sub(dictionary, b"AA").is_some() {
        note(VerifyCheck::ACTION, say!("有动作", "it has an action"));
    }
    if file.name(dictionary, b"S") == Some(b"JavaScript") {
        note(VerifyCheck::JAVASCRIPT, say!("有脚本", "it has JavaScript"));
    }
}
