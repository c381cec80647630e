//! Which paragraph is which: bookmarks, exact text in order, likeness in the gaps, moves among the rest, splits and merges.

use super::diff::hunks;
use super::likeness::{ComparedItem, likeness, shared};
use super::rise::heaviest_rise;
use crate::model::{Item, ItemRole};
use rustc_hash::FxHashMap;

/// What two texts must share to be the same paragraph in another place.
const MOVED: f64 = 0.7;
/// What they must share within a gap.
const LIKE: f64 = 0.4;
/// What they must share where a bookmark says that they are the same.
const MARKED: f64 = 0.2;
/// The largest gap that is looked at pair by pair.
const LARGEST_GAP: usize = 400_000;

/// How items were found again.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stats {
    /// Items of the one that was handed out.
    pub blocks: usize,
    /// Found by their bookmark.
    pub by_bookmark: usize,
    /// Found by their exact text.
    pub by_text: usize,
    /// Found by Word's id of the paragraph.
    pub by_para_id: usize,
    /// Found by their place among others.
    pub by_order: usize,
    /// Not found.
    pub unmatched: usize,
    /// The share of characters that were found, from 0 to 1.
    pub confidence: f64,
}

/// Items of both sides that are the same, more than one where a paragraph was split or merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) a: Vec<usize>,
    pub(super) b: Vec<usize>,
    /// True where it is in another order than the others.
    pub(super) moved: bool,
}

/// Two rows of items, aligned.
#[derive(Clone, Debug, Default)]
pub(super) struct Alignment {
    pub(super) groups: Vec<Group>,
    /// The group of each item of the first row.
    pub(super) of_a: Vec<Option<usize>>,
    /// The group of each item of the second row.
    pub(super) of_b: Vec<Option<usize>>,
    pub(super) stats: Stats,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Mark,
    Text,
    Para,
    Order,
}

/// The bookmarks of blocks, each with its item.
fn marks(items: &[Item]) -> impl Iterator<Item = (usize, &str)> {
    let named = |mark: &&String| mark.starts_with("b_");
    items.iter().enumerate().flat_map(move |(at, item)| item.marks.iter().filter(named).map(move |m| (at, m.as_str())))
}

/// What each key belongs to; None where several have it.
fn holders<'k>(keys: impl Iterator<Item = (usize, &'k str)>) -> FxHashMap<&'k str, Option<usize>> {
    let mut found: FxHashMap<&str, Option<usize>> = FxHashMap::default();
    for (at, key) in keys {
        found.entry(key).and_modify(|holder| *holder = None).or_insert(Some(at));
    }
    found
}

struct Aligner {
    a: Vec<ComparedItem>,
    b: Vec<ComparedItem>,
    to_b: Vec<Option<(usize, By)>>,
    to_a: Vec<Option<usize>>,
}

/// Where the bookmarks of both rows come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bookmarks {
    /// One row is a file that was edited: a bookmark stayed with its paragraph.
    Carried,
    /// Each row was written from its own source: where texts begin alike, their bookmarks only say which came first.
    Derived,
}

/// Aligns two rows of items.
pub(super) fn align(a: &[Item], b: &[Item], bookmarks: Bookmarks) -> Alignment {
    let mut aligner = Aligner {
        a: a.iter().map(ComparedItem::new).collect(),
        b: b.iter().map(ComparedItem::new).collect(),
        to_b: vec![None; a.len()],
        to_a: vec![None; b.len()],
    };
    if bookmarks == Bookmarks::Carried {
        aligner.by_marks(a, b, Aligner::any);
    }
    aligner.by_unique_text();
    if bookmarks == Bookmarks::Derived {
        aligner.by_marks(a, b, Aligner::once);
    }
    aligner.beside();
    let mut anchors = aligner.anchors();
    if bookmarks == Bookmarks::Derived {
        aligner.gaps(&anchors, Aligner::exact);
        aligner.by_marks(a, b, Aligner::any);
        anchors = aligner.anchors();
    }
    aligner.gaps(&anchors, Aligner::exact);
    aligner.by_para_ids(a, b);
    anchors = aligner.anchors();
    aligner.gaps(&anchors, Aligner::alike);
    let shown = |item: &Item| item.role == ItemRole::Display;
    aligner.a.iter_mut().zip(a).filter(|(_, item)| !shown(item)).for_each(|(compared, _)| compared.field = None);
    anchors = aligner.anchors();
    aligner.gaps(&anchors, Aligner::in_place);
    aligner.moves();
    aligner.beside();
    aligner.finish()
}

