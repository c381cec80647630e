//! Where two compositions of one document part.

use super::{LineKind, Page, PagedDocument};
use crate::template::Compose;

/// How one composition differs from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// The policies, the first the one that is compared with.
    pub policies: [Compose; 2],
    /// How many pages each has.
    pub pages: [usize; 2],
    /// The pages whose lines differ, in order.
    pub parted: Vec<PartedPage>,
}

/// A page whose lines differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartedPage {
    /// Counted from 1.
    pub page: usize,
    /// True when it begins at the same place of the text in both.
    pub begins_alike: bool,
    /// The first line that differs, counted from 1 among the lines of text on the page.
    pub line: usize,
    /// What it is in each; None: the page has no such line.
    pub texts: [Option<String>; 2],
}

impl Drift {
    /// Compares the lines of text of two compositions, page by page.
    #[must_use]
    pub fn between(a: (Compose, &PagedDocument), b: (Compose, &PagedDocument)) -> Self {
        let (pages_a, pages_b) = (lines(a.1), lines(b.1));
        let mut begun = [0, 0];
        let mut parted = Vec::new();
        for page in 0..pages_a.len().max(pages_b.len()) {
            let here = [pages_a.get(page), pages_b.get(page)].map(|lines| lines.map_or(&[][..], Vec::as_slice));
            let [x, y] = here;
            let same = x.iter().zip(y).take_while(|(x, y)| x == y).count();
            if same < x.len().max(y.len()) {
                let texts = here.map(|lines| lines.get(same).map(|&text| text.to_owned()));
                parted.push(PartedPage { page: page + 1, begins_alike: begun[0] == begun[1], line: same + 1, texts });
            }
            for (begun, lines) in begun.iter_mut().zip(here) {
                *begun += lines.iter().map(|text| text.len()).sum::<usize>();
            }
        }
        Self { policies: [a.0, b.0], pages: [a.1.pages.len(), b.1.pages.len()], parted }
    }
}

/// The lines of text of each page.
fn lines(paged: &PagedDocument) -> Vec<Vec<&str>> {
    let of_page = |page| {
        let text = Page::lines(page).filter(|line| !matches!(line.kind, LineKind::Artifact(_)));
        text.map(|line| line.text.as_str()).collect()
    };
    paged.pages.iter().map(of_page).collect()
}

#[cfg(test)]
mod tests {
    use super::{Compose, Drift, PagedDocument, PartedPage};
    use crate::layout::{Artifact, Line, LineKind, Page, PageItem};
    use crate::model::{BlockIndex, Length};
    use crate::printed::{PageNumber, PageNumberStyle};

    /// Pages of lines, each with its number below.
    fn paged(pages: &[&[&str]]) -> PagedDocument {
        let line = |kind, text: &str| {
            PageItem::Line(Line {
                kind,
                last: false,
                text: text.to_owned(),
                x: Length::ZERO,
                baseline: Length::ZERO,
                width: Length::ZERO,
                turned: false,
                runs: Vec::new(),
                strain: None,
            })
        };
        let page = |(number, lines): (usize, &&[&str])| Page {
            number: Some(PageNumber { count: number as u32, style: PageNumberStyle::Decimal }),
            width: Length::ZERO,
            height: Length::ZERO,
            items: (lines.iter().map(|text| line(LineKind::Block(BlockIndex::new(0)), text)))
                .chain([line(LineKind::Artifact(Artifact::PageNumber), "— 1 —")])
                .collect(),
        };
        PagedDocument { pages: pages.iter().enumerate().map(page).collect(), ..PagedDocument::default() }
    }

    fn parted(a: &[&[&str]], b: &[&[&str]]) -> Vec<PartedPage> {
        Drift::between((Compose::Fine, &paged(a)), (Compose::Word, &paged(b))).parted
    }

    #[test]
    fn equal_pages_do_not_part() {
        let drift = Drift::between((Compose::Fine, &paged(&[&["一"]])), (Compose::Word, &paged(&[&["一"]])));
        assert_eq!(drift, Drift { policies: [Compose::Fine, Compose::Word], pages: [1, 1], parted: Vec::new() });
    }

    #[test]
    fn the_first_line_of_each_page_that_parts_is_told() {
        let a: &[&[&str]] = &[&["一二三", "四五"], &["六七", "八"], &["九"]];
        let b: &[&[&str]] = &[&["一二三", "四", "五"], &["六七", "八"], &[], &["九"]];
        let line = |page, begins_alike, line, texts: [Option<&str>; 2]| PartedPage {
            page,
            begins_alike,
            line,
            texts: texts.map(|text| text.map(str::to_owned)),
        };
        let expected = [
            line(1, true, 2, [Some("四五"), Some("四")]),
            line(3, true, 1, [Some("九"), None]),
            line(4, false, 1, [None, Some("九")]),
        ];
        assert_eq!(parted(a, b), expected);
    }
}
