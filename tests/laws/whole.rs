//! Whole reports made at random: tables, charts, lists, footnotes, a glossary, references, a cover, contents, attachments. Each with
//! what both outputs have to show, numbers counted apart from the program.

use super::from_data::{FromData, from_data};
use super::report::{han, text};
use proptest::prelude::*;
use std::fmt::Write as _;

/// A report, and what it prints.
#[derive(Clone, Debug, Default)]
pub(super) struct Whole {
    /// Its source.
    pub(super) yaml: String,
    /// What its paragraphs print in order, the cells of tables among them: number and text. Marks of notes are circled numbers.
    pub(super) printed: Vec<(String, String)>,
    /// The footnotes in the order of their numbers.
    pub(super) notes: Vec<String>,
    /// How many tables it prints.
    pub(super) tables: usize,
}

/// A paragraph, with what it calls.
#[derive(Clone, Debug)]
pub(super) struct Words {
    text: (String, String),
    /// A footnote of so many sentences.
    note: Option<usize>,
    term: bool,
    /// Raised characters, a link and a forced line end.
    markup: bool,
    /// Refers to one of the numbered blocks before it.
    refers: Option<prop::sample::Index>,
}

/// A block.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Heading(usize, &'static str),
    Words(Words),
    Point(String, (String, String)),
    List(bool, Vec<(String, String)>),
    Table(Box<Table>),
    /// A chart of one series: its kind, and its values.
    Chart(&'static str, Vec<u16>),
    /// Blocks under a condition, for every row, or of another file.
    FromData(FromData),
}

/// A table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    caption: Option<&'static str>,
    /// 0: no heads; 1: a row of them; 2: heads of two rows, a unit, notes and a source.
    heads: u8,
    landscape: bool,
    /// Texts of the cells, row by row; as many columns as the first has.
    rows: Vec<Vec<&'static str>>,
    /// Cells that cover others: row, column, rows, columns; those that do not fit are left out.
    merged: Vec<(prop::sample::Index, prop::sample::Index, usize, usize)>,
    note: bool,
}

/// The parts of a report.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    pub(super) cover: bool,
    pub(super) contents: Option<usize>,
    pub(super) body: Vec<Step>,
    pub(super) attachments: Vec<Vec<Step>>,
}

const TITLES: [&str; 4] =
    ["经济平稳增长", "加强思想政治引领，筑牢共同思想政治基础", "抓重点", "推动“十四五”规划纲要实施取得新的成效"];
const CELLS: [&str; 10] = [
    "",
    "3",
    "12.5",
    "1,234.56",
    "-0.3",
    "98%",
    "好",
    "房山区",
    "某某建设工程有限责任公司",
    "完成主体结构施工，同步开展设备安装和内外装修，年底前具备使用条件",
];
const SENTENCE: &str = "坚持稳中求进工作总基调，扎实推进各项工作，取得新的成效。";

fn words() -> impl Strategy<Value = Words> {
    let note = prop_oneof![4 => Just(None), 1 => (1..6usize).prop_map(Some), 1 => (20..90usize).prop_map(Some)];
    let refers = prop::option::weighted(0.2, any::<prop::sample::Index>());
    let flags = (prop::bool::weighted(0.2), prop::bool::weighted(0.2));
    (text(40), note, flags, refers).prop_map(|(text, note, (term, markup), refers)| Words {
        text,
        note,
        term,
        markup,
        refers,
    })
}

fn table() -> impl Strategy<Value = Table> {
    let rows = prop_oneof![3 => 1..6usize, 1 => 6..45usize];
    (2..=5usize, rows).prop_flat_map(|(columns, rows)| {
        let cell = prop::sample::select(CELLS.to_vec());
        let rows = prop::collection::vec(prop::collection::vec(cell, columns), rows);
        let merged = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 1..=3usize, 1..=3usize);
        let merged = prop::collection::vec(merged, 0..4);
        let flags = (
            prop::option::of(Just("情况统计")),
            prop_oneof![1 => Just(0), 3 => Just(1), 2 => Just(2)],
            prop::bool::weighted(0.2),
            prop::bool::weighted(0.2),
        );
        (rows, merged, flags).prop_map(|(rows, merged, (caption, heads, landscape, note))| Table {
            caption,
            heads,
            landscape,
            rows,
            merged,
            note,
        })
    })
}

