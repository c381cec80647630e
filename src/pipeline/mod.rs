//! The whole way, once: from the source to both outputs in memory, and from there to their places.
//!
//! Everything is made before anything is written, so that an error late on the way leaves the old outputs alone.

mod fault;
mod request;
mod press;
mod kept;
mod row;
mod produce;
mod faces;
mod layout_json;
mod depfile;
mod guard;
mod outputs;
mod handout;
mod overlay;
mod ours;
mod again;
mod read_back;
mod copies;
mod units;
mod trial;
mod figures;
mod merge_log;
mod uses;
mod merge_request;
mod came_back;
mod several;
mod each;
mod merge;
mod new;
mod pull;
mod redline;
mod verify;
mod changed;
pub mod merge_words;
mod review_json;
mod review_html;

pub use crate::model::RowNote;
pub use each::{EachOutcome, EachRequest, Failure, build_each, check_each};
pub use fault::guarded;
pub use figures::{
    BoxEntry, Changed, CheckEntry, Coverage, Difference, FigureEntry, FigureReport, FigureUse, FiguresOutcome,
    FiguresRequest, ListedFigure, SourcePlace, TypedDigits, figures, figures_csv, figures_json, figures_sheet,
};
pub use kept::KeptWork;
pub use merge::merge;
pub use merge_request::{Base, MergeOutcome, MergeRequest};
pub use new::{NewOutcome, NewRequest, new_report};
pub use pull::{PullOutcome, PullRequest, PulledFile, pull};
pub use redline::{RedlineMarks, RedlineRequest, redline};
pub use request::{Carried, CopyFiles, Destination, Foreign, Formats, Outcome, PdfFile, Request, WordFile};
pub use review_html::write as review_html;
pub use review_json::write as review_json;
pub use verify::verify;

use crate::world::World;
use produce::Purpose;

/// Makes the outputs that a request asks for and puts them in place, all or none.
///
/// What is wrong, with the input or with the places of the outputs, is in the outcome's diagnostics.
pub fn build(world: &dyn World, request: &Request, destination: &Destination) -> Outcome {
    build_kept(world, None, request, destination)
}

/// The same; what is kept from an earlier build is not read again.
pub fn build_kept(
    world: &dyn World,
    kept: Option<&KeptWork<'_>>,
    request: &Request,
    destination: &Destination,
) -> Outcome {
    // A list of all files that were read wants them read.
    let kept = kept.filter(|_| destination.depfile.is_none());
    let purpose = if destination.layout.is_some() { Purpose::BuildWithLayout } else { Purpose::Build };
    let turn = outputs::turn(world, destination);
    let (mut outcome, product) = produce::produce((world, kept), request, purpose);
    if world.is_superseded() {
        outcome.superseded = true;
    } else if let Some(product) = product {
        match outputs::store((world, kept), request, destination, product, turn) {
            Ok(stored) => {
                outcome.outputs = stored.documents;
                outcome.waiting = stored.waiting;
            }
            Err(diagnostics) => outcome.diagnostics.extend(diagnostics),
        }
    }
    if let Some(kept) = kept {
        kept.end(&outcome);
    }
    outcome
}

/// Goes the whole way and writes nothing: every error that would stop [`build`], and advice.
pub fn check(world: &dyn World, request: &Request) -> Outcome {
    produce::produce((world, None), request, Purpose::Check).0
}
