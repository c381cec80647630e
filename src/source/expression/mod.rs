//! Expressions: parsed by minijinja, computed here in exact decimals.

mod fault;
mod compare;
mod print;
mod arguments;
mod scope;
mod filters;
mod predicates;
mod functions;
mod minijinja;
mod precedence;
mod doubt;
mod evaluate;

pub(super) use fault::Fault;
pub(super) use functions::not_checked;
pub(super) use print::print;
pub(super) use scope::{Scope, SeenValue, ValueTrace};

/// The longest text that an expression makes, in bytes.
const MOST_TEXT: usize = 30_000;
