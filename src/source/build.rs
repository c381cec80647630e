//! From the checked tree of a report to the document: numbers, names, texts, each resolved once.
//!
//! The tree has been checked against the table of keys. What is of the wrong kind has been reported there and is passed over
//! here, so that the rest of the report is checked in the same run.

use std::path::{Path, PathBuf};

use super::characters::is_blank;
use super::expression::Scope;
use super::ids::{Ids, RowPath, has_values};
use super::include::Folders;
use super::inline::{Piece, PieceKind};
use super::keys::BlockKey;
use super::lines::{self, Numbers};
use super::provenance::UseOrigin;
use crate::diagnostic::{Code, Diagnostic, Sources, Span, say};
use crate::model::{
    Block, BlockId, BlockIndex, BlockKind, Check, Furniture, Link, Note, Number, RunKind, Scheme, Text, Value,
};
use crate::template::{LIST_LEVELS, PointsRestart, Template};
use crate::world::World;
use crate::yaml::near::suggestion;
use crate::yaml::tree::{Key, Node};

/// The deepest level of headings.
pub(super) const LEVELS: usize = 4;

/// Where the name of a block is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// The source gives it.
    Given,
    /// It is derived from the text of the block.
    Derived,
}

/// What the blocks are built with and from.
pub(super) struct Builder<'a> {
    pub world: &'a dyn World,
    pub sources: &'a Sources,
    pub diagnostics: &'a mut Vec<Diagnostic>,
    /// What is right but worth a look.
    pub remarks: Vec<Diagnostic>,
    /// Headings below which something is written and nothing prints.
    pub bare: Vec<Span>,
    /// The rows of the data that tables print as their totals.
    pub totals: Vec<Span>,
    /// The folder of the report.
    pub folder: &'a Path,
    /// Those of included files.
    pub folders: &'a Folders,
    pub template: &'a Template,
    /// None when the data could not be read: expressions are then passed over.
    pub scope: Option<&'a Scope>,
    pub note_nodes: &'a [(Key, Node)],
    pub term_nodes: &'a [(Key, Node)],
    pub ids: Ids,
    pub blocks: Vec<Block>,
    pub values: Vec<Value>,
    /// What each value was computed from.
    pub origins: Vec<UseOrigin>,
    pub checks: Vec<Check>,
    pub notes: Vec<Note>,
    pub links: Vec<Link>,
    /// The glossary's terms by their index in `term_nodes`, in the order of their numbers.
    pub terms: Vec<usize>,
    /// References by id and the row that they are in, in the order of their runs.
    pub references: Vec<(String, RowPath, Span)>,
    /// Counts of headings by level, points, tables and figures.
    pub counts: Counts,
    /// The text so far of the block that is being built: terms are marked after their names.
    pub seen: (Option<BlockId>, String),
    /// The title of a document that prints none.
    pub unprinted: Option<String>,
}

/// How many of each there have been.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub headings: [u32; LEVELS],
    pub points: u32,
    /// Points of the last run, for those that go on after other blocks; 0 at the head of a section.
    points_before: u32,
    /// Items of the last ordered list, likewise, by level.
    pub items: [u32; LIST_LEVELS],
    /// Where the ordered list comes from that the last block was; None after another block.
    pub open_list: Option<ListOrigin>,
    /// In how many `if` and `each` the block in hand is.
    pub brought: u32,
    /// How many blocks all `each` have brought.
    pub looped: usize,
    tables: u32,
    /// Pictures and charts with captions.
    pub figures: u32,
}

/// Where a list comes from. Lists that `if` or `each` bring count on from the one before, lists that are written one after the
/// other each begin anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListOrigin {
    /// It is written where it is.
    Written,
    /// `if` or `each` has brought it.
    Brought,
}

impl Counts {
    /// Where the list in hand comes from.
    pub(super) fn origin(&self) -> ListOrigin {
        if self.brought > 0 { ListOrigin::Brought } else { ListOrigin::Written }
    }

