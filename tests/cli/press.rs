//! `--pdf print` on the command line: some pages, numbered copies, an ink of its own.

use super::{Desk, Ran};
use crate::pdf::reader;
use std::collections::BTreeSet;

const OFFICIAL: &str = include_str!("../../data/samples/official-document.yaml");

fn print(desk: &Desk, arguments: &[&str]) -> Ran {
    desk.run(&[&["build", "--only", "pdf", "--pdf", "print", "--overwrite"], arguments].concat())
}

/// The text of each page, white space left out.
fn pages(desk: &Desk, name: &str) -> Vec<String> {
    let file = reader::load(&desk.read(name));
    let text = |page| reader::shown(&file, page).into_iter().map(|shown| shown.text.trim().to_owned()).collect();
    reader::pages(&file).into_iter().map(text).collect()
}

#[test]
fn pages_that_are_not_there_are_refused() {
    let desk = Desk::new();
    let ran = print(&desk, &["--pages", "3-8"]);
    assert!(ran.code == 1 && ran.err.contains("D822") && ran.err.contains("一共 1 页"), "{ran:?}");
    assert!(desk.names("out").is_empty());
    let ran = print(&desk, &["--copies", "1-2"]);
    assert!(ran.code == 1 && ran.err.contains("D823"), "{ran:?}");
    for wrong in
        [&["--pages", "0-1"][..], &["--pages", "5-3"], &["--copies", "x"], &["--copy-files"], &["--red", "spot:All"]]
    {
        assert_eq!(print(&desk, wrong).code, 2, "{wrong:?}");
    }
    let ran = desk.run(&["build", "--red", "spot:红"]);
    assert!(ran.code == 2 && ran.err.contains("--red 只用于付印"), "{ran:?}");
    let ran = print(&desk, &["--red", "spot:红"]);
    assert!(ran.code == 1 && ran.err.contains("D821") && ran.err.contains("没有套红"), "{ran:?}");
}

#[test]
fn some_pages_are_those_of_the_whole() {
    let desk = Desk::new();
    let paragraph = |i: usize| format!("  - 第{i}段。{}", "一段文字，".repeat(30));
    let body = (0..60).map(paragraph).collect::<Vec<_>>().join("\n");
    desk.write("long.yaml", &format!("template: work-report\ntitle: 长\nbody:\n{body}"));
    assert_eq!(print(&desk, &["long.yaml"]).code, 0);
    let all = pages(&desk, "out/long.pdf");
    assert_eq!(print(&desk, &["long.yaml", "--pages", "3-4"]).code, 0);
    assert_eq!(pages(&desk, "out/long.pdf"), all[2..4]);
    assert_eq!(print(&desk, &["long.yaml", "--pages", "2"]).code, 0);
    assert_eq!(pages(&desk, "out/long.pdf"), all[1..2]);
}

/// A document of three pages without an imprint.
const ODD: &str = "template: official-document
authority: 青溪市人民政府
number: 青政发〔2024〕18号
copy-number: '000001'
title: 通知
addressee: 各区：
body:
  - 现通知如下。
  - {break: page}
  - 第二页的话。
  - {break: page}
  - 第三页的话。
  - signature: {authority: 青溪市人民政府, date: 2024年4月2日, sealed: true}
";

#[test]
fn a_copy_never_begins_on_the_back_of_another() {
    let desk = Desk::new();
    desk.write("odd.yaml", ODD);
    let printed = |more: &[&str]| {
        let ran = print(&desk, &[&["odd.yaml", "--copies", "1-2"], more].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
        pages(&desk, "out/odd.pdf")
    };
    let pages = printed(&[]);
    assert_eq!(pages.len(), 7);
    assert!(pages[3].trim().is_empty() && pages[0].contains("000001") && pages[4].contains("000002"), "{pages:?}");
    for how in ["booklet", "signatures=4", "2up"] {
        printed(&["--impose", how]);
        let file = reader::load(&desk.read("out/odd.pdf"));
        // Of which copies the pages on each side are: three of the first, then three of the second.
        let copies = |page| -> BTreeSet<usize> {
            let operations = reader::operations(&file, page);
            let names = operations.iter().filter(|op| op.operator == "Do").map(|op| op.operands[0].as_name().unwrap());
            names.map(|name| std::str::from_utf8(&name[1..]).unwrap().parse::<usize>().unwrap() / 3).collect()
        };
        let sides: Vec<BTreeSet<usize>> = reader::pages(&file).into_iter().map(copies).collect();
        assert_eq!(sides, [[0], [0], [1], [1]].map(BTreeSet::from), "{how}");
    }
}

#[test]
fn copies_have_their_numbers_in_one_file_or_each_in_its_own() {
    let desk = Desk::new();
    desk.write("letter.yaml", OFFICIAL);
    assert_eq!(print(&desk, &["letter.yaml"]).code, 0);
    let one = pages(&desk, "out/letter.pdf");
    let ran = print(&desk, &["letter.yaml", "--copies", "000009-000011"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    let all = pages(&desk, "out/letter.pdf");
    assert_eq!(all.len(), 3 * one.len());
    let ran = print(&desk, &["letter.yaml", "--copies", "000009-000011", "--copy-files", "--out", "each"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    let names = ["letter-000009.pdf", "letter-000010.pdf", "letter-000011.pdf"];
    assert_eq!(desk.names("each"), names);
    for (copy, number) in ["000009", "000010", "000011"].into_iter().enumerate() {
        let own = pages(&desk, &format!("each/letter-{number}.pdf"));
        assert_eq!(own, all[copy * one.len()..(copy + 1) * one.len()]);
        assert!(own[0].contains(number), "{}", own[0]);
        assert_eq!(own[1..], one[1..]);
    }
}

/// Copies of more pages than a run holds are refused before they are composed.
#[test]
fn copies_without_end_are_refused() {
    let desk = Desk::new();
    desk.write("letter.yaml", OFFICIAL);
    let ran = print(&desk, &["letter.yaml", "--copies", "000001-999999"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("[D821]") && ran.err.contains("--copies 000001-"), "{}", ran.err);
}
