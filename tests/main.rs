//! The integration tests: one binary, one module a part.

mod cli;
mod mutate;
mod docx;
mod picture;
mod pdf;
mod font;
mod preview;
mod laws;
mod kept;
mod layout;
mod tidy;
mod source;
mod sample;
mod tables;
mod charts;
mod merge;

use proptest::prelude::ProptestConfig;
use proptest::test_runner::FileFailurePersistence;

/// So many random cases, or as many as `DINGGAO_CASES` says; those that have failed once are kept beside the test, in a file that ends in `.regressions`.
fn cases(cases: u32) -> ProptestConfig {
    let cases = std::env::var("DINGGAO_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(cases);
    let seeds = FileFailurePersistence::WithSource("regressions");
    ProptestConfig { cases, failure_persistence: Some(Box::new(seeds)), ..ProptestConfig::default() }
}
