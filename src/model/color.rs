//! Ink.

/// An ink colour as a press mixes it, each part from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Color {
    /// Cyan.
    pub cyan: f32,
    /// Magenta.
    pub magenta: f32,
    /// Yellow.
    pub yellow: f32,
    /// Black.
    pub black: f32,
}

impl Color {
    /// Black ink alone.
    pub const BLACK: Self = Self::gray(1.0);

    /// Black ink of a tint.
    #[must_use]
    pub const fn gray(black: f32) -> Self {
        Self { cyan: 0.0, magenta: 0.0, yellow: 0.0, black }
    }

    /// True where a press needs black ink only.
    #[must_use]
    pub fn is_gray(self) -> bool {
        self.cyan == 0.0 && self.magenta == 0.0 && self.yellow == 0.0
    }

    /// What a screen shows of it: red, green and blue from 0 to 1.
    #[must_use]
    pub fn to_rgb(self) -> [f32; 3] {
        [self.cyan, self.magenta, self.yellow].map(|ink| (1.0 - ink) * (1.0 - self.black))
    }
}
