//! The command tree as clap shows it: Chinese as declared, or with these English texts in its place.

use super::args::Cli;
use crate::diagnostic::Language;
use clap::{Command, CommandFactory as _};

/// Help texts by argument (its id in [`super::args`]).
const ARGUMENTS: [(&str, &str); 18] = [
    ("lang", "Language of messages: zh (default) or en"),
    ("help", "Print help"),
    ("version", "Print version"),
    ("report", "The report's source, default data/report.yaml"),
    ("template", "Use this template: a name, or the path of a file"),
    ("fonts", "A folder of fonts, which go before all others"),
    (
        "compose",
        "How lines are composed: fine (optimal), word or libreoffice (as those do); default: as the template says",
    ),
    ("set", "Change a value for this run, as in --set proposals.filed=120; may be repeated"),
    ("out", "Folder for the outputs, default out"),
    ("only", "Make only some, separated by commas: pdf, docx, png; default pdf,docx"),
    ("dpi", "Resolution of png pictures, 18 to 600 dots an inch, default 144"),
    (
        "docx_profile",
        "Character grid of the Word file: portable (default) is 28 a line in Word, WPS and LibreOffice; word shows 28 x 22 in Word's page setup",
    ),
    ("mark_values", "Shade values from data in the Word file"),
    ("embed_fonts", "Embed the faces of the pages in the Word file, where their licence allows it"),
    ("layout", "Also write the place of every line of text into this JSON file"),
    (
        "report_drift",
        "Also tell on which pages the policies word and libreoffice part from fine, with each page's first line",
    ),
    ("depfile", "Also write the files that were read into this file, for make"),
    ("format", "Form of the output: human (default) or json"),
];

/// Help texts by command.
const COMMANDS: [(&str, &str); 4] = [
    ("build", "Make the PDF and the Word file"),
    ("check", "List every error and remark, write nothing"),
    ("watch", "Build again whenever a file that the report uses changes"),
    ("schema", "Print the JSON Schema of a report, for editors"),
];

const ABOUT: &str = "One YAML source to the print-ready PDF and the Word file of a formal Chinese report";

/// The words of the help that are not the arguments' own.
struct Words {
    usage: &'static str,
    commands: &'static str,
    command: &'static str,
    arguments: &'static str,
    options: &'static str,
}

const CHINESE: Words =
    Words { usage: "用法：", commands: "命令", command: "<命令>", arguments: "参数", options: "选项" };
const ENGLISH: Words =
    Words { usage: "Usage: ", commands: "Commands", command: "<COMMAND>", arguments: "Arguments", options: "Options" };

/// The command tree in a language.
pub(super) fn localized(language: Language) -> Command {
    match language {
        Language::Chinese => worded(Cli::command(), "", &CHINESE),
        Language::English => worded(translated(Cli::command()).about(ABOUT), "", &ENGLISH),
    }
}

/// Puts the words in; `above`: the names of the commands above, each with a space behind it.
fn worded(command: Command, above: &str, words: &Words) -> Command {
    let name = format!("{above}{}", command.get_name());
    let mut usage = name.clone();
    if command.has_subcommands() {
        usage = format!("{usage} {}", words.command);
    }
    usage = format!("{usage} [{}]", words.options);
    for argument in command.get_positionals() {
        usage = format!("{usage} [{}]", argument.get_id().as_str().to_uppercase());
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

fn translated(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let about = COMMANDS.iter().find(|(n, _)| *n == name).map(|(_, text)| *text);
    let command = match about {
        Some(text) => command.about(text),
        None => command,
    };
    command
        .mut_args(|arg| match ARGUMENTS.iter().find(|(id, _)| *id == arg.get_id().as_str()) {
            Some((_, text)) => arg.help(*text),
            None => arg,
        })
        .mut_subcommands(translated)
}

#[cfg(test)]
mod tests {
    use super::{ARGUMENTS, COMMANDS, localized};
    use crate::diagnostic::Language;
    use clap::Command;

    fn each(command: &Command, visit: &mut impl FnMut(&Command)) {
        visit(command);
        for sub in command.get_subcommands() {
            each(sub, visit);
        }
    }

    #[test]
    fn every_command_and_argument_has_its_english() {
        each(&localized(Language::English), &mut |command| {
            let about = command.get_about().expect("about").to_string();
            assert!(about.is_ascii(), "{}: {about}", command.get_name());
            for arg in command.get_arguments() {
                let help = arg.get_help().expect("help").to_string();
                assert!(help.is_ascii(), "{} {}: {help}", command.get_name(), arg.get_id());
            }
        });
    }

    #[test]
    fn no_english_is_left_over() {
        let mut seen = Vec::new();
        each(&localized(Language::Chinese), &mut |command| {
            seen.push(command.get_name().to_owned());
            seen.extend(command.get_arguments().map(|a| a.get_id().to_string()));
        });
        for (name, _) in ARGUMENTS.iter().chain(&COMMANDS) {
            assert!(seen.iter().any(|s| s == name), "{name}");
        }
    }

    #[test]
    fn clap_finds_the_tree_sound() {
        localized(Language::Chinese).debug_assert();
        localized(Language::English).debug_assert();
    }
}
