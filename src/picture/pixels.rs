//! The pixels of a decoded picture.

/// A picture, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Red, green, blue and opacity of each, row by row from the top.
    pub rgba: Vec<u8>,
}

/// Red, green and blue samples with full opacity.
pub(super) fn opaque(samples: &[u8]) -> Vec<u8> {
    samples.chunks_exact(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect()
}
