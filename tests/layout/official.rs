//! Where the parts of an official document stand, in millimetres, against GB/T 9704-2012 clauses 7.2 to 7.5.

use super::{pages, root};
use dinggao::layout::{Artifact, Line, LineKind, PageItem, PagedDocument, Rule};
use dinggao::template::{StyleName, Template};
use std::fs;

/// An official document: what stands above the authority, who signs it, its title, and how its signature is.
fn document(head: &str, title: &str, signature: &str, attachments: bool) -> String {
    let attachments = if attachments {
        "attachments:\n  - {title: 任务分工, body: [第一项。]}\n  - {title: 值班表, body: [第二项。]}\n"
    } else {
        ""
    };
    format!(
        "template: official-document\n{head}authority: 青溪市人民政府文件\nnumber: 青政发〔2024〕18号\ntitle: {title}\n\
         addressee: 各县（市、区）人民政府：\nbody:\n  - 现就有关工作通知如下。\n  - signature: {{{signature}}}\n\
         copies-to: 市委各部门\noffice: 青溪市人民政府办公室\nprinted: 2024年4月22日\n{attachments}"
    )
}

const MARKS: &str = "copy-number: \"000001\"\nclassification: 秘密★1年\nurgency: 加急\n";
const SEALED: &str = "authority: 青溪市人民政府, date: 2024年4月22日, sealed: true";
const UNSEALED: &str = "authority: 青溪市人民政府办公室, date: 2024年4月22日";

fn line<'a>(paged: &'a PagedDocument, page: usize, begins: &str) -> &'a Line {
    let found = paged.pages[page].lines().find(|line| line.text.starts_with(begins));
    found.unwrap_or_else(|| panic!("no line begins with {begins} on page {page}"))
}

fn rules(paged: &PagedDocument, page: usize) -> Vec<&Rule> {
    let rules =
        paged.pages[page].items.iter().filter_map(|i| if let PageItem::Rule(rule) = i { Some(rule) } else { None });
    rules.collect()
}

/// Upper and lower edge of a line's type, in mm from the top of the type area.
fn edges(template: &Template, line: &Line) -> (f64, f64) {
    let size = line.runs[0].size;
    let top = (line.baseline - template.page.top - size * template.grid.ascent).to_mm();
    (top, top + size.to_mm())
}

/// The row, from 1, whose cell has the middle of a line's type, and how far from the cell's middle that is, in mm.
fn row(template: &Template, line: &Line) -> (u32, f64) {
    let (top, bottom) = edges(template, line);
    let place = (f64::midpoint(top, bottom) - template.grid.cell.to_mm() / 2.0) / template.grid.pitch.to_mm();
    (place.round() as u32 + 1, (place - place.round()) * template.grid.pitch.to_mm())
}

#[track_caller]
fn near(got: f64, wanted: f64) {
    assert!((got - wanted).abs() < 0.01, "{got:.3} mm, not {wanted:.3} mm");
}

/// Left edge and right edge of a line, in mm from the left edge of the type area.
fn sides(template: &Template, line: &Line, page: usize) -> (f64, f64) {
    let left = (line.x - template.page.left(page + 1)).to_mm();
    (left, left + line.width.to_mm())
}

