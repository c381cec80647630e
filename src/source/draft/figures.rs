//! Numbers that look like statistics, proposed as figures with names from their sentence.

use super::super::home::{Digits, Within, scalar};
use crate::model::{UnitUse, units};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The figures found so far.
#[derive(Clone, Debug, Default)]
pub(super) struct FoundFigures {
    names: BTreeMap<String, usize>,
    /// Name, value, the sentence around it.
    found: Vec<(String, String, String)>,
}

/// The most characters of a name.
const NAME: usize = 8;

impl FoundFigures {
    /// Takes in the numbers of a text. `bind`: puts their names in their place.
    pub(super) fn take(&mut self, text: &str, bind: bool) -> String {
        let mut out = String::new();
        let mut at = 0;
        while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|i| at + i) {
            let end = number_end(text, start);
            let behind = &text[end..];
            let before = &text[..start];
            let alone = !before.ends_with(|c: char| {
                c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '—' | '^' | '@' | '～' | '~')
            });
            let in_title = before.matches('《').count() > before.matches('》').count();
            let counts = units(UnitUse::Statistic).any(|unit| behind.starts_with(unit)) && !behind.starts_with("个月");
            if alone && counts && !in_title {
                let name = self.add(before, &text[start..end], behind);
                if bind {
                    out.push_str(&text[at..start]);
                    out.push_str("{{ ");
                    out.push_str(&name);
                    out.push_str(" }}");
                    at = end;
                    continue;
                }
            }
            out.push_str(&text[at..end]);
            at = end;
        }
        out.push_str(&text[at..]);
        out
    }

    fn add(&mut self, before: &str, value: &str, behind: &str) -> String {
        let han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
        let words: Vec<char> = before.chars().rev().take_while(han).take(NAME).collect();
        let base: String = if words.is_empty() { "数".to_owned() } else { words.into_iter().rev().collect() };
        let count = self.names.entry(base.clone()).or_insert(0);
        *count += 1;
        let name = if *count == 1 { base } else { format!("{base}_{count}") };
        let near: String = before.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = behind.chars().take(8).collect();
        self.found.push((name.clone(), value.to_owned(), format!("{near}〔〕{after}").replace('\n', " ")));
        name
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.found.len()
    }

    /// The data file. `bind`: as entries; else as proposals.
    pub(super) fn file(&self, bind: bool) -> String {
        let mut out = if bind {
            "# 正文里的统计数字。正文用 {{ 名称 }} 引用；改这里，正文各处随之改变。右边是所在的原句，〔〕处为数字。\n"
                .to_owned()
        } else {
            "# 像是统计数字的数，供采用：去掉行首的 #，正文里换成 {{ 名称 }}，并在 report.yaml 里写上 data: figures.yaml。\n".to_owned()
        };
        for (name, value, sentence) in &self.found {
            let mark = if bind { "" } else { "# " };
            // Writing to a string cannot fail.
            let Ok(()) = writeln!(out, "{mark}{name}: {}   # {sentence}", scalar(value, Within::Block, Digits::Bare))
            else {
                break;
            };
        }
        out
    }
}

/// Where a number ends: digits with point and thousands.
fn number_end(text: &str, start: usize) -> usize {
    let mut end = start;
    loop {
        end += text[end..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - end);
        let mut rest = text[end..].chars();
        match (rest.next(), rest.next()) {
            (Some('.' | ','), Some(next)) if next.is_ascii_digit() => end += 1,
            _ => return end,
        }
    }
}
