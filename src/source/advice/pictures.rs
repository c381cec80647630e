//! Pictures whose file names print as text.

use crate::diagnostic::{Code, Diagnostic, Message, Span, say};
use crate::model::{BlockKind, PictureKind, Text};

/// Endings of pictures that the program does not take, but says so when they are named as pictures.
const NOT_TAKEN: [&str; 6] = ["gif", "bmp", "tif", "tiff", "webp", "heic"];

/// Paragraphs, items and cells that hold nothing but the file name of a picture.
pub(super) fn named(block: &BlockKind, out: &mut Vec<Diagnostic>) {
    match block {
        BlockKind::Paragraph(text) | BlockKind::ListItem { text, .. } => {
            out.extend(remark(text, |name| {
                say!(
                    "要印图片的，写 figure: {{image: {name}}}；要印文件名的，不用改",
                    "for the picture write figure: {{image: {name}}}; the name itself may stay"
                )
            }));
        }
        BlockKind::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            out.extend(cells.filter_map(|cell| {
                remark(&cell.text, |name| {
                    say!(
                        "要印图片的，这一格写 {{image: {name}}}；要印文件名的，不用改",
                        "for the picture write {{image: {name}}} as the cell; the name itself may stay"
                    )
                })
            }));
        }
        _ => {}
    }
}

fn remark(text: &Text, hint: impl Fn(&str) -> Message) -> Option<Diagnostic> {
    let name = text.plain();
    if !is_picture(&name) {
        return None;
    }
    let places = text.runs.iter().map(|run| run.map.span(0, run.text.len()));
    let place = places.reduce(Span::to)?;
    Some(Diagnostic::advice(
        Code::PICTURE_NAME,
        place,
        say!("“{name}”是图片的文件名，印出来是字，不是图", "\"{name}\" names a picture, and prints as text"),
        hint(&name),
    ))
}

/// True for a name that ends as pictures do, with nothing around it.
fn is_picture(name: &str) -> bool {
    let known = |ending: &str| {
        PictureKind::of_ending(ending).is_some() || NOT_TAKEN.iter().any(|known| known.eq_ignore_ascii_case(ending))
    };
    let prose = |c: char| c.is_whitespace() || "，。、；：！？（）“”".contains(c);
    name.rsplit_once('.').is_some_and(|(stem, ending)| !stem.is_empty() && known(ending)) && !name.contains(prose)
}
