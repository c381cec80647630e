"""The text of PDFs as five readers give it. usage: readers.py TOOLS FILE.pdf…

poppler, MuPDF, PDFium, pdf.js and pdfminer have to read the same lines where marks are set over the blank half of those before them: such pairs
stand on one line, in the order of the print. `TOOLS` has the Python of the readers and pdf.js (setup.sh).
"""
import re
import subprocess
import sys
from pathlib import Path
from statistics import median

import pymupdf
import pypdfium2
from pdfminer.high_level import extract_text

from reading import Findings

tools, files = Path(sys.argv[1]), sys.argv[2:]
# A mark that opens, behind a mark or the point of a number: the places where blanks are trimmed.
PAIR = re.compile(r"[0-9.、，。；：！？）》」”』〕】〉（《「“『〔【〈][“‘（《「『〔【〈]|[”’）》」』〕】〉][、，。；：！？”’）》」』〕】〉]")


def poppler(path):
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout


def mupdf(path):
    with pymupdf.open(path) as document:
        return "\n".join(page.get_text() for page in document)


def pdfium(path):
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def pdfjs(path):
    script = Path(__file__).with_name("pdfjs.mjs")
    return subprocess.run(["node", script, tools / "pdfjs", path], capture_output=True, text=True, check=True).stdout


def pairs(text):
    """Every pair with the characters around it, as they are counted."""
    found = {}
    for line in text.splitlines():
        line = line.replace(" ", "")
        for match in PAIR.finditer(line):
            found[match.group(0)] = found.get(match.group(0), 0) + 1
    return found


findings = Findings()
for path in files:
    texts = {"poppler": poppler(path), "MuPDF": mupdf(path), "PDFium": pdfium(path), "pdf.js": pdfjs(path), "pdfminer": extract_text(path)}
    counts = {name: pairs(text) for name, text in texts.items()}
    # As often as most readers have a pair: one alone may take the ends of two cells of a table for one.
    most = {pair: median(count.get(pair, 0) for count in counts.values()) for count in counts.values() for pair in count}
    for name, count in counts.items():
        less = {pair: (count.get(pair, 0), times) for pair, times in most.items() if count.get(pair, 0) < times}
        findings.check(not less, f"{Path(path).name}: {name} reads {sum(count.values())} pairs of marks" + (f", not all of {less}" if less else ""))
    bare = {name: "".join(sorted(re.sub(r"\s|-(?=\n)|[\u00ad\ufffe\x0c\x02]", "", text))) for name, text in texts.items()}
    findings.check(len(set(bare.values())) == 1, f"{Path(path).name}: the same characters in all five"
                   + ("" if len(set(bare.values())) == 1 else f": {[(n, len(t)) for n, t in bare.items()]}"))
findings.done()