impl Alignment {
    /// The alignment of two rows that are the same, item by item; None where they are not.
    pub(super) fn of_same(a: &[Item], b: &[Item]) -> Option<Self> {
        let same = |(a, b): (&Item, &Item)| {
            a.is_table() == b.is_table() && a.marks == b.marks && a.style == b.style && a.plain() == b.plain()
        };
        if a.len() != b.len() || !a.iter().zip(b).all(same) {
            return None;
        }
        let own = |at: usize| Group { a: vec![at], b: vec![at], moved: false };
        let all: Vec<Option<usize>> = (0..a.len()).map(Some).collect();
        let stats = Stats { blocks: a.len(), by_text: a.len(), confidence: 1.0, ..Stats::default() };
        Some(Self { groups: (0..a.len()).map(own).collect(), of_a: all.clone(), of_b: all, stats })
    }
}

impl Aligner {
    fn pair(&mut self, i: usize, j: usize, by: By) {
        self.to_b[i] = Some((j, by));
        self.to_a[j] = Some(i);
    }

    /// No item of a row is left out.
    fn any(_: &[ComparedItem]) -> Vec<bool> {
        Vec::new()
    }

    /// True for the items of a row whose text is there once.
    fn once(row: &[ComparedItem]) -> Vec<bool> {
        let known = holders(row.iter().enumerate().map(|(at, item)| (at, item.text.as_str())));
        row.iter().map(|item| matches!(known.get(item.text.as_str()), Some(Some(_)))).collect()
    }

    /// Pairs what has the same bookmark and is alike, among items that count.
    fn by_marks(&mut self, a: &[Item], b: &[Item], which: fn(&[ComparedItem]) -> Vec<bool>) {
        let (of_a, of_b) = (which(&self.a), which(&self.b));
        let counts = |i: usize, j: usize| of_a.get(i) != Some(&false) && of_b.get(j) != Some(&false);
        let (mine, others) = (holders(marks(a)), holders(marks(b)));
        let mut candidates: Vec<(f64, usize, usize)> = Vec::new();
        for (i, mark) in marks(a) {
            if let (Some(Some(_)), Some(&Some(j))) = (mine.get(mark), others.get(mark))
                && counts(i, j)
            {
                let like = likeness(&self.a[i], &self.b[j]);
                // Of a short text nothing may be left.
                if like >= MARKED || (self.a[i].bag.len() <= 8 && self.a[i].table == self.b[j].table) {
                    candidates.push((like, i, j));
                }
            }
        }
        candidates.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        for (_, i, j) in candidates {
            if self.to_b[i].is_none() && self.to_a[j].is_none() {
                self.pair(i, j, By::Mark);
            }
        }
    }

    /// Pairs texts that occur once on both sides.
    fn by_unique_text(&mut self) {
        fn texts(row: &[ComparedItem]) -> impl Iterator<Item = (usize, &str)> {
            row.iter().enumerate().map(|(at, item)| (at, item.text.as_str()))
        }
        let (mine, others) = (holders(texts(&self.a)), holders(texts(&self.b)));
        let once = |(i, text): (usize, &str)| match (mine.get(text), others.get(text)) {
            (Some(Some(_)), Some(Some(j))) => Some((i, *j)),
            _ => None,
        };
        for (i, j) in texts(&self.a).filter_map(once).collect::<Vec<_>>() {
            if self.to_b[i].is_none() && self.to_a[j].is_none() && self.a[i].table == self.b[j].table {
                self.pair(i, j, By::Text);
            }
        }
    }

    /// Pairs equal texts next to a pair, first before it, then after it: a heading that occurs more than once goes with what
    /// is below it.
    fn beside(&mut self) {
        let free = |found: &Self, i: usize, j: usize| {
            found.to_b.get(i) == Some(&None)
                && found.to_a.get(j) == Some(&None)
                && found.a[i].table == found.b[j].table
                && found.a[i].text == found.b[j].text
        };
        for i in (1..self.a.len()).rev() {
            if let Some((j, _)) = self.to_b[i]
                && j > 0
                && free(self, i - 1, j - 1)
            {
                self.pair(i - 1, j - 1, By::Text);
            }
        }
        for i in 0..self.a.len().saturating_sub(1) {
            if let Some((j, _)) = self.to_b[i]
                && free(self, i + 1, j + 1)
            {
                self.pair(i + 1, j + 1, By::Text);
            }
        }
    }

