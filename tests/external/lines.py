"""How the lines are composed, from the places of the glyphs alone. usage: lines.py FILE.pdf [--em PT] [--chars N] [--lines N]

Body lines are those set within 1.2 pt of the em. A line "goes on" when the next one begins at the left edge.
"""
import argparse
import re
import statistics

import pymupdf

from reading import Findings, is_page_number, pdf_rows, row_text

MM = 72 / 25.4
LEFT, RIGHT = 28 * MM, 184 * MM
HAN = re.compile(r"[\u3400-\u9fff〇]")
NOT_FIRST = set("，。、；：！？”’）》〉】〕〗］」』·～％%‰℃,.;:!?)]}／/")
NOT_LAST = set("“‘（《〈【〔〖［「『([{")

parser = argparse.ArgumentParser()
parser.add_argument("pdf")
parser.add_argument("--em", type=float, default=15.793)
parser.add_argument("--pitch", type=float, default=29.61)
parser.add_argument("--lines", type=int, default=22)
args = parser.parse_args()
em = args.em

found = {name: [] for name in ("start", "end", "torn", "over", "short", "open", "lonely")}
body, per_page, pitches = [], [], []
document = pymupdf.open(args.pdf)
for number, page in enumerate(document, 1):
    rows = [r for r in pdf_rows(page) if not is_page_number(r) and abs(statistics.median(g[3] for g in r) - em) < 1.2]
    baselines = [statistics.median(g[1] for g in r) for r in rows]
    pitches += [b - a for a, b in zip(baselines, baselines[1:])]
    per_page.append(len(rows))
    body += [(number, r) for r in rows]

worst = 0.0
for (number, row), (_, following) in zip(body, body[1:] + [(0, None)]):
    text = row_text(row)
    flush = row[0][0] < LEFT + 0.8 * em
    centred = row[0][0] > LEFT + 1.3 * em and abs((row[0][0] - LEFT) - (RIGHT - row[-1][4])) < 0.8 * em
    goes_on = following is not None and following[0][0] < LEFT + 0.8 * em and not centred
    where = f"page {number}: {text}"
    # Full-width marks are drawn in half of their box: the edge counts what is drawn.
    drawn = row[-1][0] + (em if HAN.match(row[-1][2]) else 0.5 * em if row[-1][2] in NOT_FIRST else row[-1][4] - row[-1][0])
    if drawn > RIGHT + 0.12 * em:
        found["over"].append(where)
    if flush and text[0] in NOT_FIRST:
        found["start"].append(where)
    if not goes_on:
        if flush and len(HAN.findall(text)) < 2 and len(text) < 4:
            found["lonely"].append(where)
        continue
    after = row_text(following)
    if text[-1] in NOT_LAST:
        found["end"].append(where)
    if text[-1] == after[0] and text[-1] in "—…" or re.search(r"[\d.]$", text) and re.match(r"[\d.%‰％℃]", after) \
            or re.search(r"[A-Za-z]$", text) and re.match(r"[A-Za-z]", after):
        found["torn"].append(where)
    reaches = row[-1][0] + em if HAN.match(row[-1][2]) else row[-1][4]
    if reaches < RIGHT - (0.45 if HAN.match(row[-1][2]) else 0.95) * em:
        found["short"].append(where)
    gaps = [b[0] - a[0] - em for a, b in zip(row, row[1:]) if HAN.match(a[2]) and HAN.match(b[2])]
    opened = statistics.mean(gaps) / em if gaps else 0
    worst = max(worst, opened)
    if opened > 0.06:
        found["open"].append(f"{opened:.3f} {where}")

findings = Findings()
SAYS = {
    "start": "no line begins with a mark that may not stand there",
    "end": "no line ends with a mark that may not stand there",
    "torn": "no dash, number or word is torn",
    "over": "no line passes the measure",
    "short": "no line that goes on ends early",
    "open": "no line is opened by more than 0.06 em",
    "lonely": "no character is alone on a last line",
}
for name, lines in found.items():
    findings.check(not lines, SAYS[name] + "".join("\n          " + line for line in lines[:8]))
pitch = statistics.median(pitches)
spread = statistics.pstdev([p for p in pitches if abs(p - pitch) < 2])
findings.check(abs(pitch - args.pitch) < 0.01 and spread < 0.01, f"pitch {pitch:.3f} pt, spread {spread:.4f}")
full = per_page[1:-1]
findings.check(max(full, default=0) == args.lines and statistics.median(full) == args.lines, f"lines on inner pages: {full}")
print(f"        {len(body)} body lines, the most open one by {worst:.3f} em")
findings.done()
