"""A quotation without a cue takes its source from its neighbours where they leave no choice, else from nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc

from briefing.article import Span
from briefing.attribution.border import Quoted
from briefing.attribution.linking import Draft
from briefing.attribution.syntax import SUBJECTS, entities_in, words

SPEECH_LENGTH = 6  # words from which a quotation by itself is a statement
CERTAINTY = 0.6  # chance given to a source found so


def going_on(drafts: Sequence[Draft], quoted: Quoted, paragraphs: Sequence[Span]) -> list[Draft]:
    """Drafts for paragraphs that are nothing but a quotation and follow one that ends with a quotation."""
    taken = {quotation for draft in drafts for quotation in quoted.under(draft.pieces)}
    new: list[Draft] = []
    for before, paragraph in pairwise(paragraphs):
        quotation = quoted.filling(paragraph)
        if quotation is None or quotation in taken or len(quotation.words(quoted.text)) < SPEECH_LENGTH:
            continue
        last = max((d for d in (*drafts, *new) if before[0] <= d.start < before[1]), key=lambda d: d.end, default=None)
        if last is not None and last.source is not None and quoted.kind(last.pieces) == "direct":
            new.append(Draft(quotation.pieces, None, last.source, CERTAINTY, 0.0, CERTAINTY))
    return new


def only_person(draft: Draft, doc: Doc, paragraphs: Sequence[Span]) -> Span | None:
    """The one person who is the subject of a sentence before the quotation in its paragraph; None if there are more."""
    start = next((start for start, end in paragraphs if start <= draft.start < end), draft.start)
    if start == draft.start:
        return None
    people = [entity for entity in entities_in(words(doc, (start, draft.start))) if entity.label_ == "PERSON"]
    acting = [person for person in people if person.root.dep_ in SUBJECTS]
    alone = len({person.root.lower_ for person in people}) == 1
    return (acting[-1].start_char, acting[-1].end_char) if acting and alone else None

