//! Numbers in a text: where each begins and ends, and what would become part of one.

use std::ops::Range;

/// Han characters that numbers are written with.
const HAN: &str = "〇零一二三四五六七八九十百千万亿";

/// True for a digit, also of full width.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

const fn is_sign(c: char) -> bool {
    matches!(c, '-' | '−' | '－' | '+' | '＋')
}

const fn is_point(c: char) -> bool {
    matches!(c, '.' | ',' | '．')
}

pub(super) const fn is_percent(c: char) -> bool {
    matches!(c, '%' | '％' | '‰')
}

/// True where what is before a sign leaves it a sign, and no line between two numbers.
fn leaves_sign(before: &str) -> bool {
    !before.ends_with(|c: char| is_digit(c) || c.is_ascii_alphabetic() || is_percent(c) || matches!(c, ')' | '）'))
}

/// True where the characters at both sides of a border are of one number or of one Latin word.
pub(super) fn joins(left: &str, right: &str) -> bool {
    let mut back = left.chars().rev();
    let (Some(last), Some(first)) = (back.next(), right.chars().next()) else { return false };
    let second = right.chars().nth(1);
    if is_digit(last) {
        return is_digit(first) || is_percent(first) || (is_point(first) && second.is_some_and(is_digit));
    }
    if is_digit(first) {
        let point = is_point(last) && back.next().is_some_and(is_digit);
        return point || (is_sign(last) && leaves_sign(&left[..left.len() - last.len_utf8()]));
    }
    (last.is_ascii_alphabetic() && first.is_ascii_alphabetic()) || (HAN.contains(last) && HAN.contains(first))
}

/// What multiplies a number in digits before it: 万, 亿; also after a space, and after what makes it a round one, as in 12余万.
pub(super) fn scale(left: &str, right: &str) -> Option<char> {
    let counted = left.ends_with(|c: char| is_digit(c));
    let rest = right.trim_start().trim_start_matches(['余', '多', '来', '几']);
    rest.chars().next().filter(|c| counted && matches!(c, '十' | '百' | '千' | '万' | '亿' | '兆'))
}

/// True where an edit that ends at a border makes one number of what was two words, or multiplies the number before it otherwise.
pub(super) fn grows(was: &str, was_at: usize, is: &str, is_at: usize) -> bool {
    let (Some(was), Some(is)) = (was.split_at_checked(was_at), is.split_at_checked(is_at)) else { return false };
    // A digit before the sign of a percentage is more of the number.
    let counts = |(left, right): (&str, &str)| joins(left, right) && !right.starts_with(is_percent);
    (joins(is.0, is.1) && !joins(was.0, was.1))
        || (counts(is) && !counts(was))
        || scale(is.0, is.1) != scale(was.0, was.1)
}

/// The numbers in a text: digits with their points, and the sign before them. What counts them is not part of them.
pub(super) fn numerals(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_digit).map(|to| at + to) {
        let mut end = start;
        loop {
            end += text[end..].find(|c| !is_digit(c)).unwrap_or(text.len() - end);
            let point = text[end..].chars().next().filter(|c| is_point(*c)).map_or(0, char::len_utf8);
            if point == 0 || !text[end + point..].starts_with(is_digit) {
                break;
            }
            end += point;
        }
        let sign = text[..start].chars().next_back().filter(|c| is_sign(*c)).map_or(0, char::len_utf8);
        let signed = sign > 0 && leaves_sign(&text[..start - sign]);
        found.push(if signed { start - sign..end } else { start..end });
        at = end;
    }
    found
}

/// True where a text is written as one was that a figure printed: a number stays one plain number with the sign of a percentage
/// that it had, and digits keep their width. Words may be any others.
pub(super) fn same_form(before: &str, after: &str) -> bool {
    let was = numerals(before);
    let Some(first) = was.first() else { return true };
    let wide = |text: &str| text.contains(|c: char| ('０'..='９').contains(&c) || matches!(c, '．' | '％'));
    if wide(after) && !wide(before) {
        return false;
    }
    let (head, tail) = (&before[..first.start], &before[first.end..]);
    let is_figure = was.len() == 1 && head.is_empty() && (tail.is_empty() || tail.chars().all(is_percent));
    if !is_figure {
        return true;
    }
    let number = &before[first.clone()];
    let is_whole = |own: &str| matches!(numerals(own).as_slice(), [only] if *only == (0..own.len()));
    after.strip_suffix(tail).is_some_and(|own| is_whole(own) && is_plain_number(own, number))
}

