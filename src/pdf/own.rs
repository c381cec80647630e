//! How a PDF of this program's is known again.

use memchr::memmem;

/// True for a PDF that this program wrote, in whatever version, and that nothing was added to: annotations are saved after the end
/// of a file (7.5.6).
#[must_use]
pub fn is_own(file: &[u8]) -> bool {
    const END: &[u8] = b"%%EOF";
    // In the packet of metadata, which is not deflated. Text in it is escaped: no title can pass for an element.
    let names = [
        concat!("<pdf:Producer>", env!("CARGO_PKG_NAME"), " "),
        concat!("<xmp:CreatorTool>", env!("CARGO_PKG_NAME"), " "),
    ];
    let once = memmem::find(file, END) == memmem::rfind(file, END);
    file.starts_with(b"%PDF-") && once && names.iter().all(|name| memmem::find(file, name.as_bytes()).is_some())
}

/// The figures that a PDF of this program's keeps, as JSON; None for a file without any.
#[must_use]
pub fn facts(file: &[u8]) -> Option<Vec<u8>> {
    super::finish::read_facts(file)
}