#[test]
fn a_red_head_stands_where_it_must() {
    let signed = "signer: 魏广勋\n";
    for (head, marks) in [(MARKS, 3), ("", 0), (signed, 0)] {
        let (template, paged) = pages(&document(head, "关于请示事项的通知", SEALED, false));
        // 7.2.1–7.2.3: flush left from the first row on, one below the other.
        for (at, mark) in ["000001", "秘密★1年", "加急"].into_iter().take(marks).enumerate() {
            let found = line(&paged, 0, mark);
            assert_eq!(row(&template, found).0, at as u32 + 1, "{mark}");
            near(sides(&template, found, 0).0, 0.0);
        }
        // 7.2.4: the upper edge 35 mm below that of the type area, centred, in red.
        let authority = line(&paged, 0, "青溪市人民政府文件");
        near(edges(&template, authority).0, 35.0);
        let (left, right) = sides(&template, authority, 0);
        near(left, 156.0 - right);
        assert_eq!(authority.runs[0].color, template.style(StyleName::Authority).color);
        // 7.2.5: below it two rows are empty, no less and not a whole one more.
        let number = line(&paged, 0, "青政发〔2024〕18号");
        let pitch = template.grid.pitch.to_mm();
        let between = edges(&template, number).0 - edges(&template, authority).1;
        assert!(between >= 2.0 * pitch && between < 3.0 * pitch, "{between} mm");
        assert!(row(&template, number).1.abs() < 0.01);
        // 7.2.5, 7.2.6: centred, or one character in with who signs as far from the right.
        let (left, right) = sides(&template, number, 0);
        if head == signed {
            let cell = template.grid.cell.to_mm();
            near(left, cell);
            near(sides(&template, line(&paged, 0, "签发人：魏广勋"), 0).1, 156.0 - cell);
        } else {
            near(left, 156.0 - right);
        }
        // 7.2.7: the rule 4 mm below the number, red, as wide as the type area.
        let rules = rules(&paged, 0);
        assert_eq!(rules.len(), 1);
        near((rules[0].y - template.page.top).to_mm(), edges(&template, number).1 + 4.0);
        near((rules[0].x - template.page.left(1)).to_mm(), 0.0);
        near(rules[0].width.to_mm(), 156.0);
        assert_eq!((rules[0].color, rules[0].height), (authority.runs[0].color, template.head.rule));
        // 7.3.1: two rows below the rule are empty.
        let title = line(&paged, 0, "关于请示事项的通知");
        let under = (rules[0].y + rules[0].height - template.page.top).to_mm();
        let between = edges(&template, title).0 - under;
        assert!(between >= 2.0 * pitch && between < 3.0 * pitch, "{between} mm");
        // 7.3.2: one row below the title is empty, then the addressee, flush left; the text follows.
        let (at, _) = row(&template, title);
        let addressee = line(&paged, 0, "各县");
        assert_eq!(row(&template, addressee).0, at + 2);
        near(sides(&template, addressee, 0).0, 0.0);
        assert_eq!(row(&template, line(&paged, 0, "现就")).0, at + 3);
        near(sides(&template, line(&paged, 0, "现就"), 0).0, 2.0 * template.grid.cell.to_mm());
    }
}

#[test]
fn a_title_of_one_line_stands_on_its_row() {
    let (template, paged) = pages(&document("", "关于请示事项的通知", SEALED, true));
    let title = line(&paged, 0, "关于请示事项的通知");
    // Type of 22 pt has its upper edge where the row has it.
    let top = edges(&template, title).0 / template.grid.pitch.to_mm();
    assert!((top - top.round()).abs() < 0.001, "row {top}");
    // 7.3.6: 附件 on the first row, the title on the third.
    for (page, mark, title) in [(1, "附件1", "任务分工"), (2, "附件2", "值班表")] {
        assert_eq!(row(&template, line(&paged, page, mark)).0, 1);
        near(sides(&template, line(&paged, page, mark), page).0, 0.0);
        let title = line(&paged, page, title);
        near(edges(&template, title).0, 2.0 * template.grid.pitch.to_mm());
        let (left, right) = sides(&template, title, page);
        near(left, 156.0 - right);
    }
}

