//! What comes before the body: cover, contents, the red head of an official document, title, addressee.

use super::build::{Builder, Naming};
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::model::{BlockId, BlockKind, Contents, Cover, Labelled, Origin, RedHead, Run, RunKind, Text};
use crate::yaml::tree::{Kind, Node};

/// How many levels of headings the contents list unless the report says otherwise.
const DEPTH: u8 = 2;

impl Builder<'_> {
    /// Adds the blocks before the body.
    pub(super) fn front(&mut self, root: &Node) {
        if let Some(node) = root.get("cover").filter(|n| n.kind != Kind::Bool(false)) {
            self.cover(root, node);
        }
        if let Some(node) = root.get("contents").filter(|n| n.kind != Kind::Bool(false)) {
            self.contents(node);
        }
        if let Some(node) = root.get("mark") {
            self.page_mark(node, root.get("authority"));
        }
        self.red_head(root);
        let titled = self.template.head.title || root.get("authority").is_none();
        if let Some(node) = root.get("title") {
            let id = self.ids.derive("title", "", "");
            let used = (self.values.len(), self.origins.len());
            let lines = self.lines(node, &id);
            if titled {
                self.add(id, Naming::Derived, node.span, BlockKind::Title(lines));
            } else {
                // An order prints none; its files are called by it.
                self.unprinted = Some(lines.iter().map(Text::without_looks).collect());
                self.values.truncate(used.0);
                self.origins.truncate(used.1);
            }
        }
        if let Some(node) = root.get("occasion") {
            let id = self.ids.derive("occasion", "", "");
            let words = &self.template.words;
            let text = framed(self.required(node, &id), (&words.before_occasion, &words.after_occasion), node.span);
            self.add(id, Naming::Derived, node.span, BlockKind::Occasion(text));
        }
        if let Some(node) = root.get("speaker") {
            let id = self.ids.derive("speaker", "", "");
            let text = self.required(node, &id);
            self.add(id, Naming::Derived, node.span, BlockKind::Speaker(text));
        }
        if let Some(node) = root.get("addressee") {
            let id = self.ids.derive("addressee", "", "");
            let text = self.enumerated(node, &id, &self.template.words.after_addressees);
            self.add(id, Naming::Derived, node.span, BlockKind::Addressee(text));
        }
    }

    /// The mark at the top left of the first page, where a red head has its own.
    fn page_mark(&mut self, node: &Node, authority: Option<&Node>) {
        let id = self.ids.derive("mark", "", "");
        let everywhere = is_everywhere(node);
        if let Some(authority) = authority {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::BAD_VALUE,
                    node.span,
                    say!(
                        "有红头的公文，首页左上角是份号、密级和紧急程度",
                        "with a red head the top left of the first page is taken"
                    ),
                    say!("把它写进 title，如 （征求意见稿）", "say it in the title, such as （征求意见稿）"),
                )
                .with_related(authority.span, say!("红头在这里", "the head is here")),
            );
        }
        if !everywhere {
            let text = self.required(node.get("text").unwrap_or(node), &id);
            self.add(id, Naming::Derived, node.span, BlockKind::PageMark(text));
        }
    }

    /// The mark that the report wants on every page.
    pub(super) fn running_mark(&mut self, root: &Node) -> Option<Text> {
        let text = root.get("mark").filter(|mark| is_everywhere(mark))?.get("text")?;
        let id = self.ids.derive("running-mark", "", "");
        Some(self.required(text, &id))
    }

    /// What the report wants behind the text of its pages.
    pub(super) fn watermark(&mut self, root: &Node) -> Option<Text> {
        let node = root.get("watermark")?;
        let id = self.ids.derive("watermark", "", "");
        Some(self.required(node, &id))
    }

    /// A text, or a list of lines.
    pub(super) fn lines(&mut self, node: &Node, id: &BlockId) -> Vec<Text> {
        match node.as_list() {
            Some(items) => items.iter().map(|line| self.required(line, id)).collect(),
            None => vec![self.required(node, id)],
        }
    }

    /// A text as given, or a list of them as one, parted by commas and ended with `end`.
    pub(super) fn enumerated(&mut self, node: &Node, id: &BlockId, end: &str) -> Text {
        let Some(items) = node.as_list() else { return self.required(node, id) };
        let mut all = Text::default();
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                all.runs.extend(written(&self.template.words.between, item.span).runs);
            }
            all.runs.extend(self.required(item, id).runs);
        }
        framed(all, ("", end), node.span)
    }

    /// The text of a key that may be left out.
    fn optional(&mut self, node: &Node, key: &str, id: &BlockId) -> Option<Text> {
        node.get(key).map(|n| self.required(n, id))
    }

    fn cover(&mut self, root: &Node, node: &Node) {
        let id = self.ids.derive("cover", "", "");
        let title = root.get("title").map(|n| self.lines(n, &id)).unwrap_or_default();
        let subtitle = self.optional(node, "subtitle", &id);
        let authority = self.optional(node, "authority", &id);
        let date = self.optional(node, "date", &id);
        self.add(id, Naming::Derived, node.head(), BlockKind::Cover(Cover { title, subtitle, authority, date }));
    }

    fn contents(&mut self, node: &Node) {
        let id = self.ids.derive("contents", "", "");
        let title =
            self.optional(node, "title", &id).unwrap_or_else(|| written(&self.template.words.contents, node.head()));
        let depth = match node.get("depth").map(|n| &n.kind) {
            Some(Kind::Number(depth)) => depth.parse().unwrap_or(DEPTH),
            _ => DEPTH,
        };
        self.add(id, Naming::Derived, node.head(), BlockKind::Contents(Contents { title, depth }));
    }

    /// The red head: given with its `authority`, which the other keys of it ask for.
    fn red_head(&mut self, root: &Node) {
        let Some(authority) = root.get("authority") else {
            for key in ["copy-number", "classification", "urgency", "authority-mark", "number", "signer"] {
                self.lacks(root, key, "authority", "发文机关标志，如 房山区人民政府文件");
            }
            return;
        };
        let id = self.ids.derive("red-head", "", "");
        let copy_number = self.optional(root, "copy-number", &id);
        let classification = self.optional(root, "classification", &id);
        let urgency = self.optional(root, "urgency", &id);
        for names in [Some(authority), root.get("signer")].into_iter().flatten() {
            self.tell_joined_names(names);
        }
        let lines = self.lines(authority, &id);
        let beside = self.optional(root, "authority-mark", &id);
        let number = self.optional(root, "number", &id);
        let mut signers = root.get("signer").map(|n| self.lines(n, &id)).unwrap_or_default().into_iter();
        let place = root.get("signer").map(|n| n.span);
        let label = &self.template.words.signer;
        let signer = signers.next().zip(place).map(|(name, place)| labelled(name, label, place));
        let Some(number) = number else {
            self.lacks(root, "authority", "number", "发文字号，如 房政发〔2024〕5号");
            return;
        };
        if self.template.head.letter.is_some() {
            self.refuse_in_letter(root);
        }
        let cosigners = signers.collect();
        let head =
            RedHead { copy_number, classification, urgency, authority: lines, beside, number, signer, cosigners };
        self.add(id, Naming::Derived, authority.span, BlockKind::RedHead(head));
    }

    /// Refuses what the head of a letter has no place for (GB/T 9704 10.1).
    fn refuse_in_letter(&mut self, root: &Node) {
        let several = root.get("authority").filter(|node| node.as_list().is_some_and(|list| list.len() > 1));
        for node in [several, root.get("authority-mark"), root.get("signer")].into_iter().flatten() {
            self.diagnostics.push(Diagnostic::error(
                Code::BAD_VALUE,
                node.span,
                say!(
                    "信函的版头只有一个发文机关的名称，没有“文件”和签发人（GB/T 9704 10.1）",
                    "the head of a letter has the name of one authority, and no 文件 or signer (GB/T 9704 10.1)"
                ),
                say!("联合行文用主办机关的名称；其余删去", "name the leading authority; remove the rest"),
            ));
        }
    }

    /// Reports that `key`, if the report gives it, needs `wanted`, which the report lacks.
    pub(super) fn lacks(&mut self, root: &Node, key: &str, wanted: &str, about: &str) {
        let Kind::Map(entries) = &root.kind else { return };
        let Some((given, _)) = entries.iter().find(|(k, _)| k.name == key) else { return };
        self.diagnostics.push(Diagnostic::error(
            Code::MISSING_KEY,
            given.span,
            say!("有“{key}”而没有“{wanted}”", "\"{key}\" is given without \"{wanted}\""),
            say!("补上一行 {wanted}:（{about}），或者删去 {key}", "add a line {wanted}:, or remove {key}"),
        ));
    }
}

