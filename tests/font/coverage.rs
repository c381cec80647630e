use super::{fonts, spec};
use dinggao::diagnostic::Code;
use dinggao::font::{Face, FaceError, Fonts, Script};
use dinggao::model::FontRole;
use dinggao::world::{Pieces, SystemWorld, World};
use std::path::{Path, PathBuf};

/// Every character of GB/T 2312-1980, levels 1 and 2: rows 16 to 87 of the standard, one a line.
fn gb2312() -> Vec<char> {
    include_str!("gb2312.txt").chars().filter(|c| *c != '\n').collect()
}

#[test]
fn every_character_of_gb2312_is_in_the_han_face_of_every_role() {
    let fonts = fonts();
    let characters = gb2312();
    assert_eq!(characters.len(), 6763, "3755 of level 1 and 3008 of level 2");
    for role in FontRole::ALL {
        let own = fonts.glyph(role, Script::Han, '一').expect("一").face;
        for &c in &characters {
            let glyph = fonts.glyph(role, Script::Han, c).unwrap_or_else(|| panic!("{} lacks {c}", role.word()));
            assert_eq!(glyph.face, own, "{} of {}", c, role.word());
            assert!((glyph.advance - 1.0).abs() < 0.001, "{c} of {} is {} em wide", role.word(), glyph.advance);
            assert!(glyph.rise.abs() < f32::EPSILON, "{c} of {} is lowered", role.word());
        }
    }
}

#[test]
fn shared_marks_are_one_em_wide_between_han() {
    let fonts = fonts();
    for role in FontRole::ALL {
        let own = fonts.glyph(role, Script::Han, '一').expect("一").face;
        for mark in "“”‘’—…·，。、；：？！（）《》〈〉【】〔〕「」『』～".chars() {
            let glyph = fonts.glyph(role, Script::Han, mark).unwrap_or_else(|| panic!("{} lacks {mark}", role.word()));
            assert!((glyph.advance - 1.0).abs() < 0.001, "{mark} of {} is {} em wide", role.word(), glyph.advance);
            assert_eq!(glyph.face, own, "{mark} of {}", role.word());
        }
    }
}

#[test]
fn quotation_marks_stand_on_their_side_of_the_em() {
    let fonts = fonts();
    for role in FontRole::ALL {
        for (mark, right) in [('“', true), ('‘', true), ('”', false), ('’', false)] {
            let glyph = fonts.glyph(role, Script::Han, mark).expect("a quotation mark");
            let [left_edge, _, right_edge, _] =
                fonts.face(glyph.face).and_then(|f| f.bounds(glyph.glyph)).expect("drawn");
            let inside = if right { left_edge > 0.45 } else { right_edge < 0.55 };
            assert!(inside, "{mark} of {}: {left_edge} to {right_edge}", role.word());
        }
    }
}

#[test]
fn the_ellipsis_stands_at_half_height() {
    let fonts = fonts();
    for role in FontRole::ALL {
        let glyph = fonts.glyph(role, Script::Han, '…').expect("…");
        let [_, bottom, _, top] = fonts.face(glyph.face).and_then(|f| f.bounds(glyph.glyph)).expect("drawn");
        let middle = f32::midpoint(bottom, top);
        assert!((0.3..0.45).contains(&middle), "{}: {middle}", role.word());
    }
}

#[test]
fn doubled_marks_are_two_em_and_dashes_join() {
    let fonts = fonts();
    for role in FontRole::ALL {
        for mark in ['—', '…'] {
            let (glyphs, count) = fonts.pair(role, mark).expect("a pair");
            let glyphs = &glyphs[..count];
            let width: f32 = glyphs.iter().map(|g| g.advance).sum();
            assert!((width - 2.0).abs() < 0.002, "{mark}{mark} of {} is {width} em wide", role.word());
            if let (&[left, right], '—') = (glyphs, mark) {
                let bounds =
                    |g: dinggao::font::GlyphInfo| fonts.face(g.face).and_then(|f| f.bounds(g.glyph)).expect("drawn");
                let gap = left.advance + bounds(right)[0] - bounds(left)[2];
                assert!(gap <= 0.0, "—— of {} gapes by {gap} em", role.word());
            }
        }
    }
}

