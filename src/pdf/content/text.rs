//! Lines of text.

use super::join::{self, JoinedGlyphs};
use super::properties::{properties_of, utf16};
use super::show::{Show, ShownRun};
use super::writer::{Over, PageWriter};
use crate::layout::{Glyph, GlyphRun, Line};
use crate::model::{Color, Length};
use crate::pdf::cluster::{Clusters, GlyphCluster, Mismatch};
use crate::pdf::link::{self, LinkTarget, PageLink};
use crate::pdf::tag::{ApartKind, ContentMark, Tag};
use crate::pdf::{PdfError, language, units};
use printpdf::{DictItem, FontId, Op, PdfFontHandle, Point, Pt, TextMatrix, TextRenderingMode};
use std::collections::BTreeMap;
use std::ops::Range;

/// The words of other languages in a line, while it is written.
struct Voice {
    /// The stretches that are still to come, and the one in hand.
    stretches: std::vec::IntoIter<(Range<usize>, &'static str)>,
    next: Option<(Range<usize>, &'static str)>,
    /// The bytes of the line that are written.
    at: usize,
    /// The language of the sequence that is open.
    marked: Option<&'static str>,
}

impl Voice {
    fn new(stretches: Vec<(Range<usize>, &'static str)>) -> Self {
        let mut stretches = stretches.into_iter();
        let next = stretches.next();
        Self { stretches, next, at: 0, marked: None }
    }

    /// The language of what is written next, which takes so many bytes.
    fn advance(&mut self, bytes: usize) -> Option<&'static str> {
        while self.next.as_ref().is_some_and(|(range, _)| range.end <= self.at) {
            self.next = self.stretches.next();
        }
        let language = self.next.as_ref().filter(|(range, _)| range.contains(&self.at)).map(|&(_, language)| language);
        self.at += bytes;
        language
    }
}

/// The characters of a stretch that are read as one, while it is written.
struct Joins<'t> {
    /// Those that are still to come.
    joined: std::iter::Peekable<std::vec::IntoIter<JoinedGlyphs<'t>>>,
    /// The glyphs that are written.
    at: usize,
    /// The last glyph of those in hand.
    open: Option<usize>,
}

impl<'t> Joins<'t> {
    /// What is shown together from the next glyph on, if that begins there.
    fn begin(&mut self) -> Option<&'t str> {
        let at = self.at;
        let next = self.joined.next_if(|next| *next.glyphs.start() == at)?;
        self.open = Some(*next.glyphs.end());
        Some(next.text)
    }

    /// Some glyphs are written; true where what is shown together ends with them.
    fn end(&mut self, glyphs: usize) -> bool {
        self.at += glyphs;
        self.open.take_if(|last| *last < self.at).is_some()
    }
}

