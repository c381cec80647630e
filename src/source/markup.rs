//! Markdown, HTML and other markup that a report does not have: it prints as it is typed.

use super::inline::own_markup;
use super::links::addresses;
use super::scalar::Scalar;
use crate::diagnostic::{Code, Diagnostic, Message, Sources, Span, say};

/// Names of HTML elements that text is marked with.
#[rustfmt::skip]
const ELEMENTS: [&str; 36] = [
    "a", "b", "big", "blockquote", "br", "center", "code", "del", "div", "em", "font", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "i", "img", "ins", "li", "mark", "ol", "p", "pre", "s", "small", "span", "strong",
    "strike", "sub", "sup", "table", "u", "ul",
];
/// HTML entities that word processors and web pages leave in text.
#[rustfmt::skip]
const ENTITIES: [&str; 14] = [
    "nbsp", "lt", "gt", "amp", "quot", "apos", "ldquo", "rdquo", "mdash", "hellip", "middot", "emsp", "ensp",
    "copy",
];

/// What is wrong with a piece of markup: how many bytes it has, and what to write.
type MarkupFault = (usize, Message);

/// Tells of the markup in a scalar of the report, `\\` before it apart, and of line ends that print as nothing.
pub(super) fn in_scalar(scalar: &Scalar, sources: &Sources, out: &mut Vec<Diagnostic>) {
    tell(&scalar.text, |start, end| scalar.span(start, end), own_markup, out);
    joined_lines(scalar, sources, out);
}

/// Tells of the markup in a value whose bytes `place` places: each kind once.
pub(super) fn advise(text: &str, place: impl Fn(usize, usize) -> Span, out: &mut Vec<Diagnostic>) {
    tell(text, place, |_| None, out);
}

/// Tells of line ends that the author seems to have meant: those of a block that keeps them for YAML, `\n`, and empty lines.
fn joined_lines(scalar: &Scalar, sources: &Sources, out: &mut Vec<Diagnostic>) {
    if !scalar.text.contains('\n') {
        return;
    }
    let whole = scalar.span(0, scalar.text.len());
    let Some(file) = sources.get(whole.file) else { return };
    let (before, written) = file.text.split_at(usize::min(whole.start as usize, file.text.len()));
    let head = before.trim_end().rsplit('\n').next().unwrap_or_default().trim_end_matches(['-', '+']);
    let literal = head.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with('|');
    let is_meant = |place: &Span| {
        let rest = written.get((place.start - whole.start) as usize..).unwrap_or_default();
        let blank = &rest[..rest.len() - rest.trim_start().len()];
        literal || rest.starts_with("\\n") || blank.matches('\n').count() > 1
    };
    let places = scalar.text.match_indices('\n').map(|(at, _)| scalar.span(at, at + 1));
    out.extend(places.into_iter().find(is_meant).map(|place| {
        Diagnostic::advice(
            Code::LINES_JOINED,
            place,
            say!("这里的换行不印出，前后两行连成一行", "this line end does not print: both lines become one"),
            say!(
                "要换行写 <br>，另起一段就另写一项；本来要连的，用 > 代替 |，不留空行",
                "write <br> for a line end, an entry for each paragraph; to join lines, use > instead of | and leave no line empty"
            ),
        )
    }));
}

/// Tells of the markup in a text: each kind once. `own`: how many bytes a text begins with that mean something.
fn tell(
    text: &str,
    place: impl Fn(usize, usize) -> Span,
    own: impl Fn(&str) -> Option<usize>,
    out: &mut Vec<Diagnostic>,
) {
    if !text.contains(['<', '&', '`', '_', '~', '=', '*', '#', '>', '-', '+', '[', '|', '{', '\\', '^', '$']) {
        return;
    }
    let mut told: Vec<String> = Vec::new();
    let links = addresses(text);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c == '\\' && text[at + 1..].starts_with(|c: char| c.is_ascii_punctuation()) {
            at += 2;
            continue;
        }
        if let Some(end) = text[at..].strip_prefix("{{").and_then(|rest| rest.find("}}")) {
            at += end + 4;
            continue;
        }
        if let Some(link) = links.iter().find(|link| link.start == at) {
            at = link.end;
            continue;
        }
        if let Some(length) = own(&text[at..]) {
            at += length;
            continue;
        }
        match found(text, at) {
            Some((length, hint)) => {
                let shown = &text[at..at + length];
                if !told.contains(&hint.en) {
                    told.push(hint.en.clone());
                    out.push(Diagnostic::advice(
                        Code::TYPED_MARKUP,
                        place(at, at + length),
                        say!("“{shown}”会照原样印出", "\"{shown}\" prints as it is"),
                        hint,
                    ));
                }
                at += length;
            }
            None => at += c.len_utf8(),
        }
    }
}

