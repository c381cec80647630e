//! House styles: page, grid, faces, styles and numbers, as `templates/*.yaml` give them. Every figure of the format is here.

mod read;
mod style;

pub use read::{BUILT_IN, read_template};
pub use style::{
    Align, Compose, ComposeRules, Grid, Leading, Numbering, Page, PageNumbers, Spread, Style, StyleName, Template,
    WordStyle,
};
