//! The keys of a report: what validates it, and what its JSON Schema is written from.

use crate::diagnostic::Vocabulary as _;
use crate::model::{ChartKind, ColumnAlign, ValueAxis};
use crate::yaml::shape::{Field, Object, Shape};
use crate::yaml::tree::Node;

const fn need(key: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { key, required: true, shape, about }
}

const fn may(key: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { key, required: false, shape, about }
}

/// More entries than any report has; it bounds lists in the schema.
pub(super) const MANY: usize = 1_000_000;

/// A text, or a list of them.
const ONE_OR_MORE: Shape = Shape::OneOf(&[Shape::Text, Shape::List(&Shape::Text, 1, 100)]);

const ID: Field = may("id", Shape::Text, "固定的编号，供引用和合并修改；只用文字、数字、- 和 _");

const CONTINUE: Field = may("continue", Shape::Bool, "true：隔着别的内容，接着同一标题下前面的编号");

/// A whole report.
pub(super) static REPORT: Object = Object {
    name: ("报告", "a report"),
    fields: &[
        need("template", Shape::Text, "模板的名称，或模板文件"),
        need(
            "title",
            Shape::OneOf(&[Shape::Text, Shape::List(&Shape::Text, 1, 20)]),
            "标题。写成列表则照列表分行，写成一句则按词意分行",
        ),
        may(
            "mark",
            Shape::OneOf(&[Shape::Text, Shape::Object(&MARK)]),
            "首页左上角的标记，如 征求意见稿、送审稿、会议文件；或写明印在哪些页",
        ),
        may("watermark", Shape::Text, "各页的水印，如 征求意见稿；样子在模板的 watermark 里"),
        may("occasion", Shape::Text, "日期和会议，印在标题下的（ ）里，括号不用写"),
        may("speaker", Shape::Text, "报告人"),
        may("date", Shape::Text, "报告的日期，如 2024-01-08；记入文件属性"),
        may("author", Shape::Text, "作者（机关），记入文件属性"),
        may("language", Shape::Text, "语言，默认 zh-CN"),
        may(
            "data",
            Shape::OneOf(&[Shape::Text, Shape::Names(&Shape::OneOf(&[Shape::Text, Shape::Object(&SOURCE)]))]),
            "数据文件（.yaml .json .csv .tsv .xlsx .xls .ods），路径相对于本文件；多个文件写成“名称: 文件”",
        ),
        may("pull", Shape::Names(&Shape::Object(&PULL)), "dinggao pull 拉取的数据：名称: {command 或 url, to}"),
        may(
            "cover",
            Shape::OneOf(&[Shape::Bool, Shape::Object(&COVER)]),
            "true：有封面，印标题；或写明封面上的其他文字",
        ),
        may(
            "contents",
            Shape::OneOf(&[Shape::Bool, Shape::Object(&CONTENTS)]),
            "true：正文前有目录；或写明目录的题目、级数",
        ),
        may("numbering", Shape::Object(&NUMBERING), "改变模板的标题编号"),
        may("copy-number", Shape::Text, "公文的份号，六位数字"),
        may("classification", Shape::Text, "公文的密级和保密期限，如 机密★1年"),
        may("urgency", Shape::Text, "公文的紧急程度：特急、加急"),
        may(
            "authority",
            Shape::OneOf(&[Shape::Text, Shape::List(&Shape::Text, 1, 10)]),
            "发文机关标志，写上就有红头；联合行文写成列表，一个机关一项",
        ),
        may("authority-mark", Shape::Text, "联合行文时标在各机关名称右侧的“文件”"),
        may("number", Shape::Text, "发文字号，如 房政发〔2024〕5号"),
        may("signer", ONE_OR_MORE, "上行文的签发人，只写姓名；几位写成列表，按机关的次序"),
        may("addressee", ONE_OR_MORE, "主送机关，如 各乡镇人民政府：；写成列表则用逗号隔开，冒号不用写"),
        may("sent-to", ONE_OR_MORE, "移到版记里的主送机关，“主送：”和句号不用写"),
        may("copies-to", ONE_OR_MORE, "抄送机关，“抄送：”和句号不用写；写成列表则用逗号隔开"),
        may("office", Shape::Text, "印发机关，写上就有版记"),
        may("printed", Shape::Text, "印发日期，“印发”不用写"),
        need("body", Shape::List(&BLOCK, 1, MANY), "正文：一段文字一项，或者各种内容块"),
        may(
            "attendance",
            Shape::Names(&ONE_OR_MORE),
            "纪要的出席、请假、列席人员，依次印在正文之后，如 {出席: [王伟明, 李敏], 请假: 周文}",
        ),
        may("checks", Shape::List(&Shape::Object(&CHECK), 0, MANY), "数据的核对，不成立则不生成"),
        may("notes", Shape::Names(&Shape::Text), "脚注：名称: 内容，正文用 [^名称] 引出"),
        may("glossary", Shape::Names(&Shape::Text), "名词解释：名词: 解释，正文用 [*名词] 标出"),
        may("attachments", Shape::List(&Shape::Object(&ATTACHMENT), 0, 1000), "附件"),
    ],
};

