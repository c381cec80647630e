//! The codes of number formats: what sections and tokens one has (ECMA-376, 18.8.30 and 18.8.31).

use super::decimal::Decimal;
use super::numerals::{MONEY, NumeralStyle, OFFICE};

/// Built-in formats that a workbook names by number alone, where Chinese offices show another code than the reader knows: their number,
/// the reader's code, and the code that is shown.
const CHINESE: [(u32, &str, &str); 33] = [
    (5, GENERAL, "\"¥\"#,##0;\"¥\"-#,##0"),
    (6, GENERAL, "\"¥\"#,##0;[Red]\"¥\"-#,##0"),
    (7, GENERAL, "\"¥\"#,##0.00;\"¥\"-#,##0.00"),
    (8, GENERAL, "\"¥\"#,##0.00;[Red]\"¥\"-#,##0.00"),
    (14, "mm-dd-yy", "yyyy/m/d"),
    (22, "m/d/yy h:mm", "yyyy/m/d h:mm"),
    (27, GENERAL, "yyyy\"年\"m\"月\""),
    (28, GENERAL, "m\"月\"d\"日\""),
    (29, GENERAL, "m\"月\"d\"日\""),
    (30, GENERAL, "m-d-yy"),
    (31, GENERAL, "yyyy\"年\"m\"月\"d\"日\""),
    (32, GENERAL, "h\"时\"mm\"分\""),
    (33, GENERAL, "h\"时\"mm\"分\"ss\"秒\""),
    (34, GENERAL, "上午/下午h\"时\"mm\"分\""),
    (35, GENERAL, "上午/下午h\"时\"mm\"分\"ss\"秒\""),
    (36, GENERAL, "yyyy\"年\"m\"月\""),
    (37, "#,##0 ;(#,##0)", "#,##0;-#,##0"),
    (38, "#,##0 ;[Red](#,##0)", "#,##0;[Red]-#,##0"),
    (39, "#,##0.00;(#,##0.00)", "#,##0.00;-#,##0.00"),
    (40, "#,##0.00;[Red](#,##0.00)", "#,##0.00;[Red]-#,##0.00"),
    (41, "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", "#,##0;-#,##0;\"-\""),
    (42, "_($* #,##0_);_($* (#,##0);_($* \"-\"_);_(@_)", "\"¥\"#,##0;\"¥\"-#,##0;\"¥-\""),
    (43, "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", "#,##0.00;-#,##0.00;\"-\""),
    (44, "_($* #,##0.00_);_($* (#,##0.00);_($* \"-\"??_);_(@_)", "\"¥\"#,##0.00;\"¥\"-#,##0.00;\"¥-\""),
    (50, GENERAL, "yyyy\"年\"m\"月\""),
    (51, GENERAL, "m\"月\"d\"日\""),
    (52, GENERAL, "yyyy\"年\"m\"月\""),
    (53, GENERAL, "m\"月\"d\"日\""),
    (54, GENERAL, "m\"月\"d\"日\""),
    (55, GENERAL, "上午/下午h\"时\"mm\"分\""),
    (56, GENERAL, "上午/下午h\"时\"mm\"分\"ss\"秒\""),
    (57, GENERAL, "yyyy\"年\"m\"月\""),
    (58, GENERAL, "m\"月\"d\"日\""),
];
/// The code of cells without a format, which the reader gives to numbers it does not know too.
const GENERAL: &str = "General";
/// Formats of a workbook's own have numbers from here on.
const OWN: u32 = 164;

/// The code of a format: what the workbook writes, else what its number means in Chinese offices. A number that means nothing gets a
/// code that is not known.
pub(super) fn code(id: Option<u32>, given: &str) -> &str {
    let Some(id) = id else { return given };
    match CHINESE.iter().find(|(known, reader, _)| *known == id && *reader == given) {
        Some((_, _, code)) => code,
        None if (1..OWN).contains(&id) && given == GENERAL => "built-in",
        None => given,
    }
}

/// The code of a built-in format as Chinese offices show it, where that is a way of their own.
pub(super) fn chinese(id: u32) -> Option<&'static str> {
    CHINESE.iter().find(|(known, _, _)| *known == id).map(|(_, _, code)| *code)
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
    /// `[Red]`: it has a colour of its own.
    pub(super) coloured: bool,
    /// `[$-804]`: the language of the names of months and days, by its number.
    pub(super) language: Option<u16>,
    /// `[DBNum1]`, `[DBNum2]`: its digits are Han numerals, plain or formal ones.
    pub(super) numerals: Option<&'static NumeralStyle>,
}

/// The long date and the long time of the system, which stand for whatever is written beside them, as Chinese systems show them.
const SYSTEM: [(u16, &str); 2] = [(0xF800, "yyyy\"年\"m\"月\"d\"日\""), (0xF400, "h:mm:ss")];

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
    /// Hours, minutes or seconds in all, so many letters long: `[h]`.
    Elapsed(char, usize),
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
    let own = |section: &Section| SYSTEM.iter().find(|(number, _)| section.language == Some(*number));
    if let Some((_, shown)) = sections.iter().find_map(own) {
        return self::sections(shown);
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
            self.coloured = true;
            return Some(());
        }
        let numerals = [("dbnum1", &OFFICE), ("dbnum2", &MONEY)];
        if let Some((_, style)) = numerals.into_iter().find(|(name, _)| *name == lower) {
            self.numerals = Some(style);
            return Some(());
        }
        if let Some(currency) = inner.strip_prefix('$') {
            let (sign, language) = currency.split_once('-').unwrap_or((currency, ""));
            // The last four digits name a language; what comes before them, other digits and calendars.
            if language.len() > 4 {
                return None;
            }
            if !language.is_empty() {
                self.language = u16::from_str_radix(language, 16).ok().filter(|number| *number > 0);
            }
            self.literal(sign);
            return Some(());
        }
        if matches!(first, 'h' | 'm' | 's') && lower.chars().all(|c| c == first) {
            self.tokens.push(Token::Elapsed(first, lower.len()));
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
            .filter(|&at| matches!(self.tokens[at], Token::Date(..) | Token::Elapsed(..)))
            .collect();
        for (place, &at) in parts.iter().enumerate() {
            let letter = |place: Option<usize>| match place.and_then(|p| parts.get(p)).map(|&p| &self.tokens[p]) {
                Some(Token::Date(c, _) | Token::Elapsed(c, _)) => Some(*c),
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
