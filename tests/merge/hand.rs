//! An editor's hand in the XML of a Word file, in the open or with changes tracked as Word tracks them.

use super::desk::{paragraph, row};
use std::fmt::Write as _;
use std::ops::Range;

const BY: &str = "w:author=\"张三\" w:date=\"2024-01-02T03:04:05Z\"";

/// The body of a Word file under an editor's hand.
pub(super) struct Hand {
    pub(super) xml: String,
    /// `word/footnotes.xml`.
    pub(super) notes: String,
    tracked: bool,
    next: u32,
}

impl Hand {
    pub(super) fn new(xml: String, notes: String, tracked: bool) -> Self {
        Self { xml, notes, tracked, next: 9000 }
    }

    fn put(&mut self, range: Range<usize>, with: &str) {
        self.xml.replace_range(range, with);
    }

    /// A tracked change around content.
    fn change(&mut self, tag: &str, content: &str) -> String {
        self.next += 1;
        format!("<w:{tag} w:id=\"{}\" {BY}>{content}</w:{tag}>", self.next)
    }

    /// A tracked change without content: of the end of a paragraph, a row, a cell.
    fn sign(&mut self, tag: &str) -> String {
        self.next += 1;
        format!("<w:{tag} w:id=\"{}\" {BY}/>", self.next)
    }

    fn added(&mut self, runs: &str) -> String {
        if self.tracked && !runs.is_empty() { self.change("ins", runs) } else { runs.to_owned() }
    }

    fn removed(&mut self, runs: &str) -> String {
        if !self.tracked || runs.is_empty() {
            return String::new();
        }
        let runs = runs.replace("<w:t ", "<w:delText ").replace("<w:t>", "<w:delText>");
        let runs = runs.replace("</w:t>", "</w:delText>").replace("<w:instrText", "<w:delInstrText");
        self.change("del", &runs.replace("</w:instrText", "</w:delInstrText"))
    }

    /// Other words in the place of some within one run.
    pub(super) fn words(&mut self, old: &str, new: &str) {
        let cut = Cut::new(&self.xml, old);
        let (gone, came) = (self.removed(&cut.run(old)), cut.run(new));
        let came = self.added(&came);
        let put = format!("{}{gone}{came}{}", cut.run(&cut.before), cut.run(&cut.after));
        self.put(cut.range, &put);
    }

    /// The same in a footnote.
    pub(super) fn note_words(&mut self, old: &str, new: &str) {
        std::mem::swap(&mut self.xml, &mut self.notes);
        self.words(old, new);
        std::mem::swap(&mut self.xml, &mut self.notes);
    }

    /// Bold words.
    pub(super) fn heavy(&mut self, words: &str) {
        let cut = Cut::new(&self.xml, words);
        self.next += 1;
        let was = format!("<w:rPrChange w:id=\"{}\" {BY}><w:rPr/></w:rPrChange>", self.next);
        let was = if self.tracked { was.as_str() } else { "" };
        let bold = format!("<w:r><w:rPr><w:b/><w:bCs/>{was}</w:rPr><w:t>{words}</w:t></w:r>");
        let put = format!("{}{bold}{}", cut.run(&cut.before), cut.run(&cut.after));
        self.put(cut.range, &put);
    }

    /// A paragraph of the same kind behind one.
    pub(super) fn behind(&mut self, says: &str, new: &str) {
        let place = paragraph(&self.xml, says);
        let style = head(&self.xml[place.clone()]).to_owned();
        let more = self.new_paragraph(&style, new);
        self.put(place.end..place.end, &more);
    }

    /// A paragraph of a style behind one.
    pub(super) fn styled(&mut self, says: &str, like: &str, new: &str) {
        let end = paragraph(&self.xml, says).end;
        let style = head(&self.xml[paragraph(&self.xml, like)]).to_owned();
        let more = self.new_paragraph(&style, new);
        self.put(end..end, &more);
    }

    fn new_paragraph(&mut self, style: &str, text: &str) -> String {
        let run = self.added(&format!("<w:r><w:t>{text}</w:t></w:r>"));
        let sign = if self.tracked { self.sign("ins") } else { String::new() };
        marked(&format!("<w:p>{style}{run}</w:p>"), &sign)
    }

    /// A paragraph goes.
    pub(super) fn without(&mut self, says: &str) {
        let place = paragraph(&self.xml, says);
        let old = self.xml[place.clone()].to_owned();
        let gone = if self.tracked {
            let sign = self.sign("del");
            marked(&self.each_run(&old, Self::removed), &sign)
        } else {
            String::new()
        };
        self.put(place, &gone);
    }

