//! The house checked by itself: what `docs/architecture.md` says of arrows, containment and sizes.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "helpers of tests: what cannot be read fails the test, and the house writes endings in lower case"
)]

mod circles;
mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// May use: a module and the modules it may name. `lib.rs` and `main.rs` are above all of them.
const ARROWS: [(&str, &[&str]); 17] = [
    ("world", &[]),
    ("reuse", &[]),
    ("diagnostic", &[]),
    ("yaml", &["reuse", "diagnostic", "world"]),
    ("model", &["diagnostic"]),
    ("picture", &["model", "diagnostic"]),
    ("template", &["yaml", "model", "diagnostic", "world"]),
    ("source", &["yaml", "model", "picture", "template", "reuse", "diagnostic", "world"]),
    ("font", &["reuse", "model", "diagnostic", "world"]),
    ("printed", &["model"]),
    ("layout", &["font", "template", "printed", "reuse", "model", "diagnostic"]),
    ("pdf", &["layout", "font", "printed", "picture", "reuse", "model", "diagnostic"]),
    ("docx", &["model", "template", "printed", "picture", "reuse", "diagnostic"]),
    ("preview", &["layout", "font", "picture", "model", "diagnostic"]),
    ("merge", &["model", "diagnostic"]),
    (
        "pipeline",
        &[
            "world",
            "reuse",
            "diagnostic",
            "model",
            "template",
            "source",
            "font",
            "printed",
            "layout",
            "pdf",
            "docx",
            "preview",
            "merge",
        ],
    ),
    (
        "cli",
        &[
            "world",
            "reuse",
            "diagnostic",
            "model",
            "template",
            "source",
            "font",
            "printed",
            "layout",
            "pdf",
            "docx",
            "preview",
            "merge",
            "pipeline",
        ],
    ),
];

/// Libraries (and macros) that only these folders may name.
const CONTAINED: [(&str, &[&str]); 15] = [
    ("printpdf", &["pdf"]),
    ("moxcms", &["pdf"]),
    ("lopdf", &["pdf"]),
    ("subsetter", &["pdf", "font", "docx"]),
    ("docx_rs", &["docx/write"]),
    ("serde_yaml", &["yaml"]),
    ("minijinja", &["source"]),
    ("calamine", &["source"]),
    ("fontdue", &["preview"]),
    ("resvg", &["picture"]),
    ("svg2pdf", &["picture"]),
    ("zune_jpeg", &["picture"]),
    ("clap", &["cli"]),
    ("tempfile", &["world"]),
    ("annotate_snippets", &["diagnostic"]),
];

/// Reading and writing files, the environment and the clock: only through `World`. The command line may look at its terminal
/// and measure time.
const SURROUNDINGS: [(&str, &[&str]); 9] = [
    ("std::fs", &["world"]),
    ("File::open", &["world"]),
    ("env::var", &["world", "cli"]),
    ("env::args", &["main.rs"]),
    ("env::current_dir", &["world"]),
    ("env::current_exe", &["world"]),
    ("env::temp_dir", &["world"]),
    ("SystemTime", &["world"]),
    ("Instant", &["cli/watch"]),
];

