//! The checks of `verify`: good files pass all of them, and each fault is caught by its own check and no other.

use super::damage::{Break, catalog, name, page};
use super::press_faults::PRESS_FAULTS;
use super::press_places::{PRESS_PLACES, PRESS_SOUND};
use super::reader;
use dinggao::pdf::{self, PdfExtras, PdfOptions, PdfProfile, Press, PressMarks, VerifyCheck, VerifyError, VerifyRules};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

/// A sample as a PDF.
pub(super) fn sample(name: &str, profile: PdfProfile) -> Vec<u8> {
    let (document, _, paged) = crate::sample::set(name);
    let fonts = crate::font::fonts();
    let press = Press { marks: PressMarks::All, ..Press::default() };
    pdf::write_for(&document, &paged, &fonts, &PdfOptions { profile, press }, PdfExtras::default()).unwrap()
}

static PRESS: LazyLock<Vec<u8>> = LazyLock::new(|| sample("tables-and-pictures.yaml", PdfProfile::Print));
static REPORT: LazyLock<Vec<u8>> = LazyLock::new(|| sample("full-report.yaml", PdfProfile::Archive));
static TABLES: LazyLock<Vec<u8>> = LazyLock::new(|| sample("tables-and-pictures.yaml", PdfProfile::Archive));

/// The elements of a type, in the order of their numbers.
fn elements(file: &Document, kind: &str) -> Vec<ObjectId> {
    let is = |object: &Object| {
        object.as_dict().is_ok_and(|element| {
            element.has(b"P") && element.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == kind.as_bytes())
        })
    };
    let found: Vec<ObjectId> = file.objects.iter().filter(|(_, object)| is(object)).map(|(id, _)| *id).collect();
    assert!(!found.is_empty(), "no {kind}");
    found
}

fn element<'a>(file: &'a mut Document, kind: &str) -> &'a mut Dictionary {
    let id = elements(file, kind)[0];
    file.get_dictionary_mut(id).unwrap()
}

/// The first element of a type with an attribute of its own removed.
fn bare(file: &mut Document, kind: &str, key: &[u8]) {
    for id in elements(file, kind) {
        let element = file.get_dictionary_mut(id).unwrap();
        let Ok(attributes) = element.get_mut(b"A").and_then(Object::as_dict_mut) else { continue };
        if attributes.remove(key).is_some() {
            return;
        }
    }
    panic!("no {kind} with that attribute");
}

/// Puts an empty element behind what an element holds.
fn stray(file: &mut Document, within: ObjectId, kind: &str) {
    let stray = file.add_object(dictionary! { "Type" => "StructElem", "S" => kind, "P" => within });
    let within = file.get_dictionary_mut(within).unwrap();
    let mut kids = match within.get(b"K").unwrap() {
        Object::Array(kids) => kids.clone(),
        only => vec![only.clone()],
    };
    kids.push(stray.into());
    within.set("K", kids);
}

/// Changes the type of the first element of a type.
fn rename(file: &mut Document, kind: &str, other: &str) {
    element(file, kind).set("S", name(other));
}

fn untag(file: &mut Document, change: impl Fn(&str) -> String) {
    let id = reader::pages(file)[0];
    let content = String::from_utf8_lossy(&file.get_page_content(id)).into_owned();
    let changed = change(&content);
    assert_ne!(changed, content);
    file.change_page_content(id, changed.into_bytes()).unwrap();
}

/// A cell with other attributes.
fn cell(file: &mut Document, key: &str, value: impl Into<Object>) {
    let cell = element(file, "TD");
    let mut attributes = dictionary! { "O" => "Table" };
    attributes.set(key, value);
    cell.set("A", attributes);
}

