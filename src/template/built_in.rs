//! The templates that are built into the program.

use super::house::Template;
use super::read::read_template;
use crate::diagnostic::{Diagnostic, Sources};
use crate::yaml::file::{ReadTrees, tree_of};
use crate::yaml::overlay::overlay;
use crate::yaml::tree::Node;

/// A template that is built into the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// Its name.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
    /// What it is for, in Chinese and English.
    pub about: (&'static str, &'static str),
}

/// The templates that are built into the program; the first extends none.
pub const BUILT_IN: [BuiltIn; 9] = [
    BuiltIn {
        name: "work-report",
        text: include_str!("../../templates/work-report.yaml"),
        about: ("工作报告，如人大、政协常委会向大会所作的报告", "a work report to an assembly"),
    },
    BuiltIn {
        name: "official-document",
        text: include_str!("../../templates/official-document.yaml"),
        about: ("有红头和版记的公文，如通知、请示、函", "an official document with red head and imprint"),
    },
    BuiltIn {
        name: "letter",
        text: include_str!("../../templates/letter.yaml"),
        about: ("信函格式的公文：函、意见等", "an official document as a letter 信函"),
    },
    BuiltIn {
        name: "order",
        text: include_str!("../../templates/order.yaml"),
        about: ("命令（令）：令号、正文、签发", "an order 命令(令), signed by its head"),
    },
    BuiltIn {
        name: "minutes",
        text: include_str!("../../templates/minutes.yaml"),
        about: ("会议纪要", "minutes of a meeting 纪要"),
    },
    BuiltIn {
        name: "regulation",
        text: include_str!("../../templates/regulation.yaml"),
        about: ("办法、规定、条例：第一章，第一条，（一）", "a regulation: chapters, articles that count on, items"),
    },
    BuiltIn {
        name: "speech",
        text: include_str!("../../templates/speech.yaml"),
        about: (
            "讲稿：正文二号，行距宽，页码居中，表格和脚注一起放大",
            "a speech to be read out: large type, wide leading",
        ),
    },
    BuiltIn {
        name: "company-report",
        text: include_str!("../../templates/company-report.yaml"),
        about: ("企业报告：三线表，1 1.1 1.1.1 编号", "a company report: three-line tables, decimal numbers"),
    },
    BuiltIn {
        name: "english-report",
        text: include_str!("../../templates/english-report.yaml"),
        about: ("英文报告", "a report in English"),
    },
];

impl BuiltIn {
    /// The built-in template of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        BUILT_IN.iter().find(|built_in| built_in.name == name)
    }

    /// Reads it. A test holds that every one is right.
    #[must_use]
    pub fn template(&self) -> Option<Template> {
        let mut diagnostics = Vec::new();
        let root = built_in_tree(self, &mut Sources::default(), None, &mut diagnostics)?;
        read_template(&root, self.name, &mut diagnostics)
    }
}

/// The tree of a built-in template, over that of the one it extends, which is built in too: a file of that name takes no part.
pub(super) fn built_in_tree(
    built_in: &BuiltIn,
    sources: &mut Sources,
    trees: Option<&ReadTrees>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let file = sources.add(format!("<templates/{}.yaml>", built_in.name), built_in.text);
    let mut root = tree_of(sources, file, trees, diagnostics)?;
    let Some(extends) = root.remove("extends") else { return Some(root) };
    let base = BuiltIn::named(extends.as_text()?).filter(|base| *base != built_in)?;
    let base = built_in_tree(base, sources, trees, diagnostics)?;
    Some(overlay(base, root, sources))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::StyleName;

    #[test]
    fn every_template_built_in_is_right() {
        for built_in in &BUILT_IN {
            let mut diagnostics = Vec::new();
            let root = built_in_tree(built_in, &mut Sources::default(), None, &mut diagnostics).expect("a tree");
            let template = read_template(&root, built_in.name, &mut diagnostics);
            assert!(diagnostics.is_empty(), "{diagnostics:?}");
            let template = template.expect("read");
            assert!(template.styles.iter().zip(StyleName::ALL).all(|(s, n)| s.name == n));
            assert!((template.page.measure().to_mm() - 156.0).abs() < 1e-6);
        }
    }
}
