//! Marks within the lines of Markdown: what a source has too is taken over; of the rest the characters stay, and it is told.

use super::super::inline::link;
use super::remark::Remark;
use crate::diagnostic::{Message, say};
use crate::model::{Bit, BitKind, Phrase};
use std::collections::BTreeMap;

/// The addresses that a text names: `[name]: https://…`.
pub(super) type Addresses = BTreeMap<String, String>;

/// Names of elements of HTML. What else stands between < and > is text.
const ELEMENTS: [&str; 56] = [
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "body",
    "center",
    "cite",
    "code",
    "col",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "u",
    "ul",
    "video",
];
/// Those within a table, which has lines of its own in HTML.
const CELLS: [&str; 6] = ["tbody", "td", "tfoot", "th", "thead", "tr"];
/// Characters by their names.
const NAMED: [(&str, char); 18] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ensp", ' '),
    ("emsp", '\u{3000}'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("hellip", '…'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("middot", '·'),
    ("times", '×'),
    ("deg", '°'),
];

/// Marks within marks, no deeper: nobody writes more.
const DEEPEST: usize = 12;
/// The longest text whose marks are read, in bytes.
const LONGEST: usize = 100_000;

/// Reads the marks of one text.
struct MarksReader<'a> {
    addresses: &'a Addresses,
    /// In how many marks the text is.
    depth: usize,
    phrase: Phrase,
    remarks: Vec<Remark>,
}

/// The phrase of a text, and what is to be told of it.
pub(super) fn marks(text: &str, addresses: &Addresses) -> (Phrase, Vec<Remark>) {
    let mut reader = MarksReader { addresses, depth: 0, phrase: Phrase::default(), remarks: Vec::new() };
    if text.len() > LONGEST {
        reader.push(text, LetterWeight::Plain);
        reader.tell(
            text,
            say!(
                "这一段太长，里面的标记照写成文字",
                "this paragraph is too long; the marks in it are kept as characters"
            ),
        );
    } else {
        reader.read(text, LetterWeight::Plain);
    }
    (reader.phrase, reader.remarks)
}

/// How characters are set.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LetterWeight {
    Plain,
    Strong,
}

