//! What is in a paragraph: runs, fields, links, notes, pictures.

use super::super::parse::{Element, Ns};
use super::comments;
use super::equation;
use super::formatting;
use super::open::OpenField;
use super::settings::field_address;
use super::view::{FieldLook, properties, revision};
use super::walk::{MOST_OPEN, MarkPlace, Walker, choice};
use crate::model::{
    Bit, BitKind, BitLook, Feature, Formatted, Formatting, LossKind, Picture, Shift, is_ideograph, push_formatted,
};
use std::collections::BTreeMap;

/// What characters look like.
#[derive(Clone, Copy, Default)]
struct RunLook {
    /// By their run alone.
    own: BitLook,
    /// By its style too.
    styled: BitLook,
}

/// The name of the note that a bookmark is around. One of the program's own tells it, whatever became of the note.
fn note_of(bookmarks: &BTreeMap<String, String>, bookmark: &str) -> Option<String> {
    let own = || bookmark.starts_with("n_").then(|| bookmark.to_owned());
    bookmarks.get(bookmark).cloned().or_else(own)
}

/// What a field's result counts as.
enum Result {
    /// Text that somebody wrote.
    Plain,
    /// What a program writes.
    Auto,
    /// Contents and indexes, which the program makes.
    Skip,
    /// The mark of a note, by the name of its bookmark.
    Note(String),
}

