//! `word/styles.xml`, and what the parts that name styles must know of them.

mod footer;
mod gallery;
mod header;
pub(super) mod id;
mod indent;
mod latent;
mod letter;
mod lines;
mod official;
mod part;
mod red_head;
mod sheet;
mod table;
mod variant;

pub(super) use footer::{footer_distance, footer_leading, number_distance};
pub(super) use header::header_places;
pub(super) use indent::{ems, hanging_indent, indent, note_indents};
pub(super) use letter::{authority_frame, letter_foot};
pub(super) use lines::lines_in;
pub(super) use official::tabs;
pub(super) use part::part;
pub(super) use table::SLACK;
pub(super) use variant::{Variant, named, variant_id};
