//! The document: its blocks, and what they refer to.

use super::{
    Block, BlockId, BlockIndex, BlockKind, CellPicture, Check, Contents, Cover, Fact, Figure, Handed, Imprint, Lie,
    Link, LinkIndex, NoteIndex, PictureIndex, RedHead, ShownPicture, TableGrid, Text, TitlePart, ValueIndex,
};
use crate::diagnostic::Span;

/// A whole report, resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Facts about the document as a whole.
    pub meta: Meta,
    /// Blocks in reading order, the title first.
    pub blocks: Vec<Block>,
    /// Every use of a data value, in reading order.
    pub values: Vec<Value>,
    /// Footnotes, in the order of their first call.
    pub notes: Vec<Note>,
    /// The figures that the values print, in the order of their first use.
    pub facts: Vec<Fact>,
    /// The checks that hold for the data.
    pub checks: Vec<Check>,
    /// Addresses that words lead to.
    pub links: Vec<Link>,
    /// True: there is a table of contents before the body.
    pub contents: bool,
    /// What is printed on pages beside the text.
    pub furniture: Furniture,
}

/// What is printed on pages beside the text, as the report says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Furniture {
    /// The mark above the type area of every page; None: there is none, or it is on the first page alone, as a block.
    pub mark: Option<Text>,
    /// The text behind that of the pages; None: that of the template.
    pub watermark: Option<Text>,
}

impl Document {
    /// The blocks with their places, in reading order.
    pub fn indexed(&self) -> impl Iterator<Item = (BlockIndex, &Block)> {
        self.blocks.iter().enumerate().map(|(at, block)| (BlockIndex::new(at), block))
    }

    /// The pictures among so many blocks, from the first on: those of a row.
    pub fn figures(&self, first: BlockIndex, of: usize) -> impl Iterator<Item = (BlockIndex, &Block, &Figure)> {
        self.indexed().skip(first.get()).take(of).filter_map(|(index, block)| match &block.kind {
            BlockKind::Figure(figure) => Some((index, block, figure)),
            _ => None,
        })
    }

