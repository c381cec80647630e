//! What `[DBNum1]` and `[DBNum2]` show: Han numerals, as far as offices agree on them.

use super::decimal::Decimal;
use super::format_code::Token;
use super::numerals::{NumeralStyle, written};

/// The most digits of such a number.
const MOST_DIGITS: usize = 12;

/// A whole number in Han numerals: in words, where the format is the general one. None
/// for anything else, which programs show in ways of their own.
pub(super) fn han(tokens: &[Token], value: &Decimal, style: &NumeralStyle) -> Option<String> {
    let whole = value.needed() == Some(0) && !value.is_negative();
    let digits = value.digits(0);
    if !whole || digits.len() > MOST_DIGITS {
        return None;
    }
    let mut numbers = tokens.iter().filter(|token| !matches!(token, Token::Literal(_)));
    let spelled = match (numbers.next()?, numbers.next()) {
        (Token::General, None) => written(digits.parse().ok()?, style),
        // [DBNum1]0 is 一二 in Excel and 一十二 in LibreOffice.
        _ => return None,
    };
    let part = |token: &Token| match token {
        Token::Literal(text) => text.clone(),
        _ => spelled.clone(),
    };
    Some(tokens.iter().map(part).collect::<String>().trim().to_owned())
}
