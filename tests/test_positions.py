"""Positions: what sentences show, what is always true of one, and the set coded by hand."""

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.actor import Actor, cast_of, name_speakers
from briefing.analysis import Analysis
from briefing.article import Article, parse_article, read_article
from briefing.attribution import statements_of
from briefing.language import parse
from briefing.position import Position, positions_of, story_positions
from lab.positions.own_set import Held, own_set, score

HERE = Path(__file__).parent / "positions"
CASES = [row.split(" => ") for row in (HERE / "phenomena.list").read_text("utf-8").splitlines() if row[0] != "#"]


@pytest.fixture(scope="session")
def read(nlp, tagger):
    """The positions of an article, or of a text as one paragraph."""

    def positions(text: str | Article) -> tuple[Article, tuple[Position, ...]]:
        plain = Article("text", text, paragraphs=((0, len(text)),)) if isinstance(text, str) else text
        [(article, doc)] = parse([plain], nlp)
        unnamed = statements_of(article, doc, tagger)
        cast = cast_of(article, doc, unnamed)
        return article, positions_of(article, doc, cast, name_speakers(article, doc, unnamed, cast))

    return positions


def rows(found) -> set[tuple[str, str, str]]:
    return {(p.actor, p.stance, p.issue) for p in found}


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_sentence_shows(read, sentence, expected):
    wanted = set() if expected == "-" else {tuple(c.strip() for c in row.split("|")) for row in expected.split(";")}

    _, found = read(sentence)

    assert rows(found) == wanted


def test_a_sentiment_word_is_no_stance(read):
    _, found = read("Anna Lind, glad and cheerful, described the terrible storm. The levy came up.")

    assert not [p for p in found if p.stance in ("supports", "opposes")]


def test_a_second_hand_position_says_who_reports_it(read):
    _, found = read("Tom Berg said that Anna Lind opposes the levy.")

    assert [(p.actor, p.stance, p.reported_by) for p in found if p.stance == "opposes"] == [
        ("Anna Lind", "opposes", "Tom Berg")
    ]


def test_a_position_has_the_day_of_its_clause_else_that_of_the_article(read):
    text = "Published: 6 March 2031\n\nAnna Lind rejected the levy on Monday.\n\nTom Berg supports the levy."
    from dataclasses import replace
    from datetime import date

    _, found = read(replace(parse_article("a", text), published=date(2031, 3, 6)))

    assert {p.actor: p.date for p in found} == {"Anna Lind": "2031-03-03", "Tom Berg": "2031-03-06"}


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("Anna Lind would not support the levy without a vote.", "would not support the levy without a vote"),
        ("Anna Lind backs the levy, but only if there is “a vote.” She left.", "only if there is “a vote.”"),
        ("Anna Lind is open to the levy, but it must first get “a vote.”", "it must first get “a vote.”"),
    ],
)
def test_a_condition_is_shown_with_what_it_denies_and_with_its_marks(read, sentence, shown):
    article, found = read(sentence)

    assert [article.text[slice(*p.condition)] for p in found if p.condition] == [shown]


def test_words_on_the_study_are_none_on_the_new_study(read):
    _, found = read("Anna Lind said that the flood study was ten years old. Tom Berg backs a new flood study.")

    assert {p.issue for p in found if p.actor == "Anna Lind"} == set()


def test_an_administration_is_not_its_president(read):
    text = "President Ilse Marek spoke on Monday. The Marek administration rejected the levy."

    _, found = read(text)

    assert "Ilse Marek" not in {p.actor for p in found}


def test_two_members_are_not_the_party(read):
    _, found = read("The Democrats met on Monday. Two Democrats opposed the levy.")

    assert {p.actor for p in found} == {"Two Democrats"}


def test_who_holds_an_office_speaks_for_a_body_that_a_list_names(read):
    text = "Ministry spokesman Tom Berg rejected the levy. Twenty Democrats backed it. The Ministry met."
    article, found = read(text)
    people = (Actor("Tom Berg", "person", "Ministry spokesman", ()),)

    rows = story_positions([Analysis(article, people, positions=found)], ["Ministry", "Democrats", "levy"])

    assert [(row["actor"], row["stance"], row["issue"]) for row in rows] == [("Ministry", "opposes", "levy")]


