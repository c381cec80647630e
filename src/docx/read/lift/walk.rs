//! The body, block by block.

use super::super::parse::{Child, Element, Ns};
use super::comments;
use super::formatting;
use super::numbering::ListCounts;
use super::open::{OpenField, OpenMark};
use super::paragraph::{begins_with_mark, continued, ends_page, trim};
use super::styles::ReadStyles;
use super::view::{FieldLook, Revision, View, properties, revision};
use crate::model::{
    Bit, BitKind, Comment, Formatting, Item, ItemRole, Loss, LossKind, SavedWith, Trace, WordSetting, WordSettingKind,
    push_formatted,
};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The most paragraphs and tables of a document: a thousand pages have some 30,000.
const MOST_ITEMS: usize = 100_000;
/// The most bookmarks, and the most fields or comments, that are open at one place. Each is looked at by all that follows.
const MOST_MARKS: usize = 2_000;
pub(super) const MOST_OPEN: usize = 500;

/// A formatting and its index.
type KnownFormatting = (Rc<Formatting>, usize);

/// Where a bookmark or a comment begins.
#[derive(Clone, Copy, Debug)]
pub(super) enum MarkPlace {
    /// In a paragraph.
    Within,
    /// Before one.
    Between,
}

/// What is collected on the way through a document.
#[derive(Clone)]
pub(super) struct Walker<'a> {
    pub(super) view: &'a View,
    pub(super) styles: &'a ReadStyles,
    pub(super) targets: &'a BTreeMap<&'a str, &'a str>,
    /// The program that wrote the file.
    pub(super) saved_with: SavedWith,
    /// The addresses outside the file that the part in hand leads to.
    pub(super) addresses: BTreeMap<String, String>,
    /// The items so far.
    pub(super) out: Vec<Item>,
    pub(super) losses: Vec<Loss>,
    pub(super) settings: Vec<WordSetting>,
    /// The parts of headers and footers.
    pub(super) furniture: BTreeSet<(WordSettingKind, String)>,
    /// The item that the section in hand begins with; None in the first.
    pub(super) section_start: Option<usize>,
    /// The index of the item that holds the cell in hand.
    outer: Option<usize>,
    /// All formattings so far with their indices.
    pub(super) formattings: BTreeMap<Formatting, usize>,
    /// That of the paragraph in hand, and its index.
    pub(super) formatting: KnownFormatting,
    /// Those of the paragraph styles.
    style_formattings: BTreeMap<String, KnownFormatting>,
    /// The index of that of the run in hand.
    pub(super) run_formatting: usize,
    /// True where that run is hidden.
    pub(super) run_hidden: bool,
    /// Footnotes in the order of their first call: id in the file, name.
    pub(super) calls: Vec<(String, String)>,
    /// The names of footnotes by the bookmarks around their calls, which further calls lead to.
    pub(super) note_bookmarks: BTreeMap<String, String>,
    /// Whose look the results of fields have.
    pub(super) field_look: FieldLook,
    /// What endnotes say, by their ids.
    pub(super) endnotes: BTreeMap<String, String>,
    /// What comments are about.
    pub(super) quotes: BTreeMap<String, String>,
    pub(super) tracked: bool,
    pub(super) revisions: Vec<Revision>,
    pub(super) fields: Vec<OpenField>,
    /// How many have begun with a character of their own.
    pub(super) begun: usize,
    /// Which of them nothing ends.
    pub(super) endless: BTreeSet<usize>,
    pub(super) open_marks: Vec<OpenMark>,
    pub(super) open_comments: Vec<String>,
    /// Links to a place in the document that are open: what they show is written by a program.
    pub(super) links: usize,
    /// The paragraph in hand.
    pub(super) paragraph: Item,
    /// A paragraph whose end was removed: the next one goes on in it.
    held: Option<Item>,
    /// The formatting of a paragraph that LibreOffice may have made two of, at the end of a page within it.
    parted: Option<KnownFormatting>,
    /// Bookmarks that begin between paragraphs.
    waiting: Vec<String>,
    /// Comments that begin between paragraphs.
    waiting_comments: Vec<Comment>,
    /// What this view leaves out of the paragraph or row in hand.
    pub(super) left_out: String,
    /// True in a paragraph whose style is that of a line of the contents.
    pub(super) styled_contents: bool,
    /// The line of the contents that is open.
    pub(super) contents_line: String,
    /// The lines of the contents, and the item that each comes before.
    pub(super) contents: Vec<(String, usize)>,
    /// Paragraphs and rows that were left out whole, and who took them out.
    pub(super) removed: Vec<(String, Vec<Trace>)>,
    /// The lists of the file, as far as they have counted.
    pub(super) numbering: ListCounts,
}