/// One fault for each rule of the structure; in which file, and how.
const STRUCTURE_FAULTS: &[(&str, &LazyLock<Vec<u8>>, Break)] = &[
    ("structure-tree", &REPORT, |file| catalog(file).set("MarkInfo", dictionary! { "Marked" => false })),
    ("structure-parent", &REPORT, |file| {
        let other = elements(file, "H1")[0];
        element(file, "H2").set("P", other);
    }),
    ("structure-role", &REPORT, |file| rename(file, "P", "Absatz")),
    ("structure-language", &REPORT, |file| drop(catalog(file).remove(b"Lang"))),
    ("structure-title", &REPORT, |file| drop(catalog(file).remove(b"ViewerPreferences"))),
    ("structure-untagged", &REPORT, |file| untag(file, |content| format!("{content}\n0 0 9 9 re f"))),
    ("structure-nesting", &REPORT, |file| {
        untag(file, |content| {
            let end = content.find("EMC").unwrap();
            format!("{}/Artifact BMC EMC {}", &content[..end], &content[end..])
        });
    }),
    ("structure-once", &REPORT, |file| {
        untag(file, |content| format!("{content}\n/P <</MCID 9999>> BDC 0 0 9 9 re f EMC"));
    }),
    ("structure-parent-tree", &REPORT, |file| page(file).set("StructParents", 9999)),
    ("structure-heading", &REPORT, |file| rename(file, "H2", "H4")),
    ("structure-list", &REPORT, |file| {
        let list = elements(file, "L")[0];
        stray(file, list, "P");
    }),
    ("structure-list-item", &REPORT, |file| rename(file, "LBody", "Div")),
    ("structure-list-numbering", &REPORT, |file| bare(file, "L", b"ListNumbering")),
    ("structure-table", &TABLES, |file| rename(file, "TD", "P")),
    ("structure-table-grid", &TABLES, |file| cell(file, "ColSpan", 5)),
    ("structure-table-head", &TABLES, |file| bare(file, "TH", b"Scope")),
    ("structure-table-headers", &TABLES, |file| cell(file, "Headers", vec![Object::string_literal("nowhere")])),
    ("structure-alt", &TABLES, |file| drop(element(file, "Figure").remove(b"Alt"))),
    ("structure-box", &TABLES, |file| bare(file, "Figure", b"BBox")),
    ("structure-caption", &TABLES, |file| {
        let figure = elements(file, "Figure")[0];
        stray(file, figure, "Caption");
    }),
    ("structure-note-label", &REPORT, |file| {
        let note = elements(file, "Note")[0];
        let label = elements(file, "Lbl")
            .into_iter()
            .find(|id| file.get_dictionary(*id).unwrap().get(b"P").unwrap().as_reference().unwrap() == note);
        file.get_dictionary_mut(label.unwrap()).unwrap().set("S", name("Span"));
    }),
    ("structure-note-id", &REPORT, |file| drop(element(file, "Note").remove(b"ID"))),
    ("structure-note-place", &REPORT, |file| {
        let note = elements(file, "Note")[0];
        let parent = file.get_dictionary(note).unwrap().get(b"P").unwrap().as_reference().unwrap();
        let kids = file.get_dictionary_mut(parent).unwrap().get_mut(b"K").unwrap().as_array_mut().unwrap();
        let at = kids.iter().position(|kid| *kid == Object::Reference(note)).unwrap();
        let note = kids.remove(at);
        kids.insert(0, note);
    }),
    ("structure-contents", &REPORT, |file| {
        let contents = elements(file, "TOC")[0];
        stray(file, contents, "P");
    }),
    ("structure-contents-entry", &REPORT, |file| {
        let entry = elements(file, "TOCI")[0];
        let within =
            |id: &ObjectId| file.get_dictionary(*id).unwrap().get(b"P").unwrap().as_reference().unwrap() == entry;
        let reference = elements(file, "Reference").into_iter().find(within).unwrap();
        file.get_dictionary_mut(reference).unwrap().set("S", name("Span"));
    }),
    ("structure-link", &REPORT, |file| rename(file, "Link", "Span")),
    ("structure-tabs", &REPORT, |file| {
        let with_links = reader::pages(file).into_iter().find(|id| file.get_dictionary(*id).unwrap().has(b"Annots"));
        file.get_dictionary_mut(with_links.unwrap()).unwrap().remove(b"Tabs");
    }),
];

/// The checks that a file does not pass.
pub(super) fn failed(bytes: &[u8], rules: VerifyRules) -> BTreeSet<&'static str> {
    let report = pdf::verify(bytes, Some(rules)).unwrap();
    report.findings.iter().map(|finding| finding.check.name).collect()
}

