use super::spec;
use dinggao::font::{Embedding, Face, Fonts, GlyphSet, Script, Subset};
use dinggao::world::{Pieces, SystemWorld, World as _};
use std::path::{Path, PathBuf};
use ttf_parser::GlyphId;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Font files as one collection: their table directories after a header, their tables where the directories say.
fn collection(files: &[Vec<u8>]) -> Vec<u8> {
    let header = 12 + 4 * files.len();
    let mut all = vec![0; header];
    all[..12].copy_from_slice(&[b't', b't', b'c', b'f', 0, 1, 0, 0, 0, 0, 0, files.len() as u8]);
    for (i, file) in files.iter().enumerate() {
        let base = all.len() as u32;
        all[12 + 4 * i..16 + 4 * i].copy_from_slice(&base.to_be_bytes());
        let mut file = file.clone();
        for table in 0..usize::from(u16::from_be_bytes([file[4], file[5]])) {
            let at = 12 + 16 * table + 8;
            let offset = u32::from_be_bytes(file[at..at + 4].try_into().expect("four bytes")) + base;
            file[at..at + 4].copy_from_slice(&offset.to_be_bytes());
        }
        all.extend(file);
        all.resize(all.len().next_multiple_of(4), 0);
    }
    all
}

#[test]
fn faces_of_a_collection_are_found_and_cut_down() {
    let read = |name: &str| std::fs::read(root().join(name)).expect("a font");
    let temp = tempfile::tempdir().expect("a folder");
    let files = [read("fonts/LiberationSerif-Regular.ttf"), read("fonts/NotoSansSC_500Medium.ttf")];
    std::fs::write(temp.path().join("simsun.ttc"), collection(&files)).expect("written");
    let mut spec = spec();
    // 小标宋 by the file's name is its first face, 仿宋 by its own name the second.
    spec.roles[0].faces = vec!["SimSun".to_owned()];
    spec.roles[1].faces = vec!["Noto Sans SC Medium".to_owned()];
    let dirs = [temp.path().to_owned(), root().join("fonts")];
    let fonts = Fonts::load(&SystemWorld::new(), &spec, &dirs).expect("all roles have faces");
    let first = fonts.glyph(spec.roles[0].role, Script::Han, 'A').expect("A");
    let second = fonts.glyph(spec.roles[1].role, Script::Han, '国').expect("国");
    let (latin, han) = (fonts.face(first.face).expect("a face"), fonts.face(second.face).expect("a face"));
    assert_eq!((latin.postscript_name(), latin.index()), ("LiberationSerif", 0));
    assert_eq!((han.postscript_name(), han.index()), ("NotoSansSC-Medium", 1));
    for (face, glyph) in [(latin, first.glyph), (han, second.glyph)] {
        assert_eq!(face.path(), temp.path().join("simsun.ttc"));
        let subset = Subset::new(face, &[glyph].into_iter().collect()).expect("a subset");
        let cut = ttf_parser::Face::parse(&subset.bytes, 0).expect("a face");
        let bytes = face.whole().expect("the file");
        let whole = ttf_parser::Face::parse(&bytes, face.index()).expect("a face");
        let new = GlyphId(subset.glyph(glyph).expect("kept"));
        assert_eq!(cut.glyph_bounding_box(new), whole.glyph_bounding_box(GlyphId(glyph)));
        assert!(cut.glyph_bounding_box(new).is_some());
    }
}

#[test]
fn faces_of_postscript_outlines_are_cut_down_too() {
    let path = root().join("tests/pdf/tiny-cff.otf");
    let face = Face::open(&path, &SystemWorld::new().open(&path).expect("mapped"), 0).expect("a face");
    assert!(face.is_cff());
    let glyph = face.glyph('B').expect("B");
    let subset = Subset::new(&face, &[glyph].into_iter().collect()).expect("a subset");
    let cut = ttf_parser::Face::parse(&subset.bytes, 0).expect("a face");
    assert!(cut.tables().cff.is_some());
    let bounds = cut.glyph_bounding_box(GlyphId(subset.glyph(glyph).expect("kept"))).expect("an outline");
    let em = f32::from(face.units_per_em());
    let bounds = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(|v| f32::from(v) / em);
    assert_eq!(face.bounds(glyph), Some(bounds));
}

#[test]
fn a_character_map_names_every_glyph_of_a_subset() {
    for name in ["fonts/LXGWWenKaiGBLite-Regular.ttf", "tests/pdf/tiny-cff.otf"] {
        let path = root().join(name);
        let face = Face::open(&path, &SystemWorld::new().open(&path).expect("mapped"), 0).expect("a face");
        let glyphs: GlyphSet = "AB".chars().filter_map(|c| face.glyph(c)).collect();
        assert_eq!(glyphs.len(), 2);
        let subset = Subset::new(&face, &glyphs).expect("a subset");
        let file = subset.with_character_map();
        let (plain, mapped) = (ttf_parser::Face::parse(&subset.bytes, 0), ttf_parser::Face::parse(&file, 0));
        let (plain, mapped) = (plain.expect("a face"), mapped.expect("a face"));
        for (new, character) in [(1, '\u{10001}'), (2, '\u{10002}')] {
            assert_eq!(mapped.glyph_index(character), Some(GlyphId(new)), "{name}");
            assert_eq!(mapped.glyph_bounding_box(GlyphId(new)), plain.glyph_bounding_box(GlyphId(new)), "{name}");
        }
        assert_eq!(mapped.glyph_index('\u{10003}'), None);
        assert_eq!(mapped.glyph_index('A'), None);
        let none = Subset::new(&face, &GlyphSet::default()).expect("a subset").with_character_map();
        assert!(ttf_parser::Face::parse(&none, 0).is_ok_and(|face| face.glyph_index('\u{10001}').is_none()));
    }
}

