//! What a character is to the composer (CLREQ 3.1, GB/T 15834).

/// The classes that rules of composition tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Han characters, kana and whatever else fills a cell and has no rule of its own.
    Han,
    /// Opening marks （《〈【〔“ ‘.
    Open,
    /// Closing marks ）》〉】〕” ’.
    Close,
    /// ，、；
    Comma,
    /// 。？！：
    Stop,
    /// · between Han characters.
    Middle,
    /// — and …, set in twos.
    Dash,
    /// 0–9.
    Digit,
    /// Letters, and the signs among them.
    Latin,
    /// A word space.
    Space,
    /// A forced line end.
    Break,
}

impl Class {
    /// Its class, in Chinese text when `han`, else among Latin letters.
    pub(crate) fn of(c: char, han: bool) -> Self {
        match c {
            '0'..='9' => Self::Digit,
            ' ' | '\u{a0}' | '\u{2002}'..='\u{200a}' => Self::Space,
            '（' | '《' | '〈' | '【' | '〔' | '〖' | '〘' | '〚' | '［' | '「' | '『' | '｛' | '〝' | '｟' => {
                Self::Open
            }
            '）' | '》' | '〉' | '】' | '〕' | '〗' | '〙' | '〛' | '］' | '」' | '』' | '｝' | '〞' | '〟' | '｠' => {
                Self::Close
            }
            '“' | '‘' if han => Self::Open,
            '”' | '’' if han => Self::Close,
            '，' | '、' | '；' => Self::Comma,
            '。' | '．' | '？' | '！' | '：' => Self::Stop,
            '·' | '・' if han => Self::Middle,
            '—' | '…' | '⸺' if han => Self::Dash,
            c if is_wide(c) => Self::Han,
            _ => Self::Latin,
        }
    }

    /// Marks whose ink is at the left of the cell and whose right half is blank.
    pub(crate) const fn has_blank_right(self) -> bool {
        matches!(self, Self::Close | Self::Comma | Self::Stop)
    }

    /// The marks of a sentence, whose widths a reader compares from line to line.
    pub(crate) const fn is_point(self) -> bool {
        matches!(self, Self::Comma | Self::Stop)
    }

    /// Digits and letters.
    pub(crate) const fn is_western(self) -> bool {
        matches!(self, Self::Digit | Self::Latin)
    }
}

/// True for a Han character: what the fullness of a line is counted by.
pub(crate) const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '〇' | '々' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// True for whatever is set in a full cell with the Han face.
pub(crate) const fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c,
            '\u{2e80}'..='\u{33ff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{fe10}'..='\u{fe6f}'
            | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffee}' | '\u{2103}' | '\u{2109}' | '\u{2116}'
            | '\u{2160}'..='\u{218f}' | '\u{2190}'..='\u{21ff}' | '\u{2460}'..='\u{24ff}' | '\u{25a0}'..='\u{27bf}'
            | '\u{203b}' | '\u{2e3a}')
}

/// True for the marks that are full width in Chinese text and narrow among Latin letters.
pub(crate) const fn is_ambiguous(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}
