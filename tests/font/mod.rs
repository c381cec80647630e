//! The faces in `fonts/`, as the built-in template uses them.

#![expect(clippy::expect_used, reason = "a helper of tests")]

mod coverage;
mod formats;
mod subset;

use dinggao::font::Fonts;
use dinggao::model::FontSpec;
use dinggao::template::BUILT_IN;
use dinggao::world::SystemWorld;
use std::path::Path;

/// The roles of the built-in template.
pub(crate) fn spec() -> FontSpec {
    BUILT_IN[0].template().expect("the built-in template is sound").fonts
}

/// The faces of the built-in template.
pub(crate) fn fonts() -> Fonts {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    Fonts::load(&SystemWorld::new(), &spec(), &[dir]).expect("fonts/ has all roles")
}
