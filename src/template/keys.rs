//! The keys of a template.

use crate::yaml::shape::{Field, Object, Shape};

const fn need(key: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { key, required: true, shape, about }
}

const fn may(key: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { key, required: false, shape, about }
}

/// Em counts and rows: nothing sensible is larger.
const EM: Shape = Shape::Number(0.0, 100.0);

/// A whole template.
pub(super) static TEMPLATE: Object = Object {
    name: ("模板", "a template"),
    fields: &[
        need("page", Shape::Object(&PAGE), "纸张与页边"),
        need("grid", Shape::Object(&GRID), "每页行数、每行字数"),
        need("fonts", Shape::Object(&FONTS), "字体"),
        need("font-figures", Shape::Object(&FONT_FIGURES), "字体的校正数"),
        need("styles", Shape::Object(&STYLES), "样式"),
        need("numbering", Shape::Object(&NUMBERING), "编号"),
        need("head", Shape::Object(&HEAD), "红头"),
        need("imprint", Shape::Object(&IMPRINT), "版记"),
        need("page-numbers", Shape::Object(&PAGE_NUMBERS), "页码"),
        need("tables", Shape::Object(&TABLES), "表格的线和空"),
        need("charts", Shape::Object(&CHARTS), "图表的线、灰度和空"),
        need("figures", Shape::Object(&FIGURES), "图片"),
        need("compose", Shape::Object(&COMPOSE), "排版规则"),
    ],
};

static PAGE: Object = Object {
    name: ("page", "page"),
    fields: &[
        need("size", Shape::List(&Shape::Length, 2, 2), "纸张的宽、高"),
        need("margins", Shape::Object(&MARGINS), "页边"),
        may("mirror", Shape::Bool, "偶数页订口换边"),
    ],
};

static MARGINS: Object = Object {
    name: ("margins", "margins"),
    fields: &[
        need("top", Shape::Length, "天头"),
        need("bottom", Shape::Length, "地脚"),
        need("inner", Shape::Length, "订口"),
        need("outer", Shape::Length, "切口"),
    ],
};

static GRID: Object = Object {
    name: ("grid", "grid"),
    fields: &[
        need("chars", Shape::Integer(1, 200), "每行字数"),
        need("lines", Shape::Integer(1, 200), "每页行数"),
        need("cell", Shape::Length, "字宽"),
        need("pitch", Shape::Length, "行距"),
        need("ascent", Shape::Number(0.0, 2.0), "基线位置（em）"),
    ],
};

static FONTS: Object = Object {
    name: ("fonts", "fonts"),
    fields: &[
        need("小标宋", Shape::Object(&FACES), "标题"),
        need("仿宋", Shape::Object(&FACES), "正文"),
        need("黑体", Shape::Object(&FACES), "一级标题"),
        need("楷体", Shape::Object(&FACES), "二级标题"),
        need("宋体", Shape::Object(&FACES), "页码、表格"),
    ],
};

static FACES: Object = Object {
    name: ("字体", "a font role"),
    fields: &[
        need("faces", Shape::List(&Shape::Text, 1, 50), "汉字字体，先找到的先用"),
        may("latin", Shape::List(&Shape::Text, 0, 50), "数字、西文字体"),
        may("fallback", Shape::List(&Shape::Text, 0, 50), "缺字时借用的字体"),
        need("office", Shape::Text, "Word 文件里的中文字体名"),
        need("office-latin", Shape::Text, "Word 文件里的西文字体名"),
    ],
};

static FONT_FIGURES: Object = Object {
    name: ("font-figures", "font-figures"),
    fields: &[
        need("fallback-drop", Shape::Number(-1.0, 1.0), "借用字体下移（em）"),
        need("bold-stroke", Shape::Number(0.0, 0.5), "描边加粗的线宽（em）"),
    ],
};

const fn style(key: &'static str, about: &'static str) -> Field {
    need(key, Shape::Object(&STYLE), about)
}