/// True for a number that has one point, commas in their places, and no zeros or sign before it but those of another one.
fn is_plain_number(number: &str, like: &str) -> bool {
    let unsigned = |text: &str| text.trim_start_matches(is_sign).to_owned();
    let sign = |text: &str| text.chars().next().filter(|c| is_sign(*c));
    let (own, other) = (unsigned(number), unsigned(like));
    let signs = sign(number).is_none_or(|c| c == '-' || sign(like) == Some(c));
    let (whole, decimals) = own.split_once(['.', '．']).unwrap_or((&own, ""));
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups.len() == 1
        || (groups[0].chars().count() <= 3 && groups[1..].iter().all(|group| group.chars().count() == 3));
    let digits = |text: &str| text.split(['.', '．']).next().unwrap_or_default().chars().count();
    let zero = |text: &str| text.starts_with(['0', '０']) && digits(text) > 1;
    let zeros = !zero(&own) || (zero(&other) && digits(&own) == digits(&other));
    signs && grouped && zeros && !decimals.contains(|c: char| !is_digit(c))
}

#[cfg(test)]
mod tests {
    use super::{grows, joins, numerals, same_form};

    #[test]
    fn a_figure_keeps_its_form() {
        for (before, after) in [
            ("12", "13"),
            ("12", "13.5"),
            ("12", "-13"),
            ("38.50", "1,039.50"),
            ("12.5%", "8%"),
            ("007", "008"),
            ("第3届", "第4届"),
            ("2024-03-05", "2024-04-01"),
            ("王伟明", "老王"),
        ] {
            assert!(same_form(before, after), "{before} {after}");
        }
        for (before, after) in [
            ("12", ".5"),
            ("12", "１３"),
            ("12", "00"),
            ("12", "013"),
            ("12", "12%"),
            ("12", "12．5"),
            ("12", "13.5.1"),
            ("12", "1,2345"),
            ("12", "+13"),
            ("12", "−13"),
            ("12.5%", "13.5"),
            ("12", "若干"),
            ("2024-03-05", "２024-03-05"),
        ] {
            assert!(!same_form(before, after), "{before} {after}");
        }
    }

    #[test]
    fn numbers_are_whole() {
        let cut = |text: &'static str| numerals(text).into_iter().map(|r| &text[r]).collect::<Vec<_>>();
        assert_eq!(cut("增长-5.2%、1,234.5亿元"), ["-5.2", "1,234.5"]);
        assert_eq!(cut("2024-03-05，12～15"), ["2024", "03", "05", "12", "15"]);
        assert_eq!(cut("010-12345678。5."), ["010", "12345678", "5"]);
    }

    #[test]
    fn what_multiplies_a_number_changes_it() {
        assert!(grows("119件", 3, "119万件", 3), "put in");
        assert!(grows("35.6万吨", 4, "35.6吨", 4), "taken out");
        assert!(grows("5.2%", 3, "5.25%", 3), "a digit before the sign of a percentage");
        assert!(grows("5.2%", 3, "5.2.1%", 3), "a point");
        assert!(grows("119件", 3, "119 万件", 3), "after a space");
        assert!(grows("119件", 3, "119余万件", 3), "of a round number");
        assert!(!grows("35.6万吨", 4, "35.6万余吨", 4));
        assert!(!grows("共119件", 6, "共119余件", 6));
    }

    #[test]
    fn parts_of_one_number_join() {
        for (left, right) in
            [("119", "0"), ("1", "1"), ("119", ".5"), ("0.", "5"), ("增长-", "5"), ("5", "%"), ("十", "三"), ("A", "B")]
        {
            assert!(joins(left, right), "{left}|{right}");
        }
        for (left, right) in
            [("共", "5"), ("5", "余件"), ("3-", "5"), ("5", "。"), ("5", ","), ("12", "km"), ("第", "三")]
        {
            assert!(!joins(left, right), "{left}|{right}");
        }
    }
}
