//! The codes of number formats: what sections and tokens one has (ECMA-376, 18.8.30 and 18.8.31).

use super::decimal::Decimal;

/// Built-in formats that a workbook names by number alone, where Chinese offices show another code than the reader knows.
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

/// The colours of cells, which change no digit.
const COLOURS: [&str; 16] = [
    "red", "black", "blue", "green", "white", "yellow", "cyan", "magenta", "红色", "黑色", "蓝色", "绿色", "白色",
    "黄色", "青色", "洋红",
];

#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    /// `[>=100]`: for which numbers it is.
    pub(super) condition: Option<(Relation, Decimal)>,
    pub(super) tokens: Vec<Token>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    Unequal,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
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

/// The sections of a code; None for what is not known.
pub(super) fn sections(code: &str) -> Option<Vec<Section>> {
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
    (sections.len() <= 4).then(|| sections.into_iter().map(Section::told_apart).collect())
}

impl Relation {
    pub(super) fn holds(self, value: &Decimal, bound: &Decimal) -> bool {
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
}

impl Token {
    /// The characters that it shows whatever the value is.
    pub(super) fn literal(&self) -> &str {
        match self {
            Self::Literal(text) => text,
            Self::Percent => "%",
            _ => "",
        }
    }
}
