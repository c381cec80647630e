"""The text of Word files with all tracked changes accepted, read by a reader of its own, against what `dinggao` reads of them.

usage: accepted.py READER FOLDER

READER prints the text of one file (`cargo build --example manuscript`). White space counts for nothing; what neither prints (field codes, contents,
hidden text, text boxes, headers) is left out on both sides.
"""
import re
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from lxml import etree

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
GONE = {"del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "txbxContent", "drawing", "pict", "object", "rt"}
PLAIN = {"TOC", "INDEX", "TOA"}


class Reader:
    def __init__(self, path):
        self.package = zipfile.ZipFile(path)
        self.names = {name.lower(): name for name in self.package.namelist()}
        self.text, self.fields, self.calls = [], [], []

    def part(self, name):
        found = self.names.get(name.lower().lstrip("/"))
        return etree.fromstring(self.package.read(found), etree.XMLParser(resolve_entities=False, huge_tree=True)) if found else None

    def relations(self, name):
        path = PurePosixPath(name)
        root = self.part(str(path.parent / "_rels" / (path.name + ".rels")))
        return [] if root is None else [(r.get("Type").rsplit("/", 1)[-1], str(r.get("Target"))) for r in root if r.get("Target")]

    def read(self):
        main = next((t.lstrip("/") for kind, t in self.relations("") if kind == "officeDocument"), "word/document.xml")
        body = self.part(main)
        self.walk(body)
        for kind, target in self.relations(main):
            if kind == "footnotes":
                name = target.lstrip("/") if target.startswith("/") else str(PurePosixPath(main).parent / target)
                notes = self.part(name)
                known = {} if notes is None else {self.get(n, "id"): n for n in notes}
                for call in dict.fromkeys(self.calls):
                    if call in known:
                        self.walk(known[call])
        return "".join(self.text)

    @staticmethod
    def get(element, name):
        return element.get(f"{{{TRANSITIONAL}}}{name}", element.get(f"{{{STRICT}}}{name}"))

    def say(self, text):
        if all(shown and (code.split() or [""])[0].upper() not in PLAIN for code, shown in self.fields):
            self.text.append(text)

    def walk(self, element):
        for child in element:
            if not isinstance(child.tag, str):
                continue
            space, _, name = child.tag[1:].partition("}")
            if child.tag == CHOICE + "AlternateContent":
                inner = next((c for c in child if c.tag == CHOICE + "Choice"), None)
                inner = inner if inner is not None else next((c for c in child if c.tag == CHOICE + "Fallback"), None)
                if inner is not None:
                    self.walk(inner)
                continue
            if space not in (TRANSITIONAL, STRICT) or name in GONE:
                continue
            on = lambda parent, tag: next((c for c in parent if isinstance(c.tag, str) and c.tag.endswith("}" + tag)), None)
            if name == "tr":
                properties = on(child, "trPr")
                if properties is not None and on(properties, "del") is not None:
                    continue
            if name == "tc":
                properties = on(child, "tcPr")
                if properties is not None and on(properties, "cellDel") is not None:
                    continue
            if name == "r":
                properties = on(child, "rPr")
                hidden = on(properties, "vanish") if properties is not None else None
                if hidden is not None and self.get(hidden, "val") not in ("0", "false", "off"):
                    for mark in child:
                        if str(mark.tag).endswith(("}fldChar", "}instrText")):
                            self.leaf(mark, str(mark.tag).rpartition("}")[2])
                    continue
            if name == "fldSimple":
                self.fields.append([self.get(child, "instr") or "", True])
                self.walk(child)
                self.fields.pop()
            elif not self.leaf(child, name):
                self.walk(child)

    def leaf(self, element, name):
        if name == "t":
            self.say("".join(element.itertext()))
        elif name == "sym":
            code = self.get(element, "char")
            self.say(chr(int(code, 16)) if code else "")
        elif name == "noBreakHyphen":
            self.say("\u2011")
        elif name == "softHyphen":
            self.say("\u00ad")
        elif name == "footnoteReference":
            self.calls.append(self.get(element, "id"))
        elif name in ("instrText", "delInstrText"):
            if self.fields and not self.fields[-1][1]:
                self.fields[-1][0] += "".join(element.itertext())
        elif name == "fldChar":
            kind = self.get(element, "fldCharType")
            if kind == "begin":
                self.fields.append(["", False])
            elif kind == "separate" and self.fields:
                self.fields[-1][1] = True
            elif kind == "end" and self.fields:
                self.fields.pop()
        else:
            return False
        return True


def bare(text):
    """Without white space, marks of notes and places of objects."""
    return re.sub(r"[\s\ufffc\u2460-\u2473\u200b-\u200f\ufeff]|\x00", "", text)


def main(reader, folder):
    def one(path):
        start = time.monotonic()
        done = subprocess.run([reader, str(path)], capture_output=True, timeout=60, check=False)
        return path, done, time.monotonic() - start

    equal, other, refused, unread = 0, [], [], 0
    with ThreadPoolExecutor(2) as pool:
        for path, done, _ in pool.map(one, sorted(Path(folder).iterdir())):
            try:
                wanted = Reader(path).read()
            except Exception as error:  # What the other reader cannot open is no measure.
                wanted, unread = None, unread + 1
            if done.returncode:
                refused.append((path.name, done.stderr.decode()[:100].strip(), wanted is not None))
                continue
            got = bare(done.stdout.decode())
            if wanted is None or got == bare(wanted):
                equal += wanted is not None
                continue
            want = bare(wanted)
            at = next((i for i, (a, b) in enumerate(zip(got, want)) if a != b), min(len(got), len(want)))
            other.append((path.name, got[max(0, at - 15):at + 25], want[max(0, at - 15):at + 25]))
    print(f"equal {equal}, other {len(other)}, refused {len(refused)}, not read by the other reader {unread}")
    for line in other:
        print("  other  ", *line, sep=" | ")
    for line in refused:
        print("  refused", *line, sep=" | ")
    return 1 if other else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:3]))
