//! Files made to do harm: an error or a plain reading, soon, and never a panic.

#![expect(clippy::semicolon_if_nothing_returned, reason = "a case is one expression in a table")]
#![expect(clippy::format_collect, reason = "the files are made once")]

use super::desk::Desk;
use dinggao::pipeline::{MergeRequest, merge};
use dinggao::world::SystemWorld;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::time::{Duration, Instant};
use zip::write::{SimpleFileOptions, ZipWriter};

type Parts = BTreeMap<String, Vec<u8>>;

const BODY: &str = "word/document.xml";
const RELATIONS: &str = "_rels/.rels";

/// How much of something there is: little in the suite, much where `DINGGAO_HOSTILE` names a folder to keep the files in.
fn many(count: usize) -> usize {
    if std::env::var_os("DINGGAO_HOSTILE").is_some() { count } else { count / 50 + 50 }
}

fn parts(bytes: &[u8]) -> Parts {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = zip.len();
    let one = |index: usize| {
        let mut entry = zip.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        (name, content)
    };
    (0..count).map(one).collect()
}

fn pack(parts: &Parts) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A change of a part's text.
fn text(parts: &mut Parts, name: &str, change: impl FnOnce(String) -> String) {
    let old = String::from_utf8(parts.remove(name).unwrap_or_default()).unwrap();
    parts.insert(name.to_owned(), change(old).into_bytes());
}

fn body(parts: &mut Parts, before: &str) {
    text(parts, BODY, |x| x.replacen("<w:body>", &format!("<w:body>{before}"), 1));
}

fn nested(open: &str, close: &str, count: usize) -> String {
    format!("{}{}", open.repeat(count), close.repeat(count))
}

fn paragraph(content: &str) -> String {
    format!("<w:p>{content}</w:p>")
}

/// Whether it can be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    Read,
    Refused,
    /// Either will do.
    Somehow,
}
use Ends::{Read, Refused, Somehow};

