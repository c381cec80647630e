//! A chart in one size of text: what is needed to draw it, and what comes of that.

use super::label::{ChartLabel, LabelPart, Lettering};
use super::room::Point;
use crate::layout::PageItem;
use crate::layout::flow::Flow;
use crate::model::{Block, BlockIndex, Chart};
use crate::printed::Side;
use crate::template::Charts;

/// Whether values are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    /// Beside what they are drawn as.
    Written,
    /// They are read off the axis.
    OnAxis,
}

/// What is needed to draw a chart in one size of text.
pub(super) struct ChartDraft<'d, 'f> {
    pub(super) flow: &'d mut Flow<'f>,
    pub(super) source: &'d Block,
    pub(super) block: BlockIndex,
    pub(super) chart: &'d Chart,
    pub(super) look: &'f Charts,
    pub(super) lettering: Lettering,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) values: Values,
}

/// A chart, drawn.
pub(super) struct Drawing {
    pub(super) items: Vec<PageItem>,
    /// Left, top, width and height of the plot.
    pub(super) plot: [f64; 4],
    /// The same of the legend.
    pub(super) legend: Option<[f64; 4]>,
    /// Where the unit of the right axis begins.
    pub(super) right_unit: Option<f64>,
    pub(super) sides: Vec<Vec<Option<Side>>>,
    /// How far the names of slices were moved from where programs put them.
    pub(super) moved: Vec<Option<Point>>,
    /// True where each of them is on one line.
    pub(super) level: bool,
}

/// Why a chart is not drawn.
pub(super) enum Trouble {
    /// A glyph is missing, which is recorded.
    Glyph,
    /// Something has no room.
    Crowded,
}

impl ChartDraft<'_, '_> {
    /// A label in lines of at most `room`.
    pub(super) fn label(&mut self, parts: &[LabelPart<'_>], room: f64) -> Result<ChartLabel, Trouble> {
        ChartLabel::new(self.flow, self.source, &self.lettering, parts, room).ok_or(Trouble::Glyph)
    }

    /// A label on one line, however long.
    pub(super) fn line(&mut self, parts: &[LabelPart<'_>]) -> Result<ChartLabel, Trouble> {
        self.label(parts, f64::MAX)
    }

    pub(super) fn gap(&self) -> f64 {
        self.look.gap.to_pt()
    }
}
