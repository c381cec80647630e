//! Reports made at random, each with the text that both outputs have to show, numbers counted apart from the program.

use proptest::prelude::*;
use std::fmt::Write as _;

/// A piece of running text as it is written, and as it is printed.
type Piece = (&'static str, &'static str);

/// The data file that the pieces quote.
pub(super) const DATA: &str = "a: 126\nb: 98.6\nrows:\n  - {name: 甲镇, count: 12}\n  - {name: 乙镇, count: 5}\n";

/// What formal reports are made of: phrases, marks in every combination, quotations, numbers with their units, Latin.
const PIECES: [Piece; 34] = [
    ("委员", "委员"),
    ("充分发挥专门协商机构作用", "充分发挥专门协商机构作用"),
    ("认真履职、积极创新", "认真履职、积极创新"),
    ("为全面建设社会主义现代化国家而团结奋斗", "为全面建设社会主义现代化国家而团结奋斗"),
    ("的", "的"),
    ("，", "，"),
    ("，", "，"),
    ("。", "。"),
    ("；", "；"),
    ("“六大房山”", "“六大房山”"),
    ("《意见》", "《意见》"),
    ("（试行）", "（试行）"),
    ("《〈办法〉说明》", "《〈办法〉说明》"),
    ("“是‘真’抓”", "“是‘真’抓”"),
    ("——", "——"),
    ("等等……", "等等……"),
    ("吗？", "吗？"),
    ("要好！", "要好！"),
    ("“23·7”洪灾", "“23·7”洪灾"),
    ("阿依·古丽", "阿依·古丽"),
    ("2024年", "2024年"),
    ("1,234.5万元", "1,234.5万元"),
    ("63%～68%", "63%～68%"),
    ("〔2024〕5号", "〔2024〕5号"),
    ("G108线", "G108线"),
    ("PM2.5", "PM2.5"),
    ("APEC Business Advisory Council", "APEC Business Advisory Council"),
    ("internationalization", "internationalization"),
    ("抓1+3+N", "抓1+3+N"),
    ("**更加突出**", "更加突出"),
    ("**“三个”**", "“三个”"),
    ("{{ a }}件", "126件"),
    ("增长{{ b }}%", "增长98.6%"),
    ("水利/电力", "水利/电力"),
];

/// One block.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A heading of the first or the second level.
    Heading(usize, String),
    /// A point with its lead.
    Point(String, (String, String)),
    /// A paragraph.
    Paragraph((String, String)),
}

/// Written and printed form of a text of up to `most` pieces, a full stop at its end.
pub(super) fn text(most: usize) -> impl Strategy<Value = (String, String)> {
    prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..most).prop_map(|pieces| {
        let (mut written, mut printed) = ("全市".to_owned(), "全市".to_owned());
        let mut before = "全市";
        for piece in pieces {
            // No writer sets a point after a point, two Latin words or two stretches of emphasis without anything between.
            let latin = |text: &str, at: Option<char>| at.is_some_and(|c| c.is_ascii()) && !text.is_empty();
            let marks = "，。；？！、…—";
            let doubled = before.ends_with(|c| marks.contains(c)) && piece.1.starts_with(|c| marks.contains(c));
            let run = latin(before, before.chars().last()) && latin(piece.1, piece.1.chars().next());
            let joined = written.ends_with('*') && piece.0.starts_with('*');
            if doubled || run || joined {
                continue;
            }
            written.push_str(piece.0);
            printed.push_str(piece.1);
            before = piece.1;
        }
        if before.ends_with(['，', '；', '。']) {
            written.push('好');
            printed.push('好');
        }
        (written + "。", printed + "。")
    })
}

fn step() -> impl Strategy<Value = Step> {
    let title = || {
        prop::sample::select(vec![
            "经济平稳增长",
            "加强思想政治引领，筑牢共同思想政治基础",
            "贯彻《意见》精神，推动“十四五”规划纲要实施，全力以赴完成2025年各项目标任务取得新的更大成效",
        ])
    };
    prop_oneof![
        2 => (1..=2usize, title()).prop_map(|(level, text)| Step::Heading(level, text.to_owned())),
        3 => (title(), text(40)).prop_map(|(lead, text)| Step::Point(format!("{lead}。"), text)),
        4 => text(70).prop_map(Step::Paragraph),
    ]
}

/// The blocks of a report.
pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 1..30)
}

/// Numbers up to ninety-nine in Han characters.
pub(super) fn han(number: usize) -> String {
    let digit = |n: usize| ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"][n];
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}

/// The source of a report, and what each of its paragraphs prints: number and text.
pub(super) fn write(steps: &[Step]) -> (String, Vec<(String, String)>) {
    let mut yaml =
        "template: work-report\ntitle: 某某市政府工作报告\ndata: figures.yaml\nbody:\n  - 各位代表，请予审议。\n"
            .to_owned();
    let plain = |text: &str| (String::new(), text.to_owned());
    let mut printed = vec![plain("某某市政府工作报告"), plain("各位代表，请予审议。")];
    let (mut first, mut second, mut points) = (0, 0, 0);
    // How deep the body is that the next block is in.
    let mut depth = 0;
    for step in steps {
        points = if matches!(step, Step::Point(..)) { points + 1 } else { 0 };
        // A heading of the second level wants one of the first above it.
        let (level, title) = match step {
            Step::Heading(level, title) => ((*level).min(depth + 1), title.as_str()),
            Step::Point(..) | Step::Paragraph(_) => (0, ""),
        };
        let indent = "    ".repeat(if level > 0 { level - 1 } else { depth });
        let done = match step {
            Step::Heading(..) => {
                depth = level;
                let number = if level == 1 {
                    (first, second) = (first + 1, 0);
                    format!("{}、", han(first))
                } else {
                    second += 1;
                    format!("（{}）", han(second))
                };
                printed.push((number, title.to_owned()));
                printed.push(plain("下面报告情况。"));
                write!(yaml, "{indent}  - heading: {title}\n{indent}    body:\n{indent}      - 下面报告情况。\n")
            }
            Step::Point(lead, (written, text)) => {
                printed.push((format!("{}是", han(points)), format!("{lead}{text}")));
                write!(yaml, "{indent}  - point: {lead}\n{indent}    text: {written:?}\n")
            }
            Step::Paragraph((written, text)) => {
                printed.push(plain(text));
                writeln!(yaml, "{indent}  - {written:?}")
            }
        };
        done.expect("a string takes everything");
    }
    (yaml, printed)
}