static MARK: Object = Object {
    name: ("标记", "a mark"),
    fields: &[
        need("text", Shape::Text, "标记的文字"),
        may("pages", Shape::Choice(&["first", "all"]), "first：只在首页，默认；all：各页都印"),
    ],
};

/// A data file with options.
static SOURCE: Object = Object {
    name: ("数据文件", "a data file"),
    fields: &[
        need("file", Shape::Text, "文件"),
        may("sheet", Shape::Text, "工作表，默认唯一的一张"),
        may("range", Shape::Text, "单元格的范围，如 B3:F40、指标!B3:F40"),
        may("table", Shape::Text, "工作簿里的表"),
        may("name", Shape::Text, "工作簿里定义的名称"),
        may("encoding", Shape::Text, "文本文件的编码，如 gb18030"),
        may("skip", Shape::Integer(0, 1_000_000), "栏名之前有几行"),
        may("head", Shape::Integer(1, 10), "栏名占几行"),
        may("until", Shape::Text, "到这样开头的一行为止；blank：到第一个空行为止"),
        may("drop", Shape::OneOf(&[Shape::Text, Shape::List(&Shape::Text, 0, 100)]), "这样开头的各行不要"),
        may("none", Shape::OneOf(&[Shape::Text, Shape::List(&Shape::Text, 0, 100)]), "表示没有值的记号"),
        may("columns", Shape::Names(&Shape::Object(&SOURCE_COLUMN)), "各栏是什么，栏名: {type, decimals, thousands}"),
    ],
};

static SOURCE_COLUMN: Object = Object {
    name: ("数据的一栏", "a column of the data"),
    fields: &[
        may("type", Shape::Choice(&["number", "date", "text"]), "数字、日期或文字"),
        may("decimals", Shape::Integer(0, 20), "印几位小数"),
        may("thousands", Shape::Bool, "true：印出千位分隔的逗号，如 1,234"),
    ],
};

/// What `dinggao pull` fetches.
static PULL: Object = Object {
    name: ("拉取", "something to pull"),
    fields: &[
        may("command", Shape::List(&Shape::Text, 1, 100), "程序和它的参数，一项一个；不经过 shell"),
        may("url", Shape::Text, "https:// 开头的地址"),
        need("to", Shape::Text, "存为哪个数据文件，路径相对于本文件"),
        may(
            "header",
            Shape::Names(&Shape::OneOf(&[Shape::Text, Shape::Object(&SECRET)])),
            "请求头；口令一类写 {env: 环境变量名}",
        ),
        may("timeout", Shape::Integer(1, 3600), "最多几秒，默认 60"),
        may("most", Shape::Integer(1, 64), "最多几 MB，默认 64"),
    ],
};

static SECRET: Object = Object {
    name: ("口令", "a secret"),
    fields: &[need("env", Shape::Text, "环境变量的名称"), may("before", Shape::Text, "值的前面加什么，如 \"Bearer \"")],
};

static COVER: Object = Object {
    name: ("封面", "a cover"),
    fields: &[
        may("subtitle", Shape::Text, "标题下的一行，如 （讨论稿）"),
        may("authority", Shape::Text, "下方的机关名称"),
        may("date", Shape::Text, "机关名称下的日期"),
    ],
};

static CONTENTS: Object = Object {
    name: ("目录", "a table of contents"),
    fields: &[
        may("title", Shape::Text, "目录的题目，默认“目录”"),
        may("depth", Shape::Integer(1, 3), "列到第几级标题，默认 2"),
    ],
};

static NUMBERING: Object = Object {
    name: ("各级标题的编号", "the numbering of headings"),
    fields: &[
        may("1", Shape::Scheme { none: true }, "一级标题第一个号的样子，none 为不编号"),
        may("2", Shape::Scheme { none: true }, "二级标题"),
        may("3", Shape::Scheme { none: true }, "三级标题"),
        may("4", Shape::Scheme { none: true }, "四级标题"),
    ],
};

