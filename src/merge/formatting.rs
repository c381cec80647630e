//! Formatting that no source can say: what an editor did by hand is told, with its words.

use super::align::{Bookmarks, align};
use super::diff::hunks;
use super::planner::Planner;
use super::review::{Change, ChangeKind, Status};
use super::table_sides;
use crate::diagnostic::{Message, say};
use crate::model::{BitKind, CellText, Feature, Formatted, Formatting, Item, ItemRole, Phrase, RowText, SavedWith};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// So many places of one formatting are told as one.
const MANY: usize = 12;
/// Mark a cell itself among its characters: the first of its row, any other. A cell of one place is none of the other.
const CELLS: [char; 2] = ['\u{2}', '\u{3}'];
/// Twips that a column may differ by: a millimetre. Programs round.
const ROUNDED: i64 = 57;

/// A feature with its value before and after.
type FeatureChange = (Feature, String, String);
/// What was done to some words.
type FormattedWords = (String, BTreeSet<FeatureChange>);

/// Characters and the formatting of each.
struct Characters<'a> {
    text: String,
    formattings: Vec<&'a Formatting>,
    /// False where it is not known which character has which.
    known: bool,
    /// The program that wrote the file of theirs.
    program: SavedWith,
}

impl<'a> Characters<'a> {
    fn new(program: SavedWith) -> Self {
        Self { text: String::new(), formattings: Vec::new(), known: true, program }
    }

    /// Adds a phrase.
    fn add(&mut self, phrase: &Phrase, formats: &[Formatted], table: &'a [Formatting]) {
        let written = |kind: &BitKind| !matches!(kind, BitKind::Note(_) | BitKind::Object | BitKind::Break);
        let bits = phrase.bits.iter().filter(|bit| written(&bit.kind));
        let before = self.text.chars().count();
        self.text.extend(bits.flat_map(|bit| bit.text.chars()).filter(|c| !c.is_whitespace()));
        let count = self.text.chars().count() - before;
        let each = formats.iter().flat_map(|f| std::iter::repeat_n(f.formatting, f.characters));
        self.formattings.extend(each.filter_map(|index| table.get(index)));
        if self.formattings.len() != before + count {
            self.known = false;
            self.formattings.resize(before + count, self.formattings.last().copied().unwrap_or(&PLAIN));
        }
    }

    /// Adds a table, each cell with a character for itself.
    fn add_table(&mut self, item: &Item, table: &'a [Formatting]) {
        item.rows.iter().for_each(|row| self.add_row(row, table));
    }

    fn add_row(&mut self, row: &RowText, table: &'a [Formatting]) {
        for (at, CellText { phrase, formats, formatting, .. }) in row.cells.iter().enumerate() {
            self.text.push(CELLS[at.min(1)]);
            self.formattings.push(table.get(*formatting).unwrap_or(&PLAIN));
            self.add(phrase, formats, table);
        }
    }

    fn all(&self) -> BTreeSet<&'a Formatting> {
        // Those that follow one another are mostly the same.
        let mut last: Option<&Formatting> = None;
        let changes = |own: &&'a Formatting| !last.replace(own).is_some_and(|before| std::ptr::eq(before, *own));
        self.formattings.iter().copied().filter(changes).collect()
    }
}

static PLAIN: Formatting = Formatting { features: BTreeMap::new() };