impl<'a> Walker<'a> {
    pub(super) fn new(
        view: &'a View,
        styles: &'a ReadStyles,
        targets: &'a BTreeMap<&'a str, &'a str>,
        numbering: ListCounts,
    ) -> Self {
        Self {
            view,
            styles,
            targets,
            saved_with: SavedWith::default(),
            addresses: BTreeMap::new(),
            out: Vec::new(),
            losses: Vec::new(),
            settings: Vec::new(),
            furniture: BTreeSet::new(),
            section_start: None,
            outer: None,
            formattings: BTreeMap::new(),
            formatting: KnownFormatting::default(),
            style_formattings: BTreeMap::new(),
            run_formatting: 0,
            run_hidden: false,
            calls: Vec::new(),
            note_bookmarks: BTreeMap::new(),
            field_look: FieldLook::default(),
            endnotes: BTreeMap::new(),
            quotes: BTreeMap::new(),
            tracked: false,
            revisions: Vec::new(),
            fields: Vec::new(),
            begun: 0,
            endless: BTreeSet::new(),
            open_marks: Vec::new(),
            open_comments: Vec::new(),
            links: 0,
            paragraph: Item::default(),
            held: None,
            parted: None,
            waiting: Vec::new(),
            waiting_comments: Vec::new(),
            left_out: String::new(),
            styled_contents: false,
            contents_line: String::new(),
            contents: Vec::new(),
            removed: Vec::new(),
            numbering,
        }
    }

    /// One block, or what holds blocks.
    pub(super) fn block(&mut self, element: &Element) {
        match (element.ns, &*element.name) {
            (Ns::Word, "p") => self.paragraph(element),
            (Ns::Word, "tbl") => {
                self.flush();
                self.table(element);
            }
            (Ns::Word, "sdt") => {
                if let Some(content) = element.word("sdtContent") {
                    self.blocks(content);
                }
            }
            (Ns::Word, "ins" | "del" | "moveFrom" | "moveTo") => {
                if let Some(revision) = revision(element) {
                    self.tracked = true;
                    self.revisions.push(revision);
                    self.blocks(element);
                    self.revisions.pop();
                }
            }
            (Ns::Compat, "AlternateContent") => {
                if let Some(choice) = choice(element) {
                    self.blocks(choice);
                }
            }
            (Ns::Word, "sectPr") => self.section(element),
            (Ns::Word, "altChunk") => self.lose(LossKind::OtherFormat, ""),
            (Ns::Math, _) => self.lose(LossKind::Formula, &element.all_text()),
            (Ns::Word, "bookmarkStart") => self.open_mark(element, MarkPlace::Between),
            (Ns::Word, "bookmarkEnd") => self.close_mark(element),
            (Ns::Word, "commentRangeStart" | "commentRangeEnd") => self.comment_range(element, MarkPlace::Between),
            (Ns::Word, "customXml" | "smartTag") => self.blocks(element),
            _ => {}
        }
    }

    fn blocks(&mut self, parent: &Element) {
        for element in parent.elements() {
            self.block(element);
        }
    }

    /// What is in an element, as items apart from those of the body.
    pub(super) fn apart(&mut self, parent: &Element) -> Vec<Item> {
        let outer = self.outer;
        self.outer = Some(self.place());
        let out = std::mem::take(&mut self.out);
        let held = self.held.take();
        self.blocks(parent);
        self.flush();
        self.held = held;
        self.outer = outer;
        std::mem::replace(&mut self.out, out)
    }

    /// The index of the item in hand, of the table for what is in its cells.
    pub(super) fn place(&self) -> usize {
        self.outer.unwrap_or(self.out.len())
    }

    /// The index of a formatting.
    pub(super) fn known(&mut self, formatting: Formatting) -> usize {
        let next = self.formattings.len();
        *self.formattings.entry(formatting).or_insert(next)
    }

    /// The formatting of a paragraph.
    fn formatting_of_paragraph(&mut self, properties: Option<&Element>, style: &str) -> KnownFormatting {
        let of_style = if let Some(known) = self.style_formattings.get(style) {
            known.clone()
        } else {
            let formatting = self.styles.formatting(style);
            let known = (Rc::new(formatting.clone()), self.known(formatting));
            self.style_formattings.insert(style.to_owned(), known.clone());
            known
        };
        let Some(properties) = properties else { return of_style };
        let mut own = Formatting::clone(&of_style.0);
        formatting::of_paragraph(properties, &mut own);
        if own == *of_style.0 {
            return of_style;
        }
        (Rc::new(own.clone()), self.known(own))
    }

