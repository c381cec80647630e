//! The schema-order pass: what docx-rs serialized, with the children of property elements in the schema's sequence,
//! empty property elements gone, and what docx-rs cannot say put in.

use crate::docx::WordError;
use crate::docx::xml::{Markup, Xml};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::slice;

/// What the pass adds to a fragment.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extras<'a> {
    /// So many rows of the table are its head, repeated on every page.
    pub(super) header_rows: usize,
    /// What is said of the pictures, in order.
    pub(super) pictures: &'a [DrawnPicture],
    /// XML put after the properties of the first paragraph.
    pub(super) lead: Option<&'a Markup>,
    /// A `w:sectPr` for the properties of the first paragraph.
    pub(super) section: Option<&'a Markup>,
    /// A `w:tabs` for the properties of the first paragraph.
    pub(super) tabs: Option<&'a Markup>,
    /// A `w:framePr` for the properties of the first paragraph.
    pub(super) frame: Option<&'a Markup>,
    /// A `w:ind` for the properties of the first paragraph.
    pub(super) indent: Option<&'a Markup>,
}

/// What is said of a picture.
#[derive(Clone, Debug)]
pub(super) struct DrawnPicture {
    /// Unique in the file.
    pub(super) id: usize,
    /// The name that the selection pane shows.
    pub(super) name: String,
    /// Alternative text.
    pub(super) alt: String,
    /// The relationship of the same picture as shapes, where there is one.
    pub(super) shapes: Option<String>,
}

/// The sequence of children, ECMA-376 part 1, annex A.1, of the elements whose children docx-rs puts in another order.
fn sequence(parent: &str) -> Option<&'static str> {
    Some(match parent {
        "w:pPr" => {
            "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr \
             shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN \
             bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc \
             textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
        }
        "w:rPr" => {
            "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow \
             emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs \
             highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath \
             rPrChange"
        }
        "w:numPr" => "ilvl numId ins",
        "w:tblPr" => {
            "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc \
             tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
        }
        "w:trPr" => {
            "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing \
             jc hidden ins del"
        }
        "w:tcPr" => {
            "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign \
             hideMark"
        }
        _ => return None,
    })
}

/// Elements of our tables that docx-rs writes unasked: direct formatting in place of the table's style.
const UNASKED: [&str; 2] = ["w:tblBorders", "w:jc"];

/// Appends what docx-rs built, put right, to `out`.
///
/// # Errors
/// [`WordError::Part`] when that is not well formed.
pub(super) fn append(out: &mut Markup, built: &[u8], extras: Extras<'_>) -> Result<(), WordError> {
    let fragment = std::str::from_utf8(built).map_err(|e| WordError::Part(e.to_string()))?;
    let mut reader = Reader::from_str(fragment);
    let pictures = extras.pictures.iter();
    let mut pass =
        Pass { out: out.take(), extras, rows: 0, picture: None, pictures, led: false, scratch: String::new() };
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            event => pass.node(&mut reader, event)?,
        }
    }
    *out = Markup::copied(pass.out);
    Ok(())
}

struct Pass<'x> {
    out: String,
    extras: Extras<'x>,
    /// Rows of the table begun so far.
    rows: usize,
    /// The picture in hand.
    picture: Option<&'x DrawnPicture>,
    /// Those that are still to come.
    pictures: slice::Iter<'x, DrawnPicture>,
    /// True once `lead` and `section` are in.
    led: bool,
    scratch: String,
}

impl<'x> Pass<'x> {
    /// Copies one node, whole.
    fn node(&mut self, reader: &mut Reader<&'x [u8]>, event: Event<'x>) -> Result<(), WordError> {
        match event {
            Event::Start(start) => self.element(reader, &start),
            Event::Empty(empty) => {
                self.empty(&empty);
                Ok(())
            }
            Event::Text(text) => {
                self.out.push_str(&text);
                Ok(())
            }
            Event::GeneralRef(name) => {
                self.out.push('&');
                self.out.push_str(&name);
                self.out.push(';');
                Ok(())
            }
            // docx-rs writes neither comments nor instructions; a declaration is ours to write.
            _ => Ok(()),
        }
    }

