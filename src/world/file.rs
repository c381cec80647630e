//! A file that is read in pieces: of a face of ten megabytes a report needs a few tables.
//!
//! Nothing is mapped into memory: a file that another program cuts short would end a program that has it mapped.

use super::seen::Stamp;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::Arc;

/// An open file, or bytes in memory.
#[derive(Clone, Debug)]
pub struct Pieces(Arc<Source>);

#[derive(Debug)]
enum Source {
    File { file: File, stamp: Stamp, length: u64 },
    Bytes(Vec<u8>),
}

impl Pieces {
    /// Bytes held in memory.
    #[must_use]
    pub fn owned(bytes: Vec<u8>) -> Self {
        Self(Arc::new(Source::Bytes(bytes)))
    }

    pub(super) fn of(file: File) -> io::Result<Self> {
        let meta = file.metadata()?;
        Ok(Self(Arc::new(Source::File { stamp: Stamp::of(&meta), length: meta.len(), file })))
    }

    /// How many bytes the file had when it was opened.
    #[must_use]
    pub fn length(&self) -> u64 {
        match &*self.0 {
            Source::File { length, .. } => *length,
            Source::Bytes(bytes) => bytes.len() as u64,
        }
    }

    /// A piece.
    ///
    /// # Errors
    /// [`io::ErrorKind::UnexpectedEof`] for a piece that reaches past the end; else as the system says.
    pub fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        if range.start > range.end || range.end > self.length() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let at = |offset: u64| usize::try_from(offset).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge));
        match &*self.0 {
            Source::File { file, .. } => {
                let mut bytes = vec![0; at(range.end - range.start)?];
                read_at(file, &mut bytes, range.start)?;
                Ok(bytes)
            }
            Source::Bytes(bytes) => {
                let piece = bytes.get(at(range.start)?..at(range.end)?);
                piece.map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
            }
        }
    }

    /// An error when the file was changed since it was opened: its pieces may be of two files.
    ///
    /// # Errors
    /// Then; else as the system says.
    pub fn check(&self) -> io::Result<()> {
        match &*self.0 {
            Source::File { file, stamp, .. } if Stamp::of(&file.metadata()?) != *stamp => {
                Err(io::Error::other("changed while it was read"))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, offset)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[read..];
        offset += read as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Pieces;
    use std::fs::{self, File};

    #[test]
    fn a_file_that_changes_is_an_error_and_no_signal() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("face.ttf");
        fs::write(&path, vec![7; 100_000]).unwrap();
        let pieces = Pieces::of(File::open(&path).unwrap()).unwrap();
        assert_eq!(pieces.read(99_998..100_000).unwrap(), [7, 7]);
        assert!(pieces.read(99_999..100_001).is_err());
        #[expect(clippy::reversed_empty_ranges, reason = "what a damaged table may ask for")]
        let backward = pieces.read(5..4);
        assert!(backward.is_err());
        pieces.check().unwrap();
        fs::write(&path, "short").unwrap();
        assert!(pieces.read(50_000..50_001).is_err());
        assert!(pieces.check().is_err());
    }
}