static CHECK: Object = Object {
    name: ("核对", "a check"),
    fields: &[
        need("that", Shape::Text, "必须成立的关系，如 proposals.filed <= proposals.received"),
        may("each", Shape::Names(&Shape::Text), "名称: 列表；对列表的每一行都核对"),
        need("else", Shape::Text, "不成立时的提示"),
    ],
};

static ATTACHMENT: Object = Object {
    name: ("附件", "an attachment"),
    fields: &[
        need("title", Shape::Text, "附件的标题"),
        may("body", Shape::List(&BLOCK, 0, MANY), "附件的内容"),
        may("mark", Shape::Bool, "false：不标“附件”，不编号，附件说明里也不列，如通知印发的办法、批转的文件"),
        ID,
    ],
};

/// Declares the kinds of blocks and [`BLOCK`] from one table.
macro_rules! blocks {
    ($($kind:ident = $object:ident;)*) => {
        /// What a map in a list of blocks is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum BlockKey { $($kind,)* }

        /// A block of the body. The first key of each map tells which it is.
        pub(super) static BLOCK: Shape = Shape::OneOf(&[Shape::Text, Shape::Keyed(&[$(&$object),*])]);

        impl BlockKey {
            /// The kind of a map, and the value of the key that tells it. The order of the table decides where a map has
            /// several of these keys: a point with its `text` is no paragraph in its long form.
            pub(super) fn of(node: &Node) -> Option<(Self, &Node)> {
                $(
                    if let Some(value) = $object.fields.first().and_then(|field| node.get(field.key)) {
                        return Some((Self::$kind, value));
                    }
                )*
                None
            }
        }
    };
}

blocks! {
    Salutation = SALUTATION;
    Heading = HEADING;
    Point = POINT;
    Table = TABLE;
    Figure = FIGURE;
    Figures = FIGURES;
    Chart = CHART;
    List = LIST;
    Signature = SIGNATURE;
    Break = BREAK;
    PageBreak = PAGE_BREAK;
    Include = INCLUDE;
    If = IF;
    Each = EACH;
    Paragraph = PARAGRAPH;
}

static SALUTATION: Object = Object {
    name: ("称呼", "a salutation"),
    fields: &[need("salutation", Shape::Text, "称呼，如 各位代表："), ID],
};

static HEADING: Object = Object {
    name: ("标题", "a heading"),
    fields: &[
        need("heading", Shape::Text, "标题的文字，不写编号"),
        may("text", Shape::Text, "同一段里接着的文字；中间的句号不用写"),
        may("body", Shape::List(&BLOCK, 0, MANY), "标题下的内容；里面的标题低一级"),
        ID,
    ],
};

static POINT: Object = Object {
    name: ("要点", "a point"),
    fields: &[
        need("point", Shape::Text, "要点的首句，不写“一是”"),
        may("text", Shape::Text, "同一段里接着的文字"),
        CONTINUE,
        ID,
    ],
};

static PARAGRAPH: Object =
    Object { name: ("段落", "a paragraph"), fields: &[need("text", Shape::Text, "段落的文字"), ID] };

pub(super) static INCLUDE: Object = Object {
    name: ("取用", "an inclusion"),
    fields: &[need("include", Shape::Text, "另一个文件，里面是各项内容；路径相对于写它的文件")],
};

static IF: Object = Object {
    name: ("条件", "a condition"),
    fields: &[
        need("if", Shape::OneOf(&[Shape::Text, Shape::Bool]), "条件，如 gdp.growth > 0"),
        need("body", Shape::List(&BLOCK, 1, MANY), "条件成立时的内容"),
        may("else", Shape::List(&BLOCK, 1, MANY), "不成立时的内容"),
    ],
};

static EACH: Object = Object {
    name: ("逐行", "a repetition"),
    fields: &[
        need("each", Shape::Names(&Shape::Text), "名称: 数据里的列表，如 town: towns；loop.index 是第几行"),
        need("body", Shape::List(&BLOCK, 1, MANY), "每一行的内容"),
    ],
};

static LIST: Object = Object {
    name: ("列表", "a list"),
    fields: &[
        need("list", Shape::OneOf(&ITEMS), "各项；要编号就写 ordered: true"),
        may("ordered", Shape::Bool, "true：编号 1. 2."),
        CONTINUE,
    ],
};

/// A list, or a list within an item of another.
static ITEMS: [Shape; 2] = [Shape::List(&LIST_ITEM, 1, MANY), Shape::Object(&LIST_BODY)];

static LIST_ITEM: Shape = Shape::OneOf(&[Shape::Text, Shape::Object(&LIST_ENTRY)]);

