//! Which pages are on which side of which sheet.

use crate::pdf::Imposition;

/// One side of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SheetSide {
    /// The indices of its left and its right page; None: blank.
    pub(super) pages: [Option<usize>; 2],
    /// How many sheets this one lies within.
    pub(super) depth: usize,
}

/// The sides of the sheets of several copies, each of as many pages: every copy begins on a sheet of its own.
pub(super) fn sides_of_copies(imposition: Imposition, copies: usize, count: usize, closing: bool) -> Vec<SheetSide> {
    let own = count / copies.max(1);
    let mut one = sides(imposition, own, closing);
    if copies > 1 && one.len() % 2 == 1 {
        one.push(SheetSide { pages: [None, None], depth: 0 });
    }
    let moved =
        |side: &SheetSide, copy: usize| SheetSide { pages: side.pages.map(|page| Some(page? + copy * own)), ..*side };
    (0..copies.max(1)).flat_map(|copy| one.iter().map(move |side| moved(side, copy)).collect::<Vec<_>>()).collect()
}

/// The sides of all sheets, front and back of each in turn, of so many pages. `closing`: the last page closes the document, so
/// that blank ones go in front of it (GB/T 9704 7.5 has the imprint on the last page).
fn sides(imposition: Imposition, count: usize, closing: bool) -> Vec<SheetSide> {
    match imposition {
        Imposition::TwoUp => {
            let side = |first: usize| SheetSide {
                pages: [first, first + 1].map(|page| (page < count).then_some(page)),
                depth: 0,
            };
            (0..count).step_by(2).map(side).collect()
        }
        Imposition::Booklet => folded(&padded(count, closing)),
        Imposition::Signatures(pages) => {
            padded(count, closing).chunks(pages.next_multiple_of(4).max(4)).flat_map(folded).collect()
        }
    }
}

/// The pages with as many blank ones as whole sheets need.
fn padded(count: usize, closing: bool) -> Vec<Option<usize>> {
    let blank = count.next_multiple_of(4) - count;
    let mut pages: Vec<Option<usize>> = (0..count).map(Some).collect();
    let at = if closing { count.saturating_sub(1) } else { count };
    pages.splice(at..at, std::iter::repeat_n(None, blank));
    pages
}

/// Sheets that lie in one another: the outermost has the first and the last page.
fn folded(pages: &[Option<usize>]) -> Vec<SheetSide> {
    let page = |at: usize| pages.get(at).copied().flatten();
    let count = pages.len();
    let sheet = |depth: usize| {
        let (first, last) = (2 * depth, count - 1 - 2 * depth);
        let side = |left: usize, right: usize| SheetSide { pages: [page(left), page(right)], depth };
        [side(last, first), side(first + 1, last - 1)]
    };
    (0..count / 4).flat_map(sheet).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pages as a reader turns them, the sheets being folded and laid in one another.
    fn read(sides: &[SheetSide]) -> Vec<Option<usize>> {
        let mut book = Vec::new();
        for sheet in sides.chunks(2).rev() {
            let [front, back] = [sheet[0].pages, sheet[1].pages];
            book.insert(0, back[0]);
            book.insert(0, front[1]);
            book.extend([back[1], front[0]]);
        }
        book
    }

    #[test]
    fn a_folded_booklet_reads_in_order() {
        for count in 1..40 {
            let book = read(&sides(Imposition::Booklet, count, false));
            assert_eq!(book.iter().copied().flatten().collect::<Vec<_>>(), (0..count).collect::<Vec<_>>());
            assert_eq!(book.len(), count.next_multiple_of(4));
            assert!(book[count..].iter().all(Option::is_none), "blank pages are last");
            let closed = read(&sides(Imposition::Booklet, count, true));
            assert_eq!(closed.last().copied().flatten(), Some(count - 1), "the imprint is on the back");
        }
    }

    #[test]
    fn signatures_are_booklets_behind_one_another() {
        let sides = sides(Imposition::Signatures(8), 18, false);
        let books = [&sides[..4], &sides[4..8], &sides[8..]].map(read);
        let expected: Vec<Option<usize>> = (0..20).map(|page| (page < 18).then_some(page)).collect();
        assert_eq!(books.concat(), expected);
        assert_eq!(sides.iter().map(|side| side.depth).collect::<Vec<_>>(), [0, 0, 1, 1, 0, 0, 1, 1, 0, 0]);
    }

    #[test]
    fn every_copy_has_its_own_sheets() {
        for imposition in [Imposition::Booklet, Imposition::Signatures(8), Imposition::TwoUp] {
            for own in 1..20 {
                let one = sides(imposition, own, false);
                let all = sides_of_copies(imposition, 3, 3 * own, false);
                let length = one.len().next_multiple_of(2);
                assert_eq!(all.len(), 3 * length, "{own} pages end on a back");
                for (copy, part) in all.chunks(length).enumerate() {
                    let back = |side: &SheetSide| side.pages.map(|page| Some(page? - copy * own));
                    assert_eq!(
                        part.iter().take(one.len()).map(back).collect::<Vec<_>>(),
                        one.iter().map(|side| side.pages).collect::<Vec<_>>()
                    );
                }
            }
        }
        assert_eq!(sides_of_copies(Imposition::TwoUp, 1, 1, false), sides(Imposition::TwoUp, 1, false));
    }

    #[test]
    fn two_pages_side_by_side() {
        let pages: Vec<_> = sides(Imposition::TwoUp, 3, true).into_iter().map(|side| side.pages).collect();
        assert_eq!(pages, [[Some(0), Some(1)], [Some(2), None]]);
    }
}
