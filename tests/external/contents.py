"""Do the page numbers of the contents name the pages where LibreOffice prints the headings? usage: contents.py FILE.docx TEMPLATE.yaml FONTS WORK

FILE is built with `--compose libreoffice`. Its contents are compared with the numbers at the feet of the pages that LibreOffice makes of it.
"""
import re
import sys

import pymupdf

from libreoffice import Office
from reading import Findings, W, Word, bare, is_page_number, pdf_rows, row_text

findings = Findings()
path, template, fonts, work = sys.argv[1:5]
office = Office(template, fonts, work)
printed = office.convert(path, "pdf")
if printed is None:
    findings.check(False, "LibreOffice prints the Word file\n" + office.said)
    findings.done()

word = Word(path)
entries = []
for p in word.document.iter(W + "p"):
    if (word.get(p, "pPr", "pStyle") or "").startswith("TOC") and p.find(W + "hyperlink") is not None:
        text = bare(word.text(p))
        number = re.search(r"\d+$", text).group()
        entries.append((text.removesuffix(number), number))

# The pages with a number at their foot: its digits, and the lines above it.
pages = []
with pymupdf.open(printed) as document:
    for page in document:
        rows = [row_text(row) for row in pdf_rows(page)]
        if rows and is_page_number(pdf_rows(page)[-1]):
            pages.append((re.sub(r"\D", "", rows[-1]), rows[:-1]))

right, at = 0, (0, 0)
for heading, number in entries:
    found = None
    for index in range(at[0], len(pages)):
        label, rows = pages[index]
        first = at[1] if index == at[0] else 0
        line = next((i for i in range(first, len(rows)) if "".join(rows[i:i + 4]).startswith(heading)), None)
        if line is not None:
            found, at = label, (index, line + 1)
            break
    if found == number:
        right += 1
    else:
        findings.check(False, f"{heading}: {number} in the contents, printed on {found}")
findings.check(right == len(entries) and entries, f"{right} of {len(entries)} page numbers of the contents are right")
findings.done()
