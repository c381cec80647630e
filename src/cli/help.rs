//! The command tree as clap shows it. Each text in [`super::args`] has two paragraphs: Chinese, then English.

use super::args::Cli;
use crate::diagnostic::Language;
use clap::builder::StyledStr;
use clap::{ArgAction, Command, CommandFactory as _};

/// The words of the help that are not the arguments' own.
struct HelpWords {
    usage: &'static str,
    commands: &'static str,
    command: &'static str,
    arguments: &'static str,
    options: &'static str,
}

const CHINESE: HelpWords =
    HelpWords { usage: "用法：", commands: "命令", command: "<命令>", arguments: "参数", options: "选项" };
const ENGLISH: HelpWords = HelpWords {
    usage: "Usage: ",
    commands: "Commands",
    command: "<COMMAND>",
    arguments: "Arguments",
    options: "Options",
};

/// The command tree in a language.
pub(super) fn localized(language: Language) -> Command {
    let words = match language {
        Language::Chinese => &CHINESE,
        Language::English => &ENGLISH,
    };
    worded(in_language(Cli::command(), language), "", words)
}

/// Puts the words in; `above`: the names of the commands above, each with a space after it.
fn worded(command: Command, above: &str, words: &HelpWords) -> Command {
    let name = format!("{above}{}", command.get_name());
    let mut usage = name.clone();
    if command.has_subcommands() {
        usage = format!("{usage} {}", words.command);
    }
    usage = format!("{usage} [{}]", words.options);
    for argument in command.get_positionals() {
        let name = argument.get_value_names().and_then(<[_]>::first).map_or("FILE", |name| name.as_str());
        let (open, close) = if argument.is_required_set() { ('<', '>') } else { ('[', ']') };
        let more = if matches!(argument.get_action(), ArgAction::Append) { "..." } else { "" };
        usage = format!("{usage} {open}{name}{close}{more}");
    }
    command
        .help_template(format!("{{about-with-newline}}\n{}{{usage}}\n\n{{all-args}}", words.usage))
        .override_usage(usage)
        .subcommand_help_heading(words.commands)
        .mut_args(|arg| {
            let heading = if arg.is_positional() { words.arguments } else { words.options };
            arg.help_heading(heading)
        })
        .mut_subcommands(|sub| worded(sub, &format!("{name} "), words))
}

/// Keeps of each text the paragraph in a language.
fn in_language(command: Command, language: Language) -> Command {
    let about = command.get_long_about().map(|text| paragraph(text, language));
    let command = match about {
        Some(text) => command.about(text).long_about(None),
        None => command,
    };
    command
        .mut_args(|arg| match arg.get_long_help().map(|text| paragraph(text, language)) {
            Some(text) => arg.help(text).long_help(None),
            None => arg,
        })
        .mut_subcommands(|sub| in_language(sub, language))
}

fn paragraph(text: &StyledStr, language: Language) -> String {
    let text = text.to_string();
    let (chinese, english) = text.split_once("\n\n").unwrap_or((&text, &text));
    match language {
        Language::Chinese => chinese.to_owned(),
        Language::English => english.trim_end().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::localized;
    use crate::diagnostic::Language;
    use clap::Command;

    fn each(command: &Command, visit: &mut impl FnMut(&Command)) {
        visit(command);
        for sub in command.get_subcommands() {
            each(sub, visit);
        }
    }

    #[test]
    fn every_text_is_in_both_languages() {
        for (language, ascii) in [(Language::English, true), (Language::Chinese, false)] {
            each(&localized(language), &mut |command| {
                let about = command.get_about().expect("about").to_string();
                assert_eq!(about.is_ascii(), ascii, "{}: {about}", command.get_name());
                assert!(!about.contains('\n'), "{about}");
                for arg in command.get_arguments() {
                    let help = arg.get_help().expect("help").to_string();
                    assert_eq!(help.is_ascii(), ascii, "{} {}: {help}", command.get_name(), arg.get_id());
                    assert!(!help.contains('\n') && arg.get_long_help().is_none(), "{help}");
                }
            });
        }
    }

    #[test]
    fn clap_finds_the_tree_sound() {
        localized(Language::Chinese).debug_assert();
        localized(Language::English).debug_assert();
    }
}
