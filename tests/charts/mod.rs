//! Charts in the pages and in the Word file: `data/samples/charts.yaml`, and charts that are crowded.

#![expect(clippy::expect_used, reason = "tests fail by panicking")]

use crate::cases;
use crate::docx::trees;
use crate::font::fonts;
use crate::pdf::reader;
use crate::sample;
use dinggao::diagnostic::{Code, FileId, Span};
use dinggao::docx;
use dinggao::layout::{Line, LineKind, OutlineStep, Page, PageItem, PagedDocument, compose};
use dinggao::model::{
    BlockIndex, BlockKind, Chart, ChartKind, Document, FigureFlow, Lie, Origin, Quantity, Run, RunKind, Scale, Series,
    Text, ValueAxis,
};
use dinggao::pdf;
use dinggao::template::Template;
use lopdf::{Dictionary, Object};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::path::Path;

const SAMPLE: &str = "charts.yaml";

fn read() -> (Document, Template) {
    sample::read(SAMPLE)
}

fn sample() -> (Document, Template, PagedDocument) {
    sample::set(SAMPLE)
}

/// What is where: every text, and every path by its box, its ink and its pen.
fn shown(paged: &PagedDocument) -> String {
    let mut out = String::new();
    for page in &paged.pages {
        writeln!(out, "# {}", page.label()).expect("a string");
        for item in &page.items {
            match item {
                PageItem::Line(line) => {
                    let (x, y) = (line.x.to_mm(), line.baseline.to_mm());
                    let kind = match line.kind {
                        LineKind::Chart(_) => "chart",
                        LineKind::Caption(_) => "caption",
                        _ => "text",
                    };
                    writeln!(out, "{x:.1} {y:.1} {kind} {}", line.text).expect("a string");
                }
                PageItem::Path(path) => {
                    let [left, top, right, bottom] = bounds(&path.steps).map(|points| points * 25.4 / 72.0);
                    let fill = path.fill.map(|ink| format!(" fill {:.2}", ink.black)).unwrap_or_default();
                    let pen = path.stroke.map(|(_, width)| format!(" pen {}", width.to_pt())).unwrap_or_default();
                    let steps = path.steps.len();
                    writeln!(out, "{left:.1} {top:.1} to {right:.1} {bottom:.1} path {steps}{fill}{pen}")
                        .expect("a string");
                }
                PageItem::Rule(_) | PageItem::Picture(_) => {}
            }
        }
    }
    out
}

fn bounds(steps: &[OutlineStep]) -> [f64; 4] {
    let points = steps.iter().flat_map(|step| match *step {
        OutlineStep::Move(x, y) | OutlineStep::Line(x, y) => vec![(x, y)],
        OutlineStep::Curve(points) => points.to_vec(),
        OutlineStep::Close => Vec::new(),
    });
    points
        .fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[a, b, c, d], (x, y)| [a.min(x), b.min(y), c.max(x), d.max(y)])
}

fn kept(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, found).expect("written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    for (number, (found, kept)) in found.lines().zip(kept.lines()).enumerate() {
        assert_eq!(found, kept, "{name}:{}", number + 1);
    }
    assert_eq!(found.lines().count(), kept.lines().count(), "{name}");
}

#[test]
fn everything_stands_where_it_stood() {
    kept("charts.txt", &shown(&sample().2));
}

