"""LibreOffice as the checks use it: the fonts that offices have are answered for by the template's own free faces."""
import os
import shutil
import subprocess
from pathlib import Path

import yaml


class Office:
    """One LibreOffice with a folder of its own. `template`: whose fonts answer to the names that the Word file says."""

    def __init__(self, template, fonts, work):
        self.work = Path(work).resolve()
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)
        aliases = {}
        roles = yaml.safe_load(Path(template).read_text(encoding="utf-8"))["fonts"].values()
        for role in roles:
            for office, faces in ((role["office-latin"], role["latin"]), (role["office"], role["faces"])):
                if faces:
                    aliases[office] = faces[-1].removesuffix(" Bold").removesuffix(" Medium")
        alias = "".join(
            f'<alias binding="same"><family>{office}</family><prefer><family>{face}</family></prefer></alias>'
            for office, face in aliases.items()
        )
        (self.work / "fonts.conf").write_text(
            f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{Path(fonts).resolve()}</dir>'
            f"<cachedir>{self.work}/cache</cachedir>{alias}</fontconfig>",
            encoding="utf-8",
        )
        self.environment = os.environ | {"FONTCONFIG_FILE": str(self.work / "fonts.conf"), "HOME": str(self.work)}
        self.said = ""

    def convert(self, file, form):
        """Prints FILE (`form`: pdf) or saves it again (docx); None where nothing came of it, and `said` says why."""
        file = Path(file).resolve()
        folder = self.work / form
        command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{self.work}/profile"]
        done = subprocess.run(
            [*command, "--convert-to", form, "--outdir", str(folder), str(file)],
            env=self.environment, capture_output=True, text=True, timeout=240, check=False,
        )
        self.said = done.stdout + done.stderr
        result = folder / (file.stem + "." + form)
        return result if result.exists() else None
