//! Options of the PDF and of the press.

use super::report_args::words;
use crate::diagnostic::{Message, say};
use crate::model::Length;
use crate::pdf::{Imposition, PdfProfile, Press, PressMarks, RedInk};
use crate::pipeline::{CopyFiles, PdfFile};
use crate::template::units;
use clap::Args;
use std::path::PathBuf;

/// The most copies of one run.
const COPIES: u32 = 999_999;

/// How the PDF is written.
#[derive(Debug, Args)]
pub(super) struct PressArgs {
    /// PDF 的用途：archive 存档和阅读（默认，PDF/A-2a 与 PDF/UA-1），print 付印（PDF/X-4 与 PDF/A-2b）
    ///
    /// What the PDF is for: archive (default, PDF/A-2a and PDF/UA-1) or print (PDF/X-4 and PDF/A-2b)
    #[arg(long, value_name = "PROFILE", default_value = "archive", hide_default_value = true)]
    #[arg(value_parser = words::<PdfProfile>(), hide_possible_values = true)]
    pdf: PdfProfile,
    /// 付印：出血，默认 3mm
    ///
    /// For print: how far ink may reach beyond the trimmed page, default 3mm
    #[arg(long, value_name = "LENGTH", value_parser = length)]
    bleed: Option<Length>,
    /// 付印：加裁切线、套准线、色标，折页的加折线
    ///
    /// For print: crop and registration marks, colour bars, and fold marks where sheets are folded
    #[arg(long)]
    marks: bool,
    /// 付印：印刷厂的特性文件（CMYK，.icc），默认非涂布纸 FOGRA29
    ///
    /// For print: the ICC profile of the press (CMYK), default offset on uncoated paper, FOGRA29
    #[arg(long, value_name = "FILE")]
    press_profile: Option<PathBuf>,
    /// 付印：拼版，booklet 骑马订，2up 两页并排，signatures=16 每帖 16 页
    ///
    /// For print: put pages on sheets: booklet, 2up, or signatures=16 (booklets of so many pages)
    #[arg(long, value_name = "HOW", value_parser = imposition)]
    impose: Option<Imposition>,
    /// 拼版：纸厚，如 0.1mm，里层的页按此向折线靠
    ///
    /// With --impose: thickness of the paper, as 0.1mm, by which pages of inner sheets move to the fold
    #[arg(long, value_name = "LENGTH", value_parser = length)]
    paper: Option<Length>,
    /// 付印：只要这几页，如 3-8，从封面起数
    ///
    /// For print: only these pages, as 3-8, counted from the cover on
    #[arg(long, value_name = "FROM-TO", value_parser = pages)]
    pages: Option<(usize, usize)>,
    /// 付印：套红用什么油墨，process 用印刷机的四色（默认），spot:名称 用专色，如 spot:"PANTONE 032 C"
    ///
    /// For print: the red of the head: process (default, the inks of the press) or spot:NAME, an ink of its own
    #[arg(long, value_name = "INK", value_parser = red)]
    red: Option<RedInk>,
    /// 付印：每份一个份号，如 000001-000120，全部印在一个文件里
    ///
    /// For print: a copy for each number, as 000001-000120, all in one file
    #[arg(long, value_name = "FROM-TO", value_parser = copies)]
    copies: Option<(u32, u32)>,
    /// 每份一个文件，文件名后加份号
    ///
    /// With --copies: a file for each copy, its number after the file's name
    #[arg(long)]
    copy_files: bool,
}

impl PressArgs {
    /// How the PDF is to be written.
    pub(super) fn pdf(&self) -> PdfFile {
        let standard = Press::default();
        let marks = if self.marks { PressMarks::All } else { PressMarks::None };
        PdfFile {
            profile: self.pdf,
            press: Press {
                bleed: self.bleed.unwrap_or(standard.bleed),
                marks,
                icc: None,
                imposition: self.impose,
                copies: standard.copies,
                paper: self.paper.unwrap_or(standard.paper),
                red: self.red.clone().unwrap_or_default(),
            },
            icc: self.press_profile.clone(),
            pages: self.pages,
            copies: self.copies,
            copy_files: if self.copy_files { CopyFiles::Each } else { CopyFiles::One },
        }
    }

    /// What is wrong with the options together.
    pub(super) fn fault(&self) -> Option<Message> {
        let given = [
            ("--bleed", self.bleed.is_some()),
            ("--marks", self.marks),
            ("--press-profile", self.press_profile.is_some()),
            ("--impose", self.impose.is_some()),
            ("--paper", self.paper.is_some()),
            ("--pages", self.pages.is_some()),
            ("--red", self.red.is_some()),
            ("--copies", self.copies.is_some()),
            ("--copy-files", self.copy_files),
        ];
        let only = given.iter().find(|(_, given)| *given).filter(|_| self.pdf != PdfProfile::Print);
        if let Some((option, _)) = only {
            return Some(say!(
                "{option} 只用于付印，请同时写 --pdf print",
                "{option} is for print: give --pdf print as well"
            ));
        }
        if self.copy_files && self.copies.is_none() {
            return Some(say!("--copy-files 请与 --copies 同用", "--copy-files goes with --copies"));
        }
        (self.paper.is_some() && self.impose.is_none())
            .then(|| say!("--paper 只用于拼版，请同时写 --impose", "--paper is for sheets: give --impose as well"))
    }
}

fn length(text: &str) -> Result<Length, String> {
    units::length(text).ok_or_else(|| "3mm".to_owned())
}

fn imposition(text: &str) -> Result<Imposition, String> {
    Imposition::from_word(text).ok_or_else(|| "booklet, 2up, signatures=16".to_owned())
}

fn red(text: &str) -> Result<RedInk, String> {
    RedInk::from_word(text).ok_or_else(|| "process, spot:NAME".to_owned())
}

fn pages(text: &str) -> Result<(usize, usize), String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    match (first.trim().parse(), last.trim().parse()) {
        (Ok(first), Ok(last)) if 0 < first && first <= last => Ok((first, last)),
        _ => Err("3-8".to_owned()),
    }
}

fn copies(text: &str) -> Result<(u32, u32), String> {
    let (first, last) = pages(text).map_err(|_| "000001-000120".to_owned())?;
    let number = |number: usize| u32::try_from(number).ok().filter(|&number| number <= COPIES);
    number(first).zip(number(last)).ok_or_else(|| "000001-000120".to_owned())
}
