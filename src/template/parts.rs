//! The smaller sections: numbering, red head, imprint, tables, pictures, composition.

use super::section::{EM, section};
use super::style_name::StyleName;
use super::units;
use crate::diagnostic::{Vocabulary as _, words};
use crate::model::{Length, Scheme};
use crate::yaml::shape::Shape;
use crate::yaml::tree::Node;

section! {
    /// Numbers of headings, points, tables and so on.
    #[derive(Eq)]
    pub struct Numbering = NUMBERING ("numbering", "numbering") {
        /// By level from 1; None: the level has no numbers.
        headings: [Option<Scheme>; 4] = need "headings" with headings, Shape::List(&Shape::Scheme { none: true }, 4, 4),
            "一至四级标题的编号";
        /// Points: 一是.
        points: Scheme = need "points", Shape::Scheme { none: false }, "要点";
        /// Tables: 表1.
        tables: Scheme = need "tables", Shape::Scheme { none: false }, "表";
        /// Figures: 图1.
        figures: Scheme = need "figures", Shape::Scheme { none: false }, "图";
        /// Attachments: 附件1.
        attachments: Scheme = need "attachments", Shape::Scheme { none: false }, "附件";
        /// Items of ordered lists, by level from 1: 1.. One that is given alone is for all levels.
        lists: [Scheme; LIST_LEVELS] = need "lists" with lists, SCHEMES, "有序列表；一至四级写成列表";
        /// The marks before items of unordered lists, likewise.
        bullet: [String; LIST_LEVELS] = need "bullet" with bullets, BULLETS, "无序列表的符号；一至四级写成列表";
        /// Glossary terms: 1..
        terms: Scheme = need "terms", Shape::Scheme { none: false }, "名词解释";
        /// Footnote marks: ①.
        notes: Scheme = need "notes", Shape::Scheme { none: false }, "脚注";
        /// Where footnotes are numbered again.
        notes_restart: NotesRestart = may "notes-restart" or NotesRestart::None, Shape::Choice(NotesRestart::WORDS),
            "脚注号。none：全文连续；page：每页从头编";
        /// Where points are counted again.
        points_restart: PointsRestart = may "points-restart" or PointsRestart::Run, Shape::Choice(PointsRestart::WORDS),
            "要点。run：连着的几项编在一起；none：全文（每个附件）接着编，隔着标题、段落也一样，如 第一条";
        /// The numbers in the list of attachments below the text; given: the list is there without a red head too. None: those of
        /// ordered lists.
        attachment_names: Option<Scheme> = may "attachment-names", Shape::Scheme { none: false },
            "附件说明里各附件的编号；写上则没有红头也有附件说明。默认同有序列表";
    }
}

words! {
    /// Where points are counted again.
    #[derive(Default)]
    pub enum PointsRestart {
        /// Each run of them, which any other block ends.
        #[default]
        Run = "run",
        /// Nowhere, but in attachments.
        None = "none",
    }
}

words! {
    /// Where footnotes are numbered again.
    #[derive(Default)]
    pub enum NotesRestart {
        /// Nowhere.
        #[default]
        None = "none",
        /// On each page.
        Page = "page",
    }
}

/// How deep lists are within one another.
pub const LIST_LEVELS: usize = StyleName::LIST_ITEMS.len();

const SCHEME: Shape = Shape::Scheme { none: false };
const SCHEMES: Shape = Shape::OneOf(&[SCHEME, Shape::List(&SCHEME, 1, LIST_LEVELS)]);
const BULLETS: Shape = Shape::OneOf(&[Shape::Text, Shape::List(&Shape::Text, 1, LIST_LEVELS)]);

fn lists(node: &Node) -> Option<[Scheme; LIST_LEVELS]> {
    by_level(node, |node| node.as_text().and_then(units::scheme))
}

fn bullets(node: &Node) -> Option<[String; LIST_LEVELS]> {
    by_level(node, |node| node.as_text().map(str::to_owned))
}

/// What is given for each level, or once for all; the last one is for the levels below it too.
fn by_level<T: Clone>(node: &Node, read: fn(&Node) -> Option<T>) -> Option<[T; LIST_LEVELS]> {
    let given = node.as_list().unwrap_or(std::slice::from_ref(node));
    let given: Vec<T> = given.iter().map(read).collect::<Option<_>>()?;
    let last = given.last()?.clone();
    let mut given = given.into_iter();
    Some(std::array::from_fn(|_| given.next().unwrap_or_else(|| last.clone())))
}

impl Numbering {
    /// How the names of attachments are counted below the text (GB/T 9704 7.3.4).
    #[must_use]
    pub fn names(&self) -> &Scheme {
        self.attachment_names.as_ref().unwrap_or_else(|| self.list(1))
    }

