"""Who is in an article: its actors, and whom any mention means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from briefing.actor.actor import Actor
from briefing.actor.alias import NO_ALIASES, Aliases
from briefing.actor.apposition import name_bodies, role_of, state_roles
from briefing.actor.chain import Chain
from briefing.actor.description import is_person_word
from briefing.actor.entity import Entity
from briefing.actor.focus import Meant
from briefing.actor.names import Names
from briefing.actor.page import Page
from briefing.actor.phrase import LEAST_SURE, RELATIVE, Phrases, ReferenceHow, Resolved
from briefing.actor.pronoun import pronoun_gender
from briefing.actor.vocabulary import POSSESSIVE
from briefing.article import Article, Span
from briefing.attribution.statement import Statement

PLURAL = {"they", "them", "their", "theirs", "themselves"}
FIRST = {"i", "me", "my", "myself"}
THEY_IN_A_ROW = 8  # sources that are looked back over, so that a long row of them takes no longer than it must
PLURAL_GROUP, PLURAL_BODY = 0.8, 0.7  # the chances that "they" mean a group, a body


@dataclass(frozen=True, slots=True)
class Reference:
    """What a mention means.

    Attributes:
        confidence: The chance that it does, 0 to 1.
    """

    actor: Actor
    how: ReferenceHow
    confidence: float


class Cast:
    """The actors of an article.

    Attributes:
        people: Persons, bodies and the sources left unnamed, in order of first mention.
    """

    def __init__(
        self, page: Page, names: Names, chain: Chain, statements: Sequence[Statement], aliases: Aliases
    ) -> None:
        self._page, self._doc, self._names, self._chain = page, page.doc, names, chain
        self._phrases = Phrases(page, names, chain)
        self._statements = statements
        self._sources = sorted({s.source for s in statements if s.source})
        self._actors: dict[int, Actor] = {}
        spoken = [r.entity for s in statements if s.source and (r := self._resolve(s.source))]
        entities = self._cast(spoken)
        spans = _all_spans(entities, chain)
        canonical = aliases.within([e.name for e in entities])
        actors = []
        for group in _groups(entities, canonical):
            actor = _actor(self._doc, group, spans, canonical.get(group[0].name))
            actors.append(actor)
            for entity in group:
                self._actors[id(entity)] = actor
        self.people: tuple[Actor, ...] = tuple(sorted(actors, key=lambda a: a.mentions[0] if a.mentions else (0, 0)))

    def who(self, span: Span) -> Reference | None:
        """Whom a mention means, by its character span; None where the article does not tell."""
        found = self._resolve(span)
        if found is None:
            return None
        actor = self._actors.get(id(found.entity))
        if actor is None:
            actor = self._actors[id(found.entity)] = _actor(self._doc, [found.entity], {}, None)
        return Reference(actor, found.how, round(found.confidence, 3))

    def _cast(self, spoken: Iterable[Entity]) -> list[Entity]:
        """Persons and bodies with a name, and of places, peoples and the unnamed those who speak."""
        told = [e for e in self._names.entities if _is_actor(e)]
        known = {id(e) for e in told}
        for entity in spoken:
            if id(entity) not in known:
                known.add(id(entity))
                told.append(entity)
        return told

    # --- one mention ---

    def _resolve(self, span: Span) -> Resolved | None:
        found = self._doc.char_span(*span, alignment_mode="expand")
        if found is None or not len(found):
            return None
        start, end = _trimmed(self._doc, found.start, found.end)
        if end - start == 1:
            word = self._doc[start].lower_
            if pronoun_gender(word) or word == "it":
                return self._phrases.by_token(start, "pronoun")
            if word in RELATIVE:
                return self._phrases.relative(self._doc[start])
            if word in FIRST:
                return self._first_person(start, span)
            if word == "they":
                return self._they(start)
            if word in PLURAL or word == "its":
                return None
        return self._phrases.meant(start, end)

    def _they(self, i: int) -> Resolved | None:
        """ "They" that speak: the group or body that spoke last, in this sentence or the one before."""
        last = bisect_left(self._sources, (self._doc[i].idx,)) - 1
        for k in range(last, max(-1, last - THEY_IN_A_ROW), -1):
            source = self._doc.char_span(*self._sources[k], alignment_mode="expand")
            if source is None or self._page.quoted[i] != self._page.quoted[source.start]:
                return None
            if self._page.told[i] - self._page.told[source.start] not in (0, 1):
                return None
            if source.text.lower() != "they":
                found = self._phrases.meant(*_trimmed(self._doc, source.start, source.end)) if len(source) > 1 else None
                found = found or self._resolve(self._sources[k])
                return self._as_several(found, source.start, i) if found is not None else None
            i = source.start
        return None

    def _as_several(self, found: Resolved, start: int, end: int) -> Resolved | None:
        """A group, or a body where no others stand between that may be meant."""
        if found.entity.kind == "group":
            return Resolved(found.entity, "pronoun", PLURAL_GROUP)
        first = self._page.sentence_start[start]
        others = any(t.tag_ == "NNS" and is_person_word(t.lemma_.lower()) for t in self._doc[first:end])
        is_body = found.entity.kind == "organisation" and not found.entity.place
        return Resolved(found.entity, "pronoun", PLURAL_BODY) if is_body and not others else None

    def _first_person(self, i: int, span: Span) -> Resolved | None:
        """ "I" inside a quotation: its speaker."""
        at = self._doc[i].idx
        for s in self._statements:
            if (
                s.source
                and s.source != span
                and any(a <= at < b for a, b in s.content)
                and not any(a <= s.source[0] < b for a, b in s.content)
            ):
                found = self._resolve(s.source)
                return Resolved(found.entity, "first person", 0.8 * found.confidence) if found else None
        return None


def cast_of(
    article: Article,
    doc: Doc,
    statements: Sequence[Statement] = (),
    aliases: Aliases | None = None,
) -> Cast:
    """The actors of an article.

    Args:
        statements: What was said, with its sources: earlier speakers are likelier antecedents, and unnamed sources are
            actors only where they speak.
    """
    page = Page(article, doc)
    sources: dict[int, tuple[Span, ...]] = {}
    for s in statements:
        for i in _source_heads(doc, s.source) if s.source else ():
            sources[i] = sources.get(i, ()) + s.content
    names = Names(page, frozenset(sources))
    state_roles(page, names)
    name_bodies(page, names)
    return Cast(page, names, Chain(page, names, sources), statements, aliases or NO_ALIASES)


def _is_actor(entity: Entity) -> bool:
    """Is it one without speaking? A single word that was once taken for a person's name may be anything."""
    if entity.kind == "person" and entity.person:
        return len(entity.person.words) > 1 or len(entity.spans) > 1 or bool(entity.roles)
    return entity.kind == "organisation" and not entity.place


