use super::fonts;
use dinggao::font::{FaceId, GlyphSet, Script, Subset};
use dinggao::model::FontRole;
use ttf_parser::GlyphId;

#[test]
fn a_subset_keeps_outlines_and_widths() {
    let fonts = fonts();
    let text = "各位委员、同志们：我受政协“委托”，向大会报告工作——请予审议……繁體鬱㎡";
    for role in FontRole::ALL {
        let info = |c| fonts.glyph(role, Script::Han, c).expect("a glyph");
        let own = info('各').face;
        let glyphs: GlyphSet = text.chars().map(info).filter(|g| g.face == own).map(|g| g.glyph).collect();
        let face = fonts.face(own).expect("a face");
        let subset = Subset::new(face, &glyphs).expect("a subset");
        let whole = face.whole().expect("the file");
        let before = ttf_parser::Face::parse(&whole, face.index()).expect("a face");
        let after = ttf_parser::Face::parse(&subset.bytes, 0).expect("a face");
        assert!(subset.bytes.len() < whole.len() / 20, "{} bytes", subset.bytes.len());
        for old in glyphs.iter() {
            let new = subset.glyph(old).expect("kept");
            let (old, new) = (GlyphId(old), GlyphId(new));
            assert_eq!(before.glyph_bounding_box(old), after.glyph_bounding_box(new), "{} {old:?}", role.word());
            assert_eq!(before.glyph_hor_advance(old), after.glyph_hor_advance(new), "{} {old:?}", role.word());
        }
        assert_eq!(subset.glyphs().len(), glyphs.len() + 1);
        assert_eq!(subset.glyph(0), Some(0));
    }
}

#[test]
fn subsets_do_not_depend_on_the_order_of_use() {
    let fonts = fonts();
    let face = fonts.face(FaceId(0)).expect("a face");
    let glyphs: Vec<u16> = (100..900).step_by(7).collect();
    let forward = Subset::new(face, &glyphs.iter().copied().collect()).expect("a subset");
    let backward = Subset::new(face, &glyphs.iter().rev().copied().collect()).expect("a subset");
    assert_eq!(forward, backward);
}

#[test]
fn a_glyph_that_was_not_asked_for_is_not_there() {
    let fonts = fonts();
    let subset = Subset::new(fonts.face(FaceId(0)).expect("a face"), &[5].into_iter().collect()).expect("a subset");
    assert_eq!(subset.glyph(6), None);
}

#[test]
fn glyph_sets_hold_what_was_put_in() {
    let glyphs = [0, 1, 63, 64, 65, 1000, 65535];
    let set: GlyphSet = glyphs.into_iter().rev().collect();
    assert_eq!(set.iter().collect::<Vec<_>>(), glyphs);
    assert_eq!(set.len(), glyphs.len());
    assert!(!set.is_empty() && GlyphSet::default().is_empty());
}
