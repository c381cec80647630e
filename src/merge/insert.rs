//! What they put in: paragraphs, headings, points, tables, pictures, notes; paragraphs that they divided or joined.

use super::bits::{cut, gap, placed};
use super::planner::{OwnCopy, PARAGRAPH, Planner, ThreeSides, same_text, section, traces};
use super::review::{Change, ChangeKind, Status};
use super::three::Stretch;
use crate::diagnostic::say;
use crate::model::{BitKind, BitLook, BlockId, BlockKind, Item, ItemRole, NewBlock, Phrase, PictureKind, Rewrite};
use std::collections::BTreeSet;

/// An item that is in their file alone.
pub(super) fn inserted(planner: &mut Planner<'_>, j: usize, skip: &mut BTreeSet<usize>) {
    let (mut what, used) = new_block(planner, j);
    what.text = super::kept::bound(planner, j, what.text);
    skip.extend(j..j + used);
    let items = &planner.theirs.items[j..j + used];
    let printed = |item: &Item| if used == 1 && item.rows.is_empty() { what.text.plain() } else { item.plain() };
    let after_text: Vec<String> = items.iter().map(printed).filter(|t| t != "\u{fffc}").collect();
    let mut change = Change::new(ChangeKind::Inserted, Status::Clean);
    change.after = after_text.join("\n");
    change.traces = traces(&planner.theirs.items[j], planner.theirs);
    change.section = section(&planner.theirs.items, j);
    let mut after = planner.anchor(j);
    change.block = after.clone().map(|b| b.0);
    change.span = planner.block_span(change.block.as_deref());
    let copy = planner.copy(j, &change.after);
    if copy == OwnCopy::Here {
        change.status = Status::Already;
    } else if copy == OwnCopy::Elsewhere {
        change.status = Status::Proposed;
        change.reason = Some(say!(
            "源文件在别处已经加了同样的文字；这里也要，请人工加",
            "the source has the same new text in another place; put it in here by hand if it is wanted twice"
        ));
    } else if of_new_attachment(planner, j) {
        change.status = Status::Proposed;
        change.reason = Some(say!(
            "新加的附件请写在源文件的 attachments 里",
            "write a new attachment under attachments in the source"
        ));
    } else if let Some(reason) = planner.no_place(j) {
        change.status = Status::Proposed;
        change.reason = Some(reason);
    } else {
        // Of two that both sides put in at one place, the order is that of their texts, whoever is merged first.
        for k in planner.own_behind(after.as_ref()) {
            let item = &planner.ours.items[k];
            // What they put in after this stays after it, also where the source has it already.
            let later = (j + used..planner.theirs.items.len())
                .take_while(|&at| planner.part_of_theirs[at].is_none())
                .any(|at| same_text(&planner.theirs.items[at].plain(), &item.plain()));
            if !later && item.plain() < change.after && item.block.is_some() {
                after.clone_from(&item.block);
            } else {
                break;
            }
        }
        let (what, mut notes) = with_notes(planner, what);
        let object = what.text.bits.iter().any(|b| b.kind == BitKind::Object) && what.picture.is_none();
        let in_cell = what.role == ItemRole::Table && !even(&what);
        if object || in_cell {
            change.status = Status::Unsupported;
            change.reason = Some(if object {
                say!(
                    "新放的图或图表要另存成文件，再写进源文件",
                    "save the new picture or chart as a file and name it in the source"
                )
            } else {
                say!("新表格里有合并的格子，请在源文件里写", "the new table has merged cells; write it in the source")
            });
        } else {
            change.rewrites.push(Rewrite::Insert { after, what });
            change.rewrites.append(&mut notes);
        }
    }
    planner.take_comments(j, &mut change);
    planner.changes.push(change);
}

/// True for what they put in from the mark of a new attachment on.
fn of_new_attachment(planner: &Planner<'_>, j: usize) -> bool {
    let is_mark = |at: &usize| {
        let text: String = planner.theirs.items[*at].plain().split_whitespace().collect();
        let number = text.strip_prefix("附件").map(|rest| rest.trim_end_matches(['：', ':']));
        number.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c)))
    };
    let attached = planner.document.blocks.iter().any(|b| matches!(b.kind, BlockKind::AttachmentMark { .. }));
    attached && (0..=j).rev().take_while(|&at| planner.part_of_theirs[at].is_none()).any(|at| is_mark(&at))
}