impl<'a> PageWriter<'a, '_> {
    /// A line, each part of it in the sequence of what it is part of.
    pub(super) fn line(&mut self, line: &'a Line) -> Result<(), PdfError> {
        let parts = self.parts(line);
        let read = self.tagger.is_some() && Tag::of(line.kind).is_ok();
        let mut voice = Voice::new(if read { language::stretches(&line.text) } else { Vec::new() });
        let mut clusters = Clusters::new(line);
        let (mut from, mut written) = (0, 0);
        for linked in parts.chunk_by(|a, b| a.target == b.target) {
            let runs = line.runs.get(from..from + linked.len()).unwrap_or_default();
            let target = linked.first().and_then(|part| part.target);
            let link = if read { self.link(line, runs, (target, written))? } else { None };
            written += length(runs);
            for same in linked.chunk_by(|a, b| a.tag == b.tag) {
                let runs = line.runs.get(from..from + same.len()).unwrap_or_default();
                from += same.len();
                let Some(first) = runs.iter().find_map(|run| run.glyphs.first()) else { continue };
                let tag = same.first().map(|part| part.tag);
                match tag {
                    Some(Ok(tag)) => self.open(ContentMark { tag, link, target })?,
                    Some(Err(apart)) => self.begin_apart(properties_of(apart)),
                    None => {}
                }
                self.stretch(line, runs, f64::from(first.x), &mut clusters, &mut voice)?;
                if let Some(Err(_)) = tag {
                    self.end_apart();
                }
            }
        }
        Ok(())
    }

    /// What the runs of a line are part of, and where they lead.
    fn parts(&mut self, line: &Line) -> Vec<LinePart> {
        let mut parts: Vec<LinePart> = Vec::with_capacity(line.runs.len());
        let mut at = 0;
        for run in &line.runs {
            let end = at + length(std::slice::from_ref(run));
            let text = line.text.get(at..end).unwrap_or_default();
            at = end;
            let tag = match (&mut self.tagger, parts.last()) {
                // A run without characters is drawn for those before it.
                (Some(_), Some(before)) if text.is_empty() => before.tag,
                (Some(tagger), _) => tagger.tag(line, run, text),
                (None, _) => Tag::of(line.kind),
            };
            parts.push(LinePart { tag, target: LinkTarget::of(line, run) });
        }
        parts
    }

    /// Notes the link that some runs of a line are, if they are one and what it leads to is printed; returns its index. `from`:
    /// the bytes of the line in front of it.
    fn link(
        &mut self,
        line: &Line,
        runs: &[GlyphRun],
        (target, from): (Option<LinkTarget>, usize),
    ) -> Result<Option<usize>, PdfError> {
        let lead = target.and_then(|target| self.context.destinations.get(target));
        let Some(lead) = lead else { return Ok(None) };
        let place = |glyph: &Glyph| f64::from(glyph.x);
        let begin = runs.iter().find_map(|run| run.glyphs.first()).map_or(0.0, place);
        let behind = line.runs.iter().flat_map(|run| &run.glyphs).map(place).filter(|&x| x > begin);
        let last = runs.iter().rev().find_map(|run| run.glyphs.last()).map_or(begin, place);
        let end = behind.filter(|&x| x > last).fold(line.width.to_pt(), f64::min);
        let over = runs.iter().map(|run| run.rise + run.size).fold(Length::ZERO, Length::max).to_pt();
        let under = runs.iter().map(|run| run.size / 5.0 - run.rise).fold(Length::ZERO, Length::max).to_pt();
        let (x, y) = (line.x.to_pt(), (self.height - line.baseline).to_pt());
        let edges = if line.turned {
            [x - over, y + begin, x + under, y + end]
        } else {
            [x + begin, y - under, x + end, y + over]
        };
        for edge in edges {
            self.finite(edge as f32)?;
        }
        let text = link::description(line, line.text.get(from..from + length(runs)).unwrap_or_default());
        self.content.links.push(PageLink { edges: edges.map(units::number), lead, text });
        Ok(Some(self.content.links.len() - 1))
    }

    /// A text object: some runs of a line, the first glyph `ahead` points along it.
    fn stretch(
        &mut self,
        line: &'a Line,
        runs: &'a [GlyphRun],
        ahead: f64,
        clusters: &mut Clusters<'a>,
        voice: &mut Voice,
    ) -> Result<(), PdfError> {
        self.op(Op::StartTextSection);
        let mut pen = self.start(line, ahead)?;
        let ahead_of = line.text.get(voice.at..).unwrap_or_default();
        let joined = join::joined(runs, self.context.faces, ahead_of);
        let mut joins = Joins { joined: joined.into_iter().peekable(), at: 0, open: None };
        for run in runs.iter().filter(|run| !run.glyphs.is_empty()) {
            let face =
                self.context.faces.get(run.face).ok_or(PdfError::NoFace { page: self.number, face: run.face })?;
            let size = f64::from(self.set(run)?);
            let mut shown = ShownRun { face, size, origin: line.x.to_pt(), pen, show: Show::default() };
            clusters.run(run, |cluster| self.cluster(&mut shown, (voice, &mut joins), cluster)).map_err(|fault| {
                match fault {
                    ClusterFault::Text => PdfError::Text { page: self.number, line: line.text.clone() },
                    ClusterFault::Error(error) => error,
                }
            })?;
            self.flush(&mut shown.show);
            pen = shown.pen;
        }
        // A marked sequence that begins in a text object ends in it (14.6.1).
        self.speak(None, voice);
        self.op(Op::EndTextSection);
        Ok(())
    }

    /// Moves the pen to the first glyph of a line, `ahead` points along it; returns that place along the line, as the
    /// file holds it, in points from where the line's `x` counts from.
    fn start(&mut self, line: &Line, ahead: f64) -> Result<f64, PdfError> {
        let origin = line.x.to_pt();
        let (across, up) = if line.turned { (0.0, ahead) } else { (ahead, 0.0) };
        let x = self.finite(units::number(origin + across))?;
        let y = self.finite(units::height(self.height, line.baseline - Length::pt(up)))?;
        if line.turned {
            self.op(Op::SetTextMatrix { matrix: TextMatrix::Raw([0.0, 1.0, -1.0, 0.0, x, y]) });
            let foot = f64::from(self.finite(units::height(self.height, line.baseline))?);
            return Ok(origin + f64::from(y) - foot);
        }
        self.op(Op::SetTextCursor { pos: Point { x: Pt(x), y: Pt(y) } });
        Ok(f64::from(x))
    }

    /// Sets face, size, rise, ink and stroke of a run, as far as they change.
    fn set(&mut self, run: &GlyphRun) -> Result<f32, PdfError> {
        let size = self.finite(units::length(run.size))?;
        if size <= 0.0 {
            return Err(PdfError::Length { page: self.number });
        }
        if self.font != Some((run.face, size)) {
            let resource = self.context.faces.get(run.face).map(|face| face.resource.clone()).unwrap_or_default();
            self.op(Op::SetFont { font: PdfFontHandle::External(FontId(resource)), size: Pt(size) });
            self.font = Some((run.face, size));
            self.content.faces.insert(run.face);
        }
        let rise = self.finite(units::length(run.rise))?;
        if self.rise.to_bits() != rise.to_bits() {
            self.op(Op::SetLineOffset { multiplier: rise });
            self.rise = rise;
        }
        self.over(if run.color == Color::BLACK { Over::Prints } else { Over::KnocksOut });
        self.fill(run.color)?;
        if let Some(width) = run.stroke {
            self.outline(run.color)?;
            self.thickness(width)?;
            self.round();
        }
        if self.stroked != run.stroke.is_some() {
            self.stroked = run.stroke.is_some();
            let mode = if self.stroked { TextRenderingMode::FillStroke } else { TextRenderingMode::Fill };
            self.op(Op::SetTextRenderingMode { mode });
        }
        Ok(size)
    }

    /// Begins and ends the words of other languages.
    fn speak(&mut self, language: Option<&'static str>, voice: &mut Voice) {
        if voice.marked == language {
            return;
        }
        if voice.marked.is_some() {
            self.op(Op::EndMarkedContent);
        }
        if let Some(language) = language {
            let data = language.as_bytes().to_vec();
            self.begin("Span", BTreeMap::from([("Lang".to_owned(), DictItem::String { data, literal: true })]));
        }
        voice.marked = language;
    }

    fn cluster(
        &mut self,
        run: &mut ShownRun<'_>,
        (voice, joins): (&mut Voice, &mut Joins<'_>),
        cluster: GlyphCluster<'_>,
    ) -> Result<(), ClusterFault> {
        let language = voice.advance(cluster.text.len());
        if let Some(text) = joins.begin() {
            self.flush(&mut run.show);
            self.speak(None, voice);
            self.actual_text(text);
        }
        if language != voice.marked && joins.open.is_none() {
            self.flush(&mut run.show);
            self.speak(language, voice);
        }
        let plain = match cluster.glyphs {
            [glyph] => run.face.glyph(glyph.id).is_some_and(|(_, g)| g.text.as_deref() == Some(cluster.text)),
            _ => false,
        };
        // What is within a span of characters is said already.
        let plain = plain || joins.open.is_some();
        if !plain {
            self.flush(&mut run.show);
            self.actual_text(cluster.text);
        }
        for glyph in cluster.glyphs {
            let known = run.face.glyph(glyph.id).ok_or(PdfError::NoGlyph { face: run.face.id, glyph: glyph.id })?;
            let kern = self.finite(units::kern(run.origin + f64::from(glyph.x) - run.pen, run.size))?;
            run.show.push(known.0, kern);
            run.pen += (f64::from(known.1.width) - f64::from(kern)) * run.size / 1000.0;
        }
        if joins.end(cluster.glyphs.len()) || !plain {
            self.flush(&mut run.show);
            self.op(Op::EndMarkedContent);
        }
        Ok(())
    }

    /// Begins a span that shows some characters (14.9.4).
    fn actual_text(&mut self, text: &str) {
        let text = DictItem::String { data: utf16(text), literal: false };
        self.begin("Span", BTreeMap::from([("ActualText".to_owned(), text)]));
    }

    fn flush(&mut self, show: &mut Show) {
        show.end_string();
        if !show.items.is_empty() {
            self.op(Op::ShowText { items: std::mem::take(&mut show.items) });
        }
    }
}

enum ClusterFault {
    Text,
    Error(PdfError),
}

impl From<Mismatch> for ClusterFault {
    fn from(_: Mismatch) -> Self {
        Self::Text
    }
}

impl From<PdfError> for ClusterFault {
    fn from(error: PdfError) -> Self {
        Self::Error(error)
    }
}

/// What a run of a line is part of, and where it leads.
struct LinePart {
    tag: Result<Tag, ApartKind>,
    target: Option<LinkTarget>,
}

/// The bytes of text that some runs show.
fn length(runs: &[GlyphRun]) -> usize {
    runs.iter().flat_map(|run| &run.glyphs).map(|glyph| usize::from(glyph.bytes)).sum()
}