static LIST_ENTRY: Object = Object {
    name: ("列表的一项", "an item of a list"),
    fields: &[
        need("text", Shape::Text, "这一项的文字"),
        may("list", Shape::OneOf(&ITEMS), "它下面的各项；写法同 list"),
        ID,
    ],
};

static LIST_BODY: Object = Object {
    name: ("列表", "a list"),
    fields: &[
        need("items", Shape::List(&LIST_ITEM, 1, MANY), "各项，不写编号"),
        may("ordered", Shape::Bool, "true：编号 1. 2."),
        CONTINUE,
    ],
};

static SIGNATURE: Object = Object {
    name: ("署名", "a signature"),
    fields: &[need("signature", Shape::Object(&SIGNATURE_BODY), "发文机关署名和成文日期"), ID],
};

static SIGNATURE_BODY: Object = Object {
    name: ("署名", "a signature"),
    fields: &[
        need("authority", ONE_OR_MORE, "署名的机关；联合行文写成列表，主办机关在前"),
        need("date", Shape::Text, "成文日期，如 2024年1月8日"),
        may("sealed", Shape::Bool, "true：要盖章，署名居日期之中"),
        may("stamp", Shape::Bool, "true：加盖签发人签名章，authority 写签发人的职务"),
    ],
};

static BREAK: Object = Object {
    name: ("分页", "a page break"),
    fields: &[need("break", Shape::Choice(&["page"]), "page：另起一页")],
};

static PAGE_BREAK: Object =
    Object { name: ("分页", "a page break"), fields: &[need("page-break", Shape::Bool, "true：另起一页")] };

static TABLE: Object =
    Object { name: ("表格", "a table"), fields: &[need("table", Shape::Object(&TABLE_BODY), "表格"), ID] };

static TABLE_BODY: Object = Object {
    name: ("表格", "a table"),
    fields: &[
        may("caption", Shape::Text, "表题，不写“表1”"),
        may("unit", Shape::Text, "单位，印在表的右上方，“单位：”不用写"),
        may("columns", Shape::List(&HEAD, 1, 100), "各栏"),
        may("rows", Shape::List(&Shape::OneOf(&[CELLS, Shape::Object(&ROW)]), 1, MANY), "各行"),
        may("from", Shape::Text, "数据里的各行，如 stations"),
        may("total", Shape::Bool, "true：最后一行是合计，加粗"),
        may("note", NOTES, "表下的注，“注：”不用写；几条写成列表"),
        may("source", Shape::Text, "资料来源，印在表下，“资料来源：”不用写"),
        LANDSCAPE,
        ID,
    ],
};

const NOTES: Shape = Shape::OneOf(&[Shape::Text, Shape::List(&Shape::Text, 1, 100)]);

/// A column or a group of columns.
static HEAD: Shape = Shape::OneOf(&[Shape::Text, Shape::Object(&COLUMN)]);

const CELLS: Shape =
    Shape::List(&Shape::OneOf(&[Shape::Cell, Shape::Keyed(&[&PICTURE_CELL, &FIGURE_CELL, &CELL])]), 1, 100);

static ROW: Object = Object {
    name: ("一行", "a row"),
    fields: &[need("cells", CELLS, "各格"), may("total", Shape::Bool, "true：合计、小计，加粗")],
};

static COLUMN: Object = Object {
    name: ("栏", "a column"),
    fields: &[
        need("title", Shape::Text, "栏名"),
        may("columns", Shape::List(&HEAD, 1, 100), "分成的各栏；栏名就成了它们上面的一格"),
        may("key", Shape::Text, "数据里的名称，与栏名不同时写"),
        may("align", Shape::Choice(ColumnAlign::WORDS), "对齐；decimal 为小数点对齐"),
        may("none-as", Shape::Cell, "没有值的格子印什么，如 —；不写就空着"),
        may(
            "width",
            Shape::OneOf(&[Shape::Number(0.01, 1000.0), Shape::Relative]),
            "宽度：30mm、2em（2 个字宽），或者一个数，为余下宽度的比例",
        ),
    ],
};

static CELL: Object =
    Object { name: ("单元格", "a cell"), fields: &[need("text", Shape::Cell, "文字"), CELL_COLUMNS, CELL_ROWS] };

const CELL_COLUMNS: Field = may("columns", Shape::Integer(1, 100), "占几栏");

const CELL_ROWS: Field = may("rows", Shape::Integer(1, 1000), "占几行");

const CELL_IMAGE: Field = need("image", Shape::Text, "图片文件（.png .jpg .svg），路径相对于本文件");

