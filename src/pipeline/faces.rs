//! The faces that a Word file carries.

use crate::diagnostic::{Code, Diagnostic, say};
use crate::docx::EmbeddedFace;
use crate::font::{Embedding, Face, FaceId, Fonts, Script};
use crate::layout::{Page, PagedDocument};
use crate::model::FontRole;
use std::collections::BTreeSet;

/// The faces of all roles that may be embedded, and a remark on each that may not or cannot be.
pub(super) fn embedded(fonts: &Fonts) -> (Vec<EmbeddedFace<'static>>, Vec<Diagnostic>) {
    let mut faces = Vec::new();
    let mut remarks: Vec<Diagnostic> = Vec::new();
    for role in FontRole::ALL {
        for script in [Script::Han, Script::Latin] {
            let Some(face) = fonts.of_role(role, script) else { continue };
            let (family, bold) = match usable(face) {
                Ok((family, bold)) => (family.to_owned(), bold),
                Err(remark) => {
                    if !remarks.contains(&*remark) {
                        remarks.push(*remark);
                    }
                    continue;
                }
            };
            match face.whole() {
                Ok(data) => {
                    let data = data.into();
                    faces.push(EmbeddedFace { role, latin: script == Script::Latin, family, bold, data });
                }
                Err(error) => remarks.push(unreadable(face, &error)),
            }
        }
    }
    (faces, remarks)
}

/// Every face on the pages whose makers forbid embedding (OS/2 `fsType`): neither file may carry it.
pub(super) fn restricted(fonts: &Fonts, paged: &PagedDocument) -> Vec<Diagnostic> {
    let lines = paged.pages.iter().flat_map(Page::lines);
    let used: BTreeSet<FaceId> = lines.flat_map(|line| &line.runs).map(|run| run.face).collect();
    let faces = fonts.faces().filter(|(id, _)| used.contains(id)).map(|(_, face)| face);
    let forbidden = faces.filter(|face| face.embedding().0 == Embedding::Restricted);
    forbidden
        .map(|face| {
            let (family, file) = (face.family(), face.path().display());
            Diagnostic::error(
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
            )
        })
        .collect()
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
    let name = face.family();
    Diagnostic::error(
        Code::FACE_UNUSABLE,
        None,
        say!("字体“{name}”无法读取：{error}", "the face {name} cannot be read: {error}"),
        say!("等字体文件安装完毕，再生成一次", "build again when the font file is no longer being changed"),
    )
}
