//! What has changed between two states of a report's figures, and where the pages show it.

use super::entry::{FigureEntry, FigureReport, FigureUse};
use crate::model::Handed;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What has changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Difference {
    /// Figures with another value, or printed in another way.
    pub changed: Vec<Changed>,
    /// Figures that the older state does not have.
    pub added: Vec<ListedFigure>,
    /// Figures that only the older state has.
    pub removed: Vec<ListedFigure>,
}

impl Difference {
    /// True where nothing has changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.added.is_empty() && self.removed.is_empty()
    }
}

/// A changed figure.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Changed {
    /// Its name.
    pub name: String,
    /// How it was printed.
    pub before: String,
    /// How it is printed now.
    pub after: String,
    /// The places that print something else now.
    pub uses: Vec<FigureUse>,
}

/// A figure that came or went.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ListedFigure {
    /// Its name.
    pub name: String,
    /// How it is or was printed.
    pub printed: String,
    /// The places that print it or printed it.
    pub uses: Vec<FigureUse>,
}

/// A figure of the older state: what it was, and what each of its uses printed.
#[derive(Debug, Default)]
struct Old {
    printed: String,
    value: Option<Value>,
    texts: BTreeMap<String, String>,
    uses: Vec<FigureUse>,
}

/// The older state.
#[derive(Debug, Default)]
pub(super) struct OldFigures {
    figures: BTreeMap<String, Old>,
    order: Vec<String>,
    /// True where figures that are printed nowhere are not known.
    printed_only: bool,
}

impl OldFigures {
    /// From what was told of all figures.
    pub(super) fn of_report(report: &FigureReport, printed_only: bool) -> Self {
        let mut all = Self { printed_only, ..Self::default() };
        for figure in &report.figures {
            let texts = figure.uses.iter().map(|u| (u.id.clone(), u.text.clone())).collect();
            let old = Old {
                printed: figure.printed.clone(),
                value: Some(figure.value.clone()),
                texts,
                uses: figure.uses.clone(),
            };
            all.put(&figure.name, old);
        }
        all
    }

    /// From what a Word file remembers.
    pub(super) fn of_word(handed: &[Handed]) -> Self {
        let mut all = Self { printed_only: true, ..Self::default() };
        for one in handed {
            for (name, printed) in &one.figures {
                if !all.figures.contains_key(name) {
                    all.put(name, Old { printed: printed.clone(), ..Old::default() });
                }
                let Some(old) = all.figures.get_mut(name) else { continue };
                old.texts.insert(one.id.clone(), one.text.clone());
                old.uses.push(FigureUse { id: one.id.clone(), text: one.text.clone(), ..FigureUse::default() });
            }
        }
        all
    }

    fn put(&mut self, name: &str, old: Old) {
        self.order.push(name.to_owned());
        self.figures.insert(name.to_owned(), old);
    }
}

/// Compares.
pub(super) fn difference(old: &OldFigures, new: &FigureReport) -> Difference {
    let mut difference = Difference::default();
    let mut found: Vec<(Changed, Cause)> = Vec::new();
    for figure in &new.figures {
        match old.figures.get(&figure.name) {
            Some(before) => found.extend(changed(before, figure)),
            // Outputs keep what they print.
            None if old.printed_only && figure.uses.is_empty() => {}
            None => difference.added.push(ListedFigure {
                name: figure.name.clone(),
                printed: figure.printed.clone(),
                uses: figure.uses.clone(),
            }),
        }
    }
    difference.changed = told(&found);
    let names: BTreeSet<&str> = new.figures.iter().map(|figure| figure.name.as_str()).collect();
    for name in old.order.iter().filter(|name| !names.contains(name.as_str())) {
        let Some(before) = old.figures.get(name) else { continue };
        difference.removed.push(ListedFigure {
            name: name.clone(),
            printed: before.printed.clone(),
            uses: before.uses.clone(),
        });
    }
    difference
}

/// Why a figure is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// It is another.
    Figure,
    /// It is the same, and a place that it takes part in prints something else.
    Place,
}

/// What is told: the figures that are others, and the same ones where none of those accounts for the place: its formula or its
/// filter has changed.
fn told(found: &[(Changed, Cause)]) -> Vec<Changed> {
    let place = |place: &FigureUse| format!("{:?} {:?} {}", place.block, place.boxes, place.text);
    let others = found.iter().filter(|(_, cause)| *cause == Cause::Figure).flat_map(|(other, _)| &other.uses);
    let accounted: BTreeSet<String> = others.map(place).collect();
    let tell = |(figure, cause): &&(Changed, Cause)| {
        *cause == Cause::Figure || !figure.uses.iter().all(|own| accounted.contains(&place(own)))
    };
    found.iter().filter(tell).map(|(figure, _)| figure.clone()).collect()
}

fn changed(before: &Old, figure: &FigureEntry) -> Option<(Changed, Cause)> {
    let other = |u: &&FigureUse| before.texts.get(&u.id).is_none_or(|text| *text != u.text);
    let uses: Vec<FigureUse> = figure.uses.iter().filter(other).cloned().collect();
    let value = before.value.as_ref().is_some_and(|value| *value != figure.value);
    let cause = if value || before.printed != figure.printed { Cause::Figure } else { Cause::Place };
    (cause == Cause::Figure || !uses.is_empty()).then(|| {
        let (name, after) = (figure.name.clone(), figure.printed.clone());
        (Changed { name, before: before.printed.clone(), after, uses }, cause)
    })
}
