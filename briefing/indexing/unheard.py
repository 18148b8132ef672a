"""Names set by hand that no article has: most likely misspelt, and without effect."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator

from briefing.by_hand import ByHandError, Tables, tables_of
from briefing.index.rows import NO_ARTICLE_HAS
from briefing.index.writer import KeptArticle
from briefing.indexing.files import ALIASES
from briefing.issue import key_of


def unheard(file: str, text: str, kept: Callable[[], Iterable[KeptArticle]]) -> str | None:
    """What is told of the names in a story's file that none of its articles has; None if all have.

    Args:
        kept: Gives the story's articles; it is asked only where the file has names.
    """
    try:
        names = list(_names(file, text))
    except ByHandError:  # told of elsewhere
        return None
    has = _heard(file, kept()) if names else None
    missing = [f"{name!r} (line {line})" for name, line in names if has and not has(name)]
    return f"{NO_ARTICLE_HAS} {', '.join(missing)}" if missing else None


def _names(file: str, text: str) -> Iterator[tuple[str, int]]:
    """The names that are to be found in the articles; what others are to be called need not be."""
    if file == ALIASES:
        tables = tables_of(file, text, ("same", "apart"))
        yield from _listed(tables, "same")
        yield from _listed(tables, "apart")
        return
    tables = tables_of(file, text, ("hide", "merge", "name"))
    hidden = tables.names(tables.sections.get("hide", []), "hide")
    yield from ((phrase, tables.line_of("hide", phrase)) for phrase in hidden)
    yield from _listed(tables, "merge")
    yield from ((issue, tables.line_of("name", issue)) for issue in tables.rows("name"))


def _listed(tables: Tables, section: str) -> Iterator[tuple[str, int]]:
    for key, names in tables.lists(section):
        yield from ((name, tables.line_of(section, key, name)) for name in names)


def _heard(file: str, kept: Iterable[KeptArticle]) -> Callable[[str], bool]:
    """Whether the articles have a name of the file: print it, or speak to the issue."""
    if file == ALIASES:
        printed = "\n".join(_plain(one.article.text) for one in kept)
        return lambda name: _plain(name) in printed
    issues: Container[str] = {key_of(position["issue"]) for one in kept for position in one.found["positions"]}
    return lambda phrase: key_of(phrase) in issues


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
