"""Files with tracked changes in LibreOffice and ONLYOFFICE: all accepted they are the new text, all rejected the old one.

usage: tracked.py READER WORK ONLYOFFICE FACES (MARKED.docx OLD.docx NEW.docx)…

READER prints the text of a Word file (`cargo build --example manuscript`). ONLYOFFICE is the Python that has its library; FACES is made by office_faces.py.
"""
import re
import shutil
import subprocess
import sys
from pathlib import Path

from reading import Findings

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Settle(sSource As String, sTarget As String, sCommand As String)
  Dim aOpen(0) As New com.sun.star.beans.PropertyValue
  Dim aSave(0) As New com.sun.star.beans.PropertyValue
  aOpen(0).Name = "Hidden"
  aOpen(0).Value = True
  oDocument = StarDesktop.loadComponentFromURL(sSource, "_blank", 0, aOpen())
  oHelper = createUnoService("com.sun.star.frame.DispatchHelper")
  oHelper.executeDispatch(oDocument.CurrentController.Frame, ".uno:" &amp; sCommand, "", 0, Array())
  aSave(0).Name = "FilterName"
  aSave(0).Value = "MS Word 2007 XML"
  oDocument.storeToURL(sTarget, aSave())
  oDocument.close(True)
End Sub
</script:module>"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Module1"/>
</library:library>"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>
</library:libraries>"""
COMMANDS = {"accepted": ("AcceptAllTrackedChanges", "AcceptAllRevisionChanges"), "rejected": ("RejectAllTrackedChanges", "RejectAllRevisionChanges")}
ONLYOFFICE = """
import sys, docbuilder
faces, source, target, command = sys.argv[1:5]
builder = docbuilder.CDocBuilder()
for key, value in (("--fonts-system", "false"), ("--check-fonts", "true"), ("--fonts-dir", faces)):
    builder.SetProperty(key, value)
builder.OpenFile(source, "")
builder.ExecuteCommand(f"(function(d){{d.{command}()}})(Api.GetDocument());", builder.GetContext().CreateUndefined())
builder.SaveFile("docx", target)
builder.CloseFile()
"""

findings = Findings()
reader, work, only_office, faces = sys.argv[1], Path(sys.argv[2]).resolve(), sys.argv[3], str(Path(sys.argv[4]).resolve())
triples = list(zip(sys.argv[5::3], sys.argv[6::3], sys.argv[7::3]))
shutil.rmtree(work, ignore_errors=True)
work.mkdir(parents=True)
# A profile that is there before its first start is made anew.
start = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{work}/profile", "--terminate_after_init"]
subprocess.run(start, capture_output=True, timeout=240, check=False)
basic = work / "profile" / "user" / "basic" / "Standard"
basic.mkdir(parents=True, exist_ok=True)
for path, text in ((basic / "Module1.xba", MACRO), (basic / "script.xlb", LIBRARY), (basic.parent / "script.xlc", LIBRARIES)):
    path.write_text(text, encoding="utf-8")


def by_libreoffice(source, target, command):
    macro = f'macro:///Standard.Module1.Settle("{source.as_uri()}","{target.as_uri()}","{command}")'
    run = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{work}/profile", macro]
    subprocess.run(run, capture_output=True, timeout=240, check=False)


def by_onlyoffice(source, target, command):
    subprocess.run([only_office, "-c", ONLYOFFICE, faces, str(source), str(target), command], capture_output=True, timeout=240, check=False)


def text(file):
    done = subprocess.run([reader, str(file)], capture_output=True, text=True, check=True)
    return re.sub(r"[\s\ufffc\u2460-\u2473]", "", done.stdout)


for number, (marked, old, new) in enumerate(triples):
    for view, commands in COMMANDS.items():
        wanted = text(new if view == "accepted" else old)
        for program, command in zip((by_libreoffice, by_onlyoffice), commands):
            name = f"{Path(marked).stem} {number}, {view} {program.__name__}"
            target = work / f"{number}-{view}-{program.__name__}.docx"
            program(Path(marked).resolve(), target, command)
            if not target.exists():
                findings.check(False, f"{name}: saved")
                continue
            got = text(target)
            at = next((i for i, (a, b) in enumerate(zip(got, wanted)) if a != b), min(len(got), len(wanted)))
            findings.check(got == wanted, name + ("" if got == wanted else f": {got[max(0, at - 15):at + 20]} | {wanted[max(0, at - 15):at + 20]}"))
findings.done()
