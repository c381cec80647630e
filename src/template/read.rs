//! From YAML to [`Template`].

/// The templates built into the program: name and text.
pub const BUILT_IN: [(&str, &str); 1] = [("work-report", include_str!("../../templates/work-report.yaml"))];

/// Stub until landed.
pub fn read_template() {}
