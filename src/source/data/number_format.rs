//! Number formats of workbooks: what a cell shows (ECMA-376, 18.8.30 and 18.8.31).

use std::fmt::Write as _;

use super::decimal::{Decimal, Rounding};

/// The formats whose number stands for a code, where they differ from the code that the reader knows: those of Chinese offices.
const CHINESE: [(u32, &str); 22] = [
    (14, "yyyy/m/d"),
    (22, "yyyy/m/d h:mm"),
    (27, "yyyy\"年\"m\"月\""),
    (28, "m\"月\"d\"日\""),
    (29, "m\"月\"d\"日\""),
    (30, "m-d-yy"),
    (31, "yyyy\"年\"m\"月\"d\"日\""),
    (32, "h\"时\"mm\"分\""),
    (33, "h\"时\"mm\"分\"ss\"秒\""),
    (34, "上午/下午h\"时\"mm\"分\""),
    (35, "上午/下午h\"时\"mm\"分\"ss\"秒\""),
    (36, "yyyy\"年\"m\"月\""),
    (50, "yyyy\"年\"m\"月\""),
    (51, "m\"月\"d\"日\""),
    (52, "yyyy\"年\"m\"月\""),
    (53, "m\"月\"d\"日\""),
    (54, "m\"月\"d\"日\""),
    (55, "上午/下午h\"时\"mm\"分\""),
    (56, "上午/下午h\"时\"mm\"分\"ss\"秒\""),
    (57, "yyyy\"年\"m\"月\""),
    (58, "m\"月\"d\"日\""),
    (5, "\"¥\"#,##0;\"¥\"-#,##0"),
];

/// The code of a format, by its number where Chinese offices show it otherwise.
pub(super) fn code(id: Option<u32>, given: &str) -> &str {
    CHINESE.iter().find(|(known, _)| Some(*known) == id).map_or(given, |(_, code)| code)
}

/// A format: what cells of it show.
#[derive(Clone, Debug)]
pub(super) struct NumberFormat {
    sections: Vec<Section>,
}

/// The colours of cells, which change no digit.
const COLOURS: [&str; 16] = [
    "red", "black", "blue", "green", "white", "yellow", "cyan", "magenta", "红色", "黑色", "蓝色", "绿色", "白色",
    "黄色", "青色", "洋红",
];

#[derive(Clone, Debug, Default)]
struct Section {
    /// `[>=100]`: for which numbers it is.
    condition: Option<(Relation, Decimal)>,
    tokens: Vec<Token>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    Unequal,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// Characters that are shown.
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    /// The decimal point.
    Point,
    /// A comma: it parts thousands, or, after the last digit, divides by a thousand.
    Comma,
    /// `%`.
    Percent,
    /// `E+` or `E-`.
    Exponent { plus: bool },
    /// As a cell without a format shows it.
    General,
    /// `@`: the text of the cell.
    Text,
    /// A part of a date or a time, so many letters long.
    Date(char, usize),
    /// Hours, minutes or seconds in all: `[h]`.
    Elapsed(char),
    /// AM/PM or 上午/下午.
    HalfDay(&'static str, &'static str),
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

impl NumberFormat {
    /// Reads the code of a format; None for what is not known.
    pub(super) fn parse(code: &str) -> Option<Self> {
        let mut sections = vec![Section::default()];
        let mut rest = code;
        while let Some(c) = rest.chars().next() {
            let section = sections.last_mut()?;
            if c == ';' {
                sections.push(Section::default());
                rest = &rest[1..];
                continue;
            }
            rest = section.take(c, rest)?;
        }
        (sections.len() <= 4).then(|| Self { sections: sections.into_iter().map(Section::told_apart).collect() })
    }

    /// True for the format of cells that have none.
    pub(super) fn is_general(&self) -> bool {
        matches!(self.sections.as_slice(), [Section { condition: None, tokens }] if *tokens == [Token::General])
    }

