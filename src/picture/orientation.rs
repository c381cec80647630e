//! Which way up a camera held a picture (Exif 2.32, 4.6.4, tag 274), and the pixels turned upright.

use exif::{In, Reader, Tag};

/// How the stored pixels differ from the picture as it is seen: one of eight ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Orientation {
    /// Rows and columns are exchanged, last of all.
    transposed: bool,
    /// Left and right are exchanged first.
    mirrored: bool,
    /// Top and bottom are exchanged first.
    flipped: bool,
}

impl Orientation {
    pub(super) const UPRIGHT: Self = Self { transposed: false, mirrored: false, flipped: false };

    /// Reads the orientation of Exif data; upright where they do not say.
    pub(super) fn of_exif(data: &[u8]) -> Self {
        let Ok(exif) = Reader::new().read_raw(data.to_vec()) else { return Self::UPRIGHT };
        let value = exif.get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0));
        let (transposed, mirrored, flipped) = match value {
            Some(2) => (false, true, false),
            Some(3) => (false, true, true),
            Some(4) => (false, false, true),
            Some(5) => (true, false, false),
            Some(6) => (true, false, true),
            Some(7) => (true, true, true),
            Some(8) => (true, true, false),
            _ => (false, false, false),
        };
        Self { transposed, mirrored, flipped }
    }

    /// The size of the upright picture.
    pub(super) fn size(self, (width, height): (u32, u32)) -> (u32, u32) {
        if self.transposed { (height, width) } else { (width, height) }
    }

    /// Densities across and down of the upright picture.
    pub(super) fn density(self, density: Option<(f64, f64)>) -> Option<(f64, f64)> {
        density.map(|(across, down)| if self.transposed { (down, across) } else { (across, down) })
    }

    /// The pixels of the upright picture, of `channels` samples each.
    pub(super) fn upright(self, samples: &[u8], (width, height): (u32, u32), channels: usize) -> Vec<u8> {
        let (across, down) = self.size((width, height));
        let (width, height) = (width as usize, height as usize);
        let mut turned = Vec::with_capacity(samples.len());
        for y in 0..down as usize {
            for x in 0..across as usize {
                let (column, row) = if self.transposed { (y, x) } else { (x, y) };
                let column = if self.mirrored { width - 1 - column } else { column };
                let row = if self.flipped { height - 1 - row } else { row };
                let at = (row * width + column) * channels;
                turned.extend_from_slice(samples.get(at..at + channels).unwrap_or_default());
            }
        }
        turned
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Exif data that hold an orientation alone.
    fn exif(value: u8) -> Vec<u8> {
        let mut data = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        data.extend([value, 0, 0, 0, 0, 0, 0]);
        data
    }

    #[test]
    fn each_orientation_is_turned_upright() {
        // The picture: 1 2 3 over 4 5 6. What a camera stores of it in each orientation, and how wide.
        let stored: [(u8, u32, [u8; 6]); 8] = [
            (1, 3, [1, 2, 3, 4, 5, 6]),
            (2, 3, [3, 2, 1, 6, 5, 4]),
            (3, 3, [6, 5, 4, 3, 2, 1]),
            (4, 3, [4, 5, 6, 1, 2, 3]),
            (5, 2, [1, 4, 2, 5, 3, 6]),
            (6, 2, [3, 6, 2, 5, 1, 4]),
            (7, 2, [6, 3, 5, 2, 4, 1]),
            (8, 2, [4, 1, 5, 2, 6, 3]),
        ];
        for (value, width, samples) in stored {
            let orientation = Orientation::of_exif(&exif(value));
            let size = (width, 6 / width);
            assert_eq!(orientation.size(size), (3, 2), "{value}");
            assert_eq!(orientation.upright(&samples, size, 1), [1, 2, 3, 4, 5, 6], "{value}");
        }
    }

    #[test]
    fn what_does_not_say_is_upright() {
        for data in [&b""[..], b"MM", &exif(0), &exif(9)] {
            assert_eq!(Orientation::of_exif(data), Orientation::UPRIGHT);
        }
    }
}
