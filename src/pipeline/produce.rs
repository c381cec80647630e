//! From the source to the bytes of every output.

use super::handout;
use super::kept::{self, KeptParts, KeptWork, OpenFonts};
use super::layout_json;
use super::merge_log;
use super::press::{self, PrintedPages};
use super::request::{Outcome, PdfFile, Request};
use super::{faces, figures, row};
use crate::diagnostic::{Code, Diagnostic, Message, Sources, say};
use crate::font::Fonts;
use crate::layout::{self, Drift, PagedDocument, SetParagraphs};
use crate::model::{Comment, Document, RowNote, Statistics};
use crate::pdf::PdfProfile;
use crate::printed::Printed;
use crate::template::{Closing, Compose, Template};
use crate::world::World;
use crate::{docx, pdf, preview, source};
use std::borrow::Cow;
use std::thread;

/// The bytes of every output.
#[derive(Default)]
pub(super) struct Product {
    /// What follows the report's name in theirs.
    pub(super) suffix: &'static str,
    /// A file, or one for each copy, by its number.
    pub(super) pdf: Vec<(Option<u32>, Vec<u8>)>,
    pub(super) docx: Option<Vec<u8>>,
    /// What a hand-out is compared with when it comes back.
    pub(super) base: Option<Vec<u8>>,
    pub(super) png: Vec<Vec<u8>>,
    pub(super) layout: Option<Vec<u8>>,
}

/// What the PDF is made from.
struct PdfJob<'a> {
    files: Vec<PrintedPages<'a>>,
    options: pdf::PdfOptions,
}

impl<'a> PdfJob<'a> {
    fn new(
        world: &dyn World,
        asked: &PdfFile,
        (document, template, fonts): (&Document, &Template, &Fonts),
        paged: &'a PagedDocument,
    ) -> Result<Self, Vec<Diagnostic>> {
        let options = press::options(world, asked)?;
        Ok(Self { files: press::selected(document, template, fonts, paged, asked)?, options })
    }
}

/// What is made from the pages.
struct PageOutputs {
    pages: usize,
    pdf: Vec<(Option<u32>, Vec<u8>)>,
    png: Vec<Vec<u8>>,
    layout: Option<Vec<u8>>,
}

/// What the outputs are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// They are put in place.
    Build,
    /// They are put in place, and the places of all lines with them.
    BuildWithLayout,
    /// They are dropped; slips are looked for too.
    Check,
}

/// A report that was read and set, and what is worth a look.
pub(super) struct Composed {
    pub(super) sources: Sources,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) document: Document,
    pub(super) template: Template,
    pub(super) open: OpenFonts,
    pub(super) paged: PagedDocument,
}

