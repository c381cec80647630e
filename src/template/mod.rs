//! House styles: page, grid, faces, styles and numbers, as `templates/*.yaml` give them. Every figure of the format is here.

pub mod units;
pub mod office;
mod keys;
mod chart;
mod style;
mod official;
mod read;
mod find;

pub use chart::{Charts, Marker};
pub use find::{BUILT_IN, find_template};
pub use official::{HeadPlaces, head_places, signature_indents};
pub use read::read_template;
pub use style::{
    Align, Compose, ComposeRules, FrontNumbers, Grid, Head, ImprintRules, Leading, Numbering, Page, PageNumbers,
    Spread, Style, StyleName, StyleRule, TableRules, Tables, Template, WordStyle,
};