impl MarksReader<'_> {
    fn push(&mut self, text: &str, weight: LetterWeight) {
        self.phrase.push(Bit { text: text.to_owned(), strong: weight == LetterWeight::Strong, ..Bit::default() });
    }

    fn tell(&mut self, place: &str, message: Message) {
        self.remarks.push(Remark { place: place.chars().take(20).collect(), message });
    }

    fn read(&mut self, text: &str, weight: LetterWeight) {
        let (mut start, mut at) = (0, 0);
        while let Some(c) = text[at..].chars().next() {
            let found = match c {
                '\\' | '`' | '<' | '&' | '!' | '[' | '*' | '_' | '~' if self.depth < DEEPEST => {
                    let (phrase, remarks) = (Phrase::default(), Vec::new());
                    let mut inner = MarksReader { addresses: self.addresses, depth: self.depth + 1, phrase, remarks };
                    inner.mark(text, at, weight).map(|length| (inner, length))
                }
                _ => None,
            };
            let Some((inner, length)) = found else {
                at += c.len_utf8();
                continue;
            };
            self.push(&text[start..at], weight);
            inner.phrase.bits.into_iter().for_each(|bit| self.phrase.push(bit));
            self.remarks.extend(inner.remarks);
            at += length;
            start = at;
        }
        self.push(&text[start..], weight);
    }

    /// Reads the mark that begins at a byte; how many bytes it takes. None: the character is text.
    fn mark(&mut self, text: &str, at: usize, weight: LetterWeight) -> Option<usize> {
        let rest = &text[at..];
        match rest.chars().next()? {
            '\\' => {
                // The character that a backslash takes as it is.
                let c = rest[1..].chars().next().filter(char::is_ascii_punctuation)?;
                self.push(c.encode_utf8(&mut [0; 4]), weight);
                Some(2)
            }
            '`' => self.code(rest, weight),
            '<' => self.tag(rest, weight),
            '&' => self.named(rest, weight),
            '!' => self.picture(rest),
            '[' => self.bracket(rest, weight),
            '~' => {
                let words = rest.strip_prefix("~~")?;
                let end = words.find("~~").filter(|&end| end > 0 && !words.starts_with(' '))?;
                self.read(&words[..end], weight);
                self.tell(
                    &words[..end],
                    say!(
                        "删去的字（~~）没有划线，照写成文字，请核对",
                        "struck words (~~) are kept as text, without the stroke; please check"
                    ),
                );
                Some(end + 4)
            }
            c => Some(self.emphasis(text, at, c, weight)),
        }
    }

    /// `*words*`, `**words**`, `***words***`, and with `_`.
    fn emphasis(&mut self, text: &str, at: usize, c: char, weight: LetterWeight) -> usize {
        let count = run(&text[at..], c);
        let begins = at + count;
        if count > 3 || !opens(text, at, begins, c) {
            // The whole run is text.
            self.push(&text[at..begins], weight);
            return count;
        }
        let Some(end) = closing(text, begins, c, count) else {
            self.push(&text[at..begins], weight);
            return count;
        };
        let words = &text[begins..end];
        self.read(words, if count > 1 { LetterWeight::Strong } else { weight });
        if count != 2 {
            self.tell(words, say!("斜体没有带过来，字照写", "italics are not carried over; the words are"));
        }
        end + count - at
    }

    /// `` `code` ``: its characters are text.
    fn code(&mut self, rest: &str, weight: LetterWeight) -> Option<usize> {
        let count = run(rest, '`');
        let inner = &rest[count..];
        let mut from = 0;
        let end = loop {
            let found = from + inner[from..].find('`')?;
            let length = run(&inner[found..], '`');
            if length == count {
                break found;
            }
            from = found + length;
        };
        let words = &inner[..end];
        let spaced = words.strip_prefix(' ').and_then(|w| w.strip_suffix(' ')).filter(|w| !w.trim().is_empty());
        let words = spaced.unwrap_or(words);
        self.push(words, weight);
        self.tell(
            words,
            say!("代码的字体没有带过来，字照写", "the look of code is not carried over; the characters are"),
        );
        Some(end + 2 * count)
    }

    /// `<https://…>`, `<br>`, elements and remarks of HTML.
    fn tag(&mut self, rest: &str, weight: LetterWeight) -> Option<usize> {
        if let Some(inner) = rest.strip_prefix("<!--") {
            let end = inner.find("-->")?;
            self.tell(inner[..end].trim(), say!("网页的注释没有带过来", "a remark of HTML is not carried over"));
            return Some(end + 7);
        }
        let end = rest.find('>')?;
        let inner = &rest[1..end];
        if ["https://", "http://", "mailto:"].iter().any(|scheme| inner.starts_with(scheme))
            && !inner.contains(char::is_whitespace)
        {
            self.push(inner, weight);
            return Some(end + 1);
        }
        let closes = inner.starts_with('/');
        let body = inner.strip_prefix('/').unwrap_or(inner);
        let length = body.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(body.len());
        let name = body[..length].to_ascii_lowercase();
        let sound = matches!(body[length..].chars().next(), None | Some(' ' | '/' | '\t'));
        if name == "br" && sound && !closes {
            self.phrase.push(Bit { text: "\n".to_owned(), kind: BitKind::Break, ..Bit::default() });
            return Some(end + 1);
        }
        if !sound || !(ELEMENTS.contains(&name.as_str()) || CELLS.contains(&name.as_str())) {
            return None;
        }
        let close = format!("</{name}>");
        let words = rest[end + 1..].find(&close).map(|to| &rest[end + 1..end + 1 + to]);
        match (name.as_str(), words) {
            ("b" | "strong", Some(words)) if !closes => {
                self.read(words, LetterWeight::Strong);
                return Some(end + 1 + words.len() + close.len());
            }
            ("sup" | "sub", Some(words)) if !closes && is_bare(words) => {
                let length = end + 1 + words.len() + close.len();
                self.markup(&format!("<{name}>{words}</{name}>"), weight);
                return Some(length);
            }
            _ => {}
        }
        if !closes {
            self.tell(
                rest,
                say!(
                    "网页标记 <{name}> 没有带过来，里面的字照写",
                    "the tag <{name}> is not carried over; the words in it are"
                ),
            );
        }
        Some(end + 1)
    }

    /// `&amp;`, `&#20013;`.
    fn named(&mut self, rest: &str, weight: LetterWeight) -> Option<usize> {
        let end = rest.find(';').filter(|&end| end < 12)?;
        let name = &rest[1..end];
        let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => digits.parse().ok(),
        });
        let c = match number {
            Some(number) => char::from_u32(number).filter(|c| !c.is_control())?,
            None => NAMED.iter().find(|(known, _)| *known == name)?.1,
        };
        self.push(c.encode_utf8(&mut [0; 4]), weight);
        Some(end + 1)
    }

    /// A picture among words: a report has none there.
    fn picture(&mut self, rest: &str) -> Option<usize> {
        let (_, address, end) = bracketed(rest.strip_prefix('!')?)?;
        let place = if address.is_empty() { rest } else { address };
        self.tell(place, say!("字里行间的图没有带过来", "a picture among words is not carried over"));
        Some(end + 1)
    }

    /// A mark of a footnote, a link.
    fn bracket(&mut self, rest: &str, weight: LetterWeight) -> Option<usize> {
        if let Some((name, _)) = rest.strip_prefix("[^").and_then(|inner| inner.split_once(']')) {
            self.phrase.push(Bit { text: "①".to_owned(), kind: BitKind::Note(name.to_owned()), ..Bit::default() });
            return Some(name.len() + 3);
        }
        if let Some((words, inside, end)) = bracketed(rest) {
            let (address, title) = match inside.split_once(char::is_whitespace) {
                Some((address, title)) => (address, title.trim()),
                None => (inside, ""),
            };
            let address = address.trim_start_matches('<').trim_end_matches('>');
            self.link(words, address, weight)?;
            if !title.is_empty() {
                self.tell(words, untitled(title));
            }
            return Some(end);
        }
        // `[words][name]`, `[name]`.
        let close = rest.find(']')?;
        let words = &rest[1..close];
        let named = rest[close + 1..].strip_prefix('[').and_then(|inner| inner.split_once(']')).map(|(name, _)| name);
        let name = named.filter(|name| !name.is_empty()).unwrap_or(words);
        let address = self.addresses.get(&name.trim().to_lowercase())?.clone();
        self.link(words, &address, weight)?;
        Some(close + 1 + named.map_or(0, |name| name.len() + 2))
    }

    /// Words that lead to an address. None where a source takes them for text.
    fn link(&mut self, words: &str, address: &str, weight: LetterWeight) -> Option<()> {
        let whole = format!("[{words}]({address})");
        link(&whole).filter(|(_, end)| *end == whole.len())?;
        if is_bare(words) {
            self.markup(&whole, weight);
        } else {
            self.read(words, weight);
            self.tell(
                words,
                say!(
                    "字里有别的标记，链接的地址 {address} 没有带过来",
                    "the words hold other marks; the address {address} is not carried over"
                ),
            );
        }
        Some(())
    }

    fn markup(&mut self, whole: &str, weight: LetterWeight) {
        let strong = weight == LetterWeight::Strong;
        self.phrase.push(Bit { text: whole.to_owned(), kind: BitKind::Markup, strong, ..Bit::default() });
    }
}

