"""Where names stand in an article, whoever bears them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from briefing.actor.forename import is_common, is_forename
from briefing.actor.name import FAMILY_FIRST, HONORIFICS, PARTICLES, SUFFIXES
from briefing.actor.page import Page
from briefing.actor.role import is_role, place
from briefing.actor.trim import is_demonym, is_title, trimmed
from briefing.actor.vocabulary import BODY_WORDS, NETWORKS, PARTISANS, PERSONAL, POSSESSIVE

LABELS = {"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"}
OPENING_MARKS = {"“", '"', "‘", "„", "«"}
ADDRESSES = {"lord mayor", "lord chancellor", "lord provost", "lord advocate", "mr speaker", "mr president"}  # no names
RANKED = {"high", "chief", "deputy", "vice", "assistant", "special"}
MINISTERS = set(
    "minister secretary undersecretary commissioner ambassador ombudsman treasurer chancellor".split()
)
NOT_NAMES = set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august
september october november december twitter facebook instagram youtube brexit christmas easter covid god internet
i mr mrs ms photo photograph image video mon tue tues wed thu thurs fri sat feb sept oct nov dec gmt bst utc cet est
edt cst cdt mst mdt pst pdt pt et
grandad granddad grandpa grandma granny gran nan nana dad daddy mum mummy mom mommy auntie""".split()
)
DATES = {"sun", "jan", "mar", "apr", "may", "jun", "jul", "aug", "sep"}  # names alone, but not beside another such word


_PARTY = re.compile(r"[(,\s][RDI]\s?[-–]\s?$")


@dataclass(slots=True)
class Found:
    """A name where it stands: tokens [start, end) without its title, and the label that the language model gave it."""

    start: int
    end: int
    label: str
    text: str
    sign: float = 0.0


def candidates(page: Page) -> Iterable[Found]:
    """Names by the language model, trimmed, and runs of capitals that it left out; nothing overlaps."""
    doc = page.doc
    taken: set[int] = set()
    persons = (doc[ent.start : ent.end - (ent[-1].lower_ in POSSESSIVE)] for ent in doc.ents if ent.label_ == "PERSON")
    surnames = {name[-1].text for name in persons if len(name) > 1}
    for ent in doc.ents:
        if ent.label_ in LABELS and page.named[ent.start]:
            start, end = trimmed(doc, ent.start, ent.end, ent.label_)
            if (
                ent.label_ in LABELS - {"NORP"}
                and start < end
                and _forename_before(doc, start)
                and start - 1 not in taken
            ):
                start -= 1
            if start < end and _is_name(page, start, end):
                taken.update(range(start, end))
                person = _person_behind(doc, start, end, surnames) if ent.label_ == "ORG" else end
                yield Found(start, person, ent.label_, doc[start:person].text)
                if person < end:
                    yield Found(person, end, "PERSON", doc[person:end].text)
    run: list[int] = []
    for token in doc:
        i = token.i
        capital = (
            token.text[0].isupper()
            and token.pos_ == "PROPN"
            and i not in taken
            and page.named[i]
            and token.text[-1].isalpha()
        )
        capital = capital and token.ent_type_ not in ("DATE", "TIME", "MONEY", "LANGUAGE")
        if capital:
            run.append(i)
        elif run:
            yield from _run(page, run)
            run = []
    if run:
        yield from _run(page, run)


def _person_behind(doc: Doc, start: int, end: int, surnames: set[str]) -> int:
    """Where a person's name begins in "Lorne Capital Markets Ana Field"; the end where there is none.

    Args:
        surnames: Last words of the persons whom the language model finds ("the Lorne Post Field said").
    """
    first, last = end - 2, doc[end - 1]
    if first > start and doc[first].lower_ in BODY_WORDS and last.text in surnames:
        return end - 1
    if first - start < 2 or doc[first - 1].lower_ not in BODY_WORDS or last.lower_ in BODY_WORDS:
        return end
    return first if is_common(doc[first].text) and last.text.istitle() else end


def joined(doc: Doc, found: Iterable[Found]) -> list[Found]:
    """With the halves of a name put together that the language model cut in two ("Ana Maria" "Falk")."""
    names: list[Found] = []
    for f in sorted(found, key=lambda f: f.start):
        last = names[-1] if names else None
        if (
            last
            and last.end == f.start
            and _is_other_half(doc, last, f)
            and _one_name(doc, last, f)
        ):
            names[-1] = Found(last.start, f.end, "PERSON", doc[last.start : f.end].text)
        else:
            names.append(f)
    return names


def _is_other_half(doc: Doc, a: Found, b: Found) -> bool:
    """Can the second be the end of the first ("Ana Maria" "Falk", "Abdu Rabi" "Mansur Haddad", "Raad" "Al Hosni")?"""
    if doc[b.start].lower_ in PARTICLES and b.end - b.start == 2:
        return {a.label, b.label} <= {"PERSON", "RUN"}
    if doc[a.start].lower_ in FAMILY_FIRST and a.end - a.start == 1 and b.end - b.start <= 2:
        return a.label == "PERSON" and b.label in ("PERSON", "RUN", "ORG")  # "Lim" "Hock Seng"
    if b.label in PERSONAL and _hang_together(doc[a.start : a.end], doc[b.end - 1]):
        return True  # "Lars" "Petter" "Falk"
    if a.label == b.label == "PERSON" and a.end - a.start == b.end - b.start == 2:
        return not is_common(doc[b.start].text)
    return a.label == "PERSON" and b.label in ("PERSON", "RUN") and b.end - b.start == 1


