"""Random reports that hold every kind of block, for the checks of conformance. usage: random_reports.py PROGRAM FOLDER [COUNT] [SEED]

Writes FOLDER/random-N.yaml and builds of each FOLDER/archive/random-N.pdf and FOLDER/press/random-N.pdf. The same seed makes the same reports.
"""
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

program, folder = sys.argv[1], Path(sys.argv[2])
count = int(sys.argv[3]) if len(sys.argv) > 3 else 20
seed = int(sys.argv[4]) if len(sys.argv) > 4 else 2024
samples = Path(__file__).resolve().parents[2] / "data/samples"

WORDS = "经济 建设 全区 提案 委员 “一带一路” 《条例》 （试行） GDP 生态 改革 民生 5.2% 2024年1月8日 3,210.5万元 房山区 Belt 乡村振兴 100平方米 —— 与 和".split()
MARKS = ["，", "；", "、", "：", "，“", "”，", "。"]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.notes, self.terms, self.ids = {}, {}, []
        self.blocks = set()

    def words(self, low=3, high=12):
        text = "".join(self.random.choice(WORDS) + (self.random.choice(MARKS) if self.random.random() < 0.2 else "")
                       for _ in range(self.random.randint(low, high)))
        return "全" + text.replace("。", "，")

    def text(self):
        """Text with marks of every kind."""
        text = self.words(8, 60)
        chance = self.random.random()
        if chance < 0.15:
            name = f"n{len(self.notes)}"
            self.notes[name] = self.words() + "。"
            text += f"[^{name}]"
        elif chance < 0.25 and self.terms:
            term = self.random.choice(sorted(self.terms))
            text += f"，{term}[*{term}]"
        elif chance < 0.35 and self.ids:
            text += f"，见[@{self.random.choice(self.ids)}]"
        elif chance < 0.42:
            text += "，详见[网站](https://www.example.gov.cn/a)"
        elif chance < 0.5:
            text += "，**重点**，x<sup>2</sup>，a<sub>1</sub>"
        return text + "。"

    def named(self):
        name = f"b{len(self.ids)}"
        self.ids.append(name)
        return name

    def block(self, kind, depth):
        self.blocks.add(kind)
        r = self.random
        short = lambda: self.words(1, 3)
        if kind == "paragraph":
            return self.text()
        if kind == "heading":
            inner = [self.block(k, depth + 1) for k in r.choices(KINDS if depth < 3 else KINDS[1:], k=r.randint(1, 4))]
            return {"heading": short(), "id": self.named(), "body": inner}
        if kind == "point":
            return {"point": self.words() + "。", "text": self.text()}
        if kind == "list":
            return {"list": [self.words() + "；" for _ in range(r.randint(1, 5))]}
        if kind == "ordered":
            return {"list": {"ordered": True, "items": [self.text() for _ in range(r.randint(1, 5))]}}
        if kind == "table":
            columns = r.randint(2, 4)
            rows = [[short()] + [f"{r.randint(0, 99999) / 10:.1f}" for _ in range(columns - 1)] for _ in range(r.choice([1, 3, 40]))]
            heads = ["名称"] + [{"title": f"数{i}", "align": "decimal"} for i in range(1, columns)]
            return {"table": {"caption": self.words(), "id": self.named(), "columns": heads, "rows": rows}}
        if kind == "merged":
            return {"table": {
                "caption": self.words(), "unit": "亿元", "note": [self.words() + "。", self.words() + "。"], "source": "区统计局",
                "columns": ["指标", {"title": "提案", "columns": ["收到", {"title": "办理", "columns": ["已办", "在办"]}]}],
                "rows": [[{"text": "甲", "rows": 2}, "1", "2", "3"], ["4", "5", "6"], [{"text": "合计", "columns": 2}, "7", "8"]],
            }}
        if kind == "figure":
            picture = r.choice(["growth.png", "growth.jpg", "map.svg"])
            return {"figure": {"image": picture, "caption": self.words(), "width": f"{r.randint(30, 150)}mm", "alt": self.words()}}
        if kind == "plain figure":
            return {"figure": {"image": "map.svg", "width": "40mm", "alt": "示意图"}}
        if kind == "chart":
            sort = r.choice(["bar", "line", "pie"])
            names = ["一季度", "二季度", "三季度", "四季度"][: r.randint(2, 4)]
            series = [{"name": f"组{i}", "values": [r.randint(1, 900) for _ in names]} for i in range(1 if sort == "pie" else r.randint(1, 3))]
            return {"chart": {"kind": sort, "caption": self.words(), "unit": "件", "categories": names, "series": series, "alt": self.words()}}
        if kind == "page":
            return {"break": "page"}
        if kind == "if":
            return {"if": "2 > 1", "body": [self.text()]}
        raise SystemExit(kind)

    def report(self):
        r = self.random
        self.terms = {f"名词{i}": self.words() + "。" for i in range(3)}
        body = [{"salutation": "各位代表："}]
        body += [self.block("heading", 1)]
        # Every kind at least once, and some more of them.
        kinds = KINDS + r.choices(KINDS, k=r.randint(3, 12))
        r.shuffle(kinds)
        body += [self.block(kind, 1) for kind in kinds]
        body += [f"最后说{term}[*{term}]。" for term in self.terms]
        body.append({"signature": {"authority": "青溪市人民政府", "date": "2024年1月16日", "sealed": False}})
        official = r.random() < 0.4
        report = {"template": "official-document" if official else "work-report", "title": self.words(2, 6)}
        if official:
            # The first page of an official document has text (GB/T 9704 7.2.1).
            body.insert(0, self.text())
            report |= {"copy-number": "000001", "classification": "秘密★1年", "urgency": "加急", "authority": "青溪市人民政府文件",
                       "number": "青政发〔2024〕18号", "addressee": "各县（市、区）人民政府：", "copies-to": "市委各部门，市政协办公室",
                       "office": "青溪市人民政府办公室", "printed": "2024年1月17日"}
        else:
            report |= {"occasion": "2024年1月16日在会议上", "speaker": "林远", "contents": {"depth": 3},
                       "cover": {"subtitle": "（审议稿）", "authority": "青溪市人大常委会", "date": "2024年1月"}}
        attached = [{"title": self.words(1, 4), "body": [self.text(), self.block("table", 4)]} for _ in range(r.randint(1, 3))]
        return report | {"body": body, "glossary": self.terms, "attachments": attached, "notes": self.notes}


KINDS = ["heading", "paragraph", "point", "list", "ordered", "table", "merged", "figure", "plain figure", "chart", "page", "if"]

folder.mkdir(parents=True, exist_ok=True)
for picture in ("growth.png", "growth.jpg", "map.svg"):
    shutil.copy(samples / picture, folder)
for number in range(count):
    maker = Maker(seed + number)
    report = maker.report()
    if not maker.notes:
        report.pop("notes")
    missing = set(KINDS) - maker.blocks
    if missing:
        raise SystemExit(f"random-{number}: no {missing}")
    # JSON is YAML.
    path = folder / f"random-{number}.yaml"
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    for profile, name in (("archive", "archive"), ("print", "press")):
        done = subprocess.run([program, "build", path, "--only", "pdf", "--pdf", profile, "--out", folder / name, "--lang", "en"],
                              capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{path} --pdf {profile}: {done.stderr[:3000]}")
print(f"  ok    {count} random reports, seeds {seed} to {seed + count - 1}, every kind of block in each")
