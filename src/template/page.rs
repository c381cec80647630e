//! Paper, margins, the character grid and page numbers.

use super::section::{EM, Read, section};
use crate::diagnostic::{Vocabulary as _, words};
use crate::model::{Color, FontRole, Length};
use crate::yaml::shape::Shape;
use crate::yaml::tree::Node;

/// Paper and margins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageSetup {
    /// Width of the paper.
    pub width: Length,
    /// Height of the paper.
    pub height: Length,
    /// 天头: above the type area.
    pub top: Length,
    /// Below the type area.
    pub bottom: Length,
    /// 订口: left, or the binding side of each page where `mirror` is set.
    pub inner: Length,
    /// The other side.
    pub outer: Length,
    /// True: margins change sides on even pages.
    pub mirror: bool,
}

section! {
    struct Margins = MARGINS ("margins", "margins") {
        top: Length = need "top", Shape::Length, "天头";
        bottom: Length = need "bottom", Shape::Length, "地脚";
        inner: Length = need "inner", Shape::Length, "订口";
        outer: Length = need "outer", Shape::Length, "切口";
    }
}

section! {
    struct Paper = PAGE ("page", "page") {
        size: Vec<Length> = need "size", Shape::List(&Shape::Length, 2, 2), "纸张的宽、高";
        margins: Margins = need "margins", Shape::Object(&MARGINS), "页边";
        mirror: bool = may "mirror" or false, Shape::Bool, "偶数页订口换边";
    }
}

impl Read for PageSetup {
    fn read(node: &Node) -> Option<Self> {
        let Paper { size, margins: Margins { top, bottom, inner, outer }, mirror } = Paper::read(node)?;
        let &[width, height] = size.as_slice() else { return None };
        Some(Self { width, height, top, bottom, inner, outer, mirror })
    }
}

impl PageSetup {
    /// Width of the type area.
    #[must_use]
    pub fn measure(&self) -> Length {
        self.width - self.inner - self.outer
    }

    /// Height of the type area.
    #[must_use]
    pub fn depth(&self) -> Length {
        self.height - self.top - self.bottom
    }

    /// Left edge of the type area on page `number` (from 1).
    #[must_use]
    pub fn left(&self, number: usize) -> Length {
        if self.mirror && number.is_multiple_of(2) { self.outer } else { self.inner }
    }
}

section! {
    /// The character grid (GB/T 9704 5.2.3: 22 lines of 28 characters that fill the type area).
    #[derive(Copy)]
    pub struct Grid = GRID ("grid", "grid") {
        /// Characters a line.
        chars: u32 = need "chars", Shape::Integer(1, 200), "每行字数";
        /// Lines a page.
        lines: u32 = need "lines", Shape::Integer(1, 200), "每页行数";
        /// The cell's width, which is the body's em: 15.793 pt.
        cell: Length = need "cell", Shape::Length, "字宽";
        /// From baseline to baseline: 29.61 pt.
        pitch: Length = need "pitch", Shape::Length, "行距";
        /// Where the baseline lies in the cell, from its top, in em (0.88 for Han faces).
        ascent: f64 = need "ascent", Shape::Number(0.0, 2.0), "基线位置（em）";
    }
}

section! {
    /// Page numbers (GB/T 9704 7.5).
    pub struct PageNumbers = PAGE_NUMBERS ("page-numbers", "page-numbers") {
        /// The text before the number: `— `.
        before: String = may "before" or String::new(), Shape::Text, "页码前的符号";
        /// The text after it.
        after: String = may "after" or String::new(), Shape::Text, "页码后的符号";
        /// From the foot of the type area to the dash: 7 mm.
        below: Length = need "below", Shape::Length, "距版心下边缘";
        /// Indent from the outer edge, in em of the page number's style; None: centred.
        indent: Option<f64> = may "indent", EM, "外侧空几字；不写则居中";
        /// Printed on the first page too.
        first: bool = may "first" or true, Shape::Bool, "首页也印页码";
        /// Those of the contents.
        front: FrontNumbers = may "front" or FrontNumbers::None, Shape::Choice(FrontNumbers::WORDS),
            "目录的页码。none：不编；roman：小写罗马数字";
    }
}

section! {
    /// The running header of pages.
    pub struct RunningHeader = HEADER ("header", "header") {
        /// What it says on odd pages; `{title}` is the document's title.
        odd: String = may "odd" or "{title}".to_owned(), Shape::Text, "单页的页眉，{title} 是文件的标题";
        /// The same on even pages; None: as on odd ones.
        even: Option<String> = may "even", Shape::Text, "双页的页眉；不写则同单页";
        /// From its lower edge down to the type area.
        above: Length = need "above", Shape::Length, "距版心上边缘";
        /// The rule below it; 0: none.
        rule: Length = may "rule" or Length::ZERO, Shape::Length, "页眉线的粗细，0 则没有";
        /// From its type down to the rule.
        gap: Length = may "gap" or Length::ZERO, Shape::Length, "页眉线距文字";
        /// Printed on the first page of the text too.
        first: bool = may "first" or false, Shape::Bool, "正文首页也印页眉";
    }
}

impl RunningHeader {
    /// What it says on a page, `number` from 1.
    #[must_use]
    pub fn text(&self, number: usize, title: &str) -> String {
        let even = self.even.as_ref().filter(|_| number.is_multiple_of(2));
        even.unwrap_or(&self.odd).replace("{title}", title)
    }
}

section! {
    /// The mark at the top left of every page: 征求意见稿.
    #[derive(Copy)]
    pub struct PageMarkRules = PAGE_MARK ("page-mark", "page-mark") {
        /// From its lower edge down to the type area.
        above: Length = need "above", Shape::Length, "各页的标记距版心上边缘";
    }
}

/// A watermark reaches over at most this share of the paper's diagonal.
pub const WATERMARK_REACH: f64 = 0.8;

section! {
    /// A text behind that of all pages.
    pub struct Watermark = WATERMARK ("watermark", "watermark") {
        /// What it says, unless the report says another; None: nothing.
        text: Option<String> = may "text", Shape::Text, "水印的文字；报告里的 watermark 在先";
        /// Its face.
        font: FontRole = need "font", Shape::Choice(FontRole::WORDS), "字体";
        /// Its size; smaller where the page has no room for it.
        size: Length = need "size", Shape::Length, "字号；一页里排不下则缩小";
        /// Its ink. It is not transparent: light.
        color: Color = need "color", Shape::List(&Shape::Number(0.0, 100.0), 4, 4), "颜色：青、品红、黄、黑各百分之几；用浅色，不透明";
        /// How far it rises to the right, in degrees.
        angle: f64 = need "angle", Shape::Number(-90.0, 90.0), "向右上倾斜几度";
    }
}

words! {
    /// How pages before the text are numbered.
    #[derive(Default)]
    pub enum FrontNumbers {
        /// Not at all.
        #[default]
        None = "none",
        /// i, ii, iii.
        Roman = "roman",
    }
}
