"""Who is in an article: its actors, and whom any mention means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from briefing.actor.actor import Actor
from briefing.actor.alias import NO_ALIASES, Aliases
from briefing.actor.apposition import name_bodies, role_of, state_roles
from briefing.actor.chain import Chain
from briefing.actor.confidence import PRONOUN, TITLE, chance
from briefing.actor.description import ANY_BODY_WORD, behind_title, ends_on_another, is_person_word
from briefing.actor.entity import Entity
from briefing.actor.focus import Meant
from briefing.actor.mention import PLURAL_TITLES, POSSESSIVE
from briefing.actor.name import HONORIFICS, can_mean, person_name
from briefing.actor.names import Names
from briefing.actor.page import Page
from briefing.actor.pronoun import pronoun_gender
from briefing.actor.role import is_role, role
from briefing.article import Article, Span
from briefing.attribution.act import DOCUMENTS
from briefing.attribution.statement import Statement

ReferenceHow = Literal[
    "name", "surname", "pronoun", "title", "who", "body", "description", "first person", "carried over"
]

PLURAL = {"they", "them", "their", "theirs", "themselves"}
FIRST = {"i", "me", "my", "myself"}
RELATIVE = {"who", "whom", "whose", "which", "that"}
APPOSED = 6  # tokens behind a mention in which a name may close its apposition
LEAST_SURE = 0.5  # below this whom a pronoun means is not told: a wrong name is worse than none
PREPOSITIONS = {
    "for",
    "in",
    "at",
    "from",
    "with",
    "on",
    "to",
    "near",
    "by",
    "as",
    "of",
    "who",
    "whose",
    "which",
    "that",
}

# The chance that the actor is right, by how the mention means him.
FULL_NAME, SURNAME, APPOSITION, BODY, UNNAMED = 0.99, 0.985, 0.95, 0.9, 0.85
PLURAL_GROUP, PLURAL_BODY = 0.8, 0.7


@dataclass(frozen=True, slots=True)
class Reference:
    """What a mention means.

    Attributes:
        confidence: The chance that it does, 0 to 1.
    """

    actor: Actor
    how: ReferenceHow
    confidence: float


@dataclass(frozen=True, slots=True)
class _Resolved:
    entity: Entity
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
        self._statements = statements
        self._sources = sorted({s.source for s in statements if s.source})
        self._actors: dict[int, Actor] = {}
        self._extra: dict[tuple[int, int], Entity] = {}
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

    def _resolve(self, span: Span) -> _Resolved | None:
        found = self._doc.char_span(*span, alignment_mode="expand")
        if found is None or not len(found):
            return None
        start, end = _trimmed(self._doc, found.start, found.end)
        if end - start == 1:
            word = self._doc[start].lower_
            if pronoun_gender(word):
                return self._meant(start, "pronoun")
            if word in RELATIVE:
                return self._relative(self._doc[start])
            if word in FIRST:
                return self._first_person(start, span)
            if word == "it":
                return self._meant(start, "pronoun")
            if word == "they":
                return self._they(start)
            if word in PLURAL or word == "its":
                return None
        return self._phrase(start, end)

    def _meant(self, i: int, how: ReferenceHow) -> _Resolved | None:
        meant = self._chain.meant.get(i)
        if meant is None:
            return None
        sure = chance(PRONOUN, meant.confidence) if how == "pronoun" else meant.confidence
        return _Resolved(meant.entity, how, sure) if sure >= LEAST_SURE else None

    def _phrase(self, start: int, end: int) -> _Resolved | None:
        """A mention of several words: its name, a name in apposition, a title, a description."""
        doc, at = self._doc, self._names.at
        opening = at.get(start)
        if opening and opening[0].kind == "person" and opening[1] == start and self._is_clause(opening[2], end):
            return _Resolved(opening[0], "name", APPOSITION)
        if doc[start].lower_ == "who" and end - start > 1:
            return self._relative(doc[start])
        core = self._core_end(start, end)
        last = at.get(core - 1)
        root = doc[start:core].root
        if (
            last
            and last[0].kind != "person"
            and root.i < core - 1
            and root.i not in at
            and is_person_word(root.lemma_.lower())
        ):
            last = None  # "the secretary of State"
        persons = [at[i] for i in range(start, end) if i in at and at[i][0].kind == "person"]
        if doc[start].lower_ == "neither":
            return self._description(start, end, "group")
        together = self._joined([p for p in persons if persons[0][1] < core]) or self._share_title(start, persons)
        if together:
            return self._together(start, end, together)
        if self._several(start, core) and len({id(p[0]) for p in persons if p[1] < core}) != 1:
            both = self._in_apposition(start, core, end) if self._is_one(start, core) else None
            return _Resolved(both, "name", APPOSITION) if both else self._description(start, end, "group")
        last = last or self._name_at_end(start, end) or at.get(behind_title(doc, start, core))
        if last and last[0].kind == "person":
            full = last[0].person is not None and len(doc[last[1] : last[2]]) > 1
            return _Resolved(last[0], "name" if full else "surname", FULL_NAME if full else SURNAME)
        if (
            core == end < len(doc)
            and end in at
            and at[end][0].kind == "person"
            and doc[start].text[0].isupper()
            and is_person_word(doc[end - 1].lemma_.lower())
        ):
            return _Resolved(at[end][0], "name", APPOSITION)
        is_document = root.lemma_.lower() in DOCUMENTS  # "a filing by the owner, Orrin"
        named = None if is_document else self._in_apposition(start, core, end)
        if named:
            return _Resolved(named, "name", APPOSITION)
        body = self._body_behind(core, end)
        if body:
            return _Resolved(body, "body", APPOSITION)
        if last and (last[0].kind != "person"):
            return _Resolved(last[0], "body", BODY)
        head = doc[core - 1]
        meant = self._chain.meant.get(head.i)
        if meant and head.tag_ in ("NN", "NNP", "JJ"):
            if meant.entity.kind == "person":
                return _Resolved(meant.entity, "title", chance(TITLE, meant.confidence))
            if meant.entity.kind == "organisation":
                return _Resolved(meant.entity, "body", meant.confidence)
            return _Resolved(meant.entity, "description", UNNAMED)
        chunk = doc[start:core]
        if head.tag_ in ("NN", "NNP") and head.lemma_.lower() not in POSSESSIVE:
            title = self._chain.titles.meant(chunk)
            if title:
                return _Resolved(title.entity, "title", chance(TITLE, title.confidence))
        return self._description(start, end, "group" if head.tag_ in ("NNS", "NNPS") else "unnamed")

    def _core_end(self, start: int, end: int) -> int:
        """Where the mention's core ends: at a comma, a preposition or a relative clause."""
        doc, at = self._doc, self._names.at
        for i in range(start + 1, end):
            if i in at and at[i][1] < i:
                continue
            token = doc[i]
            if token.dep_ == "acl" and start <= token.head.i < i and i not in at:
                return i  # "a lawyer representing Field"
            if (token.is_punct and token.text in (",", ";", "(", ":", "—", "–")) or (
                token.lower_ in PREPOSITIONS
                and not (
                    token.lower_ == "of"
                    and doc[i + 1 : i + 2].text.lower() in ("state", "defense", "defence", "staff")
                )
            ):
                return i
        return end

    def _is_clause(self, start: int, end: int) -> bool:
        """Does a mention run on behind its name ("Field avoids", "Field himself", a headline's verb)?"""
        if start >= end:
            return False
        token = self._doc[start]
        runs_on = (
            token.pos_ in ("VERB", "AUX")
            or token.lower_ in ("himself", "herself", "the")
            or token.ent_type_ in ("DATE", "TIME")
        )
        return runs_on or (self._page.headline[start] and token.text[0].isupper())

    def _several(self, start: int, end: int) -> bool:
        return any(self._doc[i].lower_ in ("and", "or", "nor") and i not in self._names.at for i in range(start, end))

    def _is_one(self, start: int, end: int) -> bool:
        """ "The founder and director": two callings of one, with one article and nothing in the plural?"""
        articles = sum(token.dep_ == "det" for token in self._doc[start:end])
        return articles == 1 and not any(token.tag_ in ("NNS", "NNPS") for token in self._doc[end - 1 : end])

    def _joined(self, persons: list[tuple[Entity, int, int]]) -> list[Entity]:
        """ "Ann Field of Ohio and Tom Lee of Utah": the mention's persons that the syntax puts side by side."""
        if not persons:
            return []
        joined, beside = [persons[0][0]], [self._doc[persons[0][2] - 1]]
        for entity, _, end in persons:
            token = self._doc[end - 1]
            if entity not in joined and token.dep_ == "conj" and token.head in beside:
                joined.append(entity)
                beside.append(token)
        return joined if len(joined) > 1 else []

    def _share_title(self, start: int, persons: list[tuple[Entity, int, int]]) -> list[Entity]:
        """ "Sens. Ann Field of Ohio and Lee": several persons behind a title in the plural."""
        title = self._doc[start : persons[0][1]].text.lower() if persons else ""
        plural = any(word in PLURAL_TITLES or (word[-1] == "s" and is_role(word[:-1])) for word in title.split())
        together = list({id(entity): entity for entity, _, _ in persons}.values())
        return together if plural and len(together) > 1 else []

    def _together(self, start: int, end: int, persons: list[Entity]) -> _Resolved:
        """The group of persons who speak together, called by all their names wherever they do."""
        *others, last = (person.name for person in persons)
        name = f"{', '.join(others)} and {last}"
        if (start, end) not in self._extra:
            self._extra[start, end] = Entity(name, "group", spans=[(start, end, "description")])
        return _Resolved(self._extra[start, end], "description", UNNAMED)

    def _in_apposition(self, start: int, core: int, end: int) -> Entity | None:
        """ "the prime minister, Maria Holm": the name after the comma."""
        doc, at = self._doc, self._names.at
        reach = min(len(doc), end + APPOSED)
        comma = next((i for i in range(core, min(len(doc), end + 1)) if doc[i].text == ","), None)
        if comma is None or self._page.sentence[comma] != self._page.sentence[start]:
            return None
        if ends_on_another(doc[core:comma]):
            return None
        first = next((i for i in range(comma + 1, reach) if not _is_titled(doc[i])), comma)
        if first in at and at[first][0].kind == "person" and doc[core - 1].tag_ in ("NN", "NNP"):
            closed = at[first][2] == end or doc[at[first][2] : at[first][2] + 1].text in (",", ".", "")
            return at[first][0] if closed or is_person_word(doc[core - 1].lemma_.lower()) else None
        tail = at.get(next((i for i in range(comma + 1, end) if doc[i].text == ","), end) - 1)
        return tail[0] if tail and tail[0].kind == "person" and tail[1] - comma <= APPOSED else None

    def _name_at_end(self, start: int, end: int) -> tuple[Entity, int, int] | None:
        """ "Man of the match Terry": a person's name that is no part of the phrase, or stands by its head."""
        doc, here = self._doc, self._names.at.get(end - 1)
        if here is None or here[0].kind != "person" or doc[here[1] - 1].text == ",":
            return None
        name = doc[end - 1]
        beside = name.dep_ == "appos" and name.head == doc[start:end].root
        return here if beside or not start <= name.head.i < end else None

    def _body_behind(self, core: int, end: int) -> Entity | None:
        """ "the opposition party, the Popular Brotherhood": the name behind a word for a body and a comma."""
        doc = self._doc
        if end - core < 2 or doc[core].text != "," or doc[core - 1].lemma_.lower() not in ANY_BODY_WORD:
            return None
        here = self._names.at.get(core + 1 + (doc[core + 1].lower_ == "the"))
        return here[0] if here and here[0].kind == "organisation" and here[2] <= end else None

    def _description(self, start: int, end: int, kind: Literal["group", "unnamed"]) -> _Resolved | None:
        """A source without a name, by its words."""
        doc = self._doc
        if not any(t.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") for t in doc[start:end]):
            return None
        stop = next(
            (
                i
                for i in range(start + 1, end)
                if doc[i].text in (",", ";", "(", "—") or doc[i].lower_ in ("who", "which", "that")
            ),
            end,
        )
        first = start + (doc[start].lower_ in ("a", "an", "the") and stop - start > 1)
        text = " ".join(doc[first:stop].text.split())
        if not any(c.isalpha() for c in text):
            return None
        if (start, end) not in self._extra:
            body = kind == "unnamed" and doc[self._core_end(start, stop) - 1].lemma_.lower() in ANY_BODY_WORD
            self._extra[start, end] = Entity(
                text, "organisation" if body else kind, spans=[(start, end, "description")]
            )
        return _Resolved(self._extra[start, end], "description", UNNAMED)

    def _relative(self, token: Token) -> _Resolved | None:
        """ "who": the name just before it, else what its clause belongs to."""
        doc, at = self._doc, self._names.at
        i = token.i - 1
        while i > 0 and doc[i].text in (",", ")", "—", "–", "-"):
            i -= 1
        if doc[i].dep_ == "pobj" and doc[i].head.lower_ == "of" and doc[i].head.head.i in self._chain.meant:
            return self._meant(doc[i].head.head.i, "who")  # "a cousin of Field, who": the cousin
        if i in at and (at[i][0].kind == "person" or token.lower_ in ("which", "that")):
            return _Resolved(at[i][0], "who", APPOSITION)
        verb = token.head.head if token.dep_ == "poss" else token.head
        for _ in range(4):
            if verb.dep_ not in ("xcomp", "ccomp", "conj", "aux", "auxpass"):
                break
            verb = verb.head
        head = (
            verb.head
            if verb.dep_ == "relcl" and verb.head.i < token.i and token.i - verb.head.i <= 25
            else doc[max(i, 0)]
        )
        near = [
            head,
            *([head.head] if head.dep_ == "appos" else []),
            *(c for c in head.children if c.dep_ == "appos" and c.i < token.i),
        ]
        for noun in near:
            if noun.i in at:
                return _Resolved(at[noun.i][0], "who", 0.85)
            if noun.i in self._chain.meant:
                return self._meant(noun.i, "who")
        if head.pos_ in ("NOUN", "PROPN"):
            return self._phrase(head.left_edge.i, head.i + 1)
        return None

    def _they(self, i: int) -> _Resolved | None:
        """ "They" that speak: the group or body that spoke last, in this sentence or the one before."""
        k = bisect_left(self._sources, (self._doc[i].idx,)) - 1
        while k >= 0:
            source = self._doc.char_span(*self._sources[k], alignment_mode="expand")
            if source is None or self._page.quoted[i] != self._page.quoted[source.start]:
                return None
            if self._page.told[i] - self._page.told[source.start] not in (0, 1):
                return None
            if source.text.lower() != "they":
                found = self._phrase(*_trimmed(self._doc, source.start, source.end)) if len(source) > 1 else None
                found = found or self._resolve(self._sources[k])
                return self._as_several(found, source.start, i) if found is not None else None
            i, k = source.start, k - 1
        return None

    def _as_several(self, found: _Resolved, start: int, end: int) -> _Resolved | None:
        """A group, or a body where no others stand between that may be meant."""
        if found.entity.kind == "group":
            return _Resolved(found.entity, "pronoun", PLURAL_GROUP)
        first = self._page.sentence_start[start]
        others = any(t.tag_ == "NNS" and is_person_word(t.lemma_.lower()) for t in self._doc[first:end])
        is_body = found.entity.kind == "organisation" and not found.entity.place
        return _Resolved(found.entity, "pronoun", PLURAL_BODY) if is_body and not others else None

    def _first_person(self, i: int, span: Span) -> _Resolved | None:
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
                return _Resolved(found.entity, "first person", 0.8 * found.confidence) if found else None
        return None


def cast_of(
    article: Article,
    doc: Doc,
    statements: Sequence[Statement] = (),
    aliases: Aliases | None = None,
    elsewhere: Sequence[Actor] = (),
) -> Cast:
    """The actors of an article.

    Args:
        statements: What was said, with its sources: earlier speakers are likelier antecedents, and unnamed sources are
            actors only where they speak.
        elsewhere: Actors of the story's other articles: their roles name a title that this article leaves unexplained.
    """
    page = Page(article, doc)
    sources: dict[int, tuple[Span, ...]] = {}
    for s in statements:
        for i in _source_heads(doc, s.source) if s.source else ():
            sources[i] = sources.get(i, ()) + s.content
    names = Names(page, frozenset(sources))
    state_roles(page, names)
    name_bodies(page, names)
    absent = _absent(names, elsewhere)
    return Cast(page, names, Chain(page, names, sources, absent), statements, aliases or NO_ALIASES)


def _absent(names: Names, elsewhere: Sequence[Actor]) -> list[Entity]:
    """The other articles' persons with a role whom this article does not name."""
    here = [e.person for e in names.people() if e.person]
    absent = []
    for actor in elsewhere:
        name, found = person_name(actor.name), role(actor.role) if actor.role else None
        if actor.kind == "person" and name and found and not any(p == name or can_mean(p, name) for p in here):
            absent.append(Entity(actor.name, "person", name, roles=[found]))
    return absent


def _is_actor(entity: Entity) -> bool:
    """Is it one without speaking? A single word that was once taken for a person's name may be anything."""
    if entity.kind == "person" and entity.person:
        return len(entity.person.words) > 1 or len(entity.spans) > 1 or bool(entity.roles)
    return entity.kind == "organisation" and not entity.place


def _is_titled(token: Token) -> bool:
    return token.lower_.rstrip(".") in HONORIFICS or is_role(token.lower_)


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