    /// How items of ordered lists are counted that are in so many lists, from 1.
    #[must_use]
    pub fn list(&self, level: u8) -> &Scheme {
        &self.lists[list_index(level)]
    }

    /// The mark before items of unordered lists likewise.
    #[must_use]
    pub fn bullet(&self, level: u8) -> &str {
        &self.bullet[list_index(level)]
    }
}

fn list_index(level: u8) -> usize {
    usize::from(level).clamp(1, LIST_LEVELS) - 1
}

fn headings(node: &Node) -> Option<[Option<Scheme>; 4]> {
    let level = |node: &Node| node.as_text().filter(|t| *t != "none").and_then(units::scheme);
    node.as_list()?.iter().map(level).collect::<Vec<_>>().try_into().ok()
}

section! {
    /// The red head of official documents (GB/T 9704 7.2.4, 7.2.7).
    pub struct Head = HEAD ("head", "head") {
        /// From the top of the type area to that of the issuing authority: 35 mm.
        top: Length = need "top", Shape::Length, "发文机关标志距版心上边缘";
        /// Weight of the red rule.
        rule: Length = need "rule", Shape::Length, "红色分隔线的粗细";
        /// From the document number down to the red rule: 4 mm.
        gap: Length = need "gap", Shape::Length, "红色分隔线距发文字号";
        /// Smaller sizes of the authority, largest first, for names that have no room on a line and for first pages that
        /// would show no text.
        steps: Vec<Length> = may "steps" or Vec::new(), Shape::List(&Shape::Length, 0, 20),
            "机关名称一行排不下，或首页排不下正文时，发文机关标志依次用的字号，由大到小";
        /// The title is printed below it; false: an order has none, its title is kept in the file's properties.
        title: bool = may "title" or true, Shape::Bool, "红头下印标题；false：命令（令）没有标题，只记入文件属性";
        /// Between the names of several authorities and what is beside them, in em.
        beside: f64 = may "beside" or 0.5, EM, "“文件”与机关名称之间空几字";
        /// The head is that of a letter; its `top` is from the paper's edge, its rule the heavy one of two. None: it is not.
        letter: Option<LetterRules> = may "letter", Shape::Object(&LETTER),
            "信函的红色双线；写上则 top 从上页边量起，双线在发文机关标志下，rule 是粗线";
    }
}

section! {
    /// The double rules of a letter (GB/T 9704 10.1): heavy above light below the authority, light above heavy at the foot.
    #[derive(Copy)]
    pub struct LetterRules = LETTER ("letter", "letter") {
        /// Weight of the light rule.
        thin: Length = need "thin", Shape::Length, "细线的粗细";
        /// Between the two.
        between: Length = need "between", Shape::Length, "粗线与细线之间";
        /// How long they are, in the middle of the paper: 170 mm.
        width: Length = need "width", Shape::Length, "双线的长度";
        /// From the paper's foot to the second pair: 20 mm.
        foot: Length = need "foot", Shape::Length, "第二条双线距下页边";
    }
}

impl LetterRules {
    /// The height of a pair whose heavy rule is so thick.
    #[must_use]
    pub fn height(&self, heavy: Length) -> Length {
        heavy + self.between + self.thin
    }
}

section! {
    /// The places of seals below a document (GB/T 9704 7.3.5).
    #[derive(Copy)]
    pub struct Seals = SEALS ("seals", "seals") {
        /// Diameter of a seal: 42 mm.
        size: Length = need "size", Shape::Length, "印章直径";
        /// Between two seals at least.
        apart: Length = need "apart", Shape::Length, "印章之间至少空多少";
        /// The most in a row.
        across: u32 = need "across", Shape::Integer(1, 10), "一排至多几个印章";
        /// How wide the place of a name stamp is; the standard does not say.
        stamp_width: Length = need "stamp-width", Shape::Length, "签名章的宽";
        /// How high it is.
        stamp_height: Length = need "stamp-height", Shape::Length, "签名章的高";
    }
}

section! {
    /// The rules of the imprint (GB/T 9704 7.4.1), and what it holds.
    #[derive(Copy)]
    pub struct ImprintRules = IMPRINT ("imprint", "imprint") {
        /// Weight of the first and the last: 0.35 mm.
        outer: Length = need "outer", Shape::Length, "首条、末条分隔线的粗细";
        /// Weight of those between: 0.25 mm.
        inner: Length = need "inner", Shape::Length, "中间分隔线的粗细";
        /// It says who printed it and when, between rules, on an even page; false: a letter's has whom copies go to alone, on the last page.
        printed: bool = may "printed" or true, Shape::Bool,
            "有分隔线、印发机关和印发日期，在偶数页；false：信函的版记只有抄送机关，在最后一面";
    }
}

