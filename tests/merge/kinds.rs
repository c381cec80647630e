//! Every kind of edit to an unchanged report: told right, applied, and the rebuilt file reads as the edited one.

use super::desk::{Desk, like, paragraph, row};

const BODY: &str = "word/document.xml";

/// An edit, what is told of it, and what the source says then.
struct Case {
    name: &'static str,
    part: &'static str,
    edit: fn(String) -> String,
    told: &'static [(&'static str, &'static str)],
    /// In `report.yaml` or `figures.yaml` afterwards.
    source: &'static [&'static str],
}

fn case(
    name: &'static str,
    edit: fn(String) -> String,
    told: &'static [(&'static str, &'static str)],
    source: &'static [&'static str],
) -> Case {
    Case { name, part: BODY, edit, told, source }
}

fn once(xml: &str, old: &str, new: &str) -> String {
    assert!(xml.contains(old), "{old}");
    xml.replacen(old, new, 1)
}

fn behind(xml: &str, says: &str, new: &str) -> String {
    let place = paragraph(xml, says);
    let more = like(&xml[place.clone()], new);
    format!("{}{more}{}", &xml[..place.end], &xml[place.end..])
}

fn moved(xml: &str, says: &str, to: &str) -> String {
    let from = paragraph(xml, says);
    let text = xml[from.clone()].to_owned();
    let rest = format!("{}{}", &xml[..from.start], &xml[from.end..]);
    let end = paragraph(&rest, to).end;
    format!("{}{text}{}", &rest[..end], &rest[end..])
}

fn without(xml: &str, says: &str) -> String {
    let place = paragraph(xml, says);
    format!("{}{}", &xml[..place.start], &xml[place.end..])
}

const EDITED: &[(&str, &str)] = &[("edited", "applied")];

/// Edits beside and within raised characters, links and forced line ends.
fn in_markup() -> Vec<Case> {
    vec![
        case("raised", |x| once(&x, ">-3<", ">-4<"), EDITED, &["10<sup>-4</sup>以内"]),
        case("behind raised", |x| once(&x, ">以内，", ">克以内，"), EDITED, &["<sup>-3</sup>克以内"]),
        case(
            "newly raised",
            |x| {
                let raised =
                    "5</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>";
                once(&x, "以内，", &format!("以内约{raised}，"))
            },
            EDITED,
            &["以内约5<sup>2</sup>，详见["],
        ),
        case(
            "raised by hand",
            |x| {
                let raised = "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>重建</w:t></w:r>";
                once(&x, "灾后重建有序", &format!("灾后</w:t></w:r>{raised}<w:r><w:t>有序"))
            },
            &[("format", "applied")],
            &["灾后<sup>重建</sup>有序推进。"],
        ),
        case(
            "no longer raised",
            |x| once(&x, "<w:vertAlign w:val=\"superscript\"/>", ""),
            &[("format", "applied")],
            &["5×10-3以内"],
        ),
        case(
            "new link",
            |x| {
                let link = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
                     <w:r><w:instrText> HYPERLINK \"https://b.cn/y\" </w:instrText></w:r>\
                     <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
                     <w:r><w:rPr><w:color w:val=\"0000FF\"/><w:u w:val=\"single\"/></w:rPr><w:t>文化建设</w:t></w:r>\
                     <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
                once(&x, "关于文化建设的", &format!("关于</w:t></w:r>{link}<w:r><w:t>的"))
            },
            &[("format", "applied")],
            &["- 普通段落之一，内容是关于[文化建设](https://b.cn/y)的情况说明。\n"],
        ),
        case(
            "link",
            |x| once(&x, "市政府网站", "市政府门户网站"),
            EDITED,
            &["[市政府门户网站](https://a.cn/x)，<br>电话"],
        ),
        case("behind a line end", |x| once(&x, "电话另行", "联系电话另行"), EDITED, &["<br>联系电话另行"]),
        case(
            "line end gone",
            |x| once(&x, "<w:br w:type=\"textWrapping\"/>", ""),
            EDITED,
            &["(https://a.cn/x)，电话另行"],
        ),
    ]
}

