//! What a Word file remembers of the report that it was made from: its text as handed out, in a custom part that Word, WPS and
//! LibreOffice keep when they save.

use super::WordError;
use super::handout_looks as looks;
use super::package::{OFFICE, Package, RELATIONSHIPS};
use super::xml::Xml;
use crate::model::{
    Bit, BitKind, BitLook, BlockId, CellText, Comment, Handed, Item, ItemRole, Loss, LossKind, Manuscript, Phrase,
    Picture, RowNote, RowText, Shift,
};
use serde_json::{Value, json};

/// The namespace of the part's root element.
pub const NAMESPACE: &str = "urn:dinggao:handout:1";
const PROPERTIES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/customXml";
/// Names the part among others of its kind; the same in every file.
const ITEM: &str = "{2D470B01-5D47-4B5A-9E0C-64696E676761}";

/// Adds what is handed out to a package.
pub(super) fn add(package: &mut Package<'_>, manuscript: &Manuscript) -> Result<(), WordError> {
    let mut xml = Xml::default();
    xml.text("handout", &[("xmlns", NAMESPACE)], &write(manuscript));
    package.part("customXml/item1.xml", &xml.finish())?;
    let mut xml = Xml::default();
    xml.open("ds:datastoreItem", &[("ds:itemID", ITEM), ("xmlns:ds", PROPERTIES)]);
    xml.open("ds:schemaRefs", &[]).empty("ds:schemaRef", &[("ds:uri", NAMESPACE)]);
    package.part("customXml/itemProps1.xml", &xml.finish())?;
    let mut xml = Xml::default();
    xml.open("Relationships", &[("xmlns", RELATIONSHIPS)]);
    let kind = format!("{OFFICE}customXmlProps");
    xml.empty("Relationship", &[("Id", "rId1"), ("Type", &kind), ("Target", "itemProps1.xml")]);
    package.part("customXml/_rels/item1.xml.rels", &xml.finish())
}

/// A manuscript as JSON, short.
#[must_use]
pub fn write(manuscript: &Manuscript) -> String {
    let loss = |l: &Loss| json!([loss_name(l.what), l.text, l.item]);
    let figure = |f: &Handed| json!([f.id, f.text, f.figures]);
    let (formats, settings) = looks::write(manuscript);
    let mut out = "{\"version\":1".to_owned();
    add_list(&mut out, "items", manuscript.items.iter().map(item));
    add_list(&mut out, "notes", manuscript.notes.iter().map(item));
    add_list(&mut out, "losses", manuscript.losses.iter().map(loss));
    add_list(&mut out, "figures", manuscript.figures.iter().map(figure));
    for (key, value) in [("formats", formats), ("settings", settings), ("features", looks::told())] {
        out.extend([",\"", key, "\":", &value.to_string()]);
    }
    if !manuscript.carried.is_empty() {
        add_list(&mut out, "comments", manuscript.carried.iter().map(comment));
    }
    if let Some(row) = &manuscript.row {
        out.extend([",\"row\":", &json!([row.list, row.name, row.file]).to_string()]);
    }
    out.push('}');
    out
}

/// Adds a list to an object of JSON. Its values are made and written one by one: as a tree, those of a thousand pages take
/// more memory than the pages.
fn add_list(out: &mut String, key: &str, values: impl Iterator<Item = Value>) {
    out.extend([",\"", key, "\":["]);
    for (at, value) in values.enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push_str(&value.to_string());
    }
    out.push(']');
}

/// A manuscript from its JSON; None for anything else.
#[must_use]
pub fn read(text: &str) -> Option<Manuscript> {
    let root: Value = serde_json::from_str(text).ok()?;
    if root.get("version")?.as_u64()? != 1 {
        return None;
    }
    let items = |key: &str| root.get(key)?.as_array()?.iter().map(to_item).collect::<Option<Vec<Item>>>();
    let loss = |value: &Value| {
        let what = LOSSES.iter().find(|(_, name)| value[0].as_str() == Some(name))?.0;
        Some(Loss { what, text: value[1].as_str()?.to_owned(), item: usize::try_from(value[2].as_u64()?).ok()? })
    };
    let losses = root.get("losses")?.as_array()?.iter().map(loss).collect::<Option<Vec<Loss>>>()?;
    let figures = root.get("figures").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let figures = figures.iter().map(to_handed).collect::<Option<Vec<Handed>>>()?;
    let (items, notes) = (items("items")?, items("notes")?);
    let formattings = looks::formattings(root.get("formats"))?;
    let settings = looks::settings(root.get("settings"));
    let untold = looks::untold(root.get("features"));
    let carried = root.get("comments").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let carried = carried.iter().map(to_comment).collect::<Option<Vec<Comment>>>()?;
    let row = root.get("row").and_then(|row| {
        let text = |at: usize| row.get(at).and_then(Value::as_str).map(str::to_owned);
        Some(RowNote { list: text(0)?, name: text(1)?, file: text(2)? })
    });
    Some(Manuscript {
        items,
        notes,
        figures,
        carried,
        row,
        losses,
        formattings,
        untold,
        settings,
        ..Manuscript::default()
    })
}

