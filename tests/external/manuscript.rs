//! Prints the text of a Word file as it reads with all tracked changes accepted: a line for each paragraph and cell, without the
//! marks of notes.

#![expect(clippy::print_stdout, reason = "it prints")]

use dinggao::docx::read::{View, WordDocument};
use dinggao::model::{BitKind, Phrase};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: manuscript FILE.docx")?;
    let bytes = std::fs::read(&path)?;
    let mut file = WordDocument::open(&bytes).map_err(|e| e.diagnostic(&path).message.en)?;
    let manuscript = file.manuscript(&View::Accepted).map_err(|e| e.diagnostic(&path).message.en)?;
    for item in manuscript.items.iter().chain(&manuscript.notes) {
        println!("{}", said(&item.phrase));
        for cell in item.rows.iter().flat_map(|row| &row.cells) {
            println!("{}", said(&cell.phrase));
        }
    }
    Ok(())
}

fn said(phrase: &Phrase) -> String {
    let bits = phrase.bits.iter().filter(|bit| !matches!(bit.kind, BitKind::Note(_) | BitKind::Object));
    bits.map(|bit| bit.text.as_str()).collect()
}
