//! Where templates are looked for.

use std::path::{Path, PathBuf};

use super::read::read_template;
use super::style::Template;
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::yaml::file::Reading;
use crate::yaml::shape::nearest;

/// The templates built into the program: name and text.
pub const BUILT_IN: [(&str, &str); 2] = [
    ("work-report", include_str!("../../templates/work-report.yaml")),
    ("official-document", include_str!("../../templates/official-document.yaml")),
];

/// Finds and reads a template: a file when `name` looks like one (`x.yaml`, `dir/x`), relative to `base`; else
/// `templates/NAME.yaml` in the folder of the report and its parents, then in the working directory, then built in.
///
/// `at` is where the report names it; `None` when the command line does. What is wrong goes to the diagnostics.
pub fn find_template(reading: &mut Reading<'_>, name: &str, at: Option<Span>, report: &Path) -> Option<Template> {
    let current = reading.world.current_dir();
    let folder = report.parent().unwrap_or(Path::new(""));
    let is_file = Path::new(name).extension().is_some_and(|e| e == "yaml" || e == "yml") || name.contains(['/', '\\']);
    let mut tried = Vec::new();
    if is_file {
        // The command line speaks from the working directory, a report from its own folder.
        tried.push(if at.is_some() { folder.join(name) } else { PathBuf::from(name) });
    } else {
        let file = Path::new("templates").join(format!("{name}.yaml"));
        tried.extend(current.join(folder).ancestors().map(|dir| dir.join(&file)));
        tried.push(current.join(&file));
    }
    if let Some(path) = tried.iter().find(|path| reading.world.is_file(path)) {
        let shown = path.strip_prefix(&current).unwrap_or(path).display().to_string();
        let hint = say!("检查文件的权限", "check the permissions of the file");
        let file = reading.text(path, &shown, at, Code::TEMPLATE_NOT_FOUND, hint)?;
        let stem = path.file_stem().map_or_else(|| name.to_owned(), |s| s.to_string_lossy().into_owned());
        return read_template(reading.sources, file, &stem, reading.diagnostics);
    }
    if let Some((_, text)) = BUILT_IN.iter().find(|(n, _)| *n == name && !is_file) {
        let file = reading.sources.add(format!("<templates/{name}.yaml>"), *text);
        return read_template(reading.sources, file, name, reading.diagnostics);
    }
    let near = nearest(name, BUILT_IN.iter().map(|(n, _)| *n));
    let near_zh = near.map_or(String::new(), |n| format!("是不是“{n}”？"));
    let near_en = near.map_or(String::new(), |n| format!("Did you mean \"{n}\"? "));
    let built_in = BUILT_IN.iter().map(|(n, _)| *n).collect::<Vec<_>>().join("、");
    let places = tried.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join("、");
    reading.diagnostics.push(Diagnostic::error(
        Code::TEMPLATE_NOT_FOUND,
        at,
        say!("找不到模板“{name}”", "there is no template \"{name}\""),
        say!("{near_zh}内置模板：{built_in}；找过：{places}", "{near_en}Built in: {built_in}; looked at: {places}"),
    ));
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sources;

    #[test]
    fn every_template_built_in_is_right() {
        for (name, text) in BUILT_IN {
            let mut sources = Sources::default();
            let mut diagnostics = Vec::new();
            let file = sources.add(name, text);
            let template = read_template(&sources, file, name, &mut diagnostics);
            assert!(diagnostics.is_empty(), "{diagnostics:?}");
            let template = template.expect("read");
            assert!(template.styles.iter().zip(crate::template::StyleName::ALL).all(|(s, (n, _))| s.name == n));
            assert!((template.page.measure().to_mm() - 156.0).abs() < 1e-6);
        }
    }
}