impl Planner<'_> {
    /// What they formatted by hand.
    pub(super) fn formatting(&mut self) {
        if self.base.formattings.is_empty() {
            return;
        }
        let mut found: Vec<(Change, Vec<FormattedWords>)> = Vec::new();
        for part in self.parts.clone() {
            let (Some(&i), Some(&j)) = (part.base.first(), part.theirs.first()) else { continue };
            if self.restyled.contains(&j) {
                continue;
            }
            let words = self.reformatted(&part.base, &part.theirs);
            if !words.is_empty() {
                found.push((self.change(ChangeKind::Format, Status::Unsupported, i, Some(j)), words));
            }
            self.columns_resized(i, j);
        }
        for j in (0..self.theirs.items.len()).filter(|&j| self.part_of_theirs[j].is_none()) {
            let words = self.new_formatting(j);
            if !words.is_empty() {
                found.push((self.change_near(ChangeKind::Format, j), words));
            }
        }
        for their in 0..self.theirs.notes.len() {
            let Some(own) =
                self.base.notes.iter().position(|n| n.marks.first() == self.theirs.notes[their].marks.first())
            else {
                continue;
            };
            let words = self.reformatted_note(own, their);
            if !words.is_empty() {
                found.push((self.note_change(ChangeKind::Format, Status::Unsupported, their), words));
            }
        }
        self.tell_formatting(found);
    }

    /// The words of items that are formatted otherwise.
    fn reformatted(&self, base: &[usize], theirs: &[usize]) -> Vec<FormattedWords> {
        let (mut before, mut after) =
            (Characters::new(self.theirs.saved_with), Characters::new(self.theirs.saved_with));
        let (own, their) = (&self.base.items, &self.theirs.items);
        let table = own[base[0]].is_table();
        if table != their[theirs[0]].is_table() || own[base[0]].role == ItemRole::Written {
            return Vec::new();
        }
        if table && let Some(words) = self.rows_reformatted(&own[base[0]], &their[theirs[0]]) {
            return words;
        }
        if table && let Some(own) = table_sides::in_columns_of(&own[base[0]], &their[theirs[0]]) {
            before.add_table(&own, &self.base.formattings);
            after.add_table(&their[theirs[0]], &self.theirs.formattings);
            return compared(&before, &after);
        }
        for (side, items, indices, formattings) in
            [(&mut before, own, base, &self.base.formattings), (&mut after, their, theirs, &self.theirs.formattings)]
        {
            for item in indices.iter().map(|&at| &items[at]) {
                if item.is_table() {
                    side.add_table(item, formattings);
                } else {
                    side.add(&item.phrase, &item.formats, formattings);
                }
            }
        }
        compared(&before, &after)
    }

    /// The words of a table whose rows were put in, taken out or moved, row by row: rows look as their places in the table ask, and
    /// keep that where they go. None for a table with its rows in place.
    fn rows_reformatted(&self, own: &Item, their: &Item) -> Option<Vec<FormattedWords>> {
        let rows = align(&table_sides::rows(own), &table_sides::rows(their), Bookmarks::Carried);
        let stays = |(at, group): (usize, &Option<usize>)| group.is_some_and(|g| rows.groups[g].b == [at]);
        if own.rows.len() == their.rows.len() && rows.of_a.iter().enumerate().all(stays) {
            return None;
        }
        let (base, theirs) = (&self.base.formattings, &self.theirs.formattings);
        let mut whole = Characters::new(self.theirs.saved_with);
        whole.add_table(own, base);
        let known = whole.all();
        let mut words = Vec::new();
        for (at, row) in their.rows.iter().enumerate() {
            let mut after = Characters::new(self.theirs.saved_with);
            after.add_row(row, theirs);
            // Where it goes, a row takes the look of its new place, or keeps its own.
            let group = rows.of_b[at].map(|g| &rows.groups[g]).filter(|group| !group.moved);
            let was = group.and_then(|group| own.rows.get(*group.a.first()?));
            words.extend(if let Some(was) = was {
                let mut before = Characters::new(self.theirs.saved_with);
                before.add_row(was, base);
                compared(&before, &after)
            } else {
                let changes = each(&after.formattings, &|own| nearest(known.iter().copied(), own));
                gathered(&after, changes)
            });
        }
        Some(words)
    }

    fn reformatted_note(&self, own: usize, their: usize) -> Vec<FormattedWords> {
        let (mut before, mut after) =
            (Characters::new(self.theirs.saved_with), Characters::new(self.theirs.saved_with));
        let (own, their) = (&self.base.notes[own], &self.theirs.notes[their]);
        // What a program of theirs does not know is not said.
        if own.formats.is_empty() {
            return Vec::new();
        }
        before.add(&own.phrase, &own.formats, &self.base.formattings);
        after.add(&their.phrase, &their.formats, &self.theirs.formattings);
        compared(&before, &after)
    }

    /// The words of a new paragraph that look like none of the report.
    fn new_formatting(&self, j: usize) -> Vec<FormattedWords> {
        let item = &self.theirs.items[j];
        if item.is_table() {
            return Vec::new();
        }
        let mut after = Characters::new(self.theirs.saved_with);
        after.add(&item.phrase, &item.formats, &self.theirs.formattings);
        let used = self.base.items.iter().flat_map(|i| &i.formats);
        let known: BTreeSet<&Formatting> = used.filter_map(|f| self.base.formattings.get(f.formatting)).collect();
        let changes = each(&after.formattings, &|own| nearest(known.iter().copied(), own));
        gathered(&after, changes)
    }

    /// Columns that they made wider or narrower.
    fn columns_resized(&mut self, i: usize, j: usize) {
        let (own, their) = (&self.base.items[i].widths, &self.theirs.items[j].widths);
        let total: i64 = own.iter().sum();
        let allowed = ROUNDED.max(total / 50);
        if own.len() != their.len() || own.iter().zip(their).all(|(a, b)| (a - b).abs() <= allowed) {
            return;
        }
        let millimetres = |widths: &[i64]| {
            widths.iter().map(|w| format!("{}", (w * 254 + 7200) / 14400)).collect::<Vec<_>>().join(" + ") + " mm"
        };
        let (before, after) = (millimetres(own), millimetres(their));
        let mut change = self.change(ChangeKind::Format, Status::Unsupported, i, Some(j));
        change.reason = Some(say!(
            "列宽带不回来：请在源文件里写 width",
            "widths of columns are not carried over; write width in the source"
        ));
        (change.before, change.after) = (before, after);
        self.changes.push(change);
    }

    /// Tells them; where the same was done in many places, once.
    fn tell_formatting(&mut self, found: Vec<(Change, Vec<FormattedWords>)>) {
        let key = |words: &[FormattedWords]| -> BTreeSet<FeatureChange> {
            words.iter().flat_map(|(_, features)| features.iter().cloned()).collect()
        };
        let mut counts: BTreeMap<BTreeSet<FeatureChange>, usize> = BTreeMap::new();
        for (_, words) in &found {
            *counts.entry(key(words)).or_default() += 1;
        }
        let mut told = BTreeSet::new();
        for (mut change, words) in found {
            let key = key(&words);
            let count = counts.get(&key).copied().unwrap_or(0);
            if count > MANY && !told.insert(key.clone()) {
                continue;
            }
            let text = words.iter().map(|(text, _)| text.as_str()).filter(|text| !text.is_empty());
            change.before = text.collect::<Vec<_>>().join("、");
            change.after.clone_from(&change.before);
            change.reason = Some(reason(&key, if count > MANY { count } else { 1 }));
            self.changes.push(change);
        }
    }
}