fn found(text: &str, at: usize) -> Option<MarkupFault> {
    let (before, rest) = (&text[..at], &text[at..]);
    let starts_line = before.is_empty() || before.ends_with('\n');
    html(rest)
        .or_else(|| starts_line.then(|| at_line_start(rest, before.is_empty())).flatten())
        .or_else(|| paired(before, rest))
        .or_else(|| raised(before, rest))
        .or_else(|| link(rest))
        .or_else(|| template(before, rest))
}

fn html(rest: &str) -> Option<MarkupFault> {
    if let Some(tag) = rest.strip_prefix('<') {
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric())?;
        let close = rest.find('>').filter(|&close| close < 200)?;
        // a <b and c> compares.
        let attributes = &rest[rest.len() - name.len() + end..close];
        let whole = attributes.is_empty()
            || attributes.starts_with('/')
            || (attributes.starts_with(' ') && attributes.contains(['=', '/']));
        let known = whole && ELEMENTS.contains(&name[..end].to_ascii_lowercase().as_str());
        return (known || rest.starts_with("<!--")).then(|| {
            (
                close + 1,
                say!(
                    "没有 HTML：强调写 **文字**，其余由样式定",
                    "there is no HTML: write **text** for emphasis; styles say the rest"
                ),
            )
        });
    }
    let entity = rest.strip_prefix('&')?;
    let end = entity.find(';').filter(|&end| end <= 8)?;
    let name = &entity[..end];
    let number = name.strip_prefix('#').is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_alphanumeric()));
    (ENTITIES.contains(&name) || number).then(|| (end + 2, say!("直接写这个字符", "write the character itself")))
}

/// Marks that mean something at the beginning of a line of Markdown.
fn at_line_start(rest: &str, first: bool) -> Option<MarkupFault> {
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) && rest[hashes..].starts_with(' ') {
        return Some((hashes, say!("标题写成 heading:", "write headings as heading:")));
    }
    if rest.starts_with("> ") {
        return Some((1, say!("没有引用块，删去“>”", "there are no block quotes: remove \">\"")));
    }
    if ["- ", "* ", "+ "].iter().any(|mark| rest.starts_with(mark)) {
        return Some((1, say!("列表写成 list: [……]", "write lists as list: […]")));
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !first && (1..=2).contains(&digits) && rest[digits..].starts_with(". ") {
        return Some((
            digits + 1,
            say!(
                "编号的列表写成 list: {{ordered: true, items: [……]}}",
                "write numbered lists as list: {{ordered: true, items: […]}}"
            ),
        ));
    }
    let line = rest.split('\n').next().unwrap_or(rest).trim_end();
    if line.len() >= 3 && ["-", "*", "_"].iter().any(|mark| line.replace(*mark, "").is_empty()) {
        return Some((line.len(), say!("没有分隔线，删去这一行", "there are no rules: remove this line")));
    }
    (line.len() > 2 && line.starts_with('|') && line[1..].contains('|'))
        .then(|| (1, say!("表格写成 table:", "write tables as table:")))
}

/// Emphasis, code and the like between two equal marks.
fn paired(before: &str, rest: &str) -> Option<MarkupFault> {
    let emphasis = || say!("强调写 **文字**", "write **text** for emphasis");
    let plain = || say!("删去这些符号；没有这种样式", "remove these marks: there is no such style");
    for (mark, single) in [("__", false), ("~~", false), ("==", false), ("`", false), ("*", true)] {
        let Some(inner) = rest.strip_prefix(mark) else { continue };
        // The second star of **, and the one of [*term].
        if single && (inner.starts_with('*') || before.ends_with(['*', '['])) {
            return None;
        }
        let Some(end) = inner.find(mark) else { continue };
        let (words, after) = (&inner[..end], &inner[end + mark.len()..]);
        let held = !words.is_empty() && !words.contains('\n') && words.trim() == words && words.chars().count() <= 60;
        // 3*4*5 multiplies; 甲*乙* marks something.
        let formula = before.ends_with(|c: char| c.is_ascii_alphanumeric()) || !words.contains(char::is_alphabetic);
        let outer =
            !before.ends_with(|c: char| mark.starts_with(c)) && !after.starts_with(|c: char| mark.starts_with(c));
        if held && outer && !(single && formula) && words.contains(char::is_alphanumeric) {
            let hint = if matches!(mark, "__" | "*") { emphasis() } else { plain() };
            return Some((mark.len() * 2 + end, hint));
        }
    }
    None
}