/// The chart parts of the Word file, and every sheet of their workbooks.
#[test]
fn the_word_file_has_the_charts_with_their_numbers() {
    let (document, template, paged) = sample();
    let options = docx::WordOptions::default();
    let file = docx::write(&document, &template, &paged.printed, &options).expect("a Word file");
    let charts: Vec<&Chart> = document
        .blocks
        .iter()
        .filter_map(|block| if let BlockKind::Chart(chart) = &block.kind { Some(chart) } else { None })
        .collect();
    assert_eq!(charts.len(), 7);
    let mut parts = String::new();
    for (name, tree) in trees(&file).iter().filter(|(name, _)| name.starts_with("word/charts/chart")) {
        writeln!(parts, "# {name}\n{}", tree.canonical()).expect("a string");
    }
    kept("docx/charts.txt", &parts);
    for (chart, number) in charts.into_iter().zip(1..) {
        let text = |tree: &crate::docx::xml::Node, name: &str| -> Vec<String> {
            tree.all(name).iter().map(|node| node.children.iter().map(|c| c.text.as_str()).collect()).collect()
        };
        let values: Vec<String> = chart.series.iter().flat_map(Series::given).map(|v| v.text.plain()).collect();
        let names: Vec<String> = chart.categories.iter().map(Text::plain).collect();
        let part = &trees(&file)
            .into_iter()
            .find(|(name, _)| *name == format!("word/charts/chart{number}.xml"))
            .expect("a part")
            .1;
        let cached: Vec<String> = part.all("c:val").iter().flat_map(|node| text(node, "c:v")).collect();
        assert_eq!(cached, values);
        assert_eq!(text(part.all("c:cat")[0], "c:v"), names);
        let book = crate::docx::bytes(&file, &format!("word/embeddings/Microsoft_Excel_Worksheet{number}.xlsx"));
        let sheet = &trees(&book).into_iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").expect("a sheet").1;
        // Row by row, where the chart has them series by series.
        let (mut held, mut wanted) = (text(sheet, "v"), values);
        held.sort();
        wanted.sort();
        assert_eq!(held, wanted);
        let head = |s: &Series| s.name.plain() + if s.axis == ValueAxis::Right { "（右轴）" } else { "" };
        let heads = std::iter::once("类别".to_owned()).chain(chart.series.iter().map(head));
        assert_eq!(text(sheet, "t"), heads.chain(names).collect::<Vec<_>>());
    }
}

#[test]
fn those_who_do_not_see_a_chart_are_told_its_numbers() {
    let (document, ..) = sample();
    let said: Vec<String> = document
        .blocks
        .iter()
        .filter_map(
            |block| if let BlockKind::Chart(chart) = &block.kind { Some(chart.alternative_text()) } else { None },
        )
        .collect();
    assert!(
        said[0].starts_with("柱形图：各专门委员会提案数。经济委：收到 31件，立案 29件；城建环保委："),
        "{}",
        said[0]
    );
    assert!(said[2].ends_with("受条件限制待以后解决：13件；留作参考：8件。"), "{}", said[2]);
    assert!(said[3].starts_with("一般公共预算收入同比增长：一季度下降3.2%"), "{}", said[3]);
}

/// In the PDF a chart is one figure that says its numbers, in black ink alone, its text text.
#[test]
fn the_pdf_has_figures_with_their_text_in_black() {
    let (document, _, paged) = sample();
    let file = reader::load(&pdf::write(&document, &paged, &fonts()).expect("a PDF"));
    let is_figure =
        |element: &&Dictionary| element.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == b"Figure");
    let elements = file.objects.values().filter_map(|object| object.as_dict().ok()).filter(is_figure);
    let said: Vec<String> = elements.map(|element| reader::string(element.get(b"Alt").expect("a text"))).collect();
    let charts = document
        .blocks
        .iter()
        .filter_map(|b| if let BlockKind::Chart(c) = &b.kind { Some(c.alternative_text()) } else { None });
    assert_eq!(said, charts.collect::<Vec<_>>());
    let mut written = String::new();
    for page in reader::pages(&file) {
        let colored = ["k", "K", "rg", "RG", "cs", "CS"];
        assert!(reader::operations(&file, page).iter().all(|op| !colored.contains(&op.operator.as_str())));
        written.extend(reader::shown(&file, page).into_iter().filter(|s| s.tag == "Figure").map(|s| s.text));
    }
    for text in ["单位：件", "农业和农村委", "社情民意信息", "-3.2", "所提问题已经解决 86件"] {
        assert!(written.contains(text), "{text} in {written}");
    }
}

/// The box of a line's type, from a little below its baseline up.
fn ink(line: &Line) -> [f64; 4] {
    let (x, y, size) = (line.x.to_pt(), line.baseline.to_pt(), line.runs[0].size.to_pt());
    [x, y - size * 0.7, x + line.width.to_pt(), y + size * 0.05]
}

