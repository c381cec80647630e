//! Charts: their series from the report or from rows of the data, every value a number.

use super::build::{Builder, number};
use super::chart_series::{Drawn, FoundValue, Manner, SeriesRow, manner};
use super::data::{Datum, Decimal, Entry, column_named};
use super::expression::print;
use super::figure::{flow_of, lie_of};
use super::inline::{Piece, PieceKind};
use super::provenance::UseOrigin;
use super::table::plain;
use super::text::trimmed;
use crate::diagnostic::{Code, Diagnostic, Message, Span, Vocabulary as _, say};
use crate::model::{
    BlockId, BlockKind, Chart, ChartKind, OffsetMap, Origin, Quantity, Run, RunKind, Text, ValueAxis, grouped,
};
use crate::yaml::near::suggestion;
use crate::yaml::tree::{Kind, Node};

/// A series that is a column of the data.
struct ColumnOf {
    name: Text,
    key: String,
    span: Span,
    manner: Manner,
}

/// What a chart draws of rows of the data.
struct Chosen<'a> {
    /// The rows, as the report names them.
    expression: &'a str,
    /// Where it does.
    from: &'a Node,
    /// The column of the categories.
    category: &'a str,
    /// Those of the series.
    columns: &'a [ColumnOf],
}

impl Builder<'_> {
    /// Adds a chart; `count` is its number, printed when it has a caption.
    pub(super) fn chart(&mut self, node: &Node, body: &Node, count: u32, parent: &str) {
        let kind = word(body.get("kind")).and_then(ChartKind::from_word).unwrap_or(ChartKind::Bar);
        let caption = body.get("caption").map(|n| self.pieces(n));
        let (id, named) =
            self.id("chart", node.get("id").or(body.get("id")), caption.as_deref().unwrap_or_default(), parent);
        let number = caption.as_ref().map(|_| number(&self.template.numbering.figures, count));
        let caption = caption.map(|pieces| self.text(&pieces, Some(&id)));
        self.refuse_empty_caption(body, caption.as_ref());
        let unit = body.get("unit").map(|n| self.label(n, &id));
        let right_unit = body.get("right-unit").map(|n| self.label(n, &id));
        let drawn = match body.get("from") {
            Some(from) => self.drawn_from(from, body, &id),
            None => self.written_here(body, &id),
        };
        self.refuse_unfit(kind, &drawn);
        if kind != ChartKind::Pie {
            self.refuse_unfit_axes(body, &drawn);
        }
        let series = drawn.series.into_iter().map(SeriesRow::series).collect();
        let alt = body.get("alt").and_then(|node| self.filled(node)).unwrap_or_default().trim().to_owned();
        let mut chart = Chart {
            kind,
            caption,
            number,
            unit,
            right_unit,
            categories: drawn.categories,
            series,
            alt,
            lie: lie_of(body),
            flow: flow_of(body),
        };
        // The sign of percent is in the unit or with every value, not in both.
        for axis in ValueAxis::ALL {
            if chart.unit_of(axis).is_some_and(|unit| matches!(unit.plain().trim(), "%" | "％")) {
                let values = chart.series.iter_mut().filter(|s| s.axis == axis).flat_map(|s| &mut s.values);
                for run in values.flatten().flat_map(|v| &mut v.text.runs) {
                    run.text.truncate(run.text.trim_end_matches('%').len());
                }
            }
        }
        self.add(id, named, node.span, BlockKind::Chart(chart));
    }

    /// Categories and series as the report writes them.
    fn written_here(&mut self, body: &Node, id: &BlockId) -> Drawn {
        for key in ["categories", "series"] {
            if body.get(key).is_none() {
                self.diagnostics.push(Diagnostic::error(
                    Code::MISSING_KEY,
                    body.head(),
                    say!("图表没有 {key}", "the chart has no {key}"),
                    say!(
                        "写 categories: [名称, ……] 和 series: [{{name: 名称, values: [数, ……]}}]，或者 from: 数据的名称",
                        "write categories: [name, …] and series: [{{name: …, values: [number, …]}}], or from: a name of the data"
                    ),
                ));
            }
        }
        let mut drawn = Drawn::default();
        let Some(names) = body.get("categories") else { return drawn };
        match &names.kind {
            Kind::List(items) => drawn.categories = items.iter().map(|item| self.label(item, id)).collect(),
            Kind::Text(_) | Kind::Number(_) => self
                .misused(names.span, say!("没有 from，categories 就要写成列表", "without from, categories are a list")),
            _ => {}
        }
        for item in list(body.get("series")) {
            let Some(values) = item.get("values") else {
                if matches!(item.kind, Kind::Map(_) | Kind::Text(_) | Kind::Number(_)) {
                    self.misused(item.head(), say!("这组数没有 values", "this series has no values"));
                }
                continue;
            };
            let name = item.get("name").map(|n| self.label(n, id)).unwrap_or_default();
            let values = list(Some(values)).iter().map(|value| (self.reading(value, id), value.span)).collect();
            let manner = manner(item, body);
            drawn.series.push(SeriesRow { name, span: item.get("name").unwrap_or(item).span, manner, values });
        }
        let wanted = drawn.categories.len();
        for row in drawn.series.iter().filter(|row| wanted > 0 && row.values.len() != wanted) {
            let (name, found) = (row.name.plain(), row.values.len());
            self.diagnostics.push(
                Diagnostic::error(
                    Code::RAGGED_CHART,
                    row.span,
                    say!(
                        "“{name}”有 {found} 个数，类别有 {wanted} 个",
                        "\"{name}\" has {found} values, the chart {wanted} categories"
                    ),
                    say!("补上或删去几个数", "add or remove values"),
                )
                .with_related(names.span, say!("类别在这里", "the categories are here")),
            );
        }
        drawn
    }

    /// Categories and series from rows of the data.
    fn drawn_from(&mut self, from: &Node, body: &Node, id: &BlockId) -> Drawn {
        let mut drawn = Drawn::default();
        let Some((expression, rows)) = self.rows_of_data(from) else { return drawn };
        let Some(first) = rows.first() else { return drawn };
        let keys: Vec<&str> = first.keys().collect();
        let category = match body.get("categories") {
            Some(node) if matches!(node.kind, Kind::List(_)) => {
                self.misused(node.span, say!("有 from，categories 就写栏名", "with from, categories name a column"));
                return drawn;
            }
            Some(node) => word(Some(node)).map(|key| (key.to_owned(), node.span)),
            None => keys.first().map(|&key| (key.to_owned(), from.span)),
        };
        let Some((category, place)) = category else {
            self.shape(
                from.span,
                first.span,
                say!("“{expression}”的各行没有栏名", "the rows of \"{expression}\" have no names"),
            );
            return drawn;
        };
        let category = known(&keys, category);
        let columns = self.columns_of(from, body, &keys, &category, id);
        let all = std::iter::once((&category, place)).chain(columns.iter().map(|c| (&c.key, c.span)));
        if columns.is_empty() && body.get("series").is_none() {
            self.shape(
                from.span,
                first.span,
                say!("“{expression}”除了类别没有别的栏", "\"{expression}\" has no column but the categories"),
            );
        }
        let mut complete = true;
        for (key, span) in all.filter(|(key, _)| !keys.contains(&key.as_str())) {
            let (zh, en) = suggestion(key, keys.iter().copied());
            let (known, known_en) = (keys.join("、"), keys.join(", "));
            complete = false;
            self.diagnostics.push(Diagnostic::error(
                Code::DATA_SHAPE,
                span,
                say!("“{expression}”没有“{key}”一栏", "\"{expression}\" has no column \"{key}\""),
                say!("可用的栏：{known}{zh}", "columns: {known_en}{en}"),
            ));
        }
        if complete {
            drawn.series = columns
                .iter()
                .map(|c| {
                    let values = Vec::with_capacity(rows.len());
                    SeriesRow { name: c.name.clone(), span: c.span, manner: c.manner, values }
                })
                .collect();
            let chosen = Chosen { expression: &expression, from, category: &category, columns: &columns };
            self.draw_rows(&rows, &chosen, &mut drawn, id);
        }
        drawn
    }

    /// The columns that are series: those named, else all but that of the categories.
    fn columns_of(&mut self, from: &Node, body: &Node, keys: &[&str], category: &str, id: &BlockId) -> Vec<ColumnOf> {
        let Some(series) = body.get("series") else {
            let others = keys.iter().filter(|key| **key != category);
            let manner = manner(body, body);
            return others
                .map(|key| ColumnOf { name: plain(key, from.span), key: (*key).to_owned(), span: from.span, manner })
                .collect();
        };
        let mut columns = Vec::new();
        for item in list(Some(series)) {
            if let Some(values) = item.get("values") {
                self.misused(values.span, say!("同时写了 from 和 values", "a chart cannot have both from and values"));
                continue;
            }
            let Some(node) = item.get("name").or(Some(item)).filter(|n| word(Some(n)).is_some()) else { continue };
            let name = self.label(node, id);
            let key = item.get("key");
            let text = known(keys, word(key).map_or_else(|| name.plain(), str::to_owned));
            columns.push(ColumnOf { name, key: text, span: key.unwrap_or(node).span, manner: manner(item, body) });
        }
        columns
    }

    fn draw_rows(&mut self, rows: &[Entry], chosen: &Chosen<'_>, drawn: &mut Drawn, id: &BlockId) {
        let Chosen { expression, from, category, columns } = *chosen;
        for (i, row) in rows.iter().enumerate() {
            let cells: Vec<Option<&Entry>> =
                std::iter::once(category).chain(columns.iter().map(|c| c.key.as_str())).map(|k| row.get(k)).collect();
            let Some(cells) = cells.into_iter().collect::<Option<Vec<&Entry>>>() else {
                let at = i + 1;
                self.shape(
                    from.span,
                    row.span,
                    say!(
                        "“{expression}”的第 {at} 行缺少要画的栏",
                        "row {at} of \"{expression}\" lacks a column that is drawn"
                    ),
                );
                continue;
            };
            for (at, cell) in cells.into_iter().enumerate() {
                let key = at.checked_sub(1).map_or(category, |column| &columns[column].key);
                let path = format!("{expression}[{i}].{key}");
                let place = cell.span.unwrap_or(from.span);
                match at.checked_sub(1) {
                    None => drawn.categories.push(self.category(&path, cell, from.span, id)),
                    Some(column) => {
                        let value = if matches!(cell.scalar().datum, Datum::Null) {
                            FoundValue::Gap
                        } else {
                            self.counted(UseOrigin::cell(&path, cell), (place, from.span), id).into()
                        };
                        drawn.series[column].values.push((value, place));
                    }
                }
            }
        }
    }

    /// The name of a category that the data gives.
    fn category(&mut self, path: &str, entry: &Entry, used: Span, id: &BlockId) -> Text {
        match print(entry, trimmed(path)) {
            Ok(printed) if !printed.trim().is_empty() => {
                let index = self.value(&printed, used, UseOrigin::cell(path, entry), Some(id));
                let map = Origin::Whole(entry.span.unwrap_or(used));
                Text { runs: vec![Run::new(printed, RunKind::Value(index), map)] }
            }
            _ => {
                let (zh, en) = entry.datum.name();
                self.shape(used, entry.span, say!("类别的名称是{zh}", "the name of a category is {en}"));
                Text::default()
            }
        }
    }

    /// A value as the report writes it; `~` is a gap, and so is an expression that gives nothing.
    fn reading(&mut self, node: &Node, id: &BlockId) -> FoundValue {
        match &node.kind {
            Kind::Null => FoundValue::Gap,
            Kind::Text(_) => match self.pieces(node).as_slice() {
                [Piece { kind: PieceKind::Expression(expression, span), map, .. }] => {
                    let Some(entry) = self.evaluate(expression, map) else { return FoundValue::Refused };
                    if matches!(entry.scalar().datum, Datum::Null) {
                        return FoundValue::Gap;
                    }
                    let origin = self.origin(expression, entry);
                    self.counted(origin, (*span, *span), id).into()
                }
                _ => self.quantity(node).into(),
            },
            _ => self.quantity(node).into(),
        }
    }

    /// A number as the report writes it.
    fn quantity(&mut self, node: &Node) -> Option<Quantity> {
        match &node.kind {
            Kind::Number(text) => {
                let figure = Decimal::parse(text);
                if figure.is_none() {
                    self.no_number((node.span, node.span), text, &Datum::Text(text.as_str().into()));
                }
                let figure = figure?;
                let mut value = quantity(&figure, RunKind::Text, Origin::Text(OffsetMap::in_step(node.span)))?;
                if value.text.plain() != self.sources.text(node.span) {
                    value.text = plain(&value.text.plain(), node.span);
                }
                Some(value)
            }
            Kind::Text(text) => {
                self.no_number((node.span, node.span), text, &Datum::Text(text.as_str().into()));
                None
            }
            _ => None,
        }
    }

    /// A value that the data gives. `place`: where an error points; `used`: where the report asks for it.
    fn counted(&mut self, origin: UseOrigin, (place, used): (Span, Span), id: &BlockId) -> Option<Quantity> {
        let entry = origin.entry.scalar();
        let printed = match print(&entry, trimmed(&origin.expression)) {
            Ok(printed) => printed,
            Err(fault) if matches!(entry.datum, Datum::Number(_)) => {
                let detail = *fault.0;
                self.diagnostics.push(Diagnostic::error(detail.code, place, detail.message, detail.hint));
                return None;
            }
            Err(_) => String::new(),
        };
        let Datum::Number(figure) = &entry.datum else {
            self.no_number((place, used), &printed, &entry.datum);
            return None;
        };
        let index = self.value(&printed, used, origin, Some(id));
        quantity(figure, RunKind::Value(index), Origin::Whole(place))
    }

    fn no_number(&mut self, (span, used): (Span, Span), text: &str, datum: &Datum) {
        let (zh, en) = datum.name();
        let message = match datum {
            Datum::Text(_) => say!("“{text}”是{zh}，图表画不出来", "\"{text}\" is {en}, which a chart cannot draw"),
            _ => say!("这里是{zh}，图表画不出来", "this is {en}, which a chart cannot draw"),
        };
        let error = Diagnostic::error(
            Code::CHART_VALUE,
            span,
            message,
            say!(
                "只写数字，不加引号、千分号、% 和单位；单位写在 unit 里",
                "write a bare number, without quotation marks, commas, % or unit; the unit goes to unit:"
            ),
        );
        self.diagnostics.push(if span.file == used.file {
            error
        } else {
            error.with_related(used, say!("图表在这里", "the chart is here"))
        });
    }

    /// A text that is drawn: characters and values. Word has no way to set emphasis, references or notes in a chart.
    fn label(&mut self, node: &Node, id: &BlockId) -> Text {
        let mut pieces = self.pieces(node);
        let bare = |p: &Piece| {
            !p.strong && matches!(p.kind, PieceKind::Text(_) | PieceKind::LineEnd | PieceKind::Expression(..))
        };
        if let Some(other) = pieces.iter().find(|p| !bare(p)) {
            self.diagnostics.push(Diagnostic::error(
                Code::BAD_VALUE,
                other.span(),
                say!("图里的文字不能加强调、引用和脚注", "text in a chart cannot hold emphasis, references or notes"),
                say!("写成普通文字；说明写在图题或正文里", "write plain text; remarks go to the caption or the body"),
            ));
        }
        pieces.retain(bare);
        let text = self.text(&pieces, Some(id));
        self.refuse_empty(node, &text);
        text
    }

    fn misused(&mut self, span: Span, message: Message) {
        self.diagnostics.push(Diagnostic::error(
            Code::BAD_VALUE,
            span,
            message,
            say!(
                "数写在这里：categories 和各组的 values 都写成列表；数在数据里：写 from，categories 和 series 写栏名",
                "numbers written here: categories and the values of each series are lists; numbers of the data: from, with categories and series naming columns"
            ),
        ));
    }
}

/// A number as charts hold it. `.5` and `+3` become `0.5` and `3`, which every program reads; 12.5% stays as the data shows it.
fn quantity(figure: &Decimal, kind: RunKind, map: Origin) -> Option<Quantity> {
    let text = if figure.is_percent() {
        let percent = figure.times(&Decimal::whole(100))?;
        format!("{}%", percent.digits(figure.places()?.saturating_sub(2)))
    } else if figure.is_grouped() {
        grouped(&figure.digits(figure.places()?))
    } else {
        figure.digits(figure.places()?)
    };
    let run = Run::new(text, kind, map);
    Some(Quantity { text: Text { runs: vec![run] } })
}

/// The name of a column as the data have it, where it is known by its last title.
fn known(keys: &[&str], name: String) -> String {
    column_named(keys.iter().copied(), &name).map_or(name, |at| keys[at].to_owned())
}

fn word(node: Option<&Node>) -> Option<&str> {
    node.and_then(Node::as_text)
}

fn list(node: Option<&Node>) -> &[Node] {
    node.and_then(Node::as_list).unwrap_or_default()
}
