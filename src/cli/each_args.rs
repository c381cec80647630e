//! The arguments of `dinggao build --each`. Each text is Chinese first and English in its second paragraph.

use crate::pipeline::EachRequest;
use clap::Args;

#[derive(Debug, Args)]
pub(super) struct EachArgs {
    /// 数据里这个列表的每一行各生成一份报告；报告里用 each 引用这一行
    ///
    /// Make a report for every row of this list of the data; the report calls the row `each`
    #[arg(long, value_name = "LIST", requires = "name")]
    each: Option<String>,
    /// 每份报告的文件名：表达式，或者带 {{ }} 的文字，如 '{{ each.街道 }}工作报告'
    ///
    /// The file name of each report: an expression, or a text with {{ }}, such as '{{ each.town }} report'
    #[arg(long, value_name = "NAME", requires = "each")]
    name: Option<String>,
    /// 同时生成几份，默认与处理器数目相同
    ///
    /// How many reports are made at the same time, default: the number of processors
    #[arg(long, value_name = "N", requires = "each", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// 只生成其中一部分：I/N 是 N 部分里的第 I 部分，用于几台机器分工
    ///
    /// Make only a part of them: I/N is part I of N, for several machines
    #[arg(long, value_name = "I/N", requires = "each", value_parser = shard)]
    shard: Option<(usize, usize)>,
}

impl EachArgs {
    /// Of which rows reports are made; None: the report is one.
    pub(super) fn request(&self) -> Option<EachRequest> {
        let (list, name) = (self.each.clone()?, self.name.clone()?);
        Some(EachRequest { list, name, jobs: self.jobs.map(usize::from), shard: self.shard })
    }
}

fn shard(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once('/').and_then(|(part, parts)| Some((part.parse().ok()?, parts.parse().ok()?)));
    parts.filter(|(part, parts)| (1..=*parts).contains(part)).ok_or_else(|| "I/N".to_owned())
}
