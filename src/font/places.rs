//! Where fonts are looked for.

use crate::diagnostic::{Code, Diagnostic, say};
use crate::world::World;
use std::path::{Path, PathBuf};

/// The folders that may hold fonts, best first, whether they are there or not; [`super::Fonts::load`] names them all when
/// none has a font.
///
/// In order: `chosen` (the command line's `--fonts`), the folders of `DINGGAO_FONTS`, `fonts/` in the report's folder and
/// in each folder above it, in the working directory, in the folder that the program was built in, and
/// `share/dinggao/fonts` beside the folder of the program.
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
            let error = world.list(dir).err()?;
            let dir = dir.display();
            Some(Diagnostic::error(
                Code::FONTS_NOT_FOUND,
                None,
                say!(
                    "{by} 指定的字体文件夹 {dir} 无法读取：{error}",
                    "the font folder {dir} given by {by} cannot be read: {error}"
                ),
                say!("请改正文件夹的路径", "correct the folder's path"),
            ))
        })
        .collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut dirs: Vec<PathBuf> = named.into_iter().map(|(dir, _)| dir).collect();
    dirs.extend(cwd.join(report_dir).ancestors().map(|dir| dir.join("fonts")));
    dirs.push(cwd.join("fonts"));
    dirs.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts"));
    if let Some(prefix) = world.program().as_deref().and_then(Path::parent).and_then(Path::parent) {
        dirs.push(prefix.join("share/dinggao/fonts"));
    }
    let mut seen = std::collections::BTreeSet::new();
    dirs.retain(|dir| seen.insert(dir.clone()));
    Ok(dirs)
}
