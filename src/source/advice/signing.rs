//! Who issues a document, who signs it and when: whether its parts agree (GB/T 9704-2012 7.2.5 to 7.3.5).

use super::prose::characters;
use crate::diagnostic::{Code, Diagnostic, Message, Span, say};
use crate::model::{BlockKind, Document, RedHead, Text};
use crate::source::data::read_day;
use crate::template::Template;
use crate::yaml::tree::Node;

/// Offices of an authority, which sign for themselves.
const OFFICES: [&str; 2] = ["办公室", "办公厅"];

/// Tells of what a red-head document lacks, or says in two ways.
pub(super) fn agree(document: &Document, out: &mut Vec<Diagnostic>) {
    let Some(head) = document.red_head() else { return };
    let head = head.content;
    let title: String = document.blocks.iter().map(|block| &block.kind).find_map(titled).unwrap_or_default();
    let heads: Vec<String> = head.authority.iter().map(name).collect();
    // Minutes are not signed (10.3).
    let minutes = title.ends_with("纪要") || head.authority.iter().any(|text| text.plain().ends_with("纪要"));
    twice(&head.authority, out);
    if title.ends_with("请示") && head.signer.is_none() {
        tell(
            &head.number,
            say!("请示没有签发人", "a request to a higher authority without who has signed it"),
            say!("补上 signer:（GB/T 9704 7.2.6：上行文标注签发人）", "add signer: (GB/T 9704 7.2.6)"),
            out,
        );
    }
    issuer(document, &heads, out);
    let signatures = document.blocks.iter().position(|block| matches!(block.kind, BlockKind::Signature { .. }));
    let Some(at) = signatures else {
        if !minutes {
            tell(
                &head.number,
                say!("没有发文机关署名和成文日期", "neither a signature nor a date"),
                say!(
                    "在正文最后写 signature: {{authority: ……, date: ……}}（GB/T 9704 7.3.5）",
                    "end the body with signature: {{authority: …, date: …}} (GB/T 9704 7.3.5)"
                ),
                out,
            );
        }
        return;
    };
    behind(document, at, out);
    let BlockKind::Signature { authorities, date, .. } = &document.blocks[at].kind else { return };
    twice(authorities, out);
    // An order is signed by a person, whose office stands there (10.2).
    if !heads.iter().any(|head| head.ends_with('令')) {
        signers(&heads, authorities, out);
    }
    year(head, date, out);
}

/// A letter or an order without its head: neither the authority nor the lines below it are printed.
pub(in crate::source) fn without_head(document: &Document, template: &Template, root: &Node) -> Option<Diagnostic> {
    let headed = template.head.letter.is_some() || !template.head.title;
    let place = root.get("template").map_or_else(|| root.head(), |name| name.span);
    (headed && document.red_head().is_none()).then(|| {
        Diagnostic::advice(
            Code::OFFICIAL_FORM,
            place,
            say!(
                "没有发文机关标志：没有写 authority，这个模板的红头和红线都不印",
                "no head: without authority, neither the head of this template nor its lines are printed"
            ),
            say!(
                "补上 authority: 和 number:；不要红头的，用 official-document（GB/T 9704 10.1、10.2）",
                "add authority: and number:, or take official-document where no head is wanted (GB/T 9704 10.1, 10.2)"
            ),
        )
    })
}

/// A title in one line.
fn titled(kind: &BlockKind) -> Option<String> {
    match kind {
        BlockKind::Title(lines) => Some(lines.iter().map(Text::plain).collect()),
        _ => None,
    }
}

/// The name of an authority, without the word that its head has behind it.
fn name(text: &Text) -> String {
    text.plain().trim_end_matches("文件").chars().filter(|c| !c.is_whitespace()).collect()
}

/// True for two names of one authority: 中共青溪市委 is the 中共青溪市委员会, but not its office. A name that is another but for a
/// character is told as a slip.
fn same(a: &str, b: &str) -> bool {
    let office = |name: &str| OFFICES.iter().any(|office| name.ends_with(office));
    let within = |short: &str, long: &str| {
        let mut rest = long.chars();
        short.chars().all(|c| rest.any(|other| other == c))
    };
    let slip = a.chars().count() == b.chars().count() && a.chars().zip(b.chars()).filter(|(a, b)| a != b).count() == 1;
    slip || (office(a) == office(b) && (within(a, b) || within(b, a)))
}

/// An authority that is named twice.
fn twice(authorities: &[Text], out: &mut Vec<Diagnostic>) {
    for (at, text) in authorities.iter().enumerate() {
        let own = name(text);
        if !own.is_empty() && authorities[..at].iter().any(|other| name(other) == own) {
            tell(
                text,
                say!("“{own}”写了两次", "{own} is named twice"),
                say!("删去一个，或者改成另一个机关", "remove one, or name another authority"),
                out,
            );
        }
    }
}

