//! How alike two paragraphs are, by the tokens that they share.

use super::token::each;
use crate::model::{Item, ItemRole};

/// An item as it is compared.
pub(super) struct ComparedItem {
    pub(super) text: String,
    /// Its tokens, sorted.
    pub(super) bag: Vec<u64>,
    pub(super) table: bool,
    /// The style of a line that its document has once: the date of a signature, the copy number.
    pub(super) field: Option<String>,
    /// How much speaks for its being in place where others stand in another order: more for a longer text, least where a tracked
    /// change has brought it.
    pub(super) weight: u64,
}

impl ComparedItem {
    pub(super) fn new(item: &Item) -> Self {
        let text = item.plain();
        let mut bag: Vec<u64> = Vec::with_capacity(text.len() / 3 + 1);
        each(&text, |_, token, _| bag.push(hash(token)));
        bag.sort_unstable();
        // The count of what stays in place comes first.
        let weight = 1000 + if item.traces.is_empty() { 1 + bag.len().min(900) as u64 } else { 0 };
        let field = (!item.style.is_empty() && item.rows.is_empty()).then(|| item.style.clone());
        Self { text, bag, table: item.role == ItemRole::Table, field, weight }
    }
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// How many tokens two bags share.
pub(super) fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                i += 1;
                j += 1;
            }
        }
    }
    count
}

/// How alike two items are, from 0 to 1.
pub(super) fn likeness(a: &ComparedItem, b: &ComparedItem) -> f64 {
    if a.table != b.table {
        return 0.0;
    }
    if a.text == b.text {
        return 1.0;
    }
    let all = a.bag.len() + b.bag.len();
    if all == 0 { 0.0 } else { 2.0 * shared(&a.bag, &b.bag) as f64 / all as f64 }
}
