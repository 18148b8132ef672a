"""Which names are persons' and which are not, by what all occurrences of a name tell together."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise, takewhile

from spacy.tokens import Doc

from briefing.actor.forename import is_common, is_forename
from briefing.actor.mention import (
    Found,
    honorific_before,
    title_before,
    words_of,
)
from briefing.actor.name import HONORIFICS
from briefing.actor.page import Page
from briefing.actor.role import FEMALE, KIN, MALE, PARTIES, is_role, place
from briefing.actor.trim import is_title
from briefing.actor.vocabulary import BODY_WORDS, NETWORKS, POSSESSIVE, SPEAKING

MAKERS = set(
    """maker carmaker toolmaker drugmaker chipmaker planemaker retailer charity airline
chain startup start-up publisher""".split()
)
COMPANY_WORDS = MAKERS | BODY_WORDS
MEDIA = {"newspaper", "magazine", "website", "daily", "broadcaster", "channel", "airline"}  # behind their own names
FIRMS = {"company", "firm", "business", "start-up", "startup"}
PERSONAL_STYLES = {"lama", "khan"}  # at the end of what one person is known by ("the Dalai Lama", "the Aga Khan")
PLACING = {"in", "at", "from", "near", "outside"}  # stand before places more than before people
BOTH = set(
    """owner developer publisher operator producer supplier lender investor shareholder partner contractor sponsor
champion winner rival host employer landlord broadcaster""".split()
)
"""Callings of persons and of bodies."""
OPENERS = {"DT", "PRP$", "POS"}  # where "the", "her" or "Field's" opens a phrase
PHRASE = 9  # tokens of a calling before its comma at most
VAGUE_TITLES = {"chief", "director", "general", "head"}  # stand before bodies, too

# How much each sign tells that a name is a person's, by occurrence; the mean over all of a name's occurrences decides.
SIGNS = {"PERSON": 1.5, "ORG": -1.0, "NORP": -2.0, "GPE": -1.5, "LOC": -1.5, "FAC": -1.0, "RUN": 0.0}  # fmt: skip
# Made good where a forename leads the name.
UNSURE_LABEL = {"RUN": 0.6, "GPE": 0.6, "FAC": 0.6, "LOC": 0.6, "ORG": 0.4}
NEXT_SENTENCE = 30  # tokens on which the next sentence begins at most
PRONOUN_FOLLOWS, FOLLOWING = 0.6, 6  # "his", "she" within so many tokens
SPEAKS_ON = 2.0  # "Lind says it is. He says": for a lone name that speaks, and whose words a pronoun goes on with
OTHER_LABEL = -0.5
HONORIFIC, TITLED, FORENAME, COMMON_FORENAME, ROLE_BESIDE = 2.5, 1.2, 0.6, 0.8, 1.2
PLACED, OWNED = -1.3, 0.6
BODY_WORD, KNOWN_PLACE, AFTER_THE, IN_A_BODY, WHO_FOLLOWS, SPEAKS = -3.0, -4.0, -1.5, -1.2, 1.0, 0.7
FAMILY = 0.3  # how much the names with the same last word weigh
NO_BODYS_CALLING = 0.4  # for a name behind "its head of delegation,", which no body is
LEAST_SIGN = 0.3
MOST_WORDS, NO_PERSONS, HEADLINE = 6, -3.0, -1.0


def split(page: Page, found: list[Found], speakers: frozenset[int]) -> tuple[list[Found], list[Found]]:
    """Persons and the rest, by what all occurrences of a name tell together."""
    signs: dict[str, list[float]] = defaultdict(list)
    family: dict[str, list[float]] = defaultdict(list)
    bodies = [f.text.lower().split() for f in found if f.label in ("ORG", "FAC") and " " in f.text]
    in_bodies = {word for words in bodies if not is_common(words[0]) for word in words}
    in_bodies -= {f.text.lower() for f in found if f.end - 1 in speakers and f.label != "ORG"}
    in_bodies -= {w for f in found if f.label == "PERSON" and " " in f.text for w in f.text.lower().split()}
    firms = {" ".join(words[:-1]) for words in bodies if words[-1] in BODY_WORDS and not is_common(words[0])}
    media, initials = _media(page.doc, found), _initials(page.doc)
    for f in found:
        f.sign = _sign(page, f, speakers) + IN_A_BODY * (
            f.text.lower() in in_bodies and not honorific_before(page.doc, f.start)
        )
        f.sign += BODY_WORD * (f.text.lower() in media | firms or f.text.split()[0] in initials)
        signs[f.text.lower()].append(f.sign)
        family[f.text.lower().split()[-1]].append(f.sign)
    mean = {
        text: (1 - FAMILY) * sum(values) / len(values)
        + FAMILY * max(0.0, sum(family[text.split()[-1]]) / len(family[text.split()[-1]]))
        for text, values in signs.items()
    }
    people = [f for f in found if mean[f.text.lower()] >= LEAST_SIGN and (f.sign > -1.0 or not page.headline[f.start])]
    chosen = {id(f) for f in people}
    return people, [f for f in found if id(f) not in chosen]


def _media(doc: Doc, found: list[Found]) -> set[str]:
    """Names behind which the article says what they are once ("the al-Watan newspaper")."""
    whole = {f.text.lower().rpartition(" ") for f in found}
    beside = {f.text.lower() for f in found if doc[f.end : f.end + 1].text in MEDIA}
    return {name for name, _, last in whole if name and last in MEDIA} | beside


def _initials(doc: Doc) -> set[str]:
    """Bodies' short names in brackets behind the long ones: "Tolland Water Board (TWB)"."""
    return {
        token.text
        for token in doc[2:-1]
        if token.is_upper
        and token.is_alpha
        and len(token) > 1
        and token.nbor(-1).text == "("
        and token.nbor(1).text == ")"
        and token.nbor(-2).pos_ == "PROPN"
        and token.nbor(-2).ent_type_ not in ("PERSON", "GPE", "DATE")
    }


