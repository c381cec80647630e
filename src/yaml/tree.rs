//! YAML as a tree with places: every key and every value knows its bytes in the file.
//!
//! The YAML crate builds it through a visitor of ours (its own places are lost in untagged enums, and derived structs stop
//! at the first error); what a report or a template means is checked on the tree, so that all errors come in one run.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Location, Spanned};

use super::error::{control_characters, syntax_error};
use super::properties::Properties;
use super::slip;
use crate::diagnostic::{Code, Diagnostic, FileId, Sources, Span, say};

/// The deepest nesting that is read. A report needs about twenty.
const MAX_DEPTH: usize = 64;
/// The most values a file may hold, aliases expanded.
const MAX_NODES: usize = 1_000_000;
/// The most values that aliases may add.
const MAX_ALIASED: usize = 100_000;

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the file: a scalar with its quotation marks, a block scalar from its first character, a list or map
    /// from its first entry to the end of its last.
    pub span: Span,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Nothing, or `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written: `0.10` stays `0.10`.
    Number(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file, keys unique.
    Map(Vec<(Key, Node)>),
}

/// A key of a map and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The key.
    pub name: String,
    /// Its bytes in the file.
    pub span: Span,
}

impl Node {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        match &self.kind {
            Kind::Map(entries) => entries.iter().find(|(k, _)| k.name == name).map(|(_, v)| v),
            _ => None,
        }
    }

    /// Takes the value of a key out.
    pub fn remove(&mut self, name: &str) -> Option<Self> {
        let Kind::Map(entries) = &mut self.kind else { return None };
        let at = entries.iter().position(|(key, _)| key.name == name)?;
        Some(entries.remove(at).1)
    }

    /// Its characters: of text, and of a number as it is written.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) | Kind::Number(text) => Some(text),
            _ => None,
        }
    }

    /// Its entries, when it is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::List(items) => Some(items),
            _ => None,
        }
    }

    /// True for `true`.
    #[must_use]
    pub fn is_true(&self) -> bool {
        self.kind == Kind::Bool(true)
    }

    /// A short place for messages about the whole of a list or map: its first entry's key, or its first byte. In a map that
    /// changes another file's, that of its own first key.
    #[must_use]
    pub fn head(&self) -> Span {
        match &self.kind {
            Kind::Map(entries) => {
                let own = entries.iter().find(|(k, _)| k.span.file == self.span.file);
                own.or(entries.first()).map_or(self.span, |(k, _)| k.span)
            }
            Kind::List(items) => items.first().map_or(self.span, |item| Span { end: item.head().end, ..self.span }),
            _ => self.span,
        }
    }
}

/// Reads a file of [`Sources`] as YAML. What is wrong goes to `diagnostics`; `None` when there is nothing to go on with.
pub fn parse(sources: &Sources, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    let source = sources.get(file)?;
    let before = diagnostics.len();
    control_characters(file, &source.text, diagnostics);
    if diagnostics.len() > before {
        return None;
    }
    let budget = serde_yaml::budget! { max_depth: MAX_DEPTH, max_nodes: MAX_NODES, max_events: MAX_NODES * 4, flow_nesting_limit: MAX_DEPTH };
    let options = serde_yaml::options! {
        budget: budget,
        alias_limits: serde_yaml::alias_limits! { max_total_replayed_events: MAX_ALIASED },
        duplicate_keys: serde_yaml::DuplicateKeyPolicy::PassThrough,
        merge_keys: serde_yaml::options::MergeKeyPolicy::AsOrdinary,
        non_finite_float_policy: serde_yaml::options::NonFiniteFloatPolicy::AsString,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        strict_booleans: true,
        with_snippet: false,
    };
    match serde_yaml::from_str_with_options::<Spanned<Raw>>(&source.text, options) {
        Ok(raw) => {
            let text = &source.text;
            let has_properties = Properties::may_be_in(text);
            let properties = Properties::default();
            let mut builder = TreeBuilder { text, file, diagnostics, has_properties, properties };
            if has_properties {
                builder.aliases(&raw);
            }
            Some(builder.node(raw))
        }
        Err(error) => {
            diagnostics.push(syntax_error(file, source, &error));
            None
        }
    }
}

/// What the YAML crate hands over, before numbers get their text and maps are checked.
enum Raw {
    Null,
    Bool(bool),
    Integer(i128),
    Float(f64),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }
    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }
    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(self)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Integer(value.into()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Integer(value.into()))
    }
    fn visit_i128<E>(self, value: i128) -> Result<Raw, E> {
        Ok(Raw::Integer(value))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Float(value))
    }
    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }
    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Text(value))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}

struct TreeBuilder<'a> {
    text: &'a str,
    file: FileId,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// True for a file that holds an `&`.
    has_properties: bool,
    properties: Properties,
}

impl TreeBuilder<'_> {
    /// Takes in where the values begin that aliases repeat.
    fn aliases(&mut self, raw: &Spanned<Raw>) {
        if raw.referenced != raw.defined {
            self.properties.used.insert(self.span(raw.defined).start);
        }
        match &raw.value {
            Raw::List(items) => items.iter().for_each(|item| self.aliases(item)),
            Raw::Map(entries) => entries.iter().flat_map(|(key, value)| [key, value]).for_each(|raw| self.aliases(raw)),
            Raw::Null | Raw::Bool(_) | Raw::Integer(_) | Raw::Float(_) | Raw::Text(_) => {}
        }
    }

    /// Tells an anchor of a value that no alias uses, and a tag.
    fn refuse_lost(&mut self, start: u32) {
        if self.has_properties {
            self.diagnostics.extend(self.properties.lost(self.file, self.text, start));
        }
    }

    fn span(&self, location: Location) -> Span {
        let span = location.span();
        let clip = |n: u64| u32::try_from(n.min(self.text.len() as u64)).unwrap_or(u32::MAX);
        let start = span.byte_offset().unwrap_or(0);
        let end = start.saturating_add(span.byte_len().unwrap_or(0));
        Span { file: self.file, start: clip(start), end: clip(end) }
    }

    /// Where an alias ends; 0 for anything else.
    fn alias_end(&self, raw: &Spanned<Raw>) -> u32 {
        if raw.referenced == raw.defined { 0 } else { self.span(raw.referenced).end }
    }

    fn node(&mut self, raw: Spanned<Raw>) -> Node {
        // An alias is the text of its anchor: that is where an error in it must be mended.
        let mut span = self.span(raw.defined);
        self.refuse_lost(span.start);
        let kind = match raw.value {
            Raw::Null => Kind::Null,
            Raw::Bool(value) => Kind::Bool(value),
            // 0x10 is text to whoever writes a report: it prints as it is written.
            Raw::Integer(_) if self.written(span).starts_with(['0', '+', '-']) && !self.is_decimal(span) => {
                Kind::Text(self.written(span).to_owned())
            }
            Raw::Integer(value) => Kind::Number(self.number(span, || value.to_string())),
            Raw::Float(value) => Kind::Number(self.number(span, || value.to_string())),
            Raw::Text(value) => {
                // The span of a block scalar runs on to the next token.
                let slice = self.text.get(span.start as usize..span.end as usize).unwrap_or("");
                span.end = span.start + u32::try_from(slice.trim_end().len()).unwrap_or(0);
                // A number beyond what binary fractions hold, such as 2E400, is what was typed.
                let infinite = matches!(value.as_str(), ".inf" | "-.inf") && self.is_decimal(span);
                Kind::Text(if infinite { self.written(span).to_owned() } else { value })
            }
            Raw::List(items) => {
                span.end = items.iter().map(|item| self.alias_end(item)).fold(span.end, u32::max);
                let items: Vec<Node> = items.into_iter().map(|item| self.node(item)).collect();
                if let Some(last) = items.last() {
                    span.end = span.end.max(last.span.end);
                }
                Kind::List(items)
            }
            Raw::Map(entries) => self.map(entries, &mut span),
        };
        let value = match &kind {
            Kind::Text(text) => Some(text.as_str()),
            Kind::Bool(_) | Kind::Number(_) | Kind::Null => None,
            Kind::List(_) | Kind::Map(_) => return Node { kind, span },
        };
        let plain = !self.text.get(span.start as usize..).is_some_and(|rest| rest.starts_with(['"', '\'']));
        if kind == Kind::Null && span.end <= span.start {
            self.diagnostics.extend(slip::nothing(self.file, self.text, span.start));
        } else if plain {
            self.diagnostics.extend(slip::comment(self.file, self.text, span.end, value));
        }
        Node { kind, span }
    }

    fn map(&mut self, entries: Vec<(Spanned<Raw>, Spanned<Raw>)>, span: &mut Span) -> Kind {
        let mut map: Vec<(Key, Node)> = Vec::with_capacity(entries.len());
        // Keys are looked up in a set of their own: a data file may hold thousands in one map.
        let mut seen = std::collections::BTreeMap::new();
        for (key, value) in entries {
            let place = self.span(key.defined);
            self.refuse_lost(place.start);
            span.end = span.end.max(self.alias_end(&value));
            let mut value = self.node(value);
            if value.kind == Kind::Null && value.span.end <= value.span.start {
                // What is not there has no place of its own.
                value.span = place;
            }
            span.end = span.end.max(value.span.end).max(place.end);
            let name = match key.value {
                Raw::Text(name) => name,
                Raw::Null | Raw::Bool(_) | Raw::Integer(_) | Raw::Float(_) => {
                    self.text.get(place.start as usize..place.end as usize).unwrap_or("").to_owned()
                }
                Raw::Map(_) | Raw::List(_) => {
                    let place = Span { start: place.start.saturating_sub(1), end: place.start + 1, ..place };
                    self.diagnostics.push(slip::bare_expression(place));
                    // Text was meant: this keeps the checks that follow from reporting it again.
                    return Kind::Text("一".to_owned());
                }
            };
            if let Some(&first) = seen.get(&name) {
                self.diagnostics.push(duplicate_key(&name, place, first));
                continue;
            }
            seen.insert(name.clone(), place);
            map.push((Key { name, span: place }, value));
        }
        Kind::Map(map)
    }

    /// A number as it is written, when that is decimal; else its value (hexadecimal, octal).
    fn number(&self, span: Span, value: impl FnOnce() -> String) -> String {
        if self.is_decimal(span) { self.written(span).to_owned() } else { value() }
    }

    /// A scalar as it is written.
    fn written(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("").trim()
    }

    fn is_decimal(&self, span: Span) -> bool {
        let slice = self.written(span);
        let digits = slice.strip_prefix(['-', '+']).unwrap_or(slice);
        digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
            && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-'))
    }
}

/// A key that a map has already: in YAML and in JSON.
pub(crate) fn duplicate_key(name: &str, place: Span, first: Span) -> Diagnostic {
    Diagnostic::error(
        Code::YAML_DUPLICATE_KEY,
        place,
        say!("键“{name}”重复", "the key \"{name}\" is given twice"),
        say!("同一处一个键只能写一次：删去一个，或者合并", "give a key once in a map: remove one, or join them"),
    )
    .with_related(first, say!("第一次写在这里", "first given here"))
}
