"""What happened when."""

from dataclasses import replace
from datetime import date

from briefing.article import parse_article
from briefing.language import parse
from briefing.timeline import events_of

WEDNESDAY = date(2024, 2, 7)


def test_a_sentence_with_a_date_is_an_event_and_tells_past_from_future(nlp):
    text = "The council met on Monday. It will vote on Friday."
    [(article, doc)] = parse([replace(parse_article("a", text), published=WEDNESDAY)], nlp)

    assert [(e.date, e.precision, e.source) for e in events_of(article, doc)] == [
        ("2024-02-05", "day", "Monday"),
        ("2024-02-09", "day", "Friday"),
    ]


def test_what_is_compared_with_is_past(nlp):
    text = "The plan came on Tuesday. Under it the guns would fall silent for longer than in November."
    [(article, doc)] = parse([replace(parse_article("a", text), published=WEDNESDAY)], nlp)

    assert [e.date for e in events_of(article, doc)] == ["2024-02-06", "2023-11"]
