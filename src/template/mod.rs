//! House styles: page, grid, faces, styles and numbers, as `templates/*.yaml` give them. Every figure of the format is here.

pub mod units;
pub mod office;
mod section;
mod page;
mod fonts;
mod style_name;
mod style;
mod parts;
mod chart;
mod words;
mod house;
mod fit;
mod read;
mod built_in;
mod older;
mod find;
mod official;

pub use built_in::{BUILT_IN, BuiltIn};
pub use chart::{Charts, Marker};
pub use find::find_template;
pub use house::Template;
pub use official::{
    HeadPlaces, HeadShape, SealPlaces, SignerPlaces, StampPlace, head_leading, head_places, seal_places,
    sealed_indents, signer_places, stamp_place, unsealed_indents,
};
pub use page::{FrontNumbers, Grid, PageMarkRules, PageNumbers, PageSetup, RunningHeader, WATERMARK_REACH, Watermark};
pub use parts::{
    Closing, Compose, ComposeRules, Figures, Head, ImprintRules, LIST_LEVELS, LetterRules, NotesRestart, Numbering,
    PointsRestart, Seals, StatisticsRules, TableRules, Tables,
};
pub use style::{Align, Leading, Spread, Style, StyleRule, WordStyle};
pub use style_name::{Gallery, NextStyle, StyleName};
pub use words::Words;
