//! What a reader takes for one thing though it is made of several characters: numbers with their signs and units, dates,
//! names of documents and standards, addresses and codes. UAX #14 knows the plain ones; these are the others.
//!
//! GB/T 15835-2011 5.2 (a number is on one line), GB/T 9704-2012 7.2.5 (〔2024〕18号), GB 3101 (36.5 ℃, 1 000 000).

use super::script::is_ideograph;
use super::unit::{UnitUse, units};

/// What a break before a character would part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joint {
    /// One thing: a number, a date, a name.
    Whole,
    /// A number and its Han unit.
    Unit,
    /// The parts of an address, a path or a code: such a break needs no hyphen.
    Part,
    /// The letters of an address or a code: no hyphen either, though only where a line would open.
    Letter,
}

/// What a break before each character would part; None where characters are by themselves.
pub(crate) fn joints(chars: &[char]) -> Vec<Option<Joint>> {
    let mut joints = vec![None; chars.len()];
    let mut at = 0;
    while at < chars.len() {
        if is_word_start(chars, at) {
            let end = at + chars[at..].iter().take_while(|&&c| is_graphic(c)).count();
            if is_address(&chars[at..end]) {
                divide(chars, at, end, &mut joints);
                at = end;
                continue;
            }
            standard(chars, at, end, &mut joints);
        }
        at = if is_digit(chars[at]) { number(chars, at, &mut joints) } else { at + 1 };
    }
    joints
}

/// For each character whether it is a space within a number, before its unit or in a name: no line ends there.
pub(crate) fn held_spaces(text: &str) -> Vec<bool> {
    let chars: Vec<char> = text.chars().collect();
    if !chars.iter().copied().any(is_space) {
        return vec![false; chars.len()];
    }
    let joints = joints(&chars);
    let held = |at: usize| is_space(chars[at]) && joints.get(at + 1) == Some(&Some(Joint::Whole));
    (0..chars.len()).map(held).collect()
}

const fn is_han(c: char) -> bool {
    is_ideograph(c) || c == '々'
}

/// Digits, full-width ones too.
const fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// Digits and signs of a power.
const fn is_raised(c: char) -> bool {
    matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '⁺' | '⁻')
}

/// Spaces that may be within a number or before its unit.
pub(crate) const fn is_space(c: char) -> bool {
    c == ' ' || has_other_width(c)
}

/// Those of them that are not the ordinary one.
pub(crate) const fn has_other_width(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}')
}

/// A sign after a number that is part of it.
const fn is_number_sign(c: char) -> bool {
    matches!(c, '%' | '％' | '‰' | '‱' | '℃' | '℉' | '°' | '′' | '″' | '\u{3371}'..='\u{33df}')
}

/// A sign before a number that is part of it.
const fn is_leading_sign(c: char) -> bool {
    matches!(
        c,
        '+' | '-'
            | '−'
            | '±'
            | '＋'
            | '－'
            | '≥'
            | '≤'
            | '≈'
            | '＞'
            | '＜'
            | '¥'
            | '￥'
            | '$'
            | '＄'
            | '€'
            | '£'
    )
}

/// A sign that stays with a number though a space is between them: a currency, a comparison.
const fn is_measure_sign(c: char) -> bool {
    is_leading_sign(c) && !matches!(c, '+' | '-' | '−' | '±' | '＋' | '－') || matches!(c, '<' | '>' | '＝' | '=')
}

/// Units in Latin letters that may follow a number and a space (GB 3100).
const LATIN_UNITS: [&str; 59] = [
    "m", "km", "dm", "cm", "mm", "μm", "µm", "nm", "m²", "km²", "m³", "m2", "m3", "hm²", "ha", "L", "mL", "ml", "g",
    "kg", "mg", "μg", "µg", "t", "s", "ms", "min", "h", "d", "Hz", "kHz", "MHz", "GHz", "N", "kN", "Pa", "kPa", "MPa",
    "J", "kJ", "MJ", "W", "kW", "MW", "GW", "kWh", "MWh", "GWh", "V", "kV", "A", "K", "dB", "GB", "TB", "MB", "mol",
    "lx", "Gbps",
];

