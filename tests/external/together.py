#!/usr/bin/env python3
"""Builds of one report into one folder, ten at a time: readers see the two files of one build at every moment, and nothing is left.

Usage: together.py PROGRAM [ROUNDS]   (default 5; 500 for a long run)

Each build has a value of its own, and its bytes are known from a build alone. A reader opens the PDF, the Word file and the PDF again:
where the PDF has not changed between, both are of one build."""

import hashlib
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

BUILDS = 10
REPORT = """template: work-report
title: 同时
data: d.yaml
body:
  - 第{{ value }}次。
"""


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def command(program, value, out):
    return [program, "build", "r.yaml", "--set", f"value={value}", "--out", out]


def watch(out, known, stop, wrong, seen):
    """Reads the pair over and over."""
    pdf, word = out / "r.pdf", out / "r.docx"
    while not stop.is_set():
        try:
            first, between, again = digest(pdf), digest(word), digest(pdf)
        except FileNotFoundError:
            continue
        if first != again:
            continue
        seen.append(1)
        if known["pdf"].get(first) is None or known["pdf"].get(first) != known["docx"].get(between):
            wrong.append(f"a reader saw PDF {known['pdf'].get(first)} beside Word file {known['docx'].get(between)}")


def main():
    program = str(Path(sys.argv[1]).resolve())
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    wrong, seen = [], []
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "r.yaml").write_text(REPORT, encoding="utf-8")
        (folder / "d.yaml").write_text("value: 0\n", encoding="utf-8")
        known = {"pdf": {}, "docx": {}}
        for value in range(BUILDS):
            subprocess.run(command(program, value, f"alone{value}"), cwd=folder, check=True, capture_output=True)
            for kind in known:
                known[kind][digest(folder / f"alone{value}" / f"r.{kind}")] = value
        out = folder / "out"
        stop = threading.Event()
        reader = threading.Thread(target=watch, args=(out, known, stop, wrong, seen))
        reader.start()
        for number in range(rounds):
            running = [
                subprocess.Popen(command(program, value, "out"), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                for value in range(BUILDS)
            ]
            for process in running:
                said = process.communicate()[1]
                if process.returncode:
                    wrong.append(f"round {number}: a build ended with {process.returncode}: {said.decode()[:300]}")
            left = sorted(path.name for path in out.iterdir())
            if left != ["r.docx", "r.pdf"] or any(path.is_symlink() for path in out.iterdir()):
                wrong.append(f"round {number} leaves {left}")
            pair = known["pdf"].get(digest(out / "r.pdf")), known["docx"].get(digest(out / "r.docx"))
            if pair[0] is None or pair[0] != pair[1]:
                wrong.append(f"round {number} ends with the PDF of {pair[0]} and the Word file of {pair[1]}")
        stop.set()
        reader.join()
    for line in wrong[:20]:
        print("  WRONG", line)
    print(f"  {'ok   ' if not wrong else 'WRONG'} {rounds} rounds of {BUILDS} builds, {len(seen)} pairs read, {len(wrong)} wrong")
    sys.exit(bool(wrong))


main()