/// Files longer than the limit because they are tables of data.
const TABLES: [&str; 0] = [];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, sorted, as paths from the repository's root.
fn files(folder: &str) -> Vec<String> {
    fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    if root().join(folder).is_dir() {
        walk(&root().join(folder), &mut found);
    }
    let mut names: Vec<String> =
        found.iter().map(|p| p.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/")).collect();
    names.sort();
    names
}

fn sources() -> Vec<(String, String)> {
    files("src").into_iter().filter(|f| f.ends_with(".rs")).map(|f| (f.clone(), read(&f))).collect()
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// The code of a file: without comments, and without its unit tests, which come last.
fn code(text: &str) -> String {
    let text = text.split_once("#[cfg(test)]\nmod tests {").map_or(text, |(before, _)| before);
    let lines = text.lines().map(|line| line.split_once("//").map_or(line, |(before, _)| before));
    lines.collect::<Vec<_>>().join("\n")
}

/// The words of some code: identifiers, without the characters around them.
fn words(code: &str) -> BTreeSet<&str> {
    code.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect()
}

/// `src/layout/inline/x.rs` → `layout/inline/x.rs`.
fn place(file: &str) -> &str {
    file.strip_prefix("src/").unwrap_or(file)
}

fn within(file: &str, folder: &str) -> bool {
    let place = place(file);
    place == folder || place == format!("{folder}.rs") || place.starts_with(&format!("{folder}/"))
}

/// The modules that some code names: `crate::a::…`, and `crate::{a::…, b}`.
fn named_modules(code: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let (mut depth, mut item) = (0, String::new());
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => named.extend(first_word(&std::mem::take(&mut item))),
                    _ if depth == 0 => item.push(c),
                    _ => {}
                }
            }
            named.extend(first_word(&item));
        } else {
            named.extend(first_word(rest));
        }
    }
    named
}

fn first_word(text: &str) -> Option<String> {
    words(text.trim_start().split([':', '(', ';', ' ', '!']).next()?).first().map(|w| (*w).to_owned())
}

