"""Whatever an article holds and whatever was found in it: an answer shows the article's characters, or our labels."""

import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing import brief
from briefing.actor import Actor
from briefing.article import parse_article
from briefing.card import CARD_ACTIONS, LABEL, PAGE_CHARACTERS, PAGE_ENTRIES, Card, Question, Words
from briefing.found import found_in
from briefing.index import Index
from briefing.index.writer import Writer
from briefing.merging import merged
from briefing.paging import entry_weight
from briefing.render import html
from tests.newsroom import harbour

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300).filter(str.strip)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=150).filter(str.strip)
SNIPPETS = st.sampled_from(
    ["“We will not move,” said Bell. ", "@everyone <@1> [x](http://e) ", "# ", "> ", "\n\n", "\u202e\u200b", "*_~|"]
)
BODIES = st.lists(st.one_of(TEXTS, SNIPPETS), min_size=1, max_size=40).map("".join).filter(str.strip)


@st.composite
def analyses(draw):
    """An article with statements, positions and passages anywhere in it."""
    article = parse_article("made-up.txt", draw(BODIES))
    size = len(article.text)

    def span():
        start = draw(st.integers(0, size - 1))
        return start, draw(st.integers(start + 1, size))

    def maybe(value):
        return value() if draw(st.booleans()) else None

    def words():
        return article.text[slice(*span())]

    names = sorted(draw(st.sets(NAMES, min_size=1, max_size=3)))
    people = [Actor(name, "person", role=draw(st.none() | NAMES)) for name in names]
    statements = [
        SimpleNamespace(
            kind=draw(st.sampled_from(["direct", "mixed", "indirect"])),
            act=draw(st.sampled_from(["speech", "thought", "refusal", "document"])),
            content=tuple(sorted(span() for _ in range(draw(st.integers(1, 3))))),
            cue=maybe(span),
            source=maybe(span),
            speaker=draw(st.none() | st.sampled_from(names)),
            speaker_from="name",
            confidence=draw(st.floats(0, 1)),
            reported_by=draw(st.none() | NAMES),
            when=SimpleNamespace(text=words(), date="2031-03-04") if draw(st.booleans()) else None,
            where=maybe(words),
            addressee=maybe(words),
        )
        for _ in range(draw(st.integers(0, 12)))
    ]
    positions = [
        SimpleNamespace(
            actor=draw(st.sampled_from(names)),
            issue=draw(st.sampled_from(["levy", "the plan"]) | NAMES),
            stance=draw(st.sampled_from(["supports", "opposes", "conditional", "mixed", "unclear"])),
            condition=maybe(span),
            date=draw(st.sampled_from([None, "2031-03-04", "2031-03-17"])),
            reported_by=draw(st.none() | NAMES),
            evidence=(place := span(),),
            cue=place,
        )
        for _ in range(draw(st.integers(0, 5)))
    ]
    return SimpleNamespace(
        article=article, people=people, statements=statements, positions=positions, events=[], summary=[span(), span()]
    )


def questions(names, issues, cards):
    yield from (Question("summary", (("length", length),)) for length in ("short", "long"))
    yield from (Question("who-said", (("person", name), ("kind", "all"))) for name in names)
    yield from (Question("positions", (("person", name),)) for name in names)
    yield from (Question("positions", (("issue", issue),)) for issue in issues)
    yield from (Question("positions", (("person", names[0]), ("issue", issue))) for issue in issues)
    yield from (Question("compare", (("person", names[0]), ("other", name))) for name in names)
    yield from (Question(command) for command in ("positions", "sources", "help"))
    for card in list(cards):
        yield from (action.question for entry in card.entries for action in entry.actions)


def check(card: Card, text: str) -> None:
    """Every line is the article's own or a label, and the page keeps its budget."""
    for line in [*(line for entry in card.entries for line in entry.lines), *card.notes]:
        for part in line.parts:
            if isinstance(part, Words):
                passage = part.passage
                assert passage.article.text == text
                assert passage.text == text[passage.start : passage.end]
                assert all(passage.start <= start < end <= passage.end for start, end in part.marks)
            else:
                assert len(part) <= 3 * LABEL
    assert sum(entry_weight(entry) for entry in card.entries) <= PAGE_CHARACTERS
    assert sum(bool(entry.actions) for entry in card.entries) <= PAGE_ENTRIES
    assert len(card.title) <= LABEL
    assert len(card.actions) <= CARD_ACTIONS
    assert html(card)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(analyses())
def test_every_line_of_every_page_of_every_answer_is_the_articles_own_or_a_label(analysis):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index.sqlite"
        writer = Writer(path)
        writer.keep("made-up", analysis.article, "digest", "version", found_in(analysis))
        writer.merge("made-up", "recipe", merged(list(writer.kept("made-up"))))
        writer.close()
        index = Index(path)
        names = [choice.name for choice in index.people().choices]
        issues = [choice.name for choice in index.issues_by_name().choices]
        first = []
        for question in questions(names or ["Nobody"], issues, first):
            card = brief.answer(index, question)
            for page in range(card.pages):
                first.append(brief.answer(index, Question(question.command, question.options, page)))
                check(first[-1], analysis.article.text)
        for card in first:
            for action in [action for entry in card.entries for action in entry.actions]:
                check(brief.answer(index, action.question), analysis.article.text)
        for option in ("person", "issue", "story", "article", "about", "length"):
            for name, value in brief.complete(index, "", option, names[0][:3] if names else "", {}):
                assert len(name) <= 100
                assert len(value) <= 100
        index.close()


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return harbour(tmp_path_factory.mktemp("harbour")).index()


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=50))
@settings(max_examples=60, deadline=None)
def test_no_question_is_too_strange(index, person, about, command):
    values = {"person": person, "about": about, "other": about, "issue": about, "story": command, "at": about}

    for name in (command, "who-said", "positions", "compare", "summary", "sources", "around"):
        assert len(brief.answer(index, Question(name, tuple(values.items()), len(person))).title) <= LABEL
    for option in ("person", "issue", "story", "article", "kind", about):
        assert len(brief.complete(index, command, option, person, {"story": about})) <= 25