    /// Ordered lists go on within a section only, and so do points where they are counted by runs.
    pub(super) fn start_section(&mut self, points: PointsRestart) {
        if points == PointsRestart::Run {
            (self.points, self.points_before) = (0, 0);
        }
        self.items.fill(0);
    }
}

impl Builder<'_> {
    /// Adds a list of blocks. `level` is that of the headings in it, from 1; `parent` the name of the block above them.
    pub(super) fn body(&mut self, node: &Node, level: usize, parent: &str) {
        let Some(items) = node.as_list() else { return };
        for item in items {
            self.block(item, level, parent);
        }
        self.end_points();
        self.counts.open_list = None;
    }

    /// The points that stand beside one another end, where they are counted by runs.
    fn end_points(&mut self) {
        if self.template.numbering.points_restart == PointsRestart::Run {
            self.counts.points = 0;
        }
    }

    pub(super) fn block(&mut self, node: &Node, level: usize, parent: &str) {
        let key = BlockKey::of(node);
        if !matches!(key, Some((BlockKey::Point | BlockKey::If | BlockKey::Each, _))) {
            self.end_points();
        }
        if !matches!(key, Some((BlockKey::List | BlockKey::If | BlockKey::Each, _))) {
            self.counts.open_list = None;
        }
        let Some((key, value)) = key else {
            if node.as_text().is_some() {
                self.refuse_key(node);
                self.simple("paragraph", node, node, parent, BlockKind::Paragraph);
            }
            return;
        };
        match key {
            BlockKey::Salutation => self.simple("salutation", node, value, parent, BlockKind::Salutation),
            BlockKey::Heading => self.heading(node, value, level, parent),
            BlockKey::Point => self.point(node, value, parent),
            BlockKey::Table => {
                self.counts.tables += u32::from(value.get("caption").is_some());
                self.table(node, value, self.counts.tables, parent);
            }
            BlockKey::Figure => self.figure(node, value, parent, None),
            BlockKey::Figures => self.figures(value, parent),
            BlockKey::Chart => {
                let count = self.count_figure(value);
                self.chart(node, value, count, parent);
            }
            BlockKey::List => self.list(value, node, 1, parent),
            BlockKey::Signature => self.signature(node, value, parent),
            BlockKey::Break => self.page_break(node, parent),
            BlockKey::PageBreak => {
                if value.is_true() {
                    self.page_break(node, parent);
                }
            }
            // Put in before the tree was checked; one that is left has been reported.
            BlockKey::Include => {}
            BlockKey::If => self.condition(node, value, level, parent),
            BlockKey::Each => self.each(node, value, level, parent),
            BlockKey::Paragraph => self.simple("paragraph", node, value, parent, BlockKind::Paragraph),
        }
    }

    fn page_break(&mut self, node: &Node, parent: &str) {
        let id = self.ids.derive("break", "", parent);
        self.add(id, Naming::Derived, node.span, BlockKind::PageBreak);
    }

    /// Leaves out page breaks that nothing but an imprint follows, which has its place by itself.
    pub(super) fn drop_idle_breaks(&mut self) {
        while let Some(idle) = self.blocks.pop_if(|last| last.kind == BlockKind::PageBreak) {
            self.remarks.push(Diagnostic::advice(
                Code::IDLE_BREAK,
                idle.span,
                say!("分页后面没有内容，这里不另起一页", "nothing follows this page break, which begins no page"),
                say!("删去，或者在后面写上内容", "remove it, or write what is to be on the next page"),
            ));
        }
    }

    /// A block of one text.
    fn simple(&mut self, kind: &str, node: &Node, text: &Node, parent: &str, make: fn(Text) -> BlockKind) {
        self.tell_comment(text);
        let pieces = self.pieces(text);
        let (id, named) = self.id(kind, node.get("id"), &pieces, parent);
        let printed = self.text(&pieces, Some(&id));
        if kind == "paragraph" {
            if self.is_left_out(text, &printed) {
                return;
            }
        } else {
            self.refuse_empty(text, &printed);
        }
        self.add(id, named, node.span, make(printed));
    }

    fn point(&mut self, node: &Node, lead: &Node, parent: &str) {
        self.tell_comment(lead);
        let pieces = self.pieces(lead);
        let (id, named) = self.id("point", node.get("id"), &pieces, parent);
        let printed = self.text(&pieces, Some(&id));
        let rest = node.get("text").map(|text| {
            let pieces = self.pieces(text);
            lines::apart(&printed, self.text(&pieces, Some(&id)), text.span)
        });
        let rest = rest.unwrap_or_default();
        if !is_blank(&rest) {
            self.refuse_empty(lead, &printed);
        } else if self.is_left_out(lead, &printed) {
            return;
        }
        if self.counts.points == 0 && self.continues(node, self.counts.points_before) {
            self.counts.points = self.counts.points_before;
        }
        self.counts.points += 1;
        self.counts.points_before = self.counts.points;
        let number = number(&self.template.numbering.points, self.counts.points);
        let kind = BlockKind::Point { number, lead: printed, text: rest };
        self.add(id, named, node.span, kind);
    }

    /// True when a block goes on with the count of those before it, of which there must be some.
    pub(super) fn continues(&mut self, node: &Node, before: u32) -> bool {
        let Some(asked) = node.get("continue").filter(|n| n.is_true()) else { return false };
        if before == 0 {
            self.diagnostics.push(Diagnostic::error(
                Code::BAD_VALUE,
                asked.span,
                say!("前面没有可以接着编号的内容", "there is nothing before it to go on from"),
                say!(
                    "同一个标题下，前面要有编了号的同一种内容；否则删去 continue",
                    "the section must have such blocks before it; else remove continue"
                ),
            ));
        }
        before > 0
    }

    /// Writes the notes that were called, in the order of their first call.
    pub(super) fn write_notes(&mut self) {
        let called = self.notes.len();
        for index in 0..called {
            let name = self.notes[index].name.clone();
            let Some((_, node)) = self.note_nodes.iter().find(|(k, _)| k.name == name) else { continue };
            let mut pieces = self.pieces(node);
            for piece in pieces.extract_if(.., |p| matches!(p.kind, PieceKind::Note(_))).collect::<Vec<_>>() {
                self.diagnostics.push(Diagnostic::error(
                    Code::UNKNOWN_NOTE,
                    piece.span(),
                    say!("脚注里不能再引脚注", "a note cannot call a note"),
                    say!("把内容写进这条脚注", "write its text into this note"),
                ));
            }
            let text = self.text(&pieces, None);
            self.refuse_empty(node, &text);
            self.notes[index].text = text;
        }
    }

    /// Gives every reference its number.
    pub(super) fn resolve_references(&mut self, furniture: &mut Furniture) {
        let mut targets: Vec<Option<(BlockIndex, String)>> = Vec::with_capacity(self.references.len());
        for (id, row, span) in std::mem::take(&mut self.references) {
            let meant = self.ids.meant(&id, &row);
            let target = self.blocks.iter().position(|b| b.id.0 == meant);
            let bare = target.and_then(|at| match &self.blocks[at].kind {
                BlockKind::AttachmentMark { text, .. } => Some((BlockIndex::new(at), text.plain())),
                kind => kind.number().map(|n| (BlockIndex::new(at), n.bare.clone())),
            });
            match (target, &bare) {
                (None, _) => {
                    let (zh, en) = suggestion(&id, self.ids.names());
                    self.diagnostics.push(Diagnostic::error(
                        Code::UNKNOWN_REFERENCE,
                        span,
                        say!("没有编号为“{id}”的内容", "no block has the id \"{id}\""),
                        say!(
                            "给要引用的标题、表或图写上 id: {id}{zh}",
                            "give the heading, table or figure id: {id}{en}"
                        ),
                    ));
                }
                (Some(at), None) => {
                    let place = self.blocks[at].span;
                    self.diagnostics.push(
                        Diagnostic::error(
                            Code::UNNUMBERED_REFERENCE,
                            span,
                            say!("“{id}”没有序号，不能这样引用", "\"{id}\" has no number to refer to"),
                            say!(
                                "引用有序号的标题、有题的表或图，或者直接写它的名称",
                                "refer to a numbered heading or a captioned table or figure, or write its name"
                            ),
                        )
                        .with_related(place, say!("它在这里", "it is here")),
                    );
                }
                _ => {}
            }
            targets.push(bare);
        }
        let is_term = |b: &Block| matches!(b.kind, BlockKind::Term { .. });
        let terms: Vec<BlockIndex> =
            (0..self.blocks.len()).filter(|&at| is_term(&self.blocks[at])).map(BlockIndex::new).collect();
        let settle = |text: &mut Text| {
            for run in &mut text.runs {
                if let RunKind::Term(place) = &mut run.kind
                    && let Some(block) = terms.get(place.get())
                {
                    *place = *block;
                }
                if let RunKind::Reference(index) = run.kind
                    && let Some(Some((block, bare))) = targets.get(index.get())
                {
                    run.kind = RunKind::Reference(*block);
                    run.text.clone_from(bare);
                }
            }
            lines::join(text, Numbers::Known);
        };
        for block in &mut self.blocks {
            block.kind.texts_mut().into_iter().for_each(settle);
        }
        for note in &mut self.notes {
            settle(&mut note.text);
        }
        [&mut furniture.mark, &mut furniture.watermark].into_iter().flatten().for_each(settle);
    }

    /// The text of a node that must not be empty.
    pub(super) fn required(&mut self, node: &Node, id: &BlockId) -> Text {
        let pieces = self.pieces(node);
        let text = self.text(&pieces, Some(id));
        self.refuse_empty(node, &text);
        text
    }

    /// The name of a block: given, or derived.
    pub(super) fn id(&mut self, kind: &str, given: Option<&Node>, pieces: &[Piece], parent: &str) -> (BlockId, Naming) {
        match given.and_then(|node| Some((node, node.as_text()?))) {
            Some((node, name)) if has_values(name) => {
                if let Some(name) = self.filled(node) {
                    return (self.ids.given_by_values(&name, node.span, self.diagnostics), Naming::Given);
                }
            }
            Some((_, name)) => return (self.ids.given_in_row(name), Naming::Given),
            None => {}
        }
        (self.ids.derive(kind, &own_text(pieces), parent), Naming::Derived)
    }

    /// The folder of the file that a place is in.
    pub(super) fn folder_of(&self, place: Span) -> &Path {
        self.folders.get(&place.file).map_or(self.folder, PathBuf::as_path)
    }

    pub(super) fn add(&mut self, id: BlockId, naming: Naming, span: Span, kind: BlockKind) {
        self.blocks.push(Block { id, named: naming == Naming::Given, span, kind });
    }
}

/// A number and its bare form, without the mark that parts it from what follows.
pub(super) fn number(scheme: &Scheme, count: u32) -> Number {
    written_number(scheme.write(count), count)
}

/// A number as it is written, and its bare form.
pub(super) fn written_number(text: String, count: u32) -> Number {
    let bare = text.trim_end_matches(['、', '.', '．', '是', '，', ' ', '　']).to_owned();
    Number { count, text, bare }
}

/// What the author wrote, values left out: changed data must not rename a block.
pub(super) fn own_text(pieces: &[Piece]) -> String {
    let mut own = String::new();
    for piece in pieces {
        if let PieceKind::Text(text) = &piece.kind {
            own.push_str(text);
        }
    }
    if own.is_empty() {
        pieces
            .iter()
            .filter_map(|p| if let PieceKind::Expression(e, _) = &p.kind { Some(e.as_str()) } else { None })
            .collect()
    } else {
        own
    }
}
