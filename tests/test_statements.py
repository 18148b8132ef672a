"""Statements, told by text cases: `statements/*.txt`.

A case is a title after `===`, the article, a line `---`, and one expected statement a line:

    source | cue | content | act | more

A content in several pieces has ` ## ` between them; `-` stands for none. `more` may hold `when=`, `where=`, `to=` and
`kind=`. A line `? ` before the title marks a case that is known to fail, with its reason after ` : `.
`(nothing)` expects no statement at all; `!words` that no statement's content holds these words.
"""

import re
from pathlib import Path

import pytest

from briefing.article import Article
from briefing.attribution import statements_of
from briefing.language import parse

FOLDER = Path(__file__).parent / "statements"


def cases():
    for path in sorted(FOLDER.glob("*.txt")):
        for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            title, body = block.split("\n", 1)
            text, expected = body.split("\n---\n")
            reason = title.partition(" : ")[2] if title.startswith("? ") else None
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason is not None else []
            yield pytest.param(text.strip("\n"), expected.strip().splitlines(), id=f"{path.stem}: {title}", marks=marks)


def article_of(text):
    """Every paragraph is body, so that a case need not look like a whole article."""
    return Article(id="case", text=text, paragraphs=tuple(m.span() for m in re.finditer(r"\S[^\n]*", text)))


def found(text, nlp, tagger):
    article = article_of(text)
    [(_, doc)] = parse([article], nlp)
    return statements_of(article, doc, tagger)


def line_of(text, statement):
    def printed(span):
        return "-" if span is None else text[slice(*span)]

    content = " ## ".join(printed(piece) for piece in statement.content)
    return [printed(statement.source), printed(statement.cue), content, statement.act]


def more_of(statement):
    return {
        "when": statement.when.text if statement.when else None,
        "where": statement.where,
        "to": statement.addressee,
        "kind": statement.kind,
    }


@pytest.mark.parametrize(("text", "expected"), list(cases()))
def test_the_statements_of_a_case_are_found(text, expected, nlp, tagger):
    statements = found(text, nlp, tagger)

    got = [line_of(text, statement) for statement in statements]
    for line in expected:
        if line == "(nothing)":
            assert got == []
        elif line.startswith("!"):
            assert not [content for _, _, content, _ in got if line[1:] in content]
        else:
            *fields, more = (field.strip() for field in f"{line}|".split("|")[:5])
            assert fields in got
            details = more_of(statements[got.index(fields)])
            for name, value in re.findall(r"(\w+)=([^;]+)", more):
                assert (name, details[name]) == (name, value.strip())


def test_there_are_eighty_cases():
    assert len(list(cases())) >= 80
