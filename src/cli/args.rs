//! The arguments. Each text is Chinese first and English in its second paragraph; [`super::help`] shows one of them.

use super::each_args::EachArgs;
use super::figures_args::FiguresArgs;
use super::press::PressArgs;
use super::pull_args::PullArgs;
use super::report_args::{ReportArgs, place, words};
use super::verify_args::VerifyArgs;
use crate::diagnostic::{Language, Message, Vocabulary, say};
use crate::docx::{Profile, Protection};
use crate::pipeline::{
    Carried, Destination, Foreign, Formats, MergeRequest, NewRequest, RedlineMarks, RedlineRequest, Request, WordFile,
};
use crate::template::BUILT_IN;
use clap::builder::PossibleValuesParser;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// 定稿：由一份 YAML 源文件生成公文报告的印刷用 PDF 和 Word 文件
///
/// One YAML source to the print-ready PDF and the Word file of a formal Chinese report
#[derive(Debug, Parser)]
#[command(name = "dinggao", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true, max_term_width = 100)]
pub(super) struct Cli {
    /// 提示信息的语言：zh 中文（默认），en 英文
    ///
    /// Language of messages: zh (default) or en
    #[arg(long, global = true, value_name = "LANG", default_value = "zh", hide_default_value = true)]
    #[arg(value_parser = words::<Language>(), hide_possible_values = true, display_order = 998)]
    lang: Language,
    /// 显示帮助
    ///
    /// Print help
    #[arg(short, long, global = true, action = ArgAction::Help, display_order = 999)]
    help: Option<bool>,
    /// 显示版本
    ///
    /// Print version
    #[arg(short = 'V', long, action = ArgAction::Version, display_order = 999)]
    version: Option<bool>,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 生成 PDF 和 Word 文件
    ///
    /// Make the PDF and the Word file
    Build(BuildOnceArgs),
    /// 检查报告，列出全部错误和建议，不写文件
    ///
    /// List every error and remark, write nothing
    Check(CheckArgs),
    /// 列出每个数据：数值、在哪里定义、印在哪几页哪几行
    ///
    /// List every figure: its value, where it is defined, and on which pages and lines it is printed
    Figures(FiguresArgs),
    /// 把改过的 Word 文件里的修改带回 YAML：逐处列出，--apply 写入
    ///
    /// Bring the changes of revised Word files into the YAML: list them, or write them with --apply
    Merge(MergeArgs),
    /// 与旧稿对照：带修订的 Word 文件，和有改动标记的 PDF
    ///
    /// Compare with an earlier version: a Word file with tracked changes, and a PDF with change bars
    Redline(RedlineArgs),
    /// 运行报告里 pull 写明的命令、读写明的地址，把数据存在报告旁边；只有这条命令会这样做
    ///
    /// Run the commands and read the addresses under `pull` of the report, and keep the data beside it; no other command does
    Pull(PullArgs),
    /// 新建一份报告；--from 由已有的 Word、文本或 Markdown 文件转来
    ///
    /// Make a new report; --from turns an existing Word, text or Markdown file into one
    New(NewArgs),
    /// 监视报告用到的文件，一有改动就重新生成
    ///
    /// Build again whenever a file that the report uses changes
    Watch(WatchArgs),
    /// 检查 PDF：PDF/X-4 的条款，和供朗读的结构的规则
    ///
    /// Check a PDF: the clauses of PDF/X-4, and the rules of a structure that is read aloud
    Verify(VerifyArgs),
    /// 输出报告格式的 JSON Schema，供编辑器提示和校验
    ///
    /// Print the JSON Schema of a report, for editors
    Schema,
    /// 列出内置的模板；写上名称则输出这个模板
    ///
    /// List the built-in templates; with a name, print that template
    Template(TemplateArgs),
}

