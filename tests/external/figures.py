#!/usr/bin/env python3
"""Figures read back: every box of `dinggao figures` holds in the PDF what it says, and `--since` names the changed places.

Usage: figures.py PROGRAM [ROUNDS] [REPORT…]   (default: 20 random reports, each with one cell changed)

The PDF is read by MuPDF and, box by box, by poppler."""

import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pymupdf

wrong = 0


def fail(words):
    global wrong
    wrong += 1
    print("  WRONG", words)


def run(program, *args, code=0):
    done = subprocess.run([program, *map(str, args)], capture_output=True, text=True)
    if done.returncode != code:
        sys.exit(f"{args}: exit code {done.returncode}\n{done.stderr}{done.stdout[:2000]}")
    return done.stdout


def bare(text):
    return re.sub(r"\s", "", text)


def by_mupdf(page, box):
    """The characters whose middle is in a box, in reading order."""
    inside = pymupdf.Rect(box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])
    found = []
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", []):
            for span in line["spans"]:
                for char in span["chars"]:
                    rect = pymupdf.Rect(char["bbox"])
                    if inside.contains(pymupdf.Point((rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2)):
                        found.append(char["c"])
    return bare("".join(found))


def by_poppler(pdf, box):
    """What pdftotext finds in a box, at 720 dots an inch."""
    scale = 10
    # A glyph at the edge is taken when it touches the box: a hair is left off.
    x, y = round(box["x"] * scale) + 2, round(box["y"] * scale) + 2
    w, h = round(box["width"] * scale) - 4, round(box["height"] * scale) - 4
    args = ["-f", box["page"], "-l", box["page"], "-r", 72 * scale, "-x", x, "-y", y, "-W", w, "-H", h, "-layout"]
    done = subprocess.run(["pdftotext", *map(str, args), str(pdf), "-"], capture_output=True, text=True, check=True)
    return bare(done.stdout)


# 16.7 is one number, and so is 1,234.
NUMBER = r"[0-9０-９]+(?:\.[0-9０-９]+|,[0-9０-９]{3}(?![0-9０-９]))*"


def check_boxes(pdf, report, poppler):
    """How many boxes were read."""
    document = pymupdf.open(pdf)
    raw = {}
    boxes = 0
    for figure in report["figures"]:
        for use in figure["uses"]:
            # A watermark is drawn, not written.
            if use["line"] is None:
                continue
            wanted = bare(use["text"])
            found = "".join(by_mupdf(document[box["page"] - 1], box) for box in use["boxes"])
            boxes += len(use["boxes"])
            if use["boxes"] and found != wanted:
                fail(f"{figure['name']}: {use} holds {found!r}")
            if use["boxes"] and raw.setdefault(id(use), random.random()) < poppler:
                seen = "".join(by_poppler(pdf, box) for box in use["boxes"])
                # Poppler orders vertical text in its own way, and takes marks whose blank half reaches into the box.
                if sorted(re.sub(r"[“”‘’（）《》，。、；：]", "", seen)) != sorted(re.sub(r"[“”‘’（）《》，。、；：]", "", wanted)):
                    fail(f"{figure['name']}: poppler finds {seen!r} for {wanted!r} in {use['boxes']}")
            if use["boxes"] and (use["page"], use["boxes"][0]["page"]) != (use["boxes"][0]["page"], use["page"]):
                fail(f"{figure['name']}: page {use['page']}")
    return boxes


def figures(program, source, *more):
    return json.loads(run(program, "figures", source, "--format", "json", *more))


def digits_of(document):
    return sum(len(re.findall(NUMBER, line)) for page in document for line in lines(page))


def lines(page):
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", []):
            yield "".join(span["text"] for span in line["spans"])


def one(program, source, work, poppler=1.0):
    run(program, "build", source, "--out", work, "--layout", work / "layout.json", "--only", "pdf,docx", "--overwrite")
    pdf = work / (Path(source).stem + ".pdf")
    report = figures(program, source)
    boxes = check_boxes(pdf, report, poppler)
    layout = json.loads((work / "layout.json").read_text())
    printed = [line["text"] for page in layout["pages"] for line in page["lines"]]
    total = sum(len(re.findall(NUMBER, text)) for text in printed)
    coverage = report["coverage"]
    if coverage["bound"] + coverage["automatic"] + coverage["typed"] != total:
        fail(f"{source}: {total} runs of digits, covered {coverage}")
    for figure in report["figures"]:
        for use in figure["uses"]:
            if use["boxes"]:
                text = layout["pages"][use["page"] - 1]["lines"][use["line"] - 1]["text"]
                if len(use["boxes"]) == 1 and bare(use["text"]) not in bare(text):
                    fail(f"{figure['name']}: line {use['line']} of page {use['page']} is {text!r}")
    if not any(figure["uses"] for figure in report["figures"]):
        return boxes, report
    kept = run(program, "figures", pdf, source)
    if "没有变" not in kept:
        fail(f"{source}: what the PDF keeps is not what the source says: {kept}")
    return boxes, report


def cell(rng):
    kind = rng.random()
    if kind < 0.5:
        return str(rng.randrange(10, 99999))
    if kind < 0.9:
        return f"{rng.randrange(1, 9999)}.{rng.randrange(10, 100)}"
    return f"-{rng.randrange(1, 99)}.{rng.randrange(1, 10)}"


def random_report(rng, folder):
    """A report over a table, and the table's cells."""
    rows, columns = rng.randrange(2, 30), rng.randrange(1, 5)
    names = [f"指标{c}" for c in range(columns)]
    table = [[cell(rng) for _ in names] for _ in range(rows)]
    body = []
    for _ in range(rng.randrange(3, 14)):
        text = "这一年全区各项工作取得新进展，主要指标持续向好。" * rng.randrange(0, 3)
        for _ in range(rng.randrange(1, 4)):
            row, name = rng.randrange(rows), rng.choice(names)
            shape = rng.randrange(5)
            path = f"data[{row}].{name}"
            expression = [
                path,
                f"{path} | round(1)",
                f"data | sum(attribute='{name}')",
                f"{path} + data[{rng.randrange(rows)}].{rng.choice(names)}",
                f"{path} | thousands",
            ][shape]
            text += f"其中某某镇完成{{{{ {expression} }}}}万元，"
        if rng.random() < 0.3:
            body.append({"heading": f"完成{{{{ data[{rng.randrange(rows)}].{rng.choice(names)} }}}}件", "body": [text + "。"]})
        else:
            body.append(text + "。")
    if rng.random() < 0.8:
        body.append({"table": {"caption": "各镇完成{{ data[0].指标0 }}情况", "from": "data", "columns": ["名称", *names]}})
    if rng.random() < 0.4:
        body.append({"each": {"row": "data"}, "body": ["{{ row.名称 }}完成{{ row.指标0 }}件。"]})
    report = {"template": "work-report", "title": "工作报告", "data": {"data": "t.csv"}, "body": body}
    if rng.random() < 0.5:
        report["contents"] = True
    (folder / "r.yaml").write_text(json.dumps(report, ensure_ascii=False))
    return names, table


def write_table(folder, names, table):
    lines = ["名称," + ",".join(names)]
    lines += [f"第{i + 1:02}镇," + ",".join(row) for i, row in enumerate(table)]
    (folder / "t.csv").write_text("\n".join(lines) + "\n")


def placed(report, layout):
    return {(u["page"], u["line"]) for f in report for u in f["uses"] if u["page"]}


def changed_cell(program, folder, rng, names, table, work):
    """One cell changed: the places that `--since` names against those that differ between the two PDFs."""
    before = figures(program, folder / "r.yaml")
    (work / "old.json").write_text(json.dumps(before, ensure_ascii=False))
    old = layout_of(program, folder, work)
    run(program, "build", folder / "r.yaml", "--out", work, "--only", "docx", "--overwrite")
    row, column = rng.randrange(len(table)), rng.randrange(len(names))
    was = table[row][column]
    while table[row][column] == was:
        digits = [i for i, c in enumerate(was) if c.isdigit() and (i > 0 or len(was) == 1)]
        i = rng.choice(digits)
        table[row][column] = was[:i] + rng.choice("123456789") + was[i + 1 :]
    write_table(folder, names, table)
    new = layout_of(program, folder, work)
    wanted = set()
    flat = lambda pages: [(p, l, t) for p, page in enumerate(pages, 1) for l, t in enumerate(page, 1)]
    if [len(p) for p in old] != [len(p) for p in new]:
        return None  # another number of lines: places move
    for (p, l, a), (_, _, b) in zip(flat(old), flat(new)):
        if re.findall(r"[\d.,%-]+", a) != re.findall(r"[\d.,%-]+", b):
            wanted.add((p, l))
    for since in [work / "old.json", work / "r.docx"]:
        told = figures(program, folder / "r.yaml", "--since", since)
        if told["added"] or told["removed"]:
            fail(f"{since.name}: added {told['added']}, removed {told['removed']}")
        found = {(b["page"], None) for f in told["changed"] for u in f["uses"] for b in u["boxes"]} and placed(told["changed"], new)
        if found != wanted:
            fail(f"{since.name}: {was} → {table[row][column]}: named {sorted(found - wanted)} too many, {sorted(wanted - found)} missed")
    return len(wanted)


def layout_of(program, folder, work):
    run(program, "build", folder / "r.yaml", "--out", work / "pdf", "--only", "pdf", "--layout", work / "l.json")
    return [[line["text"] for line in page["lines"]] for page in json.loads((work / "l.json").read_text())["pages"]]


def main():
    program = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    boxes = 0
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for source in sys.argv[3:]:
            boxes += one(program, source, work / "out")[0]
        named, same = 0, 0
        for seed in range(rounds):
            rng = random.Random(seed)
            folder = work / f"r{seed}"
            folder.mkdir()
            names, table = random_report(rng, folder)
            write_table(folder, names, table)
            (folder / "out").mkdir()
            boxes += one(program, folder / "r.yaml", folder / "out", poppler=0.2)[0]
            places = changed_cell(program, folder, rng, names, table, folder / "out")
            if places is None:
                same += 1
            else:
                named += places
    print(f"  {'ok   ' if not wrong else 'FAILED'} {boxes} boxes hold what they say; {named} changed places named in {rounds - same} reports")
    sys.exit(1 if wrong else 0)


main()
