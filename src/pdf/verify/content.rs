//! What the content of pages does: the inks and fonts that it paints with, and what of it is tagged.

use super::check::VerifyPlace;
use super::file::{DEPTH, VerifiedFile, VerifyError, VerifyPage, content_left, inflated, spend};
use super::glyphs::{GlyphNames, is_uncoloured, shown};
use super::inks::{DeviceSpace, InkState, InkUse, MarkState, PageMarks, Survey, Surveyor};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId, Stream};
use std::collections::BTreeSet;

/// The most operators of all content.
const OPERATORS: usize = 100_000_000;
/// How deep forms may be within one another.
const FORMS: usize = 20;
/// The most fonts.
const FONTS: usize = 10_000;

/// A content stream as it is gone through.
struct SurveyStream<'a> {
    resources: Option<&'a Dictionary>,
    /// The page or form whose marks it holds; None where marks have no meaning.
    container: Option<ObjectId>,
    /// Its colours mean nothing: it is painted with those of what uses it.
    uncoloured: bool,
    depth: usize,
}

/// Goes through the content of all pages.
pub(super) fn survey<'a>(file: &'a VerifiedFile, pages: &[VerifyPage<'a>]) -> Result<Survey<'a>, VerifyError> {
    let mut surveyor = Surveyor {
        file,
        survey: Survey::default(),
        page: 0,
        open: Vec::new(),
        drawn: BTreeSet::new(),
        profiled: BTreeSet::new(),
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
        let stream = SurveyStream { resources, container: Some(page.id), uncoloured: false, depth: 0 };
        surveyor.stream(&content, &stream, InkState::new())?;
        surveyor.annotations(page.dictionary)?;
    }
    Ok(surveyor.survey)
}

impl<'a> Surveyor<'a> {
    /// Content that begins in a state.
    fn stream(
        &mut self,
        content: &[u8],
        within: &SurveyStream<'a>,
        mut state: InkState<'a>,
    ) -> Result<(), VerifyError> {
        if within.depth > FORMS {
            return Err(VerifyError::TooLarge { what: "forms within one another" });
        }
        let page = self.page;
        let content = Content::decode(content)
            .map_err(|cause| VerifyError::Unreadable { cause: format!("page {page}: {cause}") })?;
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
            "g" | "rg" | "k" | "G" | "RG" | "K" | "cs" | "CS" | "scn" | "SCN" if within.uncoloured => {}
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
                    let ink = if operation.operator == "scn" { &mut state.fill } else { &mut state.stroke };
                    let base = match *ink {
                        InkUse::Space(space) => self.file.follow(space).as_array().ok().and_then(|items| items.get(1)),
                        InkUse::Pattern(_, base) => base,
                        InkUse::Device(_) => None,
                    };
                    *ink = InkUse::Pattern(pattern, base);
                }
            }
            "Tf" => state.font = self.resource(within, b"Font", operands.first()),
            "Tr" => state.mode = operands.first().and_then(|mode| mode.as_i64().ok()).unwrap_or_default(),
            "gs" => self.state(within, operands.first(), state)?,
            "Tj" | "TJ" | "'" | "\"" => self.text(operands, within, state)?,
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

    /// Text: filled, stroked or both, as its mode says; glyphs of a Type 3 font are content.
    fn text(
        &mut self,
        operands: &[Object],
        within: &SurveyStream<'a>,
        state: &InkState<'a>,
    ) -> Result<(), VerifyError> {
        self.painted(within);
        let font = state.font.and_then(|font| self.file.dictionary(font));
        let drawn = font.filter(|font| self.file.name(font, b"Subtype") == Some(b"Type3"));
        let fills = matches!(state.mode, 0 | 2 | 4 | 6);
        let strokes = matches!(state.mode, 1 | 2 | 5 | 6);
        if let Some(font) = drawn {
            return if state.mode == 3 { Ok(()) } else { self.glyphs(font, &shown(operands), within, state) };
        }
        if fills || strokes {
            self.font(state.font)?;
        }
        if fills {
            self.ink(state.fill, within)?;
        }
        if strokes { self.ink(state.stroke, within) } else { Ok(()) }
    }

    /// The glyphs of a Type 3 font that text shows (9.6.5).
    fn glyphs(
        &mut self,
        font: &'a Dictionary,
        codes: &BTreeSet<u8>,
        within: &SurveyStream<'a>,
        state: &InkState<'a>,
    ) -> Result<(), VerifyError> {
        let Some(procedures) = self.file.sub(font, b"CharProcs") else { return Ok(()) };
        let resources = self.file.sub(font, b"Resources").or(within.resources);
        let names = GlyphNames::of(self.file, font);
        for name in codes.iter().filter_map(|&code| names.get(code)) {
            let Ok(object) = procedures.get(name) else { continue };
            let Object::Stream(glyph) = self.file.follow(object) else { continue };
            if object.as_reference().is_ok_and(|id| !self.drawn.insert((id, state.key()))) {
                continue;
            }
            let content = inflated(glyph)?;
            spend(&mut self.content, content.len())?;
            let uncoloured = is_uncoloured(&content);
            let depth = within.depth + 1;
            let stream = SurveyStream { resources, container: None, uncoloured, depth };
            self.stream(&content, &stream, state.clone())?;
        }
        Ok(())
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
            InkUse::Pattern(pattern, base) => match self.file.follow(pattern) {
                Object::Stream(tile) => {
                    let kind = self.file.value(&tile.dict, b"PaintType").and_then(|kind| kind.as_i64().ok());
                    let uncoloured = kind == Some(2);
                    if let Some(base) = base.filter(|_| uncoloured) {
                        self.space(base, within.resources, 0);
                    }
                    self.form((pattern, tile), within, (None, uncoloured), InkState::new())?;
                }
                other => {
                    let shading = other.as_dict().ok().and_then(|pattern| pattern.get(b"Shading").ok());
                    self.shading(shading, within)?;
                }
            },
        }
        Ok(())
    }

    fn shading(&mut self, shading: Option<&'a Object>, within: &SurveyStream<'a>) -> Result<(), VerifyError> {
        let shading = shading.and_then(|shading| self.file.dictionary(shading));
        if let Some(space) = shading.and_then(|shading| shading.get(b"ColorSpace").ok()) {
            self.ink(InkUse::Space(space), within)?;
        }
        Ok(())
    }

    /// A graphics state: it may name a font, and the group of its soft mask is painted, too.
    fn state(
        &mut self,
        within: &SurveyStream<'a>,
        name: Option<&Object>,
        now: &mut InkState<'a>,
    ) -> Result<(), VerifyError> {
        let state = self.resource(within, b"ExtGState", name).and_then(|state| self.file.dictionary(state));
        let font = state.and_then(|state| self.file.array(state, b"Font")?.first());
        now.font = font.or(now.font);
        let mask = state.and_then(|state| self.file.sub(state, b"SMask"));
        let Some(group) = mask.and_then(|mask| mask.get(b"G").ok()) else { return Ok(()) };
        if let Object::Stream(form) = self.file.follow(group) {
            self.form((group, form), within, (None, false), InkState::new())?;
        }
        Ok(())
    }

    /// What annotations look like in print (12.5.5): no part of the page's marks.
    fn annotations(&mut self, page: &'a Dictionary) -> Result<(), VerifyError> {
        const HIDDEN: i64 = 2;
        for annotation in self.file.array(page, b"Annots").unwrap_or_default() {
            let Some(annotation) = self.file.dictionary(annotation) else { continue };
            let flags = self.file.value(annotation, b"F").and_then(|flags| flags.as_i64().ok()).unwrap_or_default();
            let looks = self.file.sub(annotation, b"AP").and_then(|looks| looks.get(b"N").ok());
            let Some(mut look) = looks.filter(|_| flags & HIDDEN == 0) else { continue };
            if let Object::Dictionary(states) = self.file.follow(look) {
                let state = self.file.name(annotation, b"AS").and_then(|name| states.get(name).ok());
                let Some(state) = state else { continue };
                look = state;
            }
            if let Object::Stream(form) = self.file.follow(look) {
                let outside = SurveyStream { resources: None, container: None, uncoloured: false, depth: 0 };
                self.form((look, form), &outside, (None, false), InkState::new())?;
            }
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
                let container = own.or(within.container);
                self.form((object, stream), within, (container, within.uncoloured), state.clone())
            }
            _ => Ok(()),
        }
    }

    /// A form, a tile or a group that begins in a state: whose marks it holds, and whether its colours mean nothing.
    fn form(
        &mut self,
        (object, form): (&'a Object, &'a Stream),
        within: &SurveyStream<'a>,
        (container, uncoloured): (Option<ObjectId>, bool),
        state: InkState<'a>,
    ) -> Result<(), VerifyError> {
        // What is drawn again is as it was, but for being outside of marks.
        let again = object.as_reference().is_ok_and(|id| !self.drawn.insert((id, state.key())));
        if again && (container.is_none() || self.open.iter().any(|mark| *mark != MarkState::Other)) {
            return Ok(());
        }
        let content = inflated(form)?;
        spend(&mut self.content, content.len())?;
        let resources = self.file.sub(&form.dict, b"Resources").or(within.resources);
        self.group(&form.dict, resources);
        self.stream(&content, &SurveyStream { resources, container, uncoloured, depth: within.depth + 1 }, state)
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
