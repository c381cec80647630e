//! The instructions of fields (ECMA-376 part 1, 17.16): what a program computes, with its arguments and switches.

/// The instruction of a field. What comes from a report goes in as an argument, which ends where it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Instruction(String);

impl Instruction {
    /// A field of a kind: `REF`, `PAGEREF`, `SEQ` ….
    pub(super) fn new(kind: &'static str) -> Self {
        Self(format!(" {kind} "))
    }

    /// Adds what is written in the program: a switch, with its argument.
    pub(super) fn switch(mut self, switch: &'static str) -> Self {
        self.0.push_str(switch);
        self.0.push(' ');
        self
    }

    /// Adds a name: of a bookmark, or of a sequence. It keeps letters, digits and underscores.
    pub(super) fn name(mut self, name: &str) -> Self {
        self.0.extend(name.chars().filter(|&c| c.is_alphanumeric() || c == '_'));
        self.0.push(' ');
        self
    }

    /// Adds a number after a switch.
    pub(super) fn number(mut self, switch: &'static str, number: u32) -> Self {
        self.0.extend([switch, " ", &number.to_string(), " "]);
        self
    }

    /// Adds an argument of any characters, in quotation marks.
    pub(super) fn argument(mut self, text: &str) -> Self {
        self.0.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => self.0.extend(['\\', c]),
                // A field has one line.
                '\n' | '\r' | '\t' => self.0.push(' '),
                _ => self.0.push(c),
            }
        }
        self.0.push_str("\" ");
        self
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_end_where_they_end() {
        let got = Instruction::new("TC").argument("a\" \\o \"1-3\nb").switch("\\h");
        assert_eq!(got.as_str(), " TC \"a\\\" \\\\o \\\"1-3 b\" \\h ");
        assert_eq!(Instruction::new("SEQ").name("表 \\* \"x").as_str(), " SEQ 表x ");
    }
}