    /// What a number shows; None where the format says something that is not known. `epoch` is what 1904 workbooks add to a day.
    pub(super) fn show(&self, value: &Decimal, epoch: i64) -> Option<Shown> {
        let (section, signed) = self.section(value)?;
        if section.tokens.iter().any(|t| matches!(t, Token::Date(..) | Token::Elapsed(_))) {
            return section.date(value, epoch);
        }
        section.number(value, signed)
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
            let section = numeric.iter().find(fits)?;
            return Some((section, true));
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

impl Relation {
    fn holds(self, value: &Decimal, bound: &Decimal) -> bool {
        match self {
            Self::Less => value < bound,
            Self::LessOrEqual => value <= bound,
            Self::Greater => value > bound,
            Self::GreaterOrEqual => value >= bound,
            Self::Equal => value == bound,
            Self::Unequal => value != bound,
        }
    }
}

impl Section {
    fn literal(&mut self, text: &str) {
        match self.tokens.last_mut() {
            Some(Token::Literal(literal)) => literal.push_str(text),
            _ => self.tokens.push(Token::Literal(text.to_owned())),
        }
    }

    /// Takes in what begins with `c`; returns what follows it. None for what is not known.
    fn take<'a>(&mut self, c: char, rest: &'a str) -> Option<&'a str> {
        let after = &rest[c.len_utf8()..];
        let lower = c.to_ascii_lowercase();
        match c {
            '"' => {
                let end = after.find('"')?;
                self.literal(&after[..end]);
                return Some(&after[end + 1..]);
            }
            '\\' | '!' => {
                let literal = after.chars().next()?;
                self.literal(literal.encode_utf8(&mut [0; 4]));
                return Some(&after[literal.len_utf8()..]);
            }
            // A blank as wide as the next character; the next character as often as it fits.
            '_' | '*' => return Some(after.get(after.chars().next()?.len_utf8()..).unwrap_or("")),
            '[' => {
                let end = after.find(']')?;
                self.bracket(&after[..end])?;
                return Some(&after[end + 1..]);
            }
            '0' | '#' | '?' => self.tokens.push(Token::Digit(c)),
            '.' => self.tokens.push(Token::Point),
            ',' => self.tokens.push(Token::Comma),
            '%' => self.tokens.push(Token::Percent),
            '@' => self.tokens.push(Token::Text),
            'E' | 'e' if after.starts_with(['+', '-']) => {
                self.tokens.push(Token::Exponent { plus: after.starts_with('+') });
                return Some(&after[1..]);
            }
            _ if rest.get(..7).is_some_and(|t| t.eq_ignore_ascii_case("general")) => {
                self.tokens.push(Token::General);
                return Some(&rest[7..]);
            }
            _ if rest.starts_with("G/通用格式") => {
                self.tokens.push(Token::General);
                return Some(&rest["G/通用格式".len()..]);
            }
            _ if rest.starts_with("上午/下午") => {
                self.tokens.push(Token::HalfDay("上午", "下午"));
                return Some(&rest["上午/下午".len()..]);
            }
            _ if rest.get(..5).is_some_and(|t| t.eq_ignore_ascii_case("am/pm")) => {
                self.tokens.push(Token::HalfDay("AM", "PM"));
                return Some(&rest[5..]);
            }
            _ if matches!(lower, 'y' | 'm' | 'd' | 'h' | 's' | 'a') => {
                let count = rest.chars().take_while(|next| next.to_ascii_lowercase() == lower).count();
                if lower == 'a' && !(3..=4).contains(&count) {
                    return None;
                }
                self.tokens.push(Token::Date(lower, count));
                return Some(&rest[count..]);
            }
            // Letters beside these mean something else: eras, fractions, languages.
            _ if c.is_ascii_alphabetic() => return None,
            _ => self.literal(c.encode_utf8(&mut [0; 4])),
        }
        Some(after)
    }

    /// What square brackets hold: a colour, a condition, a currency, a language, a duration.
    fn bracket(&mut self, inner: &str) -> Option<()> {
        let lower = inner.to_ascii_lowercase();
        let first = lower.chars().next()?;
        if COLOURS.contains(&lower.as_str()) || lower.strip_prefix("color").is_some_and(|n| n.parse::<u8>().is_ok()) {
            return Some(());
        }
        if let Some(currency) = inner.strip_prefix('$') {
            let (sign, language) = currency.split_once('-').unwrap_or((currency, ""));
            // The last four digits name a language; what comes before them, other digits and calendars.
            if language.len() > 4 {
                return None;
            }
            self.literal(sign);
            return Some(());
        }
        if matches!(first, 'h' | 'm' | 's') && lower.chars().all(|c| c == first) {
            self.tokens.push(Token::Elapsed(first));
            return Some(());
        }
        let (relation, bound) = [
            ("<=", Relation::LessOrEqual),
            (">=", Relation::GreaterOrEqual),
            ("<>", Relation::Unequal),
            ("<", Relation::Less),
            (">", Relation::Greater),
            ("=", Relation::Equal),
        ]
        .into_iter()
        .find_map(|(sign, relation)| lower.strip_prefix(sign).map(|bound| (relation, bound.to_owned())))?;
        self.condition = Some((relation, Decimal::parse(bound.trim())?));
        Some(())
    }