    /// A paragraph goes behind another, some words changed on the way.
    pub(super) fn moved(&mut self, says: &str, to: &str, edit: Option<(&str, &str)>) {
        let place = paragraph(&self.xml, says);
        let old = self.xml[place.clone()].to_owned();
        if self.tracked {
            let sign = self.sign("moveFrom");
            let from = marked(&self.each_run(&old, |hand, run| hand.change("moveFrom", run)), &sign);
            let sign = self.sign("moveTo");
            let copy = self.each_run(&without_bookmarks(&old), |hand, run| hand.carried(run, edit));
            self.put(place, &from);
            let end = paragraph(&self.xml, to).end;
            self.put(end..end, &marked(&copy, &sign));
        } else {
            self.put(place, "");
            let end = paragraph(&self.xml, to).end;
            let new = edit.map_or(old.clone(), |(from, to)| old.replacen(from, to, 1));
            self.put(end..end, &new);
        }
    }

    /// A run that a move brings; what was changed in it afterwards has marks of its own.
    fn carried(&mut self, run: &str, edit: Option<(&str, &str)>) -> String {
        let Some((from, to)) = edit.filter(|(from, _)| run.contains(from)) else { return self.change("moveTo", run) };
        let cut = Cut::new(run, from);
        let gone = self.removed(&cut.run(from));
        let gone = self.change("moveTo", &gone);
        let (before, after) =
            (self.change("moveTo", &cut.run(&cut.before)), self.change("moveTo", &cut.run(&cut.after)));
        let came = self.added(&cut.run(to));
        format!("{before}{gone}{came}{after}")
    }

    /// Changes each run of a paragraph.
    fn each_run(&mut self, paragraph: &str, change: impl Fn(&mut Self, &str) -> String) -> String {
        let mut out = String::new();
        let mut rest = paragraph;
        while let Some(start) = rest.find("<w:r>") {
            let end = start + rest[start..].find("</w:r>").unwrap() + "</w:r>".len();
            out.push_str(&rest[..start]);
            out.push_str(&change(self, &rest[start..end]));
            rest = &rest[end..];
        }
        out + rest
    }

    /// A paragraph ends behind some words, and a new one begins.
    pub(super) fn split(&mut self, behind: &str) {
        let place = paragraph(&self.xml, behind);
        let style = head(&self.xml[place.clone()]).to_owned();
        let cut = Cut::new(&self.xml, behind);
        let first = cut.run(&format!("{}{behind}", cut.before));
        let put = format!("{first}</w:p><w:p>{style}{}", cut.run(&cut.after));
        self.put(cut.range, &put);
        if self.tracked {
            let sign = self.sign("ins");
            let place = paragraph(&self.xml, behind);
            let first = marked(&self.xml[place.clone()], &sign);
            self.put(place, &first);
        }
    }

    /// A paragraph goes on with the next one.
    pub(super) fn joined(&mut self, says: &str) {
        let place = paragraph(&self.xml, says);
        if self.tracked {
            let sign = self.sign("del");
            let first = marked(&self.xml[place.clone()], &sign);
            self.put(place, &first);
            return;
        }
        let next = place.end + head_end(&self.xml[place.end..]);
        self.put(place.end - "</w:p>".len()..next, "");
    }

    /// A row like the one that says something, behind it.
    pub(super) fn row_behind(&mut self, says: &str, cells: &[&str]) {
        let place = row(&self.xml, says);
        let new = with_cells(&self.xml[place.clone()], cells);
        let new = if self.tracked {
            let sign = self.sign("ins");
            let new = new.replacen("</w:trPr>", &format!("{sign}</w:trPr>"), 1);
            assert!(new.contains(&sign));
            self.each_run(&new, Self::added)
        } else {
            new
        };
        self.put(place.end..place.end, &new);
    }

    pub(super) fn row_out(&mut self, says: &str) {
        let place = row(&self.xml, says);
        let old = self.xml[place.clone()].to_owned();
        let gone = if self.tracked {
            let sign = self.sign("del");
            let old = old.replacen("</w:trPr>", &format!("{sign}</w:trPr>"), 1);
            self.each_run(&old, Self::removed)
        } else {
            String::new()
        };
        self.put(place, &gone);
    }

    /// A row goes behind another: programs track that as one that goes and one that comes.
    pub(super) fn row_moved(&mut self, says: &str, to: &str) {
        let place = row(&self.xml, says);
        let old = self.xml[place].to_owned();
        let texts = texts(&old);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        self.row_out(says);
        self.row_behind(to, &texts);
    }

