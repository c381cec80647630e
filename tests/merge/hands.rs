//! Every kind of edit, in the open and with changes tracked: told alike, applied, and the rebuilt file reads as the edited one.

use super::desk::Desk;
use super::hand::Hand;

/// Kind and status of each change.
type Told = &'static [(&'static str, &'static str)];

/// An edit, what is told of it, and what the source says then.
struct Edit {
    name: &'static str,
    hand: fn(&mut Hand),
    told: Told,
    source: &'static [&'static str],
    /// What the source must not say any more.
    gone: &'static [&'static str],
}

const EDITED: Told = &[("edited", "applied")];
const INSERTED: Told = &[("inserted", "applied")];
const DELETED: Told = &[("deleted", "applied")];
const MOVED: Told = &[("moved", "applied")];
const SPLIT: Told = &[("split", "applied")];
const MERGED: Told = &[("merged", "applied")];
const FORMAT: Told = &[("format", "applied")];

fn edit(name: &'static str, hand: fn(&mut Hand), told: Told, source: &'static [&'static str]) -> Edit {
    Edit { name, hand, told, source, gone: &[] }
}

fn gone(name: &'static str, hand: fn(&mut Hand), told: Told, gone: &'static [&'static str]) -> Edit {
    Edit { name, hand, told, source: &[], gone }
}

fn of_words() -> Vec<Edit> {
    vec![
        edit(
            "words in",
            |h| h.words("坚持以人民为中心", "始终坚持以人民为中心"),
            EDITED,
            &["我们始终坚持以人民为中心，**坚持"],
        ),
        edit("words out", |h| h.words("在广大委员当中", ""), EDITED, &["举办读书沙龙12次，掀起学习热潮。"]),
        edit(
            "other words",
            |h| h.words("内容是关于文化建设", "主要介绍文化事业"),
            EDITED,
            &["普通段落之一，主要介绍文化事业的情况说明。"],
        ),
        edit("number", |h| h.words("46", "48"), EDITED, &["提出48条意见建议。\n"]),
        edit(
            "bound figure",
            |h| h.words("126", "128"),
            &[("value", "applied")],
            &["received: 128   # 收到", "{{ d.received }}件"],
        ),
        edit("bold", |h| h.heavy("以身作则"), FORMAT, &["领导班子**以身作则**，"]),
        edit("heading", |h| h.words("聚焦中心工作", "聚焦中心大局工作"), EDITED, &["- heading: 聚焦中心大局工作\n"]),
        edit("title", |h| h.words("工作报告", "工作总结报告"), EDITED, &["title: 房山区2023年工作总结报告"]),
        edit("caption", |h| h.words("提案办理情况", "提案立案和办理情况"), EDITED, &["caption: 提案立案和办理情况\n"]),
        edit(
            "note",
            |h| h.note_words("国道108线新线", "国道108线的新线路"),
            EDITED,
            &["g108: G108新线高速指国道108线的新线路。"],
        ),
        edit(
            "note in",
            |h| h.note_behind("团结一心", "指全区各族群众。"),
            EDITED,
            &["团结一心[^n", "指全区各族群众。"],
        ),
        gone("note out", |h| h.note_out(1), EDITED, &["[^g108]"]),
        edit(
            "two places of one paragraph",
            |h| {
                h.words("围绕产业发展", "围绕产业高质量发展");
                h.words("5篇", "6篇");
            },
            EDITED,
            &["- 围绕产业高质量发展，组织委员走访企业120家，形成调研报告6篇。\n"],
        ),
    ]
}

fn of_paragraphs() -> Vec<Edit> {
    vec![
        edit(
            "paragraph in",
            |h| h.behind("普通段落之一", "新增的一段。"),
            INSERTED,
            &["说明。\n          - 新增的一段。\n"],
        ),
        gone("paragraph out", |h| h.without("普通段落之一"), DELETED, &["普通段落之一"]),
        gone("paragraph with figures out", |h| h.without("2023年是全面"), DELETED, &["2023年是全面", "{{"]),
        edit(
            "move",
            |h| h.moved("普通段落之一", "普通段落之二", None),
            MOVED,
            &["社会治理的情况说明。\n          - 普通段落之一，"],
        ),
        edit("far move", |h| h.moved("全区上下团结", "先立后破", None), MOVED, &["先立后破。\n      - 全区上下团结"]),
        edit(
            "edited move",
            |h| h.moved("全区上下团结", "先立后破", Some(("有序推进", "扎实有序推进"))),
            MOVED,
            &["先立后破。\n      - 全区上下团结一心，防汛救灾取得了阶段性胜利，灾后重建扎实有序推进。\n"],
        ),
        edit(
            "split",
            |h| h.split("走访企业120家。".trim_end_matches('。')),
            SPLIT,
            &["走访企业120家\n          - ，形成调研报告5篇。\n"],
        ),
        edit(
            "edited split",
            |h| {
                h.split("120家，");
                h.words("120家，", "120家。");
            },
            SPLIT,
            &["走访企业120家。\n          - 形成调研报告5篇。\n"],
        ),
        edit("merge", |h| h.joined("普通段落之一"), MERGED, &["文化建设的情况说明。普通段落之二，内容"]),
        edit(
            "edited merge",
            |h| {
                h.words("文化建设的情况说明。", "文化建设的情况说明，");
                h.joined("普通段落之一");
            },
            MERGED,
            &["文化建设的情况说明，普通段落之二，内容"],
        ),
        edit(
            "heading in",
            |h| {
                h.styled("形成调研报告5篇", "聚焦中心工作", "助力乡村振兴");
            },
            INSERTED,
            &["      - heading: 助力乡村振兴\n"],
        ),
        gone("heading out", |h| h.without("聚焦中心工作"), DELETED, &["heading: 聚焦中心工作"]),
        edit(
            "point in",
            |h| h.behind("深入开展主题教育", "密切联系群众。走访30人次。"),
            INSERTED,
            &["- point: 密切联系群众。\n            text: 走访30人次。\n"],
        ),
        gone("point out", |h| h.without("深入开展主题教育"), DELETED, &["深入开展主题教育"]),
        edit(
            "point moved",
            |h| h.moved("加强委员队伍建设", "党课辅导", None),
            MOVED,
            &["学习热潮。\n          - point: \"加强委员队伍建设。\""],
        ),
        edit(
            "list item in",
            |h| h.behind("服务大局", "凝聚共识"),
            INSERTED,
            &["[加强学习, 服务大局, 凝聚共识, 改进作风]"],
        ),
        edit("list item out", |h| h.without("服务大局"), DELETED, &["[加强学习, 改进作风]"]),
    ]
}

fn of_tables() -> Vec<Edit> {
    vec![
        edit("cell", |h| h.words("部分办复", "全部办复"), EDITED, &["[生态文明, 7, 全部办复]"]),
        edit("figure in a cell", |h| h.words("78", "79"), EDITED, &["[社会建设, 79, ~]"]),
        edit("bold in a cell", |h| h.heavy("部分办复"), FORMAT, &["[生态文明, 7, '**部分办复**']"]),
        edit(
            "row in",
            |h| h.row_behind("社会建设", &["文化建设", "5", "已办复"]),
            INSERTED,
            &["[社会建设, 78, ~]\n                - [文化建设, 5, 已办复]\n"],
        ),
        gone("row out", |h| h.row_out("社会建设"), DELETED, &["社会建设, 78"]),
        edit(
            "row moved",
            |h| h.row_moved("经济建设", "生态文明"),
            MOVED,
            &["[生态文明, 7, 部分办复]\n                - [经济建设, 41, 已办复]\n"],
        ),
        edit(
            "column in",
            |h| h.column_behind("经济建设", 1, &["占比", "33%", "62%", "5%"]),
            INSERTED,
            &["[类别, 件数, 占比, 备注]", "[社会建设, 78, 62%, ~]"],
        ),
        edit("column out", |h| h.column_out("经济建设", 1), DELETED, &["[类别, 备注]", "[社会建设, ~]"]),
    ]
}

/// Each edit in both ways; says what is wrong.
fn wrong(edit: &Edit, tracked: bool) -> Vec<String> {
    let desk = Desk::new();
    desk.hand("back.docx", tracked, edit.hand);
    let ran = desk.merge("back.docx", &["--apply", "--values"]);
    let mut wrong = Vec::new();
    let mut hold = |holds: bool, what: String| {
        if !holds {
            wrong.push(format!("{} (tracked: {tracked}): {what}", edit.name));
        }
    };
    let told: Vec<(String, String)> = edit.told.iter().map(|(k, s)| ((*k).to_owned(), (*s).to_owned())).collect();
    hold(ran.told() == told && ran.code == 0, format!("told {:?} {}{}", ran.told(), ran.out, ran.err));
    for change in ran.changes() {
        let author = change["authors"][0].as_str().unwrap_or_default();
        hold(!tracked || author == "张三", format!("author {author}"));
    }
    let source = || format!("{}{}", desk.text("report.yaml"), desk.text("figures.yaml"));
    let now = source();
    for says in edit.source {
        hold(now.contains(says), format!("lacks {says:?}\n{now}"));
    }
    for says in edit.gone {
        hold(!now.contains(says), format!("still has {says:?}\n{now}"));
    }
    hold(now.contains("# 测试报告：注释要留下\n") && now.contains("\n  # 第一部分\n"), "comments".to_owned());
    desk.build();
    let (built, back) = (desk.reads("out/report.docx"), desk.reads("back.docx"));
    let other = built.iter().zip(&back).find(|(a, b)| a != b);
    hold(built == back, format!("reads otherwise: {other:?} {} {}", built.len(), back.len()));
    if tracked {
        return wrong;
    }
    let again = desk.merge("back.docx", &["--apply", "--values"]);
    hold(again.told().iter().all(|(_, status)| status == "already"), format!("again {}", again.out));
    hold(source() == now, format!("changed again\n{}", source()));
    wrong
}

fn all_right(edits: &[Edit]) {
    let found: Vec<String> =
        edits.iter().flat_map(|edit| [false, true].into_iter().flat_map(|tracked| wrong(edit, tracked))).collect();
    assert!(found.is_empty(), "{} wrong\n{}", found.len(), found.join("\n"));
}

#[test]
fn edits_of_words_are_brought_home() {
    all_right(&of_words());
}

#[test]
fn edits_of_paragraphs_are_brought_home() {
    all_right(&of_paragraphs());
}

#[test]
fn edits_of_tables_are_brought_home() {
    all_right(&of_tables());
}

/// A write that fails is not told as written: here the log of merges cannot be put beside the report.
#[test]
fn what_could_not_be_written_is_not_told_as_written() {
    let desk = Desk::new();
    desk.hand("back.docx", false, |h| h.words("普通段落之一", "一般段落之一"));
    let before = desk.text("report.yaml");
    desk.write("handouts", "no folder");
    let ran = desk.merge("back.docx", &["--apply"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(ran.told(), [("edited".to_owned(), "clean".to_owned())], "{}", ran.out);
    assert_eq!(desk.text("report.yaml"), before);
    let ran = desk.run(&["merge", "back.docx", "report.yaml", "--apply"]);
    assert!(
        !ran.out.contains("已写入") && ran.err.contains("[D812]") && !ran.err.contains("os error"),
        "{}{}",
        ran.out,
        ran.err
    );
}
