//! Faults of the program itself, told as all else is.

use crate::diagnostic::{Code, Diagnostic, say};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Does work; where the program itself fails, gives that up and tells of it. What the work shares with others is put into its place
/// whole or not at all, so that it can be used on.
///
/// # Errors
/// The fault of the program. Where it happened is told by the panic hook.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Box<Diagnostic>> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        Box::new(Diagnostic::error(
            Code::PROGRAM_FAULT,
            None,
            say!("程序自己出了错，没有做完", "the program itself has failed, and has given this up"),
            say!(
                "请报告这个问题，附上这几行和报告的源文件；已有的文件还是原来的",
                "please report it, with these lines and the report's source; files that were there are as they were"
            ),
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_panic_is_a_diagnostic() {
        assert_eq!(guarded(|| 1).ok(), Some(1));
        let told = guarded(|| panic!("a fault that a test asks for")).map(|()| 0);
        assert_eq!(told.map_err(|diagnostic| diagnostic.code.0), Err("D891"));
    }
}
