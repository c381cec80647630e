//! Pages that cannot be: each is refused with what is wrong with it.

use super::sheet::{self, HAN, Setter};
use dinggao::font::FaceId;
use dinggao::layout::{Line, PageItem, PagedDocument};
use dinggao::model::Length;
use dinggao::pdf::{self, PdfError};

fn error_of(change: impl FnOnce(&mut PagedDocument)) -> PdfError {
    let fonts = sheet::fonts();
    let (document, mut paged) = sheet::report(&Setter::new(&fonts));
    change(&mut paged);
    pdf::write(&document, &paged, &fonts).unwrap_err()
}

fn first_line(paged: &mut PagedDocument) -> &mut Line {
    let Some(PageItem::Line(line)) = paged.pages[0].items.first_mut() else { panic!("a line") };
    line
}

#[test]
fn lines_that_belong_nowhere() {
    let error = error_of(|paged| first_line(paged).kind = sheet::block(99));
    assert!(matches!(error, PdfError::NoBlock { page: 1, .. }), "{error}");
}

#[test]
fn faces_and_glyphs_that_are_not_there() {
    let error = error_of(|paged| first_line(paged).runs[0].face = FaceId(200));
    assert!(matches!(error, PdfError::NoFace { page: 1, face: FaceId(200) }), "{error}");
    let error = error_of(|paged| first_line(paged).runs[0].glyphs[0].id = 0);
    assert!(matches!(error, PdfError::NoGlyph { face: HAN, glyph: 0 }), "{error}");
    let error = error_of(|paged| first_line(paged).runs[0].glyphs[0].id = u16::MAX);
    assert!(matches!(error, PdfError::NoGlyph { face: HAN, glyph: u16::MAX }), "{error}");
}

#[test]
fn glyphs_that_are_not_the_text() {
    for bytes in [0, 1, 4, 255] {
        let error = error_of(|paged| first_line(paged).runs[0].glyphs[0].bytes = bytes);
        assert!(matches!(&error, PdfError::Text { page: 1, line } if line == "工作报告"), "{bytes}: {error}");
    }
    let error = error_of(|paged| first_line(paged).text.push('。'));
    assert!(matches!(error, PdfError::Text { page: 1, .. }), "{error}");
}

#[test]
fn lengths_that_are_none() {
    for bad in [f64::NAN, f64::INFINITY] {
        let error = error_of(|paged| first_line(paged).x = Length::pt(bad));
        assert!(matches!(error, PdfError::Length { page: 1 }), "{error}");
        let error = error_of(|paged| first_line(paged).runs[0].glyphs[1].x = bad as f32);
        assert!(matches!(error, PdfError::Length { page: 1 }), "{error}");
        let error = error_of(|paged| paged.pages[1].width = Length::pt(bad));
        assert!(matches!(error, PdfError::Length { page: 2 }), "{error}");
        let error = error_of(|paged| paged.outline[0].y = Length::pt(bad));
        assert!(matches!(error, PdfError::Length { page: 1 }), "{error}");
    }
    let error = error_of(|paged| first_line(paged).runs[0].size = Length::ZERO);
    assert!(matches!(error, PdfError::Length { page: 1 }), "{error}");
}

#[test]
fn bookmarks_that_lead_nowhere() {
    let error = error_of(|paged| paged.outline[0].page = 2);
    assert!(matches!(&error, PdfError::NoPage { page: 2, .. }), "{error}");
}
