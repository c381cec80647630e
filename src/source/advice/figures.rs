//! Figures: typed though the data has them, or never used.

use std::collections::BTreeMap;

use super::prose::Char;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::source::data::{Datum, Entry};
use crate::source::expression::Scope;

/// The numbers of the data by how they are written, with the path of the first and how many there are.
pub(super) fn collect(entry: &Entry, path: &str, numbers: &mut BTreeMap<String, (String, u32)>) {
    match &entry.datum {
        Datum::Number(figure) => {
            let known = numbers.entry(figure.print().unwrap_or_default()).or_insert_with(|| (path.to_owned(), 0));
            known.1 += 1;
        }
        Datum::Map(entries) => {
            for (name, entry) in entries.iter() {
                let path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
                collect(entry, &path, numbers);
            }
        }
        // Rows go into tables: their numbers are not named one by one.
        _ => {}
    }
}

/// Numbers typed where the data has them. Only numbers telling enough to be the same by more than chance: three digits, and
/// no year, document number or part of a name.
pub(super) fn typed(text: &[Char], numbers: &BTreeMap<String, (String, u32)>, out: &mut Vec<Diagnostic>) {
    let is_digit = |at: usize| text.get(at).is_some_and(|ch| ch.c.is_ascii_digit());
    // 1,119 is one number.
    let thousands = |at: usize| text[at].c == ',' && (1..=3).all(|n| is_digit(at + n)) && !is_digit(at + 4);
    let part = |at: usize| text[at].c.is_ascii_digit() || text[at].c == '.' || thousands(at);
    let mut i = 0;
    while i < text.len() {
        if !text[i].typed || !text[i].c.is_ascii_digit() {
            i += 1;
            continue;
        }
        let start = i;
        while i < text.len() && text[i].typed && part(i) {
            i += 1;
        }
        let number: String = text[start..i].iter().map(|ch| ch.c).filter(|&c| c != ',').collect();
        let number = number.trim_end_matches('.');
        let before = start.checked_sub(1).map(|j| text[j].c);
        let after = text.get(i).map(|ch| ch.c);
        let named = before.is_some_and(|c| {
            c.is_ascii_alphabetic() || matches!(c, '·' | '+' | '-' | '第' | '〔' | '.' | ':' | '：' | ',')
        }) || after.is_some_and(|c| {
            c.is_ascii_alphabetic()
                || matches!(c, '年' | '月' | '日' | '号' | '·' | '+' | '-' | '〕' | '届' | '版' | ':')
        });
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        if named || digits < 3 {
            continue;
        }
        if let Some((path, 1)) = numbers.get(number) {
            out.push(Diagnostic::advice(
                Code::TYPED_NUMBER,
                text[start].span.to(text[i - 1].span),
                say!(
                    "{number} 与数据 {path} 相同，却是直接写的",
                    "{number} is typed, though the data has it as {path}"
                ),
                say!("是同一个数字的话，写成 {{{{ {path} }}}}", "write {{{{ {path} }}}} if it is the same figure"),
            ));
        }
    }
}

/// Entries that no expression has used; a group of them is named once.
pub(super) fn unused(scope: &Scope, path: &str, entry: &Entry, out: &mut Vec<Diagnostic>) {
    let Some(span) = entry.span else { return };
    if scope.is_used(span) {
        return;
    }
    if any_used(scope, entry) {
        if let Datum::Map(map) = &entry.datum {
            // The sheets of a workbook are files of their own: those that a report does not use are no slip.
            let within = |entry: &Entry| entry.span.is_none_or(|s| s.file == span.file);
            let entries = map.iter().filter(|(_, entry)| within(entry));
            entries.for_each(|(name, entry)| unused(scope, &format!("{path}.{name}"), entry, out));
        }
        return;
    }
    out.push(Diagnostic::advice(
        Code::UNUSED_DATA,
        span,
        say!("数据“{path}”没有用到", "the data entry \"{path}\" is never used"),
        say!("在正文里写 {{{{ {path} }}}}，或者删去", "use it by {{{{ {path} }}}}, or remove it"),
    ));
}

fn any_used(scope: &Scope, entry: &Entry) -> bool {
    let used = entry.span.is_some_and(|span| scope.is_used(span));
    used || match &entry.datum {
        Datum::List(items) => items.iter().any(|e| any_used(scope, e)),
        Datum::Map(entries) => entries.iter().any(|(_, e)| any_used(scope, e)),
        _ => false,
    }
}
