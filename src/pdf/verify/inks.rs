//! The inks of content: colour spaces, and what they come down to.

use super::check::VerifyPlace;
use super::file::{VerifiedFile, inflated};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// How deep colour spaces may be within one another.
const SPACES: usize = 20;
/// Of an ICC profile: where its header names the space of its colours (ISO 15076-1 7.2).
pub(super) const SPACE: std::ops::Range<usize> = 16..20;
/// Of an ICC profile: where its mark is.
pub(super) const MARK: std::ops::Range<usize> = 36..40;

/// A space of device colours (8.6.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DeviceSpace {
    Gray,
    Rgb,
    Cmyk,
}

impl DeviceSpace {
    /// Its name, and the resource that says what it means.
    pub(super) const fn names(self) -> (&'static str, &'static [u8]) {
        match self {
            Self::Gray => ("DeviceGray", b"DefaultGray"),
            Self::Rgb => ("DeviceRGB", b"DefaultRGB"),
            Self::Cmyk => ("DeviceCMYK", b"DefaultCMYK"),
        }
    }

    pub(super) fn of(name: &[u8]) -> Option<Self> {
        match name {
            b"DeviceGray" | b"G" => Some(Self::Gray),
            b"DeviceRGB" | b"RGB" => Some(Self::Rgb),
            b"DeviceCMYK" | b"CMYK" => Some(Self::Cmyk),
            _ => None,
        }
    }
}

/// A marked-content sequence: the page or form that it is in, and its MCID.
pub(super) type MarkKey = (ObjectId, i64);

/// What is painted on a page, as far as it is tagged.
#[derive(Debug, Default)]
pub(super) struct PageMarks {
    /// What is painted outside of all marks.
    pub(super) untagged: usize,
    /// Tagged content within an artifact, or the other way round.
    pub(super) nested: usize,
    /// The sequences, in the order of the content.
    pub(super) marks: Vec<MarkKey>,
}

/// What the content of a file does.
#[derive(Debug, Default)]
pub(super) struct Survey<'a> {
    pub(super) pages: Vec<PageMarks>,
    /// The device colours that are painted with, and where first.
    pub(super) colors: BTreeMap<DeviceSpace, Vec<VerifyPlace>>,
    /// The fonts that show text, and where first.
    pub(super) fonts: Vec<(&'a Dictionary, VerifyPlace)>,
    /// Spot colours with another alternate than they had before.
    pub(super) clashes: Vec<(String, VerifyPlace)>,
    /// Spaces of which the profile is not one of their number of colours.
    pub(super) misfits: Vec<(String, VerifyPlace)>,
    spots: BTreeMap<Vec<u8>, (&'a Object, &'a Object)>,
}

/// What a page is painted with at a moment.
#[derive(Clone, Copy)]
pub(super) enum InkUse<'a> {
    Device(DeviceSpace),
    Space(&'a Object),
    /// A pattern, and the space of its colour where it has none of its own.
    Pattern(&'a Object, Option<&'a Object>),
}

/// The graphics state, as far as it says what is painted with.
#[derive(Clone)]
pub(super) struct InkState<'a> {
    pub(super) fill: InkUse<'a>,
    pub(super) stroke: InkUse<'a>,
    pub(super) font: Option<&'a Object>,
    /// How text is shown (9.3.6).
    pub(super) mode: i64,
}

/// What tells one state from another.
pub(super) type StateKey = ((usize, usize), (usize, usize), usize, i64);

impl InkUse<'_> {
    fn key(&self) -> (usize, usize) {
        let address = |object: &Object| std::ptr::from_ref(object).addr();
        match self {
            Self::Device(space) => (*space as usize, 0),
            Self::Space(space) => (address(space), 1),
            Self::Pattern(pattern, space) => (address(pattern), space.map_or(2, address)),
        }
    }
}

impl InkState<'_> {
    /// The state in which the content of a page begins.
    pub(super) fn new() -> Self {
        let black = InkUse::Device(DeviceSpace::Gray);
        Self { fill: black, stroke: black, font: None, mode: 0 }
    }

    pub(super) fn key(&self) -> StateKey {
        let font = self.font.map_or(0, |font| std::ptr::from_ref(font).addr());
        (self.fill.key(), self.stroke.key(), font, self.mode)
    }
}

/// What a mark makes of what is within it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkState {
    Artifact,
    Tagged,
    Other,
}

/// Goes through content.
pub(super) struct Surveyor<'a> {
    pub(super) file: &'a VerifiedFile,
    pub(super) survey: Survey<'a>,
    pub(super) page: usize,
    pub(super) open: Vec<MarkState>,
    /// Forms, patterns and glyphs that were gone through on this page, each in its state.
    pub(super) drawn: BTreeSet<(ObjectId, StateKey)>,
    /// Spaces by profiles that were looked at.
    pub(super) profiled: BTreeSet<ObjectId>,
    pub(super) content: usize,
    pub(super) operators: usize,
}

impl<'a> Surveyor<'a> {
    pub(super) fn place(&self) -> VerifyPlace {
        VerifyPlace { page: Some(self.page), object: None }
    }

