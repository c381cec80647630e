//! The table of contents: a TOC field whose result is written out, right before Word has computed anything.
//!
//! The first entry carries the field's beginning, the last its end; every entry is a link to its heading with a PAGEREF
//! field. Nothing is marked dirty, so that no program asks to update anything.

use super::body::Body;
use super::inline::{Look, close_bookmark, field, literal, open_block, push, push_all};
use super::instruction::Instruction;
use super::order::Extras;
use super::tree;
use crate::docx::styles::id::DEEPEST;
use crate::docx::{WordError, bookmark};
use crate::model::{Block, BlockKind, Listed, Text, TitlePart};
use crate::template::StyleName;
use docx_rs::{FieldCharType, Paragraph, ParagraphChild};

/// Writes the contents: headings of levels 1 to `depth`.
pub(super) fn write(body: &mut Body<'_>, block: &Block, title: &Text, depth: u8) -> Result<(), WordError> {
    let mut p = body.begin(StyleName::ContentsTitle, &block.id.0);
    let bookmark = open_block(&mut p, &mut body.ids, &block.id);
    let style = body.style(StyleName::ContentsTitle);
    body.write_lines(&mut p, style, std::slice::from_ref(title));
    close_bookmark(&mut p, bookmark);
    body.emit(&p, Extras::default())?;

    let depth = depth.clamp(1, DEEPEST);
    let entries: Vec<Listed> = body.document.listed(depth).collect();
    // \o: headings; \f: what fields name, see `entry_field`; \h: links; \z: no page numbers where a browser shows the file.
    let document = body.document;
    let kind = |listed: &Listed| document.block(listed.block).map(|block| &block.kind);
    let named = |listed: &Listed| {
        matches!(
            kind(listed),
            Some(
                BlockKind::AttachmentMark { .. }
                    | BlockKind::AttachmentTitle(_)
                    | BlockKind::Heading { run_in: Some(_), .. }
            )
        )
    };
    let mut instruction = Instruction::new("TOC").switch("\\o").argument(&format!("1-{depth}"));
    if entries.iter().any(named) {
        instruction = instruction.switch("\\f");
    }
    let instruction = instruction.switch("\\h").switch("\\z");
    if entries.is_empty() {
        let mut p = body.begin(StyleName::Contents1, &format!("{} empty", block.id.0));
        field(&mut p, &instruction, Vec::new());
        return body.emit(&p, Extras::default());
    }
    let last = entries.len() - 1;
    for (at, Listed { block: index, level, title, .. }) in entries.into_iter().enumerate() {
        let style = match level {
            1 => StyleName::Contents1,
            2 => StyleName::Contents2,
            _ => StyleName::Contents3,
        };
        let target = document.block(index).map_or("", |target| target.id.0.as_str());
        let mut p = body.begin(style, &format!("{} {target}", block.id.0));
        if at == 0 {
            push(&mut p, tree::mark(tree::run(None), FieldCharType::Begin));
            push(&mut p, tree::instruction(tree::run(None), &instruction));
            push(&mut p, tree::mark(tree::run(None), FieldCharType::Separate));
        }
        let name = bookmark::contents_bookmark(index);
        let mut entry = Paragraph::new();
        for TitlePart { text, shift } in &title {
            push_all(&mut entry, literal(text, Look { shift: *shift, ..Look::default() }));
        }
        push(&mut entry, docx_rs::Run::new().add_tab());
        let page = body.printed.page_number(index).map_or_else(String::new, |number| number.to_string());
        let page_of = Instruction::new("PAGEREF").name(&name).switch("\\h");
        field(&mut entry, &page_of, literal(&page, Look::default()));
        let mut link = tree::link(&name);
        link.children = entry.children;
        p.children.push(ParagraphChild::Hyperlink(link));
        if at == last {
            push(&mut p, tree::mark(tree::run(None), FieldCharType::End));
        }
        body.emit(&p, Extras::default())?;
    }
    Ok(())
}

/// A field that names an entry of the contents, which prints nothing: an attachment's mark and title are two paragraphs, and a
/// heading that a text follows is a part of one, of which no style makes an entry. Its runs are not hidden, or Word makes an empty
/// entry of it. The first level is meant where none is said; LibreOffice adds one to what is.
pub(super) fn entry_field(title: &str, level: u8) -> [docx_rs::Run; 3] {
    let mut instruction = Instruction::new("TC").argument(title);
    if level > 1 {
        instruction = instruction.number("\\l", level.into());
    }
    [
        tree::mark(tree::run(None), FieldCharType::Begin),
        tree::instruction(tree::run(None), &instruction),
        tree::mark(tree::run(None), FieldCharType::End),
    ]
}
