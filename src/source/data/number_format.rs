//! Number formats of workbooks: what a cell shows (ECMA-376, 18.8.30 and 18.8.31).

use super::decimal::{Decimal, Rounding};
use super::format_code::{Relation, Section, Token, sections};
use super::format_date;
use super::format_fraction::fraction;
use super::format_han::han;

/// What says before a number that it is negative.
pub(super) const MINUS_SIGNS: [char; 14] =
    ['-', '\u{2212}', '(', '（', '△', '▲', '▼', '↓', '负', '降', '减', '亏', '跌', '欠'];

/// A format: what cells of it show.
#[derive(Clone, Debug)]
pub(super) struct CellFormat {
    sections: Vec<Section>,
}

/// What a number in a cell shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// As it is: the cell has no format.
    Plain,
    /// Digits alone, with so many decimals.
    Digits(u32),
    /// A text that holds the number rounded to so many decimals of its value.
    Number(String, u32),
    /// A date, or a date and a time.
    Date(String),
    /// A time of day, a duration, or a text without the number.
    Text(String),
}

impl CellFormat {
    /// Reads the code of a format; None for what is not known.
    pub(super) fn parse(code: &str) -> Option<Self> {
        sections(code).map(|sections| Self { sections })
    }

    /// True for the format of cells that have none.
    pub(super) fn is_general(&self) -> bool {
        matches!(self.sections.as_slice(), [Section { condition: None, numerals: None, tokens, .. }] if *tokens == [Token::General])
    }

    /// What a number shows; None where the format says something that is not known. `epoch` is what 1904 workbooks add to a day.
    pub(super) fn show(&self, value: &Decimal, epoch: i64) -> Option<Shown> {
        let (section, signed) = self.section(value)?;
        let tokens = &section.tokens;
        if format_date::is_for_time(tokens) {
            let kind = if format_date::is_for_days(tokens) { Shown::Date } else { Shown::Text };
            return format_date::show(section, value, epoch).map(kind);
        }
        section.number(value, signed)
    }

    /// True where the sheet shows by a colour alone that a number is negative.
    pub(super) fn shows_minus_by_colour(&self, value: &Decimal) -> bool {
        let by_colour = |(section, signed): (&Section, bool)| !signed && section.colour_is_minus();
        value.is_negative() && self.section(value).is_some_and(by_colour)
    }

    /// What a text shows.
    pub(super) fn show_text(&self, text: &str) -> String {
        let section = self.sections.iter().find(|s| s.tokens.contains(&Token::Text));
        let Some(section) = section else { return text.to_owned() };
        let part = |token: &Token| match token {
            Token::Literal(literal) => literal.clone(),
            Token::Text => text.to_owned(),
            _ => String::new(),
        };
        section.tokens.iter().map(part).collect::<String>().trim().to_owned()
    }

    /// The section for a number, and whether the number is shown with its sign.
    fn section(&self, value: &Decimal) -> Option<(&Section, bool)> {
        let numeric: Vec<&Section> = self
            .sections
            .iter()
            .enumerate()
            .filter(|(at, s)| *at < 3 && !s.tokens.contains(&Token::Text))
            .map(|(_, s)| s)
            .collect();
        if numeric.iter().any(|s| s.condition.is_some()) {
            let fits =
                |s: &&&Section| s.condition.as_ref().is_none_or(|(relation, bound)| relation.holds(value, bound));
            let at = numeric.iter().position(|section| fits(&section))?;
            return Some((numeric[at], !value.is_negative() || sign_of_conditions(&numeric, at)?));
        }
        match (numeric.as_slice(), value.is_negative(), value.is_zero()) {
            ([], ..) => self.sections.first().map(|s| (s, true)),
            ([only], ..) => Some((only, true)),
            ([_, negative, ..], true, _) => Some((negative, false)),
            ([_, _, zero], _, true) => Some((zero, false)),
            ([positive, ..], ..) => Some((positive, false)),
        }
    }
}

