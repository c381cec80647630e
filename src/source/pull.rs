//! `pull:` of a report: what `dinggao pull` fetches, and into which files.

use std::path::{Component, Path, PathBuf};

use super::keys::REPORT;
use super::root::tree;
use crate::diagnostic::{Code, Diagnostic, Message, Sources, Span, say};
use crate::world::World;
use crate::yaml::file::Reading;
use crate::yaml::near::suggestion;
use crate::yaml::shape::Shape;
use crate::yaml::tree::{Kind, Node};

/// The endings of data files that can be pulled.
const ENDINGS: [&str; 7] = ["csv", "tsv", "txt", "json", "xlsx", "xls", "ods"];
/// Parts of names of headers and of parameters that carry secrets.
const SECRETS: [&str; 8] = ["auth", "token", "key", "secret", "password", "passwd", "cookie", "session"];

/// How the names of a command's options end that give a secret away.
const IN_COMMANDS: [&str; 7] = ["password", "passwd", "pwd", "token", "secret", "apikey", "api-key"];

/// Where data comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PullSource {
    /// What a program writes: the program, then its arguments.
    Command(Vec<String>),
    /// What an address gives.
    Url {
        /// The address.
        url: String,
        /// Headers of the request.
        headers: Vec<PullHeader>,
    },
}

/// A header of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullHeader {
    /// Its name.
    pub name: String,
    /// What it says, or what stands before the secret.
    pub text: String,
    /// The environment variable that holds the secret.
    pub variable: Option<String>,
}

/// Something to pull.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullEntry {
    /// Its name in the report.
    pub name: String,
    /// Its place there.
    pub span: Span,
    /// Where it comes from.
    pub source: PullSource,
    /// The file, relative to the report's folder.
    pub to: PathBuf,
    /// How many seconds it may take.
    pub seconds: u64,
    /// The most megabytes that it may have.
    pub megabytes: u64,
}

/// What a report wants pulled.
#[derive(Debug, Default)]
pub struct PullList {
    /// The files that diagnostics point into.
    pub sources: Sources,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The entries, in the order of the report.
    pub entries: Vec<PullEntry>,
}

impl PullSource {
    /// As a person reads it: secrets by the names of their variables.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Command(words) => words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" "),
            Self::Url { url, headers } => {
                let mut shown = url.clone();
                for PullHeader { name, text, variable } in headers {
                    let variable = variable.as_ref().map(|v| format!("${v}")).unwrap_or_default();
                    shown = format!("{shown} ({name}: {text}{variable})");
                }
                shown
            }
        }
    }
}

/// A word as a shell would want it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=,@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// Reads what a report wants pulled: all of it, or what is named.
#[must_use]
pub fn pulls(world: &dyn World, report: &Path, only: &[String]) -> PullList {
    let mut list = PullList::default();
    let mut reading = Reading { world, sources: &mut list.sources, diagnostics: &mut list.diagnostics, trees: None };
    let Some(root) = tree(&mut reading, report) else { return list };
    let mut wrong = Vec::new();
    // Only what is pulled counts: the rest of the report may wait for the data.
    if let Some((node, field)) = root.get("pull").zip(REPORT.fields.iter().find(|field| field.key == "pull")) {
        Shape::Names(&field.shape).check(&wrapped(node), &mut wrong);
    }
    list.entries = entries(&root, &mut wrong);
    let names: Vec<String> = list.entries.iter().map(|entry| entry.name.clone()).collect();
    for name in only.iter().filter(|name| !names.contains(name)) {
        let (zh, en) = suggestion(name, names.iter().map(String::as_str));
        let all = names.join("、");
        wrong.push(Diagnostic::error(
            Code::PULL_ENTRY,
            root.get("pull").map(Node::head),
            say!("pull 里没有“{name}”", "pull has no \"{name}\""),
            say!("可用的：{all}{zh}", "there are: {all}{en}"),
        ));
    }
    if root.get("pull").is_none() {
        wrong.push(Diagnostic::error(
            Code::PULL_ENTRY,
            root.head(),
            say!("报告没有写 pull", "the report names nothing to pull"),
            say!(
                "写 pull: {{名称: {{command: [程序, 参数], to: data/文件.csv}}}}",
                "write pull: {{name: {{command: [program, argument], to: data/file.csv}}}}"
            ),
        ));
    }
    list.entries.retain(|entry| only.is_empty() || only.contains(&entry.name));
    list.diagnostics.append(&mut wrong);
    list
}

/// The node as the value of a key, so that its own shape is checked.
fn wrapped(node: &Node) -> Node {
    let key = crate::yaml::tree::Key { name: "pull".to_owned(), span: node.span };
    Node { kind: Kind::Map(vec![(key, node.clone())]), span: node.span }
}

/// The entries that are sound; what is wrong with the others goes to `wrong`.
pub(super) fn entries(root: &Node, wrong: &mut Vec<Diagnostic>) -> Vec<PullEntry> {
    let Some(Kind::Map(entries)) = root.get("pull").map(|n| &n.kind) else { return Vec::new() };
    let mut found: Vec<PullEntry> = Vec::new();
    // What is no map has been told as such.
    for (key, node) in entries.iter().filter(|(_, node)| matches!(node.kind, Kind::Map(_))) {
        match entry(&key.name, key.span, node) {
            Ok(entry) if found.iter().any(|other| plain(&other.to) == plain(&entry.to)) => {
                let file = entry.to.display();
                wrong.push(fault(
                    key.span,
                    say!("两项都存为 {file}", "two entries go to {file}"),
                    say!("给它们不同的文件名", "give them different files"),
                ));
            }
            Ok(entry) => found.push(entry),
            Err(diagnostic) => wrong.push(*diagnostic),
        }
    }
    found
}

