//! From YAML to [`Template`].

use super::chart::{Charts, Marker};
use super::keys::TEMPLATE;
use super::style::{
    Align, Compose, ComposeRules, Figures, FrontNumbers, Grid, Head, ImprintRules, Leading, Numbering, Page,
    PageNumbers, Spread, Style, StyleName, StyleRule, TableRules, Tables, Template, WordStyle,
};
use super::units;
use crate::diagnostic::{Code, Diagnostic, FileId, Sources, say};
use crate::model::{Color, FontRole, FontSpec, Length, RoleFonts, Scheme};
use crate::yaml::shape::Shape;
use crate::yaml::tree::{Kind, Node, parse};

/// Reads the template in a file of `sources`. What is wrong goes to `diagnostics`; `None` when anything is.
pub fn read_template(
    sources: &Sources,
    file: FileId,
    name: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Template> {
    let before = diagnostics.len();
    let root = parse(sources, file, diagnostics)?;
    Shape::Object(&TEMPLATE).check(&root, diagnostics);
    if diagnostics.len() > before {
        return None;
    }
    let template = template(&root, name)?;
    misfits(&template, &root, diagnostics);
    (diagnostics.len() == before).then_some(template)
}

/// All that follows reads a tree that has passed [`TEMPLATE`]: `None` stands for what that check has refused.
fn template(root: &Node, name: &str) -> Option<Template> {
    let page = root.get("page")?;
    let size = list(page.get("size")?);
    let margins = page.get("margins")?;
    let grid = root.get("grid")?;
    let compose = root.get("compose")?;
    let numbers = root.get("page-numbers")?;
    let figures = root.get("font-figures")?;
    let tables = root.get("tables")?;
    Some(Template {
        name: name.to_owned(),
        page: Page {
            width: length(size.first()?)?,
            height: length(size.get(1)?)?,
            top: length(margins.get("top")?)?,
            bottom: length(margins.get("bottom")?)?,
            inner: length(margins.get("inner")?)?,
            outer: length(margins.get("outer")?)?,
            mirror: flag(page, "mirror"),
        },
        grid: Grid {
            chars: count(grid, "chars")?,
            lines: count(grid, "lines")?,
            cell: length(grid.get("cell")?)?,
            pitch: length(grid.get("pitch")?)?,
            ascent: number(grid, "ascent")?,
        },
        fonts: FontSpec {
            roles: FontRole::ALL
                .iter()
                .map(|&role| faces(role, root.get("fonts")?.get(role.name())?))
                .collect::<Option<_>>()?,
            fallback_drop: number(figures, "fallback-drop")?,
            bold_stroke: number(figures, "bold-stroke")?,
        },
        styles: StyleName::ALL
            .iter()
            .map(|&(name, key)| style(name, root.get("styles")?.get(key)?))
            .collect::<Option<_>>()?,
        numbering: numbering(root.get("numbering")?)?,
        head: Head {
            top: length(root.get("head")?.get("top")?)?,
            rule: length(root.get("head")?.get("rule")?)?,
            gap: length(root.get("head")?.get("gap")?)?,
        },
        imprint: ImprintRules {
            outer: length(root.get("imprint")?.get("outer")?)?,
            inner: length(root.get("imprint")?.get("inner")?)?,
        },
        page_numbers: PageNumbers {
            before: numbers.get("before").and_then(text).unwrap_or_default(),
            after: numbers.get("after").and_then(text).unwrap_or_default(),
            below: length(numbers.get("below")?)?,
            indent: number(numbers, "indent"),
            first: numbers.get("first").is_none() || flag(numbers, "first"),
            front: match numbers.get("front").and_then(text).as_deref() {
                Some("roman") => FrontNumbers::Roman,
                _ => FrontNumbers::None,
            },
        },
        tables: Tables {
            rules: match text(tables.get("rules")?)?.as_str() {
                "three-line" => TableRules::ThreeLine,
                _ => TableRules::Grid,
            },
            heavy: length(tables.get("heavy")?)?,
            light: length(tables.get("light")?)?,
            padding: number(tables, "padding")?,
            space: length(tables.get("space")?)?,
            whole: count(tables, "whole")?,
            continued: text(tables.get("continued")?)?,
        },
        charts: charts(root.get("charts")?)?,
        figures: Figures { dpi: number(root.get("figures")?, "dpi")? },
        compose: ComposeRules {
            policy: match compose.get("policy").and_then(text).as_deref() {
                Some("word") => Compose::Word,
                Some("libreoffice") => Compose::LibreOffice,
                _ => Compose::Fine,
            },
            cjk_latin_gap: number(compose, "cjk-latin-gap").unwrap_or(0.0),
            last_line_chars: count(compose, "last-line-chars").unwrap_or(0),
            trim_paragraph_start: flag(compose, "trim-paragraph-start"),
        },
    })
}

fn faces(role: FontRole, node: &Node) -> Option<RoleFonts> {
    let names = |key| node.get(key).map(|n| list(n).iter().filter_map(text).collect()).unwrap_or_default();
    Some(RoleFonts {
        role,
        faces: names("faces"),
        latin: names("latin"),
        fallback: names("fallback"),
        office: text(node.get("office")?)?,
        office_latin: text(node.get("office-latin")?)?,
    })
}

fn style(name: StyleName, node: &Node) -> Option<Style> {
    let font = text(node.get("font")?)?;
    let word = node.get("word")?;
    Some(Style {
        name,
        font: FontRole::ALL.into_iter().find(|r| r.name() == font)?,
        size: length(node.get("size")?)?,
        leading: match node.get("leading") {
            None => Leading::Rows(1.0),
            Some(node) if matches!(node.kind, Kind::Number(_)) => Leading::Rows(text(node)?.parse().ok()?),
            Some(node) => Leading::Exact(length(node)?),
        },
        align: align(node.get("align")?)?,
        unnumbered: node.get("unnumbered").and_then(align),
        first_line: number(node, "first-line").unwrap_or(0.0),
        indent_left: number(node, "indent-left").unwrap_or(0.0),
        indent_right: number(node, "indent-right").unwrap_or(0.0),
        rows_before: number(node, "rows-before").unwrap_or(0.0),
        rows_after: number(node, "rows-after").unwrap_or(0.0),
        keep_next: count(node, "keep-next").unwrap_or(0),
        orphans: count(node, "orphans").unwrap_or(1),
        strong: flag(node, "strong"),
        color: node.get("color").map_or(Some(Color::BLACK), color)?,
        spread: match node.get("spread") {
            None => None,
            Some(spread) => Some(Spread { by: number(spread, "by")?, up_to: count(spread, "up-to")? }),
        },
        rule: match node.get("rule") {
            None => None,
            Some(rule) => Some(StyleRule {
                weight: length(rule.get("weight")?)?,
                width: length(rule.get("width")?)?,
                above: length(rule.get("above")?)?,
                below: length(rule.get("below")?)?,
            }),
        },
        word: WordStyle { id: text(word.get("id")?)?, name: text(word.get("name")?)? },
    })
}

fn align(node: &Node) -> Option<Align> {
    Some(match text(node)?.as_str() {
        "justify" => Align::Justify,
        "center" => Align::Center,
        "right" => Align::Right,
        _ => Align::Left,
    })
}

fn charts(node: &Node) -> Option<Charts> {
    let marker = |node: &Node| {
        let word = text(node)?;
        Marker::ALL.into_iter().find(|(_, name)| *name == word).map(|(marker, _)| marker)
    };
    let numbers = |node: &Node| list(node).iter().map(|n| text(n)?.parse().ok()).collect::<Option<Vec<f64>>>();
    Some(Charts {
        rows: count(node, "rows")?,
        axis: length(node.get("axis")?)?,
        grid: length(node.get("grid")?)?,
        line: length(node.get("line")?)?,
        outline: length(node.get("outline")?)?,
        tints: numbers(node.get("tints")?)?.into_iter().map(|tint| tint as f32 / 100.0).collect(),
        // As in PDF and SVG, an odd count of figures goes round twice.
        dashes: list(node.get("dashes")?)
            .iter()
            .map(|node| numbers(node).map(|dash| if dash.len() % 2 == 1 { dash.repeat(2) } else { dash }))
            .collect::<Option<_>>()?,
        markers: list(node.get("markers")?).iter().map(marker).collect::<Option<_>>()?,
        marker: length(node.get("marker")?)?,
        bar: number(node, "bar")?,
        widest: length(node.get("widest")?)?,
        gap: length(node.get("gap")?)?,
        steps: count(node, "steps")?,
        lines: count(node, "lines")?,
        smallest: length(node.get("smallest")?)?,
        legend: number(node, "legend")?,
        sample_bar: number(node, "sample-bar")?,
        sample_line: number(node, "sample-line")?,
        leader: number(node, "leader")?,
        unit: text(node.get("unit")?)?,
    })
}

/// Four shares of ink in hundredths.
fn color(node: &Node) -> Option<Color> {
    let inks: Vec<f32> = list(node).iter().filter_map(text).filter_map(|t| t.parse().ok()).collect();
    let &[cyan, magenta, yellow, black] = inks.as_slice() else { return None };
    let [cyan, magenta, yellow, black] = [cyan, magenta, yellow, black].map(|ink: f32| ink / 100.0);
    Some(Color { cyan, magenta, yellow, black })
}

fn numbering(node: &Node) -> Option<Numbering> {
    let levels = list(node.get("headings")?);
    let level = |i: usize| levels.get(i).and_then(scheme);
    Some(Numbering {
        headings: [level(0), level(1), level(2), level(3)],
        points: scheme(node.get("points")?)?,
        tables: scheme(node.get("tables")?)?,
        figures: scheme(node.get("figures")?)?,
        attachments: scheme(node.get("attachments")?)?,
        lists: scheme(node.get("lists")?)?,
        bullet: text(node.get("bullet")?)?,
        terms: scheme(node.get("terms")?)?,
        notes: scheme(node.get("notes")?)?,
    })
}

/// Figures that are right each for itself and wrong together.
fn misfits(template: &Template, root: &Node, diagnostics: &mut Vec<Diagnostic>) {
    let (page, grid) = (&template.page, &template.grid);
    let place = |outer: &str, inner: &str| root.get(outer).and_then(|n| n.get(inner)).map(Node::head);
    if page.measure() <= Length::ZERO || page.depth() <= Length::ZERO {
        diagnostics.push(Diagnostic::error(
            Code::TEMPLATE_MISFIT,
            place("page", "margins"),
            say!("页边之和超过了纸张", "the margins leave nothing of the paper"),
            say!("减小页边，或者换大的纸张", "make the margins smaller or the paper larger"),
        ));
        return;
    }
    // A hundredth of a millimetre a character is what rounding the cell to 0.001 pt can bring.
    let slack = Length::mm(0.3);
    let (wide, measure) = (grid.cell * f64::from(grid.chars), page.measure());
    if wide > measure + slack {
        let (chars, wide, measure) = (grid.chars, wide.to_mm(), measure.to_mm());
        diagnostics.push(Diagnostic::error(
            Code::TEMPLATE_MISFIT,
            place("grid", "chars"),
            say!(
                "一行 {chars} 字宽 {wide:.1} 毫米，版心只有 {measure:.1} 毫米",
                "{chars} characters are {wide:.1} mm wide, the type area {measure:.1} mm"
            ),
            say!("减少字数、减小 cell，或者减小页边", "lessen chars or cell, or the margins"),
        ));
    }
    // The last line needs its glyphs' height only, not a whole pitch.
    let (deep, depth) = (grid.pitch * f64::from(grid.lines - 1) + grid.cell, page.depth());
    if deep > depth + slack {
        let (lines, deep, depth) = (grid.lines, deep.to_mm(), depth.to_mm());
        diagnostics.push(Diagnostic::error(
            Code::TEMPLATE_MISFIT,
            place("grid", "lines"),
            say!(
                "{lines} 行高 {deep:.1} 毫米，版心只有 {depth:.1} 毫米",
                "{lines} lines are {deep:.1} mm high, the type area {depth:.1} mm"
            ),
            say!("减少行数、减小 pitch，或者减小页边", "lessen lines or pitch, or the margins"),
        ));
    }
    if let Some(Kind::Map(styles)) = root.get("styles").map(|n| &n.kind) {
        for (_, node) in styles {
            let id = node.get("word").and_then(|w| w.get("id"));
            let Some((id, name)) = id.and_then(|n| text(n).map(|t| (n, t))) else { continue };
            if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
                diagnostics.push(Diagnostic::error(
                    Code::TEMPLATE_MISFIT,
                    id.span,
                    say!(
                        "Word 的样式编号“{name}”不是英文字母和数字",
                        "the Word style id \"{name}\" is not made of ASCII letters and digits"
                    ),
                    say!("只用英文字母和数字，例如 Heading1", "use ASCII letters and digits only, such as Heading1"),
                ));
            }
        }
    }
}

fn list(node: &Node) -> &[Node] {
    match &node.kind {
        Kind::List(items) => items,
        _ => &[],
    }
}

fn text(node: &Node) -> Option<String> {
    match &node.kind {
        Kind::Text(text) | Kind::Number(text) => Some(text.clone()),
        _ => None,
    }
}

fn length(node: &Node) -> Option<Length> {
    text(node).and_then(|t| units::length(&t))
}

fn scheme(node: &Node) -> Option<Scheme> {
    text(node).filter(|t| t != "none").and_then(|t| units::scheme(&t))
}

fn number(node: &Node, key: &str) -> Option<f64> {
    node.get(key).and_then(text).and_then(|t| t.parse().ok())
}

fn count(node: &Node, key: &str) -> Option<u32> {
    node.get(key).and_then(text).and_then(|t| t.parse().ok())
}

fn flag(node: &Node, key: &str) -> bool {
    node.get(key).is_some_and(|n| n.kind == Kind::Bool(true))
}