    /// Pairs what has the same id of Word and is alike, where ids agree with what the texts say.
    fn by_para_ids(&mut self, a: &[Item], b: &[Item]) {
        fn ids(items: &[Item]) -> impl Iterator<Item = (usize, &str)> {
            items.iter().enumerate().filter_map(|(at, item)| Some((at, item.para_id.as_deref()?)))
        }
        let (mine, others) = (holders(ids(a)), holders(ids(b)));
        let both = |(i, id): (usize, &str)| match (mine.get(id), others.get(id)) {
            (Some(Some(_)), Some(Some(j))) => Some((i, *j)),
            _ => None,
        };
        let pairs: Vec<(usize, usize)> = ids(a).filter_map(both).collect();
        // Those whose texts are equal tell whether the program that saved the file kept the ids.
        let exact = |&&(i, _): &&(usize, usize)| self.to_b[i].is_some_and(|(_, by)| by != By::Order);
        let known = pairs.iter().filter(exact).count();
        let agree = pairs.iter().filter(exact).filter(|&&(i, j)| self.to_b[i].is_some_and(|(to, _)| to == j)).count();
        if agree * 10 < known * 9 || agree == 0 {
            return;
        }
        for (i, j) in pairs {
            let free = self.to_b[i].is_none() && self.to_a[j].is_none();
            if free && likeness(&self.a[i], &self.b[j]) >= MARKED {
                self.pair(i, j, By::Para);
            }
        }
    }

    /// The longest row of pairs in the order of both sides.
    fn anchors(&self) -> Vec<(usize, usize)> {
        let pairs: Vec<(usize, usize)> =
            self.to_b.iter().enumerate().filter_map(|(i, to)| to.map(|(j, _)| (i, j))).collect();
        let weights: Vec<u64> = pairs.iter().map(|&(_, j)| self.b[j].weight).collect();
        heaviest_rise(&pairs, &weights)
    }

    fn gaps(&mut self, anchors: &[(usize, usize)], fill: fn(&mut Self, &[usize], &[usize])) {
        let (mut i, mut j) = (0, 0);
        let end = (self.a.len(), self.b.len());
        for &(x, y) in anchors.iter().chain([&end]) {
            let mine: Vec<usize> = (i..x).filter(|&i| self.to_b[i].is_none()).collect();
            let others: Vec<usize> = (j..y).filter(|&j| self.to_a[j].is_none()).collect();
            if !mine.is_empty() && !others.is_empty() {
                fill(self, &mine, &others);
            }
            (i, j) = (x + 1, y + 1);
        }
    }

    /// Pairs equal texts in order.
    fn exact(&mut self, mine: &[usize], others: &[usize]) {
        let (n, m) = (mine.len(), others.len());
        let mut at = (0, 0);
        let end = super::diff::Hunk { before: n..n, after: m..m };
        let a = mine.iter().map(|&i| self.a[i].text.as_str());
        let b = others.iter().map(|&j| self.b[j].text.as_str());
        for hunk in hunks(a, b).into_iter().chain([end]) {
            while at.0 < hunk.before.start && at.1 < hunk.after.start {
                self.pair(mine[at.0], others[at.1], By::Text);
                at = (at.0 + 1, at.1 + 1);
            }
            at = (hunk.before.end, hunk.after.end);
        }
    }