/// Joins a number that begins at `start`, with what is around it; returns its end.
fn number(chars: &[char], start: usize, joints: &mut [Option<Joint>]) -> usize {
    let get = |at: usize| chars.get(at).copied();
    let before = |at: usize| at.checked_sub(1).and_then(get);
    // A sign is of the number where nothing is before it that it could be between.
    if before(start).is_some_and(is_leading_sign) {
        let further = start.checked_sub(2).and_then(get);
        if !further.is_some_and(|c| is_digit(c) || c.is_ascii_alphabetic() || is_number_sign(c)) {
            join(joints, start, start + 1);
        }
    }
    // ¥ 12.50, ≤ 0.5: a currency or a comparison keeps with its number over a space.
    let apart = before(start).is_some_and(is_space).then(|| start.checked_sub(2).and_then(get)).flatten();
    if apart.is_some_and(is_measure_sign) {
        join(joints, start - 1, start + 1);
    }
    let mut end = in_threes(chars, start, digits(chars, start));
    // Separators within: 1,234.5, 10：30.
    while let Some(c) = get(end) {
        let next = digits(chars, end + 1);
        let (more, have) = (next - end - 1, end - start);
        let within = match c {
            ',' | '.' | '．' | ':' | '∶' | '/' => more > 0,
            // １２，３４５: full width throughout.
            '，' => more == 3 && matches!((before(end), get(end + 1)), (Some('０'..='９'), Some('０'..='９'))),
            '：' => more == 2 && have <= 2,
            _ => false,
        };
        if !within {
            break;
        }
        // The scale of a map: 1:10 000.
        end = if matches!(c, ':' | '∶' | '：') { in_threes(chars, end + 1, next) } else { next };
    }
    // 10⁶ kg: a power is of its number.
    end += chars[end..].iter().take_while(|c| is_raised(**c)).count();
    join(joints, start + 1, end);
    end = behind(chars, start, end, joints);
    document(chars, start, end, joints).unwrap_or(end)
}

/// The end of the digits `start..end` with those that follow three by three, after one to three: 1 000 000.
fn in_threes(chars: &[char], start: usize, mut end: usize) -> usize {
    if end - start <= 3 {
        while chars.get(end).copied().is_some_and(is_space) && digits(chars, end + 1) == end + 4 {
            end += 4;
        }
    }
    end
}

/// Joins what follows a number: its sign or unit, the parts of a date. Returns the end.
fn behind(chars: &[char], start: usize, end: usize, joints: &mut [Option<Joint>]) -> usize {
    let get = |at: usize| chars.get(at).copied();
    let spaces = usize::from(get(end).is_some_and(is_space));
    let unit = end + spaces;
    if get(unit).is_some_and(is_number_sign) {
        join(joints, end, unit + 1);
        return unit + 1;
    }
    if spaces == 1 {
        let word = chars[unit..].iter().take_while(|c| c.is_alphanumeric() && !is_han(**c)).count();
        let text: String = chars[unit..unit + word].iter().collect();
        if LATIN_UNITS.contains(&text.as_str()) {
            join(joints, end, unit + word);
            return unit + word;
        }
    }
    if let Some(date) = date(chars, start, end) {
        join(joints, end, date);
        return date;
    }
    let Some(first) = get(unit).filter(|&c| is_han(c)) else { return end };
    // 300多万元: what is between a number and its unit goes with both.
    let mut last = unit;
    while get(last).is_some_and(|c| matches!(c, '多' | '余' | '十' | '百' | '千' | '万' | '亿')) {
        last += 1;
    }
    let matching = units(UnitUse::Kept).filter(|word| starts_with(&chars[last..], word));
    let length = matching.map(|word| word.chars().count()).max().unwrap_or(0);
    let last = (last + length).max(unit + usize::from(is_han(first)));
    for joint in &mut joints[unit..last] {
        joint.get_or_insert(Joint::Unit);
    }
    // A digit may be the next thing: 1万2千.
    last
}

/// The end of a date whose first number is at `start..end`: 2024年1月8日, 1月8日, 2024年.
fn date(chars: &[char], start: usize, end: usize) -> Option<usize> {
    let digits_of = |from: usize| digits(chars, from) - from;
    let is = |at: usize, c: char| chars.get(at) == Some(&c);
    let plain = chars[start..end].iter().all(|c| is_digit(*c));
    let day = |from: usize| {
        let count = digits_of(from);
        let end = from + count;
        ((1..=2).contains(&count) && (is(end, '日') || is(end, '号'))).then_some(end + 1)
    };
    let month = |from: usize| {
        let count = digits_of(from);
        let end = from + count;
        ((1..=2).contains(&count) && is(end, '月')).then(|| day(end + 1).unwrap_or(end + 1))
    };
    match end - start {
        4 if plain && is(end, '年') => Some(month(end + 1).unwrap_or(end + 1)),
        1 | 2 if plain && is(end, '月') => Some(day(end + 1).unwrap_or(end + 1)),
        1 | 2 if plain && is(end, '日') => Some(end + 1),
        _ => None,
    }
}

