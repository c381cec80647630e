//! Data files.

use std::path::Path;
use std::sync::Arc;

use super::datum::{Datum, Entry, Step};
use super::decimal::Decimal;
use super::{json, sheet, tree};
use crate::diagnostic::{Code, Diagnostic, FileId, Span, say};
use crate::yaml::file::{Reading, unreadable};
use crate::yaml::near::suggestion;
use crate::yaml::tree::{Kind, Node, parse};

/// Reads the data files that `data:` names: one file whose keys are the names, or a map of names and files.
///
/// What is wrong goes to the diagnostics; `None` when anything is.
pub(in crate::source) fn read(reading: &mut Reading<'_>, folder: &Path, node: Option<&Node>) -> Option<Entry> {
    let none = || Entry::map([]);
    let Some(node) = node else { return Some(none()) };
    match &node.kind {
        Kind::Text(name) => {
            let entry = file(reading, folder, name, node.span)?;
            match entry.datum {
                Datum::Map(_) => Some(entry),
                // An empty file defines nothing; the names that use it are reported one by one.
                Datum::Null => Some(none()),
                other => {
                    let (zh, en) = other.name();
                    reading.diagnostics.push(Diagnostic::error(
                        Code::DATA_SHAPE,
                        node.span,
                        say!("“{name}”里是{zh}，没有名称", "\"{name}\" holds {en}, without names"),
                        say!("给它一个名称：data: {{名称: {name}}}", "give it a name: data: {{name: {name}}}"),
                    ));
                    None
                }
            }
        }
        Kind::Map(entries) => {
            let mut all = Vec::with_capacity(entries.len());
            let mut complete = true;
            for (key, value) in entries {
                let Kind::Text(name) = &value.kind else { continue };
                match file(reading, folder, name, value.span) {
                    Some(entry) => all.push((Arc::from(key.name.as_str()), entry)),
                    None => complete = false,
                }
            }
            complete.then(|| Entry { span: Some(node.span), ..Entry::map(all) })
        }
        _ => None,
    }
}

fn file(reading: &mut Reading<'_>, folder: &Path, name: &str, at: Span) -> Option<Entry> {
    let path = folder.join(name);
    let kind = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let hint =
        say!("检查文件名；路径相对于报告所在的文件夹", "check the name; paths are relative to the report's folder");
    match kind.as_str() {
        "yaml" | "yml" => {
            let shown = shown(reading, &path);
            let file = reading.text(&path, &shown, Some(at), Code::DATA_UNREADABLE, hint)?;
            yaml(reading, file)
        }
        "json" => {
            let shown = shown(reading, &path);
            let file = reading.text(&path, &shown, Some(at), Code::DATA_UNREADABLE, hint)?;
            json::read(reading, file)
        }
        "csv" => {
            let shown = shown(reading, &path);
            let file = reading.text(&path, &shown, Some(at), Code::DATA_UNREADABLE, hint)?;
            sheet::read_csv(reading, file)
        }
        "xlsx" => {
            let shown = shown(reading, &path);
            match reading.world.read(&path) {
                Ok(bytes) => sheet::read_xlsx(reading, &shown, bytes, at),
                Err(error) => {
                    reading.diagnostics.push(unreadable(Code::DATA_UNREADABLE, Some(at), &shown, &error, hint));
                    None
                }
            }
        }
        _ => {
            reading.diagnostics.push(Diagnostic::error(
                Code::DATA_FORMAT,
                at,
                say!("不认识的数据文件“{name}”", "\"{name}\" is no known kind of data file"),
                say!("可用 .yaml .json .csv .xlsx", "use .yaml, .json, .csv or .xlsx"),
            ));
            None
        }
    }
}

fn yaml(reading: &mut Reading<'_>, file: FileId) -> Option<Entry> {
    let before = reading.diagnostics.len();
    let node = parse(reading.sources, file, reading.diagnostics)?;
    let entry = tree::entry(reading.sources, &node, reading.diagnostics);
    (reading.diagnostics.len() == before).then_some(entry)
}

/// A path as messages show it: relative to the working directory where it is below it.
pub(in crate::source) fn shown(reading: &Reading<'_>, path: &Path) -> String {
    path.strip_prefix(reading.world.current_dir()).unwrap_or(path).display().to_string()
}

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
