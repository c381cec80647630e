//! The stable codes. A code, once given, keeps its meaning; `docs/errors.md` explains each.

/// A stable code: `D` and three digits. D1 YAML, D2 the report's structure, D3 text and expressions, D4 data, D5 template,
/// D6 fonts, D7 layout, D8 files and outputs, D9 advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

/// Declares the codes and [`Code::ALL`] from one list, so that none is left out.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        impl Code {
            $($(#[$doc])* pub const $name: Self = Self($code);)*

            /// Every code, in ascending order.
            pub const ALL: &[Self] = &[$(Self::$name),*];
        }
    };
}

codes! {
    /// The file is not YAML.
    YAML_SYNTAX = "D101";
    /// A tab used for indentation.
    YAML_TAB = "D102";
    /// A key given twice in one map.
    YAML_DUPLICATE_KEY = "D103";
    /// More nesting, nodes or alias expansion than a report can need.
    YAML_LIMIT = "D104";
    /// `*name` without `&name`; mostly a text that begins with `**`.
    YAML_ALIAS = "D105";
    /// The file is not UTF-8.
    NOT_UTF8 = "D106";
    /// A control character in a file.
    CONTROL_CHARACTER = "D107";
    /// Nothing in the file.
    EMPTY_FILE = "D108";
    /// A second YAML document in the file.
    YAML_DOCUMENTS = "D109";
    /// `{{ … }}` without quotation marks, which YAML takes for a map.
    YAML_BARE_EXPRESSION = "D110";
    /// A `#` in the middle of a text, after which YAML takes the rest for a comment.
    YAML_COMMENT = "D111";
    /// A full-width colon after a key, or no space after a dash.
    YAML_KEY = "D112";
    /// An anchor that no alias uses, or a tag: text that begins with `&` or `!`.
    YAML_ANCHOR = "D113";

    /// A key that is not known here.
    UNKNOWN_KEY = "D201";
    /// A key that must be given is not.
    MISSING_KEY = "D202";
    /// A value of another kind than wanted.
    WRONG_TYPE = "D203";
    /// A value of the right kind that cannot be used.
    BAD_VALUE = "D204";
    /// An id given twice.
    DUPLICATE_ID = "D205";
    /// Headings or lists nested deeper than four levels.
    HEADING_DEPTH = "D206";
    /// Nothing where text or blocks are needed.
    EMPTY = "D207";
    /// A row of a table with too few or too many cells.
    RAGGED_TABLE = "D208";
    /// A map that is no kind of block, or two kinds at once.
    BLOCK_KIND = "D209";
    /// Merged cells overlap, or reach out of the table.
    MERGED_CELLS = "D210";
    /// A value of a chart that is no number.
    CHART_VALUE = "D211";
    /// A series with more or fewer values than the chart has categories.
    RAGGED_CHART = "D212";
    /// Data that a chart of this kind cannot show.
    CHART_UNFIT = "D213";
    /// A file of blocks that cannot be read.
    INCLUDE_UNREADABLE = "D214";
    /// Files that include one another in a circle, or too many.
    INCLUDE_CIRCLE = "D215";
    /// `each` makes more blocks than a report can need.
    EACH_LIMIT = "D216";

    /// `**`, `{{`, `[@` or `[^` that is never closed.
    UNCLOSED_MARK = "D301";
    /// An expression that cannot be read.
    EXPRESSION_SYNTAX = "D302";
    /// A name that the data does not have.
    UNKNOWN_NAME = "D303";
    /// An expression that cannot be computed.
    EXPRESSION_FAILED = "D304";
    /// A result that cannot be printed as it is.
    UNPRINTABLE_VALUE = "D305";
    /// A reference to an id that no block has.
    UNKNOWN_REFERENCE = "D306";
    /// A reference to a block without a number.
    UNNUMBERED_REFERENCE = "D307";
    /// A call of a note that is not given.
    UNKNOWN_NOTE = "D308";
    /// A check that does not hold.
    CHECK_FAILED = "D309";
    /// A check that is neither true nor false.
    CHECK_NOT_BOOLEAN = "D310";
    /// A mark of a term that the glossary does not have.
    UNKNOWN_TERM = "D311";
    /// A character that no print can show.
    UNPRINTABLE_CHARACTER = "D321";
    /// Letters of a script that has to be shaped.
    UNSHAPED_SCRIPT = "D322";
    /// A combining mark that makes no character with the one before it.
    STRAY_MARK = "D323";
    /// Markup in full-width characters.
    FULL_WIDTH_MARKUP = "D324";
    /// The mark of a term that is not in the text before it.
    TERM_NOT_BEFORE = "D325";
    /// A link whose address leads nowhere.
    LINK_ADDRESS = "D326";
    /// A forced line end where the program breaks the lines.
    BREAK_PLACE = "D327";
    /// Markup with a space in it.
    SPACED_MARKUP = "D328";

    /// A data file that cannot be read.
    DATA_UNREADABLE = "D401";
    /// A data file of an unknown kind.
    DATA_FORMAT = "D402";
    /// A CSV file that cannot be understood.
    BAD_CSV = "D403";
    /// An Excel file that cannot be understood.
    BAD_XLSX = "D404";
    /// A JSON file that cannot be understood.
    BAD_JSON = "D405";
    /// Data of another shape than wanted.
    DATA_SHAPE = "D406";
    /// `--set` with a name that the data does not have, or cannot have.
    BAD_OVERRIDE = "D407";
    /// A number that cannot be kept digit for digit, or is none.
    BAD_NUMBER = "D408";
    /// Something to pull that is not named soundly.
    PULL_ENTRY = "D409";
    /// Data that could not be pulled.
    PULL_FAILED = "D410";
    /// A pulled file that was changed since.
    PULL_CHANGED = "D411";

    /// A template that is found nowhere.
    TEMPLATE_NOT_FOUND = "D501";
    /// A numbering sample that shows no number.
    BAD_SCHEME = "D502";
    /// A length without a unit, or out of range.
    BAD_LENGTH = "D503";
    /// Figures of a template that do not fit together.
    TEMPLATE_MISFIT = "D504";
    /// Templates that extend one another in a circle.
    TEMPLATE_CIRCLE = "D505";

    /// A character that no font has.
    GLYPH_MISSING = "D601";
    /// No font directory was found.
    FONTS_NOT_FOUND = "D602";
    /// None of the faces that a role names is in the font directories.
    FACE_NOT_FOUND = "D603";
    /// A font file that cannot be used.
    FACE_UNUSABLE = "D604";
    /// A face whose makers forbid embedding.
    FACE_RESTRICTED = "D605";
    /// Advice: a face of which makers forbid to embed a part.
    FACE_WHOLE_ONLY = "D606";
    /// Advice: a file of a font folder that looks like a font and cannot be read.
    FONT_FILE_UNREAD = "D607";

    /// A picture without a sound head.
    PICTURE_UNSOUND = "D702";
    /// Rows of a table that merged cells hold together and that no page can hold.
    ROWS_TOO_HIGH = "D703";
    /// A block that cannot be set in pages.
    NOT_SET = "D704";
    /// A chart with more in it than its room holds legibly.
    CHART_CROWDED = "D705";
    /// A table whose columns do not hold their numbers and words in the smallest type.
    TABLE_TOO_WIDE = "D706";
    /// Text that is longer than its place holds.
    TEXT_OUT_OF_PLACE = "D707";
    /// A name of an issuing authority that has no room on a line.
    HEAD_TOO_WIDE = "D708";
    /// A first page of an official document without text.
    FIRST_PAGE_WITHOUT_TEXT = "D709";
    /// Advice: a line whose gaps are seen to be open, or that ends early.
    LINE_OPENED = "D711";
    /// Advice: a word or number longer than a line, which was torn.
    WORD_TORN = "D712";
    /// Advice: a picture with too few dots an inch for print.
    PICTURE_COARSE = "D713";
    /// Advice: a page left half empty before a picture or table.
    PAGE_LEFT_EMPTY = "D714";
    /// A cover that needs more than a page.
    COVER_TOO_LONG = "D715";
    /// Advice: a picture without alternative text.
    PICTURE_UNDESCRIBED = "D716";
    /// Advice: a page with a signature and no text.
    SIGNATURE_ALONE = "D717";
    /// A column of numbers that has no room to set them on their decimal points.
    POINTS_APART = "D718";
    /// Seals that need more than a page, one of which is without text.
    SEALS_WITHOUT_TEXT = "D719";
    /// Advice: a footnote of which nothing is on the page that calls it.
    NOTE_OVERLEAF = "D720";
    /// Advice: values of a chart that are not written in it.
    VALUES_LEFT_OUT = "D721";
    /// A picture that is narrower than its written width, or far smaller than it is by itself.
    PICTURE_SMALLER = "D722";
    /// A caption, the notes of a table or a heading that is not on the page of what it belongs to.
    PARTED = "D723";
    /// The title of an official document in smaller type than its style, so that the first page has text.
    TITLE_SMALLER = "D724";

    /// The report cannot be read.
    REPORT_UNREADABLE = "D801";
    /// A picture that cannot be read.
    IMAGE_UNREADABLE = "D802";
    /// SOURCE_DATE_EPOCH is no count of seconds.
    BAD_EPOCH = "D803";
    /// An output that cannot be replaced because another program has it open.
    OUTPUT_BUSY = "D811";
    /// An output that cannot be written.
    OUTPUT_UNWRITABLE = "D812";
    /// Two outputs of one name, or an output in the place of an input.
    OUTPUT_CLASH = "D813";
    /// A file in an output's place that this program did not write.
    OUTPUT_FOREIGN = "D814";
    /// A Word file in its output's place that was changed since it was written.
    OUTPUT_REVISED = "D815";
    /// An output could not be made, by a fault of the program.
    OUTPUT_INTERNAL = "D819";
    /// Something that a press cannot take: its profile, a colour, pages of different sizes on one sheet.
    NOT_FOR_PRESS = "D821";
    /// Pages that were asked for and are not there.
    PAGES_MISSING = "D822";
    /// Numbered copies of a report without a copy number.
    COPIES_UNNUMBERED = "D823";
    /// A PDF that `verify` cannot check.
    PDF_UNCHECKED = "D824";
    /// A character that a Word file cannot hold.
    DOCX_CHARACTER = "D851";
    /// A picture that cannot go into a Word file.
    DOCX_PICTURE = "D852";
    /// A face that a Word file may not or cannot carry.
    DOCX_FACE = "D853";
    /// The Word file could not be put together, by a fault of the program.
    DOCX_INTERNAL = "D859";
    /// A Word file that cannot be read.
    WORD_UNREADABLE = "D861";
    /// A Word file that is not of this report.
    FOREIGN_FILE = "D862";
    /// A change that was named and is not there.
    UNKNOWN_CHANGE = "D863";
    /// The name of a hand-out by which another text went out.
    HANDOUT_TAKEN = "D864";
    /// A file that holds no figures to compare with.
    OLD_FIGURES = "D871";
    /// A row whose outputs have no name of their own.
    EACH_NAME = "D872";
    /// The program itself has failed.
    PROGRAM_FAULT = "D891";

    /// The same mark twice in a row.
    DOUBLED_MARK = "D901";
    /// A quotation mark or bracket without its partner.
    UNPAIRED_MARK = "D902";
    /// A space between Han characters.
    HAN_SPACE = "D903";
    /// A half-width mark between Han characters.
    HALF_WIDTH_MARK = "D904";
    /// A number typed in the text that the data has.
    TYPED_NUMBER = "D905";
    /// A data entry that is never used.
    UNUSED_DATA = "D906";
    /// A note that is never called.
    UNUSED_NOTE = "D907";
    /// A word that joins, right before a closing mark or a full stop.
    DANGLING_WORD = "D908";
    /// A term of the glossary that nothing marks.
    UNUSED_TERM = "D909";
    /// A character that shows nothing, left out.
    INVISIBLE_CHARACTER = "D921";
    /// A space of a width of its own, or a line end.
    UNUSUAL_SPACE = "D922";
    /// A radical or a compatibility ideograph in the place of a Han character.
    RADICAL = "D923";
    /// A character of the private use area.
    PRIVATE_CHARACTER = "D924";
    /// Markdown or HTML that prints as it is typed.
    TYPED_MARKUP = "D925";
    /// A number typed where the program writes one.
    TYPED_NUMBERING = "D926";
    /// A unit that the data and the text both give.
    REPEATED_UNIT = "D927";
    /// A point without its stop.
    POINT_WITHOUT_STOP = "D928";
    /// A block that came out empty and is left out.
    LEFT_OUT = "D929";
    /// Text after a `#` that may be meant to print.
    DOUBTFUL_COMMENT = "D930";
    /// A figure that is rounded already is rounded again.
    ROUNDED_TWICE = "D931";
    /// Shares that were adjusted to add up.
    SHARES_ADJUSTED = "D932";
    /// A check that could not be made because a value is missing.
    CHECK_SKIPPED = "D933";
    /// Parts that miss their total by no more than rounding makes.
    SUM_ROUNDED = "D934";
    /// Rows or cells of a file that are not taken as data.
    TABLE_SKIPPED = "D935";
    /// A row that adds up others is among the data.
    TABLE_TOTAL = "D936";
    /// A cell whose value changes by itself, comes from another workbook, or has lost digits.
    CELL_DOUBT = "D937";
    /// A file whose encoding only its bytes tell.
    ENCODING_GUESSED = "D938";
    /// Line ends of the source that print as nothing, where lines were meant.
    LINES_JOINED = "D940";
    /// One figure with two values.
    TWO_VALUES = "D941";
    /// A count in the text that leaves one out.
    MISSING_COUNT = "D942";
    /// A phrase that differs from a known term by a character.
    NEAR_TERM = "D943";
    /// A snapshot that is not as it was pulled, or was pulled from something else.
    SNAPSHOT_CHANGED = "D944";
    /// Digits or letters as wide as a Han character, or signs so wide among digits.
    FULL_WIDTH_LATIN = "D945";
    /// The file name of a picture that prints as text.
    PICTURE_NAME = "D946";
    /// A part of an official document, a title or a caption in another form than the standard's.
    OFFICIAL_FORM = "D947";
    /// A day that no calendar has, or a day of the week that is not that of its date.
    IMPOSSIBLE_DATE = "D948";
    /// A value in running text that prints as nothing.
    EMPTY_VALUE = "D949";
    /// A comment that came home and whose paragraph is not there any more.
    COMMENT_HOMELESS = "D950";
    /// A default in the place of a column that the table does not have.
    DEFAULT_FOR_COLUMN = "D951";
    /// A heading or an attachment with nothing below it.
    EMPTY_SECTION = "D952";
    /// A typed reference to an attachment that the report does not have.
    NO_SUCH_ATTACHMENT = "D953";
    /// A misspelt word, or words that contradict or repeat each other.
    WORDING = "D954";
    /// A figure put into words in a way that is hardly meant.
    DOUBTFUL_FIGURE = "D955";
    /// A forced line end at the edge of a text, which does not print.
    EDGE_BREAK = "D956";
    /// The indent of a text in a cell of the data is not kept.
    INDENT_LOST = "D957";
    /// A full-width comma in a list in brackets, which parts nothing.
    FULL_WIDTH_COMMA = "D958";
    /// A place that is still to be filled in.
    UNFILLED = "D960";
    /// A paragraph that is there twice.
    SAME_TEXT = "D961";
    /// A comma within a number in a list in brackets, which makes two entries of it.
    SPLIT_NUMBER = "D962";
    /// A total that is not the sum of its rows as printed, or that is a slice of a pie.
    TOTAL_OFF = "D963";
    /// The lines of a value of the data that a cell written in the report joins.
    CELL_LINES_JOINED = "D964";
    /// A page break that nothing follows.
    IDLE_BREAK = "D965";
}
