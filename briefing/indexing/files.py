"""The files of a seeds folder: which of them are articles of which story."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.article import LARGEST, Article, ArticleError, read_article

UNREADABLE = "unreadable: "  # how the digest of a file begins that cannot be opened
ALIASES, ISSUES = "aliases.toml", "issues.toml"

@dataclass(frozen=True, slots=True)
class Seed:
    """A file of a story as it lies there."""

    story: str
    path: Path
    digest: str
    data: bytes

    @property
    def name(self) -> str:
        return printable(self.path.stem)


@dataclass(frozen=True, slots=True)
class Folder:
    """A story's folder.

    Attributes:
        settings: The texts of its aliases.toml and issues.toml, "" where there is none.
    """

    story: str
    seeds: tuple[Seed, ...]
    settings: dict[str, str]


def folders_in(seeds: Path) -> Iterator[Folder]:
    """The stories of a seeds folder: its folders, and the files directly in it as one story named after it."""
    if not seeds.is_dir():
        return
    own = _folder(seeds, printable(seeds.resolve().name))
    folders = [_folder(path, printable(path.name)) for path in sorted(seeds.iterdir()) if is_story(path)]
    yield from (folder for folder in [own, *folders] if folder.seeds)


def is_story(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith(".")


def _folder(path: Path, story: str) -> Folder:
    files = [file for file in sorted(path.iterdir()) if is_article(file)]
    settings = {name: _text(path / name) for name in (ALIASES, ISSUES)}
    return Folder(story, tuple(_seed(story, file) for file in files), settings)


def is_article(path: Path) -> bool:
    return path.suffix.lower() == ".txt" and not path.name.startswith(".") and path.is_file()


def _seed(story: str, path: Path) -> Seed:
    """The file's bytes; of one that cannot be opened, or is too large, what will be refused when it is read."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        data = b""
        return Seed(story, path, UNREADABLE + str(error.strerror), data)
    return Seed(story, path, digest_of(data), data)


def read(seed: Seed) -> Article:
    """The article in a file.

    Raises:
        ArticleError: The file cannot be opened, or is no article.
    """
    name = printable(seed.path.name)
    if seed.digest.startswith(UNREADABLE):
        raise ArticleError(name, seed.digest)
    return replace(read_article(name, seed.data), id=seed.name)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def printable(name: str) -> str:
    """A file's name as text; bytes that are none are replaced."""
    return name.encode("utf-8", "replace").decode("utf-8")
