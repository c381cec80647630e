//! What the content of pages does: the inks and fonts that it paints with, and what of it is tagged.

use super::check::VerifyPlace;
use super::file::{DEPTH, VerifiedFile, VerifyError, VerifyPage, content_left, inflated, spend};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId, Stream};
use std::collections::{BTreeMap, BTreeSet};

/// The most operators of all content.
const OPERATORS: usize = 100_000_000;
/// How deep forms may be within one another.
const FORMS: usize = 20;
/// The most fonts.
const FONTS: usize = 10_000;

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

    fn of(name: &[u8]) -> Option<Self> {
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
    spots: BTreeMap<Vec<u8>, (&'a Object, &'a Object)>,
}

/// What a page is painted with at a moment.
#[derive(Clone, Copy)]
enum InkUse<'a> {
    Device(DeviceSpace),
    Space(&'a Object),
    Pattern(&'a Object),
}

#[derive(Clone)]
struct InkState<'a> {
    fill: InkUse<'a>,
    stroke: InkUse<'a>,
    font: Option<&'a Object>,
    invisible: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum MarkState {
    Artifact,
    Tagged,
    Other,
}

/// A content stream as it is gone through.
struct SurveyStream<'a> {
    resources: Option<&'a Dictionary>,
    /// The page or form whose marks it holds; None where marks have no meaning.
    container: Option<ObjectId>,
    depth: usize,
}

struct Surveyor<'a> {
    file: &'a VerifiedFile,
    survey: Survey<'a>,
    page: usize,
    open: Vec<MarkState>,
    /// Forms and patterns that were gone through on this page.
    drawn: BTreeSet<ObjectId>,
    content: usize,
    operators: usize,
}