def _hang_together(first: Span, last: Token) -> bool:
    """Are words that a forename opens and another word one name to the parser, this its end or not?"""
    forename, word = first[0], first[-1]
    is_name = forename.text.istitle() and is_forename(forename.text) and not is_demonym(forename.text)
    if not is_name or {word.lower_, last.lower_} & BODY_WORDS:
        return False
    return word.dep_ == "compound" and (word.head == last or (last.dep_ == "compound" and word.head == last.head))


def _one_name(doc: Doc, a: Found, b: Found) -> bool:
    whole = doc[a.start : b.end]
    return (
        len(whole) <= 4
        and all(t.text[0].isupper() and t.text[-1].isalpha() for t in whole)
        and "\n" not in whole.text
    )


def _run(page: Page, run: list[int]) -> Iterable[Found]:
    doc = page.doc
    start, end = trimmed(doc, run[0], run[-1] + 1, "RUN")
    if _is_office(doc, start, end):
        return
    if doc[start:end].text.lower() in NETWORKS and _is_name(page, start, end):
        yield Found(start, end, "ORG", doc[start:end].text)
    elif start < end and doc[start].lower_ not in NOT_NAMES and _is_name(page, start, end) and len(doc[start].text) > 1:
        yield Found(start, end, "RUN", doc[start:end].text)


def _is_office(doc: Doc, start: int, end: int) -> bool:
    """Do several capitals end in the title of a name that follows ("District Judge", "Air Marshal")?"""
    follows = end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper()
    return end - start > 1 and follows and is_title(doc[end - 1].lower_)


def _forename_before(doc: Doc, start: int) -> bool:
    """Did the language model leave out a forename before the name ("Per Falk", "Councillor Imran Shah")?"""
    if start < 2:
        return False
    token = doc[start - 1]
    inside = token.pos_ == "PROPN" or (not token.is_sent_start and doc[start - 2].text not in ("“", '"', "‘"))
    return (
        token.text.istitle()
        and inside
        and is_forename(token.text)
        and token.lower_ not in NOT_NAMES
        and not is_title(token.lower_)
    )


def _is_name(page: Page, start: int, end: int) -> bool:
    doc = page.doc
    words = doc[start:end].text.lower()
    if words in NETWORKS and doc[end - 1].dep_ in ("nsubj", "nsubjpass"):
        return True
    if end - start > 1 and set(re.findall(r"[a-z]+", words)) <= NOT_NAMES | DATES:
        return False  # "Sat Mar"
    if (is_role(words) or words in NOT_NAMES or is_title(words)) and not honorific_before(doc, start):
        return False
    if (
        start
        and doc[start - 1].text in ("-", "–")
        and _PARTY.search(page.text, max(0, doc[start].idx - 6), doc[start].idx)
    ):
        return False
    if end - start == 1 and ((words.endswith("s") and is_role(words[:-1])) or _opens_as_plural(page, start)):
        return False  # "Experts", "Protesters"
    office = doc[start].lower_ in RANKED or (doc[end - 1].lower_ in MINISTERS and not is_common(doc[start].text))
    if end - start > 1 and office and is_role(doc[end - 1].lower_):
        return False  # "High Commissioner", "Immigration Minister"
    if end - start == 1 and end < len(doc) and doc[end].text.istitle() and doc[end].lower_ in MINISTERS:
        return place(words) is not None  # "Energy Minister"
    if not doc[start].text[0].isupper() and words.split()[0] not in PARTICLES and not words.startswith("al-"):
        return False
    if (
        start
        and end - start == 1
        and doc[start - 1].lower_ in ("the", "a", "an", "old", "young", "veteran")
        and not doc[start].is_upper
        and place(words) not in (None, words)
    ):
        return False  # "the Spaniard"
    if end - start == 1 and start and doc[start - 1].lower_ == "the" and words.endswith(("man", "woman")):
        return False  # "the Yorkshireman"
    if start and end - start > 1 and doc[start - 1].lower_ == "the" and doc[end - 1].lower_ in PARTISANS:
        return False  # "the Wyoming Republican"
    return not any(t.pos_ in ("VERB", "AUX") and t.is_lower for t in doc[start:end])


def _opens_as_plural(page: Page, i: int) -> bool:
    """Is the token a sentence's first, so that its capital tells nothing, and a common noun in the plural?"""
    opens = i == page.sentence_start[i] or page.doc[i - 1].text in OPENING_MARKS
    return page.doc[i].tag_ == "NNS" and opens


def honorific_before(doc: Doc, start: int) -> bool:
    title = title_before(doc, start)
    office = f"{title} {doc[start].lower_}" in ADDRESSES
    return title in HONORIFICS and doc[start - 1].text[0].isupper() and not office


def title_before(doc: Doc, start: int) -> str:
    return doc[start - 1].lower_.rstrip(".") if start else ""


def words_of(text: str) -> list[str]:
    return [
        w
        for w in re.findall(r"\w[\w.'’-]*", text)
        if w.lower().rstrip(".") not in SUFFIXES and not re.fullmatch(r"[A-Z]\.?", w)
    ]
