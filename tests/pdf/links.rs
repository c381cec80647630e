//! Links: each leads to what it names, and is part of the structure.

use super::reader;
use dinggao::pdf;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// The PDF of a sample report.
fn sample(name: &str) -> Document {
    let (document, _, paged) = crate::sample::set(name);
    let fonts = crate::font::fonts();
    reader::load(&pdf::write(&document, &paged, &fonts).unwrap())
}

/// A link as a reader finds it.
struct Link {
    /// The index of the page that it is on.
    page: usize,
    rect: Vec<f64>,
    /// Where it leads: the index of a page, and the height there.
    to: (usize, f64),
    said: String,
    /// The structure type of its parent's parent.
    within: String,
}

fn links(file: &Document) -> Vec<Link> {
    let pages = reader::pages(file);
    let numbers = reader::get(file, &reader::catalog(file), &["StructTreeRoot", "ParentTree", "Nums"]);
    let numbers = numbers.as_array().unwrap().clone();
    let mut found = Vec::new();
    for (page, &id) in pages.iter().enumerate() {
        let object = file.get_dictionary(id).unwrap();
        let Ok(annotations) = object.get(b"Annots") else { continue };
        for annotation in annotations.as_array().unwrap() {
            let of = annotation.as_reference().expect("an indirect annotation");
            let link = reader::dict(file, annotation);
            assert_eq!(link.get(b"Subtype").unwrap().as_name().unwrap(), b"Link");
            assert_eq!(link.get(b"F").unwrap().as_i64().unwrap(), 4, "archives want it printed");
            let key = link.get(b"StructParent").unwrap().as_i64().unwrap();
            let place = numbers.chunks(2).find(|pair| pair[0].as_i64().unwrap() == key).expect("in the parent tree");
            let element = reader::dict(file, &place[1]);
            let within = element_of(file, &element, of);
            let to = link.get(b"Dest").unwrap().as_array().unwrap();
            let target = pages.iter().position(|&id| to[0].as_reference().unwrap() == id).expect("a page");
            found.push(Link {
                page,
                rect: link.get(b"Rect").unwrap().as_array().unwrap().iter().map(reader::float).collect(),
                to: (target, reader::float(&to[3])),
                said: reader::string(link.get(b"Contents").unwrap()),
                within,
            });
        }
    }
    found
}

/// Checks that a Link element holds text and an annotation; returns the type of the element around it.
fn element_of(file: &Document, element: &Dictionary, annotation: ObjectId) -> String {
    assert_eq!(element.get(b"S").unwrap().as_name().unwrap(), b"Link");
    let kids = element.get(b"K").unwrap().as_array().unwrap();
    assert!(kids.iter().any(|kid| kid.as_i64().is_ok()), "the text is in the element");
    let refers =
        |kid: &Object| kid.as_dict().is_ok_and(|kid| kid.get(b"Obj").unwrap().as_reference().unwrap() == annotation);
    assert!(kids.iter().any(refers), "the annotation is in the element");
    let parent = reader::get(file, element, &["P"]);
    String::from_utf8(parent.as_dict().unwrap().get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap()
}

/// The lines of a page: baseline and text.
fn lines(file: &Document, page: usize) -> Vec<(f64, String)> {
    let mut lines: Vec<(f64, String)> = Vec::new();
    for glyph in reader::shown(file, reader::pages(file)[page]) {
        match lines.iter_mut().find(|(y, _)| (*y - glyph.y).abs() < 0.01) {
            Some((_, text)) => text.push_str(&glyph.text),
            None => lines.push((glyph.y, glyph.text)),
        }
    }
    lines
}

/// The first line below a place.
fn line_at(file: &Document, (page, y): (usize, f64)) -> String {
    let below = lines(file, page).into_iter().filter(|(baseline, _)| *baseline < y);
    below.max_by(|a, b| a.0.total_cmp(&b.0)).expect("a line below").1
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_line_of_the_contents_leads_to_the_page_whose_number_it_prints() {
    let file = sample("full-report.yaml");
    let contents: Vec<Link> = links(&file).into_iter().filter(|link| link.within == "Reference").take(7).collect();
    // The cover and the contents have no numbers.
    assert!(contents.len() >= 7, "{}", contents.len());
    let mut titles = String::new();
    for link in &contents {
        let (title, number) = link.said.rsplit_once(' ').unwrap_or((&link.said, ""));
        titles.push_str(title);
        let Ok(number) = number.parse::<usize>() else {
            continue;
        };
        assert_eq!(link.to.0 + 1, number + 2, "{}", link.said);
        let there = squeeze(&line_at(&file, link.to));
        let title = squeeze(&titles);
        assert!(title.starts_with(&there), "{title} leads to {there}");
        titles.clear();
    }
}

#[test]
fn references_marks_and_notes_lead_to_one_another() {
    let file = sample("full-report.yaml");
    let links = links(&file);
    let to = |said: &str, within: &str| {
        let link = links.iter().find(|l| l.said == said && l.within == within).unwrap_or_else(|| panic!("{said}"));
        (link.page, link.rect.clone(), line_at(&file, link.to))
    };
    let (page, mark, note) = to("②", "Reference");
    assert!(note.starts_with("②备案审查的对象"), "{note}");
    let (below, _, call) = to("②", "Lbl");
    assert!(call.contains("规范性文件35件②"), "{call}");
    assert_eq!(page, below);
    assert!(mark[0] < mark[2] && mark[1] < mark[3] && mark[3] - mark[1] < 20.0, "{mark:?}");
    assert!(to("4", "Reference").2.starts_with("4.家站点"));
    assert!(to("（二）", "Reference").2.starts_with("（二）紧扣高质量发展"));
    assert!(to("附件", "Reference").2.starts_with("附件"));
}

#[test]
fn figures_and_tables_are_led_to_by_their_upper_edge() {
    let file = sample("tables-and-pictures.yaml");
    let links = links(&file);
    let of = |said: &str| links.iter().find(|link| link.said == said).unwrap_or_else(|| panic!("{said}"));
    assert!(line_at(&file, of("表1").to).contains("2024年主要经济指标完成情况"));
    // The caption is below the picture, which is 100 mm wide and led to.
    let (page, top) = of("图1").to;
    let caption = lines(&file, page).into_iter().find(|(_, text)| text.starts_with("图1")).expect("the caption").0;
    assert!(top - caption > 100.0, "{top} {caption}");
}

#[test]
fn attachments_and_the_glossary_have_bookmarks() {
    let file = sample("full-report.yaml");
    let mut at = reader::get(&file, &reader::catalog(&file), &["Outlines", "First"]).as_dict().unwrap().clone();
    let mut titles = vec![reader::string(at.get(b"Title").unwrap())];
    while let Ok(next) = at.get(b"Next") {
        at = reader::dict(&file, next);
        titles.push(reader::string(at.get(b"Title").unwrap()));
    }
    let expected = ["一、2023年主要工作", "二、2024年工作安排", "名词解释", "附件\u{3000}2024年常委会重点工作任务分工"];
    assert_eq!(titles, expected);
}
