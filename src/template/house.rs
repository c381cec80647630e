//! A house style: the whole of a template.

use super::chart::{CHARTS, Charts};
use super::fonts::{FONT_FIGURES, FONTS, font_spec};
use super::page::{
    GRID, Grid, HEADER, PAGE, PAGE_MARK, PAGE_NUMBERS, PageMarkRules, PageNumbers, PageSetup, RunningHeader, WATERMARK,
    Watermark,
};
use super::parts::{
    COMPOSE, Closing, ComposeRules, FIGURES, Figures, HEAD, Head, IMPRINT, ImprintRules, NUMBERING, Numbering, SEALS,
    STATISTICS, Seals, StatisticsRules, TABLES, Tables,
};
use super::section::{Read, object};
use super::style::{Leading, STYLES, Style, styles};
use super::style_name::StyleName;
use super::words::{WORDS, Words};
use crate::model::{FontSpec, Length, Lie};
use crate::yaml::shape::{Field, Object, Shape};
use crate::yaml::tree::Node;

const fn section(key: &'static str, object: &'static Object, about: &'static str) -> Field {
    Field { key, required: true, shape: Shape::Object(object), about }
}

/// The keys of a template.
pub(super) static TEMPLATE: Object = object(
    ("模板", "a template"),
    &[
        Field {
            key: "scale",
            required: false,
            shape: Shape::Number(0.5, 3.0),
            about: "字号、行距的倍数：正文、表格、图表、脚注一起放大或缩小；页面和字格照写的",
        },
        section("page", &PAGE, "纸张与页边"),
        section("grid", &GRID, "每页行数、每行字数"),
        section("fonts", &FONTS, "字体"),
        section("font-figures", &FONT_FIGURES, "字体的校正数"),
        section("styles", &STYLES, "样式"),
        section("numbering", &NUMBERING, "编号"),
        section("head", &HEAD, "红头"),
        section("seals", &SEALS, "联合行文的印章"),
        section("imprint", &IMPRINT, "版记"),
        section("page-numbers", &PAGE_NUMBERS, "页码"),
        Field { key: "header", required: false, shape: Shape::Object(&HEADER), about: "页眉；不写则没有" },
        section("page-mark", &PAGE_MARK, "各页左上角的标记"),
        section("watermark", &WATERMARK, "水印"),
        section("tables", &TABLES, "表格的线和空"),
        section("charts", &CHARTS, "图表的线、灰度和空"),
        section("figures", &FIGURES, "图片"),
        section("words", &WORDS, "程序印出的字"),
        section("statistics", &STATISTICS, "统计"),
        section("compose", &COMPOSE, "排版规则"),
    ],
);

/// A house style.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// The name that reports use (the file's stem).
    pub name: String,
    /// Paper and margins.
    pub page: PageSetup,
    /// The character grid.
    pub grid: Grid,
    /// Which faces play which role.
    pub fonts: FontSpec,
    /// One style a name, in the order of [`StyleName::ALL`].
    pub styles: Vec<Style>,
    /// How headings and points are numbered.
    pub numbering: Numbering,
    /// The red head of official documents.
    pub head: Head,
    /// The seals of a joint document.
    pub seals: Seals,
    /// The rules of the imprint.
    pub imprint: ImprintRules,
    /// Page numbers.
    pub page_numbers: PageNumbers,
    /// The running header; None: there is none.
    pub header: Option<RunningHeader>,
    /// The mark on every page.
    pub page_mark: PageMarkRules,
    /// The text behind that of pages.
    pub watermark: Watermark,
    /// Tables.
    pub tables: Tables,
    /// Charts.
    pub charts: Charts,
    /// Pictures.
    pub figures: Figures,
    /// The words that the program prints by itself.
    pub words: Words,
    /// How statistics are reckoned.
    pub statistics: StatisticsRules,
    /// Rules of composition.
    pub compose: ComposeRules,
    /// How the Word file closes up its characters. Whoever builds it chooses, no template does.
    pub closing: Closing,
}

