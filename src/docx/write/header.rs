//! Headers: the running header of a template, the mark of a draft, and the watermark behind the text.

use crate::docx::styles::{ems, header_places};
use crate::docx::units;
use crate::docx::xml::{Markup, R, W, Xml};
use crate::model::{Document, Length, Lie, Text};
use crate::template::{StyleName, Template, WATERMARK_REACH};

/// A header part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeaderPart {
    /// Odd pages.
    Odd,
    /// Even pages.
    Even,
    /// The first page of the text.
    First,
    /// The cover, the imprint's own page: the watermark alone.
    Bare,
    /// Odd pages that lie on their side: the mark where it is on every sheet, and the watermark.
    OddTurned,
    /// Even pages that lie on their side.
    EvenTurned,
}

/// The headers of a document in the order of their parts; none where nothing is in them.
pub(super) fn headers(document: &Document, template: &Template) -> &'static [HeaderPart] {
    let any = template.header.is_some() || document.furniture.mark.is_some() || watermark(document, template).is_some();
    let lain = document.blocks.iter().any(|block| block.kind.lie() == Lie::Turned);
    match (any, lain && document.furniture.mark.is_some()) {
        (false, _) => &[],
        (true, false) => &PARTS[..UPRIGHT],
        (true, true) => &PARTS,
    }
}

/// All headers, those of upright pages first.
const PARTS: [HeaderPart; 6] = [
    HeaderPart::Odd,
    HeaderPart::Even,
    HeaderPart::First,
    HeaderPart::Bare,
    HeaderPart::OddTurned,
    HeaderPart::EvenTurned,
];
const UPRIGHT: usize = 4;

/// True where the first page of the text has another header than the others.
pub(super) fn first_differs(template: &Template) -> bool {
    template.header.as_ref().is_some_and(|header| !header.first)
}

fn watermark(document: &Document, template: &Template) -> Option<String> {
    let own = document.furniture.watermark.as_ref().map(Text::plain);
    own.or_else(|| template.watermark.text.clone()).filter(|text| !text.is_empty())
}

/// The part of one header.
pub(super) fn header_part(document: &Document, template: &Template, part: HeaderPart) -> Markup {
    let mut xml = Xml::default();
    let spaces = [
        ("xmlns:w", W),
        ("xmlns:r", R),
        ("xmlns:v", "urn:schemas-microsoft-com:vml"),
        ("xmlns:o", "urn:schemas-microsoft-com:office:office"),
        ("xmlns:w10", "urn:schemas-microsoft-com:office:word"),
    ];
    xml.open("w:hdr", &spaces);
    let mark = document.furniture.mark.as_ref().filter(|_| part != HeaderPart::Bare);
    if let Some(mark) = mark {
        marked(&mut xml, template, &mark.plain(), part);
    }
    let title = &document.meta.title;
    let said = template.header.as_ref().and_then(|header| match part {
        HeaderPart::Odd => Some(header.text(1, title)),
        HeaderPart::Even => Some(header.text(2, title)),
        HeaderPart::First => header.first.then(|| header.text(1, title)),
        HeaderPart::Bare | HeaderPart::OddTurned | HeaderPart::EvenTurned => None,
    });
    let said = said.filter(|text| !text.is_empty());
    let style = template.style(StyleName::PageHeader);
    xml.open("w:p", &[]).open("w:pPr", &[]).val("w:pStyle", &style.word.id);
    if let Some(header) = template.header.as_ref().filter(|header| said.is_some() && header.rule > Length::ZERO) {
        let (eighths, gap) = (units::eighths(header.rule).to_string(), header_places(template, header).1.to_string());
        let color = units::rgb(style.color);
        let rule = [("w:val", "single"), ("w:sz", eighths.as_str()), ("w:space", &gap), ("w:color", &color)];
        xml.open("w:pBdr", &[]).empty("w:bottom", &rule).close();
    }
    xml.close();
    if let Some(text) = watermark(document, template) {
        shape(&mut xml, template, &text, part);
    }
    if let Some(said) = &said {
        run(&mut xml, said);
    }
    xml.finish()
}

fn run(xml: &mut Xml, text: &str) {
    xml.open("w:r", &[]).open("w:rPr", &[]).empty("w:rFonts", &[("w:hint", "eastAsia")]).close();
    xml.text("w:t", &[("xml:space", "preserve")], text).close();
}

