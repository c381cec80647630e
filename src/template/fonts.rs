//! The faces of each role of type.

use super::section::{Read, object, one_each, section};
use crate::diagnostic::Vocabulary as _;
use crate::model::{FontRole, FontSpec, RoleFonts};
use crate::yaml::shape::{Field, Object, Shape};
use crate::yaml::tree::Node;

section! {
    struct Role = FACES ("字体", "a font role") {
        faces: Vec<String> = need "faces", Shape::List(&Shape::Text, 1, 50), "汉字字体，先找到的先用";
        latin: Vec<String> = may "latin" or Vec::new(), Shape::List(&Shape::Text, 0, 50), "数字、西文字体";
        fallback: Vec<String> = may "fallback" or Vec::new(), Shape::List(&Shape::Text, 0, 50), "缺字时借用的字体";
        office: String = need "office", Shape::Text, "Word 文件里的中文字体名";
        office_latin: String = need "office-latin", Shape::Text, "Word 文件里的西文字体名";
    }
}

section! {
    struct FontFigures = FONT_FIGURES ("font-figures", "font-figures") {
        fallback_drop: f64 = need "fallback-drop", Shape::Number(-1.0, 1.0), "借用字体下移（em）";
        bold_stroke: f64 = need "bold-stroke", Shape::Number(0.0, 0.5), "描边加粗的线宽（em）";
    }
}

static ROLES: [Field; FontRole::ALL.len()] = one_each(FontRole::WORDS, FontRole::ABOUT, Shape::Object(&FACES));
pub(super) static FONTS: Object = object(("fonts", "fonts"), &ROLES);

/// The roles of type from `fonts`, and the figures of `font-figures`.
pub(super) fn font_spec(fonts: &Node, figures: &Node) -> Option<FontSpec> {
    let role = |role: FontRole| {
        let Role { faces, latin, fallback, office, office_latin } = Role::read(fonts.get(role.word())?)?;
        Some(RoleFonts { role, faces, latin, fallback, office, office_latin })
    };
    let FontFigures { fallback_drop, bold_stroke } = FontFigures::read(figures)?;
    Some(FontSpec { roles: FontRole::ALL.into_iter().map(role).collect::<Option<_>>()?, fallback_drop, bold_stroke })
}
