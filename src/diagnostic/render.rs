//! Diagnostics for people and as JSON.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::json;

use super::{Diagnostic, Language, Severity, Sources, Span};

/// How wide a line of the output is at most, in columns of a terminal; Han characters take two. Of a longer source line
/// only the neighbourhood of the place is shown.
const WIDTH: usize = 100;

/// The diagnostics as people read them: place, source line, underline, what to do; a count at the end.
///
/// `color`: with ANSI colours.
#[must_use]
pub fn render_human(diagnostics: &[Diagnostic], sources: &Sources, language: Language, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(WIDTH).decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let group = group(diagnostic, sources, language);
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    if !diagnostics.is_empty() {
        out.push_str(&count_line(diagnostics, language));
        out.push('\n');
    }
    out
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources, language: Language) -> Group<'a> {
    let chinese = language == Language::Chinese;
    let (level, name) = match diagnostic.severity {
        Severity::Error => (Level::ERROR, if chinese { "错误" } else { "error" }),
        Severity::Advice => (Level::INFO, if chinese { "建议" } else { "advice" }),
    };
    let title = level.with_name(name).primary_title(diagnostic.message.get(language)).id(diagnostic.code.0);
    let mut group = Group::with_title(title);
    if let Some(span) = diagnostic.span {
        group = place(group, sources, span, AnnotationKind::Primary, None);
    }
    for (span, words) in &diagnostic.related {
        group = place(group, sources, *span, AnnotationKind::Context, Some(words.get(language)));
    }
    let help = Level::HELP.with_name(if chinese { "怎么办" } else { "help" });
    group.element(help.message(diagnostic.hint.get(language)))
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
    let start = (span.start as usize).min(text.len());
    let line_start = text.get(..start).and_then(|head| head.rfind('\n')).map_or(0, |i| i + 1);
    let rest = text.get(start..).unwrap_or("");
    let line_end = start + rest.find(['\r', '\n']).unwrap_or(rest.len());
    // A place of several lines is shown by its first.
    let end = (span.end as usize).clamp(start, line_end);
    let line = text.get(line_start..line_end).unwrap_or("");
    let annotation = kind.span(start - line_start..end - line_start).label(words);
    let number = file.position(span.start).line;
    // A cell of a workbook is found by its name.
    let Some(cell) = file.cell(span.start) else {
        return group.element(Snippet::source(line).path(file.path.as_str()).line_start(number).annotation(annotation));
    };
    let shown = text.get(start..end).unwrap_or("");
    let annotation = kind.span(0..shown.len()).label(words);
    let row = file.place(span.start).line;
    group.element(Snippet::source(shown).path(format!("{}!{cell}", file.path)).line_start(row).annotation(annotation))
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
            let parts: Vec<String> =
                parts.map(|(n, _, en)| format!("{n} {en}{}", if *n == 1 { "" } else { "s" })).collect();
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
    let all: Vec<serde_json::Value> = diagnostics
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
        .collect();
    format!("{:#}\n", json!({ "diagnostics": all }))
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