    fn element(&mut self, reader: &mut Reader<&'x [u8]>, start: &BytesStart<'x>) -> Result<(), WordError> {
        let name = start.name();
        let name = name.as_ref();
        let begin = self.out.len();
        self.tag(start, ">");
        if name == "w:tr" {
            self.rows += 1;
        }
        if let Some(sequence) = sequence(name) {
            let content = self.out.len();
            let mut children: Vec<(usize, usize, usize)> = Vec::with_capacity(8);
            loop {
                match reader.read_event()? {
                    Event::End(_) => break,
                    Event::Eof => return Err(WordError::Part("an element that does not end".to_owned())),
                    child => {
                        let rank = rank(sequence, &child);
                        let from = self.out.len();
                        let unasked = name == "w:tblPr" && is_unasked(&child);
                        self.node(reader, child)?;
                        if unasked {
                            self.out.truncate(from);
                        } else if self.out.len() > from {
                            children.push((rank, from, self.out.len()));
                        }
                    }
                }
            }
            self.additions(name, sequence, &mut children);
            self.reorder(content, &mut children);
            if self.out.len() == content {
                self.out.truncate(begin);
            } else {
                self.end(name);
            }
            if name == "w:pPr" {
                self.lead();
            }
            return Ok(());
        }
        loop {
            match reader.read_event()? {
                Event::End(_) => break,
                Event::Eof => return Err(WordError::Part("an element that does not end".to_owned())),
                child => self.node(reader, child)?,
            }
        }
        self.end(name);
        Ok(())
    }

    fn empty(&mut self, empty: &BytesStart<'_>) {
        match empty.name().as_ref() {
            // An empty property element says nothing, but a head row's is filled.
            "w:trPr" if self.rows <= self.extras.header_rows => {
                self.out.push_str("<w:trPr><w:tblHeader/></w:trPr>");
            }
            "w:rPr" | "w:pPr" | "w:trPr" | "w:tcPr" => {}
            "wp:docPr" => {
                self.picture = self.pictures.next();
                self.said("wp:docPr", empty);
            }
            "pic:cNvPr" => self.said("pic:cNvPr", empty),
            "a:blip" => match self.picture.and_then(|picture| picture.shapes.as_deref()) {
                // [MS-ODRAWXML] 2.3.1.6: programs that do not know the extension show the pixels.
                Some(shapes) => {
                    self.tag(empty, ">");
                    let mut xml = Xml::default();
                    xml.open("a:extLst", &[]);
                    xml.open("a:ext", &[("uri", "{96DAC541-7B7A-43D3-8B79-37D633B846F1}")]);
                    let space = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";
                    xml.empty("asvg:svgBlip", &[("xmlns:asvg", space), ("r:embed", shapes)]);
                    self.out.push_str(xml.finish().as_str());
                    self.end("a:blip");
                }
                None => self.tag(empty, "/>"),
            },
            _ => self.tag(empty, "/>"),
        }
    }

    /// What is said of the picture in hand.
    fn said(&mut self, name: &'static str, empty: &BytesStart<'_>) {
        let Some(picture) = self.picture else { return self.tag(empty, "/>") };
        let id = picture.id.to_string();
        let mut xml = Xml::default();
        xml.empty(name, &[("id", &id), ("name", &picture.name), ("descr", &picture.alt)]);
        self.out.push_str(xml.finish().as_str());
    }

    /// What docx-rs cannot say of a property element.
    fn additions(&mut self, name: &str, sequence: &str, children: &mut Vec<(usize, usize, usize)>) {
        static LOOK: Markup = Markup::fixed(
            "<w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" \
             w:noHBand=\"1\" w:noVBand=\"1\"/>",
        );
        static HEADER: Markup = Markup::fixed("<w:tblHeader/>");
        let (child, xml) = match (name, self.extras) {
            ("w:trPr", _) if self.rows <= self.extras.header_rows => ("tblHeader", &HEADER),
            ("w:tblPr", _) => ("tblLook", &LOOK),
            ("w:pPr", Extras { tabs: Some(tabs), .. }) if !self.led => ("tabs", tabs),
            ("w:pPr", Extras { frame: Some(frame), .. }) if !self.led => ("framePr", frame),
            ("w:pPr", Extras { indent: Some(indent), .. }) if !self.led => ("ind", indent),
            ("w:pPr", Extras { section: Some(section), .. }) if !self.led => ("sectPr", section),
            _ => return,
        };
        let from = self.out.len();
        self.out.push_str(xml.as_str());
        children.push((place(sequence, child), from, self.out.len()));
    }

