//! The files that use each other, from their `use` lines and paths. Two files that need one another are one file in two halves:
//! neither can be read, moved or tested alone.

use super::{code, sources};
use std::collections::{BTreeMap, BTreeSet};

/// A path of the crate: `["layout", "inline", "prepare"]`.
type Module = Vec<String>;

/// One name that a file brings in: the path as written, and the name it goes by.
struct Import {
    path: Vec<String>,
    name: String,
}

/// What a file declares and names.
struct FileUses {
    file: String,
    imports: Vec<Import>,
    /// Paths within its code, such as `super::order::Picture`.
    paths: Vec<Vec<String>>,
}

/// Every file by the module it is.
struct Crate(BTreeMap<Module, FileUses>);

impl Crate {
    fn read() -> Self {
        let is_part = |file: &str| !file.ends_with("_test.rs") && file != "src/main.rs";
        let files = sources().into_iter().filter(|(file, _)| is_part(file));
        Self(files.map(|(file, text)| (module_of(&file), uses(file, &text))).collect())
    }

    /// The file that a path leads to, as seen from a module; None for a path out of the crate, and for a folder alone.
    fn resolve(&self, from: &Module, path: &[String]) -> Option<&str> {
        let mut at = from.clone();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => (at, rest) = (Module::new(), &path[1..]),
            "self" => rest = &path[1..],
            "super" => {}
            first if self.0.contains_key(&child(from, first)) => {}
            first => {
                let import = self.0.get(from)?.imports.iter().find(|import| import.name == first)?;
                // A name that is brought in under itself leads out of the crate.
                if import.path.first().is_some_and(|head| head == first) {
                    return None;
                }
                let whole: Vec<String> = import.path.iter().chain(&path[1..]).cloned().collect();
                return self.resolve(from, &whole);
            }
        }
        while let Some((name, behind)) = rest.split_first() {
            if name == "super" {
                at.pop();
            } else if self.0.contains_key(&child(&at, name)) {
                at = child(&at, name);
            } else {
                let here = self.0.get(&at)?;
                // A folder's contents page hands on what its files define.
                return match here.imports.iter().find(|import| import.name == *name && at != *from) {
                    Some(import) => self.resolve(&at, &import.path),
                    None => Some(&here.file),
                };
            }
            rest = behind;
        }
        let here = &self.0.get(&at)?.file;
        (!here.ends_with("/mod.rs") && here != "src/lib.rs").then_some(here)
    }

    /// For each file those that it uses.
    fn graph(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let of = |(module, uses): (&Module, &FileUses)| -> BTreeSet<&str> {
            let hands_on = |import: &&Import| !(is_contents_page(&uses.file) && self.is_below(module, &import.path));
            let imported = uses.imports.iter().filter(hands_on).map(|import| &import.path);
            let all = imported.chain(&uses.paths);
            all.filter_map(|path| self.resolve(module, path)).filter(|file| *file != uses.file).collect()
        };
        self.0.iter().map(|entry| (entry.1.file.as_str(), of(entry))).collect()
    }

    /// True for a path into a module's own folder.
    fn is_below(&self, module: &Module, path: &[String]) -> bool {
        path.first().is_some_and(|first| self.0.contains_key(&child(module, first)))
    }
}

fn is_contents_page(file: &str) -> bool {
    file.ends_with("/mod.rs") || file == "src/lib.rs"
}

fn child(module: &Module, name: &str) -> Module {
    module.iter().cloned().chain([name.to_owned()]).collect()
}

/// `src/layout/inline/mod.rs` → `["layout", "inline"]`.
fn module_of(file: &str) -> Module {
    let place = file.strip_prefix("src/").unwrap_or(file).trim_end_matches(".rs");
    place.split('/').filter(|part| !matches!(*part, "mod" | "lib")).map(str::to_owned).collect()
}

/// The imports and paths of a file.
fn uses(file: String, text: &str) -> FileUses {
    let tokens = tokens(&code(text));
    let mut uses = FileUses { file, imports: Vec::new(), paths: Vec::new() };
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at] == "use" {
            at += 1;
            import(&tokens, &mut at, &mut Vec::new(), &mut uses.imports);
            continue;
        }
        let begins =
            is_name(&tokens[at]) && !at.checked_sub(1).is_some_and(|before| matches!(&*tokens[before], "::" | "."));
        let mut path = vec![tokens[at].clone()];
        while begins
            && tokens.get(at + 1).is_some_and(|token| token == "::")
            && tokens.get(at + 2).is_some_and(|t| is_name(t))
        {
            path.push(tokens[at + 2].clone());
            at += 2;
        }
        at += 1;
        if path.len() > 1 {
            uses.paths.push(path);
        }
    }
    uses
}

