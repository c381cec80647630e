//! Characters that look like Han characters and are others: radicals and compatibility ideographs, which text copied out of a
//! PDF file is full of. They print from another face, and no search finds them.

use unicode_normalization::UnicodeNormalization as _;

/// The Han character that is meant by a radical or a compatibility ideograph.
pub(super) fn meant(c: char) -> Option<char> {
    match c {
        '\u{2e80}'..='\u{2eff}' => {
            RADICALS.binary_search_by_key(&c, |&(radical, _)| radical).ok().map(|at| RADICALS[at].1)
        }
        // Kangxi radicals and compatibility ideographs decompose to the one character that they mean.
        '\u{2f00}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => {
            std::iter::once(c).nfkc().next().filter(|&other| other != c)
        }
        _ => None,
    }
}

/// The CJK Radicals Supplement and the ideographs that Unicode calls equivalent (EquivalentUnifiedIdeograph.txt).
#[rustfmt::skip]
const RADICALS: [(char, char); 114] = [
    ('⺁', '厂'), ('⺂', '乛'), ('⺃', '乚'), ('⺄', '乙'), ('⺅', '亻'), ('⺆', '冂'), ('⺇', '𠘨'), ('⺈', '刀'),
    ('⺉', '刂'), ('⺊', '卜'), ('⺋', '㔾'), ('⺌', '小'), ('⺍', '小'), ('⺎', '兀'), ('⺏', '尣'), ('⺐', '尢'),
    ('⺑', '𡯂'), ('⺒', '巳'), ('⺓', '幺'), ('⺔', '彑'), ('⺕', '彐'), ('⺖', '忄'), ('⺗', '心'), ('⺘', '扌'),
    ('⺙', '攵'), ('⺛', '旡'), ('⺜', '日'), ('⺝', '月'), ('⺞', '歺'), ('⺟', '母'), ('⺠', '民'), ('⺡', '氵'),
    ('⺢', '氺'), ('⺣', '灬'), ('⺤', '爫'), ('⺥', '爫'), ('⺦', '丬'), ('⺧', '牛'), ('⺨', '犭'), ('⺩', '王'),
    ('⺪', '𤴔'), ('⺫', '目'), ('⺬', '示'), ('⺭', '礻'), ('⺮', '𥫗'), ('⺯', '糹'), ('⺰', '纟'), ('⺱', '罓'),
    ('⺲', '罒'), ('⺳', '㓁'), ('⺴', '冗'), ('⺵', '𦉫'), ('⺶', '羊'), ('⺷', '𦍌'), ('⺸', '𦍋'), ('⺹', '耂'),
    ('⺺', '肀'), ('⺻', '聿'), ('⺼', '肉'), ('⺽', '𦥑'), ('⺾', '艹'), ('⺿', '艹'), ('⻀', '艹'), ('⻁', '虎'),
    ('⻂', '衤'), ('⻃', '覀'), ('⻄', '西'), ('⻅', '见'), ('⻆', '角'), ('⻇', '𧢲'), ('⻈', '讠'), ('⻉', '贝'),
    ('⻊', '𧾷'), ('⻋', '车'), ('⻌', '辶'), ('⻍', '辶'), ('⻎', '辶'), ('⻏', '邑'), ('⻐', '钅'), ('⻑', '長'),
    ('⻒', '镸'), ('⻓', '长'), ('⻔', '门'), ('⻕', '𨸏'), ('⻖', '阝'), ('⻗', '雨'), ('⻘', '青'), ('⻙', '韦'),
    ('⻚', '页'), ('⻛', '风'), ('⻜', '飞'), ('⻝', '食'), ('⻞', '𩙿'), ('⻟', '飠'), ('⻠', '饣'), ('⻡', '𩠐'),
    ('⻢', '马'), ('⻣', '骨'), ('⻤', '鬼'), ('⻥', '鱼'), ('⻦', '鸟'), ('⻧', '卤'), ('⻨', '麦'), ('⻩', '黄'),
    ('⻪', '黾'), ('⻫', '斉'), ('⻬', '齐'), ('⻭', '歯'), ('⻮', '齿'), ('⻯', '竜'), ('⻰', '龙'), ('⻱', '龜'),
    ('⻲', '亀'), ('⻳', '龟'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_name_their_characters() {
        for (radical, character) in
            ['⼒', '⺠', '⻓', '力', '\u{f980}', '⼈'].into_iter().zip(['力', '民', '长', '\0', '呂', '人'])
        {
            assert_eq!(meant(radical).unwrap_or('\0'), character, "{radical}");
        }
        assert!(RADICALS.is_sorted());
    }
}
