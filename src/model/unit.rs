//! What numbers count: the units that may follow a number in a Chinese text, and what each part of the program does with them.

use UnitUse::{Counted, Kept, NoWord, Statistic};

/// What a unit is known for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitUse {
    /// Printing: a line break within the number or the unit is a last resort.
    Kept,
    /// Merging: an edit of the number or the unit is an edit of both.
    Counted,
    /// Starting a report from a Word file: the number is proposed as a figure.
    Statistic,
    /// Advice: no word begins with it, so that it is a mistake when it is written twice.
    NoWord,
}

/// The units, the longest first, each with its uses.
const UNITS: [(&str, &[UnitUse]); 99] = [
    ("个百分点", &[Counted, Kept, NoWord, Statistic]),
    ("平方公里", &[Counted, Kept, NoWord, Statistic]),
    ("平方千米", &[Kept]),
    ("万平方米", &[Counted]),
    ("百分点", &[Kept, NoWord]),
    ("平方米", &[Counted, Kept, NoWord, Statistic]),
    ("立方米", &[Counted, Kept, NoWord]),
    ("千瓦时", &[Kept, NoWord]),
    ("标准煤", &[Kept]),
    ("人民币", &[Kept]),
    ("千米", &[Counted, Kept, NoWord]),
    ("公里", &[Counted, Kept, NoWord, Statistic]),
    ("公顷", &[Counted, Kept, NoWord, Statistic]),
    ("公斤", &[Counted, Kept]),
    ("千克", &[Counted, Kept]),
    ("毫克", &[Kept]),
    ("微克", &[Kept]),
    ("毫米", &[Counted, Kept]),
    ("厘米", &[Counted, Kept]),
    ("海里", &[Kept]),
    ("千瓦", &[Counted, Kept]),
    ("兆瓦", &[Kept]),
    ("小时", &[Counted, Kept]),
    ("分钟", &[Counted, Kept]),
    ("年度", &[Counted, Kept]),
    ("周年", &[Kept]),
    ("个月", &[Counted, Kept]),
    ("人次", &[Counted, Kept, Statistic]),
    ("美元", &[Counted, Kept]),
    ("欧元", &[Counted, Kept]),
    ("港元", &[Counted, Kept]),
    ("日元", &[Kept]),
    ("亩次", &[Kept]),
    ("户次", &[Counted]),
    ("件次", &[Counted]),
    ("场次", &[Counted]),
    ("批次", &[Counted]),
    ("季度", &[Counted]),
    ("亿元", &[NoWord, Statistic]),
    ("万元", &[NoWord, Statistic]),
    ("万吨", &[NoWord, Statistic]),
    ("万人", &[NoWord, Statistic]),
    ("万亩", &[NoWord, Statistic]),
    ("千元", &[NoWord]),
    ("万户", &[NoWord]),
    ("元", &[Counted, Kept, Statistic]),
    ("亩", &[Counted, Kept, Statistic]),
    ("吨", &[Counted, Kept, Statistic]),
    ("人", &[Counted, Kept, Statistic]),
    ("户", &[Counted, Kept, Statistic]),
    ("家", &[Counted, Kept, Statistic]),
    ("件", &[Counted, Kept, Statistic]),
    ("项", &[Counted, Kept, Statistic]),
    ("个", &[Counted, Kept, Statistic]),
    ("次", &[Counted, Kept, Statistic]),
    ("名", &[Counted, Kept, Statistic]),
    ("所", &[Counted, Kept, Statistic]),
    ("座", &[Counted, Kept]),
    ("处", &[Counted, Kept, Statistic]),
    ("条", &[Counted, Kept, Statistic]),
    ("辆", &[Counted, Kept]),
    ("台", &[Counted, Kept]),
    ("套", &[Counted, Kept]),
    ("宗", &[Counted, Kept]),
    ("起", &[Kept]),
    ("场", &[Counted, Kept, Statistic]),
    ("斤", &[Kept]),
    ("米", &[Counted, Kept]),
    ("倍", &[Counted, Kept, Statistic]),
    ("岁", &[Counted, Kept]),
    ("天", &[Counted, Kept]),
    ("张", &[Kept]),
    ("篇", &[Counted, Kept, Statistic]),
    ("期", &[Counted, Kept, Statistic]),
    ("届", &[Counted, Kept]),
    ("位", &[Counted, Kept]),
    ("年", &[Counted]),
    ("月", &[Counted]),
    ("日", &[Counted]),
    ("号", &[Counted]),
    ("周", &[Counted]),
    ("批", &[Counted, Statistic]),
    ("份", &[Counted, Statistic]),
    ("部", &[Counted]),
    ("对", &[Counted]),
    ("架", &[Counted]),
    ("艘", &[Counted]),
    ("村", &[Counted]),
    ("镇", &[Counted]),
    ("区", &[Counted]),
    ("级", &[Counted]),
    ("成", &[Counted]),
    ("折", &[Counted]),
    ("度", &[Counted]),
    ("站", &[Counted]),
    ("册", &[Counted]),
    ("％", &[Statistic]),
    ("万", &[Statistic]),
    ("%", &[Statistic]),
];

/// The units that have a use, the longest first.
pub fn units(wanted: UnitUse) -> impl Iterator<Item = &'static str> {
    UNITS.iter().filter(move |(_, uses)| uses.contains(&wanted)).map(|(unit, _)| *unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unit_has_one_row_and_the_longest_come_first() {
        for (at, (unit, uses)) in UNITS.iter().enumerate() {
            assert!(!uses.is_empty(), "{unit} has no use");
            assert!(UNITS[..at].iter().all(|(before, _)| before != unit && before.len() >= unit.len()), "{unit}");
        }
    }
}
