"""What a cue says was done: something said, something thought or planned, a refusal to speak, or a document's word."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from briefing.attribution.lexicon import lexicon
from briefing.attribution.statement import Act, Kind

SPEECH, THOUGHT, DOCUMENTS, INTENDED = (lexicon()[name] for name in ("speech", "thought", "document", "intended"))
SAYING = ({"make", "clear"}, {"make", "plain"}, {"speak", "out"}, {"put", "it"}, {"go", "on"}, {"according", "to"})
NAMING = {"call", "dub", "entitle", "know", "label", "name", "nickname", "term", "title"}
REFUSING = {"decline", "refuse"}  # and not "reject": to reject a demand is to speak
SILENT = re.compile(
    r"\b(?:declin|refus)\w* (?:to )?(?:comment|say|answer|discuss|elaborate|respond|speak|talk|specify|give|provide)"
    r"|\byet to (?:comment|say|answer|discuss|elaborate|respond|speak|announce|explain)"
    r"|\b(?:stop\w* short of|refrain\w* from|avoid\w*) (?:say|call|answer|comment|nam|discuss|accus|speak)ing"
    r"|\bunable to (?:say|comment|answer|confirm)"
    r"|\bno comment\b|\bnot (?:be )?reached\b|\bnot available\b|\bremained? silent\b"
    r"|\bnot (?:immediately |yet |publicly |directly )*(?:respond|return|repl|comment|answer)"
)
AUXILIARY = {"be", "do", "have", "can", "could", "may", "might", "must", "shall", "should", "will", "would", "to"}
STILL_SPEECH = {"deny", "dispute", "doubt", "rule", "question"}  # "did not deny", "would not rule out"


def act_of(kind: Kind, cue: Span | None, source: Span | None) -> Act:
    """The act that a cue tells of; without one, quoted words are speech and others a thought.

    What is neither surely said nor surely thought counts as said if it is quoted, else as thought: an answer then
    does not put words into a mouth.
    """
    if cue is None:
        return "speech" if kind != "indirect" else "thought"
    if kind != "direct" and is_refusal(cue):
        return "refusal"
    lemmas = {token.lemma_.lower() for token in cue if token.lemma_.lower() not in AUXILIARY}
    if source is not None and head_of(source).lemma_.lower() in DOCUMENTS:
        return "document"
    if is_speech(cue) and not is_intended(cue):
        return "speech"
    if lemmas & (THOUGHT | INTENDED):
        return "thought"
    return "speech" if kind != "indirect" else "thought"


def is_speech(cue: Span) -> bool:
    """Does a cue tell of words spoken or written? A colon alone is a transcript's."""
    if cue.text == ":":
        return True
    lemmas = {token.lemma_.lower() for token in cue}
    return bool(lemmas & SPEECH) or any(phrase <= lemmas for phrase in SAYING)


def is_intended(cue: Span) -> bool:
    """Is the speaking only planned or expected ("plans to announce", "is likely to say")?"""
    intended = [token.i for token in cue if token.lemma_.lower() in INTENDED]
    return bool(intended) and any(
        token.i > intended[0] and token.lemma_.lower() in SPEECH and token.pos_ == "VERB" for token in cue
    )


def is_hearsay(cue: Span) -> bool:
    """Does a cue tell from whom somebody's words are known ("according to")?"""
    return any(token.lower_ == "according" for token in cue)


def is_naming(cue: Span) -> bool:
    """Does a cue give a name ("is called", "titled") where it may as well tell of speech ("called it")?"""
    return any(token.lemma_.lower() in NAMING for token in cue)


def is_refusal(cue: Span) -> bool:
    """Does the cue tell that somebody did not speak? ("declined to", "has not said", "never mentioned")."""
    words = cue.doc[cue.start : min(cue.end + 3, len(cue.doc))].text.lower()
    if SILENT.search(words):
        return True
    verbs = [token for token in cue if token.pos_ in {"VERB", "AUX"}]
    if any(token.lemma_.lower() in REFUSING for token in verbs):
        return True
    said = [token for token in verbs if token.lemma_.lower() in SPEECH - STILL_SPEECH]
    return any(is_negated(token) for token in said)


def is_negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in {"never", "n't", "not"} for child in verb.lefts)


def head_of(span: Span) -> Token:
    """The word on which the others hang; the kind of thing in "one of the polls" or "a copy of the letter"."""
    head = span.root
    if head.lemma_.lower() in {"one", "copy", "series", "number", "part", "version", "set", "pair"}:
        inner = [t for t in span if t.dep_ == "pobj" and t.head.head == head]
        return inner[0] if inner else head
    return head