#[test]
fn a_face_that_changes_is_an_error_and_never_ends_the_program() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("face.ttf");
    std::fs::copy(root().join("fonts/LiberationSerif-Regular.ttf"), &path).expect("copied");
    let face = Face::open(&path, &SystemWorld::new().open(&path).expect("opened"), 0).expect("a face");
    let used: GlyphSet = "ABÄ".chars().filter_map(|c| face.glyph(c)).collect();
    assert!(Subset::new(&face, &used).is_ok() && face.whole().is_ok());
    // Cut short in place, as a program does that copies a new version over it.
    std::fs::File::create(&path).expect("truncated");
    assert!(Subset::new(&face, &used).is_err() && face.whole().is_err());
    assert_eq!(face.bounds(face.glyph('A').expect("A")), None);
}

#[test]
fn the_open_faces_may_be_embedded() {
    let fonts = super::fonts();
    for (_, face) in fonts.faces() {
        let (allowed, subsets) = face.embedding();
        assert!(allowed != Embedding::Restricted && subsets, "{}", face.postscript_name());
        let metrics = face.metrics();
        assert!((0.5..0.8).contains(&metrics.cap_height), "{}: {}", face.postscript_name(), metrics.cap_height);
        assert!(metrics.ascent > 0.5 && metrics.descent < 0.0 && metrics.descent > -0.5, "{metrics:?}");
        assert!(metrics.bbox[0] < metrics.bbox[2] && metrics.bbox[1] < metrics.bbox[3]);
        assert!(!metrics.italic && !face.postscript_name().is_empty() && !face.family().is_empty());
    }
    let file = |name: &str| PathBuf::from(root()).join("fonts").join(name);
    let bold = fonts.faces().find(|(_, f)| f.path() == file("NotoSerifSC_700Bold.ttf")).expect("a face").1;
    assert_eq!(bold.metrics().weight, 700);
}

#[test]
fn names_past_their_table_are_refused() {
    let mut bytes = std::fs::read(root().join("fonts/LiberationSerif-Regular.ttf")).expect("a font");
    let entry = bytes.windows(4).position(|tag| tag == b"name").expect("a table of names");
    let at = u32::from_be_bytes(bytes[entry + 8..entry + 12].try_into().expect("four bytes")) as usize;
    let whole = Face::open(Path::new("x.ttf"), &Pieces::owned(bytes.clone()), 0).expect("a face");
    let used: GlyphSet = [1, 2].into_iter().collect();
    assert!(Subset::new(&whole, &used).is_ok());
    // Every name longer than the table.
    let count = usize::from(u16::from_be_bytes([bytes[at + 2], bytes[at + 3]]));
    for record in 0..count {
        bytes[at + 14 + record * 12] = 0xff;
    }
    let damaged = Face::open(Path::new("x.ttf"), &Pieces::owned(bytes), 0).expect("a face");
    assert!(Subset::new(&damaged, &used).is_err());
}

mod damage {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn damaged_files_never_panic(
            hits in prop::collection::vec((0.0..1.0f64, any::<u8>()), 1..12),
            header in any::<bool>(),
            cut in 0.0..4.0f64,
            cff in any::<bool>(),
        ) {
            let name = if cff { "tests/pdf/tiny-cff.otf" } else { "fonts/LiberationSerif-Regular.ttf" };
            let mut bytes = std::fs::read(root().join(name)).expect("a font");
            // Half of the damage goes to the table directory and what is next to it.
            let reach = if header { bytes.len().min(2_000) } else { bytes.len() } as f64;
            for (place, byte) in hits {
                bytes[(place * reach) as usize] = byte;
            }
            bytes.truncate((cut * bytes.len() as f64) as usize);
            let Ok(face) = Face::open(Path::new("x.ttf"), &Pieces::owned(bytes), 0) else { return Ok(()) };
            let used: GlyphSet = ['A', 'B', '—', '…', '“'].into_iter().filter_map(|c| face.glyph(c)).collect();
            for glyph in used.iter() {
                let _ = face.bounds(glyph);
                let _ = face.advance(glyph);
            }
            if let Ok(subset) = Subset::new(&face, &used) {
                let _ = subset.with_character_map();
            }
            let fonts = Fonts::of_faces(vec![face]);
            prop_assert_eq!(fonts.faces().count(), 1);
        }
    }
}