    pub(super) fn device(&mut self, space: DeviceSpace, resources: Option<&'a Dictionary>) {
        let spaces = resources.and_then(|resources| self.file.sub(resources, b"ColorSpace"));
        if spaces.is_some_and(|spaces| spaces.has(space.names().1)) {
            return;
        }
        let place = self.place();
        let places = self.survey.colors.entry(space).or_default();
        if places.last().is_none_or(|last| last.page != place.page) {
            places.push(place);
        }
    }

    /// A colour space: the device colours that it comes down to, and the spot colours that it has.
    pub(super) fn space(&mut self, space: &'a Object, resources: Option<&'a Dictionary>, depth: usize) {
        if depth > SPACES {
            return;
        }
        let items = match self.file.follow(space) {
            Object::Name(name) => {
                if let Some(device) = DeviceSpace::of(name) {
                    self.device(device, resources);
                } else if let Some(named) = resources
                    .and_then(|resources| self.file.sub(resources, b"ColorSpace"))
                    .and_then(|spaces| spaces.get(name).ok())
                {
                    self.space(named, resources, depth + 1);
                }
                return;
            }
            Object::Array(items) => items,
            _ => return,
        };
        let kind = items.first().map(|kind| self.file.follow(kind)).and_then(|kind| kind.as_name().ok());
        let base = match kind {
            Some(b"Indexed" | b"I" | b"Pattern") => items.get(1),
            Some(b"Separation") => {
                if let [_, name, alternate, tint, ..] = items.as_slice() {
                    self.spot(name, alternate, tint);
                }
                items.get(2)
            }
            Some(b"DeviceN") => items.get(2),
            Some(b"ICCBased") => {
                self.profile(items.get(1));
                None
            }
            Some(name) if items.len() == 1 && DeviceSpace::of(name).is_some() => items.first(),
            _ => None,
        };
        if let Some(base) = base {
            self.space(base, resources, depth + 1);
        }
    }

    /// A space by a profile: it has the number of colours that the profile has (8.6.5.5).
    fn profile(&mut self, profile: Option<&'a Object>) {
        let id = profile.and_then(|profile| profile.as_reference().ok());
        let Some(Object::Stream(stream)) = profile.map(|profile| self.file.follow(profile)) else { return };
        if id.is_some_and(|id| !self.profiled.insert(id)) {
            return;
        }
        let bytes = inflated(stream).unwrap_or_default();
        let word = |range| bytes.get(range).map(|word: &[u8]| String::from_utf8_lossy(word).into_owned());
        let space = word(SPACE).filter(|_| word(MARK).as_deref() == Some("acsp")).unwrap_or_default();
        let parts = self.file.value(&stream.dict, b"N").and_then(|parts| parts.as_i64().ok());
        let wanted = match space.as_str() {
            "GRAY" => Some(1),
            "RGB " | "Lab " => Some(3),
            "CMYK" => Some(4),
            _ => None,
        };
        if wanted.is_none() || parts != wanted {
            let parts = parts.map_or_else(|| "-".to_owned(), |parts| parts.to_string());
            let place = VerifyPlace { object: id, ..self.place() };
            self.survey
                .misfits
                .push((format!("{}, N {parts}", if space.is_empty() { "-" } else { space.trim() }), place));
        }
    }

    fn spot(&mut self, name: &'a Object, alternate: &'a Object, tint: &'a Object) {
        let Ok(name) = self.file.follow(name).as_name() else { return };
        let (known, tinted) = *self.survey.spots.entry(name.to_vec()).or_insert((alternate, tint));
        if !(self.same(known, alternate, 0) && self.same(tinted, tint, 0)) {
            let place = self.place();
            self.survey.clashes.push((String::from_utf8_lossy(name).into_owned(), place));
        }
    }

    /// True where two objects are equal, what they refer to included.
    fn same(&self, a: &Object, b: &Object, depth: usize) -> bool {
        if matches!((a, b), (Object::Reference(a), Object::Reference(b)) if a == b) || depth > SPACES {
            return true;
        }
        let dictionaries = |a: &Dictionary, b: &Dictionary| {
            a.len() == b.len()
                && a.iter().all(|(key, value)| b.get(key).is_ok_and(|other| self.same(value, other, depth + 1)))
        };
        match (self.file.follow(a), self.file.follow(b)) {
            (Object::Array(a), Object::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.same(a, b, depth + 1))
            }
            (Object::Dictionary(a), Object::Dictionary(b)) => dictionaries(a, b),
            (Object::Stream(a), Object::Stream(b)) => a.content == b.content && dictionaries(&a.dict, &b.dict),
            (a, b) => match (a.as_float(), b.as_float()) {
                (Ok(a), Ok(b)) => (a - b).abs() < 1e-6,
                _ => a == b,
            },
        }
    }

    /// The space in which a group blends.
    pub(super) fn group(&mut self, of: &'a Dictionary, resources: Option<&'a Dictionary>) {
        let group = self.file.sub(of, b"Group");
        if let Some(space) = group.and_then(|group| group.get(b"CS").ok()) {
            self.space(space, resources, 0);
        }
    }
}
