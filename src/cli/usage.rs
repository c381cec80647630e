//! Wrong usage, in the reader's language. clap speaks English only; its errors carry what it takes to say them again.

use super::Exit;
use super::terminal::{Terminal, print, remark};
use crate::diagnostic::{Language, Message};
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::io;

/// Prints what clap found: help and version are results, all else is wrong usage.
pub(super) fn report(error: &Error, terminal: Terminal) -> io::Result<Exit> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print(&error.render().to_string())?;
            return Ok(Exit::Done);
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => remark(&error.render().to_string()),
        _ if terminal.language == Language::English => remark(&error.render().to_string()),
        _ => remark(&chinese(error)),
    }
    Ok(Exit::Usage)
}

/// Refuses a combination of arguments that clap cannot know of.
pub(super) fn refuse(message: &Message, terminal: Terminal) -> Exit {
    let label = match terminal.language {
        Language::Chinese => "用法错误：",
        Language::English => "error: ",
    };
    remark(&format!("{label}{}", message.get(terminal.language)));
    Exit::Usage
}

fn chinese(error: &Error) -> String {
    let said = |kind| error.get(kind).map(value).unwrap_or_default();
    let (arg, given) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有参数“{arg}”"),
        ErrorKind::InvalidSubcommand => format!("没有命令“{}”", said(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {arg}"),
        ErrorKind::InvalidValue if given.is_empty() => format!("参数 {arg} 缺少值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("参数 {arg} 的值“{given}”不对"),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("参数 {arg} 的值的个数不对")
        }
        ErrorKind::NoEquals => format!("参数 {arg} 与值之间要写等号"),
        ErrorKind::ArgumentConflict => {
            let other = said(ContextKind::PriorArg);
            if other.is_empty() || other == arg {
                format!("参数 {arg} 不能写两次")
            } else {
                format!("参数 {arg} 不能与 {other} 同用")
            }
        }
        ErrorKind::InvalidUtf8 => "参数不是有效的 UTF-8 文字".to_owned(),
        // What clap may add later is better said in English than not at all.
        _ => return error.render().to_string(),
    };
    let mut lines = vec![format!("用法错误：{what}")];
    // What a value's own parser says: the bounds, or the form.
    if let Some(source) = std::error::Error::source(error) {
        lines.push(format!("  {source}"));
    }
    let valid = said(ContextKind::ValidValue);
    if !valid.is_empty() {
        lines.push(format!("  可用的值：{valid}"));
    }
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue] {
        let near = said(kind);
        if !near.is_empty() {
            lines.push(format!("  是不是 {near}？"));
        }
    }
    lines.push("  用 dinggao --help 查看用法".to_owned());
    lines.join("\n")
}

fn value(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join("、"),
        ContextValue::StyledStrs(all) => all.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
        ContextValue::None => String::new(),
        one => one.to_string(),
    }
}
