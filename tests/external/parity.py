"""Are the PDF's lines and pages those that LibreOffice gives the Word file? usage: parity.py FILE.pdf FILE.docx TEMPLATE.yaml FONTS WORK

The PDF is built with `--compose libreoffice`. Every line that parts is told; under 99.5 % is wrong, so is another number of pages.
"""
import difflib
import sys
from pathlib import Path

import pymupdf

from libreoffice import Office
from reading import Findings, is_page_number, pdf_rows, row_text

LEAST = 0.995
findings = Findings()
ours, word, template, fonts, work = (Path(argument).resolve() for argument in sys.argv[1:6])
office = Office(template, fonts, work)
printed = office.convert(word, "pdf")
if printed is None:
    findings.check(False, "LibreOffice prints the Word file\n" + office.said)
    findings.done()


def lines(path):
    """The lines of every page, and how many pages there are."""
    with pymupdf.open(path) as document:
        rows = [(page.number + 1, row) for page in document for row in pdf_rows(page)]
        return [(page, row_text(row)) for page, row in rows if not is_page_number(row)], len(document)


(a, pages_a), (b, pages_b) = lines(ours), lines(printed)
parted = [step for step in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if step[0] != "equal"]
most = max(len(a), len(b), 1)
same = len(a) - sum(to - at for _, at, to, _, _ in parted)
for _, at, to, bt, bo in parted:
    for name, these in (("PDF", a[at:to]), ("LibreOffice", b[bt:bo])):
        for page, text in these:
            print(f"        {name} page {page}: {text}")
findings.check(same / most >= LEAST, f"{same} of {most} lines are LibreOffice's own, text and page ({same / most:.4f})")
findings.check(pages_a == pages_b, f"pages: PDF {pages_a}, LibreOffice {pages_b}")
findings.done()
