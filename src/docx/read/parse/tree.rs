//! XML as trees. The body of a document is read one block at a time.

use super::super::ReadError;
use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

/// The deepest nesting that is read: tables in tables in content controls come to some thirty.
const DEEPEST: usize = 200;
/// The most elements and texts of one block: a table of ten thousand rows and ten columns. They take some 200 bytes each.
const MOST_NODES: usize = 1_000_000;
/// The most attributes of one element.
const MOST_ATTRIBUTES: usize = 64;

/// The namespaces that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Ns {
    /// WordprocessingML, transitional or strict.
    Word,
    /// What Microsoft added to it.
    Added,
    /// Formulas.
    Math,
    /// Markup compatibility.
    Compat,
    /// Anything else.
    Other,
}

/// An element.
#[derive(Clone, Debug)]
pub(in super::super) struct Element {
    /// The namespace's kind.
    pub(in super::super) ns: Ns,
    /// The namespace where it is none of those told apart.
    pub(in super::super) namespace: Box<str>,
    /// The name without its prefix.
    pub(in super::super) name: Box<str>,
    attributes: Vec<(Box<str>, Box<str>)>,
    /// What is in it.
    pub(in super::super) children: Vec<Child>,
}

/// What is in an element.
#[derive(Clone, Debug)]
pub(in super::super) enum Child {
    /// An element.
    Element(Element),
    /// Characters.
    Text(String),
}

impl Element {
    /// True for an element of a namespace and name.
    pub(in super::super) fn is(&self, ns: Ns, name: &str) -> bool {
        self.ns == ns && *self.name == *name
    }

    /// True for an element of WordprocessingML.
    pub(in super::super) fn is_word(&self, name: &str) -> bool {
        self.is(Ns::Word, name)
    }

    /// An attribute, by its name without prefix.
    pub(in super::super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| **key == *name).map(|(_, value)| &**value)
    }

    /// The elements in it.
    pub(in super::super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|c| if let Child::Element(e) = c { Some(e) } else { None })
    }

    /// The first element of WordprocessingML in it that has a name.
    pub(in super::super) fn word(&self, name: &str) -> Option<&Self> {
        self.elements().find(|e| e.is_word(name))
    }

    /// The attribute `val` of the first element of WordprocessingML in it that has a name.
    pub(in super::super) fn val(&self, name: &str) -> Option<&str> {
        self.word(name).and_then(|e| e.attribute("val"))
    }

    /// True where a property that is on or off is on.
    pub(in super::super) fn on(&self, name: &str) -> Option<bool> {
        self.word(name).map(|e| !matches!(e.attribute("val"), Some("0" | "false" | "off" | "none")))
    }

    /// All characters in it.
    pub(in super::super) fn all_text(&self) -> String {
        let mut text = String::new();
        self.collect(&mut text);
        text
    }

    fn collect(&self, text: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(t) => text.push_str(t),
                Child::Element(e) => e.collect(text),
            }
        }
    }

    /// The first element below it that a test accepts, at any depth.
    pub(in super::super) fn find(&self, test: &impl Fn(&Self) -> bool) -> Option<&Self> {
        self.elements().find_map(|e| if test(e) { Some(e) } else { e.find(test) })
    }
}

/// A part as it is read, one element below its root's container at a time.
pub(in super::super) struct Stream<'x> {
    reader: NsReader<&'x [u8]>,
    part: &'x str,
    depth: usize,
    nodes: usize,
}

impl<'x> Stream<'x> {
    /// Begins to read a part.
    pub(in super::super) fn new(xml: &'x str, part: &'x str) -> Self {
        let mut reader = NsReader::from_str(xml);
        reader.config_mut().check_end_names = true;
        Self { reader, part, depth: 0, nodes: 0 }
    }

    fn wrong(&self, cause: &str) -> ReadError {
        ReadError::Xml { part: self.part.to_owned(), cause: cause.to_string() }
    }

    /// Goes into the first element of WordprocessingML with a name, passing by what comes before it. False without one.
    pub(in super::super) fn enter(&mut self, name: &str) -> Result<bool, ReadError> {
        loop {
            let (resolved, event) = self.reader.read_resolved_event().map_err(|e| wrong(self.part, &e))?;
            match event {
                Event::Start(start) if kind(&resolved) == Ns::Word && start.local_name().as_ref() == name => {
                    return Ok(true);
                }
                Event::DocType(_) => return Err(ReadError::Dtd { part: self.part.to_owned() }),
                Event::Eof => return Ok(false),
                _ => {}
            }
        }
    }

