"""Which body "the council", "the company" or "it" means."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable

from spacy.tokens import Span as TokenSpan

from briefing.actor.description import ANY_BODY, BODY_NOUNS, COMPANIES, GENERAL, has_class, is_person_word
from briefing.actor.entity import Entity
from briefing.actor.focus import REACH, Focus, Meant
from briefing.actor.names import GOVERNMENTS
from briefing.attribution.act import DOCUMENTS

PAPERS = {"paper", "newspaper"}
TITLES_OF_PAPERS = PAPERS | set(
    """post times journal gazette herald telegraph mirror tribune chronicle observer daily express news courier record
examiner globe standard mail press register sentinel dispatch inquirer star sun guardian""".split()
)
CONTESTS = {"league", "cup", "championship", "championships", "trophy", "open", "masters", "derby", "olympics"}
AGENCY = {"agency", "watchdog", "regulator", "body"}
AGENCIES = set("administration agency authority board bureau commission inspectorate office service".split())
SPOKE = 3  # told sentences back in which a body spoke that goes on as "the group"
BODY_SAME, BODY_NEAR = 0.9, 0.75  # how often "the council" and "the company" mean the body that they are taken for


class Bodies:
    """The bodies in focus, and those that an article names by their kind."""

    def __init__(self, focus: Focus) -> None:
        self.focus, self.page = focus, focus.page
        self._kinds = _by_kind(focus.names.entities)

    def is_body_noun(self, i: int) -> bool:
        """Does a noun mean a kind of body, here or anywhere?"""
        token = self.focus.doc[i]
        lemma = token.lemma_.lower()
        return token.is_lower and (lemma in BODY_NOUNS or (lemma in self._kinds and i in self.focus.sources))

    def noun(self, chunk: TokenSpan) -> Meant | None:
        """ "the council", "the company": the last body of that name, or the one that stands out."""
        if chunk[0].lower_ not in ("the", "its"):
            return None
        if len(chunk) != 2:
            return self._by_last_words(chunk) or self._modified(chunk)
        i, lemma = chunk.root.i, chunk.root.lemma_.lower()
        same = self._nearest_body(i, SPOKE, lambda e, j: j in self.focus.sources and self._is_noun(j, lemma))
        same = same or self._nearest_body(i, REACH, lambda e, j: _is_called(e, lemma))
        same = same or self._only_kind(lemma)
        if lemma in AGENCY:
            same = same or self._nearest_body(i, 2, lambda e, j: self.focus.is_subject(j) and _is_agency(e))
        if same:
            return Meant(same, "description", BODY_SAME)
        if lemma not in GENERAL:
            return None
        speaks = i in self.focus.sources and lemma in ANY_BODY
        near = (self._spoke_before(i) if speaks else None) or self._company(i)
        return Meant(near, "description", BODY_NEAR) if near else None

    def _modified(self, chunk: TokenSpan) -> Meant | None:
        """ "The Bergen-based company", "the FTSE 250 company": the company of which the talk is, where it speaks."""
        i, lemma = chunk.root.i, chunk.root.lemma_.lower()
        speaks = i in self.focus.sources and lemma in COMPANIES - {"group"} and chunk[0].lower_ == "the"
        near = self._company(i) if speaks else None
        inside = {id(here[0]) for k in range(chunk.start, i) if (here := self.focus.names.at.get(k))}
        return Meant(near, "description", BODY_NEAR) if near and id(near) not in inside else None

    def _by_last_words(self, chunk: TokenSpan) -> Meant | None:
        """ "The state patrol" for the Tarn State Patrol: the one body whose name ends in all of the words."""
        words = chunk[1:].text.lower()
        bodies = [e for e in self._kinds.get(words.split()[-1], ()) if e.name.lower().endswith(" " + words)]
        return Meant(bodies[0], "description", BODY_SAME) if len(bodies) == 1 and " " in words else None

    def _is_noun(self, i: int, lemma: str) -> bool:
        """Was the body mentioned by the noun itself at the token?"""
        return self.focus.doc[i].lemma_.lower() == lemma

    def it(self, i: int) -> Meant | None:
        """The body that an "it" which speaks means: the sentence before is about it, at best as one who speaks, too.

        None where a document speaks there ("The report warned of floods. It recommended").
        """
        if self._document_spoke(i):
            return None
        body = self._nearest_body(i, 1, lambda e, j: self.focus.is_subject(j) and j in self.focus.sources)
        body = body or self._nearest_body(i, 1, lambda e, j: self.focus.is_subject(j))
        return Meant(body, "pronoun", BODY_NEAR) if body else None

    def _document_spoke(self, i: int) -> bool:
        """Is the source of the sentence before a document's noun?"""
        place = bisect_left(self.focus.speaking, i)
        last = self.focus.speaking[place - 1] if place else i
        noun = self.focus.doc[last]
        return self.focus.distance(i, last) == 1 and noun.pos_ == "NOUN" and noun.lemma_.lower() in DOCUMENTS

    def _spoke_before(self, i: int) -> Entity | None:
        """The body without a class in its name that spoke last, if it did so in the sentences just before."""
        return self._nearest_body(i, SPOKE, lambda e, j: j in self.focus.sources and not has_class(e))

    def _only_kind(self, lemma: str) -> Entity | None:
        """The one body of the article that bears the noun in its name."""
        bodies = self._kinds.get(lemma, [])
        return bodies[0] if len(bodies) == 1 else None

    def _company(self, i: int) -> Entity | None:
        """The one body in reach that stands out by nearness, use and function among those that may be a company."""
        rated = []
        for entity, mentions in self.focus.seen.values():
            distance = self.focus.distance(i, mentions[-1][0])
            after = mentions[-1][0] + 1
            governs = self.focus.doc[after : after + 1].text in GOVERNMENTS  # "the Varga administration"
            is_body = entity.kind == "organisation" and not entity.place and not governs
            if is_body and not has_class(entity) and not _is_contest(entity) and distance <= REACH:
                subject = any(self.focus.is_subject(j) for j, _ in mentions)
                rated.append((len(mentions) + 1.5 * subject - 0.3 * distance, entity))
        rated.sort(key=lambda pair: -pair[0])
        return rated[0][1] if rated and (len(rated) == 1 or rated[0][0] - rated[1][0] >= 0.5) else None

    def _nearest_body(self, i: int, reach: int, fits: Callable[[Entity, int], bool]) -> Entity | None:
        for entity, mentions in reversed(self.focus.seen.values()):
            j = mentions[-1][0]
            in_reach = self.focus.distance(i, j) <= reach and not self.page.quoted[j]
            is_body = entity.kind == "organisation" and not entity.place
            if in_reach and is_body and any(fits(entity, k) for k, _ in mentions):
                return entity
        return None


