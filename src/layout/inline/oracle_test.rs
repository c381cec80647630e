//! Break opportunities and pairs of marks against what others expect of them (`tests/oracles`).

use super::opportunity::{Opportunity, opportunities};
use super::prepare::prepare_plain;
use super::{EM, HALF};
use crate::model::in_chinese;
use std::collections::BTreeMap;
use std::io::Read;

const UNICODE: &[u8] = include_bytes!("../../../tests/oracles/LineBreakTest-18.0.0.txt.gz");
const DEVIATIONS: &str = include_str!("../../../tests/oracles/line-break-deviations.tsv");

/// The rows of a table, comments aside.
fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().filter(|l| !l.starts_with('#')).map(|l| {
        let cells: Vec<&str> = l.split('\t').collect();
        cells.try_into().unwrap_or_else(|cells| panic!("{cells:?}: not {N} cells"))
    })
}

/// True where the line may break before each character, in the text as it is.
fn breaks(text: &str) -> Vec<bool> {
    opportunities(text, &in_chinese(text)).into_iter().map(Opportunity::is_allowed).collect()
}

/// A character as the comment of a case has it: its line breaking class.
struct ClassSample {
    c: char,
    class: String,
}

/// The samples of a case, for each place between two whether it breaks, and the rule that says so.
fn case(line: &str) -> (Vec<ClassSample>, Vec<(bool, String)>) {
    let (case, comment) = line.split_once('#').unwrap();
    let words: Vec<&str> = case.split_whitespace().collect();
    let chars = words.iter().skip(1).step_by(2).map(|w| char::from_u32(u32::from_str_radix(w, 16).unwrap()).unwrap());
    // “× [0.3] NAME (CLASS) ÷ [18.0] NAME (CLASS) ÷ [0.3]”; a class is two letters and what else rules ask of it.
    let parts: Vec<(&str, &str)> = comment.split('[').skip(1).map(|p| p.split_once(']').unwrap()).collect();
    let classes = parts.iter().map(|(_, name)| name.rsplit_once('(').map_or(String::new(), |(_, c)| c[..2].to_owned()));
    let samples: Vec<ClassSample> = chars.zip(classes).map(|(c, class)| ClassSample { c, class }).collect();
    let places = (1..samples.len()).map(|i| (words[2 * i] == "÷", parts[i].0.to_owned())).collect();
    (samples, places)
}

/// True when a set of a deviation holds a sample.
fn holds(set: &str, sample: &ClassSample) -> bool {
    let code = format!("U+{:04X}", u32::from(sample.c));
    set == "*" || set.split(' ').any(|word| word == sample.class || word == code)
}

#[test]
fn line_breaks_are_unicodes_but_for_listed_deviations() {
    let mut text = String::new();
    flate2::read::GzDecoder::new(UNICODE).read_to_string(&mut text).unwrap();
    let deviations: Vec<[&str; 6]> = rows(DEVIATIONS).collect();
    let mut used = BTreeMap::new();
    let mut unlisted = Vec::new();
    let mut places = 0;
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let (samples, wanted) = case(line);
        let ours = breaks(&samples.iter().map(|s| s.c).collect::<String>());
        for (i, (uax, rule)) in (1..).zip(&wanted) {
            places += 1;
            if ours[i] == *uax {
                continue;
            }
            let combining = |s: &ClassSample| matches!(s.class.as_str(), "CM" | "ZW");
            let before = samples[..i].iter().rfind(|s| !combining(s)).unwrap_or(&samples[0]);
            let found = deviations.iter().find(|[_, sign, rules, a, b, _]| {
                (*sign == "÷") == *uax
                    && (*rules == "*" || rules.split(' ').any(|r| r == rule))
                    && holds(a, before)
                    && holds(b, &samples[i])
            });
            match found {
                Some(row) => *used.entry(row[0]).or_insert(0) += 1,
                None => unlisted.push(format!(
                    "{} [{rule}] before U+{:04X}: {line}",
                    if *uax { '÷' } else { '×' },
                    u32::from(samples[i].c)
                )),
            }
        }
    }
    assert!(places > 30_000, "{places} places");
    assert!(unlisted.is_empty(), "{} unlisted:\n{}", unlisted.len(), unlisted.join("\n"));
    for [name, ..] in deviations {
        assert!(used.contains_key(name), "no case needs the deviation {name}");
    }
}

const LINE_BREAK: &str = include_str!("../../../tests/oracles/wpt-line-break-zh.tsv");
const TRIM: &str = include_str!("../../../tests/oracles/wpt-text-spacing-trim.tsv");
const WEB_DEVIATIONS: &str = include_str!("../../../tests/oracles/wpt-deviations.tsv");

/// `U+3002` to 。
fn character(code: &str) -> char {
    char::from_u32(u32::from_str_radix(code.strip_prefix("U+").unwrap(), 16).unwrap()).unwrap()
}

/// Fails for cases that part from what is wanted without a row that says why, and for rows of `kind` that no case needs.
fn only_listed(kind: &str, parted: &[[String; 3]]) {
    let deviations: Vec<[&str; 5]> = rows::<5>(WEB_DEVIATIONS).filter(|[k, ..]| *k == kind).collect();
    let names = |row: &[&str; 5], case: &[String; 3]| {
        row[1..4].iter().zip(case).all(|(set, cell)| *set == "*" || set.split(' ').any(|word| word == cell))
    };
    let unlisted: Vec<_> = parted.iter().filter(|case| !deviations.iter().any(|row| names(row, case))).collect();
    assert!(unlisted.is_empty(), "{} unlisted: {unlisted:?}", unlisted.len());
    for row in &deviations {
        assert!(parted.iter().any(|case| names(row, case)), "no case needs the deviation {row:?}");
    }
}

#[test]
fn line_breaks_are_those_of_the_web_platform_but_for_listed_deviations() {
    let mut parted = Vec::new();
    let mut cases = 0;
    for [group, code, _, loose, normal, strict] in rows::<6>(LINE_BREAK) {
        let ours = breaks(&format!("文文文文文文{}字字", character(code)))[6];
        for (level, wanted) in [("loose", loose), ("normal", normal), ("strict", strict)] {
            cases += 1;
            if ours != (wanted == "÷") {
                parted.push([group, code, level].map(str::to_owned));
            }
        }
    }
    assert_eq!(cases, 108);
    only_listed("break", &parted);
}

#[test]
fn pairs_are_trimmed_as_on_the_web_platform_but_for_listed_deviations() {
    let mut parted = Vec::new();
    let mut cases = 0;
    for [classes, first, second, a, b] in rows::<5>(TRIM) {
        cases += 1;
        let text = prepare_plain(&format!("国{}{}国", character(first), character(second)), 0.0);
        let half = |i: usize| text.items[i].advance - text.items[i].trim_left - text.items[i].trim_right == HALF;
        let full = |i: usize| text.items[i].advance - text.items[i].trim_left - text.items[i].trim_right == EM;
        let fits = |i: usize, wanted: &str| if wanted == "H" { half(i) } else { full(i) };
        if !(fits(1, a) && fits(2, b)) {
            parted.push([classes, first, second].map(str::to_owned));
        }
    }
    assert_eq!(cases, 532);
    only_listed("trim", &parted);
}
