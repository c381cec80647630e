//! The faces that the font folders hold, by name. Of each file only the table directory and the names are looked at.

use super::names::{decode, same_name};
use super::sfnt::{self, Directory};
use super::variable::Axes;
use crate::diagnostic::{Message, say};
use crate::world::{Pieces, World};
use std::io;
use std::path::{Path, PathBuf};
use ttf_parser::{name, name_id, os2};

/// All faces of all folders.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    /// One entry a folder that could be read, in order of preference.
    folders: Vec<Vec<CatalogEntry>>,
    /// Files that look like fonts and are none, with the reason.
    pub(super) unusable: Vec<(PathBuf, Message)>,
}

/// A face in a file.
#[derive(Debug)]
pub(super) struct CatalogEntry {
    pub(super) path: PathBuf,
    /// Which face of a collection.
    pub(super) index: u32,
    stem: String,
    /// Full and PostScript names, in all languages.
    exact: Vec<String>,
    /// Family names, in all languages.
    families: Vec<String>,
    weight: u16,
    /// The axes of a variable face.
    axes: Option<Axes>,
}

impl Catalog {
    /// Looks through folders; one that is not there has no faces.
    pub(super) fn read(world: &dyn World, dirs: &[PathBuf]) -> Self {
        let mut catalog = Self::default();
        for dir in dirs {
            let files = match world.list(dir) {
                Ok(files) => files,
                Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                    continue;
                }
                Err(error) => {
                    catalog.unusable.push((dir.clone(), unreadable(&error)));
                    continue;
                }
            };
            let mut entries = Vec::new();
            for path in files.into_iter().filter(|path| is_font_file(path)) {
                match world.open(&path) {
                    Ok(file) => match read_entries(&path, &file) {
                        Some(found) => entries.extend(found),
                        None => catalog
                            .unusable
                            .push((path, say!("不是字体文件，或者不完整", "is no font file, or not all of one"))),
                    },
                    Err(error) => catalog.unusable.push((path, unreadable(&error))),
                }
            }
            catalog.folders.push(entries);
        }
        catalog
    }

    /// True when no folder holds a face.
    pub(super) fn is_empty(&self) -> bool {
        self.folders.iter().all(Vec::is_empty)
    }

    /// The face of a name: of the first folder that has it, and there the one that fits the name best.
    pub(super) fn find(&self, name: &str) -> Option<&CatalogEntry> {
        self.folders.iter().find_map(|entries| {
            let fits = entries.iter().filter_map(|entry| Some((entry.fit(name)?, entry)));
            fits.min_by_key(|(fit, _)| *fit).map(|(_, entry)| entry)
        })
    }
}

impl CatalogEntry {
    /// Why a variable face cannot be set as a name asks; None where it can.
    pub(super) fn misfit(&self, name: &str) -> Option<Message> {
        self.axes.as_ref()?.misfit(name)
    }

    /// How well a name fits, smaller is better: the face's own name, the file's, the family's (there the cut nearest to
    /// regular). None: not at all.
    fn fit(&self, name: &str) -> Option<(u8, u16)> {
        let is = |other: &String| same_name(other, name);
        let instance = self.axes.as_ref().is_some_and(|axes| axes.has_instance(name));
        if self.exact.iter().any(is) || instance {
            Some((0, 0))
        } else if is(&self.stem) {
            Some((1, 0))
        } else if self.families.iter().any(is) {
            Some((2, self.weight.abs_diff(400)))
        } else {
            None
        }
    }
}

fn unreadable(error: &io::Error) -> Message {
    let Message { zh, en } = Message::of_io(error);
    say!("无法读取：{zh}", "cannot be read: {en}")
}

fn is_font_file(path: &Path) -> bool {
    // Mac OS keeps what it knows of a file beside it under such a name.
    if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("._")) {
        return false;
    }
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    ["ttf", "otf", "ttc", "otc"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// The faces of a file; None when it is no font.
fn read_entries(path: &Path, file: &Pieces) -> Option<Vec<CatalogEntry>> {
    let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or("");
    let mut entries = Vec::new();
    for index in 0..sfnt::faces(file) {
        // A damaged face of a collection leaves the others usable.
        let Ok(directory) = Directory::read(file, index) else { continue };
        let os2 = directory.table(file, *b"OS/2");
        let mut entry = CatalogEntry {
            path: path.to_owned(),
            index,
            // The file's name is that of its first face.
            stem: if index == 0 { stem.to_owned() } else { String::new() },
            exact: Vec::new(),
            families: Vec::new(),
            weight: os2.as_deref().and_then(os2::Table::parse).map_or(400, |t| t.weight().to_number()),
            axes: None,
        };
        let names = directory.table(file, *b"name");
        if let Some(table) = names.as_deref().and_then(name::Table::parse) {
            for record in table.names {
                let list = match record.name_id {
                    name_id::FAMILY | name_id::TYPOGRAPHIC_FAMILY => &mut entry.families,
                    name_id::FULL_NAME | name_id::POST_SCRIPT_NAME => &mut entry.exact,
                    _ => continue,
                };
                if let Some(name) = decode(&record).filter(|name| !list.contains(name)) {
                    list.push(name);
                }
            }
        }
        // A file that is not all there may have lost the name by which it is asked for.
        if directory.is_cut() && entry.exact.is_empty() && entry.families.is_empty() {
            continue;
        }
        let axes = directory.table(file, *b"fvar");
        entry.axes =
            axes.and_then(|fvar| Axes::read(&fvar, names.as_deref().and_then(name::Table::parse), &entry.families));
        entries.push(entry);
    }
    (!entries.is_empty()).then_some(entries)
}