#[test]
fn what_the_body_face_lacks_comes_lowered_from_the_fallback() {
    let (fonts, spec) = (fonts(), spec());
    let serif = fonts.glyph(FontRole::Song, Script::Han, '一').expect("一").face;
    let drop = spec.fallback_drop as f32;
    assert!(drop > 0.0);
    for c in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ㎡※々Ａｚ０".chars()
    {
        let glyph = fonts.glyph(FontRole::Body, Script::Han, c).unwrap_or_else(|| panic!("no face has {c}"));
        assert_eq!(glyph.face, serif, "{c}");
        assert!((glyph.rise + drop).abs() < f32::EPSILON, "{c} rises by {}", glyph.rise);
    }
}

#[test]
fn digits_come_from_the_latin_face_where_the_role_has_one() {
    let fonts = fonts();
    for role in FontRole::ALL {
        let latin = fonts.glyph(role, Script::Latin, '5').expect("5").face;
        let han = fonts.glyph(role, Script::Han, '五').expect("五").face;
        let has_latin = spec().role(role).is_some_and(|r| !r.latin.is_empty());
        assert_eq!(latin != han, has_latin, "{}", role.word());
    }
}

#[test]
fn a_character_that_nobody_has_has_no_glyph() {
    let fonts = fonts();
    for role in FontRole::ALL {
        for script in [Script::Han, Script::Latin] {
            assert_eq!(fonts.glyph(role, script, '\u{E000}'), None);
        }
    }
}

#[test]
fn each_file_is_opened_once() {
    let fonts = fonts();
    let files: Vec<PathBuf> = fonts.faces().map(|(_, face)| face.path().to_owned()).collect();
    let mut distinct = files.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(files.len(), distinct.len());
    assert_eq!(files.len(), 6);
}

#[test]
fn a_family_name_means_its_regular_cut() {
    let fonts = fonts();
    let face = |role| fonts.face(fonts.glyph(role, Script::Han, '一').expect("一").face).expect("a face");
    assert_eq!(face(FontRole::Song).postscript_name(), "NotoSerifSC-Regular");
    assert_eq!(face(FontRole::Title).postscript_name(), "NotoSerifSC-Bold");
}

#[test]
fn faces_are_found_by_any_of_their_names_in_any_language() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    for name in ["霞鹜文楷 GB 轻便版", "LXGW WenKai GB Lite", "lxgwwenkaigblite-regular", "LXGWWenKaiGBLite-Regular"]
    {
        let mut spec = spec();
        spec.roles[0].faces = vec!["没有这种字体".to_owned(), name.to_owned()];
        let fonts = Fonts::load(&SystemWorld::new(), &spec, std::slice::from_ref(&dir)).expect(name);
        let id = fonts.glyph(spec.roles[0].role, Script::Han, '一').expect("一").face;
        assert_eq!(fonts.face(id).expect("a face").postscript_name(), "LXGWWenKaiGBLite-Regular", "{name}");
    }
}

#[test]
fn all_that_is_missing_is_told_at_once() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let mut spec = spec();
    spec.roles[0].faces = vec!["甲".to_owned()];
    spec.roles[1].latin = vec!["乙".to_owned()];
    let errors =
        Fonts::load(&SystemWorld::new(), &spec, &[PathBuf::from("/nowhere"), dir]).expect_err("two are missing");
    assert_eq!(errors.iter().map(|e| e.code).collect::<Vec<_>>(), [Code::FACE_NOT_FOUND; 2]);
    assert!(
        errors[0].message.zh.contains('甲') && errors[0].message.zh.contains("/nowhere"),
        "{}",
        errors[0].message.zh
    );
    assert!(errors[1].message.zh.contains('乙') && errors[1].message.en.contains("Latin"), "{}", errors[1].message.en);
}

