//! The boxes of pages (ISO 32000-1 14.11.2), and what has to stay out of them.

use crate::diagnostic::say;
use crate::pdf::verify::check::{Findings, VerifyCheck, VerifyPlace};
use crate::pdf::verify::file::VerifyPage;
use crate::pdf::verify::input::VerifyInput;

/// How far a box may reach beyond another, in points: what rounding makes.
const ROUNDING: f32 = 0.01;

type Corners = [f32; 4];

pub(super) fn check(input: &VerifyInput<'_>, found: &mut Findings) {
    for (page, number) in input.pages.iter().zip(1..) {
        let place = VerifyPlace { page: Some(number), object: Some(page.id) };
        let own = |key: &[u8]| input.file.rectangle(page.dictionary.get(key).ok()?);
        let inherited = |key: &[u8]| input.file.rectangle(page.inherited(key)?);
        let (trim, art, bleed) = (own(b"TrimBox"), own(b"ArtBox"), own(b"BleedBox"));
        let media = inherited(b"MediaBox").filter(|[left, bottom, right, top]| left < right && bottom < top);
        if media.is_none() {
            found.note(VerifyCheck::MEDIA_BOX, place, say!("没有 MediaBox", "there is no MediaBox"));
        }
        match (trim, art) {
            (None, None) => {
                found.note(
                    VerifyCheck::TRIM_BOX,
                    place,
                    say!("没有 TrimBox，也没有 ArtBox", "there is neither a TrimBox nor an ArtBox"),
                );
            }
            (Some(_), Some(_)) => {
                found.note(
                    VerifyCheck::ONE_TRIM,
                    place,
                    say!("TrimBox 和 ArtBox 都有", "there are both a TrimBox and an ArtBox"),
                );
            }
            _ => {}
        }
        let trim = trim.or(art);
        let boxes = [
            ("TrimBox", trim, "BleedBox", bleed),
            ("TrimBox", trim, "MediaBox", media),
            ("BleedBox", bleed, "MediaBox", media),
            ("BleedBox", bleed, "CropBox", inherited(b"CropBox")),
            ("TrimBox", trim, "CropBox", inherited(b"CropBox")),
        ];
        for (inner, within, outer, around) in boxes {
            if let (Some(within), Some(around)) = (within, around)
                && !contains(around, within)
            {
                found.note(
                    VerifyCheck::BOX_ORDER,
                    place,
                    say!("{inner} 超出 {outer}", "the {inner} reaches beyond the {outer}"),
                );
            }
        }
        if let Some(printed) = bleed.or(trim) {
            annotations(input, page, number, printed, found);
        }
    }
}

fn contains(outer: Corners, inner: Corners) -> bool {
    let [left, bottom, right, top] = outer;
    inner[0] >= left - ROUNDING
        && inner[1] >= bottom - ROUNDING
        && inner[2] <= right + ROUNDING
        && inner[3] <= top + ROUNDING
}

/// Annotations are not printed matter: but for traps and marks of the printer, they keep out of what bleeds.
fn annotations(input: &VerifyInput<'_>, page: &VerifyPage<'_>, number: usize, printed: Corners, found: &mut Findings) {
    for (object, annotation) in input.annotations(page) {
        let kind = input.file.name(annotation, b"Subtype").unwrap_or_default();
        let Some(place) = annotation.get(b"Rect").ok().and_then(|rect| input.file.rectangle(rect)) else { continue };
        let apart = place[2] <= printed[0] + ROUNDING
            || place[0] >= printed[2] - ROUNDING
            || place[3] <= printed[1] + ROUNDING
            || place[1] >= printed[3] - ROUNDING;
        if !apart && !matches!(kind, b"TrapNet" | b"PrinterMark") {
            let kind = String::from_utf8_lossy(kind);
            let place = VerifyPlace { page: Some(number), object: object.as_reference().ok() };
            found.note(
                VerifyCheck::ANNOTATION,
                place,
                say!("{kind} 注释在印刷范围内", "an annotation {kind} is within what is printed"),
            );
        }
    }
}
