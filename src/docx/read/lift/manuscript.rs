//! The whole of a file: the body, the notes, the comments, the pictures.

use super::super::ReadError;
use super::super::parse::{Element, OpenedPackage, Stream, tree};
use super::view::{FieldLook, View};
use super::walk::{Walker, joined};
use super::{comments, numbering, settings, styles};
use crate::model::{Formatting, Item, ItemRole, LossKind, Manuscript, Picture, SavedWith, WordSetting};
use std::collections::{BTreeMap, BTreeSet};

/// The manuscript of a Word file.
pub(in super::super) fn manuscript(
    package: &mut OpenedPackage<'_>,
    view: &View,
    field_look: FieldLook,
) -> Result<Manuscript, ReadError> {
    let main = package.main.clone();
    let relationships = package.relationships(&main)?;
    let part = |kind: &str| relationships.iter().find(|r| r.kind.ends_with(kind)).map(|r| r.target.clone());
    let styles = match part("/styles") {
        Some(name) => styles::read(package, &name)?,
        None => styles::ReadStyles::default(),
    };
    let targets: BTreeMap<&str, &str> = relationships.iter().map(|r| (r.id.as_str(), r.target.as_str())).collect();
    let comments = comments::read(package, &relationships)?;
    let xml = package.xml(&main)?.ok_or(ReadError::NotWord)?;
    let lists = match part("/numbering") {
        Some(name) => numbering::read(package, &name)?,
        None => numbering::ListCounts::default(),
    };
    let mut start = Walker::new(view, &styles, &targets, lists);
    start.field_look = field_look;
    start.addresses = package.addresses(&main);
    start.saved_with = saved_with(package)?;
    if let Some(name) = part("/endnotes") {
        start.endnotes = endnotes(package, &name)?;
    }
    let mut walker = start.clone();
    body(&mut walker, &xml, &main)?;
    // A field that nothing ends, in a damaged file, would take in all that follows.
    let endless: BTreeSet<usize> = walker.fields.iter().map(|field| field.count).filter(|count| *count > 0).collect();
    if !endless.is_empty() {
        walker = start;
        walker.endless = endless;
        body(&mut walker, &xml, &main)?;
    }
    let mut manuscript = Manuscript { items: std::mem::take(&mut walker.out), ..Manuscript::default() };
    manuscript.notes = match part("/footnotes") {
        Some(name) => notes(package, &name, &mut walker)?,
        None => Vec::new(),
    };
    manuscript.losses = std::mem::take(&mut walker.losses);
    let mut said = std::mem::take(&mut walker.settings);
    settings::furniture(package, &walker.furniture, &mut said)?;
    manuscript.formattings = formattings(std::mem::take(&mut walker.formattings));
    manuscript.saved_with = walker.saved_with;
    manuscript.tracked = walker.tracked;
    manuscript.contents = std::mem::take(&mut walker.contents);
    manuscript.removed = std::mem::take(&mut walker.removed);
    let quotes = std::mem::take(&mut walker.quotes);
    for item in manuscript.items.iter_mut().chain(&mut manuscript.notes) {
        comments::fill(&mut item.comments, &comments, &quotes);
        for cell in item.rows.iter_mut().flat_map(|row| &mut row.cells) {
            comments::fill(&mut cell.comments, &comments, &quotes);
        }
        for picture in &mut item.pictures {
            fetch(package, picture)?;
        }
    }
    manuscript.saved_by = properties(package, &mut said)?;
    manuscript.settings = Some(said);
    Ok(manuscript)
}

/// Reads the body.
fn body(walker: &mut Walker<'_>, xml: &str, name: &str) -> Result<(), ReadError> {
    let mut stream = Stream::new(xml, name);
    if !stream.enter("body")? {
        return Err(ReadError::NotWord);
    }
    while let Some(block) = stream.next()? {
        walker.block(&block);
        if let Some(what) = walker.excess() {
            return Err(ReadError::Limit { what });
        }
    }
    walker.finish();
    if stream.enter("body")? {
        walker.lose(LossKind::SecondBody, "");
    }
    Ok(())
}

/// The formattings in the order of their indices.
fn formattings(known: BTreeMap<Formatting, usize>) -> Vec<Formatting> {
    let mut all: Vec<(usize, Formatting)> = known.into_iter().map(|(formatting, index)| (index, formatting)).collect();
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, formatting)| formatting).collect()
}

/// What endnotes say, by their ids.
fn endnotes(package: &mut OpenedPackage<'_>, name: &str) -> Result<BTreeMap<String, String>, ReadError> {
    let Some(xml) = package.xml(name)? else { return Ok(BTreeMap::new()) };
    let mut found = BTreeMap::new();
    let mut stream = Stream::new(&xml, name);
    if stream.enter("endnotes")? {
        while let Some(note) = stream.next()? {
            if let Some(id) = note.attribute("id") {
                found.insert(id.to_owned(), note.all_text());
            }
        }
    }
    Ok(found)
}

