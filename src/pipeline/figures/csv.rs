//! Figures as a table: a row for every place that prints one.

use super::FiguresOutcome;
use super::entry::{FigureEntry, FigureUse};
use super::since::Difference;

/// Comma-separated values. With an older state only what has changed.
#[must_use]
pub fn write(outcome: &FiguresOutcome) -> String {
    match &outcome.difference {
        Some(difference) => changes(difference),
        None => all(&outcome.report.figures),
    }
}

fn all(figures: &[FigureEntry]) -> String {
    let mut out = String::new();
    let head = [
        "name",
        "value",
        "printed",
        "unit",
        "decimals",
        "file",
        "line",
        "column",
        "cell",
        "block",
        "page",
        "page_line",
        "text",
    ];
    row(&mut out, head.map(str::to_owned));
    let unused = [FigureUse::default()];
    for figure in figures {
        let uses = if figure.uses.is_empty() { unused.as_slice() } else { &figure.uses };
        for u in uses {
            row(
                &mut out,
                [
                    figure.name.clone(),
                    figure.value.as_str().map_or_else(|| figure.value.to_string(), str::to_owned),
                    figure.printed.clone(),
                    figure.unit.clone().unwrap_or_default(),
                    figure.decimals.map(|n| n.to_string()).unwrap_or_default(),
                    figure.file.clone().unwrap_or_default(),
                    count(figure.line),
                    count(figure.column),
                    figure.cell.clone().unwrap_or_default(),
                    u.block.clone().unwrap_or_default(),
                    count(u.page),
                    count(u.line),
                    u.text.clone(),
                ],
            );
        }
    }
    out
}

fn changes(difference: &Difference) -> String {
    let mut out = String::new();
    let head = ["change", "name", "before", "after", "block", "page", "page_line", "text"];
    row(&mut out, head.map(str::to_owned));
    let mut put = |change: &str, [name, before, after]: [&str; 3], uses: &[FigureUse]| {
        let unused = [FigureUse::default()];
        for u in if uses.is_empty() { unused.as_slice() } else { uses } {
            let place = [u.block.clone().unwrap_or_default(), count(u.page), count(u.line), u.text.clone()];
            let known = [change, name, before, after].map(str::to_owned);
            row(&mut out, known.into_iter().chain(place));
        }
    };
    for figure in &difference.changed {
        put("changed", [&figure.name, &figure.before, &figure.after], &figure.uses);
    }
    for figure in &difference.added {
        put("added", [&figure.name, "", &figure.printed], &figure.uses);
    }
    for figure in &difference.removed {
        put("removed", [&figure.name, &figure.printed, ""], &figure.uses);
    }
    out
}

fn count(number: Option<usize>) -> String {
    number.map(|n| n.to_string()).unwrap_or_default()
}

/// A record as RFC 4180 has it. What a spreadsheet would take for a formula gets an apostrophe, unless it is a number.
fn row(out: &mut String, cells: impl IntoIterator<Item = String>) {
    let cell = |text: String| {
        let number = text.trim_end_matches(['%', '‰']).parse::<f64>().is_ok();
        let formula = text.starts_with(['=', '+', '-', '@', '\t']) && !number;
        let text = if formula { format!("'{text}") } else { text };
        if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        let mut out = String::new();
        row(&mut out, ["a,b", "说“好”", "x\"y", "=1+1", "-3.5", "-5%"].map(str::to_owned));
        assert_eq!(out, "\"a,b\",说“好”,\"x\"\"y\",'=1+1,-3.5,-5%\r\n");
    }
}
