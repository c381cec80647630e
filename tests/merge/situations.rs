//! Both sides change the report, in every way that edits can meet: what composes, what is there already, what is left to people.

use super::desk::Desk;
use super::hand::Hand;

/// What meets, and what comes of it.
struct Situation {
    name: &'static str,
    theirs: fn(&mut Hand),
    /// In `report.yaml` or `figures.yaml`.
    ours: &'static [(&'static str, &'static str)],
    /// Kind and status of each change.
    told: &'static [(&'static str, &'static str)],
    /// In the source afterwards, once.
    says: &'static [&'static str],
    gone: &'static [&'static str],
}

const TEAM: &str = "          - 全区上下团结一心，防汛救灾取得了阶段性胜利，灾后重建有序推进。\n";
const TEAM_MOVED: &str = "先立后破。\n      - 全区上下团结一心，防汛救灾取得了阶段性胜利，灾后重建有序推进。\n";
const FIRST: &str = "          - 普通段落之一，内容是关于文化建设的情况说明。\n";

const SITUATIONS: &[Situation] = &[
    Situation {
        name: "two places of one sentence",
        theirs: |h| h.words("组织委员走访", "多次组织委员走访"),
        ours: &[("形成调研报告5篇", "形成高质量调研报告5篇")],
        told: &[("edited", "applied")],
        says: &["多次组织委员走访企业120家，形成高质量调研报告5篇。"],
        gone: &[],
    },
    Situation {
        name: "one atom, differently",
        theirs: |h| h.words("46", "48"),
        ours: &[("46条", "47条")],
        told: &[("conflict", "conflict")],
        says: &["提出47条"],
        gone: &["48条"],
    },
    Situation {
        name: "one atom, alike",
        theirs: |h| h.words("46", "48"),
        ours: &[("46条", "48条")],
        told: &[("edited", "already")],
        says: &["提出48条"],
        gone: &[],
    },
    Situation {
        name: "one date",
        theirs: |h| h.words("2024年工作", "2024年10月工作"),
        ours: &[("2024年工作", "2025年工作")],
        told: &[("conflict", "conflict")],
        says: &["做好2025年工作"],
        gone: &["2025年10月", "2024年10月"],
    },
    Situation {
        name: "a bound figure and its definition",
        theirs: |h| h.words("126", "128"),
        ours: &[("received: 126", "received: 127")],
        told: &[("conflict", "conflict")],
        says: &["received: 127   # 收到"],
        gone: &["128"],
    },
    Situation {
        name: "a move and an edit",
        theirs: |h| h.moved("全区上下团结", "先立后破", None),
        ours: &[("灾后重建有序推进", "灾后重建扎实有序推进")],
        told: &[("moved", "applied")],
        says: &["先立后破。\n      - 全区上下团结一心，防汛救灾取得了阶段性胜利，灾后重建扎实有序推进。"],
        gone: &[],
    },
    Situation {
        name: "an edit and a move",
        theirs: |h| h.words("有序推进", "扎实有序推进"),
        ours: &[(TEAM, ""), ("先立后破。\n", TEAM_MOVED)],
        told: &[("edited", "applied")],
        says: &["先立后破。\n      - 全区上下团结一心，防汛救灾取得了阶段性胜利，灾后重建扎实有序推进。"],
        gone: &[],
    },
    Situation {
        name: "a move to one place",
        theirs: |h| h.moved("全区上下团结", "先立后破", None),
        ours: &[(TEAM, ""), ("先立后破。\n", TEAM_MOVED)],
        told: &[("moved", "already")],
        says: &[TEAM_MOVED],
        gone: &[],
    },
    Situation {
        name: "a move to two places",
        theirs: |h| h.moved("全区上下团结", "先立后破", None),
        ours: &[
            (TEAM, ""),
            (
                "文化建设的情况说明。\n",
                "文化建设的情况说明。\n          - 全区上下团结一心，防汛救灾取得了阶段性胜利，灾后重建有序推进。\n",
            ),
        ],
        told: &[("conflict", "conflict")],
        says: &["文化建设的情况说明。\n          - 全区上下团结一心"],
        gone: &[],
    },
    Situation {
        name: "a move and a deletion",
        theirs: |h| h.moved("全区上下团结", "先立后破", None),
        ours: &[(TEAM, "")],
        told: &[("conflict", "conflict")],
        says: &[],
        gone: &["全区上下团结"],
    },
    Situation {
        name: "a deletion and a move",
        theirs: |h| h.without("全区上下团结"),
        ours: &[(TEAM, ""), ("先立后破。\n", TEAM_MOVED)],
        told: &[("conflict", "conflict")],
        says: &[TEAM_MOVED],
        gone: &[],
    },
    Situation {
        name: "a deletion and an edit",
        theirs: |h| h.without("普通段落之一"),
        ours: &[("普通段落之一，内容", "普通段落之一，主要内容")],
        told: &[("conflict", "conflict")],
        says: &["普通段落之一，主要内容"],
        gone: &[],
    },
    Situation {
        name: "an edit and a deletion",
        theirs: |h| h.words("普通段落之一，内容", "普通段落之一，主要内容"),
        ours: &[(FIRST, "")],
        told: &[("conflict", "conflict")],
        says: &[],
        gone: &["普通段落之一"],
    },
    Situation {
        name: "a deletion by both",
        theirs: |h| h.without("普通段落之一"),
        ours: &[(FIRST, "")],
        told: &[("deleted", "already")],
        says: &[],
        gone: &["普通段落之一"],
    },
    Situation {
        name: "a split and an edit",
        theirs: |h| h.split("走访企业120家，"),
        ours: &[("形成调研报告5篇", "形成高质量调研报告5篇")],
        told: &[("split", "applied")],
        says: &["走访企业120家，\n          - 形成高质量调研报告5篇。\n"],
        gone: &[],
    },
    Situation {
        name: "an edit and a split",
        theirs: |h| h.words("5篇", "6篇"),
        ours: &[("走访企业120家，形成", "走访企业120家，\n          - 形成")],
        told: &[("edited", "applied")],
        says: &["走访企业120家，\n          - 形成调研报告6篇。\n"],
        gone: &[],
    },
    Situation {
        name: "a split by both",
        theirs: |h| h.split("走访企业120家，"),
        ours: &[("走访企业120家，形成", "走访企业120家，\n          - 形成")],
        told: &[("split", "already")],
        says: &["走访企业120家，\n          - 形成调研报告5篇。\n"],
        gone: &[],
    },
    Situation {
        name: "a merge and an edit",
        theirs: |h| h.joined("普通段落之一"),
        ours: &[("关于社会治理", "关于基层社会治理")],
        told: &[("merged", "applied")],
        says: &["文化建设的情况说明。普通段落之二，内容是关于基层社会治理"],
        gone: &[],
    },
    Situation {
        name: "a move and a split",
        theirs: |h| h.moved("全区上下团结", "先立后破", None),
        ours: &[("阶段性胜利，灾后", "阶段性胜利。\n          - 灾后")],
        told: &[("moved", "applied")],
        says: &["先立后破。\n      - 全区上下团结一心，防汛救灾取得了阶段性胜利。\n      - 灾后重建有序推进。\n"],
        gone: &[],
    },
    Situation {
        name: "two paragraphs at one place",
        theirs: |h| h.behind("普通段落之二", "他们新写的一段。"),
        ours: &[("社会治理的情况说明。\n", "社会治理的情况说明。\n          - 我们新写的一段。\n")],
        told: &[("inserted", "applied")],
        says: &["他们新写的一段。", "我们新写的一段。"],
        gone: &[],
    },
    Situation {
        name: "one paragraph put in by both",
        theirs: |h| h.behind("普通段落之二", "都新写的一段。"),
        ours: &[("社会治理的情况说明。\n", "社会治理的情况说明。\n          - 都新写的一段。\n")],
        told: &[("inserted", "already")],
        says: &["都新写的一段。"],
        gone: &[],
    },
    Situation {
        name: "two cells of one row",
        theirs: |h| h.words("41", "42"),
        ours: &[("[经济建设, 41, 已办复]", "[经济建设, 41, 全部办复]")],
        told: &[("edited", "applied")],
        says: &["[经济建设, 42, 全部办复]"],
        gone: &[],
    },
    Situation {
        name: "one cell",
        theirs: |h| h.words("41", "42"),
        ours: &[("[经济建设, 41, 已办复]", "[经济建设, 43, 已办复]")],
        told: &[("conflict", "conflict")],
        says: &["[经济建设, 43, 已办复]"],
        gone: &["42"],
    },
    Situation {
        name: "a row that goes and a cell",
        theirs: |h| h.row_out("社会建设"),
        ours: &[("[社会建设, 78, ~]", "[社会建设, 79, ~]")],
        told: &[("conflict", "conflict")],
        says: &["[社会建设, 79, ~]"],
        gone: &[],
    },
    Situation {
        name: "a cell and a row that goes",
        theirs: |h| h.words("78", "79"),
        ours: &[("                - [社会建设, 78, ~]\n", "")],
        told: &[("conflict", "conflict")],
        says: &[],
        gone: &["社会建设"],
    },
    Situation {
        name: "a row that moves and a cell",
        theirs: |h| h.row_moved("经济建设", "生态文明"),
        ours: &[("[经济建设, 41, 已办复]", "[经济建设, 42, 已办复]")],
        told: &[("moved", "applied")],
        says: &["[生态文明, 7, 部分办复]\n                - [经济建设, 42, 已办复]\n"],
        gone: &[],
    },
    Situation {
        name: "a column and a row",
        theirs: |h| h.column_out("经济建设", 2),
        ours: &[("78, ~]", "78, ~]\n                - [文化建设, 5, ~]")],
        told: &[("deleted", "applied")],
        says: &["[类别, 件数]", "[文化建设, 5]", "[社会建设, 78]"],
        gone: &["已办复"],
    },
    Situation {
        name: "two rows at one place",
        theirs: |h| h.row_behind("社会建设", &["文化建设", "5", "已办"]),
        ours: &[("78, ~]", "78, ~]\n                - [法治建设, 6, ~]")],
        told: &[("inserted", "applied")],
        says: &["[文化建设, 5, 已办]", "[法治建设, 6, ~]"],
        gone: &[],
    },
    Situation {
        name: "one note in two places",
        theirs: |h| h.note_words("国道108线", "国家干线108线"),
        ours: &[("高速指国道", "高速公路指国道")],
        told: &[("edited", "applied")],
        says: &["G108新线高速公路指国家干线108线新线。"],
        gone: &[],
    },
    Situation {
        name: "two new notes",
        theirs: |h| h.note_behind("团结一心", "他们的注。"),
        ours: &[("走访企业120家", "走访企业120家[^two]"), ("notes:\n", "notes:\n  two: 我们的注。\n")],
        told: &[("edited", "applied")],
        says: &["团结一心[^n", "120家[^two]", "我们的注。", "他们的注。"],
        gone: &[],
    },
    Situation {
        name: "a note changed and a note gone",
        theirs: |h| h.note_words("国道108线", "国家干线108线"),
        ours: &[("工作当中[^g108]", "工作当中"), ("notes:\n  g108: G108新线高速指国道108线新线。", "")],
        told: &[("conflict", "conflict")],
        says: &[],
        gone: &["108线"],
    },
    Situation {
        name: "a heading and its section",
        theirs: |h| h.words("聚焦中心工作", "聚焦中心大局工作"),
        ours: &[("heading: 聚焦中心工作", "heading: 紧紧聚焦中心工作")],
        told: &[("edited", "applied")],
        says: &["heading: 紧紧聚焦中心大局工作"],
        gone: &[],
    },
];