    /// An `m` after hours or before seconds means minutes, written `n` from here on.
    fn told_apart(mut self) -> Self {
        let parts: Vec<usize> = (0..self.tokens.len())
            .filter(|&at| matches!(self.tokens[at], Token::Date(..) | Token::Elapsed(_)))
            .collect();
        for (place, &at) in parts.iter().enumerate() {
            let letter = |place: Option<usize>| match place.and_then(|p| parts.get(p)).map(|&p| &self.tokens[p]) {
                Some(Token::Date(c, _) | Token::Elapsed(c)) => Some(*c),
                _ => None,
            };
            let clock = letter(place.checked_sub(1)) == Some('h') || letter(Some(place + 1)) == Some('s');
            if let Token::Date('m', count) = self.tokens[at]
                && clock
                && count <= 2
            {
                self.tokens[at] = Token::Date('n', count);
            }
        }
        self
    }

    fn number(&self, value: &Decimal, signed: bool) -> Option<Shown> {
        if self.tokens == [Token::General] || self.tokens.contains(&Token::Text) {
            return Some(Shown::Plain);
        }
        // Fractions.
        if self.tokens.iter().any(|t| matches!(t, Token::Literal(text) if text.contains('/'))) {
            return None;
        }
        if self.tokens.iter().any(|t| matches!(t, Token::General | Token::HalfDay(..))) {
            return self.general(value, signed);
        }
        let point = self.tokens.iter().position(|t| *t == Token::Point);
        let digits = |range: &[Token]| range.iter().filter(|t| matches!(t, Token::Digit(_))).count();
        let last = self.tokens.iter().rposition(|t| matches!(t, Token::Digit(_)));
        let Some(last) = last else {
            let text: String = self.tokens.iter().map(literal).collect();
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
        let minus = signed && value.is_negative() && !rounded.is_zero();
        let text = self.fill(&rounded.digits(places), point, grouped);
        let text = format!("{}{}", if minus { "-" } else { "" }, text.trim());
        // How far the shown digits reach in the value itself.
        let reach = u32::try_from((i64::from(places) + i64::from(shift)).max(0)).ok()?;
        let bare = rounded.digits(places);
        let bare = if minus { format!("-{bare}") } else { bare };
        Some(if text == bare && shift == 0 { Shown::Digits(places) } else { Shown::Number(text, reach) })
    }

    /// The tokens with a number's digits in the places of the placeholders.
    fn fill(&self, number: &str, point: Option<usize>, grouped: bool) -> String {
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let whole = if whole == "0" { "" } else { whole };
        let end = point.unwrap_or(self.tokens.len());
        // From the right: each placeholder takes a digit, the first one all that are left.
        let mut left: Vec<char> = whole.chars().collect();
        let mut count = 0;
        let first = self.tokens[..end].iter().position(|t| matches!(t, Token::Digit(_)));
        let mut out: Vec<String> = Vec::new();
        for (at, token) in self.tokens[..end].iter().enumerate().rev() {
            let Token::Digit(kind) = token else {
                out.push(literal(token));
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
                other => text.push_str(&literal(other)),
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
        let part = |token: &Token| if *token == Token::General { digits.clone() } else { literal(token) };
        let text: String = self.tokens.iter().map(part).collect();
        Some(Shown::Number(text.trim().to_owned(), number.needed()?))
    }

    fn date(&self, value: &Decimal, epoch: i64) -> Option<Shown> {
        if value.is_negative()
            || self.tokens.iter().any(|t| matches!(t, Token::Digit(_) | Token::Point | Token::General))
        {
            return None;
        }
        let day = Decimal::whole(86_400);
        let seconds = value.times(&day)?.round(0, Rounding::HalfUp)?.to_integer()?;
        let serial = seconds / 86_400 + epoch;
        let clock = seconds % 86_400;
        let (year, month, date, weekday) = calendar(serial)?;
        let halves = self.tokens.iter().any(|t| matches!(t, Token::HalfDay(..)));
        let mut dated = false;
        let mut out = String::new();
        for token in &self.tokens {
            match token {
                Token::Date(letter @ ('y' | 'm' | 'd' | 'a'), count) => {
                    dated = true;
                    out.push_str(&date_part(*letter, *count, (year, month, date, weekday))?);
                }
                Token::Date(letter, count) => {
                    let hour = clock / 3600;
                    let number = match letter {
                        'h' if halves => (hour + 11) % 12 + 1,
                        'h' => hour,
                        'n' => clock / 60 % 60,
                        _ => clock % 60,
                    };
                    let width = if *count > 1 { 2 } else { 1 };
                    // Writing into a string cannot fail.
                    write!(out, "{number:0width$}").unwrap_or_default();
                }
                Token::Elapsed(letter) => {
                    let unit = match letter {
                        'h' => 3600,
                        'm' => 60,
                        _ => 1,
                    };
                    out.push_str(&(seconds / unit).to_string());
                }
                Token::HalfDay(morning, afternoon) => {
                    out.push_str(if clock < 43_200 { morning } else { afternoon });
                }
                other => out.push_str(&literal(other)),
            }
        }
        let out = out.trim().to_owned();
        Some(if dated { Shown::Date(out) } else { Shown::Text(out) })
    }
}

fn literal(token: &Token) -> String {
    match token {
        Token::Literal(text) => text.clone(),
        Token::Percent => "%".to_owned(),
        _ => String::new(),
    }
}

fn date_part(letter: char, count: usize, (year, month, day, weekday): (i32, u8, u8, u8)) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    const HAN: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];
    let name = |names: &[&str], at: u8| names.get(usize::from(at)).map(|n| (*n).to_owned());
    Some(match (letter, count) {
        ('y', 1 | 2) => format!("{:02}", year % 100),
        ('y', _) => format!("{year:04}"),
        ('m', 1) => month.to_string(),
        ('m', 2) => format!("{month:02}"),
        ('m', 3) => name(&MONTHS, month - 1)?.chars().take(3).collect(),
        ('m', 4) => name(&MONTHS, month - 1)?,
        ('d', 1) => day.to_string(),
        ('d', 2) => format!("{day:02}"),
        ('d', 3) => name(&DAYS, weekday)?.chars().take(3).collect(),
        ('d', 4) => name(&DAYS, weekday)?,
        ('a', 3) => name(&HAN, weekday)?,
        ('a', 4) => format!("星期{}", name(&HAN, weekday)?),
        _ => return None,
    })
}

/// Year, month, day and day of the week (from Sunday) of a day number. Excel counts a 29 February 1900, which never was.
fn calendar(serial: i64) -> Option<(i32, u8, u8, u8)> {
    let date = date_of(serial)?;
    Some((date.year(), u8::from(date.month()), date.day(), date.weekday().number_days_from_sunday()))
}

/// The day of a day number.
pub(super) fn date_of(serial: i64) -> Option<time::Date> {
    let first = time::macros::date!(1899 - 12 - 30);
    if !(0..=2_958_465).contains(&serial) || serial == 60 {
        return None;
    }
    first.checked_add(time::Duration::days(if serial < 60 { serial + 1 } else { serial }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(code: &str, value: &str) -> String {
        let value = Decimal::parse(value).unwrap();
        match NumberFormat::parse(code).and_then(|f| f.show(&value, 0)) {
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
            ("#.##", "0.5", ".5"),
            ("0.0#", "12.50", "12.5"),
            ("0.00", "-0.001", "0.00"),
            ("0\"件\"", "12", "12件"),
            ("G/通用格式\"件\"", "12.5", "12.5件"),
            ("@", "12", "plain"),
            ("# ?/?", "0.5", "?"),
            ("[DBNum1]0", "12", "?"),
        ] {
            assert_eq!(show(code, value), shown, "{code} {value}");
        }
    }

    #[test]
    fn days_and_times_show_as_in_the_office() {
        for (code, value, shown) in [
            ("yyyy\"年\"m\"月\"d\"日\"", "45299", "2024年1月8日"),
            ("yyyy-mm-dd", "45299", "2024-01-08"),
            ("yyyy-mm-dd hh:mm:ss", "45299.999826388889", "2024-01-08 23:59:45"),
            ("h:mm", "0.520833333333333", "12:30"),
            ("h:mm", "45299.999826388889", "23:59"),
            ("[h]:mm", "1.08680555555556", "26:05"),
            ("h:mm AM/PM", "0.75", "6:00 PM"),
            ("上午/下午h\"时\"mm\"分\"", "0.25", "上午6时00分"),
            ("mm:ss", "0.000694444444444444", "01:00"),
            ("d-mmm-yy", "45299", "8-Jan-24"),
            ("aaaa", "45299", "星期一"),
            ("yyyy/m/d", "1", "1900/1/1"),
            ("yyyy/m/d", "61", "1900/3/1"),
            ("yyyy/m/d", "60", "?"),
            ("yyyy/m/d", "-1", "?"),
        ] {
            assert_eq!(show(code, value), shown, "{code} {value}");
        }
    }
}
