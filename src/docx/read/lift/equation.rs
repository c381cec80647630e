//! EQ fields, which show what their instruction says: Word sets characters in a ring, combined characters and readings with them.

/// True for an instruction of an EQ field.
pub(super) fn is_equation(instruction: &str) -> bool {
    instruction.split_whitespace().next().is_some_and(|name| name.eq_ignore_ascii_case("EQ"))
}

/// The characters that an overstrike `\o(…)` shows in the line: of a ring or a reading and a character the character, of small ones
/// above and below one another all. None for a formula.
pub(super) fn characters(instruction: &str) -> Option<String> {
    let mut rest = instruction.trim_start().get(2..)?.trim_start();
    // Switches of the field as a whole: \* jc2 \* "Font:宋体" \* hps10.
    while let Some(switch) = rest.strip_prefix("\\*") {
        let switch = switch.trim_start();
        let end = match switch.strip_prefix('"') {
            Some(quoted) => quoted.find('"')? + 2,
            None => switch.find(char::is_whitespace).unwrap_or(switch.len()),
        };
        rest = switch.get(end..)?.trim_start();
    }
    let inside = rest.strip_prefix("\\o").or_else(|| rest.strip_prefix("\\O"))?;
    let open = inside.find('(')?;
    let arguments = arguments(&inside[open + 1..]);
    let last = arguments.last()?.trim();
    let shown = if last.starts_with('\\') { arguments.iter().map(|a| raised(a)).collect() } else { last.to_owned() };
    (!shown.is_empty() && !shown.contains(['\\', '('])).then_some(shown)
}

/// What is between the commas up to the bracket that closes.
fn arguments(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            ')' if depth == 0 => break,
            ',' | ';' if depth == 0 => {
                all.push(String::new());
                continue;
            }
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if let Some(last) = all.last_mut() {
            last.push(c);
        }
    }
    all
}

/// The characters of `\s\up 5(合并)`.
fn raised(argument: &str) -> String {
    let inner = argument.find('(').map(|at| &argument[at + 1..]).unwrap_or_default();
    inner.trim_end().trim_end_matches(')').to_owned()
}

#[cfg(test)]
mod tests {
    use super::characters;

    #[test]
    fn an_overstrike_shows_its_characters() {
        for (instruction, shown) in [
            (" eq \\o\\ac(○,提)", Some("提")),
            (" EQ \\* jc2 \\* \"Font:宋体\" \\* hps10 \\o\\ad(\\s\\up 9(tí),提)", Some("提")),
            (" eq \\o(\\s\\up 5(合并),\\s\\do 2(字符))", Some("合并字符")),
            (" EQ \\f(1,2)", None),
            (" EQ \\o", None),
            ("EQ", None),
        ] {
            assert_eq!(characters(instruction).as_deref(), shown, "{instruction}");
        }
    }
}
