"""An analysis as JSON and back: what the index keeps of an article, and what `briefing analyse` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from briefing.article import Article

if TYPE_CHECKING:
    from briefing.actor import Actor
    from briefing.analysis import Analysis
    from briefing.attribution.statement import Statement
    from briefing.position import Position
    from briefing.timeline import Event

Json = dict[str, Any]


def found_in(analysis: Analysis) -> Json:
    """Everything but the article itself; spans are pairs of offsets."""
    return {
        "people": [_person(actor) for actor in analysis.people],
        "statements": [_statement(statement) for statement in analysis.statements],
        "positions": [_position(position) for position in analysis.positions],
        "events": [_event(event) for event in analysis.events],
        "summary": [list(span) for span in analysis.summary],
    }


def page_of(article: Article) -> Json:
    """What an article says of itself."""
    return {
        "title": article.title,
        "section": article.section,
        "outlet": article.outlet,
        "authors": list(article.authors),
        "published": article.iso_date,
        "published_from": article.published_from,
    }


def _person(actor: Actor) -> Json:
    return {
        "name": actor.name,
        "kind": actor.kind,
        "role": actor.role,
        "aliases": list(actor.aliases),
        "mentions": [list(mention) for mention in actor.mentions],
    }


def _statement(statement: Statement) -> Json:
    when = statement.when
    return {
        "kind": statement.kind,
        "act": statement.act,
        "content": [list(piece) for piece in statement.content],
        "cue": _pair(statement.cue),
        "source": _pair(statement.source),
        "speaker": statement.speaker,
        "speaker_from": statement.speaker_from,
        "confidence": round(float(statement.confidence), 4),
        "reported_by": statement.reported_by,
        "when": {"text": when.text, "date": when.date} if when else None,
        "where": statement.where,
        "addressee": statement.addressee,
    }


def _position(position: Position) -> Json:
    return {
        "actor": position.actor,
        "issue": position.issue,
        "stance": position.stance,
        "condition": _pair(position.condition),
        "date": position.date,
        "reported_by": position.reported_by,
        "evidence": [list(span) for span in position.evidence],
        "cue": list(position.cue),
    }


def _event(event: Event) -> Json:
    return {"date": event.date, "precision": event.precision, "text": list(event.text), "from": event.source}


def _pair(span: Sequence[int] | None) -> list[int] | None:
    return list(span) if span else None


def people_in(found: Json) -> list[Actor]:
    """The actors of a kept article."""
    from briefing.actor import Actor

    return [
        Actor(
            name=person["name"],
            kind=person["kind"],
            role=person["role"],
            aliases=tuple(person["aliases"]),
            mentions=tuple((start, end) for start, end in person["mentions"]),
        )
        for person in found["people"]
    ]
