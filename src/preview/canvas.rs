//! A page of pixels, and ink laid on it.

use super::shape::Polygons;
use super::stamp::GlyphStamp;
use crate::picture::Pixels;

/// What shades a page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shades {
    /// Grey.
    Grays,
    /// Red, green and blue.
    Colors,
}

/// A page as a screen shows it.
#[derive(Debug)]
pub(super) struct Canvas {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Grey, or red, green and blue where the page has an ink other than black.
    pub(super) channels: usize,
    /// Row by row; 255 is paper.
    shades: Vec<u8>,
    /// Sums of one row of a stamp, kept between stamps.
    sums: Vec<u16>,
}

/// What a screen shows of an ink: red, green, blue; of black ink the first alone matters on a grey page.
pub(super) type Shade = [u8; 3];

impl Canvas {
    /// White paper.
    pub(super) fn new(width: usize, height: usize, shades: Shades) -> Self {
        let channels = if shades == Shades::Colors { 3 } else { 1 };
        Self { width, height, channels, shades: vec![255; width * height * channels], sums: Vec::new() }
    }

    /// Lays ink on a pixel; `cover` is the share of it that the ink takes, 255 all.
    fn ink(&mut self, row: usize, column: usize, shade: Shade, cover: u8) {
        let at = (row * self.width + column) * self.channels;
        for (paper, shade) in self.shades[at..at + self.channels].iter_mut().zip(shade) {
            let mixed = u16::from(*paper) * (255 - u16::from(cover)) + u16::from(shade) * u16::from(cover);
            *paper = ((mixed + 127) / 255) as u8;
        }
    }

    /// Sets a stamp down with its origin at a place of the fine grid, which has `fine` steps a pixel. What lies outside the
    /// page is cut off.
    pub(super) fn stamp(&mut self, stamp: &GlyphStamp, x: i64, y: i64, fine: usize, shade: Shade) {
        if stamp.ink.is_empty() {
            return;
        }
        let step = i64::try_from(fine).unwrap_or(1);
        let (left, top) = (x + i64::from(stamp.left), y + i64::from(stamp.top));
        let first = left.div_euclid(step);
        let shift = left.rem_euclid(step) as usize;
        let across = (shift + stamp.width).div_ceil(fine);
        let full = (fine * fine) as u16;
        let mut rows = stamp.ink.chunks_exact(stamp.width).zip(top..).peekable();
        while let Some(&(_, at)) = rows.peek() {
            let row = at.div_euclid(step);
            self.sums.clear();
            self.sums.resize(across, 0);
            while let Some((fine_row, _)) = rows.next_if(|(_, at)| at.div_euclid(step) == row) {
                // The first cell takes what is left of its pixel, each later one a whole pixel.
                let (head, rest) = fine_row.split_at((fine - shift).min(fine_row.len()));
                let cells = std::iter::once(head).chain(rest.chunks(fine));
                for (sum, cell) in self.sums.iter_mut().zip(cells) {
                    *sum += cell.iter().map(|&ink| u16::from(ink)).sum::<u16>();
                }
            }
            let Some(line) = usize::try_from(row).ok().filter(|&row| row < self.height) else { continue };
            for (at, column) in (0..across).zip(first..) {
                let cover = (self.sums[at] / full) as u8;
                match usize::try_from(column) {
                    Ok(column) if cover > 0 && column < self.width => self.ink(line, column, shade, cover),
                    _ => {}
                }
            }
        }
    }

