//! What is noted beside a pulled file: its hash, when and from where it came.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::pull::{PullEntry, entries};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::world::World;
use crate::yaml::tree::Node;

/// The note beside a pulled file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotNote {
    /// The name of the entry.
    pub name: String,
    /// Where it came from, secrets by the names of their variables.
    pub source: String,
    /// When, in UTC.
    pub pulled: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
}

impl SnapshotNote {
    /// The note of a file that was pulled at a time.
    #[must_use]
    pub fn of(entry: &PullEntry, bytes: &[u8], now: Option<i64>) -> Self {
        let time = now.and_then(|now| OffsetDateTime::from_unix_timestamp(now).ok());
        let pulled = time.and_then(|time| time.format(&Rfc3339).ok()).unwrap_or_default();
        Self {
            name: entry.name.clone(),
            source: entry.source.shown(),
            pulled,
            bytes: bytes.len() as u64,
            sha256: hash(bytes),
        }
    }

    /// The note as a file.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        format!("{text}\n").into_bytes()
    }

    /// Reads a note; None for what is none.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// True for the bytes that it was written for.
    #[must_use]
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        self.sha256 == hash(bytes)
    }
}

/// The note's file.
#[must_use]
pub fn note_path(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".pull.json");
    file.with_file_name(name)
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing into a text never fails.
        write!(text, "{byte:02x}").unwrap_or(());
        text
    })
}

/// Remarks on pulled files that are not as they were pulled, or that the report now pulls from elsewhere.
pub(super) fn advise(world: &dyn World, root: &Node, folder: &Path) -> Vec<Diagnostic> {
    // What is wrong with an entry is told when it is pulled, and as a key of the report.
    let mut told_elsewhere = Vec::new();
    let entries = entries(root, &mut told_elsewhere);
    entries.iter().filter_map(|entry| remark(world, entry, folder)).collect()
}

fn remark(world: &dyn World, entry: &PullEntry, folder: &Path) -> Option<Diagnostic> {
    let path = folder.join(&entry.to);
    let file = entry.to.display();
    let name = &entry.name;
    let bytes = world.read(&path).ok()?;
    let note = world.read(&note_path(&path)).ok().and_then(|bytes| SnapshotNote::read(&bytes));
    // What somebody has worked in is not replaced unasked.
    let pull = if note.as_ref().is_some_and(|note| note.is_of(&bytes)) {
        say!("运行 dinggao pull 报告 --only {name}", "run dinggao pull REPORT --only {name}")
    } else {
        say!(
            "改动要留下的，把文件移走；不要的，运行 dinggao pull 报告 --only {name} --overwrite",
            "move the file away to keep what is in it; else run dinggao pull REPORT --only {name} --overwrite"
        )
    };
    let message = match note {
        None => say!("{file} 不是拉取来的：旁边没有记录", "{file} was not pulled: there is no note beside it"),
        Some(note) if !note.is_of(&bytes) => {
            let time = note.pulled;
            say!("{file} 在 {time} 拉取以后被修改过", "{file} has been changed since it was pulled on {time}")
        }
        Some(note) if note.source != entry.source.shown() => {
            let source = note.source;
            say!("{file} 是从别处拉取的：{source}", "{file} was pulled from somewhere else: {source}")
        }
        Some(_) => return None,
    };
    Some(Diagnostic::advice(Code::SNAPSHOT_CHANGED, entry.span, message, pull))
}
