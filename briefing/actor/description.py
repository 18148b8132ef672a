"""Noun phrases that mean somebody without the name: an epithet, a calling, a body by its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from briefing.actor.entity import Entity
from briefing.actor.role import FEMALE, MALE, Role, is_role, place, role
from briefing.actor.vocabulary import BODY_WORDS, PARTISANS

COMPLEMENT = 8  # tokens of "for the ministry" behind an unnamed source that belong to its name at most
COMPANIES = set("company firm group business carmaker airline retailer bank".split())
GENERAL = COMPANIES | set("agency charity organisation organization body".split())
ANY_BODY = {"company", "firm", "group", "agency", "organisation", "organization", "business"}
BODY_NOUNS = GENERAL | set(
    """council ministry department court university party union club school hospital board commission
committee association federation force newspaper paper station institute foundation watchdog regulator museum team
government band patrol""".split()
)
CLASSES = BODY_NOUNS - COMPANIES
ANY_BODY_WORD = BODY_NOUNS | BODY_WORDS
COURTS = set("court council committee commission federation association university school union hospital".split())
AGED = re.compile(r"\b\d{1,3}[- ]year[- ]old$")
NO_EPITHETS = set(
    """spokesperson official aide source witness man woman person resident voter worker judge narrator campaigner
volunteer employee adviser staffer friend officer local partner winner victim driver
juror refugee migrant protester pedestrian motorist classmate roommate teammate firefighter ranger therapist monk nun
pilot""".split()
)
NEWCOMERS = set(
    """prosecutor lawyer detective investigator doctor nurse paramedic teacher pastor priest vicar imam rabbi trainer
journalist reporter expert analyst critic neighbour coroner defendant suspect organiser broadcaster publisher""".split()
)
"""Callings that come into a story with somebody else than its topic."""
OWNED = {"det", "poss"}
OFFICES = set(
    """president prime minister senator representative governor mayor minister secretary chancellor speaker king queen
prince pope ambassador commissioner attorney general""".split()
)
NOT_HIM = {"next", "new", "other", "first", "second", "same", "only", "late", "team", "union", "local"}


def aged(doc: Doc) -> Iterator[TokenSpan]:
    """ "the 24-year-old": no noun phrase to the parser."""
    for token in doc:
        if (
            token.lower_ == "old"
            and token.i >= 5
            and doc[token.i - 2].lower_ == "year"
            and doc[token.i - 5].lower_ == "the"
        ):
            yield doc[token.i - 5 : token.i + 1]


def same_head(a: str, b: str) -> bool:
    """Do two descriptions name the same role?"""
    first, second = role(a), role(b)
    return first is not None and second is not None and first.heads[-1] == second.heads[-1]


def has_class(entity: Entity) -> bool:
    """Does the body's name say what it is, so that it is no company?"""
    return not CLASSES.isdisjoint(entity.name.lower().split())


def is_people(chunk: TokenSpan) -> bool:
    """ "the Spaniard": a person by his country."""
    word = chunk.root.text.lower()
    bare = len(chunk) == 2 or AGED.search(chunk[:-1].text) is not None or chunk[1:-1].text in ("young", "veteran")
    country = place(word)
    american = country == "us" and len(chunk) == 2  # "the American" stands before many a noun that the parser misses
    return bare and chunk[0].lower_ == "the" and country not in (None, word) and not american


def is_epithet(description: Role, chunk: TokenSpan) -> bool:
    """Is it another word for somebody ("the retired surgeon"), and not the mention of somebody else?"""
    words = {t.text if t.text == "New" else t.lower_ for t in chunk}  # "the New Jersey governor" is not new
    if (
        chunk[0].lower_ != "the"
        or not (description.known or place(chunk[-1].lower_))
        or _is_proper(chunk[-1])
        or not words.isdisjoint(NOT_HIM)
    ):
        return False
    if description.age:
        return True
    bare = len(chunk) == 1 + len(description.head_words.split())
    if bare and any(head.split()[-1] in OFFICES for head in description.heads):
        return False  # "the vice president"
    return NO_EPITHETS.isdisjoint(description.heads) and not any(t.tag_ == "POS" for t in chunk)


def _is_proper(token: Token) -> bool:
    """ "The Advocate", which is no advocate; but "the Republican", "the Dane"."""
    word = token.lower_
    return token.text.istitle() and word not in PARTISANS and place(word) is None


def is_person_word(lemma: str) -> bool:
    """Does the noun mean a person?"""
    return is_role(lemma) or lemma in MALE or lemma in FEMALE or (lemma.endswith(("woman", "man")) and len(lemma) > 4)


def without_article(chunk: TokenSpan) -> str:
    first = 1 if chunk[0].lower_ in ("a", "an", "the", "this", "that") and len(chunk) > 1 else 0
    return " ".join(chunk[first:].text.split())


def word_set(text: str) -> set[str]:
    return set(text.lower().split())


def complement_of(chunk: TokenSpan) -> str:
    """ "for the ministry", behind "a spokesman"."""
    preposition = chunk.doc[chunk.end : chunk.end + 1]
    if preposition.text.lower() not in ("for", "of", "at", "from", "with") or preposition[0].head != chunk.root:
        return ""
    words: list[Token] = []
    for token in chunk.doc[chunk.end : chunk.end + COMPLEMENT]:
        if (
            (token.is_punct and token.text not in ("-", "’", "'"))
            or token.is_space
            or token.pos_ in ("VERB", "AUX", "PRON", "ADV")
        ):
            break
        words.append(token)
    while words and words[-1].pos_ == "ADP":  # "the mayor for | it"
        words.pop()
    return " " + "".join(word.text_with_ws for word in words).strip() if words else ""


def ends_on_another(complement: TokenSpan) -> bool:
    """Is it somebody in a description's complement who bears the name after its comma?

    "A lawyer | for one of the soldiers, Omar Field", "the husband | of crash victim, Ana Field".
    """
    if not len(complement):
        return False
    last, words = complement[-1], [token.lower_ for token in complement]
    people = [token for token in complement if is_person_word(token.lemma_.lower())]
    several = any(token.tag_ == "NNS" for token in people) and words[0] in ("for", "to") and "of" in words
    bare = words[:1] == ["of"] and last in people and last.tag_ == "NN" and all(t.dep_ not in OWNED for t in complement)
    return several or bare


def behind_title(doc: Doc, start: int, end: int) -> int:
    """ "Counselor to the President Ana Field": the token behind a title whose first words are [start, end); else -1."""
    first, rest = doc[start], doc[end : end + COMPLEMENT]
    if not first.text.istitle() or first.pos_ == "DET" or doc[end - 1].tag_ in ("NNS", "NNPS"):
        return -1
    if len(rest) < 4 or rest[0].lower_ not in ("to", "of", "for") or rest[1].lower_ != "the":
        return -1
    offices = takewhile(lambda token: token.text.istitle() and is_role(token.lower_), rest[2:])
    last = max((token.i for token in offices), default=-2)
    return last + 1


def can_be_of(complement: str, entity: Entity) -> bool:
    """Where the description names a body ("of the Chess Federation", "of the court"), do the roles name it, too?"""
    words = re.findall(r"\w[\w-]*", complement)
    named = {w.lower() for w in words if w[0].isupper() and place(w.lower()) is None} | COURTS.intersection(words)
    told = " ".join(r.text.lower() for r in entity.roles)
    return not named or any(word in told for word in named)
