//! The whole document: everything but the content of its pages.

mod catalog;
mod fingerprint;
mod fonts;
mod labels;
mod links;
mod metadata;
mod object;
mod outline;
mod page;
mod picture;
mod structure;

pub(super) use catalog::finish;
pub(super) use object::deflate;
