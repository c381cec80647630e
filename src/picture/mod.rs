//! Picture files: read once and checked whole, their pixels, and the shapes of a vector one.
//!
//! The model holds a picture as both outputs carry it; each back end asks here for what it can draw.

mod fault;
mod density;
mod orientation;
mod pixels;
mod nesting;
mod png;
mod jpeg;
mod svg;
mod read;
mod decode;

pub use decode::{drawn, pixels};
pub use fault::FileFault;
pub use pixels::Pixels;
pub use read::read;
