//! How much there is in a document, as offices count it.

use super::{BlockKind, Document, RunKind, Text, in_chinese, is_shared_mark};

/// How much there is in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// 字数 as Word counts it: every Chinese character and mark is one, every Latin word and every number is one. Footnotes count, and
    /// so do numbers of tables and figures and of glossary terms, which are fields in the Word file; numbers of lists and headings, the
    /// contents and page numbers do not.
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
            if let BlockKind::Table(_) | BlockKind::Figure(_) | BlockKind::Chart(_) = block.kind {
                found.characters += block.kind.number().map_or(0, |number| words(&number.text));
            }
            found.characters += paragraphs(&block.kind).iter().map(|texts| paragraph(texts)).sum::<usize>();
        }
        found.characters += document.notes.iter().map(|note| paragraph(&[&note.text])).sum::<usize>();
        found.tenths = (found.characters * 10).div_ceil(rate.max(1) as usize);
        found
    }

    /// The minutes with one decimal.
    #[must_use]
    pub fn minutes(&self) -> String {
        format!("{}.{}", self.tenths / 10, self.tenths % 10)
    }
}

/// The texts of a block, those of one paragraph together.
fn paragraphs(kind: &BlockKind) -> Vec<Vec<&Text>> {
    match kind {
        BlockKind::Heading { .. } | BlockKind::Point { .. } | BlockKind::Term { .. } | BlockKind::Attendance { .. } => {
            vec![kind.texts()]
        }
        BlockKind::AttachmentNote(names) => names.iter().map(|name| name.texts().to_vec()).collect(),
        BlockKind::Table(table) => {
            let mut texts = table.texts();
            texts.truncate(texts.len() - 2 * table.below.len());
            let below = table.below.iter().map(|line| vec![&line.label, &line.text]);
            alone(texts).into_iter().chain(below).collect()
        }
        // What is drawn is no text.
        BlockKind::Chart(chart) => alone(chart.caption.iter().collect()),
        kind => alone(kind.texts()),
    }
}

/// Texts that are a paragraph each.
fn alone(texts: Vec<&Text>) -> Vec<Vec<&Text>> {
    texts.into_iter().map(|text| vec![text]).collect()
}

/// What a paragraph counts: all but the marks of its footnotes.
fn paragraph(texts: &[&Text]) -> usize {
    let runs = texts.iter().flat_map(|text| &text.runs).filter(|run| !matches!(run.kind, RunKind::Note(_)));
    words(&runs.map(|run| run.text.as_str()).collect::<String>())
}

/// Chinese characters and marks, and Latin words.
fn words(text: &str) -> usize {
    let mut count = 0;
    let mut inside = false;
    for (c, in_chinese) in text.chars().zip(in_chinese(text)) {
        let blank = c.is_whitespace();
        let chinese = !blank && if is_shared_mark(c) { in_chinese } else { stands_alone(c) };
        count += usize::from(chinese || !(blank || inside));
        inside = !(chinese || blank);
    }
    count
}

/// True for what Word counts by itself: Han, full-width forms and signs. Of marks that Latin and Chinese share it counts those in
/// Chinese text.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
        || matches!(c, '①'..='⓿' | '★' | '☆' | '※' | '→' | '℃' | '‰')
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
            ("the utility’s “metering” programme", 4),
            ("附件：1.2024年方案", 7),
        ] {
            assert_eq!(words(text), count, "{text}");
        }
    }
}
