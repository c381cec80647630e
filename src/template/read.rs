//! From the tree of a template to its values.

use super::fit::misfits;
use super::house::{TEMPLATE, Template};
use crate::diagnostic::Diagnostic;
use crate::yaml::shape::Shape;
use crate::yaml::tree::Node;

/// Reads a template from its tree. What is wrong goes to `diagnostics`; `None` when anything is.
pub(super) fn read_template(root: &Node, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Template> {
    let before = diagnostics.len();
    Shape::Object(&TEMPLATE).check(root, diagnostics);
    if diagnostics.len() > before {
        return None;
    }
    let template = Template::read(root, name)?;
    misfits(&template, root, diagnostics);
    (diagnostics.len() == before).then_some(template)
}
