"""Which person with a name a title, a calling or an epithet means."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable

from spacy.tokens import Span as TokenSpan

from briefing.actor.description import NEWCOMERS, OFFICES, can_be_of, complement_of, is_epithet, same_head
from briefing.actor.entity import KNOWN_GENDER, Entity
from briefing.actor.focus import Candidate, Focus, Meant
from briefing.actor.pronoun import Pronouns
from briefing.actor.role import KIN, Role, agrees, contradicts, fit, role

IN_FOCUS = 0.85  # how often the person in focus is meant by an epithet, where one stands out
STANDS_OUT = 0.9  # a candidate's share of the chance from which it does
CLEAR_LEAD, TOPIC_BEFORE = 2.5, 0.78  # of score, from which the topic of the sentence before is meant; how often it is
NAMELESS = {"official", "aide", "staffer", "adviser"}  # who asks not to be named, rather than the minister
TOPIC = 1.0  # for the topic of the sentence before, as an epithet's antecedent
TOPIC_BONUS = 0.5  # for a person of the role of whom the sentence before tells
OTHER_ROLE = 1.5  # against a candidate of whom the article states another role
SAME_PARAGRAPH = 0.4  # for a person named in the description's own paragraph
NAMED_NEXT = 0.76  # how often one described is the next who speaks, where nothing else is told of that one
OF_KIN = 0.75  # how often "her niece" is the one who was named as a niece
SPOKE = 2  # sentences back where the one person in reach who spoke last is still in focus
POOR = 0.5  # a score under which no role fits well enough to keep others out
AHEAD = 0.8  # how often a title means the one person whose name comes with it further on
LEAST_TITLE = 0.6  # confidence from which a description means a named person


class Titles:
    """The persons of an article by their roles."""

    def __init__(self, focus: Focus, pronouns: Pronouns) -> None:
        """Titles mean persons in focus."""
        self.focus, self.page, self.doc, self.names = focus, focus.page, focus.doc, focus.names
        self._pronouns = pronouns
        self._by_role = _by_role(focus.people)

    def meant(self, chunk: TokenSpan) -> Meant | None:
        """The named person whom a definite description means, by the roles that the article states."""
        first = chunk[0].lower_
        if first in ("a", "an") and self._opens_article(chunk):
            description = role(chunk.text)
            nameless = description is None or not NAMELESS.isdisjoint(description.heads)
            return None if description is None or nameless else self._named_next(description, chunk)
        if chunk[0].tag_ == "PRP$" and chunk.root.lemma_.lower() in KIN:
            return self._kin(chunk)
        if first not in ("the", "this", "that") and (
            not chunk.text[:1].isupper() or chunk[0].pos_ not in ("PROPN", "NOUN", "ADJ")
        ):
            return None
        complement = complement_of(chunk)
        description = role(chunk.text + complement)
        if description is None:
            return None
        rated = sorted(self._rated(description, chunk.start), key=lambda pair: -pair[0])
        rated = [(score, entity) for score, entity in rated if can_be_of(complement, entity)]
        ahead = self._ahead(description, rated, chunk)
        if ahead:
            return Meant(ahead, "description", AHEAD)
        if not rated:
            return self._in_focus(description, chunk) or self._named_next(description, chunk)
        if self._unnamed_is_nearer(chunk, rated[0][1]):
            return None
        margin = rated[0][0] - rated[1][0] if len(rated) > 1 else 1.5
        confidence = _logistic(rated[0][0] - 1.0) * _logistic(3 * margin)
        if confidence >= LEAST_TITLE:
            return Meant(rated[0][1], "description", confidence)
        return self._in_focus(description, chunk) if rated[0][0] < POOR else None

    def _ahead(self, description: Role, rated: list[tuple[float, Entity]], chunk: TokenSpan) -> Entity | None:
        """ "the mayor said ... Mayor Ana Field": the one person of the article with the role, named further on."""
        if len(rated) != 1 or not description.known or chunk[0].lower_ != "the" or description.former:
            return None
        entity = rated[0][1]
        same = [r for r in entity.roles if description.heads[-1] in r.heads and not r.former]
        named_before = entity.last_before(chunk.start) is not None
        office = not OFFICES.isdisjoint(description.all_heads())
        told = description.words <= frozenset().union(*(r.words for r in same)) if same else False
        return entity if same and told and office and not named_before else None

    def _kin(self, chunk: TokenSpan) -> Meant | None:
        """ "Field's niece, Ana Lee, ... her niece said": the one person named before as such kin."""
        kin = chunk.root.lemma_.lower()
        named = [e for e in self._by_role.get(kin, ()) if any(kin in r.heads for r in e.roles)]
        owner = next((entity for entity, at in self.focus.last_pronoun.values() if at == chunk.start), None)
        if len(chunk) != 2 or len(named) != 1 or named[0] is owner or named[0].last_before(chunk.start) is None:
            return None
        return Meant(named[0], "description", OF_KIN)

    def _opens_article(self, chunk: TokenSpan) -> bool:
        """ "A Swiss fireman has told": is it the subject of the body's first sentence?"""
        first = next((i for i in range(chunk.start + 1) if self.page.body[i]), chunk.start)
        return self.page.sentence[first] == self.page.sentence[chunk.start] and self.focus.is_main_subject(chunk.root.i)

    def _named_next(self, description: Role, chunk: TokenSpan) -> Meant | None:
        """ "The dead man's daughter said ... Ana Field, who": one described first and named where he speaks next."""
        i = chunk.root.i
        speaking = self.focus.speaking
        k = bisect_right(speaking, i)
        here = self.names.at.get(speaking[k]) if i in self.focus.sources and k < len(speaking) else None
        if here is None or self.page.paragraph[here[1]] - self.page.paragraph[i] not in (0, 1):
            return None
        entity, start, _ = here
        new = entity.spans[0][0] == start and entity.person is not None and len(entity.person.words) > 1
        told = any(r.known and r.heads != ("person",) for r in entity.roles)
        if not new or told or not self.focus.is_subject(start):
            return None
        same = description.gender * entity.gender() > KNOWN_GENDER if description.gender else bool(description.country)
        return Meant(entity, "description", NAMED_NEXT) if same else None

    def _unnamed_is_nearer(self, chunk: TokenSpan, named: Entity) -> bool:
        """Has somebody without a name been described by the same noun since ("a senior official", "the official")?"""
        unnamed = self.focus.nominals.get(chunk.root.lemma_.lower())
        if unnamed is None or id(unnamed) not in self.focus.seen or not same_head(unnamed.name, chunk.text):
            return False
        last = named.last_before(chunk.start)
        return last is None or self.focus.seen[id(unnamed)][1][-1][0] > last

    def _in_focus(self, description: Role, chunk: TokenSpan) -> Meant | None:
        """A definite description whose role the article never states: the person of whom the talk is, if alone."""
        i = chunk[-1].i if chunk[-1].i in self.focus.sources else chunk.root.i
        if not self._is_epithet_here(description, chunk, i):
            return None
        of_body = any(self._is_body(t.i) for t in chunk)
        candidates = self._epithet_candidates(description, i, of_body=of_body)
        if not candidates:
            return None
        scores = self._epithet_scores(description, i, candidates)
        near = self._near(i, candidates)
        best, share = self._best(i, candidates, scores, near)
        entity, mentions = candidates[best]
        newcomer = len(chunk) == 2 and not NEWCOMERS.isdisjoint(description.heads)
        if (of_body and not self.focus.is_told_topic(i, mentions)) or self._is_another(description, entity, newcomer):
            return None
        spoke = self.focus.last_speaker is entity and self.focus.distance(i, mentions[-1][0]) <= SPOKE
        alone = len(candidates) == 1 and (near == [0] or spoke)
        topic = alone or any(self.focus.distance(i, j) <= 1 and self.focus.is_topic(j) for j, _ in mentions)
        if topic and near in ([], [best]) and share >= STANDS_OUT:
            return Meant(entity, "description", IN_FOCUS * share)
        second = max((s for k, s in enumerate(scores) if k != best), default=-math.inf)
        if scores[best] - second >= CLEAR_LEAD and self.focus.is_topic_before(i, entity, mentions):
            return Meant(entity, "description", TOPIC_BEFORE)
        return None

    def _is_epithet_here(self, description: Role, chunk: TokenSpan, i: int) -> bool:
        """Can it be another word for somebody known, where it speaks, leads its sentence or tells an age?"""
        introduced = chunk.root.lemma_.lower() in self.focus.introduced
        if introduced or any(self.focus.is_person(t.i) for t in chunk):
            return False
        tells = i in self.focus.sources or self.focus.is_main_subject(i) or bool(description.age)
        return tells and is_epithet(description, chunk)

    def _epithet_candidates(self, description: Role, i: int, *, of_body: bool) -> list[Candidate]:
        """Persons in reach; one with a role of his own is not "the Harbour Authority chief", but may have been."""
        return [
            (entity, mentions)
            for entity, mentions in self.focus.candidates(i, description.gender)
            if entity.kind == "person"
            and agrees(description, entity.roles)
            and not (of_body and not description.former and any(_is_calling(r) for r in entity.roles))
        ]

    def _epithet_scores(self, description: Role, i: int, candidates: list[Candidate]) -> list[float]:
        scores = self._pronouns.scores(i, description.gender, candidates)
        return [
            score - OTHER_ROLE * contradicts(description, entity.roles) + TOPIC * self.focus.is_told_topic(i, mentions)
            for score, (entity, mentions) in zip(scores, candidates, strict=True)
        ]

    def _near(self, i: int, candidates: list[Candidate]) -> list[int]:
        """The places of those who are spoken of in the same sentence or the one before."""
        return [
            k
            for k, (_, mentions) in enumerate(candidates)
            if any(self.focus.distance(i, m[0]) <= 1 and not self.focus.owns(m) for m in mentions)
        ]

    def _best(self, i: int, candidates: list[Candidate], scores: list[float], near: list[int]) -> tuple[int, float]:
        """The place of the likeliest, and its share of the chance."""
        best = max(range(len(scores)), key=scores.__getitem__)
        share = 1 / sum(math.exp(s - scores[best]) for s in scores)
        here = [k for k in near if self.page.paragraph[candidates[k][1][-1][0]] == self.page.paragraph[i]]
        if len(near) == 1 == len(here):
            return here[0], max(share, STANDS_OUT)  # the only one whom the sentence before is about
        return best, share

    def _is_another(self, description: Role, entity: Entity, newcomer: bool) -> bool:
        """Has the person another calling, or none where the description is of one who comes into a story anew?"""
        return contradicts(description, entity.roles) or (newcomer and not any(r.known for r in entity.roles))

    def _is_body(self, i: int) -> bool:
        """ "The Harbour Authority chief": is a token of a description a body's name?"""
        here = self.names.at.get(i)
        return here is not None and here[0].kind == "organisation" and not here[0].place

    def _rated(self, description: Role, start: int) -> list[tuple[float, Entity]]:
        found = []
        fits = [
            (fit(description, entity.roles), entity)
            for entity in self._by_role.get(description.heads[-1], ())
            if description.gender * entity.gender() >= -KNOWN_GENDER
        ]
        if description.heads[-1] in NAMELESS:
            fits = [(score, entity) for score, entity in fits if _is_called_so(description, entity)]
        best = max((score for score, _ in fits), default=0.0)
        for score, entity in fits:
            if score > 0:
                last = entity.last_before(start)
                distance = min(4.0, (start - last) / 150) if last is not None else 4.0
                here = last is not None and self.page.paragraph[last] == self.page.paragraph[start]
                seen = self.focus.seen.get(id(entity))
                topic = score == best and seen is not None and self.focus.is_told_topic(start, list(seen[1]))
                score += TOPIC_BONUS * topic + SAME_PARAGRAPH * here
                score += -0.25 * distance + 0.15 * math.log1p(len(entity.spans))
                found.append((score, entity))
        return found


def _is_called_so(description: Role, entity: Entity) -> bool:
    """Does a role of the person's say what the description says, and not only something more special?"""
    return any(description.heads[-1] in r.heads or description.words & r.words for r in entity.roles)


def _is_calling(r: Role) -> bool:
    """Is it the person's own role, and not an age?"""
    return r.known and not r.borrowed and r.heads != ("person",)


def _by_role(people: Iterable[Entity]) -> dict[str, list[Entity]]:
    """People by every role that they have or that comes with it."""
    found: dict[str, dict[int, Entity]] = {}
    for entity in people:
        for key in {key for r in entity.roles for key in r.all_heads()}:
            found.setdefault(key, {})[id(entity)] = entity
    return {key: list(entities.values()) for key, entities in found.items()}


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))
