//! What an editor does by hand and no source can say: formatting, pages, headers, links, properties. Each is told, with its place.

use super::desk::{Desk, paragraph, row};
use dinggao::model::Feature;
use serde_json::Value;

const BODY: &str = "word/document.xml";
const PARAGRAPH: &str = "普通段落之一";

type Edit = fn(String) -> String;

/// Some words of a paragraph with properties of their own.
fn words(xml: &str, properties: &str) -> String {
    let run = format!(
        "</w:t></w:r><w:r><w:rPr>{properties}</w:rPr><w:t>文化建设</w:t></w:r><w:r><w:t xml:space=\"preserve\">"
    );
    assert!(xml.contains("关于文化建设的"));
    xml.replacen("关于文化建设的", &format!("关于{run}的"), 1)
}

/// A paragraph with a property more.
fn property(xml: &str, says: &str, property: &str) -> String {
    let place = paragraph(xml, says);
    let new = xml[place.clone()].replacen("</w:pPr>", &format!("{property}</w:pPr>"), 1);
    format!("{}{new}{}", &xml[..place.start], &xml[place.end..])
}

/// A paragraph with something at its end.
fn at_end(xml: &str, says: &str, more: &str) -> String {
    let end = paragraph(xml, says).end - "</w:p>".len();
    format!("{}{more}{}", &xml[..end], &xml[end..])
}

/// A cell with a property more.
fn in_cell(xml: &str, property: &str) -> String {
    let at = xml.find("社会建设").unwrap();
    let at = xml[..at].rfind("</w:tcPr>").unwrap();
    format!("{}{property}{}", &xml[..at], &xml[at..])
}

fn once(xml: &str, old: &str, new: &str) -> String {
    assert!(xml.contains(old), "{old}");
    xml.replacen(old, new, 1)
}

