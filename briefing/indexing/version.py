"""What an index was made by: numbers that change with the code and the models, found without loading any of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent

ANALYSIS = (
    *("analysis.py", "article.py", "furniture.py", "page.py", "printed_date.py", "worded_date.py", "language.py"),
    *("model.py", "timeline.py", "found.py", "by_hand.py", "head.py", "actor", "attribution", "position", "summary"),
)
"""What decides what is found in an article; a folder stands for all its files of `SUFFIXES`."""

MERGING = (
    *("merging.py", "joint.py", "issue.py", "standing.py", "typed_names.py", "paging.py", "card.py", "weights.py"),
    "index",
)
"""What decides, beside the analyses, what a story's tables hold."""

SUFFIXES = {".py", ".toml", ".txt", ".tsv", ".gz", ".json", ".onnx"}
WHOLE = 2**18  # bytes of a file that are hashed all; of a longer one (weights) this many, in pieces spread over it
PIECE = 2**12  # bytes


def analysis_version(model: str) -> str:
    """What an analysis depends on beside its text: our code and data, the attribution model, the language model."""
    return f"{fingerprint(ANALYSIS)} {model} {installed(model)} spacy {installed('spacy')}"


def merging_version() -> str:
    """What a story's tables depend on beside its articles' analyses."""
    return fingerprint(MERGING)


def installed(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "?"


@cache
def fingerprint(names: Iterable[str], root: Path = ROOT) -> str:
    """16 hexadecimal digits that change with the names and bytes of these files and folders' files."""
    total = hashlib.sha256()
    for path in files(names, root):
        total.update(f"{path.relative_to(root).as_posix()} {path.stat().st_size}\n".encode())
        total.update(read(path))
    return total.hexdigest()[:16]


def files(names: Iterable[str], root: Path) -> Iterator[Path]:
    """The files that the names stand for, folders' in order of their names."""
    for name in names:
        path = root / name
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.suffix in SUFFIXES)


def read(path: Path) -> bytes:
    """The file's bytes, or pieces of a long one: retrained weights differ everywhere."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if size <= WHOLE:
            return file.read()
        taken = []
        for start in range(0, size, size * PIECE // WHOLE):
            file.seek(start)
            taken.append(file.read(PIECE))
        return b"".join(taken)
