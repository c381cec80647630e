//! Blocks put in, taken out, moved, divided and joined: changes of the row of entries.

use super::emit::AtEnd;
use super::encode::{Digits, PLAIN, Within, block_scalar, in_scalar, inline, loose, scalar};
use super::files::{File, Home};
use super::items::unwritten;
use super::outline::{BlockEntry, Bytes, Hold};
use super::scalars::{ScalarStyle, WrittenScalar, content_end, content_start, holding};
use crate::diagnostic::Span;
use crate::model::{Block, BlockId, BlockKind, ItemRole, NewBlock, Phrase, Rewrite};
use crate::yaml::tree::Kind;
use std::collections::{BTreeMap, BTreeSet};

impl Home<'_> {
    /// The file and region of a block, and its place in the row.
    pub(super) fn find(&self, block: &BlockId) -> Option<(usize, usize, usize)> {
        for (f, file) in self.files.iter().enumerate() {
            for (r, region) in file.regions.iter().enumerate() {
                if let Some(e) = region.entries.iter().position(|e| e.blocks.contains(block)) {
                    return Some((f, r, e));
                }
            }
        }
        None
    }

    /// Where something is that comes after a block: file, region, place. Blocks before the body lead to its beginning.
    fn behind(&self, after: Option<&BlockId>) -> Option<(usize, usize, usize)> {
        let Some(block) = after else { return self.first() };
        if let Some((f, r, e)) = self.find(block) {
            let entries = &self.files[f].regions[r].entries;
            // Nothing can stand between the blocks of one entry.
            if !entries[e].ends_with(block) {
                return None;
            }
            // What was put in after the same block before is first.
            let new = |e: &BlockEntry| e.new.is_some() && e.blocks.is_empty();
            let count = entries[e + 1..].iter().take_while(|e| new(e)).count();
            return Some((f, r, e + 1 + count));
        }
        // The beginning of the body that the next block was in, also where that has gone since.
        let at = self.document.blocks.iter().position(|b| b.id == *block)?;
        let next = self.document.blocks[at + 1..].iter().find_map(|b| self.places.get(&b.id).copied());
        let before_body = |kind: &BlockKind| {
            kind.is_front() || matches!(kind, BlockKind::AttachmentTitle(_) | BlockKind::AttachmentMark { .. })
        };
        let (f, r, _) = next.filter(|&(_, _, e)| before_body(&self.document.blocks[at].kind) && e == 0)?;
        let entries = &self.files[f].regions[r].entries;
        let count = entries.iter().take_while(|e| e.new.is_some() && e.blocks.is_empty()).count();
        Some((f, r, count))
    }

    fn first(&self) -> Option<(usize, usize, usize)> {
        let file = self.files.iter().position(|f| !f.regions.is_empty())?;
        let entries = &self.files[file].regions.first()?.entries;
        Some((file, 0, entries.iter().take_while(|e| e.new.is_some() && e.blocks.is_empty()).count()))
    }

    fn touch(&mut self, f: usize, r: usize) {
        self.files[f].touched.insert(r);
    }

    /// Takes out the entries of which all blocks go: a list with all of its items, a heading with its body in brackets.
    pub(super) fn delete_entries(&mut self, rewrites: &[Rewrite]) {
        let goes =
            |rewrite: &'_ Rewrite| if let Rewrite::Delete { block } = rewrite { Some(block.clone()) } else { None };
        let going: BTreeSet<BlockId> = rewrites.iter().filter_map(goes).collect();
        let is_gone = |entry: &BlockEntry| {
            let own = entry.new.is_none() && entry.alias.is_none() && entry.hold != Hold::Shared;
            own && entry.blocks.len() > 1 && entry.blocks.iter().all(|block| going.contains(block))
        };
        for f in 0..self.files.len() {
            for r in 0..self.files[f].regions.len() {
                for e in (0..self.files[f].regions[r].entries.len()).rev() {
                    let entry = &self.files[f].regions[r].entries[e];
                    if is_gone(entry) {
                        self.gone.extend(entry.blocks.iter().cloned());
                        self.delete_entry((f, r, e));
                    }
                }
            }
        }
    }

    /// Takes a block out.
    pub(super) fn delete(&mut self, block: &BlockId) -> bool {
        if let Some(done) = self.delete_item(block).or_else(|| self.delete_within(block)) {
            return done;
        }
        let Some((f, r, e)) = self.find(block) else { return false };
        let entry = &self.files[f].regions[r].entries[e];
        if entry.blocks.len() > 1 || (entry.blocks.len() == 1 && entry.new.is_some()) || entry.hold == Hold::Shared {
            return false;
        }
        self.delete_entry((f, r, e));
        true
    }

    /// Takes an entry out of its row.
    fn delete_entry(&mut self, (f, r, e): (usize, usize, usize)) {
        let prefix = self.files[f].regions[r].entries[e].prefix.clone();
        let keeps = self.files[f].text[prefix.clone()].contains('#');
        let File { text, regions, .. } = &mut self.files[f];
        let region = &mut regions[r];
        let mut entry = region.entries.remove(e);
        if keeps {
            // Remarks of the author stay: an entry of nothing but them.
            entry.blocks.clear();
            (entry.level, entry.hold) = (None, Hold::Open);
            (entry.head, entry.body, entry.tail) = (prefix.end..prefix.end, None, prefix.end..prefix.end);
            region.entries.insert(e, entry);
        } else if e == 0
            && let Some(next) = region.entries.first_mut()
            && next.new.is_none()
            && text[next.prefix.clone()].trim().is_empty()
        {
            // The first of a body has no blank line before it.
            next.prefix = next.prefix.end..next.prefix.end;
        }
        self.touch(f, r);
    }

    /// Notes the lists that move with all that stays in them, in its order: cut and pasted as a whole.
    pub(super) fn carry(&mut self, rewrites: &[Rewrite]) {
        let mut moves: BTreeMap<&BlockId, Option<&BlockId>> = BTreeMap::new();
        let mut going: BTreeSet<&BlockId> = BTreeSet::new();
        for rewrite in rewrites {
            match rewrite {
                Rewrite::Move { block, after } => {
                    moves.insert(block, after.as_ref());
                }
                Rewrite::Delete { block } => {
                    going.insert(block);
                }
                _ => {}
            }
        }
        let is_item = |block: &&Block| matches!(block.kind, BlockKind::ListItem { .. });
        let items: BTreeSet<&BlockId> = self.document.blocks.iter().filter(is_item).map(|block| &block.id).collect();
        let mut carried = BTreeMap::new();
        for entry in self.files.iter().flat_map(|file| &file.regions).flat_map(|region| &region.entries) {
            let whole = entry.new.is_none() && entry.alias.is_none() && entry.hold != Hold::Shared;
            if entry.blocks.len() < 2 || !whole || !entry.blocks.iter().all(|block| items.contains(block)) {
                continue;
            }
            let stays: Vec<&BlockId> = entry.blocks.iter().filter(|block| !going.contains(block)).collect();
            let Some((first, rest)) = stays.split_first() else { continue };
            let leaves = moves.get(*first).is_some_and(|after| after.is_none_or(|after| !entry.blocks.contains(after)));
            let follows = rest.iter().zip(&stays).all(|(block, before)| moves.get(*block) == Some(&Some(*before)));
            if leaves && follows {
                let all: BTreeSet<BlockId> = stays.iter().map(|block| (*block).clone()).collect();
                carried.extend(stays.iter().map(|block| ((*block).clone(), ((*first).clone(), all.clone()))));
            }
        }
        self.carried = carried;
    }

    /// Puts a block elsewhere.
    pub(super) fn displace(&mut self, block: &BlockId, after: Option<&BlockId>) -> bool {
        if let Some((first, all)) = self.carried.get(block).cloned() {
            return first != *block || self.displace_entry(block, after, Some(&all));
        }
        if let Some(done) = self.displace_item(block, after) {
            return done;
        }
        let Some((f, r, e)) = self.find(block) else { return false };
        let entry = &self.files[f].regions[r].entries[e];
        if entry.blocks.len() > 1 || entry.hold == Hold::Shared {
            return false;
        }
        self.displace_entry(block, after, None)
    }

    /// Puts an entry elsewhere, with those of its blocks that stay.
    fn displace_entry(&mut self, block: &BlockId, after: Option<&BlockId>, stays: Option<&BTreeSet<BlockId>>) -> bool {
        let Some((f, r, e)) = self.find(block) else { return false };
        let mut entry = self.files[f].regions[r].entries.remove(e);
        if let Some(stays) = stays {
            entry.blocks.retain(|block| stays.contains(block));
        }
        let Some((to_f, to_r, to_e)) = self.behind(after).filter(|&(to_f, _, _)| to_f == f) else {
            self.files[f].regions[r].entries.insert(e, entry);
            return false;
        };
        self.touch(f, r);
        self.touch(to_f, to_r);
        self.files[to_f].regions[to_r].put(to_e, entry);
        true
    }

    /// Puts a new block in.
    pub(super) fn insert(&mut self, after: Option<&BlockId>, what: &NewBlock) -> bool {
        if what.role == ItemRole::Term {
            return self.term(what);
        }
        if let Some(after) = after
            && let Some(done) = self.insert_item(after, what.role, &what.text)
        {
            return done;
        }
        if let Some(after) = after
            && let Some(done) = self.insert_within(after, what)
        {
            return done;
        }
        let Some((f, r, e)) = self.behind(after) else { return false };
        let Some(lines) = self.lines(what) else { return false };
        let level = if let ItemRole::Heading(level) = what.role { Some(usize::from(level.max(1))) } else { None };
        let mut entry = BlockEntry::new(lines, level);
        if level.is_some() {
            // Headings are a line apart where the others are.
            let entries = &self.files[f].regions[r].entries;
            let other = entries.iter().find(|e| e.level.is_some() && !e.prefix.is_empty());
            if other.is_some_and(|o| self.files[f].text[o.prefix.clone()].starts_with(['\n', '\r']))
                && let Some(lines) = &mut entry.new
            {
                lines.insert(0, '\n');
            }
        }
        self.files[f].regions[r].put(e, entry);
        self.touch(f, r);
        true
    }

    /// A phrase in inline syntax.
    pub(super) fn said(&self, phrase: &Phrase) -> String {
        loose(&inline(self.sources, phrase, PLAIN))
    }

    /// The lines of a new block, for column 0.
    pub(super) fn lines(&mut self, what: &NewBlock) -> Option<String> {
        let text = self.said(&what.text);
        Some(match what.role {
            ItemRole::Heading(_) | ItemRole::Point => {
                let heading = matches!(what.role, ItemRole::Heading(_));
                let (lead, rest) = match text.find('。') {
                    Some(at) => text.split_at(at + '。'.len_utf8()),
                    None => (text.as_str(), ""),
                };
                // Between a heading and the text in its paragraph the program writes the stop.
                let run_in = heading && !rest.trim().is_empty();
                let lead = if run_in { lead.trim_end_matches('。') } else { lead };
                lead_and_text(if heading { "heading" } else { "point" }, lead, rest)
            }
            ItemRole::Bullet(_) => format!("- list:\n    - {}\n", block_scalar(&text, 6)),
            ItemRole::Numbered(_) => {
                format!("- list:\n    ordered: true\n    items:\n      - {}\n", block_scalar(&text, 8))
            }
            ItemRole::Table => self.table_lines(&text, &what.rows)?,
            ItemRole::Picture => {
                let (ending, data) = what.picture.as_ref()?;
                let name = self.new_file(ending, data);
                let caption =
                    if text.is_empty() { String::new() } else { format!("    caption: {}\n", block_scalar(&text, 6)) };
                format!("- figure:\n    image: {}\n{caption}", scalar(&name, Within::Block, Digits::Quoted))
            }
            _ if text.trim().is_empty() => return None,
            _ => format!("- {}\n", block_scalar(&text, 2)),
        })
    }

    fn table_lines(&self, caption: &str, rows: &[Vec<Phrase>]) -> Option<String> {
        let row = |row: &Vec<Phrase>| {
            let cells: Vec<String> = row.iter().map(|cell| self.cell(cell)).collect();
            format!("[{}]", cells.join(", "))
        };
        let (head, body) = rows.split_first()?;
        let mut lines = "- table:\n".to_owned();
        if !caption.is_empty() {
            put(&mut lines, format!("    caption: {}\n", block_scalar(caption, 6)));
        }
        let heads: Vec<String> = head.iter().map(|h| scalar(&self.said(h), Within::Flow, Digits::Quoted)).collect();
        if body.is_empty() || head.iter().any(Phrase::is_empty) {
            lines.push_str("    rows:\n");
            for r in rows {
                put(&mut lines, format!("      - {}\n", row(r)));
            }
            return Some(lines);
        }
        put(&mut lines, format!("    columns: [{}]\n    rows:\n", heads.join(", ")));
        for r in body {
            put(&mut lines, format!("      - {}\n", row(r)));
        }
        Some(lines)
    }

    /// A cell of a table as it is in a row in brackets.
    pub(super) fn cell(&self, phrase: &Phrase) -> String {
        let text = self.said(phrase);
        if text.trim().is_empty() { "~".to_owned() } else { scalar(text.trim(), Within::Flow, Digits::Bare) }
    }

    /// A term for the glossary.
    fn term(&mut self, what: &NewBlock) -> bool {
        let text = self.said(&what.text);
        let Some((name, meaning)) = text.split_once('：') else { return false };
        self.add_named("glossary", name, meaning)
    }

    /// Adds a name and a text to a map of the report: `notes`, `glossary`.
    pub(super) fn add_named(&mut self, key: &str, name: &str, text: &str) -> bool {
        let Some(file) = self.files.first_mut() else { return false };
        let newline = file.newline;
        let entry = |indent: usize| {
            let margin = " ".repeat(indent);
            let text = block_scalar(text, indent + 2).replace('\n', newline);
            format!("{margin}{}: {text}{newline}", scalar(name, Within::Block, Digits::Quoted))
        };
        if let Some(node) = file.root.get(key) {
            let Kind::Map(entries) = &node.kind else { return false };
            let Some((first, _)) = entries.first().filter(|_| !super::scalars::opens(&file.text, node, '{')) else {
                // In braces: before the one that closes them.
                let close = super::outline::last_character(&file.text, node);
                if !super::scalars::opens(&file.text, node, '{') {
                    return false;
                }
                let comma = if entries.is_empty() { "" } else { ", " };
                let put = format!(
                    "{comma}{}: {}",
                    scalar(name, Within::Flow, Digits::Quoted),
                    scalar(text, Within::Flow, Digits::Quoted)
                );
                return file.edits.add(close..close, put);
            };
            let start = first.span.start as usize;
            let indent = start - super::outline::line_start(&file.text, start);
            let end = super::outline::line_end(&file.text, super::outline::last_character(&file.text, node));
            let gap = if file.text[..end].ends_with('\n') { "" } else { newline };
            return file.edits.add(end..end, format!("{gap}{}", entry(indent)));
        }
        let end = file.text.len();
        let gap = if file.text.ends_with('\n') { "" } else { newline };
        file.edits.add(end..end, format!("{gap}{newline}{key}:{newline}{}", entry(2)))
    }

    /// Divides a block in two; `second`: what the second half is.
    pub(super) fn split(
        &mut self,
        (block, second): (&BlockId, ItemRole),
        span: Span,
        before: &Phrase,
        after: &Phrase,
    ) -> bool {
        if let Some(done) = self.split_item(block, span, before, after) {
            return done;
        }
        let Some((f, r, e)) = self.find(block) else { return false };
        let file = &self.files[f];
        let Some(held) = holding(&file.text, &file.root, span) else { return false };
        if held.flow || file.regions[r].entries[e].blocks.len() > 1 {
            return false;
        }
        let (end, style) = (content_end(&file.text, &held) as usize, held.style);
        // A lead cannot be divided from the text that goes on in its paragraph.
        let entry = &file.regions[r].entries[e];
        if !file.text[end..entry.head.end].trim_matches(['\'', '"', ' ', '\n', '\r']).is_empty() {
            return false;
        }
        let rest = file.edits.render(&file.text, &(span.end as usize..end), AtEnd::Included);
        let first = in_scalar(&inline(self.sources, before, PLAIN), style);
        let rest = in_scalar(&inline(self.sources, after, PLAIN), style) + &rest;
        let lines = if second == ItemRole::Point {
            let Some(text) = unwritten(&rest, style) else { return false };
            lead_lines("point", &text)
        } else {
            let Some(lines) = paragraph_lines(&rest, style) else { return false };
            lines
        };
        let new = BlockEntry { beside: entry.beside, ..BlockEntry::new(lines, None) };
        let file = &mut self.files[f];
        file.edits.forget(span.end as usize..end);
        if !file.edits.add(span.start as usize..end, first) {
            return false;
        }
        file.regions[r].entries.insert(e + 1, new);
        self.touch(f, r);
        true
    }

    /// Puts the text of a block after that of the one before it.
    pub(super) fn join(&mut self, first: &BlockId, second: &BlockId, between: &Phrase) -> bool {
        let (Some((f, r, e)), Some((f2, r2, e2))) = (self.find(first), self.find(second)) else { return false };
        if f != f2 || self.files[f].regions[r].entries[e].blocks.len() > 1 {
            return false;
        }
        let file = &self.files[f];
        let others = scalars_of(file, second, self);
        let Some(own) = scalars_of(file, first, self).pop().filter(|_| !others.is_empty()) else { return false };
        let mut put = in_scalar(&inline(self.sources, between, PLAIN), own.style);
        // A point has a lead and a text.
        for other in others {
            let range: Bytes = content_start(&other) as usize..content_end(&file.text, &other) as usize;
            let rest = file.edits.render(&file.text, &range, AtEnd::Included);
            if other.style == own.style && !rest.contains('\n') {
                put.push_str(rest.trim());
            } else {
                // Line ends of the file mean the same in no other kind of scalar.
                let Some(text) = unwritten(&rest, other.style) else { return false };
                put.push_str(&in_scalar(&[super::encode::EncodedPiece::New(text)], own.style));
            }
        }
        let at = content_end(&file.text, &own) as usize;
        if self.files[f2].regions[r2].entries[e2].blocks.len() > 1 || own.flow {
            return false;
        }
        self.files[f].edits.add(at..at, put) && self.delete(second)
    }
}

