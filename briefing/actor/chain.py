"""Reading an article from left to right: whom each pronoun and each description means."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from briefing.actor.apposition import ALONE_VOTE, TELLER_VOTE
from briefing.actor.description import (
    AGED,
    ANY_BODY,
    BODY_NOUNS,
    COMPLEMENT,
    GENERAL,
    NEWCOMERS,
    OFFICES,
    aged,
    can_be_of,
    complement_of,
    has_class,
    is_epithet,
    is_people,
    is_person_word,
    same_head,
    without_article,
    word_set,
)
from briefing.actor.entity import KNOWN_GENDER, Entity, How
from briefing.actor.names import Names
from briefing.actor.page import Page
from briefing.actor.role import FEMALE, FULL_MATCH, MALE, Role, agrees, contradicts, fit, role

HE, SHE = {"he", "him", "his", "himself"}, {"she", "her", "hers", "herself"}
REACH = 12  # told sentences back that a pronoun looks
SPOKE = 3  # told sentences back in which a body spoke that goes on as "the group"
REMEMBERED = 6  # mentions of one actor that are kept
SURE_FORENAME = 0.6  # a forename's gender from which the company of pronouns tells nothing more
CROWD = 40  # actors that are kept in mind
SUBJECTS = ("nsubj", "nsubjpass")

# Weights of a candidate for a pronoun, set by hand on development articles; a scorer learned from coreference corpora
# was no better. The chance of each candidate is its share of exp(score).
WEIGHTS = {
    "gender not known": -0.8,
    "agrees": 0.5,
    "same sentence": 1.6,
    "sentence before": 1.5,
    "two sentences before": 0.7,
    "paragraphs between": -0.25,
    "same paragraph": 0.3,
    "subject": 0.6,
    "subject of the sentence before": 0.8,
    "subject of the verb that it completes": 1.8,
    "subject in the paragraph": 0.8,
    "subject of the clause that opens the sentence": 1.8,
    "subject of the main clause": 0.7,
    "in reported words": -0.8,
    "spoke last": 0.9,
    "spoke last and speaks on": 0.6,
    "meant by the last pronoun": 0.7,
    "mentions": 0.25,
    "nearest": 0.5,
    "only one": 0.5,
    "same function": 0.2,
    "possessor": -0.5,
    "quoted": -0.8,
    "without a name": -0.4,
    "first in the article": 0.2,
    "rank": -0.15,
}

BODY_SAME, BODY_NEAR = 0.9, 0.75  # how often "the council" and "the company" mean the body that they are taken for
ELSEWHERE = 0.75  # how often a title that only other articles give means the same person
IN_FOCUS = 0.85  # how often the person in focus is meant by an epithet, where one stands out
STANDS_OUT = 0.9  # a candidate's share of the chance from which it does
CLEAR_LEAD, TOPIC_BEFORE = 2.5, 0.78  # of score, from which the topic of the sentence before is meant; how often it is
TOPIC = 1.0  # for the topic of the sentence before, as an epithet's antecedent
TOPIC_BONUS = 0.5  # for a person of the role of whom the sentence before tells
OTHER_ROLE = 1.5  # against a candidate of whom the article states another role
SAME_PARAGRAPH = 0.4  # for a person named in the description's own paragraph
NAMED_NEXT = 0.76  # how often one described is the next who speaks, where nothing else is told of that one
AHEAD = 0.8  # how often a title means the one person whose name comes with it further on
LEAST_TITLE = 0.6  # confidence from which a description means a named person


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a pronoun or a description means."""

    entity: Entity
    how: How
    confidence: float


