//! Blocks that only some documents have: covers, and the parts of an official document (GB/T 9704 clause 7).

use super::Text;

/// A text after a label that is printed before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Labelled {
    /// The label: 抄送：.
    pub label: Text,
    /// What it labels.
    pub text: Text,
}

impl Labelled {
    /// Label and text.
    #[must_use]
    pub fn texts(&self) -> [&Text; 2] {
        [&self.label, &self.text]
    }

    /// The same, to change.
    pub fn texts_mut(&mut self) -> [&mut Text; 2] {
        [&mut self.label, &mut self.text]
    }
}

/// The name of an attachment in the note below the text 附件说明.
#[derive(Clone, Debug, PartialEq)]
pub struct AttachmentName {
    /// 附件：, on the first; empty on the others.
    pub label: Text,
    /// Its number 1.; empty where there is one attachment only.
    pub number: Text,
    /// Its name.
    pub name: Text,
}

impl AttachmentName {
    /// Label, number and name.
    #[must_use]
    pub fn texts(&self) -> [&Text; 3] {
        [&self.label, &self.number, &self.name]
    }

    /// The same, to change.
    pub fn texts_mut(&mut self) -> [&mut Text; 3] {
        [&mut self.label, &mut self.number, &mut self.name]
    }
}

/// A cover: a page of its own, without a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// The title; one entry when it is to be broken by phrase, else the lines as given.
    pub title: Vec<Text>,
    /// The line below it: a meeting's document mark, `（讨论稿）`.
    pub subtitle: Option<Text>,
    /// Who issues it, at the foot.
    pub authority: Option<Text>,
    /// When, below that.
    pub date: Option<Text>,
}

/// The table of contents.
#[derive(Clone, Debug, PartialEq)]
pub struct Contents {
    /// Its title: 目录.
    pub title: Text,
    /// It lists headings of levels 1 to this.
    pub depth: u8,
}

/// How many signers are beside one another (GB/T 9704 7.2.6).
const SIGNERS_A_ROW: usize = 2;

/// A red head 发文机关标志 and the parts above and below it (GB/T 9704 7.2).
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
    /// 文件, at the right of several authorities, in the middle of their height (7.2.4).
    pub beside: Option<Text>,
    /// 发文字号: 房政发〔2024〕5号.
    pub number: Text,
    /// 签发人：, in an upward document, and who that is: the first of them.
    pub signer: Option<Labelled>,
    /// The others, in the order of their authorities.
    pub cosigners: Vec<Text>,
}

/// The texts of a head from top to bottom and from left to right: the number is on the last row of signers.
macro_rules! head_texts {
    ($head:expr, $iter:ident, $texts:ident $(, $mut:tt)?) => {{
        let head = $head;
        let rows = head.signer_rows();
        let above = head
            .copy_number
            .$iter()
            .chain(&$($mut)? head.classification)
            .chain(&$($mut)? head.urgency)
            .chain(&$($mut)? head.authority)
            .chain(&$($mut)? head.beside);
        let mut texts: Vec<_> = above.collect();
        let number = texts.len() + if rows > 1 { 1 + SIGNERS_A_ROW * (rows - 1) } else { 0 };
        texts.extend(head.signer.$iter().flat_map(Labelled::$texts).chain(&$($mut)? head.cosigners));
        texts.insert(number, &$($mut)? head.number);
        texts
    }};
}

impl RedHead {
    /// Its texts from top to bottom and from left to right.
    #[must_use]
    pub fn texts(&self) -> Vec<&Text> {
        head_texts!(self, iter, texts)
    }

    /// The same, to change.
    pub fn texts_mut(&mut self) -> Vec<&mut Text> {
        head_texts!(self, iter_mut, texts_mut, mut)
    }

    /// How many rows the signers take: two in a row, from left to right and from top to bottom (7.2.6). 0: nobody signs.
    #[must_use]
    pub fn signer_rows(&self) -> usize {
        (self.signer.iter().len() + self.cosigners.len()).div_ceil(SIGNERS_A_ROW)
    }

    /// The signers row by row.
    pub fn rows_of_signers(&self) -> impl Iterator<Item = Vec<&Text>> {
        let all: Vec<&Text> = self.signer.iter().map(|signer| &signer.text).chain(&self.cosigners).collect();
        all.chunks(SIGNERS_A_ROW).map(<[&Text]>::to_vec).collect::<Vec<_>>().into_iter()
    }

    /// How many bytes of text are before the authority.
    #[must_use]
    pub fn before_authority(&self) -> usize {
        self.copy_number.iter().chain(&self.classification).chain(&self.urgency).map(Text::len).sum()
    }
}

/// The imprint 版记 (GB/T 9704 7.4).
#[derive(Clone, Debug, PartialEq)]
pub struct Imprint {
    /// 主送：, and the authorities that it goes to, where they have no room on the first page (7.3.2).
    pub sent: Option<Labelled>,
    /// 抄送：, and the authorities that get a copy.
    pub copies: Option<Labelled>,
    /// 印发机关.
    pub office: Text,
    /// 印发日期.
    pub date: Text,
}
