//! Outputs: their names, and their way to their places.

use super::depfile;
use super::produce::Product;
use super::request::{Destination, Request};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::world::{ReplaceError, World};
use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Puts all files in place, or none. Returns the documents among them.
pub(super) fn store(
    world: &dyn World,
    request: &Request,
    destination: &Destination,
    product: Product,
) -> Result<Vec<PathBuf>, Box<Diagnostic>> {
    let stem = request.report.file_stem().map_or_else(|| OsString::from("report"), OsString::from);
    let named = |ending: &str| {
        let mut name = stem.clone();
        name.push(ending);
        destination.folder.join(name)
    };
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    files.extend(product.pdf.map(|bytes| (named(".pdf"), bytes)));
    files.extend(product.docx.map(|bytes| (named(".docx"), bytes)));
    // As many digits as the last page has, at least two, so that names sort as pages do.
    let digits = product.png.len().to_string().len().max(2);
    let pictures = product.png.into_iter().zip(1..);
    files.extend(pictures.map(|(bytes, page)| (named(&format!("-{page:0digits$}.png")), bytes)));
    let documents: Vec<PathBuf> = files.iter().map(|(path, _)| path.clone()).collect();
    let stale = if request.formats.png.is_some() {
        old_pictures(world, &destination.folder, &stem, &documents)
    } else {
        Vec::new()
    };
    if let (Some(path), Some(bytes)) = (&destination.layout, product.layout) {
        files.push((path.clone(), bytes));
    }
    if let Some(path) = &destination.depfile {
        let read: Vec<PathBuf> = world.touched().into_iter().filter(|p| world.is_file(p)).collect();
        files.push((path.clone(), depfile::write(&documents, &read)));
    }
    clash(world, &files)?;
    world.replace_all(&files, &stale).map_err(|error| Box::new(refused(&error)))?;
    Ok(documents)
}

/// Pictures of pages that the report no longer has.
fn old_pictures(world: &dyn World, folder: &Path, stem: &OsString, new: &[PathBuf]) -> Vec<PathBuf> {
    // A folder that cannot be listed is not there yet, or will fail when it is written into.
    let Ok(files) = world.list(folder) else { return Vec::new() };
    let Some(stem) = stem.to_str() else { return Vec::new() };
    let is_picture = |path: &Path| {
        let name = path.file_name().and_then(|n| n.to_str());
        let page = name.and_then(|n| n.strip_prefix(stem)?.strip_prefix('-')?.strip_suffix(".png"));
        page.is_some_and(|p| p.len() >= 2 && p.bytes().all(|b| b.is_ascii_digit()))
    };
    files.into_iter().filter(|path| is_picture(path) && !new.contains(path)).collect()
}

/// Refuses to write two outputs into one file, or any of them over a file that was read.
fn clash(world: &dyn World, files: &[(PathBuf, Vec<u8>)]) -> Result<(), Box<Diagnostic>> {
    let whole = |path: &Path| plain(&world.current_dir().join(path));
    let read: Vec<PathBuf> = world.touched().iter().map(|path| whole(path)).collect();
    for (i, (path, _)) in files.iter().enumerate() {
        let place = path.display();
        let (message, hint) = if read.contains(&whole(path)) {
            (
                say!(
                    "{place} 是报告用到的文件，不能写输出",
                    "{place} is a file that the report uses; no output may replace it"
                ),
                say!("换一个输出位置", "choose another place for the output"),
            )
        } else if files.iter().take(i).any(|(other, _)| whole(other) == whole(path)) {
            (
                say!("两个输出都要写到 {place}", "two outputs go to {place}"),
                say!("给它们不同的文件名", "give them different names"),
            )
        } else {
            continue;
        };
        return Err(Box::new(Diagnostic::error(Code::OUTPUT_CLASH, None, message, hint)));
    }
    Ok(())
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// Windows: another program has the file open (ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION). Other systems have no such numbers
/// among their errors of renaming.
const HELD_OPEN: [i32; 2] = [32, 33];

fn refused(error: &ReplaceError) -> Diagnostic {
    let (place, cause) = (error.path.display(), &error.cause);
    let held = cfg!(windows) && cause.raw_os_error().is_some_and(|code| HELD_OPEN.contains(&code));
    let denied = cause.kind() == io::ErrorKind::PermissionDenied;
    // On Windows a file that Word holds open is also refused as "access denied".
    if held || (!error.while_writing && denied) {
        return Diagnostic::error(
            Code::OUTPUT_BUSY,
            None,
            say!(
                "不能替换 {place}：它正被别的程序打开，或者没有写入权限",
                "{place} cannot be replaced: another program has it open, or it may not be written"
            ),
            say!(
                "在 Word 等程序中关闭这个文件后重试；所有旧文件都保持原样",
                "close it in Word and try again; all old files stay as they were"
            ),
        );
    }
    let hint = match cause.kind() {
        io::ErrorKind::IsADirectory => {
            say!("那里有一个同名的文件夹，请移走它", "a folder of that name is in the way; move it")
        }
        io::ErrorKind::StorageFull => say!("磁盘已满，请腾出空间", "the disk is full; make room"),
        io::ErrorKind::PermissionDenied => {
            say!(
                "没有写入权限，请用 --out 换一个文件夹",
                "the folder may not be written; choose another one with --out"
            )
        }
        _ => say!(
            "检查输出位置是否可写；所有旧文件都保持原样",
            "see whether the place can be written; all old files stay as they were"
        ),
    };
    Diagnostic::error(
        Code::OUTPUT_UNWRITABLE,
        None,
        say!("不能写 {place}：{cause}", "{place} cannot be written: {cause}"),
        hint,
    )
}
