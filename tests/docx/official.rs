//! Where an official document's parts are in the Word file (GB/T 9704-2012 clause 7), computed from its styles.

use super::fixture::{self, Builder};
use super::xml::Node;
use super::{compose, trees, write_with};
use dinggao::docx::{WordOptions, block_bookmark};
use dinggao::layout::LineKind;
use dinggao::model::{BlockKind, Document};
use dinggao::template::{StyleName, Template};

const MM: f64 = 1440.0 / 25.4;

/// The styles of a document, and how far down the grid of the Word file its rows are.
struct Styles {
    template: Template,
    tree: Node,
    pitch: f64,
}

impl Styles {
    fn of(document: &Document) -> Self {
        let template = fixture::template_named("official-document");
        let trees = trees(&write_with(document, &template, &WordOptions::default()));
        let part = |name: &str| trees.iter().find(|(n, _)| n == name).expect("a part").1.clone();
        let pitch = part("word/document.xml").all("w:docGrid")[0].attribute("w:linePitch").expect("a pitch").parse();
        Self { template, tree: part("word/styles.xml"), pitch: pitch.expect("a number") }
    }

    fn node(&self, id: &str, path: &str, attribute: &str) -> String {
        let styles = self.tree.all("w:style");
        let style = styles.into_iter().find(|s| s.attribute("w:styleId") == Some(id)).expect("a style");
        style.all(path)[0].attribute(attribute).expect("an attribute").to_owned()
    }

    fn spacing(&self, name: StyleName, attribute: &str) -> f64 {
        self.node(&self.template.style(name).word.id, "w:spacing", attribute).parse().expect("a number")
    }
}

#[test]
fn a_red_head_stands_where_it_must() {
    for marks in 0..=3 {
        let document = Builder::new().red_head(None).title(&["关于印发工作方案的通知"]).p("现印发。").done();
        let mut document = document;
        if let BlockKind::RedHead(head) = &mut document.blocks[0].kind {
            let mark = head.copy_number.clone();
            head.copy_number = mark.clone().filter(|_| marks > 0);
            head.classification = mark.clone().filter(|_| marks > 1);
            head.urgency = mark.filter(|_| marks > 2);
        }
        let styles = Styles::of(&document);
        let ascent = styles.template.grid.ascent;
        // Upper edge of the type in an exact line, whose baseline is four fifths down.
        let top = |name: StyleName, line: f64| 0.8 * line - styles.template.style(name).size.to_pt() * 20.0 * ascent;
        let leading = styles.spacing(StyleName::Authority, "w:line");
        let above = f64::from(marks) * styles.pitch + styles.spacing(StyleName::Authority, "w:before");
        let authority = above + top(StyleName::Authority, leading);
        assert!((authority - 35.0 * MM).abs() < 3.0, "{marks} marks: {:.2} mm", authority / MM);

        let line = styles.spacing(StyleName::DocumentNumber, "w:line");
        let number = above + leading + styles.spacing(StyleName::DocumentNumber, "w:before");
        let size = styles.template.style(StyleName::DocumentNumber).size.to_pt() * 20.0;
        let foot = number + top(StyleName::DocumentNumber, line) + size;
        let rule = |attribute: &str| -> f64 {
            styles.node("DocumentNumber", "w:bottom", attribute).parse().expect("a number")
        };
        let ruled = number + line + rule("w:space") * 20.0;
        assert!((ruled - foot - 4.0 * MM).abs() < 0.3 * MM, "{marks} marks: {:.2} mm", (ruled - foot) / MM);
        assert!((rule("w:sz") / 8.0 - styles.template.head.rule.to_pt()).abs() < 0.1);

        // The title begins on a row, two of them empty below the rule's own.
        let title = ruled + rule("w:sz") / 8.0 * 20.0 + styles.spacing(StyleName::Title, "w:before");
        let row = title / styles.pitch;
        assert!((row - row.round()).abs() < 0.01, "{marks} marks: row {row}");
        assert!(title - ruled >= 1.8 * styles.pitch && title - ruled < 3.0 * styles.pitch, "{marks} marks");
        assert_eq!(styles.node("DocumentNumber", "w:bottom", "w:color"), styles.node("Authority", "w:color", "w:val"));
    }
}

#[test]
fn the_imprint_has_the_rules_of_the_template() {
    let styles = Styles::of(&fixture::official());
    let rules = styles.template.imprint;
    for (side, width) in [("w:top", rules.outer), ("w:insideH", rules.inner), ("w:bottom", rules.outer)] {
        let eighths: f64 = styles.node("ImprintTable", side, "w:sz").parse().expect("a number");
        assert!((eighths / 8.0 - width.to_pt()).abs() < 0.07, "{side}");
    }
}

#[test]
fn titles_of_attachments_take_the_lines_they_have() {
    let document = Builder::new()
        .add(BlockKind::AttachmentTitle, "名单")
        .add(BlockKind::AttachmentTitle, "又一个附件的名称更长，一行里排不下，要排成两行的名单")
        .done();
    let styles = Styles::of(&document);
    let rows = |id: &str, lines: f64| {
        let part = |attribute: &str| -> f64 { styles.node(id, "w:spacing", attribute).parse().expect("a number") };
        let after = styles.template.style(StyleName::AttachmentTitle).rows_after;
        (part("w:before") + part("w:line") * lines + part("w:after")) / styles.pitch - after
    };
    assert!((rows("AttachmentTitle", 1.0) - 1.0).abs() < 0.01);
    assert!((rows("AttachmentTitleLines2", 2.0) - 3.0).abs() < 0.01);
}