/// That the title of a link is left out.
pub(super) fn untitled(title: &str) -> Message {
    say!("链接的题目 {title} 没有带过来", "the title of the link, {title}, is not carried over")
}

/// How many of a character a text begins with.
fn run(text: &str, c: char) -> usize {
    text.len() - text.trim_start_matches(c).len()
}

/// True for words without a mark that a source would read.
fn is_bare(words: &str) -> bool {
    !words.is_empty() && !words.contains(['{', '}', '*', '[', ']', '<', '>', '\\', '`', '~', '&'])
}

/// The words and the inside of `[words](inside)`, and the end of all of it.
fn bracketed(rest: &str) -> Option<(&str, &str, usize)> {
    let close = rest.strip_prefix('[')?.find(']')? + 1;
    let inside = rest[close + 1..].strip_prefix('(')?;
    let mut open = 1_usize;
    for (at, c) in inside.char_indices() {
        match c {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some((&rest[1..close], inside[..at].trim(), close + 2 + at + 1));
        }
    }
    None
}

/// True where a run of marks may begin emphasis. What is between letters or digits is text: 5*3, a_b.
fn opens(text: &str, at: usize, begins: usize, c: char) -> bool {
    let (before, after) = (text[..at].chars().next_back(), text[begins..].chars().next());
    after.is_some_and(|after| !after.is_whitespace()) && !is_within(before, after, c, begins - at)
}

/// Where a run of as many marks ends emphasis.
fn closing(text: &str, begins: usize, c: char, count: usize) -> Option<usize> {
    let mut at = begins;
    while let Some(next) = text[at..].chars().next() {
        match next {
            '\\' => at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8),
            '`' => {
                // Marks in code are text.
                let length = run(&text[at..], '`');
                let fence = &text[at..at + length];
                at += length + text[at + length..].find(fence).map_or(0, |end| end + length);
            }
            _ if next == c => {
                let length = run(&text[at..], c);
                let (before, after) = (text[..at].chars().next_back(), text[at + length..].chars().next());
                let ends = at > begins && before.is_some_and(|before| !before.is_whitespace());
                if length == count && ends && !is_within(after, before, c, count) {
                    return Some(at);
                }
                at += length;
            }
            _ => at += next.len_utf8(),
        }
    }
    None
}

/// True for a mark in the middle of a word: `_` beside any letter outside, one `*` between letters or digits of Latin script.
fn is_within(outside: Option<char>, inside: Option<char>, c: char, count: usize) -> bool {
    if c == '_' {
        return outside.is_some_and(char::is_alphanumeric);
    }
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    count == 1 && latin(outside) && latin(inside)
}
