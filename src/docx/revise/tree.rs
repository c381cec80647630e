//! XML as it is written, to be changed and written again.

use crate::docx::WordError;
use crate::docx::xml::{escaped, escaped_content};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element, its name with its prefix.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct XmlNode {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Content>,
}

/// What is in an element.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    Node(XmlNode),
    Text(String),
}

impl XmlNode {
    /// An element without content.
    pub(super) fn new(name: &str, attributes: &[(&str, &str)]) -> Self {
        let attributes = attributes.iter().map(|&(k, v)| (k.to_owned(), v.to_owned())).collect();
        Self { name: name.to_owned(), attributes, children: Vec::new() }
    }

    /// It with more in it.
    pub(super) fn with(mut self, nodes: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(nodes.into_iter().map(Content::Node));
        self
    }

    /// Text that keeps its white space.
    pub(super) fn text(name: &str, text: &str) -> Self {
        let mut node = Self::new(name, &[("xml:space", "preserve")]);
        node.children.push(Content::Text(text.to_owned()));
        node
    }

    /// The elements in it.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|c| if let Content::Node(n) = c { Some(n) } else { None })
    }

    /// The elements in it, taken out.
    pub(super) fn into_nodes(self) -> impl Iterator<Item = Self> {
        self.children.into_iter().filter_map(|c| if let Content::Node(n) = c { Some(n) } else { None })
    }

    /// The first element in it of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.nodes().find(|n| n.name == name)
    }

    /// The first element in it of a name, to change.
    pub(super) fn child_mut(&mut self, name: &str) -> Option<&mut Self> {
        self.children.iter_mut().find_map(|c| match c {
            Content::Node(n) if n.name == name => Some(n),
            _ => None,
        })
    }

    /// Takes out the elements of a name.
    pub(super) fn remove(&mut self, name: &str) {
        self.children.retain(|c| !matches!(c, Content::Node(n) if n.name == name));
    }

    /// An attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str())
    }

    /// The attribute `w:val` of an element in it.
    pub(super) fn val(&self, name: &str) -> Option<&str> {
        self.child(name).and_then(|n| n.attribute("w:val"))
    }

    /// All characters in it.
    pub(super) fn all_text(&self) -> String {
        let mut text = String::new();
        for child in &self.children {
            match child {
                Content::Text(t) => text.push_str(t),
                Content::Node(n) => text.push_str(&n.all_text()),
            }
        }
        text
    }

    /// Goes through it and all below it.
    pub(super) fn visit<'n>(&'n self, see: &mut impl FnMut(&'n Self)) {
        see(self);
        self.nodes().for_each(|n| n.visit(see));
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (key, value) in &self.attributes {
            out.push(' ');
            out.push_str(key);
            out.push_str("=\"");
            out.push_str(&escaped(value));
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for child in &self.children {
            match child {
                Content::Node(node) => node.write(out),
                Content::Text(text) => out.push_str(&escaped_content(text)),
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }
}

fn wrong(cause: &impl ToString) -> WordError {
    WordError::Part(cause.to_string())
}

/// Reads a part that this program wrote.
pub(super) fn parse(xml: &str) -> Result<XmlNode, WordError> {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![XmlNode::default()];
    loop {
        match reader.read_event().map_err(|e| wrong(&e))? {
            Event::Start(start) => open.push(node(&start)?),
            Event::Empty(start) => {
                let node = node(&start)?;
                put(&mut open, Content::Node(node));
            }
            Event::End(_) => {
                let Some(node) = open.pop() else { break };
                put(&mut open, Content::Node(node));
            }
            Event::Text(text) => put_text(&mut open, &text.into_inner()),
            Event::CData(text) => put_text(&mut open, &text.into_inner()),
            Event::GeneralRef(name) => {
                let resolved = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    _ => quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned),
                };
                put_text(&mut open, &resolved.ok_or_else(|| wrong(&"entity"))?);
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    let root = open.into_iter().next().and_then(|n| n.into_nodes().next());
    root.ok_or_else(|| wrong(&"empty part"))
}

/// A part from its root.
pub(super) fn write(root: &XmlNode) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    root.write(&mut out);
    out
}

fn node(start: &BytesStart<'_>) -> Result<XmlNode, WordError> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|e| wrong(&e))?;
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|e| wrong(&e))?;
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(XmlNode { name: start.name().as_ref().to_owned(), attributes, children: Vec::new() })
}

fn put(open: &mut [XmlNode], content: Content) {
    if let Some(last) = open.last_mut() {
        last.children.push(content);
    }
}

fn put_text(open: &mut [XmlNode], text: &str) {
    // White space outside of text elements lays out the file, and means nothing.
    let Some(last) = open.last_mut() else { return };
    let holds = matches!(last.name.as_str(), "w:t" | "w:delText" | "w:instrText") || !text.trim().is_empty();
    match last.children.last_mut() {
        _ if !holds => {}
        Some(Content::Text(before)) => before.push_str(text),
        _ => last.children.push(Content::Text(text.to_owned())),
    }
}
