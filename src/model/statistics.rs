//! How much there is in a document, as offices count it.

use super::{BlockKind, Document};

/// How much there is in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// 字数 as Word counts it: every Chinese character and mark is one, every Latin word and every number is one. Footnotes count,
    /// automatic numbers, the contents and page numbers do not.
    pub characters: usize,
    /// Pages, blank ones too.
    pub pages: usize,
    /// Tables.
    pub tables: usize,
    /// Pictures and charts.
    pub figures: usize,
    /// Tenths of a minute that it takes to read the characters out, at the template's rate.
    pub tenths: usize,
}

impl Statistics {
    /// What a document of so many pages holds, read at `rate` characters a minute.
    #[must_use]
    pub fn of(document: &Document, pages: usize, rate: u32) -> Self {
        let mut found = Self { pages, ..Self::default() };
        for block in &document.blocks {
            match block.kind {
                BlockKind::Table(_) => found.tables += 1,
                BlockKind::Figure(_) | BlockKind::Chart(_) => found.figures += 1,
                BlockKind::Contents(_) => continue,
                _ => {}
            }
            // What is drawn is no text.
            let texts = match &block.kind {
                BlockKind::Chart(chart) => chart.caption.iter().collect(),
                kind => kind.texts(),
            };
            found.characters += texts.into_iter().map(|text| words(&text.unmarked())).sum::<usize>();
        }
        found.characters += document.notes.iter().map(|note| words(&note.text.plain())).sum::<usize>();
        found.tenths = (found.characters * 10).div_ceil(rate.max(1) as usize);
        found
    }

    /// The minutes with one decimal.
    #[must_use]
    pub fn minutes(&self) -> String {
        format!("{}.{}", self.tenths / 10, self.tenths % 10)
    }
}

/// Chinese characters and marks, and Latin words.
fn words(text: &str) -> usize {
    let mut count = 0;
    let mut inside = false;
    for c in text.chars() {
        let blank = c.is_whitespace();
        let chinese = !blank && is_chinese(c);
        count += usize::from(chinese || !(blank || inside));
        inside = !(chinese || blank);
    }
    count
}

/// True for what Word counts by itself: Han, full-width forms, and the marks that Latin and Chinese share.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
        || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '①'..='⓿' | '★' | '☆' | '※' | '→' | '℃' | '‰')
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn characters_are_counted_as_word_counts_them() {
        for (text, count) in [
            ("全年收到提案126件。", 9),
            ("GDP增长5.5%，好于预期。", 10),
            ("a b  c", 3),
            ("“十四五”规划", 7),
            ("", 0),
            ("G108新线　两侧", 5),
            ("2024年1月8日", 6),
        ] {
            assert_eq!(words(text), count, "{text}");
        }
    }
}
