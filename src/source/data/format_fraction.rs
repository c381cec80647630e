//! What formats of fractions show, where the fraction is the value itself: a cell that shows 1/3 of 0.3333 cannot be computed with as
//! it is printed.

use super::decimal::Decimal;
use super::format_code::Token;

/// The denominators that a format has.
#[derive(Clone, Copy)]
enum Denominators {
    /// This one.
    One(i64),
    /// The smallest that fits, up to this one.
    UpTo(i64),
}

/// `# ?/?`, `# ??/??`, `?/?`, `# ?/4`; None for other formats, and for a value that is no such fraction.
pub(super) fn fraction(tokens: &[Token], value: &Decimal) -> Option<String> {
    let mut code = String::new();
    for token in tokens {
        match token {
            Token::Digit(kind) => code.push(*kind),
            Token::Literal(text) => code.push_str(text),
            _ => return None,
        }
    }
    let (left, right) = code.trim().split_once('/')?;
    let is_digit = |c: char| matches!(c, '#' | '?' | '0');
    let denominators = if !right.is_empty() && right.chars().all(is_digit) {
        Denominators::UpTo(10_i64.checked_pow(u32::try_from(right.len()).ok()?)? - 1)
    } else if right.starts_with(|c: char| matches!(c, '1'..='9')) && right.chars().all(|c| c.is_ascii_digit()) {
        Denominators::One(right.parse().ok()?)
    } else {
        return None;
    };
    // Before the stroke: the numerator, and perhaps whole ones before that.
    let (wholes, numerator) = left.rsplit_once(' ').unwrap_or(("", left));
    let wholes = wholes.trim_end();
    let fits = |part: &str| part.chars().all(is_digit);
    if numerator.is_empty() || !fits(numerator) || !fits(wholes) {
        return None;
    }
    show(value, !wholes.is_empty(), denominators)
}

fn show(value: &Decimal, has_wholes: bool, denominators: Denominators) -> Option<String> {
    let magnitude = value.absolute()?;
    let times = |by: i64| magnitude.times(&Decimal::whole(by)).filter(|n| n.needed() == Some(0))?.to_integer();
    let (numerator, denominator) = match denominators {
        Denominators::One(by) => (times(by)?, by),
        Denominators::UpTo(most) => (1..=most.min(9_999)).find_map(|by| Some((times(by)?, by)))?,
    };
    let minus = if value.is_negative() { "-" } else { "" };
    let (wholes, rest) = if has_wholes { (numerator / denominator, numerator % denominator) } else { (0, numerator) };
    Some(match (wholes, rest) {
        (wholes, 0) if has_wholes => format!("{minus}{wholes}"),
        (0, rest) => format!("{minus}{rest}/{denominator}"),
        (wholes, rest) => format!("{minus}{wholes} {rest}/{denominator}"),
    })
}
