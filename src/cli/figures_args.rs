//! The arguments of `dinggao figures`. Each text is Chinese first and English in its second paragraph.

use super::report_args::ReportArgs;
use crate::pipeline::{FiguresRequest, Formats, Request, WordFile};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct FiguresArgs {
    #[command(flatten)]
    report: ReportArgs,
    /// 第一个文件是 PDF 时，与它核对的报告源文件；默认 data/ 里或者 PDF 旁同名的 .yaml
    ///
    /// Where the first file is a PDF: the source to hold it against; default: the .yaml of its name in data/ or beside it
    #[arg(value_name = "SOURCE")]
    source: Option<PathBuf>,
    /// 输出形式：human 供人阅读（默认），json、csv 供程序读取，pdf 为数据核对表
    ///
    /// Form of the output: human (default), json, csv, or pdf: a sheet to tick off
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_default_value = true)]
    #[arg(hide_possible_values = true)]
    pub(super) format: FiguresFormat,
    /// 与旧稿比较：以前生成的 Word、PDF 文件，或者以前 --format json 的输出
    ///
    /// Compare with an older state: a Word file or PDF made then, or what --format json printed then
    #[arg(long, value_name = "OLD")]
    since: Option<PathBuf>,
    /// 另列出正文里手工写的每一处数字
    ///
    /// Also list every place of digits that were typed by hand
    #[arg(long)]
    pub(super) coverage: bool,
    // Asked for by those who know them from `build`: refused with what to do.
    /// 这里不能用：一次只列一份报告的数
    ///
    /// Not for here: the figures of one report are listed at a time
    #[arg(long, hide = true, num_args = 0..=1, default_missing_value = "", value_name = "LIST")]
    pub(super) each: Option<String>,
    /// 这里不能用，见 --each
    ///
    /// Not for here, see --each
    #[arg(long, hide = true, value_name = "NAME")]
    name: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FiguresFormat {
    Human,
    Json,
    Csv,
    Pdf,
}

impl FiguresArgs {
    /// Whose figures are asked for. None: the first file is a PDF, and no source of its name was found.
    pub(super) fn request(&self) -> Option<FiguresRequest> {
        let formats = Formats { pdf: false, docx: false, png: None };
        let request = self.report.request(formats, WordFile::default());
        let (since, coverage) = (self.since.clone(), self.coverage);
        if !self.report.report.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf")) {
            return Some(FiguresRequest { request, since, printed: None, coverage });
        }
        let printed = request.report.clone();
        let named = Path::new(printed.file_stem()?).with_extension("yaml");
        let near = [Path::new("data").join(&named), printed.with_file_name(&named), named];
        let report = self.source.clone().or_else(|| near.into_iter().find(|path| path.is_file()))?;
        Some(FiguresRequest { request: Request { report, ..request }, since, printed: Some(printed), coverage })
    }
}
