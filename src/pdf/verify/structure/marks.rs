//! Content and elements: each piece in one element, and found from the page.

use super::tree::{NodeKid, StructureTree};
use crate::diagnostic::say;
use crate::pdf::verify::check::{Findings, VerifyCheck, VerifyPlace};
use crate::pdf::verify::file::DEPTH;
use crate::pdf::verify::inks::MarkKey;
use crate::pdf::verify::input::VerifyInput;
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeMap;

pub(super) fn check(input: &VerifyInput<'_>, tree: &StructureTree<'_>, found: &mut Findings) {
    let mut holders: BTreeMap<MarkKey, Vec<Option<ObjectId>>> = BTreeMap::new();
    for node in &tree.nodes {
        for kid in &node.kids {
            if let NodeKid::Mark(key) = kid {
                holders.entry(*key).or_default().push(node.id);
            }
        }
    }
    let parents = Parents::read(tree);
    for (page, number) in input.survey.pages.iter().zip(1..) {
        let place = VerifyPlace { page: Some(number), object: None };
        let (loose, nested) = (page.untagged, page.nested);
        if loose > 0 {
            found.note(
                VerifyCheck::UNTAGGED,
                place,
                say!("有 {loose} 处内容没有标记", "{loose} pieces of content are not tagged"),
            );
        }
        if nested > 0 {
            found.note(
                VerifyCheck::NESTED,
                place,
                say!("有 {nested} 处互相嵌套", "{nested} times one is within the other"),
            );
        }
        let mut seen = BTreeMap::new();
        for key in &page.marks {
            let times = seen.entry(*key).or_insert(0_usize);
            *times += 1;
            let held = holders.get(key).map_or(0, Vec::len);
            let mcid = key.1;
            if *times == 2 || held != 1 {
                found.note(
                    VerifyCheck::ONCE,
                    place,
                    say!("第 {mcid} 段属于 {held} 个元素", "piece {mcid} is part of {held} elements"),
                );
            } else if *times == 1
                && let Some(Some(element)) = holders.get(key).and_then(|all| all.first())
                && parents.of(*key) != Some(*element)
            {
                found.note(
                    VerifyCheck::PARENT_TREE,
                    place,
                    say!("第 {mcid} 段找不到所属的元素", "piece {mcid} does not lead to its element"),
                );
            }
        }
    }
}

/// The parent tree (14.7.4.4).
struct Parents<'a> {
    tree: &'a StructureTree<'a>,
    entries: BTreeMap<i64, &'a Object>,
}

impl<'a> Parents<'a> {
    fn read(tree: &'a StructureTree<'a>) -> Self {
        let mut parents = Self { tree, entries: BTreeMap::new() };
        if let Some(root) = tree.file.sub(tree.root, b"ParentTree") {
            parents.node(root, 0);
        }
        parents
    }

    fn node(&mut self, node: &'a Dictionary, depth: usize) {
        if depth > DEPTH {
            return;
        }
        let file = self.tree.file;
        for pair in file.array(node, b"Nums").unwrap_or_default().chunks_exact(2) {
            if let [key, value] = pair
                && let Ok(key) = file.follow(key).as_i64()
            {
                self.entries.insert(key, value);
            }
        }
        for kid in file.array(node, b"Kids").unwrap_or_default() {
            if let Some(kid) = file.dictionary(kid) {
                self.node(kid, depth + 1);
            }
        }
    }

    /// The element of a sequence, from its page or form.
    fn of(&self, (container, mcid): MarkKey) -> Option<ObjectId> {
        let file = self.tree.file;
        let object = file.document.objects.get(&container)?;
        let key = file.value(file.dictionary(object)?, b"StructParents")?.as_i64().ok()?;
        let elements = file.follow(self.entries.get(&key)?).as_array().ok()?;
        elements.get(usize::try_from(mcid).ok()?)?.as_reference().ok()
    }
}
