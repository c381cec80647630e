//! What GB/T 9704-2012 says of the writing of an official document's parts, and GB/T 15834-2011 of titles and captions.

use super::prose::{Char, characters};
use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::model::{BlockKind, Document, RedHead, Text};
use crate::source::data::read_day;

/// Words of 紧急程度 (7.2.3), those of telegrams too.
const URGENCIES: [&str; 4] = ["特急", "加急", "特提", "平急"];
/// Words of 密级 (7.2.2).
const CLASSES: [&str; 3] = ["绝密", "机密", "秘密"];
/// The shortest name that is compared: of shorter ones many differ by a character.
const SHORTEST_NAME: usize = 5;
/// How many digits a 份号 has (7.2.1).
const COPY_DIGITS: usize = 6;

/// Tells of parts that are written in another way than the standard has them.
pub(super) fn fields(document: &Document, kind: &BlockKind, out: &mut Vec<Diagnostic>) {
    match kind {
        BlockKind::RedHead(head) => red_head(head, out),
        BlockKind::Addressee(text) if !text.plain().trim_end().ends_with(['：', ':']) => tell(
            &characters(&[text]),
            say!("主送机关后面没有冒号", "no colon after the addressees"),
            say!("在最后加“：”（GB/T 9704 7.3.2）", "add ： at the end (GB/T 9704 7.3.2)"),
            out,
        ),
        // A report without a red head may be signed by its month.
        BlockKind::Signature { date, .. } if document.red_head().is_some() => written_date(date, out),
        BlockKind::Imprint(imprint) => written_date(&imprint.date, out),
        BlockKind::Title(lines) => lines.last().into_iter().for_each(|text| stopped(text, out)),
        BlockKind::AttachmentTitle(text) => stopped(text, out),
        BlockKind::Table(table) => table.caption.iter().for_each(|text| stopped(text, out)),
        BlockKind::Figure(figure) => figure.caption.iter().for_each(|text| stopped(text, out)),
        BlockKind::Chart(chart) => chart.caption.iter().for_each(|text| stopped(text, out)),
        _ => {}
    }
}

fn red_head(head: &RedHead, out: &mut Vec<Diagnostic>) {
    let digits = |text: &Text| {
        let plain = text.plain();
        plain.len() == COPY_DIGITS && plain.bytes().all(|b| b.is_ascii_digit())
    };
    for text in head.copy_number.iter().filter(|text| !digits(text)) {
        tell(
            &characters(&[text]),
            say!("份号不是 {COPY_DIGITS} 位数字", "a copy number that has not {COPY_DIGITS} digits"),
            say!(
                "写成 {COPY_DIGITS} 位，放进引号，如 \"000001\"（GB/T 9704 7.2.1）",
                "write {COPY_DIGITS} digits in quotation marks: \"000001\" (GB/T 9704 7.2.1)"
            ),
            out,
        );
    }
    for text in head.classification.iter().filter(|text| !is_classification(&text.plain())) {
        tell(
            &characters(&[text]),
            say!("密级和保密期限不是标准的写法", "a classification in another form than the standard's"),
            say!(
                "写 绝密、机密 或 秘密，期限写在★后面，如 秘密★1年（GB/T 9704 7.2.2）",
                "write 绝密, 机密 or 秘密, and the time behind a star: 秘密★1年 (GB/T 9704 7.2.2)"
            ),
            out,
        );
    }
    if let (Some(text), None) = (&head.classification, &head.copy_number) {
        tell(
            &characters(&[text]),
            say!("有密级而没有份号", "a classification without a copy number"),
            say!(
                "涉密公文要标份号：补上 copy-number（《党政机关公文处理工作条例》第九条）",
                "a classified document has one: add copy-number (regulations on official documents, article 9)"
            ),
            out,
        );
    }
    for text in head.urgency.iter().filter(|text| !URGENCIES.contains(&text.plain().trim())) {
        let (zh, en) = (URGENCIES.join("、"), URGENCIES.join(", "));
        tell(
            &characters(&[text]),
            say!("紧急程度不是标准的写法", "an urgency in other words than the standard's"),
            say!("写 {zh} 之一（GB/T 9704 7.2.3）", "write one of {en} (GB/T 9704 7.2.3)"),
            out,
        );
    }
    ordinal(&head.number, out);
}

/// 秘密, 机密★1年, 绝密★长期.
fn is_classification(text: &str) -> bool {
    let (class, time) = text.trim().split_once('★').map_or((text.trim(), None), |(class, time)| (class, Some(time)));
    let counted = |time: &str| {
        let unit = time.trim_start_matches(|c: char| c.is_ascii_digit());
        unit.len() < time.len() && !time.starts_with('0') && ["年", "个月", "月", "日", "天"].contains(&unit)
    };
    // 5年6个月 is two of them.
    let parts = |time: &str| time.split_inclusive('年').all(counted);
    CLASSES.contains(&class) && time.is_none_or(|time| time == "长期" || (!time.is_empty() && parts(time)))
}

