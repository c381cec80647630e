//! Blocks that the data bring: under a condition, for every row, of another file.

use super::report::han;
use super::whole::{Count, Whole};
use proptest::prelude::*;
use std::fmt::Write as _;

/// What brings blocks.
#[derive(Clone, Copy, Debug)]
pub(super) enum FromData {
    /// A point under a condition that holds, or a paragraph instead.
    If(bool),
    /// A block for each of two rows.
    Each(Repeated),
    /// A paragraph and a point of another file.
    Include,
}

/// A block that is repeated.
#[derive(Clone, Copy, Debug)]
pub(super) enum Repeated {
    Heading,
    Paragraph,
    Point,
    Table,
}

/// The other file.
pub(super) const PART: &str = "- 另有{{ a }}件正在办理。\n- point: 加强督办。\n  text: 按月通报。\n";

/// The rows that [`super::report::DATA`] has.
const ROWS: [(&str, u32); 2] = [("甲镇", 12), ("乙镇", 5)];

pub(super) fn from_data() -> impl Strategy<Value = FromData> {
    let repeated = [Repeated::Heading, Repeated::Paragraph, Repeated::Point, Repeated::Table];
    prop_oneof![
        1 => any::<bool>().prop_map(FromData::If),
        3 => prop::sample::select(repeated.to_vec()).prop_map(FromData::Each),
        1 => Just(FromData::Include),
    ]
}

impl Whole {
    /// Writes such blocks. Points among them go on with the numbers of those beside them.
    pub(super) fn bring(&mut self, what: FromData, count: &mut Count, indent: &str) {
        match what {
            FromData::If(holds) => {
                let compared = if holds { '>' } else { '<' };
                write!(
                    self.yaml,
                    "{indent}  - if: a {compared} 100\n{indent}    body:\n{indent}      - point: 情况属实。\n\
                     {indent}        text: 照此办理。\n{indent}    else: [情况有变，暂不办理。]\n"
                )
                .expect("a string");
                if holds {
                    self.point("情况属实。照此办理。", count);
                } else {
                    self.paragraph("情况有变，暂不办理。", count);
                }
            }
            FromData::Each(block) => {
                writeln!(self.yaml, "{indent}  - each: {{row: rows}}\n{indent}    body:").expect("a string");
                let level = count.depth + 1;
                // There is no heading below the third level here.
                let block = if level > 3 && matches!(block, Repeated::Heading) { Repeated::Paragraph } else { block };
                let written = match block {
                    Repeated::Heading => "{heading: \"{{ row.name }}工作\", body: [\"办理{{ row.count }}件。\"]}",
                    Repeated::Paragraph => "\"{{ row.name }}办理{{ row.count }}件。\"",
                    Repeated::Point => "{point: \"{{ row.name }}落实。\", text: \"办结{{ row.count }}件。\"}",
                    Repeated::Table => {
                        "table: {caption: \"{{ row.name }}情况\", columns: [项目, 件数], rows: [[办理, \"{{ row.count }}\"]]}"
                    }
                };
                writeln!(self.yaml, "{indent}      - {written}").expect("a string");
                for (name, number) in ROWS {
                    self.repeated(block, (name, number), level, count);
                }
            }
            FromData::Include => {
                writeln!(self.yaml, "{indent}  - include: part.yaml").expect("a string");
                self.paragraph("另有126件正在办理。", count);
                self.point("加强督办。按月通报。", count);
            }
        }
    }

    fn repeated(&mut self, block: Repeated, (name, number): (&str, u32), level: usize, count: &mut Count) {
        match block {
            Repeated::Heading => {
                let heading = count.heading(level);
                self.printed.push((heading, format!("{name}工作")));
                self.paragraph(&format!("办理{number}件。"), count);
            }
            Repeated::Paragraph => self.paragraph(&format!("{name}办理{number}件。"), count),
            Repeated::Point => self.point(&format!("{name}落实。办结{number}件。"), count),
            Repeated::Table => {
                (self.tables, count.tables) = (self.tables + 1, count.tables + 1);
                self.paragraph(&format!("表{}\u{3000}{name}情况", count.tables), count);
                for cell in ["项目", "件数", "办理", &number.to_string()] {
                    self.paragraph(cell, count);
                }
            }
        }
    }

    fn paragraph(&mut self, text: &str, count: &mut Count) {
        count.points = 0;
        self.printed.push((String::new(), text.to_owned()));
    }

    fn point(&mut self, text: &str, count: &mut Count) {
        count.points += 1;
        self.printed.push((format!("{}是", han(count.points)), text.to_owned()));
    }
}