#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    report: ReportArgs,
    /// 输出文件夹，默认 out
    ///
    /// Folder for the outputs, default out
    #[arg(long, value_name = "DIR", default_value = "out", hide_default_value = true, value_parser = place())]
    out: PathBuf,
    /// 只生成其中几种，以逗号分开：pdf、docx、png；默认 pdf,docx
    ///
    /// Make only some, separated by commas: pdf, docx, png; default pdf,docx
    #[arg(long, value_name = "KIND", value_delimiter = ',', hide_possible_values = true)]
    only: Vec<ArgumentKind>,
    /// png 图片的分辨率，每英寸 18 至 600 点，默认 144
    ///
    /// Resolution of png pictures, 18 to 600 dots an inch, default 144
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(18..=600))]
    dpi: Option<u32>,
    #[command(flatten)]
    press: PressArgs,
    /// Word 文件的字格：portable（默认）Word、WPS、LibreOffice 都是每行 28 字，word 在 Word 的页面设置里显示 28×22
    ///
    /// Character grid of the Word file: portable (default) is 28 a line in Word, WPS and LibreOffice; word shows 28 x 22 in Word's page setup
    #[arg(long, value_name = "PROFILE", default_value = "portable", hide_default_value = true)]
    #[arg(value_parser = words::<Profile>(), hide_possible_values = true)]
    docx_profile: Profile,
    /// 在 Word 文件里给来自数据的值加底纹
    ///
    /// Shade values from data in the Word file
    #[arg(long)]
    mark_values: bool,
    /// 把排版用的字体嵌入 Word 文件（授权允许的）：只嵌文中用到的字，=common 另加常用汉字 3755 个，供修改时打字
    ///
    /// Embed the faces of the pages in the Word file, where their licence allows it: the characters of the text; =common adds the 3,755 common ones, for editors
    #[arg(long, value_name = "CHARACTERS", num_args = 0..=1, require_equals = true, default_missing_value = "used")]
    #[arg(value_parser = words::<Carried>(), hide_possible_values = true)]
    embed_fonts: Option<Carried>,
    /// 另把每一行文字的位置写进此 JSON 文件
    ///
    /// Also write the place of every line of text into this JSON file
    #[arg(long, value_name = "FILE", value_parser = place())]
    layout: Option<PathBuf>,
    /// 另把所读的文件写进此文件，供 make 使用
    ///
    /// Also write the files that were read into this file, for make
    #[arg(long, value_name = "FILE", value_parser = place())]
    depfile: Option<PathBuf>,
    /// 覆盖输出位置上不是本程序写的文件，或者生成以后被修改过的 Word 文件
    ///
    /// Replace files in the outputs' places that this program did not write, and a Word file that was changed since
    #[arg(long)]
    overwrite: bool,
}

#[derive(Debug, Args)]
pub(super) struct BuildOnceArgs {
    #[command(flatten)]
    build: BuildArgs,
    /// 另列出 word、libreoffice 两种排版方式与 fine 不同的页，以及各页第一处不同的行
    ///
    /// Also tell on which pages the policies word and libreoffice part from fine, with each page's first line
    #[arg(long)]
    report_drift: bool,
    /// 另报字数、页数、表、图和宣读的时间；--statistics=json 供程序读取
    ///
    /// Also tell characters, pages, tables, figures and the time to read them out; --statistics=json for programs
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "human")]
    #[arg(hide_possible_values = true)]
    pub(super) statistics: Option<Format>,
    /// 送改：Word 文件打开修订，送出的文字另存在报告旁的 handouts/ 里，以这个名称
    ///
    /// Hand out: changes in the Word file are tracked, and its text is kept by this name in handouts/ beside the report
    #[arg(long, value_name = "NAME", value_parser = handout_name)]
    handout: Option<String>,
    /// 送改的文件只准 comments 批注，或只准 tracked 带修订地改；不设密码
    ///
    /// What a hand-out allows: comments alone, or tracked changes; without a password
    #[arg(long, value_name = "WHAT", requires = "handout", value_parser = words::<Protection>(), hide_possible_values = true)]
    protect: Option<Protection>,
    /// Word 文件里带上收回过的批注：merged
    ///
    /// Carry the comments that merges brought home: merged
    #[arg(long, value_name = "WHICH", hide_possible_values = true)]
    comments: Option<WhichComments>,
    #[command(flatten)]
    pub(super) each: EachArgs,
}

#[derive(Debug, Args)]
pub(super) struct WatchArgs {
    #[command(flatten)]
    pub(super) build: BuildArgs,
    /// 输出形式：human 供人阅读（默认），json 一行一件事，供编辑器和程序读取
    ///
    /// Form of the output: human (default), or json: an event a line, for editors and scripts
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_default_value = true)]
    #[arg(hide_possible_values = true)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    report: ReportArgs,
    /// 输出形式：human 供人阅读（默认），json 供程序读取
    ///
    /// Form of the output: human (default) or json
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_default_value = true)]
    #[arg(hide_possible_values = true)]
    pub(super) format: Format,
    /// 有建议也以退出码 1 结束
    ///
    /// End with exit code 1 when there is advice, too
    #[arg(long)]
    pub(super) strict: bool,
    #[command(flatten)]
    pub(super) each: EachArgs,
}