/// The words of `after` that are formatted otherwise than in `before`.
fn compared(before: &Characters<'_>, after: &Characters<'_>) -> Vec<FormattedWords> {
    let known = before.all();
    if known.len() <= 1 && after.all().is_subset(&known) {
        return Vec::new();
    }
    if !before.known || !after.known {
        let changes = each(&after.formattings, &|own| nearest(known.iter().copied(), own));
        return gathered(after, changes);
    }
    let pieces =
        |text: &'_ str| text.char_indices().map(|(at, c)| at..at + c.len_utf8()).collect::<Vec<Range<usize>>>();
    let (own, their) = (pieces(&before.text), pieces(&after.text));
    let hunks = hunks(own.iter().map(|r| &before.text[r.clone()]), their.iter().map(|r| &after.text[r.clone()]));
    let mut changes: Vec<BTreeSet<FeatureChange>> = Vec::with_capacity(their.len());
    let (mut i, mut hunks) = (0, hunks.into_iter().peekable());
    let is_table = before.text.contains(CELLS);
    while changes.len() < their.len() {
        let j = changes.len();
        if let Some(hunk) = hunks.next_if(|h| h.after.start == j && !h.after.is_empty()) {
            let edges = [hunk.before.start.checked_sub(1), Some(hunk.before.start), Some(hunk.before.end)];
            let near = || edges.iter().flatten().filter_map(|&at| before.formattings.get(at).copied());
            changes.extend(each(&after.formattings[hunk.after.clone()], &|own| {
                if is_table { nearest(known.iter().copied(), own) } else { nearest(near(), own) }
            }));
            i = hunk.before.end;
        } else if let Some(hunk) = hunks.next_if(|h| h.after.start == j) {
            i = hunk.before.end;
        } else {
            let (was, is) = (before.formattings.get(i).copied().unwrap_or(&PLAIN), after.formattings[j]);
            changes.push(if std::ptr::eq(was, is) || was == is { BTreeSet::new() } else { features(was, is) });
            i += 1;
        }
    }
    gathered(after, changes)
}

