//! One glyph as ink, drawn finer than the page by a whole factor, so that it can be set down between pixels.

/// Ink of a glyph around its origin, on the fine grid.
#[derive(Debug)]
pub(super) struct GlyphStamp {
    /// Left edge, rightward from the origin.
    pub(super) left: i32,
    /// Top edge, downward from the origin.
    pub(super) top: i32,
    pub(super) width: usize,
    pub(super) height: usize,
    /// Row by row; 255 is full ink.
    pub(super) ink: Vec<u8>,
}

impl GlyphStamp {
    /// From what fontdue draws: `bottom` is upward from the origin.
    pub(super) fn new(left: i32, bottom: i32, width: usize, ink: Vec<u8>) -> Self {
        let height = ink.len().checked_div(width).unwrap_or(0);
        let top = -bottom.saturating_add_unsigned(u32::try_from(height).unwrap_or(u32::MAX));
        Self { left, top, width, height, ink }
    }

    /// The stamp with an outline drawn around it by a round pen that reaches `radius` outward: what PDF does with text that is
    /// filled and stroked.
    pub(super) fn emboldened(&self, radius: f32) -> Self {
        let reach = (radius + 0.5).ceil().clamp(0.0, 64.0) as i32;
        let margin = reach as usize;
        let (width, height) = (self.width + 2 * margin, self.height + 2 * margin);
        if self.ink.is_empty() {
            return Self { ink: Vec::new(), width: 0, height: 0, ..*self };
        }
        let mut ink = vec![0u8; width * height];
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                // The pen's edge is as soft as a pixel is wide.
                let weight = (radius + 0.5 - (dx as f32).hypot(dy as f32)).clamp(0.0, 1.0);
                let weight = (weight * 256.0) as u16;
                if weight == 0 {
                    continue;
                }
                let (x0, y0) = ((reach + dx) as usize, (reach + dy) as usize);
                for (y, row) in self.ink.chunks_exact(self.width).enumerate() {
                    let start = (y + y0) * width + x0;
                    for (to, from) in ink[start..start + self.width].iter_mut().zip(row) {
                        *to = (*to).max(((u16::from(*from) * weight) >> 8) as u8);
                    }
                }
            }
        }
        Self { left: self.left - reach, top: self.top - reach, width, height, ink }
    }

    /// The stamp turned a quarter to the left about its origin.
    pub(super) fn turned(&self) -> Self {
        let columns = (0..self.width).rev();
        let ink = columns.flat_map(|column| self.ink.iter().skip(column).step_by(self.width.max(1))).copied().collect();
        let right = self.left.saturating_add_unsigned(u32::try_from(self.width).unwrap_or(u32::MAX));
        Self { left: self.top, top: -right, width: self.height, height: self.width, ink }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_turns_about_its_origin() {
        // Two pixels right of the origin and one above it; the right one has less ink.
        let stamp = GlyphStamp { left: 0, top: -1, width: 2, height: 1, ink: vec![200, 100] };
        let turned = stamp.turned();
        assert_eq!((turned.left, turned.top, turned.width, turned.height), (-1, -2, 1, 2));
        assert_eq!(turned.ink, [100, 200]);
    }
}