#[test]
fn arrows_between_modules() {
    let known: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let module = place(&file).split(['/', '.']).next().unwrap();
        if module == "lib" || module == "main" {
            continue;
        }
        let Some(allowed) = known.get(module) else {
            wrong.push(format!("{file}: module {module} has no arrows; give it some in docs/architecture.md and here"));
            continue;
        };
        for named in named_modules(&code(&text)) {
            if named != module && known.contains_key(named.as_str()) && !allowed.contains(&named.as_str()) {
                wrong.push(format!("{file}: {module} → {named}"));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that must not be:\n{}", wrong.join("\n"));
}

#[test]
fn libraries_stay_in_their_folders() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let code = code(&text);
        for (library, folders) in CONTAINED {
            if words(&code).contains(library) && !folders.iter().any(|f| within(&file, f)) {
                wrong.push(format!("{file}: {library} belongs in {}", folders.join(", ")));
            }
        }
        for (call, folders) in SURROUNDINGS {
            if code.contains(call) && !folders.iter().any(|f| within(&file, f)) {
                wrong.push(format!("{file}: {call} goes through World"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_of_a_size_to_read() {
    let mut wrong = Vec::new();
    for file in files("src").into_iter().chain(files("tests")).filter(|f| f.ends_with(".rs")) {
        let lines = read(&file).lines().count();
        if lines > 500 && !TABLES.contains(&file.as_str()) {
            wrong.push(format!("{file}: {lines} lines"));
        }
    }
    assert!(read("src/main.rs").lines().count() < 50, "src/main.rs holds no logic");
    assert!(wrong.is_empty(), "over 500 lines:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        if !text.starts_with("//! ") {
            wrong.push(format!("{file}: no module documentation in its first line"));
        }
        let is_contents_page = file.ends_with("/mod.rs");
        if is_contents_page && code(&text).lines().filter(|l| !l.trim().is_empty()).count() > 120 {
            wrong.push(format!("{file}: a mod.rs is a contents page"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_left_half_done() {
    // Split, so that this file does not find itself.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X "),
        concat!("for", " now"),
        concat!("un", "implemented!"),
    ];
    let mut wrong = Vec::new();
    let texts = ["src", "tests", "templates", "data", "docs", ".ci", "schemas"].into_iter().flat_map(files);
    for file in texts.filter(|f| is_text(f)) {
        let text = read(&file);
        for (number, line) in text.lines().enumerate() {
            for mark in marks {
                if line.contains(mark) {
                    wrong.push(format!("{file}:{}: {mark}", number + 1));
                }
            }
            if line.contains(concat!("#[", "allow(")) || line.contains(concat!("#![", "allow(")) {
                wrong.push(format!("{file}:{}: expect with a reason, never allow", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn is_text(file: &str) -> bool {
    let endings = ["rs", "yaml", "md", "json", "py", "sh", "txt", "csv", "toml"];
    // Tables of other programs are in other encodings.
    if file.starts_with("tests/source/forms/") {
        return false;
    }
    file == ".ci/run" || file.rsplit_once('.').is_some_and(|(_, e)| endings.contains(&e))
}

#[test]
fn every_golden_file_is_used() {
    let tests: String = files("tests").iter().filter(|f| f.ends_with(".rs")).map(|f| read(f)).collect();
    let suites: BTreeSet<String> = files("tests/suite")
        .iter()
        .map(|f| stem(f).to_owned())
        .chain(files("data").iter().map(|f| stem(f).to_owned()))
        .collect();
    let orphans: Vec<String> = files("tests/golden")
        .into_iter()
        .filter(|f| !tests.contains(f.rsplit('/').next().unwrap()) && !suites.contains(stem(f)))
        .collect();
    assert!(orphans.is_empty(), "golden files that no test reads:\n{}", orphans.join("\n"));
}

/// `tests/golden/title.layout.json` → `title`.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.split('.').next().unwrap_or(name)
}

#[test]
fn links_in_documents_lead_somewhere() {
    let mut wrong = Vec::new();
    let top = ["README.md", "README.zh-CN.md", "CHANGELOG.md"].map(str::to_owned);
    let documents: Vec<String> =
        top.into_iter().chain(files("docs")).chain(files("fonts")).filter(|f| f.ends_with(".md")).collect();
    for file in documents {
        let text = read(&file);
        let links = text.match_indices("](").map(|(at, mark)| at + mark.len());
        let pictures = text.match_indices("src=\"").map(|(at, mark)| at + mark.len());
        for at in links.chain(pictures) {
            let target = text[at..].split([')', ' ', '"']).next().unwrap();
            if target.starts_with("http") {
                continue;
            }
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let folder = Path::new(&file).parent().unwrap();
            let linked = if path.is_empty() { root().join(&file) } else { root().join(folder).join(path) };
            if !linked.exists() {
                wrong.push(format!("{file}: {target}"));
            } else if !anchor.is_empty() && !anchors(&fs::read_to_string(&linked).unwrap()).contains(anchor) {
                wrong.push(format!("{file}: {target}: no such heading"));
            }
        }
        // `src/…` and the like in code marks are promises too.
        for named in text.split('`').skip(1).step_by(2) {
            let looks_like_a_path = ["src/", "tests/", "docs/", "templates/", "data/", "fonts/", ".ci/", "schemas/"]
                .iter()
                .any(|folder| named.starts_with(folder));
            let plain = !named.contains(|c: char| c.is_whitespace() || "*{<…".contains(c));
            if looks_like_a_path && plain && !root().join(named.split([':', '#']).next().unwrap()).exists() {
                wrong.push(format!("{file}: `{named}` is not there"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The anchors that a renderer gives the headings of a Markdown file.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|l| l.starts_with('#')).map(|l| l.trim_start_matches('#').trim().to_lowercase());
    headings
        .map(|h| {
            h.chars()
                .filter_map(
                    |c| if c == ' ' { Some('-') } else { (c.is_alphanumeric() || "-_".contains(c)).then_some(c) },
                )
                .collect()
        })
        .collect()
}

#[test]
fn the_top_level_is_as_agreed() {
    const KNOWN: [&str; 14] = [
        "Cargo.toml",
        "Cargo.lock",
        "src",
        "fonts",
        "templates",
        "data",
        "tests",
        "docs",
        "benches",
        "README.md",
        "README.zh-CN.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
    ];
    // What builds leave there is in .gitignore.
    const MADE: [&str; 2] = ["target", "out"];
    let entries = fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let strange: Vec<String> =
        names.filter(|n| !n.starts_with('.') && !KNOWN.contains(&n.as_str()) && !MADE.contains(&n.as_str())).collect();
    assert!(strange.is_empty(), "what is this for? {strange:?}");
}
