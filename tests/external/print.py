"""The PDF as a press sees it. usage: print.py REPORT.yaml FILE.pdf"""
import re
import subprocess
import sys

import pymupdf

from reading import Findings, Report, bare, is_page_number, pdf_rows, row_text

findings = Findings()
report, path = Report(sys.argv[1]), sys.argv[2]


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


checked = run("qpdf", "--check", path)
findings.check(checked.returncode == 0, "qpdf --check" + ("" if checked.returncode == 0 else "\n" + checked.stdout + checked.stderr))

rows = run("pdffonts", path).stdout.splitlines()[2:]
findings.check(len(rows) > 0, f"{len(rows)} fonts")
for row in rows:
    # name, type, encoding, emb, sub, uni, object: the flags count from the right.
    embedded, subset, unicode = row.split()[-5:-2]
    findings.check([embedded, subset, unicode] == ["yes"] * 3, f"embedded subset with text: {row.split()[0]}")

document = pymupdf.open(path)
mm = 72 / 25.4
a4 = (210 * mm, 297 * mm)
findings.check(
    all(abs(p.rect.width - a4[0]) < 0.02 and abs(p.rect.height - a4[1]) < 0.02 for p in document), f"{len(document)} pages of A4"
)
findings.check(bare(document.metadata["title"] or "") == report.title, "title in the metadata")
findings.check(bool(document.metadata["author"]), f"author in the metadata: {document.metadata['author']}")

wanted = [(level, number + text) for kind, level, number, text in report.blocks if kind == "heading"]
outline = [(level, bare(title)) for level, title, _ in document.get_toc()]
findings.check(outline == wanted, f"{len(outline)} bookmarks, in order and nested")
pages = [page for _, _, page in document.get_toc()]
findings.check(pages == sorted(pages) and all(1 <= p <= len(document) for p in pages), "bookmarks lead forward")
for (_, title), (_, _, page) in zip(wanted, document.get_toc()):
    text = "".join(row_text(r) for r in pdf_rows(document[page - 1]))
    if title not in text:
        findings.check(False, f"{title} stands on page {page}")

for number, page in enumerate(document, 1):
    foot = [row for row in pdf_rows(page) if is_page_number(row)]
    printed = [re.sub(r"\D", "", row_text(row)) for row in foot]
    right = foot and foot[-1][0][0] > page.rect.width / 2
    if printed[-1:] != [str(number)] or right != (number % 2 == 1):
        findings.check(False, f"page {number} is numbered {printed} on the {'right' if right else 'left'}")
findings.check(True, "page numbers, odd right and even left")

colours = {span["color"] for page in document for b in page.get_text("dict")["blocks"] for l in b.get("lines", []) for span in l["spans"]}
findings.check(colours == {0}, "all text is black")
operators = b"".join(page.read_contents() for page in document)
coloured = re.search(rb"(?<![\w.])(rg|RG|k|K|sc|SC|scn|SCN)(?![\w.])", operators)
findings.check(coloured is None, "and DeviceGray: nothing else sets a colour")
findings.done()
