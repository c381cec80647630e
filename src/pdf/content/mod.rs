//! One page as printpdf's operators.
//!
//! * Ink that is black alone is DeviceGray (8.6.4.2), for fill and stroke, so that a press prints it in black alone; other inks
//!   are DeviceCMYK (8.6.4.4).
//! * A line starts at an absolute place (`Td` right after `BT`, 9.4.2). Within it, glyphs follow one another by their widths and
//!   the kerns of `TJ` (9.4.3). The place of the pen is computed as readers will compute it, from the numbers in the file; what a
//!   rounded kern misses, the next one makes good, so that no error adds up along a line.
//! * The neighbouring lines of a block on a page are one marked-content sequence (14.7.4.2); what is no part of the text
//!   is an artifact (14.8.2.2).
//! * Characters that a reader would not find out from the glyphs alone are given by ActualText (14.9.4).

mod context;
mod properties;
mod show;
mod writer;
mod join;
mod drawing;
mod text;
mod page;
mod key;

pub(super) use context::{Context, PageContent};
pub(super) use key::key;
pub(super) use page::write;
pub(super) use properties::{KNOCKOUT, OVERPRINT, SPOT, picture_name, utf16};
pub(super) use show::code;
