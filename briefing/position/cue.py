"""Every attitude of a sentence, read off the words that may be cues."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Span, Token

from briefing.position.attitude import Attitude
from briefing.position.grammar import (
    clause_of,
    in_question,
    is_passed_over,
    is_supposed,
    is_unsure,
)
from briefing.position.noun import of_adjective, of_noun
from briefing.position.preposition import of_preposition
from briefing.position.verb import of_verb


def attitudes_in(sentence: Span) -> Iterator[Attitude]:
    """Every attitude whose cue stands in the sentence; questions, suppositions and mere possibilities are none."""
    for token in sentence:
        reader = READERS.get(token.pos_)
        if reader is None:
            continue
        for attitude in reader(token):
            if attitude.targets and not _is_idle(token):
                yield attitude


def _is_idle(token: Token) -> bool:
    return is_passed_over(token) or is_supposed(token) or is_unsure(clause_of(token)) or in_question(token)


READERS: dict[str, Callable[[Token], Iterator[Attitude]]] = {
    "VERB": of_verb,
    "AUX": of_verb,
    "NOUN": of_noun,
    "PROPN": of_noun,
    "ADJ": of_adjective,
    "ADP": of_preposition,
    "SCONJ": of_preposition,
}
