//! What is wrong with an expression.

use crate::diagnostic::{Code, Message};
use crate::source::data::Entry;

/// What is wrong with an expression, at bytes of its text.
#[derive(Debug)]
pub(in crate::source) struct Fault(pub Box<FaultDetail>);

/// The parts of a [`Fault`], boxed there: they are large, and rare.
#[derive(Debug)]
pub(in crate::source) struct FaultDetail {
    /// The code.
    pub code: Code,
    /// Bytes of the expression.
    pub range: (usize, usize),
    /// What is wrong.
    pub message: Message,
    /// What to do.
    pub hint: Message,
}

/// The result of computing.
pub(in crate::source) type Outcome<T = Entry> = Result<T, Fault>;

/// Builds a fault.
pub(in crate::source) fn fault(code: Code, range: (usize, usize), message: Message, hint: Message) -> Fault {
    Fault(Box::new(FaultDetail { code, range, message, hint }))
}
