//! The arguments of `dinggao pull`. Each text is Chinese first and English in its second paragraph.

use crate::pipeline::{Foreign, PullRequest};
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct PullArgs {
    /// 报告源文件，默认 data/report.yaml
    ///
    /// The report's source, default data/report.yaml
    #[arg(value_name = "REPORT", default_value = "data/report.yaml", hide_default_value = true)]
    report: PathBuf,
    /// 只拉取这一项，可写多次
    ///
    /// Pull only this entry; may be repeated
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// 只列出会运行什么，不运行
    ///
    /// Tell what would be run, and run nothing
    #[arg(long)]
    list: bool,
    /// 覆盖不是拉取来的、或者拉取以后被修改过的文件
    ///
    /// Replace files that were not pulled, or were changed since
    #[arg(long)]
    overwrite: bool,
}

impl PullArgs {
    pub(super) fn request(&self) -> PullRequest {
        let foreign = if self.overwrite { Foreign::Replace } else { Foreign::Refuse };
        PullRequest { report: self.report.clone(), only: self.only.clone(), list: self.list, foreign }
    }
}