    /// Pairs what is alike, in order, for the most likeness in all.
    fn alike(&mut self, mine: &[usize], others: &[usize]) {
        let (n, m) = (mine.len(), others.len());
        if n * m > LARGEST_GAP {
            return;
        }
        let mut best = vec![0.0_f64; (n + 1) * (m + 1)];
        let at = |i: usize, j: usize| i * (m + 1) + j;
        let mut like = vec![0.0_f64; n * m];
        for i in (0..n).rev() {
            for j in (0..m).rev() {
                let alike = likeness(&self.a[mine[i]], &self.b[others[j]]);
                like[i * m + j] = alike;
                let skip = best[at(i + 1, j)].max(best[at(i, j + 1)]);
                let take = if alike >= LIKE { best[at(i + 1, j + 1)] + alike } else { 0.0 };
                best[at(i, j)] = skip.max(take);
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < n && j < m {
            let alike = like[i * m + j];
            let here = best[at(i, j)];
            if alike >= LIKE && (best[at(i + 1, j + 1)] + alike - here).abs() < 1e-9 {
                self.pair(mine[i], others[j], By::Order);
                (i, j) = (i + 1, j + 1);
            } else if (best[at(i + 1, j)] - here).abs() < 1e-9 {
                i += 1;
            } else {
                j += 1;
            }
        }
    }

    /// Pairs the only line of a style in a gap with the only one of the other side: a date or a copy number is one token, and
    /// another one is nothing like it.
    fn in_place(&mut self, mine: &[usize], others: &[usize]) {
        for &i in mine {
            let Some(style) = self.a[i].field.clone() else { continue };
            let alone = |row: &[ComparedItem], places: &[usize]| {
                places.iter().filter(|&&at| row[at].field.as_ref() == Some(&style)).count() == 1
            };
            let other = others.iter().copied().find(|&j| self.b[j].field.as_ref() == Some(&style));
            if let Some(j) = other.filter(|_| alone(&self.a, mine) && alone(&self.b, others)) {
                self.pair(i, j, By::Order);
            }
        }
    }

    /// Pairs what is left and much alike, wherever it is.
    fn moves(&mut self) {
        let mine: Vec<usize> =
            (0..self.a.len()).filter(|&i| self.to_b[i].is_none() && self.a[i].bag.len() > 8).collect();
        let others: Vec<usize> =
            (0..self.b.len()).filter(|&j| self.to_a[j].is_none() && self.b[j].bag.len() > 8).collect();
        if mine.len() * others.len() > LARGEST_GAP {
            return;
        }
        let mut candidates = Vec::new();
        for &i in &mine {
            for &j in &others {
                let like = likeness(&self.a[i], &self.b[j]);
                if like >= MOVED {
                    candidates.push((like, i, j));
                }
            }
        }
        candidates.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2)));
        for (_, i, j) in candidates {
            if self.to_b[i].is_none() && self.to_a[j].is_none() {
                self.pair(i, j, By::Order);
            }
        }
    }

    fn finish(self) -> Alignment {
        let anchors = self.anchors();
        let mut alignment =
            Alignment { of_a: vec![None; self.a.len()], of_b: vec![None; self.b.len()], ..Alignment::default() };
        let mut stats = Stats { blocks: self.a.len(), ..Stats::default() };
        for (i, to) in self.to_b.iter().enumerate() {
            let Some((j, by)) = *to else { continue };
            match by {
                By::Mark => stats.by_bookmark += 1,
                By::Text => stats.by_text += 1,
                By::Para => stats.by_para_id += 1,
                By::Order => stats.by_order += 1,
            }
            let moved = anchors.binary_search(&(i, j)).is_err();
            alignment.of_a[i] = Some(alignment.groups.len());
            alignment.of_b[j] = Some(alignment.groups.len());
            alignment.groups.push(Group { a: vec![i], b: vec![j], moved });
        }
        self.parted(&mut alignment);
        stats.unmatched = alignment.of_a.iter().filter(|g| g.is_none()).count();
        let (mut all, mut found) = (0.0, 0.0);
        for (i, face) in self.a.iter().enumerate() {
            let size = face.bag.len() as f64;
            all += size;
            if let Some((j, _)) = self.to_b[i] {
                found += size * likeness(face, &self.b[j]).max(0.5);
            }
        }
        stats.confidence = if all > 0.0 { (found / all).min(1.0) } else { 1.0 };
        alignment.stats = stats;
        alignment
    }

    /// Finds paragraphs that were split or merged: what is left beside a pair and completes it.
    fn parted(&self, alignment: &mut Alignment) {
        let groups = alignment.groups.len();
        for g in 0..groups {
            while let Some(j) = self.next_part(alignment, g, &AlignedSide::B) {
                let group = &mut alignment.groups[g];
                group.b.push(j);
                group.b.sort_unstable();
                alignment.of_b[j] = Some(g);
            }
            if alignment.groups[g].b.len() > 1 {
                continue;
            }
            while let Some(i) = self.next_part(alignment, g, &AlignedSide::A) {
                let group = &mut alignment.groups[g];
                group.a.push(i);
                group.a.sort_unstable();
                alignment.of_a[i] = Some(g);
            }
        }
    }

    /// An item beside those of a group that most of is found in the other side of it, and not in what the group has already.
    fn next_part(&self, alignment: &Alignment, g: usize, side: &AlignedSide) -> Option<usize> {
        let group = &alignment.groups[g];
        let (own, taken, faces, whole) = match side {
            AlignedSide::B => (&group.b, &alignment.of_b, &self.b, (&group.a, &self.a)),
            AlignedSide::A => (&group.a, &alignment.of_a, &self.a, (&group.b, &self.b)),
        };
        let first = *own.first()?;
        let last = *own.last()?;
        let is_free =
            |at: &usize| faces.get(*at).is_some_and(|face| taken[*at].is_none() && !face.table && !face.bag.is_empty());
        let candidates: Vec<usize> =
            [Some(last + 1), first.checked_sub(1)].into_iter().flatten().filter(is_free).collect();
        if candidates.is_empty() {
            return None;
        }
        let mut all: Vec<u64> = whole.0.iter().flat_map(|&at| whole.1[at].bag.iter().copied()).collect();
        all.sort_unstable();
        let mut have: Vec<u64> = own.iter().flat_map(|&at| faces[at].bag.iter().copied()).collect();
        have.sort_unstable();
        candidates.into_iter().find(|&at| {
            let face = &faces[at];
            let mut both: Vec<u64> = have.iter().chain(&face.bag).copied().collect();
            both.sort_unstable();
            // What it adds, beside what the group has, is found in the whole.
            let added = shared(&both, &all).saturating_sub(shared(&have, &all));
            // Of a short one, all is.
            let least = if face.bag.len() < 4 { 10 } else { 7 };
            added * 10 >= face.bag.len() * least
        })
    }
}

enum AlignedSide {
    A,
    B,
}
