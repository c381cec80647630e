//! The parts of a package, faithfully: bytes within limits, XML as trees of one block each.

mod package;
mod tree;

pub(super) use package::{OpenedPackage, Relationship};
pub(super) use tree::{Child, Element, Ns, Stream, tree};
