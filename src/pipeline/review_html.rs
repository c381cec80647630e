//! What a merge found, as a page to pass around: no scripts, nothing loaded from elsewhere.

use super::merge_request::MergeOutcome;
use crate::diagnostic::Language;
use crate::merge::{Change, Status, differences};
use crate::model::Comment;
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
    for said in outcome.compared.iter().filter_map(|base| super::merge_words::base(*base)) {
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
    // Writing to a string cannot fail.
    let Ok(()) = writeln!(
        text,
        "<p class=\"meta\"><b>{kind}</b> · {status} · {} · {} · {}</p>",
        escape(&change.id),
        escape(&place),
        escape(&authors.join("、"))
    ) else {
        return;
    };
    text.push_str("<p>");
    for (words, mark) in differences(&change.before, &change.after) {
        let words = escape(&words).replace('\n', "<br>");
        match mark {
            std::cmp::Ordering::Less => put(&mut text, &format!("<del>{words}</del>")),
            std::cmp::Ordering::Equal => text.push_str(&words),
            std::cmp::Ordering::Greater => put(&mut text, &format!("<ins>{words}</ins>")),
        }
    }
    text.push_str("</p>\n");
    if let (Status::Conflict, Some([base, theirs, ours])) = (change.status, &change.sides) {
        let names = if language == Language::Chinese {
            ["发出时", "对方", "源文件"]
        } else {
            ["handed out", "theirs", "ours"]
        };
        for (name, side) in names.iter().zip([base, theirs, ours]) {
            put(&mut text, &format!("<p class=\"meta\">{name}：{}</p>\n", escape(side)));
        }
    }
    if let Some(reason) = &change.reason {
        put(&mut text, &format!("<p class=\"meta\">{}</p>\n", escape(reason.get(language))));
    }
    for comment in &change.comments {
        said(&mut text, comment);
    }
    text.push_str("</article>\n");
    out.push_str(&text);
}

fn said(text: &mut String, comment: &Comment) {
    let done = if comment.resolved { "✓ " } else { "" };
    put(
        text,
        &format!(
            "<div class=\"comment\">{done}{}：{}",
            escape(&comment.author),
            escape(&comment.text).replace('\n', "<br>")
        ),
    );
    for reply in &comment.replies {
        said(text, reply);
    }
    text.push_str("</div>\n");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
