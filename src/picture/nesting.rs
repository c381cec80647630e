//! How deep an SVG picture nests: what reads and draws it goes down by recursion, and a file must not be able to exhaust that.

use quick_xml::Reader;
use quick_xml::events::Event;
use resvg::usvg::roxmltree::Node;
use rustc_hash::FxHashMap;

/// The most elements within one another, those that references bring in among them. Drawing programs nest a dozen.
const DEEPEST: usize = 64;

/// True where no elements are in one another deeper than is read; also for what is no XML, which others tell of.
pub(super) fn text_is_shallow(text: &str) -> bool {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) | Err(_) => return true,
            Ok(_) => {}
        }
        if depth > DEEPEST {
            return false;
        }
    }
}

/// True where no element is deeper than is read when what it refers to is put in its place. What refers to itself is.
pub(super) fn is_shallow(root: Node<'_, '_>) -> bool {
    let named = root.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let mut walk = Walk { named, heights: FxHashMap::default() };
    walk.height(root, DEEPEST).is_some()
}

struct Walk<'a, 'x> {
    named: FxHashMap<&'a str, Node<'a, 'x>>,
    /// The heights of what was referred to so far.
    heights: FxHashMap<&'a str, usize>,
}

impl<'a, 'x> Walk<'a, 'x> {
    /// How many elements deep it goes from a node down; None for more than `left`.
    fn height(&mut self, node: Node<'a, 'x>, left: usize) -> Option<usize> {
        let left = left.checked_sub(1)?;
        let mut below = 0;
        for child in node.children().filter(Node::is_element) {
            below = below.max(self.height(child, left)?);
        }
        for attribute in node.attributes() {
            let value = attribute.value();
            let href = value.trim().strip_prefix('#').filter(|_| attribute.name() == "href");
            let urls = value.split("url(").skip(1).filter_map(|rest| {
                rest.trim_start_matches([' ', '"', '\'']).strip_prefix('#')?.split([')', '"', '\'', ' ']).next()
            });
            for name in href.into_iter().chain(urls) {
                below = below.max(self.referred(name, left)?);
            }
        }
        (below <= left).then_some(below + 1)
    }

    fn referred(&mut self, name: &'a str, left: usize) -> Option<usize> {
        if let Some(&height) = self.heights.get(name) {
            return (height <= left).then_some(height);
        }
        let Some(&node) = self.named.get(name) else { return Some(0) };
        let height = self.height(node, left)?;
        self.heights.insert(name, height);
        Some(height)
    }
}
