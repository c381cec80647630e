//! Texts cut into the lines that they are printed on.

use crate::model::{Run, RunKind, Text};

/// The lines of given texts, broken further at byte offsets into their block. `start`: how many bytes of the block are before
/// them.
pub(super) fn all_lines(given: &[Text], mut start: usize, breaks: &[usize]) -> Vec<Text> {
    let mut lines = Vec::new();
    for text in given {
        let end = start + text.len();
        let own: Vec<usize> = breaks.iter().filter(|&&b| start < b && b < end).map(|b| b - start).collect();
        lines.extend(lines_of(text, &own));
        start = end;
    }
    lines
}

/// A text in pieces that end at byte offsets. A value, a reference or a mark stays whole, with a line end within.
pub(super) fn lines_of(text: &Text, breaks: &[usize]) -> Vec<Text> {
    let mut lines = vec![Text::default()];
    let mut start = 0;
    for run in &text.runs {
        let end = start + run.text.len();
        let mut rest = run.clone();
        let mut cut = start;
        for &at in breaks.iter().filter(|&&b| start <= b && b < end && b > 0) {
            let local = at - cut;
            if !rest.text.is_char_boundary(local) {
                continue;
            }
            if local > 0 && run.kind != RunKind::Text {
                // The line end takes a byte of its own.
                rest.text.insert(local, '\n');
                cut -= 1;
                continue;
            }
            let tail = rest.text.split_off(local);
            let head = std::mem::replace(&mut rest, Run { text: tail, ..run.clone() });
            if let Some(line) = lines.last_mut()
                && !head.text.is_empty()
            {
                line.runs.push(head);
            }
            lines.push(Text::default());
            cut = at;
        }
        if let Some(line) = lines.last_mut() {
            line.runs.push(rest);
        }
        start = end;
    }
    lines
}
