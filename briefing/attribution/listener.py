"""Those who are only told or asked: a court that hears evidence, "asked whether …", and what words travel by."""

from __future__ import annotations

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from briefing.article import Span
from briefing.attribution.syntax import words

ASKED = {"asked", "informed", "pressed", "questioned", "told"}
WHEN = {"when", "if", "once", "whenever"}
HEARERS = set(
    "court inquest inquiry jury tribunal hearing trial commission committee panel council meeting bench".split()
)
MEANS = set("post mail email e-mail letter phone telephone text fax radio video proxy".split())


def is_listener(source: Span, cue: Span, end: int, doc: Doc) -> bool:
    """Is a source the one to whom the words are said, or the way by which they came, and so not who says them?

    Args:
        end: Where the statement's content ends.
    """
    verb, mention = words(doc, cue), words(doc, source)
    if is_asked(verb, end):
        return not any(child.dep_ == "agent" and mention.root in child.children for child in verb.root.children)
    return is_passive(verb.root, mention.root) or hears(verb.root, mention.root) or is_means(mention)


def is_told(piece: Span, cue: Words) -> bool:
    """ "The inquest was told that": is it the listener that passes for the words?"""
    subject = next((child for child in cue.root.lefts if child.dep_ == "nsubjpass"), None)
    return subject is not None and cue[-1].lower_ in ASKED and piece[0] <= subject.idx < piece[1] <= cue.start_char


def is_asked(cue: Words, end: int) -> bool:
    """ "Asked whether it would close, she", "the mayor, asked about it, said", "shrugged when asked": a participle?"""
    doc, first = cue.doc, cue[0]
    if first.lower_ not in ASKED or len(cue) > 1 + (cue[-1].lower_ in ("by", "about")):
        return False
    if first.is_sent_start or (first.nbor(-1).lower_ in WHEN and first.tag_ == "VBN"):
        return True
    after = doc.char_span(end, end + 1, alignment_mode="expand")
    behind = doc[after.start : after.start + 2] if after is not None else doc[:0]
    return first.nbor(-1).text == "," and len(behind) == 2 and behind[0].text == "," and behind[1].tag_ == "VBD"


def is_passive(verb: Token, subject: Token) -> bool:
    """ "A committee was informed that"?"""
    return subject.dep_ == "nsubjpass" and subject.head == verb and verb.lower_ in ASKED


def hears(verb: Token, subject: Token) -> bool:
    """ "The court heard that": is evidence given to it?"""
    return verb.lemma_.lower() == "hear" and subject.lemma_.lower() in HEARERS


def is_means(mention: Words) -> bool:
    """ "Informed by post", "told by telephone": no letter and no call, only the way."""
    bare = len(mention) == 1 and mention.start > 0 and mention[0].lower_ in MEANS
    return bare and mention[0].nbor(-1).lower_ == "by"
