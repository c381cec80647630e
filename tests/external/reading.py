"""What the checks share: the report resolved from its YAML, the text of a PDF, the text of a DOCX.

White space is left out everywhere: how text is broken into lines is not text.
"""
import re
import zipfile
from pathlib import Path

import yaml

DIGITS = "〇一二三四五六七八九"


def han(n):
    """A count in Han numerals, as headings use them."""
    if n < 10:
        return DIGITS[n]
    if n < 100:
        tens, ones = divmod(n, 10)
        return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")
    hundreds, rest = divmod(n, 100)
    if rest == 0:
        tail = ""
    elif rest < 10:
        tail = "〇" + DIGITS[rest]
    else:
        tail = ("一" if rest < 20 else "") + han(rest)
    return DIGITS[hundreds] + "百" + tail


HEADINGS = [lambda n: han(n) + "、", lambda n: "（" + han(n) + "）", lambda n: f"{n}.", lambda n: f"（{n}）"]


def bare(text):
    return re.sub(r"\s", "", text)


class Report:
    """A report of paragraphs, headings and points, resolved: a list of (kind, level, number, text)."""

    def __init__(self, path):
        path = Path(path)
        self.source = yaml.safe_load(path.read_text(encoding="utf-8"))
        data = self.source.get("data")
        self.data = yaml.safe_load((path.parent / data).read_text(encoding="utf-8")) if data else {}
        self.unnumbered = {level for level, scheme in (self.source.get("numbering") or {}).items() if scheme == "none"}
        self.values = []
        title = self.source["title"]
        self.title = bare(title if isinstance(title, str) else "".join(title))
        self.blocks = [("title", 0, "", self.title)]
        if "occasion" in self.source:
            self.blocks.append(("occasion", 0, "", "（" + self.text(self.source["occasion"]) + "）"))
        if "speaker" in self.source:
            self.blocks.append(("speaker", 0, "", self.text(self.source["speaker"])))
        self.walk(self.source["body"], 1)

    def value(self, match):
        value = self.data
        for name in match.group(1).split("."):
            value = value[name]
        self.values.append((match.group(1), str(value)))
        return str(value)

    def text(self, source):
        text = re.sub(r"\{\{\s*([\w.]+)\s*\}\}", self.value, source)
        text = re.sub(r"(?<!\\)\*\*", "", text)
        return bare(re.sub(r"\\(.)", r"\1", text))

    def walk(self, body, level):
        heading = point = 0
        for block in body or []:
            if isinstance(block, str):
                block = {"text": block}
            point = point + 1 if "point" in block else 0
            if "heading" in block:
                heading += 1
                number = "" if level in self.unnumbered else HEADINGS[level - 1](heading)
                self.blocks.append(("heading", level, number, self.text(block["heading"])))
                self.walk(block.get("body"), level + 1)
            elif "point" in block:
                text = self.text(block["point"]) + self.text(block.get("text") or "")
                self.blocks.append(("point", 0, han(point) + "是", text))
            elif "salutation" in block:
                self.blocks.append(("salutation", 0, "", self.text(block["salutation"])))
            elif "text" in block:
                self.blocks.append(("paragraph", 0, "", self.text(block["text"])))
            else:
                raise SystemExit(f"a block that this check does not know: {sorted(block)}")

    def all_text(self):
        return "".join(number + text for _, _, number, text in self.blocks)


PAGE_NUMBER = re.compile(r"[—–-]?\d+[—–-]?")


def pdf_rows(page):
    """The lines of a page as lists of (x, baseline, character, size, right edge), from top to bottom, left to right."""
    import pymupdf

    glyphs = [
        (c["origin"][0], c["origin"][1], c["c"], span["size"], c["bbox"][2])
        for block in page.get_text("rawdict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
        for c in span["chars"]
        if c["c"].strip()
    ]
    rows = []
    for glyph in sorted(glyphs, key=lambda g: g[1]):
        if rows and glyph[1] - rows[-1][0][1] < 3:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row) for row in rows]


def row_text(row):
    return "".join(glyph[2] for glyph in row)


def is_page_number(row):
    return PAGE_NUMBER.fullmatch(row_text(row)) is not None


