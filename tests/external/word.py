"""The Word file as Word's own schema and python-docx see it. usage: word.py REPORT.yaml FILE.docx VALIDATOR_HOME"""
import sys
import zipfile

import docx
from docx.shared import Mm

from reading import Findings, Report, W, bare
from schema import schema_errors

findings = Findings()
report, path, validator = Report(sys.argv[1]), sys.argv[2], sys.argv[3]

wrong = schema_errors(path, validator)
findings.check(not wrong, f"{len(wrong)} schema errors" + "".join("\n          " + error for error in wrong[:5]))

with zipfile.ZipFile(path) as package:
    findings.check(package.testzip() is None, "the package is whole")
    names = package.namelist()
findings.check(names[0] == "[Content_Types].xml", "content types come first")

document = docx.Document(path)
styles = [p.style.name for p in document.paragraphs if p.text]
for level in (1, 2, 3, 4):
    wanted = [t for kind, l, _, t in report.blocks if kind == "heading" and l == level]
    got = [bare(p.text) for p in document.paragraphs if p.style.name == f"Heading {level}"]
    findings.check(got == wanted, f"{len(got)} headings of level {level}")
findings.check("Normal" not in styles, "every paragraph has a style of its own")

section = document.sections[0]
findings.check(
    all(abs(a - b) < Mm(0.1) for a, b in [
        (section.page_width, Mm(210)), (section.page_height, Mm(297)), (section.top_margin, Mm(37)), (section.left_margin, Mm(28))
    ]),
    "A4, 37 mm above, 28 mm at the binding edge",
)
findings.check(bare(document.core_properties.title or "") == report.title, "title in the properties")

body = document.element.body
bookmarks = [b.get(W + "name") for b in body.iter(W + "bookmarkStart")]
findings.check(len(bookmarks) == len(set(bookmarks)), f"{len(bookmarks)} bookmarks, no name twice")
bare_blocks = [p for p in body.iter(W + "p") if bare("".join(t.text or "" for t in p.iter(W + "t"))) and p.find(W + "bookmarkStart") is None]
findings.check(len(bare_blocks) <= 2, "every block has its bookmark")  # the later lines of a title share the first one's
findings.check(len(bookmarks) >= len(report.values) + len(report.blocks) - 1, "and every bound figure")

direct = {
    child.tag.removeprefix(W)
    for properties in body.iter(W + "rPr")
    if properties.getparent().tag == W + "r"
    for child in properties
}
findings.check(direct <= {"b", "bCs", "rStyle", "rFonts", "lang"}, f"no direct formatting of characters but bold: {sorted(direct)}")
findings.done()