#[test]
fn without_any_folder_all_places_are_named() {
    let dirs = [PathBuf::from("/nowhere/a"), PathBuf::from("/nowhere/b")];
    let errors = Fonts::load(&SystemWorld::new(), &spec(), &dirs).expect_err("no fonts");
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].code, Code::FONTS_NOT_FOUND);
    for dir in ["/nowhere/a", "/nowhere/b"] {
        assert!(errors[0].message.zh.contains(dir) && errors[0].message.en.contains(dir));
    }
}

#[test]
fn a_broken_file_is_told_when_it_is_asked_for() {
    let temp = tempfile::tempdir().expect("a folder");
    std::fs::write(temp.path().join("simhei.ttf"), b"not a font").expect("written");
    std::fs::write(temp.path().join("unrelated.ttf"), b"").expect("written");
    let dirs = [temp.path().to_owned(), Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")];
    let errors = Fonts::load(&SystemWorld::new(), &spec(), &dirs).expect_err("黑体 names SimHei");
    assert_eq!(errors.iter().map(|e| e.code).collect::<Vec<_>>(), [Code::FACE_UNUSABLE]);
    assert!(errors[0].message.en.contains("simhei.ttf"));
    std::fs::remove_file(temp.path().join("simhei.ttf")).expect("removed");
    Fonts::load(&SystemWorld::new(), &spec(), &dirs).expect("a broken file that nobody asks for does no harm");
}

#[test]
fn fonts_are_looked_for_up_to_the_projects_folder_and_beside_the_program() {
    let world = SystemWorld::new();
    let home = tempfile::tempdir().expect("a folder");
    let at = |name: &str| home.path().join(name);
    std::fs::create_dir_all(at("others/project/part/report")).expect("made");
    std::fs::create_dir(at("others/project/templates")).expect("made");
    let dirs = |report: &Path| {
        let dirs = dinggao::font::font_directories(&world, None, report).expect("no folder was named");
        let above: Vec<PathBuf> = dirs.iter().filter(|dir| dir.starts_with(home.path())).cloned().collect();
        assert!(dirs.iter().any(|d| d.ends_with("share/dinggao/fonts")), "{dirs:?}");
        assert!(dirs.contains(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")), "the checkout's: {dirs:?}");
        above
    };
    let project = ["others/project/part/report/fonts", "others/project/part/fonts", "others/project/fonts"].map(at);
    assert_eq!(dirs(&at("others/project/part/report")), project);
    // Outside any project others may have put fonts anywhere above.
    assert_eq!(dirs(&at("others/report")), [at("others/report/fonts")]);
    std::fs::write(at("others/.git"), "gitdir: elsewhere").expect("written");
    assert_eq!(dirs(&at("others/report")), [at("others/report/fonts"), at("others/fonts")]);
    let error = dinggao::font::font_directories(&world, Some(Path::new("/nowhere")), Path::new("."));
    assert_eq!(error.expect_err("a folder that was asked for")[0].code, Code::FONTS_NOT_FOUND);
    assert_eq!(world.touched(), Vec::<PathBuf>::new());
}

#[test]
fn faces_that_cannot_be_used_say_why() {
    let open = |bytes: &[u8], index| {
        Face::open(Path::new("x.ttf"), &Pieces::owned(bytes.to_vec()), index).expect_err("no usable face")
    };
    assert!(matches!(open(b"no font", 0), FaceError::Malformed(_)));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/LiberationSerif-Regular.ttf");
    let mut bytes = std::fs::read(path).expect("a font");
    assert!(matches!(open(&bytes, 1), FaceError::Malformed(_)));
    let mut rename = |from: &[u8; 4], to: &[u8; 4]| {
        let at = bytes.windows(4).position(|w| w == from).expect("a table");
        bytes[at..at + 4].copy_from_slice(to);
        open(&bytes, 0)
    };
    assert_eq!(rename(b"glyf", b"glyx"), FaceError::NoOutlines);
    assert_eq!(rename(b"cmap", b"cmax"), FaceError::Table("cmap"));
}