/// A title, the name of an attachment or a caption that ends with a stop (GB/T 9704 7.3.4; GB/T 15834).
fn stopped(text: &Text, out: &mut Vec<Diagnostic>) {
    let all = characters(&[text]);
    let Some(last) = all.last().filter(|ch| matches!(ch.c, '。' | '，' | '；' | '、')) else { return };
    let mark = last.c;
    tell(
        &all[all.len() - 1..],
        say!("标题、附件名称、图题、表题的末尾用了“{mark}”", "a title or a caption ends with {mark}"),
        say!("删去“{mark}”（GB/T 9704 7.3.4、GB/T 15834）", "remove {mark} (GB/T 9704 7.3.4, GB/T 15834)"),
        out,
    );
}

/// Tells of an imprint whose date is before that of the signature: what is printed has been signed.
pub(super) fn printed_early(document: &Document, out: &mut Vec<Diagnostic>) {
    let day = |text: &Text| read_day(text.plain().trim_end_matches("印发")).map(|day| day.date);
    let signed = document.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Signature { date, .. } => day(date),
        _ => None,
    });
    for block in &document.blocks {
        let BlockKind::Imprint(imprint) = &block.kind else { continue };
        if signed.zip(day(&imprint.date)).is_some_and(|(signed, printed)| printed < signed) {
            tell(
                &characters(&[&imprint.date]),
                say!("印发日期早于成文日期", "printed before it was signed"),
                say!("改正其中一个日期（GB/T 9704 7.4.3）", "correct one of the dates (GB/T 9704 7.4.3)"),
                out,
            );
        }
    }
}

/// Tells of a name that differs by one character from an authority of the red head: of who signs, whose title it is, whose
/// office prints.
pub(super) fn names(document: &Document, out: &mut Vec<Diagnostic>) {
    let Some(head) = document.red_head() else { return };
    let heads: Vec<Vec<char>> =
        head.content.authority.iter().map(|text| text.plain().trim_end_matches("文件").chars().collect()).collect();
    let mut written = Vec::new();
    for block in &document.blocks {
        match &block.kind {
            BlockKind::Signature { authorities, .. } => {
                written.extend(authorities.iter().map(|text| characters(&[text])));
            }
            BlockKind::Imprint(imprint) => written.push(characters(&[&imprint.office])),
            BlockKind::Title(lines) => written.push(characters(&lines.iter().collect::<Vec<_>>())),
            _ => {}
        }
    }
    for text in &written {
        let first = |head: &Vec<char>| text.get(..head.len());
        let differs =
            |head: &Vec<char>| first(head).map(|name| name.iter().zip(head).filter(|(ch, c)| ch.c != **c).count());
        if heads.iter().any(|head| differs(head) == Some(0)) {
            continue;
        }
        let Some(head) = heads.iter().find(|head| head.len() >= SHORTEST_NAME && differs(head) == Some(1)) else {
            continue;
        };
        let meant: String = head.iter().collect();
        let shown: String = text[..head.len()].iter().map(|ch| ch.c).collect();
        let place = &text[..head.len()];
        let (Some(first), Some(last)) = (place.first(), place.last()) else { continue };
        out.push(Diagnostic::advice(
            Code::NEAR_TERM,
            first.span.to(last.span),
            say!("“{shown}”与红头里的“{meant}”只差一个字", "{shown} is {meant} of the red head but for a character"),
            say!("写错的话，两处改成一样", "if it is a slip, make the two the same"),
        ));
    }
}

/// Tells of the year of a document number in other brackets than 〔 〕 (7.2.5), in any text: 国发[2024]18号.
pub(super) fn year_brackets(text: &[Char], out: &mut Vec<Diagnostic>) {
    for at in (0..text.len()).filter(|&at| text[at].typed && opens_year(text, at)) {
        let place = &text[at..at + 6];
        let shown: String = place.iter().map(|ch| ch.c).collect();
        let year: String = place[1..5].iter().map(|ch| ch.c).collect();
        tell(
            place,
            say!("发文字号的年份用了“{shown}”", "the year of a document number is in {shown}"),
            say!(
                "改为〔{year}〕：年份用六角括号（GB/T 9704 7.2.5）",
                "write 〔{year}〕: the year is in these brackets (GB/T 9704 7.2.5)"
            ),
            out,
        );
    }
}

/// True where the bracket of such a year opens.
pub(super) fn opens_year(text: &[Char], at: usize) -> bool {
    let Some(close) = text.get(at + 5) else { return false };
    let bracketed =
        matches!((text[at].c, close.c), ('（', '）') | ('[', ']') | ('(', ')') | ('【', '】') | ('［', '］'));
    let behind = &text[at + 6..];
    let behind = if behind.first().is_some_and(|ch| ch.c == '第') { &behind[1..] } else { behind };
    let digits = behind.iter().take_while(|ch| ch.c.is_ascii_digit()).count();
    let numbered = digits > 0 && behind.get(digits).is_some_and(|ch| ch.c == '号');
    bracketed && numbered && text[at + 1..at + 5].iter().all(|ch| ch.c.is_ascii_digit())
}

