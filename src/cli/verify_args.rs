//! The arguments of `dinggao verify`. Each text is Chinese first and English in its second paragraph.

use super::report_args::words;
use crate::pdf::VerifyRules;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// 要检查的 PDF
    ///
    /// The PDF to check
    #[arg(value_name = "FILE.pdf")]
    pub(super) file: PathBuf,
    /// 按哪一套检查：x4 为 PDF/X-4 的条款，structure 为结构的规则；默认按文件自己的声明
    ///
    /// What to hold it against: x4 (the clauses of PDF/X-4) or structure; default: what the file claims to be
    #[arg(long, value_name = "SET", value_parser = words::<VerifyRules>(), hide_possible_values = true)]
    pub(super) rules: Option<VerifyRules>,
    /// 输出形式：human 供人阅读（默认），json 供程序读取
    ///
    /// Form of the output: human (default) or json
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_default_value = true)]
    #[arg(hide_possible_values = true)]
    pub(super) format: VerifyFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum VerifyFormat {
    Human,
    Json,
}
