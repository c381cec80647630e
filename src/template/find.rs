//! Where templates are looked for, and what they take over from one another.

use std::path::{Component, Path, PathBuf};

use super::built_in::{BUILT_IN, BuiltIn, built_in_tree};
use super::house::Template;
use super::older::brought_up_to_date;
use super::read::read_template;
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::world::Place;
use crate::yaml::file::Reading;
use crate::yaml::near::nearest;
use crate::yaml::overlay::overlay;
use crate::yaml::shape::Shape;
use crate::yaml::tree::Node;

/// The most templates that may extend one another.
const MOST: usize = 16;

/// Finds and reads a template: a file when `name` looks like one (`x.yaml`, `dir/x`), relative to the report's folder; else
/// `templates/NAME.yaml` in the folder of the report and its parents, then in the working directory, then built in. What a
/// template extends is looked for beside it first.
///
/// `at` is where the report names it; `None` when the command line does. What is wrong goes to the diagnostics.
pub fn find_template(reading: &mut Reading<'_>, name: &str, at: Option<Span>, report: &Path) -> Option<Template> {
    let folder = report.parent().unwrap_or(Path::new(""));
    let mut search = Search { reading, folder, chain: Vec::new() };
    let root = search.tree(name, at)?;
    let stem = search.chain.first().and_then(|link| link.path.file_stem());
    let stem = stem.map_or_else(|| name.to_owned(), |stem| stem.to_string_lossy().into_owned());
    read_template(&root, &stem, reading.diagnostics)
}

/// The way from a template to those that it extends.
struct Search<'a, 'b> {
    reading: &'a mut Reading<'b>,
    /// The folder of the report.
    folder: &'a Path,
    /// The files on the way, that of the report first.
    chain: Vec<TemplateFile>,
}

/// A file on the way.
struct TemplateFile {
    path: PathBuf,
    /// Where it says what it extends.
    extends: Option<Span>,
}

impl Search<'_, '_> {
    /// The tree of a template with all that it takes over.
    fn tree(&mut self, name: &str, at: Option<Span>) -> Option<Node> {
        let tried = self.places(name, at);
        // What is there and cannot be read is an error, not a reason to take another template.
        let world = self.reading.world;
        let found = tried.iter().find(|path| world.is_file(path) || world.place(path) != Place::Nothing);
        let again = found.is_some_and(|path| self.chain.iter().any(|link| plain(&link.path) == plain(path)));
        match (found, BuiltIn::named(name)) {
            (Some(path), _) if !again && self.chain.len() < MOST => self.extended(path, at),
            // A file that has the name of a built-in template may extend that.
            (found, Some(built_in)) if again || found.is_none() => {
                built_in_tree(built_in, self.reading.sources, self.reading.trees, self.reading.diagnostics)
            }
            (Some(_), _) => {
                self.circle(name, at);
                None
            }
            (None, _) => {
                self.not_found(name, &tried, at);
                None
            }
        }
    }

    /// The places that a name may mean, in order.
    fn places(&self, name: &str, at: Option<Span>) -> Vec<PathBuf> {
        let current = self.reading.world.current_dir();
        let beside = self.chain.last().and_then(|link| link.path.parent());
        let is_file =
            Path::new(name).extension().is_some_and(|e| e == "yaml" || e == "yml") || name.contains(['/', '\\']);
        if is_file {
            // The command line speaks from the working directory, a report and a template from their own folders.
            let folder = beside.unwrap_or(if at.is_some() { self.folder } else { Path::new("") });
            return vec![folder.join(name)];
        }
        let file = Path::new("templates").join(format!("{name}.yaml"));
        let beside = beside.map(|folder| folder.join(format!("{name}.yaml")));
        let report = current.join(self.folder);
        let above = report.ancestors().map(|dir| dir.join(&file));
        beside.into_iter().chain(above).chain([current.join(&file)]).collect()
    }

    /// The tree of a template file, over that of the template it extends.
    fn extended(&mut self, path: &Path, at: Option<Span>) -> Option<Node> {
        let current = self.reading.world.current_dir();
        let shown = path.strip_prefix(&current).unwrap_or(path).display().to_string();
        let hint = say!("检查文件的权限", "check the permissions of the file");
        let file = self.reading.text(path, &shown, at, Code::TEMPLATE_NOT_FOUND, hint)?;
        let mut root = self.reading.tree(file)?;
        let extends = root.remove("extends");
        self.chain.push(TemplateFile { path: path.to_owned(), extends: extends.as_ref().map(|node| node.span) });
        let Some(extends) = extends else {
            let Reading { sources, trees, diagnostics, .. } = self.reading;
            return Some(brought_up_to_date(root, sources, *trees, diagnostics));
        };
        Shape::Text.check(&extends, self.reading.diagnostics);
        let base = self.tree(extends.as_text()?.trim(), Some(extends.span))?;
        Some(overlay(base, root, self.reading.sources))
    }

    fn circle(&mut self, name: &str, at: Option<Span>) {
        let mut error = Diagnostic::error(
            Code::TEMPLATE_CIRCLE,
            at,
            say!("模板“{name}”转了一圈又取用它自己", "the template \"{name}\" extends itself in a circle"),
            say!("改掉其中一个 extends", "change one of these lines of extends"),
        );
        for span in self.chain.iter().filter_map(|link| link.extends).filter(|span| Some(*span) != at) {
            error = error.with_related(span, say!("这里也是其中一环", "this is part of it"));
        }
        self.reading.diagnostics.push(error);
    }

    fn not_found(&mut self, name: &str, tried: &[PathBuf], at: Option<Span>) {
        let near = nearest(name, BUILT_IN.iter().map(|b| b.name));
        let near_zh = near.map_or(String::new(), |n| format!("是不是“{n}”？"));
        let near_en = near.map_or(String::new(), |n| format!("Did you mean \"{n}\"? "));
        let built_in: Vec<&str> = BUILT_IN.iter().map(|b| b.name).collect();
        let mut places: Vec<String> = Vec::new();
        for place in tried.iter().map(|place| plain(place).display().to_string()) {
            // The working directory is mostly above the report, or its folder.
            if !places.contains(&place) {
                places.push(place);
            }
        }
        let (built_in, built_in_en) = (built_in.join("、"), built_in.join(", "));
        let (places, places_en) = (places.join("、"), places.join(", "));
        self.reading.diagnostics.push(Diagnostic::error(
            Code::TEMPLATE_NOT_FOUND,
            at,
            say!("找不到模板“{name}”", "there is no template \"{name}\""),
            say!(
                "{near_zh}内置模板：{built_in}；找过：{places}",
                "{near_en}Built in: {built_in_en}; looked at: {places_en}"
            ),
        ));
    }
}

/// A path without `.` and `..`, for comparing.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}
