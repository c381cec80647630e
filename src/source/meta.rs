//! Metadata: title, author, language and time of the document.

use time::{Date, Month};

use super::data::read_day;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::{Block, BlockKind, Meta, Text};
use crate::world::World;
use crate::yaml::tree::Node;

/// 2000-01-01 in UTC: the time of a report that tells none.
const NO_TIME: i64 = 946_684_800;
/// Beijing is eight hours ahead of UTC.
const BEIJING: i64 = 8 * 3600;

/// Title, author, language and time. `unprinted`: the title of a document that prints none. What is wrong goes to `diagnostics`.
pub(super) fn meta(
    world: &dyn World,
    root: &Node,
    (blocks, unprinted): (&[Block], Option<&str>),
    diagnostics: &mut Vec<Diagnostic>,
) -> Meta {
    let word = |key: &str| {
        let text = root.get(key).and_then(Node::as_text)?;
        Some(text.trim().to_owned()).filter(|t| !t.is_empty())
    };
    let lines = |kind: &BlockKind| kind.texts().into_iter().map(Text::without_looks).collect::<String>();
    let front = |wanted: fn(&BlockKind) -> bool| blocks.iter().map(|b| &b.kind).find(|k| wanted(k)).map(lines);
    let title = front(|k| matches!(k, BlockKind::Title(_)));
    let title = title.or_else(|| unprinted.map(|title| title.trim().to_owned())).unwrap_or_default();
    let occasion = front(|k| matches!(k, BlockKind::Occasion(_)));
    // The title names whose report it is: ……委员会工作报告.
    let body = title.strip_suffix("工作报告").filter(|b| names_body(b)).map(str::to_owned);
    // An official document names its issuer in its head: 房山区人民政府文件.
    let issuer = blocks.iter().find_map(|b| match &b.kind {
        BlockKind::RedHead(head) => head.authority.first().map(Text::plain),
        _ => None,
    });
    let issuer = issuer.map(|name| name.strip_suffix("文件").map(str::to_owned).unwrap_or(name));
    Meta {
        author: word("author").or(issuer).or(body).or_else(|| front(|k| matches!(k, BlockKind::Speaker(_)))),
        language: word("language").unwrap_or_else(|| "zh-CN".to_owned()),
        timestamp: timestamp(world, root, blocks, &title, occasion.as_deref(), diagnostics),
        title,
    }
}

/// The last characters of names of bodies: 委员会、政府、检察院、办公室.
const BODY_ENDS: [char; 14] = ['会', '府', '院', '局', '厅', '室', '部', '委', '办', '处', '所', '司', '校', '心'];

/// True for what names a body, and is not only what a title has before its last words: 房山区2023年.
fn names_body(text: &str) -> bool {
    text.ends_with(BODY_ENDS) && !text.starts_with("关于") && !text.contains(|c: char| c.is_ascii_digit())
}

fn timestamp(
    world: &dyn World,
    root: &Node,
    blocks: &[Block],
    title: &str,
    occasion: Option<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> i64 {
    if let Some(epoch) = world.var("SOURCE_DATE_EPOCH").filter(|e| !e.trim().is_empty()) {
        match epoch.trim().parse::<i64>() {
            // Word and PDF write years of four digits.
            Ok(seconds) if (0..253_402_300_800).contains(&seconds) => return seconds,
            _ => diagnostics.push(Diagnostic::error(
                Code::BAD_EPOCH,
                None,
                say!(
                    "环境变量 SOURCE_DATE_EPOCH 的值“{epoch}”不是秒数",
                    "SOURCE_DATE_EPOCH is \"{epoch}\", not a count of seconds"
                ),
                say!("设为 1970 年以来的秒数，或者取消这个变量", "set it to the seconds since 1970, or unset it"),
            )),
        }
    }
    if let Some(node) = root.get("date")
        && let Some(text) = node.as_text()
    {
        match whole_date(text) {
            Some(seconds) => return seconds,
            None => diagnostics.push(Diagnostic::error(
                Code::BAD_VALUE,
                node.span,
                say!("“{text}”不是日期", "\"{text}\" is not a date"),
                say!("写成 2024-01-08 或 2024年1月8日", "write 2024-01-08 or 2024年1月8日"),
            )),
        }
    }
    let signed = || {
        blocks.iter().find_map(|b| match &b.kind {
            BlockKind::Signature { date, .. } => first_date(&date.plain()),
            BlockKind::Imprint(imprint) => first_date(&imprint.date.plain()),
            _ => None,
        })
    };
    occasion.and_then(first_date).or_else(|| first_date(title)).or_else(signed).unwrap_or(NO_TIME)
}

/// Midnight in Beijing of a text that is a date and nothing else.
fn whole_date(text: &str) -> Option<i64> {
    let seconds = read_day(text)?.date.midnight().assume_utc().unix_timestamp() - BEIJING;
    (seconds >= 0).then_some(seconds)
}

/// Midnight in Beijing of the first full date in a text: 2024年1月8日 or 2024-01-08.
fn first_date(text: &str) -> Option<i64> {
    text.char_indices().find_map(|(at, c)| {
        let starts = c.is_ascii_digit() && !text[..at].ends_with(|c: char| c.is_ascii_digit());
        if starts { date_at(&text[at..]) } else { None }
    })
}

fn date_at(text: &str) -> Option<i64> {
    let (year, rest) = digits(text, 4)?;
    let (separators, rest) = match rest.strip_prefix('年') {
        Some(rest) => (("月", "日"), rest),
        None => (("-", ""), rest.strip_prefix('-')?),
    };
    let (month, rest) = digits(rest, 2)?;
    let (day, rest) = digits(rest.strip_prefix(separators.0)?, 2)?;
    rest.strip_prefix(separators.1)?;
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()?;
    let seconds = date.midnight().assume_utc().unix_timestamp() - BEIJING;
    (seconds >= 0).then_some(seconds)
}

/// Up to `most` digits at the start of a text, and what follows.
fn digits(text: &str, most: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    Some((text[..length].parse().ok()?, &text[length..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_of_a_title_is_no_author() {
        assert!(names_body("中国人民政治协商会议北京市房山区第九届委员会常务委员会") && names_body("房山区人民政府"));
        assert!(!names_body("房山区2023年") && !names_body("关于推进机构改革的") && !names_body("关于政府"));
        assert!(!names_body(""));
    }

    #[test]
    fn the_first_full_date_counts() {
        let day = 1_704_643_200; // 2024-01-08 00:00 in Beijing
        assert_eq!(first_date("（2024年1月8日在会议上）"), Some(day));
        assert_eq!(first_date("2023年工作；2024-01-08"), Some(day));
        assert_eq!(first_date("2024年13月8日"), None);
        assert_eq!(first_date("12024年1月8日"), None);
        assert_eq!(first_date("2024年"), None);
    }
}
