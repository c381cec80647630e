#!/usr/bin/env python3
"""Cells of a workbook in many number formats: what the program prints is what LibreOffice shows, or the cell is refused by its place.

Usage: cells.py PROGRAM WORK

The workbook is written here, part by part, so that every format is in it as an office writes it. LibreOffice is set to zh-CN, as
offices are, and saves the sheet as text, each cell as it is shown."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

# Numbers of all sizes and signs; halves are where rounding goes wrong.
PLAIN = ["0", "7", "-3", "12.5", "-12.5", "0.125", "1234.5", "-1234.565", "20876", "1234567.891", "0.005", "-0.001", "99.995"]
SHARES = ["0", "0.125", "-0.0345", "1", "0.33333333333333331", "12.5"]
LARGE = ["0", "12345", "-123456", "99999", "12345678", "1234567890"]
# From March 1900 on: before, the two count days apart.
POSITIVE = ["0", "9999", "12345", "99999", "12345678"]
DAYS = ["45299", "45351.5", "61", "36526.25", "45299.999826388889"]
CLOCKS = ["0.25", "0.75", "0.520833333333333", "0.999826388888889", "0.5", "0.000694444444444444"]
SPANS = ["1.08680555555556", "0.25", "2.5"]

# Not here: dates that each system shows as it is set (14, 22, [$-F800]), and what LibreOffice does not know: the escape `!`, 上午/下午.
# A code, or the number of a built-in format; and the values that are shown in it.
FORMATS = [
    ("0", PLAIN), ("0.0", PLAIN), ("0.00", PLAIN), ("0.000", PLAIN), ("#,##0", PLAIN), ("#,##0.00", PLAIN), ("#,##0.0", PLAIN),
    ("0%", SHARES), ("0.0%", SHARES), ("0.00%", SHARES), ("#,##0.0%", SHARES), ("0.00E+00", ["12345", "0.00012", "-9.996", "7"]),
    ("0.0E+00", ["12345", "0.00012"]), ("000", ["7", "1234"]), ("00000", ["42"]), ("0.0#", ["12.5", "12", "12.345"]),
    ("0.##", ["12.5", "12.345", "12.25"]), ("#.##", ["0.5", "12.345"]), ("#,##0.00_);(#,##0.00)", PLAIN),
    ("#,##0.00_);[Red]\\(#,##0.00\\)", PLAIN), ("0.00;0.00", PLAIN), ("0.0;-0.0;\"—\"", PLAIN), ("#,##0;-#,##0;\"-\"", PLAIN),
    ("[Red]0.0;[Blue]-0.0", PLAIN), ("0\"件\"", ["0", "12", "-3"]), ("#,##0\"万元\"", ["1234.5", "20876"]), ("\"¥\"#,##0.00", PLAIN),
    ("[$¥-804]#,##0.00", PLAIN), ("[$￥-804]#,##0", PLAIN), ("\\约0", ["12.5"]), ("0\\.0,", LARGE), ("0\\.0000", LARGE),
    ("0\\.0,\"万\"", LARGE), ("#,##0,", LARGE), ("0.0,", LARGE), ("0.00,,", LARGE), ("0.0,,\"百万\"", LARGE),
    ("[>=10000]0\\.0,\"万\";0", POSITIVE), ("[<1]0.0%;0.0", ["0.5", "12.5", "1"]), ("+0.0;-0.0;0.0", PLAIN), ("0.0\"个百分点\"", ["1.25", "-0.3"]),
    ("0\" %\"", ["12"]), ("# ?/?", ["0.5"]), ("# ??/??", ["0.33"]), ("?/?", ["0.5"]), ("[DBNum1]0", ["12"]), ("[DBNum2][$-804]General", ["123"]),
    ("yyyy-mm-dd", DAYS), ("yyyy/m/d", DAYS), ("yyyy\"年\"m\"月\"d\"日\"", DAYS), ("yyyy\"年\"m\"月\"", DAYS), ("m\"月\"d\"日\"", DAYS),
    ("yy-mm", DAYS), ("yyyy.mm.dd", DAYS), ("yyyymmdd", DAYS), ("yyyy-mm-dd hh:mm", DAYS), ("yyyy-mm-dd hh:mm:ss", DAYS), ("mm-dd-yy", DAYS),
    ("h:mm", CLOCKS), ("hh:mm:ss", CLOCKS), ("h\"时\"mm\"分\"", CLOCKS), ("[$-409]h:mm AM/PM", CLOCKS), ("[$-804]h:mm AM/PM", CLOCKS), ("[h]:mm", SPANS), ("[h]:mm:ss", SPANS), ("[mm]:ss", ["0.25"]),
    ("yyyy\"年\"m\"月\"d\"日\" h:mm", DAYS), ("[$-804]yyyy\"年\"m\"月\"d\"日\"", DAYS), ("aaaa", ["45299", "45300"]), ("aaa", ["45299"]),
    ("[$-804]dddd", ["45299"]), ("[$-804]ddd", ["45299"]), ("[$-804]mmm", ["45299", "45646"]), ("[$-804]mmmm", ["45299", "45646"]), ("mm:ss.0", ["0.25"]), ("[$-409]d-mmm-yy", ["45299"]), ("[$-409]mmmm d, yyyy", ["45299"]), ("e\"年\"", ["45299"]), ("General\"件\"", ["12.5", "7"]),
    ("General", ["12.5", "-3", "0.1", "1234567"]), ("@", ["12.5"]),
    *[(number, PLAIN) for number in (1, 2, 3, 4, 5, 6, 7, 8, 37, 38, 39, 40, 41, 42, 43, 44)], *[(number, SHARES) for number in (9, 10)], (11, ["12345"]),
    *[(number, DAYS) for number in (27, 28, 30, 31, 36, 57, 58)], *[(number, CLOCKS) for number in (20, 21, 32, 33, 34)], (12, ["0.5"]), (23, ["7"]), (45, ["0.000694444444444444"]), (47, ["0.25"]), (48, ["12345"]), (46, SPANS),
    (49, ["12"]),
]

SHEET = "指标"
BOOK = "d.xlsx"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(path):
    """Writes the workbook; its cells as (format, value), the first in A2."""
    cells = [(code, value) for code, values in FORMATS for value in values]
    codes = [code for code, _ in FORMATS]
    numbers = {code: 164 + at for at, code in enumerate(code for code in codes if isinstance(code, str))}
    number = [numbers.get(code, code) for code in codes]
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode={quoteattr(code)}/>' for code, n in numbers.items())
    styles = "".join(f'<xf numFmtId="{n}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' for n in number)
    rows = "".join(
        f'<row r="{at + 2}"><c r="A{at + 2}" s="{codes.index(code) + 1}"><v>{value}</v></c></row>' for at, (code, value) in enumerate(cells)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {NAMESPACE} xmlns:r="{RELATIONS}"><sheets><sheet name="{SHEET}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATIONS}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet {NAMESPACE}><numFmts count="{len(numbers)}">{formats}</numFmts><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(codes) + 1}"><xf xfId="0"/>{styles}</cellXfs></styleSheet>',
        # Wide enough that nothing is shown as ###.
        "xl/worksheets/sheet1.xml": f'<worksheet {NAMESPACE}><cols><col min="1" max="1" width="60" customWidth="1"/></cols><sheetData>'
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>值</t></is></c></row>{rows}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + text)
    return cells


def shown(book, work):
    """The cells as LibreOffice shows them."""
    profile = work / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop></item>'
        "</oor:items>",
        encoding="utf-8",
    )
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,1"
    done = subprocess.run(
        ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{profile}", "--convert-to", form, "--outdir", str(work / "csv"), str(book)],
        env=os.environ | {"HOME": str(work)}, capture_output=True, text=True, timeout=240, check=False,
    )
    files = list((work / "csv").glob("*.csv"))
    if not files:
        sys.exit("LibreOffice wrote nothing: " + done.stdout + done.stderr)
    with files[0].open(encoding="utf-8-sig", newline="") as file:
        return [row[0] if row else "" for row in csv.reader(file)][1:]


def report(folder, rows):
    body = "".join(f'  - "甲{{{{ d[{row}].值 }}}}乙"\n' for row in rows)
    (folder / "r.yaml").write_text(f"template: work-report\ntitle: 数\ndata: {{d: {BOOK}}}\nbody:\n{body}", encoding="utf-8")


def refused(program, folder, count):
    """The rows that the program refuses, each by its cell's name; and messages that name none."""
    report(folder, range(count))
    done = subprocess.run([program, "check", "r.yaml", "--format", "json"], cwd=folder, capture_output=True, text=True, check=False)
    rows, unplaced = set(), []
    for diagnostic in json.loads(done.stdout)["diagnostics"]:
        if diagnostic["severity"] != "error":
            continue
        place = re.search(re.escape(f"{BOOK}[{SHEET}]!A") + r"(\d+)", " ".join(str(value) for value in diagnostic.values()))
        if place:
            rows.add(int(place[1]) - 2)
        else:
            unplaced.append(f"{diagnostic['code']} {diagnostic['message']} ({diagnostic['file']}:{diagnostic['line']})")
    return rows, unplaced


