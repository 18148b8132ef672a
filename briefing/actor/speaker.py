"""Giving statements their speakers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from briefing.actor.cast import Cast
from briefing.article import Article
from briefing.attribution.statement import Statement


def name_speakers(article: Article, doc: Doc, statements: Sequence[Statement], cast: Cast) -> tuple[Statement, ...]:
    """The statements with speaker, how the speaker was found, confidence and who reports the words."""
    named = [_named(s, cast) for s in statements]
    return tuple(_reported(s, named) for s in named)


def _named(statement: Statement, cast: Cast) -> Statement:
    reference = cast.who(statement.source) if statement.source else None
    if reference is None:
        return statement
    confidence = round((statement.confidence or 1.0) * reference.confidence, 3)
    return replace(statement, speaker=reference.actor.name, speaker_from=reference.how, confidence=confidence)


def _reported(statement: Statement, named: Sequence[Statement]) -> Statement:
    """The speaker of the words that hold this statement, if that is somebody else."""
    start = (statement.source or statement.content[0])[0]
    for other in named:
        holds = other is not statement and any(a <= start < b for a, b in other.content)
        if holds and other.speaker and other.speaker != statement.speaker:
            return replace(statement, reported_by=other.speaker)
    return statement
