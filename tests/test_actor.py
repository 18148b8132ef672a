"""Whom mentions mean: cases as text, in actors/*.txt."""

import re
from pathlib import Path

import pytest

from briefing.actor import cast_of
from briefing.article import parse_article
from briefing.attribution.statement import Statement
from briefing.language import parse

MARK = re.compile(r"\[([^\]=]+?) = ([^\]]+)\]|\{([^}]*)\}")


def cases():
    for path in sorted(Path(__file__).with_name("actors").glob("*.txt")):
        for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            name, text = block.split("\n", 1)
            yield pytest.param(text.strip(), id=f"{path.stem}: {name}")


def read(marked):
    """The text without marks, its statements (a content with the nearest source of its paragraph), sources with their actors."""
    text, at, sources, contents = "", 0, [], []
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        start = len(text)
        text += match[1] or match[3]
        (sources if match[1] else contents).append(((start, len(text)), match[2]))
        at = match.end()
    text += marked[at:]
    statements = []
    for (start, end), _ in contents:
        here = [s for s, name in sources if name != "-" and "\n\n" not in text[min(start, s[0]) : max(end, s[1])]]
        source = min(here, key=lambda s: min(abs(s[0] - end), abs(start - s[1])), default=None)
        statements.append(Statement("direct" if text[start] in "“‘" else "indirect", "speech", ((start, end),), source=source))
    return text, statements, sources


def answers(marked, nlp):
    text, statements, sources = read(marked)
    article = parse_article("case", text)
    ((_, doc),) = parse([article], nlp)
    cast = cast_of(article, doc, statements)
    for span, expected in sources:
        found = cast.who(span)
        if found is None:
            given = "-"
        else:
            given = found.actor.name if found.actor.kind in ("person", "organisation") else f"~{found.actor.name}"
        yield text[slice(*span)], expected, given


@pytest.mark.parametrize("marked", cases())
def test_every_source_means_whom_a_reader_takes_it_for(marked, nlp):
    wrong = [row for row in answers(marked, nlp) if row[1] != row[2] and row[1] != "-"]

    assert not wrong
