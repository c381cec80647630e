//! The faces that a Word file carries.

use super::request::Carried;
use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::docx::EmbeddedFace;
use crate::font::{Embedding, Face, FaceId, Fonts, Script};
use crate::layout::{Page, PagedDocument};
use crate::model::{Document, FontRole};
use std::collections::BTreeSet;

/// Latin letters and digits, marks of Chinese text and the numerals of headings are in every face, so that little edits keep it.
const MARKS: &str = "\u{3000}，。、；：？！“”‘’（）《》〈〉【】〔〕［］—…·～％〇零一二三四五六七八九十百千万亿年月日";

/// A face, its name and cut, and the roles whose Han characters or Latin letters it draws.
struct Use<'f> {
    face: &'f Face,
    family: &'f str,
    bold: bool,
    roles: Vec<(FontRole, Script)>,
}

/// The faces of all roles that may be embedded, with these characters, and a remark on each that may not or cannot be.
pub(super) fn embedded(fonts: &Fonts, characters: &BTreeSet<char>) -> (Vec<EmbeddedFace<'static>>, Vec<Diagnostic>) {
    let mut remarks: Vec<Diagnostic> = Vec::new();
    // A role without a Latin face has its Latin letters in its Han one.
    let mut carried: Vec<Use<'_>> = Vec::new();
    for role in FontRole::ALL {
        for script in [Script::Han, Script::Latin] {
            let face = fonts.of_role(role, script).or_else(|| fonts.of_role(role, Script::Han));
            let Some(face) = face else { continue };
            match (usable(face), carried.iter_mut().find(|other| std::ptr::eq(other.face, face))) {
                (Ok(_), Some(other)) => other.roles.push((role, script)),
                (Ok((family, bold)), None) => carried.push(Use { face, family, bold, roles: vec![(role, script)] }),
                (Err(remark), _) if !remarks.contains(&*remark) => remarks.push(*remark),
                (Err(_), _) => {}
            }
        }
    }
    let mut faces = Vec::new();
    for Use { face, family, bold, roles } in carried {
        let whole = !face.embedding().1;
        match if whole { face.whole() } else { fonts.office_face(&roles, characters) } {
            Ok(data) => faces.extend(roles.into_iter().map(|(role, script)| EmbeddedFace {
                role,
                latin: script == Script::Latin,
                family: family.to_owned(),
                bold,
                subset: !whole,
                data: data.clone().into(),
            })),
            Err(error) => remarks.push(unreadable(face, &error)),
        }
    }
    (faces, remarks)
}

/// The characters that a Word file's faces have.
pub(super) fn characters(document: &Document, paged: &PagedDocument, carried: Carried) -> BTreeSet<char> {
    let printed = paged.pages.iter().flat_map(Page::lines).map(|line| line.text.as_str());
    let mut all: BTreeSet<char> = printed.flat_map(str::chars).collect();
    let notes = document.notes.iter().map(|note| &note.text);
    for text in document.blocks.iter().flat_map(|block| block.kind.texts()).chain(notes) {
        all.extend(text.runs.iter().flat_map(|run| run.text.chars()));
    }
    all.extend((' '..='~').chain(MARKS.chars()));
    if carried == Carried::Common {
        all.extend(common());
    }
    all.retain(|c| !c.is_control());
    all
}

/// The common Han characters: rows 16 to 55 of GB 2312, level 1.
fn common() -> Vec<char> {
    let cells: Vec<u8> = (0xB0..=0xD7u8).flat_map(|row| (0xA1..=0xFEu8).flat_map(move |cell| [row, cell])).collect();
    // The last row ends at its 89th cell.
    let (text, _) = encoding_rs::GBK.decode_without_bom_handling(&cells[..cells.len() - 10]);
    text.chars().collect()
}

