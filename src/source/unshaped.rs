//! Scripts that cannot be set letter by letter from left to right: they run from right to left, or their letters join, stack
//! or change places. Set without shaping they are gibberish, so they are refused.

/// A script, or a family of scripts, as messages name it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UnshapedScript {
    /// 中文.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

const fn named(zh: &'static str, en: &'static str) -> UnshapedScript {
    UnshapedScript { zh, en }
}

static ARABIC: UnshapedScript = named("维吾尔文、哈萨克文等阿拉伯字母", "Arabic script (Uyghur, Kazakh and others)");
static HEBREW: UnshapedScript = named("希伯来文", "Hebrew script");
static TIBETAN: UnshapedScript = named("藏文", "Tibetan script");
static MONGOLIAN: UnshapedScript = named("蒙古文、满文", "Mongolian script");
static JAMO: UnshapedScript = named("拆开的朝鲜文字母", "Hangul written in parts");
static RIGHT_TO_LEFT: UnshapedScript = named("从右向左写的文字", "a script that runs from right to left");
static INDIC: UnshapedScript = named("南亚、东南亚的文字", "a script of South or South-East Asia");
static OTHER: UnshapedScript = named("要叠写的文字", "a script that stacks its letters");

/// The script of a letter that has to be shaped; None for all others.
pub(super) fn script(c: char) -> Option<&'static UnshapedScript> {
    Some(match c {
        '\u{590}'..='\u{5ff}' | '\u{fb1d}'..='\u{fb4f}' => &HEBREW,
        '\u{600}'..='\u{6ff}'
        | '\u{750}'..='\u{77f}'
        | '\u{860}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdcf}'
        | '\u{fdf0}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefe}'
        | '\u{1ec70}'..='\u{1ecbf}'
        | '\u{1ed00}'..='\u{1ed4f}'
        | '\u{1ee00}'..='\u{1eeff}'
        | '\u{10e60}'..='\u{10e7f}'
        | '\u{10ec0}'..='\u{10eff}' => &ARABIC,
        '\u{700}'..='\u{74f}' | '\u{780}'..='\u{85f}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}' => {
            &RIGHT_TO_LEFT
        }
        '\u{f00}'..='\u{fff}' => &TIBETAN,
        '\u{1800}'..='\u{18af}' | '\u{11660}'..='\u{1167f}' | '\u{a840}'..='\u{a87f}' => &MONGOLIAN,
        '\u{a960}'..='\u{a97f}' | '\u{d7b0}'..='\u{d7ff}' => &JAMO,
        '\u{900}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1700}'..='\u{17ff}'
        | '\u{1900}'..='\u{194f}'
        | '\u{1a00}'..='\u{1aaf}'
        | '\u{1b00}'..='\u{1c4f}'
        | '\u{1cd0}'..='\u{1cff}'
        | '\u{a800}'..='\u{a83f}'
        | '\u{a880}'..='\u{a95f}'
        | '\u{a980}'..='\u{a9df}'
        | '\u{a9e0}'..='\u{aaff}'
        | '\u{abc0}'..='\u{abff}'
        | '\u{11000}'..='\u{1165f}'
        | '\u{11680}'..='\u{11fff}' => &INDIC,
        '\u{13000}'..='\u{1345f}' | '\u{14400}'..='\u{1467f}' | '\u{16fe4}' | '\u{1d800}'..='\u{1daaf}' => &OTHER,
        _ => return None,
    })
}
