#!/usr/bin/env python3
"""A watched report under edits of every style: each quiet state equals a fresh build, and the watch never ends by itself.

Usage: watched.py PROGRAM [EDITS]   (default 30; 1000 for a long run)

Files are written in place, beside and renamed over, removed and made again, moved away and back with their folder, and reached by
links that are turned to others. Three edits in ten leave the report broken: its outputs then stay as they were."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# A watch that has not followed by then is taken to have missed the change, in seconds.
PATIENCE = 20
SENTENCE = "坚持稳中求进工作总基调，扎实推进各项工作，取得新的成效。"


class Desk:
    """A report with a file of every kind beside it."""

    def __init__(self, folder, fonts):
        self.folder = folder
        self.count = 0
        for name in ("data", "parts", "templates", "media", "sets/one", "sets/two"):
            (folder / name).mkdir(parents=True)
        (folder / "fonts").symlink_to(fonts)
        os.symlink("one", folder / "sets" / "current")
        self.texts = {
            "report.yaml": lambda n: "template: house\ntitle: 报告\ndata: {d: data/d.csv, s: sets/current/s.yaml}\nbody:\n"
            f"  - 第{n}稿，{{{{ d[0].值 }}}}件，{{{{ s.值 }}}}次。\n  - include: parts/part.yaml\n"
            "  - figure: {image: media/a.svg, caption: 图, alt: 图, width: 40mm}\n",
            "data/d.csv": lambda n: f"名,值\n甲,{n}\n",
            "parts/part.yaml": lambda n: f"- {SENTENCE}{n}\n",
            "templates/house.yaml": lambda n: f"extends: work-report\ngrid: {{lines: {18 + n % 5}}}\n",
            "media/a.svg": lambda n: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="'
            f'{10 + n % 90}" height="50"/></svg>',
            "sets/one/s.yaml": lambda n: f"值: {n}\n",
            "sets/two/s.yaml": lambda n: f"值: {n + 1}\n",
        }
        self.broken = {
            "report.yaml": "template: house\ntitle: [报告\nbody:\n  - {{ d }\n",
            "data/d.csv": '名,值\n甲,"1\n',
            "parts/part.yaml": "- heading: 甲\n body: 乙\n",
            "templates/house.yaml": "extends: nowhere\n",
            "media/a.svg": "<svg",
            "sets/one/s.yaml": "a: b: c\n",
            "sets/two/s.yaml": "a: b: c\n",
        }
        for name in self.texts:
            self.put(name, self.next(name))

    def next(self, name):
        self.count += 1
        return self.texts[name](self.count)

    def put(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def edit(self, rng, broken):
        """One edit; what was done, and how it is undone where it leaves the report broken."""
        name = rng.choice(sorted(self.texts))
        path = self.folder / name
        text = self.broken[name] if broken else self.next(name)
        style = rng.choice(["in place", "renamed over", "removed and made", "in two writes", "moved away"])
        folder = path.parent
        if broken and rng.random() < 0.4:
            # A file, or its whole folder, is gone for a while.
            target = folder if folder != self.folder and rng.random() < 0.5 else path
            target.rename(target.with_name(target.name + ".away"))
            return f"{target.relative_to(self.folder)} gone", lambda: target.with_name(target.name + ".away").rename(target)
        if style == "in place":
            path.write_text(text, encoding="utf-8")
        elif style == "renamed over":
            beside = path.with_name(path.name + "~")
            beside.write_text(text, encoding="utf-8")
            beside.replace(path)
        elif style == "removed and made":
            path.unlink()
            time.sleep(rng.choice([0, 0.05, 0.4]))
            path.write_text(text, encoding="utf-8")
        elif style == "in two writes":
            with path.open("w", encoding="utf-8") as file:
                file.write(text[: len(text) // 2])
                file.flush()
                time.sleep(rng.choice([0, 0.05, 0.4]))
                file.write(text[len(text) // 2 :])
        elif folder != self.folder:
            away = folder.with_name(folder.name + ".away")
            folder.rename(away)
            time.sleep(rng.choice([0, 0.05, 0.4]))
            away.rename(folder)
            path.write_text(text, encoding="utf-8")
        else:
            os.utime(path)
            path.write_text(text, encoding="utf-8")
        return f"{name} {style}{' broken' if broken else ''}", lambda: self.put(name, self.next(name))

    def turn(self):
        """Turns the link to the other set."""
        link = self.folder / "sets" / "current"
        other = "two" if os.readlink(link) == "one" else "one"
        beside = link.with_name("turned")
        beside.symlink_to(other)
        beside.replace(link)
        return "link turned"


def outputs(folder):
    return tuple((folder / f"report.{kind}").read_bytes() if (folder / f"report.{kind}").exists() else None for kind in ("pdf", "docx"))


def main():
    program = str(Path(sys.argv[1]).resolve())
    edits = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    fonts = Path(__file__).resolve().parents[2] / "fonts"
    fonts = Path(os.environ.get("DINGGAO_FONTS", fonts))
    rng = random.Random(20240108)
    wrong, broken_states = [], 0
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top) / "desk"
        folder.mkdir()
        desk = Desk(folder, fonts)
        out, fresh = Path(top) / "out", Path(top) / "fresh"
        environment = {key: value for key, value in os.environ.items() if key != "DINGGAO_FONTS"}
        run = {"cwd": folder, "env": environment}
        log = (Path(top) / "log").open("wb")
        watch = subprocess.Popen([program, "watch", "report.yaml", "--out", str(out)], stdout=log, stderr=log, **run)

        def settles(did):
            """The quiet state after an edit is that of a fresh build, or the last sound one."""
            nonlocal broken_states
            built = subprocess.run([program, "build", "report.yaml", "--out", str(fresh)], capture_output=True, **run)
            if built.returncode:
                broken_states += 1
            wanted = outputs(fresh)
            end = time.monotonic() + PATIENCE
            while outputs(out) != wanted and time.monotonic() < end and watch.poll() is None:
                time.sleep(0.02)
            if watch.poll() is not None:
                wrong.append(f"the watch ended with {watch.returncode} after: {did}")
            elif outputs(out) != wanted:
                wrong.append(f"the outputs differ from a fresh build after: {did}")
            return not built.returncode

        settles("the start")
        for number in range(edits):
            if watch.poll() is not None:
                break
            if rng.random() < 0.1:
                settles(desk.turn())
                continue
            broken = rng.random() < 0.3
            did, undo = desk.edit(rng, broken)
            sound = settles(did)
            if not broken:
                continue
            # What the report does not read now breaks nothing until a link is turned to it.
            undo()
            if not settles(f"{did}, undone"):
                wrong.append(f"edit {number} could not be undone: {did}")
                break
            if sound and not did.startswith("sets/"):
                wrong.append(f"edit {number} broke nothing: {did}")
        alive = watch.poll() is None
        watch.send_signal(signal.SIGINT)
        try:
            watch.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            wrong.append("the watch did not end when asked to")
            watch.kill()
        if not alive:
            sys.stdout.write((Path(top) / "log").read_text(encoding="utf-8", errors="replace")[-2000:])
        shutil.rmtree(out, ignore_errors=True)
    for line in wrong[:20]:
        print("  WRONG", line)
    print(f"  {'ok   ' if not wrong else 'WRONG'} {edits} edits, {broken_states} of them broken, {len(wrong)} wrong")
    sys.exit(bool(wrong))


main()
