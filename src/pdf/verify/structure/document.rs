//! What the document says of itself.

use crate::diagnostic::say;
use crate::pdf::verify::check::{Findings, VerifyCheck};
use crate::pdf::verify::input::VerifyInput;
use crate::pdf::verify::xmp::ns;

pub(super) fn check(input: &VerifyInput<'_>, found: &mut Findings) {
    let file = input.file;
    let yes = |dictionary: &[u8], key: &[u8]| {
        let value = file.sub(input.catalog, dictionary).and_then(|dictionary| file.value(dictionary, key));
        value.and_then(|value| value.as_bool().ok()) == Some(true)
    };
    let tree = file.sub(input.catalog, b"StructTreeRoot").is_some_and(|root| file.value(root, b"K").is_some());
    if !(yes(b"MarkInfo", b"Marked") && tree) {
        found.whole(
            VerifyCheck::TREE,
            say!("没有声明 Marked，或者没有结构树", "it does not say Marked, or there is no structure tree"),
        );
    }
    if file.text(input.catalog, b"Lang").is_none_or(|language| language.trim().is_empty()) {
        found.whole(VerifyCheck::LANGUAGE, say!("没有 Lang", "there is no Lang"));
    }
    let shown = yes(b"ViewerPreferences", b"DisplayDocTitle");
    if input.metadata(ns::DC, "title").is_none() || !shown {
        found.whole(
            VerifyCheck::WINDOW_TITLE,
            say!(
                "没有 dc:title，或者 DisplayDocTitle 不是 true",
                "there is no dc:title, or DisplayDocTitle is not true"
            ),
        );
    }
}
