//! The file under the checks, read with limits: whoever made it may have meant harm.

use crate::diagnostic::{Message, say};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream};
use std::collections::BTreeSet;

/// The most bytes that one stream may inflate to.
const STREAM: usize = 1 << 28;
/// The most bytes that all content may inflate to.
const CONTENT: usize = 1 << 30;
/// The most objects, and the most dictionaries and arrays within them.
const OBJECTS: usize = 4_000_000;
/// The most pages.
const PAGES: usize = 100_000;
/// How deep things may be within one another.
pub(super) const DEPTH: usize = 100;

/// Why a file cannot be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VerifyError {
    /// It is no PDF, or a damaged one.
    Unreadable {
        /// What its reader says.
        cause: String,
    },
    /// It holds more than is checked: objects, pages, bytes, or things within one another.
    TooLarge {
        /// What there is too much of.
        what: &'static str,
    },
    /// It claims nothing that there are rules for, and no rules were asked for.
    NoClaim,
}

impl VerifyError {
    /// What to tell people.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Unreadable { cause } => {
                say!("读不出来，不是 PDF 或者已损坏：{cause}", "no PDF, or a damaged one: {cause}")
            }
            Self::TooLarge { what } => say!("超出检查的限度：{what}", "more than is checked: {what}"),
            Self::NoClaim => say!(
                "既没有声明 PDF/X-4，也没有声明带结构，没有可检查的",
                "it claims neither PDF/X-4 nor a structure: there is nothing to hold it against"
            ),
        }
    }
}

/// A page, with what it inherits.
#[derive(Debug)]
pub(super) struct VerifyPage<'a> {
    pub(super) id: ObjectId,
    pub(super) dictionary: &'a Dictionary,
    /// The nodes of the page tree above it, the nearest first.
    above: Vec<&'a Dictionary>,
}

impl<'a> VerifyPage<'a> {
    /// A value of its own, or of a node above it (7.7.3.4).
    pub(super) fn inherited(&self, key: &[u8]) -> Option<&'a Object> {
        std::iter::once(&self.dictionary).chain(&self.above).find_map(|node| node.get(key).ok())
    }
}

/// A dictionary that the trailer leads to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reached<'a> {
    /// The indirect object that it is, or is within.
    pub(super) object: Option<ObjectId>,
    pub(super) dictionary: &'a Dictionary,
    /// True where it is that of a stream.
    pub(super) stream: bool,
}

/// The file under the checks.
#[derive(Debug)]
pub(super) struct VerifiedFile {
    pub(super) document: Document,
}

