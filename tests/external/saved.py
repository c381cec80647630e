"""Word files saved again by LibreOffice and ONLYOFFICE come home: `merge` finds no change in them.

usage: saved.py PROGRAM TEMPLATE.yaml FONTS WORK ONLYOFFICE FACES (SOURCE.yaml FILE.docx)…

ONLYOFFICE is the Python that has its library; FACES is made by office_faces.py.
"""
import json
import subprocess
import sys
from pathlib import Path

from libreoffice import Office
from reading import Findings

findings = Findings()
program, template, fonts, work, only_office, faces = sys.argv[1:7]
pairs = list(zip(sys.argv[7::2], sys.argv[8::2]))
work = Path(work).resolve()
office = Office(template, fonts, work / "libreoffice")
here = Path(__file__).parent


def by_only_office(file):
    folder = work / "onlyoffice" / file.stem
    folder.mkdir(parents=True, exist_ok=True)
    command = [only_office, str(here / "onlyoffice.py"), "--ask", faces, str(file), str(folder)]
    subprocess.run(command, capture_output=True, timeout=300, check=False)
    saved = folder / "saved.docx"
    return saved if saved.exists() else None


for source, file in pairs:
    file = Path(file)
    for name, saved in (("LibreOffice", office.convert(file, "docx")), ("ONLYOFFICE", by_only_office(file))):
        if saved is None:
            findings.check(False, f"{file.stem}: {name} saves it")
            continue
        done = subprocess.run([program, "merge", str(saved), source, "--format", "json"], capture_output=True, text=True, check=False)
        changes = json.loads(done.stdout).get("changes") if done.stdout else None
        told = "" if changes == [] else f"\n          {done.stderr}{changes}"
        findings.check(done.returncode == 0 and changes == [], f"{file.stem}: saved by {name}, no change found{told}")
findings.done()
