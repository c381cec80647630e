//! `--set KEY=VALUE`: values of the data that the command line changes.

use super::datum::{Datum, Entry, Step};
use super::decimal::Decimal;
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::yaml::file::Reading;
use crate::yaml::near::suggestion;

/// Applies `--set KEY=VALUE` to the data. KEY is a dotted path that the data has; a VALUE that looks like a number is one.
pub(in crate::source) fn override_all(
    reading: &mut Reading<'_>,
    root: Entry,
    overrides: &[(String, String)],
) -> Option<Entry> {
    let mut root = root;
    let mut complete = true;
    for (key, value) in overrides {
        // The command line is a source of its own, so that a value set there has a place to show.
        let text = format!("{key}={value}");
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let file = reading.sources.add("--set", text);
        let from = u32::try_from(key.len() + 1).unwrap_or(u32::MAX);
        let datum = Decimal::parse(value).map_or_else(|| Datum::Text(value.as_str().into()), Datum::Number);
        let entry = Entry { datum, span: Some(Span { file, start: from, end: length }) };
        let path = steps(key);
        if let Some(changed) = path.as_deref().and_then(|path| root.with(path, &entry)) {
            root = changed;
            continue;
        }
        complete = false;
        let (zh, en) = missing(&root, &path.unwrap_or_default());
        reading.diagnostics.push(Diagnostic::error(
            Code::BAD_OVERRIDE,
            Span { file, start: 0, end: from - 1 },
            say!("数据里没有“{key}”，不能用 --set 改", "the data has no \"{key}\" for --set to change"),
            say!(
                "写数据里的名称，例如 --set proposals.filed=119{zh}",
                "name an entry of the data, such as --set proposals.filed=119{en}"
            ),
        ));
    }
    complete.then_some(root)
}

/// The steps of a path as expressions write it: `stations[0].name`.
fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (name, mut rest) = part.find('[').map_or((part, ""), |at| part.split_at(at));
        if name.is_empty() {
            return None;
        }
        steps.push(Step::Name(name.to_owned()));
        while !rest.is_empty() {
            let (index, behind) = rest.strip_prefix('[')?.split_once(']')?;
            steps.push(match index.trim().parse() {
                Ok(index) => Step::Index(index),
                Err(_) => Step::Name(index.trim().trim_matches(['"', '\'']).to_owned()),
            });
            rest = behind;
        }
    }
    Some(steps)
}

/// A suggestion for the first part of a path that leads nowhere.
fn missing(root: &Entry, path: &[Step]) -> (String, String) {
    let mut entry = root;
    for step in path {
        let next = match step {
            Step::Name(name) => entry.get(name),
            Step::Index(index) => entry.item(*index),
        };
        match (next, step) {
            (Some(next), _) => entry = next,
            (None, Step::Name(name)) => return suggestion(name, entry.keys()),
            (None, Step::Index(_)) => break,
        }
    }
    (String::new(), String::new())
}
