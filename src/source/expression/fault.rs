//! What is wrong with an expression.

use crate::diagnostic::{Code, Message, Span, say};
use crate::source::data::{Datum, Entry};
use crate::yaml::near::suggestion;

/// What is wrong with an expression, at bytes of its text.
#[derive(Debug)]
pub(in crate::source) struct Fault(pub Box<FaultDetail>);

/// The parts of a [`Fault`], boxed there: they are large, and rare.
#[derive(Debug)]
pub(in crate::source) struct FaultDetail {
    /// The code.
    pub code: Code,
    /// Bytes of the expression.
    pub range: Range,
    /// What is wrong.
    pub message: Message,
    /// What to do.
    pub hint: Message,
    /// True where a value is missing: a check is left out then.
    pub missing: bool,
    /// The data that it is about.
    pub related: Vec<(Span, Message)>,
}

/// Bytes of an expression.
pub(in crate::source) type Range = (usize, usize);

/// The result of computing.
pub(in crate::source) type Computed<T = Entry> = Result<T, Fault>;

impl Fault {
    /// Says whether it is a missing value that keeps it from being computed.
    fn for_want_of(mut self, entries: &[&Entry]) -> Self {
        self.0.missing = entries.iter().any(|entry| matches!(entry.scalar().datum, Datum::Null));
        self
    }

    /// Adds the place of a value that the fault is about.
    pub(super) fn about(mut self, entry: &Entry) -> Self {
        if let Some(span) = entry.span
            && self.0.related.iter().all(|(known, _)| *known != span)
        {
            let (zh, en) = entry.datum.name();
            let message = match &entry.datum {
                Datum::Text(text) => {
                    let text: String = text.chars().take(24).collect();
                    say!("这里是{zh}“{text}”", "{en} here: \"{text}\"")
                }
                _ => say!("这里是{zh}", "{en} here"),
            };
            self.0.related.push((span, message));
        }
        self
    }
}

/// The fault of a value that cannot be used; None for others.
pub(super) fn broken(entry: &Entry, range: Range) -> Option<Fault> {
    let Datum::Broken(why) = &entry.scalar().datum else { return None };
    let related = why.span.map(|span| (span, say!("在这里", "here"))).into_iter().collect();
    let (message, hint) = (why.message.clone(), why.hint.clone());
    Some(Fault(Box::new(FaultDetail { code: why.code, range, message, hint, missing: false, related })))
}

/// Builds a fault.
pub(in crate::source) fn fault(code: Code, range: Range, message: Message, hint: Message) -> Fault {
    Fault(Box::new(FaultDetail { code, range, message, hint, missing: false, related: Vec::new() }))
}

/// An expression or its result is longer than any report needs.
pub(super) fn too_complex(range: Range) -> Fault {
    fault(
        Code::EXPRESSION_FAILED,
        range,
        say!("算式太长或者嵌套过深", "the expression is too long or nested too deeply"),
        say!(
            "分成几步，在数据文件里先算好；列表用 | sum 合计",
            "compute parts of it in the data file; add up lists by | sum"
        ),
    )
}

/// The result is longer than any report needs.
pub(super) fn too_long(range: Range) -> Fault {
    fault(
        Code::EXPRESSION_FAILED,
        range,
        say!("结果太长", "the result is too long"),
        say!(
            "一个算式最多印一万字，列表最多一百万项；改小过滤器的参数",
            "an expression prints at most 10,000 characters, a list has at most a million entries; ask for less"
        ),
    )
}

/// A number is larger than what is computed with.
pub(super) fn too_large(range: Range) -> Fault {
    fault(
        Code::EXPRESSION_FAILED,
        range,
        say!("结果太大，算不出来", "the result is too large"),
        say!(
            "数字最多一千位；乘方的指数须是整数",
            "numbers have at most a thousand digits; exponents are whole numbers"
        ),
    )
}

/// A filter or function was given arguments that it cannot use.
pub(super) fn bad_argument(range: Range, message: Message, hint: Message) -> Fault {
    fault(Code::EXPRESSION_FAILED, range, message, hint)
}

/// Something is for numbers and got something else.
pub(super) fn not_a_number(name: &str, entry: &Entry, range: Range) -> Fault {
    let hint = match &entry.datum {
        Datum::Null => say!("补上数据；没有数的，用 | default(0)", "give the value, or use | default(0)"),
        _ => say!(
            "检查数据；加了引号的数字是文字，表格里写成文字的数要在 columns 里写明 type: number",
            "check the data; a number in quotation marks is text, and a column of numbers written as text needs type: number"
        ),
    };
    unfit(name, ("数字", "numbers"), entry, range, hint)
}

