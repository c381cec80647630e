//! Pictures that they swapped, made larger or smaller, or cut.

use super::planner::Planner;
use super::review::{ChangeKind, Status};
use crate::diagnostic::say;
use crate::model::{Picture, PictureKind, Rewrite};

impl Planner<'_> {
    /// A picture that they swapped.
    pub(super) fn picture(&mut self, i: usize, j: usize, k: usize) {
        let (own, their) = (&self.base.items[i], &self.theirs.items[j]);
        if their.pictures.is_empty() {
            return;
        }
        let (old, new) = (&own.pictures, &their.pictures);
        if old.len() != new.len() {
            return;
        }
        self.picture_described(i, j);
        let unknown = |a: &Picture, b: &Picture| a.is_chart() && b.is_chart() && (a.sum == 0 || b.sum == 0);
        let other = old.iter().zip(new).enumerate().find(|(_, (a, b))| !a.is(b) && !unknown(a, b));
        let Some((at, new)) = other.map(|(at, (_, b))| (at, b.clone())) else {
            self.picture_resized(i, j);
            return;
        };
        self.picture_swapped((i, j, k), at, new);
    }

    /// A picture in place of the one at an index of its item.
    pub(super) fn picture_swapped(&mut self, (i, j, k): (usize, usize, usize), at: usize, new: Picture) {
        let mut change = self.change(ChangeKind::Picture, Status::Clean, i, Some(j));
        if new.is_chart() {
            change.status = Status::Unsupported;
            change.reason = Some(say!(
                "图表里的数改了，带不回来：请改图表所用的数据",
                "the figures of the chart were changed, which is not carried over; change the data that it shows"
            ));
            self.changes.push(change);
            return;
        }
        let ending = new.name.rsplit('.').next().unwrap_or("png").to_lowercase();
        let kind = PictureKind::of_ending(&ending);
        change.after = said(&new);
        let block = self.ours.items[k].block.clone();
        let own = self.document.indexed().find(|(_, b)| Some(&b.id) == block.as_ref()).map(|(index, _)| index);
        let count = self.document.pictures().filter(|picture| Some(picture.index.block) == own).count();
        let known = count == self.base.items[i].pictures.len();
        match block {
            Some(block) if known && matches!(kind, Some(PictureKind::Png | PictureKind::Jpeg)) => {
                change.rewrites.push(Rewrite::Picture { block, at, ending, data: new.data });
            }
            _ => {
                change.status = Status::Unsupported;
                change.reason = Some(say!(
                    "这种图不能带回来，请另存后自己替换",
                    "pictures of this kind are not carried over; replace it by hand"
                ));
            }
        }
        self.changes.push(change);
    }

    /// The pictures of a table: one goes to its cell where all others are as they were on all sides; else it is told.
    pub(super) fn table_pictures(&mut self, (i, j, k): (usize, usize, usize)) {
        let (old, new) = (&self.base.items[i].pictures, &self.theirs.items[j].pictures);
        let ours = &self.ours.items[k].pictures;
        let is_known = |picture: &Picture| old.iter().any(|old| old.is(picture));
        let unknown: Vec<(usize, Picture)> =
            new.iter().enumerate().filter(|(_, new)| !is_known(new)).map(|(at, new)| (at, new.clone())).collect();
        let in_place = old.len() == new.len()
            && old.iter().zip(new).all(|(old, new)| old.is(new) || !is_known(new))
            && old.len() == ours.len()
            && old.iter().zip(ours).all(|(old, ours)| old.is(ours));
        if unknown.is_empty() && in_place {
            self.picture_described(i, j);
            self.picture_resized(i, j);
        }
        for (at, new) in unknown {
            if in_place {
                self.picture_swapped((i, j, k), at, new);
                continue;
            }
            let mut change = self.change(ChangeKind::Picture, Status::Unsupported, i, Some(j));
            change.after = said(&new);
            change.reason = Some(say!(
                "表格里的图换了，行也改了，请自己替换",
                "a picture of the table is another, and its rows have changed; replace it by hand"
            ));
            self.changes.push(change);
        }
    }

    /// A picture of which they say something else to those who do not see it. Where nothing is said any more, a program dropped it.
    fn picture_described(&mut self, i: usize, j: usize) {
        let (own, their) = (&self.base.items[i], &self.theirs.items[j]);
        let said = |p: &Picture| p.alt.as_ref().map(|alt| alt.split_whitespace().collect::<Vec<_>>().join(" "));
        let pairs = own.pictures.iter().zip(&their.pictures).filter(|(a, _)| !a.is_chart());
        let both: Vec<(String, String)> = pairs.filter_map(|(a, b)| Some((said(a)?, said(b)?))).collect();
        for (before, after) in both.into_iter().filter(|(before, after)| before != after && !after.is_empty()) {
            let mut change = self.change(ChangeKind::Format, Status::Unsupported, i, Some(j));
            (change.before, change.after) = (before, after);
            change.reason = Some(say!(
                "图的替代文字带不回来：请在源文件里改 alt",
                "the alternative text of a picture is not carried over; change alt in the source"
            ));
            self.changes.push(change);
        }
    }

    /// A picture that they made larger or smaller, or cut.
    fn picture_resized(&mut self, i: usize, j: usize) {
        let (own, their) = (&self.base.items[i], &self.theirs.items[j]);
        let far = |a: i64, b: i64| a > 0 && b > 0 && (a - b).abs() > 10.max(a / 50);
        let is_other = |a: &Picture, b: &Picture| {
            far(a.size.0, b.size.0) || far(a.size.1, b.size.1) || (a.size.0 > 0 && a.crop != b.crop)
        };
        let pairs = own.pictures.iter().zip(&their.pictures);
        let Some((old, new)) = pairs.into_iter().find(|(a, b)| is_other(a, b)) else { return };
        let said = |p: &Picture| {
            let cut = if p.crop.is_empty() { "" } else { " ✂" };
            format!("{} × {} mm{cut}", (p.size.0 + 5) / 10, (p.size.1 + 5) / 10)
        };
        let (before, after) = (said(old), said(new));
        let mut change = self.change(ChangeKind::Format, Status::Unsupported, i, Some(j));
        (change.before, change.after) = (before, after);
        change.reason = Some(say!(
            "图的大小和裁剪带不回来：请在源文件里写 width，裁好的图另存后替换",
            "size and cropping of a picture are not carried over; write width in the source, and save a cropped picture as a file"
        ));
        self.changes.push(change);
    }
}

/// A picture as a change tells it.
fn said(picture: &Picture) -> String {
    format!("{}（{} 字节）", picture.name, picture.data.len())
}
