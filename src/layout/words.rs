//! Chinese words, found in the text of a title.
//!
//! jieba cuts a text into words by a dictionary of 349,045 words. To parse it takes 0.1 s and 28 MB, three times what the rest of a
//! small report costs. So the dictionary is kept as a finite-state transducer that is searched where it is, and jieba is given
//! only the words that occur in the text, with the same total frequency: its answer is the same.

use fst::raw::{Fst, Node, Output};
use jieba_rs::Jieba;

/// The dictionary of jieba 0.11 (MIT, see `words/LICENSE-jieba.txt`): word → frequency.
static WORDS: &[u8] = include_bytes!("words/words.fst");

/// The frequencies of all words of the dictionary together.
const TOTAL: u64 = 60_101_964;

/// The words of a text, in order; together they are the text.
pub(super) fn cut(text: &str) -> Vec<String> {
    let jieba = dictionary_of(text);
    jieba.cut(text, true).into_iter().map(|token| token.word.to_owned()).collect()
}

/// A segmenter that knows the words of the dictionary that occur in a text.
fn dictionary_of(text: &str) -> Jieba {
    let mut jieba = Jieba::empty();
    let Ok(words) = Fst::new(WORDS) else { return jieba };
    let mut known = 0;
    for (start, _) in text.char_indices() {
        for (end, frequency) in words_at(&words, &text[start..]) {
            let word = &text[start..start + end];
            if !jieba.has_word(word) {
                known += frequency;
                jieba.add_word(word, usize::try_from(frequency).ok(), None);
            }
        }
    }
    // jieba weighs a word by its share of all frequencies: those of the words that are not here count too.
    let absent = "\u{10FFFF}".repeat(text.chars().filter(|&c| c == '\u{10FFFF}').count() + 1);
    jieba.add_word(&absent, usize::try_from(TOTAL.saturating_sub(known)).ok(), None);
    jieba
}

/// The ends of the words that a text begins with, in bytes, and their frequencies.
fn words_at(words: &Fst<&[u8]>, text: &str) -> Vec<(usize, u64)> {
    let mut found = Vec::new();
    let mut node: Node<'_> = words.root();
    let mut value = Output::zero();
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        let Some(next) = node.find_input(byte) else { break };
        let transition = node.transition(next);
        value = value.cat(transition.out);
        node = words.node(transition.addr);
        if node.is_final() {
            found.push((at + 1, value.cat(node.final_output()).value()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{TOTAL, WORDS, cut};
    use fst::{Map, Streamer};
    use jieba_rs::Jieba;

    #[test]
    fn the_dictionary_is_that_of_jieba() {
        let (own, jieba) = (Map::new(WORDS).unwrap(), Jieba::new());
        assert_eq!(format!("{jieba:?}"), format!("Jieba {{ records_len: {}, total_freq: {TOTAL} }}", own.len()));
        let (mut stream, mut total) = (own.stream(), 0);
        while let Some((word, frequency)) = stream.next() {
            total += frequency;
            assert!(jieba.has_word(std::str::from_utf8(word).unwrap()));
        }
        assert_eq!(total, TOTAL);
    }

    #[test]
    fn texts_are_cut_as_by_jieba() {
        let jieba = Jieba::new();
        let report = include_str!("../../data/report.yaml");
        let odd = ["", "a", "\u{10FFFF}\u{10FFFF}", "GDP增长5.2%", "……——", "𠮷野家在北京市房山区", "e\u{301}"];
        for text in report.lines().chain(report.split(['，', '。', '、'])).chain(odd) {
            let expected: Vec<&str> = jieba.cut(text, true).into_iter().map(|token| token.word).collect();
            assert_eq!(cut(text), expected, "{text}");
        }
    }
}
