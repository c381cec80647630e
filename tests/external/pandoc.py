"""Word files as pandoc reads them: every character stays. usage: pandoc.py FILE.docx…"""
import re
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

from lxml import etree

from reading import Findings, W, Word, bare

findings = Findings()

# Texts up to so many characters may be in another order: pandoc puts a caption below its table, and a cell over several rows
# where its own drawing of the table has it.
CELL = 20


def plain(text):
    """Without white space and raised digits' own shapes: pandoc writes marks of terms as ¹ or ^(1)."""
    text = "".join(unicodedata.normalize("NFKC", c) if unicodedata.name(c, "").startswith(("SUPERSCRIPT", "SUBSCRIPT")) else c for c in text)
    # And without its calls of notes.
    return re.sub(r"\[\d+\]", "", bare(text))


def notes(path):
    """The texts of the footnotes."""
    with zipfile.ZipFile(path) as package:
        if "word/footnotes.xml" not in package.namelist():
            return []
        root = etree.fromstring(package.read("word/footnotes.xml"))
    return ["".join(t.text or "" for t in note.iter(W + "t")) for note in root]


for path in sys.argv[1:]:
    # So wide that no cell of a table is broken over lines; -s: the title is metadata to pandoc.
    command = ["pandoc", "-s", "-f", "docx", "-t", "plain", "--wrap=none", "--columns=20000", path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    name = Path(path).stem
    findings.check(done.returncode == 0, f"{name}: pandoc reads it" + done.stderr)
    got = plain(done.stdout)
    at, paragraphs, missing = 0, 0, []
    for _, _, text in Word(path).paragraphs():
        text = plain(text)
        if not text:
            continue
        paragraphs += 1
        found = got.find(text, at)
        if found >= 0:
            at = found + len(text)
        elif got.find(text) < 0 or len(text) > CELL:
            missing.append(text[:40])
    missing += [note[:40] for note in notes(path) if plain(note) not in got]
    said = "".join("\n          " + text for text in missing[:5])
    findings.check(not missing and paragraphs > 0, f"{name}: {paragraphs} paragraphs in their order, whole{said}")
findings.done()