impl VerifiedFile {
    /// Reads a file.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, VerifyError> {
        let options = LoadOptions { max_decompressed_size: Some(STREAM), ..LoadOptions::default() };
        let document = Document::load_mem_with_options(bytes, options)
            .map_err(|cause| VerifyError::Unreadable { cause: cause.to_string() })?;
        if document.objects.len() > OBJECTS {
            return Err(VerifyError::TooLarge { what: "objects" });
        }
        let file = Self { document };
        if file.catalog().is_none() {
            return Err(VerifyError::Unreadable { cause: "no catalog".to_owned() });
        }
        Ok(file)
    }

    /// What a reference leads to.
    pub(super) fn follow<'a>(&'a self, mut object: &'a Object) -> &'a Object {
        const NULL: &Object = &Object::Null;
        for _ in 0..DEPTH {
            let Object::Reference(id) = object else { return object };
            let Some(next) = self.document.objects.get(id) else { return NULL };
            object = next;
        }
        NULL
    }

    /// The dictionary that an object is or leads to, that of a stream too.
    pub(super) fn dictionary<'a>(&'a self, object: &'a Object) -> Option<&'a Dictionary> {
        match self.follow(object) {
            Object::Dictionary(dictionary) => Some(dictionary),
            Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    /// A value, references followed; null counts as none.
    pub(super) fn value<'a>(&'a self, of: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        let value = self.follow(of.get(key).ok()?);
        (!value.is_null()).then_some(value)
    }

    pub(super) fn sub<'a>(&'a self, of: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        self.dictionary(of.get(key).ok()?)
    }

    pub(super) fn array<'a>(&'a self, of: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
        self.value(of, key)?.as_array().ok().map(Vec::as_slice)
    }

    pub(super) fn stream<'a>(&'a self, of: &'a Dictionary, key: &[u8]) -> Option<&'a Stream> {
        self.value(of, key)?.as_stream().ok()
    }

    pub(super) fn name<'a>(&'a self, of: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
        self.value(of, key)?.as_name().ok()
    }

    /// A text string as text.
    pub(super) fn text(&self, of: &Dictionary, key: &[u8]) -> Option<String> {
        let value = self.value(of, key)?;
        value.as_str().ok()?;
        lopdf::decode_text_string(value).ok()
    }

    /// The corners of a rectangle, the lower left one first (7.9.5).
    pub(super) fn rectangle(&self, object: &Object) -> Option<[f32; 4]> {
        let corners = self.follow(object).as_array().ok()?;
        let numbers: Vec<f32> = corners.iter().filter_map(|corner| self.follow(corner).as_float().ok()).collect();
        let &[a, b, c, d] = numbers.as_slice() else { return None };
        let sound = numbers.iter().all(|number| number.is_finite());
        sound.then(|| [a.min(c), b.min(d), a.max(c), b.max(d)])
    }

    pub(super) fn catalog(&self) -> Option<&Dictionary> {
        self.document.trailer.get(b"Root").ok().and_then(|root| self.dictionary(root))
    }

    pub(super) fn info(&self) -> Option<&Dictionary> {
        self.document.trailer.get(b"Info").ok().and_then(|info| self.dictionary(info))
    }

    /// The content of a page, its streams one behind the other; `left`: how much all pages may still have.
    pub(super) fn content(&self, page: &Dictionary, left: &mut usize) -> Result<Vec<u8>, VerifyError> {
        let streams: Vec<&Stream> = match self.value(page, b"Contents") {
            Some(Object::Stream(stream)) => vec![stream],
            Some(Object::Array(parts)) => parts.iter().filter_map(|part| self.follow(part).as_stream().ok()).collect(),
            _ => Vec::new(),
        };
        let mut content = Vec::new();
        for stream in streams {
            let part = inflated(stream)?;
            spend(left, part.len())?;
            content.extend(part);
            content.push(b'\n');
        }
        Ok(content)
    }

    /// The pages in order.
    pub(super) fn pages(&self) -> Result<Vec<VerifyPage<'_>>, VerifyError> {
        let mut pages = Vec::new();
        let mut seen = BTreeSet::new();
        if let Some(root) = self.catalog().and_then(|catalog| catalog.get(b"Pages").ok()) {
            self.page_tree(root, &mut Vec::new(), &mut seen, &mut pages)?;
        }
        Ok(pages)
    }

    fn page_tree<'a>(
        &'a self,
        node: &'a Object,
        above: &mut Vec<&'a Dictionary>,
        seen: &mut BTreeSet<ObjectId>,
        pages: &mut Vec<VerifyPage<'a>>,
    ) -> Result<(), VerifyError> {
        let Ok(id) = node.as_reference() else { return Ok(()) };
        let Some(dictionary) = self.dictionary(node).filter(|_| seen.insert(id)) else { return Ok(()) };
        if above.len() > DEPTH || pages.len() >= PAGES {
            return Err(VerifyError::TooLarge { what: "pages" });
        }
        let Some(kids) = self.array(dictionary, b"Kids") else {
            pages.push(VerifyPage { id, dictionary, above: above.iter().rev().copied().collect() });
            return Ok(());
        };
        above.push(dictionary);
        for kid in kids {
            self.page_tree(kid, above, seen, pages)?;
        }
        above.pop();
        Ok(())
    }

    /// Every dictionary that the trailer leads to.
    pub(super) fn reached(&self) -> Result<Vec<Reached<'_>>, VerifyError> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<(Option<ObjectId>, &Object)> =
            self.document.trailer.iter().map(|(_, value)| (None, value)).collect();
        while let Some((within, object)) = open.pop() {
            if found.len() > OBJECTS || open.len() > OBJECTS {
                return Err(VerifyError::TooLarge { what: "objects" });
            }
            match object {
                Object::Reference(id) => {
                    if seen.insert(*id)
                        && let Some(object) = self.document.objects.get(id)
                    {
                        open.push((Some(*id), object));
                    }
                }
                Object::Array(items) => open.extend(items.iter().rev().map(|item| (within, item))),
                Object::Dictionary(dictionary) => {
                    found.push(Reached { object: within, dictionary, stream: false });
                    open.extend(dictionary.iter().map(|(_, value)| (within, value)));
                }
                Object::Stream(stream) => {
                    found.push(Reached { object: within, dictionary: &stream.dict, stream: true });
                    open.extend(stream.dict.iter().map(|(_, value)| (within, value)));
                }
                _ => {}
            }
        }
        Ok(found)
    }
}

/// The content of a stream, inflated.
pub(super) fn inflated(stream: &Stream) -> Result<Vec<u8>, VerifyError> {
    stream.get_plain_content_with_limit(STREAM).map_err(|cause| match cause {
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => {
            VerifyError::TooLarge { what: "bytes of a stream" }
        }
        cause => VerifyError::Unreadable { cause: cause.to_string() },
    })
}

/// How much content may be read in all.
pub(super) const fn content_left() -> usize {
    CONTENT
}

/// Takes from what is left.
pub(super) fn spend(left: &mut usize, amount: usize) -> Result<(), VerifyError> {
    *left = left.checked_sub(amount).ok_or(VerifyError::TooLarge { what: "content" })?;
    Ok(())
}
