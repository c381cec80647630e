#!/usr/bin/env python3
"""Random decimals through every operator and filter on numbers, against Python's decimal.

Usage: decimals.py PROGRAM [COUNT]   (default 100,000 values)

Each paragraph of a report computes some of them; the PDF's layout tells what is printed."""

import json
import random
import subprocess
import sys
import tempfile
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, getcontext
from pathlib import Path

getcontext().prec = 200


def literal(rng):
    """A decimal as a data file may write it."""
    places = rng.choice([0, 0, 1, 1, 2, 2, 3, 4, 6, 9, 13])
    whole = rng.choice([rng.randrange(10), rng.randrange(1000), rng.randrange(10**7), rng.randrange(10**13)])
    # Halves are where rounding goes wrong.
    tail = "".join(rng.choice("0123456789") for _ in range(places))
    if places and rng.random() < 0.3:
        tail = tail[:-1] + "5"
    sign = rng.choice(["", "", "-"])
    return f"{sign}{whole}.{tail}" if places else f"{sign}{whole}"


def plain(value):
    """Without an exponent, and without -0."""
    text = f"{value:f}"
    return text.lstrip("-") if value == 0 else text


def short(value):
    """Without zeros at the end of its decimals."""
    text = plain(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value, places, mode=ROUND_HALF_UP):
    return plain(value.quantize(Decimal(1).scaleb(-places), rounding=mode))


def places(value):
    return max(0, -value.as_tuple().exponent)


def kept(value, *parts):
    """A sum with the most decimals of its parts."""
    return plain(value.quantize(Decimal(1).scaleb(-max(map(places, parts)))))


def grouped(text):
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, dot, rest = digits.partition(".")
    return f"{sign}{int(whole):,}{dot}{rest}"


def cases(rng, a, b):
    """Expressions over a and b, and what each prints."""
    x, y = Decimal(a), Decimal(b)
    n = rng.randrange(6)
    yield "a", plain(x)
    yield "a + b", kept(x + y, x, y)
    yield "a - b", kept(x - y, x, y)
    yield "a * b", short(x * y)
    yield "-a", plain(-x)
    yield f"a | round({n})", rounded(x, n)
    yield f"a | round_even({n})", rounded(x, n, ROUND_HALF_EVEN)
    yield "a | abs", plain(abs(x))
    yield "a | int", plain(x.to_integral_value(ROUND_DOWN))
    yield f"a | percent({n})", rounded(x * 100, n) + "%"
    yield f"a | permille({n})", rounded(x * 1000, n) + "‰"
    yield f"a | wan({n})", rounded(x / 10**4, n) + "万"
    yield f"a | yi({n})", rounded(x / 10**8, n) + "亿"
    yield f"a | thousands({n})", grouped(rounded(x, n))
    yield "[a, b] | sum", kept(x + y, x, y)
    yield "[a, b] | max", plain(x if x >= y else y)
    yield "[a, b] | min", plain(x if x <= y else y)
    yield "[a, b] | sort | first", plain(x if x <= y else y)
    yield f"[a, b] | map('round', {n}) | join('、')", rounded(x, n) + "、" + rounded(y, n)
    yield f"[a, b] | average | round({n})", rounded((x + y) / 2, n)
    yield "'大' if a > b else '小'", "大" if x > y else "小"
    yield "'等' if a == b else '异'", "等" if x == y else "异"
    yield f"(a ** 2) | round({n})", rounded(x * x, n)
    if y != 0:
        yield "a // b", plain((x / y).to_integral_value(ROUND_DOWN))
        yield "a % b", kept(x - y * (x / y).to_integral_value(ROUND_DOWN), x, y)
        yield "(a // b) * b + a % b == a and '合' or '不合'", "合"
        # A quotient is exact until it is rounded: two hundred digits are as good here, but for what ends at a half.
        yield f"(a / b) | round({n})", rounded(x / y, n)
        yield "(a / b * b) | int", plain(x.to_integral_value(ROUND_DOWN))


def run(program, values, rng):
    """Builds one report; the count of expressions, and what differs."""
    figures, body, wanted = [], [], []
    for index, (a, b) in enumerate(values):
        figures.append(f"a{index}: {a}\nb{index}: {b}\n")
        for expression, printed in cases(rng, a, b):
            body.append((index, expression))
            wanted.append((expression, a, b, printed))
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "d.yaml").write_text("".join(figures), encoding="utf-8")
        rows = []
        for index, expression in body:
            bound = rename(expression, index)
            rows.append(f'  - "{{{{ {bound} }}}}"\n')
        report = "template: work-report\ntitle: 数\ndata: d.yaml\nbody:\n" + "".join(rows)
        (folder / "r.yaml").write_text(report, encoding="utf-8")
        layout = folder / "layout.json"
        done = subprocess.run(
            [program, "build", "r.yaml", "--out", "out", "--layout", str(layout)],
            cwd=folder, capture_output=True, text=True, check=False,
        )
        if done.returncode:
            sys.exit(done.stderr[:3000])
        texts = {}
        for page in json.loads(layout.read_text(encoding="utf-8"))["pages"]:
            for line in page["lines"]:
                # The first block is the title; page numbers belong to none.
                if line["block"]:
                    texts.setdefault(line["block"], []).append(line["text"])
    blocks = ["".join(lines) for lines in texts.values()][1:]
    wrong = []
    if len(blocks) != len(wanted):
        wrong.append(f"{len(blocks)} paragraphs, {len(wanted)} wanted")
    for got, (expression, a, b, printed) in zip(blocks, wanted):
        if got.strip() != printed:
            wrong.append(f"a = {a}, b = {b}: {expression} prints {got}, not {printed}")
    return len(wanted), wrong


def rename(expression, index):
    """The names a and b with their count."""
    out = []
    word = ""
    quoted = False
    for c in expression + " ":
        if c == "'":
            quoted = not quoted
        if not quoted and (c.isalnum() or c == "_"):
            word += c
            continue
        out.append(f"{word}{index}" if word in ("a", "b") else word)
        word = ""
        out.append(c)
    return "".join(out).strip()


def main():
    program = str(Path(sys.argv[1]).resolve())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    rng = random.Random(20240108)
    done = computed = 0
    wrong = []
    while done < count:
        values = [(literal(rng), literal(rng)) for _ in range(min(250, (count - done + 1) // 2))]
        number, bad = run(program, values, rng)
        computed += number
        wrong += bad
        done += 2 * len(values)
    for line in wrong[:20]:
        print("  WRONG", line)
    print(f"  {'ok   ' if not wrong else 'WRONG'} {done} decimals, {computed} results, {len(wrong)} differ")
    sys.exit(bool(wrong))


main()