fn step() -> impl Strategy<Value = Step> {
    let title = || prop::sample::select(TITLES.to_vec());
    prop_oneof![
        3 => (1..=3usize, title()).prop_map(|(level, title)| Step::Heading(level, title)),
        6 => words().prop_map(Step::Words),
        2 => (title(), text(20)).prop_map(|(lead, text)| Step::Point(format!("{lead}。"), text)),
        1 => (any::<bool>(), prop::collection::vec(text(20), 1..5)).prop_map(|(ordered, items)| Step::List(ordered, items)),
        2 => table().prop_map(|table| Step::Table(Box::new(table))),
        1 => (prop::sample::select(vec!["bar", "line", "pie"]), prop::collection::vec(1..5000u16, 1..9))
            .prop_map(|(kind, values)| Step::Chart(kind, values)),
        2 => from_data().prop_map(Step::FromData),
    ]
}

/// The parts of a report.
pub(super) fn parts() -> impl Strategy<Value = Parts> {
    let steps = |most| prop::collection::vec(step(), 1..most);
    (any::<bool>(), prop::option::of(1..=3usize), steps(20), prop::collection::vec(steps(4), 0..3))
        .prop_map(|(cover, contents, body, attachments)| Parts { cover, contents, body, attachments })
}

/// What is counted while a report is written.
#[derive(Default)]
pub(super) struct Count {
    headings: [usize; 3],
    pub(super) points: usize,
    pub(super) tables: usize,
    figures: usize,
    terms: usize,
    /// Names of what has a number, and that number as a reference prints it.
    numbered: Vec<(String, String)>,
    /// How deep the body is.
    pub(super) depth: usize,
}

impl Count {
    /// The number of the next heading of a level.
    pub(super) fn heading(&mut self, level: usize) -> String {
        self.headings[level - 1] += 1;
        self.headings[level..].fill(0);
        let here = self.headings[level - 1];
        match level {
            1 => format!("{}、", han(here)),
            2 => format!("（{}）", han(here)),
            _ => format!("{here}."),
        }
    }
}

pub(super) const REPORT: &str = "某某市政府工作报告";

/// Writes a report.
pub(super) fn write(parts: &Parts) -> Whole {
    let mut whole = Whole::default();
    let mut count = Count::default();
    let plain = |text: &str| (String::new(), text.to_owned());
    whole.yaml = format!("template: work-report\ntitle: {REPORT}\ndata: figures.yaml\n");
    if parts.cover {
        whole.yaml.push_str("cover: {subtitle: （审议稿）, authority: 某某市人民政府, date: 2024年1月}\n");
        whole.printed.extend([REPORT, "（审议稿）", "某某市人民政府", "2024年1月"].map(plain));
    }
    if let Some(depth) = parts.contents {
        writeln!(whole.yaml, "contents: {{depth: {depth}}}").expect("a string");
        whole.printed.push(plain("目录"));
    }
    whole.printed.push(plain(REPORT));
    whole.yaml.push_str("body:\n  - heading: 总述\n    body:\n      - 各位代表，请予审议。\n");
    whole.printed.extend([("一、".to_owned(), "总述".to_owned()), plain("各位代表，请予审议。")]);
    (count.headings[0], count.depth) = (1, 1);
    let mut terms = Vec::new();
    for step in &parts.body {
        whole.step(step, &mut count, 0, &mut terms);
    }
    let mut attachments = String::new();
    let mut behind = Vec::new();
    std::mem::swap(&mut behind, &mut whole.printed);
    for (i, steps) in parts.attachments.iter().enumerate() {
        let mark = if parts.attachments.len() == 1 { "附件".to_owned() } else { format!("附件{}", i + 1) };
        whole.printed.extend([plain(&mark), plain("任务分工")]);
        (count.headings, count.depth, count.points) = ([0; 3], 0, 0);
        let yaml = std::mem::take(&mut whole.yaml);
        whole.yaml.push_str("  - title: 任务分工\n    body:\n      - 分工如下。\n");
        whole.printed.push(plain("分工如下。"));
        for step in steps {
            whole.step(step, &mut count, 2, &mut terms);
        }
        attachments.push_str(&whole.yaml);
        whole.yaml = yaml;
    }
    let attached = std::mem::replace(&mut whole.printed, behind);
    if !whole.notes.is_empty() {
        whole.yaml.push_str("notes:\n");
        for (i, note) in whole.notes.iter().enumerate() {
            writeln!(whole.yaml, "  n{}: {note}", i + 1).expect("a string");
        }
    }
    if !terms.is_empty() {
        whole.yaml.push_str("glossary:\n");
        whole.printed.push(plain("名词解释"));
        for (i, term) in terms.iter().enumerate() {
            writeln!(whole.yaml, "  {term}: 指{SENTENCE}").expect("a string");
            whole.printed.push((format!("{}.", i + 1), format!("{term}：指{SENTENCE}")));
        }
    }
    if !attachments.is_empty() {
        whole.yaml.push_str("attachments:\n");
        whole.yaml.push_str(&attachments);
    }
    whole.printed.extend(attached);
    whole
}