/// A path without a leading `./`.
fn plain(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

fn entry(name: &str, span: Span, node: &Node) -> Result<PullEntry, Box<Diagnostic>> {
    let bad = |span, message, hint| Err(Box::new(fault(span, message, hint)));
    let text = |key: &str| node.get(key).and_then(|n| Some((n.as_text()?.to_owned(), n.span)));
    let number = |key: &str, usual: u64| text(key).and_then(|(t, _)| t.parse().ok()).unwrap_or(usual);
    let Some((to, at)) = text("to") else {
        return bad(
            span,
            say!("“{name}”没有写 to", "\"{name}\" has no `to`"),
            say!("写 to: data/文件.csv", "write to: data/file.csv"),
        );
    };
    let to = PathBuf::from(to);
    let within = to.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let ending = to.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if !within || !ENDINGS.contains(&ending.as_str()) {
        let hint = say!(
            "写报告所在文件夹里的 .csv .tsv .json .xlsx .xls .ods 文件",
            "name a .csv, .tsv, .json, .xlsx, .xls or .ods file in the report's folder"
        );
        let file = to.display();
        return bad(at, say!("不能存为 {file}", "it cannot be stored as {file}"), hint);
    }
    let source = match (node.get("command"), text("url")) {
        (Some(command), None) => {
            let words = command.as_list().unwrap_or(&[]).iter().filter_map(|n| Some((n.as_text()?, n.span)));
            if let Some((_, at)) = words.clone().find(|(word, _)| holds_secret(word)) {
                let hint = say!(
                    "口令不写进报告：存进环境变量，由程序自己读，如 PGPASSWORD",
                    "keep secrets out of the report: the program reads them from an environment variable, such as PGPASSWORD"
                );
                return bad(at, say!("命令里写着口令", "the command holds a secret"), hint);
            }
            PullSource::Command(words.map(|(word, _)| word.to_owned()).collect())
        }
        (None, Some((url, at))) => url_source(url, at, node.get("header"))?,
        _ => {
            let message = say!("“{name}”要写 command 或 url，只写一个", "\"{name}\" wants either command or url");
            return bad(span, message, say!("删去一个", "name one of them"));
        }
    };
    let (seconds, megabytes) = (number("timeout", 60), number("most", 64));
    Ok(PullEntry { name: name.to_owned(), span, source, to, seconds, megabytes })
}

fn url_source(url: String, at: Span, headers: Option<&Node>) -> Result<PullSource, Box<Diagnostic>> {
    let bad = |span, message, hint| Err(Box::new(fault(span, message, hint)));
    let lower = url.to_lowercase();
    // The machine itself needs no secrecy on the way.
    let local = ["http://localhost:", "http://127.0.0.1:"].iter().any(|start| lower.starts_with(start));
    if !(lower.starts_with("https://") || local) || url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        let hint = say!("写 https:// 开头的完整地址", "write a whole address that begins with https://");
        return bad(at, say!("只能读 https 地址", "only https addresses are read"), hint);
    }
    let (place, query) = url.split_once('?').unwrap_or((&url, ""));
    let host = place.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let named = query.split('&').any(|pair| is_secret(pair.split('=').next().unwrap_or_default()));
    if host.contains('@') || named {
        return bad(at, say!("地址里写着口令", "the address holds a secret"), by_name());
    }
    let mut found = Vec::new();
    if let Some(Kind::Map(entries)) = headers.map(|n| &n.kind) {
        for (key, value) in entries {
            let variable = value.get("env").and_then(Node::as_text).map(str::to_owned);
            let text =
                variable.as_ref().map_or_else(|| value.as_text(), |_| value.get("before").and_then(Node::as_text));
            let text = text.unwrap_or_default().to_owned();
            if variable.is_none() && is_secret(&key.name) {
                let name = &key.name;
                return bad(value.span, say!("{name} 里写着口令", "{name} holds a secret"), by_name());
            }
            let token = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            if key.name.is_empty() || !key.name.chars().all(token) || text.chars().any(char::is_control) {
                let hint = say!("名称只用字母、数字和 -", "letters, digits and - make up its name");
                return bad(key.span, say!("不是请求头", "this is no header"), hint);
            }
            found.push(PullHeader { name: key.name.clone(), text, variable });
        }
    }
    Ok(PullSource::Url { url, headers: found })
}

/// True for a word of a command that gives a secret away: postgres://user:secret@host, --password=secret, ?token=secret.
fn holds_secret(word: &str) -> bool {
    let host = word.split_once("://").map(|(_, rest)| rest.split(['/', '?']).next().unwrap_or_default());
    let in_host = host.and_then(|host| host.split_once('@')).is_some_and(|(user, _)| user.contains(':'));
    // `--sort-key=id` is none.
    let secret = |name: &str| IN_COMMANDS.iter().any(|end| name.to_lowercase().ends_with(end));
    let named = |pair: &str| pair.split_once('=').is_some_and(|(name, value)| !value.is_empty() && secret(name));
    in_host || word.split(['?', '&', ' ']).any(named)
}

fn is_secret(name: &str) -> bool {
    let lower = name.to_lowercase();
    SECRETS.iter().any(|part| lower.contains(part))
}

fn by_name() -> Message {
    say!(
        "口令不写进报告：存进环境变量，写 header: {{Authorization: {{env: 变量名, before: \"Bearer \"}}}}",
        "keep secrets out of the report: put them into an environment variable and write header: {{Authorization: {{env: NAME, before: \"Bearer \"}}}}"
    )
}

fn fault(span: Span, message: Message, hint: Message) -> Diagnostic {
    Diagnostic::error(Code::PULL_ENTRY, span, message, hint)
}
