//! Bringing editors' changes home: each kind of edit, told and written; the three sides; the laws.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod hand;
mod desk;
mod kinds;
mod fields;
mod bound;
mod lists;
mod parts;
mod anew;
mod pictures;
mod hands;
mod several;
mod sides;
mod situations;
mod remarks;
mod rows;
mod row_order;
mod whole;
mod by_hand;
mod random;
mod sections;
mod composed;
mod home;
mod wholes;
mod handout;
mod redline;
mod hostile;
mod handmade;
mod drafts;
mod draft_lines;
mod draft_texts;
mod own_numbers;
