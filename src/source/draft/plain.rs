//! Plain text and Markdown as a manuscript.

use super::super::inline::link;
use crate::model::{Bit, BitKind, CellText, Item, ItemRole, Loss, LossKind, Manuscript, Phrase, RowText};

/// How a text file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextForm {
    /// Each line is a paragraph.
    Plain,
    /// Headings, lists, tables, bold and footnotes of Markdown mean something.
    Markdown,
}

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
}

/// The manuscript of a text.
#[must_use]
pub fn read_text(text: &str, form: TextForm) -> Manuscript {
    let markdown = form == TextForm::Markdown;
    let mut manuscript = Manuscript::default();
    let mut open: Option<OpenParagraph> = None;
    let mut shown = false;
    // Where the texts of the items begin that a deeper one may be in.
    let mut lists: Vec<usize> = Vec::new();
    let text = if markdown { front_matter(&mut manuscript, text) } else { text };
    for line in text.lines().chain([""]) {
        // A line below a paragraph may make it a heading.
        if let Some(marks) = under(line).filter(|_| markdown)
            && let Some(paragraph) = open.take_if(|open| open.mark.is_none())
        {
            put(&mut manuscript, &format!("{marks} {}", paragraph.text), None, form);
            continue;
        }
        let bare = if markdown { unquoted(line.trim()) } else { line.trim() };
        let item = if markdown { item(bare) } else { None };
        let starts = markdown && (is_heading(bare) || bare.starts_with('|') || bare.starts_with("[^"));
        // A line of a paragraph may begin with a number: 2023. Only the first of a list goes between.
        let within = lists.is_empty() && open.as_ref().is_some_and(|open| open.mark.is_none());
        let item = item.filter(|(number, _)| !within || matches!(*number, "-" | "*" | "+" | "1." | "1)"));
        // Lines of Markdown that follow one another are one paragraph; those of plain text are paragraphs.
        if (bare.is_empty() || starts || item.is_some() || !markdown)
            && let Some(paragraph) = open.take()
        {
            put(&mut manuscript, &paragraph.text, paragraph.mark, form);
        }
        if bare.is_empty() {
            shown = false;
            continue;
        }
        if item.is_none() && (starts || open.is_none()) && indent(line) < lists.first().copied().unwrap_or(0) {
            lists.clear();
        }
        if markdown && let Some(before) = picture(bare) {
            lose(&mut manuscript, LossKind::Drawing, before);
            continue;
        }
        if let Some((number, text)) = item {
            let indent = indent(line);
            lists.retain(|&begins| begins <= indent);
            let mark = ListMark { number: number.to_owned(), depth: lists.len() };
            lists.push(indent + number.len() + 1);
            open = Some(OpenParagraph { text: text.to_owned(), mark: Some(mark) });
        } else if markdown && bare.starts_with('|') {
            row(&mut manuscript, bare, shown);
            shown = true;
        } else if starts {
            put(&mut manuscript, bare, None, form);
        } else if let Some(paragraph) = &mut open {
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if latin(paragraph.text.chars().next_back()) && latin(bare.chars().next()) {
                paragraph.text.push(' ');
            }
            paragraph.text.push_str(bare);
        } else {
            open = Some(OpenParagraph { text: bare.to_owned(), mark: None });
        }
    }
    manuscript
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

/// Takes in what is said of a text before it: its title. The rest is named. Returns the text.
fn front_matter<'t>(manuscript: &mut Manuscript, text: &'t str) -> &'t str {
    let inner = text.strip_prefix("---").and_then(|rest| rest.strip_prefix(['\r', '\n']));
    let Some((head, body)) = inner.and_then(|inner| inner.split_once("\n---")) else { return text };
    let Some((_, body)) = body.split_once('\n') else { return text };
    for line in head.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let title = line.strip_prefix("title:").map(|t| t.trim().trim_matches(['"', '\'']));
        match title.filter(|title| !title.is_empty()) {
            // A heading that says the same comes with the text.
            Some(title) if body.lines().any(|l| l.strip_prefix('#').is_some_and(|l| l.trim() == title)) => {}
            Some(title) => put(manuscript, &format!("# {title}"), None, TextForm::Markdown),
            None => lose(manuscript, LossKind::FileHead, line),
        }
    }
    body
}

/// A line without the mark of a quotation; nothing of one that only holds code apart or draws a rule.
fn unquoted(line: &str) -> &str {
    let rule = |mark: char| line.len() >= 3 && line.chars().all(|c| c == mark || c == ' ');
    if line.starts_with("```") || ['-', '*', '_'].into_iter().any(rule) {
        return "";
    }
    line.strip_prefix("> ").unwrap_or(line).trim_start()
}

/// A line that is a picture.
fn picture(line: &str) -> Option<&str> {
    (line.starts_with("![") && line.contains("](") && line.ends_with(')')).then_some(line)
}

/// Names what cannot be carried over.
fn lose(manuscript: &mut Manuscript, what: LossKind, text: &str) {
    manuscript.losses.push(Loss { what, text: text.to_owned(), item: manuscript.items.len() });
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    rest.len() < line.len() && rest.starts_with(' ')
}

