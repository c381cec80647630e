//! Pictures that are gone, which the file carries for those who reject the change.

use super::tree::XmlNode;
use crate::docx::units;
use crate::model::{Length, Picture};
use crate::picture;

/// No wider than this: a line of the type area.
const WIDEST: Length = Length::mm(150.0);

/// The pictures that were put in.
#[derive(Debug, Default)]
pub(super) struct TrackedPictures {
    /// Relationship, name below `word/`, bytes.
    pub(super) parts: Vec<(String, String, Vec<u8>)>,
}

impl TrackedPictures {
    /// A run with a picture; None for charts and for what no program shows.
    pub(super) fn run(&mut self, old: &Picture) -> Option<XmlNode> {
        let ending = match old.data.as_slice() {
            [0x89, b'P', b'N', b'G', ..] => "png",
            [0xff, 0xd8, ..] => "jpeg",
            _ => return None,
        };
        let read = picture::read(&old.name, &old.data).ok().flatten()?;
        let scale = (WIDEST.to_pt() / read.size.0.to_pt()).min(1.0);
        let count = self.parts.len() + 1;
        let (id, name) = (format!("rIdOld{count}"), format!("media/old{count}.{ending}"));
        let run = drawing(&id, 10_000 + count, (read.size.0 * scale, read.size.1 * scale));
        self.parts.push((id, name, old.data.clone()));
        Some(run)
    }
}

/// A run with an inline picture.
fn drawing(relationship: &str, number: usize, (width, height): (Length, Length)) -> XmlNode {
    const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
    const PIC: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
    let (number, name) = (number.to_string(), format!("old{number}"));
    let (x, y) = (units::emu(width).to_string(), units::emu(height).to_string());
    let fill = XmlNode::new("pic:blipFill", &[]).with([
        XmlNode::new("a:blip", &[("r:embed", relationship)]),
        XmlNode::new("a:stretch", &[]).with([XmlNode::new("a:fillRect", &[])]),
    ]);
    let frame = XmlNode::new("a:xfrm", &[])
        .with([XmlNode::new("a:off", &[("x", "0"), ("y", "0")]), XmlNode::new("a:ext", &[("cx", &x), ("cy", &y)])]);
    let shape = XmlNode::new("pic:spPr", &[])
        .with([frame, XmlNode::new("a:prstGeom", &[("prst", "rect")]).with([XmlNode::new("a:avLst", &[])])]);
    let names = XmlNode::new("pic:nvPicPr", &[])
        .with([XmlNode::new("pic:cNvPr", &[("id", &number), ("name", &name)]), XmlNode::new("pic:cNvPicPr", &[])]);
    let pic = XmlNode::new("pic:pic", &[("xmlns:pic", PIC)]).with([names, fill, shape]);
    let graphic =
        XmlNode::new("a:graphic", &[("xmlns:a", A)]).with([XmlNode::new("a:graphicData", &[("uri", PIC)]).with([pic])]);
    let inline = XmlNode::new("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")]).with([
        XmlNode::new("wp:extent", &[("cx", &x), ("cy", &y)]),
        XmlNode::new("wp:docPr", &[("id", &number), ("name", &name)]),
        graphic,
    ]);
    XmlNode::new("w:r", &[]).with([XmlNode::new("w:drawing", &[]).with([inline])])
}
