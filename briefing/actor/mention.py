"""Names in an article: which words are a name, of a person or a body, and which names mean the same one."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Doc

from briefing.actor.entity import Entity
from briefing.actor.forename import is_common, is_forename
from briefing.actor.name import HONORIFICS, PARTICLES, SUFFIXES, PersonName, can_mean, one_person, person_name
from briefing.actor.page import Page
from briefing.actor.role import is_role, place

LABELS = {"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"}
PLACES = {"GPE", "LOC", "FAC", "NORP"}
POSSESSIVE = {"'s", "’s", "'", "’"}
BODY_WORDS = set(
    """agency administration army association authority bank board bureau campaign center centre chamber church
city club coalition college commission committee company congress corp corporation council county court department
division federation firm force forces foundation fund government group hospital house inc institute institution
journal league ltd magazine ministry museum nations network news observatory office organisation organization
partnership party police post press parliament republic school senate service services society street studios team
television times tribunal trust union university airlines airways airport bridge hall hotel park river road square
stadium theatre tower valley island islands lake beach bay mountain street avenue act bill plan show gazette herald
telegraph mirror tribune plc llc llp gmbh united rovers wanderers albion athletic fc afc holdings energy motors
pharmaceuticals systems technologies industries laboratories homes buses capital partners bros sons lane meadow close
drive terrace gardens way station harbour bay creek avenue crescent county town village hill hills""".split()
)
STYLES, STYLED = {"most", "very", "right", "rt"}, {"rev", "reverend", "hon", "honourable"}  # "the Most Rev"
POSTNOMINALS = {"KC", "QC", "MP", "MSP", "MEP", "TD", "OBE", "MBE", "CBE", "KBE", "DBE", "MD", "PhD", "Ph.D", "RN"}
SIBLINGS = {"brothers", "sisters", "cousins", "twins", "siblings"}
MAKERS = set(
    """maker carmaker toolmaker drugmaker chipmaker planemaker retailer charity airline
chain startup start-up publisher""".split()
)
RANKED = {"high", "chief", "deputy", "vice", "assistant", "special"}
VAGUE_TITLES = {"chief", "director", "general", "head"}  # stand before bodies, too
PARTISANS = {"republican", "democrat", "conservative", "socialist", "tory", "independent"}
GOVERNMENTS = {"administration", "campaign", "government"}
NOT_NAMES = set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august
september october november december twitter facebook instagram youtube brexit christmas easter covid god internet
i mr mrs ms photo photograph image video""".split()
)

# How much each sign tells that a name is a person's, by occurrence; the mean over all of a name's occurrences decides.
SIGNS = {"PERSON": 1.5, "ORG": -1.0, "NORP": -2.0, "GPE": -1.5, "LOC": -1.5, "FAC": -1.0, "RUN": 0.0}  # fmt: skip
UNSURE_LABEL = {
    "RUN": 0.6,
    "GPE": 0.6,
    "FAC": 0.6,
    "LOC": 0.6,
    "ORG": 0.4,
}  # made good where a forename leads the name
NEXT_SENTENCE = 30  # tokens on which the next sentence begins at most
PRONOUN_FOLLOWS, FOLLOWING = 0.6, 6  # "his", "she" within so many tokens
OTHER_LABEL = -0.5
HONORIFIC, TITLED, FORENAME, COMMON_FORENAME, ROLE_BESIDE = 2.5, 1.2, 0.6, 0.8, 1.2
BODY_WORD, KNOWN_PLACE, AFTER_THE, IN_A_BODY, WHO_FOLLOWS, SPEAKS = -3.0, -4.0, -1.5, -1.2, 1.0, 0.7
FAMILY = 0.3  # how much the names with the same last word weigh
LEAST_SIGN = 0.3
ESTABLISHED = 2.0  # for the person who bore the surname alone before another bearer came
BY_FORENAME = 2  # uses of a forename alone from which a person can go by it


_PARTY = re.compile(r"[(,\s][RDI]\s?[-–]\s?$")