def _sign(page: Page, f: Found, speakers: frozenset[int]) -> float:
    """How much one occurrence tells that the name is a person's."""
    words = words_of(f.text)
    if _is_no_persons(f.text, words):
        return NO_PERSONS
    signs = [
        SIGNS.get(f.label, OTHER_LABEL),
        _by_what_is_before(page.doc, f, words),
        _by_its_words(f, words),
        _by_apposition(page.doc, f, words),
        _by_what_it_does(page, f, words, speakers),
        HEADLINE * page.headline[f.start],
    ]
    return sum(signs)


def _is_no_persons(text: str, words: list[str]) -> bool:
    """An address of the web, a list, a network?"""
    address = re.search(r"\w\.\w{2,}$", text)
    return not words or len(words) > MOST_WORDS or bool(address) or "and" in words or text.lower() in NETWORKS


def _by_what_is_before(doc: Doc, f: Found, words: list[str]) -> float:
    """A title, kin ("his granddaughter"), a preposition of place, an article."""
    title = title_before(doc, f.start)
    is_kin = title in KIN or _calling_before(doc, f.start) in KIN
    if is_kin or (title in HONORIFICS and doc[f.start - 1].text[0].isupper()):
        return HONORIFIC
    if title in PLACING and not is_forename(words[0]):
        return PLACED
    if title and is_role(title) and (title not in VAGUE_TITLES or _ranked(doc, f)):
        return TITLED
    if title in POSSESSIVE and len(words) > 1 and is_common(words[0]):
        return OWNED  # "the bank's Camilla Field"
    if _is_bare(doc, f):
        return 0.0
    return HONORIFIC if len(words) > 1 and words[-1].lower() in PERSONAL_STYLES else AFTER_THE


def _by_its_words(f: Found, words: list[str]) -> float:
    """Forenames, words for bodies, places, capitals inside a word ("IMDb")."""
    first, last, score = words[0], words[-1].lower().rstrip("."), 0.0
    if len(words) > 1 and is_forename(first):
        score += COMMON_FORENAME if is_common(first) else FORENAME
        score += UNSURE_LABEL.get(f.label, 0.0)
    if last in BODY_WORDS or (first.lower() in BODY_WORDS and len(words) > 1):
        score += BODY_WORD
    if place(f.text.lower()) or (len(words) > 1 and len(first) > 3 and place(first.lower()) and not is_common(first)):
        score += KNOWN_PLACE
    if f.text.lower() in PARTIES:
        score += BODY_WORD
    if len(words) == 1 and first[:2].isupper() and not first.isupper():
        score += BODY_WORD
    return score


