"""Where veraPDF has an opinion on a file with one fault, it is that of `dinggao verify`. usage: agreement.py RESULTS.txt

RESULTS.txt: what Conformance.java says of the files, each named after the check that catches it.
"""
import re
import sys

from reading import Findings

# The checks whose faults break a rule of PDF/UA-1 or PDF/A-2b, too.
SHARED = set()

findings = Findings()
said = dict(re.findall(r"^  (ok|WRONG) +(\S+)\.pdf: \w+", open(sys.argv[1], encoding="utf-8").read(), re.M) and
            [(name, word) for word, name in re.findall(r"^  (ok|WRONG) +(\S+)\.pdf: \w+", open(sys.argv[1], encoding="utf-8").read(), re.M)])
findings.check(len(said) > 60, f"{len(said)} files of one fault")
for name in sorted(said):
    shared = name in SHARED
    findings.check((said[name] == "WRONG") == shared, f"{name}: veraPDF " + ("finds a fault, too" if said[name] == "WRONG" else "asks for nothing of the kind"))
findings.done()
