//! Documents made by hand, with the numbers that the source would give them.

use dinggao::diagnostic::{FileId, Span};
use dinggao::model::{
    AttachmentName, Block, BlockId, BlockIndex, BlockKind, Cell, CellPicture, Chart, ChartKind, Column, ColumnAlign,
    Contents, Cover, Document, Figure, FigureFlow, Imprint, Labelled, Length, Lie, Meta, Note, NoteIndex, Number,
    Origin, PictureFile, Quantity, RedHead, Row, Run, RunKind, Scheme, Sealing, Series, Table, Text, Value, ValueAxis,
    ValueIndex,
};
use dinggao::picture;
use dinggao::template::{BuiltIn, Template};

pub(super) const SPAN: Span = Span { file: FileId(0), start: 0, end: 0 };

/// The template of reports.
pub(super) fn template() -> Template {
    template_named("work-report")
}

/// A template that is built in.
pub(super) fn template_named(wanted: &str) -> Template {
    BuiltIn::named(wanted).and_then(BuiltIn::template).expect("a template")
}

/// Builds a document block by block. Text: `**strong**`, `{{id=value}}`, `[@3]` (block 3), `[^1]` (note 1).
pub(super) struct Builder {
    template: Template,
    off: [bool; 4],
    counts: [u32; 4],
    points: u32,
    tables: u32,
    figures: u32,
    items: [u32; 4],
    terms: u32,
    pub(super) document: Document,
}

impl Builder {
    pub(super) fn new() -> Self {
        let meta = Meta {
            title: "工作报告".to_owned(),
            author: Some("房山区政协 & 常委会".to_owned()),
            language: "zh-CN".to_owned(),
            timestamp: 1_704_643_200,
        };
        Self {
            template: template(),
            off: [false; 4],
            counts: [0; 4],
            points: 0,
            tables: 0,
            figures: 0,
            items: [0; 4],
            terms: 0,
            document: crate::sample::of_blocks(meta, Vec::new()),
        }
    }

    /// Turns the numbers of a level off.
    pub(super) fn off(mut self, level: u8) -> Self {
        self.off[usize::from(level) - 1] = true;
        self
    }

    pub(super) fn note(mut self, text: &str) -> Self {
        let count = self.document.notes.len() as u32 + 1;
        let text = self.text(text);
        self.document.notes.push(Note { name: format!("note{count}"), count, text, span: SPAN });
        self
    }

    pub(super) fn title(mut self, lines: &[&str]) -> Self {
        let lines = lines.iter().map(|l| self.text(l)).collect();
        self.push(BlockKind::Title(lines))
    }

    /// A block of one text.
    pub(super) fn add(mut self, kind: fn(Text) -> BlockKind, text: &str) -> Self {
        let text = self.text(text);
        self.push(kind(text))
    }

    pub(super) fn p(self, text: &str) -> Self {
        self.add(BlockKind::Paragraph, text)
    }

    pub(super) fn heading(self, level: u8, text: &str) -> Self {
        self.headed(level, text, None)
    }

    /// A heading and the text in its paragraph.
    pub(super) fn run_in(self, level: u8, text: &str, rest: &str) -> Self {
        self.headed(level, text, Some(&format!("。{rest}")))
    }

    fn headed(mut self, level: u8, text: &str, rest: Option<&str>) -> Self {
        let at = usize::from(level) - 1;
        self.counts[at] += 1;
        self.counts[at + 1..].fill(0);
        let scheme = self.template.numbering.headings[at].clone().filter(|_| !self.off[at]);
        let number = scheme.map(|s| number(&s, self.counts[at]));
        let text = self.text(text);
        let run_in = rest.map(|rest| self.text(rest));
        self.push(BlockKind::Heading { level, number, text, run_in })
    }

    /// Begins headings at one again, as an attachment does.
    pub(super) fn restart(mut self) -> Self {
        self.counts = [0; 4];
        self
    }