static STYLES: Object = Object {
    name: ("styles", "styles"),
    fields: &[
        style("body", "正文"),
        style("title", "标题"),
        style("occasion", "会议日期"),
        style("speaker", "报告人"),
        style("salutation", "称呼"),
        style("heading-1", "一级标题"),
        style("heading-2", "二级标题"),
        style("heading-3", "三级标题"),
        style("heading-4", "四级标题"),
        style("point", "要点"),
        style("caption", "表题、图题"),
        style("table-head", "表头"),
        style("table-text", "表格正文"),
        style("figure", "图片"),
        style("footnote", "脚注"),
        style("page-number", "页码"),
        style("contents-title", "目录标题"),
        style("contents-1", "目录一级"),
        style("contents-2", "目录二级"),
        style("contents-3", "目录三级"),
        style("attachment-mark", "附件标记"),
        style("attachment-title", "附件标题"),
        style("list-item", "列表项"),
        style("chart-text", "图表文字"),
        style("cover-title", "封面标题"),
        style("cover-subtitle", "封面副标题"),
        style("cover-line", "封面落款"),
        style("glossary-title", "名词解释标题"),
        style("glossary-entry", "名词解释"),
        style("signature", "署名"),
        style("signature-date", "成文日期"),
        style("copy-number", "份号"),
        style("head-mark", "密级和紧急程度"),
        style("authority", "发文机关标志"),
        style("document-number", "发文字号"),
        style("signer", "签发人"),
        style("addressee", "主送机关"),
        style("attachment-note", "附件说明"),
        style("imprint", "版记"),
    ],
};

/// The names of the roles of type.
pub(super) const ROLES: &[&str] = &["小标宋", "仿宋", "黑体", "楷体", "宋体"];

const ALIGNS: &[&str] = &["justify", "left", "center", "right"];

static STYLE: Object = Object {
    name: ("样式", "a style"),
    fields: &[
        need("font", Shape::Choice(ROLES), "字体"),
        need("size", Shape::Length, "字号"),
        may(
            "leading",
            Shape::OneOf(&[Shape::Number(0.1, 20.0), Shape::Length]),
            "行距：长度，或以行为单位的数；默认一行",
        ),
        need("align", Shape::Choice(ALIGNS), "对齐"),
        may("unnumbered", Shape::Choice(ALIGNS), "不编号时的对齐（不缩进）"),
        may("first-line", EM, "首行缩进（字）"),
        may("indent-left", EM, "左缩进（字）"),
        may("indent-right", EM, "右缩进（字）"),
        may("rows-before", EM, "上空几行"),
        may("rows-after", EM, "下空几行"),
        may("keep-next", Shape::Integer(0, 50), "与下文几行同页"),
        may("orphans", Shape::Integer(1, 50), "页首页尾至少几行"),
        may("strong", Shape::Bool, "加粗"),
        may("color", Shape::List(&Shape::Number(0.0, 100.0), 4, 4), "颜色：青、品红、黄、黑各百分之几"),
        may("spread", Shape::Object(&SPREAD), "短行字间加空"),
        may("rule", Shape::Object(&STYLE_RULE), "上方的横线（脚注）"),
        need("word", Shape::Object(&WORD), "Word 里的样式"),
    ],
};

static STYLE_RULE: Object = Object {
    name: ("rule", "rule"),
    fields: &[
        need("weight", Shape::Length, "粗细"),
        need("width", Shape::Length, "长度"),
        need("above", Shape::Length, "线上的空"),
        need("below", Shape::Length, "线下的空"),
    ],
};

static SPREAD: Object = Object {
    name: ("spread", "spread"),
    fields: &[need("by", EM, "字间空多少（em）"), need("up-to", Shape::Integer(1, 100), "不多于几字的行")],
};

static WORD: Object = Object {
    name: ("word", "word"),
    fields: &[need("id", Shape::Text, "样式编号（英文）"), need("name", Shape::Text, "样式名")],
};

static NUMBERING: Object = Object {
    name: ("numbering", "numbering"),
    fields: &[
        need("headings", Shape::List(&Shape::Scheme { none: true }, 4, 4), "一至四级标题的编号"),
        need("points", Shape::Scheme { none: false }, "要点"),
        need("tables", Shape::Scheme { none: false }, "表"),
        need("figures", Shape::Scheme { none: false }, "图"),
        need("attachments", Shape::Scheme { none: false }, "附件"),
        need("lists", Shape::Scheme { none: false }, "有序列表"),
        need("bullet", Shape::Text, "无序列表的符号"),
        need("terms", Shape::Scheme { none: false }, "名词解释"),
        need("notes", Shape::Scheme { none: false }, "脚注"),
    ],
};

