//! Numbers that a cell shows in another unit than their value has: in percent, in tens of thousands.

use super::decimal::{Decimal, Rounding};
use crate::model::grouped;

/// How many places the point may stand away from where it is in the value, the usual ones first.
const SHIFTS: [i32; 10] = [2, 3, -4, -8, -3, -6, -1, -2, -5, -7];

/// The same number as its cell shows it, with so many decimals or with commas between thousands; None where the cell shows the value
/// itself, with or without words around it.
pub(super) fn rewritten(number: &Decimal, places: Option<u32>, commas: bool) -> Option<Decimal> {
    let shown = number.print()?;
    let (before, digits, after) = parted(&shown)?;
    if after.starts_with('E') {
        // An exponent is no unit.
        return None;
    }
    let known = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let known = u32::try_from(known).ok()?;
    let plain = Decimal::parse(&digits.replace(',', ""))?;
    // The shift that the cell itself tells, which holds for nothing too; then those that give what it shows.
    let own = i32::try_from(number.places()?).ok()? - i32::try_from(known).ok()?;
    let absolute = number.absolute()?;
    let scaled = |shift: i32| absolute.times(&Decimal::parse(&format!("1e{shift}"))?);
    let fits = |shift: &i32| scaled(*shift).and_then(|n| n.round(known, Rounding::HalfUp)).is_some_and(|n| n == plain);
    let shift = [own].into_iter().chain(SHIFTS).find(fits).filter(|shift| *shift != 0)?;
    let places = places.unwrap_or(known);
    let rounded = scaled(shift)?.round(places, Rounding::HalfUp)?;
    let text = rounded.digits(places);
    let text = if commas || digits.contains(',') { grouped(&text) } else { text };
    // Nothing has no sign, and what was rounded to nothing gets its own back.
    let before = if rounded.is_zero() { before.trim_end_matches('-') } else { before };
    let sign = if plain.is_zero() && number.is_negative() && !rounded.is_zero() { "-" } else { "" };
    let reach = i32::try_from(places).ok()?.saturating_add(shift).max(0);
    let shown = format!("{before}{sign}{text}{after}");
    Some(number.clone().shown_as(Some(&shown), u32::try_from(reach).ok()))
}

/// What stands before the digits of a text, the digits with their commas and point, and what stands after them.
fn parted(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[start..];
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).unwrap_or(rest.len());
    let digits = rest[..end].trim_end_matches([',', '.']);
    Some((&text[..start], digits, &rest[digits.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_of_a_cell_stays() {
        for (value, shown, reach, places, printed) in [
            ("0.0525", "5.25%", 4, 1, Some("5.3%")),
            ("0.03", "3%", 2, 1, Some("3.0%")),
            ("-0.0525", "-5.25%", 4, 0, Some("-5%")),
            ("-0.0004", "0.0%", 3, 2, Some("-0.04%")),
            ("-0.0004", "-0.04%", 4, 1, Some("0.0%")),
            ("0", "0.0%", 3, 2, Some("0.00%")),
            ("123456", "12.3万", 0, 2, Some("12.35万")),
            ("123456", "12.3456万元", 0, 1, Some("12.3万元")),
            ("-123456", "降12.3万", 0, 2, Some("降12.35万")),
            ("12345678", "12,345.7千元", 0, 0, Some("12,346千元")),
            ("0", "0.0百万", 0, 2, Some("0.00百万")),
            ("1234.5", "¥1,234.50", 2, 1, None),
            ("12.3", "12.3万元", 1, 1, None),
            ("0", "0.0万元", 1, 1, None),
            ("1.5", "1 1/2", 1, 1, None),
        ] {
            let number = Decimal::parse(value).unwrap().shown_as(Some(shown), Some(reach));
            let found = rewritten(&number, Some(places), false).and_then(|n| n.print());
            assert_eq!(found.as_deref(), printed, "{value} {shown}");
        }
    }
}