    /// Begins an attachment.
    pub(super) fn attachment(mut self, mark: &str, title: &str) -> Self {
        let (mark, title) = (self.text(mark), self.text(title));
        self.restart()
            .push(BlockKind::AttachmentMark { text: mark, count: Some(1) })
            .push(BlockKind::AttachmentTitle(title))
    }

    pub(super) fn point(mut self, lead: &str, text: &str) -> Self {
        let points = self.points + 1;
        let number = number(&self.template.numbering.points, points);
        let (lead, text) = (self.text(lead), self.text(text));
        self = self.push(BlockKind::Point { number, lead, text });
        self.points = points;
        self
    }

    /// A table: head and rows, cells by `|`, `+2x3` after a cell for columns and rows that it covers.
    pub(super) fn table(mut self, caption: Option<&str>, head: &str, rows: &[&str]) -> Self {
        let columns = head
            .split('|')
            .map(|t| Column { title: self.text(t), align: ColumnAlign::Auto, width: None, none_as: None, level: 0 })
            .collect();
        let mut made = Vec::new();
        for row in rows {
            let cells = row.split('|').map(|cell| {
                let (text, spans) = cell.split_once('+').unwrap_or((cell, "1x1"));
                let (columns, rows) = spans.split_once('x').expect("COLUMNSxROWS");
                let text = self.text(text);
                let (columns, rows) = (columns.parse().expect("a number"), rows.parse().expect("a number"));
                Cell { text, picture: None, columns, rows, indent: 0 }
            });
            made.push(Row { cells: cells.collect() });
        }
        let caption = caption.map(|c| self.text(c));
        if caption.is_some() {
            self.tables += 1;
        }
        let number = caption.is_some().then(|| number(&self.template.numbering.tables, self.tables));
        self.push(BlockKind::Table(Table { caption, number, columns, rows: made, ..Table::default() }))
    }

    /// Puts a picture into a cell of the last table, in place of its text.
    pub(super) fn pictured(mut self, (row, column): (usize, usize), width: Option<f64>, alt: &str) -> Self {
        let (width, span) = (width.map(Length::mm), SPAN);
        if let Some(Block { kind: BlockKind::Table(table), .. }) = self.document.blocks.last_mut() {
            let file = picture::read("a.png", PNG).expect("sound").expect("a picture");
            let file = PictureFile { size: (Length::mm(40.0), Length::mm(30.0)), ..file };
            let cell = &mut table.rows[row].cells[column];
            cell.text = Text::default();
            cell.picture = Some(CellPicture { file, width, alt: alt.to_owned(), span });
        }
        self
    }

    pub(super) fn landscape(mut self) -> Self {
        match self.document.blocks.last_mut().map(|block| &mut block.kind) {
            Some(BlockKind::Table(table)) => table.landscape = true,
            Some(BlockKind::Figure(figure)) => figure.lie = Lie::Turned,
            Some(BlockKind::Chart(chart)) => chart.lie = Lie::Turned,
            _ => {}
        }
        self
    }

    pub(super) fn figure(mut self, data: &[u8], caption: &str) -> Self {
        self.figures += 1;
        let file = picture::read("map.png", data).expect("sound").expect("a picture");
        let figure = Figure {
            file: PictureFile { size: (Length::mm(30.0), Length::mm(30.0)), ..file },
            caption: Some(self.text(caption)),
            number: Some(number(&self.template.numbering.figures, self.figures)),
            width: Some(Length::mm(60.0)),
            alt: "示意图 <一>".to_owned(),
            row: None,
            lie: Lie::Upright,
            flow: FigureFlow::InPlace,
        };
        self.push(BlockKind::Figure(figure))
    }

    /// An item of a list, `ordered` or not.
    pub(super) fn item(self, ordered: bool, text: &str) -> Self {
        self.item_in(1, ordered, text)
    }

