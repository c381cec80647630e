//! Pages made by hand: one glyph a character, at places that are awkward on purpose.

use dinggao::diagnostic::{FileId, Span};
use dinggao::font::{self, FaceId, Fonts};
use dinggao::layout::{Artifact, Glyph, GlyphRun, Line, LineKind, OutlineEntry, Page, PageItem, PagedDocument, Rule};
use dinggao::model::{
    Block, BlockId, BlockIndex, BlockKind, Color, Document, Length, Meta, Origin, Run, RunKind, Text,
};
use dinggao::printed::{PageNumber, PageNumberStyle};
use dinggao::world::{SystemWorld, World as _};
use std::path::Path;

/// 仿宋, in a face of TrueType outlines.
pub(super) const HAN: FaceId = FaceId(0);
/// Latin, 2048 units to the em.
pub(super) const LATIN: FaceId = FaceId(1);
/// A face of CFF outlines that has `A`, `B` and a space.
pub(super) const CFF: FaceId = FaceId(2);

pub(super) fn fonts() -> Fonts {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let open = |path: &str| {
        let path = root.join(path);
        font::Face::open(&path, &SystemWorld::new().open(&path).unwrap(), 0).unwrap()
    };
    Fonts::of_faces(vec![
        open("fonts/LXGWZhuqueFangsong-Regular.ttf"),
        open("fonts/LiberationSerif-Regular.ttf"),
        open("tests/pdf/tiny-cff.otf"),
        // No page uses it.
        open("fonts/LXGWWenKaiGBLite-Regular.ttf"),
    ])
}

/// Glyphs for characters, `stretch` em wider each than they are; digits and Latin in the Latin face.
pub(super) struct Setter<'a> {
    fonts: &'a Fonts,
    pub(super) stretch: f64,
}

impl<'a> Setter<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, stretch: 0.0 }
    }

    pub(super) fn id(&self, face: FaceId, c: char) -> u16 {
        self.fonts.face(face).unwrap().glyph(c).unwrap()
    }

    pub(super) fn line(&self, kind: LineKind, text: &str, x: f64, baseline: f64, size: f64) -> Line {
        self.runs(kind, &[(text, None)], x, baseline, size)
    }

    pub(super) fn runs(&self, kind: LineKind, parts: &[(&str, Option<f64>)], x: f64, baseline: f64, size: f64) -> Line {
        let mut pen = 0.0;
        let mut runs: Vec<GlyphRun> = Vec::new();
        for &(text, stroke) in parts {
            let stroke = stroke.map(Length::pt);
            for c in text.chars() {
                let face = if c.is_ascii() { LATIN } else { HAN };
                if runs.last().is_none_or(|run| run.face != face || run.stroke != stroke) {
                    runs.push(GlyphRun {
                        face,
                        size: Length::pt(size),
                        rise: if face == LATIN { Length::pt(0.25) } else { Length::ZERO },
                        color: Color::BLACK,
                        stroke,
                        source: RunKind::Text,
                        link: None,
                        change: dinggao::model::RunChange::Kept,
                        glyphs: Vec::new(),
                    });
                }
                let id = self.id(face, c);
                let advance = f64::from(self.fonts.face(face).unwrap().advance(id));
                let bytes = u8::try_from(c.len_utf8()).unwrap();
                runs.last_mut().unwrap().glyphs.push(Glyph { id, bytes, x: pen as f32 });
                pen += (advance + self.stretch) * size;
            }
        }
        let text = parts.iter().map(|(text, _)| *text).collect();
        let width = Length::pt(pen);
        Line {
            kind,
            last: false,
            text,
            x: Length::pt(x),
            baseline: Length::pt(baseline),
            width,
            turned: false,
            runs,
            strain: None,
        }
    }
}

pub(super) fn page(count: u32, items: Vec<PageItem>) -> Page {
    let number = Some(PageNumber { count, style: PageNumberStyle::Decimal });
    Page { number, width: Length::mm(210.0), height: Length::mm(297.0), items }
}

pub(super) fn block(index: usize) -> LineKind {
    LineKind::Block(BlockIndex::new(index))
}

pub(super) fn text(text: &str) -> Text {
    let span = Span { file: FileId(0), start: 0, end: 0 };
    let map = Origin::Whole(span);
    Text { runs: vec![Run::new(text.to_owned(), RunKind::Text, map)] }
}

pub(super) fn document(title: &str, blocks: Vec<BlockKind>) -> Document {
    let span = Span { file: FileId(0), start: 0, end: 0 };
    let block = |(index, kind)| Block { id: BlockId(format!("b{index}")), named: false, span, kind };
    let meta = Meta {
        title: title.to_owned(),
        author: Some("常务委员会 & <提案\"委\">".to_owned()),
        language: "zh-CN".to_owned(),
        timestamp: 1_704_643_200,
    };
    crate::sample::of_blocks(meta, blocks.into_iter().enumerate().map(block).collect())
}

pub(super) fn heading(level: u8, words: &str) -> BlockKind {
    BlockKind::Heading { level, number: None, text: text(words), run_in: None }
}

pub(super) fn entry(block: usize, level: u8, title: &str, page: usize, y: f64) -> OutlineEntry {
    OutlineEntry { block: BlockId(format!("b{block}")), level, title: title.to_owned(), page, y: Length::pt(y) }
}

/// Two pages: title, heading, an emboldened run, a paragraph that runs over to the second page, a rule, page numbers.
pub(super) fn report(setter: &Setter<'_>) -> (Document, PagedDocument) {
    let document = document(
        "工作报告<2024>&\"说明\"",
        vec![
            BlockKind::Title(vec![text("工作报告")]),
            heading(1, "2023年工作回顾"),
            BlockKind::Paragraph(text("加强思想政治引领，全年“请示”报告工作25次。AVTo")),
        ],
    );
    let number =
        |text: &str, x| PageItem::Line(setter.line(LineKind::Artifact(Artifact::PageNumber), text, x, 760.1, 14.0));
    let first = vec![
        PageItem::Line(setter.line(block(0), "工作报告", 200.123_4, 105.55, 22.0)),
        PageItem::Rule(Rule {
            color: Color::BLACK,
            x: Length::mm(28.0),
            y: Length::pt(120.0),
            width: Length::mm(156.0),
            height: Length::pt(0.75),
        }),
        PageItem::Line(setter.line(block(1), "2023年工作回顾", 111.1, 150.0, 15.793)),
        PageItem::Line(setter.runs(block(2), &[("加强思想", Some(0.4)), ("政治引领，", None)], 79.37, 180.017, 15.793)),
        number("1", 480.0),
    ];
    let second = vec![
        PageItem::Line(setter.line(block(2), "全年请示报告工作25次。", 79.37, 118.71, 15.793)),
        PageItem::Line(setter.line(block(2), "AVTo", 79.37, 148.32, 15.793)),
        number("2", 100.0),
    ];
    let outline = vec![entry(1, 1, "2023年工作回顾", 0, 134.0)];
    (document, PagedDocument { pages: vec![page(1, first), page(2, second)], outline, ..PagedDocument::default() })
}
