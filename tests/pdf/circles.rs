//! Files whose parts lead to themselves.

use super::verify::failed;
use dinggao::pdf::{self, VerifyError, VerifyRules};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// A PDF of a few objects, the first of which is the catalog.
fn small(objects: Vec<Object>) -> Vec<u8> {
    let mut file = Document::with_version("1.7");
    for object in objects {
        file.add_object(object);
    }
    file.trailer.set("Root", (1, 0));
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn files_that_turn_in_circles_end() {
    let marked = |tree: (u32, u16)| {
        dictionary! {
            "Type" => "Catalog", "Pages" => (2, 0), "MarkInfo" => dictionary! { "Marked" => true },
            "StructTreeRoot" => tree,
        }
    };
    // Pages within themselves, a form that draws itself, an element within itself, a parent tree within itself.
    let page = dictionary! {
        "Type" => "Page", "Parent" => (2, 0), "Contents" => (4, 0),
        "Resources" => dictionary! { "XObject" => dictionary! { "A" => (5, 0) } },
    };
    let form = dictionary! {
        "Subtype" => "Form", "Resources" => dictionary! { "XObject" => dictionary! { "A" => (5, 0) } },
    };
    let bytes = small(vec![
        marked((6, 0)).into(),
        dictionary! { "Type" => "Pages", "Kids" => vec![Object::Reference((3, 0)), Object::Reference((2, 0))] }.into(),
        page.into(),
        Stream::new(Dictionary::new(), b"/A Do".to_vec()).into(),
        Stream::new(form, b"/A Do".to_vec()).into(),
        dictionary! { "K" => (7, 0), "ParentTree" => (8, 0), "RoleMap" => dictionary! { "X" => "Y", "Y" => "X" } }
            .into(),
        dictionary! { "Type" => "StructElem", "S" => "X", "P" => (6, 0), "K" => vec![Object::Reference((7, 0))] }
            .into(),
        dictionary! { "Kids" => vec![Object::Reference((8, 0))] }.into(),
    ]);
    let found = pdf::verify(&bytes, Some(VerifyRules::Structure));
    assert!(matches!(found, Err(VerifyError::TooLarge { .. })), "{found:?}");
    let drawn = small(vec![
        marked((6, 0)).into(),
        dictionary! { "Type" => "Pages", "Kids" => vec![Object::Reference((2, 0))] }.into(),
        Object::Null,
        Object::Null,
        Object::Null,
        dictionary! { "K" => (7, 0), "ParentTree" => (8, 0), "RoleMap" => dictionary! { "X" => "Y", "Y" => "X" } }
            .into(),
        dictionary! { "Type" => "StructElem", "S" => "X", "P" => (6, 0), "K" => vec![Object::Reference((7, 0))] }
            .into(),
        dictionary! { "Kids" => vec![Object::Reference((8, 0))] }.into(),
    ]);
    let failed = failed(&drawn, VerifyRules::Structure);
    assert!(failed.contains("structure-parent") && failed.contains("structure-role"), "{failed:?}");
}
