//! Random documents: the Word file says what the pages do.

use super::agreement::compare;
use super::fixture::{self, Builder};
use crate::cases;
use dinggao::model::{Block, BlockKind, FigureFlow, Length, SideBySide};
use proptest::prelude::*;

impl Builder {
    /// Lets the last picture go behind text that fills the page before it.
    pub(super) fn floating(mut self) -> Self {
        if let Some(Block { kind: BlockKind::Figure(figure), .. }) = self.document.blocks.last_mut() {
            figure.flow = FigureFlow::Floating;
        }
        self
    }

    /// So high, as wide.
    pub(super) fn high(mut self, height: f64) -> Self {
        if let Some(Block { kind: BlockKind::Figure(figure), .. }) = self.document.blocks.last_mut() {
            figure.width = Some(Length::mm(height));
            figure.file.size = (Length::mm(height), Length::mm(height));
        }
        self
    }

    /// Pictures side by side.
    pub(super) fn figures(mut self, captions: &[&str]) -> Self {
        for (at, caption) in captions.iter().enumerate() {
            self = self.figure(fixture::PNG, caption);
            if let Some(Block { kind: BlockKind::Figure(figure), .. }) = self.document.blocks.last_mut() {
                figure.row = Some(SideBySide { at, of: captions.len() });
                figure.width = None;
            }
        }
        self
    }
}

/// A block of a random document.
#[derive(Clone, Debug)]
enum Step {
    Heading(u8, String),
    Point(String, String),
    Paragraph(String),
    Reference,
    Break,
    /// A heading and the text in its paragraph.
    RunIn(u8, String, String),
    /// Pictures side by side: so many.
    Figures(u8),
    /// A table with pictures in cells: how wide, on its side.
    Pictured(Vec<Option<f64>>, bool),
    /// A picture so high, on its side or floating.
    Figure(f64, bool, bool),
    /// Items of a list: how deep each is at most, whether it has a number.
    List(Vec<(u8, bool, String)>),
}

fn step() -> impl Strategy<Value = Step> {
    let text = || proptest::string::string_regex("[一-十中国人大会议工作a-z0-9，]{2,60}").expect("a pattern");
    prop_oneof![
        4 => (1u8..=4, text()).prop_map(|(level, text)| Step::Heading(level, text)),
        2 => (1u8..=4, text(), text()).prop_map(|(level, text, rest)| Step::RunIn(level, text, rest.repeat(3))),
        2 => (text(), text()).prop_map(|(lead, text)| Step::Point(lead, text)),
        3 => text().prop_map(|text| Step::Paragraph(text.repeat(5))),
        1 => Just(Step::Reference),
        1 => Just(Step::Break),
        1 => (2u8..=4).prop_map(Step::Figures),
        2 => (20.0..150.0, any::<bool>(), any::<bool>()).prop_map(|(h, turned, floats)| Step::Figure(h, turned, floats)),
        1 => (proptest::collection::vec(proptest::option::of(10.0..60.0), 1..4), any::<bool>())
            .prop_map(|(widths, turned)| Step::Pictured(widths, turned)),
        2 => proptest::collection::vec((1u8..=4, any::<bool>(), text()), 1..9).prop_map(Step::List),
    ]
}

/// Items none of which is in a list that is not there.
fn list(mut builder: Builder, items: Vec<(u8, bool, String)>) -> Builder {
    let mut above = 0;
    for (level, ordered, text) in items {
        above = level.min(above + 1);
        builder = builder.item_in(above, ordered, &text);
    }
    builder
}

proptest! {
    #![proptest_config(cases(12))]
    #[test]
    fn random_documents_agree(steps in proptest::collection::vec(step(), 4..60), depth in 1u8..=3) {
        let mut builder = Builder::new().contents(depth).heading(1, "总述");
        for step in steps {
            builder = match step {
                Step::Heading(level, text) => builder.heading(level, &text),
                Step::Point(lead, text) => builder.point(&lead, &text),
                Step::RunIn(level, text, rest) => builder.run_in(level, &text, &rest),
                Step::Paragraph(text) => builder.p(&text),
                Step::Reference => builder.p("见[@1]。"),
                Step::Break => builder.page_break(),
                Step::List(items) => list(builder, items),
                Step::Pictured(widths, turned) => {
                    let rows: Vec<String> = (1..=widths.len()).map(|row| format!("{row}|点位|照片")).collect();
                    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
                    let mut with = builder.table(Some("照片"), "序号|点位|照片", &rows);
                    for (row, width) in widths.into_iter().enumerate() {
                        with = with.pictured((row, 2), width, "照片 & 说明");
                    }
                    if turned { with.landscape() } else { with }
                }
                Step::Figures(count) => builder.figures(&["改造前", "改造中的情况", "改造后", "远景"][..usize::from(count)]),
                Step::Figure(high, turned, floats) => {
                    let mut with = builder.figure(fixture::PNG, "位置图").high(high);
                    with = if turned { with.landscape() } else { with };
                    if floats { with.floating() } else { with }
                }
            };
        }
        let compared = compare(&builder.done(), &fixture::template());
        prop_assert!(compared.numbered > 0 && compared.entries > 0);
    }
}