/// Whether a section of a format with conditions shows the sign of a negative number: not where it is for negative numbers alone.
/// None where programs differ in it.
fn sign_of_conditions(sections: &[&Section], at: usize) -> Option<bool> {
    let of = |section: &Section| section.condition.as_ref().map(|(relation, bound)| (*relation, bound.clone()));
    let zero = Decimal::whole(0);
    match of(sections[at]) {
        Some((Relation::Less, bound)) if bound == zero => Some(false),
        Some((Relation::Less | Relation::LessOrEqual | Relation::Equal, bound)) if bound <= zero => None,
        Some(_) => Some(true),
        None => {
            let left: Vec<_> = sections[..at].iter().filter_map(|section| of(section)).collect();
            let without = |relation| left.iter().any(|(known, bound)| (*known, bound) == (relation, &zero));
            match (without(Relation::GreaterOrEqual), without(Relation::Greater)) {
                (true, _) => Some(false),
                (false, true) => None,
                (false, false) => Some(true),
            }
        }
    }
}

impl Section {
    /// True where nothing but the colour tells a number from its opposite.
    fn colour_is_minus(&self) -> bool {
        let sign = |t: &Token| matches!(t, Token::Literal(text) if text.contains(MINUS_SIGNS));
        self.coloured && !self.tokens.iter().any(sign)
    }

    fn number(&self, value: &Decimal, signed: bool) -> Option<Shown> {
        if let Some(style) = self.numerals {
            return Some(Shown::Number(han(&self.tokens, value, style)?, 0));
        }
        if self.tokens == [Token::General] || self.tokens.contains(&Token::Text) {
            return Some(Shown::Plain);
        }
        if self.tokens.iter().any(|t| matches!(t, Token::Literal(text) if text.contains('/'))) {
            return Some(Shown::Number(fraction(&self.tokens, value)?, value.needed()?));
        }
        if self.tokens.iter().any(|t| matches!(t, Token::General | Token::HalfDay(..))) {
            return self.general(value, signed);
        }
        let point = self.tokens.iter().position(|t| *t == Token::Point);
        // A comma before the point divides or parts thousands: programs differ.
        if point.is_some_and(|at| at > 0 && self.tokens[at - 1] == Token::Comma) {
            return None;
        }
        let digits = |range: &[Token]| range.iter().filter(|t| matches!(t, Token::Digit(_))).count();
        let last = self.tokens.iter().rposition(|t| matches!(t, Token::Digit(_)));
        let Some(last) = last else {
            let text: String = self.tokens.iter().map(Token::literal).collect();
            return Some(Shown::Text(text.trim().to_owned()));
        };
        if let Some(exponent) = self.tokens.iter().position(|t| matches!(t, Token::Exponent { .. })) {
            return self.scientific(value, exponent, signed);
        }
        let places = point.map_or(0, |at| digits(&self.tokens[at..]));
        // Commas after the last digit divide by a thousand each.
        let thousands = self.tokens[last..].iter().skip(1).take_while(|t| **t == Token::Comma).count();
        let percents = self.tokens.iter().filter(|t| **t == Token::Percent).count();
        let grouped = self.tokens[..last].iter().take(point.unwrap_or(last)).any(|t| *t == Token::Comma);
        let shift = i32::try_from(percents * 2).ok()? - i32::try_from(thousands * 3).ok()?;
        let scaled = value.times(&Decimal::parse(&format!("1e{shift}"))?)?;
        let places = u32::try_from(places).ok()?;
        let rounded = scaled.absolute()?.round(places, Rounding::HalfUp)?;
        // A minus that the sheet shows by a colour alone is written: print has no colours.
        let minus = (signed || self.colour_is_minus()) && value.is_negative() && !rounded.is_zero();
        let text = self.fill(&rounded.digits(places), point, grouped);
        let text = format!("{}{}", if minus { "-" } else { "" }, text.trim());
        // How far the shown digits reach in the value itself.
        let reach = u32::try_from((i64::from(places) + i64::from(shift)).max(0)).ok()?;
        let bare = rounded.digits(places);
        let bare = if minus { format!("-{bare}") } else { bare };
        let hidden = value.is_negative() && !minus && !rounded.is_zero();
        Some(if text == bare && shift == 0 && !hidden { Shown::Digits(places) } else { Shown::Number(text, reach) })
    }

