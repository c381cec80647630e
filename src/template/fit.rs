//! What a template's figures must satisfy together.

use super::house::Template;
use super::style::Leading;
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::model::Length;
use crate::yaml::tree::{Kind, Node};

/// Refuses figures that are right each for itself and wrong together. `root`: the tree, for their places.
pub(super) fn misfits(template: &Template, root: &Node, diagnostics: &mut Vec<Diagnostic>) {
    grid(template, root, diagnostics);
    type_sizes(template, root, diagnostics);
    note_marks(template, root, diagnostics);
    word_ids(root, diagnostics);
}

/// Type that is larger than its lines are apart: they would be printed into one another.
fn type_sizes(template: &Template, root: &Node, diagnostics: &mut Vec<Diagnostic>) {
    for style in &template.styles {
        let Leading::Rows(rows) = style.leading else { continue };
        let (key, leading) = (style.name.word(), template.grid.pitch * rows);
        if style.size <= leading + Length::pt(0.01) {
            continue;
        }
        let place =
            root.get("styles").and_then(|styles| styles.get(key)).map(|style| style.get("size").unwrap_or(style));
        let (size, leading) = (style.size.to_pt(), leading.to_pt());
        diagnostics.push(Diagnostic::error(
            Code::TEMPLATE_MISFIT,
            place.map(Node::head),
            say!(
                "样式 {key} 的字号 {size} 磅，行距只有 {leading} 磅，上下两行会叠在一起",
                "style {key}: type of {size} pt on lines {leading} pt apart, which would be printed into one another"
            ),
            say!("写上 leading，如 leading: {size}pt", "add leading, such as leading: {size}pt"),
        ));
    }
}

fn grid(template: &Template, root: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let (page, grid) = (&template.page, &template.grid);
    if page.measure() <= Length::ZERO || page.depth() <= Length::ZERO {
        diagnostics.push(Diagnostic::error(
            Code::TEMPLATE_MISFIT,
            place(root, &[("page", "margins"), ("page", "size")]),
            say!("页边之和超过了纸张", "the margins leave nothing of the paper"),
            say!("减小页边，或者换大的纸张", "make the margins smaller or the paper larger"),
        ));
        return;
    }
    // A hundredth of a millimetre a character is what rounding the cell to 0.001 pt can bring.
    let slack = Length::mm(0.3);
    let (wide, measure) = (grid.cell * f64::from(grid.chars), page.measure());
    if wide > measure + slack {
        let (chars, wide, measure) = (grid.chars, wide.to_mm(), measure.to_mm());
        diagnostics.push(Diagnostic::error(
            Code::TEMPLATE_MISFIT,
            place(root, &[("grid", "chars"), ("grid", "cell"), ("page", "margins"), ("page", "size")]),
            say!(
                "一行 {chars} 字宽 {wide:.1} 毫米，版心只有 {measure:.1} 毫米",
                "{chars} characters are {wide:.1} mm wide, the type area {measure:.1} mm"
            ),
            say!("减少字数、减小 cell，或者减小页边", "make chars or cell smaller, or the margins"),
        ));
    }
    // The last line needs its glyphs' height only, not a whole pitch.
    let (deep, depth) = (grid.pitch * f64::from(grid.lines - 1) + grid.cell, page.depth());
    if deep > depth + slack {
        let (lines, deep, depth) = (grid.lines, deep.to_mm(), depth.to_mm());
        diagnostics.push(Diagnostic::error(
            Code::TEMPLATE_MISFIT,
            place(root, &[("grid", "lines"), ("grid", "pitch"), ("page", "margins"), ("page", "size")]),
            say!(
                "{lines} 行高 {deep:.1} 毫米，版心只有 {depth:.1} 毫米",
                "{lines} lines are {deep:.1} mm high, the type area {depth:.1} mm"
            ),
            say!("减少行数、减小 pitch，或者减小页边", "make lines or pitch smaller, or the margins"),
        ));
    }
}

/// Word counts footnotes by a number alone, with nothing before or behind it.
fn note_marks(template: &Template, root: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let (notes, mark) = (&template.numbering.notes, template.numbering.notes.write(1));
    if notes.before.is_empty() && notes.after.is_empty() {
        return;
    }
    diagnostics.push(Diagnostic::error(
        Code::TEMPLATE_MISFIT,
        place(root, &[("numbering", "notes")]),
        say!(
            "脚注号“{mark}”带有前后的字，Word 的脚注号只有号本身",
            "the mark of notes \"{mark}\" has characters beside the number, which Word's footnotes do not have"
        ),
        say!("只写号，如 ①、1、一", "write the number alone: ①, 1 or 一"),
    ));
}

/// The place of the first of these keys that the template itself gives; else of the first.
fn place(root: &Node, keys: &[(&str, &str)]) -> Option<Span> {
    let places = || keys.iter().filter_map(|(outer, inner)| Some(root.get(outer)?.get(inner)?.head()));
    places().find(|span| span.file == root.span.file).or_else(|| places().next())
}

/// The ids of styles in a Word file are ASCII letters and digits.
fn word_ids(root: &Node, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(Kind::Map(styles)) = root.get("styles").map(|n| &n.kind) {
        for (_, node) in styles {
            let id = node.get("word").and_then(|w| w.get("id"));
            let Some((id, name)) = id.and_then(|n| n.as_text().map(|t| (n, t))) else { continue };
            if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
                diagnostics.push(Diagnostic::error(
                    Code::TEMPLATE_MISFIT,
                    id.span,
                    say!(
                        "Word 的样式编号“{name}”不是英文字母和数字",
                        "the Word style id \"{name}\" is not made of ASCII letters and digits"
                    ),
                    say!("只用英文字母和数字，例如 Heading1", "use ASCII letters and digits only, such as Heading1"),
                ));
            }
        }
    }
}
