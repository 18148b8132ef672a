"""What an article states of the persons it names: roles in apposition, titles, party tags, ages."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from briefing.actor.description import ends_on_another, is_person_word
from briefing.actor.entity import FORENAME_VOTE, Entity
from briefing.actor.name import HONORIFICS
from briefing.actor.names import Names
from briefing.actor.page import Page
from briefing.actor.role import FEMALE, MALE, Role, clean, fullest, is_role, role
from briefing.actor.vocabulary import PLURAL_TITLES, POSSESSIVE, SPEAKING

FAR = 60  # tokens back in which a counterpart's other side stands
AHEAD = 110  # characters before a name that are read for "the mayor,"
STYLES = {"dr", "mr", "mrs", "ms", "prof", "sir", "dame"}  # may stand between a title and a name
BEFORE = 12  # tokens before a name that are read for a title
# What tells a gender, by weight.
NOUN_VOTE, HONORIFIC_VOTE, TELLER_VOTE, ALONE_VOTE = 3, 5, 1.0, 0.5
BESIDE_STATED = 0.25  # of a forename's weight, where the article says "her husband, Camille Field"

_PARTY_TAG = re.compile(r"\s*,?\s*\(?\b([RDI])\s?[-–]\s?([A-Z][\w.\s]{1,14}?)\.?(?=[\s),])")
_PARTY_OF = {"R": "Republican", "D": "Democrat", "I": "independent"}
_DOT = r"(?<=[^A-Za-z][A-Z])\."  # "of U.S. immigration": no sentence's end
_ARTICLE = r"(?:the|an?|former|his|her|its|their|who is|who was|who has been|now|then)"
_AFTER = re.compile(rf"\s*[,(–—]\s*((?:{_ARTICLE}\s)?(?:[^,.;:\n“”\"()–—]|{_DOT}){{3,110}})", re.I)
_COPULA = re.compile(
    r",?\s+(?:is|was|has been|became|remains|serves as|served as|works as)\s+"
    rf"((?:the|an?|now)\s(?:[^,.;:\n“”\"]|{_DOT}){{3,80}})"
)
_HIS_PART = re.compile(r",? for (his|her) part\b")
_AGE = re.compile(r"\s*[,(]\s*(?:aged\s)?(\d{1,3})(?=[,.)])")
_AHEAD = re.compile(r"\b(?=((?:the|an?|his|her|its|their|one|[\w.-]+['’]s)\s[^,.;:\n“”\"]{3,80}),\s*$)", re.I)
_LIST = re.compile(r"(?:his|her|their)\b.* and (?:his|her|their)\b", re.I)  # "Field, his son and his brother" are three
_NO_ROLE = re.compile(r"(?:and|but|said|says|has|had|who|told|added)\b(?! is| was)", re.I)
_SPEECH = re.compile(r"\b(?:said|says|told|added)\b")


def state_roles(page: Page, names: Names) -> None:
    """Give every named person the roles and the gender that the article states where it names him."""
    for entity in names.people():
        for start, end, _ in entity.spans:
            _before(page, names, entity, start)
            _after(page, entity, end)
        sign = entity.forename_gender()
        told = BESIDE_STATED if any(entity.votes.values()) else 1.0
        entity.votes[1 if sign > 0 else -1] += FORENAME_VOTE * told * sign * sign


def name_bodies(page: Page, names: Names) -> None:
    """Give bodies the nouns in apposition to them: "the carmaker Tolland Motors", "Tolland, the carmaker"."""
    for entity in names.entities:
        if entity.kind == "organisation":
            for start, end, _ in entity.spans:
                owned = page.doc[max(0, start - 1)].lower_ in POSSESSIVE  # "the government's Clean Coast Plan"
                near = [] if owned else [page.doc[i] for i in range(max(0, start - 2), start)]
                if page.doc[max(0, start - 1)].lower_ in ("called", "named", "dubbed"):
                    near += [page.doc[max(0, start - 2)]]  # "a company called Tolland"
                near += [t for t in page.doc[end : end + 5] if page.doc[end : end + 1].text == ","]
                entity.nouns |= {t.lemma_.lower() for t in near if t.tag_ == "NN" and t.is_lower}


def _before(page: Page, names: Names, entity: Entity, start: int) -> None:
    """ "Israeli Prime Minister", "spokesman for the agency" straight before the name, and "The prime minister, ..."."""
    doc = page.doc
    title = doc[start - 1].lower_.rstrip(".") if start else ""
    if HONORIFICS.get(title):
        entity.votes[HONORIFICS[title]] += HONORIFIC_VOTE
    left = start
    while left > max(0, start - BEFORE) and _in_title(names, page, left - 1, start):
        left -= 1
    while left < start and doc[left].lower_ == "and":
        left += 1
    styled = start - left > 1 and title in STYLES  # "Health Secretary | Dr Ana Field"
    end = start - styled
    words = re.split(r"['’]s?\s", doc[left:end].text)[-1] if left < end else ""
    _give(entity, words)
    _counterpart(names, entity, start, words)
    if not words and doc[start - 1 : start].text in ("and", ",", "&"):
        _shared(page, names, entity, start - 2)
    at = doc[left].idx
    ahead = _ahead(page, at)
    if ahead and not _SPEECH.search(ahead.text):
        after = names.at[start][2]
        if doc[after : after + 1].text in (",", ".", ""):
            _give(entity, ahead.text)
            _counterpart(names, entity, start, ahead.text)


def _ahead(page: Page, at: int) -> TokenSpan | None:
    """ "Under pressure from | the city's mayor, Ana Field": the phrase before the comma, unless it is about another."""
    offset = max(0, at - AHEAD)
    spans = [found.span(1) for found in _AHEAD.finditer(page.text[offset:at])]
    cut = (page.doc.char_span(offset + start, offset + end, alignment_mode="expand") for start, end in spans)
    phrases = [phrase for phrase in cut if phrase is not None]
    chosen = next((phrase for phrase in phrases if _is_somebody(_core(phrase))), phrases[0] if phrases else None)
    return None if chosen is None or _is_anothers(chosen) else chosen


def _core(phrase: TokenSpan) -> TokenSpan:
    """What stands before the first preposition."""
    first = next((token.i for token in phrase if token.pos_ == "ADP"), phrase.end)
    return phrase.doc[phrase.start : first]


def _is_somebody(core: TokenSpan) -> bool:
    return any(is_person_word(token.lemma_.lower()) for token in core)


def _is_anothers(phrase: TokenSpan) -> bool:
    """ "The husband of crash victim, Ana Field": is it about somebody else than the name behind the comma?"""
    first = _core(phrase).end
    return first < phrase.end and ends_on_another(phrase.doc[first : phrase.end])


def _counterpart(names: Names, entity: Entity, start: int, phrase: str) -> None:
    """ "Her French counterpart, Luc Field": the role of the person named before, in another country."""
    theirs = role(phrase)
    if theirs is None or theirs.head_words != "counterpart":
        return
    for i in range(start - 1, max(0, start - FAR), -1):
        other = names.at.get(i)
        known = next((r for r in other[0].roles if r.known), None) if other and other[0] is not entity else None
        if known:
            entity.roles.append(replace(known, text="", country=theirs.country, words=frozenset(), borrowed=True))
            return


def _shared(page: Page, names: Names, entity: Entity, i: int) -> None:
    """ "Senators Ann Field and Tom Lee": the role in the plural before the first of the names."""
    for _ in range(3):
        other = names.at.get(i)
        if other is None or other[0].kind != "person":
            return
        first = other[1]
        title = page.doc[first - 1]
        if (first and title.tag_ in ("NNS", "NNPS")) or title.lower_ in PLURAL_TITLES:
            left = first
            while left > max(0, first - BEFORE) and _in_title(names, page, left - 1, first):
                left -= 1
            _give(entity, page.doc[left:first].text, printed=False)
            return
        if page.doc[first - 1].text not in (",", "and"):
            return
        i = first - 2


def _in_title(names: Names, page: Page, i: int, name: int) -> bool:
    """Can a token belong to the title of the name that starts at another ("for Dr Field" cannot)?"""
    token = page.doc[i]
    other = names.at.get(i)
    if (other and other[0].kind == "person") or page.paragraph[i] != page.paragraph[i + 1]:
        return False
    if token.text == ".":
        return i > 0 and _is_titled(page.doc[i - 1])  # "Sens ." and no sentence's end
    if token.lower_ == "for" and i and page.doc[i - 1].lower_ in SPEAKING:
        return False
    if token.lower_ in ("of", "for"):
        return not all(_is_titled(t) or t.text == "." for t in page.doc[i + 1 : name])
    if token.lower_ in POSSESSIVE or token.lower_ in ("-", "–"):
        return True
    if token.lower_ in ("the", "a", "an", "or", "but") or token.is_punct or token.is_space:
        return False
    if token.lower_ == "and":
        return page.doc[i + 1].lower_ in (
            "chief",
            "founder",
            "owner",
            "ceo",
            "co-founder",
            "president",
            "chair",
            "managing",
        )
    return token.pos_ not in ("VERB", "AUX", "PRON", "SCONJ", "PART", "ADP", "ADV")


def _is_titled(token: Token) -> bool:
    word = token.lower_.rstrip(".")
    return word in HONORIFICS or is_role(word) or is_role(f"{word}.")


def _after(page: Page, entity: Entity, end: int) -> None:
    doc, text = page.doc, page.text
    at = doc[end - 1].idx + len(doc[end - 1])
    tail = text[at : at + 140]
    tag = _PARTY_TAG.match(tail)
    if tag:
        _give(entity, f"{_PARTY_OF[tag.group(1)]} of {tag.group(2).strip()}", printed=False)
    part = _HIS_PART.match(tail)
    if part:
        entity.votes[1 if part.group(1) == "his" else -1] += HONORIFIC_VOTE
    age = _AGE.match(tail)
    if age:
        _give(entity, f"{age.group(1)}-year-old person", printed=False)
        tail = tail[age.end() :]
    found = _AFTER.match(tail)
    if found and not _NO_ROLE.match(found.group(1)) and not _LIST.match(found.group(1)):
        _give(entity, found.group(1))
    found = _COPULA.match(tail)
    if found:
        _give(entity, found.group(1))
    if doc[end : end + 1].text.lower() == "administration":
        _give(entity, "president", printed=False)


def _give(entity: Entity, phrase: str, printed: bool = True) -> None:
    """Add a role, if the phrase holds one."""
    found = role(phrase) if phrase.strip() else None
    if found is None or not (found.known or _personal(found)):
        return
    entity.roles.append(found if printed else _unprinted(found))
    if found.gender:
        entity.votes[found.gender] += NOUN_VOTE


def _unprinted(found: Role) -> Role:
    """A role that the code has put in words: it may fit a description but is never shown."""
    return replace(found, text="")


def _personal(found: Role) -> bool:
    """Does the head look like a word for a person, though the vocabulary has it not ("harpist", "beekeeper")?"""
    last = found.head_words.split()[-1]
    return last in MALE | FEMALE or (
        last.endswith(("ist", "eer", "ologist", "keeper", "maker", "woman", "man")) and not is_role(last)
    )


def role_of(entity: Entity) -> str | None:
    """The role to show: the fullest that the article states, as printed."""
    return fullest([shown for r in entity.roles if r.known and (shown := clean(r.text))])
