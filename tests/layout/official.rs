//! Where the parts of an official document are, in millimetres, against GB/T 9704-2012 clauses 7.2 to 7.5.

use super::{pages, refusals, refused, root};
use dinggao::layout::{Artifact, Line, LineKind, PageItem, PagedDocument, Rule};
use dinggao::template::{StyleName, Template};
use std::fs;

/// An official document: what is above the authority, who signs it, its title, and how its signature is.
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

/// The head of a letter (10.1): the authority from the paper's edge, double rules, marks and number below them, the title two rows below
/// the last of them.
#[test]
fn a_letter_has_its_head_and_rules_where_they_must_be() {
    for (head, marks) in [(MARKS, 3), ("", 0), ("urgency: 特急\n", 1)] {
        let text = document(head, "关于商请事项的函", SEALED, false)
            .replace("official-document", "letter")
            .replace("政府文件\nnumber", "政府\nnumber")
            .replace("office: 青溪市人民政府办公室\nprinted: 2024年4月22日\n", "");
        let (template, paged) = pages(&text);
        let (page, em, pitch) = (&template.page, template.grid.cell.to_mm(), template.grid.pitch.to_mm());
        let (authority, number) = (line(&paged, 0, "青溪市人民政府"), line(&paged, 0, "青政发"));
        let (top, bottom) = edges(&template, authority);
        near(top + page.top.to_mm(), 30.0);
        near(authority.x.to_mm() + authority.width.to_mm() / 2.0, 105.0);
        let rules = rules(&paged, 0);
        assert_eq!(rules.len(), 4);
        for rule in &rules {
            near(rule.x.to_mm(), 20.0);
            near(rule.width.to_mm(), 170.0);
            assert_eq!(rule.color, authority.runs[0].color);
        }
        // Heavy above light at the head, light above heavy at the foot.
        assert!(rules[0].height > rules[1].height && rules[0].y < rules[1].y);
        assert!(rules[2].height < rules[3].height && rules[2].y < rules[3].y);
        near((rules[0].y - page.top).to_mm(), bottom + 4.0);
        near((rules[3].y + rules[3].height).to_mm(), 297.0 - 20.0);
        let under = (rules[1].y + rules[1].height - page.top).to_mm();
        near(edges(&template, number).0, under + em * 7.0 / 8.0);
        near(sides(&template, number, 0).1, 156.0);
        let shown: Vec<&str> =
            ["000001", "秘密★1年", "加急", "特急"].into_iter().filter(|m| head.contains(m)).collect();
        assert_eq!(shown.len(), marks);
        for (at, mark) in shown.into_iter().enumerate() {
            let found = line(&paged, 0, mark);
            near(edges(&template, found).0, under + em * 7.0 / 8.0 + pitch * at as f64);
            near(sides(&template, found, 0).0, 0.0);
        }
        let last = under + em * 7.0 / 8.0 + pitch * (marks.max(1) - 1) as f64;
        let title = edges(&template, line(&paged, 0, "关于商请事项的函"));
        // A row is as high as its type and what is between two of them; the title's own row is filled up about its type.
        let row = (template.style(StyleName::Title).rows(1, &template.grid) * pitch
            - (pitch - em)
            - template.style(StyleName::Title).size.to_mm())
            / 2.0;
        near(title.0 - row.max(0.0), last + 3.0 * pitch);
        // The first page shows no number; the imprint has whom copies go to alone, at the foot of the last page.
        let numbers = |page: usize| {
            paged.pages[page].lines().filter(|l| l.kind == LineKind::Artifact(Artifact::PageNumber)).count()
        };
        assert_eq!((paged.pages.len(), numbers(0)), (1, 0));
        near(edges(&template, line(&paged, 0, "抄送：市委各部门。")).1, page.depth().to_mm());
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
        // 7.4.2, 7.4.3: one character in on both sides; what turns over is below the first character after the colon.
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
        // 7.5: a page of its own after a blank one has no number, nor has that.
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

const JOINT: &str = "template: official-document\nauthority: [青溪市发展和改革委员会, 青溪市财政局, 青溪市住房和城乡建设委员会]\n\
                     authority-mark: 文件\nnumber: 青发改〔2024〕18号\nsigner: [陈国栋, 李敏, 王建华, 赵一, 钱小二]\n";

fn joint(signature: &str) -> String {
    format!("{JOINT}title: 关于印发方案的通知\nbody:\n  - 现印发。\n  - signature: {{{signature}}}\n")
}

#[test]
fn several_authorities_have_a_line_each_and_the_mark_beside_them() {
    let (template, paged) = pages(&joint(UNSEALED));
    let names: Vec<&Line> = ["青溪市发展和改革委员会", "青溪市财政局", "青溪市住房和城乡建设委员会"]
        .map(|name| line(&paged, 0, name))
        .to_vec();
    let mark = line(&paged, 0, "文件");
    // 7.2.4: below one another in their order, from 35 mm on, all of one width; the mark at their right, in the middle of their height.
    near(edges(&template, names[0]).0, 35.0);
    let (left, right) = sides(&template, names[0], 0);
    for name in &names {
        near(sides(&template, name, 0).0, left);
        near(sides(&template, name, 0).1, right);
    }
    assert!(names[0].baseline < names[1].baseline && names[1].baseline < names[2].baseline);
    near(mark.baseline.to_mm(), names[1].baseline.to_mm());
    near(sides(&template, mark, 0).1, 156.0 - left);
    assert!(sides(&template, mark, 0).0 > right);
    assert!(left >= -0.01 && names[0].runs[0].size < template.style(StyleName::Authority).size);
    // 7.2.6: two signers in a row, the number on the row of the last, the names of a column below one another.
    let row_of = |text: &str| row(&template, line(&paged, 0, text)).0;
    let first = row_of("签发人：陈国栋");
    assert_eq!(
        ["李敏", "王建华", "赵一", "钱小二", "青发改"].map(row_of),
        [first, first + 1, first + 1, first + 2, first + 2]
    );
    let cell = template.grid.cell.to_mm();
    let at = |text: &str| sides(&template, line(&paged, 0, text), 0).0;
    near(at("王建华"), at("签发人：") + 4.0 * cell);
    near(at("钱小二"), at("王建华"));
    near(at("赵一"), at("李敏"));
    near(at("青发改"), cell);
}

#[test]
fn seals_of_a_joint_document_keep_apart() {
    let seals = [
        (vec!["青溪市教育局", "青溪市财政局"], 1),
        (vec!["教育局", "财政局", "民政局"], 1),
        (vec!["教育局", "财政局", "民政局", "司法局", "审计局"], 2),
        (vec!["青溪市发展和改革委员会", "青溪市住房和城乡建设委员会", "青溪市财政局"], 2),
        (vec!["中国共产党青溪市委员会组织部办公室", "中国共产党青溪市委员会宣传部办公室"], 2),
        (vec!["中国共产党青溪市委员会组织部办公室", "青溪市教育局"], 1),
        (vec!["中国共产党青溪市委员会组织部办公室", "教育局", "财政局", "民政局", "司法局"], 3),
    ];
    for (names, rows) in seals {
        let list = names.join(", ");
        let (template, paged) = pages(&joint(&format!("authority: [{list}], date: 2024年4月2日, sealed: true")));
        let page = paged.pages.iter().position(|page| page.lines().any(|l| l.text == "2024年4月2日")).expect("a date");
        // The red head has names too: those of the signature are in the type of the text.
        let signed = |name: &str| {
            let size = template.style(StyleName::Signature).size;
            paged.pages[page].lines().find(|l| l.text == name && l.runs[0].size == size).expect("a name")
        };
        let middle = |line: &Line| {
            let (left, right) = sides(&template, line, page);
            assert!(left > -0.01 && right < 156.01, "{}: {left} to {right}", line.text);
            (f64::midpoint(left, right), line.baseline.to_mm())
        };
        let seals: Vec<(f64, f64)> = names.iter().map(|name| middle(signed(name))).collect();
        let mut heights: Vec<f64> = seals.iter().map(|seal| seal.1).collect();
        heights.dedup();
        assert_eq!(heights.len(), rows, "{list}");
        for pair in names.windows(2).map(|pair| [signed(pair[0]), signed(pair[1])]) {
            assert!(pair[0].baseline != pair[1].baseline || pair[0].x + pair[0].width < pair[1].x, "{list}");
        }
        for (at, one) in seals.iter().enumerate() {
            // 7.3.5.1: no seal touches another, none leaves the type area.
            assert!(one.0 > 20.9 && one.0 < 135.1, "{list}: {one:?}");
            assert!(seals[at + 1..].iter().all(|other| (one.0 - other.0).hypot(one.1 - other.1) >= 42.0), "{list}");
        }
        // The date below the last, four characters from the right where the name leaves it there.
        let date = line(&paged, page, "2024年4月2日");
        near(middle(date).0, seals[seals.len() - 1].0);
        near(middle(date).1, seals[seals.len() - 1].1 + template.grid.pitch.to_mm());
        if names[names.len() - 1].chars().count() < 14 {
            near(sides(&template, date, page).1, 156.0 - 4.0 * template.grid.cell.to_mm());
        }
    }
}

#[test]
fn authorities_without_seals_are_below_one_another() {
    let (template, paged) = pages(&joint("authority: [青溪市人民检察院, 青溪市公安局], date: 2024年4月2日"));
    let cell = template.grid.cell.to_mm();
    let at = |text: &str| sides(&template, line(&paged, 0, text), 0);
    near(at("青溪市人民检察院").1, 156.0 - 2.0 * cell);
    near(at("青溪市公安局").0, at("青溪市人民检察院").0);
    near(at("2024年4月2日").0, at("青溪市人民检察院").0 + 2.0 * cell);
}

#[test]
fn a_first_page_shows_text_or_is_refused() {
    let document = |title: usize, addressees: usize, key: &str| {
        let title = "关于印发三年行动实施方案的通知".repeat(title);
        let list = "各县（市、区）人民政府，".repeat(addressees);
        let names = "青溪市发展和改革委员会, 青溪市财政局, 青溪市住房和城乡建设委员会";
        let joint = JOINT.replace(names, "教育局, 财政局, 民政局");
        format!(
            "{joint}{MARKS}title: {title}\n{key}: {list}有关单位\noffice: 某办\nprinted: 2024年4月2日\nbody: [现印发。]\n"
        )
    };
    let on_first = |yaml: &str| {
        let (_, paged) = pages(yaml);
        let shown = paged.pages[0].lines().any(|line| line.text == "现印发。");
        (shown, line(&paged, 0, "教育局").runs[0].size)
    };
    // A head that would push the text off its page is set smaller; one that still does is refused, and the imprint has room.
    let (shown, roomy) = on_first(&document(1, 1, "addressee"));
    assert!(shown);
    let (shown, tight) = on_first(&document(3, 4, "addressee"));
    assert!(shown && tight < roomy, "{tight:?} {roomy:?}");
    assert_eq!(refused(&document(3, 12, "addressee")), ["D709"]);
    assert!(on_first(&document(3, 12, "sent-to")).0);
}

#[test]
fn a_first_page_is_filled_whatever_pages_behind_it_lose() {
    let (lines, rows) = ("  - 附一行。\n".repeat(11), "[甲, 1], ".repeat(7));
    // The table and the signature behind it stay together, each.
    let yaml = format!(
        "template: official-document\nauthority: [青溪市委组织部, 青溪市财政局, 青溪市教育局]\nnumber: 青发改〔2024〕18号\n\
         authority-mark: 文件\n{MARKS}title: 关于印发《青溪市急需紧缺人才引进办法》的通知\naddressee: 各县：\nbody:\n  \
         - 现将《青溪市急需紧缺人才引进办法》印发给你们，请结合实际认真贯彻落实。\n{lines}  \
         - table: {{caption: 计划, rows: [{}]}}\n  \
         - signature: {{authority: [甲局, 乙局, 丙局, 丁局, 戊局], date: 2024年4月22日, sealed: true}}\n",
        rows.trim_end_matches(", ")
    );
    let (_, paged) = pages(&yaml);
    assert!(paged.pages[0].lines().any(|line| line.text.starts_with("现将")));
}

#[test]
fn a_text_that_its_signature_takes_along_is_told_as_such() {
    let document = |addressees: usize, after: &str| {
        let list = "各县（市、区）人民政府，".repeat(addressees);
        format!(
            "template: official-document\nauthority: 青溪市人民政府文件\nnumber: 青政发〔2024〕18号\n\
             title: 青溪市人民政府关于印发三年行动实施方案的通知\naddressee: {list}有关单位\nbody:\n  - 现印发。\n{after}"
        )
    };
    let signed = format!("  - signature: {{{SEALED}}}\n");
    let names = "  - {title: 任务分工, body: [第一项。]}\n".repeat(9);
    // Where it is told: at the signature, at the attachments, at the head where text alone has no room.
    for (addressees, after, place) in [
        (14, signed.clone(), "signature"),
        (14, format!("attachments:\n{names}"), "任务分工"),
        (26, signed, "青溪市人民政府文件"),
    ] {
        let yaml = document(addressees, &after);
        let said = refusals(&yaml);
        let place = yaml.find(place);
        let told: Vec<_> = said.iter().map(|d| (d.code.0, d.span.map(|s| s.start as usize))).collect();
        assert!(said.len() == 1 && told[0].0 == "D709" && told[0].1 == place, "{told:?} {place:?}");
    }
}

#[test]
fn a_name_that_no_line_holds_is_refused() {
    let long = "青溪市住房和城乡建设委员会".repeat(2);
    let yaml = JOINT.replace("青溪市财政局", &long);
    assert_eq!(refused(&format!("{yaml}title: 通知\nbody: [现印发。]\n")), ["D708"]);
}

/// 10.3: an empty row below the text, two characters in, the names below one another.
#[test]
fn who_was_there_stands_below_the_text() {
    let names = ["市住房城乡建设委高远"; 6].join(", ");
    let yaml = format!(
        "template: minutes\nauthority: 青溪市人民政府常务会议纪要\nnumber: 第5期\ntitle: 研究防汛工作\n\
         attendance: {{出席: [{names}], 请假: 周文, 列席: 何静}}\nbody:\n  - 会议研究了防汛工作。\n"
    );
    let (template, paged) = pages(&yaml);
    let cell = template.grid.cell.to_mm();
    let at = |begins: &str| row(&template, line(&paged, 0, begins)).0;
    let (text, first) = (at("会议研究"), at("出席："));
    assert_eq!(first, text + 2);
    let own: Vec<&Line> =
        paged.pages[0].lines().filter(|l| (first..at("请假：")).contains(&row(&template, l).0)).collect();
    assert!(own.len() >= 3 && at("列席：") == at("请假：") + 1, "{own:?}");
    near(sides(&template, own[0], 0).0, 2.0 * cell);
    own[1..].iter().for_each(|turned| near(sides(&template, turned, 0).0, 5.0 * cell));
    let face = |line: &Line, at: usize| line.runs[at].face;
    assert!(face(own[0], 0) != face(own[0], 1) && face(own[0], 1) == face(own[1], 0));
}

/// 7.3.5.3: two empty rows below the text, the stamp four characters from the right, the post two further left in the middle of
/// its height, the date a row below, four characters from the right too; the next post below the first.
#[test]
fn a_name_stamp_has_its_place() {
    for posts in ["市长", "[市长, 副市长]"] {
        let yaml = format!(
            "template: order\nauthority: 青溪市人民政府令\nnumber: 第12号\ntitle: 令\nbody:\n  - 现予公布。\n  \
             - signature: {{authority: {posts}, date: 2024年3月25日, stamp: true}}\n"
        );
        let (template, paged) = pages(&yaml);
        let (cell, pitch) = (template.grid.cell.to_mm(), template.grid.pitch.to_mm());
        let (post, date) = (line(&paged, 0, "市长"), line(&paged, 0, "2024年3月25日"));
        near(sides(&template, post, 0).1, 156.0 - 6.0 * cell - template.seals.stamp_width.to_mm());
        near(sides(&template, date, 0).1, 156.0 - 4.0 * cell);
        let middle = |line: &Line| {
            let (top, bottom) = edges(&template, line);
            f64::midpoint(top, bottom)
        };
        // A stamp is two rows high.
        let text = middle(line(&paged, 0, "现予公布"));
        near(middle(post), text + 3.5 * pitch);
        let count = if posts.starts_with('[') { 2.0 } else { 1.0 };
        near(middle(date), middle(post) + (2.0 * count + 0.5) * pitch);
        if count > 1.0 {
            let next = line(&paged, 0, "副市长");
            near(middle(next), middle(post) + 2.0 * pitch);
            near(sides(&template, next, 0).1, sides(&template, post, 0).1);
        }
    }
}
