"""Every character of both outputs against the resolved YAML. usage: text.py REPORT.yaml FILE.pdf FILE.docx"""
import sys

from reading import Findings, Report, Word, first_difference, pdf_text

findings = Findings()
report = Report(sys.argv[1])
expected = report.all_text()
word = Word(sys.argv[3])
for name, got in [("PDF", pdf_text(sys.argv[2])), ("DOCX", word.all_text())]:
    same = got == expected
    findings.check(same, f"{name}: {len(got)} characters" + ("" if same else ", " + first_difference(expected, got)))

blocks = [(number, text) for _, number, text in word.paragraphs() if text]
title_lines = len(report.source["title"]) if isinstance(report.source["title"], list) else None
if title_lines:
    wanted = [("", line) for line in report.source["title"]] + [(n, t) for _, _, n, t in report.blocks[1:]]
    merged = [("", report.title)] + wanted[title_lines:]
    findings.check(blocks in (wanted, merged), f"DOCX: {len(blocks)} paragraphs, each with its own number")
findings.check(len(report.values) > 40, f"{len(report.values)} figures bound from data")
findings.done()