words! {
    /// Which rules a table has.
    pub enum TableRules {
        /// Around every cell.
        Grid = "grid",
        /// Above and below the table, and below its head (三线表).
        ThreeLine = "three-line",
    }
}

section! {
    /// How tables look.
    pub struct Tables = TABLES ("tables", "tables") {
        /// Which rules they have.
        rules: TableRules = need "rules", Shape::Choice(TableRules::WORDS), "grid：框线；three-line：三线表";
        /// Around the table; above and below it where it has three rules.
        heavy: Length = need "heavy", Shape::Length, "外框，三线表的顶线、底线";
        /// Within the table.
        light: Length = need "light", Shape::Length, "内线，三线表的栏目线";
        /// Left and right of a cell's text at least, in em of its style.
        padding: f64 = need "padding", Shape::Number(0.0, 5.0), "单元格左右至少空几字";
        /// The same where the columns do not hold what they must otherwise; None: no closer.
        tight: Option<f64> = may "tight", Shape::Number(0.0, 5.0), "栏多放不下时，单元格左右至少空几字";
        /// What each level of texts in bound tables is indented by, in em.
        indent: f64 = need "indent", Shape::Number(0.0, 10.0), "数据里缩进的文字，每级缩进几字";
        /// The sizes of type, largest first, for tables that have no room in that of their styles.
        steps: Vec<Length> = may "steps" or Vec::new(), Shape::List(&Shape::Length, 0, 20),
            "还放不下时依次用的字号，由大到小；最后一个也放不下就报错";
        /// Above and below a cell's text at least.
        space: Length = need "space", Shape::Length, "单元格上下至少空多少";
        /// A table of at most so many rows of the grid stays on one page.
        whole: u32 = need "whole", Shape::Integer(0, 200), "不超过几行的表不跨页";
    }
}

section! {
    /// How pictures are written.
    #[derive(Copy)]
    pub struct Figures = FIGURES ("figures", "figures") {
        /// Between two side by side.
        gap: Length = need "gap", Shape::Length, "并排的图之间空多少";
        /// The narrowest that a picture in a cell becomes where its table has little room, if no width is given.
        in_cell: Length = need "in-cell", Shape::Length, "单元格里没写宽度的图，至少印多宽";
        /// Dots an inch of a picture of shapes, where a program cannot draw shapes.
        dpi: f64 = need "dpi", Shape::Integer(72, 1200), "SVG 图在 Word 文件中的后备位图，每英寸几点";
        /// A picture with fewer dots an inch in print is told of.
        least_dpi: f64 = may "least-dpi" or 0.0, Shape::Integer(0, 1200), "图片印出来每英寸少于几点就提醒";
        /// So many rows left empty before a picture or table are told of; None: never.
        empty_rows: Option<u32> = may "empty-rows", Shape::Integer(1, 200), "图、表排到下页，上页空出几行就提醒";
    }
}

section! {
    /// How statistics are reckoned.
    #[derive(Copy)]
    pub struct StatisticsRules = STATISTICS ("statistics", "statistics") {
        /// Characters that a speaker reads in a minute.
        rate: u32 = need "rate", Shape::Integer(1, 10_000), "宣读时每分钟多少字";
    }
}

words! {
    /// How lines are composed.
    #[derive(Default)]
    pub enum Compose {
        /// The optimum over whole paragraphs.
        #[default]
        Fine = "fine",
        /// As Word does by default.
        Word = "word",
        /// As LibreOffice does with our Word file.
        LibreOffice = "libreoffice",
    }
}

/// How the Word file closes up its characters, whose sizes are whole half points, to the cells of the grid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Closing {
    /// By spacing in the styles: Latin letters and digits too.
    #[default]
    Styles,
    /// By the grid: East Asian characters alone, by as much in every style.
    Grid,
}

section! {
    /// Rules of composition that houses choose.
    #[derive(Copy)]
    pub struct ComposeRules = COMPOSE ("compose", "compose") {
        /// The policy.
        policy: Compose = may "policy" or Compose::Fine, Shape::Choice(Compose::WORDS), "断行方法";
        /// Gap between Han and Latin or digits, in em; 0: none, as official reports print it.
        cjk_latin_gap: f64 = may "cjk-latin-gap" or 0.0, Shape::Number(0.0, 1.0), "汉字与西文之间的空隙（em）";
        /// The last line of a paragraph holds at least so many Han characters where that can be had.
        last_line_chars: u32 = may "last-line-chars" or 0, Shape::Integer(0, 20), "段末行至少几字";
        /// An opening mark at a paragraph's start loses its left half.
        trim_paragraph_start: bool = may "trim-paragraph-start" or false, Shape::Bool, "段首前括号去掉左边的空";
    }
}
