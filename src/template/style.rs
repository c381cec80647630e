//! One style: face, size, distance of lines, alignment, blank around it.

use super::page::Grid;
use super::section::{EM, Read, object, one_each, section};
use super::style_name::StyleName;
use crate::diagnostic::{Vocabulary as _, words};
use crate::model::{Color, FontRole, Length};
use crate::yaml::shape::{Field, Object, Shape};
use crate::yaml::tree::{Kind, Node};

words! {
    /// How lines are aligned between the edges of the measure.
    pub enum Align {
        /// Both edges, the last line left.
        Justify = "justify",
        /// Left.
        Left = "left",
        /// Centred.
        Center = "center",
        /// Right.
        Right = "right",
    }
}

/// From baseline to baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Leading {
    /// So many rows of the grid a line.
    Rows(f64),
    /// An exact length; the block is then filled up to whole rows of the grid, its lines in the middle of them.
    Exact(Length),
}

impl Read for Leading {
    fn read(node: &Node) -> Option<Self> {
        match node.kind {
            Kind::Number(_) => f64::read(node).map(Self::Rows),
            _ => Length::read(node).map(Self::Exact),
        }
    }
}

impl Read for Color {
    /// Four shares of ink in hundredths.
    fn read(node: &Node) -> Option<Self> {
        let inks = Vec::<f32>::read(node)?;
        let &[cyan, magenta, yellow, black] = inks.as_slice() else { return None };
        let [cyan, magenta, yellow, black] = [cyan, magenta, yellow, black].map(|ink: f32| ink / 100.0);
        Some(Self { cyan, magenta, yellow, black })
    }
}

static NAMES: [Field; StyleName::ALL.len()] = one_each(StyleName::WORDS, StyleName::ABOUT, Shape::Object(&STYLE));
pub(super) static STYLES: Object = object(("styles", "styles"), &NAMES);

/// The styles of a template, in the order of [`StyleName::ALL`].
pub(super) fn styles(node: &Node) -> Option<Vec<Style>> {
    StyleName::ALL.into_iter().map(|name| Style::from_keys(node.get(name.word())?, name)).collect()
}

section! {
    /// One style.
    pub struct Style = STYLE ("样式", "a style") given (
        /// Its name.
        name: StyleName
    ) {
        /// The face.
        font: FontRole = need "font", Shape::Choice(FontRole::WORDS), "字体";
        /// The size.
        size: Length = need "size", Shape::Length, "字号";
        /// The face of automatic numbers; None: the style's.
        number_font: Option<FontRole> = may "number-font", Shape::Choice(FontRole::WORDS), "自动编号的字体；默认同 font";
        /// Smaller sizes, largest first, for texts that have no room in their place.
        steps: Vec<Length> = may "steps" or Vec::new(), Shape::List(&Shape::Length, 0, 20),
            "文字排不进它的位置时依次用的字号，由大到小；最后一个也排不下就报错";
        /// Distance of its lines.
        leading: Leading = may "leading" or Leading::Rows(1.0), Shape::OneOf(&[Shape::Number(0.1, 20.0), Shape::Length]),
            "行距：长度，或以行为单位的数；默认一行";
        /// How its lines are aligned.
        align: Align = need "align", Shape::Choice(Align::WORDS), "对齐";
        /// How a heading is aligned whose level has no numbers, without indent; None: as with a number.
        unnumbered: Option<Align> = may "unnumbered", Shape::Choice(Align::WORDS), "不编号时的对齐（不缩进）";
        /// Indent of the first line, in em of the style.
        first_line: f64 = may "first-line" or 0.0, EM, "首行缩进（字）";
        /// Indent of all lines on the left, in em.
        indent_left: f64 = may "indent-left" or 0.0, EM, "左缩进（字）";
        /// Indent of all lines on the right, in em.
        indent_right: f64 = may "indent-right" or 0.0, EM, "右缩进（字）";
        /// Rows of the grid left empty above (not at the top of a page).
        rows_before: f64 = may "rows-before" or 0.0, EM, "上空几行";
        /// Rows of the grid left empty below.
        rows_after: f64 = may "rows-after" or 0.0, EM, "下空几行";
        /// How many lines of what follows must be on the same page; 0: none.
        keep_next: u32 = may "keep-next" or 0, Shape::Integer(0, 50), "与下文几行同页";
        /// The fewest lines of a block at the foot and at the head of a page.
        orphans: u32 = may "orphans" or 1, Shape::Integer(1, 50), "页首页尾至少几行";
        /// Emboldened.
        strong: bool = may "strong" or false, Shape::Bool, "加粗";
        /// Its ink.
        color: Color = may "color" or Color::BLACK, Shape::List(&Shape::Number(0.0, 100.0), 4, 4),
            "颜色：青、品红、黄、黑各百分之几";
        /// Space between the letters of a short line (工 作 报 告; a speaker's name of two characters); None: none.
        spread: Option<Spread> = may "spread", Shape::Object(&SPREAD), "短行字间加空";
        /// The rule above the first of such blocks on a page: that of footnotes; None: none.
        rule: Option<StyleRule> = may "rule", Shape::Object(&STYLE_RULE), "上方的横线（脚注）";
        /// How Word knows it.
        word: WordStyle = need "word", Shape::Object(&WORD), "Word 里的样式";
    }
}

impl Style {
    /// Rows of the grid that a block of so many lines takes, without those left empty above and below.
    ///
    /// Lines at an exact leading are in the middle of the rows that hold them. A single one whose style counts empty rows
    /// beside it takes its own row, so that these are whole.
    #[must_use]
    pub fn rows(&self, lines: usize, grid: &Grid) -> f64 {
        let depth = match self.leading {
            Leading::Rows(rows) => return rows * lines.max(1) as f64,
            Leading::Exact(_) if lines <= 1 && self.rows_before + self.rows_after > 0.0 => self.size,
            Leading::Exact(leading) => leading * lines as f64,
        };
        // Rounding in the template may come to slightly more than a whole row.
        (depth / grid.pitch - 1e-3).ceil().max(1.0)
    }
}

section! {
    /// The opening of short lines. It is a matter of style: the text holds no spaces.
    #[derive(Copy)]
    pub struct Spread = SPREAD ("spread", "spread") {
        /// Between two characters, in em.
        by: f64 = need "by", EM, "字间空多少（em）";
        /// Lines of at most so many characters.
        up_to: u32 = need "up-to", Shape::Integer(1, 100), "不多于几字的行";
    }
}

section! {
    /// A rule above a block.
    #[derive(Copy)]
    pub struct StyleRule = STYLE_RULE ("rule", "rule") {
        /// Its thickness.
        weight: Length = need "weight", Shape::Length, "粗细";
        /// Its length.
        width: Length = need "width", Shape::Length, "长度";
        /// Blank above it.
        above: Length = need "above", Shape::Length, "线上的空";
        /// Blank below it.
        below: Length = need "below", Shape::Length, "线下的空";
    }
}

section! {
    /// How Word knows a style.
    #[derive(Eq)]
    pub struct WordStyle = WORD ("word", "word") {
        /// The style id in the file: ASCII.
        id: String = need "id", Shape::Text, "样式编号（英文）";
        /// The name by which programs match it: Word's own English name for built-in styles (`heading 1`), which Word shows
        /// in Chinese, else the Chinese name.
        name: String = need "name", Shape::Text, "样式名";
    }
}