/// The mark of a footnote.
pub(super) fn mark(count: usize) -> char {
    char::from_u32(0x245f + count as u32).expect("a circled number")
}

impl Whole {
    /// Takes in a footnote; what calls it, and what is printed there. There are twenty circled numbers.
    fn note(&mut self, sentences: usize) -> (String, String) {
        if self.notes.len() == 20 {
            return Default::default();
        }
        self.notes.push(SENTENCE.repeat(sentences));
        let count = self.notes.len();
        (format!("[^n{count}]"), mark(count).to_string())
    }

    fn step(&mut self, step: &Step, count: &mut Count, within: usize, terms: &mut Vec<String>) {
        if let Step::FromData(what) = step {
            self.bring(*what, count, &("    ".repeat(count.depth) + &"  ".repeat(within)));
            return;
        }
        count.points = if matches!(step, Step::Point(..)) { count.points + 1 } else { 0 };
        let level = if let Step::Heading(level, _) = step { (*level).min(count.depth + 1) } else { 0 };
        let indent = "    ".repeat(if level > 0 { level - 1 } else { count.depth }) + &"  ".repeat(within);
        match step {
            Step::Heading(_, title) => {
                count.depth = level;
                let number = count.heading(level);
                let id = format!("h{}", count.numbered.len());
                let reference = number.trim_end_matches(['、', '.']).to_owned();
                count.numbered.push((id.clone(), reference));
                self.printed.push((number, (*title).to_owned()));
                self.printed.push((String::new(), "下面报告情况。".to_owned()));
                writeln!(
                    self.yaml,
                    "{indent}  - heading: {title}\n{indent}    id: {id}\n{indent}    body:\n{indent}      - 下面报告情况。"
                )
            }
            Step::Words(words) => {
                let (mut written, mut printed) = words.text.clone();
                if words.markup {
                    written.push_str("浓度10<sup>-3</sup>，见[网站](https://a.cn/x)。<br>另行安排。");
                    printed.push_str("浓度10-3，见网站。另行安排。");
                }
                if words.term {
                    let term = format!("名词{}", han(terms.len() + 1));
                    count.terms += 1;
                    write!(written, "见{term}[*{term}]。").expect("a string");
                    write!(printed, "见{term}{}。", terms.len() + 1).expect("a string");
                    terms.push(term);
                }
                if let Some(index) = words.refers.filter(|_| !count.numbered.is_empty()) {
                    let (id, number) = index.get(&count.numbered);
                    write!(written, "参见[@{id}]所述。").expect("a string");
                    write!(printed, "参见{number}所述。").expect("a string");
                }
                if let Some(sentences) = words.note {
                    let (call, mark) = self.note(sentences);
                    written = format!("{written}又见{call}。");
                    printed = format!("{printed}又见{mark}。");
                }
                self.printed.push((String::new(), printed));
                writeln!(self.yaml, "{indent}  - {written:?}")
            }
            Step::Point(lead, (written, text)) => {
                self.printed.push((format!("{}是", han(count.points)), format!("{lead}{text}")));
                writeln!(self.yaml, "{indent}  - point: {lead}\n{indent}    text: {written:?}")
            }
            Step::List(ordered, items) => {
                let mut list = format!("{indent}  - list:\n{indent}      ordered: {ordered}\n{indent}      items:\n");
                for (i, (written, printed)) in items.iter().enumerate() {
                    writeln!(list, "{indent}        - {written:?}").expect("a string");
                    let number = if *ordered { format!("{}.", i + 1) } else { "——".to_owned() };
                    self.printed.push((number, printed.clone()));
                }
                self.yaml.write_str(&list)
            }
            Step::Table(table) => {
                let yaml = self.table(table, count, &indent);
                self.yaml.write_str(&yaml)
            }
            Step::Chart(kind, values) => {
                count.figures += 1;
                let (number, id) = (format!("图{}", count.figures), format!("c{}", count.numbered.len()));
                self.printed.push((String::new(), format!("{number}\u{3000}各月情况")));
                count.numbered.push((id.clone(), number));
                let months: Vec<String> = (1..=values.len()).map(|month| format!("{month}月")).collect();
                let series = format!("[{{name: 件数, values: {values:?}}}]");
                let chart = format!("kind: {kind}, categories: [{}], series: {series}", months.join(", "));
                writeln!(self.yaml, "{indent}  - chart: {{{chart}, caption: 各月情况, id: {id}}}")
            }
            Step::FromData(_) => Ok(()),
        }
        .expect("a string takes everything");
    }

