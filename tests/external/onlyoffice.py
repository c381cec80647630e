"""ONLYOFFICE opens Word files: does it show what was printed, does Update Field give what was there, what does a save keep?

usage: onlyoffice.py WORK FACES (FILE.pdf FILE.docx)…

FACES is made by office_faces.py. The PDFs are built with `--compose word`. ONLYOFFICE hangs no mark past the line's end, so lines are
not compared; its pages are. The library runs as a program of its own for every file (this one, with --ask): it does not forget the file before.
"""
import collections
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PARAGRAPHS = "Api.GetDocument().GetAllParagraphs().map(function(p){return p.GetText({Numbering:true})})"
UPDATE = "(function(d){d.UpdateAllTOC(false);d.UpdateAllFields(false)})(Api.GetDocument())"


def ask(faces, source, folder):
    """What ONLYOFFICE says of a file, as JSON; its pages and what it saves into a folder."""
    import docbuilder

    builder = docbuilder.CDocBuilder()
    for key, value in (("--fonts-system", "false"), ("--check-fonts", "true"), ("--fonts-dir", os.path.abspath(faces))):
        builder.SetProperty(key, value)
    builder.OpenFile(os.path.abspath(source), "")

    def paragraphs():
        result = builder.GetContext().CreateUndefined()
        builder.ExecuteCommand(f"JSON.stringify({PARAGRAPHS});", result)
        return json.loads(result.ToString())

    builder.SaveFile("pdf", str(Path(folder, "shown.pdf")))
    builder.SaveFile("docx", str(Path(folder, "saved.docx")))
    before = paragraphs()
    builder.ExecuteCommand(UPDATE + ";")
    after = paragraphs()
    builder.CloseFile()
    Path(folder, "said.json").write_text(json.dumps({"before": before, "after": after}), encoding="utf-8")


def facts(path):
    """What a file holds, by kind."""
    from lxml import etree

    from reading import W

    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        names = package.namelist()
    texts = lambda tag: collections.Counter(" ".join((e.text or "").split()) for e in body.iter(W + tag) if (e.text or "").strip())
    many = lambda tag: collections.Counter({tag: len(list(body.iter(W + tag)))})
    return {
        "bookmarks": collections.Counter(e.get(W + "name") for e in body.iter(W + "bookmarkStart")),
        "fields": texts("instrText"),
        "links": collections.Counter(e.get(W + "anchor") for e in body.iter(W + "hyperlink")),
        "calls of notes": many("footnoteReference"),
        "rows of heads": many("tblHeader"),
        "pictures": many("drawing"),
        "charts and workbooks": collections.Counter(re.sub(r"\d+", "", n) for n in names if re.search(r"charts/chart\d*\.xml$|\.xlsx$", n)),
    }


def note_texts(path):
    """The texts of footnotes."""
    from lxml import etree

    from reading import W

    with zipfile.ZipFile(path) as package:
        if "word/footnotes.xml" not in package.namelist():
            return []
        return [[t.text or "" for t in note.iter(W + "t")] for note in etree.fromstring(package.read("word/footnotes.xml"))]


def header_texts(path):
    """The texts of the paragraphs in headers."""
    from lxml import etree

    from reading import W

    with zipfile.ZipFile(path) as package:
        headers = [etree.fromstring(package.read(name)) for name in package.namelist() if re.fullmatch(r"word/header\d*\.xml", name)]
    return ["".join(t.text or "" for t in p.iter(W + "t")) for header in headers for p in header.iter(W + "p")]


def entry_fields(path):
    """What TC fields name for the contents: attachments and run-in headings."""
    with zipfile.ZipFile(path) as package:
        xml = package.read("word/document.xml").decode("utf-8")
    return {html.unescape(title) for title in re.findall(r'<w:instrText[^>]*> TC "([^"<]*)"', xml)}


