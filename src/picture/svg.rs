//! SVG: what of it both outputs can show, its shapes as a PDF file and as pixels.
//!
//! Only shapes pass. Text would be set in whatever face is at hand, or not at all; pictures within and effects of pixels would
//! be lost in print. Each is refused with a word on how to be rid of it: nothing of a picture is left out in silence.

use super::pixels::Pixels;
use super::{FileFault, nesting};
use crate::diagnostic::say;
use crate::model::{Length, PictureFile, PictureKind};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::roxmltree::{self, Document, ParsingOptions};
use resvg::usvg::{Group, Node, Options, SpreadMethod, Tree, WriteOptions};
use std::collections::BTreeMap;

/// Units of an SVG picture an inch (CSS 2.1, 4.3.2).
const UNITS: f64 = 96.0;
/// The longest side, in those units: ten metres.
const LONGEST: f32 = 40_000.0;
const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// True for what is meant as SVG: XML whose first element is `svg`.
pub(super) fn is_svg(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with('<') && (text.contains("<svg") || text.contains(":svg "))
}

/// Reads a picture that prints as it looks. The outputs carry it as it was understood, rewritten: without comments, scripts
/// and whatever else is not drawn.
pub(super) fn read(data: &[u8]) -> Result<PictureFile, FileFault> {
    let tree = sound(data)?;
    // States within one another that a PDF may not hold (ISO 32000-1, annex C): 28.
    let shapes = write(&tree).ok_or_else(deep)?;
    let written = tree.to_string(&WriteOptions::default());
    let written = renamed(&written).unwrap_or(written);
    let size = tree.size();
    let side = |units: f32| Length::pt(f64::from(units) * 72.0 / UNITS);
    Ok(PictureFile {
        name: String::new(),
        kind: PictureKind::Svg,
        data: written.into_bytes(),
        size: (side(size.width()), side(size.height())),
        raster: None,
        shapes: Some(shapes),
    })
}

/// A picture without the names that whoever drew it gave to its elements: what refers to them has numbers, the others have none.
fn renamed(svg: &str) -> Option<String> {
    let xml = Document::parse(svg).ok()?;
    let attributes = || xml.descendants().flat_map(|node| node.attributes());
    let mut numbers = BTreeMap::new();
    for name in attributes().filter_map(|attribute| referred(&attribute)) {
        let next = numbers.len() + 1;
        numbers.entry(name).or_insert(next);
    }
    let mut written = String::with_capacity(svg.len());
    let mut done = 0;
    for attribute in attributes() {
        let (range, value) = (attribute.range(), attribute.value());
        let (from, number) = if attribute.name() == "id" {
            // With the space before it.
            (range.start.saturating_sub(1), numbers.get(value).map(|number| format!(" id=\"n{number}\"")))
        } else if let Some(number) = referred(&attribute).and_then(|name| numbers.get(name)) {
            let quoted =
                if value.starts_with('#') { format!("\"#n{number}\"") } else { format!("\"url(#n{number})\"") };
            (range.end.saturating_sub(value.len() + 2), Some(quoted))
        } else {
            continue;
        };
        written.push_str(svg.get(done..from)?);
        written.push_str(&number.unwrap_or_default());
        done = range.end;
    }
    written.push_str(svg.get(done..)?);
    Some(written)
}

/// The name of the element that an attribute refers to.
fn referred<'x>(attribute: &roxmltree::Attribute<'x, '_>) -> Option<&'x str> {
    let value = attribute.value();
    let painted = value.strip_prefix("url(#").and_then(|rest| rest.strip_suffix(')'));
    // A colour begins with # as well.
    painted.or_else(|| value.strip_prefix('#').filter(|_| attribute.name() == "href"))
}

fn write(tree: &Tree) -> Option<Vec<u8>> {
    let options = svg2pdf::ConversionOptions { pdfa: true, ..svg2pdf::ConversionOptions::default() };
    svg2pdf::to_pdf(tree, options, svg2pdf::PageOptions::default()).ok()
}

/// Draws a picture so many pixels wide and high.
pub(super) fn draw(data: &[u8], width: u32, height: u32) -> Option<Pixels> {
    let tree = parse(std::str::from_utf8(data).ok()?)?;
    let mut map = Pixmap::new(width, height)?;
    let size = tree.size();
    let scale = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    resvg::render(&tree, scale, &mut map.as_mut());
    let plain = map.pixels().iter().map(PremultipliedColorU8::demultiply);
    let rgba = plain.flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]).collect();
    Some(Pixels { width, height, rgba })
}

fn parse(text: &str) -> Option<Tree> {
    Tree::from_str(text, &Options::default()).ok()
}