#[test]
fn attachments_are_named_and_the_document_is_signed() {
    for (signature, authority, sealed) in [(SEALED, "青溪市人民政府", true), (UNSEALED, "青溪市人民政府办公室", false)]
    {
        let (template, paged) = pages(&document("", "关于请示事项的通知", signature, true));
        let cell = template.grid.cell.to_mm();
        // 7.3.4: one row below the text is empty; two characters in; the numbers one below the other; no mark at the end.
        let text = row(&template, line(&paged, 0, "现就")).0;
        let (first, second) = (line(&paged, 0, "附件：1.任务分工"), line(&paged, 0, "2.值班表"));
        assert_eq!((row(&template, first).0, row(&template, second).0), (text + 2, text + 3));
        near(sides(&template, first, 0).0, 2.0 * cell);
        near(sides(&template, second, 0).0, 5.0 * cell);
        assert!(first.text.ends_with('工') && second.text.ends_with('表'));
        // 7.3.5: who signs above the date.
        let signed = paged.pages[0].lines().filter(|line| line.text == authority).last().expect("a signature");
        let date = line(&paged, 0, "2024年4月22日");
        assert_eq!(row(&template, date).0, row(&template, signed).0 + 1);
        let (from, to) = sides(&template, signed, 0);
        let (begin, end) = sides(&template, date, 0);
        if sealed {
            // 7.3.5.1: the date four characters from the right, who signs in the middle above.
            near(end, 156.0 - 4.0 * cell);
            near(from + to, begin + end);
        } else {
            // 7.3.5.2: who signs two characters from the right, the date begins two characters further right.
            near(to, 156.0 - 2.0 * cell);
            near(begin, from + 2.0 * cell);
        }
    }
}

#[test]
fn the_imprint_stands_at_the_foot_of_an_even_page() {
    let sample = fs::read_to_string(root("data/samples/official-document.yaml")).expect("a sample");
    for (yaml, page) in [(document("", "通知", SEALED, false), 1), (document("", "通知", SEALED, true), 3), (sample, 5)]
    {
        let (template, paged) = pages(&yaml);
        assert_eq!(paged.pages.len(), page + 1);
        let rules = rules(&paged, page);
        // 7.4.1: first and last rule 0.35 mm, between them 0.25 mm, as wide as the type area; the last on its lower edge.
        let weights: Vec<f64> = rules.iter().map(|rule| rule.height.to_mm()).collect();
        assert_eq!(weights.len(), 3);
        for (got, wanted) in weights.into_iter().zip([0.35, 0.25, 0.35]) {
            near(got, wanted);
        }
        for rule in &rules {
            near(rule.width.to_mm(), 156.0);
            near((rule.x - template.page.left(page + 1)).to_mm(), 0.0);
        }
        near((rules[2].y + rules[2].height - template.page.top).to_mm(), 225.0);
        // 7.4.2, 7.4.3: one character in on both sides; what turns over stands below the first character behind the colon.
        let cell = template.style(StyleName::Imprint).size.to_mm();
        let lines: Vec<&Line> = paged.pages[page]
            .lines()
            .filter(|line| matches!(line.kind, LineKind::Block(_)) && line.baseline > rules[0].y)
            .collect();
        near(sides(&template, lines[0], page).0, cell);
        assert!(lines[0].text.starts_with("抄送："));
        for turned in &lines[1..lines.len() - 2] {
            near(sides(&template, turned, page).0, 4.0 * cell);
        }
        near(sides(&template, lines[lines.len() - 2], page).0, cell);
        near(sides(&template, lines[lines.len() - 1], page).1, 156.0 - cell);
        assert!(lines[lines.len() - 1].text.ends_with("印发"));
        // 7.5: a page of its own behind a blank one has no number, nor has that.
        let numbered =
            |page: usize| paged.pages[page].lines().any(|line| line.kind == LineKind::Artifact(Artifact::PageNumber));
        let alone =
            lines.len() == paged.pages[page].lines().filter(|line| matches!(line.kind, LineKind::Block(_))).count();
        assert!(alone && !numbered(page));
        assert!(numbered(0));
    }
}

#[test]
fn the_dash_of_a_page_number_stands_seven_millimetres_below() {
    let (template, paged) = pages(&fs::read_to_string(root("data/samples/official-document.yaml")).expect("a sample"));
    for page in 0..5 {
        let is_number = |line: &&Line| line.kind == LineKind::Artifact(Artifact::PageNumber);
        let number = paged.pages[page].lines().find(is_number).expect("a page number");
        // 7.5: the dash is in the middle of the type.
        let (top, bottom) = edges(&template, number);
        near(f64::midpoint(top, bottom), 225.0 + 7.0);
        let (left, right) = sides(&template, number, page);
        let cell = number.runs[0].size.to_mm();
        if page % 2 == 0 { near(right, 156.0 - cell) } else { near(left, cell) }
    }
}
