"""LibreOffice opens the Word file, saves it again and prints it; the text stays. usage: office.py REPORT.yaml FILE.docx FONTS WORK"""
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pymupdf

from reading import Findings, Report, Word, first_difference, pdf_text

findings = Findings()
report, source, fonts, work = Report(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]).resolve(), Path(sys.argv[4]).resolve()
shutil.rmtree(work, ignore_errors=True)
work.mkdir(parents=True)
(work / "fonts.conf").write_text(
    f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{fonts}</dir>'
    f"<cachedir>{work}/cache</cachedir></fontconfig>",
    encoding="utf-8",
)
environment = os.environ | {"FONTCONFIG_FILE": str(work / "fonts.conf"), "HOME": str(work)}


def convert(file, form, folder):
    command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{work}/profile"]
    done = subprocess.run(
        [*command, "--convert-to", form, "--outdir", str(work / folder), str(file)],
        env=environment, capture_output=True, text=True, timeout=240, check=False,
    )
    result = work / folder / (file.stem + "." + form.split(":")[0])
    findings.check(result.exists(), f"{file.name} → {form}" + ("" if result.exists() else "\n" + done.stdout + done.stderr))
    return result


expected = report.all_text()
saved = convert(source, "docx", "saved")
if saved.exists():
    got = Word(saved).all_text()
    findings.check(got == expected, "text and numbers after saving again" + ("" if got == expected else ": " + first_difference(expected, got)))
printed = convert(source, "pdf", "printed")
if printed.exists():
    got = pdf_text(printed)
    findings.check(got == expected, "text and numbers as printed" + ("" if got == expected else ": " + first_difference(expected, got)))
    print(f"        LibreOffice prints {len(pymupdf.open(printed))} pages")
findings.done()