    /// The format as text, with a number's digits where its 0, # and ? are.
    fn fill(&self, number: &str, point: Option<usize>, grouped: bool) -> String {
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let whole = if whole == "0" { "" } else { whole };
        let end = point.unwrap_or(self.tokens.len());
        // From the right: each 0, # and ? takes a digit, the leftmost takes all that remain.
        let mut left: Vec<char> = whole.chars().collect();
        let mut count = 0;
        let first = self.tokens[..end].iter().position(|t| matches!(t, Token::Digit(_)));
        let mut out: Vec<String> = Vec::new();
        if first.is_none() {
            // .00 has no place for them: they all stand before the point.
            out.push(std::mem::take(&mut left).into_iter().collect());
        }
        for (at, token) in self.tokens[..end].iter().enumerate().rev() {
            let Token::Digit(kind) = token else {
                out.push(token.literal().to_owned());
                continue;
            };
            loop {
                let digit = left.pop().or(if *kind == '0' { Some('0') } else { None });
                let Some(digit) = digit else { break };
                if grouped && count > 0 && count % 3 == 0 {
                    out.push(",".to_owned());
                }
                out.push(digit.to_string());
                count += 1;
                if Some(at) != first || left.is_empty() {
                    break;
                }
            }
        }
        let mut text: String = out.into_iter().rev().collect();
        if point.is_none() {
            return text;
        }
        text.push('.');
        let mut digits: Vec<char> = fraction.chars().collect();
        let kinds: Vec<char> =
            self.tokens[end..].iter().filter_map(|t| if let Token::Digit(c) = t { Some(*c) } else { None }).collect();
        while let (Some('0'), Some('#' | '?')) = (digits.last(), kinds.get(digits.len().saturating_sub(1))) {
            digits.pop();
        }
        let mut digits = digits.into_iter();
        for token in &self.tokens[end + 1..] {
            match token {
                Token::Digit(_) => text.extend(digits.next()),
                other => text.push_str(other.literal()),
            }
        }
        text
    }

    /// `1.23E+04`.
    fn scientific(&self, value: &Decimal, exponent: usize, signed: bool) -> Option<Shown> {
        let count = |range: &[Token]| range.iter().filter(|t| matches!(t, Token::Digit(_))).count();
        let point = self.tokens[..exponent].iter().position(|t| *t == Token::Point);
        let places = u32::try_from(point.map_or(0, |at| count(&self.tokens[at..exponent]))).ok()?;
        if count(&self.tokens[..point.unwrap_or(exponent)]) != 1 {
            return None;
        }
        let width = count(&self.tokens[exponent..]);
        let mut power = 0_i32;
        let mut mantissa = value.absolute()?;
        let (ten, one, tenth) = (Decimal::whole(10), Decimal::whole(1), Decimal::parse("0.1")?);
        while mantissa >= ten && power < 400 {
            mantissa = mantissa.times(&tenth)?;
            power += 1;
        }
        while mantissa < one && !mantissa.is_zero() && power > -400 {
            mantissa = mantissa.times(&ten)?;
            power -= 1;
        }
        let mut rounded = mantissa.round(places, Rounding::HalfUp)?;
        if rounded >= ten {
            rounded = rounded.times(&tenth)?.round(places, Rounding::HalfUp)?;
            power += 1;
        }
        let minus = if signed && value.is_negative() { "-" } else { "" };
        let plus = matches!(self.tokens[exponent], Token::Exponent { plus: true });
        let sign = if power < 0 {
            "-"
        } else if plus {
            "+"
        } else {
            ""
        };
        let text = format!("{minus}{}E{sign}{:0>width$}", rounded.digits(places), power.unsigned_abs());
        let reach = u32::try_from((i64::from(places) - i64::from(power)).max(0)).ok()?;
        Some(Shown::Number(text, reach))
    }

