//! The words that the program prints by itself, so that a house says them in its own way and language.

use super::section::section;
use crate::model::ValueAxis;
use crate::yaml::shape::Shape;

section! {
    /// The words that the program prints by itself. Empty: none.
    #[derive(Eq)]
    pub struct Words = WORDS ("words", "words") {
        /// The title of the contents: 目录.
        contents: String = need "contents", Shape::Text, "目录的题目";
        /// The title of the glossary: 名词解释.
        glossary: String = need "glossary", Shape::Text, "名词解释的题目";
        /// Between a term of the glossary and what it means.
        after_term: String = need "after-term", Shape::Text, "名词与解释之间的符号";
        /// Between a heading and what follows in its paragraph: 。.
        after_heading: String = need "after-heading", Shape::Text, "标题与接排的文字之间的句号";
        /// How a day of the data is written: `%Y年%-m月%-d日`.
        date: String = need "date", Shape::Text, "数据里的日期怎样写：%Y 年，%-m 月，%-d 日，%B 英文月份";
        /// Before the occasion below the title.
        before_occasion: String = need "before-occasion", Shape::Text, "标题下日期、会议前的括号";
        /// After the occasion.
        after_occasion: String = need "after-occasion", Shape::Text, "标题下日期、会议后的括号";
        /// Before the names of the attachments: 附件：.
        attachments: String = need "attachments", Shape::Text, "附件说明前的字";
        /// Before the signer of an upward document: 签发人：.
        signer: String = need "signer", Shape::Text, "签发人前的字";
        /// Between the entries of a list that are printed on: ，.
        between: String = need "between", Shape::Text, "列表印成一句时各项之间的符号";
        /// After a list of addressees: ：.
        after_addressees: String = need "after-addressees", Shape::Text, "主送机关列表后的冒号";
        /// Before the addressees in the imprint: 主送：.
        sent: String = need "sent", Shape::Text, "版记里主送机关前的字";
        /// Before the authorities that get a copy: 抄送：.
        copies: String = need "copies", Shape::Text, "抄送机关前的字";
        /// After them.
        after_copies: String = need "after-copies", Shape::Text, "抄送机关后的句号";
        /// After the date of printing: 印发.
        printed: String = need "printed", Shape::Text, "印发日期后的字";
        /// Before a unit: 单位：.
        unit: String = need "unit", Shape::Text, "单位前的字";
        /// Before the notes below a table: 注：.
        note: String = need "note", Shape::Text, "表下注释前的字";
        /// Before the source of a table: 资料来源：.
        source: String = need "source", Shape::Text, "表下资料来源前的字";
        /// Before the number where a table's caption comes again: 续表1.
        continued: String = need "continued", Shape::Text, "跨页重印表题时写在前面的字";
        /// After the name of a series on the right axis of a chart.
        right_axis: String = need "right-axis", Shape::Text, "图例中按右轴的各组数名称后的字";
        /// The head of the categories in the workbook of a chart.
        categories: String = need "categories", Shape::Text, "图表数据表中类别一栏的栏名";
    }
}

impl Words {
    /// What follows the name of a series on an axis.
    #[must_use]
    pub fn of_axis(&self, axis: ValueAxis) -> &str {
        match axis {
            ValueAxis::Left => "",
            ValueAxis::Right => &self.right_axis,
        }
    }
}
