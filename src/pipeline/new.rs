//! A report to start from: an empty one, or the text of an existing file.

use super::overlay::Overlay;
use super::request::{Formats, Request};
use crate::diagnostic::{Code, Diagnostic, Message, Sources, say};
use crate::docx::read::WordDocument;
use crate::model::Manuscript;
use crate::source::{self, Remark};
use crate::template::BUILT_IN;
use crate::world::{OutputSet, World};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is to be made.
#[derive(Clone, Debug, Default)]
pub struct NewRequest {
    /// The folder.
    pub folder: PathBuf,
    /// The template's name; the first built-in one where none is given.
    pub template: Option<String>,
    /// The file whose text it starts with.
    pub from: Option<PathBuf>,
    /// Numbers that look like statistics become figures.
    pub bind: bool,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct NewOutcome {
    /// The files that diagnostics point into.
    pub sources: Sources,
    /// What is wrong, and what the new report's check says.
    pub diagnostics: Vec<Diagnostic>,
    /// What a person should look at.
    pub remarks: Vec<Remark>,
    /// The files that were written.
    pub written: Vec<PathBuf>,
}

const FIGURES: &str = "# 报告里的数字。正文用 {{ 名称 }} 引用；改这里，正文各处随之改变。\nproposals:\n  received: 126   # 全年收到〔〕件提案\n  filed: 119      # 经审查立案〔〕件\n";

/// Writes a new report.
pub fn new_report(world: &dyn World, request: &NewRequest) -> NewOutcome {
    let template =
        request.template.clone().unwrap_or_else(|| BUILT_IN.first().map_or_else(String::new, |b| b.name.to_owned()));
    let mut outcome = NewOutcome::default();
    let report = request.folder.join("report.yaml");
    for path in [&report, &request.folder.join("figures.yaml")] {
        if world.is_file(path) {
            let place = path.display();
            outcome.diagnostics.push(Diagnostic::error(
                Code::OUTPUT_CLASH,
                None,
                say!("{place} 已经有了", "{place} is there already"),
                say!("换一个文件夹", "choose another folder"),
            ));
            return outcome;
        }
    }
    let draft = match &request.from {
        None => source::Draft { report: blank(&template), figures: FIGURES.to_owned(), ..source::Draft::default() },
        Some(path) => match manuscript(world, path) {
            Ok((manuscript, remarks, said)) => {
                outcome.diagnostics.extend(said);
                let stem = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
                source::draft((&manuscript, remarks), &template, &stem, request.bind)
            }
            Err(diagnostic) => {
                outcome.diagnostics.push(*diagnostic);
                return outcome;
            }
        },
    };
    let mut files = vec![
        (report.clone(), draft.report.into_bytes()),
        (request.folder.join("figures.yaml"), draft.figures.into_bytes()),
    ];
    files.extend(draft.media.into_iter().map(|(name, data)| (request.folder.join(name), data)));
    outcome.remarks = draft.remarks;
    // What the new report's check says: characters that no face has among it.
    let overlay = Overlay::new(world).with(files.clone());
    let checked = super::check(
        &overlay,
        &Request { formats: Formats { pdf: true, docx: true, png: None }, ..Request::new(&report) },
    );
    let wrong: Vec<Diagnostic> = checked.diagnostics.into_iter().filter(Diagnostic::is_error).collect();
    // No report can be made with a template that is not there.
    let lacking = |wrong: &&Diagnostic| wrong.code == Code::TEMPLATE_NOT_FOUND;
    if let Some(Diagnostic { code, message, hint, .. }) = wrong.iter().find(lacking) {
        outcome.diagnostics = vec![Diagnostic::error(*code, None, message.clone(), hint.clone())];
        return outcome;
    }
    let said = wrong.into_iter().map(softened);
    outcome.diagnostics.extend(said);
    outcome.sources = checked.sources;
    match world.replace_all(&OutputSet { files: &files, ..OutputSet::default() }) {
        Ok(()) => outcome.written = files.into_iter().map(|(path, _)| path).collect(),
        Err(error) => {
            let (place, Message { zh, en }) = (error.path.display(), Message::of_io(&error.cause));
            outcome.diagnostics.push(Diagnostic::error(
                Code::OUTPUT_UNWRITABLE,
                None,
                say!("不能写 {place}：{zh}", "{place} cannot be written: {en}"),
                say!("换一个文件夹", "choose another folder"),
            ));
        }
    }
    outcome
}

/// What keeps a new report from being built keeps nobody from having it.
fn softened(diagnostic: Diagnostic) -> Diagnostic {
    let Diagnostic { code, span, message, hint, related, .. } = diagnostic;
    Diagnostic { related, ..Diagnostic::advice(code, span, message, hint) }
}

/// What a new report begins with, below its template's name, and what it ends with.
struct Blank {
    template: &'static str,
    head: &'static str,
    opening: &'static str,
    end: &'static str,
}

const SIGNED: &str = "  - signature: {authority: 某某区人民政府, date: 2024年1月8日}\n";

/// Those of the built-in templates that are not reports to an assembly.
const BLANKS: [Blank; 8] = [
    Blank {
        template: "official-document",
        head: "authority: 某某区人民政府文件\nnumber: 某政发〔2024〕1号\ntitle: 某某区人民政府关于某项工作的通知\naddressee: 各乡镇人民政府：\n",
        opening: "",
        end: SIGNED,
    },
    Blank {
        template: "letter",
        head: "authority: 某某区水务局\nnumber: 某水函〔2024〕1号\ntitle: 某某区水务局关于商请某项工作的函\naddressee: 某某区财政局：\n",
        opening: "",
        end: "  - signature: {authority: 某某区水务局, date: 2024年1月8日}\n",
    },
    Blank {
        template: "speech",
        head: "title: 在某某区工作会议上的讲话\noccasion: 2024年1月8日\nspeaker: 某某某\n",
        opening: "  - salutation: 同志们：\n",
        end: "",
    },
    Blank {
        template: "order",
        head: "authority: 某某区人民政府令\nnumber: 第1号\ntitle: 某某区人民政府令\n",
        opening: "",
        end: "  - signature: {authority: 区长, date: 2024年1月8日, stamp: true}\n",
    },
    Blank {
        template: "minutes",
        head: "authority: 某某区人民政府常务会议纪要\nnumber: 第1期\ntitle: 研究某项工作的会议纪要\nattendance: {出席: [某某某, 某某某], 列席: 某某某}\n",
        opening: "",
        end: "",
    },
    Blank {
        template: "regulation",
        head: "title: 某某区某项工作管理办法\noccasion: 2024年1月8日某某区人民政府第1次常务会议通过\n",
        opening: "",
        end: "",
    },
    Blank { template: "company-report", head: "title: 某某公司2023年度工作报告\n", opening: "", end: "" },
    Blank { template: "english-report", head: "language: en\ntitle: Annual Report 2023\n", opening: "", end: "" },
];

const REPORT: Blank = Blank {
    template: "work-report",
    head: "title: [某某区第九届委员会常务委员会, 工作报告]\noccasion: 2024年1月8日在第三次会议上\nspeaker: 某某某\n",
    opening: "  - salutation: 各位委员、同志们：\n",
    end: "",
};

fn blank(template: &str) -> String {
    let Blank { head, opening, end, .. } = BLANKS.iter().find(|blank| blank.template == template).unwrap_or(&REPORT);
    let body = match template {
        "english-report" => {
            "  - \"This is a paragraph. {{ proposals.received }} proposals were received, {{ proposals.filed }} were filed.\"\n\n  - heading: Review\n    body:\n      - heading: First Part\n        body:\n          - Text follows here.\n"
        }
        "regulation" => {
            "  - heading: 总则\n    body:\n      - point: 为了规范某项工作，结合本区实际，制定本办法。\n      - point: 有下列情形之一的，适用本办法：\n      - list: {ordered: true, items: [第一种情形；, 第二种情形。]}\n      - 这一段是第二条的第二款。全年收到提案{{ proposals.received }}件，立案{{ proposals.filed }}件。\n\n  - heading: 附则\n    body:\n      - point: 本办法自2024年2月1日起施行。\n"
        }
        _ => {
            "  - 这是一段正文。全年收到提案{{ proposals.received }}件，经审查立案{{ proposals.filed }}件。\n\n  - heading: 工作回顾\n    body:\n      - heading: 第一方面\n        body:\n          - point: 首句。\n            text: 接着的文字。\n          - point: 首句。\n            text: 接着的文字。\n"
        }
    };
    format!(
        "# 文字在这里改，数字在 figures.yaml 里改。标题、要点的序号由程序编排，不要写。\ntemplate: {template}\n{head}data: figures.yaml\n\nbody:\n{opening}{body}{end}"
    )
}

/// The text of an existing file, what of it a report does not have, and what is to be said of its encoding.
type ReadManuscript = (Manuscript, Vec<Remark>, Option<Diagnostic>);

fn manuscript(world: &dyn World, path: &Path) -> Result<ReadManuscript, Box<Diagnostic>> {
    let name = path.display().to_string();
    let bytes = world.read(path).map_err(|cause| {
        let Message { zh, en } = Message::of_io(&cause);
        Box::new(Diagnostic::error(
            Code::WORD_UNREADABLE,
            None,
            say!("{name} 读不出来：{zh}", "{name} cannot be read: {en}"),
            say!("检查路径", "check the path"),
        ))
    })?;
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if matches!(ending.as_str(), "txt" | "md" | "markdown") {
        let Some(text) = source::decode_text(&bytes) else {
            return Err(Box::new(Diagnostic::error(
                Code::NOT_UTF8,
                None,
                say!("{name} 不是文字，或者编码不明", "{name} is no text, or in no known encoding"),
                say!("用记事本打开，另存为 UTF-8", "save it as UTF-8"),
            )));
        };
        let form = if ending == "txt" { source::TextForm::Plain } else { source::TextForm::Markdown };
        let (mut manuscript, remarks) = source::read_text(&text.text, form);
        take_pictures(world, path, &mut manuscript);
        return Ok((manuscript, remarks, text.guessed.then(|| guessed(&name))));
    }
    let mut file = WordDocument::open(&bytes).map_err(|e| Box::new(e.diagnostic(&name)))?;
    let manuscript = file.draft().map_err(|e| Box::new(e.diagnostic(&name)))?;
    Ok((manuscript, Vec::new(), None))
}

/// Takes in the pictures that a text names, those beside it, each under a name of its own.
fn take_pictures(world: &dyn World, path: &Path, manuscript: &mut Manuscript) {
    let folder = path.parent().unwrap_or(Path::new(""));
    // The names that they have beside the report, with those that the text has.
    let mut given: BTreeMap<String, String> = BTreeMap::new();
    for picture in manuscript.items.iter_mut().flat_map(|item| &mut item.pictures) {
        let named = picture.name.clone();
        if named.contains("://") || Path::new(&named).is_absolute() {
            continue;
        }
        picture.data = world.read(&folder.join(&named)).unwrap_or_default();
        let mut own = named.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        while given.get(&own).is_some_and(|other| *other != named) {
            own.insert(0, '_');
        }
        picture.name.clone_from(&own);
        given.insert(own, named);
    }
}

/// That a text was read as GB18030.
fn guessed(name: &str) -> Diagnostic {
    Diagnostic::advice(
        Code::ENCODING_GUESSED,
        None,
        say!("{name} 不是 UTF-8，按 GB18030 读", "{name} is not UTF-8; it is read as GB18030"),
        say!("汉字对的话不用管；不对的另存为 UTF-8", "leave it if the characters are right, else save it as UTF-8"),
    )
}
