//! Bound values that they changed: what each is called, where it is defined, what it is computed from.

use super::numeral::same_form;
use super::planner::{PARAGRAPH, Planner, ThreeSides};
use super::review::{Change, ChangeKind, Status, ValueChange};
use crate::diagnostic::{Message, say};
use crate::model::{BitKind, Phrase, Rewrite, ValueIndex};

impl Planner<'_> {
    /// Values of a paragraph that they changed.
    pub(super) fn tell_values(&mut self, part: &ThreeSides, ours: &Phrase, values: &[(String, String, String)]) {
        for value in values {
            let mut change = self.change(ChangeKind::Value, Status::Proposed, part.base[0], Some(part.theirs[0]));
            self.fill_value(&mut change, ours, value);
            self.take_comments(part.theirs[0], &mut change);
            self.changes.push(change);
        }
    }

    /// Says of a change which value it changes.
    pub(super) fn fill_value(
        &self,
        change: &mut Change,
        ours: &Phrase,
        (name, before, after): &(String, String, String),
    ) {
        let mut at = 0;
        for bit in &ours.bits {
            if bit.kind == BitKind::Value(name.clone()) {
                let plain = ours.plain();
                let end = at + bit.text.len();
                let said =
                    format!("{}{after}{}", plain.get(..at).unwrap_or_default(), plain.get(end..).unwrap_or_default());
                change.before = plain.replace(PARAGRAPH, "\n");
                change.after = said.replace(PARAGRAPH, "\n");
                change.span = super::bits::place(bit).or(change.span);
                break;
            }
            at += bit.text.len();
        }
        let Some(value) = self.value_change((name, before, after)) else { return };
        if !same_form(before, after) {
            change.reason = Some(say!(
                "改后的写法与这个数印出的样子不同，请在数据文件里改",
                "this is not written as the figure is printed; change it in the data file"
            ));
        } else if let Some(span) = value.defined {
            change.rewrites.push(Rewrite::Value { span, before: before.clone(), after: after.clone() });
        } else {
            change.reason = Some(self.computed(name));
        }
        change.value = Some(value);
    }

    /// The value that a use prints, with what was printed and what came in its place.
    pub(super) fn value_change(&self, (name, before, after): (&str, &str, &str)) -> Option<ValueChange> {
        let value = self.document.values.iter().find(|v| v.id == *name)?;
        let fact = self.document.facts.iter().find(|fact| fact.defined.is_some() && fact.defined == value.defined);
        Some(ValueChange {
            id: name.to_owned(),
            name: fact.map_or_else(|| value.expression.clone(), |fact| fact.name.clone()),
            defined: value.defined,
            before: before.to_owned(),
            after: after.to_owned(),
        })
    }

    /// The same of a value that other words replaced.
    pub(super) fn lost_value(&self, lost: Option<&(String, String, String)>) -> Option<ValueChange> {
        lost.and_then(|(name, before, after)| self.value_change((name, before, after)))
    }

    /// Says what a computed figure is computed from.
    fn computed(&self, name: &str) -> Message {
        let index = self.document.values.iter().position(|v| v.id == name);
        let uses = |uses: &[ValueIndex]| index.is_some_and(|at| uses.iter().any(|u| u.get() == at));
        let all = self.document.facts.iter().filter(|fact| fact.defined.is_some() && uses(&fact.uses));
        let from: Vec<String> = all.map(|fact| fact.name.clone()).collect();
        if from.is_empty() {
            return say!(
                "这个数由表达式算出，请改它所用的数据",
                "this figure is computed by an expression; change the data that it uses"
            );
        }
        let (zh, en) = (from.join("、"), from.join(", "));
        say!(
            "这个数由表达式算出，请改它所用的数据：{zh}",
            "this figure is computed by an expression; change the data that it uses: {en}"
        )
    }
}
