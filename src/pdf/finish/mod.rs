//! The whole document: everything but the content of its pages.

mod catalog;
mod claims;
mod fingerprint;
mod fonts;
mod intent;
mod labels;
mod links;
mod metadata;
mod object;
mod outline;
mod page;
mod picture;
mod press;
mod private;
mod sfnt;
mod structure;
mod xref;

pub(super) use catalog::{PdfInput, finish};
pub(super) use object::deflate;
pub(super) use private::read as read_facts;
