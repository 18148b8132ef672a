"""Word lists of the rules, kept as text so that a reader of news can mend them."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def lexicon() -> dict[str, frozenset[str]]:
    """Lemmas by section of `lexicon.txt`."""
    text = re.sub(r"#.*", "", (Path(__file__).parent / "lexicon.txt").read_text(encoding="utf-8"))
    _, *parts = re.split(r"\[(\w+)\]", text)
    return {name: frozenset(words.split()) for name, words in zip(parts[::2], parts[1::2], strict=True)}
