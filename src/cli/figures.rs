//! `dinggao figures`.

use super::figures_args::{FiguresArgs, FiguresFormat};
use super::terminal::{Terminal, bytes, print};
use super::{Exit, usage};
use crate::diagnostic::{Language, Message, counted, say};
use crate::pipeline::{self, Coverage, Difference, FigureEntry, FigureUse, FiguresOutcome};
use crate::world::SystemWorld;
use std::io;

pub(super) fn run(args: &FiguresArgs, terminal: Terminal) -> io::Result<Exit> {
    if args.each.is_some() {
        let message = say!(
            "figures 一次列一份报告的数据：先 dinggao build 报告.yaml --each …… --name ……，再 dinggao figures out/某份.pdf 报告.yaml",
            "figures lists one report: first dinggao build REPORT.yaml --each … --name …, then dinggao figures out/ONE.pdf REPORT.yaml"
        );
        return Ok(usage::refuse(&message, terminal));
    }
    let Some(request) = args.request() else {
        let message = say!(
            "请写上 PDF 的报告源文件，如 dinggao figures 报告.pdf data/报告.yaml",
            "name the PDF's source too, such as dinggao figures report.pdf data/report.yaml"
        );
        return Ok(usage::refuse(&message, terminal));
    };
    if args.format == FiguresFormat::Pdf && Terminal::results_are_seen() {
        let message = say!(
            "PDF 写到标准输出，请转到文件，如 dinggao figures --format pdf > 数据核对表.pdf",
            "the PDF goes to standard output: redirect it, as in dinggao figures --format pdf > figures.pdf"
        );
        return Ok(usage::refuse(&message, terminal));
    }
    let world = SystemWorld::new();
    let mut outcome = pipeline::figures(&world, &request);
    match args.format {
        FiguresFormat::Json => {
            print(&pipeline::figures_json(&outcome, terminal.language))?;
            return Ok(exit(&outcome, request.printed.is_some()));
        }
        FiguresFormat::Csv if !outcome.failed() => print(&pipeline::figures_csv(&outcome))?,
        FiguresFormat::Pdf if !outcome.failed() => match pipeline::figures_sheet(&world, &request, &outcome) {
            Ok(sheet) => bytes(&sheet)?,
            Err(diagnostics) => outcome.diagnostics.extend(diagnostics),
        },
        FiguresFormat::Human if !outcome.failed() => human(&outcome, args.coverage, terminal)?,
        _ => {}
    }
    terminal.diagnostics(&outcome.diagnostics, &outcome.sources);
    Ok(exit(&outcome, request.printed.is_some()))
}

/// A PDF that is not as its source says is an error; a change since an older state is a result.
fn exit(outcome: &FiguresOutcome, printed: bool) -> Exit {
    let other = printed && outcome.difference.as_ref().is_some_and(|d| !d.is_empty());
    if outcome.failed() || other { Exit::Errors } else { Exit::Done }
}

fn human(outcome: &FiguresOutcome, places: bool, terminal: Terminal) -> io::Result<()> {
    let mut lines = Vec::new();
    match &outcome.difference {
        Some(difference) => changes(&mut lines, difference, terminal),
        None => outcome.report.figures.iter().for_each(|figure| one(&mut lines, figure, terminal)),
    }
    if let Some(coverage) = outcome.report.coverage.as_ref().filter(|_| places) {
        covered(&mut lines, coverage, terminal.language);
    }
    let count = outcome.report.figures.len();
    let uses: usize = outcome.report.figures.iter().map(|figure| figure.uses.len()).sum();
    let said = match &outcome.difference {
        Some(difference) if difference.is_empty() => {
            say!("{count} 项数据都没有变", "none of the {count} figures has changed")
        }
        Some(difference) => {
            let (changed, added, removed) =
                (difference.changed.len(), difference.added.len(), difference.removed.len());
            say!(
                "改动 {changed} 项，新增 {added} 项，减少 {removed} 项",
                "{changed} changed, {added} added, {removed} removed"
            )
        }
        None => {
            let (figures, places) = (counted(count, "figure"), counted(uses, "place"));
            say!("数据 {count} 项，印在 {uses} 处", "{figures}, printed in {places}")
        }
    };
    if !lines.is_empty() {
        print(&lines.join("\n"))?;
    }
    terminal.say(&said)
}

