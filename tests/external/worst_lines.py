"""Pictures of the worst lines that first fit makes of a report, each above what the optimum makes of the same words.

usage: worst_lines.py PROGRAM REPORT.yaml IMAGES [--most N]
Writes IMAGES/first-fit-01.png … and prints what each shows. Builds the report twice, with `--compose libreoffice` and `--compose fine`.
"""
import argparse
import re
import statistics
import subprocess
import tempfile
from pathlib import Path

import pymupdf

from reading import is_page_number, pdf_rows, row_text

MM = 72 / 25.4
LEFT, RIGHT = 28 * MM, 184 * MM
PITCH = 29.61
DPI = 96
HAN = re.compile(r"[\u3400-\u9fff〇]")
MARKS = set("，、；。：！？")
WORST_OPEN, WORST_SQUEEZE, WORST_JUMP = 0.06, 0.7, 0.25

parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("report")
parser.add_argument("images", type=Path)
parser.add_argument("--em", type=float, default=15.793)
parser.add_argument("--most", type=int, default=10)
args = parser.parse_args()
em = args.em


class Row:
    """A line of body text: where it stands, and how it is set."""

    def __init__(self, page, glyphs):
        self.page, self.glyphs, self.text = page, glyphs, row_text(glyphs)
        self.baseline = statistics.median(g[1] for g in glyphs)
        self.flush = glyphs[0][0] < LEFT + 0.8 * em
        pairs = list(zip(glyphs, glyphs[1:]))
        gaps = [b[0] - a[0] - em for a, b in pairs if HAN.match(a[2]) and HAN.match(b[2])]
        self.opened = statistics.mean(gaps) / em if gaps else 0.0
        widths = [(b[0] - a[0]) / em - max(self.opened, 0) for a, b in pairs if a[2] in MARKS and HAN.match(b[2])]
        self.marks = statistics.mean(widths) if widths else None


def body(pdf):
    rows = []
    for number, page in enumerate(pdf):
        these = [r for r in pdf_rows(page) if not is_page_number(r)]
        rows += [Row(number, r) for r in these if abs(statistics.median(g[3] for g in r) - em) < 1.2]
    return rows


def built(folder, policy):
    subprocess.run([args.program, "build", args.report, "--out", f"{folder}/{policy}", "--only", "pdf", "--compose", policy],
                   check=True, capture_output=True)
    return pymupdf.open(next(Path(folder, policy).glob("*.pdf")))


def faults(rows):
    """(how bad, what, index) of the lines with a fault, in the order of judgement: opened, lonely, squeezed, jumps."""
    for i, row in enumerate(rows):
        following = rows[i + 1] if i + 1 < len(rows) else None
        goes_on = following is not None and following.flush
        if row.flush and not goes_on and len(HAN.findall(row.text)) < 2 and len(row.text) < 4:
            yield (2, 0.0), "a lonely last character", i
        if not goes_on:
            continue
        if row.opened > WORST_OPEN:
            yield (3, row.opened), f"opened: {row.opened:.3f} em between all characters", i
        if row.marks is not None and row.marks < WORST_SQUEEZE:
            yield (1, -row.marks), f"squeezed: marks of {row.marks:.2f} em", i
        above = rows[i - 1] if i > 0 and row.flush else None
        if above and above.marks is not None and row.marks is not None and abs(above.marks - row.marks) > WORST_JUMP:
            yield (0, abs(above.marks - row.marks)), f"uneven: marks of {above.marks:.2f} em above marks of {row.marks:.2f} em", i


def spans(rows):
    at, result = 0, []
    for row in rows:
        result.append((at, at + len(row.text)))
        at += len(row.text)
    return result


def strip(page, pdf, row, top):
    source = pymupdf.Rect(LEFT - 2, row.baseline - 0.86 * em - 3, RIGHT + 2, row.baseline + 0.14 * em + 5)
    page.show_pdf_page(pymupdf.Rect(0, top, source.width, top + source.height), pdf, row.page, clip=source)
    return top + source.height


with tempfile.TemporaryDirectory() as folder:
    first, fine = built(folder, "libreoffice"), built(folder, "fine")
    before, after = body(first), body(fine)
    assert "".join(r.text for r in before) == "".join(r.text for r in after), "the two builds have the same text"
    places, others = spans(before), spans(after)
    shown, cases = set(), []
    for _, what, i in sorted(faults(before), reverse=True):
        if i not in shown and len(cases) < args.most:
            shown.add(i)
            cases.append((what, i))
    for number, (what, i) in enumerate(cases, 1):
        rows = [before[i - 1], before[i]] if i > 0 and before[i].flush else [before[i]]
        start, end = places[i - len(rows) + 1][0], places[i][1]
        same = [row for row, (a, b) in zip(after, others) if a < end and b > start]
        height = (em + 8) * (len(rows) + len(same)) + 8
        sheet = pymupdf.open().new_page(width=RIGHT - LEFT + 4, height=height)
        top = 0.0
        for row in rows:
            top = strip(sheet, first, row, top)
        sheet.draw_line((0, top + 4), (sheet.rect.width, top + 4), color=0.6, width=0.5)
        top += 8
        for row in same:
            top = strip(sheet, fine, row, top)
        args.images.mkdir(parents=True, exist_ok=True)
        sheet.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY).save(args.images / f"first-fit-{number:02}.png")
        print(f"{number:2} page {before[i].page + 1}: {what}\n   {before[i].text}\n   → {' | '.join(r.text for r in same)}")