class Chain:
    """The article's pronouns and descriptions, resolved.

    Attributes:
        meant: By token of the pronoun, or of the description's head.
        described: Unnamed sources, in order.
    """

    def __init__(
        self,
        page: Page,
        names: Names,
        sources: dict[int, tuple[tuple[int, int], ...]],
        elsewhere: Sequence[Entity] = (),
    ) -> None:
        """Read the article.

        Args:
            sources: By token of a statement's source, the statement's content as character spans.
            elsewhere: Persons whom the story's other articles name, with their roles.
        """
        self.page, self.doc, self.names, self.sources = page, page.doc, names, sources
        self.said = _said(page, sources)
        self.meant: dict[int, Meant] = {}
        self.described: list[Entity] = []
        self._seen: OrderedDict[int, tuple[Entity, deque[tuple[int, How]]]] = OrderedDict()
        self._last_speaker: Entity | None = None
        self._last_pronoun: dict[int, tuple[Entity, int]] = {}
        self._nominals: dict[str, Entity] = {}
        self._introduced: set[str] = set()  # nouns of those who came as "a pollster", so that "the pollster" means them
        self._people = names.people()
        self._by_role, self._by_role_elsewhere = _by_role(self._people), _by_role(elsewhere)
        self._led = False
        self._speaking = sorted(sources)
        self._kinds = _by_kind(names.entities)
        self._chunks = {chunk.root.i: chunk for chunk in self.doc.noun_chunks}
        self._chunks |= {chunk[-1].i: chunk for chunk in aged(self.doc)}
        self._vote_by_company()
        for token in self.doc:
            self._read(token.i)

    def _vote_by_company(self) -> None:
        """A person alone in a sentence before a "he" or "she" is likely of that gender."""
        alone: dict[int, list[Entity]] = {}
        for i, token in enumerate(self.doc):
            here = self.names.at.get(i)
            sentence = self.page.sentence[i]
            if here and here[1] == i and here[0].kind == "person":
                group = alone.setdefault(sentence, [])
                if here[0] not in group:
                    group.append(here[0])
            sign = pronoun_gender(token.lower_)
            for k in self._teller(i) if sign and token.dep_ in SUBJECTS else ():
                if k in self.names.at and abs(self.names.at[k][0].forename_gender()) < SURE_FORENAME:
                    self.names.at[k][0].votes[sign] += TELLER_VOTE  # type: ignore[assignment]
            group = alone.get(sentence, [])
            if (
                sign
                and not self.page.quoted[i]
                and len(group) == 1
                and abs(group[0].forename_gender()) < SURE_FORENAME
            ):
                group[0].votes[sign] += ALONE_VOTE  # type: ignore[assignment]

    def _read(self, i: int) -> None:
        here = self.names.at.get(i)
        if here:
            if i == here[2] - 1:
                self._see(here[0], i, "name")
            return
        sign = pronoun_gender(self.doc[i].lower_)
        if sign:
            found = self.pronoun(i, sign)
            if found:
                self.meant[i] = found
                if not self.page.quoted[i]:
                    self._last_pronoun[sign] = (found.entity, i)
                self._see(found.entity, i, "pronoun")
        elif i in self.sources and self.doc[i].lower_ == "it":
            body = self._nearest_body(i, 1, lambda e, j: self.is_subject(j) and j in self.sources)
            body = body or self._nearest_body(i, 1, lambda e, j: self.is_subject(j))
            if body:
                self.meant[i] = Meant(body, "pronoun", BODY_NEAR)
        elif i in self._chunks:
            self._description(self._chunks[i])

    def _see(self, entity: Entity, i: int, how: How) -> None:
        key = id(entity)
        if key not in self._seen:
            self._seen[key] = (entity, deque(maxlen=REMEMBERED))
            if len(self._seen) > CROWD:
                self._seen.popitem(last=False)
        self._seen[key][1].append((i, how))
        self._seen.move_to_end(key)
        if i in self.sources and entity.kind in ("person", "unnamed") and not self.page.quoted[i]:
            self._last_speaker = entity

    # --- descriptions ---

    def _description(self, chunk: TokenSpan) -> None:
        root = chunk[-1] if AGED.search(chunk.text) else chunk.root
        if root.pos_ == "PRON" or root.tag_ not in ("NN", "NNP", "JJ") or root.dep_ in ("attr", "appos", "compound"):
            return
        if any(i in self.names.at and self.names.at[i][0].kind == "person" for i in range(root.i, chunk.end)):
            return
        if root.text.istitle() and self._is_person(root.i + 1):
            return
        if any(c.dep_ == "appos" and c.i in self.names.at for c in root.children) or root.head.lower_ == "as":
            return
        if self._opens_on_a_pronoun(chunk):
            return
        lemma = root.lemma_.lower()
        if root.is_lower and (lemma in BODY_NOUNS or (lemma in self._kinds and root.i in self.sources)):
            body = self._body(chunk, lemma)
            if body:
                self.meant[root.i] = body
                self._see(body.entity, root.i, "description")
            return
        if not (is_person_word(lemma) or AGED.search(chunk.text) or is_people(chunk)):
            return
        named = self._named_after(chunk)
        found = Meant(named, "description", 0.9) if named else self.title(chunk)
        if found is None:
            found = Meant(self._unnamed(chunk, lemma), "description", 0.9)
        self.meant[root.i] = found
        self._see(found.entity, root.i, "description")

    def _opens_on_a_pronoun(self, chunk: TokenSpan) -> bool:
        """ "A graduate of the academy, he had": what a sentence says of its pronoun beforehand."""
        if chunk.start != self.page.sentence_start[chunk.start]:
            return False
        rest = self.doc[chunk.end : chunk.end + COMPLEMENT]
        comma = next((t.i for t in rest if t.text == "," or t.pos_ in ("VERB", "AUX")), chunk.start)
        return self.doc[comma].text == "," and bool(pronoun_gender(self.doc[comma + 1 : comma + 2].text.lower()))

    def _named_after(self, chunk: TokenSpan) -> Entity | None:
        """ "An uncle of the man, Omar Field, told": the name between commas behind a description."""
        for i in range(chunk.end, min(len(self.doc) - 2, chunk.end + COMPLEMENT)):
            if self.doc[i].text == ",":
                here = self.names.at.get(i + 1) or self.names.at.get(i + 2)
                close = (
                    here and here[0].kind == "person" and here[2] < len(self.doc) and self.doc[here[2]].text == ","
                )
                return here[0] if here and close else None
            if self.doc[i].pos_ in ("VERB", "AUX", "PRON") or self.doc[i].is_sent_start:
                return None
        return None

    def _body(self, chunk: TokenSpan, lemma: str) -> Meant | None:
        """ "the council", "the company": the last body of that name, or the one that stands out."""
        if len(chunk) != 2 or chunk[0].lower_ not in ("the", "its"):
            return None
        i = chunk.root.i
        same = self._nearest_body(i, REACH, lambda e, j: lemma in e.name.lower().split() or lemma in e.nouns)
        same = same or self._only_kind(lemma)
        if same:
            return Meant(same, "description", BODY_SAME)
        if lemma not in GENERAL:
            return None
        near = (self._spoke_before(i) if i in self.sources and lemma in ANY_BODY else None) or self._company(i)
        return Meant(near, "description", BODY_NEAR) if near else None

    def _spoke_before(self, i: int) -> Entity | None:
        """The body without a class in its name that spoke last, if it did so in the sentences just before."""
        return self._nearest_body(i, SPOKE, lambda e, j: j in self.sources and not has_class(e))

    def _only_kind(self, lemma: str) -> Entity | None:
        """The one body of the article that bears the noun in its name."""
        bodies = self._kinds.get(lemma, [])
        return bodies[0] if len(bodies) == 1 else None

    def _company(self, i: int) -> Entity | None:
        """The one body in reach that stands out by nearness, use and function among those that may be a company."""
        rated = []
        for entity, mentions in self._seen.values():
            distance = self._distance(i, mentions[-1][0])
            if entity.kind == "organisation" and not entity.place and not has_class(entity) and distance <= REACH:
                subject = any(self.is_subject(j) for j, _ in mentions)
                rated.append((len(mentions) + 1.5 * subject - 0.3 * distance, entity))
        rated.sort(key=lambda pair: -pair[0])
        return rated[0][1] if rated and (len(rated) == 1 or rated[0][0] - rated[1][0] >= 0.5) else None

    def _nearest_body(self, i: int, reach: int, fits: Callable[[Entity, int], bool]) -> Entity | None:
        for entity, mentions in reversed(self._seen.values()):
            j = mentions[-1][0]
            in_reach = self._distance(i, j) <= reach and not self.page.quoted[j]
            is_body = entity.kind == "organisation" and not entity.place
            if in_reach and is_body and any(fits(entity, k) for k, _ in mentions):
                return entity
        return None

    def _unnamed(self, chunk: TokenSpan, lemma: str) -> Entity:
        """Somebody without a name: the same as before where the article says "the"."""
        first = chunk[0].lower_
        known = self._nominals.get(lemma)
        if first in ("the", "this", "that") and known and word_set(without_article(chunk)) <= word_set(known.name):
            return known
        entity = Entity(without_article(chunk) + complement_of(chunk), "unnamed")
        sign = (lemma.endswith("man") or lemma in MALE) - (lemma.endswith("woman") or lemma in FEMALE)
        if lemma.endswith("woman"):
            sign = -1
        if sign:
            entity.votes[sign] += 2
        self._nominals[lemma] = entity
        if first in ("a", "an"):
            self._introduced.add(lemma)
        self.described.append(entity)
        return entity

    def title(self, chunk: TokenSpan) -> Meant | None:
        """The named person whom a definite description means, by the roles that the article states."""
        first = chunk[0].lower_
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
            found = self._in_focus(description, chunk) or self._elsewhere(description, chunk)
            return found or self._named_next(description, chunk)
        if self._unnamed_is_nearer(chunk, rated[0][1]):
            return None
        margin = rated[0][0] - rated[1][0] if len(rated) > 1 else 1.5
        confidence = _logistic(rated[0][0] - 1.0) * _logistic(3 * margin)
        return Meant(rated[0][1], "description", confidence) if confidence >= LEAST_TITLE else None

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

    def _elsewhere(self, description: Role, chunk: TokenSpan) -> Meant | None:
        """The one person of the story's other articles whose role is the same, with the same country if one is told."""
        fits = [(fit(description, e.roles), e) for e in self._by_role_elsewhere.get(description.heads[-1], ())]
        best = [e for score, e in fits if score >= FULL_MATCH and description.gender * e.gender() >= -KNOWN_GENDER]
        if len(best) != 1 or not description.known or self._unnamed_is_nearer(chunk, best[0]):
            return None
        return Meant(best[0], "description", ELSEWHERE)

    def _named_next(self, description: Role, chunk: TokenSpan) -> Meant | None:
        """ "The dead man's daughter said ... Ana Field, who": one described first and named where he speaks next."""
        i = chunk.root.i
        k = bisect_right(self._speaking, i)
        here = self.names.at.get(self._speaking[k]) if i in self.sources and k < len(self._speaking) else None
        if here is None or self.page.paragraph[here[1]] - self.page.paragraph[i] not in (0, 1):
            return None
        entity, start, _ = here
        new = entity.spans[0][0] == start and entity.person is not None and len(entity.person.words) > 1
        told = any(r.known and r.heads != ("person",) for r in entity.roles)
        if not new or told or not self.is_subject(start):
            return None
        same = description.gender * entity.gender() > KNOWN_GENDER if description.gender else bool(description.country)
        return Meant(entity, "description", NAMED_NEXT) if same else None

    def _unnamed_is_nearer(self, chunk: TokenSpan, named: Entity) -> bool:
        """Has somebody without a name been described by the same noun since ("a senior official", "the official")?"""
        unnamed = self._nominals.get(chunk.root.lemma_.lower())
        if unnamed is None or id(unnamed) not in self._seen or not same_head(unnamed.name, chunk.text):
            return False
        last = named.last_before(chunk.start)
        return last is None or self._seen[id(unnamed)][1][-1][0] > last

    def _in_focus(self, description: Role, chunk: TokenSpan) -> Meant | None:
        """A definite description whose role the article never states: the person of whom the talk is, if alone."""
        i = chunk[-1].i if chunk[-1].i in self.sources else chunk.root.i
        if chunk.root.lemma_.lower() in self._introduced or any(self._is_person(t.i) for t in chunk):
            return None
        if (i not in self.sources and not description.age) or not is_epithet(description, chunk):
            return None
        candidates = [
            c
            for c in self._candidates(i, description.gender)
            if c[0].kind == "person" and agrees(description, c[0].roles)
        ]
        if not candidates:
            return None
        scores = [
            self._score(i, description.gender, rank, c, len(candidates), set())
            - OTHER_ROLE * contradicts(description, c[0].roles)
            + TOPIC * self._is_told_topic(i, c[1])
            for rank, c in enumerate(candidates)
        ]
        best = max(range(len(scores)), key=scores.__getitem__)
        share = 1 / sum(math.exp(s - scores[best]) for s in scores)
        near = [
            k
            for k, (_, mentions) in enumerate(candidates)
            if any(self._distance(i, m[0]) <= 1 and not self._owns(m) for m in mentions)
        ]
        here = [k for k in near if self.page.paragraph[candidates[k][1][-1][0]] == self.page.paragraph[i]]
        if len(near) == 1 == len(here):
            best, share = here[0], max(share, STANDS_OUT)  # the only one whom the sentence before is about
        entity, mentions = candidates[best]
        newcomer = len(chunk) == 2 and not NEWCOMERS.isdisjoint(description.heads)
        if contradicts(description, entity.roles) or (newcomer and not any(r.known for r in entity.roles)):
            return None
        alone = len(candidates) == 1 and near == [0]
        topic = alone or any(self._distance(i, j) <= 1 and self.is_topic(j) for j, _ in mentions)
        if topic and near in ([], [best]) and share >= STANDS_OUT:
            return Meant(entity, "description", IN_FOCUS * share)
        second = max((s for k, s in enumerate(scores) if k != best), default=-math.inf)
        if scores[best] - second >= CLEAR_LEAD and self._is_topic_before(i, entity, mentions):
            return Meant(entity, "description", TOPIC_BEFORE)
        return None

    def _is_topic_before(self, i: int, entity: Entity, mentions: list[tuple[int, How]]) -> bool:
        """Is the sentence before about the actor, about nobody else, and the token's own sentence not about him yet?"""
        if self._distance(i, mentions[-1][0]) < 1 or not self._is_told_topic(i, mentions):
            return False
        others = [m for other, m in self._seen.values() if other is not entity and other.kind in ("person", "unnamed")]
        return not any(self._distance(i, m[-1][0]) == 0 or self._is_told_topic(i, list(m)) for m in others)

    def _is_told_topic(self, i: int, mentions: list[tuple[int, How]]) -> bool:
        """Is a mention the topic of the sentence before the token, outside reported words?"""
        return any(
            self._distance(i, j) in (0, 1) and self.is_topic(j) and not self.said[j] and not self.page.quoted[j]
            for j, _ in mentions
        )

    def _owns(self, mention: tuple[int, How]) -> bool:
        """Is it a "his" or "her", which says little of whom the sentence is about?"""
        return mention[1] == "pronoun" and self.doc[mention[0]].dep_ == "poss"

    def _is_person(self, i: int) -> bool:
        here = self.names.at.get(i)
        return here is not None and here[0].kind == "person"

    def _rated(self, description: Role, start: int) -> list[tuple[float, Entity]]:
        found = []
        fits = [
            (fit(description, entity.roles), entity)
            for entity in self._by_role.get(description.heads[-1], ())
            if description.gender * entity.gender() >= -KNOWN_GENDER
        ]
        best = max((score for score, _ in fits), default=0.0)
        for score, entity in fits:
            if score > 0:
                last = entity.last_before(start)
                distance = min(4.0, (start - last) / 150) if last is not None else 4.0
                here = last is not None and self.page.paragraph[last] == self.page.paragraph[start]
                seen = self._seen.get(id(entity))
                topic = score == best and seen is not None and self._is_told_topic(start, list(seen[1]))
                score += TOPIC_BONUS * topic + SAME_PARAGRAPH * here
                score += -0.25 * distance + 0.15 * math.log1p(len(entity.spans))
                found.append((score, entity))
        return found

    # --- pronouns ---

    def pronoun(self, i: int, sign: int) -> Meant | None:
        """The person whom a "he" (sign 1) or "she" (-1) means, with the share of the chance that he has."""
        ahead = self._cataphor(i, sign)
        if ahead:
            return Meant(ahead, "pronoun", 0.8)
        candidates = self._candidates(i, sign)
        if not candidates:
            return None
        teller = self._teller(i)
        self._led = any(self._leads(i, mentions[-1][0]) for _, mentions in candidates)
        scores = [
            self._score(i, sign, rank, candidate, len(candidates), teller)
            for rank, candidate in enumerate(candidates)
        ]
        best = max(range(len(scores)), key=scores.__getitem__)
        confidence = 1 / sum(math.exp(s - scores[best]) for s in scores)
        if self._distance(i, candidates[best][1][-1][0]) > 2:
            confidence *= 0.8
        return Meant(candidates[best][0], "pronoun", confidence)

    def _cataphor(self, i: int, sign: int) -> Entity | None:
        """ "Back when he wrote it, Mr. Field said": the subject of the main clause after."""
        token = self.doc[i]
        start = self.page.sentence_start[i]
        if i - start > 5 or token.dep_ != "nsubj" or token.head.dep_ != "advcl" or token.head.head.i < i:
            return None
        for child in token.head.head.children:
            here = self.names.at.get(child.i)
            if (
                child.dep_ in SUBJECTS
                and child.i > i
                and here
                and here[0].kind == "person"
                and here[0].gender() * sign >= 0
            ):
                return here[0]
        return None

    def _candidates(self, i: int, sign: int) -> list[tuple[Entity, list[tuple[int, How]]]]:
        """Actors in reach with their mentions that count, nearest first."""
        own = self.sources.get(i, ())
        found = []
        for entity, mentions in reversed(self._seen.values()):
            if entity.kind not in ("person", "unnamed") or entity.gender() * sign < -KNOWN_GENDER:
                continue
            counted = [m for m in mentions if not self._inside(m[0], own)]
            if not self.page.quoted[i]:
                counted = [m for m in counted if not self.page.quoted[m[0]]] or counted
            if counted and self._distance(i, counted[-1][0]) <= REACH and not self._bound(i, counted[-1][0]):
                found.append((entity, counted))
        return sorted(found, key=lambda pair: -pair[1][-1][0])

    def _inside(self, i: int, content: tuple[tuple[int, int], ...]) -> bool:
        """Is the token quoted in the words that the pronoun's owner says?"""
        at = self.doc[i].idx
        return self.page.quoted[i] and any(start <= at < end for start, end in content)

    def _distance(self, i: int, j: int) -> int:
        numbers = self.page.sentence if self.page.quoted[i] else self.page.told
        return numbers[i] - numbers[j]

    def _bound(self, i: int, j: int) -> bool:
        """Subject and object of one verb are two persons ("Field met him")."""
        pronoun, other = self.doc[i], self.doc[j]
        if pronoun.dep_ not in ("dobj", "pobj", "dative") or pronoun.lower_.endswith("self") or other.dep_ != "nsubj":
            return False
        return pronoun.head == other.head or (pronoun.dep_ == "pobj" and pronoun.head.head == other.head)

    def _teller(self, i: int) -> set[int]:
        """Subjects, with names in apposition, of the verb that the pronoun's clause completes: "Field said he"."""
        verb = self.doc[i].head
        for _ in range(4):
            if verb.dep_ not in ("ccomp", "advcl", "conj", "xcomp", "aux") or verb.head == verb:
                break
            completes = verb.dep_ == "ccomp"
            verb = verb.head
            if completes:
                subjects = {c.i for c in verb.children if c.dep_ in SUBJECTS and c.i < i}
                if subjects:
                    return subjects | {
                        c.i for k in subjects for c in self.doc[k].children if c.dep_ == "appos" and c.i < i
                    }
        return set()

    def is_subject(self, i: int) -> bool:
        token = self._last_token(i)
        return token.dep_ in SUBJECTS or (token.dep_ in ("compound", "flat", "appos") and token.head.dep_ in SUBJECTS)

    def is_topic(self, i: int) -> bool:
        """Is the mention a subject, or what a "be" says of one ("Her successor will be Omar Field")?"""
        token = self._last_token(i)
        if token.head.dep_ in ("ccomp", "relcl", "acl"):
            return False
        return self.is_subject(i) or (token.dep_ == "attr" and token.head.lemma_ == "be")

    def _leads(self, i: int, j: int) -> bool:
        """Is a mention the subject of the main clause of the pronoun's own sentence?"""
        return self._distance(i, j) == 0 and self.is_main_subject(j) and not self.said[j] and not self.page.quoted[j]

    def _foremost(self, mentions: list[tuple[int, How]]) -> int:
        """The last mention; a subject before it in its sentence goes before a "his"."""
        last = mentions[-1][0]
        if self.doc[last].dep_ != "poss":
            return last
        here = [k for k, _ in mentions if self.page.sentence[k] == self.page.sentence[last] and self.is_subject(k)]
        return here[-1] if here else last

    def _opens(self, i: int, j: int) -> bool:
        """ "When Field rose, he": does the pronoun's verb carry the clause whose subject the mention is?"""
        pronoun, verb = self.doc[i], self._last_token(j).head
        subjects = pronoun.dep_ in SUBJECTS and self._last_token(j).dep_ in SUBJECTS
        return subjects and verb.dep_ == "advcl" and verb.head == pronoun.head and verb.i < i

    def _last_token(self, i: int) -> Token:
        """The token that stands for a mention in the syntax."""
        here = self.names.at.get(i)
        return self.doc[here[2] - 1] if here else self.doc[i]

    def is_main_subject(self, i: int) -> bool:
        token = self._last_token(i)
        return token.dep_ in SUBJECTS and token.head.dep_ == "ROOT"

    def _score(
        self,
        i: int,
        sign: int,
        rank: int,
        candidate: tuple[Entity, list[tuple[int, How]]],
        crowd: int,
        teller: set[int],
    ) -> float:
        entity, mentions = candidate
        j = self._foremost(mentions)
        page, distance, agreement = self.page, self._distance(i, j), entity.gender() * sign
        last_pronoun = self._last_pronoun.get(sign)
        signs: dict[str, float] = {
            "gender not known": abs(agreement) < 0.2,
            "agrees": max(0.0, agreement),
            "same sentence": distance == 0,
            "sentence before": distance == 1,
            "two sentences before": distance == 2,
            "paragraphs between": min(5, page.paragraph[i] - page.paragraph[j]),
            "same paragraph": page.paragraph[i] == page.paragraph[j],
            "subject": self.is_subject(j),
            "subject of the sentence before": any(
                page.told[i] - page.told[k] in (0, 1) and self.is_subject(k) for k, _ in mentions[-4:]
            ),
            "subject of the verb that it completes": any(k in teller for k, _ in mentions),
            "subject in the paragraph": any(
                page.paragraph[i] == page.paragraph[k] and not self.said[k] and self.is_subject(k) for k, _ in mentions
            ),
            "subject of the clause that opens the sentence": distance == 0 and self._opens(i, j),
            "subject of the main clause": self.is_main_subject(j),
            "in reported words": self.said[j] and i in self.sources and not self.said[i],
            "spoke last": self._last_speaker is entity,
            "spoke last and speaks on": self._last_speaker is entity and i in self.sources and not self._led,
            "meant by the last pronoun": bool(
                last_pronoun and last_pronoun[0] is entity and self._distance(i, last_pronoun[1]) <= 3
            ),
            "mentions": math.log1p(len(mentions)),
            "nearest": rank == 0,
            "only one": crowd == 1,
            "same function": self.is_subject(j) == (self.doc[i].dep_ == "nsubj"),
            "possessor": self.doc[j].dep_ == "poss",
            "quoted": page.quoted[j] and not page.quoted[i],
            "without a name": entity.kind == "unnamed",
            "first in the article": bool(self._people) and entity is self._people[0],
            "rank": min(rank, 5),
        }
        return sum(WEIGHTS[name] * value for name, value in signs.items())