    /// Fills a shape.
    pub(super) fn fill(&mut self, shape: &Polygons, shade: Shade) {
        shape.cover(self.width, self.height, |row, shares| {
            for (column, &share) in shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
                self.ink(row, column, shade, (share.min(1.0) * 255.0).round() as u8);
            }
        });
    }

    /// Lays a picture on a place: left, top, width and height in pixels. Each pixel shows the mean of what of the picture
    /// falls on it.
    pub(super) fn picture(&mut self, pixels: &Pixels, [x, y, width, height]: [f64; 4]) {
        let down = shares(y, height, pixels.height, self.height);
        let across = shares(x, width, pixels.width, self.width);
        for (row, lines) in &down {
            for (column, parts) in &across {
                let (mut sums, mut opaque, mut all) = ([0.0; 3], 0.0, 0.0);
                for &(line, high) in lines {
                    for &(part, wide) in parts {
                        let at = (line * pixels.width as usize + part) * 4;
                        let Some(&[red, green, blue, opacity]) = pixels.rgba.get(at..at + 4) else { continue };
                        let share = high * wide;
                        let seen = share * f64::from(opacity) / 255.0;
                        all += share;
                        opaque += seen;
                        for (sum, shade) in sums.iter_mut().zip([red, green, blue]) {
                            *sum += seen * f64::from(shade);
                        }
                    }
                }
                if opaque > 0.0 {
                    // A page's edge pixel that the picture covers in part gets part of it.
                    let whole = (within(*row, y, height) * within(*column, x, width)).min(1.0);
                    let cover = (opaque / all * whole * 255.0).round() as u8;
                    self.ink(*row, *column, sums.map(|sum| (sum / opaque).round() as u8), cover);
                }
            }
        }
    }

    /// Fills a rectangle, in pixels; pixels that it covers in part get part of the ink.
    pub(super) fn rectangle(&mut self, [x, y, width, height]: [f64; 4], shade: Shade) {
        let cover = |from: f64, length: f64, limit: usize| {
            let to = (from + length).clamp(0.0, limit as f64);
            let from = from.clamp(0.0, limit as f64);
            let share = move |at: usize| ((at as f64 + 1.0).min(to) - (at as f64).max(from)).clamp(0.0, 1.0);
            (from as usize..to.ceil() as usize).map(move |at| (at, share(at)))
        };
        for (row, down) in cover(y, height, self.height) {
            for (column, across) in cover(x, width, self.width) {
                self.ink(row, column, shade, (down * across * 255.0).round() as u8);
            }
        }
    }

    /// The shades, row by row; 255 is white.
    pub(super) fn shades(&self) -> &[u8] {
        &self.shades
    }
}

/// For each pixel of the page from `from` on, which of `count` pixels of a picture fall on it and how much of each.
fn shares(from: f64, length: f64, count: u32, limit: usize) -> Vec<(usize, Vec<(usize, f64)>)> {
    if length <= 0.0 {
        return Vec::new();
    }
    let scale = f64::from(count) / length;
    let first = from.max(0.0) as usize;
    let last = ((from + length).ceil().max(0.0) as usize).min(limit);
    let of = |at: usize| {
        let begin = ((at as f64 - from) * scale).clamp(0.0, f64::from(count));
        let end = ((at as f64 + 1.0 - from) * scale).clamp(0.0, f64::from(count));
        let parts = begin as usize..(end.ceil() as usize).min(count as usize);
        (at, parts.map(|part| (part, (part as f64 + 1.0).min(end) - (part as f64).max(begin))).collect())
    };
    (first..last).map(of).collect()
}

/// How much of a pixel lies within a stretch.
fn within(at: usize, from: f64, length: f64) -> f64 {
    ((at as f64 + 1.0).min(from + length) - (at as f64).max(from)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(side: usize) -> GlyphStamp {
        GlyphStamp { left: 0, top: 0, width: side, height: side, ink: vec![255; side * side] }
    }

    const BLACK: Shade = [0; 3];

    #[test]
    fn a_stamp_between_pixels_shares_its_ink() {
        let mut canvas = Canvas::new(3, 2, Shades::Grays);
        canvas.stamp(&square(4), 2, 0, 4, BLACK);
        assert_eq!(canvas.shades(), [128, 128, 255, 255, 255, 255]);
    }

    #[test]
    fn what_is_outside_the_page_is_cut_off() {
        for ((x, y), inside) in [((-2, -2), 1), ((6, 6), 1), ((-100, 0), 0), ((0, 100), 0), ((2, -2), 2)] {
            let mut canvas = Canvas::new(2, 2, Shades::Grays);
            canvas.stamp(&square(4), x, y, 4, BLACK);
            assert_eq!(canvas.shades().iter().filter(|&&shade| shade < 255).count(), inside, "{x} {y}");
        }
    }

    #[test]
    fn thin_rules_are_as_grey_as_they_are_thin() {
        let mut canvas = Canvas::new(3, 3, Shades::Grays);
        canvas.rectangle([0.0, 1.25, 2.5, 0.5], BLACK);
        assert_eq!(canvas.shades(), [255, 255, 255, 127, 127, 191, 255, 255, 255]);
    }

    #[test]
    fn ink_of_a_color_stays_in_its_channels() {
        let mut canvas = Canvas::new(1, 1, Shades::Colors);
        canvas.rectangle([0.0, 0.0, 1.0, 1.0], [255, 0, 0]);
        assert_eq!(canvas.shades(), [255, 0, 0]);
        canvas.rectangle([0.0, 0.0, 1.0, 1.0], BLACK);
        assert_eq!(canvas.shades(), BLACK);
    }
}