/// Something is for maps and got something else.
pub(super) fn not_a_map(name: &str, entry: &Entry, range: Range) -> Fault {
    let hint = say!("例如 rows[0] | {name}", "such as rows[0] | {name}");
    unfit(name, ("一组数据", "maps"), entry, range, hint)
}

/// Something is for lists and got something else.
pub(super) fn not_a_list(name: &str, entry: &Entry, range: Range) -> Fault {
    let hint = say!("例如 stations | sum(attribute=\"count\")", "such as stations | sum(attribute=\"count\")");
    unfit(name, ("列表", "lists"), entry, range, hint)
}

/// A value is not of the kind, in Chinese and English, that something is for; or it is broken itself.
fn unfit(name: &str, wanted: (&str, &str), entry: &Entry, range: Range, hint: Message) -> Fault {
    if let Some(fault) = broken(entry, range) {
        return fault;
    }
    let ((zh, en), (wanted_zh, wanted_en)) = (entry.datum.name(), wanted);
    let message = say!("“{name}”要用于{wanted_zh}，这里是{zh}", "\"{name}\" is for {wanted_en}, not {en}");
    fault(Code::EXPRESSION_FAILED, range, message, hint).about(entry).for_want_of(&[entry])
}

/// Two values do not go together.
pub(super) fn mismatch(sign: &str, left: &Entry, right: &Entry, range: Range) -> Fault {
    if let Some(fault) = broken(left, range).or_else(|| broken(right, range)) {
        return fault;
    }
    let ((a_zh, a_en), (b_zh, b_en)) = (left.datum.name(), right.datum.name());
    let hint = if matches!(left.datum, Datum::Null) || matches!(right.datum, Datum::Null) {
        say!("补上数据；没有数的，用 | default(0)", "give the value, or use | default(0)")
    } else {
        say!(
            "检查两边的数据；加了引号的数字是文字",
            "check the data on both sides; a number in quotation marks is text"
        )
    };
    let fault = fault(
        Code::EXPRESSION_FAILED,
        range,
        say!("“{sign}”不能用于{a_zh}和{b_zh}", "\"{sign}\" does not apply to {a_en} and {b_en}"),
        hint,
    );
    fault.about(left).about(right).for_want_of(&[left, right])
}

/// The grammar knows it, we do not.
pub(super) fn unsupported(what: &str, range: Range) -> Fault {
    fault(
        Code::EXPRESSION_FAILED,
        range,
        say!("表达式里不能用“{what}”", "\"{what}\" cannot be used in expressions"),
        say!(
            "用名称、算式和过滤器，例如 (a / b) | round(1)",
            "use names, arithmetic and filters, such as (a / b) | round(1)"
        ),
    )
}

/// A name that the data does not have. `within`: where it was looked for, in Chinese.
pub(super) fn unknown<'a>(name: &str, within: &str, names: impl Iterator<Item = &'a str> + Clone, at: Range) -> Fault {
    let part = names.clone().find(|n| n.strip_prefix(name).is_some_and(|rest| rest.starts_with('/')));
    let (near_zh, near_en) = suggestion(name, names.clone());
    let (near_zh, near_en) = (near_zh.trim_start_matches('；'), near_en.trim_start_matches("; did "));
    let mut all: Vec<&str> = names.take(13).collect();
    let more = if all.len() > 12 {
        all.truncate(12);
        "……"
    } else {
        ""
    };
    let (all, all_en) = (all.join("、"), all.join(", "));
    let hint: Message = match (part, near_zh.is_empty(), all.is_empty()) {
        _ if name == "each" && within.is_empty() => say!(
            "each 是许多份报告里的一行：build、check 加上 --each 列表 --name 名称",
            "each is a row of many reports: add --each LIST --name NAME to build or check"
        ),
        (Some(part), _, _) => say!(
            "这个栏名下面还分几栏：在方括号里写全名，如 [\"{part}\"]",
            "there are columns below this head: write the whole name in brackets, as in [\"{part}\"]"
        ),
        (None, false, _) => say!("{near_zh}", "did {near_en}"),
        (None, true, true) => {
            say!("报告没有数据：用 data: 指定数据文件", "the report has no data: name a data file by data:")
        }
        (None, true, false) => say!("可用的名称：{all}{more}", "names: {all_en}{more}"),
    };
    fault(Code::UNKNOWN_NAME, at, say!("数据{within}没有“{name}”", "the data has no \"{name}\" here"), hint)
}
