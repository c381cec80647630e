"""A Word file with embedded faces, in a LibreOffice that has no Han font: every glyph is there, from the embedded faces, and the file is small.

usage: embedded.py FILE.pdf FILE.docx WORK      built with `--embed-fonts --compose libreoffice`
"""
import collections
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pymupdf

from reading import Findings, bare, is_page_number, pdf_rows, row_text

MOST = 3 << 20
findings = Findings()
pdf, docx, work = (Path(argument).resolve() for argument in sys.argv[1:4])
shutil.rmtree(work, ignore_errors=True)
(work / "fonts").mkdir(parents=True)
# LibreOffice does not start without any font: it gets one of signs that has neither Han characters nor letters.
signs = next(Path("/usr").glob("share/fonts/truetype/libreoffice/opens___.ttf"), None) or next(Path("/usr/lib/libreoffice").glob("**/opens___.ttf"))
shutil.copy(signs, work / "fonts")
(work / "fonts.conf").write_text(
    f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{work}/fonts</dir><cachedir>{work}/cache</cachedir></fontconfig>',
    encoding="utf-8",
)
command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{work}/profile", "--convert-to", "pdf", "--outdir", str(work), str(docx)]
done = subprocess.run(command, env=os.environ | {"FONTCONFIG_FILE": str(work / "fonts.conf"), "HOME": str(work)}, capture_output=True, text=True, timeout=240, check=False)
shown = work / (docx.stem + ".pdf")
if not shown.exists():
    findings.check(False, "LibreOffice prints the Word file\n" + done.stdout + done.stderr)
    findings.done()

size = docx.stat().st_size
findings.check(size < MOST, f"{size / 1e6:.2f} MB")
with zipfile.ZipFile(docx) as package:
    fonts = re.findall(r"<w:rFonts [^>]*>", package.read("word/styles.xml").decode())
    named = {name for element in fonts for name in re.findall(r'w:(?:ascii|hAnsi|eastAsia|cs)="([^"]*)"', element)}
    table = package.read("word/fontTable.xml").decode()
carried = {font.group(1) for font in re.finditer(r'<w:font w:name="([^"]*)">(.*?)</w:font>', table) if "w:embed" in font.group(2)}
findings.check(named <= carried, f"styles name {sorted(named)}, embedded are {sorted(carried)}")


def characters(path):
    """Every character but page numbers, and the faces that draw them."""
    with pymupdf.open(path) as document:
        rows = [row for page in document for row in pdf_rows(page) if not is_page_number(row)]
        fonts = {font[3].split("+")[-1] for page in document for font in page.get_fonts()}
        missing = [c["c"] for page in document for b in page.get_text("rawdict")["blocks"] for l in b.get("lines", []) for s in l["spans"] for c in s["chars"] if c["c"] == "\ufffd"]
        return collections.Counter(bare("".join(map(row_text, rows)))), fonts, missing, len(document)


ours, _, _, pages = characters(pdf)
theirs, fonts, missing, shown_pages = characters(shown)
# Leaders of contents.
for leader in "….·":
    del ours[leader], theirs[leader]
lost, new = ours - theirs, theirs - ours
findings.check(not lost and not new and not missing, f"{sum(ours.values())} characters shown" + (f"\n          lost: {dict(lost)}\n          new: {dict(new)}" if lost or new else ""))
findings.check(not any("Symbol" in font or "opens" in font.lower() for font in fonts), f"no other font: {sorted(fonts)}")
findings.check(pages == shown_pages, f"pages: PDF {pages}, LibreOffice {shown_pages}")
findings.done()