const CELL_WIDTH: Field = may("width", Shape::Length, "印出的宽度；不写就是自己的宽度，至多排满这一栏");

const CELL_ALT: Field = may("alt", Shape::Text, "看不到图的读者读的说明");

static PICTURE_CELL: Object = Object {
    name: ("有图的单元格", "a cell with a picture"),
    fields: &[CELL_IMAGE, CELL_WIDTH, CELL_ALT, CELL_COLUMNS, CELL_ROWS],
};

/// The same, written as a figure of the body is.
static FIGURE_CELL: Object = Object {
    name: ("有图的单元格", "a cell with a picture"),
    fields: &[need("figure", Shape::Object(&CELL_FIGURE), "单元格里的图"), CELL_COLUMNS, CELL_ROWS],
};

static CELL_FIGURE: Object =
    Object { name: ("单元格里的图", "the picture of a cell"), fields: &[CELL_IMAGE, CELL_WIDTH, CELL_ALT] };

static FIGURE: Object =
    Object { name: ("图", "a figure"), fields: &[need("figure", Shape::Object(&FIGURE_BODY), "图"), ID] };

static FIGURE_BODY: Object = Object {
    name: ("图", "a figure"),
    fields: &[
        need("image", Shape::Text, "图片文件（.png .jpg .svg），路径相对于本文件"),
        may("caption", Shape::Text, "图题，不写“图1”"),
        may("width", Shape::Length, "印出的宽度，如 120mm"),
        may("alt", Shape::Text, "看不到图的读者读的说明；默认用图题"),
        FLOAT,
        LANDSCAPE,
        ID,
    ],
};

const FLOAT: Field = may("float", Shape::Bool, "true：一页排不下时，让后面的文字先排，图移到这些文字之后");

const LANDSCAPE: Field = may("landscape", Shape::Bool, "true：横排，单独一页");

static FIGURES: Object = Object {
    name: ("并排的图", "figures side by side"),
    fields: &[need("figures", Shape::List(&FIGURE_IN_ROW, 1, 10), "并排的各图，从左到右")],
};

static FIGURE_IN_ROW: Shape = Shape::Object(&PICTURE);

static PICTURE: Object = Object {
    name: ("并排的一张图", "a figure of a row"),
    fields: &[
        need("image", Shape::Text, "图片文件（.png .jpg .svg），路径相对于本文件"),
        may("caption", Shape::Text, "图题，不写“图1”"),
        may("width", Shape::Length, "印出的宽度；都不写则各图一样高，排满一行"),
        may("alt", Shape::Text, "看不到图的读者读的说明；默认用图题"),
        ID,
    ],
};

static CHART: Object =
    Object { name: ("图表", "a chart"), fields: &[need("chart", Shape::Object(&CHART_BODY), "图表"), ID] };

static CHART_BODY: Object = Object {
    name: ("图表", "a chart"),
    fields: &[
        need("kind", Shape::Choice(ChartKind::WORDS), "bar：柱形图；line：折线图；pie：饼图"),
        may("caption", Shape::Text, "图题，不写“图1”"),
        may("unit", Shape::Text, "单位，如 件"),
        may("right-unit", Shape::Text, "右轴的单位，如 %"),
        may("from", Shape::Text, "数据里的各行，如 stations"),
        may(
            "categories",
            Shape::OneOf(&[Shape::Text, Shape::List(&Shape::Text, 1, MANY)]),
            "各类的名称；有 from 时写栏名，默认第一栏",
        ),
        may(
            "series",
            Shape::List(&Shape::OneOf(&[Shape::Text, Shape::Object(&SERIES)]), 1, 100),
            "各组数；有 from 时写栏名，默认其余各栏",
        ),
        may("alt", Shape::Text, "看不到图的读者读的说明；默认读图题和各数"),
        FLOAT,
        LANDSCAPE,
        ID,
    ],
};

static SERIES: Object = Object {
    name: ("一组数", "a series"),
    fields: &[
        need("name", Shape::Text, "这组数的名称"),
        may("values", Shape::List(&Shape::Cell, 1, MANY), "各数，或者 {{ }}；~ 是没有数"),
        may("key", Shape::Text, "数据里的栏名，与名称不同时写"),
        may(
            "kind",
            Shape::Choice(&[ChartKind::Bar.word(), ChartKind::Line.word()]),
            "这组数画成柱还是折线，默认同图；折线可以画在柱上",
        ),
        may("axis", Shape::Choice(ValueAxis::WORDS), "left：按左轴；right：按右轴，折线才可以"),
    ],
};
