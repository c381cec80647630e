//! Markdown as a manuscript: its paragraphs, headings, lists, tables, pictures and footnotes.

use super::marks::{Addresses, marks, untitled};
use super::remark::Remark;
use crate::diagnostic::{Message, say};
use crate::model::{
    Bit, BitKind, CellText, ColumnAlign, Item, ItemRole, Loss, LossKind, Manuscript, Phrase, Picture, RowText,
};

/// What begins an item of a list.
#[derive(Clone, Debug)]
struct ListMark {
    /// What stands before the item: `-` or `1.`.
    number: String,
    /// In how many lists it is, beyond the first.
    depth: usize,
}

/// A paragraph whose lines are still coming.
struct OpenParagraph {
    text: String,
    mark: Option<ListMark>,
    of: ParagraphOf,
}

/// What a paragraph is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ParagraphOf {
    Body,
    /// The footnote above it, which it goes on with.
    Note,
}

#[derive(Default)]
struct MarkdownReader {
    manuscript: Manuscript,
    remarks: Vec<Remark>,
    addresses: Addresses,
    open: Option<OpenParagraph>,
    /// Where the texts of the items begin that a deeper one may be in.
    lists: Vec<usize>,
    /// The marks that the code begins with that the lines are in.
    fence: Option<String>,
    /// True within a quotation.
    quoted: bool,
    /// True where the line before was a row of a table.
    rows: bool,
    /// True below a footnote, which indented lines go on with.
    noted: bool,
}

/// The manuscript of a text, and what of it a report does not have.
pub(super) fn read(text: &str) -> (Manuscript, Vec<Remark>) {
    let mut reader = MarkdownReader::default();
    let text = reader.front_matter(text);
    let lines: Vec<&str> = text.lines().chain([""]).collect();
    reader.addresses = lines.iter().filter_map(|line| address(line)).collect();
    reader.unused(&lines);
    for (at, line) in lines.iter().enumerate() {
        reader.line(line, lines.get(at + 1).copied().unwrap_or_default());
    }
    (reader.manuscript, reader.remarks)
}

impl MarkdownReader {
    fn tell(&mut self, place: &str, message: Message) {
        self.remarks.push(Remark { place: place.chars().take(20).collect(), message });
    }

    fn line(&mut self, line: &str, next: &str) {
        if self.code(line) {
            return;
        }
        // A line below a paragraph may make it a heading.
        if let Some(marks) = under(line)
            && let Some(paragraph) = self.open.take_if(|open| open.mark.is_none() && !self.noted)
        {
            self.put(&format!("{marks} {}", paragraph.text), None);
            return;
        }
        let Some(bare) = self.unquoted(line) else { return };
        let found = item(bare);
        let row = bare.starts_with('|') || (bare.contains('|') && (self.rows || is_rule(next)));
        if self.note(bare, line) {
            return;
        }
        let starts = is_heading(bare) || row || bare.starts_with("[^");
        // A line of a paragraph may begin with a number: 2023. Only the first of a list goes between.
        let within = self.lists.is_empty() && self.open.as_ref().is_some_and(|open| open.mark.is_none());
        let found = found.filter(|(number, _)| !within || matches!(*number, "-" | "*" | "+" | "1." | "1)"));
        if bare.is_empty() || starts || found.is_some() {
            self.close();
        }
        self.noted &= bare.is_empty() || self.open.is_some();
        self.rows &= row;
        if bare.is_empty() {
            return;
        }
        if found.is_none() && (starts || self.open.is_none()) && indent(line) < self.lists.first().copied().unwrap_or(0)
        {
            self.lists.clear();
        }
        if address(line).is_some() && self.open.is_none() {
            return;
        }
        if let Some((alt, file)) = picture(bare).filter(|_| self.open.is_none()) {
            self.picture(alt, file);
        } else if let Some((number, text)) = found {
            let indent = indent(line);
            self.lists.retain(|&begins| begins <= indent);
            let mark = ListMark { number: number.to_owned(), depth: self.lists.len() };
            self.lists.push(indent + number.len() + 1);
            if ["[ ] ", "[x] ", "[X] "].iter().any(|task| text.starts_with(task)) {
                self.tell(text, say!("任务的方框照写成文字", "the box of a task is kept as characters"));
            }
            self.open = Some(OpenParagraph { text: ended(text, line), mark: Some(mark), of: ParagraphOf::Body });
        } else if row {
            self.row(bare);
        } else if starts {
            self.put(bare, None);
        } else {
            self.more(&ended(bare, line));
        }
    }