/// What a new item is to be, and how many items it takes.
fn new_block(planner: &Planner<'_>, j: usize) -> (NewBlock, usize) {
    let items = &planner.theirs.items;
    let item = &items[j];
    let role = role_of(planner, item, j);
    let alone = |at: usize| items.get(at).filter(|_| planner.to_theirs.of_b[at].is_none());
    if item.role == ItemRole::Table {
        return (table(item, &Phrase::default()), 1);
    }
    if role == ItemRole::Caption
        && let Some(next) = alone(j + 1).filter(|n| n.role == ItemRole::Table)
    {
        return (table(next, &caption(&item.phrase)), 2);
    }
    if let Some(picture) = item.pictures.first().filter(|_| item.role == ItemRole::Picture) {
        let below = alone(j + 1).filter(|n| role_of(planner, n, j + 1) == ItemRole::Caption);
        let text = below.map(|n| caption(&n.phrase)).unwrap_or_default();
        let ending = picture.name.rsplit('.').next().unwrap_or("png").to_lowercase();
        let picture = PictureKind::of_ending(&ending).map(|_| (ending, picture.data.clone()));
        let text = if picture.is_some() { text } else { item.phrase.clone() };
        return (
            NewBlock { role: ItemRole::Picture, text, picture, ..NewBlock::default() },
            1 + usize::from(below.is_some()),
        );
    }
    let plain = item.phrase.plain();
    // Where programs number, words that look like a number are words.
    let typed = typed_number(&plain, role).filter(|_| item.ordinal == 0).map_or(0, |(length, _)| length);
    let text = cut(&item.phrase, &(typed..plain.len()));
    (NewBlock { role, text, ..NewBlock::default() }, 1)
}

/// What a paragraph of theirs is: by its style, else by its outline, its list, the number that is typed before it.
fn role_of(planner: &Planner<'_>, item: &Item, j: usize) -> ItemRole {
    let known = planner.roles.get(&item.style).copied();
    let role = match (known, item.outline) {
        (Some(ItemRole::Display | ItemRole::Written | ItemRole::Note) | None, Some(level)) => {
            ItemRole::Heading(level.min(4))
        }
        (Some(ItemRole::Display | ItemRole::Written | ItemRole::Note) | None, None) if item.listed => {
            let level = u8::try_from(item.depth + 1).unwrap_or(u8::MAX);
            if item.ordinal > 0 { ItemRole::Numbered(level) } else { ItemRole::Bullet(level) }
        }
        (Some(ItemRole::Display | ItemRole::Written | ItemRole::Note) | None, None) => ItemRole::Paragraph,
        (Some(role), _) => role,
    };
    if role == ItemRole::Paragraph
        && let Some((_, typed)) = typed_number(&item.phrase.plain(), ItemRole::Point)
        && typed.ends_with('是')
        && j.checked_sub(1)
            .and_then(|b| planner.theirs.items.get(b))
            .is_some_and(|b| planner.roles.get(&b.style) == Some(&ItemRole::Point))
    {
        return ItemRole::Point;
    }
    role
}

/// A caption without 表1 and the space after it.
fn caption(phrase: &Phrase) -> Phrase {
    let plain = phrase.plain();
    let Some(rest) = plain.strip_prefix(['表', '图']).map(str::trim_start) else { return phrase.clone() };
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.') || "一二三四五六七八九十".contains(c);
    let text = rest.trim_start_matches(is_number);
    // Words as 图书情况, and those as 表一季度情况, are no number.
    if text.len() == rest.len() || !(text.is_empty() || text.starts_with(char::is_whitespace)) {
        return phrase.clone();
    }
    let text = text.trim_start();
    cut(phrase, &(plain.len() - text.len()..plain.len()))
}

fn table(item: &Item, caption: &Phrase) -> NewBlock {
    let rows = item.rows.iter().map(|r| r.cells.iter().map(|c| c.phrase.clone()).collect()).collect();
    NewBlock { role: ItemRole::Table, text: caption.clone(), rows, picture: None }
}

