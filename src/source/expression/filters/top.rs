//! The greatest entries of a list.

use super::super::arguments::Call;
use super::super::compare::order;
use super::super::fault::Computed;
use super::lists::{MOST_ITEMS, SortOrder, attribute, sorted};
use crate::diagnostic::{Code, say};
use crate::source::data::{Datum, Entry};

/// The greatest entries: `towns | top(3, "提案")`. Those without a value are none of them.
pub(super) fn top(call: &Call<'_>) -> Computed {
    let count = call.whole(0, "count", (1, MOST_ITEMS))?.unwrap_or(1);
    let name = call.arguments.find(1, "attribute");
    let mut all = sorted(call, name, SortOrder { reverse: true, fold_case: true })?;
    let key = |item: &Entry| name.map_or_else(|| Ok(item.clone()), |name| attribute(call, item, name));
    all.retain(|item| key(item).is_ok_and(|key| !matches!(key.scalar().datum, Datum::Null)));
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    if let [.., last, next] = all.get(..=count).unwrap_or_default()
        && let (Ok(last), Ok(next)) = (key(last), key(next))
        && order(&last.scalar(), &next.scalar()).is_some_and(std::cmp::Ordering::is_eq)
    {
        call.remark(
            Code::DOUBTFUL_FIGURE,
            say!(
                "第 {count} 项之后还有一样大的，没有列出",
                "after entry {count} there is one that is as great, which is not listed"
            ),
            say!(
                "多列一项或者少列一项，使并列的都在或者都不在",
                "list one more or one less, so that equal ones are all in or all out"
            ),
        );
    }
    all.truncate(count);
    Ok(Entry::list(all))
}
