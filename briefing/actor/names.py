"""Names in an article: which words are a name, of a person or a body, and which names mean the same one."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict

from rapidfuzz.distance import OSA
from spacy.tokens import Doc

from briefing.actor.body_names import BodyNames
from briefing.actor.entity import Entity
from briefing.actor.forename import is_common, is_forename
from briefing.actor.kind import split, stands_by_body
from briefing.actor.mention import (
    Found,
    candidates,
    honorific_before,
    joined,
    title_before,
    words_of,
)
from briefing.actor.name import HONORIFICS, PARTICLES, PersonName, can_mean, one_person, person_name
from briefing.actor.page import Page
from briefing.actor.role import KIN, place
from briefing.actor.vocabulary import BODY_WORDS, POSTNOMINALS

GENERATIONS = {"elder", "older", "younger"}  # "the elder Field" is the one who was named with a forename last
GOVERNMENTS = {"administration", "campaign", "government"}
OTHER_GENDER = -0.75  # a forename's, from which "Mr Field" is not the woman ("Ariel" is no such name)
ESTABLISHED = 2.0  # for the person who bore the surname alone before another bearer came
OF_KIN = 1.0  # against a person who was named as somebody's kin first ("his father, Tom Field")
LEAST_MISSPELT = 6  # letters of a surname that may stand with one of them wrong
BOTH_WAYS = {"Ben", "Della"}  # particles that are forenames where they open a name
BY_FORENAME = 2  # uses of a forename alone from which a person can go by it


_OFTEN = r"(?:often|also|better|widely|commonly|popularly|sometimes|usually|universally|simply|affectionately|once)"
_CALLED = r"(?:called|nicknamed|dubbed|(?:known|referred to|goes)(?: to [^,.;“\"‘]{1,50}?)? (?:as|by))"
_ALIAS = re.compile(
    rf"(?:, (?:who (?:is|was) )?| (?:is|was) )(?:{_OFTEN} )*{_CALLED} (?:the name )?"
    r"[“\"‘']?((?:[Tt]he )?[A-Z]\w*(?: [A-Z]\w*){0,3})"
)
_INITIALS = re.compile(r"\s\(([A-Z]{2,4})\)")


class Names:
    """The names of an article, grouped.

    Attributes:
        entities: In order of first mention in the body.
        at: By token of a name: entity and the mention's span.
    """

    def __init__(self, page: Page, speakers: frozenset[int]) -> None:
        self.page, self.doc = page, page.doc
        self.entities: list[Entity] = []
        self.at: dict[int, tuple[Entity, int, int]] = {}
        self._by_word: dict[str, list[Entity]] = defaultdict(list)
        self._by_misspelling: dict[str, list[Entity]] = defaultdict(list)
        self._bodies = BodyNames()
        self._established: dict[str, Entity | None] = {}  # by surname who bore it alone before another came
        found = joined(self.doc, candidates(page))
        alone = (f for f in found if f.end - f.start == 1 and page.body[f.start] and not page.quoted[f.start])
        self._alone = Counter(f.text.lower() for f in alone)
        people, others = split(page, found, speakers)
        running = [f for f in people if not page.headline[f.start]]
        full = [f for f in running if _is_full(f)]
        self._full = {i for f in full for i in range(f.start, f.end)}
        for f in sorted(full, key=lambda f: (-len(words_of(f.text)), f.start)):
            self._person(f)
        for f in sorted((f for f in others if " " in f.text and not page.headline[f.start]), key=lambda f: f.start):
            self._body(f)
        self._shared_surnames()
        self._sort()
        self._aliases()
        found += self._missed(found, speakers)
        single = {f.start for f in running} - {f.start for f in full}
        short = [
            f for f in found if f.start not in self.at and not page.headline[f.start] and len(words_of(f.text)) <= 2
        ]
        for f in sorted(short, key=lambda f: (not honorific_before(self.doc, f.start), f.start)):
            self._short(f, f.start in single)
        persons = {id(f) for f in people}
        for f in (f for f in found if page.headline[f.start]):
            self._headline(f, id(f) in persons)
        self._governments()
        self._sort()
        self.entities.sort(key=lambda e: (page.headline[e.spans[0][0]], e.spans[0][0]))

    def _aliases(self) -> None:
        """Other names that the article gives a person ("often called ART", "Faris bin Nasser (FBN)")."""
        text = self.page.text
        for entity in self.people():
            for _, end, _ in list(entity.spans):
                at = self.doc[end - 1].idx + len(self.doc[end - 1])
                found = _ALIAS.match(text, at) or _INITIALS.match(text, at)
                if found and self.page.named[end - 1]:
                    self._put_alias(entity, found.group(1))

    def _put_alias(self, entity: Entity, alias: str) -> None:
        name = person_name(alias)
        others = {w for e in self.people() if e is not entity and e.person for w in (e.person.first, e.person.last)}
        if name is None or name == entity.person or place(alias.lower()) or not others.isdisjoint(name.words):
            return
        for match in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", self.page.text):
            span = self.doc.char_span(*match.span())
            if span is not None and all(i not in self.at for i in range(span.start, span.end)):
                self._put(entity, Found(span.start, span.end, "PERSON", alias))

    def _missed(self, found: list[Found], speakers: frozenset[int]) -> list[Found]:
        """Names taken for common words ("Will", "Field", "Southwest"), where they speak or stand inside a sentence."""
        taken = {i for f in found for i in range(f.start, f.end)}
        surnames = {e.person.last for e in self.entities if e.person and len(e.person.words) > 1}
        missed = [
            Found(i, i + 1, "RUN", self.doc[i].text) for i in sorted(speakers - taken) if _is_sudden(self.page, i)
        ]
        missed += [
            Found(i, i + 1, "RUN", self.doc[i].text)
            for i in sorted(speakers - taken)
            if self.doc[i].text.istitle() and self._bodies.knows_short(self.doc[i].text) and self.page.named[i]
        ]
        for token in self.doc:
            if (
                token.lower_ in surnames
                and token.i not in taken
                and token.text[0].isupper()
                and self.page.named[token.i]
            ):
                inside = (
                    token.i > self.page.sentence_start[token.i]
                    and not self.page.headline[token.i]
                    and token.text.istitle()
                )
                after = self.doc[token.i + 1 : token.i + 2].text
                subject = token.dep_ in ("nsubj", "nsubjpass") and (after.islower() or after == ",")
                if token.i in speakers or ((inside or subject) and not token.is_stop):
                    missed.append(Found(token.i, token.i + 1, "RUN", token.text))
        return missed

    def _sort(self) -> None:
        for entity in self.entities:
            entity.spans.sort()

    def _shared_surnames(self) -> None:
        """ "Tom and Alec Field" are two persons with full names."""
        for entity in self.people():
            for start, _, _ in list(entity.spans):
                first = self.doc[start - 2] if start > 1 and self.doc[start - 1].lower_ == "and" else None
                if (
                    first is None
                    or not entity.person
                    or first.i in self.at
                    or not is_forename(first.text)
                    or first.pos_ != "PROPN"
                    or not first.text.istitle()
                ):
                    continue
                if self._by_word.get(first.lower_) and first.lower_ not in {
                    e.person.first for e in self.people() if e.person
                }:
                    continue
                name = PersonName((first.lower_, entity.person.last), entity.person.suffix)
                known = [e for e in self._by_word[entity.person.last] if e.person == name]
                twin = known[0] if known else Entity(f"{first.text} {entity.name.split()[-1]}", "person", name)
                if not known:
                    self.entities.append(twin)
                    for word in name.words:
                        self._by_word[word].append(twin)
                self._put(twin, Found(first.i, first.i + 1, "PERSON", first.text))

    def _governments(self) -> None:
        """ "the Haverly administration" is a body that bears a person's name."""
        for entity in self.people():
            for start, end, _ in list(entity.spans):
                if self.doc[end : end + 1].text in GOVERNMENTS and self.doc[end].ent_type_ != "PERSON":
                    body, is_new = self._bodies.named(self.doc[start : end + 1].text)
                    self.entities += [body] if is_new else []
                    body.spans.append((start, end + 1, "name"))
                    self.at[end] = (body, end, end + 1)

    def _headline(self, f: Found, is_person: bool) -> None:
        """Capitals tell nothing in a headline: what the body names, or a name that two signs vouch for."""
        taken = -1
        for i in range(f.start, f.end):
            known = [
                e for e in self._by_word.get(self.doc[i].lower_, ()) if e.person and e.person.last == self.doc[i].lower_
            ]
            if known and i > taken:
                entity = max(known, key=lambda e: (i > f.start and self._is_first(e, i - 1), len(e.spans)))
                start = i - 1 if i > f.start and self._is_first(entity, i - 1) else i
                self._put(entity, Found(start, i + 1, f.label, self.doc[start : i + 1].text))
                taken = i
        words = f.text.split()
        if taken < 0 and is_person and 1 < len(words) < 4 and is_common(words[0]):
            self._person(f)
        elif taken < 0 and f.label in ("ORG", "GPE"):
            self._body(f)

    def _is_first(self, entity: Entity, i: int) -> bool:
        """Is the token the person's forename, or does it look like one where the body gives a surname alone?"""
        word = self.doc[i]
        if entity.person is None or len(entity.person.words) > 1:
            return entity.person is not None and entity.person.first == word.lower_
        return is_common(word.text) and word.lower_ not in self._by_word

    def people(self) -> list[Entity]:
        return [e for e in self.entities if e.kind == "person"]

    def _person(self, f: Found) -> None:
        """A full name: of a person known already, or a new one."""
        name = person_name(f.text)
        if name is None or len(name.words) < 2:
            return
        known = [
            e for e in self._by_word[name.last] + self._by_word[name.first] if e.person and one_person(e.person, name)
        ]
        exact = [e for e in known if e.person == name]
        if known and not exact and len({id(e) for e in known}) > 1:
            known = [max(known, key=lambda e: len(e.spans))]
        if known:
            entity = (exact or known)[0]
        else:
            entity = Entity(_printed(self.doc, f), "person", name)
            self.entities.append(entity)
            for word in set(name.words):
                self._by_word[word].append(entity)
            for letters in _without_a_letter(name.last):
                self._by_misspelling[letters].append(entity)
        self._put(entity, f)

    def _short(self, f: Found, is_person: bool) -> None:
        """A surname, a forename, a short form of a body's name, or a new name of one word."""
        name = person_name(f.text)
        near = self._best(f, name) if name and (is_person or _can_be_person(f) or self._is_surname(f)) else None
        near = near or (self._misspelt(name) if name and is_person else None)
        if near:
            self._put(near, f)
        elif name and (is_person or honorific_before(self.doc, f.start)):
            entity = Entity(_printed(self.doc, f), "person", name)
            sign = HONORIFICS.get(title_before(self.doc, f.start), 0)
            if sign:
                entity.votes[sign] += 1
            self.entities.append(entity)
            self._by_word[name.last].append(entity)
            self._put(entity, f)
        elif (
            f.label != "RUN"
            or self._bodies.knows(f.text)
            or stands_by_body(self.doc, f)
        ):
            self._body(f)

    def _misspelt(self, name: PersonName) -> Entity | None:
        """The one person whose surname has a letter more, less or elsewhere ("Kowalsky" for Jan Kowalski)."""
        word = name.last
        if len(name.words) > 1 or len(word) < LEAST_MISSPELT or is_forename(word):
            return None
        shared = {id(e): e for letters in _without_a_letter(word) for e in self._by_misspelling.get(letters, ())}
        near = [e for e in shared.values() if e.person and _one_letter(word, e.person.last)]
        return near[0] if len(near) == 1 else None

    def _is_surname(self, f: Found) -> bool:
        """Is a name that could be a people's ("Turk", "French") a person's here?"""
        first = f.start and self.doc[f.start - 1].lower_
        known = any(e.person and e.person.last == f.text.lower() for e in self._by_word.get(f.text.lower(), ()))
        return known and f.label != "GPE" and first not in ("a", "an", "the") and self.doc[f.end - 1].tag_ == "NNP"

    def _best(self, f: Found, name: PersonName) -> Entity | None:
        """The person that a part of a name means: surname before forename, then gender, nearness and use."""
        fits = [e for e in self._by_word[name.last] if e.person and can_mean(name, e.person)]
        title = title_before(self.doc, f.start)
        sign = HONORIFICS.get(title, 0)
        if sign:
            fits = [e for e in fits if (e.forename_gender() or e.gender()) * sign > OTHER_GENDER]
        by_surname = [e for e in fits if e.person and name.last in e.person.surnames]
        fits = by_surname or fits
        if len(by_surname) > 1 and title in GENERATIONS:
            return max(by_surname, key=lambda e: self._named_in_full(e, f.start))
        if len(by_surname) > 1 and name.last not in self._established:
            self._established[name.last] = self._first_bearer(name.last, by_surname)
        if len(fits) > 1 and len(name.words) == 1:
            fits = [e for e in fits if not self._goes_by_forename(e)] or fits
        if len(fits) < 2:
            return fits[0] if fits else None
        if sign:
            fits = [e for e in fits if e.forename_gender() * sign > 0.5] or fits
        return max(fits, key=lambda e: self._prominence(e, f.start))

    def _named_in_full(self, entity: Entity, token: int) -> int:
        """Where the last full name of a person stands before a token; -1 if nowhere."""
        return max((start for start, _, _ in entity.spans if start in self._full and start < token), default=-1)

    def _first_bearer(self, surname: str, bearers: list[Entity]) -> Entity | None:
        """The person named first, if the surname stands alone before another bearer comes."""
        named = sorted((min(e.spans)[:2], k) for k, e in enumerate(bearers) if e.spans)
        if len(named) < 2:
            return None
        ((_, end), first), ((start, _), _), *_ = named
        between = self.doc[end : max(end, start)]
        alone = any(t.lower_ == surname and t.text.istitle() and t.i not in self._full for t in between)
        return bearers[first] if alone else None

    def _goes_by_forename(self, entity: Entity) -> bool:
        """Does the article call a person by the forename, as it does children, so that a surname means the kin?"""
        assert entity.person is not None
        by_forename, by_surname = self._alone[entity.person.first], self._alone[entity.person.last]
        return entity.person.first != entity.person.last and by_forename >= BY_FORENAME and 2 * by_forename > by_surname

    def _prominence(self, entity: Entity, token: int) -> float:
        last = entity.last_before(token)
        if last is None:
            return -2.0 + 0.1 * math.log1p(len(entity.spans))
        subject = any(t.dep_ in ("nsubj", "nsubjpass") for t in self.doc[last : last + 3])
        same_paragraph = self.page.paragraph[last] == self.page.paragraph[token]
        near = math.exp((last - token) / 80) * (1.8 if subject else 0.6)
        known = near + 0.5 * same_paragraph + math.log1p(len(entity.spans))
        first = min(entity.spans)[0]
        kin = any(token.lower_ in KIN for token in self.doc[max(0, first - 4) : first])
        return known - OF_KIN * kin + ESTABLISHED * any(first is entity for first in self._established.values())

    def _body(self, f: Found) -> None:
        body, is_new = self._bodies.found(f)
        self.entities += [body] if is_new else []
        self._put(body, f)

    def _put(self, entity: Entity, f: Found) -> None:
        printed = _printed(self.doc, f)
        end = f.end
        while end < len(self.doc) and self.doc[end].text in POSTNOMINALS:
            end += 1
        entity.spans.append((f.start, end, "name"))
        entity.aliases[printed] += 1
        name = person_name(printed) if entity.kind == "person" else None
        if name and entity.person and len(name.words) > len(entity.person.words) and " " in printed:
            entity.name, entity.person = printed, name
            for word in set(name.words):
                if entity not in self._by_word[word]:
                    self._by_word[word].append(entity)
        for i in range(f.start, end):
            self.at[i] = (entity, f.start, end)