def test_a_changed_position_is_there_twice_with_its_dates(read):
    seeds = Path(__file__).parent.parent / "seeds" / "kelso-harbour"
    held = []
    for path in sorted(seeds.glob("*.txt")):
        _, found = read(read_article(path.name, path.read_bytes()))
        held += [(p.date, p.stance) for p in found if "Ruiz" in p.actor and "plan" in p.issue]

    assert ("2031-03-03", "supports") in held
    assert ("2031-03-17", "opposes") in held


def test_a_headline_shows_nobodys_position(read):
    headline = "Deal ends Larvik strike — “nobody won,” says mediator"
    text = f"{headline}\n\nJan. 15, 2031\n\nAnna Lind backed the deal.\n\nTom Berg backed the strike.\n"

    _, found = read(parse_article("deal.txt", text))

    assert rows(found) == {("Anna Lind", "supports", "deal"), ("Tom Berg", "supports", "Larvik strike")}


WORDS = st.sampled_from(
    "Anna Lind Tom Berg the union a levy plan not never rejected supports opposes refused to drop her opposition said "
    "“ ” \" ' , . ? \n\n must end but only before will wants he it they war".split(" ")
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.lists(WORDS, max_size=60))
def test_evidence_is_verbatim_and_holds_the_cue_whatever_the_text(read, words):
    article, found = read(" ".join(words).strip() or "x")

    for position in found:
        passages = [article.passage(*span) for span in position.evidence]
        assert all(p.text == article.text[p.start : p.end] for p in passages)
        assert any(p.start <= position.cue[0] < position.cue[1] <= p.end for p in passages)
        if position.condition:
            article.passage(*position.condition)


def test_every_stance_in_the_own_set_has_a_cue_in_whole_sentences_of_the_article(read):
    for article, _ in own_set():
        _, found = read(article)
        for position in found:
            passages = [article.passage(*span) for span in position.evidence]
            assert any(p.start <= position.cue[0] < position.cue[1] <= p.end for p in passages)
            assert all(not p.text[0].isspace() and not p.text[-1].isspace() for p in passages)


def test_the_own_set_is_found(read):
    """More than 200 positions: precision 90 or more, recall 70 or more.

    The twelve texts were coded before the system first read them; it then had P 76.9, R 65.8 and was improved on them.
    After the second coding it had P 92.1, R 81.7, and was improved again.
    """
    total = Counter()
    for article, coded in own_set():
        _, found = read(article)
        held = [Held(p.actor, p.stance, p.issue, article.text[slice(*p.cue)]) for p in found]
        one = score(coded, held)
        total.update(right=one.right, found=one.found, coded=one.coded)

    assert total["coded"] >= 150
    assert total["right"] / total["found"] >= 0.90
    assert total["right"] / total["coded"] >= 0.70


REAL = os.environ.get("REAL_ARTICLE")


@pytest.mark.skipif(not REAL, reason="REAL_ARTICLE names no file")
def test_the_real_article(read):
    path = Path(REAL or "")
    _, found = read(read_article(path.name, path.read_bytes()))
    held = rows(found)

    for issue in ("ceasefire", "Palestinian state", "role for the Palestinian Authority"):
        assert ("Benjamin Netanyahu", "opposes", issue) in held
    assert ("Antony Blinken", "supports", "humanitarian pause") in held
    assert ("Antony Blinken", "supports", "two-state solution") in held
    assert ("Antony Blinken", "conditional", "normalization with Saudi Arabia") in held
    assert any(a == "US" and s == "supports" and "territory not be reduced" in i for a, s, i in held)
    assert any(a == "Hamas" and s == "unclear" for a, s, _ in held)
    [prince] = [p for p in found if p.actor == "Mohammed bin Salman" and p.stance == "conditional"]
    assert "normalizing relations" in prince.issue
    assert prince.reported_by == "Antony Blinken"
    assert not any(a == "Joe Biden" for a, _, _ in held)