static HEAD: Object = Object {
    name: ("head", "head"),
    fields: &[
        need("top", Shape::Length, "发文机关标志距版心上边缘"),
        need("rule", Shape::Length, "红色分隔线的粗细"),
        need("gap", Shape::Length, "红色分隔线距发文字号"),
    ],
};

static IMPRINT: Object = Object {
    name: ("imprint", "imprint"),
    fields: &[need("outer", Shape::Length, "首条、末条分隔线的粗细"), need("inner", Shape::Length, "中间分隔线的粗细")],
};

static PAGE_NUMBERS: Object = Object {
    name: ("page-numbers", "page-numbers"),
    fields: &[
        may("before", Shape::Text, "页码前的符号"),
        may("after", Shape::Text, "页码后的符号"),
        need("below", Shape::Length, "距版心下边缘"),
        may("indent", EM, "外侧空几字；不写则居中"),
        may("first", Shape::Bool, "首页也印页码"),
        may("front", Shape::Choice(&["none", "roman"]), "目录的页码。none：不编；roman：小写罗马数字"),
    ],
};

static TABLES: Object = Object {
    name: ("tables", "tables"),
    fields: &[
        need("rules", Shape::Choice(&["grid", "three-line"]), "grid：框线；three-line：三线表"),
        need("heavy", Shape::Length, "外框，三线表的顶线、底线"),
        need("light", Shape::Length, "内线，三线表的栏目线"),
        need("padding", Shape::Number(0.0, 5.0), "单元格左右至少空几字"),
        need("space", Shape::Length, "单元格上下至少空多少"),
        need("whole", Shape::Integer(0, 200), "不超过几行的表不跨页"),
        need("continued", Shape::Text, "跨页重印表题时写在前面的字"),
    ],
};

static CHARTS: Object = Object {
    name: ("charts", "charts"),
    fields: &[
        need("rows", Shape::Integer(4, 200), "图高几行"),
        need("axis", Shape::Length, "坐标轴的粗细"),
        need("grid", Shape::Length, "刻度线的粗细"),
        need("line", Shape::Length, "折线的粗细"),
        need("outline", Shape::Length, "柱、扇形的边线和引线的粗细"),
        need("tints", Shape::List(&Shape::Number(0.0, 100.0), 3, 20), "各组柱、各块扇形的灰度：黑的百分之几"),
        need(
            "dashes",
            Shape::List(&Shape::List(&Shape::Number(0.1, 100.0), 0, 6), 1, 20),
            "各条折线的划和空，以线的粗细为单位；[] 为实线",
        ),
        need("markers", Shape::List(&Shape::Choice(MARKERS), 1, 20), "各条折线的点"),
        need("marker", Shape::Length, "点的大小"),
        need("bar", Shape::Number(0.1, 1.0), "柱占一格的几分之几"),
        need("widest", Shape::Length, "一根柱至多多宽"),
        need("gap", Shape::Length, "文字与所指之间的空"),
        need("steps", Shape::Integer(2, 20), "坐标轴大约分几格"),
        need("lines", Shape::Integer(1, 20), "类别名称至多几行"),
        need("smallest", Shape::Length, "排不下时最小的字号"),
        need("legend", EM, "图例两项之间空几字"),
        need("sample-bar", EM, "图例里柱的样子宽几字"),
        need("sample-line", EM, "图例里折线的样子宽几字"),
        need("leader", EM, "扇形引线每段长几字"),
        need("unit", Shape::Text, "单位前的字"),
    ],
};

const MARKERS: &[&str] = &["circle", "square", "triangle", "diamond"];

static FIGURES: Object = Object {
    name: ("figures", "figures"),
    fields: &[need("dpi", Shape::Integer(72, 1200), "SVG 图在 Word 文件中的后备位图，每英寸几点")],
};

static COMPOSE: Object = Object {
    name: ("compose", "compose"),
    fields: &[
        may("policy", Shape::Choice(&["fine", "word", "libreoffice"]), "断行方法"),
        may("cjk-latin-gap", Shape::Number(0.0, 1.0), "汉字与西文之间的空隙（em）"),
        may("last-line-chars", Shape::Integer(0, 20), "段末行至少几字"),
        may("trim-paragraph-start", Shape::Bool, "段首前括号去掉左边的空"),
    ],
};