/// How each of some formattings differs. Those that follow one another are mostly the same.
fn each(all: &[&Formatting], differs: &dyn Fn(&Formatting) -> BTreeSet<FeatureChange>) -> Vec<BTreeSet<FeatureChange>> {
    let mut last: Option<(&Formatting, BTreeSet<FeatureChange>)> = None;
    let mut found = Vec::with_capacity(all.len());
    for own in all {
        let known = last.take().filter(|(before, _)| std::ptr::eq(*before, *own));
        let (_, change) = last.insert(known.unwrap_or_else(|| (own, differs(own))));
        found.push(change.clone());
    }
    found
}

fn features(before: &Formatting, after: &Formatting) -> BTreeSet<FeatureChange> {
    before.differences(after).into_iter().map(|(feature, (a, b))| (feature, a, b)).collect()
}

/// How a formatting differs from the one that is most like it.
fn nearest<'f>(known: impl Iterator<Item = &'f Formatting>, own: &Formatting) -> BTreeSet<FeatureChange> {
    known.map(|before| features(before, own)).min_by_key(BTreeSet::len).unwrap_or_default()
}

/// The words of characters that follow one another and were changed alike. A cell is told by its text.
fn gathered(after: &Characters<'_>, changes: Vec<BTreeSet<FeatureChange>>) -> Vec<FormattedWords> {
    let mut found: Vec<FormattedWords> = Vec::new();
    let mut open = false;
    for ((at, c), change) in after.text.char_indices().zip(changes) {
        if change.is_empty() {
            open = false;
            continue;
        }
        if CELLS.contains(&c) {
            let text = after.text[at + c.len_utf8()..].split(CELLS).next().unwrap_or_default();
            found.push((text.to_owned(), change));
            open = false;
            continue;
        }
        match found.last_mut().filter(|(_, last)| open && *last == change) {
            Some((words, _)) => words.push(c),
            None => found.push((c.to_string(), change)),
        }
        open = true;
    }
    if after.program != SavedWith::Other {
        for (_, features) in &mut found {
            features.retain(|change| !is_its_own(after.program, change));
        }
        found.retain(|(_, features)| !features.is_empty());
    }
    found
}

/// What a program makes of formatting that it has not, or writes where nobody asked for it.
fn is_its_own(program: SavedWith, (feature, before, after): &FeatureChange) -> bool {
    let spread = |alignment: &str| matches!(alignment, "distribute" | "both");
    let of_tables = matches!(
        feature,
        Feature::CellBorder | Feature::CellAlign | Feature::RowHeight | Feature::TableBorder | Feature::Tabs
    );
    match program {
        SavedWith::OnlyOffice => {
            of_tables
                || matches!(feature, Feature::Border | Feature::KeepNext | Feature::KeepLines | Feature::Outline)
                || (*feature == Feature::Alignment && spread(before) && spread(after))
        }
        SavedWith::LibreOffice => of_tables,
        SavedWith::Wps => *feature == Feature::TableBorder,
        SavedWith::Other => false,
    }
}