/// True for a table whose rows have the same number of cells.
fn even(what: &NewBlock) -> bool {
    let first = what.rows.first().map_or(0, Vec::len);
    first > 0 && what.rows.iter().all(|row| row.len() == first)
}

/// Gives the calls of notes in a new block the names of the source, and the notes that are new.
pub(super) fn with_notes(planner: &Planner<'_>, mut what: NewBlock) -> (NewBlock, Vec<Rewrite>) {
    let mut notes = Vec::new();
    named(planner, &mut what.text, &mut notes);
    for phrase in what.rows.iter_mut().flatten() {
        named(planner, phrase, &mut notes);
    }
    (what, notes)
}

/// Gives the calls of notes in a phrase of theirs the names of the source.
pub(super) fn named(planner: &Planner<'_>, phrase: &mut Phrase, notes: &mut Vec<Rewrite>) {
    for bit in &mut phrase.bits {
        let BitKind::Note(key) = &bit.kind else { continue };
        let known = planner.ours.notes.iter().find(|n| n.marks.first() == Some(key)).and_then(|n| n.block.clone());
        if let Some(BlockId(name)) = known {
            bit.kind = BitKind::Note(name);
            continue;
        }
        let Some(note) = planner.theirs.notes.iter().find(|n| n.marks.first() == Some(key)) else { continue };
        // The same note, put in by us too.
        let own = planner.ours.notes.iter().find(|n| same_text(&n.phrase.plain(), &note.phrase.plain()));
        let name = if let Some(BlockId(name)) = own.and_then(|n| n.block.clone()) {
            name
        } else {
            let taken = |name: &str| planner.document.notes.iter().any(|n| n.name == name);
            let short = key.trim_start_matches('#').trim_start_matches("n_").to_owned();
            let plain = |s: &str| !s.is_empty() && s.chars().all(char::is_alphanumeric);
            let base = if plain(&short) { format!("n{short}") } else { "n".to_owned() };
            let name = (0..=planner.document.notes.len())
                .map(|n| if n == 0 { base.clone() } else { format!("{base}x{n}") })
                .find(|n| !taken(n));
            let name = name.unwrap_or(base);
            notes.push(Rewrite::Note { name: name.clone(), text: note.phrase.clone() });
            name
        };
        bit.kind = BitKind::Note(name);
    }
}

/// The number that is typed before a text where the program numbers: its bytes with the space after it, and itself.
pub(super) fn typed_number(text: &str, role: ItemRole) -> Option<(usize, String)> {
    use crate::model::TypedForm::{Digits, DigitsBrackets, Han, HanBrackets, Point};
    let typed = crate::model::typed_number(text)?;
    let fits = match role {
        ItemRole::Heading(_) => typed.form != Point,
        ItemRole::Point => typed.form == Point,
        ItemRole::Numbered(_) | ItemRole::Term => matches!(typed.form, Digits | DigitsBrackets | HanBrackets | Han),
        _ => false,
    };
    fits.then_some((typed.length, typed.text))
}

/// The length, with the blanks around it, of our number where they typed it and the paragraph is no longer numbered. Words of the
/// text that only look like its number stay, and so does what was typed after a number that is still there.
pub(super) fn own_number(own: &Item, their: &Item) -> Option<usize> {
    let number = own.number.trim_end();
    let counted = |text: &str| {
        let mut rest = text.trim_start();
        let mut count = 0_usize;
        while let Some(behind) = rest.strip_prefix(number).filter(|_| !number.is_empty()) {
            rest = behind.trim_start();
            count += 1;
        }
        count
    };
    let (before, after) = (own.phrase.plain(), their.phrase.plain());
    if their.ordinal > 0 || counted(&after) <= counted(&before) {
        return None;
    }
    let rest = after.trim_start().strip_prefix(number)?;
    Some(after.len() - rest.trim_start().len())
}