/// The mark in a frame above the type area, at its left. On a page that lies on its side that is the upper end of the right edge, and it
/// is read with the page turned upright.
fn marked(xml: &mut Xml, template: &Template, mark: &str, part: HeaderPart) {
    let (style, page) = (template.style(StyleName::HeadMark), &template.page);
    let line = style.size * 1.5;
    let baseline = page.top - template.page_mark.above - style.size * (1.0 - template.grid.ascent);
    let top = baseline - line * (1.0 - units::DESCENT);
    let wide = style.size * (ems(mark) + 1.0);
    let twips = |length: Length| units::twips(length).max(0).to_string();
    let (across, high, down) = (twips(wide), twips(line), twips(top));
    let turned = match part {
        HeaderPart::OddTurned => Some(1),
        HeaderPart::EvenTurned => Some(2),
        _ => None,
    };
    let side = turned.map(|number| (twips(page.height - top - line), twips(page.left(number))));
    xml.open("w:p", &[]).open("w:pPr", &[]).val("w:pStyle", &style.word.id);
    let around = [("w:hSpace", "0"), ("w:wrap", "around"), ("w:vAnchor", "page")];
    let place = match &side {
        None => vec![("w:w", across.as_str()), ("w:hAnchor", "margin"), ("w:xAlign", "left"), ("w:y", &down)],
        Some((x, y)) => {
            let size = [("w:w", high.as_str()), ("w:h", &across), ("w:hRule", "exact")];
            [&size[..], &[("w:hAnchor", "page"), ("w:x", x), ("w:y", y)]].concat()
        }
    };
    xml.empty("w:framePr", &[&around[..], &place].concat()).val("w:snapToGrid", 0);
    xml.empty("w:spacing", &[("w:before", "0"), ("w:after", "0"), ("w:line", &high), ("w:lineRule", "exact")]);
    if side.is_some() {
        xml.val("w:textDirection", "tbRl");
    }
    xml.close();
    run(xml, mark);
    xml.close();
}

/// The watermark, as Word writes it: text on a path behind everything, which programs find by its name.
fn shape(xml: &mut Xml, template: &Template, text: &str, part: HeaderPart) {
    let (look, page) = (&template.watermark, &template.page);
    let size = look.size.to_pt();
    let room = page.width.to_pt().hypot(page.height.to_pt()) * WATERMARK_REACH;
    let wide = size * ems(text);
    let scale = (room / wide).min(1.0);
    let (wide, high) = (wide * scale, size * scale);
    let turn = (360.0 - look.angle).rem_euclid(360.0);
    let number = part as usize + 1;
    let (id, shape_id) = (format!("PowerPlusWaterMarkObject{number}"), format!("_x0000_s{}", 2048 + number));
    xml.open("w:r", &[]).open("w:rPr", &[]).empty("w:noProof", &[]).close().open("w:pict", &[]);
    shape_type(xml);
    let style = format!(
        "position:absolute;margin-left:0;margin-top:0;width:{wide:.1}pt;height:{high:.1}pt;rotation:{turn:.0};\
         z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:page;\
         mso-position-vertical:center;mso-position-vertical-relative:page"
    );
    let color = format!("#{}", units::rgb(look.color));
    let shape = [
        ("id", id.as_str()),
        ("o:spid", &shape_id),
        ("type", "#_x0000_t136"),
        ("style", &style),
        ("o:allowincell", "f"),
        ("fillcolor", &color),
        ("stroked", "f"),
    ];
    xml.open("v:shape", &shape);
    let face = template.fonts.role(look.font).map_or("", |fonts| fonts.office.as_str());
    let letters = format!("font-family:\"{face}\";font-size:1pt");
    xml.empty("v:textpath", &[("style", &letters), ("string", text)]);
    xml.empty("w10:wrap", &[("anchorx", "page"), ("anchory", "page")]);
    xml.close().close().close();
}

/// The type of shape that plain text on a path has, as Word writes it for every such shape.
fn shape_type(xml: &mut Xml) {
    let path = "m@7,l@8,m@5,21600l@6,21600e";
    xml.open(
        "v:shapetype",
        &[("id", "_x0000_t136"), ("coordsize", "21600,21600"), ("o:spt", "136"), ("adj", "10800"), ("path", path)],
    );
    xml.open("v:formulas", &[]);
    for equation in FORMULAS {
        xml.empty("v:f", &[("eqn", equation)]);
    }
    xml.close();
    let ends = "@9,0;@10,10800;@11,21600;@12,10800";
    let connect = [("o:connecttype", "custom"), ("o:connectlocs", ends), ("o:connectangles", "270,180,90,0")];
    xml.empty("v:path", &[&[("textpathok", "t")], &connect[..]].concat());
    xml.empty("v:textpath", &[("on", "t"), ("fitshape", "t")]);
    xml.open("v:handles", &[]).empty("v:h", &[("position", "#0,bottomRight"), ("xrange", "6629,14971")]).close();
    xml.empty("o:lock", &[("v:ext", "edit"), ("text", "t"), ("shapetype", "t")]).close();
}

/// What that type's path is reckoned from.
const FORMULAS: [&str; 14] = [
    "sum #0 0 10800",
    "prod #0 2 1",
    "sum 21600 0 @1",
    "sum 0 0 @2",
    "sum 21600 0 @3",
    "if @0 @3 0",
    "if @0 21600 @1",
    "if @0 0 @2",
    "if @0 @4 21600",
    "mid @5 @6",
    "mid @8 @5",
    "mid @7 @8",
    "mid @6 @7",
    "sum @6 0 @5",
];