/// Why it is not carried over: what was given, what was taken away.
fn reason(changes: &BTreeSet<FeatureChange>, places: usize) -> Message {
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for (feature, before, after) in changes {
        let name = name(*feature);
        let value = |value: &str| match (feature, value.parse::<u32>()) {
            (Feature::Size, Ok(half)) => format!("{} pt", f64::from(half) / 2.0),
            (Feature::RowHeight, Ok(twips)) => format!("{} pt", f64::from(twips) / 20.0),
            _ => value.to_owned(),
        };
        if after.is_empty() {
            zh.push(format!("去掉了{}", name.zh));
            en.push(format!("no {}", name.en));
        } else if matches!(after.as_str(), "on" | "single" | "frame") {
            zh.push(name.zh);
            en.push(name.en);
        } else if before.is_empty() {
            zh.push(format!("{}（{}）", name.zh, value(after)));
            en.push(format!("{} ({})", name.en, value(after)));
        } else {
            zh.push(format!("{}（{} → {}）", name.zh, value(before), value(after)));
            en.push(format!("{} ({} → {})", name.en, value(before), value(after)));
        }
    }
    let (mut zh, mut en) = (zh.join("、"), en.join(", "));
    if places > 1 {
        zh = format!("{zh}；同样的共 {places} 处");
        en = format!("{en}; the same in {places} places");
    }
    say!(
        "手工加的格式带不回来，格式由模板定：{zh}",
        "formatting by hand is not carried over, the template says how things look: {en}"
    )
}

fn name(feature: Feature) -> Message {
    match feature {
        Feature::Size => say!("字号", "size"),
        Feature::Colour => say!("颜色", "colour"),
        Feature::Highlight => say!("突出显示或底纹", "highlight or shade"),
        Feature::Underline => say!("下划线", "underline"),
        Feature::Strike => say!("删除线", "strikethrough"),
        Feature::Italic => say!("倾斜", "italic"),
        Feature::Dots => say!("着重号", "emphasis marks"),
        Feature::Capitals => say!("大写", "capitals"),
        Feature::Effect => say!("文字效果", "text effect"),
        Feature::Border => say!("边框", "border"),
        Feature::Scale => say!("字符缩放", "character scale"),
        Feature::Face => say!("字体", "face"),
        Feature::Tracking => say!("字符间距", "character spacing"),
        Feature::Position => say!("字符升降", "raised or lowered characters"),
        Feature::Fitted => say!("中文版式", "Asian layout"),
        Feature::IndentLeft | Feature::IndentRight | Feature::IndentFirst => say!("缩进", "indent"),
        Feature::Lines => say!("行距", "line spacing"),
        Feature::SpaceAbove => say!("段前", "space above"),
        Feature::SpaceBelow => say!("段后", "space below"),
        Feature::Alignment => say!("对齐", "alignment"),
        Feature::Frame => say!("图文框或首字下沉", "frame or drop cap"),
        Feature::CellShade => say!("格子底色", "shade of a cell"),
        Feature::CellBorder => say!("格子边框", "borders of a cell"),
        Feature::CellAlign => say!("格子里的位置或文字方向", "place or direction of text in a cell"),
        Feature::RowHeight => say!("行高", "height of a row"),
        Feature::TableBorder => say!("表格边框", "borders of a table"),
        Feature::Tabs => say!("制表位", "tab stops"),
        Feature::KeepNext => say!("与下段同页", "keep with next"),
        Feature::KeepLines => say!("段中不分页", "keep lines together"),
        Feature::Outline => say!("大纲级别", "outline level"),
    }
}
