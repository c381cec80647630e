//! Names of authorities in running text.

use super::prose::Char;
use crate::model::is_ideograph;

/// What names of authorities end with.
const ENDS: [&str; 26] = [
    "中央",
    "国务院",
    "中央军委",
    "委员会",
    "市委",
    "省委",
    "区委",
    "县委",
    "州委",
    "党委",
    "工委",
    "纪委",
    "监委",
    "政府",
    "人大",
    "政协",
    "军委",
    "法院",
    "检察院",
    "办公厅",
    "办公室",
    "部",
    "局",
    "厅",
    "总工会",
    "联合会",
];

/// What is said behind the last name of several.
const BEHIND: [&str; 8] = ["关于", "印发", "转发", "批转", "联合", "命令", "公告", "的"];

/// True for a space between the names of two authorities, as documents write them that these issue together: 中共中央 国务院关于….
pub(super) fn parted_by(text: &[Char], space: usize) -> bool {
    let before: Vec<char> = text[..space].iter().rev().map(|ch| ch.c).take_while(|c| is_ideograph(*c)).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text[space + 1..].iter().map(|ch| ch.c).take_while(|c| is_ideograph(*c)).collect();
    let named = |name: &str| ENDS.iter().any(|end| name.len() > end.len() && name.ends_with(end)) || name == "国务院";
    let last = BEHIND.iter().filter_map(|word| after.find(word)).map(|at| &after[..at]);
    named(&before) && (named(&after) || { last }.any(named))
}