    /// All pictures, in reading order.
    pub fn pictures(&self) -> impl Iterator<Item = ShownPicture<'_>> {
        self.indexed().flat_map(|(index, block)| pictures_of(index, block))
    }

    /// A picture.
    #[must_use]
    pub fn picture(&self, index: PictureIndex) -> Option<ShownPicture<'_>> {
        pictures_of(index.block, self.block(index.block)?).into_iter().find(|picture| picture.index == index)
    }

    /// A block.
    #[must_use]
    pub fn block(&self, index: BlockIndex) -> Option<&Block> {
        self.blocks.get(index.get())
    }

    /// A use of data.
    #[must_use]
    pub fn value(&self, index: ValueIndex) -> Option<&Value> {
        self.values.get(index.get())
    }

    /// A footnote.
    #[must_use]
    pub fn note(&self, index: NoteIndex) -> Option<&Note> {
        self.notes.get(index.get())
    }

    /// The uses of values, each with the figures that it depends on.
    #[must_use]
    pub fn handed(&self) -> Vec<Handed> {
        let of = |value: &Value| Handed { id: value.id.clone(), text: value.text.clone(), figures: Vec::new() };
        let mut all: Vec<Handed> = self.values.iter().map(of).collect();
        for fact in &self.facts {
            for used in &fact.uses {
                if let Some(one) = all.get_mut(used.get()) {
                    one.figures.push((fact.name.clone(), fact.printed.clone()));
                }
            }
        }
        all.retain(|one| !one.figures.is_empty());
        all
    }

    /// An address.
    #[must_use]
    pub fn link(&self, index: LinkIndex) -> Option<&Link> {
        self.links.get(index.get())
    }

    /// The cover, if there is one.
    #[must_use]
    pub fn cover(&self) -> Option<Single<'_, Cover>> {
        self.single(|kind| if let BlockKind::Cover(cover) = kind { Some(cover) } else { None })
    }

    /// The table of contents, if there is one.
    #[must_use]
    pub fn contents(&self) -> Option<Single<'_, Contents>> {
        self.single(|kind| if let BlockKind::Contents(contents) = kind { Some(contents) } else { None })
    }

    /// The red head, if there is one.
    #[must_use]
    pub fn red_head(&self) -> Option<Single<'_, RedHead>> {
        self.single(|kind| if let BlockKind::RedHead(head) = kind { Some(head) } else { None })
    }

    /// The imprint, if there is one.
    #[must_use]
    pub fn imprint(&self) -> Option<Single<'_, Imprint>> {
        self.single(|kind| if let BlockKind::Imprint(imprint) = kind { Some(imprint) } else { None })
    }

    fn single<T>(&self, content: impl Fn(&BlockKind) -> Option<&T>) -> Option<Single<'_, T>> {
        self.indexed().find_map(|(index, block)| Some(Single { index, block, content: content(&block.kind)? }))
    }

    /// How a block lies on its pages: the mark and title of an attachment as what it begins with, which is on their page.
    #[must_use]
    pub fn lie(&self, index: BlockIndex) -> Lie {
        let below = match self.block(index).map(|block| &block.kind) {
            Some(BlockKind::AttachmentMark { .. }) => 2,
            Some(BlockKind::AttachmentTitle(_)) => 1,
            _ => 0,
        };
        self.blocks.get(index.get() + below).map_or(Lie::Upright, |block| block.kind.lie())
    }

    /// The mark, where it has one, and the title of the attachment that begins with a block; else none.
    pub(crate) fn attachment_begun_by(&self, index: BlockIndex) -> Vec<(BlockIndex, &Block)> {
        let before = |by: usize| {
            let at = BlockIndex::new(index.get().checked_sub(by)?);
            self.block(at).map(|block| (at, block))
        };
        let title = before(1).filter(|(_, title)| matches!(title.kind, BlockKind::AttachmentTitle(_)));
        let mark = title.and(before(2)).filter(|(_, mark)| matches!(mark.kind, BlockKind::AttachmentMark { .. }));
        mark.into_iter().chain(title).collect()
    }

    /// True for a table right below another one, with nothing between their frames: no caption, unit, note or source.
    #[must_use]
    pub fn follows_table(&self, index: BlockIndex) -> bool {
        let kind = |at: usize| self.blocks.get(at).map(|block| &block.kind);
        let before = index.get().checked_sub(1).and_then(kind);
        let (Some(BlockKind::Table(above)), Some(BlockKind::Table(table))) = (before, kind(index.get())) else {
            return false;
        };
        let named = table.caption.is_some() || table.number.is_some() || table.unit.is_some();
        !named && above.below.is_empty() && !above.landscape && !table.landscape
    }

    /// The headings, in reading order.
    pub fn headings(&self) -> impl Iterator<Item = (BlockIndex, &Block)> {
        self.indexed().filter(|(_, block)| matches!(block.kind, BlockKind::Heading { .. }))
    }

    /// What bookmarks list, in reading order: headings, the glossary, attachments with the headings in them. Contents list fewer.
    #[must_use]
    pub fn listing(&self) -> Vec<Listed> {
        let mut attached = false;
        let mut listing = Vec::new();
        for (block, Block { kind, .. }) in self.indexed() {
            let (level, title, in_contents) = match kind {
                BlockKind::Heading { level, number, text, .. } => {
                    let number = number.as_ref().map_or("", |number| &number.text);
                    (level + u8::from(attached), titled(number, Some(text)), !attached)
                }
                BlockKind::AttachmentMark { text: mark, .. } => {
                    attached = true;
                    let title = match self.blocks.get(block.get() + 1).map(|next| &next.kind) {
                        Some(BlockKind::AttachmentTitle(title)) => Some(title),
                        _ => None,
                    };
                    let gap = if self.meta.is_chinese() { '\u{3000}' } else { ' ' };
                    (1, titled(&format!("{}{gap}", mark.plain().trim_end()), title), true)
                }
                BlockKind::AttachmentTitle(title) if !self.is_marked(block) => {
                    attached = true;
                    (1, titled("", Some(title)), true)
                }
                BlockKind::GlossaryTitle(text) => (1, titled("", Some(text)), false),
                _ => continue,
            };
            listing.push(Listed { block, level, title, in_contents });
        }
        listing
    }

    /// True for the title of an attachment below its mark; one that a document puts in force has none.
    #[must_use]
    pub fn is_marked(&self, title: BlockIndex) -> bool {
        let mark = title.get().checked_sub(1).and_then(|at| self.blocks.get(at));
        mark.is_some_and(|mark| matches!(mark.kind, BlockKind::AttachmentMark { .. }))
    }

    /// What contents of a depth list: headings of the report itself, and attachments by their titles. Headings within attachments
    /// count from one again, and are left to them.
    pub fn listed(&self, depth: u8) -> impl Iterator<Item = Listed> {
        self.listing().into_iter().filter(move |listed| listed.in_contents && listed.level <= depth)
    }
}

