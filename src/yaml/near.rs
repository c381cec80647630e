//! The name that was probably meant.

/// "；是不是“title”？" for the name that is nearest to `name`, if one is near; empty otherwise. Chinese and English.
pub fn suggestion<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> (String, String) {
    match nearest(name, names) {
        Some(near) => (format!("；是不是“{near}”？"), format!("; did you mean \"{near}\"?")),
        None => (String::new(), String::new()),
    }
}

/// The name that is nearest to `name`, if it is near: at most a third of its characters away.
pub fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.chars().take(64).collect();
    let limit = (wanted.len() / 3).max(1);
    names
        .filter(|candidate| *candidate != name)
        .map(|candidate| (distance(&wanted, candidate), candidate))
        .filter(|&(d, candidate)| d <= limit && d < candidate.chars().count())
        .min_by_key(|&(d, _)| d)
        .map(|(_, candidate)| candidate)
}

/// Edits between two names, a swap of neighbours counted as one (Damerau, restricted).
fn distance(a: &[char], b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}