    /// A cell with a text behind the cell of a column, in every row of the table that says something.
    pub(super) fn column_behind(&mut self, says: &str, column: usize, cells: &[&str]) {
        let mut cells = cells.iter();
        let tracked = self.tracked;
        self.rows_of(says, |hand, row| {
            let places = cells_of(row);
            let old = &row[places[column].clone()];
            let new = with_cells(old, &[cells.next().unwrap()]);
            let new = if tracked {
                let sign = hand.sign("cellIns");
                hand.each_run(&new.replacen("</w:tcPr>", &format!("{sign}</w:tcPr>"), 1), Self::added)
            } else {
                new
            };
            format!("{}{new}{}", &row[..places[column].end], &row[places[column].end..])
        });
    }

    pub(super) fn column_out(&mut self, says: &str, column: usize) {
        let tracked = self.tracked;
        self.rows_of(says, |hand, row| {
            let place = cells_of(row)[column].clone();
            let gone = if tracked {
                let sign = hand.sign("cellDel");
                let old = row[place.clone()].replacen("</w:tcPr>", &format!("{sign}</w:tcPr>"), 1);
                hand.each_run(&old, Self::removed)
            } else {
                String::new()
            };
            format!("{}{gone}{}", &row[..place.start], &row[place.end..])
        });
    }

    fn rows_of(&mut self, says: &str, mut change: impl FnMut(&mut Self, &str) -> String) {
        let at = self.xml.find(says).unwrap();
        let start = self.xml[..at].rfind("<w:tbl>").unwrap();
        let end = at + self.xml[at..].find("</w:tbl>").unwrap();
        let table = self.xml[start..end].to_owned();
        let mut out = String::new();
        let mut rest = table.as_str();
        while let Some(from) = rest.find("<w:tr>") {
            let to = from + rest[from..].find("</w:tr>").unwrap() + "</w:tr>".len();
            out.push_str(&rest[..from]);
            out.push_str(&change(self, &rest[from..to]));
            rest = &rest[to..];
        }
        out.push_str(rest);
        self.put(start..end, &out);
    }

    /// A new footnote behind some words.
    pub(super) fn note_behind(&mut self, words: &str, says: &str) {
        let cut = Cut::new(&self.xml, words);
        let call =
            "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"77\"/></w:r>";
        let call = self.added(call);
        let put = format!("{}{call}{}", cut.run(&format!("{}{words}", cut.before)), cut.run(&cut.after));
        self.put(cut.range, &put);
        let run = self.added(&format!("<w:r><w:t>{says}</w:t></w:r>"));
        let mark = "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>";
        let note = format!(
            "<w:footnote w:id=\"77\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr>{mark}{run}</w:p></w:footnote>"
        );
        self.notes = self.notes.replacen("</w:footnotes>", &format!("{note}</w:footnotes>"), 1);
    }

    /// The call of a footnote goes, and the footnote with it.
    pub(super) fn note_out(&mut self, id: u32) {
        let call = format!("<w:footnoteReference w:id=\"{id}\"/>");
        let at = self.xml.find(&call).unwrap();
        let start = self.xml[..at].rfind("<w:r>").unwrap();
        let end = at + self.xml[at..].find("</w:r>").unwrap() + "</w:r>".len();
        let call = self.xml[start..end].to_owned();
        let gone = self.removed(&call);
        self.put(start..end, &gone);
        if !self.tracked {
            let from = self.notes.find(&format!("<w:footnote w:id=\"{id}\"")).unwrap();
            let to = from + self.notes[from..].find("</w:footnote>").unwrap() + "</w:footnote>".len();
            self.notes.replace_range(from..to, "");
        }
    }

    /// The only remark of a file, put from the one paragraph to the other, beginning in the first or before it.
    pub(super) fn remark(&mut self, from: &str, to: &str, begins: Begins) {
        for mark in ["<w:commentRangeStart w:id=\"0\"/>", "<w:commentRangeEnd w:id=\"0\"/>"] {
            self.xml = self.xml.replace(mark, "");
        }
        let call = "<w:r><w:commentReference w:id=\"0\"/></w:r>";
        self.xml = self.xml.replace(call, "");
        let end = paragraph(&self.xml, to).end - "</w:p>".len();
        self.put(end..end, &format!("<w:commentRangeEnd w:id=\"0\"/>{call}"));
        let first = paragraph(&self.xml, from);
        let start = match begins {
            Begins::Within => first.start + self.xml[first].find("<w:r>").unwrap(),
            Begins::Before => first.start,
        };
        self.put(start..start, "<w:commentRangeStart w:id=\"0\"/>");
    }

    /// An empty paragraph before another.
    pub(super) fn blank_before(&mut self, says: &str, content: &str) {
        let start = paragraph(&self.xml, says).start;
        self.put(start..start, &format!("<w:p>{content}</w:p>"));
    }
}

/// Where a remark begins.
#[derive(Clone, Copy)]
pub(super) enum Begins {
    /// In a paragraph.
    Within,
    /// Before it.
    Before,
}