impl Walker<'_> {
    /// An element within a paragraph.
    pub(super) fn inline(&mut self, element: &Element) {
        match (element.ns, &*element.name) {
            (Ns::Word, "r") => self.run(element),
            (Ns::Word, "ins" | "del" | "moveFrom" | "moveTo") => {
                if let Some(revision) = revision(element) {
                    self.revisions.push(revision);
                    self.inlines(element);
                    self.revisions.pop();
                }
            }
            (Ns::Word, "hyperlink") => {
                let local = element.attribute("anchor").is_some() && self.fields.is_empty();
                let address = element.attribute("id").and_then(|id| self.addresses.get(id)).cloned();
                let link = address.and_then(|address| self.address(&address));
                let instruction = "HYPERLINK".to_owned();
                self.fields.extend(link.map(|_| OpenField { instruction, result: true, link, ..OpenField::default() }));
                self.links += usize::from(local);
                self.inlines(element);
                self.links -= usize::from(local);
                if link.is_some() {
                    self.fields.pop();
                }
            }
            (Ns::Word, "fldSimple") => {
                let instruction = element.attribute("instr").unwrap_or_default().to_owned();
                self.begin_result(OpenField { instruction, stays: self.kept(), ..OpenField::default() });
                self.inlines(element);
                self.end_field();
            }
            (Ns::Word, "sdt") => {
                if let Some(content) = element.word("sdtContent") {
                    self.inlines(content);
                }
            }
            (Ns::Word, "smartTag" | "customXml" | "bdo" | "dir") => self.inlines(element),
            (Ns::Compat, "AlternateContent") => {
                if let Some(choice) = choice(element) {
                    self.inlines(choice);
                }
            }
            (Ns::Math, _) => self.lose(LossKind::Formula, &element.all_text()),
            (Ns::Word, "bookmarkStart") => self.open_mark(element, MarkPlace::Within),
            (Ns::Word, "bookmarkEnd") => self.close_mark(element),
            (Ns::Word, "commentRangeStart" | "commentRangeEnd") => self.comment_range(element, MarkPlace::Within),
            (Ns::Word, "p") => {
                // A paragraph within a paragraph is not valid; its text is kept all the same.
                self.inlines(element);
            }
            _ => {}
        }
    }

    fn inlines(&mut self, parent: &Element) {
        for element in parent.elements() {
            self.inline(element);
        }
    }

    fn run(&mut self, run: &Element) {
        let (properties, changed) = properties(run, "rPr", self.view);
        let look = self.look(properties);
        self.run_formatting = self.formatting_of(properties);
        self.run_hidden = self.hides(properties);
        let mut revisions = self.revisions.clone();
        revisions.extend(changed);
        self.trace_all(&revisions);
        for element in run.elements() {
            match (element.ns, &*element.name) {
                (Ns::Word, "fldChar") => self.field_mark(element),
                (Ns::Word, "instrText" | "delInstrText") => {
                    if let Some(field) = self.fields.last_mut().filter(|f| !f.result) {
                        field.instruction.push_str(&element.all_text());
                    }
                }
                (Ns::Compat, "AlternateContent") => {
                    if let Some(choice) = choice(element) {
                        choice.elements().for_each(|e| self.run_content(e, look));
                    }
                }
                _ => self.run_content(element, look),
            }
        }
    }

    /// What the characters of a run look like.
    fn look(&self, properties: Option<&Element>) -> RunLook {
        let shift = |properties: &Element| match properties.val("vertAlign")? {
            "superscript" => Some(Shift::Raised),
            "subscript" => Some(Shift::Lowered),
            _ => Some(Shift::None),
        };
        let strong = |properties: &Element| properties.on("b");
        let (own_strong, own_shift) = (properties.and_then(strong), properties.and_then(shift));
        let style = properties.and_then(|p| p.val("rStyle")).filter(|id| !self.styles.is_linked(id));
        let styled = BitLook {
            strong: own_strong.or_else(|| self.styles.of_characters(style?, strong)).unwrap_or_default(),
            shift: own_shift.or_else(|| self.styles.of_characters(style?, shift)).unwrap_or_default(),
        };
        let own = BitLook { strong: own_strong.unwrap_or_default(), shift: own_shift.unwrap_or_default() };
        RunLook { own, styled }
    }

    /// True for a run that is hidden: by itself, or by one of its two styles; what both hide is seen, as Word has it.
    fn hides(&self, properties: Option<&Element>) -> bool {
        let vanish = |properties: &Element| properties.on("vanish");
        properties.and_then(vanish).unwrap_or_else(|| {
            let style = properties.and_then(|p| p.val("rStyle"));
            let by_characters = style.and_then(|style| self.styles.of_characters(style, vanish)).unwrap_or(false);
            by_characters != self.styles.hides(&self.paragraph.style)
        })
    }

    /// The index of the formatting of a run.
    fn formatting_of(&mut self, properties: Option<&Element>) -> usize {
        let Some(properties) = properties else { return self.formatting.1 };
        let mut own = Formatting::clone(&self.formatting.0);
        if let Some(style) = properties.val("rStyle") {
            self.styles.add_characters(style, &mut own);
        }
        formatting::of_run(properties, &mut own);
        if self.fields.iter().any(|field| field.link.is_some()) {
            // What programs make of the words of a link.
            own.set(Feature::Underline, None);
            own.set(Feature::Colour, None);
        }
        self.known(own)
    }

    fn run_content(&mut self, element: &Element, look: RunLook) {
        if element.ns != Ns::Word {
            return;
        }
        match &*element.name {
            "t" | "delText" => self.write(&element.all_text(), look),
            "tab" | "ptab" => self.write("\t", look),
            "br" if matches!(element.attribute("type"), Some("page" | "column")) => self.page_break(),
            "br" | "cr" => self.write("\n", look),
            "noBreakHyphen" => self.write("\u{2011}", look),
            "softHyphen" => self.write("\u{ad}", look),
            "sym" => {
                let code = element.attribute("char").and_then(|c| u32::from_str_radix(c, 16).ok());
                let symbol = code.and_then(char::from_u32);
                let face = element.attribute("font").unwrap_or_default();
                match symbol.filter(|c| !matches!(c, '\u{e000}'..='\u{f8ff}') && !is_symbol_face(face)) {
                    Some(symbol) => self.write(symbol.encode_utf8(&mut [0; 4]), look),
                    None if self.run_hidden => {}
                    None => self.lose(LossKind::Symbol, face),
                }
            }
            "ruby" => {
                if let Some(base) = element.word("rubyBase") {
                    self.inlines(base);
                }
                if let Some(reading) = element.word("rt") {
                    self.lose(LossKind::Ruby, &reading.all_text());
                }
            }
            "footnoteReference" => {
                if let Some(id) = element.attribute("id") {
                    self.call(id);
                }
            }
            "endnoteReference" => {
                let id = element.attribute("id").unwrap_or_default();
                let text = self.endnotes.get(id).cloned().unwrap_or_default();
                self.lose(LossKind::Endnote, &text);
            }
            "commentReference" => {
                let id = element.attribute("id").unwrap_or_default();
                if !self.quotes.contains_key(id) {
                    self.quotes.insert(id.to_owned(), String::new());
                    self.paragraph.comments.push(comments::anchor(id));
                }
            }
            "drawing" | "pict" | "object" => self.drawing(element),
            _ => {}
        }
    }

    /// Adds characters.
    fn write(&mut self, text: &str, look: RunLook) {
        if !self.kept() || text.is_empty() {
            self.left_out.extend(text.chars().filter(|c| !c.is_whitespace()));
            return;
        }
        if self.in_contents() {
            if !self.run_hidden {
                self.contents_line.push_str(text);
            }
            return;
        }
        if self.styled_contents {
            return;
        }
        let mut kind = if self.links > 0 { BitKind::Auto } else { BitKind::Text };
        let bookmarks = &self.note_bookmarks;
        for field in &mut self.fields {
            if !field.result {
                return;
            }
            match result(&field.instruction) {
                Result::Plain => {}
                Result::Auto => kind = BitKind::Auto,
                Result::Note(name) if note_of(bookmarks, &name).is_none() => kind = BitKind::Auto,
                Result::Skip => return,
                Result::Note(_) => {
                    field.mark.push_str(text);
                    return;
                }
            }
        }
        let own = kind == BitKind::Auto && self.field_look == FieldLook::Own;
        let BitLook { strong, shift } = if own { look.own } else { look.styled };
        self.fields.iter_mut().for_each(|field| field.shown = true);
        for id in &self.open_comments {
            if let Some(quote) = self.quotes.get_mut(id) {
                quote.push_str(text);
            }
        }
        for link in self.fields.iter().filter_map(|field| field.link) {
            self.settings[link].words.push_str(text);
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                let kind = if kind == BitKind::Auto { BitKind::Auto } else { BitKind::Break };
                let hidden = self.run_hidden;
                self.paragraph.phrase.push(Bit { text: "\n".to_owned(), kind, hidden, ..Bit::default() });
            }
            let characters = line.chars().filter(|c| !c.is_whitespace()).count();
            let formatted = Formatted { characters, formatting: self.run_formatting };
            push_formatted(&mut self.paragraph.formats, formatted);
            let hidden = self.run_hidden;
            let bit = Bit { text: line.to_owned(), strong, shift, hidden, kind: kind.clone(), map: None };
            self.paragraph.phrase.push(bit);
        }
    }

    /// True for words of the contents, numbers of pages aside.
    fn in_contents(&self) -> bool {
        let is = |field: &OpenField, name: &str| {
            field.instruction.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case(name))
        };
        (self.styled_contents || self.fields.iter().any(|field| is(field, "TOC")))
            && self.fields.iter().all(|field| field.result && !is(field, "PAGEREF"))
    }

    fn field_mark(&mut self, element: &Element) {
        match element.attribute("fldCharType") {
            Some("begin") => self.begin_field(),
            Some("separate") => {
                if let Some(field) = self.fields.pop() {
                    self.begin_result(field);
                }
            }
            Some("end") => self.end_field(),
            _ => {}
        }
    }

    /// A field begins. One that nothing ends takes in no text.
    fn begin_field(&mut self) {
        self.begun += 1;
        if self.endless.contains(&self.begun) {
            self.lose(LossKind::EndlessField, "");
        } else if self.fields.len() <= MOST_OPEN {
            // More than that are told of at the end of the block.
            let stays = self.kept();
            self.fields.push(OpenField { count: self.begun, stays, ..OpenField::default() });
        }
    }

    /// The result of a field begins.
    fn begin_result(&mut self, field: OpenField) {
        let note = match result(&field.instruction) {
            Result::Note(name) => note_of(&self.note_bookmarks, &name),
            _ => None,
        };
        let link = field_address(&field.instruction).map(str::to_owned).and_then(|address| self.address(&address));
        let stays = field.stays;
        self.fields.push(OpenField { result: true, link, ..field });
        if let Some(name) = note.filter(|_| stays && self.kept()) {
            self.note_mark(name);
        }
    }

    /// A field ends. Entries of an index are shown elsewhere only.
    fn end_field(&mut self) {
        let Some(field) = self.fields.pop() else { return };
        let mut words = field.instruction.split_whitespace();
        if words.next().is_some_and(|name| matches!(name.to_ascii_uppercase().as_str(), "XE" | "TA")) {
            let entry = field.instruction.split('"').nth(1).map(str::to_owned);
            self.lose(LossKind::IndexEntry, &entry.unwrap_or_else(|| words.next().unwrap_or_default().to_owned()));
        }
        if let Result::Note(_) = result(&field.instruction) {
            self.words_beside_mark(&field.mark);
        }
        if equation::is_equation(&field.instruction) && !field.shown && field.stays && self.kept() {
            self.equation(&field.instruction);
        }
        // A reference that a program could not follow shows nothing, and is there all the same.
        if field.instruction.trim_start().starts_with("REF ") && !field.shown && field.stays && self.kept() {
            self.paragraph.phrase.push(Bit { text: " ".to_owned(), kind: BitKind::Auto, ..Bit::default() });
        }
    }

    /// Words that somebody typed within the field of a note's mark, at its border: they are before or after the mark.
    fn words_beside_mark(&mut self, shown: &str) {
        let is_mark = |c: char| c.is_ascii_alphanumeric() || matches!(c, '①'..='⓿' | '㉑'..='㊿' | '*' | '[' | ']');
        let (Some(start), true) = (shown.find(is_mark), shown.contains(is_ideograph)) else { return };
        let end = shown[start..].find(|c| !is_mark(c)).map_or(shown.len(), |length| start + length);
        if let Some(mark) = self.paragraph.phrase.bits.pop_if(|bit| matches!(bit.kind, BitKind::Note(_))) {
            self.write(&shown[..start], RunLook::default());
            self.paragraph.phrase.push(mark);
            self.write(&shown[end..], RunLook::default());
        }
    }

    /// What a field sets without a result: characters in a ring or over one another, a formula.
    fn equation(&mut self, instruction: &str) {
        if let Some(characters) = equation::characters(instruction) {
            self.write(&characters, RunLook::default());
            self.lose(LossKind::Combined, &characters);
        } else {
            self.lose(LossKind::Formula, instruction);
        }
    }

    /// A footnote is called.
    fn call(&mut self, id: &str) {
        if !self.kept() || self.fields.iter().any(|f| !f.result) {
            return;
        }
        let known = self.calls.iter().find(|(known, _)| known == id).map(|(_, name)| name.clone());
        let name = known.unwrap_or_else(|| {
            let own = self.open_marks.iter().rev().find(|m| m.name.starts_with("n_")).map(|m| m.name.clone());
            let own = own.filter(|name| !self.calls.iter().any(|(_, known)| known == name));
            let name = own.unwrap_or_else(|| format!("#{}", self.calls.len() + 1));
            self.calls.push((id.to_owned(), name.clone()));
            name
        });
        self.note_bookmarks.extend(self.open_marks.iter().map(|mark| (mark.name.clone(), name.clone())));
        self.note_mark(name);
    }

    fn note_mark(&mut self, name: String) {
        let at = self.calls.iter().position(|(_, known)| *known == name).map_or(0, |at| at + 1);
        let text = circled(at);
        self.paragraph.phrase.push(Bit { text, kind: BitKind::Note(name), ..Bit::default() });
    }

    /// A drawing: pictures are taken in, text boxes and other objects named.
    fn drawing(&mut self, element: &Element) {
        if !self.kept() {
            return;
        }
        let mut found = Vec::new();
        pictures(element, &mut found);
        let text_box = element.find(&|e| e.is_word("txbxContent"));
        let chart = element.find(&|e| &*e.name == "chart" && e.ns == Ns::Other);
        let before = self.paragraph.pictures.len();
        let (size, crop) = (size(element), crop(element));
        let alt = element.find(&|e| &*e.name == "docPr").map(|e| e.attribute("descr").unwrap_or_default().to_owned());
        for (id, shapes) in found {
            if let Some(target) = self.targets.get(id.as_str()) {
                let shapes = shapes.and_then(|id| self.targets.get(id.as_str())).map_or("", |target| target);
                let (name, shapes) = ((*target).to_owned(), shapes.to_owned());
                let (crop, alt) = (crop.clone(), alt.clone());
                self.paragraph.pictures.push(Picture { name, shapes, size, crop, alt, ..Picture::default() });
                self.object();
            }
        }
        if let Some(chart) = chart {
            let part = chart.attribute("id").and_then(|id| self.targets.get(id)).map_or("", |target| target);
            let (name, shapes) = (Picture::CHART.to_owned(), part.to_owned());
            self.paragraph.pictures.push(Picture { name, shapes, size, ..Picture::default() });
            self.object();
        }
        if let Some(text_box) = text_box {
            self.lose(LossKind::TextBox, &text_box.all_text());
        } else if self.paragraph.pictures.len() == before {
            self.lose(LossKind::Drawing, "");
        }
    }

    fn object(&mut self) {
        self.paragraph.phrase.push(Bit { text: "\u{fffc}".to_owned(), kind: BitKind::Object, ..Bit::default() });
    }
}

