"""Word files as python-docx reads them: styles, numbering and tables as the source means them. usage: structure.py REPORT.yaml FILE.docx…

Pairs of a report and its Word file. Texts that hold marks of the source (a value, a reference, a note) are compared by what stands before
the first mark.
"""
import re
import sys
from pathlib import Path

import docx
import yaml

from reading import Findings, W, bare

findings = Findings()
MARK = re.compile(r"\{\{|\[[@^*]|\*\*|\\")


def begin(text):
    return bare(MARK.split(str(text))[0])


def walk(items, level, found):
    for item in items or []:
        if not isinstance(item, dict):
            continue
        if "heading" in item:
            found["headings"].append((level, begin(item["heading"])))
            walk(item.get("body"), level + 1, found)
        elif "point" in item:
            found["points"].append(begin(item["point"]))
        elif "table" in item:
            table = item["table"]
            leaves, depth = head(table["columns"])
            rows = len(table["rows"]) + depth if "rows" in table else None
            found["tables"].append((leaves, rows))
        elif "list" in item:
            entries(item["list"], item, 1, found)


def entries(listed, beside, level, found):
    """The items of a list, and of the lists in them; `ordered` is in the list or beside it."""
    own = listed if isinstance(listed, dict) else {"items": listed}
    ordered = bool(own.get("ordered") or beside.get("ordered"))
    for entry in own["items"]:
        nested = entry if isinstance(entry, dict) else {"text": entry}
        found["items"].append((ordered, level, begin(nested["text"])))
        if "list" in nested:
            entries(nested["list"], {}, level + 1, found)


def head(columns):
    """How many columns the body has, and how many rows the head."""
    below = [head(c["columns"]) if isinstance(c, dict) and "columns" in c else (1, 0) for c in columns]
    return sum(leaves for leaves, _ in below), 1 + max(depth for _, depth in below)


def is_computed(items):
    """True where blocks come from other files, conditions or data, which only the program works out."""
    blocks = [item for item in items or [] if isinstance(item, dict)]
    return any({"include", "if", "each"} & item.keys() or is_computed(item.get("body")) for item in blocks)


def numbered(style):
    """The numbering that a paragraph style brings, by inheritance."""
    while style is not None:
        properties = style.element.pPr
        if properties is not None and properties.numPr is not None:
            return properties.numPr.numId.val
        style = style.base_style
    return None


for source, path in zip(sys.argv[1::2], sys.argv[2::2]):
    report = yaml.safe_load(Path(source).read_text(encoding="utf-8"))
    if is_computed(report["body"]):
        continue
    wanted = {"headings": [], "points": [], "tables": [], "items": []}
    walk(report["body"], 1, wanted)
    for attachment in report.get("attachments") or []:
        walk(attachment.get("body"), 1, wanted)
    document = docx.Document(path)
    name = Path(path).stem
    paragraphs = [(p.style.name, bare(p.text), p) for p in document.paragraphs]
    # Headings in attachments have styles of their own, which the contents do not list.
    heading = re.compile(r"(?:Heading|标题) (\d)(?: 附件内)?(?: 接排)?")
    got = [(int(found[1]), text) for style, text, _ in paragraphs if (found := heading.fullmatch(style))]
    same = len(got) == len(wanted["headings"]) and all(
        level == l and text.startswith(t) for (level, text), (l, t) in zip(got, wanted["headings"])
    )
    findings.check(same, f"{name}: {len(got)} headings, each in the style of its level")
    points = [text for style, text, _ in paragraphs if style == "分条要点"]
    findings.check(
        len(points) == len(wanted["points"]) and all(a.startswith(b) for a, b in zip(points, wanted["points"])),
        f"{name}: {len(points)} points",
    )
    entry = re.compile(r"列表项(?: ([二三四])级)?( 无序)?")
    items = [
        (found[2] is None, " 二三四".index(found[1] or " ") + 1, text)
        for style, text, _ in paragraphs
        if (found := entry.fullmatch(style))
    ]
    findings.check(
        len(items) == len(wanted["items"])
        and all(a[:2] == b[:2] and a[2].startswith(b[2]) for a, b in zip(items, wanted["items"])),
        f"{name}: {len(items)} items of lists",
    )
    # A run-in heading is numbered by itself: its style is a variant for text that goes on in the line.
    own = lambda p: p._p.pPr.numPr.numId.val if p._p.pPr is not None and p._p.pPr.numPr is not None else None
    bound = [numbered(p.style) or own(p) for style, _, p in paragraphs if style.startswith(("Heading", "标题 ", "分条要点", "列表项", "名词解释"))]
    titles = sum(style == "名词解释标题" for style, _, _ in paragraphs)
    findings.check(bound.count(None) == titles, f"{name}: {len(bound) - titles} numbers bound to styles")
    normal = [text for style, text, _ in paragraphs if text and style == "Normal"]
    findings.check(not normal, f"{name}: every paragraph has a style of its own")
    tables = [t for t in document.tables if t.style.name == "Table Grid"]
    sizes = [(len(t.columns), len(t.rows)) for t in tables]
    same = len(sizes) == len(wanted["tables"]) and all(
        columns == c and (r is None or rows == r) for (columns, rows), (c, r) in zip(sizes, wanted["tables"])
    )
    findings.check(same, f"{name}: tables of columns × rows {sizes}")
    heads = [t.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None for t in tables]
    findings.check(all(heads), f"{name}: {len(heads)} heads of tables marked")
findings.done()
