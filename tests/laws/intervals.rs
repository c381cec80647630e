//! Checks by interval, for tables of any numbers: rounding alone never fails one, and a change beyond the summed half units always
//! does.

use crate::source::memory::Memory;
use dinggao::source::{self, InputOptions};
use std::fmt::Write as _;
use std::path::Path;

/// Decimals of the true values; figures are counted in units of the last of them.
const EXACT: u32 = 7;

/// Numbers without a plan, the same at every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: i128) -> i128 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i128::from(self.0 >> 20) % below
    }
}

/// A figure as printed: its value in the smallest units, and its decimals.
#[derive(Clone, Copy)]
struct Printed {
    value: i128,
    decimals: u32,
}

impl Printed {
    fn unit(decimals: u32) -> i128 {
        10_i128.pow(EXACT - decimals)
    }

    fn rounded(value: i128, decimals: u32) -> Self {
        let unit = Self::unit(decimals);
        let sign = value.signum();
        Self { value: (value.abs() + unit / 2) / unit * unit * sign, decimals }
    }

    fn half(self) -> i128 {
        Self::unit(self.decimals) / 2
    }

    fn text(self) -> String {
        let (digits, sign) = (self.value.abs() / Self::unit(self.decimals), if self.value < 0 { "-" } else { "" });
        let digits = format!("{digits:0>width$}", width = self.decimals as usize + 1);
        let (whole, fraction) = digits.split_at(digits.len() - self.decimals as usize);
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }
}

/// Rows of three lists: sound ones, ones at the very end of what is allowed, ones beyond it.
#[derive(Default)]
struct Lists {
    sound: String,
    beyond: String,
    count: usize,
}

impl Lists {
    fn row(list: &mut String, parts: &[Printed], total: Printed) {
        let parts: Vec<String> = parts.iter().map(|part| part.text()).collect();
        writeln!(list, "  - {{p: [{}], t: {}}}", parts.join(", "), total.text()).expect("a text takes more");
    }
}

/// How many errors a report over these lists has.
fn errors(data: String, checks: &str) -> usize {
    let mut world = Memory::default();
    let report = format!("template: work-report\ntitle: 报告\ndata: d.yaml\nbody:\n  - 正文。\nchecks:\n{checks}");
    world.files.insert("/case/report.yaml".into(), report.into_bytes());
    world.files.insert("/case/d.yaml".into(), data.into_bytes());
    let loaded = source::load(&world, Path::new("/case/report.yaml"), &InputOptions::default());
    let wrong: Vec<_> = loaded.diagnostics.iter().filter(|d| d.is_error()).collect();
    assert!(wrong.iter().all(|d| d.code.0 == "D309"), "{:?}", wrong.first());
    wrong.len()
}

fn cases() -> usize {
    std::env::var("DINGGAO_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(600)
}

#[test]
fn sums_of_rounded_parts_hold_and_every_further_change_is_caught() {
    let (mut dice, mut lists) = (Dice(5), Lists::default());
    for _ in 0..cases() {
        let size = 10_i128.pow(u32::try_from(dice.next(6)).expect("small") + EXACT);
        let count = usize::try_from(dice.next(9) + 1).expect("small");
        let (own, whole) = (u32::try_from(dice.next(4)).expect("small"), u32::try_from(dice.next(4)).expect("small"));
        let exact: Vec<i128> = (0..count).map(|_| dice.next(size) - size / 5).collect();
        let parts: Vec<Printed> = exact.iter().map(|&value| Printed::rounded(value, own)).collect();
        let total = Printed::rounded(exact.iter().sum(), whole);
        Lists::row(&mut lists.sound, &parts, total);
        let sum: i128 = parts.iter().map(|part| part.value).sum();
        let allowed = parts.iter().map(|part| part.half()).sum::<i128>() + total.half();
        // The first figures of that many decimals beyond the bounds, on either side.
        let unit = Printed::unit(whole);
        let above = ((sum + allowed).div_euclid(unit) + 1) * unit;
        let below = -((-(sum - allowed)).div_euclid(unit) + 1) * unit;
        for value in [above, below] {
            Lists::row(&mut lists.beyond, &parts, Printed { value, decimals: whole });
            lists.count += 1;
        }
        // And the last ones within them.
        for value in [above - unit, below + unit] {
            Lists::row(&mut lists.sound, &parts, Printed { value, decimals: whole });
        }
    }
    let Lists { sound, beyond, count } = lists;
    let check = "  - {each: {r: rows}, that: 'sums_to(r.p, r.t)', else: 不等}\n";
    assert_eq!(errors(format!("rows:\n{sound}"), check), 0, "false alarms");
    assert_eq!(errors(format!("rows:\n{beyond}"), check), count, "missed");
}

#[test]
fn rates_of_growth_of_rounded_figures_hold_and_others_are_caught() {
    let mut dice = Dice(9);
    let (mut sound, mut beyond, mut count) = (String::new(), String::new(), 0);
    for _ in 0..cases() {
        let size = 10_i128.pow(u32::try_from(dice.next(4)).expect("small") + EXACT + 1);
        let (before, now) = (dice.next(size) + size / 10, dice.next(size) + size / 10);
        let decimals = u32::try_from(dice.next(3)).expect("small");
        let (old, new) = (Printed::rounded(before, decimals), Printed::rounded(now, decimals));
        let scale = 10_i128.pow(EXACT);
        // In per cent, in the smallest units, cut off far behind the decimals that are printed.
        let rate = Printed::rounded((now - before) * 100 * scale / before, 1);
        let row = |rate: Printed| format!("  - {{now: {}, old: {}, rate: {}}}\n", new.text(), old.text(), rate.text());
        sound.push_str(&row(rate));
        let least = old.value - old.half();
        let highest = (new.value + new.half() - least) * 100 * scale / least;
        let value = (highest + rate.half()).div_euclid(Printed::unit(1)) * Printed::unit(1) + 2 * Printed::unit(1);
        beyond.push_str(&row(Printed { value, decimals: 1 }));
        count += 1;
    }
    let check = "  - {each: {r: rows}, that: 'year_on_year(r.now, r.old, r.rate)', else: 不符}\n";
    assert_eq!(errors(format!("rows:\n{sound}"), check), 0, "false alarms");
    assert_eq!(errors(format!("rows:\n{beyond}"), check), count, "missed");
}