    /// An item of a list within others.
    pub(super) fn item_in(mut self, level: u8, ordered: bool, text: &str) -> Self {
        let at = usize::from(level) - 1;
        let items = self.items[at] + 1;
        let number = ordered.then(|| number(self.template.numbering.list(level), items));
        let text = self.text(text);
        self = self.push(BlockKind::ListItem { level, number, text });
        self.items[at] = if ordered { items } else { 0 };
        self.items[at + 1..].fill(0);
        self
    }

    pub(super) fn cover(mut self, title: &str) -> Self {
        let cover = Cover {
            title: vec![self.text(title)],
            subtitle: Some(self.text("（讨论稿）")),
            authority: Some(self.text("房山区政协")),
            date: Some(self.text("2024年1月")),
        };
        self.push(BlockKind::Cover(cover))
    }

    pub(super) fn contents(mut self, depth: u8) -> Self {
        let title = self.text("目录");
        self.push(BlockKind::Contents(Contents { title, depth }))
    }

    pub(super) fn term(mut self, term: &str, text: &str) -> Self {
        self.terms += 1;
        let number = number(&self.template.numbering.terms, self.terms);
        let (term, text) = (self.text(term), self.text(text));
        self.push(BlockKind::Term { number, term, text })
    }

    pub(super) fn signature(mut self, authority: &str, date: &str, sealed: bool) -> Self {
        let (authority, date) = (self.text(authority), self.text(date));
        let sealing = if sealed { Sealing::Seal } else { Sealing::None };
        self.push(BlockKind::Signature { authorities: vec![authority], date, sealing })
    }

    /// A chart of two years; values row by row.
    pub(super) fn chart(mut self, kind: ChartKind, caption: &str) -> Self {
        self.figures += 1;
        let caption = self.text(caption);
        let mut quantity = |text: &str| Quantity { text: self.text(text) };
        let values = [["41", "78.5", "12"], ["45", "80.25", "3"]].map(|values| values.map(&mut quantity).to_vec());
        let mut series: Vec<Series> = ["2022年", "2023年"]
            .into_iter()
            .zip(values)
            .map(|(name, values)| {
                let values = values.into_iter().map(Some).collect();
                Series { name: self.text(name), kind, axis: ValueAxis::Left, values }
            })
            .collect();
        if kind == ChartKind::Pie {
            series.truncate(1);
        }
        let chart = Chart {
            kind,
            caption: Some(caption),
            number: Some(number(&self.template.numbering.figures, self.figures)),
            unit: Some(self.text("件")),
            right_unit: None,
            categories: ["经济建设", "社会 & 民生", "文化"].map(|name| self.text(name)).to_vec(),
            series,
            alt: "提案 <分类>".to_owned(),
            lie: Lie::Upright,
            flow: FigureFlow::InPlace,
        };
        self.push(BlockKind::Chart(chart))
    }

    pub(super) fn red_head(mut self, signer: Option<&str>) -> Self {
        let head = RedHead {
            copy_number: Some(self.text("000001")),
            classification: Some(self.text("机密★1年")),
            urgency: None,
            authority: vec![self.text("房山区人民政府文件")],
            number: self.text("房政发〔2024〕5号"),
            beside: None,
            signer: signer.map(|s| self.labelled("签发人：", s)),
            cosigners: Vec::new(),
        };
        self.push(BlockKind::RedHead(head))
    }

    fn labelled(&mut self, label: &str, text: &str) -> Labelled {
        Labelled { label: self.text(label), text: self.text(text) }
    }

    pub(super) fn attachments(mut self, names: &[&str]) -> Self {
        let several = names.len() > 1;
        let name = |(at, name): (usize, &&str)| AttachmentName {
            label: self.text(if at == 0 { "附件：" } else { "" }),
            number: self.text(&if several { format!("{}.", at + 1) } else { String::new() }),
            name: self.text(name),
        };
        let names = names.iter().enumerate().map(name).collect();
        self.push(BlockKind::AttachmentNote(names))
    }