fn one(lines: &mut Vec<String>, figure: &FigureEntry, terminal: Terminal) {
    let unit = figure.unit.as_deref().unwrap_or_default();
    let place = match (&figure.file, &figure.cell, &figure.sheet, figure.line) {
        (Some(file), Some(cell), Some(sheet), _) => format!("{file} {sheet}!{cell}"),
        (Some(file), _, _, Some(line)) => format!("{file}:{line}"),
        _ => String::new(),
    };
    lines.push(format!("{}  {}{unit}  {place}", terminal.bold(&figure.name), figure.printed));
    if !figure.from.is_empty() {
        let from = figure.from.join("、");
        lines.push(said(&say!("    由 {from} 算出", "    computed from {from}"), terminal.language));
    }
    uses(lines, &figure.uses, terminal.language);
    for check in &figure.checks {
        let (that, file, line) = (&check.that, &check.file, check.line);
        let words = if check.status == "holds" {
            say!("    核对 {that}（{file}:{line}）", "    check {that} ({file}:{line})")
        } else {
            say!("    没有核对 {that}（{file}:{line}）", "    not checked: {that} ({file}:{line})")
        };
        lines.push(said(&words, terminal.language));
    }
}

fn uses(lines: &mut Vec<String>, uses: &[FigureUse], language: Language) {
    for u in uses {
        let text = &u.text;
        let words = match (u.page, u.line) {
            (Some(page), Some(line)) => {
                say!("    第 {page} 页第 {line} 行“{text}”", "    page {page}, line {line}: \"{text}\"")
            }
            (Some(page), None) => {
                say!("    第 {page} 页的水印“{text}”", "    page {page}, in the watermark: \"{text}\"")
            }
            _ => say!("    画在图里：{text}", "    drawn in a chart: {text}"),
        };
        lines.push(said(&words, language));
    }
}

fn changes(lines: &mut Vec<String>, difference: &Difference, terminal: Terminal) {
    for figure in &difference.changed {
        let (before, after) = (terminal.gone(&figure.before), terminal.new_words(&figure.after));
        lines.push(format!("{}  {before}{after}", terminal.bold(&figure.name)));
        uses(lines, &figure.uses, terminal.language);
    }
    for (figures, new) in [(&difference.added, true), (&difference.removed, false)] {
        for figure in figures {
            let printed = if new { terminal.new_words(&figure.printed) } else { terminal.gone(&figure.printed) };
            lines.push(format!("{}  {printed}", terminal.bold(&figure.name)));
            if new {
                uses(lines, &figure.uses, terminal.language);
            }
        }
    }
}

fn covered(lines: &mut Vec<String>, coverage: &Coverage, language: Language) {
    for typed in &coverage.places {
        let (page, line, text, context) = (typed.page, typed.line, &typed.text, &typed.context);
        let words = say!(
            "手工写的 {text}：第 {page} 页第 {line} 行“{context}”",
            "typed {text}: page {page}, line {line}: \"{context}\""
        );
        lines.push(said(&words, language));
    }
    let Coverage { bound, automatic, typed, .. } = coverage;
    let share = coverage.share.map(|share| format!("{share:.1}%")).unwrap_or_default();
    let words = say!(
        "数字共三类：来自数据 {bound} 处，程序编排 {automatic} 处，手工写的 {typed} 处；数据占前后两类的 {share}",
        "digits: {bound} from the data, {automatic} counted by the program, {typed} typed; {share} of data and typed are data"
    );
    lines.push(said(&words, language));
}

fn said(message: &Message, language: Language) -> String {
    message.get(language).to_owned()
}