/// A block of a kind that a document has once, with its content.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Single<'a, T> {
    /// Its place.
    pub index: BlockIndex,
    /// The block.
    pub block: &'a Block,
    /// Its content.
    pub content: &'a T,
}

/// Something that bookmarks list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The block that it begins with.
    pub block: BlockIndex,
    /// 1 to 5.
    pub level: u8,
    /// Number and text, without the marks of notes.
    pub title: Vec<TitlePart>,
    /// True when contents list it too, if they go down to its level.
    pub in_contents: bool,
}

impl Listed {
    /// The title in characters that stand above or below their line by themselves, where looks are not to be had.
    #[must_use]
    pub fn plain(&self) -> String {
        self.title.iter().map(|part| part.shift.typed(&part.text)).collect()
    }
}

/// A number and what follows it.
fn titled(number: &str, text: Option<&Text>) -> Vec<TitlePart> {
    let number = (!number.is_empty()).then(|| TitlePart::new(number.to_owned()));
    number.into_iter().chain(text.map(Text::title_parts).unwrap_or_default()).collect()
}

/// Facts about the document as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta {
    /// The title on one line.
    pub title: String,
    /// The issuing body, where it can be told, else the speaker.
    pub author: Option<String>,
    /// BCP 47: `zh-CN`.
    pub language: String,
    /// The one time in the outputs, in seconds since 1970-01-01 UTC: SOURCE_DATE_EPOCH, else the report's own date
    /// (its first full date, at midnight in Beijing), else 2000-01-01.
    pub timestamp: i64,
}

impl Meta {
    /// True for a report in Chinese.
    pub(crate) fn is_chinese(&self) -> bool {
        self.language.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case("zh"))
    }
}

/// One use of a data value.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Its stable name in the outputs, unique: the expression's path, with a count where it is used more than once.
    pub id: String,
    /// The expression as written.
    pub expression: String,
    /// What is printed.
    pub text: String,
    /// The place of `{{ … }}`.
    pub used: Span,
    /// Where the data defines it, for an expression that names one entry.
    pub defined: Option<Span>,
    /// The block that uses it, where it has one.
    pub block: Option<BlockId>,
}

/// A footnote.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its name in the source.
    pub name: String,
    /// Its count in the document, from 1.
    pub count: u32,
    /// Its text.
    pub text: Text,
    /// Where it is written.
    pub span: Span,
}

/// The pictures of a block: its own, or those of a table's cells.
fn pictures_of(index: BlockIndex, block: &Block) -> Vec<ShownPicture<'_>> {
    let (lie, span) = (block.kind.lie(), block.span);
    match &block.kind {
        BlockKind::Figure(Figure { file, width, alt, .. }) => {
            vec![ShownPicture { index: PictureIndex::of(index), file, width: *width, alt, lie, span }]
        }
        BlockKind::Table(table) if table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.picture.is_some()) => {
            TableGrid::new(table)
                .pictures()
                .map(|(cell, CellPicture { file, width, alt, span })| ShownPicture {
                    index: PictureIndex { block: index, cell: Some(cell) },
                    file,
                    width: *width,
                    alt,
                    lie,
                    span: *span,
                })
                .collect()
        }
        _ => Vec::new(),
    }
}
