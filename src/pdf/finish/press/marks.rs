//! Marks beside the trimmed page: for those who cut, fold, fit the plates and measure the inks.

use std::f32::consts::FRAC_1_SQRT_2;

/// Points a millimetre.
const MM: f32 = 72.0 / 25.4;
/// Marks keep so far from the trimmed page, and from what bleeds.
const GAP: f32 = 3.0 * MM;
const LENGTH: f32 = 5.0 * MM;
/// From the outer end of the marks to the edge of the sheet.
const EDGE: f32 = 2.0 * MM;
const PATCH: f32 = 4.0 * MM;
const WEIGHT: f32 = 0.25;
/// How far from its ends a curve's control points are for a quarter of a circle, in radii.
const QUARTER: f32 = 4.0 / 3.0 * (1.0 / FRAC_1_SQRT_2 - 1.0);

/// What of a sheet is trimmed to, in points from its bottom left.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trim {
    pub(super) left: f32,
    pub(super) bottom: f32,
    pub(super) right: f32,
    pub(super) top: f32,
    pub(super) bleed: f32,
}

/// The room beside the trimmed page that marks take.
pub(super) fn room(bleed: f32) -> f32 {
    GAP.max(bleed) + LENGTH + EDGE
}

/// The marks. `folds`: where the sheet is folded, from its left edge. The colour `All` is of every ink.
pub(super) fn draw(trim: Trim, folds: &[f32]) -> String {
    let Trim { left, bottom, right, top, bleed } = trim;
    let near = GAP.max(bleed);
    let far = near + LENGTH;
    let mut lines = Vec::new();
    for x in [left, right] {
        lines.push([x, bottom - near, x, bottom - far]);
        lines.push([x, top + near, x, top + far]);
    }
    for y in [bottom, top] {
        lines.push([left - near, y, left - far, y]);
        lines.push([right + near, y, right + far, y]);
    }
    let (middle, across) = (near + LENGTH / 2.0, f32::midpoint(left, right));
    let up = f32::midpoint(bottom, top);
    // Beside a fold in the middle, not on it.
    let aside = if folds.is_empty() { across } else { across - 4.0 * LENGTH };
    let centres = [(aside, bottom - middle), (aside, top + middle), (left - middle, up), (right + middle, up)];
    for (x, y) in centres {
        let half = LENGTH / 2.0;
        lines.push([x - half, y, x + half, y]);
        lines.push([x, y - half, x, y + half]);
    }
    let line = |[x, y, to_x, to_y]: [f32; 4]| format!("{x:.3} {y:.3} m {to_x:.3} {to_y:.3} l S\n");
    let lines: String = lines.into_iter().map(line).collect();
    let around = |(x, y): (f32, f32)| circle(x, y, LENGTH / 4.0);
    let circles: String = centres.into_iter().map(around).collect();
    let fold = |x: &f32| {
        let ends = [(bottom - near, bottom - far), (top + near, top + far)];
        ends.map(|(from, to)| format!("{x:.3} {from:.3} m {x:.3} {to:.3} l S\n")).concat()
    };
    let folds: String = folds.iter().map(fold).collect();
    let patches = ["1 0 0 0", "0 1 0 0", "0 0 1 0", "0 0 0 1", "0 0 0 .5"];
    let patch = |(at, ink): (usize, &&str)| {
        let x = right - PATCH * (patches.len() - at) as f32 - LENGTH;
        format!("{ink} k {x:.3} {:.3} {PATCH:.3} {PATCH:.3} re f\n", bottom - near - PATCH)
    };
    let patches: String = patches.iter().enumerate().map(patch).collect();
    format!("q\n/All CS 1 SCN {WEIGHT} w\n{lines}{circles}[2 2] 0 d\n{folds}[] 0 d\n{patches}Q\n")
}

fn circle(x: f32, y: f32, r: f32) -> String {
    let k = r * QUARTER;
    let curve = |[a, b, c, d, e, f]: [f32; 6]| format!("{a:.3} {b:.3} {c:.3} {d:.3} {e:.3} {f:.3} c\n");
    let curves = [
        [x + r, y + k, x + k, y + r, x, y + r],
        [x - k, y + r, x - r, y + k, x - r, y],
        [x - r, y - k, x - k, y - r, x, y - r],
        [x + k, y - r, x + r, y - k, x + r, y],
    ];
    format!("{:.3} {y:.3} m\n{}s\n", x + r, curves.map(curve).concat())
}
