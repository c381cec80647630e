//! A case of the suite: the files of a report, and what must come of reading it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dinggao::source::{InputOptions, Loaded, load};
use serde::Deserialize;

use super::memory::Memory;

/// A file of `tests/suite`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Case {
    /// The text of report.yaml.
    #[serde(default)]
    report: Option<String>,
    /// Further files by name.
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// Files that are no text, in hexadecimal digits.
    #[serde(default)]
    bytes: BTreeMap<String, String>,
    /// Environment variables.
    #[serde(default)]
    variables: BTreeMap<String, String>,
    /// `--set KEY=VALUE`.
    #[serde(default)]
    set: Vec<String>,
    /// `--template`.
    #[serde(default)]
    template: Option<String>,
    /// Remarks count too.
    #[serde(default)]
    advice: bool,
    /// What must be said, in this order, and nothing else.
    #[serde(default)]
    pub(crate) expect: Vec<Expected>,
    /// The blocks, as text.
    #[serde(default)]
    pub(crate) blocks: Option<String>,
}

/// One diagnostic.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    pub(crate) code: String,
    #[serde(default)]
    pub(crate) file: Option<String>,
    /// 0 for what has no place.
    pub(crate) line: usize,
    pub(crate) column: usize,
    /// A piece of the hint, or of the message, in Chinese.
    pub(crate) hint: String,
}

impl Case {
    pub(crate) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        serde_yaml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    pub(crate) fn load(&self) -> Loaded {
        let mut world = Memory { variables: self.variables.clone(), ..Memory::default() };
        let at = |name: &str| PathBuf::from("/case").join(name);
        if let Some(report) = &self.report {
            world.files.insert(at("report.yaml"), report.clone().into_bytes());
        }
        for (name, text) in &self.files {
            world.files.insert(at(name), text.clone().into_bytes());
        }
        for (name, digits) in &self.bytes {
            let digits: Vec<char> = digits.chars().filter(|c| !c.is_whitespace()).collect();
            let bytes = digits.chunks(2).map(|pair| u8::from_str_radix(&String::from_iter(pair), 16).unwrap());
            world.files.insert(at(name), bytes.collect());
        }
        let overrides =
            self.set.iter().map(|s| s.split_once('=').map(|(k, v)| (k.into(), v.into())).unwrap()).collect();
        let options = InputOptions { template: self.template.clone(), overrides, advice: self.advice };
        load(&world, &at("report.yaml"), &options)
    }
}

/// The cases of a folder of the suite, by name.
pub(crate) fn cases(folder: &str) -> Vec<(String, Case)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|p| (p.file_stem().unwrap().to_string_lossy().into_owned(), Case::read(p))).collect()
}