/// Every face on the pages whose makers forbid embedding (OS/2 `fsType`): neither file may carry it. Where they forbid to embed a
/// part, it is told: the PDF has the glyphs that it needs.
pub(super) fn restricted(fonts: &Fonts, paged: &PagedDocument) -> Vec<Diagnostic> {
    let lines = paged.pages.iter().flat_map(Page::lines);
    let used: BTreeSet<FaceId> = lines.flat_map(|line| &line.runs).map(|run| run.face).collect();
    let faces = fonts.faces().filter(|(id, _)| used.contains(id)).map(|(_, face)| face);
    faces
        .filter_map(|face| {
            let (family, file) = (face.family(), face.path().display());
            match face.embedding() {
                (Embedding::Restricted, _) => {}
                (_, false) => return Some(whole_only(face)),
                _ => return None,
            }
            Some(Diagnostic::error(
                Code::FACE_RESTRICTED,
                None,
                say!(
                    "字体“{family}”（{file}）的授权不允许嵌入任何文件",
                    "the licence of {family} ({file}) forbids embedding it in any file"
                ),
                say!(
                    "换一种字体，或向字体厂商取得可嵌入的版本；在模板的 fonts 中改写字体名",
                    "use another face, or ask its makers for one that may be embedded; change the name under fonts in the template"
                ),
            ))
        })
        .collect()
}

fn whole_only(face: &Face) -> Diagnostic {
    let (family, file) = (face.family(), face.path().display());
    Diagnostic::advice(
        Code::FACE_WHOLE_ONLY,
        None,
        say!(
            "字体“{family}”（{file}）的授权不允许只嵌入一部分字，PDF 里只有用到的字",
            "the licence of {family} ({file}) forbids embedding a part of it; the PDF has the glyphs that it uses"
        ),
        say!(
            "问字体厂商能否这样使用，或换一种字体：在模板的 fonts 中改写字体名",
            "ask its makers whether they allow this, or use another face: change the name under fonts in the template"
        ),
    )
}

/// The name of a face and whether it is a bold cut; or why it is not embedded: its makers forbid it (OS/2 `fsType`), or
/// Word cannot use it so.
fn usable(face: &Face) -> Result<(&str, bool), Box<Diagnostic>> {
    let (zh, en) = match face.embedding() {
        (Embedding::PreviewAndPrint | Embedding::Restricted, _) => {
            ("的授权不允许嵌入可编辑的文件", "may not be embedded in documents that can be edited")
        }
        _ if face.is_variable() => {
            ("是可变字体，Word 不能使用嵌入的这种字体", "is a variable face, which Word does not use when embedded")
        }
        _ if face.is_cff() => {
            ("是 CFF 轮廓，Word 不能使用嵌入的这种字体", "has CFF outlines, which Word does not use when embedded")
        }
        _ if face.is_in_collection() => {
            ("在字体集（.ttc）里，不能单独嵌入", "is part of a collection and cannot be embedded alone")
        }
        _ => match face.legacy_name() {
            Some(name) => return Ok(name),
            None => ("没有 Word 能用的字体名", "has no name that Word can use"),
        },
    };
    let name = face.family();
    Err(Box::new(Diagnostic::advice(
        Code::DOCX_FACE,
        None,
        say!("字体“{name}”{zh}", "the face {name} {en}"),
        say!(
            "Word 文件里只写字体名；换用可嵌入的字体，或不用 --embed-fonts",
            "the Word file has its office name only; use another face, or leave out --embed-fonts"
        ),
    )))
}

fn unreadable(face: &Face, error: &std::io::Error) -> Diagnostic {
    let (name, Message { zh, en }) = (face.family(), Message::of_io(error));
    Diagnostic::error(
        Code::FACE_UNUSABLE,
        None,
        say!("字体“{name}”无法读取：{zh}", "the face {name} cannot be read: {en}"),
        say!("等字体文件安装完毕，再生成一次", "build again when the font file is no longer being changed"),
    )
}

#[cfg(test)]
mod tests {
    use super::common;

    #[test]
    fn common_characters_are_those_of_level_one() {
        let common = common();
        assert_eq!(common.len(), 3755);
        assert_eq!((common.first(), common.last()), (Some(&'啊'), Some(&'座')));
        assert!(!common.contains(&'\u{fffd}'));
    }
}
