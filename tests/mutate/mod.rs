//! A minute of damaged input, the same each time; `cargo bench --bench mutate -- --minutes 30` goes on from there.

mod engine;

use engine::Ground;
pub(crate) use engine::Random;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// As many cases as a fast machine gets through in the time.
const CASES: u64 = 300;
const TIME: Duration = Duration::from_secs(45);

#[test]
fn damaged_input_is_refused_in_words() {
    let ground = Ground {
        program: env!("CARGO_BIN_EXE_dinggao").into(),
        root: Path::new(env!("CARGO_MANIFEST_DIR")).to_owned(),
        // A build that checks itself, on a machine that is busy elsewhere.
        longest: Duration::from_secs(20),
        memory: 2_000_000,
    };
    let begin = Instant::now();
    let next = AtomicU64::new(0);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while begin.elapsed() < TIME {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= CASES {
                        break;
                    }
                    let folder = tempfile::tempdir().expect("a folder");
                    if let Err(wrong) = ground.run(seed, folder.path()) {
                        panic!("{wrong}");
                    }
                }
            });
        }
    });
    assert!(next.load(Ordering::Relaxed) > 2, "no case was run");
}