    /// Tells of addresses whose names no line uses, and of what is said of the others.
    fn unused(&mut self, lines: &[&str]) {
        for line in lines {
            let Some((name, address)) = address(line) else { continue };
            let call = format!("[{name}]");
            if !lines.iter().any(|other| other != line && other.to_lowercase().contains(&call)) {
                self.tell(
                    line,
                    say!(
                        "没有用到的链接地址 {address} 没有带过来",
                        "the address {address}, which nothing uses, is not carried over"
                    ),
                );
            } else if let Some((_, title)) = line.rsplit_once(&address)
                && let title = title.trim_matches(['>', ' '])
                && !title.is_empty()
            {
                self.tell(&name, untitled(title));
            }
        }
    }

    /// Takes a line that begins a footnote, or one that begins a further paragraph of it: that is indented.
    fn note(&mut self, bare: &str, line: &str) -> bool {
        let name = bare.strip_prefix("[^").and_then(|rest| rest.split_once("]:")).map(|(name, _)| name);
        let begins = name.is_some_and(|name| !name.contains(']'));
        let paragraph = self.open.is_none() || item(bare).is_some();
        let goes_on = self.noted && paragraph && !bare.is_empty() && indent(line) >= NOTE_INDENT;
        if !begins && !goes_on {
            return false;
        }
        self.close();
        (self.rows, self.noted) = (false, true);
        let of = if begins { ParagraphOf::Body } else { ParagraphOf::Note };
        let words = item(bare).map_or(bare, |(_, words)| words);
        self.open = Some(OpenParagraph { text: ended(words, line), mark: None, of });
        true
    }

    /// A further paragraph of the last footnote: a line of it, as in files of Word.
    fn more_of_note(&mut self, text: &str) {
        let phrase = self.phrase(text);
        let Some(note) = self.manuscript.notes.last_mut() else { return };
        note.phrase.push(Bit { text: "\n".to_owned(), kind: BitKind::Break, ..Bit::default() });
        phrase.bits.into_iter().for_each(|bit| note.phrase.push(bit));
    }

    /// A line of a paragraph.
    fn more(&mut self, line: &str) {
        let Some(paragraph) = &mut self.open else {
            self.open = Some(OpenParagraph { text: line.to_owned(), mark: None, of: ParagraphOf::Body });
            return;
        };
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(paragraph.text.chars().next_back()) && latin(line.chars().next()) {
            paragraph.text.push(' ');
        }
        paragraph.text.push_str(line);
    }

    /// Ends the paragraph whose lines were coming.
    fn close(&mut self) {
        if let Some(OpenParagraph { mut text, mark, of }) = self.open.take() {
            // No line follows the last.
            let length = text.strip_suffix(BREAK).map_or(text.len(), str::len);
            text.truncate(length);
            if of == ParagraphOf::Note {
                self.more_of_note(&text);
            } else {
                self.put(&text, mark);
            }
        }
    }

    /// Takes a line that belongs to code between two lines of marks.
    fn code(&mut self, line: &str) -> bool {
        let bare = line.trim();
        let Some(fence) = &self.fence else {
            let mut marks = ['`', '~'].into_iter().map(|c| &bare[..bare.len() - bare.trim_start_matches(c).len()]);
            let Some(marks) = marks.rfind(|marks| marks.len() >= 3) else { return false };
            if bare[marks.len()..].contains('`') {
                return false;
            }
            self.fence = Some(marks.to_owned());
            self.close();
            self.tell(bare, say!("代码成了平常的段落", "code is now ordinary paragraphs"));
            return true;
        };
        if bare.starts_with(fence.as_str()) && bare.trim_start_matches(&fence[..1]).is_empty() {
            self.fence = None;
        } else if !bare.is_empty() {
            self.manuscript.items.push(Item { phrase: Phrase::of(bare), ..Item::default() });
        }
        true
    }