_OFTEN = r"(?:often|also|better|widely|commonly|popularly|sometimes|usually|universally|simply|affectionately|once)"
_CALLED = r"(?:called|nicknamed|dubbed|(?:known|referred to|goes)(?: to [^,.;“\"‘]{1,50}?)? (?:as|by))"
_ALIAS = re.compile(
    rf"(?:, (?:who (?:is|was) )?| (?:is|was) )(?:{_OFTEN} )*{_CALLED} (?:the name )?"
    r"[“\"‘']?((?:[Tt]he )?[A-Z]\w*(?: [A-Z]\w*){0,3})"
)
_INITIALS = re.compile(r"\s\(([A-Z]{2,4})\)")


@dataclass(slots=True)
class Found:
    """A name where it stands: tokens [start, end) without its title, and the label that the language model gave it."""

    start: int
    end: int
    label: str
    text: str
    sign: float = 0.0


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
        self._bodies: dict[str, Entity] = {}
        self._body_by_word: dict[str, Entity] = {}
        self._established: dict[str, Entity | None] = {}  # by surname who bore it alone before another came
        found = joined(self.doc, candidates(page))
        self._alone = Counter(f.text.lower() for f in found if f.end - f.start == 1 and page.body[f.start])
        people, others = split(page, found, speakers)
        running = [f for f in people if not page.headline[f.start]]
        full = [f for f in running if _is_full(f)]
        self._full = {i for f in full for i in range(f.start, f.end)}
        for f in sorted(full, key=lambda f: (-len(_words(f.text)), f.start)):
            self._person(f)
        for f in sorted((f for f in others if " " in f.text and not page.headline[f.start]), key=lambda f: f.start):
            self._body(f)
        self._shared_surnames()
        self._sort()
        self._aliases()
        found += self._missed(found, speakers)
        single = {f.start for f in running} - {f.start for f in full}
        short = [
            f for f in found if f.start not in self.at and not page.headline[f.start] and len(_words(f.text)) <= 2
        ]
        for f in sorted(short, key=lambda f: (not _honorific(self.doc, f.start), f.start)):
            self._short(f, f.start in single)
        for f in (f for f in found if page.headline[f.start]):
            self._headline(f, f in people)
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
        """Surnames taken for a common word ("Will", "Field"), where they speak or stand inside a sentence."""
        taken = {i for f in found for i in range(f.start, f.end)}
        surnames = {e.person.last for e in self.entities if e.person and len(e.person.words) > 1}
        missed = [
            Found(i, i + 1, "RUN", self.doc[i].text) for i in sorted(speakers - taken) if _is_sudden(self.page, i)
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
                    or not is_common(first.text)
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
                    name = self.doc[start : end + 1].text
                    body = self._bodies.get(name.lower())
                    if body is None:
                        body = self._bodies[name.lower()] = Entity(name, "organisation")
                        self.entities.append(body)
                    body.spans.append((start, end + 1, "name"))
                    self.at[end] = (body, end, end + 1)

    def _headline(self, f: Found, is_person: bool) -> None:
        """Capitals tell nothing in a headline: what the body names, or a name that two signs vouch for."""
        taken = -1
        for i in range(f.start, f.end):
            known = [
                e
                for e in self._by_word.get(self.doc[i].lower_, ())
                if e.person and e.person.last == self.doc[i].lower_
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
        self._put(entity, f)

    def _short(self, f: Found, is_person: bool) -> None:
        """A surname, a forename, a short form of a body's name, or a new name of one word."""
        name = person_name(f.text)
        near = self._best(f, name) if name and (is_person or _can_be_person(f) or self._is_surname(f)) else None
        if near:
            self._put(near, f)
        elif name and (is_person or _honorific(self.doc, f.start)):
            entity = Entity(_printed(self.doc, f), "person", name)
            sign = HONORIFICS.get(_title(self.doc, f.start), 0)
            if sign:
                entity.votes[sign] += 1
            self.entities.append(entity)
            self._by_word[name.last].append(entity)
            self._put(entity, f)
        elif (
            f.label != "RUN"
            or f.text.lower() in self._body_by_word
            or f.text.lower() in self._bodies
            or _body_beside(self.doc, f)
        ):
            self._body(f)

    def _is_surname(self, f: Found) -> bool:
        """Is a name that could be a people's ("Turk", "French") a person's here?"""
        first = f.start and self.doc[f.start - 1].lower_
        known = any(e.person and e.person.last == f.text.lower() for e in self._by_word.get(f.text.lower(), ()))
        return known and f.label != "GPE" and first not in ("a", "an", "the") and self.doc[f.end - 1].tag_ == "NNP"

    def _best(self, f: Found, name: PersonName) -> Entity | None:
        """The person that a part of a name means: surname before forename, then gender, nearness and use."""
        fits = [e for e in self._by_word[name.last] if e.person and can_mean(name, e.person)]
        title = _title(self.doc, f.start)
        sign = HONORIFICS.get(title, 0)
        if sign:
            fits = [e for e in fits if (e.forename_gender() or e.gender()) * sign > -0.5]
        by_surname = [e for e in fits if e.person and e.person.last == name.last]
        fits = by_surname or fits
        if len(by_surname) > 1 and name.last not in self._established:
            self._established[name.last] = self._first_bearer(name.last, by_surname)
        if len(fits) > 1 and len(name.words) == 1:
            fits = [e for e in fits if not self._goes_by_forename(e)] or fits
        if len(fits) < 2:
            return fits[0] if fits else None
        if sign:
            fits = [e for e in fits if e.forename_gender() * sign > 0.5] or fits
        return max(fits, key=lambda e: self._prominence(e, f.start))

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
        return known + ESTABLISHED * any(first is entity for first in self._established.values())

    def _body(self, f: Found) -> None:
        text = re.sub(r"^(?:the|The)\s+", "", f.text)
        low = text.lower().rstrip(".")
        entity = self._bodies.get(low) or (
            self._body_by_word.get(low) if f.label in ("ORG", "RUN", "PERSON") or " " in low else None
        )
        if entity is None:
            kind = "group" if f.label == "NORP" else "organisation"
            entity = Entity(text, kind, place=f.label in PLACES or place(low) is not None)  # type: ignore[arg-type]
            self.entities.append(entity)
            self._bodies[low] = entity
            if f.label == "ORG":
                self._short_forms(entity, text)
        self._put(entity, f)

    def _short_forms(self, entity: Entity, text: str) -> None:
        words = re.findall(r"[\w&]+", text)
        initials = "".join(w[0] for w in words if w[0].isupper())
        forms = {initials.lower()} if len(initials) > 1 else set()
        opening = re.split(r" (?:for|of|on) ", text)[0]
        if " " in opening:
            forms.add(opening.lower())
        if len(words) > 1:
            forms |= {words[-1].lower(), " ".join(words[-2:]).lower()} - {"house"}
            if not is_forename(words[0]) and words[0].lower() not in BODY_WORDS:
                forms.add(words[0].lower())
        for form in forms:
            if not place(form) and len(form) > 1:
                self._body_by_word.setdefault(form, entity)
        entity.aliases[text] += 0

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
    return alone and _body_beside(page.doc, Found(i, i + 1, "RUN", token.text))


def candidates(page: Page) -> Iterable[Found]:
    """Names by the language model, trimmed, and runs of capitals that it left out; nothing overlaps."""
    doc = page.doc
    taken: set[int] = set()
    for ent in doc.ents:
        if ent.label_ in LABELS and page.named[ent.start]:
            start, end = _trim(doc, ent.start, ent.end, ent.label_)
            if (
                ent.label_ in LABELS - {"NORP"}
                and start < end
                and _forename_before(doc, start)
                and start - 1 not in taken
            ):
                start -= 1
            if start < end and _is_name(page, start, end):
                taken.update(range(start, end))
                yield Found(start, end, ent.label_, doc[start:end].text)
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


def joined(doc: Doc, found: Iterable[Found]) -> list[Found]:
    """With the halves of a name put together that the language model cut in two ("Ana Maria" "Falk")."""
    names: list[Found] = []
    for f in sorted(found, key=lambda f: f.start):
        last = names[-1] if names else None
        if (
            last
            and last.end == f.start
            and last.label == "PERSON"
            and f.label in ("PERSON", "RUN")
            and f.end - f.start == 1
            and _one_name(doc, last, f)
        ):
            names[-1] = Found(last.start, f.end, "PERSON", doc[last.start : f.end].text)
        else:
            names.append(f)
    return names


def _one_name(doc: Doc, a: Found, b: Found) -> bool:
    whole = doc[a.start : b.end]
    return (
        len(whole) <= 4
        and all(t.text[0].isupper() and t.text[-1].isalpha() for t in whole)
        and "\n" not in whole.text
    )


def _run(page: Page, run: list[int]) -> Iterable[Found]:
    doc = page.doc
    start, end = _trim(doc, run[0], run[-1] + 1, "RUN")
    if _is_office(doc, start, end):
        return
    if start < end and doc[start].lower_ not in NOT_NAMES and _is_name(page, start, end) and len(doc[start].text) > 1:
        yield Found(start, end, "RUN", doc[start:end].text)


def _is_office(doc: Doc, start: int, end: int) -> bool:
    """Do several capitals end in the title of a name that follows ("District Judge", "Air Marshal")?"""
    follows = end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper()
    return end - start > 1 and follows and _is_title(doc[end - 1].lower_)


def _trim(doc: Doc, start: int, end: int, label: str) -> tuple[int, int]:
    """Without line ends, titles before a person's name, possessive marks and punctuation."""
    for i in range(start, end):
        if "\n" in doc[i].text or (i > start and doc[i].lower_ in POSSESSIVE and label in ("PERSON", "RUN")):
            end = i
            break
    if end - start > 2 and doc[start].lower_ in STYLES and doc[start + 1].lower_.rstrip(".") in STYLED:
        start += 2
    if end - start > 3 and label in ("PERSON", "RUN") and is_role(doc[start : start + 2].text.lower()):
        start += 2  # "Crown Prince"
    while start < end and (
        doc[start].is_punct or doc[start].is_space or doc[start].lower_ in ("the", "a", "an", "former")
    ):
        start += 1
    while (
        start < end - 1
        and label != "NORP"
        and _is_title(doc[start].lower_)
        and _looks_personal(doc, start + 1, end, label)
    ):
        start += 1
    while end > start and (doc[end - 1].lower_ in POSSESSIVE or (doc[end - 1].is_punct and doc[end - 1].text != ".")):
        end -= 1
    if label in ("PERSON", "RUN"):
        while end - start > 2 and doc[end - 1].text.rstrip(".") in POSTNOMINALS:
            end -= 1
    if label == "PERSON":
        while (
            end > start
            and doc[end - 1].is_lower
            and doc[end - 1].lower_ not in PARTICLES
            and doc[end - 2].text != "-"
        ):
            end -= 1
        words = [t.lower_ for t in doc[start:end]]
        while (
            end - start > 1
            and (doc[start].is_stop or words[0] in SIBLINGS)
            and not is_common(words[0])
            and words[0] not in PARTICLES
        ):
            start, words = start + 1, words[1:]
        if (
            len(words) > 2
            and not is_forename(words[0])
            and is_common(words[1])
            and words[0] not in PARTICLES
            and "-" not in words
        ):
            start += 1
    if end - start > 1 and end + 1 < len(doc) and doc[end].text == "-" and doc[end + 1].is_alpha and label != "NORP":
        tight = not doc[end - 1].whitespace_ and not doc[end].whitespace_
        if tight and doc[end + 1].tag_ in ("NNP", "FW") and doc[start].text.istitle():
            end += 2  # "Park Chang-jin"
    if start < end < len(doc) and doc[end].lower_.rstrip(".") in SUFFIXES and label in ("PERSON", "RUN", "ORG"):
        end += 1
    return start, end


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
        and not _is_title(token.lower_)
    )


def _is_title(word: str) -> bool:
    return word.rstrip(".") in HONORIFICS or is_role(word) or is_role(word.rstrip("."))


def _looks_personal(doc: Doc, start: int, end: int, label: str) -> bool:
    if label in ("PERSON", "RUN"):
        return True
    return (
        end - start <= 3
        and doc[end - 1].lower_ not in BODY_WORDS
        and all(t.text[0].isupper() for t in doc[start:end])
    )


def _is_name(page: Page, start: int, end: int) -> bool:
    doc = page.doc
    words = doc[start:end].text.lower()
    if (is_role(words) or words in NOT_NAMES or _is_title(words)) and not _honorific(doc, start):
        return False
    if (
        start
        and doc[start - 1].text in ("-", "–")
        and _PARTY.search(page.text, max(0, doc[start].idx - 6), doc[start].idx)
    ):
        return False
    if end - start == 1 and ((words.endswith("s") and is_role(words[:-1])) or _opens_as_plural(page, start)):
        return False  # "Experts", "Protesters"
    if end - start > 1 and doc[start].lower_ in RANKED and is_role(doc[end - 1].lower_):
        return False  # "High Commissioner"
    if not doc[start].text[0].isupper() and words.split()[0] not in PARTICLES and not words.startswith("al-"):
        return False
    if (
        start
        and end - start == 1
        and doc[start - 1].lower_ in ("the", "a", "an", "old")
        and not doc[start].is_upper
        and place(words) not in (None, words)
    ):
        return False  # "the Spaniard"
    if start and end - start > 1 and doc[start - 1].lower_ == "the" and doc[end - 1].lower_ in PARTISANS:
        return False  # "the Wyoming Republican"
    return not any(t.pos_ in ("VERB", "AUX") and t.is_lower for t in doc[start:end])


def _opens_as_plural(page: Page, i: int) -> bool:
    """Is the token a sentence's first, so that its capital tells nothing, and a common noun in the plural?"""
    return page.doc[i].tag_ == "NNS" and i == page.sentence_start[i]


def split(page: Page, found: list[Found], speakers: frozenset[int]) -> tuple[list[Found], list[Found]]:
    """Persons and the rest, by what all occurrences of a name tell together."""
    signs: dict[str, list[float]] = defaultdict(list)
    family: dict[str, list[float]] = defaultdict(list)
    bodies = [f.text.lower().split() for f in found if f.label in ("ORG", "FAC") and " " in f.text]
    in_bodies = {word for words in bodies if not is_common(words[0]) for word in words}
    in_bodies -= {f.text.lower() for f in found if f.end - 1 in speakers and f.label != "ORG"}
    in_bodies -= {w for f in found if f.label == "PERSON" and " " in f.text for w in f.text.lower().split()}
    for f in found:
        f.sign = _sign(page, f, speakers) + IN_A_BODY * (
            f.text.lower() in in_bodies and not _honorific(page.doc, f.start)
        )
        signs[f.text.lower()].append(f.sign)
        family[f.text.lower().split()[-1]].append(f.sign)
    mean = {
        text: (1 - FAMILY) * sum(values) / len(values)
        + FAMILY * max(0.0, sum(family[text.split()[-1]]) / len(family[text.split()[-1]]))
        for text, values in signs.items()
    }
    people = [
        f for f in found if mean[f.text.lower()] >= LEAST_SIGN and (f.sign > -1.0 or not page.headline[f.start])
    ]
    chosen = {id(f) for f in people}
    return people, [f for f in found if id(f) not in chosen]


def _sign(page: Page, f: Found, speakers: frozenset[int]) -> float:
    doc = page.doc
    words = _words(f.text)
    if not words or len(words) > 6 or re.search(r"\w\.\w{2,}$", f.text) or "and" in words:
        return -3.0
    score = SIGNS.get(f.label, OTHER_LABEL)
    title = _title(doc, f.start)
    low = f.text.lower()
    if title in HONORIFICS and doc[f.start - 1].text[0].isupper():
        score += HONORIFIC
    elif title and is_role(title) and (title not in VAGUE_TITLES or _ranked(doc, f)):
        score += TITLED
    elif f.start and doc[f.start - 1].lower_ == "the":
        score += AFTER_THE
    if len(words) > 1 and is_forename(words[0]):
        score += COMMON_FORENAME if is_common(words[0]) else FORENAME
        score += UNSURE_LABEL.get(f.label, 0.0)
    if words[-1].lower().rstrip(".") in BODY_WORDS or (words[0].lower() in BODY_WORDS and len(words) > 1):
        score += BODY_WORD
    if place(low) or (len(words) > 1 and len(words[0]) > 3 and place(words[0].lower()) and not is_common(words[0])):
        score += KNOWN_PLACE
    after = [t.lower_ for t in doc[f.end : f.end + 2]]
    if (
        after[:1] == ["who"]
        or after == [",", "who"]
        or (len(after) == 2 and after[0] == "," and re.fullmatch(r"\d\d", after[1]))
    ):
        score += WHO_FOLLOWS
    if f.end - 1 in speakers or f.start in speakers:
        score += SPEAKS * (f.label in ("PERSON", "RUN"))
    if any(t.lower_ in ("his", "her", "he", "she") for t in doc[f.end : f.end + FOLLOWING]):
        score += PRONOUN_FOLLOWS
    if _role_beside(doc, f):
        score += ROLE_BESIDE
    if len(words) == 1 and (_body_beside(doc, f) or after == [",", "which"] or _made(doc, f.start)):
        score += BODY_WORD
    if len(words) > 1 and is_forename(words[0]) and (_speaks_on(page, f.end) or _pronoun_is_his(page, f.end)):
        score += PRONOUN_FOLLOWS
    if page.headline[f.start]:
        score -= 1.0
    return score


def _made(doc: Doc, start: int) -> bool:
    """ "the toolmaker Orrin": a word for a company before the name?"""
    return start > 0 and doc[start - 1].is_lower and (doc[start - 1].lower_ in MAKERS | BODY_WORDS)


def _speaks_on(page: Page, i: int) -> bool:
    """Does the next sentence of the paragraph open with "he" or "she"?"""
    for token in page.doc[i : i + NEXT_SENTENCE]:
        if page.paragraph[token.i] != page.paragraph[i]:
            return False
        if token.i == page.sentence_start[token.i] and not page.quoted[token.i]:
            return token.lower_ in ("he", "she")
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
    return len(before) == 2 and all(t.text.istitle() for t in before) and _is_title(before[0].lower_)


def _body_beside(doc: Doc, f: Found) -> bool:
    """ "Orrin, the union," or "Orrin, the maker of": a word for a body in apposition?"""
    if doc[f.end : f.end + 1].text != "," or doc[f.end + 1 : f.end + 2].text.lower() not in ("the", "a", "an"):
        return False
    phrase = takewhile(lambda t: t.tag_ in ("DT", "JJ", "NN", "NNP", "HYPH", "VBG"), doc[f.end + 1 :])
    nouns = [t.lower_ for t in phrase]
    return nouns[-1] in BODY_WORDS | MAKERS


def _role_beside(doc: Doc, f: Found) -> bool:
    """ "the home secretary, Ann Field," or "Ann Field, chief economist at": a role in apposition?"""
    before = doc[max(0, f.start - 2) : f.start]
    if len(before) == 2 and before[1].text == "," and _is_calling(before[0].lower_) and before[0].is_lower:
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


def _is_calling(word: str) -> bool:
    return is_role(word) or word == "counterpart"


def _honorific(doc: Doc, start: int) -> bool:
    return start > 0 and doc[start - 1].lower_.rstrip(".") in HONORIFICS and doc[start - 1].text[0].isupper()


def _title(doc: Doc, start: int) -> str:
    return doc[start - 1].lower_.rstrip(".") if start else ""


def _can_be_person(f: Found) -> bool:
    low = f.text.lower()
    return f.label != "NORP" and place(low) is None and low not in BODY_WORDS


def _is_full(f: Found) -> bool:
    words = _words(f.text)
    return len(words) > 2 or (len(words) == 2 and words[0].lower() not in PARTICLES)


def _words(text: str) -> list[str]:
    return [
        w
        for w in re.findall(r"\w[\w.'’-]*", text)
        if w.lower().rstrip(".") not in SUFFIXES and not re.fullmatch(r"[A-Z]\.?", w)
    ]


def _printed(doc: Doc, f: Found) -> str:
    text = " ".join(doc[f.start : f.end].text.split()).strip("―—–- ")
    return text if text.lower().endswith(("jr.", "sr.")) or "." in text[:-1] else text.rstrip(".")


__all__ = ["PARTICLES", "Names"]
