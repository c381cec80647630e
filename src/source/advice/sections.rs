//! Headings and attachments with nothing below them.

use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::model::{Block, BlockKind, Document};

/// The headings of one level in one section: the place of each, and whether it is empty.
type Siblings = Vec<(Span, bool)>;

/// Tells of headings with nothing below them where others of their section have something: an outline of headings alone is
/// meant. An attachment of a title alone is a page of a title alone. `bare`: headings below which something is written and nothing prints,
/// which no outline means.
pub(super) fn empty(document: &Document, bare: &[Span], out: &mut Vec<Diagnostic>) {
    // A heading of level n is among `open[n - 1]`.
    let mut open: Vec<Siblings> = Vec::new();
    let blocks = document.blocks.as_slice();
    for (at, block) in blocks.iter().enumerate() {
        let next = blocks[at + 1..].iter().find(|next| next.kind != BlockKind::PageBreak);
        match &block.kind {
            BlockKind::Heading { level, run_in, .. } => {
                let depth = usize::from(*level);
                open.drain(depth.min(open.len())..).for_each(|siblings| tell(&siblings, bare, out));
                open.resize_with(depth, Siblings::new);
                let has_text = run_in.is_some() || next.is_some_and(|next| belongs(next, *level));
                open[depth - 1].push((block.span, !has_text));
            }
            BlockKind::AttachmentMark { .. } => open.drain(..).for_each(|siblings| tell(&siblings, bare, out)),
            BlockKind::AttachmentTitle(_) if next.is_some_and(|next| belongs(next, 0)) => {
                open.drain(..).for_each(|siblings| tell(&siblings, bare, out));
            }
            BlockKind::AttachmentTitle(_) if !next.is_some_and(|next| belongs(next, 0)) => {
                out.push(Diagnostic::advice(
                    Code::EMPTY_SECTION,
                    block.span,
                    say!(
                        "附件只有题目，没有内容，印出来是只有题目的一页",
                        "an attachment of a title alone prints as a page of a title alone"
                    ),
                    say!(
                        "在它的 body: 里写上内容；另外装订的附件不用理会",
                        "write its content below body:, or let it be where it is bound separately"
                    ),
                ));
            }
            _ => {}
        }
    }
    for siblings in &open {
        tell(siblings, bare, out);
    }
}

/// True for a block that is the content of a heading of a level before it, or of an attachment's title.
fn belongs(next: &Block, level: u8) -> bool {
    match next.kind {
        BlockKind::Heading { level: below, .. } => below > level,
        BlockKind::AttachmentNote(_)
        | BlockKind::AttachmentMark { .. }
        | BlockKind::Attendance { .. }
        | BlockKind::GlossaryTitle(_)
        | BlockKind::Imprint(_)
        | BlockKind::Signature { .. } => false,
        _ => true,
    }
}

fn tell(siblings: &[(Span, bool)], bare: &[Span], out: &mut Vec<Diagnostic>) {
    let outline = siblings.iter().all(|&(_, empty)| empty);
    for &(place, _) in siblings.iter().filter(|(_, empty)| *empty) {
        let (message, hint) = if bare.contains(&place) {
            (
                say!("这个标题下面什么也没有印出来", "nothing prints below this heading"),
                say!(
                    "检查下面 if 的条件、each 的列表和 {{{{ }}}} 里的数据；不该印这个标题的，把标题也写在 if 里",
                    "check the conditions of if, the lists of each and the data in {{{{ }}}} below it; write the heading within the if, too, where it should not print"
                ),
            )
        } else if outline {
            continue;
        } else {
            (
                say!("这个标题下面没有内容", "there is nothing below this heading"),
                say!("补上内容，或者删去标题", "write what belongs there, or remove the heading"),
            )
        };
        out.push(Diagnostic::advice(Code::EMPTY_SECTION, place, message, hint));
    }
}
