//! The trees of docx-rs. Only here do strings go into one: docx-rs escapes the text of runs, and takes everything else for XML.

use super::instruction::Instruction;
use crate::docx::xml::{escaped, escaped_content};
use crate::model::Shift;
use docx_rs::{
    BookmarkStart, BreakType, FieldCharType, Hyperlink, HyperlinkData, HyperlinkType, InstrText, Paragraph,
    ParagraphChild, Pic, Run, RunFonts, Table, TableRow, VertAlignType,
};

/// A paragraph of an id (`w14:paraId`) in a style.
pub(super) fn paragraph(id: &str, style: &str) -> Paragraph {
    Paragraph::new().id(escaped(id)).style(&escaped(style))
}

/// A table in a style.
pub(super) fn table(rows: Vec<TableRow>, style: &str) -> Table {
    Table::new(rows).style(escaped(style))
}

/// An empty run, in a character style.
pub(super) fn run(style: Option<&str>) -> Run {
    match style {
        Some(style) => Run::new().style(&escaped(style)),
        None => Run::new(),
    }
}

/// Adds characters to a run. Line ends and tabs, which data may bring, become Word's own.
pub(super) fn text(mut run: Run, text: &str) -> Run {
    for (at, line) in text.split(['\n', '\r']).enumerate() {
        if at > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        for (at, piece) in line.split('\t').enumerate() {
            if at > 0 {
                run = run.add_tab();
            }
            if !piece.is_empty() {
                run = run.add_text(piece);
            }
        }
    }
    run
}

/// Takes a run's characters from the East Asian face where they could be Latin ones.
pub(super) fn hinted(run: Run) -> Run {
    run.fonts(RunFonts::new().hint("eastAsia"))
}

/// A line end within a paragraph.
pub(super) fn line_end() -> Run {
    Run::new().add_break(BreakType::TextWrapping)
}

/// The end of a page within a paragraph.
pub(super) fn page_end() -> Run {
    Run::new().add_break(BreakType::Page)
}

/// Adds a field character to a run.
pub(super) fn mark(run: Run, kind: FieldCharType) -> Run {
    run.add_field_char(kind, false)
}

/// Adds a field's instruction to a run.
pub(super) fn instruction(run: Run, instruction: &Instruction) -> Run {
    run.add_instr_text(InstrText::Unsupported(escaped_content(instruction.as_str()).into_owned()))
}

/// A link to a bookmark, still empty.
pub(super) fn link(bookmark: &str) -> Hyperlink {
    Hyperlink::new(escaped(bookmark), HyperlinkType::Anchor)
}

/// A link to an address, named by its relationship, with what it shows.
pub(super) fn link_to(relationship: &str, children: Vec<ParagraphChild>) -> Hyperlink {
    let link = HyperlinkData::External { rid: escaped(relationship).into_owned(), path: String::new() };
    Hyperlink { link, history: None, children }
}

/// Raises or lowers a run's characters.
pub(super) fn shifted(mut run: Run, shift: Shift) -> Run {
    let align = match shift {
        Shift::None => return run,
        Shift::Raised => VertAlignType::SuperScript,
        Shift::Lowered => VertAlignType::SubScript,
    };
    run.run_property = run.run_property.vert_align(align);
    run
}

/// The beginning of a bookmark.
pub(super) fn bookmark(id: usize, name: &str) -> ParagraphChild {
    ParagraphChild::BookmarkStart(BookmarkStart::new(id, escaped(name)))
}

/// A picture of the package, in English metric units.
pub(super) fn picture(relationship: &str, width: u32, height: u32) -> Run {
    let pic = Pic::new_with_dimensions(Vec::new(), 1, 1).id(escaped(relationship)).size(width, height);
    Run::new().add_image(pic)
}