def printed(program, folder, rows):
    """What the program prints of each row."""
    report(folder, rows)
    done = subprocess.run([program, "build", "r.yaml", "--layout", "layout.json"], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[:3000])
    texts = {}
    for page in json.loads((folder / "layout.json").read_text(encoding="utf-8"))["pages"]:
        for line in page["lines"]:
            if line["block"]:
                texts.setdefault(line["block"], []).append(line["text"])
    blocks = ["".join(lines).strip() for lines in texts.values()][1:]
    if len(blocks) != len(rows):
        sys.exit(f"{len(blocks)} paragraphs, {len(rows)} wanted")
    return [block.removeprefix("甲").removesuffix("乙") for block in blocks]


def main():
    program, work = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    cells = workbook(work / BOOK)
    office = shown(work / BOOK, work)
    if len(office) != len(cells):
        sys.exit(f"LibreOffice shows {len(office)} cells of {len(cells)}")
    away, unplaced = refused(program, work, len(cells))
    kept = [row for row in range(len(cells)) if row not in away]
    wrong = [f"an error without a cell: {message}" for message in unplaced]
    for row, got in zip(kept, printed(program, work, kept)):
        # The sign of the yuan has two widths; the letters are the same.
        if got != office[row].strip().replace("￥", "¥") and got != office[row].strip():
            code, value = cells[row]
            wrong.append(f"A{row + 2}: {value} in {code} prints {got!r}; LibreOffice shows {office[row]!r}")
    for line in wrong[:int(os.environ.get("SHOW","40"))]:
        print("  WRONG", line)
    codes = sorted({str(cells[row][0]) for row in away})
    print(f"  {'ok   ' if not wrong else 'WRONG'} {len(FORMATS)} formats, {len(cells)} cells: {len(kept)} printed, {len(away)} refused ({'; '.join(codes)}), {len(wrong)} differ")
    sys.exit(bool(wrong))


main()
