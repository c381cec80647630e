//! Diagnostics for people and as JSON.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::json;

use super::message::counted;
use super::{Diagnostic, Language, Message, Severity, Sources, Span};
use std::fmt::Write as _;

/// How wide a line of the output is at most, in columns of a terminal; Han characters take two. Of a longer source line
/// only the neighbourhood of the place is shown.
const WIDTH: usize = 100;

/// How many diagnostics people are shown; errors before advice.
const MOST: usize = 200;

/// How much of a message is shown, in characters: it may quote a value, and a value may be a book.
const LONGEST: usize = 400;

/// The diagnostics as people read them: place, source line, underline, what to do; a count at the end.
///
/// `color`: with ANSI colours. What the input has of control characters is shown as such: none of it commands the terminal.
#[must_use]
pub fn render_human(diagnostics: &[Diagnostic], sources: &Sources, language: Language, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(WIDTH).decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in shown(diagnostics) {
        let words = DiagnosticText::of(diagnostic, language);
        let group = group(diagnostic, &words, sources, language);
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    let more = diagnostics.len().saturating_sub(MOST);
    if more > 0 {
        let Ok(()) = (match language {
            Language::Chinese => writeln!(out, "还有 {more} 条没有列出；全部见 dinggao check --format json"),
            Language::English => writeln!(out, "{more} more are not shown; dinggao check --format json has all"),
        }) else {
            return out;
        };
    }
    if !diagnostics.is_empty() {
        out.push_str(&count_line(diagnostics, language));
        out.push('\n');
    }
    out
}

/// The first ones, errors before others, in their order.
fn shown(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut all: Vec<&Diagnostic> = diagnostics.iter().collect();
    if all.len() > MOST {
        let (errors, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) = all.into_iter().partition(|d| d.is_error());
        all = errors.into_iter().chain(others).take(MOST).collect();
        all.sort_by_key(|d| d.span.map(|s| (s.file, s.start)));
    }
    all
}

/// What a diagnostic says, fit for a terminal.
struct DiagnosticText {
    message: String,
    hint: String,
    related: Vec<String>,
}

impl DiagnosticText {
    fn of(diagnostic: &Diagnostic, language: Language) -> Self {
        let fit = |message: &Message| short(&visible(message.get(language)));
        Self {
            message: fit(&diagnostic.message),
            hint: fit(&diagnostic.hint),
            related: diagnostic.related.iter().map(|(_, words)| fit(words)).collect(),
        }
    }
}

/// A text fit for a terminal: control characters as pictures of their names (U+2400 to U+2421), or by number.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match shown_as(c) {
            '\u{fffd}' if c != '\u{fffd}' => {
                let point = u32::from(c);
                // Writing to a string cannot fail.
                let Ok(()) = write!(out, "<U+{point:04X}>") else { return out };
            }
            _ if c == '\n' => out.push(c),
            shown => out.push(shown),
        }
    }
    out
}

/// The beginning and the end of a long text.
fn short(text: &str) -> String {
    let count = text.chars().count();
    if count <= LONGEST {
        return text.to_owned();
    }
    let head: String = text.chars().take(LONGEST * 3 / 4).collect();
    let tail: String = text.chars().skip(count - LONGEST / 4).collect();
    format!("{head}……{tail}")
}

fn group<'a>(
    diagnostic: &'a Diagnostic,
    words: &'a DiagnosticText,
    sources: &'a Sources,
    language: Language,
) -> Group<'a> {
    let chinese = language == Language::Chinese;
    let (level, name) = match diagnostic.severity {
        Severity::Error => (Level::ERROR, if chinese { "错误" } else { "error" }),
        Severity::Advice => (Level::INFO, if chinese { "建议" } else { "advice" }),
    };
    let title = level.with_name(name).primary_title(words.message.as_str()).id(diagnostic.code.0);
    let mut group = Group::with_title(title);
    if let Some(span) = diagnostic.span {
        group = place(group, sources, span, AnnotationKind::Primary, None);
    }
    for ((span, _), words) in diagnostic.related.iter().zip(&words.related) {
        group = place(group, sources, *span, AnnotationKind::Context, Some(words.as_str()));
    }
    let help = Level::HELP.with_name(if chinese { "怎么办" } else { "help" });
    group.element(help.message(words.hint.as_str()))
}

/// Adds `file:line:column` and the source line of a place, the place underlined.
fn place<'a>(
    group: Group<'a>,
    sources: &'a Sources,
    span: Span,
    kind: AnnotationKind,
    words: Option<&'a str>,
) -> Group<'a> {
    let Some(file) = sources.get(span.file) else { return group };
    let text: &str = &file.text;
    let start = text.floor_char_boundary(span.start as usize);
    let line_start = text.get(..start).and_then(|head| head.rfind('\n')).map_or(0, |i| i + 1);
    let position = file.position(span.start);
    let path = visible(&file.path);
    if start - line_start > FARTHEST {
        // Of a line without end only the place is told.
        let origin = Origin::path(path).line(position.line).char_column(position.column);
        return group.element(origin);
    }
    let rest = text.get(start..).unwrap_or("");
    let line_end = start + rest.find(['\r', '\n']).unwrap_or(rest.len());
    let cut = text.floor_char_boundary(line_end.min(start + FARTHEST));
    // A place of several lines is shown by its first.
    let end = text.floor_char_boundary((span.end as usize).clamp(start, cut));
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or("").chars().map(shown_as).collect::<String>();
    let (before, marked, after) = (part(line_start, start), part(start, end), part(end, cut));
    if let Some(cell) = file.cell(span.start) {
        // A cell of a workbook is found by its name.
        let annotation = kind.span(0..marked.len()).label(words);
        let row = file.place(span.start).line;
        return group
            .element(Snippet::source(marked).path(format!("{path}!{cell}")).line_start(row).annotation(annotation));
    }
    let annotation = kind.span(before.len()..before.len() + marked.len()).label(words);
    let line = before + &marked + &after;
    group.element(Snippet::source(line).path(path).line_start(position.line).annotation(annotation))
}