fn comment(comment: &Comment) -> Value {
    let replies: Vec<Value> = comment.replies.iter().map(self::comment).collect();
    json!([comment.author, comment.date, comment.text, comment.resolved, replies])
}

fn to_comment(value: &Value) -> Option<Comment> {
    let text = |at: usize| value[at].as_str().map(str::to_owned);
    let replies = value[4].as_array()?.iter().map(to_comment).collect::<Option<Vec<Comment>>>()?;
    let (author, date, text) = (text(0)?, text(1)?, text(2)?);
    Some(Comment { author, date, text, resolved: value[3].as_bool()?, replies, ..Comment::default() })
}

fn to_handed(value: &Value) -> Option<Handed> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let pair = |value: &Value| Some((text(&value[0])?, text(&value[1])?));
    let figures = value[2].as_array()?.iter().map(pair).collect::<Option<Vec<_>>>()?;
    Some(Handed { id: text(&value[0])?, text: text(&value[1])?, figures })
}

const LOSSES: [(LossKind, &str); 15] = [
    (LossKind::TextBox, "text-box"),
    (LossKind::Formula, "formula"),
    (LossKind::OtherFormat, "other-format"),
    (LossKind::Drawing, "drawing"),
    (LossKind::NestedTable, "nested-table"),
    (LossKind::Endnote, "endnote"),
    (LossKind::Ruby, "ruby"),
    (LossKind::Symbol, "symbol"),
    (LossKind::Combined, "combined"),
    (LossKind::EndlessField, "endless-field"),
    (LossKind::Hidden, "hidden"),
    (LossKind::MadeHidden, "made-hidden"),
    (LossKind::SecondBody, "second-body"),
    (LossKind::FileHead, "file-head"),
    (LossKind::IndexEntry, "index-entry"),
];

fn loss_name(what: LossKind) -> &'static str {
    LOSSES.iter().find(|(kind, _)| *kind == what).map_or("", |(_, name)| name)
}

const ROLES: [(ItemRole, &str); 21] = [
    (ItemRole::Paragraph, "paragraph"),
    (ItemRole::Display, "display"),
    (ItemRole::Heading(1), "heading-1"),
    (ItemRole::Heading(2), "heading-2"),
    (ItemRole::Heading(3), "heading-3"),
    (ItemRole::Heading(4), "heading-4"),
    (ItemRole::Point, "point"),
    (ItemRole::Numbered(1), "numbered"),
    (ItemRole::Numbered(2), "numbered-2"),
    (ItemRole::Numbered(3), "numbered-3"),
    (ItemRole::Numbered(4), "numbered-4"),
    (ItemRole::Bullet(1), "bullet"),
    (ItemRole::Bullet(2), "bullet-2"),
    (ItemRole::Bullet(3), "bullet-3"),
    (ItemRole::Bullet(4), "bullet-4"),
    (ItemRole::Term, "term"),
    (ItemRole::Caption, "caption"),
    (ItemRole::Table, "table"),
    (ItemRole::Picture, "picture"),
    (ItemRole::Note, "note"),
    (ItemRole::Written, "written"),
];

fn item(item: &Item) -> Value {
    let role = ROLES.iter().find(|(role, _)| *role == item.role).map_or("paragraph", |(_, name)| name);
    let mut value = json!({"r": role, "s": item.style, "p": phrase(&item.phrase)});
    let mut set = |key: &str, what: Value| {
        if let Some(map) = value.as_object_mut() {
            map.insert(key.to_owned(), what);
        }
    };
    if let Some(block) = &item.block {
        set("b", json!(block.0));
    }
    if !item.number.is_empty() {
        set("n", json!(item.number));
    }
    if let Some(id) = &item.para_id {
        set("q", json!(id));
    }
    if !item.marks.is_empty() {
        set("m", json!(item.marks));
    }
    if item.heads > 0 {
        set("h", json!(item.heads));
    }
    if !item.pictures.is_empty() {
        let hash = |sum: u64| format!("{sum:016x}");
        let sums = |p: &Picture| json!([p.name, hash(p.sum), hash(p.shapes_sum), p.size.0, p.size.1, p.crop, p.alt]);
        set("i", item.pictures.iter().map(sums).collect());
    }
    if !item.rows.is_empty() {
        let cell = |c: &CellText| {
            json!([c.column, c.columns, c.rows, phrase(&c.phrase), looks::formats(&c.formats), c.formatting])
        };
        set("t", item.rows.iter().map(|r| Value::Array(r.cells.iter().map(cell).collect())).collect());
    }
    if !item.formats.is_empty() {
        set("f", looks::formats(&item.formats));
    }
    if !item.widths.is_empty() {
        set("w", json!(item.widths));
    }
    if item.ordinal > 0 {
        set("o", json!(item.ordinal));
    }
    if item.listed {
        set("l", json!(1));
    }
    value
}

