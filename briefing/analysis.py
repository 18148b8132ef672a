"""Everything found in one article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.actor import Actor, Aliases, cast_of, name_speakers
from briefing.article import Article, Span
from briefing.attribution import Statement, Tagger, statements_of
from briefing.language import parse
from briefing.position import Position, positions_of
from briefing.summary import rank
from briefing.timeline import Event, events_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the analysing half hands to the index.

    Attributes:
        people: Every actor, in order of first mention.
        summary: Usable passages, best first; the first three are the three-sentence summary.
    """

    article: Article
    people: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    positions: tuple[Position, ...] = ()
    events: tuple[Event, ...] = ()
    summary: tuple[Span, ...] = ()


def analyse(
    articles: Iterable[Article], nlp: Language, tagger: Tagger, aliases: Aliases | None = None
) -> Iterator[Analysis]:
    """The analysis of each article, in order; the articles may be a stream of any length.

    Args:
        aliases: The story's merges by hand, from its `aliases.toml`.
    """
    for article, doc in parse(articles, nlp):
        yield analysis_of(article, doc, tagger, aliases)


def analysis_of(article: Article, doc: Doc, tagger: Tagger, aliases: Aliases | None = None) -> Analysis:
    """The analysis of one article whose document is already made."""
    unnamed = statements_of(article, doc, tagger)
    cast = cast_of(article, doc, unnamed, aliases)
    statements = name_speakers(article, doc, unnamed, cast)
    return Analysis(
        article=article,
        people=cast.people,
        statements=statements,
        positions=positions_of(article, doc, cast, statements),
        events=events_of(article, doc),
        summary=rank(article, doc, statements),
    )