def known(before, after, entries):
    """True where ONLYOFFICE changes a paragraph in a way that no file can help (docs/word.md)."""
    # A reference to （二） loses the sign behind the number.
    cut = lambda text: re.sub(r"（[〇一二三四五六七八九十百\d]+）", lambda m: m[0][:-1], text)
    if before and after and cut(before) == cut(after):
        return True
    # Its contents leave out what TC fields name.
    if before and not after and re.sub(r"\t\d+$", "", before) in entries:
        return True
    # It breaks lines in its own way, so a heading may be on the page before or after.
    page = re.compile(r"\t(\d+)$")
    if before and after and page.search(before) and page.search(after):
        return abs(int(page.search(before)[1]) - int(page.search(after)[1])) <= 1 and page.sub("", before) == page.sub("", after)
    return not before and not after


def check(findings, faces, pdf, docx, folder):
    import pymupdf

    from reading import PAGE_NUMBER, Word, bare, is_page_number, pdf_rows

    name = docx.stem
    done = subprocess.run([sys.executable, __file__, "--ask", str(faces), str(docx), str(folder)], capture_output=True, text=True, timeout=300, check=False)
    said = folder / "said.json"
    if not said.exists():
        findings.check(False, f"{name}: ONLYOFFICE opens the file\n{done.stdout}{done.stderr}")
        return
    with pymupdf.open(pdf) as ours, pymupdf.open(folder / "shown.pdf") as theirs:
        # The numbers of wide pages stand at their sides.
        wide = {page.number for page in theirs if page.rect.width > page.rect.height}
        upright = lambda document: [page for page in document if page.number not in wide]
        numbered = lambda document: sum(bool(rows) and is_page_number(rows[-1]) for rows in map(pdf_rows, upright(document)))
        # ONLYOFFICE draws no blank page before a section that begins on an odd one.
        filled = sum(bool(page.get_text().strip() or page.get_images() or page.get_drawings()) for page in ours)
        findings.check(len(theirs) in (len(ours), filled), f"{name}: pages: PDF {len(ours)}, ONLYOFFICE {len(theirs)}")
        findings.check(numbered(ours) == numbered(theirs), f"{name}: numbered pages: {numbered(ours)} and {numbered(theirs)}")
    told = json.loads(said.read_text(encoding="utf-8"))
    # ONLYOFFICE lists notes, headers, page numbers and its own watermark as well.
    wanted = collections.Counter(bare(number + text) for _, number, text in Word(docx).paragraphs())
    got = collections.Counter(bare(text) for text in told["before"])
    notes = {bare("".join(texts)) for texts in note_texts(docx)} | {bare(text) for text in header_texts(docx)}
    lost = [text for text in wanted - got if text]
    new = [text for text in got - wanted if text and text not in notes and text != "UnregisteredVersion" and not PAGE_NUMBER.fullmatch(text)]
    findings.check(not lost and not new, f"{name}: {sum(wanted.values())} paragraphs with their numbers" + (f"\n          lost: {lost[:4]}\n          new: {new[:4]}" if lost or new else ""))
    before, after = ([text.strip("\r\n") for text in told[key]] for key in ("before", "after"))
    less = lambda a, b: list((collections.Counter(a) - collections.Counter(b)).elements())
    lost, new = less(before, after), less(after, before)
    wrong, entries = [], entry_fields(docx)
    for text in lost:
        other = next((o for o in new if known(text, o, entries)), None)
        if other is not None:
            new.remove(other)
        elif not known(text, "", entries):
            wrong.append(text)
    wrong += [text for text in new if text]
    findings.check(not wrong, f"{name}: fields and contents updated, {len(lost)} paragraphs otherwise as ONLYOFFICE knows them" + "".join(f"\n          {text[:60]}" for text in wrong[:6]))
    kept, saved = facts(docx), facts(folder / "saved.docx")
    for kind, these in kept.items():
        gone = these - saved[kind]
        findings.check(not gone, f"{name}: saved, {sum(these.values())} {kind}" + (f"\n          lost: {list(gone)[:4]}" if gone else ""))


if __name__ == "__main__":
    if sys.argv[1] == "--ask":
        ask(*sys.argv[2:5])
        raise SystemExit
    from reading import Findings

    findings = Findings()
    work, faces = Path(sys.argv[1]), Path(sys.argv[2])
    work.mkdir(parents=True, exist_ok=True)
    for pdf, docx in zip(sys.argv[3::2], sys.argv[4::2]):
        with tempfile.TemporaryDirectory(dir=work) as folder:
            check(findings, faces, Path(pdf), Path(docx), Path(folder))
    findings.done()
