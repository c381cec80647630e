//! Variable faces: their axes, and the places on them that have a name (OpenType, `fvar`).
//!
//! Such a face is set at its default, which is the lightest cut as often as not. It is refused where a name asks for another weight: a
//! family's name asks for the regular one, the name of an instance for that.

use super::names::{decode, same_name};
use crate::diagnostic::{Message, say};
use ttf_parser::{Tag, VariationAxis, fvar, name};

/// The weight that a family's name asks for.
const REGULAR: f32 = 400.0;

/// The axes of a face.
#[derive(Debug)]
pub(super) struct Axes {
    axes: Vec<VariationAxis>,
    instances: Vec<Instance>,
}

/// A place on the axes that has a name.
#[derive(Debug)]
struct Instance {
    /// With the family's name before its own, in all languages.
    names: Vec<String>,
    coordinates: Vec<f32>,
}

impl Axes {
    /// The axes that the table `fvar` declares. `families`: the names of the face's family.
    pub(super) fn read(data: &[u8], names: Option<name::Table<'_>>, families: &[String]) -> Option<Self> {
        let axes: Vec<VariationAxis> = fvar::Table::parse(data)?.axes.into_iter().collect();
        let names_of = |id: usize| -> Vec<String> {
            let of = |name: &name::Name<'_>| usize::from(name.name_id) == id;
            names.map_or_else(Vec::new, |t| t.names.into_iter().filter(of).filter_map(|n| decode(&n)).collect())
        };
        let word = |at: usize| -> Option<usize> {
            data.get(at..at + 2).map(|bytes| usize::from(u16::from_be_bytes([bytes[0], bytes[1]])))
        };
        // The head: where the axes begin, the size of one, how many instances of what size.
        let (first, axis, count, size) = (word(4)?, word(10)?, word(12)?, word(14)?);
        let begin = first + axes.len() * axis;
        let mut instances = Vec::new();
        for at in (0..count).map(|i| begin + i * size) {
            let (Some(id), Some(places)) = (word(at), data.get(at + 4..at + 4 + axes.len() * 4)) else { break };
            let fixed = |bytes: &[u8]| i32::from_be_bytes(bytes.try_into().unwrap_or_default()) as f32 / 65_536.0;
            let own = names_of(id);
            let full = own.iter().flat_map(|own| families.iter().map(move |family| format!("{family} {own}")));
            instances
                .push(Instance { names: full.collect(), coordinates: places.chunks_exact(4).map(fixed).collect() });
        }
        Some(Self { axes, instances })
    }

    pub(super) fn has_instance(&self, name: &str) -> bool {
        self.instance(name).is_some()
    }

    fn instance(&self, name: &str) -> Option<&Instance> {
        self.instances.iter().find(|instance| instance.names.iter().any(|other| same_name(other, name)))
    }

    /// Why the default is not what a name asks for; None where it is.
    pub(super) fn misfit(&self, name: &str) -> Option<Message> {
        let at = self.axes.iter().position(|axis| axis.tag == Tag::from_bytes(b"wght"))?;
        let wanted = self.instance(name).and_then(|i| i.coordinates.get(at).copied()).unwrap_or(REGULAR);
        let default = self.axes.get(at)?.def_value;
        (default - wanted).abs().ge(&1.0).then(|| {
            say!(
                "“{name}”是可变字体，默认字重为 {default}，不是要用的 {wanted}",
                "{name} is a variable face whose default weight is {default}, not {wanted} as asked for"
            )
        })
    }
}