/// What divides a paragraph of ours or joins two. None where that cannot be said.
pub(super) fn parted(
    planner: &Planner<'_>,
    part: &ThreeSides,
    [theirs, joined]: [&Phrase; 2],
    stretch: &Stretch,
) -> Option<Vec<Rewrite>> {
    let ours = &part.ours;
    let (new, old) = (cut(theirs, &stretch.theirs), cut(joined, &stretch.ours));
    let breaks = |phrase: &Phrase| phrase.plain().matches(PARAGRAPH).count();
    let at = joined.plain()[..stretch.ours.start].matches(PARAGRAPH).count();
    let block = |at: usize| planner.ours.items[*ours.get(at)?].block.clone();
    let has_value = |phrase: &Phrase| phrase.bits.iter().any(|b| !matches!(b.kind, BitKind::Text | BitKind::Break));
    if has_value(&old) || has_value(&new) {
        return None;
    }
    match (breaks(&new), breaks(&old)) {
        (1, 0) => {
            let (before, after) = halves(&new);
            let span = span_of(joined, &stretch.ours)?;
            let block = block(at)?;
            // Programs number both halves of a point.
            let half = theirs.plain()[..stretch.theirs.start].matches(PARAGRAPH).count() + 1;
            let item = part.theirs.get(half).map(|&j| &planner.theirs.items[j]);
            let role = item.filter(|item| item.listed).and_then(|item| planner.roles.get(&item.style));
            let second = role.copied().filter(|role| *role == ItemRole::Point).unwrap_or_default();
            divisible(planner, &block).then(|| vec![Rewrite::Split { block, span, before, after, second }])
        }
        (0, 1) => {
            let (first, second) = (block(at)?, block(at + 1)?);
            if first == second || !divisible(planner, &first) || !divisible(planner, &second) {
                return None;
            }
            let middle = stretch.ours.start + old.plain().find(PARAGRAPH)?;
            let mut rewrites = Vec::new();
            for range in [stretch.ours.start..middle, middle + PARAGRAPH.len_utf8()..stretch.ours.end] {
                if !range.is_empty() {
                    let span = span_of(joined, &range)?;
                    rewrites.push(Rewrite::Text {
                        span,
                        look: <(BitLook, BitLook)>::default(),
                        with: Phrase::default(),
                    });
                }
            }
            rewrites.push(Rewrite::Join { first, second, between: new });
            Some(rewrites)
        }
        _ => None,
    }
}

/// True for a block that is one text, or a point.
fn divisible(planner: &Planner<'_>, block: &BlockId) -> bool {
    planner.document.blocks.iter().any(|b| {
        b.id == *block
            && matches!(b.kind, BlockKind::Paragraph(_) | BlockKind::Point { .. } | BlockKind::ListItem { .. })
    })
}

/// A phrase before and after the end of a paragraph in it.
fn halves(phrase: &Phrase) -> (Phrase, Phrase) {
    let plain = phrase.plain();
    let at = plain.find(PARAGRAPH).unwrap_or(plain.len());
    (cut(phrase, &(0..at)), cut(phrase, &((at + PARAGRAPH.len_utf8()).min(plain.len())..plain.len())))
}

/// The place of some bytes of ours, or between two of them.
fn span_of(ours: &Phrase, range: &std::ops::Range<usize>) -> Option<crate::diagnostic::Span> {
    if range.is_empty() {
        return gap(ours, range.start, BitLook::default()).filter(|g| g.look == BitLook::default()).map(|g| g.at);
    }
    let mut span: Option<crate::diagnostic::Span> = None;
    for (start, bit) in placed(ours) {
        let end = start + bit.text.len();
        let (from, to) = (range.start.max(start), range.end.min(end));
        if from < to {
            let piece = bit.map.as_ref().filter(|_| bit.look() == BitLook::default())?.span(from - start, to - start);
            span = Some(span.map_or(piece, |s| s.to(piece)));
        }
    }
    span
}

#[cfg(test)]
mod tests {
    use super::caption;
    use crate::model::Phrase;

    #[test]
    fn captions_keep_the_words_behind_their_number() {
        for (typed, words) in [
            ("表3 上半年情况", "上半年情况"),
            ("表3　10月情况", "10月情况"),
            ("图2-1 分布", "分布"),
            ("表三 七项任务", "七项任务"),
            ("图书情况", "图书情况"),
            ("表一季度情况", "表一季度情况"),
        ] {
            assert_eq!(caption(&Phrase::of(typed)).plain(), words, "{typed}");
        }
    }
}
