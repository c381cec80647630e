//! Where fonts are looked for.

use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::world::{World, plain_path};
use std::path::{Path, PathBuf};

/// The folders that may hold fonts, best first, whether they are there or not; [`super::Fonts::load`] names them all when
/// none has a font.
///
/// In order: `chosen` (the command line's `--fonts`), the folders of `DINGGAO_FONTS`, `fonts/` in the report's folder and
/// in each folder above it up to the project's, in the working directory, beside the program, `../share/dinggao/fonts` from there,
/// and in the checkout that the program was built in. The project's folder is the nearest that holds `.git` or `templates`, or is the
/// working directory; a report outside any project has its own folder alone: what others put into `/tmp/fonts` is not asked.
///
/// # Errors
/// A folder that was asked for by name (`--fonts`, `DINGGAO_FONTS`) and cannot be read: going on without it would print
/// in other faces than those that were meant.
pub fn font_directories(
    world: &dyn World,
    chosen: Option<&Path>,
    report_dir: &Path,
) -> Result<Vec<PathBuf>, Vec<Diagnostic>> {
    let cwd = world.current_dir();
    let mut named: Vec<(PathBuf, &str)> = chosen.map(|dir| (dir.to_owned(), "--fonts")).into_iter().collect();
    named.extend(world.var_dirs("DINGGAO_FONTS").into_iter().map(|dir| (dir, "DINGGAO_FONTS")));
    let errors: Vec<Diagnostic> = named
        .iter()
        .filter_map(|(dir, by)| {
            let Message { zh, en } = Message::of_io(&world.list(dir).err()?);
            let dir = dir.display();
            Some(Diagnostic::error(
                Code::FONTS_NOT_FOUND,
                None,
                say!(
                    "{by} 指定的字体文件夹 {dir} 无法读取：{zh}",
                    "the font folder {dir} given by {by} cannot be read: {en}"
                ),
                say!("请改正文件夹的路径", "correct the folder's path"),
            ))
        })
        .collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut dirs: Vec<PathBuf> = named.into_iter().map(|(dir, _)| dir).collect();
    dirs.extend(project(world, &cwd, &cwd.join(report_dir)).into_iter().map(|dir| dir.join("fonts")));
    dirs.push(cwd.join("fonts"));
    if let Some(program) = world.program() {
        dirs.extend(of_program(world, &program));
    }
    let mut seen = std::collections::BTreeSet::new();
    dirs.retain(|dir| seen.insert(dir.clone()));
    Ok(dirs)
}

/// The report's folder and those above it, up to the project's.
fn project(world: &dyn World, cwd: &Path, report_dir: &Path) -> Vec<PathBuf> {
    let report_dir = &plain_path(report_dir);
    let above: Vec<&Path> = report_dir.ancestors().collect();
    let is_top = |dir: &&Path| {
        *dir == cwd
            || world.is_dir(&dir.join("templates"))
            || world.is_dir(&dir.join(".git"))
            || world.is_file(&dir.join(".git"))
    };
    let count = above.iter().position(is_top).map_or(1, |at| at + 1);
    above.into_iter().take(count).map(Path::to_owned).collect()
}

/// The places that go with the program's own file.
fn of_program(world: &dyn World, program: &Path) -> Vec<PathBuf> {
    let Some(folder) = program.parent() else { return Vec::new() };
    let mut dirs = vec![folder.join("fonts")];
    dirs.extend(folder.parent().map(|prefix| prefix.join("share/dinggao/fonts")));
    dirs.extend(checkout(world, program).map(|root| root.join("fonts")));
    dirs
}

/// The checkout that the program was built in: the one around cargo's folder, or where cargo's own was put elsewhere, the one that it
/// names in the list of files beside the program.
fn checkout(world: &dyn World, program: &Path) -> Option<PathBuf> {
    let is_cargos = |dir: &&Path| world.is_file(&dir.join("CACHEDIR.TAG"));
    let around = program.ancestors().skip(1).find(is_cargos).and_then(Path::parent);
    if let Some(root) = around.filter(|root| world.is_file(&root.join("Cargo.toml"))) {
        return Some(root.to_owned());
    }
    let list = world.existing(&program.with_extension("d")).ok()?;
    let list = String::from_utf8(list).ok()?;
    // Names in such a list have a backslash before each space.
    let list = list.replace("\\ ", "\u{0}");
    let main = list.split_whitespace().find_map(|name| name.strip_suffix("/src/main.rs"))?;
    Some(PathBuf::from(main.replace('\u{0}', " ")))
}
