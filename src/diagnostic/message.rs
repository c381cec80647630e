//! Messages, in both languages.

use std::io::{self, ErrorKind};

use super::{Code, Span, words};

words! {
    /// The language of messages.
    #[derive(Default)]
    pub enum Language {
        /// 中文.
        #[default]
        Chinese = "zh",
        /// English.
        English = "en",
    }
}

/// One sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// 中文.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Message {
    /// Why a file could not be read or written. The words of the operating system are English, whatever the reader's language.
    #[must_use]
    pub fn of_io(error: &io::Error) -> Self {
        let zh = match error.kind() {
            ErrorKind::NotFound => "不存在",
            ErrorKind::PermissionDenied => "没有权限",
            ErrorKind::AlreadyExists => "已经有同名的文件或文件夹",
            ErrorKind::IsADirectory => "是文件夹",
            ErrorKind::NotADirectory => "路径中间的一段是文件，不是文件夹",
            ErrorKind::StorageFull => "磁盘已满",
            ErrorKind::QuotaExceeded => "超出了磁盘配额",
            ErrorKind::ReadOnlyFilesystem => "磁盘是只读的",
            ErrorKind::InvalidFilename => "文件名太长或不合规定",
            ErrorKind::FileTooLarge => "文件太大",
            ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "正被别的程序占用",
            ErrorKind::CrossesDevices => "跨越了两个磁盘",
            ErrorKind::InvalidData | ErrorKind::InvalidInput => "内容或名称不能用",
            ErrorKind::UnexpectedEof => "文件不完整",
            ErrorKind::TimedOut => "等待超时",
            ErrorKind::OutOfMemory => "内存不够",
            _ => "",
        };
        let zh = match (zh, error.raw_os_error()) {
            ("", Some(code)) => format!("系统错误 {code}"),
            ("", None) => "系统错误".to_owned(),
            _ => zh.to_owned(),
        };
        Self { zh, en: error.to_string() }
    }

    /// The sentence in a language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.zh,
            Language::English => &self.en,
        }
    }
}

/// Builds a [`Message`] from two format strings that capture the same variables: `say!("未知的键 {key}", "unknown key {key}")`.
macro_rules! say {
    ($zh:literal, $en:literal $(,)?) => {
        $crate::diagnostic::Message { zh: format!($zh), en: format!($en) }
    };
}
pub(crate) use say;

/// A count and what is counted, in English: 1 page, 2 pages.
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// A remark of `check`.
    Advice,
}

/// One thing that is wrong, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: Message,
    /// Where; None for what has no place in a file (a missing report, a printer's folder that cannot be written).
    pub span: Option<Span>,
    /// What to do.
    pub hint: Message,
    /// Other places that matter, each with a few words ("first given here").
    pub related: Vec<(Span, Message)>,
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(code: Code, span: impl Into<Option<Span>>, message: Message, hint: Message) -> Self {
        Self { code, severity: Severity::Error, message, span: span.into(), hint, related: Vec::new() }
    }

    /// A remark at a place.
    #[must_use]
    pub fn advice(code: Code, span: impl Into<Option<Span>>, message: Message, hint: Message) -> Self {
        Self { severity: Severity::Advice, ..Self::error(code, span, message, hint) }
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn with_related(mut self, span: Span, message: Message) -> Self {
        self.related.push((span, message));
        self
    }

    /// True when it stops the build.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