def _is_agency(entity: Entity) -> bool:
    return not AGENCIES.isdisjoint(entity.name.lower().split())


def _is_contest(entity: Entity) -> bool:
    """ "The Premier League", "the World Cup": no company and no club."""
    return entity.name.lower().split()[-1] in CONTESTS


def _is_called(entity: Entity, noun: str) -> bool:
    """Does the body's name hold the noun ("Delta Air Lines" is an airline), or does the article call it so?"""
    words = entity.name.lower().split()
    if noun in PAPERS:
        return not TITLES_OF_PAPERS.isdisjoint(words) or not PAPERS.isdisjoint(entity.nouns)
    return noun in words or noun in entity.nouns or f"{noun}s" in ("".join(words[-1:]), "".join(words[-2:]))


def _by_kind(entities: Iterable[Entity]) -> dict[str, list[Entity]]:
    """Bodies by the noun of their name: "zoo" for "Welland Zoo", "library" for "Library of Letters"."""
    found: dict[str, list[Entity]] = {}
    for entity in entities:
        words = re.split(r" (?:of|for|on|in|at) ", entity.name.lower())[0].split()
        if entity.kind == "organisation" and len(entity.name.split()) > 1 and not is_person_word(words[-1]):
            found.setdefault(words[-1], []).append(entity)
    return found