def _source_heads(doc: Doc, source: Span) -> set[int]:
    """The tokens that carry a source mention: its head and what stands in apposition to it."""
    span = doc.char_span(*source, alignment_mode="expand")
    if span is None or not len(span):
        return set()
    head = span[-1] if span[-1].lower_ == "old" else span.root  # "the 16-year-old" is parsed in many ways
    return {head.i} | {c.i for c in head.children if c.dep_ == "appos" and span.start <= c.i < span.end}


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while end - 1 > start and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].lower_ in POSSESSIVE):
        end -= 1
    while start < end - 1 and (doc[start].is_punct or doc[start].is_space):
        start += 1
    return start, end


def _all_spans(entities: list[Entity], chain: Chain) -> dict[int, list[tuple[int, int]]]:
    """Token spans by entity: names, pronouns and descriptions."""
    spans = {id(e): [(start, end) for start, end, _ in e.spans] for e in entities}
    for i, meant in chain.meant.items():
        if id(meant.entity) in spans and _told(meant):
            spans[id(meant.entity)].append((i, i + 1))
    return spans


def _told(meant: Meant) -> bool:
    return meant.confidence >= LEAST_SURE


def _groups(entities: list[Entity], canonical: dict[str, str]) -> list[list[Entity]]:
    groups: dict[object, list[Entity]] = {}
    for e in entities:
        unnamed = id(e) if e.kind == "person" else (e.kind, e.name.lower())
        groups.setdefault(canonical.get(e.name, unnamed), []).append(e)
    return list(groups.values())


def _actor(doc: Doc, group: list[Entity], spans: dict[int, list[tuple[int, int]]], name: str | None) -> Actor:
    found = {span for e in group for span in spans.get(id(e), [(s, t) for s, t, _ in e.spans])}
    mentions = sorted({(doc[s].idx, doc[t - 1].idx + len(doc[t - 1])) for s, t in found})
    name = name or max((e.name for e in group), key=len)
    aliases = dict.fromkeys(
        a for e in group for a in (e.name, *(x for x, n in e.aliases.most_common() if n)) if a != name
    )
    return Actor(
        name=name,
        kind=group[0].kind,
        role=next((r for e in group if (r := role_of(e))), None),
        aliases=tuple(aliases),
        mentions=tuple(mentions),
    )
