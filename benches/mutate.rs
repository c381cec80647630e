//! Damaged input for as long as one likes: `cargo bench --bench mutate -- --minutes 30`.
//!
//! `--from SEED` begins at another seed than 0. What is wrong stays in `target/mutate/SEED`, and is built again by
//! `--only SEED`.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "it stops at what is wrong and prints what it found")]

#[path = "../tests/mutate/engine.rs"]
mod engine;

use engine::Ground;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    let number = |name: &str| {
        let value = std::env::args().skip_while(|a| a != name).nth(1)?;
        Some(value.parse::<u64>().expect("a number"))
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).to_owned();
    let ground = Ground {
        program: env!("CARGO_BIN_EXE_dinggao").into(),
        root: root.clone(),
        longest: Duration::from_secs(5),
        // Address space is more than memory: threads reserve some of it that they never use.
        memory: 900_000,
    };
    let only = number("--only");
    let time = Duration::from_secs(60 * number("--minutes").unwrap_or(1));
    let first = only.or_else(|| number("--from")).unwrap_or(0);
    let (next, wrong, begin) = (AtomicU64::new(first), Mutex::new(Vec::new()), Instant::now());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while begin.elapsed() < time {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if only.is_some_and(|only| only != seed) {
                        break;
                    }
                    let folder = root.join("target/mutate").join(seed.to_string());
                    drop(std::fs::remove_dir_all(&folder));
                    match ground.run(seed, &folder) {
                        Ok(()) => drop(std::fs::remove_dir_all(&folder)),
                        Err(said) => {
                            println!("{said}\n");
                            wrong.lock().expect("no thread panics").push(seed);
                        }
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no thread panics");
    println!("{} cases, {} wrong: {wrong:?}", next.load(Ordering::Relaxed) - first, wrong.len());
    if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
