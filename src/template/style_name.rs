//! The styles of a report: one table gives the enum, the keys of templates, and their places in Word.

use crate::diagnostic::words;

/// Where Word lists a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gallery {
    /// Its place in Word's lists: the lower, the nearer to the top.
    pub priority: u8,
    /// In the gallery of quick styles.
    pub quick: bool,
    /// Shown also in documents that do not use it yet.
    pub always: bool,
}

impl Gallery {
    /// What an editor reaches for in every document.
    const fn daily(priority: u8) -> Self {
        Self { priority, quick: true, always: true }
    }

    /// What an editor reaches for in documents that have such a part.
    const fn part(priority: u8) -> Self {
        Self { priority, quick: true, always: false }
    }

    /// What programs apply by themselves, or nobody applies by hand.
    const fn own(priority: u8) -> Self {
        Self { priority, quick: false, always: false }
    }
}

/// The style of the paragraph that the Enter key begins after one of a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStyle {
    /// The same.
    Same,
    /// This one.
    One(StyleName),
    /// The first of these that the document uses; none: the body's.
    FirstUsed(&'static [StyleName]),
}

/// Declares [`StyleName`] and the columns of its table.
macro_rules! styles {
    ($($name:ident = $key:literal, $about:literal, $gallery:expr, $next:expr;)*) => {
        words! {
            /// The styles that blocks and their parts are set in.
            pub enum StyleName {
                $(#[doc = concat!("`", $key, "`: ", $about, ".")] $name = $key ($about),)*
            }
        }

        impl StyleName {
            /// Its place in Word's lists. Built-in styles have the priority that Word gives them.
            #[must_use]
            pub const fn gallery(self) -> Gallery {
                match self { $(Self::$name => $gallery),* }
            }

            /// The style that follows it when one types on.
            #[must_use]
            pub const fn next(self) -> NextStyle {
                match self { $(Self::$name => $next),* }
            }
        }
    };
}

use Gallery as G;
use NextStyle::{FirstUsed, One, Same};
use StyleName as S;

// The name, its key in templates, what it is for, its place in Word, the style that follows it there.
styles! {
    Body = "body", "正文", G::daily(1), Same;
    Title = "title", "标题", G::daily(10), FirstUsed(&[S::Occasion, S::Speaker, S::Addressee, S::Salutation]);
    Occasion = "occasion", "会议日期", G::part(11), FirstUsed(&[S::Speaker, S::Salutation]);
    Speaker = "speaker", "报告人", G::part(11), FirstUsed(&[S::Salutation]);
    Salutation = "salutation", "称呼", G::part(11), One(S::Body);
    Heading1 = "heading-1", "一级标题", G::daily(9), One(S::Body);
    Heading2 = "heading-2", "二级标题", G::daily(9), One(S::Body);
    Heading3 = "heading-3", "三级标题", G::daily(9), One(S::Body);
    Heading4 = "heading-4", "四级标题", G::daily(9), One(S::Body);
    Point = "point", "要点", G::daily(2), Same;
    Caption = "caption", "表题、图题", G::daily(35), One(S::Body);
    TableHead = "table-head", "表头", G::daily(36), Same;
    TableText = "table-text", "表格正文", G::daily(36), Same;
    Figure = "figure", "图片", G::part(37), One(S::Caption);
    Footnote = "footnote", "脚注", G::own(99), Same;
    PageNumber = "page-number", "页码", G::own(99), Same;
    PageHeader = "page-header", "页眉", G::own(99), Same;
    ContentsTitle = "contents-title", "目录标题", G::own(39), One(S::Contents1);
    Contents1 = "contents-1", "目录一级", G::own(39), Same;
    Contents2 = "contents-2", "目录二级", G::own(39), Same;
    Contents3 = "contents-3", "目录三级", G::own(39), Same;
    AttachmentMark = "attachment-mark", "附件标记", G::part(40), One(S::AttachmentTitle);
    AttachmentTitle = "attachment-title", "附件标题", G::part(40), One(S::Body);
    ListItem = "list-item", "列表项", G::daily(3), Same;
    ListItem2 = "list-item-2", "二级列表项", G::part(3), Same;
    ListItem3 = "list-item-3", "三级列表项", G::part(3), Same;
    ListItem4 = "list-item-4", "四级列表项", G::part(3), Same;
    ChartText = "chart-text", "图表文字", G::own(99), Same;
    CoverTitle = "cover-title", "封面标题", G::part(43), One(S::CoverSubtitle);
    CoverSubtitle = "cover-subtitle", "封面副标题", G::part(43), One(S::CoverLine);
    CoverLine = "cover-line", "封面落款", G::part(43), Same;
    GlossaryTitle = "glossary-title", "名词解释标题", G::part(38), One(S::GlossaryEntry);
    GlossaryEntry = "glossary-entry", "名词解释", G::part(38), Same;
    Signature = "signature", "署名", G::part(41), One(S::SignatureDate);
    SignatureDate = "signature-date", "成文日期", G::part(41), One(S::Body);
    CopyNumber = "copy-number", "份号", G::part(42), One(S::HeadMark);
    HeadMark = "head-mark", "密级和紧急程度", G::part(42), Same;
    Authority = "authority", "发文机关标志", G::part(42), One(S::DocumentNumber);
    DocumentNumber = "document-number", "发文字号", G::part(42), One(S::Title);
    Signer = "signer", "签发人", G::part(42), One(S::Title);
    Addressee = "addressee", "主送机关", G::part(42), One(S::Body);
    AttachmentNote = "attachment-note", "附件说明", G::part(42), Same;
    Attendance = "attendance", "出席、请假、列席人员", G::part(42), Same;
    AttendanceLabel = "attendance-label", "出席、请假、列席二字", G::own(99), Same;
    Imprint = "imprint", "版记", G::part(42), Same;
}

impl StyleName {
    /// True for the styles of headings, which break by phrase.
    #[must_use]
    pub const fn is_heading(self) -> bool {
        matches!(self, Self::Heading1 | Self::Heading2 | Self::Heading3 | Self::Heading4)
    }

    /// The styles of items of lists, by level from 1.
    pub const LIST_ITEMS: [Self; 4] = [Self::ListItem, Self::ListItem2, Self::ListItem3, Self::ListItem4];

    /// The style of an item of a list of level 1 to 4.
    #[must_use]
    pub const fn list_item(level: u8) -> Self {
        match level {
            0 | 1 => Self::ListItem,
            2 => Self::ListItem2,
            3 => Self::ListItem3,
            _ => Self::ListItem4,
        }
    }

    /// The style of a heading of level 1 to 4.
    #[must_use]
    pub const fn heading(level: u8) -> Self {
        match level {
            0 | 1 => Self::Heading1,
            2 => Self::Heading2,
            3 => Self::Heading3,
            _ => Self::Heading4,
        }
    }
}
