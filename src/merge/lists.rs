//! Lists that they began anew or went on with, and numbers that they took away or put in.

use super::insert;
use super::planner::Planner;
use super::review::{ChangeKind, Status};
use crate::diagnostic::{Message, say};
use crate::model::{Item, ItemRole};

impl Planner<'_> {
    /// What they did to the numbers of paragraphs that both sides have.
    pub(super) fn lists(&mut self) {
        if self.base.formattings.is_empty() {
            return;
        }
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for part in &self.parts {
            if let ([i], [j]) = (part.base.as_slice(), part.theirs.as_slice())
                && !part.moved_by_them
            {
                pairs.push((*i, *j));
            }
        }
        let mut before: Vec<(ItemRole, usize, usize)> = Vec::new();
        for (i, j) in pairs {
            let (own, their) = (&self.base.items[i], &self.theirs.items[j]);
            let told = match (own.ordinal, their.ordinal) {
                (0, 0) => (own.listed != their.listed).then(|| if their.listed { put_in() } else { taken_away() }),
                (_, 0) => Some(taken_away()).filter(|_| !Self::types_number(own, their)),
                (0, _) => Some(put_in()),
                (own_count, their_count) => {
                    let last = before.iter().rposition(|(role, ..)| *role == own.role);
                    let step = last.map(|at| before[at]).filter(|(_, a, b)| self.nothing_between((*a, i), (*b, j)));
                    before.truncate(last.map_or(before.len(), |at| at + 1));
                    before.push((own.role, i, j));
                    step.filter(|(_, a, b)| {
                        let (a, b) = (self.base.items[*a].ordinal, self.theirs.items[*b].ordinal);
                        // What begins anew below a heading counts alike, whatever was moved before that.
                        own_count != their_count
                            && i64::from(own_count) - i64::from(a) != i64::from(their_count) - i64::from(b)
                    })
                    .map(|_| {
                        say!(
                            "编号由程序编排，重新编号或接着编号带不回来",
                            "numbers are automatic: where a list begins anew or goes on is not carried over"
                        )
                    })
                }
            };
            let Some(reason) = told.filter(|_| !self.restyled.contains(&j)) else { continue };
            let (number, text) = (own.number.clone(), their.number.clone());
            let (before, after) = (number + &own.phrase.plain(), text + &their.phrase.plain());
            let mut change = self.change(ChangeKind::Format, Status::Unsupported, i, Some(j));
            (change.before, change.after) = (before, after);
            change.reason = Some(reason);
            self.changes.push(change);
        }
    }

    /// True where all numbered paragraphs between two pairs are on both sides.
    fn nothing_between(&self, own: (usize, usize), their: (usize, usize)) -> bool {
        let in_place = |group: Option<usize>| {
            let group = group.map(|g| &self.to_theirs.groups[g]);
            // A heading that became one of another level counts elsewhere.
            let restyled = |j: &usize| self.restyled.contains(j);
            group.is_some_and(|g| !g.moved && g.a.len() == 1 && g.b.len() == 1 && !g.b.iter().any(restyled))
        };
        let kept = |i: usize| self.base.items[i].ordinal == 0 || in_place(self.to_theirs.of_a[i]);
        let known = |j: usize| self.theirs.items[j].ordinal == 0 || in_place(self.to_theirs.of_b[j]);
        their.0 < their.1 && (own.0..own.1).all(kept) && (their.0..their.1).all(known)
    }

    /// True where they typed the number that was automatic.
    fn types_number(own: &Item, their: &Item) -> bool {
        let is_typed = |item: &Item| insert::typed_number(item.phrase.plain().trim_start(), own.role).is_some();
        insert::own_number(own, their).is_some() || (is_typed(their) && !is_typed(own))
    }
}

fn taken_away() -> Message {
    say!(
        "编号或项目符号由源文件定，去掉的带不回来",
        "the source says what is numbered: a number or bullet taken away is not carried over"
    )
}

fn put_in() -> Message {
    say!(
        "编号或项目符号由源文件定，新加的带不回来",
        "the source says what is numbered: a number or bullet put in is not carried over"
    )
}