fn damaged(good: &[u8], damage: Break) -> Vec<u8> {
    let mut file = reader::load(good);
    damage(&mut file);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

/// What else than its own check a fault is caught by, or not even that.
fn miscaught(name: &'static str, good: &[u8], damage: Break, rules: VerifyRules) -> Option<String> {
    let bytes = damaged(good, damage);
    // For other programs to look at.
    if let Some(folder) = std::env::var_os("DINGGAO_FAULTS") {
        std::fs::write(Path::new(&folder).join(format!("{name}.pdf")), &bytes).unwrap();
    }
    let failed = failed(&bytes, rules);
    (failed != BTreeSet::from([name])).then(|| format!("{name}: caught by {failed:?}"))
}

#[test]
fn good_files_pass() {
    for (bytes, rules) in
        [(&PRESS, VerifyRules::X4), (&REPORT, VerifyRules::Structure), (&TABLES, VerifyRules::Structure)]
    {
        let report = pdf::verify(bytes, None).unwrap();
        assert_eq!(report.rules, [rules]);
        assert!(report.conforms(), "{:?}", report.findings);
        let own = VerifyCheck::ALL.iter().filter(|check| check.rules == rules).count();
        assert_eq!(report.checks().count(), own);
    }
}

#[test]
fn each_fault_of_the_press_is_caught_by_its_own_check() {
    let wrong: Vec<String> =
        PRESS_FAULTS.iter().filter_map(|(name, damage)| miscaught(name, &PRESS, *damage, VerifyRules::X4)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_fault_is_caught_wherever_it_is() {
    let wrong: Vec<String> = PRESS_PLACES
        .iter()
        .filter_map(|(place, check, damage)| {
            let caught = failed(&damaged(&PRESS, *damage), VerifyRules::X4);
            (caught != BTreeSet::from([*check])).then(|| format!("{place}: caught by {caught:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_looks_like_a_fault_and_is_none_passes() {
    for (what, change) in PRESS_SOUND {
        assert_eq!(failed(&damaged(&PRESS, *change), VerifyRules::X4), BTreeSet::new(), "{what}");
    }
}

#[test]
fn each_fault_of_the_structure_is_caught_by_its_own_check() {
    let each = STRUCTURE_FAULTS.iter();
    let wrong: Vec<String> =
        each.filter_map(|(name, good, damage)| miscaught(name, good, *damage, VerifyRules::Structure)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_check_has_a_fault() {
    let press = PRESS_FAULTS.iter().map(|(name, _)| *name);
    let tested: BTreeSet<&str> = press.chain(STRUCTURE_FAULTS.iter().map(|(name, ..)| *name)).collect();
    // An encrypted file is made in a test of its own.
    let untested: Vec<&str> =
        VerifyCheck::ALL.iter().map(|check| check.name).filter(|name| !tested.contains(name)).collect();
    assert_eq!(untested, ["x4-encryption"]);
    let names: BTreeSet<&str> = VerifyCheck::ALL.iter().map(|check| check.name).collect();
    assert_eq!(names.len(), VerifyCheck::ALL.len(), "names are told apart");
    let pages = include_str!("../../docs/pdf.md");
    for check in VerifyCheck::ALL {
        assert!(pages.contains(&format!("| `{}` | {} |", check.name, check.clause)), "docs/pdf.md: {}", check.name);
    }
}

#[test]
fn an_encrypted_file_is_caught() {
    let mut file = reader::load(&PRESS);
    let version = lopdf::EncryptionVersion::V2 {
        document: &file,
        owner_password: "owner",
        user_password: "",
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    };
    let state = lopdf::EncryptionState::try_from(version).unwrap();
    file.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    assert_eq!(failed(&bytes, VerifyRules::X4), BTreeSet::from(["x4-encryption"]));
}

#[test]
fn what_claims_nothing_or_is_no_pdf_is_refused() {
    let mut file = reader::load(&REPORT);
    catalog(&mut file).remove(b"MarkInfo");
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    assert_eq!(pdf::verify(&bytes, None), Err(VerifyError::NoClaim));
    assert!(!failed(&bytes, VerifyRules::X4).is_empty());
    for bytes in [b"".as_slice(), b"%PDF-1.7\n", b"no PDF", &REPORT[..REPORT.len() / 2]] {
        assert!(matches!(pdf::verify(bytes, None), Err(VerifyError::Unreadable { .. })));
    }
}

#[test]
fn damaged_files_do_no_harm() {
    let good: &[u8] = &PRESS;
    // A step that falls on other bytes of each object.
    for at in (0..good.len()).step_by(good.len() / 12) {
        for byte in [0, b'9'] {
            let mut bytes = good.to_vec();
            bytes[at] = byte;
            drop(pdf::verify(&bytes, Some(VerifyRules::X4)));
            drop(pdf::verify(&bytes[..at], Some(VerifyRules::Structure)));
        }
    }
}
