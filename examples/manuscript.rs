//! Prints the text of a Word file as it reads with all tracked changes accepted: a line for each paragraph and cell.

#![expect(clippy::print_stdout, reason = "it prints")]

use dinggao::docx::read::{View, WordDocument};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: manuscript FILE.docx")?;
    let bytes = std::fs::read(&path)?;
    let mut file = WordDocument::open(&bytes).map_err(|e| e.diagnostic(&path).message.en)?;
    let manuscript = file.manuscript(&View::Accepted).map_err(|e| e.diagnostic(&path).message.en)?;
    for item in manuscript.items.iter().chain(&manuscript.notes) {
        println!("{}", item.plain());
    }
    Ok(())
}