/// How much of a line is looked at, in bytes on either side of the place's begin.
const FARTHEST: usize = 4_000;

/// A character of a source line as a terminal may have it; one for one, so that columns stay.
fn shown_as(c: char) -> char {
    match c {
        '\t' => c,
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c => c,
    }
}

fn count_line(diagnostics: &[Diagnostic], language: Language) -> String {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let all = [(count(Severity::Error), "处错误", "error"), (count(Severity::Advice), "条建议", "remark")];
    let parts = all.iter().filter(|(n, _, _)| *n > 0);
    match language {
        Language::Chinese => {
            let parts: Vec<String> = parts.map(|(n, zh, _)| format!("{n} {zh}")).collect();
            format!("共 {}", parts.join("、"))
        }
        Language::English => {
            let parts: Vec<String> = parts.map(|(n, _, en)| counted(*n, en)).collect();
            parts.join(", ")
        }
    }
}

/// The diagnostics as one JSON document: `{"diagnostics": [{code, severity, message, file, line, column, hint}]}`.
///
/// Lines and columns count from 1, columns in characters; `file`, `line` and `column` are null for what has no place.
/// `related` has the other places that matter.
#[must_use]
pub fn render_json(diagnostics: &[Diagnostic], sources: &Sources, language: Language) -> String {
    format!("{:#}\n", json!({ "diagnostics": diagnostics_json(diagnostics, sources, language) }))
}

/// The same as a list, for the JSON of another command.
#[must_use]
pub fn diagnostics_json(diagnostics: &[Diagnostic], sources: &Sources, language: Language) -> Vec<serde_json::Value> {
    diagnostics
        .iter()
        .map(|d| {
            let (file, line, column) = at(sources, d.span);
            let related: Vec<serde_json::Value> = d
                .related
                .iter()
                .map(|(span, words)| {
                    let (file, line, column) = at(sources, Some(*span));
                    json!({"message": words.get(language), "file": file, "line": line, "column": column})
                })
                .collect();
            json!({
                "code": d.code.0,
                "severity": match d.severity {
                    Severity::Error => "error",
                    Severity::Advice => "advice",
                },
                "message": d.message.get(language),
                "file": file,
                "line": line,
                "column": column,
                "hint": d.hint.get(language),
                "related": related,
            })
        })
        .collect()
}

/// File, line and column of a place; for the sheet of a workbook file and cell, row and column.
fn at(sources: &Sources, span: Option<Span>) -> (Option<String>, Option<usize>, Option<usize>) {
    let Some((file, span)) = span.and_then(|s| sources.get(s.file).map(|f| (f, s))) else { return (None, None, None) };
    let position = file.place(span.start);
    let path = match file.cell(span.start) {
        Some(cell) => format!("{}!{cell}", file.path),
        None => file.path.clone(),
    };
    (Some(path), Some(position.line), Some(position.column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, say};

    fn one(text: &str, start: u32, end: u32, message: Message) -> String {
        let mut sources = Sources::default();
        let file = sources.add("a\u{1b}[31m.yaml", text);
        let hint = say!("改", "mend it");
        let diagnostic = Diagnostic::error(Code::BAD_VALUE, Span { file, start, end }, message, hint);
        render_human(&[diagnostic], &sources, Language::English, false)
    }

    #[test]
    fn nothing_commands_the_terminal() {
        let said = one("a: \u{1b}[31m\u{9b}0m\0\n", 3, 5, say!("值\u{1b}[0m\u{85}", "value \u{1b}[0m \u{85} \0"));
        assert!(said.chars().all(|c| !c.is_control() || c == '\n'), "{said:?}");
        for shown in ["a␛[31m.yaml:1:4", "value ␛[0m <U+0085> ␀", "a: ␛[31m\u{fffd}0m␀"] {
            assert!(said.contains(shown), "{shown}: {said}");
        }
    }

    #[test]
    fn a_place_within_a_character_is_shown_by_that_character() {
        let said = one("名称: 值\n", 1, 4, say!("不对", "wrong"));
        assert!(said.contains("名称: 值"), "{said}");
    }

    #[test]
    fn what_is_long_is_cut() {
        let long = "长".repeat(300_000);
        assert!(one(&long, 30, 60_000, say!("{long}", "{long}")).chars().count() < 3_000);
        let said = one(&long, 600_000, 600_003, say!("不对", "wrong"));
        assert!(said.contains(".yaml:1:200001") && said.chars().count() < 300, "{said}");
    }

    #[test]
    fn two_hundred_are_shown_errors_first() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "a");
        let span = Span { file, start: 0, end: 1 };
        let advice = Diagnostic::advice(Code::UNUSED_DATA, span, say!("建议", "advice"), say!("改", "mend"));
        let error = Diagnostic::error(Code::BAD_VALUE, span, say!("错", "wrong"), say!("改", "mend"));
        let all = [vec![advice; 250], vec![error; 3]].concat();
        let said = render_human(&all, &sources, Language::English, false);
        assert_eq!((said.matches("D204").count(), said.matches("D906").count()), (3, 197));
        assert!(said.contains("53 more are not shown") && said.contains("3 errors, 250 remarks"), "{said}");
    }
}
