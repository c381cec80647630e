//! What a merge found, as a page to pass around: no scripts, nothing loaded from elsewhere.

use super::merge_request::MergeOutcome;
use crate::diagnostic::Language;
use crate::merge::{Change, differences};
use crate::model::Comment;
use std::cmp::Ordering;
use std::fmt::Write as _;

const STYLE: &str = "body{font:16px/1.7 'Noto Serif CJK SC','Songti SC',SimSun,serif;max-width:48em;margin:2em auto;padding:0 1em;color:#222}\
h1{font-size:1.4em}h2{font-size:1.1em;border-bottom:1px solid #ccc;margin-top:2em}article{margin:1em 0;padding:.6em 1em;border-left:4px solid #bbb;background:#fafafa}\
article.conflict{border-color:#c00}article.proposed{border-color:#d90}article.clean,article.applied{border-color:#2a7}article.unsupported{border-color:#888}\
ins{background:#d4f4dd;text-decoration:none}del{background:#fbd5d5}.meta{font-size:.8em;color:#666}.comment{font-size:.9em;margin:.4em 0 0 1em;color:#345}p{margin:.3em 0}";

/// The page.
#[must_use]
pub fn write(outcome: &MergeOutcome, language: Language) -> String {
    let zh = language == Language::Chinese;
    let title = if zh { "修改对照" } else { "Changes" };
    let lang = if zh { "zh-CN" } else { "en" };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n"
    );
    let compared = outcome.compared.iter().filter_map(|base| super::merge_words::base(*base));
    for said in super::merge_words::row(outcome).into_iter().chain(compared) {
        put(&mut out, &format!("<p class=\"meta\">{}</p>\n", escape(said.get(language))));
    }
    let mut section = None;
    for change in &outcome.review.changes {
        if section != Some(&change.section) {
            let name = if change.section.is_empty() { "—" } else { &change.section };
            put(&mut out, &format!("<h2>{}</h2>\n", escape(name)));
            section = Some(&change.section);
        }
        article(&mut out, outcome, change, language);
    }
    if outcome.review.changes.is_empty() {
        put(&mut out, if zh { "<p>没有改动。</p>\n" } else { "<p>No changes.</p>\n" });
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn put(out: &mut String, text: &str) {
    out.push_str(text);
}

fn article(out: &mut String, outcome: &MergeOutcome, change: &Change, language: Language) {
    let place =
        change.span.and_then(|s| outcome.sources.get(s.file).map(|f| (f.path.clone(), f.position(s.start).line)));
    let place = place.map(|(path, line)| format!("{path}:{line}")).unwrap_or_default();
    let authors: Vec<String> = change
        .traces
        .iter()
        .map(|t| format!("{} {}", t.author, t.date.split('T').next().unwrap_or_default()).trim().to_owned())
        .collect();
    let mut text = format!("<article class=\"{}\">\n", change.status.name());
    let kind = super::merge_words::kind(change.kind).get(language).to_owned();
    let status = super::merge_words::status(change.status).get(language).to_owned();
    let cell = super::merge_words::cell(change).map(|c| c.get(language).to_owned()).unwrap_or_default();
    let comma = if language == Language::Chinese { "、" } else { ", " };
    let more = [change.id.clone(), place, cell, change.files.join(comma), authors.join(comma)];
    // Writing to a string cannot fail.
    let Ok(()) = writeln!(
        text,
        "<p class=\"meta\"><b>{kind}</b> · {status}{}</p>",
        more.iter()
            .filter(|piece| !piece.is_empty())
            .flat_map(|piece| [" · ".to_owned(), escape(piece)])
            .collect::<String>()
    ) else {
        return;
    };
    if change.sides.is_none() {
        text.push_str("<p>");
        marked(&mut text, &differences(&change.before, &change.after));
        text.push_str("</p>\n");
    }
    let colon = if language == Language::Chinese { "：" } else { ": " };
    for (name, pieces) in super::merge_words::sides(change) {
        put(&mut text, &format!("<p><b>{}</b>{colon}", escape(name.get(language))));
        marked(&mut text, &pieces);
        text.push_str("</p>\n");
    }
    if let Some(value) = &change.value {
        let same = |v: &&crate::model::Value| v.expression == value.name;
        let uses = outcome.document.as_ref().map_or(0, |d| d.values.iter().filter(same).count());
        put(
            &mut text,
            &format!(
                "<p class=\"meta\">{}</p>\n",
                escape(super::merge_words::value(change, value, uses).get(language))
            ),
        );
    }
    if let Some(reason) = &change.reason {
        put(&mut text, &format!("<p class=\"meta\">{}</p>\n", escape(reason.get(language))));
    }
    for comment in &change.comments {
        said(&mut text, comment, colon);
    }
    text.push_str("</article>\n");
    out.push_str(&text);
}

/// Adds pieces of text as they were changed.
fn marked(text: &mut String, pieces: &[(String, Ordering)]) {
    for (words, mark) in pieces {
        let words = escape(words).replace('\n', "<br>");
        match mark {
            Ordering::Less => put(text, &format!("<del>{words}</del>")),
            Ordering::Equal => text.push_str(&words),
            Ordering::Greater => put(text, &format!("<ins>{words}</ins>")),
        }
    }
}

fn said(text: &mut String, comment: &Comment, colon: &str) {
    let done = if comment.resolved { "✓ " } else { "" };
    put(
        text,
        &format!(
            "<div class=\"comment\">{done}{}{colon}{}",
            escape(&comment.author),
            escape(&comment.text).replace('\n', "<br>")
        ),
    );
    for reply in &comment.replies {
        said(text, reply, colon);
    }
    text.push_str("</div>\n");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