/// The names of those who tracked changes, sorted.
pub(in super::super) fn authors(package: &mut OpenedPackage<'_>) -> Result<Vec<String>, ReadError> {
    let manuscript = manuscript(package, &View::Accepted, FieldLook::Own)?;
    let mut found = BTreeSet::new();
    for item in manuscript.items.iter().chain(&manuscript.notes) {
        let rows = item.rows.iter().flat_map(|r| r.traces.iter().chain(r.cells.iter().flat_map(|c| &c.traces)));
        found.extend(item.traces.iter().chain(rows).map(|t| t.author.clone()));
    }
    Ok(found.into_iter().collect())
}

/// The footnotes in the order of their first call.
fn notes(package: &mut OpenedPackage<'_>, name: &str, walker: &mut Walker<'_>) -> Result<Vec<Item>, ReadError> {
    let Some(xml) = package.xml(name)? else { return Ok(Vec::new()) };
    // For the addresses that they lead to.
    package.relationships(name)?;
    walker.addresses = package.addresses(name);
    let mut found: BTreeMap<String, Item> = BTreeMap::new();
    let mut stream = Stream::new(&xml, name);
    if stream.enter("footnotes")? {
        while let Some(note) = stream.next()? {
            let Some(id) = note.attribute("id") else { continue };
            if note.attribute("type").is_some_and(|kind| kind != "normal") {
                continue;
            }
            let items = walker.apart(&note);
            found.insert(id.to_owned(), joined(items));
        }
    }
    let calls = std::mem::take(&mut walker.calls);
    let mut notes = Vec::new();
    for (id, name) in calls {
        let mut item = found.remove(&id).unwrap_or_default();
        item.role = ItemRole::Note;
        item.marks = vec![name];
        notes.push(item);
    }
    Ok(notes)
}

/// Takes in the bytes of a picture. One that is not there or too large has no checksum.
fn fetch(package: &mut OpenedPackage<'_>, picture: &mut Picture) -> Result<(), ReadError> {
    if picture.is_chart() {
        let part = package.xml(&picture.shapes)?;
        // A chart that cannot be read is none that anybody changed.
        if let Some(root) = part.and_then(|xml| tree(&xml, &picture.shapes).ok()) {
            let mut values = String::new();
            chart_values(&root, &mut values);
            picture.sum = checksum(values.as_bytes());
        }
        return Ok(());
    }
    if let Some(bytes) = package.picture(&picture.name)? {
        picture.sum = checksum(&bytes);
        picture.data = bytes;
        if !picture.shapes.is_empty()
            && let Some(shapes) = package.picture(&picture.shapes)?
        {
            picture.shapes_sum = checksum(&shapes);
        }
    }
    Ok(())
}

/// The elements of a plot area that hold series.
const CHART_KINDS: [&str; 4] = ["barChart", "lineChart", "pieChart", "areaChart"];

/// What a chart shows: its kinds, the words at its axes, names and values, numbers as they are whatever a program writes them as.
fn chart_values(element: &Element, values: &mut String) {
    for child in element.elements() {
        if CHART_KINDS.contains(&&*child.name) {
            values.push_str(&child.name);
            values.push('\n');
        }
        if matches!(&*child.name, "v" | "t") {
            let text = child.all_text();
            let text = text.trim();
            values.push_str(&text.parse::<f64>().map_or_else(|_| text.to_owned(), |number| number.to_string()));
            values.push('\n');
        } else {
            chart_values(child, values);
        }
    }
}

/// FNV-1a, 64 bits.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The program that wrote the file, as far as it matters.
fn saved_with(package: &mut OpenedPackage<'_>) -> Result<SavedWith, ReadError> {
    let name = "docProps/app.xml";
    let Some(xml) = package.xml(name)? else { return Ok(SavedWith::default()) };
    let Ok(root) = tree(&xml, name) else { return Ok(SavedWith::default()) };
    let program = root.elements().find(|e| &*e.name == "Application").map(Element::all_text).unwrap_or_default();
    Ok(match program {
        name if name.starts_with("LibreOffice") => SavedWith::LibreOffice,
        name if name.starts_with("ONLYOFFICE") => SavedWith::OnlyOffice,
        name if name.starts_with("WPS") => SavedWith::Wps,
        _ => SavedWith::Other,
    })
}

/// Reads the properties of the file, and says who saved it.
fn properties(package: &mut OpenedPackage<'_>, said: &mut Vec<WordSetting>) -> Result<Option<String>, ReadError> {
    let name = "docProps/core.xml";
    let Some(xml) = package.xml(name)? else { return Ok(None) };
    // Properties that cannot be read keep nobody from reading the text.
    let Ok(root) = tree(&xml, name) else { return Ok(None) };
    settings::properties(&root, said);
    let by = root.elements().find(|e| &*e.name == "lastModifiedBy").map(Element::all_text);
    Ok(by.filter(|name| !name.trim().is_empty()))
}