/// True for a face whose characters are symbols, whatever their codes.
fn is_symbol_face(face: &str) -> bool {
    matches!(face, "Symbol" | "Webdings" | "Marlett") || face.starts_with("Wingdings")
}

/// The width and height of a drawing in tenths of a millimetre.
fn size(drawing: &Element) -> (i64, i64) {
    let extent = drawing.find(&|e| &*e.name == "extent");
    let of = |key| extent.and_then(|e| e.attribute(key)).and_then(|v| v.parse::<i64>().ok()).unwrap_or_default() / 3600;
    (of("cx"), of("cy"))
}

/// What a drawing cuts off its picture, side by side.
fn crop(drawing: &Element) -> String {
    let Some(sides) = drawing.find(&|e| &*e.name == "srcRect") else { return String::new() };
    let of = |key| sides.attribute(key).unwrap_or("0");
    let all = [of("l"), of("t"), of("r"), of("b")];
    if all.iter().all(|side| *side == "0") { String::new() } else { all.join(" ") }
}

/// The relationships of the pictures in a drawing, each with that of the same picture as shapes.
fn pictures(element: &Element, found: &mut Vec<(String, Option<String>)>) {
    for child in element.elements() {
        match &*child.name {
            "blip" => {
                let shapes = child.find(&|e| &*e.name == "svgBlip").and_then(|e| e.attribute("embed"));
                found.extend(child.attribute("embed").map(|id| (id.to_owned(), shapes.map(str::to_owned))));
            }
            "imagedata" => found.extend(child.attribute("id").map(|id| (id.to_owned(), None))),
            "AlternateContent" => {
                if let Some(choice) = choice(child) {
                    pictures(choice, found);
                }
            }
            "txbxContent" => {}
            _ => pictures(child, found),
        }
    }
}

/// What the result of a field counts as.
fn result(instruction: &str) -> Result {
    let mut words = instruction.split_whitespace();
    match words.next().map(str::to_ascii_uppercase).as_deref() {
        Some("TOC" | "INDEX" | "TOA") => Result::Skip,
        Some("NOTEREF") => Result::Note(words.next().unwrap_or_default().to_owned()),
        Some("HYPERLINK" | "QUOTE" | "MERGEFIELD" | "FORMTEXT" | "EQ") | None => Result::Plain,
        Some(_) => Result::Auto,
    }
}

/// A note's mark as it is printed: ①.
fn circled(count: usize) -> String {
    match u32::try_from(count) {
        Ok(count @ 1..=20) => char::from_u32(0x245f + count).map(String::from).unwrap_or_default(),
        _ => format!("[{count}]"),
    }
}
