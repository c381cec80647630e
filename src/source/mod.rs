//! From YAML to the document.
