//! The file under all checks that apply to it.

use super::check::{Findings, VerifyCheck, VerifyFinding, VerifyRules};
use super::file::{VerifiedFile, VerifyError};
use super::input::VerifyInput;
use super::xmp::ns;
use super::{press, structure};
use crate::diagnostic::Language;
use serde_json::{Value, json};

/// What the checks found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyReport {
    /// The sets that the file was held against.
    pub rules: Vec<VerifyRules>,
    /// What is wrong, in the order of the checks.
    pub findings: Vec<VerifyFinding>,
}

impl VerifyReport {
    /// True where nothing is wrong.
    #[must_use]
    pub fn conforms(&self) -> bool {
        self.findings.is_empty()
    }

    /// The checks that the file was held against, each with what it found.
    pub fn checks(&self) -> impl Iterator<Item = (&'static VerifyCheck, Vec<&VerifyFinding>)> {
        let asked = VerifyCheck::ALL.iter().filter(|check| self.rules.contains(&check.rules));
        asked.map(|&check| (check, self.findings.iter().filter(|finding| finding.check == check).collect()))
    }

    /// The report for programs.
    #[must_use]
    pub fn json(&self, file: &str, language: Language) -> String {
        let rules: Vec<&str> = self.rules.iter().map(|rules| rules.word()).collect();
        let finding = |finding: &VerifyFinding| json!({"page": finding.page, "object": finding.object, "message": finding.message.get(language)});
        let check = |(check, findings): (&VerifyCheck, Vec<&VerifyFinding>)| {
            json!({
                "name": check.name,
                "rules": check.rules.word(),
                "clause": check.clause,
                "subject": check.subject().get(language),
                "passed": findings.is_empty(),
                "findings": findings.into_iter().map(finding).collect::<Vec<_>>(),
            })
        };
        let checks: Vec<Value> = self.checks().map(check).collect();
        let report = json!({"file": file, "rules": rules, "conforms": self.conforms(), "checks": checks});
        format!("{report:#}")
    }
}

/// Holds a file against the sets of checks that are asked for; None: those of what it claims to be.
///
/// # Errors
/// What is no PDF, or larger than can be checked; a file that claims nothing, where no set is asked for.
pub fn verify(bytes: &[u8], asked: Option<VerifyRules>) -> Result<VerifyReport, VerifyError> {
    let file = VerifiedFile::read(bytes)?;
    let input = VerifyInput::of(&file)?;
    let rules = match asked {
        Some(rules) => vec![rules],
        None => claimed(&input),
    };
    if rules.is_empty() {
        return Err(VerifyError::NoClaim);
    }
    let mut found = Findings::default();
    for set in &rules {
        match set {
            VerifyRules::X4 => press::check(&input, &mut found),
            VerifyRules::Structure => structure::check(&input, &mut found)?,
        }
    }
    Ok(VerifyReport { rules, findings: found.finish() })
}

/// The sets of what a file claims: a version of PDF/X, wherever it says it, and to be marked.
fn claimed(input: &VerifyInput<'_>) -> Vec<VerifyRules> {
    let file = input.file;
    let in_info = file.info().is_some_and(|info| file.value(info, b"GTS_PDFXVersion").is_some());
    let press = input.metadata(ns::PDFX_ID, "GTS_PDFXVersion").is_some() || in_info;
    let marked = file.sub(input.catalog, b"MarkInfo").and_then(|mark| file.value(mark, b"Marked"));
    let marked = marked.and_then(|marked| marked.as_bool().ok()) == Some(true);
    let sets = [(press, VerifyRules::X4), (marked, VerifyRules::Structure)];
    sets.into_iter().filter_map(|(claimed, set)| claimed.then_some(set)).collect()
}
