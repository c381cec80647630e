//! The program.

use std::process::ExitCode;

fn main() -> ExitCode {
    dinggao::cli::run(std::env::args_os()).into()
}