    /// What there is too much of.
    pub(super) fn excess(&self) -> Option<&'static str> {
        if self.out.len() > MOST_ITEMS {
            Some("paragraphs")
        } else if self.open_marks.len() > MOST_MARKS {
            Some("bookmarks")
        } else if self.fields.len() > MOST_OPEN {
            Some("fields")
        } else {
            (self.open_comments.len() > MOST_OPEN).then_some("comments")
        }
    }

    /// Ends the document.
    pub(super) fn finish(&mut self) {
        self.flush();
    }

    /// Ends a paragraph that the next one would have gone on in.
    fn flush(&mut self) {
        if let Some(held) = self.held.take() {
            self.put(held);
        }
    }

    /// Names something that cannot be carried over.
    pub(super) fn lose(&mut self, what: LossKind, text: &str) {
        if self.kept() {
            self.losses.push(Loss { what, text: text.trim().to_owned(), item: self.place() });
        }
    }

    /// True where the content in hand stays in this view.
    pub(super) fn kept(&self) -> bool {
        self.revisions.iter().all(|r| self.view.keeps(r))
    }

    fn paragraph(&mut self, element: &Element) {
        let (properties, restyled) = properties(element, "pPr", self.view);
        let id = self.styles.id(properties.and_then(|p| p.val("pStyle")));
        let list = properties.and_then(|p| p.word("numPr")).and_then(|l| l.val("numId")).map(|n| n != "0");
        let place = self.list_place(properties, id);
        let mut item = Item {
            style: self.styles.name(id).to_owned(),
            outline: formatting::level(properties.and_then(|p| p.val("outlineLvl"))).or(self.styles.outline(id)),
            listed: list.unwrap_or_else(|| self.styles.listed(id)),
            depth: place.as_ref().map_or(0, |(_, level)| *level),
            marks: std::mem::take(&mut self.waiting),
            comments: std::mem::take(&mut self.waiting_comments),
            para_id: element.attribute("paraId").map(str::to_owned),
            ..Item::default()
        };
        let parted = self.parted.take();
        if parted.is_some() && !self.held.as_ref().is_some_and(|held| begins_with_mark(element, &held.marks)) {
            self.flush();
        }
        let went_on = parted.filter(|_| self.held.is_some());
        if let Some(held) = self.held.take() {
            item = continued(held, item);
        }
        let in_contents = is_contents_style(&item.style);
        let outer_contents = std::mem::replace(&mut self.styled_contents, in_contents);
        let outer = std::mem::replace(&mut self.paragraph, item);
        let formatting = went_on.unwrap_or_else(|| self.formatting_of_paragraph(properties, id));
        let outer_formatting = std::mem::replace(&mut self.formatting, formatting);
        if properties.and_then(|p| p.on("pageBreakBefore")).unwrap_or_else(|| self.styles.begins_page(id)) {
            self.page_break();
        }
        let marks: Vec<Revision> = element
            .word("pPr")
            .and_then(|p| p.word("rPr"))
            .map(|r| r.elements().filter_map(revision).collect())
            .unwrap_or_default();
        // What a comment says of several paragraphs is about each of them.
        for id in &self.open_comments {
            if let Some(quote) = self.quotes.get_mut(id).filter(|q| !q.is_empty() && !q.ends_with('\n')) {
                quote.push('\n');
            }
        }
        for child in &element.children {
            if let Child::Element(child) = child {
                self.inline(child);
            }
        }
        self.styled_contents = outer_contents;
        let line = std::mem::take(&mut self.contents_line);
        if !line.trim().is_empty() {
            self.contents.push((line, self.place()));
        }
        self.trace_all(&marks);
        self.trace_all(restyled.as_slice());
        let mut item = std::mem::replace(&mut self.paragraph, outer);
        let formatting = std::mem::replace(&mut self.formatting, outer_formatting);
        let ends = marks.iter().all(|r| self.view.keeps(r)) && self.kept();
        let left_out = std::mem::take(&mut self.left_out);
        if !ends && item.phrase.is_empty() && !left_out.is_empty() {
            self.removed.push((left_out, std::mem::take(&mut item.traces)));
        }
        if ends
            && list != Some(false)
            && let Some((id, level)) = place
        {
            item.goes_on = self.numbering.is_blank(&id, level);
            (item.number, item.ordinal) = self.numbering.next(&id, level);
        }
        let open = |mark: &String| self.open_marks.iter().any(|open| open.name == *mark);
        if self.saved_with == SavedWith::LibreOffice && ends_page(element) && item.marks.iter().any(open) {
            self.parted = Some(formatting);
        }
        if ends && self.parted.is_none() {
            self.put(item);
        } else {
            self.held = Some(item);
        }
        if let Some(section) = properties.and_then(|p| p.word("sectPr")) {
            self.section(section);
        }
    }

    /// The list that a paragraph is in, by itself or by its style, and its level there.
    fn list_place(&self, properties: Option<&Element>, style: &str) -> Option<(String, usize)> {
        let own = properties.and_then(|p| p.word("numPr"));
        let id = own.and_then(|l| l.val("numId")).or(self.styles.list(style));
        let id = id.filter(|id| *id != "0")?.to_owned();
        let level = own.and_then(|l| l.val("ilvl")).and_then(|l| l.parse().ok());
        let level = level.or_else(|| self.numbering.level_of(&id, style)).or(self.styles.list_level(style));
        Some((id, level.unwrap_or(0)))
    }

    /// Notes who changed the paragraph in hand.
    pub(super) fn trace_all(&mut self, revisions: &[Revision]) {
        for revision in revisions {
            self.tracked = true;
            if !self.paragraph.traces.contains(&revision.trace) {
                self.paragraph.traces.push(revision.trace.clone());
            }
        }
    }

    /// Takes in a paragraph that has ended; one without text or picture is none.
    fn put(&mut self, mut item: Item) {
        trim(&mut item);
        item.phrase.fold_spaces();
        if item.phrase.is_empty() && item.pictures.is_empty() {
            // A comment on an empty paragraph stays with its neighbour.
            let neighbour = self.out.last_mut().map_or(&mut self.waiting_comments, |last| &mut last.comments);
            neighbour.append(&mut item.comments);
            return;
        }
        if !item.pictures.is_empty() && item.phrase.bits.iter().all(|bit| bit.kind == BitKind::Object) {
            item.role = ItemRole::Picture;
        }
        item.traces.sort();
        self.out.push(item);
    }

    /// A bookmark begins.
    pub(super) fn open_mark(&mut self, element: &Element, place: MarkPlace) {
        let (Some(id), Some(name)) = (element.attribute("id"), element.attribute("name")) else { return };
        if self.open_marks.len() > MOST_MARKS {
            return;
        }
        self.open_marks.push(OpenMark { id: id.to_owned(), name: name.to_owned() });
        // Tables that begin with a bookmark of columns, and programs' own.
        if name.starts_with("_GoBack") || !self.kept() {
            return;
        }
        let marks = match place {
            MarkPlace::Within => &mut self.paragraph.marks,
            MarkPlace::Between => &mut self.waiting,
        };
        if !marks.iter().any(|mark| mark == name) {
            marks.push(name.to_owned());
        }
    }

    /// A bookmark ends.
    pub(super) fn close_mark(&mut self, element: &Element) {
        let Some(id) = element.attribute("id") else { return };
        self.open_marks.retain(|open| open.id != id);
    }

    /// What a comment is about begins or ends.
    pub(super) fn comment_range(&mut self, element: &Element, place: MarkPlace) {
        let Some(id) = element.attribute("id") else { return };
        if &*element.name == "commentRangeStart" {
            if self.open_comments.len() > MOST_OPEN {
                return;
            }
            self.open_comments.push(id.to_owned());
            self.quotes.entry(id.to_owned()).or_default();
            let comments = match place {
                MarkPlace::Within => &mut self.paragraph.comments,
                MarkPlace::Between => &mut self.waiting_comments,
            };
            comments.push(comments::anchor(id));
        } else {
            self.open_comments.retain(|open| open != id);
        }
    }
}

