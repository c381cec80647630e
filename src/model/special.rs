//! Blocks that only some documents have: covers, and the parts of an official document (GB/T 9704 clause 7).

use super::Text;

/// A cover: a page of its own, without a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// The title; one entry when it is to be broken by phrase, else the lines as given.
    pub title: Vec<Text>,
    /// What stands below it: a meeting's document mark, `（讨论稿）`.
    pub subtitle: Option<Text>,
    /// Who issues it, at the foot.
    pub authority: Option<Text>,
    /// When, below that.
    pub date: Option<Text>,
}

/// A red head 发文机关标志 and what stands above and below it (GB/T 9704 7.2).
#[derive(Clone, Debug, PartialEq)]
pub struct RedHead {
    /// 份号, six digits.
    pub copy_number: Option<Text>,
    /// 密级和保密期限.
    pub classification: Option<Text>,
    /// 紧急程度.
    pub urgency: Option<Text>,
    /// 发文机关标志, a line an authority.
    pub authority: Vec<Text>,
    /// 发文字号: 房政发〔2024〕5号.
    pub number: Text,
    /// 签发人, in an upward document.
    pub signer: Option<Text>,
}

/// The imprint 版记 (GB/T 9704 7.4).
#[derive(Clone, Debug, PartialEq)]
pub struct Imprint {
    /// 抄送机关.
    pub copies: Option<Text>,
    /// 印发机关.
    pub office: Text,
    /// 印发日期.
    pub date: Text,
}