/// True for a mark that is on every page, not on the first alone.
fn is_everywhere(mark: &Node) -> bool {
    mark.get("pages").and_then(Node::as_text) == Some("all")
}

/// Text that the program writes, at a place of the source.
pub(super) fn written(text: &str, place: Span) -> Text {
    if text.is_empty() {
        return Text::default();
    }
    let map = Origin::Whole(Span { end: place.start, ..place });
    Text { runs: vec![Run::new(text.to_owned(), RunKind::Text, map)] }
}

/// The text between `before` and `after`, unless the author has written them.
pub(super) fn framed(mut text: Text, (before, after): (&str, &str), span: Span) -> Text {
    let plain = text.plain();
    if plain.is_empty() {
        return text;
    }
    if !before.is_empty() && !plain.starts_with(before) {
        text.runs.splice(0..0, written(before, span).runs);
    }
    if !after.is_empty() && !plain.ends_with(after) {
        text.runs.extend(written(after, Span { start: span.end, ..span }).runs);
    }
    text
}

/// The text after a label, unless the author has written that before it.
pub(super) fn labelled(mut text: Text, label: &str, span: Span) -> Labelled {
    if !label.is_empty() && text.plain().starts_with(label) {
        let rest = text.split_off(label.len());
        return Labelled { label: text, text: rest };
    }
    Labelled { label: written(label, span), text }
}