fn to_item(value: &Value) -> Option<Item> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let role = ROLES.iter().find(|(_, name)| value["r"].as_str() == Some(name))?.0;
    let list = |key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let size = |value: &Value| value.as_u64().and_then(|v| usize::try_from(v).ok());
    let cell = |value: &Value| {
        Some(CellText {
            column: size(&value[0])?,
            columns: size(&value[1])?,
            rows: size(&value[2])?,
            phrase: to_phrase(&value[3])?,
            formats: looks::to_formats(value.get(4)),
            formatting: value.get(5).and_then(size).unwrap_or_default(),
            ..CellText::default()
        })
    };
    let row = |value: &Value| {
        let cells = value.as_array()?.iter().map(cell).collect::<Option<Vec<CellText>>>()?;
        Some(RowText { cells, ..RowText::default() })
    };
    let picture = |value: &Value| {
        let sum = |at: usize| u64::from_str_radix(value.get(at)?.as_str()?, 16).ok();
        // Files of before have one checksum.
        let shapes_sum = sum(2).unwrap_or_default();
        let length = |at: usize| value.get(at).and_then(Value::as_i64).unwrap_or_default();
        let crop = value.get(5).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (name, size) = (value[0].as_str()?.to_owned(), (length(3), length(4)));
        let alt = value.get(6).and_then(Value::as_str).map(str::to_owned);
        Some(Picture { name, sum: sum(1)?, shapes_sum, size, crop, alt, ..Picture::default() })
    };
    Some(Item {
        block: value.get("b").and_then(Value::as_str).map(|b| BlockId(b.to_owned())),
        role,
        number: text("n"),
        para_id: value.get("q").and_then(Value::as_str).map(str::to_owned),
        marks: list("m").iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        style: text("s"),
        heads: value.get("h").and_then(size).unwrap_or(0),
        phrase: to_phrase(value.get("p")?)?,
        rows: list("t").iter().map(row).collect::<Option<Vec<RowText>>>()?,
        formats: looks::to_formats(value.get("f")),
        widths: list("w").iter().filter_map(Value::as_i64).collect(),
        ordinal: value.get("o").and_then(Value::as_u64).and_then(|o| u32::try_from(o).ok()).unwrap_or_default(),
        listed: value.get("l").is_some(),
        pictures: list("i").iter().map(picture).collect::<Option<Vec<Picture>>>()?,
        ..Item::default()
    })
}

/// Plain text as a string, anything else as `[text, kind, strong, name]`, with 1 or -1 after that where it is raised or lowered.
fn phrase(phrase: &Phrase) -> Value {
    let bit = |bit: &Bit| {
        let (kind, name) = match &bit.kind {
            BitKind::Text if bit.look() == BitLook::default() => return json!(bit.text),
            BitKind::Text | BitKind::Markup => ("t", ""),
            BitKind::Auto => ("a", ""),
            BitKind::Value(name) => ("v", name.as_str()),
            BitKind::Note(name) => ("n", name.as_str()),
            BitKind::Break => ("b", ""),
            BitKind::Object => ("o", ""),
        };
        let shift = match bit.shift {
            Shift::None => return json!([bit.text, kind, u8::from(bit.strong), name]),
            Shift::Raised => 1,
            Shift::Lowered => -1,
        };
        json!([bit.text, kind, u8::from(bit.strong), name, shift])
    };
    Value::Array(phrase.bits.iter().map(bit).collect())
}

fn to_phrase(value: &Value) -> Option<Phrase> {
    let bit = |value: &Value| {
        if let Some(text) = value.as_str() {
            return Some(Bit { text: text.to_owned(), ..Bit::default() });
        }
        let name = || value[3].as_str().unwrap_or_default().to_owned();
        let kind = match value[1].as_str()? {
            "t" => BitKind::Text,
            "a" => BitKind::Auto,
            "v" => BitKind::Value(name()),
            "n" => BitKind::Note(name()),
            "b" => BitKind::Break,
            "o" => BitKind::Object,
            _ => return None,
        };
        let shift = match value[4].as_i64() {
            Some(1) => Shift::Raised,
            Some(-1) => Shift::Lowered,
            _ => Shift::None,
        };
        Some(Bit {
            text: value[0].as_str()?.to_owned(),
            strong: value[2].as_u64()? == 1,
            shift,
            kind,
            ..Bit::default()
        })
    };
    let bits = value.as_array()?.iter().map(bit).collect::<Option<Vec<Bit>>>()?;
    Some(Phrase { bits })
}