/// A run cut at some words that stand in it.
struct Cut {
    range: Range<usize>,
    properties: String,
    before: String,
    after: String,
}

impl Cut {
    fn new(xml: &str, words: &str) -> Self {
        let found = xml.match_indices(words).find_map(|(at, _)| Self::at(xml, at, words));
        found.unwrap_or_else(|| panic!("{words}"))
    }

    /// The run around some words, if they are its text.
    fn at(xml: &str, at: usize, words: &str) -> Option<Self> {
        let start = xml[..at].rfind("<w:r>")?;
        let end = at + xml[at..].find("</w:r>")? + "</w:r>".len();
        let run = &xml[start..end];
        let text = run.find("<w:t>").or_else(|| run.find("<w:t "))?;
        let from = text + run[text..].find('>')? + 1;
        let said = &run[from..run.find("</w:t>")?];
        let (before, after) = said.split_once(words)?;
        let properties = run["<w:r>".len()..text].to_owned();
        Some(Self { range: start..end, properties, before: before.to_owned(), after: after.to_owned() })
    }

    /// A run of the same look.
    fn run(&self, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        format!("<w:r>{}<w:t xml:space=\"preserve\">{text}</w:t></w:r>", self.properties)
    }
}

/// The properties of a paragraph.
fn head(paragraph: &str) -> &str {
    &paragraph[paragraph.find("<w:pPr>").unwrap()..head_end(paragraph)]
}

fn head_end(paragraph: &str) -> usize {
    paragraph.find("</w:pPr>").unwrap() + "</w:pPr>".len()
}

/// A paragraph whose end is marked by a tracked change.
fn marked(paragraph: &str, sign: &str) -> String {
    let sign = if sign.is_empty() { String::new() } else { format!("<w:rPr>{sign}</w:rPr>") };
    paragraph.replacen("</w:pPr>", &format!("{sign}</w:pPr>"), 1)
}

fn without_bookmarks(xml: &str) -> String {
    let mut out = String::new();
    let mut rest = xml;
    while let Some(start) = rest.find("<w:bookmark") {
        out.push_str(&rest[..start]);
        rest = &rest[start + rest[start..].find('>').unwrap() + 1..];
    }
    out + rest
}

fn cells_of(row: &str) -> Vec<Range<usize>> {
    let ends = row.match_indices("</w:tc>").map(|(at, end)| at + end.len());
    row.match_indices("<w:tc>").map(|(at, _)| at).zip(ends).map(|(from, to)| from..to).collect()
}

/// A row or cell with other texts, one run a cell, without bookmarks.
fn with_cells(xml: &str, texts: &[&str]) -> String {
    let xml = without_bookmarks(xml);
    let places = cells_of(&xml);
    assert_eq!(places.len(), texts.len());
    let mut out = xml[..places[0].start].to_owned();
    for (place, text) in places.iter().zip(texts) {
        let cell = &xml[place.clone()];
        let end = head_end(cell);
        out.push_str(&cell[..end]);
        if !text.is_empty() {
            write!(out, "<w:r><w:t>{text}</w:t></w:r>").unwrap();
        }
        out.push_str("</w:p></w:tc>");
    }
    out.push_str(&xml[places.last().unwrap().end..]);
    out
}

/// The texts of the cells of a row.
fn texts(row: &str) -> Vec<String> {
    let text = |cell: &str| {
        let pieces = cell.split("<w:t").skip(1).filter_map(|p| p.split_once('>')?.1.split_once("</w:t>"));
        pieces.map(|(text, _)| text).collect::<String>()
    };
    cells_of(row).into_iter().map(|place| text(&row[place])).collect()
}

/// Elements of a body as they are where they were, and where they are put in: by a tracked change of two names, or without one.
pub(super) fn carried(xml: &str, tags: Option<[&str; 2]>) -> [String; 2] {
    let Some(tags) = tags else { return [String::new(), without_bookmarks(xml)] };
    let mut hand = Hand::new(String::new(), String::new(), true);
    tags.map(|tag| {
        let gone = tag == "del" || tag == "moveFrom";
        let source = if gone { xml.to_owned() } else { without_bookmarks(xml) };
        let runs =
            hand.each_run(&source, |hand, run| if tag == "del" { hand.removed(run) } else { hand.change(tag, run) });
        let mut signed = runs.replace("</w:pPr>", "\0");
        while signed.contains('\0') {
            let sign = hand.sign(tag);
            signed = signed.replacen('\0', &format!("<w:rPr>{sign}</w:rPr></w:pPr>"), 1);
        }
        // Rows are not moved: they go and come.
        let sign = hand.sign(if gone { "del" } else { "ins" });
        signed.replace("</w:trPr>", &format!("{sign}</w:trPr>"))
    })
}
