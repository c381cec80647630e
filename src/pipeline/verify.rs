//! A PDF held against PDF/X-4 and the rules of its structure.

use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::pdf::{self, VerifyError, VerifyReport, VerifyRules};
use crate::world::World;
use std::path::Path;

/// Holds a PDF against the checks that are asked for, or those of what it claims to be.
///
/// # Errors
/// A file that cannot be read or checked.
pub fn verify(world: &dyn World, path: &Path, rules: Option<VerifyRules>) -> Result<VerifyReport, Box<Diagnostic>> {
    let name = path.display();
    let fault = |Message { zh, en }: Message, hint: Message| {
        let message = say!("{name}：{zh}", "{name}: {en}");
        Box::new(Diagnostic::error(Code::PDF_UNCHECKED, None, message, hint))
    };
    let bytes = world
        .read(path)
        .map_err(|cause| fault(Message::of_io(&cause), say!("写上 PDF 文件的路径", "give the path of a PDF")))?;
    pdf::verify(&bytes, rules).map_err(|error| {
        let hint = match error {
            VerifyError::NoClaim => say!(
                "用 --rules x4 或 --rules structure 写明按哪一套检查",
                "say what to hold it against: --rules x4 or --rules structure"
            ),
            _ => say!("换一个完好的 PDF", "give a sound PDF"),
        };
        fault(error.message(), hint)
    })
}