    /// A number as it is, with words around it.
    fn general(&self, value: &Decimal, signed: bool) -> Option<Shown> {
        let number = if signed { value.clone() } else { value.absolute()? };
        let digits = number.digits(number.needed()?);
        let mut text = String::new();
        for token in &self.tokens {
            text.push_str(if *token == Token::General { &digits } else { token.literal() });
        }
        Some(Shown::Number(text.trim().to_owned(), number.needed()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(code: &str, value: &str) -> String {
        let value = Decimal::parse(value).unwrap();
        match CellFormat::parse(code).and_then(|f| f.show(&value, 0)) {
            None => "?".to_owned(),
            Some(Shown::Plain) => "plain".to_owned(),
            Some(Shown::Digits(places)) => value.digits(places),
            Some(Shown::Number(text, _) | Shown::Date(text) | Shown::Text(text)) => text,
        }
    }

    #[test]
    fn numbers_show_as_in_the_office() {
        for (code, value, shown) in [
            ("General", "12.5", "plain"),
            ("0", "12.5", "13"),
            ("0.00", "12.5", "12.50"),
            ("#,##0.00", "1234.5", "1,234.50"),
            ("#,##0", "-20876", "-20,876"),
            ("0.0%", "0.125", "12.5%"),
            ("0%", "0.125", "13%"),
            ("0.00E+00", "12345", "1.23E+04"),
            ("0.0E+00", "0.00012", "1.2E-04"),
            ("0.00_);[Red](0.00)", "-12.5", "(12.50)"),
            ("0.00_);[Red]\\(0.00\\)", "12.5", "12.50"),
            ("#,##0;[红色]-#,##0;\"—\"", "0", "—"),
            ("0!.0,", "12345", "1.2"),
            ("0!.0000\"万元\"", "123456", "12.3456万元"),
            ("0.0,,\"百万\"", "12345678", "12.3百万"),
            ("[>=10000]0!.0,\"万\";0", "123456", "12.3万"),
            ("[>=10000]0!.0,\"万\";0", "9999", "9999"),
            ("\"¥\"#,##0.00", "1234.5", "¥1,234.50"),
            ("[$¥-804]#,##0.00", "1234.5", "¥1,234.50"),
            ("000", "7", "007"),
            ("0.0;0.0", "-7", "7.0"),
            ("0.0;[Red]0.0", "-7", "-7.0"),
            ("#,##0;[Red]#,##0", "-1234", "-1,234"),
            ("0%;[红色]0%", "-0.125", "-13%"),
            ("0.0;[Red]▲0.0", "-7", "▲7.0"),
            ("#.##", "0.5", ".5"),
            (".00", "1234.5", "1234.50"),
            (".00", "0.5", ".50"),
            (".00\"亿元\"", "12345678.9", "12345678.90亿元"),
            (".0%", "1.25", "125.0%"),
            (".##", "12.5", "12.5"),
            (".0,", "12345", "12.3"),
            (".00;-.00", "-12.5", "-12.50"),
            ("\"约\".0", "12.5", "约12.5"),
            ("#,##0,.00", "1234567", "?"),
            ("[>0]\"+\"0.0;[<0]\"-\"0.0;0.0", "-1", "-1.0"),
            ("[Color10][>0]▲0.0%;[Red][<0]▼0.0%;0.0%", "-1", "▼100.0%"),
            ("[<0]\"降\"0.0;0.0", "-1", "降1.0"),
            ("[<0]\"降\"0.0;0.0", "1", "1.0"),
            ("[>=1]0;0", "-2", "-2"),
            ("[>=0]0.0;\"降\"0.0", "-2", "降2.0"),
            ("[>0]0.0;\"降\"0.0", "-2", "?"),
            ("[<=-10]0;0.0", "-12", "?"),
            ("[<=-10]0;0.0", "-2", "-2.0"),
            ("0.0#", "12.50", "12.5"),
            ("0.00", "-0.001", "0.00"),
            ("0\"件\"", "12", "12件"),
            ("G/通用格式\"件\"", "12.5", "12.5件"),
            ("@", "12", "plain"),
            ("# ?/?", "0.5", "1/2"),
            ("# ?/?", "-1.5", "-1 1/2"),
            ("# ??/??", "3", "3"),
            ("# ?/?", "0", "0"),
            ("?/?", "1.25", "5/4"),
            ("# ?/4", "0.5", "2/4"),
            ("# ??/16", "2.125", "2 2/16"),
            ("#\\ ??/10", "0.3", "3/10"),
            ("# ??/100", "0.07", "7/100"),
            // A fraction that is not the value itself.
            ("# ?/?", "0.333333333333333", "?"),
            ("# ?/?", "0.17", "?"),
            ("# ?/4", "0.3", "?"),
            ("0.0/0", "0.5", "?"),
            ("[DBNum1]0", "2024", "?"),
            ("[DBNum1][$-804]G/通用格式", "125", "一百二十五"),
            ("[DBNum1][$-804]General", "10", "一十"),
            ("[DBNum1]General", "1005", "一千〇五"),
            ("[DBNum2][$-804]General\"元整\"", "10250", "壹万零贰佰伍拾元整"),
            ("[DBNum2]0", "105", "?"),
            ("[DBNum1]General", "12.5", "?"),
            ("[DBNum1]General", "-12", "?"),
            ("[DBNum1]0.00", "12", "?"),
            ("[DBNum1]#,##0", "1234", "?"),
            ("[DBNum3]0", "12", "?"),
        ] {
            assert_eq!(show(code, value), shown, "{code} {value}");
        }
    }

    #[test]
    fn numbers_of_formats_mean_what_chinese_offices_show() {
        use super::super::format_code::code;
        for (id, given, code_shown) in [
            (7, "General", "\"¥\"#,##0.00;\"¥\"-#,##0.00"),
            (39, "#,##0.00;(#,##0.00)", "#,##0.00;-#,##0.00"),
            // What the workbook writes itself is what it means.
            (39, "0.0", "0.0"),
            (0, "General", "General"),
            (2, "0.00", "0.00"),
            (164, "General", "General"),
            (23, "General", "built-in"),
        ] {
            assert_eq!(code(Some(id), given), code_shown, "{id}");
        }
        assert!(CellFormat::parse("built-in").is_none());
    }

    #[test]
    fn days_and_times_show_as_in_the_office() {
        for (code, value, shown) in [
            ("yyyy\"年\"m\"月\"d\"日\"", "45299", "2024年1月8日"),
            ("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", "45299", "二〇二四年一月八日"),
            ("[DBNum1][$-804]m\"月\"d\"日\"", "45276", "十二月十六日"),
            ("[DBNum1][$-804]yyyy\"年\"m\"月\"", "45276", "二〇二三年十二月"),
            ("[DBNum1]yyyy-mm-dd", "45276", "?"),
            ("[DBNum2]yyyy\"年\"m\"月\"", "45276", "?"),
            ("[DBNum1]h\"时\"", "0.5", "?"),
            ("yyyy-mm-dd", "45299", "2024-01-08"),
            ("yyyy-mm-dd hh:mm:ss", "45299.999826388889", "2024-01-08 23:59:45"),
            ("h:mm", "0.520833333333333", "12:30"),
            ("h:mm", "45299.999826388889", "23:59"),
            ("[h]:mm", "1.08680555555556", "26:05"),
            ("[hh]:mm", "0.25", "06:00"),
            ("[mm]:ss", "0.00299768518518519", "04:19"),
            ("h:mm AM/PM", "0.75", "6:00 PM"),
            ("上午/下午h\"时\"mm\"分\"", "0.25", "上午6时00分"),
            ("mm:ss", "0.000694444444444444", "01:00"),
            ("d-mmm-yy", "45299", "8-Jan-24"),
            ("aaaa", "45299", "星期一"),
            ("yyyy.mm.dd", "45299", "2024.01.08"),
            ("[$-409]mmmm d, yyyy", "45299", "January 8, 2024"),
            ("[$-804]dddd", "45299", "星期一"),
            ("[$-804]mmmm", "45299", "一月"),
            ("[$-804]h:mm AM/PM", "0.75", "6:00 下午"),
            ("[$-F800]dddd\\, mmmm dd\\, yyyy", "45299", "2024年1月8日"),
            ("[$-411]aaaa", "45299", "?"),
            ("[$-804]ddd", "45299", "?"),
            ("[$-411]yyyy-mm-dd", "45299", "2024-01-08"),
            ("mm:ss.0", "0.5", "?"),
            ("yyyy/m/d", "1", "1900/1/1"),
            ("yyyy/m/d", "61", "1900/3/1"),
            ("yyyy/m/d", "60", "?"),
            ("yyyy/m/d", "-1", "?"),
        ] {
            assert_eq!(show(code, value), shown, "{code} {value}");
        }
    }
}