fn sound(data: &[u8]) -> Result<Tree, FileFault> {
    let text = std::str::from_utf8(data).map_err(|_| broken("不是 UTF-8 编码", "is not in UTF-8"))?;
    if !nesting::text_is_shallow(text) {
        return Err(deep());
    }
    let xml = Document::parse_with_options(text, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() })
        .map_err(|error| broken(&format!("读不通：{error}"), &format!("cannot be read: {error}")))?;
    for node in xml.descendants().filter(roxmltree::Node::is_element) {
        element(node)?;
    }
    if !nesting::is_shallow(xml.root_element()) {
        return Err(deep());
    }
    let tree = parse(text).ok_or_else(|| broken("里没有可画的内容", "holds nothing that can be drawn"))?;
    let size = tree.size();
    if !(size.width() <= LONGEST && size.height() <= LONGEST) {
        return Err(broken("太大了", "is too large"));
    }
    let gradients = tree.linear_gradients().iter().map(|gradient| gradient.spread_method());
    let mut gradients = gradients.chain(tree.radial_gradients().iter().map(|gradient| gradient.spread_method()));
    if !tree.filters().is_empty() {
        return Err(flat("滤镜（阴影、模糊等）", "filters (shadows, blurs and the like)"));
    }
    if gradients.any(|spread| spread != SpreadMethod::Pad) {
        return Err(flat("重复的渐变", "gradients that repeat"));
    }
    if !draws(tree.root()) {
        return Err(broken("里没有可画的内容", "holds nothing that can be drawn"));
    }
    Ok(tree)
}

fn draws(group: &Group) -> bool {
    group.children().iter().any(|node| match node {
        Node::Group(group) => draws(group),
        Node::Path(_) => true,
        Node::Image(_) | Node::Text(_) => false,
    })
}

/// What of an element could not be printed.
fn element(node: roxmltree::Node<'_, '_>) -> Result<(), FileFault> {
    let name = node.tag_name();
    if name.namespace() == Some(NAMESPACE) {
        let says =
            || node.descendants().any(|inner| inner.is_text() && inner.text().is_some_and(|t| !t.trim().is_empty()));
        match name.name() {
            "text" | "foreignObject" if says() => {
                return Err((
                    say!("里有文字，换一台机器字体就不同", "holds text, which looks different with other fonts"),
                    say!(
                        "在绘图软件里把文字转为路径（Inkscape：路径 → 对象转成路径）再存，或者导出 PNG",
                        "convert the text to paths (Inkscape: Path, Object to Path) and save again, or export PNG"
                    ),
                ));
            }
            "image" | "feImage" => return Err(flat("位图", "a picture made of pixels")),
            "style" if node.text().is_some_and(|text| text.contains("@import") || elsewhere(text)) => {
                return Err(outside());
            }
            _ => {}
        }
    }
    for attribute in node.attributes() {
        let value = attribute.value();
        let leads = attribute.name() == "href" && name.name() != "a" && !value.trim_start().starts_with('#');
        if leads || elsewhere(value) {
            return Err(outside());
        }
    }
    Ok(())
}

/// True where something is fetched from another file: `url(…)` of anything but a part of this one.
fn elsewhere(text: &str) -> bool {
    text.split("url(").skip(1).any(|rest| !rest.trim_start_matches([' ', '"', '\'']).starts_with('#'))
}

fn outside() -> FileFault {
    (
        say!("引用了别的文件", "refers to another file"),
        say!("在绘图软件里把引用的内容嵌进来或者删去", "embed what it refers to in the drawing program, or remove it"),
    )
}

fn broken(zh: &str, en: &str) -> FileFault {
    (say!("{zh}", "{en}"), say!("在绘图软件里重新导出“普通 SVG”，或者 PNG", "export it again as plain SVG, or as PNG"))
}

fn deep() -> FileFault {
    broken("层层嵌套得太深，或者引用了自己", "nests too deep, or refers to itself")
}

