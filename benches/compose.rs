//! Composition and page make-up over ever more text: `cargo bench --bench compose`.
//!
//! The first report is set again and again until it has so many characters; one thread does it all. Reading, fonts and both
//! writers are not counted here; `docs/performance.md` has the whole program.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench stops at what is wrong and prints its table")]

use dinggao::font::Fonts;
use dinggao::layout::compose;
use dinggao::model::{BlockKind, Document};
use dinggao::source::{InputOptions, load};
use dinggao::world::SystemWorld;
use std::path::Path;
use std::time::Instant;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let world = SystemWorld::new();
    let loaded = load(&world, &root.join("data/report.yaml"), &InputOptions::default());
    let (report, template) = loaded.outcome.expect("the first report is right");
    let fonts = Fonts::load(&world, &template.fonts, &[root.join("fonts")]).expect("fonts");
    println!("{:>12} {:>8} {:>10} {:>16}", "characters", "pages", "ms", "characters/s");
    for target in [100_000, 1_000_000, 10_000_000] {
        let (document, characters) = repeated(&report, target);
        // The best of three: what else the machine does only ever adds.
        let mut best = f64::INFINITY;
        let mut pages = 0;
        for _ in 0..3 {
            let start = Instant::now();
            pages = compose(&document, &template, &fonts).expect("composes").pages.len();
            best = best.min(start.elapsed().as_secs_f64());
        }
        println!("{characters:>12} {pages:>8} {:>10.1} {:>16.0}", best * 1000.0, characters as f64 / best);
    }
}

/// The report's running text over and over, until it has `target` characters.
fn repeated(report: &Document, target: usize) -> (Document, usize) {
    let mut document = report.clone();
    let mut characters = 0;
    document.blocks.clear();
    while characters < target {
        for block in &report.blocks {
            if !matches!(block.kind, BlockKind::Title(_)) {
                characters += block.kind.texts().iter().map(|t| t.plain().chars().count()).sum::<usize>();
                document.blocks.push(block.clone());
            }
        }
    }
    (document, characters)
}
