//! Filters on texts.

use super::super::arguments::Call;
use super::super::fault::{Computed, bad_argument, too_long};
use super::super::print::print;
use super::numbers::rounded;
use crate::diagnostic::say;
use crate::source::data::{Datum, Entry, Rounding};

/// The widest field that `format` fills.
const WIDEST: usize = 100;

pub(super) fn string(call: &Call<'_>) -> Computed {
    call.text().map(Entry::text)
}

#[expect(clippy::unnecessary_wraps, reason = "every filter has this signature")]
pub(super) fn truth(call: &Call<'_>) -> Computed {
    Ok(Entry::truth(call.value.scalar().datum.is_true()))
}

pub(super) fn upper(call: &Call<'_>) -> Computed {
    Ok(Entry::text(call.text()?.to_uppercase()))
}

pub(super) fn lower(call: &Call<'_>) -> Computed {
    Ok(Entry::text(call.text()?.to_lowercase()))
}

/// Every word with a capital letter.
pub(super) fn title(call: &Call<'_>) -> Computed {
    let mut out = String::new();
    let mut within = false;
    for c in call.text()?.chars() {
        if within {
            out.extend(c.to_lowercase());
        } else {
            out.extend(c.to_uppercase());
        }
        within = c.is_alphanumeric() || c == '\'';
    }
    Ok(Entry::text(out))
}

/// The first letter as a capital.
pub(super) fn capitalize(call: &Call<'_>) -> Computed {
    let text = call.text()?;
    let mut characters = text.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    Ok(Entry::text(first + &characters.as_str().to_lowercase()))
}

pub(super) fn trim(call: &Call<'_>) -> Computed {
    let text = call.text()?;
    Ok(Entry::text(match call.word(0, "chars")? {
        Some(chars) => text.trim_matches(|c| chars.contains(c)).to_owned(),
        None => text.trim().to_owned(),
    }))
}

pub(super) fn replace(call: &Call<'_>) -> Computed {
    let (Some(from), Some(to)) = (call.word(0, "from")?, call.word(1, "to")?) else {
        return Err(bad_argument(
            call.range,
            say!("replace 要写明换掉什么、换成什么", "replace needs what to replace and by what"),
            say!("例如 replace(\"区\", \"县\")", "such as replace(\"a\", \"b\")"),
        ));
    };
    let text = call.text()?;
    let length = text.matches(from.as_str()).count().saturating_mul(to.len()).saturating_add(text.len());
    if length > super::super::MOST_TEXT {
        return Err(too_long(call.range));
    }
    Ok(Entry::text(text.replace(&from, &to)))
}

pub(super) fn split(call: &Call<'_>) -> Computed {
    let text = call.text()?;
    let parts: Vec<Entry> = match call.word(0, "sep")? {
        Some(between) if !between.is_empty() => text.split(&between).map(Entry::text).collect(),
        _ => text.split_whitespace().map(Entry::text).collect(),
    };
    Ok(Entry::list(parts))
}

pub(super) fn lines(call: &Call<'_>) -> Computed {
    // The lines of a cell of the data, which print as one elsewhere.
    let text = match &call.value.scalar().datum {
        Datum::Text(text) => text.trim().to_owned(),
        _ => call.text()?,
    };
    Ok(Entry::list(text.lines().map(Entry::text).collect::<Vec<_>>()))
}

/// `"%.2f%%" | format(x)`: `%s`, `%d` and `%f`, with a width and decimals.
pub(super) fn format(call: &Call<'_>) -> Computed {
    let pattern = call.text()?;
    let mut arguments = call.arguments.positional.iter();
    let mut out = String::new();
    let mut rest = pattern.as_str();
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('%') {
            out.push('%');
            rest = after;
            continue;
        }
        let end = rest.find(|c: char| c.is_ascii_alphabetic()).ok_or_else(|| bad_format(call))?;
        let (options, kind) = (&rest[..end], &rest[end..=end]);
        rest = &rest[end + 1..];
        let value = arguments.next().ok_or_else(|| bad_format(call))?;
        out.push_str(&field(call, options, kind, value)?);
        if out.len() > super::super::MOST_TEXT {
            return Err(too_long(call.range));
        }
    }
    out.push_str(rest);
    if arguments.next().is_some() {
        return Err(bad_format(call));
    }
    Ok(Entry::text(out))
}

fn field(call: &Call<'_>, options: &str, kind: &str, value: &Entry) -> Computed<String> {
    let left = options.contains('-');
    let options = options.trim_start_matches('-');
    let zero = options.starts_with('0');
    let (width, decimals) = options.split_once('.').map_or((options, None), |(w, d)| (w, Some(d)));
    let count = |text: &str| match text {
        "" => Ok(0),
        digits => digits.parse::<usize>().ok().filter(|n| *n <= WIDEST).ok_or_else(|| bad_format(call)),
    };
    let width = count(width)?;
    let decimals = decimals.map(count).transpose()?.and_then(|n| u32::try_from(n).ok());
    let text = match kind {
        "s" => print(value, call.range)?,
        "d" => {
            let number = call.number_of(value)?;
            if !number.is_whole() {
                let shown = print(&Entry::number(number), call.range)?;
                return Err(bad_argument(
                    call.range,
                    say!("%d 印整数，这里是 {shown}", "%d prints whole numbers, not {shown}"),
                    say!(
                        "写 %.0f 四舍五入，或者先用 int 去掉小数",
                        "write %.0f to round, or cut the decimals off with int"
                    ),
                ));
            }
            number.truncated().print().unwrap_or_default()
        }
        "f" => {
            let number = call.number_of(value)?;
            rounded(call, &number, decimals.unwrap_or(6).min(20), Rounding::HalfUp)?.print().unwrap_or_default()
        }
        _ => return Err(bad_format(call)),
    };
    let missing = width.saturating_sub(text.chars().count());
    Ok(match (left, zero && kind != "s") {
        (true, _) => text + &" ".repeat(missing),
        (false, true) => match text.strip_prefix('-') {
            Some(digits) => format!("-{}{digits}", "0".repeat(missing)),
            None => "0".repeat(missing) + &text,
        },
        (false, false) => " ".repeat(missing) + &text,
    })
}

fn bad_format(call: &Call<'_>) -> super::super::fault::Fault {
    bad_argument(
        call.range,
        say!("format 的写法有误", "format cannot be applied"),
        say!(
            "可用 %s、%d、%.2f 和 %%，宽度最多 {WIDEST}，每个对应括号里一个值",
            "use %s, %d, %.2f and %%, at most {WIDEST} wide, each for a value in the brackets"
        ),
    )
}
