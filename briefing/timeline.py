"""What happened when: the passages that say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.article import Article, Span
from briefing.language import sentences
from briefing.worded_date import date_of, dates_in

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Sentence

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Event:
    """A passage and the date that its words give.

    Attributes:
        date: ISO, as long as its precision ("2024-02", "2024").
        text: The passage: a whole sentence.
        source: The words that the date is read from; `from` in the JSON.
    """

    date: str
    precision: Precision
    text: Span
    source: str


def events_of(article: Article, doc: Doc) -> tuple[Event, ...]:
    """The body's sentences that say when, in text order; one event for each date that a sentence gives."""
    events: dict[tuple[str, Span], Event] = {}
    for _, span, sentence in sentences(article, doc):
        for place, words in dates_in(article.text[slice(*span)]):
            iso = date_of(words, article.published, ahead=_ahead(sentence, span[0] + place))
            if iso:
                events.setdefault((iso, span), Event(iso, PRECISIONS[len(iso)], span, words))
    return tuple(events.values())


PRECISIONS: dict[int, Precision] = {10: "day", 7: "month", 4: "year"}
FUTURE = {"will", "shall", "would", "'ll", "’ll", "to"}
ARRANGED = {"due", "set", "expect", "schedule", "plan", "hope", "intend", "want"}


def _ahead(sentence: Sentence, place: int) -> bool:
    """Whether the clause around a place in the text speaks of what is to come."""
    token = next((t for t in sentence if t.idx <= place < t.idx + len(t.text_with_ws)), None)
    compared = token is not None and token.i > sentence.start and token.nbor(-1).lower_ == "than"
    while token is not None and token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    if token is None or compared:
        return False
    auxiliaries = {t.lower_ for t in token.children if t.dep_ == "aux"} & FUTURE
    return bool(auxiliaries - {"to"}) or ("to" in auxiliaries and token.head.lemma_ in ARRANGED)
