//! Picture files: whether one is sound, how large it is, its pixels, and the shapes of a vector one.
//!
//! The model holds the bytes of a picture and its size; each back end asks here for what it can draw.

mod head;
mod sound;
mod nesting;
mod svg;
mod pixels;

pub use head::{Look, look};
pub use pixels::{Pixels, pixels, png};
pub use sound::Fault;
pub use svg::pdf;
