//! The packet of metadata (ISO 16684-1): the simple properties that are asked for.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};
use std::collections::BTreeMap;

/// Namespaces.
pub(super) mod ns {
    pub(crate) const PDFX_ID: &str = "http://www.npes.org/pdfx/ns/id/";
    pub(crate) const PDF: &str = "http://ns.adobe.com/pdf/1.3/";
    pub(crate) const XMP: &str = "http://ns.adobe.com/xap/1.0/";
    pub(crate) const MEDIA: &str = "http://ns.adobe.com/xap/1.0/mm/";
    pub(crate) const DC: &str = "http://purl.org/dc/elements/1.1/";
}

/// How deep elements may be within one another.
const DEPTH: usize = 100;

/// The values of a packet, by namespace and name; of several, the first.
#[derive(Debug, Default)]
pub(super) struct XmpValues(BTreeMap<(String, String), String>);

impl XmpValues {
    /// Reads a packet; None for what is no XML.
    pub(super) fn read(packet: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(packet).ok()?;
        let mut reader = NsReader::from_str(text);
        let mut values = Self::default();
        let mut open: Vec<((String, String), String)> = Vec::new();
        loop {
            let (space, event) = reader.read_resolved_event().ok()?;
            let space = namespace(&space);
            match event {
                Event::Start(element) => {
                    values.attributes(&reader, &element)?;
                    open.push(((space, element.local_name().as_ref().to_owned()), String::new()));
                    if open.len() > DEPTH {
                        return None;
                    }
                }
                Event::Empty(element) => values.attributes(&reader, &element)?,
                // A title is within rdf:Alt and rdf:li: it counts for all that it is within.
                Event::Text(text) => {
                    let text = text.xml10_content();
                    for (_, value) in &mut open {
                        value.push_str(&text);
                    }
                }
                Event::GeneralRef(reference) => {
                    let resolved = match reference.resolve_char_ref().ok()? {
                        Some(c) => c.to_string(),
                        None => resolve_predefined_entity(&reference)?.to_owned(),
                    };
                    for (_, value) in &mut open {
                        value.push_str(&resolved);
                    }
                }
                Event::End(_) => {
                    let (name, value) = open.pop()?;
                    values.0.entry(name).or_insert_with(|| value.trim().to_owned());
                }
                Event::DocType(_) => return None,
                Event::Eof => return open.is_empty().then_some(values),
                _ => {}
            }
        }
    }

    fn attributes(&mut self, reader: &NsReader<&[u8]>, element: &BytesStart<'_>) -> Option<()> {
        for attribute in element.attributes() {
            let attribute = attribute.ok()?;
            let (space, name) = reader.resolver().resolve_attribute(attribute.key);
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            let name = (namespace(&space), name.as_ref().to_owned());
            self.0.entry(name).or_insert_with(|| value.trim().to_owned());
        }
        Some(())
    }

    /// A value that is not empty.
    pub(super) fn get(&self, space: &str, name: &str) -> Option<&str> {
        self.0.get(&(space.to_owned(), name.to_owned())).map(String::as_str).filter(|value| !value.is_empty())
    }
}

fn namespace(space: &ResolveResult<'_>) -> String {
    if let ResolveResult::Bound(space) = space { space.as_ref().to_owned() } else { String::new() }
}