fn flat(zh: &str, en: &str) -> FileFault {
    (
        say!("里有{zh}，印不成矢量图", "holds {en}, which cannot be printed as shapes"),
        say!(
            "在绘图软件里去掉，或者导出 300 dpi 的 PNG",
            "remove it in the drawing program, or export a PNG of 300 dpi"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inner: &str) -> Vec<u8> {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"20mm\" height=\"96\" viewBox=\"0 0 20 20\">{inner}</svg>").into_bytes()
    }

    const SHAPE: &str = "<rect width=\"10\" height=\"10\" fill=\"#f00\"/>";

    #[test]
    fn shapes_have_a_size_and_pixels() {
        let data = svg(SHAPE);
        let PictureFile { kind, size: (width, height), shapes, .. } = read(&data).unwrap();
        assert_eq!(kind, PictureKind::Svg);
        assert!((width.to_mm() - 20.0).abs() < 0.001 && (height.to_pt() - 72.0).abs() < 0.001);
        let drawn = draw(&data, 76, 96).unwrap();
        assert_eq!(drawn.rgba[(76 * 30 + 10) * 4..][..4], [255, 0, 0, 255]);
        assert_eq!(drawn.rgba[76 * 96 * 4 - 4..], [0, 0, 0, 0]);
        assert!(shapes.unwrap().starts_with(b"%PDF"));
    }

    /// The Word file carries the picture: names that a drawing program or its user gave to parts do not go out with it.
    #[test]
    fn names_of_parts_are_left_out_or_numbered() {
        let inner = "<defs><linearGradient id=\"secret1\"><stop stop-color=\"#00f\"/><stop offset=\"1\" stop-color=\"#0ff\"/></linearGradient><clipPath id=\"secret2\"><rect width=\"5\" height=\"5\"/></clipPath></defs><g id=\"secret3\" clip-path=\"url(#secret2)\"><rect id=\"secret4\" width=\"10\" height=\"10\" fill=\"url(#secret1)\"/></g><rect id=\"ff0000\" x=\"12\" width=\"3\" height=\"3\" fill=\"#ff0000\"/>";
        let data = svg(inner);
        let written = read(&data).unwrap().data;
        let text = String::from_utf8(written.clone()).unwrap();
        assert!(!text.contains("secret") && !text.contains("id=\"ff0000\"") && text.contains("#ff0000"), "{text}");
        assert_eq!(draw(&written, 60, 60).unwrap().rgba, draw(&data, 60, 60).unwrap().rgba);
    }

    #[test]
    fn what_nests_without_end_is_refused() {
        let within = |count: usize| format!("{}{SHAPE}{}", "<g opacity=\"0.9\">".repeat(count), "</g>".repeat(count));
        let linked = |count: usize| {
            let link = |i: usize| format!("<g id=\"g{i}\"><use href=\"#g{}\"/></g>", i + 1);
            format!(
                "<defs>{}<g id=\"g{count}\">{SHAPE}</g></defs><use href=\"#g0\"/>",
                (0..count).map(link).collect::<Vec<_>>().concat()
            )
        };
        let pattern = |i: usize| {
            let inner = format!("<rect width=\"9\" height=\"9\" fill=\"url(#p{})\"/>", i + 1);
            format!("<pattern id=\"p{i}\" width=\"1\" height=\"1\">{inner}</pattern>")
        };
        let patterns = (0..100).map(pattern).collect::<Vec<_>>().concat();
        let patterns = format!("{patterns}<rect width=\"9\" height=\"9\" fill=\"url(#p0)\"/>");
        let itself = format!("<g id=\"a\"><use href=\"#a\"/>{SHAPE}</g>");
        for inner in [within(100_000), linked(10_000), patterns, itself] {
            let (fault, _) = read(&svg(&inner)).unwrap_err();
            assert!(fault.en.contains("nests too deep"), "{}", fault.en);
        }
        for inner in [within(60), linked(10)] {
            let data = svg(&inner);
            assert_eq!(read(&data).map(|picture| picture.kind).map_err(|(fault, _)| fault.en), Ok(PictureKind::Svg));
            assert!(draw(&data, 20, 20).is_some(), "draw");
        }
    }

    #[test]
    fn what_would_be_lost_is_refused() {
        for (inner, word) in [
            ("<text>图</text>", "text"),
            (
                "<switch><foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">图</p></foreignObject></switch>",
                "text",
            ),
            ("<image href=\"data:image/png;base64,AAAA\" width=\"1\" height=\"1\"/>", "pixels"),
            ("<use xlink:href=\"other.svg#a\"/>", "another file"),
            ("<rect width=\"9\" height=\"9\" fill=\"url(other.svg#a)\"/>", "another file"),
            ("<style>@import 'a.css';</style>", "another file"),
            (
                "<filter id=\"f\"><feGaussianBlur stdDeviation=\"2\"/></filter><rect width=\"9\" height=\"9\" filter=\"url(#f)\"/>",
                "filters",
            ),
            (
                "<linearGradient id=\"g\" spreadMethod=\"reflect\" x2=\"0.2\"><stop offset=\"0\"/><stop offset=\"1\" stop-color=\"red\"/></linearGradient><rect width=\"9\" height=\"9\" fill=\"url(#g)\"/>",
                "gradients",
            ),
            ("<g>", "cannot be read"),
            ("", "nothing"),
        ] {
            let found = read(&svg(&format!("{}{inner}", if inner.is_empty() { "" } else { SHAPE })));
            let Err((fault, _)) = found else { panic!("{inner} passes") };
            assert!(fault.en.contains(word), "{inner}: {}", fault.en);
        }
        assert!(read(&svg("<defs><rect id=\"a\" width=\"9\" height=\"9\"/></defs><use href=\"#a\"/>")).is_ok());
    }
}
