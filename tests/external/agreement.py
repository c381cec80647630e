"""Where veraPDF has an opinion on a file with one fault, it is that of `dinggao verify`. usage: agreement.py RESULTS.txt

RESULTS.txt: what Conformance.java says of the files, each named after the check that catches it.
"""
import re
import sys
from pathlib import Path

from reading import Findings

# The checks whose faults break a rule of PDF/UA-1 or PDF/A-2b, too. (A property of the metadata that is renamed is one that PDF/A does not know.)
SHARED = {
    "structure-alt", "structure-contents", "structure-heading", "structure-language", "structure-link", "structure-list", "structure-nesting",
    "structure-note-id", "structure-once", "structure-parent-tree", "structure-role", "structure-table", "structure-table-grid",
    "structure-table-head", "structure-tabs", "structure-title", "structure-tree", "structure-untagged",
    "x4-annotation", "x4-dates", "x4-device-colour", "x4-document-id", "x4-external-stream", "x4-file-id", "x4-font", "x4-layers", "x4-lzw",
    "x4-metadata", "x4-profile-class", "x4-profile-space", "x4-spot-colour", "x4-xfa",
}

findings = Findings()
text = Path(sys.argv[1]).read_text(encoding="utf-8")
said = {name: word for word, name in re.findall(r"^  (ok|WRONG) +(\S+)\.pdf: \w+, ", text, re.MULTILINE)}
findings.check(len(said) > 60, f"{len(said)} files of one fault")
findings.check(SHARED <= said.keys(), "all that both look at are among them")
for name in sorted(said):
    finds = said[name] == "WRONG"
    opinion = "finds a fault, too" if finds else "asks for nothing of the kind"
    findings.check(finds == (name in SHARED), f"{name}: veraPDF {opinion}")
findings.done()
