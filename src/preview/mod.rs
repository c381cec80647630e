//! Pages as pictures.