fn cases() -> Vec<Case> {
    const INSERTED: &[(&str, &str)] = &[("inserted", "applied")];
    const DELETED: &[(&str, &str)] = &[("deleted", "applied")];
    const MOVED: &[(&str, &str)] = &[("moved", "applied")];
    let mut cases = vec![
        case(
            "words",
            |x| once(&x, "坚持以人民为中心", "始终坚持以人民为中心"),
            EDITED,
            &["我们始终坚持以人民为中心，**坚持大兴调查研究**"],
        ),
        case("number", |x| once(&x, "提出46条", "提出48条"), EDITED, &["提出48条意见建议。\n"]),
        case(
            "value",
            |x| once(&x, ">126<", ">128<"),
            &[("value", "applied")],
            &["received: 128   # 收到", "{{ d.received }}件"],
        ),
        case("move", |x| moved(&x, "普通段落之一", "普通段落之二"), MOVED, &["说明。\n          - 普通段落之一"]),
        case("far move", |x| moved(&x, "全区上下团结", "先立后破"), MOVED, &["先立后破。\n      - 全区上下团结"]),
        case(
            "edited move",
            |x| moved(&once(&x, "有序推进", "扎实有序推进"), "全区上下团结", "先立后破"),
            MOVED,
            &["扎实有序推进。"],
        ),
        case("delete", |x| without(&x, "普通段落之一"), DELETED, &["知行合一。\"\n          - 普通段落之二"]),
        case(
            "insert",
            |x| behind(&x, "普通段落之一", "新增的一段。"),
            INSERTED,
            &["说明。\n          - 新增的一段。\n"],
        ),
        case("heading", |x| once(&x, "聚焦中心工作", "聚焦中心大局工作"), EDITED, &["- heading: 聚焦中心大局工作\n"]),
        case(
            "point",
            |x| behind(&x, "深入开展主题教育", "密切联系群众。走访30人次。"),
            INSERTED,
            &["- point: 密切联系群众。\n            text: 走访30人次。\n"],
        ),
        case(
            "list item",
            |x| behind(&x, "服务大局", "凝聚共识"),
            INSERTED,
            &["[加强学习, 服务大局, 凝聚共识, 改进作风]"],
        ),
        case("cell", |x| once(&x, "部分办复", "全部办复"), EDITED, &["[生态文明, 7, 全部办复]"]),
        case("number in a cell", |x| once(&x, ">78<", ">79<"), EDITED, &["[社会建设, 79, ~]"]),
        case(
            "row gone",
            |x| {
                let r = row(&x, "社会建设");
                format!("{}{}", &x[..r.start], &x[r.end..])
            },
            DELETED,
            &["已办复]\n                - [生态文明"],
        ),
        case(
            "quoted",
            |x| once(&x, "做到知行合一", "做到“知行合一”、言行一致"),
            EDITED,
            &["坚持\\\"两个维护\\\"，做到“知行合一”、言行一致。\""],
        ),
        case(
            "colon",
            |x| once(&x, "内容是关于社会治理", "内容: 是关于#社会治理"),
            EDITED,
            &["- '普通段落之二，内容: 是关于#社会治理的情况说明。'"],
        ),
        case("marks", |x| once(&x, "内容是关于社会治理", "**{{x}}社会治理"), EDITED, &["\\*\\*\\{\\{x\\}\\}社会治理"]),
        case("title", |x| once(&x, "工作报告", "工作总结报告"), EDITED, &["title: 房山区2023年工作总结报告"]),
    ];
    cases.extend(in_markup());
    cases.push(Case {
        name: "note",
        part: "word/footnotes.xml",
        edit: |x| once(&x, "国道108线新线", "国道108线的新线路"),
        told: EDITED,
        source: &["g108: G108新线高速指国道108线的新线路。"],
    });
    cases
}

#[test]
fn every_kind_is_told_and_written() {
    for case in cases() {
        let desk = Desk::new();
        desk.edit("back.docx", case.part, case.edit);
        let ran = desk.merge("back.docx", &["--apply", "--values"]);
        let told: Vec<(&str, &str)> = case.told.to_vec();
        let found = ran.told();
        let found: Vec<(&str, &str)> = found.iter().map(|(k, s)| (k.as_str(), s.as_str())).collect();
        assert_eq!(found, told, "{}: {}", case.name, ran.out);
        assert_eq!(ran.code, 0, "{}", case.name);
        let source = format!("{}{}", desk.text("report.yaml"), desk.text("figures.yaml"));
        for says in case.source {
            assert!(source.contains(says), "{}: {says}\n{source}", case.name);
        }
        assert!(source.contains("# 测试报告：注释要留下\n") && source.contains("\n  # 第一部分\n"), "{}", case.name);
        desk.build();
        assert_eq!(desk.reads("out/report.docx"), desk.reads("back.docx"), "{}", case.name);
        // A second run changes nothing more.
        let again = desk.merge("back.docx", &["--apply", "--values"]);
        assert!(again.told().iter().all(|(_, status)| status == "already"), "{}: {}", case.name, again.out);
        let now = format!("{}{}", desk.text("report.yaml"), desk.text("figures.yaml"));
        assert_eq!(now, source, "{}", case.name);
    }
}

#[test]
fn an_untouched_file_changes_nothing() {
    let desk = Desk::new();
    let ran = desk.merge("out/report.docx", &["--apply", "--values"]);
    assert_eq!((ran.code, ran.told().len()), (0, 0), "{}", ran.out);
    assert!(!desk.path("handouts").exists());
}

#[test]
fn a_bound_figure_never_goes_into_the_text() {
    let desk = Desk::new();
    desk.edit("back.docx", BODY, |x| once(&x, ">126<", ">128<"));
    let ran = desk.merge("back.docx", &["--apply"]);
    assert_eq!(ran.told(), [("value".to_owned(), "proposed".to_owned())]);
    let value = &ran.changes()[0]["value"];
    assert_eq!((value["name"].as_str(), value["after"].as_str()), (Some("d.received"), Some("128")));
    assert!(value["file"].as_str().unwrap().ends_with("figures.yaml"));
    assert!(desk.text("figures.yaml").contains("received: 126"));
}

#[test]
fn tracked_changes_bring_their_author() {
    let desk = Desk::new();
    desk.edit("back.docx", BODY, |x| {
        let change = |name: &str, tag: &str, text: &str| {
            format!(
                "<w:{name} w:id=\"90\" w:author=\"张三\" w:date=\"2024-01-02T03:04:05Z\"><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{name}>"
            )
        };
        let (gone, new) = (change("del", "delText", "以进促稳，"), change("ins", "t", "守正创新，"));
        let rest = format!("</w:t></w:r>{gone}{new}<w:r><w:t>");
        once(&x, "以进促稳，", &rest)
    });
    let ran = desk.merge("back.docx", &[]);
    let change = &ran.changes()[0];
    assert_eq!(change["authors"][0], "张三");
    assert!(change["after"].as_str().unwrap().contains("稳中求进，守正创新，先立后破"));
    assert_eq!(desk.merge("back.docx", &["--author", "李四"]).told().len(), 0);
}