#[test]
fn every_situation_comes_out_right() {
    let mut wrong = Vec::new();
    for (at, situation) in SITUATIONS.iter().enumerate() {
        let desk = Desk::new();
        // Every other one with tracked changes.
        desk.hand("back.docx", at % 2 == 1, situation.theirs);
        for name in ["report.yaml", "figures.yaml"] {
            let mut source = desk.text(name);
            for (old, new) in situation.ours {
                source = source.replacen(old, new, 1);
            }
            desk.write(name, &source);
        }
        let ran = desk.merge("back.docx", &["--apply", "--values"]);
        let source = format!("{}{}", desk.text("report.yaml"), desk.text("figures.yaml"));
        let told: Vec<(String, String)> =
            situation.told.iter().map(|(k, s)| ((*k).to_owned(), (*s).to_owned())).collect();
        let code = if told.iter().any(|(_, status)| status == "conflict") { 3 } else { 0 };
        if ran.told() != told || ran.code != code {
            wrong.push(format!("{}: told {:?}, {}\n{}{}", situation.name, ran.told(), ran.code, ran.out, ran.err));
        }
        for says in situation.says.iter().filter(|says| source.matches(**says).count() != 1) {
            wrong.push(format!("{}: {says:?} {} times\n{source}", situation.name, source.matches(*says).count()));
        }
        for gone in situation.gone.iter().filter(|gone| source.contains(**gone)) {
            wrong.push(format!("{}: has {gone:?}\n{source}", situation.name));
        }
        for change in ran.changes().iter().filter(|c| c["status"] == "conflict") {
            if ["base", "theirs", "ours"].iter().any(|side| !change[*side].is_string()) {
                wrong.push(format!("{}: a side is missing", situation.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
