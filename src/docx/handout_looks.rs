//! What a Word file remembers of its formatting, its pages and itself, as JSON.

use crate::model::{Feature, Formatted, Formatting, Manuscript, WordSetting, WordSettingKind};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The formattings of a manuscript, and its settings; null where they are not known.
pub(super) fn write(manuscript: &Manuscript) -> (Value, Value) {
    let name = |feature: Feature| Feature::NAMES.iter().find(|(f, _)| *f == feature).map_or("", |(_, name)| name);
    let one = |formatting: &Formatting| {
        let features = formatting.features.iter();
        Value::Object(features.map(|(f, value)| (name(*f).to_owned(), json!(value))).collect::<Map<_, _>>())
    };
    let kind = |what: WordSettingKind| WordSettingKind::NAMES.iter().find(|(k, _)| *k == what).map_or("", |(_, n)| n);
    let settings = manuscript.settings.as_ref().map(|all| {
        let all = all.iter().map(|s| json!([kind(s.what), s.text, s.item]));
        all.collect::<Vec<_>>()
    });
    (manuscript.formattings.iter().map(one).collect(), json!(settings))
}

/// The features that the formattings tell.
pub(super) fn told() -> Value {
    Feature::NAMES.iter().map(|(_, name)| json!(name)).collect()
}

/// The features that the formattings of a file do not tell.
pub(super) fn untold(value: Option<&Value>) -> BTreeSet<Feature> {
    let names: Option<Vec<&str>> =
        value.and_then(Value::as_array).map(|all| all.iter().filter_map(Value::as_str).collect());
    match names {
        Some(names) => Feature::NAMES.iter().filter(|(_, name)| !names.contains(name)).map(|(f, _)| *f).collect(),
        None => Feature::NAMES[Feature::FIRST..].iter().map(|(f, _)| *f).collect(),
    }
}

/// The formattings from their JSON; none of a file of before.
pub(super) fn formattings(value: Option<&Value>) -> Option<Vec<Formatting>> {
    let one = |value: &Value| {
        let mut formatting = Formatting::default();
        for (name, value) in value.as_object()? {
            let feature = Feature::NAMES.iter().find(|(_, known)| known == name)?.0;
            formatting.set(feature, Some(value.as_str()?.to_owned()));
        }
        Some(formatting)
    };
    value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default().iter().map(one).collect()
}

/// The settings from their JSON; None of a file of before.
pub(super) fn settings(value: Option<&Value>) -> Option<Vec<WordSetting>> {
    let one = |value: &Value| {
        let what = WordSettingKind::NAMES.iter().find(|(_, name)| value[0].as_str() == Some(name))?.0;
        let item = usize::try_from(value[2].as_u64()?).ok()?;
        Some(WordSetting { what, text: value[1].as_str()?.to_owned(), item, words: String::new() })
    };
    value.and_then(Value::as_array)?.iter().map(one).collect()
}

/// How the characters of a paragraph are formatted: pairs of an index and a count.
pub(super) fn formats(formats: &[Formatted]) -> Value {
    formats.iter().flat_map(|f| [f.formatting, f.characters]).collect()
}

/// The same from its JSON.
pub(super) fn to_formats(value: Option<&Value>) -> Vec<Formatted> {
    let numbers = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let number = |value: &Value| value.as_u64().and_then(|v| usize::try_from(v).ok());
    let (pairs, _) = numbers.as_chunks::<2>();
    let pair = |[formatting, characters]: &[Value; 2]| {
        Some(Formatted { formatting: number(formatting)?, characters: number(characters)? })
    };
    pairs.iter().filter_map(pair).collect()
}
