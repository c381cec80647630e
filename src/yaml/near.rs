//! The name that was probably meant.

/// "；是不是“title”？" for the name that is nearest to `name`, if one is near; empty otherwise. Chinese and English.
pub fn suggestion<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> (String, String) {
    match nearest(name, names) {
        Some(near) => (format!("；是不是“{near}”？"), format!("; did you mean \"{near}\"?")),
        None => (String::new(), String::new()),
    }
}

/// The name that is nearest to `name`, if it is near: at most a third of its characters away, a swap of neighbours counted as one.
pub fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = beginning(name);
    let limit = (wanted.chars().count() / 3).max(1);
    names
        .filter(|candidate| *candidate != name)
        .map(|candidate| (strsim::osa_distance(wanted, beginning(candidate)), candidate))
        .filter(|&(distance, candidate)| distance <= limit && distance < candidate.chars().count())
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// The first 64 characters: the time to compare grows with the square of the length.
fn beginning(name: &str) -> &str {
    name.char_indices().nth(64).map_or(name, |(end, _)| &name[..end])
}
