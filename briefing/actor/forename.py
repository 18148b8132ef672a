"""Which forenames are men's and which are women's, by US birth counts (forenames.tsv.gz, public domain)."""

from __future__ import annotations

import gzip
import unicodedata
from functools import lru_cache
from importlib.resources import files

LEAST_COMMON = 4  # births as a power of ten, from which a word in a running text is taken for a forename


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[int, int]]:
    """Name to births that were boys (per cent) and births as a power of ten."""
    packed = files(__package__).joinpath("forenames.tsv.gz").read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(packed).decode().splitlines())
    return {name: (int(male), int(size)) for name, male, size in rows}


def gender(forename: str) -> float:
    """From 1.0 (always a man's) to -1.0 (always a woman's); 0.0 if unknown."""
    found = _table().get(_key(forename))
    return 0.0 if found is None else found[0] / 50 - 1


def is_forename(word: str) -> bool:
    """Is the word some child's forename at all ("Paris" is one)?"""
    return _found(word) is not None


def is_common(word: str) -> bool:
    """Is the word a common forename?"""
    found = _found(word)
    return found is not None and found[1] >= LEAST_COMMON


def _found(word: str) -> tuple[int, int] | None:
    """A row of the table; of "Jean-Aimé" that of its first half."""
    key = _key(word)
    return _table().get(key) or (_table().get(key.partition("-")[0]) if "-" in key else None)


def _key(word: str) -> str:
    """As the table has it: "Gisèle" is "gisele" there."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