/// `10^3^`, `H~2~O` and `$formula$`, as Pandoc and TeX write them.
fn raised(before: &str, rest: &str) -> Option<MarkupFault> {
    let mark = rest.chars().next().filter(|mark| matches!(mark, '^' | '~' | '$'))?;
    let end = rest[1..].find(mark).filter(|end| (1..=60).contains(end))?;
    let words = &rest[1..=end];
    let hint = if mark == '$' {
        let formula = !words.starts_with(' ') && words.contains(['^', '_', '=', '\\']) && words.is_ascii();
        formula.then(|| {
            say!("没有公式：写成文字，上标写 <sup>…</sup>", "there are no formulas: write text, with <sup>…</sup>")
        })
    } else {
        let short =
            words.len() <= 8 && words.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
        let beside =
            before.ends_with(|c: char| c.is_ascii_alphabetic() || c == ')' || (mark == '^' && c.is_ascii_digit()));
        let say = || {
            if mark == '^' {
                say!("上标写 <sup>{words}</sup>", "write <sup>{words}</sup> for raised text")
            } else {
                say!("下标写 <sub>{words}</sub>", "write <sub>{words}</sub> for lowered text")
            }
        };
        (short && beside).then(say)
    };
    hint.map(|hint| (end + 2, hint))
}

/// `[text](address)` and `![text](address)`.
fn link(rest: &str) -> Option<MarkupFault> {
    let picture = rest.starts_with("![");
    let inner = rest.strip_prefix("![").or_else(|| rest.strip_prefix('['))?;
    let end = inner.find(']').filter(|&end| end > 0 && !inner[..end].contains(['[', '\n']))?;
    // A space before the address prints as it is too, where an address it is.
    let after = inner[end + 1..].trim_start_matches(' ');
    let spaced = after.len() < inner.len() - end - 1;
    let address = after.strip_prefix('(')?;
    if spaced && !["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme)) {
        return None;
    }
    let close = inner[end..].find(')')?;
    let length = rest.len() - inner.len() + end + close + 1;
    Some((
        length,
        if picture {
            say!("图片写成 figure:", "write pictures as figure:")
        } else {
            say!("把文字和网址分开写", "write the text and the address apart")
        },
    ))
}

/// `{% … %}`, `{# … #}`, `{ name }` with single braces, and `\\n` that was meant for a line end.
fn template(before: &str, rest: &str) -> Option<MarkupFault> {
    for (open, close) in [("{%", "%}"), ("{#", "#}")] {
        if rest.starts_with(open) {
            let end = rest.find(close).map_or(2, |end| end + 2);
            return Some((
                end,
                say!(
                    "只有 {{{{ 算式 }}}}；有条件的文字写成 {{{{ '文字' if 条件 else '' }}}}",
                    "there is {{{{ expression }}}} only; write {{{{ 'text' if condition else '' }}}} for text under a condition"
                ),
            ));
        }
    }
    if let Some(name) = rest.strip_prefix('{').and_then(|inner| inner.split_once('}')).map(|(name, _)| name.trim()) {
        let path = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '[' | ']');
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(path) && !before.ends_with('{') {
            let length = rest.find('}').map_or(1, |end| end + 1);
            return Some((length, say!("引用数据写 {{{{ {name} }}}}", "write {{{{ {name} }}}} to use data")));
        }
    }
    let typed = rest.starts_with("\\n")
        && !rest[2..].starts_with(|c: char| c.is_ascii_alphanumeric())
        && !before.ends_with([':', '\\']);
    typed.then(|| {
        (
            2,
            say!(
                "“\\n”不是换行，删去；另起一段就另写一项",
                "\"\\n\" ends no line: remove it, and write an entry for each paragraph"
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;

    /// The markup that is found in a text.
    fn shown(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        let place = |start: usize, end: usize| Span { file: FileId(0), start: start as u32, end: end as u32 };
        advise(text, place, &mut out);
        out.iter()
            .map(|d| d.span.map_or(String::new(), |s| text[s.start as usize..s.end as usize].to_owned()))
            .collect()
    }

    #[test]
    fn markup_is_told_from_text() {
        for (text, found) in [
            ("<b>强调</b>", "<b>"),
            ("甲&nbsp;乙", "&nbsp;"),
            ("# 标题", "#"),
            ("用`代码`写", "`代码`"),
            ("__强调__", "__强调__"),
            ("这是*强调*的", "*强调*"),
            ("见[网站](http://a.cn)。", "[网站](http://a.cn)"),
            ("{% if a %}甲{% endif %}", "{% if a %}"),
            ("甲\\n乙", "\\n"),
            ("共{ a.b }件", "{ a.b }"),
            ("甲\n- 乙\n- 丙", "-"),
            ("浓度10^-3^", "^-3^"),
            ("H~2~O", "~2~"),
            ("公式$E=mc^2$", "$E=mc^2$"),
            ("见[网站] (https://a.cn/)", "[网站] (https://a.cn/)"),
        ] {
            assert_eq!(shown(text), [found], "{text}");
        }
        for text in [
            "**强调**",
            "5<8",
            "3*4*5",
            "A&B;",
            "a_b_c",
            "1 = 2",
            "[^a]",
            "{{ a }}",
            "\\<b>",
            "甲-乙",
            "C:\\new",
            "李**",
            "a<b 且 b>c",
            "5~10~20",
            "A~B",
            "US$5和US$6",
            "[^a]甲[^b]",
            "[1] (2)",
        ] {
            assert!(shown(text).is_empty(), "{text}: {:?}", shown(text));
        }
    }
}