    pub(super) fn imprint(mut self) -> Self {
        let imprint = Imprint {
            sent: None,
            copies: Some(self.labelled("抄送：", "区委办公室，区人大常委会办公室。")),
            office: self.text("北京市房山区人民政府办公室"),
            date: self.text("2024年1月8日印发"),
        };
        self.push(BlockKind::Imprint(imprint))
    }

    pub(super) fn page_break(self) -> Self {
        self.push(BlockKind::PageBreak)
    }

    pub(super) fn id(mut self, id: &str) -> Self {
        let block = self.document.blocks.last_mut().expect("a block");
        block.id = BlockId(id.to_owned());
        block.named = true;
        self
    }

    pub(super) fn done(mut self) -> Document {
        let is_term = |block: &Block| matches!(block.kind, BlockKind::Term { .. });
        let terms: Vec<BlockIndex> =
            self.document.indexed().filter(|(_, block)| is_term(block)).map(|(index, _)| index).collect();
        let texts = self.document.blocks.iter_mut().flat_map(|b| b.kind.texts_mut());
        for run in texts.flat_map(|t| &mut t.runs) {
            if let RunKind::Term(term) = &mut run.kind {
                *term = terms[term.get()];
            }
        }
        self.document
    }

    fn push(mut self, kind: BlockKind) -> Self {
        self.points = 0;
        self.items = [0; 4];
        let id = BlockId(format!("block-{}", self.document.blocks.len()));
        self.document.blocks.push(Block { id, named: false, span: SPAN, kind });
        self
    }

    fn text(&mut self, text: &str) -> Text {
        let mut runs = Vec::new();
        let mut rest = text;
        let mut strong = false;
        let mut run = |text: &str, strong: bool, kind: RunKind| {
            if !text.is_empty() {
                runs.push(Run { strong, ..Run::new(text.to_owned(), kind, Origin::Whole(SPAN)) });
            }
        };
        while let Some(at) = ["**", "{{", "[@", "[^", "[*"].iter().filter_map(|m| rest.find(m)).min() {
            run(&rest[..at], strong, RunKind::Text);
            let (mark, tail) = rest[at..].split_at(2);
            if mark == "**" {
                strong = !strong;
                rest = tail;
                continue;
            }
            let (inside, behind) = tail.split_once(if mark == "{{" { "}}" } else { "]" }).expect("a closing mark");
            rest = behind;
            match mark {
                "{{" => {
                    let (id, printed) = inside.split_once('=').expect("id=value");
                    let value = Value {
                        id: id.to_owned(),
                        expression: id.to_owned(),
                        text: printed.to_owned(),
                        used: SPAN,
                        defined: None,
                        block: None,
                    };
                    self.document.values.push(value);
                    run(printed, strong, RunKind::Value(ValueIndex::new(self.document.values.len() - 1)));
                }
                "[*" => {
                    let number: u32 = inside.parse().expect("a term");
                    // The terms are last; which block it is, is known at the end.
                    run(&number.to_string(), strong, RunKind::Term(BlockIndex::new(number as usize - 1)));
                }
                "[@" => {
                    let block: usize = inside.parse().expect("a block");
                    let kind = &self.document.blocks[block].kind;
                    let printed = kind.number().map_or_else(|| kind.texts()[0].plain(), |n| n.bare.clone());
                    run(&printed, strong, RunKind::Reference(BlockIndex::new(block)));
                }
                _ => {
                    let note: u32 = inside.parse().expect("a note");
                    run(
                        &self.template.numbering.notes.write(note),
                        strong,
                        RunKind::Note(NoteIndex::new(note as usize - 1)),
                    );
                }
            }
        }
        run(rest, strong, RunKind::Text);
        Text { runs }
    }
}

