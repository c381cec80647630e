"""The official document on the PDF's pages and as LibreOffice prints the Word file. usage: official.py FILE.pdf FILE.docx TEMPLATE.yaml FONTS WORK

What GB/T 9704 gives in millimetres stands at the same place on both, and where the standard has it. What it counts in rows stands on
the same row: the rows of the Word file are a 22nd of the type area each, with the type in their middle, so their places differ by up to
three millimetres.
"""
import statistics
import sys

import pymupdf

from libreoffice import Office
from reading import Findings, pdf_rows, row_text

MM = 72 / 25.4
TOP, LEFT, RIGHT, BOTTOM = 37, 28, 184, 262
NEAR = 1.0
findings = Findings()
pdf, word, template, fonts, work = sys.argv[1:6]
office = Office(template, fonts, work)
printed = office.convert(word, "pdf")
if printed is None:
    findings.check(False, "LibreOffice prints the Word file\n" + office.said)
    findings.done()


class Page:
    """Lines as (text, left, right, baseline, size) and rules as (left, right, middle), in mm."""

    def __init__(self, page):
        self.lines = []
        for row in pdf_rows(page):
            size = statistics.median(g[3] for g in row) / MM
            self.lines.append((row_text(row), row[0][0] / MM, row[-1][4] / MM, row[0][1] / MM, size))
        found = {}
        for drawing in page.get_drawings():
            r = drawing["rect"]
            if r.height / MM < 2 and r.width / MM > 100:
                color = drawing.get("fill") or drawing.get("color")
                weight = r.height / MM if drawing.get("fill") else drawing["width"] / MM
                found[round((r.y0 + r.y1) / 2 / MM, 1)] = (r.x0 / MM, r.x1 / MM, (r.y0 + r.y1) / 2 / MM, weight, color)
        self.rules = [found[key] for key in sorted(found)]

    def line(self, begins):
        return next((line for line in self.lines if line[0].startswith(begins)), None)


def near(a, b):
    return abs(a - b) <= NEAR


with pymupdf.open(pdf) as a, pymupdf.open(printed) as b:
    ours, theirs = [Page(page) for page in a], [Page(page) for page in b]
findings.check(len(ours) == len(theirs), f"pages: PDF {len(ours)}, Word file {len(theirs)}")

for name, pages, pitch, first in (("PDF", ours, 29.61, 0.0), ("Word file", theirs, 28.95, (28.95 - 15.793) / 2 / MM)):
    head, last = pages[0], pages[-1]
    top = lambda line: line[3] - 0.88 * line[4]
    row = lambda line: (top(line) + line[4] / 2 - TOP - first - 15.793 / MM / 2) / (pitch / MM) + 1
    authority, number, title = head.line("青溪市人民政府文件"), head.line("青政发"), head.line("青溪市人民政府关于")
    for at, mark in enumerate(("000001", "秘密", "加急"), 1):
        line = head.line(mark)
        findings.check(near(line[1], LEFT) and abs(row(line) - at) < 0.1, f"{name}: {mark} on row {row(line):.2f}")
    findings.check(near(top(authority), TOP + 35), f"{name}: the authority {top(authority) - TOP:.1f} mm below the type area's edge")
    middle = (LEFT + RIGHT) / 2
    for line in (authority, number, title):
        findings.check(near((line[1] + line[2]) / 2, middle), f"{name}: {line[0]} is centred")
    findings.check(len(head.rules) == 1, f"{name}: one rule on the first page")
    for left, right, y, weight, color in head.rules:
        under = y - weight / 2 - top(number) - number[4]
        findings.check(near(under, 4) and near(left, LEFT) and near(right, RIGHT), f"{name}: the rule {under:.1f} mm below the number, {right - left:.1f} mm wide")
        findings.check(color[0] > 0.8 and max(color[1:]) < 0.5 and abs(weight - 0.7) < 0.05, f"{name}: red, {weight:.2f} mm")
        blank = (top(title) - y) / (pitch / MM)
        findings.check(2 <= blank < 3, f"{name}: {blank:.2f} rows between rule and title")
    for page, mark in ((4, "附件1"), (5, "附件2")):
        at = row(pages[page - 1].line(mark))
        below = row(pages[page - 1].lines[1])
        findings.check(abs(at - 1) < 0.1 and abs(below - 3) < 0.35, f"{name}: {mark} on row {at:.2f}, its title on row {below:.2f}")
    signed, date = pages[2].lines[-3], pages[2].lines[-2]
    findings.check(near(signed[1] + signed[2], date[1] + date[2]), f"{name}: {signed[0]} in the middle above the date")
    weights = [round(rule[3], 2) for rule in last.rules]
    # Borders count in eighths of a point.
    same = len(weights) == 3 and all(abs(w - wanted) < 0.02 for w, wanted in zip(weights, [0.35, 0.25, 0.35]))
    findings.check(same, f"{name}: the imprint's rules {weights} mm")
    findings.check(all(near(r[0], LEFT) and near(r[1], RIGHT) for r in last.rules), f"{name}: as wide as the type area")
    if last.rules:
        findings.check(abs(last.rules[-1][2] - BOTTOM) < 0.5, f"{name}: the last one at {last.rules[-1][2]:.1f} mm")
    findings.check(all(line[3] < BOTTOM for line in last.lines), f"{name}: no page number beside the imprint")
    for page, number in zip(pages[:-1], range(1, len(pages))):
        line = page.lines[-1]
        dash = line[3] - (0.88 - 0.5) * line[4]
        side = near(line[2], RIGHT - line[4]) if number % 2 else near(line[1], LEFT + line[4])
        findings.check(near(dash, BOTTOM + 7) and side, f"{name}: page {number}, the dash {dash - BOTTOM:.1f} mm below")

# The same place on both.
for begins in ("青溪市人民政府文件", "青政发"):
    x, y = ours[0].line(begins), theirs[0].line(begins)
    findings.check(near(x[3], y[3]) and near(x[1], y[1]), f"{begins}: {x[3]:.1f} and {y[3]:.1f} mm down")
for x, y in zip(ours[0].rules + ours[-1].rules, theirs[0].rules + theirs[-1].rules):
    findings.check(near(x[2], y[2]), f"rules at {x[2]:.1f} and {y[2]:.1f} mm")
for x, y in zip(ours[-1].lines, theirs[-1].lines):
    findings.check(near(x[3], y[3]), f"{x[0][:6]}…: {x[3]:.1f} and {y[3]:.1f} mm down")
findings.done()