def pdf_text(path):
    import pymupdf

    with pymupdf.open(path) as document:
        return "".join(row_text(row) for page in document for row in pdf_rows(page) if not is_page_number(row))


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Word:
    """The paragraphs of a DOCX with the numbers that Word computes for them."""

    def __init__(self, path):
        from lxml import etree

        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            part = lambda name: etree.fromstring(package.read(name)) if name in names else None
            self.document = part("word/document.xml")
            self.styles = {s.get(W + "styleId"): s for s in part("word/styles.xml").iter(W + "style")}
            self.levels, self.instances = {}, {}
            numbering = part("word/numbering.xml")
        for abstract in numbering.iter(W + "abstractNum") if numbering is not None else []:
            self.levels[abstract.get(W + "abstractNumId")] = {int(l.get(W + "ilvl")): l for l in abstract.iter(W + "lvl")}
        for instance in numbering.iter(W + "num") if numbering is not None else []:
            starts = {
                int(o.get(W + "ilvl")): int(self.get(o, "startOverride"))
                for o in instance.iter(W + "lvlOverride")
                if self.get(o, "startOverride") is not None
            }
            self.instances[instance.get(W + "numId")] = (self.get(instance, "abstractNumId"), starts)

    @staticmethod
    def get(element, *path):
        for name in path:
            element = element.find(W + name) if element is not None else None
        return element.get(W + "val") if element is not None else None

    def style_numbering(self, style):
        """numId and level that a style gives, by inheritance."""
        numbering = level = None
        linked = style
        for _ in range(20):
            element = self.styles.get(style)
            if element is None:
                break
            here = element.find(f"{W}pPr/{W}numPr")
            numbering = numbering or self.get(here, "numId")
            level = level or self.get(here, "ilvl")
            style = self.get(element, "basedOn")
        if numbering in self.instances and level is None:
            levels = self.levels[self.instances[numbering][0]]
            level = next((i for i, l in levels.items() if self.get(l, "pStyle") == linked), 0)
        return numbering, int(level or 0)

    def paragraphs(self):
        """(style name, number, text) of every paragraph."""
        counts, started = {}, set()
        for p in self.document.iter(W + "p"):
            style = self.get(p, "pPr", "pStyle")
            numbering, level = self.style_numbering(style)
            direct = self.get(p, "pPr", "numPr", "numId")
            if direct is not None:
                numbering, level = direct, int(self.get(p, "pPr", "numPr", "ilvl") or 0)
            number = self.number(numbering, level, counts, started) if numbering in self.instances else ""
            element = self.styles.get(style)
            yield self.get(element, "name") or style or "Normal", bare(number), bare(self.text(p))

    def number(self, numbering, level, counts, started):
        abstract, starts = self.instances[numbering]
        levels, current = self.levels[abstract], counts.setdefault(abstract, {})
        first = int(self.get(levels[level], "start") or 1)
        if level in starts and (numbering, level) not in started:
            started.add((numbering, level))
            current[level] = starts[level]
        else:
            current[level] = current[level] + 1 if level in current else first
        for deeper in [l for l in current if l > level and self.get(levels[l], "lvlRestart") != "0"]:
            del current[deeper]

        def count(match):
            at = int(match.group(1)) - 1
            form = self.get(levels[at], "numFmt")
            value = current.get(at, int(self.get(levels[at], "start") or 1))
            if form in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"):
                return han(value)
            if form == "decimal":
                return str(value)
            if form.startswith("decimalEnclosedCircle") and 1 <= value <= 20:
                return chr(0x245F + value)
            if form == "none":
                return ""
            raise SystemExit(f"a number format that this check does not know: {form}")

        return re.sub(r"%(\d)", count, self.get(levels[level], "lvlText") or "")

    @staticmethod
    def text(p):
        """The text that a reader sees: of fields, the result; of revisions, what is not deleted."""
        out, fields = [], []
        for e in p.iter():
            if e.tag == W + "fldChar":
                kind = e.get(W + "fldCharType")
                if kind == "begin":
                    fields.append("code")
                elif kind == "separate" and fields:
                    fields[-1] = "result"
                elif kind == "end" and fields:
                    fields.pop()
            elif e.tag == W + "t" and "code" not in fields:
                if next(e.iterancestors(W + "p"), None) is p and next(e.iterancestors(W + "del"), None) is None:
                    out.append(e.text or "")
        return "".join(out)

    def all_text(self):
        return "".join(number + text for _, number, text in self.paragraphs())


def first_difference(expected, got):
    at = next((i for i, (a, b) in enumerate(zip(expected, got)) if a != b), min(len(expected), len(got)))
    return f"at character {at}: expected …{expected[max(0, at - 12):at + 20]}… got …{got[max(0, at - 12):at + 20]}…"


class Findings:
    """Collects what is wrong, so that one run tells all of it."""

    def __init__(self):
        self.wrong = 0

    def check(self, holds, what):
        print(("  ok    " if holds else "  WRONG ") + what)
        self.wrong += not holds

    def done(self):
        raise SystemExit(1 if self.wrong else 0)
