//! What the body holds besides running text, and what follows it: signature, glossary, attachments, imprint.

use super::build::{Builder, Naming, number, own_text};
use super::front::{framed, labelled, written};
use super::inline::PieceKind;
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::model::{AttachmentName, Block, BlockId, BlockKind, Imprint, Labelled, Number, Sealing, Text};
use crate::template::PointsRestart;
use crate::yaml::near::suggestion;
use crate::yaml::tree::{Kind, Node};

impl Builder<'_> {
    /// Adds what follows the body.
    pub(super) fn back(&mut self, root: &Node) {
        let attachments = root.get("attachments");
        let official = root.get("authority").is_some() || self.template.numbering.attachment_names.is_some();
        if let Some(items) = attachments.and_then(Node::as_list).filter(|_| official) {
            self.attachment_note(items);
        }
        self.attendance(root);
        self.glossary(root);
        if let Some(attachments) = attachments {
            self.attachments(attachments);
        }
        self.drop_idle_breaks();
        self.imprint(root);
    }

    /// Adds who signs, and when. `block`: the map that holds the name of the block.
    pub(super) fn signature(&mut self, block: &Node, node: &Node, parent: &str) {
        let (Some(authority), Some(date)) = (node.get("authority"), node.get("date")) else { return };
        let first = authority.as_list().and_then(<[Node]>::first).unwrap_or(authority);
        let pieces = self.pieces(first);
        let (id, named) = self.id("signature", block.get("id"), &pieces, parent);
        self.tell_joined_names(authority);
        let authorities = self.lines(authority, &id);
        let date = self.required(date, &id);
        let chosen = |key: &str| node.get(key).filter(|chosen| chosen.is_true());
        let sealing = match (chosen("sealed"), chosen("stamp")) {
            (Some(_), Some(stamp)) => {
                self.diagnostics.push(Diagnostic::error(
                    Code::BAD_VALUE,
                    stamp.span,
                    say!("印章和签名章不能同时有", "there is a seal or a name stamp, not both"),
                    say!(
                        "机关盖章写 sealed，签发人的签名章写 stamp，留一个",
                        "keep one: sealed for the authority's seal, stamp for the name stamp of who signs"
                    ),
                ));
                Sealing::Seal
            }
            (Some(_), None) => Sealing::Seal,
            (None, Some(_)) => Sealing::Stamp,
            (None, None) => Sealing::None,
        };
        self.add(id, named, block.span, BlockKind::Signature { authorities, date, sealing });
    }

    /// Adds who was there, who was excused and who sat in, below the text or the names of the attachments (GB/T 9704 10.3).
    fn attendance(&mut self, root: &Node) {
        let Some(Kind::Map(entries)) = root.get("attendance").map(|node| &node.kind) else { return };
        let signature = |b: &Block| matches!(b.kind, BlockKind::Signature { .. });
        let at = self.blocks.iter().rposition(signature).unwrap_or(self.blocks.len());
        for (count, (key, names)) in entries.iter().enumerate() {
            let id = self.ids.derive("attendance", key.name.trim(), "");
            let text = self.enumerated(names, &id, "");
            let after = self.template.words.after_term.as_str();
            let name = key.name.trim().trim_end_matches(['：', ':']);
            let label = written(&format!("{name}{after}"), key.span);
            let kind = BlockKind::Attendance { label, text, leads: count == 0 };
            let block = Block { id, named: false, span: key.span.to(names.span), kind };
            self.blocks.insert(at + count, block);
        }
    }

    /// Adds the names of the attachments below the text, above the signature (GB/T 9704 7.3.4).
    fn attachment_note(&mut self, items: &[Node]) {
        let marked = items.iter().filter(|item| is_marked(item));
        let titles: Vec<&Node> = marked.filter_map(|item| item.get("title")).collect();
        let Some(first) = titles.first() else { return };
        let id = self.ids.derive("attachment-note", "", "");
        let mut names = Vec::with_capacity(titles.len());
        for (node, count) in titles.iter().zip(1..) {
            let mut pieces = self.pieces(node);
            pieces.retain(|p| !matches!(p.kind, PieceKind::Note(_) | PieceKind::Term(_)));
            let name = self.text(&pieces, Some(&id));
            let words = &self.template.words;
            let Labelled { label, text: name } = match count {
                1 => labelled(name, &words.attachments, node.span),
                _ => Labelled { label: Text::default(), text: name },
            };
            let number = match titles.len() {
                1 => Text::default(),
                _ => written(&self.template.numbering.names().write(count), node.span),
            };
            names.push(AttachmentName { label, number, name });
        }
        let signature = |b: &Block| matches!(b.kind, BlockKind::Signature { .. });
        let at = self.blocks.iter().rposition(signature).unwrap_or(self.blocks.len());
        let note = Block { id, named: false, span: first.span, kind: BlockKind::AttachmentNote(names) };
        self.blocks.insert(at, note);
    }

    /// The number of the term at a place among the terms.
    pub(super) fn term_number(&self, place: usize) -> Number {
        number(&self.template.numbering.terms, u32::try_from(place + 1).unwrap_or(u32::MAX))
    }

    /// The place of a term among the terms, taken in at its first call.
    pub(super) fn call_term(&mut self, name: &str, span: Span) -> Option<usize> {
        let Some(index) = self.term_nodes.iter().position(|(key, _)| key.name.trim() == name) else {
            let (zh, en) = suggestion(name, self.term_nodes.iter().map(|(k, _)| k.name.as_str()));
            self.diagnostics.push(Diagnostic::error(
                Code::UNKNOWN_TERM,
                span,
                say!("名词解释里没有“{name}”", "the glossary has no term \"{name}\""),
                say!("在 glossary: 里写上 {name}: 解释{zh}", "write {name}: … under glossary:{en}"),
            ));
            return None;
        };
        Some(self.terms.iter().position(|&t| t == index).unwrap_or_else(|| {
            self.terms.push(index);
            self.terms.len() - 1
        }))
    }

    /// Adds the glossary: terms in the order of their first call, then those that nothing calls.
    fn glossary(&mut self, root: &Node) {
        let Some(node) = root.get("glossary").filter(|_| !self.term_nodes.is_empty()) else { return };
        let id = self.ids.derive("glossary", "", "");
        self.add(
            id,
            Naming::Derived,
            node.head(),
            BlockKind::GlossaryTitle(written(&self.template.words.glossary, node.head())),
        );
        let mut place = 0;
        while let Some(index) =
            self.terms.get(place).copied().or_else(|| (0..self.term_nodes.len()).find(|i| !self.terms.contains(i)))
        {
            if place == self.terms.len() {
                self.terms.push(index);
            }
            let (key, meaning) = &self.term_nodes[index];
            let id = self.ids.derive("term", key.name.trim(), "");
            let pieces = self.pieces(meaning);
            let text = self.text(&pieces, Some(&id));
            self.refuse_empty(meaning, &text);
            let term: Text =
                framed(written(key.name.trim(), key.span), ("", &self.template.words.after_term), key.span);
            let number = self.term_number(place);
            self.add(id, Naming::Derived, key.span.to(meaning.span), BlockKind::Term { number, term, text });
            place += 1;
        }
    }

    /// Adds the attachments, each on a page of its own.
    fn attachments(&mut self, node: &Node) {
        let Some(items) = node.as_list() else { return };
        let scheme = self.template.numbering.attachments.clone();
        let marked = items.iter().filter(|item| is_marked(item)).count();
        let mut before = 0;
        for item in items {
            let Some(title) = item.get("title") else { continue };
            self.counts.headings.fill(0);
            self.counts.start_section(PointsRestart::Run);
            let pieces = self.pieces(title);
            let (id, named) = self.id("attachment", item.get("id"), &pieces, "");
            let parent = id.0.clone();
            let kind = if is_marked(item) {
                before += 1;
                // A single attachment carries no number (GB/T 9704 7.3.4).
                let count = Some(before).filter(|_| marked > 1);
                let mark =
                    count.map_or_else(|| format!("{}{}", scheme.before, scheme.after), |count| scheme.write(count));
                BlockKind::AttachmentMark { text: written(&mark, item.head()), count }
            } else {
                BlockKind::PageBreak
            };
            self.add(id, named, item.head(), kind);
            let id = self.ids.derive("title-of-attachment", &own_text(&pieces), &parent);
            let printed = self.text(&pieces, Some(&id));
            self.refuse_empty(title, &printed);
            self.add(id, Naming::Derived, title.span, BlockKind::AttachmentTitle(printed));
            if let Some(body) = item.get("body") {
                self.body(body, 1, &parent);
            }
        }
    }

    /// Adds the imprint: given with its `office`, which the other keys of it ask for.
    fn imprint(&mut self, root: &Node) {
        if !self.template.imprint.printed {
            self.letter_imprint(root);
            return;
        }
        let Some(office) = root.get("office") else {
            for key in ["sent-to", "copies-to", "printed"] {
                self.lacks(root, key, "office", "印发机关，如 房山区人民政府办公室");
            }
            return;
        };
        let Some(printed) = root.get("printed") else {
            self.lacks(root, "office", "printed", "印发日期，如 2024年1月8日");
            return;
        };
        let id = self.ids.derive("imprint", "", "");
        let (sent, copies) = self.receivers(root, &id);
        let words = &self.template.words;
        let text = self.required(office, &id);
        let date = framed(self.required(printed, &id), ("", &words.printed), printed.span);
        self.add(id, Naming::Derived, office.span, BlockKind::Imprint(Imprint { sent, copies, office: text, date }));
    }

    /// Who gets the document, and who gets copies.
    fn receivers(&mut self, root: &Node, id: &BlockId) -> (Option<Labelled>, Option<Labelled>) {
        let words = &self.template.words;
        let mut list = |key: &str, label: &str| {
            let node = root.get(key)?;
            let text = self.enumerated(node, id, &words.after_copies);
            Some(labelled(framed(text, ("", &words.after_copies), node.span), label, node.span))
        };
        (list("sent-to", &words.sent), list("copies-to", &words.copies))
    }

    /// The imprint of a letter: whom copies go to, and nothing of its printing (GB/T 9704 10.1).
    fn letter_imprint(&mut self, root: &Node) {
        for node in ["office", "printed"].into_iter().filter_map(|key| root.get(key)) {
            self.diagnostics.push(Diagnostic::error(
                Code::BAD_VALUE,
                node.span,
                say!(
                    "信函的版记没有印发机关和印发日期（GB/T 9704 10.1）",
                    "the imprint of a letter does not say who printed it and when (GB/T 9704 10.1)"
                ),
                say!("删去这一行", "remove this line"),
            ));
        }
        let Some(first) = root.get("sent-to").or(root.get("copies-to")) else { return };
        let id = self.ids.derive("imprint", "", "");
        let (sent, copies) = self.receivers(root, &id);
        let (office, date) = (Text::default(), Text::default());
        self.add(id, Naming::Derived, first.span, BlockKind::Imprint(Imprint { sent, copies, office, date }));
    }
}

/// True for an attachment under its mark. What a document issues, passes on or approves is none (GB/T 9704 7.3.7): it begins a page
/// with its title, and the list below the text leaves it out.
fn is_marked(attachment: &Node) -> bool {
    attachment.get("mark").is_none_or(Node::is_true)
}