type Case = (&'static str, Ends, fn(&mut Parts));

/// What is wrong with the parts of the package.
const PACKAGES: &[Case] = &[
    ("nothing", Refused, Parts::clear),
    ("no document", Refused, |p| drop(p.remove(BODY))),
    ("no relationships", Read, |p| drop(p.remove(RELATIONS))),
    ("relationships in circles", Refused, |p| text(p, RELATIONS, |x| x.replace(BODY, RELATIONS))),
    ("relationships outside", Read, |p| {
        text(p, RELATIONS, |x| x.replace("Target=\"word", "TargetMode=\"External\" Target=\"http://a.cn/word"))
    }),
    ("relationships above", Read, |p| text(p, RELATIONS, |x| x.replace("\"word/", "\"../../../word/"))),
    ("relationships of no XML", Refused, |p| text(p, RELATIONS, |_| "{}".to_owned())),
    ("a workbook", Refused, |p| text(p, RELATIONS, |x| x.replace(BODY, "xl/workbook.xml"))),
    ("relationships of the document lost", Read, |p| drop(p.remove("word/_rels/document.xml.rels"))),
    ("styles lost", Read, |p| drop(p.remove("word/styles.xml"))),
    ("footnotes lost", Read, |p| drop(p.remove("word/footnotes.xml"))),
    ("numbering lost", Read, |p| drop(p.remove("word/numbering.xml"))),
    ("styles of no XML", Refused, |p| text(p, "word/styles.xml", |_| "<w:styles".to_owned())),
    ("properties of no XML", Read, |p| text(p, "docProps/core.xml", |_| "<".to_owned())),
    ("names that lead out", Read, |p| drop(p.insert("../../etc/passwd".to_owned(), b"x".to_vec()))),
    ("many entries", Read, |p| (0..many(9000)).for_each(|n| drop(p.insert(format!("x/{n}"), Vec::new())))),
    ("too many entries", Refused, |p| (0..10_001).for_each(|n| drop(p.insert(format!("x/{n}"), Vec::new())))),
    ("a document of blanks", Refused, |p| drop(p.insert(BODY.to_owned(), vec![b' '; 9 << 20]))),
    ("a handout of another version", Read, |p| {
        text(p, "customXml/item1.xml", |x| x.replace("\"version\":1", "\"version\":2"))
    }),
    ("a handout of no JSON", Read, |p| text(p, "customXml/item1.xml", |x| x.replace("\"version\"", "version"))),
    ("a handout of other things", Read, |p| {
        text(p, "customXml/item1.xml", |x| x.replace("\"items\":[", "\"items\":[1,null,{},"))
    }),
    ("a deep handout", Read, |p| {
        text(p, "customXml/item1.xml", |x| {
            x.replace("\"items\":[", &format!("\"items\":[{},", nested("[", "]", 5000)))
        });
    }),
];

/// What is wrong with the characters and marks of the document.
const MARKUP: &[Case] = &[
    ("a DTD", Refused, |p| {
        text(p, BODY, |x| x.replacen("<w:document", "<!DOCTYPE a [<!ENTITY b \"c\">]><w:document", 1))
    }),
    ("entities of entities", Refused, |p| {
        let more: String =
            (1..9).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
        text(p, BODY, |x| {
            x.replacen("<w:document", &format!("<!DOCTYPE a [<!ENTITY l0 \"lol\">{more}]><w:document"), 1)
        });
    }),
    ("a file as entity", Refused, |p| {
        text(p, BODY, |x| {
            x.replacen("<w:document", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><w:document", 1)
        });
    }),
    ("an unknown entity", Refused, |p| text(p, BODY, |x| x.replacen("</w:t>", "&lol;</w:t>", 1))),
    ("character 0", Refused, |p| text(p, BODY, |x| x.replacen("</w:t>", "&#0;</w:t>", 1))),
    ("a character past the last", Refused, |p| text(p, BODY, |x| x.replacen("</w:t>", "&#x110000;</w:t>", 1))),
    ("no UTF-8", Refused, |p| p.get_mut(BODY).unwrap().extend([0xff, 0xfe, 0x80])),
    ("UTF-16", Read, |p| {
        let old = String::from_utf8(p.remove(BODY).unwrap()).unwrap().replacen("UTF-8", "UTF-16", 1);
        let wide = [0xfeff].into_iter().chain(old.encode_utf16()).flat_map(u16::to_le_bytes);
        p.insert(BODY.to_owned(), wide.collect());
    }),
    ("half a character of UTF-16", Refused, |p| drop(p.insert(BODY.to_owned(), vec![0xff, 0xfe, 0x00, 0xd8, 0x3c]))),
    ("a mark of order alone", Refused, |p| drop(p.insert(BODY.to_owned(), vec![0xef, 0xbb, 0xbf]))),
    ("no end", Refused, |p| text(p, BODY, |x| x.replace("</w:body>", ""))),
    ("no body", Refused, |p| text(p, BODY, |x| x.replace("w:body", "w:bode"))),
    ("an empty body", Refused, |p| {
        text(p, BODY, |x| format!("{}<w:body/></w:document>", &x[..x.find("<w:body>").unwrap()]));
    }),
    ("another namespace", Refused, |p| text(p, BODY, |x| x.replace("wordprocessingml/2006", "wordprocessingml/2005"))),
    ("many attributes", Refused, |p| {
        let more: String = (0..100).map(|n| format!(" a{n}=\"\"")).collect();
        body(p, &format!("<w:p{more}/>"));
    }),
    ("one attribute twice", Refused, |p| body(p, "<w:p a=\"1\" a=\"2\"/>")),
    ("a long attribute", Read, |p| body(p, &format!("<w:p a=\"{}\"/>", "x".repeat(many(20_000_000))))),
    ("a long name", Read, |p| body(p, &format!("<w:{}/>", "x".repeat(many(1_000_000))))),
    ("a long text", Read, |p| body(p, &paragraph(&format!("<w:r><w:t>{}</w:t></w:r>", "字".repeat(many(3_000_000)))))),
    ("marks of ours", Read, |p| body(p, &paragraph("<w:r><w:t>甲\u{2029}乙\u{fffc}丙①丁</w:t></w:r>"))),
    ("marks of direction", Read, |p| body(p, &paragraph("<w:r><w:t>甲\u{202e}乙\u{200b}丙\u{feff}</w:t></w:r>"))),
];

/// What is wrong with what the marks say.
const MEANINGS: &[Case] = &[
    ("tables in tables", Refused, |p| body(p, &nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 5000))),
    ("content controls in content controls", Refused, |p| {
        body(p, &nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 5000))
    }),
    ("changes in changes", Refused, |p| body(p, &paragraph(&nested("<w:ins><w:del>", "</w:del></w:ins>", 5000)))),
    ("links in links", Refused, |p| body(p, &paragraph(&nested("<w:hyperlink>", "</w:hyperlink>", 5000)))),
    ("choices in choices", Read, |p| {
        body(p, &nested("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>", 90))
    }),
    ("paragraphs in paragraphs", Read, |p| body(p, &nested("<w:p>", "</w:p>", 190))),
    ("a choice of nothing", Read, |p| body(p, "<mc:AlternateContent/>")),
    ("empty paragraphs", Read, |p| body(p, &"<w:p/>".repeat(many(2_000_000)))),
    ("short paragraphs", Refused, |p| {
        body(p, &paragraph("<w:r><w:t>字</w:t></w:r>").repeat(many(1_500_000).max(110_000)))
    }),
    ("a row of cells", Read, |p| {
        body(p, &format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", "<w:tc><w:p/></w:tc>".repeat(many(100_000))))
    }),
    ("a wide cell", Read, |p| {
        body(p, "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"999999999\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>")
    }),
    ("a cell of width -1", Read, |p| {
        body(p, "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"-1\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>")
    }),
    ("a far cell", Read, |p| {
        body(p, "<w:tbl><w:tr><w:trPr><w:gridBefore w:val=\"999999999\"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>")
    }),
    ("a cell that goes on from nothing", Read, |p| {
        body(p, "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>")
    }),
    ("a row of nothing", Read, |p| body(p, "<w:tbl><w:tr/></w:tbl>")),
    ("a table of blanks", Refused, |p| {
        body(p, &format!("<w:tbl>{}</w:tbl>", "<w:tr/>".repeat(many(4_000_000).max(1_050_000))))
    }),
    ("styles in circles", Read, |p| {
        text(p, "word/styles.xml", |x| {
            x.replacen("</w:styles>", "<w:style w:type=\"paragraph\" w:styleId=\"x1\"><w:basedOn w:val=\"x2\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"x2\"><w:basedOn w:val=\"x1\"/></w:style></w:styles>", 1)
        })
    }),
    ("a style of such a circle", Read, |p| {
        text(p, "word/styles.xml", |x| {
            x.replacen(
                "</w:styles>",
                "<w:style w:type=\"paragraph\" w:styleId=\"x1\"><w:basedOn w:val=\"x1\"/></w:style></w:styles>",
                1,
            )
        });
        body(p, "<w:p><w:pPr><w:pStyle w:val=\"x1\"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>");
    }),
    ("a list that is not there", Read, |p| {
        body(
            p,
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"99999\"/><w:numId w:val=\"99999\"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>",
        )
    }),
    ("a note that is not there", Read, |p| body(p, &paragraph("<w:r><w:footnoteReference w:id=\"4711\"/></w:r>"))),
    ("a note that calls itself", Read, |p| {
        text(p, "word/footnotes.xml", |x| {
            x.replacen(
                "<w:footnote w:id=\"1\">",
                "<w:footnote w:id=\"1\"><w:p><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>",
                1,
            )
        });
    }),
    ("a comment that is not there", Read, |p| {
        body(p, &paragraph("<w:commentRangeStart w:id=\"7\"/><w:r><w:commentReference w:id=\"7\"/></w:r>"))
    }),
    ("bookmarks that only end", Read, |p| body(p, &"<w:bookmarkEnd w:id=\"1\"/>".repeat(many(100_000)))),
    ("bookmarks that only begin", Refused, |p| {
        body(
            p,
            &(0..many(300_000).max(51_000))
                .map(|n| format!("<w:bookmarkStart w:id=\"{n}\" w:name=\"m{n}\"/>"))
                .collect::<String>(),
        );
    }),
    ("fields that only begin", Refused, |p| {
        body(p, &paragraph(&"<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>".repeat(many(100_000).max(2000))))
    }),
    ("fields that only end", Read, |p| {
        body(p, &paragraph(&"<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>".repeat(many(100_000))))
    }),
    ("comments that only begin", Refused, |p| {
        body(
            p,
            &paragraph(
                &(0..many(100_000).max(51_000))
                    .map(|n| format!("<w:commentRangeStart w:id=\"{n}\"/>"))
                    .collect::<String>(),
            ),
        );
    }),
    ("a picture that is not there", Read, |p| {
        body(
            p,
            &paragraph(
                "<w:r><w:drawing><a:blip xmlns:a=\"urn:a\" xmlns:r=\"urn:r\" r:embed=\"rId4711\"/></w:drawing></w:r>",
            ),
        );
    }),
];

/// Bytes that are no package, or one whose heads lie.
fn bytes(good: &[u8]) -> Vec<(&'static str, Ends, Vec<u8>)> {
    let at = good.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
    let with = |offset: usize, new: &[u8]| {
        let mut bytes = good.to_vec();
        let first = good.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
        for start in [first, at] {
            bytes[start + offset..start + offset + new.len()].copy_from_slice(new);
        }
        bytes
    };
    vec![
        ("no bytes", Refused, Vec::new()),
        ("a text", Refused, "各位委员".as_bytes().to_vec()),
        ("an old Word file", Refused, vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        ("half a package", Refused, good[..good.len() / 2].to_vec()),
        ("a package behind a text", Read, [b"text before".as_slice(), good].concat()),
        ("sizes that lie", Somehow, with(24, &[0xff, 0xff, 0xff, 0x7f])),
        ("another way to pack", Somehow, with(10, &[99, 0])),
        ("a place past the end", Somehow, with(42, &[0xff, 0xff, 0xff, 0x0f])),
    ]
}

#[test]
fn files_made_to_do_harm_do_none() {
    let desk = Desk::new();
    let good = fs::read(desk.path("out/report.docx")).unwrap();
    let keep = std::env::var_os("DINGGAO_HOSTILE").map(std::path::PathBuf::from);
    let mut files = bytes(&good);
    for (name, ends, change) in PACKAGES.iter().chain(MARKUP).chain(MEANINGS) {
        let mut all = parts(&good);
        change(&mut all);
        files.push((name, *ends, pack(&all)));
    }
    assert!(files.len() >= 60);
    let mut wrong = Vec::new();
    for (number, (name, ends, bytes)) in files.iter().enumerate() {
        if let Some(folder) = &keep {
            fs::write(folder.join(format!("{number:02}.docx")), bytes).unwrap();
        }
        fs::write(desk.path("back.docx"), bytes).unwrap();
        let request = MergeRequest {
            revised: vec![desk.path("back.docx")],
            report: desk.path("report.yaml"),
            ..MergeRequest::default()
        };
        let start = Instant::now();
        let outcome = merge(&SystemWorld::new(), &request);
        let found = if outcome.failed() { Refused } else { Read };
        // A build that checks itself, on a machine that is busy elsewhere.
        let slow = start.elapsed() > Duration::from_mins(2);
        // Large files shrink so far that their size alone is reason enough.
        let right = found == *ends || *ends == Somehow || keep.is_some();
        if !right || slow {
            wrong.push(format!("{number} {name}: {found:?} in {:?}, {:?}", start.elapsed(), outcome.diagnostics));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