/// No text of a chart overlaps another, leaves the type area, or is smaller than the template allows.
fn sound(paged: &PagedDocument, template: &Template) {
    let page = &template.page;
    let (left, right) = (page.inner.to_pt() - 0.1, (page.inner + page.measure()).to_pt() + 0.1);
    let (top, bottom) = (page.top.to_pt() - 0.1, (page.top + page.depth()).to_pt() + 0.1);
    for lines in paged.pages.iter().map(Page::lines) {
        let lines: Vec<&Line> = lines.filter(|line| matches!(line.kind, LineKind::Chart(_))).collect();
        for (at, one) in lines.iter().enumerate() {
            let a = ink(one);
            assert!(a[0] >= left && a[2] <= right && a[1] >= top && a[3] <= bottom, "{} leaves the page", one.text);
            assert!(one.runs.iter().all(|run| run.size >= template.charts.smallest), "{}", one.text);
            for other in &lines[at + 1..] {
                let b = ink(other);
                let apart = a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1];
                assert!(apart, "“{}” on “{}”", one.text, other.text);
            }
        }
    }
}

#[test]
fn no_text_of_the_sample_overlaps() {
    let (_, template, paged) = sample();
    sound(&paged, &template);
}

fn text(text: &str) -> Text {
    let map = Origin::Whole(sample_span());
    let run = Run::new(text.to_owned(), RunKind::Text, map);
    Text { runs: if text.is_empty() { Vec::new() } else { vec![run] } }
}

fn sample_span() -> Span {
    Span { file: FileId(0), start: 0, end: 0 }
}

/// A chart in place of the sample's first one, alone.
fn alone(chart: Chart) -> (Document, Template) {
    let (mut document, template) = read();
    document.blocks.retain(|block| matches!(block.kind, BlockKind::Chart(_)));
    document.blocks.truncate(1);
    document.blocks[0].kind = BlockKind::Chart(chart);
    (document, template)
}

fn chart(kind: ChartKind, names: &[String], series: &[Vec<f64>]) -> Chart {
    let quantity = |amount: &f64| Some(Quantity { text: text(&amount.to_string()) });
    let row = |(at, values): (usize, &Vec<f64>)| Series {
        name: text(&format!("第{}组", at + 1)),
        kind,
        axis: ValueAxis::Left,
        values: values.iter().map(quantity).collect(),
    };
    Chart {
        kind,
        caption: None,
        number: None,
        unit: Some(text("万元")),
        right_unit: None,
        categories: names.iter().map(|name| text(name)).collect(),
        series: series.iter().enumerate().map(row).collect(),
        alt: String::new(),
        lie: Lie::Upright,
        flow: FigureFlow::InPlace,
    }
}

#[test]
fn what_has_no_room_is_refused_and_names_are_never_cut() {
    let names: Vec<String> = (1..=12).map(|n| format!("第{n}个名称很长很长的专门委员会和工作机构")).collect();
    let (document, template) = alone(chart(ChartKind::Bar, &names, &[vec![1.0; 12]]));
    let errors = compose(&document, &template, &fonts()).expect_err("a crowded chart");
    assert_eq!(
        errors.iter().map(|e| (e.code, e.span)).collect::<Vec<_>>(),
        [(Code::CHART_CROWDED, Some(document.blocks[0].span))]
    );
    let names: Vec<String> = (1..=12).map(|n| format!("第{n}专门委员会")).collect();
    let (document, template) = alone(chart(ChartKind::Bar, &names, &[vec![1.0; 12], vec![20.5; 12]]));
    let paged = compose(&document, &template, &fonts()).expect("pages");
    sound(&paged, &template);
    let written: String = paged.pages.iter().flat_map(Page::lines).map(|line| line.text.as_str()).collect();
    assert!(names.iter().all(|name| written.contains(name)), "{written}");
}

#[test]
fn a_missing_glyph_is_told_once_at_its_place() {
    let mut drawn = chart(ChartKind::Pie, &["甲".to_owned(), "乙\u{10fffd}".to_owned()], &[vec![1.0, 2.0]]);
    drawn.categories[1].runs[0].map = Origin::Whole(Span { start: 3, end: 9, ..sample_span() });
    let (document, template) = alone(drawn);
    let errors = compose(&document, &template, &fonts()).expect_err("no glyph");
    assert_eq!(errors.len(), 1);
    assert_eq!((errors[0].code, errors[0].span.map(|s| s.start)), (Code::GLYPH_MISSING, Some(3)));
}