/// Tells of another character in the place of 〇 among Chinese numerals, and of 零 in a year (GB/T 15835-2011).
pub(super) fn zeros(text: &[Char], out: &mut Vec<Diagnostic>) {
    let mut at = 0;
    while at < text.len() {
        let length = text[at..].iter().take_while(|ch| is_numeral(ch.c) || is_like_zero(ch.c)).count();
        let run = &text[at..at + length];
        let year = length == 4 && text.get(at + length).is_some_and(|ch| ch.c == '年');
        let wrong = run.iter().any(|ch| is_like_zero(ch.c) && (ch.c != '零' || year));
        let bounded =
            run.first().zip(run.last()).is_some_and(|(first, last)| is_numeral(first.c) && is_numeral(last.c));
        if wrong && bounded || (wrong && year && run.first().is_some_and(|first| is_numeral(first.c))) {
            let shown: String = run.iter().map(|ch| ch.c).collect();
            let meant: String = shown.chars().map(|c| if is_like_zero(c) { '〇' } else { c }).collect();
            tell(
                run,
                say!("“{shown}”里的零不是“〇”", "the zero in {shown} is not 〇"),
                say!("改为“{meant}”（GB/T 15835）", "write {meant} (GB/T 15835)"),
                out,
            );
        }
        at += length.max(1);
    }
}

fn is_numeral(c: char) -> bool {
    "〇一二三四五六七八九".contains(c)
}

/// What is typed for 〇: a circle, a letter, a digit, or the numeral of quantities.
fn is_like_zero(c: char) -> bool {
    "○◯零OoＯｏ0０".contains(c)
}

/// The number behind the year: with 号, without 第 and without a leading zero (7.2.5).
fn ordinal(text: &Text, out: &mut Vec<Diagnostic>) {
    let all = characters(&[text]);
    let Some(closed) = all.iter().rposition(|ch| matches!(ch.c, '〕' | '）' | ']' | ')' | '】' | '］')) else {
        return;
    };
    let number = &all[closed + 1..];
    let shown: String = number.iter().map(|ch| ch.c).collect();
    if shown.ends_with(|c: char| c.is_ascii_digit()) {
        tell(
            number,
            say!("发文字号的末尾没有“号”", "a document number without 号"),
            say!("在最后加“号”（GB/T 9704 7.2.5）", "add 号 at the end (GB/T 9704 7.2.5)"),
            out,
        );
    }
    let meant = shown.trim_start_matches('第').trim_start_matches('0');
    if meant.len() < shown.len() && meant.starts_with(|c: char| c.is_ascii_digit()) {
        tell(
            number,
            say!("发文字号的顺序号写成了“{shown}”", "the number of a document is written {shown}"),
            say!(
                "改为“{meant}”：不加“第”，也不补 0（GB/T 9704 7.2.5）",
                "write {meant}: without 第 and without a leading zero (GB/T 9704 7.2.5)"
            ),
            out,
        );
    }
}

/// A date of signing (7.3.5.4) or printing (7.4.3): the year in four digits, the month and the day without leading zeros.
fn written_date(text: &Text, out: &mut Vec<Diagnostic>) {
    let all = characters(&[text]);
    let shown: String = all.iter().map(|ch| ch.c).collect();
    let latin = shown.contains(|c: char| c.is_ascii_alphabetic());
    if latin || shown.trim().is_empty() || has_standard_date(&shown) {
        return;
    }
    tell(
        &all,
        say!("日期写成了“{shown}”", "a date is written {shown}"),
        say!(
            "用阿拉伯数字写全年、月、日，月、日前不补 0，如 2024年1月8日（GB/T 9704 7.3.5.4）",
            "write year, month and day in full, in digits, without leading zeros: 2024年1月8日 (GB/T 9704 7.3.5.4)"
        ),
        out,
    );
}

/// True for 2024年1月8日, with any text around it.
fn has_standard_date(text: &str) -> bool {
    let Some((before, rest)) = text.split_once('年') else { return false };
    let year = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let count = |text: &str| text.split_once(['月', '日']).map(|(digits, _)| digits.to_owned());
    let plain = |digits: &str| {
        matches!(digits.len(), 1 | 2) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0')
    };
    let month = count(rest).filter(|m| plain(m));
    let day = rest.split_once('月').and_then(|(_, rest)| count(rest)).filter(|d| plain(d));
    year == 4 && month.is_some() && day.is_some()
}

fn tell(place: &[Char], message: Message, hint: Message, out: &mut Vec<Diagnostic>) {
    // What the program adds has no place of its own; a value of the data has that of its expression.
    let typed = place.iter().find(|ch| ch.typed).zip(place.iter().rfind(|ch| ch.typed));
    let Some((first, last)) = typed.or_else(|| place.first().zip(place.last())) else { return };
    out.push(Diagnostic::advice(Code::OFFICIAL_FORM, first.span.to(last.span), message, hint));
}
