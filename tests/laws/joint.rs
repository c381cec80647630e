//! Documents of several authorities made at random, with what both outputs have to show above and below the text.

use super::whole::{self, Parts};
use proptest::prelude::*;
use std::fmt::Write as _;

/// What is above and below the text.
#[derive(Clone, Debug)]
pub(super) struct Joint {
    authorities: Vec<&'static str>,
    /// 份号, 密级, 紧急程度: the first so many.
    marks: usize,
    extras: Vec<Extra>,
}

/// What a document may have or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extra {
    /// 文件 beside the authorities.
    Mark,
    /// Each authority has somebody who signed it for printing.
    Signers,
    Seals,
    Copies,
}

const AUTHORITIES: [&str; 6] = [
    "青溪市发展和改革委员会",
    "青溪市财政局",
    "青溪市住房和城乡建设委员会",
    "青溪市教育局",
    "青溪市水利局",
    "青溪市人力资源和社会保障局",
];
const SIGNERS: [&str; 4] = ["陈国栋", "李敏", "王建华", "赵一鸣"];
const MARKS: [(&str, &str); 3] = [("copy-number", "000012"), ("classification", "机密★10年"), ("urgency", "特急")];

pub(super) fn joint() -> impl Strategy<Value = Joint> {
    let authorities = prop::sample::subsequence(AUTHORITIES.to_vec(), 2..=4);
    let extras = vec![Extra::Mark, Extra::Signers, Extra::Seals, Extra::Copies];
    let extras = prop::sample::subsequence(extras, 0..=4);
    (authorities, 0..=3usize, extras).prop_map(|(authorities, marks, extras)| Joint { authorities, marks, extras })
}

impl Joint {
    fn has(&self, extra: Extra) -> bool {
        self.extras.contains(&extra)
    }

    /// The report with the parts of a joint document, and how often each file has to show what of these.
    pub(super) fn write(&self, parts: &Parts) -> (String, Vec<(String, usize)>) {
        let parts = Parts { cover: false, contents: None, ..parts.clone() };
        let body = whole::write(&parts).yaml;
        let (authorities, mut named) = (self.authorities.join(", "), Vec::new());
        let mut name = |text: &str, count: usize| named.push((text.to_owned(), count));
        let mut head = format!("template: official-document\nauthority: [{authorities}]\nnumber: 青发改〔2024〕18号\n");
        head.push_str("addressee: [市人民政府]\n");
        name("青发改〔2024〕18号", 1);
        name("市人民政府：", 1);
        name(whole::REPORT, 1);
        for authority in &self.authorities {
            name(authority, 2);
        }
        for (key, mark) in MARKS.iter().take(self.marks) {
            writeln!(head, "{key}: {mark:?}").expect("a string");
            name(mark, 1);
        }
        if self.has(Extra::Mark) {
            head.push_str("authority-mark: 文件\n");
            name("文件", 1);
        }
        if self.has(Extra::Signers) {
            let signers = &SIGNERS[..self.authorities.len()];
            writeln!(head, "signer: [{}]", signers.join(", ")).expect("a string");
            for signer in signers {
                name(signer, 1);
            }
        }
        if self.has(Extra::Copies) {
            head.push_str("copies-to: [市委办公室, 市政协办公室]\n");
            name("市委办公室，市政协办公室。", 1);
        }
        head.push_str("office: 某某办公室\nprinted: 2024年4月3日\n");
        name("某某办公室", 1);
        name("2024年4月3日印发", 1);
        let sealed = self.has(Extra::Seals);
        let signature =
            format!("  - signature: {{authority: [{authorities}], date: 2024年4月2日, sealed: {sealed}}}\n");
        name("2024年4月2日", 1);
        let body = body.replacen("template: work-report\n", &head, 1);
        let end = ["notes:\n", "glossary:\n", "attachments:\n"];
        let end = end.iter().filter_map(|key| body.find(&format!("\n{key}"))).min().map_or(body.len(), |at| at + 1);
        (format!("{}{signature}{}", &body[..end], &body[end..]), named)
    }
}
