//! The tree of a report, from its path.

use std::path::Path;

use super::data;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::yaml::file::{Reading, unreadable};
use crate::yaml::tree::{Kind, Node};

/// The tree of a report.
pub(super) fn tree(reading: &mut Reading<'_>, report: &Path) -> Option<Node> {
    let shown = data::shown(reading, report);
    let hint = say!(
        "写上报告的路径，例如 dinggao build data/report.yaml",
        "name the report's path, such as dinggao build data/report.yaml"
    );
    let file = if report.as_os_str() == "-" {
        match reading.world.standard_input() {
            Ok(bytes) => reading.utf8(bytes, "-")?,
            Err(error) => {
                reading.diagnostics.push(unreadable(Code::REPORT_UNREADABLE, None, "-", &error, hint));
                return None;
            }
        }
    } else {
        reading.text(report, &shown, None, Code::REPORT_UNREADABLE, hint)?
    };
    let root = reading.tree(file)?;
    if root.kind == Kind::Null {
        reading.diagnostics.push(Diagnostic::error(
            Code::EMPTY_FILE,
            root.span,
            say!("报告是空的", "the report is empty"),
            say!("至少写上 template、title 和 body", "give at least template, title and body"),
        ));
        return None;
    }
    Some(root)
}