/// The mark and the text of an item of a list: `- `, `1. `, `1) `.
fn item(line: &str) -> Option<(&str, &str)> {
    let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len());
    let marks: &[char] = if digits == 0 { &['-', '*', '+'] } else { &['.', ')'] };
    // Longer numbers are none of a list.
    let length = digits + usize::from(digits <= 9 && line[digits..].starts_with(marks));
    let text = line[length..].strip_prefix(' ').filter(|_| length > digits)?.trim();
    (!text.is_empty()).then_some((&line[..length], text))
}

fn put(manuscript: &mut Manuscript, text: &str, mark: Option<ListMark>, form: TextForm) {
    let mut item = Item::default();
    let mut text = text;
    if form == TextForm::Markdown {
        if let Some(mark) = mark {
            let phrase = phrase(text);
            let ListMark { number, depth } = mark;
            manuscript.items.push(Item { listed: true, number, depth, phrase, ..Item::default() });
            return;
        }
        if let Some((name, note)) = text.strip_prefix("[^").and_then(|t| t.split_once("]:")) {
            let note = Item {
                role: ItemRole::Note,
                phrase: phrase(note.trim()),
                marks: vec![name.to_owned()],
                ..Item::default()
            };
            manuscript.notes.push(note);
            return;
        }
        if is_heading(text) {
            let rest = text.trim_start_matches('#');
            let level = text.len() - rest.len();
            text = rest.trim();
            if level == 1 && manuscript.items.is_empty() {
                "Title".clone_into(&mut item.style);
            } else {
                item.outline = u8::try_from(level).ok();
            }
        }
        item.phrase = phrase(text);
    } else {
        item.phrase = Phrase::of(text);
    }
    manuscript.items.push(item);
}

/// Text with `**bold**`, `[^notes]`, and what a source writes alike.
fn phrase(text: &str) -> Phrase {
    let mut phrase = Phrase::default();
    let mut strong = false;
    for (at, piece) in text.split("**").enumerate() {
        strong = if at > 0 { !strong } else { strong };
        let mut rest = piece;
        while let Some((before, (name, after))) =
            rest.split_once("[^").and_then(|(before, behind)| behind.split_once(']').map(|b| (before, b)))
        {
            written(&mut phrase, before, strong);
            phrase.push(Bit { text: "①".to_owned(), kind: BitKind::Note(name.to_owned()), ..Bit::default() });
            rest = after;
        }
        written(&mut phrase, rest, strong);
    }
    phrase
}

/// Adds text; links, forced line ends, raised and lowered characters are written alike in Markdown and in a source.
fn written(phrase: &mut Phrase, text: &str, strong: bool) {
    let bit = |text: &str| Bit { text: text.to_owned(), strong, ..Bit::default() };
    let (mut start, mut at) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let found = if c == '\\' && rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) {
            // The character that a backslash takes as it is.
            Some((Bit::default(), 1))
        } else if let Some(length) =
            ["<br>", "<br/>", "<br />"].into_iter().find(|tag| rest.starts_with(tag)).map(str::len)
        {
            Some((Bit { text: "\n".to_owned(), kind: BitKind::Break, ..Bit::default() }, length))
        } else {
            markup(rest).map(|length| (Bit { kind: BitKind::Markup, ..bit(&rest[..length]) }, length))
        };
        let Some((found, length)) = found else {
            at += c.len_utf8();
            continue;
        };
        phrase.push(bit(&text[start..at]));
        let taken = usize::from(found.text.is_empty());
        phrase.push(found);
        start = at + length;
        at = start + if taken == 1 { text[start..].chars().next().map_or(0, char::len_utf8) } else { 0 };
    }
    phrase.push(bit(&text[start..]));
}

/// The bytes of the link, or of the raised or lowered characters, that a text begins with.
fn markup(rest: &str) -> Option<usize> {
    let plain = |words: &str| !words.is_empty() && !words.contains(['{', '}', '*', '[', ']', '<', '>', '\\']);
    for (open, close) in [("<sup>", "</sup>"), ("<sub>", "</sub>")] {
        if let Some((words, _)) = rest.strip_prefix(open).and_then(|rest| rest.split_once(close)) {
            return plain(words).then_some(open.len() + words.len() + close.len());
        }
    }
    link(rest).filter(|(words, _)| plain(&rest[words.clone()])).map(|(_, end)| end)
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

/// A row of a table; `more`: rows of it are before.
fn row(manuscript: &mut Manuscript, line: &str, more: bool) {
    let cells = cells(line);
    if cells.iter().all(|c| !c.is_empty() && c.chars().all(|c| matches!(c, '-' | ':' | ' '))) {
        return;
    }
    if !more || !manuscript.items.last().is_some_and(Item::is_table) {
        manuscript.items.push(Item { role: ItemRole::Table, ..Item::default() });
    }
    let cell = |(column, text): (usize, &String)| CellText {
        phrase: phrase(text),
        column,
        columns: 1,
        rows: 1,
        ..CellText::default()
    };
    let row = RowText { cells: cells.iter().enumerate().map(cell).collect(), ..RowText::default() };
    if let Some(table) = manuscript.items.last_mut() {
        table.rows.push(row);
    }
}
