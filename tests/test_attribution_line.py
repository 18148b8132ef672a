"""How a statement's source and cue read: slices of the article, and nothing that says nothing."""

import pytest

from briefing.article import Article
from briefing.brief.shown import attribution_line, evidence_line, words_line
from briefing.index import Evidence, Said


def shown(text, content, kind="direct", **places):
    """The line with the words and the one under it, the article's words between asterisks."""
    article = Article("a", text, paragraphs=((0, len(text)),))

    def span(words):
        return (text.index(words), text.index(words) + len(words)) if words else None

    said = Said(
        id=1,
        report=1,
        kind=kind,
        act="speech",
        content=(span(content),),
        how="name",
        confidence=0.97,
        reported_by=None,
        date="2031-03-03" if places.get("when") else None,
        speaker="Ana Ruiz",
        role="Mayor",
        **{name: span(places.get(name)) for name in ("cue", "source", "addressee", "where", "when")},
    )
    lines = words_line(article, said), attribution_line(article, said)
    return [
        "".join(part if isinstance(part, str) else f"*{part.passage.text}*" for part in line.parts) for line in lines
    ]


@pytest.mark.parametrize(
    ("text", "content", "places", "attribution"),
    [
        ("On Monday he was brief: “no”.", "no", {"source": "he", "when": "On Monday"}, "*On Monday* (3 Mar 2031)"),
        ("Ruiz in Kelso: “It leaks”.", "It leaks", {"cue": ":", "where": "in"}, ""),
        ("She paused. “No more,” came the answer.", "No more,", {"source": "She"}, ""),
        ("“No more,” she told them.", "No more,", {"source": "she", "cue": "told"}, "*she told*"),
        ("Say “it” according to Ruiz.", "it", {"source": "Ruiz", "cue": "according to"}, "*according to Ruiz*"),
        ("Ruiz was there. According to all, “it is”.", "it is", {"source": "Ruiz", "cue": "According to"}, ""),
        (
            "A spokeswoman for the mayor was brief: “it leaks”.",
            "it leaks",
            {"source": "A spokeswoman for the mayor"},
            "printed as: *A spokeswoman for the mayor*",
        ),
        ("“No,” came from the top diplomat.", "No,", {"source": "the top diplomat"}, "as *the top diplomat*"),
    ],
)
def test_an_attribution_reads_well_and_holds_only_what_tells(text, content, places, attribution):
    assert shown(text, content, **places)[1] == attribution


def test_a_verb_that_calls_for_something_is_shown_with_it():
    words, _ = shown("Ruiz called for a vote.", "a vote", "indirect", source="Ruiz", cue="called for")

    assert words == "*called for a vote*"


@pytest.mark.parametrize(
    ("places", "line"),
    [
        (["It must not.", "No flats,"], "*“No flats,” Ruiz said. “It must not.”*"),
        (["Never.", "No flats,"], "*“No flats,” Ruiz said.* … *“Never.”*"),
    ],
)
def test_what_shows_a_position_is_in_the_articles_order_without_dots_for_nothing(places, line):
    text = "“No flats,” Ruiz said. “It must not.” She paused. “Never.”"
    sentences = {"No flats,": (0, 22), "It must not.": (23, 37), "Never.": (50, 58)}
    cue = (text.index(places[0]), text.index(places[0]) + 2)
    evidence = Evidence(cue, tuple(sentences[place] for place in places), None, None)

    parts = evidence_line(Article("a", text, paragraphs=((0, len(text)),)), evidence).parts

    assert "".join(part if isinstance(part, str) else f"*{part.passage.text}*" for part in parts) == line


def test_whom_a_clause_is_said_to_keeps_its_preposition():
    text = "To Israelis he offers a bargain."

    words, _ = shown(text, "a bargain", "indirect", source="he", cue="offers", addressee="Israelis")

    assert words == "*To Israelis he offers a bargain*"
