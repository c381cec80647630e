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

impl Pixels {
    /// The same, turned a quarter to the left.
    #[must_use]
    pub fn turned(&self) -> Self {
        let (wide, high) = (self.width as usize, self.height as usize);
        let mut rgba = Vec::with_capacity(self.rgba.len());
        for x in (0..wide).rev() {
            for y in 0..high {
                let at = (y * wide + x) * 4;
                rgba.extend_from_slice(self.rgba.get(at..at + 4).unwrap_or(&[0; 4]));
            }
        }
        Self { width: self.height, height: self.width, rgba }
    }
}

/// Red, green and blue samples with full opacity.
pub(super) fn opaque(samples: &[u8]) -> Vec<u8> {
    samples.chunks_exact(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_right_comes_up() {
        let pixel = |shade: u8| [shade, 0, 0, 255];
        let rgba = [pixel(1), pixel(2), pixel(3), pixel(4), pixel(5), pixel(6)].concat();
        let turned = Pixels { width: 3, height: 2, rgba }.turned();
        assert_eq!((turned.width, turned.height), (2, 3));
        assert_eq!(turned.rgba, [pixel(3), pixel(6), pixel(2), pixel(5), pixel(1), pixel(4)].concat());
    }
}
