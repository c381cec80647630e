//! Expressions: parsed by minijinja, computed here in exact decimals.

mod fault;
mod arguments;
mod compare;
mod minijinja;
mod filters;
mod precedence;
mod evaluate;

pub(super) use evaluate::Scope;
pub(super) use fault::Fault;
pub(super) use filters::print;
