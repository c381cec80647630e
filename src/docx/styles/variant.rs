//! Styles that a template's style is varied into, and what they are called.

use crate::template::{Style, Template};
use std::collections::BTreeSet;

/// A style that a template's style is varied into: the same but for one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::docx) enum Variant {
    /// Character style: a short line, letter-spaced.
    Spread,
    /// The footer of even pages.
    Even,
    /// A cell's text, centred.
    Center,
    /// A cell's text, at the right.
    Right,
    /// A picture in a cell of a table.
    Cell,
    /// A caption below what it names, which nothing need follow.
    Below,
    /// An item of an unordered list.
    Bullet,
    /// The first line at the foot of a cover.
    Foot,
    /// The second and later of several, without the space above the first.
    Next,
    /// The number of an upward document: at the left, who signs at the right.
    Upward,
    /// The number of a letter: at the right, a mark at the left.
    Letter,
    /// Character style: the letters alone.
    Run,
    /// Character style: the automatic number.
    Number,
    /// Titles of so many lines, where the first of the style has another number of them.
    Lines(usize),
    /// Whom copies go to, in the imprint.
    Copies,
    /// A signature that a seal is put on: authority and date about one axis.
    Sealed,
    /// The date of a signature without a seal: from where the authority begins.
    Unsealed,
    /// A post beside a name stamp, or the date below it.
    Stamped,
    /// The second and later post.
    NextStamped,
    /// The names of several authorities, all as wide as the longest.
    Names,
    /// What is beside them.
    Beside,
    /// Authorities in columns under their seals, or the date below the last.
    Seals,
    /// A second and later row of them.
    NextSeals,
    /// A cell in smaller type, of so many half points.
    Small(i64),
    /// The same, centred.
    SmallCenter(i64),
    /// The same, at the right.
    SmallRight(i64),
    /// A paragraph that begins with a heading; the heading in it is in the character style [`Variant::Run`].
    RunIn,
    /// A heading within an attachment, which the report's contents do not list.
    Attached,
}

/// The id of a variant of a template's style.
pub(in crate::docx) fn variant_id(style: &Style, variant: Variant) -> String {
    let tail = match variant {
        Variant::Lines(count) => return format!("{}Lines{count}", style.word.id),
        Variant::Small(size) => return format!("{}Small{size}", style.word.id),
        Variant::SmallCenter(size) => return format!("{}CenterSmall{size}", style.word.id),
        Variant::SmallRight(size) => return format!("{}RightSmall{size}", style.word.id),
        Variant::Copies => "Copies",
        Variant::Sealed => "Sealed",
        Variant::Unsealed => "Unsealed",
        Variant::Stamped => "Stamped",
        Variant::NextStamped => "NextStamped",
        Variant::Names => "Names",
        Variant::Beside => "Beside",
        Variant::Seals => "Seals",
        Variant::NextSeals => "NextSeals",
        Variant::RunIn => "RunIn",
        Variant::Attached => "Attached",
        Variant::Spread => "Spread",
        Variant::Even => "Even",
        Variant::Center => "Center",
        Variant::Right => "Right",
        Variant::Cell => "Cell",
        Variant::Below => "Below",
        Variant::Bullet => "Bullet",
        Variant::Foot => "Foot",
        Variant::Next => "Next",
        Variant::Upward => "Upward",
        Variant::Letter => "Letter",
        Variant::Run => "Run",
        Variant::Number => "Number",
    };
    format!("{}{tail}", style.word.id)
}

pub(in crate::docx) fn variant_name(style: &Style, variant: Variant) -> String {
    let tail = match variant {
        Variant::Lines(count) => return format!("{} {count}行", shown(&style.word.name)),
        Variant::Small(size) => return format!("{} {}磅", shown(&style.word.name), points(size)),
        Variant::SmallCenter(size) => return format!("{} 居中 {}磅", shown(&style.word.name), points(size)),
        Variant::SmallRight(size) => return format!("{} 居右 {}磅", shown(&style.word.name), points(size)),
        Variant::Copies => "抄送",
        Variant::Sealed => "盖章",
        Variant::Unsealed => "不盖章",
        Variant::Stamped => "签名章",
        Variant::NextStamped => "签名章 续",
        Variant::Names => "联合机关",
        Variant::Beside => "右侧",
        Variant::Seals => "联合盖章",
        Variant::NextSeals => "联合盖章 续",
        Variant::RunIn => "接排",
        Variant::Attached => "附件内",
        Variant::Spread => "疏排",
        Variant::Even => "双页",
        Variant::Center => "居中",
        Variant::Right => "居右",
        Variant::Cell => "格内",
        Variant::Below => "居下",
        Variant::Bullet => "无序",
        Variant::Foot => "首行",
        Variant::Next => "续",
        Variant::Upward => "上行文",
        Variant::Letter => "信函",
        Variant::Run => "字符",
        Variant::Number => "编号",
    };
    format!("{} {tail}", shown(&style.word.name))
}

/// The ids of a template's paragraph styles that have one of some names; of their variants, those that only a file which uses them has.
pub(in crate::docx) fn named(template: &Template, names: &BTreeSet<String>) -> BTreeSet<String> {
    const WHERE_USED: [Variant; 5] =
        [Variant::Attached, Variant::RunIn, Variant::Cell, Variant::Stamped, Variant::NextStamped];
    let ids = template.styles.iter().flat_map(|style| {
        let own = (style.word.name.clone(), style.word.id.clone());
        let variants = WHERE_USED.map(|variant| (variant_name(style, variant), variant_id(style, variant)));
        std::iter::once(own).chain(variants)
    });
    ids.filter(|(name, _)| names.contains(name)).map(|(_, id)| id).collect()
}

/// Half points as points: 10.5.
fn points(half_points: i64) -> String {
    if half_points % 2 == 0 { (half_points / 2).to_string() } else { format!("{}.5", half_points / 2) }
}

/// The Chinese name under which Word shows a style of its own, beside which the house's names are.
fn shown(name: &str) -> &str {
    match name {
        "Title" => "标题",
        "TOC Heading" => "目录标题",
        "caption" => "题注",
        "footer" => "页脚",
        "Signature" => "署名",
        "Date" => "成文日期",
        "heading 1" => "标题 1",
        "heading 2" => "标题 2",
        "heading 3" => "标题 3",
        "heading 4" => "标题 4",
        _ => name,
    }
}