/// One tree of a `use` line: `a::b`, `a::{b, c as d}`.
fn import(tokens: &[String], at: &mut usize, path: &mut Vec<String>, imports: &mut Vec<Import>) {
    let depth = path.len();
    while let Some(token) = tokens.get(*at) {
        match token.as_str() {
            "::" => *at += 1,
            "{" => {
                while tokens.get(*at).is_some_and(|token| token != "}") {
                    *at += 1;
                    import(tokens, at, path, imports);
                }
                *at += 1;
                path.truncate(depth);
                return;
            }
            name if is_name(name) => {
                path.push(name.to_owned());
                *at += 1;
                let next = tokens.get(*at).map_or("", String::as_str);
                if next != "::" {
                    let name =
                        if next == "as" { tokens.get(*at + 1).cloned().unwrap_or_default() } else { name.to_owned() };
                    *at += if next == "as" { 2 } else { 0 };
                    let name = if name == "self" {
                        path.get(path.len().wrapping_sub(2)).cloned().unwrap_or_default()
                    } else {
                        name
                    };
                    let whole = path.iter().enumerate().filter(|(i, part)| *i == 0 || *part != "self");
                    imports.push(Import { path: whole.map(|(_, part)| part.clone()).collect(), name });
                    path.truncate(depth);
                    return;
                }
            }
            _ => {
                path.truncate(depth);
                return;
            }
        }
    }
}

fn is_name(token: &str) -> bool {
    token.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_')
}

/// Names and marks; what is in quotes is left out.
fn tokens(code: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '"' {
            while let Some(c) = chars.next().filter(|c| *c != '"') {
                if c == '\\' {
                    chars.next();
                }
            }
        } else if c.is_alphanumeric() || c == '_' {
            let mut name = String::from(c);
            while let Some(c) = chars.next_if(|c| c.is_alphanumeric() || *c == '_') {
                name.push(c);
            }
            tokens.push(name);
        } else if c == ':' && chars.next_if_eq(&':').is_some() {
            tokens.push("::".to_owned());
        } else if c == '\'' {
            // A character; the name of a lifetime stays a name, which leads nowhere.
            let mut ahead = chars.clone();
            let first = ahead.next();
            if first == Some('\\') {
                chars.next();
                chars.next();
                while chars.next().is_some_and(|c| c != '\'') {}
            } else if ahead.next() == Some('\'') {
                chars.next();
                chars.next();
            }
        } else if !c.is_whitespace() {
            tokens.push(c.to_string());
        }
    }
    tokens
}

/// Groups of files that can all be reached from each other, the largest first.
fn circles<'a>(graph: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Vec<Vec<&'a str>> {
    let reached = |from: &'a str| {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(file) = open.pop() {
            for &next in graph.get(file).into_iter().flatten() {
                if seen.insert(next) {
                    open.push(next);
                }
            }
        }
        seen
    };
    let reach: BTreeMap<&str, BTreeSet<&str>> = graph.keys().map(|&file| (file, reached(file))).collect();
    let mut found: Vec<Vec<&str>> = Vec::new();
    for (&file, ahead) in &reach {
        if found.iter().all(|circle| !circle.contains(&file)) {
            let circle: Vec<&str> = ahead.iter().copied().filter(|other| reach[other].contains(file)).collect();
            if circle.len() > 1 {
                found.push(circle);
            }
        }
    }
    found
}

#[test]
fn no_circles_of_files() {
    let all = Crate::read();
    let graph = all.graph();
    let told = |circle: &Vec<&str>| {
        let line = |file: &&str| {
            let inside = graph[file].iter().copied().filter(|other| circle.contains(other));
            format!("  {file} → {}", inside.collect::<Vec<_>>().join(", "))
        };
        circle.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    let found: Vec<String> = circles(&graph).iter().map(told).collect();
    assert!(found.is_empty(), "files that use each other:\n{}", found.join("\nand\n"));
    assert!(graph["src/layout/compose.rs"].contains("src/layout/blocks.rs"), "paths are read");
    assert!(graph["src/layout/compose.rs"].contains("src/layout/pages/make_up.rs"), "contents pages are seen through");
}
