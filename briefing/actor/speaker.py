"""Giving statements their speakers, carrying one over where the text goes on quoting him, and who reports the words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from briefing.actor.cast import Cast
from briefing.actor.page import WHOLLY, quoted_characters
from briefing.article import Article, Span
from briefing.attribution.act import is_hearsay
from briefing.attribution.statement import Statement
from briefing.attribution.syntax import mention_at

# How often a speaker carried over is right: within a paragraph; into a paragraph that is all quotation.
SAME_PARAGRAPH, GOES_ON = 0.9, 0.8
NOBODY = 0.8  # how often nobody is named indeed where we name nobody

REPORTED_WITHIN = 12  # words behind a cue in which an "according to" belongs to it
NEAR = 12  # statements before and after that are looked at
_MET = re.compile(
    r"\b(?:met|meets|meeting|meet|spoke|speaks|talked|talks|talking|visited|conferred|dined|sat down)\b"
)


def name_speakers(article: Article, doc: Doc, statements: Sequence[Statement], cast: Cast) -> tuple[Statement, ...]:
    """The statements with speaker, how the speaker was found, confidence and who reports the words."""
    named = [_named(s, cast) for s in statements]
    carried = _carried_over(article, named)
    told = [_reported(article, s, carried[max(0, k - NEAR) : k + NEAR + 1]) for k, s in enumerate(carried)]
    return tuple(_known_from(doc, s, cast) for s in told)


def _named(statement: Statement, cast: Cast) -> Statement:
    reference = cast.who(statement.source) if statement.source else None
    if reference is None:
        return replace(statement, confidence=round(NOBODY * statement.confidence, 3))
    confidence = round(statement.confidence * reference.confidence, 3)
    return replace(statement, speaker=reference.actor.name, speaker_from=reference.how, confidence=confidence)


# --- quotations without a source of their own ---


def _carried_over(article: Article, statements: Sequence[Statement]) -> list[Statement]:
    """A quotation without a source is its neighbours' speaker's: in his paragraph, or in one that goes on quoting."""
    marks = quoted_characters(article.text)
    blocks = sorted(article.paragraphs)
    done: list[Statement] = []
    last: Statement | None = None
    ordered = sorted(statements, key=lambda s: s.content[0])
    for k, s in enumerate(ordered):
        if s.source is None and s.kind == "direct" and last is not None and last.speaker:
            share = _ties(blocks, marks, last, s, ordered[max(0, k - NEAR) : k + NEAR + 1])
            if share:
                confidence = round(share * min(last.confidence, s.confidence / NOBODY), 3)
                s = replace(
                    s,
                    speaker=last.speaker,
                    speaker_from="carried over",
                    confidence=confidence,
                    reported_by=last.reported_by,
                )
        if s.act in ("speech", "thought"):
            last = s
        done.append(s)
    return done


def _ties(
    blocks: list[Span], marks: bytearray, last: Statement, s: Statement, statements: Sequence[Statement]
) -> float:
    """How surely the speaker of the statement before is this quotation's, too; 0.0 if the text does not say."""
    before, here = _block(blocks, _end(last)), _block(blocks, s.content[0][0])
    if before is None or here is None:
        return 0.0
    if before == here:
        speakers = {o.source for o in statements if o.source and _block(blocks, o.content[0][0]) == here}
        return SAME_PARAGRAPH if last.kind != "indirect" or len(speakers) == 1 else 0.0
    start, end = blocks[here]
    all_quotation = sum(marks[start:end]) >= WHOLLY * (end - start)
    return GOES_ON if here - before == 1 and all_quotation and last.act == "speech" else 0.0


def _block(blocks: list[Span], at: int) -> int | None:
    """The number of the paragraph that holds a character."""
    number = bisect_right(blocks, at, key=lambda block: block[0]) - 1
    return number if number >= 0 and blocks[number][0] <= at <= blocks[number][1] else None


def _end(statement: Statement) -> int:
    return statement.content[-1][1] - 1


# --- words that somebody reports ---


def _reported(article: Article, statement: Statement, named: Sequence[Statement]) -> Statement:
    """With the speaker of the words that hold this statement, or one who met its speaker and tells of it."""
    start = (statement.source or statement.content[0])[0]
    for other in named:
        if other is statement or not other.speaker or other.speaker == statement.speaker:
            continue
        holds = any(a <= start < b for a, b in other.content) and other.act != "refusal"
        if holds or (statement.source and other.source and _tells_of(article, other, statement)):
            return replace(statement, reported_by=other.speaker)
    return statement


def _known_from(doc: Doc, statement: Statement, cast: Cast) -> Statement:
    """ "Field said, according to the Post": with the one after the cue from whom the words are known."""
    cue = doc.char_span(*statement.cue, alignment_mode="expand") if statement.cue else None
    if statement.reported_by or cue is None or is_hearsay(cue):
        return statement
    for token in doc[cue.end : cue.end + REPORTED_WITHIN]:
        if token.is_sent_start or token.is_quote:
            break
        if token.lower_ == "according" and token.head == cue.root:
            to = (child for child in token.children if child.lower_ == "to")
            teller = next((child for preposition in to for child in preposition.children if child.dep_ == "pobj"), None)
            known = cast.who(mention_at(teller)) if teller is not None else None
            return replace(statement, reported_by=known.actor.name) if known else statement
    return statement


def _tells_of(article: Article, teller: Statement, told: Statement) -> bool:
    """ "Field, who met the prince, said that ..., but the prince made clear": a sentence of one who met the other."""
    if (
        teller.source is None
        or told.source is None
        or teller.kind == "direct"
        or not teller.source[1] <= told.source[0]
    ):
        return False
    between = article.text[teller.source[1] : told.source[0]]
    if (
        len(between) > 400
        or re.search(r"[.!?][”\"’']?\s", between)
        or not re.search(r",?\s(?:but|and|while|though)\s(?:that\s)?$", between)
    ):
        return False
    cue = teller.cue[0] if teller.cue and teller.cue[0] > teller.source[1] else told.source[0]
    return bool(_MET.search(article.text[teller.source[0] : cue]))