#[derive(Debug, Args)]
pub(super) struct MergeArgs {
    /// 改过的 Word 文件，可以几个；最后可写报告源文件，默认 data/report.yaml
    ///
    /// Word files that came back; the report's source may be among them, default data/report.yaml
    #[arg(value_name = "REVISED.docx", required = true)]
    revised: Vec<PathBuf>,
    /// 写入：没有疑问的修改写进源文件，记在 handouts/merged.jsonl
    ///
    /// Write what is clean into the source, and note it in handouts/merged.jsonl
    #[arg(long)]
    apply: bool,
    /// 连同数据：改过的数写回定义它的数据文件
    ///
    /// Write changed figures too, where the data defines them
    #[arg(long)]
    values: bool,
    /// 只要这几处，以逗号分开的编号
    ///
    /// Only these changes, by their names, separated by commas
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    only: Vec<String>,
    /// 只要这个人的修改
    ///
    /// Only the changes of this person
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// 输出形式：human 供人阅读（默认），json 供程序读取，html 为可传阅的网页
    ///
    /// Form of the output: human (default), json, or html: a page to pass around
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_default_value = true)]
    #[arg(hide_possible_values = true)]
    pub(super) format: ReviewFormat,
}

#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// 新报告的文件夹
    ///
    /// The new report's folder
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// 模板名，默认 work-report
    ///
    /// Name of the template, default work-report
    #[arg(long, value_name = "NAME")]
    template: Option<String>,
    /// 由这个文件转来：.docx、.txt 或 .md
    ///
    /// Start from this file: .docx, .txt or .md
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// 像统计数字的数写进 figures.yaml，正文改为引用
    ///
    /// Put numbers that look like statistics into figures.yaml, and refer to them
    #[arg(long)]
    bind: bool,
}

#[derive(Debug, Args)]
pub(super) struct RedlineArgs {
    /// 旧稿：Word 文件，或者报告源文件（.yaml）
    ///
    /// The earlier version: a Word file, or a report's source (.yaml)
    #[arg(value_name = "OLD")]
    old: PathBuf,
    #[command(flatten)]
    report: ReportArgs,
    /// 输出文件夹，默认 out
    ///
    /// Folder for the outputs, default out
    #[arg(long, value_name = "DIR", default_value = "out", hide_default_value = true, value_parser = place())]
    out: PathBuf,
    /// 修订记在谁名下，默认报告的作者
    ///
    /// Whose changes they are, default the report's author
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// 修订的日期，如 2024-01-08，默认报告的日期
    ///
    /// The date of the changes, as in 2024-01-08; default the report's date
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// PDF 怎样标出改动：bars（默认）只在旁边画竖线；inline 另外把删去的字划去、新的字加下划线
    ///
    /// How the PDF shows changes: bars (default) beside the lines alone; inline also strikes out what is gone and underlines what is new
    #[arg(long, value_name = "FORM", default_value = "bars", hide_default_value = true)]
    #[arg(hide_possible_values = true)]
    marks: MarksForm,
    /// 覆盖输出位置上不是本程序写的文件，或者生成以后被修改过的 Word 文件
    ///
    /// Replace files in the outputs' places that this program did not write, and a Word file that was changed since
    #[arg(long)]
    overwrite: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MarksForm {
    Bars,
    Inline,
}

impl RedlineArgs {
    /// What to compare, and where the outputs go.
    pub(super) fn request(&self) -> (RedlineRequest, Destination) {
        let formats = Formats { pdf: true, docx: true, png: None };
        let foreign = if self.overwrite { Foreign::Replace } else { Foreign::Refuse };
        let request = RedlineRequest {
            old: self.old.clone(),
            new: self.report.request(formats, WordFile::default()),
            author: self.author.clone(),
            marks: match self.marks {
                MarksForm::Bars => RedlineMarks::Bars,
                MarksForm::Inline => RedlineMarks::Inline,
            },
            date: self.date.as_deref().and_then(date),
        };
        (request, Destination { foreign, ..Destination::folder(&self.out) })
    }