    fn lead(&mut self) {
        if !self.led {
            self.led = true;
            self.out.push_str(self.extras.lead.map_or("", Markup::as_str));
        }
    }

    /// Puts the children, which lie after `content` in the order they came, into the schema's.
    fn reorder(&mut self, content: usize, children: &mut [(usize, usize, usize)]) {
        if children.is_sorted_by_key(|c| c.0) {
            return;
        }
        children.sort_by_key(|c| c.0);
        self.scratch.clear();
        for &(_, from, to) in children.iter() {
            self.scratch.push_str(&self.out[from..to]);
        }
        self.out.truncate(content);
        self.out.push_str(&self.scratch);
    }

    fn tag(&mut self, tag: &BytesStart<'_>, end: &str) {
        let said = tag.trim_ascii_end();
        // Attributes that docx-rs adds unasked: the first is not in the schema, the second says what holds without it.
        let said = match tag.name().as_ref() {
            "w:gridCol" => said.strip_suffix(" w:type=\"dxa\"").unwrap_or(said),
            "w:fldChar" => said.strip_suffix(" w:dirty=\"false\"").unwrap_or(said),
            _ => said,
        };
        self.out.push('<');
        self.out.push_str(said);
        self.out.push_str(end);
    }

    fn end(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }
}

/// Where a child is in the sequence; what the schema does not know goes last.
fn rank(sequence: &str, child: &Event<'_>) -> usize {
    let (Event::Start(tag) | Event::Empty(tag)) = child else { return usize::MAX };
    place(sequence, tag.local_name().as_ref())
}

fn place(sequence: &str, name: &str) -> usize {
    sequence.split(' ').position(|s| s == name).unwrap_or(usize::MAX)
}

fn is_unasked(child: &Event<'_>) -> bool {
    let (Event::Start(tag) | Event::Empty(tag)) = child else { return false };
    // A table in the middle was asked for.
    UNASKED.contains(&tag.name().as_ref()) && !tag.contains("\"center\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pass(fragment: &str, extras: Extras<'_>) -> String {
        let mut out = Markup::EMPTY;
        append(&mut out, fragment.as_bytes(), extras).expect("well formed");
        out.take()
    }

    #[test]
    fn children_come_in_the_schemas_sequence() {
        let given = "<w:p><w:pPr><w:rPr /><w:numPr><w:numId w:val=\"3\" /><w:ilvl w:val=\"0\" /></w:numPr>\
                     <w:pStyle w:val=\"a\" /></w:pPr><w:r><w:rPr /><w:t>a&amp;b</w:t></w:r></w:p>";
        let wanted = "<w:p><w:pPr><w:pStyle w:val=\"a\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr></w:pPr>\
                      <w:r><w:t>a&amp;b</w:t></w:r></w:p>";
        assert_eq!(pass(given, Extras::default()), wanted);
    }

    #[test]
    fn head_rows_are_marked_and_unasked_borders_go() {
        let given = "<w:tbl><w:tblPr><w:jc w:val=\"left\" /><w:tblBorders><w:top /></w:tblBorders><w:tblStyle w:val=\"t\" />\
                     </w:tblPr><w:tr><w:trPr /></w:tr><w:tr><w:trPr><w:cantSplit /></w:trPr></w:tr></w:tbl>";
        let got = pass(given, Extras { header_rows: 1, ..Extras::default() });
        assert!(got.starts_with("<w:tbl><w:tblPr><w:tblStyle w:val=\"t\"/><w:tblLook "), "{got}");
        assert!(
            got.contains("<w:tr><w:trPr><w:tblHeader/></w:trPr></w:tr><w:tr><w:trPr><w:cantSplit/></w:trPr>"),
            "{got}"
        );
        assert!(!got.contains("jc") && !got.contains("Borders"), "{got}");
    }

    #[test]
    fn a_section_and_a_lead_find_their_places() {
        let (section, lead) = (Markup::fixed("<w:sectPr/>"), Markup::fixed("<L/>"));
        let extras = Extras { section: Some(&section), lead: Some(&lead), ..Extras::default() };
        let got = pass("<w:p><w:pPr><w:pStyle w:val=\"a\" /></w:pPr><w:r><w:t>x</w:t></w:r></w:p>", extras);
        assert_eq!(got, "<w:p><w:pPr><w:pStyle w:val=\"a\"/><w:sectPr/></w:pPr><L/><w:r><w:t>x</w:t></w:r></w:p>");
    }
}
