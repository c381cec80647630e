//! XML that this back end writes itself. Text becomes XML here, and nowhere else but in docx-rs.

use quick_xml::escape::{escape, partial_escape};
use std::borrow::Cow;

/// The namespace of WordprocessingML.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The namespace of relationships within parts.
pub(super) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// XML: what [`Xml`] wrote, or what is written in the program. Text of a report is none, and cannot become any but by being
/// escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Markup(Cow<'static, str>);

impl Markup {
    /// No XML.
    pub(super) const EMPTY: Self = Self(Cow::Borrowed(""));

    /// The first line of every part.
    pub(super) const fn declaration() -> Self {
        Self::fixed("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
    }

    /// XML that is written in the program.
    pub(super) const fn fixed(xml: &'static str) -> Self {
        Self(Cow::Borrowed(xml))
    }

    /// What a parser has read and this back end has written back, event by event.
    pub(super) fn copied(xml: String) -> Self {
        Self(Cow::Owned(xml))
    }

    /// A start tag that something else closes.
    pub(super) fn start_tag(name: &'static str, attributes: &[(&str, &str)]) -> Self {
        let mut out = String::new();
        start(&mut out, name, attributes);
        out.push('>');
        Self(Cow::Owned(out))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Adds more at the end.
    pub(super) fn push(&mut self, more: &Self) {
        if self.0.is_empty() {
            self.0.clone_from(&more.0);
        } else {
            self.0.to_mut().push_str(&more.0);
        }
    }

    /// Takes the XML out, to add to it by [`Markup::copied`] again.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.0).into_owned()
    }

    /// The first character that XML cannot hold.
    pub(super) fn forbidden(&self) -> Option<char> {
        forbidden(&self.0).map(|(_, c)| c)
    }
}

/// Text as XML says it, in elements and in attributes.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    escape(text)
}

/// Text as XML says it within an element.
pub(super) fn escaped_content(text: &str) -> Cow<'_, str> {
    partial_escape(text)
}

/// XML as it grows. Elements are closed in the order they were opened.
#[derive(Debug, Default)]
pub(super) struct Xml {
    out: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// Opens an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> &mut Self {
        start(&mut self.out, name, attributes);
        self.out.push('>');
        self.open.push(name);
        self
    }

    /// Writes an element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> &mut Self {
        start(&mut self.out, name, attributes);
        self.out.push_str("/>");
        self
    }

    /// Writes an element whose one attribute is `w:val`.
    #[expect(clippy::needless_pass_by_value, reason = "numbers and names are given as they are")]
    pub(super) fn val(&mut self, name: &str, value: impl ToString) -> &mut Self {
        self.empty(name, &[("w:val", &value.to_string())])
    }

    /// Writes an element with text.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> &mut Self {
        start(&mut self.out, name, attributes);
        self.out.push('>');
        self.out.push_str(&escaped(text));
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        self
    }

    /// Closes the element opened last.
    pub(super) fn close(&mut self) -> &mut Self {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        self
    }

    /// Closes what is open and gives the XML.
    pub(super) fn finish(mut self) -> Markup {
        while !self.open.is_empty() {
            self.close();
        }
        Markup(Cow::Owned(self.out))
    }
}

fn start(out: &mut String, name: &str, attributes: &[(&str, &str)]) {
    out.push('<');
    out.push_str(name);
    for (key, value) in attributes {
        out.push(' ');
        out.push_str(key);
        out.push_str("=\"");
        out.push_str(&escaped(value));
        out.push('"');
    }
}

/// The first character of a text that XML 1.0 cannot hold, with its byte offset. Tabs and line ends are held.
pub(super) fn forbidden(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(
        |&(_, c)| matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}'),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let mut xml = Xml::default();
        xml.text("a", &[("b", "\"<&")], "]]><c d='e'/>&amp;");
        assert_eq!(xml.finish().as_str(), "<a b=\"&quot;&lt;&amp;\">]]&gt;&lt;c d=&apos;e&apos;/&gt;&amp;amp;</a>");
    }
}
