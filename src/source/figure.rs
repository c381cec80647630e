//! Pictures: alone, side by side, and their files.

use super::build::{Builder, Naming, number};
use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::model::{BlockKind, CellPicture, Figure, FigureFlow, Length, Lie, PictureFile, SideBySide, Text};
use crate::picture;
use crate::template::units;
use crate::yaml::file::unreadable;
use crate::yaml::tree::Node;
use std::path::{Component, Path};

/// The narrowest picture that is seen.
const NARROWEST: f64 = 1.0;

impl Builder<'_> {
    /// Adds a picture. `node`: the map that holds its name; `row`: its place among others side by side.
    pub(super) fn figure(&mut self, node: &Node, body: &Node, parent: &str, row: Option<SideBySide>) {
        let Some(image) = body.get("image") else { return };
        let count = self.count_figure(body);
        let caption = body.get("caption").map(|n| self.pieces(n)).unwrap_or_default();
        let given = node.get("id").or(body.get("id"));
        let id = match given {
            Some(_) => self.id("figure", given, &caption, parent),
            // Changed data must not rename a block.
            None => (self.ids.derive("figure", image.as_text().unwrap_or_default(), parent), Naming::Derived),
        };
        let number = body.get("caption").map(|_| number(&self.template.numbering.figures, count));
        let caption = body.get("caption").map(|_| self.text(&caption, Some(&id.0)));
        self.refuse_empty_caption(body, caption.as_ref());
        let Some(file) = self.image(image) else { return };
        let (lie, flow) = (lie_of(body), flow_of(body));
        let most = self.template.measure(lie);
        let width = body.get("width").and_then(|node| self.width(node, most));
        let alt = body.get("alt").and_then(|node| self.filled(node));
        let alt = alt.or_else(|| caption.as_ref().map(Text::plain)).unwrap_or_default();
        let figure = Figure { file, caption, number, width, alt, row, lie, flow };
        self.add(id.0, id.1, node.span, BlockKind::Figure(figure));
    }

    /// Adds pictures side by side.
    pub(super) fn figures(&mut self, list: &Node, parent: &str) {
        let items = list.as_list().unwrap_or_default();
        let of = items.len();
        for (at, item) in items.iter().enumerate() {
            self.figure(item, item, parent, (of > 1).then_some(SideBySide { at, of }));
        }
        // A single one is set as any other.
        if of < 2 {
            return;
        }
        let own: Length = items.iter().filter_map(|item| units::length(item.get("width")?.as_text()?)).sum();
        let (most, gap) = (self.template.page.measure(), self.template.figures.gap);
        let room = most - gap * of as f64;
        let others = items.iter().filter(|item| item.get("width").is_none()).count() as f64;
        if own > Length::ZERO && own + Length::mm(NARROWEST) * others > room {
            let (own, room) = (own.to_mm(), room.to_mm());
            self.diagnostics.push(Diagnostic::error(
                Code::BAD_VALUE,
                list.head(),
                say!(
                    "{of} 张图并排，写明的宽度共 {own:.0}mm，版心只放得下 {room:.0}mm",
                    "{of} pictures side by side are {own:.0}mm wide together; there is room for {room:.0}mm"
                ),
                say!("减小 width，或者不写，由程序排", "make the widths smaller, or leave them to the program"),
            ));
        }
    }

    /// The picture of a cell, written in it or as a figure of the body is.
    pub(super) fn cell_picture(&mut self, cell: &Node) -> Option<CellPicture> {
        let body = if cell.get("image").is_some() { cell } else { cell.get("figure")? };
        let image = body.get("image")?;
        let file = self.image(image)?;
        let width = body.get("width").and_then(|node| self.width(node, self.template.page.measure()));
        let alt = body.get("alt").and_then(|node| self.filled(node)).unwrap_or_default();
        Some(CellPicture { file, width, alt, span: cell.span })
    }

    /// The number of a picture or chart, which count together where they have captions.
    pub(super) fn count_figure(&mut self, body: &Node) -> u32 {
        self.counts.figures += u32::from(body.get("caption").is_some());
        self.counts.figures
    }

    /// The width of a picture; one that it cannot have is told.
    pub(super) fn width(&mut self, node: &Node, most: Length) -> Option<Length> {
        let text = node.as_text()?;
        let width = units::length(text)?;
        if width > most {
            let most = most.to_mm();
            self.diagnostics.push(Diagnostic::error(
                Code::BAD_VALUE,
                node.span,
                say!("图宽 {text}，超过了版心", "the picture is {text} wide, more than the type area"),
                say!("最宽 {most:.0}mm", "at most {most:.0}mm"),
            ));
        } else if width < Length::mm(NARROWEST) {
            self.diagnostics.push(Diagnostic::error(
                Code::BAD_VALUE,
                node.span,
                say!("图宽 {text}，看不见", "the picture is {text} wide, and cannot be seen"),
                say!("至少 1mm；不写 width，图就是自己的宽度", "at least 1mm; without a width the picture has its own"),
            ));
        }
        Some(width)
    }

    /// The file of a picture. One that data name is beside the report: whoever writes the data does not choose among all files.
    fn image(&mut self, node: &Node) -> Option<PictureFile> {
        let (name, place) = (self.filled(node)?, node.span);
        let name = name.as_str();
        let inside = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
        if node.as_text() != Some(name) && !Path::new(name).components().all(inside) {
            self.diagnostics.push(Diagnostic::error(
                Code::IMAGE_UNREADABLE,
                place,
                say!("图片“{name}”不在报告的文件夹里", "the picture \"{name}\" is not in the folder of the report"),
                say!(
                    "数据里的图片只写文件夹以下的名称，不写 .. 和 /",
                    "pictures that data name are below the report's folder: no .. and no / before them"
                ),
            ));
            return None;
        }
        let hint = say!(
            "检查文件名；路径相对于写它的文件所在的文件夹",
            "check the name; paths are relative to the folder of the file that names them"
        );
        let data = match self.world.read(&self.folder_of(place).join(name)) {
            Ok(data) => data,
            Err(error) => {
                self.diagnostics.push(unreadable(Code::IMAGE_UNREADABLE, Some(place), name, &error, hint));
                return None;
            }
        };
        match picture::read(name, &data) {
            Ok(Some(file)) => return Some(file),
            Ok(None) => self.diagnostics.push(Diagnostic::error(
                Code::IMAGE_UNREADABLE,
                place,
                say!("“{name}”不是 PNG、JPEG 或 SVG 图片", "\"{name}\" is none of PNG, JPEG and SVG"),
                say!("另存为 PNG、JPEG 或 SVG", "save it as PNG, JPEG or SVG"),
            )),
            Err((Message { zh, en }, hint)) => {
                let said = say!("图片“{name}”{zh}", "the picture \"{name}\" {en}");
                self.diagnostics.push(Diagnostic::error(Code::PICTURE_UNSOUND, place, said, hint));
            }
        }
        None
    }
}

/// How a picture or chart lies on its page.
pub(super) fn lie_of(body: &Node) -> Lie {
    if body.get("landscape").is_some_and(Node::is_true) { Lie::Turned } else { Lie::Upright }
}

/// Where it is in relation to the text.
pub(super) fn flow_of(body: &Node) -> FigureFlow {
    if body.get("float").is_some_and(Node::is_true) { FigureFlow::Floating } else { FigureFlow::InPlace }
}
