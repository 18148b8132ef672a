"""Quotations that the model overlooked, where the words around the marks say whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from briefing.attribution.act import SPEECH
from briefing.attribution.border import Quoted
from briefing.attribution.linking import Draft
from briefing.attribution.quotation import Quotation
from briefing.attribution.signature import signature_after
from briefing.attribution.syntax import subject_of, words

NEAR = 12  # words between a mark and the verb of saying
SHORTEST = 3  # words; shorter ones are names of things, or scare quotes
SURE = 0.9  # chance given to what a rule finds


def overlooked(drafts: Iterable[Draft], quoted: Quoted, doc: Doc) -> list[Draft]:
    """Drafts for the quotations in none of `drafts`, if a signature or a verb of saying stands by them."""
    taken = {q for draft in drafts if not quoted.holds(draft.cue) for q in quoted.under(draft.pieces)}
    found = (attributed(quotation, quoted, doc) for quotation in quoted.quotations if quotation not in taken)
    return [draft for draft in found if draft is not None]


def attributed(quotation: Quotation, quoted: Quoted, doc: Doc) -> Draft | None:
    text = quoted.text
    signature = signature_after(text, quotation.outer[1])
    if signature is not None:
        return Draft(quotation.pieces, None, signature, SURE, 0.0, SURE)
    if len(quotation.words(text)) < SHORTEST:
        return None
    for verb in verbs_by(quotation, text, doc):
        if not quoted.holds((verb.idx, verb.idx + 1)):
            cue = verb.idx, verb.idx + len(verb)
            return Draft(quotation.pieces, cue, subject_of(doc, cue), SURE, SURE, SURE)
    return None


def verbs_by(quotation: Quotation, text: str, doc: Doc) -> Iterator[Token]:
    """Verbs of saying after the closing mark, up to the end of the sentence, and right before the opening one."""
    last = text[quotation.end - 1]
    if last in ",?!-—–…" or text[quotation.outer[1] : quotation.outer[1] + 1] == ",":
        after = doc.char_span(quotation.outer[1], quotation.outer[1] + 1, alignment_mode="expand")
        for token in doc[after.start : after.start + NEAR] if after is not None else ():
            if token.lower_ in {".", ";"} or "\n" in token.text:
                break
            if token.pos_ == "VERB" and token.lemma_.lower() in SPEECH:
                yield token
                return
    before = text[: quotation.outer[0]].rstrip()
    if before[-1:] in {",", ":"}:
        opening = words(doc, (quotation.outer[0], quotation.outer[0] + 1))
        for token in reversed(doc[max(0, opening.start - NEAR) : opening.start]):
            if token.lower_ in {".", ";", "?", "!"} or "\n" in token.text:
                return
            if token.pos_ == "VERB" and token.lemma_.lower() in SPEECH:
                yield token
                return