/// 〔2024〕18号 is one name, in whatever brackets. Returns its end, for the year that is at `start..end`.
fn document(chars: &[char], start: usize, end: usize, joints: &mut [Option<Joint>]) -> Option<usize> {
    let open = start.checked_sub(1).and_then(|i| chars.get(i))?;
    let close = chars.get(end)?;
    let bracketed =
        matches!((open, close), ('〔', '〕') | ('（', '）') | ('[', ']') | ('(', ')') | ('【', '】') | ('［', '］'));
    if !bracketed || end - start != 4 {
        return None;
    }
    let from = end + 1 + usize::from(chars.get(end + 1) == Some(&'第'));
    let to = digits(chars, from);
    if to == from || chars.get(to) != Some(&'号') {
        return None;
    }
    join(joints, start, to + 1);
    Some(to + 1)
}

/// GB/T 9704-2012: capitals, a space, the number, the year.
fn standard(chars: &[char], start: usize, end: usize, joints: &mut [Option<Joint>]) {
    let name = &chars[start..end];
    let capital = name.first().is_some_and(char::is_ascii_uppercase);
    let sound = name.iter().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || *c == '/');
    let number = end + 1;
    if !capital || !sound || !chars.get(end).is_some_and(|&c| is_space(c)) || digits(chars, number) == number {
        return;
    }
    let last = digits(chars, number);
    let dash = chars.get(last).is_some_and(|c| matches!(c, '-' | '—' | '–' | '－'));
    let year = if dash { digits(chars, last + 1) } else { last };
    join(joints, end, if year > last + 1 { year } else { last });
}

/// Marks a break before each of `from..to` as one within a thing.
fn join(joints: &mut [Option<Joint>], from: usize, to: usize) {
    for joint in &mut joints[from..to] {
        *joint = Some(Joint::Whole);
    }
}

/// The end of the digits that begin at a place; the place itself where there are none.
fn digits(chars: &[char], from: usize) -> usize {
    from + chars.get(from..).unwrap_or_default().iter().take_while(|c| is_digit(**c)).count()
}

fn starts_with(chars: &[char], word: &str) -> bool {
    let mut chars = chars.iter();
    word.chars().all(|c| chars.next() == Some(&c))
}

/// What addresses and codes are made of: the visible characters of ASCII, those aside that may close a clause around them.
const fn is_graphic(c: char) -> bool {
    matches!(c, '!'..='~') && !matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '"' | ',' | ';')
}

fn is_word_start(chars: &[char], at: usize) -> bool {
    is_graphic(chars[at]) && at.checked_sub(1).is_none_or(|before| !is_graphic(chars[before]))
}

/// The shortest run that is divided like an address, and the shortest code that is divided between any two of its characters.
const ADDRESS: usize = 12;
const CODE: usize = 24;
/// So many characters are on either side of a break in a code, and of one after a mark of an address.
const CODE_SIDE: usize = 4;
const PART_SIDE: usize = 2;

/// After these an address may break; `/` and `\` are in paths.
const fn is_address_mark(c: char) -> bool {
    matches!(c, '/' | '?' | '&' | '=' | '-' | '.' | '_' | '\\' | '@' | ':' | '#')
}

/// True for a run of ASCII that is an address, a path, or a name or code that no dictionary has.
fn is_address(run: &[char]) -> bool {
    let count = |wanted: &dyn Fn(char) -> bool| run.iter().filter(|&&c| wanted(c)).count();
    let letters = count(&|c| c.is_ascii_alphabetic());
    let digits = count(&|c| c.is_ascii_digit());
    let word = letters + digits;
    if run.len() < ADDRESS {
        return false;
    }
    let longest = run.split(|c| !c.is_ascii_alphanumeric()).map(<[char]>::len).max().unwrap_or(0);
    if longest >= CODE && digits > 0 {
        return true;
    }
    if letters == 0 {
        return false;
    }
    let text: String = run.iter().collect::<String>().to_ascii_lowercase();
    let slashes = count(&|c| matches!(c, '/' | '\\'));
    let marks = count(&|c| matches!(c, '/' | '\\' | '-' | '.' | '_'));
    text.contains("://")
        || text.starts_with("www.")
        || (text.contains('@') && text.contains('.'))
        || count(&|c| c == '_') > 0
        || slashes >= 2
        || (slashes >= 1 && count(&|c| c == '.') > 0)
        // A host, or a code like GD2024-0116-XQ-003; state-of-the-art is a word.
        || run.split(|c| *c == '.').filter(|part| part.iter().any(char::is_ascii_alphabetic)).count() >= 3
        || (marks >= 2 && digits >= 3 && word >= ADDRESS)
}