/// Lengths of bars are in proportion to their values, from zero.
#[test]
fn bars_are_as_long_as_their_values() {
    let names = ["甲", "乙", "丙"].map(str::to_owned);
    let amounts = [40.0, 10.0, -20.0];
    let drawn = chart(ChartKind::Bar, &names, &[amounts.to_vec()]);
    let scale = Scale::of(&drawn, ValueAxis::Left, 5);
    let (document, template) = alone(drawn);
    let paged = compose(&document, &template, &fonts()).expect("pages");
    let frame = paged.printed.chart(BlockIndex::new(0)).expect("a frame");
    let high = frame.plot[3] * template.height_of(template.charts.rows).to_pt();
    let bars: Vec<[f64; 4]> = paged.pages[0]
        .items
        .iter()
        .filter_map(|item| match item {
            PageItem::Path(path) if path.fill.is_some() && path.stroke.is_some() => Some(bounds(&path.steps)),
            _ => None,
        })
        .collect();
    assert_eq!(bars.len(), 3);
    for (bar, amount) in bars.iter().zip(amounts) {
        assert!((bar[3] - bar[1] - high * amount.abs() / (scale.high - scale.low)).abs() < 0.01, "{amount}");
    }
    assert!((bars[0][3] - bars[2][1]).abs() < 0.01);
    assert!((bars[0][2] - bars[0][0]) <= template.charts.widest.to_pt() + 0.01);
}

/// Bars with a line over them on an axis of its own: its zero is where its scale has it, and at a gap it is broken.
#[test]
fn a_line_goes_by_the_right_axis_and_is_broken_at_a_gap() {
    let names = ["甲", "乙", "丙", "丁"].map(str::to_owned);
    let mut drawn = chart(ChartKind::Bar, &names, &[vec![1200.0, 1310.0, 1400.0, 1500.0], vec![5.0, 4.0, 10.0, -1.0]]);
    (drawn.series[1].kind, drawn.series[1].axis, drawn.right_unit) =
        (ChartKind::Line, ValueAxis::Right, Some(text("%")));
    drawn.series[1].values[1] = None;
    drawn.series[0].values[3] = None;
    let (left, right) = Scale::both(&drawn, 5);
    let right = right.expect("a right axis");
    assert_eq!(left.marks().len(), right.marks().len());
    let (document, template) = alone(drawn);
    let paged = compose(&document, &template, &fonts()).expect("pages");
    sound(&paged, &template);
    let frame = paged.printed.chart(BlockIndex::new(0)).expect("a frame");
    let (wide, high) = (template.page.measure().to_pt(), template.height_of(template.charts.rows).to_pt());
    let [plot_left, plot_top, plot_wide, plot_high] = frame.plot;
    let paths = paged.pages[0].items.iter().filter_map(|item| match item {
        PageItem::Path(path) => Some(path),
        _ => None,
    });
    let pen = |path: &&dinggao::layout::Path| path.stroke.map(|stroke| stroke.1) == Some(template.charts.line);
    let lines: Vec<usize> = paths.clone().filter(pen).map(|path| path.steps.len()).collect();
    // From the third point to the fourth; the first one is alone. The sample in the legend is the other line.
    assert_eq!(lines, [2, 2]);
    let bars = paths.clone().filter(|path| path.fill.is_some() && path.stroke.is_some()).count();
    assert_eq!(bars, 3 + 1);
    let signs: Vec<[f64; 4]> =
        paths.filter(|path| path.fill == Some(dinggao::model::Color::BLACK)).map(|path| bounds(&path.steps)).collect();
    let middle = |[a, b, c, d]: [f64; 4]| (f64::midpoint(a, c), f64::midpoint(b, d));
    let (page_left, page_top) = (template.page.inner.to_pt(), template.page.top.to_pt());
    for (sign, (at, value)) in signs.iter().zip([(0, 5.0), (2, 10.0), (3, -1.0)]) {
        let (x, y) = middle(*sign);
        let wanted_x = page_left + wide * (plot_left + plot_wide * (f64::from(at) + 0.5) / 4.0);
        let wanted_y = page_top + high * (plot_top + plot_high * (1.0 - right.share(value)));
        assert!((x - wanted_x).abs() < 0.05 && (y - wanted_y).abs() < 0.05, "{value}: {x} {y}, {wanted_x} {wanted_y}");
    }
    let options = docx::WordOptions::default();
    let file = docx::write(&document, &template, &paged.printed, &options).expect("a Word file");
    let part = &trees(&file).into_iter().find(|(name, _)| name == "word/charts/chart1.xml").expect("a part").1;
    let count = |name: &str| part.all(name).len();
    assert_eq!(["c:barChart", "c:lineChart", "c:valAx", "c:catAx"].map(count), [1, 1, 2, 2]);
    let cached = |at: usize| part.all("c:numCache")[at].all("c:pt").len();
    assert_eq!([cached(0), cached(1)], [3, 3]);
    let book = crate::docx::bytes(&file, "word/embeddings/Microsoft_Excel_Worksheet1.xlsx");
    let sheet = trees(&book).into_iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").expect("a sheet").1;
    let cells: Vec<String> = sheet.all("c").iter().filter_map(|c| c.attribute("r").map(str::to_owned)).collect();
    assert!(!cells.contains(&"C3".to_owned()) && !cells.contains(&"B5".to_owned()), "{cells:?}");
}

