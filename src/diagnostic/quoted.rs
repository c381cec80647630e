//! Values in messages: the beginning of a line at most.

/// The most characters of a value that a message quotes: what a reader needs to find it.
const MOST: usize = 40;

/// The beginning of a value, as messages quote it.
#[must_use]
pub fn quoted(text: &str) -> String {
    let text = text.trim();
    let line = text.split(['\r', '\n']).next().unwrap_or("").trim_end();
    if line.len() == text.len() && line.chars().count() <= MOST {
        return line.to_owned();
    }
    let beginning: String = line.chars().take(MOST).collect();
    format!("{beginning}……")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_by_their_beginning() {
        assert_eq!(quoted(" 一\n二"), "一……");
        assert_eq!(quoted("一 "), "一");
        assert_eq!(quoted(&"字".repeat(41)).chars().count(), MOST + 2);
    }
}