fn number(scheme: &Scheme, count: u32) -> Number {
    let text = scheme.write(count);
    let bare = text.trim_end_matches(['、', '.']).to_owned();
    Number { count, text, bare }
}

/// A PNG of one grey pixel.
pub(super) const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0,
    0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x68, 0, 0, 0, 0x82, 0,
    0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// A document with one of everything.
pub(super) fn everything() -> Document {
    Builder::new()
        .off(1)
        .note("G108 新线高速指国道108线新线，见“规划”。")
        .title(&["中国人民政治协商会议", "北京市房山区第九届委员会常务委员会", "工作报告"])
        .add(BlockKind::Occasion, "（2024年1月8日在政协北京市房山区第九届委员会第三次会议上）")
        .add(BlockKind::Speaker, "张三")
        .add(BlockKind::Salutation, "各位委员、同志们：")
        .p("我受常务委员会委托，向大会报告工作，请予审议。")
        .heading(1, "2023年工作回顾")
        .p("全年向区委请示报告工作{{reports_to_committee=25}}次，**占全部的{{share=83%}}**，修通G108新线[^1]。")
        .heading(2, "加强思想政治引领 <一> & 二")
        .id("ideology")
        .point("把学习党的创新理论成果作为首要政治任务。", "以身作则，办好“两支队伍”——读书……会·讲座。")
        .point("坚持不懈。", "如（一）所说，第二点。")
        .p("其间另有一段。")
        .point("又从头来。", "新的一是。")
        .table(Some("提案办理情况"), "类别|件数|备注", &["经济建设|41|甲+1x2", "社会建设|78", "合计+2x1|119"])
        .figure(PNG, "受灾区域示意图")
        .heading(2, "第二节")
        .heading(3, "第三级")
        .heading(4, "第四级")
        .heading(4, "第四级之二")
        .heading(1, "2024年主要工作任务")
        .heading(2, "又从一开始")
        .point("再从头来。", "又一个一是，再见G108[^1]。")
        .page_break()
        .p("新页。见[@7]、[@12]和[@13]。")
        .table(Some("横表"), "甲|乙", &["1|2"])
        .landscape()
        .p("直页。")
        .attachment("附件1", "名单")
        .heading(2, "附件里从一开始")
        .table(None, "甲|乙", &["长长长长长长长长长长长长长长长长|b", "1|2"])
        .done()
}

/// A document with all that a plenary session's report has besides.
pub(super) fn session() -> Document {
    Builder::new()
        .cover("中国人民政治协商会议北京市房山区第九届委员会常务委员会工作报告")
        .contents(2)
        .title(&["工作报告"])
        .heading(1, "工作回顾")
        .p("坚持党的领导，办好“一府两院”[*1]和G108[*2]各项工作，见[@3]。")
        .heading(2, "思想引领")
        .item(true, "第一项。")
        .item(true, "第二项。")
        .item(false, "不编号的一项。")
        .item(false, "又一项。")
        .item(true, "另一个列表。")
        .heading(1, "主要任务")
        .chart(ChartKind::Bar, "提案分类")
        .chart(ChartKind::Line, "提案走势")
        .chart(ChartKind::Pie, "提案比例")
        .add(BlockKind::GlossaryTitle, "名词解释")
        .term("一府两院：", "人民政府、人民法院、人民检察院。")
        .term("G108：", "国道108线。")
        .signature("房山区政协常务委员会", "2024年1月8日", false)
        .done()
}

/// An official document with red head and imprint.
pub(super) fn official() -> Document {
    Builder::new()
        .red_head(Some("张三"))
        .title(&["关于印发工作方案的通知"])
        .add(BlockKind::Addressee, "各乡镇人民政府，各有关单位：")
        .p("现将方案印发给你们，请认真贯彻执行。")
        .attachments(&["工作方案及有关部门任务分工和完成时限的一览表（试行稿）", "名单"])
        .signature("北京市房山区人民政府", "2024年1月8日", true)
        .imprint()
        .done()
}