/// Goes through the content of all pages.
pub(super) fn survey<'a>(file: &'a VerifiedFile, pages: &[VerifyPage<'a>]) -> Result<Survey<'a>, VerifyError> {
    let mut surveyor = Surveyor {
        file,
        survey: Survey::default(),
        page: 0,
        open: Vec::new(),
        drawn: BTreeSet::new(),
        content: content_left(),
        operators: OPERATORS,
    };
    for page in pages {
        surveyor.page += 1;
        surveyor.open.clear();
        surveyor.drawn.clear();
        surveyor.survey.pages.push(PageMarks::default());
        let content = file.content(page.dictionary, &mut surveyor.content)?;
        let resources = page.inherited(b"Resources").and_then(|resources| file.dictionary(resources));
        surveyor.group(page.dictionary, resources);
        let stream = SurveyStream { resources, container: Some(page.id), depth: 0 };
        surveyor.stream(&content, &stream)?;
    }
    Ok(surveyor.survey)
}

impl<'a> Surveyor<'a> {
    fn place(&self) -> VerifyPlace {
        VerifyPlace { page: Some(self.page), object: None }
    }

    fn stream(&mut self, content: &[u8], within: &SurveyStream<'a>) -> Result<(), VerifyError> {
        if within.depth > FORMS {
            return Err(VerifyError::TooLarge { what: "forms within one another" });
        }
        let page = self.page;
        let content = Content::decode(content)
            .map_err(|cause| VerifyError::Unreadable { cause: format!("page {page}: {cause}") })?;
        let black = InkUse::Device(DeviceSpace::Gray);
        let mut state = InkState { fill: black, stroke: black, font: None, invisible: false };
        let mut saved = Vec::new();
        let floor = self.open.len();
        for operation in content.operations {
            spend(&mut self.operators, 1)?;
            match operation.operator.as_str() {
                "q" => {
                    if saved.len() > DEPTH * DEPTH {
                        return Err(VerifyError::TooLarge { what: "graphics states" });
                    }
                    saved.push(state.clone());
                }
                "Q" => state = saved.pop().unwrap_or(state),
                "BMC" | "BDC" => self.mark(&operation, within),
                "EMC" if self.open.len() > floor => {
                    self.open.pop();
                }
                _ => self.operation(&operation, within, &mut state)?,
            }
        }
        self.open.truncate(floor);
        Ok(())
    }

    fn resource(&self, within: &SurveyStream<'a>, kind: &[u8], name: Option<&Object>) -> Option<&'a Object> {
        let named = self.file.sub(within.resources?, kind)?;
        named.get(name?.as_name().ok()?).ok()
    }

    fn operation(
        &mut self,
        operation: &Operation,
        within: &SurveyStream<'a>,
        state: &mut InkState<'a>,
    ) -> Result<(), VerifyError> {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "g" => state.fill = InkUse::Device(DeviceSpace::Gray),
            "rg" => state.fill = InkUse::Device(DeviceSpace::Rgb),
            "k" => state.fill = InkUse::Device(DeviceSpace::Cmyk),
            "G" => state.stroke = InkUse::Device(DeviceSpace::Gray),
            "RG" => state.stroke = InkUse::Device(DeviceSpace::Rgb),
            "K" => state.stroke = InkUse::Device(DeviceSpace::Cmyk),
            "cs" | "CS" => {
                let name = operands.first();
                let device = name.and_then(|name| DeviceSpace::of(name.as_name().ok()?)).map(InkUse::Device);
                let ink = device.or_else(|| self.resource(within, b"ColorSpace", name).map(InkUse::Space));
                if let Some(ink) = ink {
                    *if operation.operator == "cs" { &mut state.fill } else { &mut state.stroke } = ink;
                }
            }
            "scn" | "SCN" => {
                if let Some(pattern) = self.resource(within, b"Pattern", operands.last()) {
                    let ink = InkUse::Pattern(pattern);
                    *if operation.operator == "scn" { &mut state.fill } else { &mut state.stroke } = ink;
                }
            }
            "Tf" => state.font = self.resource(within, b"Font", operands.first()),
            "Tr" => state.invisible = operands.first().and_then(|mode| mode.as_i64().ok()) == Some(3),
            "gs" => self.state(within, operands.first())?,
            "Tj" | "TJ" | "'" | "\"" => {
                self.painted(within);
                if !state.invisible {
                    self.font(state.font)?;
                    self.ink(state.fill, within)?;
                }
            }
            "f" | "F" | "f*" => self.paint(&[state.fill], within)?,
            "S" | "s" => self.paint(&[state.stroke], within)?,
            "B" | "B*" | "b" | "b*" => self.paint(&[state.fill, state.stroke], within)?,
            "sh" => {
                self.painted(within);
                let shading = self.resource(within, b"Shading", operands.first());
                self.shading(shading, within)?;
            }
            "BI" => {
                self.painted(within);
                if let Some(Object::Stream(image)) = operands.first() {
                    let image = image.dict.clone();
                    self.inline_image(&image, within, state)?;
                }
            }
            "Do" => self.object(within, operands.first(), state)?,
            _ => {}
        }
        Ok(())
    }

    fn paint(&mut self, inks: &[InkUse<'a>], within: &SurveyStream<'a>) -> Result<(), VerifyError> {
        self.painted(within);
        inks.iter().try_for_each(|&ink| self.ink(ink, within))
    }

    /// Something is painted: it has to be within a mark.
    fn painted(&mut self, within: &SurveyStream<'a>) {
        let marked = self.open.iter().any(|mark| *mark != MarkState::Other);
        if within.container.is_some()
            && !marked
            && let Some(page) = self.survey.pages.last_mut()
        {
            page.untagged += 1;
        }
    }

    fn mark(&mut self, operation: &Operation, within: &SurveyStream<'a>) {
        let artifact = operation.operands.first().and_then(|tag| tag.as_name().ok()) == Some(b"Artifact");
        let properties = match operation.operands.get(1) {
            Some(Object::Dictionary(properties)) => Some(properties),
            name => self.resource(within, b"Properties", name).and_then(|object| self.file.dictionary(object)),
        };
        let mcid = properties.and_then(|properties| self.file.value(properties, b"MCID")?.as_i64().ok());
        let mark = match mcid {
            _ if artifact => MarkState::Artifact,
            Some(_) => MarkState::Tagged,
            None => MarkState::Other,
        };
        let other = if mark == MarkState::Artifact { MarkState::Tagged } else { MarkState::Artifact };
        let nested = mark != MarkState::Other && self.open.contains(&other);
        if let (Some(container), Some(page)) = (within.container, self.survey.pages.last_mut()) {
            page.nested += usize::from(nested);
            page.marks.extend(mcid.filter(|_| !artifact).map(|mcid| (container, mcid)));
        }
        self.open.push(mark);
    }

    fn font(&mut self, font: Option<&'a Object>) -> Result<(), VerifyError> {
        let Some(dictionary) = font.and_then(|font| self.file.dictionary(font)) else { return Ok(()) };
        if self.survey.fonts.iter().rev().any(|(known, _)| std::ptr::eq(*known, dictionary)) {
            return Ok(());
        }
        let object = font.and_then(|font| font.as_reference().ok());
        self.survey.fonts.push((dictionary, VerifyPlace { object, ..self.place() }));
        if self.survey.fonts.len() > FONTS { Err(VerifyError::TooLarge { what: "fonts" }) } else { Ok(()) }
    }

    fn ink(&mut self, ink: InkUse<'a>, within: &SurveyStream<'a>) -> Result<(), VerifyError> {
        match ink {
            InkUse::Device(space) => self.device(space, within.resources),
            InkUse::Space(space) => self.space(space, within.resources, 0),
            InkUse::Pattern(pattern) => match self.file.follow(pattern) {
                Object::Stream(tile) => self.form(pattern, tile, within, None)?,
                other => {
                    let shading = other.as_dict().ok().and_then(|pattern| pattern.get(b"Shading").ok());
                    self.shading(shading, within)?;
                }
            },
        }
        Ok(())
    }

    fn device(&mut self, space: DeviceSpace, resources: Option<&'a Dictionary>) {
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
    fn space(&mut self, space: &'a Object, resources: Option<&'a Dictionary>, depth: usize) {
        if depth > FORMS {
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
            Some(name) if items.len() == 1 && DeviceSpace::of(name).is_some() => items.first(),
            _ => None,
        };
        if let Some(base) = base {
            self.space(base, resources, depth + 1);
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
        if matches!((a, b), (Object::Reference(a), Object::Reference(b)) if a == b) || depth > FORMS {
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

    fn shading(&mut self, shading: Option<&'a Object>, within: &SurveyStream<'a>) -> Result<(), VerifyError> {
        let shading = shading.and_then(|shading| self.file.dictionary(shading));
        if let Some(space) = shading.and_then(|shading| shading.get(b"ColorSpace").ok()) {
            self.ink(InkUse::Space(space), within)?;
        }
        Ok(())
    }

    /// A graphics state: the group of its soft mask is painted, too.
    fn state(&mut self, within: &SurveyStream<'a>, name: Option<&Object>) -> Result<(), VerifyError> {
        let state = self.resource(within, b"ExtGState", name).and_then(|state| self.file.dictionary(state));
        let mask = state.and_then(|state| self.file.sub(state, b"SMask"));
        let Some(group) = mask.and_then(|mask| mask.get(b"G").ok()) else { return Ok(()) };
        if let Object::Stream(form) = self.file.follow(group) {
            self.form(group, form, within, None)?;
        }
        Ok(())
    }

    fn object(
        &mut self,
        within: &SurveyStream<'a>,
        name: Option<&Object>,
        state: &InkState<'a>,
    ) -> Result<(), VerifyError> {
        let Some(object) = self.resource(within, b"XObject", name) else { return Ok(()) };
        let Object::Stream(stream) = self.file.follow(object) else { return Ok(()) };
        match self.file.name(&stream.dict, b"Subtype") {
            Some(b"Image") => {
                self.painted(within);
                if is_mask(self.file, &stream.dict) {
                    self.ink(state.fill, within)
                } else if let Ok(space) = stream.dict.get(b"ColorSpace") {
                    self.ink(InkUse::Space(space), within)
                } else {
                    Ok(())
                }
            }
            Some(b"Form") => {
                // Its marks count by its own number where it has some of its own.
                let own = stream.dict.has(b"StructParents").then(|| object.as_reference().ok()).flatten();
                self.form(object, stream, within, own.or(within.container))
            }
            _ => Ok(()),
        }
    }

    fn form(
        &mut self,
        object: &'a Object,
        form: &'a Stream,
        within: &SurveyStream<'a>,
        container: Option<ObjectId>,
    ) -> Result<(), VerifyError> {
        // What is drawn again is as it was, but for being outside of marks.
        let again = object.as_reference().is_ok_and(|id| !self.drawn.insert(id));
        if again && (container.is_none() || self.open.iter().any(|mark| *mark != MarkState::Other)) {
            return Ok(());
        }
        let content = inflated(form)?;
        spend(&mut self.content, content.len())?;
        let resources = self.file.sub(&form.dict, b"Resources").or(within.resources);
        self.group(&form.dict, resources);
        self.stream(&content, &SurveyStream { resources, container, depth: within.depth + 1 })
    }

    /// The space in which a group blends.
    fn group(&mut self, of: &'a Dictionary, resources: Option<&'a Dictionary>) {
        let group = self.file.sub(of, b"Group");
        if let Some(space) = group.and_then(|group| group.get(b"CS").ok()) {
            self.space(space, resources, 0);
        }
    }

    fn inline_image(
        &mut self,
        image: &Dictionary,
        within: &SurveyStream<'a>,
        state: &InkState<'a>,
    ) -> Result<(), VerifyError> {
        let get = |long: &[u8], short: &[u8]| image.get(long).or_else(|_| image.get(short)).ok();
        if get(b"ImageMask", b"IM").and_then(|mask| mask.as_bool().ok()) == Some(true) {
            return self.ink(state.fill, within);
        }
        let space = get(b"ColorSpace", b"CS");
        // Indexed spaces stand in the image itself: their base is a name.
        let base = match space {
            Some(Object::Array(items)) => items.get(1),
            space => space,
        };
        let name = base.and_then(|base| base.as_name().ok());
        if let Some(device) = name.and_then(DeviceSpace::of) {
            self.device(device, within.resources);
        } else if let Some(named) = self.resource(within, b"ColorSpace", space) {
            self.space(named, within.resources, 0);
        }
        Ok(())
    }
}

fn is_mask(file: &VerifiedFile, image: &Dictionary) -> bool {
    file.value(image, b"ImageMask").and_then(|mask| mask.as_bool().ok()) == Some(true)
}
