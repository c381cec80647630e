//! A file that came back, and what it is compared with.

use super::handout;
use super::merge_request::{Base, MergeRequest};
use super::ours::Ours;
use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::docx;
use crate::docx::read::{ReadError, View, WordDocument};
use crate::merge::{self, Returned};
use crate::model::{LossKind, Manuscript, RowNote};
use crate::world::World;
use std::path::Path;

/// Below this the file is none of this report's.
pub(super) const FOREIGN: f64 = 0.25;

/// A Word file that was read.
pub(super) struct CameBack {
    /// Its path, as it was given.
    pub(super) name: String,
    bytes: Vec<u8>,
    text: CameBackText,
}

/// The text of a file.
enum CameBackText {
    /// Compared with what was handed out, as the file itself remembers it or `handouts/` does.
    Compared(Box<Returned>, Base),
    /// Nobody knows what was handed out.
    Alone(Box<Manuscript>),
}

impl CameBack {
    /// Reads a file; what it remembers is compared with it at once.
    pub(super) fn read(world: &dyn World, request: &MergeRequest, path: &Path) -> Result<Self, Box<Diagnostic>> {
        let name = path.display().to_string();
        let bytes = world.read(path).map_err(|e| unreadable(&name, &e))?;
        let read = |bytes: &[u8]| -> Result<CameBackText, ReadError> {
            let mut file = WordDocument::open(bytes)?;
            // What others have tracked is left as it was, also within a paragraph that the author has changed.
            let view = request.author.clone().map_or(View::Accepted, View::By);
            let theirs = file.with_hidden(&view)?;
            let own = file.custom(docx::handout::NAMESPACE).and_then(|text| docx::handout::read(&text));
            Ok(match own {
                Some(own) => CameBackText::Compared(Box::new(Returned::new(own, theirs)), Base::Own),
                None => match kept(world, request, &theirs) {
                    Some(returned) => CameBackText::Compared(Box::new(returned), Base::Kept),
                    None => CameBackText::Alone(Box::new(theirs)),
                },
            })
        };
        let text = read(&bytes).map_err(|e| Box::new(e.diagnostic(&name)))?;
        Ok(Self { name, bytes, text })
    }

    /// The row that the file was made for, where it is one of many reports.
    pub(super) fn row(&self) -> Option<&RowNote> {
        match &self.text {
            CameBackText::Compared(returned, _) => returned.base().row.as_ref(),
            CameBackText::Alone(_) => None,
        }
    }

    /// The text beside what it is compared with.
    pub(super) fn with_base(self, ours: &Ours) -> Result<(Returned, Base), Box<Diagnostic>> {
        let Self { name, bytes, text } = self;
        let (mut returned, base) = match text {
            CameBackText::Compared(returned, base) => (*returned, base),
            CameBackText::Alone(theirs) => base((&bytes, *theirs), ours).map_err(|e| Box::new(e.diagnostic(&name)))?,
        };
        // Our own name in the file only says that no editor's program put another one there.
        returned.forget_saver(ours.document.meta.author.as_deref());
        Ok((returned, base))
    }
}

pub(super) fn unreadable(name: &str, error: &std::io::Error) -> Box<Diagnostic> {
    let Message { zh, en } = Message::of_io(error);
    Box::new(Diagnostic::error(
        Code::WORD_UNREADABLE,
        None,
        say!("{name} 读不出来：{zh}", "{name} cannot be read: {en}"),
        say!("检查路径，或在 Word 里关闭这个文件后再试", "check the path, or close the file in Word and try again"),
    ))
}

/// The file beside the hand-out that is most like it, of those that are kept; None where none is like it.
fn kept(world: &dyn World, request: &MergeRequest, theirs: &Manuscript) -> Option<Returned> {
    let mut best: Option<Returned> = None;
    for path in world.list(&handout::folder(&request.report)).unwrap_or_default() {
        let is_handout = path.extension().is_some_and(|e| e == "json");
        let text = is_handout.then(|| world.read(&path).ok()).flatten().and_then(|b| String::from_utf8(b).ok());
        if let Some(manuscript) = text.and_then(|t| docx::handout::read(&t)) {
            let kept = Returned::new(manuscript, theirs.clone());
            // The first of those that are as like.
            if best.as_ref().is_none_or(|best| kept.confidence().total_cmp(&best.confidence()).is_gt()) {
                best = Some(kept);
            }
        }
    }
    best.filter(|kept| kept.confidence() >= FOREIGN)
}

/// What a file is compared with where nobody knows what was handed out.
fn base((bytes, theirs): (&[u8], Manuscript), ours: &Ours) -> Result<(Returned, Base), ReadError> {
    if theirs.tracked {
        let mut rejected = WordDocument::open(bytes)?.with_hidden(&View::Rejected)?;
        merge::settle_hidden(&ours.manuscript, &mut rejected);
        // Theirs are told.
        rejected.losses.retain(|loss| loss.what != LossKind::MadeHidden);
        merge::attach(&ours.document, &mut rejected, docx::block_bookmark);
        return Ok((Returned::new(rejected, theirs), Base::Rejected));
    }
    Ok((Returned::new(unmeasured(&ours.manuscript), theirs), Base::Source))
}

/// The source as it would be read from a Word file, without what nobody knows of the one that was handed out: its formatting, its
/// measures.
pub(super) fn unmeasured(ours: &Manuscript) -> Manuscript {
    let mut base = Manuscript { settings: None, formattings: Vec::new(), ..ours.clone() };
    for item in &mut base.items {
        item.widths.clear();
        item.pictures.iter_mut().for_each(|picture| picture.size = (0, 0));
    }
    base
}