/// True for the style of a line of the contents: toc 1. Without their field, where an editor took out its first line or its last, such
/// lines are contents still.
fn is_contents_style(name: &str) -> bool {
    let level = name.to_lowercase().strip_prefix("toc ").map(str::to_owned);
    level.is_some_and(|level| level.len() == 1 && level.chars().all(|c| c.is_ascii_digit()))
}

/// Paragraphs as one, parted by line ends.
pub(super) fn joined(items: Vec<Item>) -> Item {
    let mut all = Item::default();
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 && !all.phrase.is_empty() {
            all.phrase.push(Bit { text: "\n".to_owned(), kind: BitKind::Break, ..Bit::default() });
        }
        item.phrase.bits.into_iter().for_each(|bit| all.phrase.push(bit));
        all.marks.extend(item.marks);
        all.traces.extend(item.traces);
        all.comments.extend(item.comments);
        all.pictures.extend(item.pictures);
        item.formats.into_iter().for_each(|next| push_formatted(&mut all.formats, next));
    }
    all.traces.sort();
    all.traces.dedup();
    all
}

/// The content of `mc:AlternateContent` that counts: its first choice, else what is there for other programs.
pub(super) fn choice(element: &Element) -> Option<&Element> {
    let of = |name: &str| element.elements().find(|e| e.is(Ns::Compat, name));
    of("Choice").or_else(|| of("Fallback"))
}
