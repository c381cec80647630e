//! A slip that grammar allows: a filter at the end of a formula.

use super::fault::{Computed, fault};
use crate::diagnostic::{Code, say};

/// Filters that are meant for a whole formula when they are at its end.
const ON_NUMBERS: [&str; 12] = [
    "round",
    "round_even",
    "percent",
    "permille",
    "points",
    "wan",
    "yi",
    "thousands",
    "chinese",
    "growth",
    "abs",
    "int",
];

/// Refuses `a / b * 100 | round(1)`: a filter binds closer than arithmetic, so it would round the 100 and print a wrong figure
/// without a word.
pub(in crate::source) fn refuse_loose_filter(text: &str) -> Computed<()> {
    // By depth of brackets: whether an operator has been met.
    let mut operators = vec![false];
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(q), _) => quote = Some(q).filter(|q| *q != c),
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => operators.push(false),
            (None, ')' | ']' | '}') if operators.len() > 1 => {
                operators.pop();
            }
            (None, '+' | '-' | '*' | '/' | '%') if before.is_alphanumeric() || "_)]".contains(before) => {
                if let Some(last) = operators.last_mut() {
                    *last = true;
                }
            }
            // `and`, `if` and comparisons part formulas; a comma parts arguments.
            (None, ',' | '<' | '>' | '=' | '~') => {
                if let Some(last) = operators.last_mut() {
                    *last = false;
                }
            }
            (None, '|') if operators.last() == Some(&true) => {
                let name = text[at + 1..].trim_start();
                let name = name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
                if ON_NUMBERS.contains(&name) {
                    return Err(fault(
                        Code::EXPRESSION_SYNTAX,
                        (at, at + 1),
                        say!(
                            "“| {name}”只作用于紧挨着它的一个数，不是整个算式",
                            "\"| {name}\" applies to the number next to it, not to the whole formula"
                        ),
                        say!(
                            "给要处理的算式加括号，例如 (a / b * 100) | {name}",
                            "put the formula in brackets, such as (a / b * 100) | {name}"
                        ),
                    ));
                }
            }
            _ => {}
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    Ok(())
}