/// The lines of a block with a lead and what follows it in its paragraph.
fn lead_and_text(key: &str, lead: &str, rest: &str) -> String {
    let mut lines = format!("- {key}: {}\n", block_scalar(lead, 4));
    if !rest.trim().is_empty() {
        put(&mut lines, format!("  text: {}\n", block_scalar(rest.trim_start(), 4)));
    }
    lines
}

/// The same of a text whose first sentence is the lead.
fn lead_lines(key: &str, text: &str) -> String {
    let at = text.find('。').map_or(text.len(), |at| at + '。'.len_utf8());
    let (lead, rest) = text.split_at(at);
    lead_and_text(key, lead, rest)
}

/// The lines of a paragraph whose characters are written in a style.
fn paragraph_lines(written: &str, style: ScalarStyle) -> Option<String> {
    Some(match style {
        ScalarStyle::Double => format!("- \"{}\"\n", written.trim()),
        ScalarStyle::Single => format!("- '{}'\n", written.trim()),
        ScalarStyle::Plain | ScalarStyle::Block => {
            let rows: Vec<&str> = written.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
            match rows.as_slice() {
                [] => return None,
                [row] => format!("- {}\n", block_scalar(row, 2)),
                rows => format!("- >-\n  {}\n", rows.join("\n  ")),
            }
        }
    })
}

#[expect(clippy::needless_pass_by_value, reason = "takes what `format!` gives")]
fn put(lines: &mut String, more: String) {
    lines.push_str(&more);
}

/// The scalars of a block's texts, in order.
fn scalars_of<'f>(file: &'f File, block: &BlockId, home: &Home<'_>) -> Vec<WrittenScalar<'f>> {
    let Some(block) = home.document.blocks.iter().find(|b| b.id == *block) else { return Vec::new() };
    let runs = block.kind.texts().into_iter().filter_map(|t| t.runs.last().cloned());
    runs.filter_map(|run| holding(&file.text, &file.root, run.map.whole())).collect()
}