def _by_apposition(doc: Doc, f: Found, words: list[str]) -> float:
    """ "Ana Field, 54,", "who", a role, a word for a body beside the name."""
    after, score = [t.lower_ for t in doc[f.end : f.end + 2]], 0.0
    aged = len(after) == 2 and after[0] == "," and re.fullmatch(r"\d\d", after[1])
    if after[:1] == ["who"] or after == [",", "who"] or aged:
        score += WHO_FOLLOWS
    if after == [",", "who"] and len(words) > 1 and doc[f.end + 2 : f.end + 3].text and doc[f.end + 2].tag_ == "VBZ":
        score += WHO_FOLLOWS  # a team is "who have"
    if _role_beside(doc, f):
        score += ROLE_BESIDE + NO_BODYS_CALLING * (" " in f.text and _calling_before(doc, f.start) not in {"", *BOTH})
    if _is_how_somebody_is_called(doc, f.start):
        score += HONORIFIC
    if _is_spoken_for(doc, f.start):
        score += BODY_WORD
    if len(words) == 1 and (stands_by_body(doc, f) or after == [",", "which"] or _made(doc, f.start)):
        score += BODY_WORD
    return score


def _by_what_it_does(page: Page, f: Found, words: list[str], speakers: frozenset[int]) -> float:
    """Does it speak, and do a "he" or "she" go on with it?"""
    doc, score = page.doc, 0.0
    bare = _is_bare(doc, f)
    if (f.end - 1 in speakers or f.start in speakers) and bare:
        score += SPEAKS * (f.label in ("PERSON", "RUN") or _has_calling(doc, f))
    if bare and any(t.lower_ in ("his", "her", "he", "she") for t in doc[f.end : f.end + FOLLOWING]):
        score += PRONOUN_FOLLOWS
    if len(words) > 1 and is_forename(words[0]) and (_speaks_on(page, f.end) or _pronoun_is_his(page, f.end)):
        score += PRONOUN_FOLLOWS
    if len(words) == 1 and bare and _opens_sentence(page, f.start):
        goes_on = _speaks_on(page, f.end) or _speaks_again(page, f.end, speakers)
        score += SPEAKS_ON * (f.end - 1 in speakers and goes_on)
        score += PRONOUN_FOLLOWS * (f.label == "RUN" and _pronoun_is_his(page, f.end))
    return score


def _is_bare(doc: Doc, f: Found) -> bool:
    """Has it no article, as "the Ulster Gael" has?"""
    return not f.start or doc[f.start - 1].lower_ != "the"


def _made(doc: Doc, start: int) -> bool:
    """ "the toolmaker Orrin", "another firm, Orrin": a word for a company before the name?"""
    if start > 1 and doc[start - 1].text == ",":
        return doc[start - 2].is_lower and doc[start - 2].lower_ in FIRMS
    return start > 0 and doc[start - 1].is_lower and doc[start - 1].lower_ in COMPANY_WORDS


def _opens_sentence(page: Page, start: int) -> bool:
    """Is a name the subject with which its sentence begins?"""
    return start == page.sentence_start[start] and page.doc[start].dep_ == "nsubj"


def _speaks_on(page: Page, i: int) -> bool:
    """Does the next sentence of the paragraph open with "he" or "she"?"""
    for token in page.doc[i : i + NEXT_SENTENCE]:
        if page.paragraph[token.i] != page.paragraph[i]:
            return False
        if token.i == page.sentence_start[token.i] and not page.quoted[token.i]:
            return token.lower_ in ("he", "she")
    return False


def _speaks_again(page: Page, i: int, speakers: frozenset[int]) -> bool:
    """ "Bell accused the council: the quay, he said, was rotten": a pronoun that speaks, no other person between?"""
    for token in page.doc[i : i + NEXT_SENTENCE]:
        if page.sentence[token.i] != page.sentence[i] or token.ent_type_ == "PERSON":
            return False
        if token.i in speakers and token.lower_ in ("he", "she"):
            return True
    return False


