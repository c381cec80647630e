//! The arguments that every command over a report takes. Each text is Chinese first and English in its second paragraph.

use crate::diagnostic::Vocabulary;
use crate::pipeline::{Formats, Request, WordFile};
use crate::template::Compose;
use clap::Args;
use clap::builder::{OsStringValueParser, PossibleValuesParser, TypedValueParser};
use std::path::PathBuf;

/// What a report is read and composed with.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// 报告源文件，默认 data/report.yaml
    ///
    /// The report's source, default data/report.yaml
    #[arg(value_name = "REPORT", default_value = "data/report.yaml", hide_default_value = true)]
    pub(super) report: PathBuf,
    /// 改用此模板：模板名，或模板文件的路径
    ///
    /// Use this template: a name, or the path of a file
    #[arg(long, value_name = "NAME|FILE")]
    template: Option<String>,
    /// 字体文件夹，其中的字体优先使用
    ///
    /// A folder of fonts, which go before all others
    #[arg(long, value_name = "DIR")]
    fonts: Option<PathBuf>,
    /// 排版方式：fine 全段最优，word 与 Word 相同，libreoffice 与 LibreOffice 相同；默认依模板
    ///
    /// How lines are composed: fine (optimal), word or libreoffice (as those do); default: as the template says
    #[arg(long, value_name = "POLICY", value_parser = words::<Compose>(), hide_possible_values = true)]
    compose: Option<Compose>,
    /// 临时改一个数据，如 --set proposals.filed=120，可写多次
    ///
    /// Change a value for this run, as in --set proposals.filed=120; may be repeated
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_value)]
    set: Vec<(String, String)>,
}

impl ReportArgs {
    /// What to make of it.
    pub(super) fn request(&self, formats: Formats, word: WordFile) -> Request {
        Request {
            template: self.template.clone(),
            fonts: self.fonts.clone(),
            compose: self.compose,
            set: self.set.clone(),
            formats,
            word,
            ..Request::new(&self.report)
        }
    }
}

/// The parser of a vocabulary.
pub(super) fn words<T: Vocabulary>() -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(T::WORDS).try_map(|word| T::from_word(&word).ok_or("no such word"))
}

/// A folder or a file to write. `-` means standard output elsewhere, and a pair of files cannot go there.
pub(super) fn place() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new()
        .try_map(|text| if text.is_empty() || text == "-" { Err("DIR, FILE") } else { Ok(PathBuf::from(text)) })
}

fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().to_owned(), value.trim().to_owned())),
        _ => Err("KEY=VALUE".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::key_value;

    #[test]
    fn blanks_around_a_name_and_its_value_are_none_of_theirs() {
        assert_eq!(key_value("k = 9"), Ok(("k".to_owned(), "9".to_owned())));
        assert_eq!(key_value("k=a = b"), Ok(("k".to_owned(), "a = b".to_owned())));
        assert!(key_value(" = 9").is_err() && key_value("k").is_err());
    }
}
