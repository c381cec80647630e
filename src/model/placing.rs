//! How blocks are placed on pages.

/// How something lies on its page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lie {
    /// With the text.
    #[default]
    Upright,
    /// Turned a quarter to the left, on pages of its own.
    Turned,
}

/// Where a picture or chart is in relation to the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FigureFlow {
    /// Where it is written.
    #[default]
    InPlace,
    /// Text that follows may fill the page before it.
    Floating,
}
