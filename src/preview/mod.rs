//! Pages as pictures.

mod error;
mod faces;
mod stamp;
mod shape;
mod canvas;
mod render;

pub use error::Error;
pub use render::{Renderer, render};