impl Template {
    /// Reads a tree that has passed [`TEMPLATE`]: `None` is what that check has refused.
    pub(super) fn read(root: &Node, name: &str) -> Option<Self> {
        let scale = root.get("scale").and_then(f64::read);
        let template = Self {
            name: name.to_owned(),
            page: PageSetup::read(root.get("page")?)?,
            grid: Grid::read(root.get("grid")?)?,
            fonts: font_spec(root.get("fonts")?, root.get("font-figures")?)?,
            styles: styles(root.get("styles")?)?,
            numbering: Numbering::read(root.get("numbering")?)?,
            head: Head::read(root.get("head")?)?,
            seals: Seals::read(root.get("seals")?)?,
            imprint: ImprintRules::read(root.get("imprint")?)?,
            page_numbers: PageNumbers::read(root.get("page-numbers")?)?,
            header: root.get("header").and_then(RunningHeader::read),
            page_mark: PageMarkRules::read(root.get("page-mark")?)?,
            watermark: Watermark::read(root.get("watermark")?)?,
            tables: Tables::read(root.get("tables")?)?,
            charts: Charts::read(root.get("charts")?)?,
            figures: Figures::read(root.get("figures")?)?,
            words: Words::read(root.get("words")?)?,
            statistics: StatisticsRules::read(root.get("statistics")?)?,
            compose: ComposeRules::read(root.get("compose")?)?,
            closing: Closing::default(),
        };
        Some(match scale {
            Some(scale) => template.scaled(scale),
            None => template,
        })
    }

    /// The same with all type, and what is measured by it, so many times as large; page and grid stay.
    fn scaled(mut self, scale: f64) -> Self {
        for style in &mut self.styles {
            style.size = style.size * scale;
            style.steps.iter_mut().for_each(|size| *size = *size * scale);
            if let Leading::Exact(leading) = style.leading {
                style.leading = Leading::Exact(leading * scale);
            }
            if let Some(rule) = &mut style.rule {
                (rule.above, rule.below) = (rule.above * scale, rule.below * scale);
            }
        }
        for size in &mut self.tables.steps {
            *size = *size * scale;
        }
        self.tables.space = self.tables.space * scale;
        let charts = &mut self.charts;
        for length in [&mut charts.marker, &mut charts.widest, &mut charts.gap, &mut charts.smallest] {
            *length = *length * scale;
        }
        self
    }

    /// The style of a name. A template that was read has all of them.
    #[must_use]
    pub fn style(&self, name: StyleName) -> &Style {
        let at = self.styles.iter().position(|s| s.name == name).unwrap_or(0);
        &self.styles[at]
    }

    /// Takes the next smaller size of a style, its leading in proportion; false where there is none.
    pub(crate) fn step_down(&mut self, name: StyleName) -> bool {
        let Some(style) = self.styles.iter_mut().find(|style| style.name == name) else { return false };
        let Some(size) = style.steps.iter().copied().find(|size| *size < style.size) else { return false };
        if let Leading::Exact(leading) = style.leading {
            style.leading = Leading::Exact(leading * (size / style.size));
        }
        style.size = size;
        true
    }

    /// How wide the type area is to what lies on a page in a way.
    #[must_use]
    pub fn measure(&self, lie: Lie) -> Length {
        match lie {
            Lie::Upright => self.page.measure(),
            Lie::Turned => self.page.depth(),
        }
    }

    /// How many rows of the grid a page has for it. The last one needs its glyphs' height only.
    #[must_use]
    pub fn lines(&self, lie: Lie) -> u32 {
        let (page, grid) = (&self.page, &self.grid);
        match lie {
            Lie::Upright => grid.lines,
            Lie::Turned => ((page.measure() + grid.pitch - grid.cell) / grid.pitch + 1e-6).floor().max(1.0) as u32,
        }
    }

    /// How many rows of the grid a chart takes: there is one more on a page, for its caption. One that lies on its side fills its
    /// page.
    #[must_use]
    pub fn chart_rows(&self, lie: Lie) -> u32 {
        let most = self.lines(lie).saturating_sub(1);
        match lie {
            Lie::Upright => self.charts.rows.min(most).max(1),
            Lie::Turned => most.max(1),
        }
    }

    /// How high so many rows of the grid are that hold something drawn, with half the space between two rows below it.
    #[must_use]
    pub fn height_of(&self, rows: u32) -> Length {
        self.grid.pitch * f64::from(rows) - (self.grid.pitch - self.grid.cell) / 2.0
    }

    /// The fewest rows that are at least so high.
    #[must_use]
    pub fn rows_of(&self, height: Length) -> u32 {
        let high = height + (self.grid.pitch - self.grid.cell) / 2.0;
        (high / self.grid.pitch - 1e-6).ceil().max(1.0) as u32
    }
}
