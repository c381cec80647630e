//! The Word file, from the document.