    /// The next element within the one that was entered; None at its end.
    pub(in super::super) fn next(&mut self) -> Result<Option<Element>, ReadError> {
        loop {
            self.nodes = 0;
            let (resolved, event) = self.reader.read_resolved_event().map_err(|e| wrong(self.part, &e))?;
            match event {
                Event::Start(start) => {
                    let element = made(self.part, &resolved, &start)?;
                    return self.fill(element).map(Some);
                }
                Event::Empty(start) => return made(self.part, &resolved, &start).map(Some),
                Event::DocType(_) => return Err(ReadError::Dtd { part: self.part.to_owned() }),
                Event::End(_) | Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// Reads what is in an element that has begun.
    fn fill(&mut self, element: Element) -> Result<Element, ReadError> {
        let mut open = vec![element];
        loop {
            let (resolved, event) = self.reader.read_resolved_event().map_err(|e| wrong(self.part, &e))?;
            self.nodes += 1;
            if self.nodes > MOST_NODES {
                return Err(ReadError::Limit { what: "nodes" });
            }
            match event {
                Event::Start(start) => {
                    self.depth = open.len();
                    if self.depth > DEEPEST {
                        return Err(ReadError::Limit { what: "depth" });
                    }
                    let element = made(self.part, &resolved, &start)?;
                    open.push(element);
                }
                Event::Empty(start) => {
                    let element = made(self.part, &resolved, &start)?;
                    put(&mut open, Child::Element(element));
                }
                Event::End(_) => {
                    let Some(done) = open.pop() else { return Err(self.wrong("end")) };
                    if open.is_empty() {
                        return Ok(done);
                    }
                    put(&mut open, Child::Element(done));
                }
                Event::Text(text) => {
                    // Only these hold text; between others is white space.
                    let text = text.xml10_content();
                    if !text.trim().is_empty() || open.last().is_some_and(holds_text) {
                        put_text(&mut open, &text);
                    }
                }
                Event::CData(text) => put_text(&mut open, &text.into_inner()),
                Event::GeneralRef(name) => {
                    let resolved = match name.resolve_char_ref() {
                        Ok(Some(c)) => Some(c.to_string()),
                        _ => quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned),
                    };
                    let Some(text) = resolved else { return Err(self.wrong(&format!("&{};", &*name))) };
                    put_text(&mut open, &text);
                }
                Event::DocType(_) => return Err(ReadError::Dtd { part: self.part.to_owned() }),
                Event::Eof => return Err(self.wrong("an element that does not end")),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }
}

fn holds_text(element: &Element) -> bool {
    element.ns == Ns::Other || matches!(&*element.name, "t" | "delText" | "instrText" | "delInstrText")
}

fn put(open: &mut [Element], child: Child) {
    if let Some(last) = open.last_mut() {
        last.children.push(child);
    }
}

fn put_text(open: &mut [Element], text: &str) {
    let Some(last) = open.last_mut() else { return };
    match last.children.last_mut() {
        Some(Child::Text(before)) => before.push_str(text),
        _ => last.children.push(Child::Text(text.to_owned())),
    }
}

fn wrong(part: &str, error: &quick_xml::Error) -> ReadError {
    ReadError::Xml { part: part.to_owned(), cause: error.to_string() }
}

fn kind(resolved: &ResolveResult<'_>) -> Ns {
    let ResolveResult::Bound(namespace) = resolved else { return Ns::Other };
    match namespace.0 {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Ns::Word,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Ns::Math,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Ns::Compat,
        added if added.starts_with("http://schemas.microsoft.com/office/word/") => Ns::Added,
        _ => Ns::Other,
    }
}

fn made(part: &str, resolved: &ResolveResult<'_>, start: &BytesStart<'_>) -> Result<Element, ReadError> {
    let ns = kind(resolved);
    let namespace = match (ns, resolved) {
        (Ns::Other, ResolveResult::Bound(namespace)) => namespace.0.into(),
        _ => Box::default(),
    };
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|e| ReadError::Xml { part: part.to_owned(), cause: e.to_string() })?;
        let key = attribute.key.local_name();
        if attribute.key.as_ref().starts_with("xmlns") {
            continue;
        }
        if attributes.len() >= MOST_ATTRIBUTES {
            return Err(ReadError::Limit { what: "attributes" });
        }
        let value = quick_xml::escape::unescape(&attribute.value)
            .map_err(|e| ReadError::Xml { part: part.to_owned(), cause: e.to_string() })?;
        attributes.push((key.as_ref().into(), value.as_ref().into()));
    }
    Ok(Element { ns, namespace, name: start.local_name().as_ref().into(), attributes, children: Vec::new() })
}

/// A small part, whole.
pub(in super::super) fn tree(xml: &str, part: &str) -> Result<Element, ReadError> {
    let mut stream = Stream::new(xml, part);
    match stream.next()? {
        Some(root) => Ok(root),
        None => Err(ReadError::Xml { part: part.to_owned(), cause: "empty".to_owned() }),
    }
}
