"""What the index keeps as JSON comes back as it was."""

import json
from dataclasses import fields, replace

import pytest

from briefing.article import Article, parse_article
from briefing.index.rows import Evidence, Said
from briefing.index.stored import article_from, evidence_from, evidence_json, page_json, said_from, said_json
from tests.newsroom import COUNCIL

SAID = Said(
    id=7,
    report=3,
    kind="indirect",
    act="speech",
    content=((5, 20), (31, 40)),
    cue=(21, 25),
    source=(26, 30),
    how="name",
    confidence=0.8,
    reported_by="Ana Ruiz",
    when=(41, 47),
    date="2031-03-04",
    where=(48, 50),
    addressee=(51, 60),
    speaker="Tom Bell",
    role="mayor",
    also=(4, 9),
)
BARE = replace(SAID, cue=None, source=None, how=None, reported_by=None, when=None, date=None)
COLUMNS = ("id", "report", "kind", "act", "speaker", "role", "also")


@pytest.mark.parametrize("said", [SAID, BARE])
def test_a_statement_comes_back_as_it_was(said):
    assert said_from(said_json(said), **{name: getattr(said, name) for name in COLUMNS}) == said


@pytest.mark.parametrize("condition", [(9, 12), None])
def test_the_evidence_of_a_position_comes_back_as_it_was(condition):
    evidence = Evidence(cue=(4, 8), passages=((0, 20), (30, 40)), condition=condition, reported_by=None)

    assert evidence_from(json.loads(evidence_json(evidence))) == evidence


SIGNED = COUNCIL.replace("---\n“", "author: Ida Marsh\nurl: http://e.example/1\n---\n“")


@pytest.mark.parametrize("text", [SIGNED, "Short."])
def test_an_article_comes_back_as_it_was(text):
    article = parse_article("council.txt", text)

    assert article_from(article.id, text, page_json(article)) == article


def test_every_field_of_an_article_is_kept():
    kept = json.loads(page_json(Article("council", "Short.")))

    assert {"id", "text", *kept} == {field.name for field in fields(Article)}