    /// A line without the marks of a quotation. None for one that only draws a rule.
    fn unquoted<'l>(&mut self, line: &'l str) -> Option<&'l str> {
        let bare = line.trim();
        let drawn = |mark: char| bare.matches(mark).count() >= 3 && bare.chars().all(|c| c == mark || c == ' ');
        if ['-', '*', '_'].into_iter().any(drawn) {
            self.close();
            self.tell(bare, say!("分隔线没有带过来", "a line drawn across is not carried over"));
            return None;
        }
        let inner = bare.trim_start_matches(['>', ' ']);
        if !bare.starts_with('>') {
            self.quoted &= !bare.is_empty();
            return Some(bare);
        }
        if !std::mem::replace(&mut self.quoted, true) {
            self.close();
            self.tell(inner, say!("引用成了平常的段落", "a quotation is now an ordinary paragraph"));
        }
        Some(inner)
    }

    /// Takes in what is said of a text before it: its title. The rest is named. Returns the text.
    fn front_matter<'t>(&mut self, text: &'t str) -> &'t str {
        let inner = text.strip_prefix("---").and_then(|rest| rest.strip_prefix(['\r', '\n']));
        let Some((head, body)) = inner.and_then(|inner| inner.split_once("\n---")) else { return text };
        let Some((_, body)) = body.split_once('\n') else { return text };
        for line in head.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let title = line.strip_prefix("title:").map(|t| t.trim().trim_matches(['"', '\'']));
            match title.filter(|title| !title.is_empty()) {
                // A heading that says the same comes with the text.
                Some(title) if body.lines().any(|l| l.strip_prefix('#').is_some_and(|l| l.trim() == title)) => {}
                Some(title) => self.put(&format!("# {title}"), None),
                None => {
                    let item = self.manuscript.items.len();
                    self.manuscript.losses.push(Loss { what: LossKind::FileHead, text: line.to_owned(), item });
                }
            }
        }
        body
    }

    /// A phrase; what is to be told of it is told.
    fn phrase(&mut self, text: &str) -> Phrase {
        let (phrase, remarks) = marks(text, &self.addresses);
        self.remarks.extend(remarks);
        phrase
    }

    fn put(&mut self, text: &str, mark: Option<ListMark>) {
        if let Some(ListMark { number, depth }) = mark {
            let phrase = self.phrase(text);
            self.manuscript.items.push(Item { listed: true, number, depth, phrase, ..Item::default() });
            return;
        }
        if let Some((name, note)) = text.strip_prefix("[^").and_then(|t| t.split_once("]:")) {
            let phrase = self.phrase(note.trim());
            let note = Item { role: ItemRole::Note, phrase, marks: vec![name.to_owned()], ..Item::default() };
            self.manuscript.notes.push(note);
            return;
        }
        let mut item = Item::default();
        let mut text = text;
        if is_heading(text) {
            let rest = text.trim_start_matches('#');
            let level = text.len() - rest.len();
            text = unclosed(rest.trim());
            if level == 1 && self.manuscript.items.is_empty() {
                item.role = ItemRole::Display;
            } else {
                item.outline = u8::try_from(level).ok();
            }
        }
        item.phrase = self.phrase(text);
        self.manuscript.items.push(item);
    }

    /// A picture that stands by itself; its bytes are taken in by who reads files.
    fn picture(&mut self, alt: &str, file: &str) {
        let picture = Picture { name: file.to_owned(), ..Picture::default() };
        let phrase = self.phrase(alt);
        self.manuscript.items.push(Item {
            role: ItemRole::Picture,
            phrase,
            pictures: vec![picture],
            ..Item::default()
        });
    }

    /// A row of a table, or the line that says how its columns are aligned.
    fn row(&mut self, line: &str) {
        let more = std::mem::replace(&mut self.rows, true);
        let cells = cells(line);
        if is_rule(line) {
            let align = |cell: &String| match (cell.starts_with(':'), cell.ends_with(':')) {
                (true, true) => ColumnAlign::Center,
                (false, true) => ColumnAlign::Right,
                (true, false) => ColumnAlign::Left,
                (false, false) => ColumnAlign::Auto,
            };
            if let Some(table) = self.manuscript.items.last_mut().filter(|item| more && item.is_table()) {
                table.aligned = cells.iter().map(align).collect();
            }
            return;
        }
        let cells: Vec<CellText> = cells
            .iter()
            .enumerate()
            .map(|(column, text)| CellText {
                phrase: self.phrase(text),
                column,
                columns: 1,
                rows: 1,
                ..CellText::default()
            })
            .collect();
        if !more || !self.manuscript.items.last().is_some_and(Item::is_table) {
            self.manuscript.items.push(Item { role: ItemRole::Table, ..Item::default() });
        }
        if let Some(table) = self.manuscript.items.last_mut() {
            table.rows.push(RowText { cells, ..RowText::default() });
        }
    }
}