    /// False for a date that Word does not know.
    pub(super) fn date_is_sound(&self) -> bool {
        self.date.as_deref().is_none_or(|text| date(text).is_some())
    }
}

/// A day, or a day with its time, as Word writes it.
fn date(text: &str) -> Option<String> {
    let whole = if text.contains('T') { text.to_owned() } else { format!("{text}T00:00:00Z") };
    OffsetDateTime::parse(&whole, &Rfc3339).ok().map(|_| whole)
}

impl NewArgs {
    /// What to make.
    pub(super) fn request(&self) -> NewRequest {
        NewRequest {
            folder: self.dir.clone(),
            template: self.template.clone(),
            from: self.from.clone(),
            bind: self.bind,
        }
    }
}

impl MergeArgs {
    /// What to merge. The report is the file that is YAML, by its name, or standard input.
    pub(super) fn request(&self) -> MergeRequest {
        let is_report =
            |path: &&PathBuf| path.as_os_str() == "-" || path.extension().is_some_and(|e| e == "yaml" || e == "yml");
        let report = self.revised.iter().find(is_report).cloned();
        MergeRequest {
            revised: self.revised.iter().filter(|path| !is_report(path)).cloned().collect(),
            report: report.unwrap_or_else(|| PathBuf::from("data/report.yaml")),
            apply: self.apply,
            values: self.values,
            only: self.only.clone(),
            author: self.author.clone(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReviewFormat {
    Human,
    Json,
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Human,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum WhichComments {
    Merged,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ArgumentKind {
    Pdf,
    Docx,
    Png,
}

#[derive(Debug, Args)]
pub(super) struct TemplateArgs {
    /// 内置模板的名称
    ///
    /// Name of a built-in template
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(BUILT_IN.map(|built_in| built_in.name)))]
    #[arg(hide_possible_values = true)]
    pub(super) name: Option<String>,
}

/// Dots an inch where `--dpi` is not given.
const DPI: u32 = 144;

impl BuildArgs {
    /// What to make, and where to put it.
    pub(super) fn request(&self) -> (Request, Destination) {
        let wants = |kind| self.only.contains(&kind) || (self.only.is_empty() && kind != ArgumentKind::Png);
        let formats = Formats {
            pdf: wants(ArgumentKind::Pdf),
            docx: wants(ArgumentKind::Docx),
            png: wants(ArgumentKind::Png).then_some(self.dpi.unwrap_or(DPI)),
        };
        let destination = Destination {
            layout: self.layout.clone(),
            depfile: self.depfile.clone(),
            foreign: if self.overwrite { Foreign::Replace } else { Foreign::Refuse },
            ..Destination::folder(&self.out)
        };
        let word = WordFile {
            profile: self.docx_profile,
            mark_values: self.mark_values,
            embed_fonts: self.embed_fonts,
            ..WordFile::default()
        };
        let request = Request { pdf: self.press.pdf(), ..self.report.request(formats, word) };
        (request, destination)
    }

    /// What is wrong with the options together.
    pub(super) fn fault(&self) -> Option<Message> {
        let idle = self.dpi.is_some() && !self.only.contains(&ArgumentKind::Png);
        // `--dpi` says nothing about a PDF.
        let dpi = || say!("--dpi 只用于图片，请同时写 --only png", "--dpi is for pictures: give --only png as well");
        idle.then(dpi).or_else(|| self.press.fault())
    }
}

impl BuildOnceArgs {
    /// What to make, and where to put it.
    pub(super) fn request(&self) -> (Request, Destination) {
        let (mut request, destination) = self.build.request();
        request.word.protection = self.protect;
        request.word.merged_comments = self.comments == Some(WhichComments::Merged);
        (Request { drift: self.report_drift, handout: self.handout.clone(), ..request }, destination)
    }

    /// True where one file would hold something of every report.
    pub(super) fn wants_one_file(&self) -> bool {
        self.statistics.is_some()
            || self.report_drift
            || self.comments.is_some()
            || self.build.layout.is_some()
            || self.build.depfile.is_some()
    }

    /// What is wrong with the options together.
    pub(super) fn fault(&self) -> Option<Message> {
        self.build.fault()
    }
}

impl CheckArgs {
    /// What to check: all that `build` makes.
    pub(super) fn request(&self) -> Request {
        self.report.request(Formats { pdf: true, docx: true, png: None }, WordFile::default())
    }
}

/// The language that the arguments ask for, found before they are parsed, since errors in them are told in it.
pub(super) fn language(arguments: &[OsString]) -> Language {
    let mut words = arguments.iter().skip(1).filter_map(|a| a.to_str());
    while let Some(word) = words.next() {
        let value = if word == "--lang" { words.next() } else { word.strip_prefix("--lang=") };
        if let Some(value) = value {
            return Language::from_word(value).unwrap_or_default();
        }
    }
    Language::default()
}

/// A name that a file can have.
fn handout_name(text: &str) -> Result<String, String> {
    let name = text.trim();
    let sound = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0']);
    if sound { Ok(name.to_owned()) } else { Err("NAME".to_owned()) }
}
