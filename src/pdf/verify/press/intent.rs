//! The printing condition that the file is made for, and whether its colours are of it.

use crate::diagnostic::say;
use crate::pdf::verify::check::{Findings, VerifyCheck, VerifyPlace};
use crate::pdf::verify::file::inflated;
use crate::pdf::verify::inks::{DeviceSpace, MARK, SPACE};
use crate::pdf::verify::input::VerifyInput;
use lopdf::Dictionary;

/// Of an ICC profile: where its header says what it is for (ISO 15076-1 7.2).
const CLASS: std::ops::Range<usize> = 12..16;

pub(super) fn check(input: &VerifyInput<'_>, found: &mut Findings) {
    for (name, place) in &input.survey.clashes {
        found.note(
            VerifyCheck::SPOT_COLOR,
            *place,
            say!("专色“{name}”有两种替代色", "the spot colour {name:?} has two alternates"),
        );
    }
    for (what, place) in &input.survey.misfits {
        found.note(
            VerifyCheck::ICC_SPACE,
            *place,
            say!("特性文件与 N 不符：{what}", "the profile is not one of N colours: {what}"),
        );
    }
    let file = input.file;
    let intents = file.array(input.catalog, b"OutputIntents").unwrap_or_default();
    let intents: Vec<&Dictionary> = intents
        .iter()
        .filter_map(|intent| file.dictionary(intent))
        .filter(|intent| file.name(intent, b"S") == Some(b"GTS_PDFX"))
        .collect();
    let count = intents.len();
    let [intent] = intents.as_slice() else {
        found.whole(
            VerifyCheck::INTENT,
            say!("有 {count} 个 GTS_PDFX 输出意图", "there are {count} output intents GTS_PDFX"),
        );
        return;
    };
    let says = |key: &[u8]| file.text(intent, key).is_some_and(|text| !text.trim().is_empty());
    if !says(b"OutputConditionIdentifier") {
        found.whole(
            VerifyCheck::CONDITION,
            say!("没有 OutputConditionIdentifier", "there is no OutputConditionIdentifier"),
        );
    }
    if !(says(b"RegistryName") || says(b"Info")) {
        found.whole(
            VerifyCheck::INTENT_INFO,
            say!("RegistryName 和 Info 都没有", "there is neither RegistryName nor Info"),
        );
    }
    if let Some(space) = profile(input, intent, found) {
        colors(input, space, found);
    }
}

/// The space of the intent's profile, if that can be used.
fn profile(input: &VerifyInput<'_>, intent: &Dictionary, found: &mut Findings) -> Option<DeviceSpace> {
    let stream = input.file.stream(intent, b"DestOutputProfile");
    let bytes = stream.and_then(|stream| inflated(stream).ok());
    let bytes = bytes.filter(|bytes| bytes.get(MARK) == Some(b"acsp"));
    let (Some(stream), Some(bytes)) = (stream, bytes) else {
        let message =
            say!("没有嵌入特性文件，或者它不是 ICC 特性文件", "no profile is embedded, or what is there is none");
        found.whole(VerifyCheck::PROFILE, message);
        return None;
    };
    let word =
        |range| bytes.get(range).map(|word: &[u8]| String::from_utf8_lossy(word).into_owned()).unwrap_or_default();
    let (class, space) = (word(CLASS), word(SPACE));
    if class != "prtr" {
        found.whole(VerifyCheck::PROFILE_CLASS, say!("特性文件是 {class} 类", "the profile is of class {class}"));
    }
    let parts = input.file.value(&stream.dict, b"N").and_then(|parts| parts.as_i64().ok());
    let known = match space.as_str() {
        "GRAY" => Some((DeviceSpace::Gray, 1)),
        "RGB " => Some((DeviceSpace::Rgb, 3)),
        "CMYK" => Some((DeviceSpace::Cmyk, 4)),
        _ => None,
    };
    match known {
        Some((space, count)) if parts == Some(count) => Some(space),
        _ => {
            let parts = parts.map_or_else(|| "-".to_owned(), |parts| parts.to_string());
            found.whole(
                VerifyCheck::PROFILE_SPACE,
                say!("颜色空间是 {space}，N 是 {parts}", "the space is {space}, N is {parts}"),
            );
            None
        }
    }
}

/// A device colour is of the intent's own space; grey also goes with inks.
fn colors(input: &VerifyInput<'_>, intent: DeviceSpace, found: &mut Findings) {
    for (&space, places) in &input.survey.colors {
        if space == intent || (space, intent) == (DeviceSpace::Gray, DeviceSpace::Cmyk) {
            continue;
        }
        let (space, intent) = (space.names().0, intent.names().0);
        for &place in places {
            found.note(
                VerifyCheck::DEVICE_COLOR,
                VerifyPlace { object: None, ..place },
                say!("用了 {space}，输出意图是 {intent}", "{space} is used, the output intent is of {intent}"),
            );
        }
    }
}