/// How far the further paragraphs of a footnote are indented.
const NOTE_INDENT: usize = 4;

/// What divides a mark at the beginning of a line from its text.
const BLANKS: [char; 2] = [' ', '\t'];

/// A forced line end, as a source has it too.
const BREAK: &str = "<br>";

/// A line with the forced line end that two spaces or a backslash at its end are.
fn ended(bare: &str, line: &str) -> String {
    match bare.strip_suffix('\\') {
        Some(before) if !before.ends_with('\\') => format!("{before}{BREAK}"),
        _ if line.ends_with("  ") => format!("{bare}{BREAK}"),
        _ => bare.to_owned(),
    }
}

/// The name and the address of a line that gives an address a name.
fn address(line: &str) -> Option<(String, String)> {
    let (name, rest) = line.trim().strip_prefix('[')?.split_once("]:")?;
    let address = rest.split_whitespace().next()?.trim_start_matches('<').trim_end_matches('>');
    let sound = ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
    (sound && !name.starts_with('^')).then(|| (name.trim().to_lowercase(), address.to_owned()))
}

/// The marks of a heading for a line that makes one of the paragraph above it: `===`, `---`.
fn under(line: &str) -> Option<&'static str> {
    let line = line.trim();
    let of = |mark: char| line.len() > 1 && line.chars().all(|c| c == mark);
    if of('=') { Some("#") } else { of('-').then_some("##") }
}

/// How far a line is indented.
fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// The words and the file of a line that is a picture.
fn picture(line: &str) -> Option<(&str, &str)> {
    let (alt, file) = line.strip_prefix("![")?.strip_suffix(')')?.split_once("](")?;
    let file = file.trim();
    let end = file.find([' ', '\t']).unwrap_or(file.len());
    (!alt.contains(']') && !file.contains(')')).then_some((alt, &file[..end]))
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    rest.len() < line.len() && rest.starts_with(BLANKS)
}

/// The text of a heading without the marks that may close it: `## 总体情况 ##`.
fn unclosed(text: &str) -> &str {
    let words = text.trim_end_matches('#');
    if !words.trim().is_empty() && words.ends_with(BLANKS) { words.trim_end() } else { text }
}

/// True for the line below the head of a table.
fn is_rule(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['>', ' ']);
    line.contains('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The mark and the text of an item of a list: `- `, `1. `, `1) `.
fn item(line: &str) -> Option<(&str, &str)> {
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
    let marks: &[char] = if digits == 0 { &['-', '*', '+'] } else { &['.', ')'] };
    // Longer numbers are none of a list.
    let length = digits + usize::from(digits <= 9 && line[digits..].starts_with(marks));
    let text = line[length..].strip_prefix(BLANKS).filter(|_| length > digits)?.trim();
    (!text.is_empty()).then_some((&line[..length], text))
}

/// The cells of a row. A bar after a backslash parts none.
fn cells(line: &str) -> Vec<String> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').filter(|inner| !inner.ends_with('\\')).unwrap_or(inner);
    let mut cells = vec![String::new()];
    let mut before = ' ';
    for c in inner.chars() {
        match (c, cells.last_mut()) {
            ('|', Some(cell)) if before == '\\' => {
                cell.pop();
                cell.push('|');
            }
            ('|', _) => cells.push(String::new()),
            (_, Some(cell)) => cell.push(c),
            (_, None) => {}
        }
        before = c;
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}