def _is_sudden(page: Page, i: int) -> bool:
    """ "Orrin, the maker of": a speaker at a sentence's start whose capital was not taken for a name's."""
    token = page.doc[i]
    alone = i == page.sentence_start[i] and token.tag_ in ("NN", "NNP") and token.text.istitle() and page.named[i]
    return alone and stands_by_body(page.doc, Found(i, i + 1, "RUN", token.text))


def _can_be_person(f: Found) -> bool:
    low = f.text.lower()
    return f.label != "NORP" and place(low) is None and low not in BODY_WORDS


def _is_full(f: Found) -> bool:
    words = words_of(f.text)
    return len(words) > 2 or (len(words) == 2 and (words[0].lower() not in PARTICLES or words[0] in BOTH_WAYS))


def _printed(doc: Doc, f: Found) -> str:
    text = " ".join(doc[f.start : f.end].text.split()).strip("―—–- ")
    return text if text.lower().endswith(("jr.", "sr.")) or "." in text[:-1] else text.rstrip(".")


def _without_a_letter(word: str) -> set[str]:
    """A word and what is left of it without one letter: two words one letter apart have one of these in common."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _one_letter(a: str, b: str) -> bool:
    """Does one letter more, less, other or out of its place make one word of the other?"""
    return a[0] == b[0] and OSA.distance(a, b, score_cutoff=1) == 1