/// Where the address `start..end` may break.
fn divide(chars: &[char], start: usize, end: usize, joints: &mut [Option<Joint>]) {
    // What ends the sentence is none of the address.
    let trailing = chars[start..end].iter().rev().take_while(|c| matches!(c, '.' | ':' | '!' | '?' | '\'')).count();
    let last = end - trailing;
    join(joints, start + 1, end);
    for at in start + 1..last {
        let (before, here) = (chars[at - 1], chars[at]);
        let (left, right) = (at - start, last - at);
        if left >= PART_SIDE && right >= PART_SIDE && is_address_mark(before) && !is_address_mark(here) {
            joints[at] = Some(Joint::Part);
        } else if left >= CODE_SIDE
            && right >= CODE_SIDE
            && before.is_ascii_alphanumeric()
            && here.is_ascii_alphanumeric()
        {
            let run = |step: &dyn Fn(usize) -> Option<usize>| {
                std::iter::successors(Some(at), |&i| step(i))
                    .take_while(|&i| chars.get(i).is_some_and(char::is_ascii_alphanumeric))
                    .take(CODE_SIDE + 1)
                    .count()
            };
            let (back, forth) = (run(&|i: usize| i.checked_sub(1)) - 1, run(&|i: usize| Some(i + 1)));
            if back >= CODE_SIDE && forth >= CODE_SIDE {
                joints[at] = Some(Joint::Letter);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Joint, joints};

    /// `:` before a character that its unit is, `/` and `.` where an address may break, nothing within a whole.
    fn marked(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let mut out = String::new();
        for (c, joint) in chars.iter().zip(joints(&chars)) {
            match joint {
                None => out.push('|'),
                Some(Joint::Whole) => {}
                Some(Joint::Unit) => out.push(':'),
                Some(Joint::Part) => out.push('/'),
                Some(Joint::Letter) => out.push('.'),
            }
            out.push(*c);
        }
        out
    }

    #[test]
    fn numbers_dates_and_names_are_whole() {
        for (text, wanted) in [
            ("约36.5 ℃。", "|约|36.5 ℃|。"),
            ("占10 %的", "|占|10 %|的"),
            ("占１２．５％的", "|占|１２．５％|的"),
            ("共1 000 000元", "|共|1 000 000:元"),
            ("在2023 1000", "|在|2023| |1000"),
            ("长5 km路", "|长|5 km|路"),
            ("计20.5个百分点", "|计|20.5:个:百:分:点"),
            ("计4059万亿元", "|计|4059:万:亿:元"),
            ("逾300多万户", "|逾|300:多:万:户"),
            ("于2024年1月8日在", "|于|2024年1月8日|在"),
            ("1月8日", "|1月8日"),
            ("发〔2024〕18号文", "|发|〔2024〕18号|文"),
            ("按GB/T 9704-2012排", "|按|G|B|/|T 9704-2012:排"),
            ("降－5.3", "|降|－5.3"),
            ("在10：30开", "|在|10：30:开"),
            ("附件1：2024", "|附|件|1|：|2024"),
            ("比1:10 000图", "|比|1:10 000:图"),
            ("收１２，３４５．６７元", "|收|１２，３４５．６７:元"),
            ("第１，２３条", "|第|１|，|２３:条"),
            ("值¥ 12.50整", "|值|¥ 12.50:整"),
            ("为≤ 0.5的", "|为|≤ 0.5:的"),
            ("约a - 5", "|约|a| |-| |5"),
        ] {
            assert_eq!(marked(text), wanted);
        }
    }

    #[test]
    fn addresses_break_behind_their_marks() {
        for (text, wanted) in [
            ("见https://a.gov.cn/zw_1?id=2。", "|见|https:///a./gov./cn//zw_/1?/id=2|。"),
            ("见www.example.gov.cn，", "|见|www./example./gov./cn|，"),
            ("A/B/C", "|A|/|B|/|C"),
            ("state-of-the-art", "|s|t|a|t|e|-|o|f|-|t|h|e|-|a|r|t"),
            ("2024/01/16-18", "|2024/01/16|-|18"),
            ("GD2024-0116-XQ-003", "|GD2024-/0116-/XQ-/003"),
            ("C:\\Users\\a.docx", "|C:\\/Users\\/a./docx"),
        ] {
            assert_eq!(marked(text), wanted);
        }
    }
}
