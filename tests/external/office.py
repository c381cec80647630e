"""LibreOffice opens Word files, saves them again and prints the first; nothing of them is lost.

usage: office.py REPORT.yaml TEMPLATE.yaml FONTS WORK REPORT.docx [OTHER.docx…]
"""
import collections
import re
import sys
import zipfile
from pathlib import Path

import pymupdf

from libreoffice import Office
from reading import Findings, Report, W, Word, first_difference, pdf_text

findings = Findings()
report, template, fonts, work = Report(sys.argv[1]), *sys.argv[2:5]
files = [Path(file) for file in sys.argv[5:]]
office = Office(template, fonts, work)


def field(code):
    """A field's code, its switches in one order: programs write them in theirs. A TC field names the first level where it names none."""
    if code.split()[:1] == ["TC"] and r"\l " not in code:
        code += r" \l 1"
    # LibreOffice saves the level of a TC field below the first as the next one (docs/word.md).
    if code.split()[:1] == ["TC"]:
        code = re.sub(r"\\l [2-9]", r"\\l 2", code)
    return " ".join(sorted(re.findall(r'\\\S(?:\s+"[^"]*")?|[^\s\\]+', code)))


def fields(body):
    """The codes of all fields, whose text may stand in several runs."""
    codes, open_fields = [], []
    for e in body.iter():
        if e.tag == W + "fldSimple":
            codes.append(field(e.get(W + "instr")))
        elif e.tag == W + "fldChar" and e.get(W + "fldCharType") == "begin":
            open_fields.append("")
        elif e.tag == W + "fldChar" and e.get(W + "fldCharType") == "end" and open_fields:
            codes.append(field(open_fields.pop()))
        elif e.tag == W + "instrText" and open_fields:
            open_fields[-1] += e.text or ""
    return collections.Counter(codes)


def facts(path):
    """What a file holds, by kind."""
    word = Word(path)
    body = word.document
    with zipfile.ZipFile(path) as package:
        notes = package.read("word/footnotes.xml").decode() if "word/footnotes.xml" in package.namelist() else ""
    rows = lambda table: [len(row.findall(W + "tc")) for row in table.findall(W + "tr")]
    return {
        # What floats (the imprint) is copied on the way, and its bookmark with it.
        "bookmarks": collections.Counter(re.sub(r"_Copy_\d+$", "", b.get(W + "name")) for b in body.iter(W + "bookmarkStart")),
        "fields": fields(body),
        "links": collections.Counter(link.get(W + "anchor") for link in body.iter(W + "hyperlink")),
        "paragraphs with their numbers": collections.Counter(
            (number, re.sub(r"\s", "", text)) for _, number, text in word.paragraphs() if number or text.strip()
        ),
        "calls of notes": collections.Counter(e.tag for e in body.iter(W + "footnoteReference")),
        "text of notes": collections.Counter(re.sub(r"\s", "", "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)<", notes)))),
        "rows of tables": collections.Counter(str(rows(table)) for table in body.iter(W + "tbl")),
        "heads of tables": collections.Counter(e.tag for e in body.iter(W + "tblHeader")),
        "pictures and charts": collections.Counter(e.tag for e in body.iter() if e.tag.endswith("}docPr")),
        "outline": collections.Counter(
            re.sub(r"\s", "", "".join(t.text or "" for t in p.iter(W + "t"))) for p in body.iter(W + "p") if level(word, p) is not None
        ),
    }


def level(word, paragraph):
    """The outline level of a paragraph, by its style."""
    style = word.get(paragraph, "pPr", "pStyle")
    for _ in range(20):
        element = word.styles.get(style)
        if element is None:
            return None
        found = word.get(element, "pPr", "outlineLvl")
        if found is not None:
            return None if found == "9" else found
        style = word.get(element, "basedOn")
    return None


expected = report.all_text()
for file in files:
    saved = office.convert(file, "docx")
    findings.check(saved is not None, f"{file.name} saved again" + ("" if saved else "\n" + office.said))
    if saved is None:
        continue
    if file == files[0]:
        got = Word(saved).all_text()
        findings.check(got == expected, "text and numbers after saving again" + ("" if got == expected else ": " + first_difference(expected, got)))
    before, after = facts(file), facts(saved)
    for kind, wanted in before.items():
        lost, added = wanted - after[kind], after[kind] - wanted
        said = f"{sum(wanted.values())} {kind}"
        said += f"\n          lost: {list(lost)[:6]}" if lost else ""
        said += f"\n          new: {list(added)[:6]}" if added else ""
        findings.check(not lost and not added, f"{file.stem}: {said}")
printed = office.convert(files[0], "pdf")
findings.check(printed is not None, "printed" + ("" if printed else "\n" + office.said))
if printed:
    got = pdf_text(printed)
    findings.check(got == expected, "text and numbers as printed" + ("" if got == expected else ": " + first_difference(expected, got)))
    print(f"        LibreOffice prints {len(pymupdf.open(printed))} pages")
findings.done()
