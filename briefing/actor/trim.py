"""A name without what the language model took in around it, and with what it left out."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from briefing.actor.forename import is_common, is_forename
from briefing.actor.name import HONORIFICS, PARTICLES, SUFFIXES
from briefing.actor.role import is_role, place
from briefing.actor.vocabulary import BODY_WORDS, PERSONAL, POSSESSIVE, POSTNOMINALS

BEFORE_TITLES = {"the", "a", "an", "former"}
STYLES, STYLED = {"most", "very", "right", "rt"}, {"rev", "reverend", "hon", "honourable"}  # "the Most Rev"
SIBLINGS = {"brothers", "sisters", "cousins", "twins", "siblings"}
FIELDS = set(
    """rights affairs relations refugees security defence defense health finance justice trade state transport education
energy development migration services elections staff culture agriculture""".split()
)


def trimmed(doc: Doc, start: int, end: int, label: str) -> tuple[int, int]:
    """Without line ends, titles before a person's name, possessive marks and punctuation."""
    for step in STEPS:
        start, end = step(doc, start, end, label)
    return start, end


def is_title(word: str) -> bool:
    return word.rstrip(".") in HONORIFICS or is_role(word) or is_role(word.rstrip("."))


def is_demonym(word: str) -> bool:
    """ "Briton", "Kenyan", but not "Kenya"."""
    return place(word.lower()) not in (None, word.lower())


def _in_one_line(doc: Doc, start: int, end: int, label: str) -> tuple[int, int]:
    """Up to a line's end, a person's possessive mark, or a bracket that does not close."""
    for i in range(start, end):
        if "\n" in doc[i].text or (i > start and doc[i].lower_ in POSSESSIVE and label in PERSONAL):
            end = i
            break
    opened = next((i for i in range(start + 1, end) if doc[i].text == "("), end)
    return start, end if ")" in doc[opened:end].text else opened


def _without_title(doc: Doc, start: int, end: int, label: str) -> tuple[int, int]:
    """ "the Most Rev Ana Field", "Crown Prince Omar Field", "former Judge Field": the name alone."""
    if end - start > 2 and doc[start].lower_ in STYLES and doc[start + 1].lower_.rstrip(".") in STYLED:
        start += 2
    if end - start > 3 and label in PERSONAL and is_role(doc[start : start + 2].text.lower()):
        start += 2
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].lower_ in BEFORE_TITLES):
        start += 1
    while start < end - 1 and label != "NORP" and _is_title_of(doc, start, end, label):
        start += 1
    return start, end


def _is_title_of(doc: Doc, start: int, end: int, label: str) -> bool:
    return is_title(doc[start].lower_) and _looks_personal(doc, start + 1, end, label)


def _looks_personal(doc: Doc, start: int, end: int, label: str) -> bool:
    if label in ("PERSON", "RUN"):
        return True
    return (
        end - start <= 3
        and doc[end - 1].lower_ not in BODY_WORDS
        and all(t.text[0].isupper() for t in doc[start:end])
    )


def _without_end(doc: Doc, start: int, end: int, label: str) -> tuple[int, int]:
    """Without possessive marks, punctuation and what follows a person's name ("Ana Field KC")."""
    while end > start and (doc[end - 1].lower_ in POSSESSIVE or (doc[end - 1].is_punct and doc[end - 1].text != ".")):
        end -= 1
    while label in PERSONAL and end - start > 2 and doc[end - 1].text.rstrip(".") in POSTNOMINALS:
        end -= 1
    return start, end


def _without_field(doc: Doc, start: int, end: int, label: str) -> tuple[int, int]:
    """ "Commissioner for | Human Rights Anna Field", "Briton Anna Field": the name alone."""
    if end - start > 1 and start > 1 and doc[start - 1].lower_ in ("for", "of") and is_title(doc[start - 2].lower_):
        field = [i for i in range(start, end - 1) if doc[i].lower_ in FIELDS]
        start = field[-1] + 1 if field else start
    if end - start > 2 and label != "NORP" and is_demonym(doc[start].text) and is_common(doc[start + 1].text):
        start += 1
    return start, end


def _without_common_words(doc: Doc, start: int, end: int, label: str) -> tuple[int, int]:
    """A person's name without what the language model took in around it ("brothers Tom Field", "Ana Field says")."""
    if label != "PERSON":
        return start, end
    while end > start and doc[end - 1].is_lower and doc[end - 1].lower_ not in PARTICLES and doc[end - 2].text != "-":
        end -= 1
    while end - start > 1 and _is_common_word(doc[start]):
        start += 1
    words = [token.lower_ for token in doc[start:end]]
    if len(words) > 2 and not is_forename(words[0]) and is_common(words[1]) and "-" not in words:
        start += words[0] not in PARTICLES
    return start, end


def _is_common_word(token: Token) -> bool:
    word = token.lower_
    return (token.is_stop or word in SIBLINGS) and not is_common(word) and word not in PARTICLES


def _with_rest(doc: Doc, start: int, end: int, label: str) -> tuple[int, int]:
    """With what the language model left out: "Park Chang | -jin", "Tom Field | Jr."."""
    if end - start > 1 and end + 1 < len(doc) and doc[end].text == "-" and doc[end + 1].is_alpha and label != "NORP":
        tight = not doc[end - 1].whitespace_ and not doc[end].whitespace_
        if tight and doc[end + 1].tag_ in ("NNP", "FW") and doc[start].text.istitle():
            end += 2
    suffixed = start < end < len(doc) and doc[end].lower_.rstrip(".") in SUFFIXES
    return start, end + (suffixed and label in ("ORG", *PERSONAL))


def _with_first_word(doc: Doc, start: int, end: int, label: str) -> tuple[int, int]:
    """ "The Ethics and | Anti-Corruption Commission": with the half of a body's name before its "and"."""
    if label != "ORG" or start < 3 or doc[start - 1].lower_ != "and" or doc[end - 1].lower_ not in BODY_WORDS:
        return start, end
    first = doc[start - 2]
    whole = doc[start - 3].lower_ == "the" and first.pos_ == "PROPN" and first.text.istitle() and not first.ent_type_
    return start - 2 * whole, end


STEPS = (
    _in_one_line, _without_title, _without_end, _without_field, _without_common_words, _with_rest, _with_first_word,
)  # fmt: skip
"""Each takes and gives a name as tokens [start, end)."""
