//! XML as a tree, for looking at.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element, or a piece of text (without a name).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Node>,
    pub(crate) text: String,
}

impl Node {
    pub(crate) fn parse(xml: &str) -> Self {
        let mut reader = Reader::from_str(xml);
        let mut open = vec![Self::default()];
        let close = |open: &mut Vec<Self>| {
            let node = open.pop().expect("an open element");
            open.last_mut().expect("a parent").children.push(node);
        };
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Start(tag) => open.push(Self::of(&tag)),
                Event::Empty(tag) => {
                    open.push(Self::of(&tag));
                    close(&mut open);
                }
                Event::End(_) => close(&mut open),
                Event::Text(text) => Self::add(&mut open, &text),
                Event::GeneralRef(name) => {
                    let text = quick_xml::escape::unescape(&format!("&{};", &*name)).expect("an entity").into_owned();
                    Self::add(&mut open, &text);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let mut root = open.pop().expect("a document");
        assert!(open.is_empty(), "an element is not closed");
        root.children.retain(|n| !n.name.is_empty());
        root.children.pop().expect("a root element")
    }

    fn of(tag: &BytesStart<'_>) -> Self {
        let attribute = |a: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
            let a = a.expect("an attribute");
            let value = quick_xml::escape::unescape(&a.value).expect("an attribute's value").into_owned();
            (a.key.as_ref().to_owned(), value)
        };
        let mut attributes: Vec<_> = tag.attributes().map(attribute).collect();
        attributes.sort();
        Self { name: tag.name().as_ref().to_owned(), attributes, ..Self::default() }
    }

    fn add(open: &mut [Self], text: &str) {
        let parent = open.last_mut().expect("a parent");
        match parent.children.last_mut() {
            Some(last) if last.name.is_empty() => last.text.push_str(text),
            _ => parent.children.push(Self { text: text.to_owned(), ..Self::default() }),
        }
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn val(&self) -> Option<&str> {
        self.attribute("w:val")
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|c| c.name == name)
    }

    /// The `w:val` of a child, or of a child's child, and so on.
    pub(crate) fn val_at(&self, path: &[&str]) -> Option<&str> {
        path.iter().try_fold(self, |node, name| node.child(name))?.val()
    }

    /// This element and all in it, in document order.
    pub(crate) fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        for child in &self.children {
            child.walk(visit);
        }
    }

    /// All elements of a name, in document order.
    pub(crate) fn all(&self, name: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        self.walk(&mut |node| {
            if node.name == name {
                found.push(node);
            }
        });
        found
    }

    /// The tree with an element a line and sorted attributes: two parts that say the same are equal.
    pub(crate) fn canonical(&self) -> String {
        let mut out = String::new();
        self.line(0, &mut out);
        out
    }

    fn line(&self, depth: usize, out: &mut String) {
        out.push_str(&"  ".repeat(depth));
        if self.name.is_empty() {
            out.extend([&format!("{:?}", self.text), "\n"]);
            return;
        }
        out.push_str(&self.name);
        for (key, value) in &self.attributes {
            out.extend([" ", key, &format!("={value:?}")]);
        }
        out.push('\n');
        for child in &self.children {
            child.line(depth + 1, out);
        }
    }
}