/// A title that begins with another authority than the head has.
fn issuer(document: &Document, heads: &[String], out: &mut Vec<Diagnostic>) {
    for block in &document.blocks {
        let BlockKind::Title(lines) = &block.kind else { continue };
        let title: String = lines.iter().map(Text::plain).collect();
        let Some((before, _)) = title.split_once("关于") else { continue };
        let known = before.is_empty()
            || heads.is_empty()
            || heads
                .iter()
                .any(|head| before.starts_with(head.as_str()) || head.starts_with(before) || same(head, before));
        if let (false, Some(first)) = (known, lines.first()) {
            let head = heads.join("、");
            tell(
                first,
                say!(
                    "标题里的发文机关“{before}”不是红头的“{head}”",
                    "the title begins with {before}, the head with {head}"
                ),
                say!("两处改成一样（GB/T 9704 7.3.1）", "make the two the same (GB/T 9704 7.3.1)"),
                out,
            );
        }
    }
}

/// Signers that are not those of the head. A head may have the leading authority alone (7.2.4); it signs first.
fn signers(heads: &[String], authorities: &[Text], out: &mut Vec<Diagnostic>) {
    let signed: Vec<String> = authorities.iter().map(name).collect();
    let whole = heads.len() > 1;
    for (at, text) in authorities.iter().enumerate().take(if whole { authorities.len() } else { heads.len() }) {
        let own = &signed[at];
        let own_place = heads.get(at).filter(|head| same(head, own)).map(|_| at);
        let exact = heads.iter().position(|head| head == own);
        let place = exact.or(own_place).or_else(|| heads.iter().position(|head| same(head, own)));
        let (zh, en) = (heads.join("、"), heads.join(", "));
        match place {
            Some(place) if place == at => {}
            Some(_) => {
                tell(
                    text,
                    say!("署名的顺序与红头不同：红头是 {zh}", "signed in another order than that of the head: {en}"),
                    say!("按红头的顺序署名（GB/T 9704 7.3.5）", "sign in the order of the head (GB/T 9704 7.3.5)"),
                    out,
                );
                return;
            }
            None => tell(
                text,
                say!("署名“{own}”不是红头里的发文机关 {zh}", "{own} signs and is not of the head: {en}"),
                say!("改正署名或者红头（GB/T 9704 7.3.5）", "correct the signature or the head (GB/T 9704 7.3.5)"),
                out,
            ),
        }
    }
    let missing = heads.iter().find(|head| !signed.iter().any(|own| same(head, own)));
    if let (true, Some(missing), Some(last)) = (whole && authorities.len() < heads.len(), missing, authorities.last()) {
        tell(
            last,
            say!("红头里的“{missing}”没有署名", "{missing} is in the head and does not sign"),
            say!("补上署名，或者从红头里删去（GB/T 9704 7.3.5）", "add it here, or remove it there (GB/T 9704 7.3.5)"),
            out,
        );
    }
}

/// Text behind the signature: a note in brackets may be there (7.3.6), the document itself has ended.
fn behind(document: &Document, at: usize, out: &mut Vec<Diagnostic>) {
    let text = document.blocks[at + 1..]
        .iter()
        .take_while(|block| !matches!(block.kind, BlockKind::AttachmentMark { .. } | BlockKind::AttachmentTitle(_)))
        .find_map(|block| match &block.kind {
            BlockKind::Heading { text, .. } | BlockKind::Point { lead: text, .. } => Some(text),
            BlockKind::Paragraph(text) if !text.plain().trim_start().starts_with(['（', '(']) => Some(text),
            _ => None,
        });
    if let Some(text) = text {
        tell(
            text,
            say!("署名后面还有正文", "text goes on behind the signature"),
            say!(
                "把 signature: 移到正文最后（GB/T 9704 7.3.5）",
                "move signature: to the end of the text (GB/T 9704 7.3.5)"
            ),
            out,
        );
    }
}

/// A document number of another year than the day of signing.
fn year(head: &RedHead, date: &Text, out: &mut Vec<Diagnostic>) {
    let number = head.number.plain();
    let numbered = number.split_once('〔').and_then(|(_, rest)| rest.split_once('〕')).map(|(year, _)| year.to_owned());
    let signed = read_day(&date.plain()).map(|day| day.date.year().to_string());
    if let Some((numbered, signed)) = numbered.zip(signed).filter(|(numbered, signed)| numbered != signed) {
        tell(
            &head.number,
            say!(
                "发文字号是 {numbered} 年的，成文日期在 {signed} 年",
                "a number of {numbered}, and signed in {signed}"
            ),
            say!("改正其中一个（GB/T 9704 7.2.5、7.3.5.4）", "correct one of them (GB/T 9704 7.2.5, 7.3.5.4)"),
            out,
        );
    }
}

fn tell(text: &Text, message: Message, hint: Message, out: &mut Vec<Diagnostic>) {
    let all = characters(&[text]);
    let typed = all.iter().find(|ch| ch.typed).zip(all.iter().rfind(|ch| ch.typed));
    let place: Option<Span> =
        typed.or_else(|| all.first().zip(all.last())).map(|(first, last)| first.span.to(last.span));
    out.extend(place.map(|place| Diagnostic::advice(Code::OFFICIAL_FORM, place, message, hint)));
}
