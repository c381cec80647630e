//! `dinggao verify`.

use super::Exit;
use super::terminal::{Terminal, print};
use super::verify_args::{VerifyArgs, VerifyFormat};
use crate::diagnostic::{Sources, say};
use crate::pdf::{VerifyFinding, VerifyReport};
use crate::pipeline;
use crate::world::SystemWorld;
use std::io;

pub(super) fn run(args: &VerifyArgs, terminal: Terminal) -> io::Result<Exit> {
    let report = match pipeline::verify(&SystemWorld::new(), &args.file, args.rules) {
        Ok(report) => report,
        Err(diagnostic) => {
            terminal.diagnostics(&[*diagnostic], &Sources::default());
            return Ok(Exit::Errors);
        }
    };
    match args.format {
        VerifyFormat::Json => print(&report.json(&args.file.to_string_lossy(), terminal.language))?,
        VerifyFormat::Human => human(&report, terminal)?,
    }
    Ok(if report.conforms() { Exit::Done } else { Exit::Errors })
}

fn human(report: &VerifyReport, terminal: Terminal) -> io::Result<()> {
    let mut lines = Vec::new();
    let (mut checks, mut failed) = (0, 0);
    for (check, findings) in report.checks() {
        checks += 1;
        if findings.is_empty() {
            continue;
        }
        failed += 1;
        let subject = check.subject();
        let (name, clause, subject) = (check.name, check.clause, subject.get(terminal.language));
        lines.push(terminal.bold(&format!("{name}  {clause}  {subject}")));
        lines.extend(findings.into_iter().map(|finding| place(finding, terminal)));
    }
    if !lines.is_empty() {
        print(&lines.join("\n"))?;
    }
    let rules: Vec<&str> = report.rules.iter().map(|rules| rules.word()).collect();
    let rules = rules.join(" + ");
    terminal.say(&match failed {
        0 => say!("{rules}：{checks} 项检查都符合", "{rules}: all {checks} checks hold"),
        _ => say!("{rules}：{checks} 项检查，{failed} 项不符合", "{rules}: {failed} of {checks} checks do not hold"),
    })
}

/// What is wrong at a place.
fn place(finding: &VerifyFinding, terminal: Terminal) -> String {
    let message = &finding.message;
    let (zh, en) = (&message.zh, &message.en);
    let words = match (finding.page, finding.object) {
        (Some(page), Some(object)) => {
            say!("    第 {page} 页，对象 {object}：{zh}", "    page {page}, object {object}: {en}")
        }
        (Some(page), None) => say!("    第 {page} 页：{zh}", "    page {page}: {en}"),
        (None, Some(object)) => say!("    对象 {object}：{zh}", "    object {object}: {en}"),
        (None, None) => say!("    {zh}", "    {en}"),
    };
    words.get(terminal.language).to_owned()
}