    fn table(&mut self, table: &Table, count: &mut Count, indent: &str) -> String {
        self.tables += 1;
        let id = format!("t{}", count.numbered.len());
        let mut yaml = format!("{indent}  - table:\n{indent}      landscape: {}\n", table.landscape);
        if let Some(caption) = table.caption {
            count.tables += 1;
            let number = format!("表{}", count.tables);
            write!(yaml, "{indent}      caption: {caption}\n{indent}      id: {id}\n").expect("a string");
            self.printed.push((String::new(), format!("{number}\u{3000}{caption}")));
            count.numbered.push((id, number));
        }
        let columns = table.rows[0].len();
        let plain = |text: &str| (String::new(), text.to_owned());
        if table.heads == 2 {
            writeln!(
                yaml,
                "{indent}      unit: 万元\n{indent}      note: [初步数。, 含上年结转。]\n{indent}      source: 统计局"
            )
            .expect("a string");
            self.printed.push(plain("单位：万元"));
        }
        if table.heads == 2 && columns > 2 {
            let heads: Vec<String> = (1..=columns).map(|i| format!("第{}栏", han(i))).collect();
            let group = format!("{{title: 其中各栏, columns: [{}]}}", heads[1..].join(", "));
            writeln!(yaml, "{indent}      columns: [{}, {group}]", heads[0]).expect("a string");
            self.printed.extend([plain(&heads[0]), plain("其中各栏")]);
            self.printed.extend(heads[1..].iter().map(|head| plain(head)));
        } else if table.heads > 0 {
            let heads: Vec<String> = (1..=columns).map(|i| format!("第{}栏", han(i))).collect();
            writeln!(yaml, "{indent}      columns: [{}]", heads.join(", ")).expect("a string");
            self.printed.extend(heads.into_iter().map(|head| (String::new(), head)));
        }
        writeln!(yaml, "{indent}      rows:").expect("a string");
        let spans = spans(table, columns);
        let mut noted = false;
        for (row, spans) in table.rows.iter().zip(spans) {
            let mut cells = Vec::new();
            for (text, span) in row.iter().zip(spans) {
                let Some((rows, columns)) = span else { continue };
                let (mut call, mut mark) = (String::new(), String::new());
                if table.note && !noted && !text.is_empty() && text.chars().all(|c| !c.is_ascii()) {
                    (call, mark) = self.note(2);
                    noted = true;
                }
                self.printed.push((String::new(), format!("{text}{mark}")));
                let text = format!("{text}{call}");
                cells.push(if (rows, columns) == (1, 1) {
                    format!("{text:?}")
                } else {
                    format!("{{text: {text:?}, rows: {rows}, columns: {columns}}}")
                });
            }
            writeln!(yaml, "{indent}        - [{}]", cells.join(", ")).expect("a string");
        }
        if table.heads == 2 {
            self.printed.extend(["注：1.初步数。", "2.含上年结转。", "资料来源：统计局"].map(plain));
        }
        yaml
    }
}

/// For each cell the rows and columns that it covers; None for one that is covered.
fn spans(table: &Table, columns: usize) -> Vec<Vec<Option<(usize, usize)>>> {
    let mut spans = vec![vec![Some((1, 1)); columns]; table.rows.len()];
    for (row, column, rows, wide) in &table.merged {
        let (row, column) = (row.index(table.rows.len()), column.index(columns));
        let (end, right) = (row + rows, column + wide);
        if end > table.rows.len() || right > columns {
            continue;
        }
        let mut more = spans.clone();
        for cell in more[row..end].iter_mut().flat_map(|row| &mut row[column..right]) {
            *cell = None;
        }
        more[row][column] = Some((*rows, *wide));
        let free = spans[row..end].iter().flat_map(|row| &row[column..right]).all(|cell| *cell == Some((1, 1)));
        // Every row has a cell of its own.
        if free && more.iter().all(|row| row.iter().any(Option::is_some)) {
            spans = more;
        }
    }
    spans
}