def _by_role(people: Iterable[Entity]) -> dict[str, list[Entity]]:
    """People by every role that they have or that comes with it."""
    found: dict[str, dict[int, Entity]] = {}
    for entity in people:
        for key in {key for r in entity.roles for key in r.all_heads()}:
            found.setdefault(key, {})[id(entity)] = entity
    return {key: list(entities.values()) for key, entities in found.items()}


def _by_kind(entities: Iterable[Entity]) -> dict[str, list[Entity]]:
    """Bodies by the noun of their name: "zoo" for "Welland Zoo", "library" for "Library of Letters"."""
    found: dict[str, list[Entity]] = {}
    for entity in entities:
        words = re.split(r" (?:of|for|on|in|at) ", entity.name.lower())[0].split()
        if entity.kind == "organisation" and len(entity.name.split()) > 1 and not is_person_word(words[-1]):
            found.setdefault(words[-1], []).append(entity)
    return found


def _said(page: Page, sources: dict[int, tuple[tuple[int, int], ...]]) -> list[bool]:
    """By token: is it in the words of a statement?"""
    inside = bytearray(len(page.text) + 1)
    for content in sources.values():
        for start, end in content:
            inside[start:end] = b"\1" * (end - start)
    return [bool(inside[token.idx]) for token in page.doc]


def pronoun_gender(word: str) -> int:
    """1 for "he", -1 for "she" and their cases, 0 for any other word."""
    return (word in HE) - (word in SHE)


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))
