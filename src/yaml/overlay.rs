//! One tree over another: what a file changes of the file that it extends.

use super::tree::{Kind, Node};
use crate::diagnostic::Sources;

/// The tree `base` with what `over` changes: maps are merged by key, all else is replaced; a key whose value is written `~` is
/// taken out. Every node keeps its place, so that messages name the file that it comes from.
#[must_use]
pub fn overlay(base: Node, over: Node, sources: &Sources) -> Node {
    match (base.kind, over.kind) {
        (Kind::Map(mut entries), Kind::Map(changes)) => {
            for (key, value) in changes {
                let known = entries.iter().position(|(k, _)| k.name == key.name);
                match known {
                    // A key without a value is a slip, which the check of the keys reports.
                    Some(at) if value.kind == Kind::Null && sources.text(value.span) == "~" => {
                        entries.remove(at);
                    }
                    Some(at) => {
                        let (_, old) = entries.remove(at);
                        entries.insert(at, (key, overlay(old, value, sources)));
                    }
                    None => entries.push((key, value)),
                }
            }
            Node { kind: Kind::Map(entries), span: over.span }
        }
        (_, kind) => Node { kind, span: over.span },
    }
}
