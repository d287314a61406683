"""How many deadline texts are read in a second on one core, beside a bare yardstick of the same run.

Run by hand: python tests/benchmarks/bench_deadlines.py

Each text is read once and no two are alike, so nothing is answered from memory. The yardstick is a million
additions: its time says how fast this machine is just now, and «texts per million additions» can be compared
between machines and busy hours. The target is 5,000 texts a second.
"""

import csv
import time
from datetime import date, timedelta
from pathlib import Path

from tracker.deadlines.grammar import read_deadline

TABLE = Path(__file__).parents[1] / "deadlines" / "readings.tsv"
WANTED = 20_000
TARGET = 5_000


def distinct_texts() -> list[str]:
    """The table's texts with a different number of an enclosed plan each, so that none comes twice."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        texts = [row["text"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    first = date(2025, 1, 1)
    return [f"{texts[at % len(texts)]} {unlike(at, first)}" for at in range(WANTED)]


def unlike(at: int, first: date) -> str:
    """Words that differ for each number: half of them ordinary, half another date."""
    day = first + timedelta(days=at)
    return f"(Kế hoạch số {at}/KH-UBND)" if at % 2 else f"; trước ngày {day:%d/%m/%Y}"


def yardstick() -> float:
    """Seconds for a million additions."""
    begin = time.process_time()
    total = 0
    for number in range(1_000_000):
        total += number
    return time.process_time() - begin


def main() -> None:
    texts = distinct_texts()
    bare = min(yardstick() for _ in range(5))
    begin = time.process_time()
    for text in texts:
        read_deadline(text)
    rate = len(texts) / (time.process_time() - begin)
    length = sum(map(len, texts)) / len(texts)
    print(f"{rate:,.0f} texts a second, {length:.0f} characters each (target {TARGET:,})")
    print(f"{rate * bare:,.0f} texts in the time of a million additions ({bare * 1000:.0f} ms)")


if __name__ == "__main__":
    main()