#[test]
fn digits_have_the_same_face_in_both_files() {
    for name in ["work-report", "official-document"] {
        for role in fixture::template_named(name).fonts.roles {
            // Where the Han face has the digits in print, it has them in the Word file.
            assert_eq!(role.latin.is_empty(), role.office_latin == role.office, "{name}: {:?}", role.role);
        }
    }
}

/// The lines of the paragraph that has a block's name, as the file breaks them.
fn written_lines(body: &Node, id: &str) -> Vec<String> {
    let named = |p: &&Node| p.all("w:bookmarkStart").iter().any(|b| b.attribute("w:name") == Some(id));
    let paragraphs = body.all("w:p");
    let paragraph = paragraphs.into_iter().find(named).expect("a paragraph");
    let mut lines = vec![String::new()];
    for run in paragraph.all("w:r") {
        for node in &run.children {
            match node.name.as_str() {
                "w:br" => lines.push(String::new()),
                "w:t" => lines.last_mut().expect("a line").extend(node.children.iter().map(|t| t.text.as_str())),
                _ => {}
            }
        }
    }
    lines
}

#[test]
fn given_lines_that_are_too_long_break_where_print_breaks_them() {
    let template = fixture::template_named("official-document");
    let mut document = Builder::new()
        .red_head(None)
        .title(&["关于印发房山区二〇二四年国民经济和社会发展计划主要任务分工方案和完成时限的", "通知"])
        .p("现印发。")
        .done();
    if let BlockKind::RedHead(head) = &mut document.blocks[0].kind {
        let name = &mut head.authority[0].runs[0].text;
        *name = "中共北京市房山区委员会办公室和北京市房山区人民政府办公室文件".to_owned();
    }
    let paged = compose(&document, &template);
    let trees = trees(&write_with(&document, &template, &WordOptions::default()));
    let body = &trees.iter().find(|(n, _)| n == "word/document.xml").expect("a part").1;
    for (index, block) in document.indexed().take(2) {
        let printed: Vec<&str> = paged.pages[0]
            .lines()
            .filter(|line| line.kind == LineKind::Block(index))
            .map(|line| line.text.as_str())
            // What is above and below the authority has paragraphs of its own.
            .filter(|line| !line.contains(['0', '★', '〔']))
            .collect();
        assert!(printed.len() > 1 + index.get(), "{printed:?}");
        assert_eq!(written_lines(body, &block_bookmark(&block.id)), printed);
    }
}

#[test]
fn text_goes_with_the_signature_below_it() {
    let names = ["任务分工", "值班表"];
    let document = Builder::new().title(&["通知"]).p("甲。").p("乙。").attachments(&names);
    let document = document.signature("青溪市人民政府", "2024年4月2日", true).p("附注。").done();
    let template = fixture::template_named("official-document");
    let trees = trees(&write_with(&document, &template, &WordOptions::default()));
    let body = &trees.iter().find(|(name, _)| name == "word/document.xml").expect("a part").1;
    let kept = body.all("w:p").into_iter().filter(|p| !p.all("w:keepNext").is_empty());
    let text = |p: &Node| p.all("w:t").iter().flat_map(|t| &t.children).map(|t| t.text.as_str()).collect::<String>();
    // The styles of signature and date keep by themselves.
    assert_eq!(kept.map(text).collect::<Vec<_>>(), ["乙。", "附件：1.任务分工", "2.值班表"]);
}

#[test]
fn text_of_two_pages_is_not_kept_with_its_signature() {
    let document = Builder::new().title(&["通知"]).p("甲。").p(&"各地要修订完善应急预案。".repeat(60));
    let document = document.signature("青溪市人民政府", "2024年4月2日", true).done();
    let template = fixture::template_named("official-document");
    let trees = trees(&write_with(&document, &template, &WordOptions::default()));
    let body = &trees.iter().find(|(name, _)| name == "word/document.xml").expect("a part").1;
    assert!(
        body.all("w:keepNext").is_empty(),
        "programs that do not divide it would leave most of the first page empty"
    );
}

/// Print leaves out empty rows at the head of a page; programs keep them where a page was to begin.
#[test]
fn nothing_is_above_what_begins_a_page() {
    let rows = |document: &Document| {
        let styles = Styles::of(document);
        styles.spacing(StyleName::Title, "w:before") / styles.pitch
    };
    let plain = Builder::new().title(&["方案"]).p("正文。").done();
    let cover = Builder::new().cover("方案").contents(2).title(&["方案"]).p("正文。").done();
    let headed = Builder::new().red_head(None).title(&["方案"]).p("正文。").done();
    assert!(rows(&plain) < 1.0 && rows(&cover) < 1.0 && rows(&headed) > 1.0);

    let document =
        Builder::new().title(&["办法"]).heading(1, "总则").heading(1, "分则").page_break().heading(1, "附则").done();
    let template = fixture::template_named("regulation");
    let trees = trees(&write_with(&document, &template, &WordOptions::default()));
    let body = &trees.iter().find(|(name, _)| name == "word/document.xml").expect("a part").1;
    let own = |p: &&Node| p.all("w:pStyle")[0].attribute("w:val") == Some("Heading1");
    let spacing = |p: &Node| p.all("w:spacing").first().and_then(|s| s.attribute("w:before")).map(str::to_owned);
    let found: Vec<_> = body.all("w:p").into_iter().filter(own).map(spacing).collect();
    assert_eq!(found, [None, None, Some("0".to_owned())]);
}
