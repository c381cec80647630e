//! Ids that no template names: of styles that Word or this writer needs whatever the house, and of lists.

/// The paragraph style all others build on.
pub(in crate::docx) const NORMAL: &str = "Normal";
/// The marks of footnotes.
pub(in crate::docx) const NOTE_MARK: &str = "FootnoteReference";
/// Word's ruled table.
pub(in crate::docx) const TABLE: &str = "TableGrid";
/// The empty paragraph that ends a section or parts two tables.
pub(in crate::docx) const LOW: &str = "LowParagraph";
/// The line of that style, in twips.
pub(in crate::docx) const LOW_LINE: i64 = 10;
/// The marks of glossary terms.
pub(in crate::docx) const TERM_MARK: &str = "TermMark";
/// The ruled table of the imprint.
pub(in crate::docx) const IMPRINT: &str = "ImprintTable";
/// The table of several authorities in a red head.
pub(in crate::docx) const JOINT: &str = "JointHeadTable";
/// The table of pictures side by side.
pub(in crate::docx) const FIGURES: &str = "FiguresTable";
/// Its name.
pub(in crate::docx) const FIGURES_NAME: &str = "图片并排";
/// A value bound to data, where values are marked.
pub(in crate::docx) const VALUE: &str = "DataValue";

/// The list instance (`w:num`) that the heading styles name.
pub(in crate::docx) const HEADINGS: usize = 1;
/// The deepest level that contents go down to.
pub(in crate::docx) const DEEPEST: u8 = 3;
/// The list instance that the points' style names.
pub(in crate::docx) const POINTS: usize = 2;
/// The list instance of ordered lists.
pub(in crate::docx) const LISTS: usize = 3;
/// The list instance of the glossary.
pub(in crate::docx) const TERMS: usize = 4;
/// The list instance of unordered lists.
pub(in crate::docx) const BULLETS: usize = 5;