/// Reads a report and makes its pages; `row`: those of one of many reports.
///
/// # Errors
/// An outcome that says what is wrong.
pub(super) fn composed(
    (world, kept): (&dyn World, Option<&KeptWork<'_>>),
    request: &Request,
    purpose: Purpose,
    row: Option<&RowNote>,
) -> Result<Composed, Box<Outcome>> {
    let advice = purpose == Purpose::Check;
    let options = source::InputOptions { template: request.template.clone(), overrides: request.set.clone(), advice };
    let loaded = match row {
        None => source::load_kept(world, kept.map(KeptWork::files), &request.report, &options),
        Some(row) => of_row(world, request, &options, row)?,
    };
    let mut outcome = Outcome { sources: loaded.sources, diagnostics: loaded.diagnostics, ..Outcome::default() };
    let Ok((document, mut template)) = loaded.outcome else {
        // Whoever stops must say why.
        if !outcome.failed() {
            outcome.diagnostics.push(unsaid());
        }
        return Err(Box::new(outcome));
    };
    if let Some(policy) = request.compose {
        template.compose.policy = policy;
    }
    bind(request, &mut template);
    template.closing = closing(request.word.profile);
    if world.is_superseded() {
        return Err(Box::new(Outcome { superseded: true, ..outcome }));
    }
    match compose((world, kept), request, &document, &mut template) {
        Ok((open, paged)) => {
            let Outcome { sources, mut diagnostics, .. } = outcome;
            diagnostics.extend(paged.advice.iter().cloned());
            Ok(Composed { sources, diagnostics, document, template, open, paged })
        }
        Err(diagnostics) => {
            outcome.diagnostics.extend(diagnostics);
            Err(Box::new(outcome))
        }
    }
}

/// A report for one row of its list.
fn of_row(
    world: &dyn World,
    request: &Request,
    options: &source::InputOptions,
    row: &RowNote,
) -> Result<source::Loaded, Box<Outcome>> {
    let loaded = row::load(world, &request.report, options, (row, None));
    let stopped = |(sources, diagnostics)| Box::new(Outcome { sources, diagnostics, ..Outcome::default() });
    loaded.map(|of_row| of_row.loaded).map_err(stopped)
}

/// No product where there is any error.
pub(super) fn produce(
    (world, kept): (&dyn World, Option<&KeptWork<'_>>),
    request: &Request,
    purpose: Purpose,
) -> (Outcome, Option<Product>) {
    let composed = composed((world, kept), request, purpose, None);
    let Composed { sources, diagnostics, document, template, open, paged } = match composed {
        Ok(composed) => composed,
        Err(outcome) => return (*outcome, None),
    };
    if world.is_superseded() {
        return (Outcome { sources, superseded: true, ..Outcome::default() }, None);
    }
    let comments = if request.word.merged_comments { merge_log::comments(world, &request.report) } else { Vec::new() };
    let set = Set {
        world,
        document: &document,
        template: &template,
        fonts: &open.fonts,
        paged: &paged,
        comments: &comments,
        row: None,
        kept: KeptParts { paragraphs: open.paragraphs.as_deref(), streams: kept.map(KeptWork::streams) },
    };
    let (mut outcome, product) = make((request, purpose), &sources, &set);
    outcome.sources = sources;
    outcome.diagnostics.splice(0..0, diagnostics);
    let product = product.filter(|_| !outcome.failed());
    (outcome, product)
}

/// Mirrors the margins of pages for a press: both sides of a sheet are bound at the same edge (GB/T 9704 7.1).
pub(super) fn bind(request: &Request, template: &mut Template) {
    if request.formats.pdf && request.pdf.profile == PdfProfile::Print {
        template.page.mirror = true;
    }
}

/// A document that is set.
pub(super) struct Set<'a> {
    pub(super) world: &'a dyn World,
    pub(super) document: &'a Document,
    pub(super) template: &'a Template,
    pub(super) fonts: &'a Fonts,
    pub(super) paged: &'a PagedDocument,
    /// Comments that the Word file carries.
    pub(super) comments: &'a [docx::PlacedComment],
    /// Which of many reports it is.
    pub(super) row: Option<&'a RowNote>,
    /// What earlier builds have left.
    pub(super) kept: KeptParts<'a>,
}

/// The outputs of a document that is set; none where there is any error.
pub(super) fn make(
    (request, purpose): (&Request, Purpose),
    sources: &Sources,
    set: &Set<'_>,
) -> (Outcome, Option<Product>) {
    let Set { world, document, template, fonts, paged, comments, row, kept } = *set;
    let mut outcome = Outcome::default();
    outcome.diagnostics.extend(faces::restricted(fonts, paged));
    outcome.diagnostics.extend(fonts.unread().iter().cloned());
    let (faces, remarks) = match request.word.embed_fonts.filter(|_| request.formats.docx) {
        Some(carried) => faces::embedded(fonts, &faces::characters(document, paged, carried)),
        None => (Vec::new(), Vec::new()),
    };
    outcome.diagnostics.extend(remarks);
    let options = docx::WordOptions {
        profile: request.word.profile,
        mark_values: request.word.mark_values,
        faces,
        handed_out: handout::handed_out(request, document),
        ..docx::WordOptions::default()
    };
    let as_word = match as_word(request, document, template, (fonts, kept.paragraphs), paged) {
        Ok(printed) => printed,
        Err(diagnostics) => {
            outcome.diagnostics.extend(diagnostics);
            return (outcome, None);
        }
    };
    let job = match PdfJob::new(world, &request.pdf, (document, template, fonts), paged) {
        Ok(job) => job,
        Err(diagnostics) => {
            outcome.diagnostics.extend(diagnostics);
            return (outcome, None);
        }
    };
    let with = handout::WrittenWith { comments, row, streams: kept.streams };
    let (printed, word) = thread::scope(|scope| {
        let word =
            scope.spawn(|| request.formats.docx.then(|| handout::write(document, template, &as_word, &options, &with)));
        let facts =
            request.formats.pdf.then(|| figures::tagged(&request.report, document, sources, (paged, fonts), row));
        let extras = pdf::PdfExtras { facts: facts.as_ref().and_then(Option::as_deref), streams: kept.streams };
        let printed = print((request, purpose), document, (paged, &job), fonts, extras);
        (printed, word.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    if request.drift {
        match drift(document, template, fonts, paged) {
            Ok(drift) => outcome.drift = drift,
            Err(diagnostics) => outcome.diagnostics.extend(diagnostics),
        }
    }
    let mut product = Product::default();
    match printed {
        Ok(printed) => {
            outcome.pages = printed.pages;
            outcome.statistics = Some(Statistics::of(document, printed.pages, template.statistics.rate));
            product = Product { pdf: printed.pdf, png: printed.png, layout: printed.layout, ..Product::default() };
        }
        Err(diagnostics) => outcome.diagnostics.extend(diagnostics),
    }
    match word {
        Some(Ok(docx::Commented { bytes, left })) => {
            product.base = request.handout.is_some().then(|| handout::base(&bytes)).flatten();
            product.docx = Some(bytes);
            outcome.diagnostics.extend(left.iter().map(homeless));
        }
        Some(Err(error)) => outcome.diagnostics.push(error.diagnostic()),
        None => {}
    }
    let product = (!outcome.failed()).then_some(product);
    (outcome, product)
}

/// A comment that is about nothing in the report any more.
fn homeless(comment: &Comment) -> Diagnostic {
    let (author, text) = (&comment.author, &comment.text);
    Diagnostic::advice(
        Code::COMMENT_HOMELESS,
        None,
        say!(
            "{author}的批注没有放进 Word 文件：它所在的段落已经没有了。批注：{text}",
            "a comment of {author} is not in the Word file, for its paragraph is not there any more: {text}"
        ),
        say!("需要的话，把它记在别处", "note it elsewhere if it still matters"),
    )
}

/// What makes the characters of the Word file as wide as the grid's cells.
pub(super) const fn closing(profile: docx::Profile) -> Closing {
    match profile {
        docx::Profile::Portable => Closing::Styles,
        docx::Profile::Word => Closing::Grid,
    }
}

/// Fonts, and the pages set with them; the template with the sizes that its texts were set in.
pub(super) fn compose(
    (world, kept): (&dyn World, Option<&KeptWork<'_>>),
    request: &Request,
    document: &Document,
    template: &mut Template,
) -> Result<(OpenFonts, PagedDocument), Vec<Diagnostic>> {
    let open = kept::fonts(world, kept, request, &template.fonts)?;
    let paged = layout::compose_fitted(document, template, &open.fonts, open.paragraphs.as_deref())?;
    Ok((open, paged))
}

/// What the Word file repeats of the pages: those printed, but for the page numbers where it lists any. A program that breaks lines
/// in its own way has a heading on another page than the print; so these are the numbers that Word's way gives.
pub(super) fn as_word<'a>(
    request: &Request,
    document: &Document,
    template: &Template,
    (fonts, kept): (&Fonts, Option<&SetParagraphs>),
    paged: &'a PagedDocument,
) -> Result<Cow<'a, Printed>, Vec<Diagnostic>> {
    let fine = template.compose.policy == Compose::Fine;
    if !(request.formats.docx && fine && document.contents().is_some()) {
        return Ok(Cow::Borrowed(&paged.printed));
    }
    let mut template = template.clone();
    template.compose.policy = Compose::Word;
    let pages = layout::compose_with(document, &template, fonts, kept)?;
    Ok(Cow::Owned(paged.printed.with_pages_of(&pages.printed)))
}

fn print(
    (request, purpose): (&Request, Purpose),
    document: &Document,
    (paged, job): (&PagedDocument, &PdfJob<'_>),
    fonts: &Fonts,
    extras: pdf::PdfExtras<'_>,
) -> Result<PageOutputs, Vec<Diagnostic>> {
    let mut pdf = Vec::new();
    for PrintedPages { number, pages } in job.files.iter().filter(|_| request.formats.pdf) {
        pdf.push((*number, write_pdf(document, pages, fonts, (&job.options, extras))?));
    }
    Ok(PageOutputs {
        pages: paged.pages.len(),
        pdf,
        png: request.formats.png.map(|dpi| draw(document, paged, fonts, dpi)).transpose()?.unwrap_or_default(),
        layout: (purpose == Purpose::BuildWithLayout).then(|| write_layout(document, paged, fonts)).transpose()?,
    })
}

/// Where the pages of the other policies part from those of the optimum. `paged`: those that the template asks for.
fn drift(
    document: &Document,
    template: &Template,
    fonts: &Fonts,
    paged: &PagedDocument,
) -> Result<Vec<Drift>, Vec<Diagnostic>> {
    let by = |policy| {
        let mut template = template.clone();
        template.compose.policy = policy;
        layout::compose(document, &template, fonts)
    };
    let fine = if template.compose.policy == Compose::Fine { None } else { Some(by(Compose::Fine)?) };
    let fine = fine.as_ref().unwrap_or(paged);
    let against = |policy| -> Result<Drift, Vec<Diagnostic>> {
        if template.compose.policy == policy {
            return Ok(Drift::between((Compose::Fine, fine), (policy, paged)));
        }
        Ok(Drift::between((Compose::Fine, fine), (policy, &by(policy)?)))
    };
    [Compose::Word, Compose::LibreOffice].into_iter().map(against).collect()
}

pub(super) fn write_pdf(
    document: &Document,
    paged: &PagedDocument,
    fonts: &Fonts,
    (options, extras): (&pdf::PdfOptions, pdf::PdfExtras<'_>),
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    pdf::write_for(document, paged, fonts, options, extras).map_err(|error| {
        let message = error.message();
        if error.is_refusal() { vec![press::refused(message)] } else { vec![internal("PDF", &message)] }
    })
}

fn draw(document: &Document, paged: &PagedDocument, fonts: &Fonts, dpi: u32) -> Result<Vec<Vec<u8>>, Vec<Diagnostic>> {
    preview::render(document, paged, fonts, f64::from(dpi)).map_err(|error| vec![internal("PNG", &error.message())])
}

fn write_layout(document: &Document, paged: &PagedDocument, fonts: &Fonts) -> Result<Vec<u8>, Vec<Diagnostic>> {
    layout_json::write(document, paged, fonts).map_err(|error| vec![internal("--layout", &say!("{error}", "{error}"))])
}

/// A fault of the program: something is wrong with the input, and no message tells what.
fn unsaid() -> Diagnostic {
    Diagnostic::error(
        Code::OUTPUT_INTERNAL,
        None,
        say!("报告读不出来，原因不明", "the report could not be read, and nothing says why"),
        say!("这是程序的错误，请报告", "this is a fault of the program; please report it"),
    )
}

/// A fault of the program, or of a font file: the input passed every check, and an output could not be made all the same.
fn internal(output: &str, cause: &Message) -> Diagnostic {
    let Message { zh, en } = cause;
    Diagnostic::error(
        Code::OUTPUT_INTERNAL,
        None,
        say!("{output} 未能生成：{zh}", "{output} could not be made: {en}"),
        say!(
            "如果没有换过字体，这是程序的错误，请报告",
            "unless fonts were changed, this is a fault of the program; please report it"
        ),
    )
}
