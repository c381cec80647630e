//! Pages as pictures.

mod error;
mod faces;
mod mark;
mod stamp;
mod shape;
mod canvas;
mod render;

pub use error::PreviewError;
pub use mark::is_own;
pub use render::{Renderer, render};