proptest! {
    #![proptest_config(cases(24))]
    #[test]
    fn mixed_charts_are_sound_or_refused(
        count in 2usize..14,
        bars in 1usize..=3,
        lines in 1usize..=2,
        seed in proptest::collection::vec(-2000i32..90_000, 70),
        gaps in proptest::collection::vec(0u8..6, 70),
    ) {
        let names: Vec<String> = (0..count).map(|n| format!("{}年", 2010 + n)).collect();
        let amount = |at: usize| f64::from(seed[at]) / 10.0;
        let series: Vec<Vec<f64>> =
            (0..bars + lines).map(|at| (0..count).map(|n| amount(at * 14 + n)).collect()).collect();
        let mut drawn = chart(ChartKind::Bar, &names, &series);
        drawn.right_unit = Some(text("%"));
        for (at, series) in drawn.series.iter_mut().enumerate() {
            for (n, value) in series.values.iter_mut().enumerate().skip(1) {
                if gaps[at * 14 + n] == 0 {
                    *value = None;
                }
            }
            if at >= bars {
                (series.kind, series.axis) = (ChartKind::Line, ValueAxis::Right);
            }
        }
        let (document, template) = alone(drawn);
        match compose(&document, &template, &fonts()) {
            Ok(paged) => sound(&paged, &template),
            Err(errors) => prop_assert!(errors.iter().all(|e| e.code == Code::CHART_CROWDED), "{:?}", errors),
        }
    }
}

proptest! {
    #![proptest_config(cases(24))]
    #[test]
    fn crowded_charts_are_sound_or_refused(
        kind in prop_oneof![Just(ChartKind::Bar), Just(ChartKind::Line), Just(ChartKind::Pie)],
        names in proptest::collection::vec("[一-十中国人大会]{0,2}[a-z0-9年月委员会]{1,9}", 1..24),
        count in 1usize..=4,
        seed in proptest::collection::vec(-2000i32..90_000, 96),
        decimals in 0i32..3,
    ) {
        let unit = 10f64.powi(decimals);
        let series: Vec<Vec<f64>> = (0..if kind == ChartKind::Pie { 1 } else { count })
            .map(|at| {
                let amount = |n: usize| f64::from(seed[at * 24 + n]) / unit;
                let amount = |n: usize| if kind == ChartKind::Pie { amount(n).abs() } else { amount(n) };
                (0..names.len()).map(amount).collect()
            })
            .collect();
        let (document, template) = alone(chart(kind, &names, &series));
        match compose(&document, &template, &fonts()) {
            Ok(paged) => {
                sound(&paged, &template);
                let written: String = paged.pages.iter().flat_map(Page::lines).map(|line| line.text.as_str()).collect();
                prop_assert!(names.iter().all(|name| written.contains(name)), "{}", written);
            }
            Err(errors) => prop_assert!(errors.iter().all(|e| e.code == Code::CHART_CROWDED), "{:?}", errors),
        }
    }
}