/// An edit, the part that it is in, and words of the reason that is told.
const CASES: &[(&str, &str, Edit)] = &[
    ("下划线", BODY, |x| words(&x, "<w:u w:val=\"single\"/>")),
    ("颜色（FF0000）", BODY, |x| words(&x, "<w:color w:val=\"FF0000\"/>")),
    ("突出显示", BODY, |x| words(&x, "<w:highlight w:val=\"yellow\"/>")),
    ("底纹（FFFF00）", BODY, |x| words(&x, "<w:shd w:val=\"clear\" w:fill=\"FFFF00\"/>")),
    ("删除线", BODY, |x| words(&x, "<w:strike/>")),
    ("倾斜", BODY, |x| words(&x, "<w:i/>")),
    ("字号（16 pt → 22 pt）", BODY, |x| words(&x, "<w:sz w:val=\"44\"/>")),
    ("字体（仿宋_GB2312 → 黑体）", BODY, |x| words(&x, "<w:rFonts w:eastAsia=\"黑体\"/>")),
    ("字符间距", BODY, |x| words(&x, "<w:spacing w:val=\"40\"/>")),
    ("字符缩放", BODY, |x| words(&x, "<w:w w:val=\"80\"/>")),
    ("字符升降", BODY, |x| words(&x, "<w:position w:val=\"6\"/>")),
    ("着重号", BODY, |x| words(&x, "<w:em w:val=\"dot\"/>")),
    ("边框", BODY, |x| words(&x, "<w:bdr w:val=\"single\"/>")),
    ("中文版式", BODY, |x| words(&x, "<w:eastAsianLayout w:combine=\"1\"/>")),
    ("下划线", BODY, |x| {
        words(&x, "<w:u w:val=\"single\"/><w:rPrChange w:id=\"900\" w:author=\"张三\"><w:rPr/></w:rPrChange>")
    }),
    ("对齐（both → center）", BODY, |x| property(&x, PARAGRAPH, "<w:jc w:val=\"center\"/>")),
    ("缩进", BODY, |x| property(&x, PARAGRAPH, "<w:ind w:left=\"2000\"/>")),
    ("行距", BODY, |x| property(&x, PARAGRAPH, "<w:spacing w:line=\"900\" w:lineRule=\"exact\"/>")),
    ("段前", BODY, |x| property(&x, PARAGRAPH, "<w:spacing w:before=\"800\"/>")),
    ("首字下沉", BODY, |x| property(&x, PARAGRAPH, "<w:framePr w:dropCap=\"drop\"/>")),
    ("分页带不回来", BODY, |x| property(&x, PARAGRAPH, "<w:pageBreakBefore/>")),
    ("分页带不回来", BODY, |x| at_end(&x, PARAGRAPH, "<w:r><w:br w:type=\"page\"/></w:r>")),
    ("纸张、页边距", BODY, |x| once(&x, "<w:cols w:space=\"720\"/>", "<w:cols w:num=\"2\"/>")),
    ("纸张、页边距", BODY, |x| once(&x, "w:w=\"11906\" w:h=\"16838\"", "w:w=\"8391\" w:h=\"11906\"")),
    ("页眉、页脚", "word/footer1.xml", |x| once(&x, "— ", "第")),
    ("文件属性", "docProps/core.xml", |x| once(&x, "<dc:title>", "<dc:title>新的")),
    ("公式", BODY, |x| {
        at_end(&x, PARAGRAPH, "<m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"/>")
    }),
    ("注音", BODY, |x| {
        at_end(&x, PARAGRAPH, "<w:r><w:ruby><w:rt><w:r><w:t>wén</w:t></w:r></w:rt><w:rubyBase/></w:ruby></w:r>")
    }),
    ("符号字体", BODY, |x| at_end(&x, PARAGRAPH, "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/></w:r>")),
    ("图形", BODY, |x| at_end(&x, PARAGRAPH, "<w:r><w:drawing/></w:r>")),
    ("超链接", BODY, |x| {
        let link = "<w:fldSimple w:instr=\" HYPERLINK &quot;http://a.cn/&quot; \"><w:r><w:t/></w:r></w:fldSimple>";
        at_end(&x, PARAGRAPH, link)
    }),
    ("列宽", BODY, |x| {
        let (from, to) = (x.find("<w:gridCol").unwrap(), x.find("</w:tblGrid>").unwrap());
        let columns = "<w:gridCol w:w=\"5000\"/><w:gridCol w:w=\"1000\"/><w:gridCol w:w=\"2000\"/>";
        format!("{}{columns}{}", &x[..from], &x[to..])
    }),
    ("格子底色", BODY, |x| in_cell(&x, "<w:shd w:val=\"clear\" w:fill=\"FFC000\"/>")),
    ("行高（28.45 pt → 60 pt）", BODY, |x| {
        let place = row(&x, "社会建设");
        let new =
            once(&x[place.clone()], "<w:trHeight w:val=\"569\" w:hRule=\"atLeast\"/>", "<w:trHeight w:val=\"1200\"/>");
        format!("{}{new}{}", &x[..place.start], &x[place.end..])
    }),
    ("格子边框（bottom single 12, top none）", BODY, |x| {
        in_cell(&x, "<w:tcBorders><w:top w:val=\"nil\"/><w:bottom w:val=\"single\" w:sz=\"12\"/></w:tcBorders>")
    }),
    ("格子里的位置或文字方向（center）", BODY, |x| in_cell(&x, "<w:vAlign w:val=\"center\"/>")),
    ("表格边框（top single 4）", BODY, |x| {
        once(&x, "<w:tblLayout ", "<w:tblBorders><w:top w:val=\"single\"/></w:tblBorders><w:tblLayout ")
    }),
    ("制表位（right 4000）", BODY, |x| {
        property(&x, PARAGRAPH, "<w:tabs><w:tab w:val=\"end\" w:pos=\"4000\"/></w:tabs>")
    }),
    ("与下段同页", BODY, |x| property(&x, PARAGRAPH, "<w:keepNext/>")),
    ("段中不分页", BODY, |x| property(&x, PARAGRAPH, "<w:keepLines/>")),
    ("大纲级别（3）", BODY, |x| property(&x, PARAGRAPH, "<w:outlineLvl w:val=\"2\"/>")),
    ("索引项", BODY, |x| {
        let [begin, end] = ["begin", "end"].map(|kind| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>"));
        let entry = "<w:r><w:instrText> XE \"文化建设\" </w:instrText></w:r>";
        at_end(&x, PARAGRAPH, &format!("{begin}{entry}{end}"))
    }),
    ("第二个正文", BODY, |x| once(&x, "</w:body>", "</w:body><w:body><w:p/></w:body>")),
    ("编号", BODY, |x| property(&x, PARAGRAPH, "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>")),
    ("样式", BODY, |x| {
        let place = paragraph(&x, PARAGRAPH);
        let new = x[place.clone()].replacen("w:pStyle w:val=\"a0\"", "w:pStyle w:val=\"Heading2\"", 1);
        format!("{}{new}{}", &x[..place.start], &x[place.end..])
    }),
    ("颜色", "word/styles.xml", |x| {
        let at = x.find("w:styleId=\"a0\"").unwrap();
        let at = at + x[at..].find("<w:rPr>").unwrap() + "<w:rPr>".len();
        format!("{}<w:color w:val=\"FF0000\"/>{}", &x[..at], &x[at..])
    }),
];

fn reasons(changes: &[Value]) -> Vec<String> {
    changes.iter().map(|c| c["reason"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn formatting_and_pages_are_told() {
    let desk = Desk::new();
    let mut wrong = Vec::new();
    for (number, (reason, part, edit)) in CASES.iter().enumerate() {
        desk.edit("back.docx", part, edit);
        let ran = desk.merge("back.docx", &[]);
        let changes = ran.changes();
        let told = changes
            .iter()
            .any(|c| c["status"] == "unsupported" && c["reason"].as_str().is_some_and(|said| said.contains(reason)));
        if !told || ran.code != 0 {
            wrong.push(format!("{number} {reason}: {:?} {}", reasons(&changes), ran.err));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn formatting_is_told_with_its_words_and_its_author() {
    let desk = Desk::new();
    desk.hand("back.docx", false, |h| h.xml = words(&h.xml, "<w:u w:val=\"single\"/>"));
    let changes = desk.merge("back.docx", &[]).changes();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!((changes[0]["kind"].as_str(), changes[0]["before"].as_str()), (Some("format"), Some("文化建设")));
    assert!(changes[0]["line"].is_u64() && changes[0]["block"].is_string(), "{changes:?}");
}

#[test]
fn a_cell_is_told_by_its_text() {
    let desk = Desk::new();
    desk.edit("back.docx", BODY, |x| in_cell(&x, "<w:vAlign w:val=\"center\"/>"));
    let changes = desk.merge("back.docx", &[]).changes();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0]["before"], "社会建设");
}

/// What a Word file remembers, as a version wrote it that knew fewer features.
fn of_before(part: &str) -> String {
    let (from, to) = (part.find("{&quot;").unwrap(), part.find("</handout>").unwrap());
    let json = [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&apos;", "'"), ("&amp;", "&")];
    let plain = json.iter().fold(part[from..to].to_owned(), |text, (mark, c)| text.replace(mark, c));
    let mut root: Value = serde_json::from_str(&plain).unwrap();
    let known = root.as_object_mut().unwrap().remove("features").unwrap();
    for formatting in root["formats"].as_array_mut().unwrap() {
        for feature in &known.as_array().unwrap()[Feature::FIRST..] {
            formatting.as_object_mut().unwrap().remove(feature.as_str().unwrap());
        }
    }
    let marks = [("&", "&amp;"), ("<", "&lt;"), ("\"", "&quot;")];
    let text = marks.iter().fold(root.to_string(), |text, (c, mark)| text.replace(c, mark));
    format!("{}{text}{}", &part[..from], &part[to..])
}

#[test]
fn a_file_of_an_older_version_does_not_say_what_it_did_not_know() {
    let desk = Desk::new();
    desk.edit("back.docx", BODY, |x| words(&x, "<w:u w:val=\"single\"/>"));
    let bytes = std::fs::read(desk.path("back.docx")).unwrap();
    std::fs::write(desk.path("back.docx"), super::desk::edited(&bytes, "customXml/item1.xml", |part| of_before(&part)))
        .unwrap();
    let told = reasons(&desk.merge("back.docx", &[]).changes());
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("下划线"), "{told:?}");
}

#[test]
fn what_looks_like_the_text_around_it_is_not_told() {
    let desk = Desk::new();
    // As programs write what the styles say: the same size and colour again at each run, and other marks of the same.
    let same =
        "<w:rFonts w:eastAsia=\"仿宋_GB2312\"/><w:color w:val=\"auto\"/><w:sz w:val=\"32\"/><w:u w:val=\"none\"/>";
    desk.edit("back.docx", BODY, |x| {
        property(&words(&x, same), PARAGRAPH, "<w:jc w:val=\"both\"/><w:shd w:val=\"clear\" w:fill=\"auto\"/>")
    });
    assert_eq!(desk.merge("back.docx", &[]).changes(), [] as [Value; 0]);
}

#[test]
fn the_same_formatting_in_many_places_is_told_once() {
    let desk = Desk::new();
    desk.edit("back.docx", "word/styles.xml", |x| {
        once(&x, "<w:docDefaults><w:rPrDefault><w:rPr>", "<w:docDefaults><w:rPrDefault><w:rPr><w:i/>")
    });
    let changes = desk.merge("back.docx", &[]).changes();
    let told: Vec<String> = reasons(&changes).into_iter().filter(|r| r.contains("同样的共")).collect();
    assert_eq!(told.len(), 1, "{changes:?}");
}

/// A report with a chart, and the Word file of it.
fn with_chart() -> Desk {
    let desk = Desk::new();
    desk.write("report.yaml", CHART);
    desk.build();
    desk
}

const CHART: &str = "template: work-report\ntitle: 报告\nbody:\n  - 一段。\n  - chart:\n      kind: bar\n      caption: 收入\n      unit: 亿元\n      \
    categories: [一季度, 二季度]\n      series: [{name: 收入, values: [41, 78]}]\n  - 又一段。\n";

#[test]
fn figures_of_a_chart_are_told() {
    let desk = with_chart();
    assert_eq!(desk.merge("out/report.docx", &[]).changes(), [] as [Value; 0]);
    desk.edit("back.docx", "word/charts/chart1.xml", |x| once(&x, "<c:v>41</c:v>", "<c:v>42</c:v>"));
    let changes = desk.merge("back.docx", &[]).changes();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!((changes[0]["kind"].as_str(), changes[0]["status"].as_str()), (Some("picture"), Some("unsupported")));
    assert!(changes[0]["line"].is_u64(), "{changes:?}");
}

#[test]
fn a_chart_that_has_changed_is_marked_in_both_files() {
    let desk = with_chart();
    let old = std::fs::read(desk.path("out/report.docx")).unwrap();
    std::fs::write(desk.path("old.docx"), old).unwrap();
    let files = || {
        let ran = desk.run(&["redline", "old.docx", "report.yaml", "--overwrite"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let word = std::fs::read(desk.path("out/report-redline.docx")).unwrap();
        let marks = super::desk::part(&word, BODY).matches("<w:rPrChange ").count();
        (marks, std::fs::read(desk.path("out/report-redline.pdf")).unwrap())
    };
    let (marks, same) = files();
    assert_eq!(marks, 0);
    desk.write("report.yaml", &CHART.replace("41", "42"));
    let (marks, changed) = files();
    assert_eq!(marks, 1);
    assert!(bars(&changed) > bars(&same));
}

/// How many filled places a PDF has: bars in the margin among them.
fn bars(pdf: &[u8]) -> usize {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let pages = document.get_pages();
    let content =
        pages.values().map(|&page| lopdf::content::Content::decode(&document.get_page_content(page)).unwrap());
    content.map(|c| c.operations.iter().filter(|o| o.operator.starts_with('f')).count()).sum()
}