def _pronoun_is_his(page: Page, i: int) -> bool:
    """Does a "he" or "she" follow in the paragraph, with no other person between?"""
    for token in page.doc[i : i + NEXT_SENTENCE]:
        if page.paragraph[token.i] != page.paragraph[i] or token.ent_type_ == "PERSON":
            return False
        if token.lower_ in ("he", "she") and not page.quoted[token.i]:
            return True
    return False


def _ranked(doc: Doc, f: Found) -> bool:
    """ "Lieutenant General Osei Field": a title before the title?"""
    before = doc[max(0, f.start - 2) : f.start]
    return len(before) == 2 and all(t.text.istitle() for t in before) and is_title(before[0].lower_)


def stands_by_body(doc: Doc, f: Found) -> bool:
    """ "Orrin, the union," or "Orrin, the maker of": a word for a body in apposition?"""
    if doc[f.end : f.end + 1].text != "," or doc[f.end + 1 : f.end + 2].text.lower() not in ("the", "a", "an"):
        return False
    phrase = takewhile(lambda t: t.tag_ in ("DT", "JJ", "NN", "NNP", "HYPH", "VBG"), doc[f.end + 1 :])
    nouns = [t.lower_ for t in phrase]
    return bool(nouns) and nouns[-1] in COMPANY_WORDS


def _role_beside(doc: Doc, f: Found) -> bool:
    """ "the home secretary, Ann Field," or "Ann Field, chief economist at": a role in apposition?"""
    if _calling_before(doc, f.start):
        return doc[f.end : f.end + 1].text in (",", ".", "")
    if doc[f.end : f.end + 1].text != ",":
        return False
    words = [t.lower_ for t in doc[f.end + 1 : f.end + 6]]
    for i, word in enumerate(words):
        if word in (",", ".", "said", "says") or doc[f.end + 1 + i].pos_ in ("VERB", "AUX", "PRON"):
            return False
        if is_role(word) and (doc[f.end + 1 + i].is_lower or doc[f.end + 1 + i].is_upper):
            return True
    return False


def _is_spoken_for(doc: Doc, start: int) -> bool:
    """ "A spokesman for the supplier, Orrin Medical,": one who may be a body, and has others speak?"""
    if start < 2 or doc[start - 1].text != "," or doc[start - 2].lower_ not in BOTH | COMPANY_WORDS:
        return False
    before = [token.lower_ for token in doc[max(0, start - PHRASE) : start - 1]]
    return any(word in SPEAKING and after == "for" for word, after in pairwise(before))


def _is_how_somebody_is_called(doc: Doc, start: int) -> bool:
    """ "A man known as Nick", "a woman named Field"?"""
    first = start
    while first > 0 and doc[first - 1].lower_ in ("as", "only", "known", "named", "called", "identified"):
        first -= 1
    return 0 < first < start and doc[start - 1].lower_ != "only" and _is_somebody(doc[first - 1].lower_)


def _is_somebody(word: str) -> bool:
    return word in MALE or word in FEMALE or word == "person"


def _calling_before(doc: Doc, start: int) -> str:
    """The calling that ends at the comma before a name ("the home secretary,", "its head of dry bulk,"); or ""."""
    if start < 2 or doc[start - 1].text != ",":
        return ""
    before = reversed(doc[max(0, start - PHRASE) : start - 1])
    phrase = takewhile(lambda token: token.pos_ not in ("VERB", "AUX", "PUNCT"), before)
    first = min((token.i for token in phrase if token.tag_ in OPENERS), default=start - 1)
    words = list(takewhile(lambda token: token.pos_ != "ADP", doc[first + 1 : start - 1])) or [doc[start - 2]]
    word = words[-1]
    is_title = word.text.istitle() and doc[first].lower_ == "the"  # "the Defence Minister, Ana Field"
    return word.lower_ if (word.is_lower or is_title) and _is_calling(word.lower_) else ""


def _has_calling(doc: Doc, f: Found) -> bool:
    """Does a calling that no body has stand before a name?"""
    title = title_before(doc, f.start)
    calling = _calling_before(doc, f.start) or (title if is_role(title) and title not in VAGUE_TITLES else "")
    return " " in f.text and calling != "" and calling not in BOTH


def _is_calling(word: str) -> bool:
    return is_role(word) or word == "counterpart"
