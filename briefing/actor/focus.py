"""What has been read of an article so far: who stood where, who spoke, and how mentions stand in their sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict, deque
from dataclasses import dataclass

from spacy.tokens import Token

from briefing.actor.entity import Entity, How
from briefing.actor.names import Names
from briefing.actor.page import Page

Mention = tuple[int, How]
"""The token that carries it, and how it means the actor."""

Candidate = tuple[Entity, list[Mention]]
"""An actor, and the mentions of his that count."""

REACH = 12  # told sentences back that a pronoun looks
REMEMBERED = 6  # mentions of one actor that are kept
CROWD = 40  # actors that are kept in mind
ASIDES = {"—", "–", "--", "("}
SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a pronoun or a description means."""

    entity: Entity
    how: How
    confidence: float


class Focus:
    """Whom the article has spoken of, up to where it has been read.

    Attributes:
        speaking: Tokens of statements' sources, in order.
        said: By token: is it in the words of a statement?
        people: The article's persons, in order of their names.
        seen: Actors by identity with their last mentions; whoever was mentioned last stands last.
        last_speaker: Who spoke last outside quotations.
        last_pronoun: By gender (1, -1), whom the last told "he" or "she" meant, and its token.
        nominals: Who was last described by a noun and left without a name.
        introduced: Nouns of those who came as "a pollster", so that "the pollster" means them.
    """

    def __init__(self, page: Page, names: Names, sources: dict[int, tuple[tuple[int, int], ...]]) -> None:
        """Nothing read yet.

        Args:
            sources: By token of a statement's source, the statement's content as character spans.
        """
        self.page, self.doc, self.names, self.sources = page, page.doc, names, sources
        self.speaking = sorted(sources)
        self.said = _said(page, sources)
        self._speaker = _speakers(page, sources)
        self.people = names.people()
        self.seen: OrderedDict[int, tuple[Entity, deque[Mention]]] = OrderedDict()
        self.last_speaker: Entity | None = None
        self.last_pronoun: dict[int, tuple[Entity, int]] = {}
        self.nominals: dict[str, Entity] = {}
        self.introduced: set[str] = set()

    def see(self, entity: Entity, i: int, how: How) -> None:
        """Keep a mention at a token."""
        key = id(entity)
        if key not in self.seen:
            self.seen[key] = (entity, deque(maxlen=REMEMBERED))
            if len(self.seen) > CROWD:
                self.seen.popitem(last=False)
        self.seen[key][1].append((i, how))
        self.seen.move_to_end(key)
        if i in self.sources and entity.kind in ("person", "unnamed") and not self.page.quoted[i]:
            self.last_speaker = entity

    def distance(self, i: int, j: int) -> int:
        """Sentences from token j to token i: told ones, and where i is quoted all."""
        numbers = self.page.sentence if self.page.quoted[i] else self.page.told
        return numbers[i] - numbers[j]

    def is_person(self, i: int) -> bool:
        here = self.names.at.get(i)
        return here is not None and here[0].kind == "person"

    def is_subject(self, i: int) -> bool:
        token = self.last_token(i)
        return token.dep_ in SUBJECTS or (token.dep_ in ("compound", "flat", "appos") and token.head.dep_ in SUBJECTS)

    def is_topical(self, j: int, i: int) -> bool:
        """Is mention j a subject, or did a sentence before token i open with it ("For Field, the vote")?"""
        return self.is_subject(j) or (self._is_fronted(j) and self.page.sentence[j] < self.page.sentence[i])

    def _is_fronted(self, i: int) -> bool:
        preposition = self.last_token(i).head
        return preposition.dep_ == "prep" and preposition.i - self.page.sentence_start[i] < 2

    def is_main_subject(self, i: int) -> bool:
        token = self.last_token(i)
        return token.dep_ in SUBJECTS and token.head.dep_ == "ROOT"

    def is_topic(self, i: int) -> bool:
        """Is the mention a subject, or what a "be" says of one ("Her successor will be Omar Field")?"""
        token = self.last_token(i)
        if token.head.dep_ in ("relcl", "acl") or (token.head.dep_ == "ccomp" and not self._is_rumour(token.head)):
            return False
        return self.is_subject(i) or (token.dep_ == "attr" and token.head.lemma_ == "be")

    def _is_rumour(self, verb: Token) -> bool:
        """ "Reports said that Field was": is it no person, but a common noun, that says the clause?"""
        return any(c.dep_ in SUBJECTS and c.pos_ == "NOUN" for c in verb.head.children)

    def last_token(self, i: int) -> Token:
        """The token that stands for a mention in the syntax."""
        here = self.names.at.get(i)
        last = self.doc[here[2] - 1] if here else self.doc[i]
        coordinated = here is not None and last.dep_ == "conj" and here[1] <= last.head.i
        return last.head if coordinated else last  # "the Ethics and Standards Board"

    def is_told_topic(self, i: int, mentions: list[Mention]) -> bool:
        """Is a mention the topic of the sentence before the token, outside reported words?"""
        return any(
            self.distance(i, j) in (0, 1) and self.is_topic(j) and not self.said[j] and not self.page.quoted[j]
            for j, _ in mentions
        )

    def is_topic_before(self, i: int, entity: Entity, mentions: list[Mention]) -> bool:
        """Is the sentence before about the actor, about nobody else, and the token's own sentence not about him yet?"""
        if self.distance(i, mentions[-1][0]) < 1 or not self.is_told_topic(i, mentions):
            return False
        others = [
            m
            for other, m in self.seen.values()
            if other is not entity
            and other.kind in ("person", "unnamed")
            and self.page.quoted[i] >= self.page.quoted[m[-1][0]]
        ]
        return not any(self.distance(i, m[-1][0]) == 0 or self.is_told_topic(i, list(m)) for m in others)

    def owns(self, mention: Mention) -> bool:
        """Is it a "his" or "her", which says little of whom the sentence is about?"""
        return mention[1] == "pronoun" and self.doc[mention[0]].dep_ == "poss"

    def leads(self, i: int, j: int) -> bool:
        """Is a mention the subject of the pronoun's sentence, or of the clause up to its colon?"""
        if self.distance(i, j) != 0 or self.said[j] or self.page.quoted[j]:
            return False
        return self.is_main_subject(j) or (self.is_subject(j) and any(t.text == ":" for t in self.doc[j:i]))

    def opens(self, i: int, j: int) -> bool:
        """ "When Field rose, he": does the pronoun's verb carry the clause whose subject the mention is?"""
        pronoun, verb = self.doc[i], self.last_token(j).head
        subjects = pronoun.dep_ in SUBJECTS and self.last_token(j).dep_ in SUBJECTS
        return subjects and verb.dep_ == "advcl" and verb.head == pronoun.head and verb.i < i

    def aside_about(self, i: int, j: int) -> bool:
        """ "Field — he is the owner's nephew — said": does a name stand before the dash or bracket before a pronoun?"""
        return self.doc[i - 1].text in ASIDES and self.last_token(j).i == i - 2

    def authors(self, i: int) -> set[int]:
        """ "A speech by Field in which he": who is told to be behind what the pronoun's relative clause is about."""
        clause, before = self.doc[i].head, self.doc[i - 1]
        if clause.dep_ != "relcl" or self.doc[i].dep_ not in SUBJECTS or before.lower_ not in ("which", "where"):
            return set()
        noun = clause.head
        while noun.dep_ == "pobj" and noun.head.dep_ == "prep":  # "a speech by Field in Marden, in which"
            noun = noun.head.head
        owners = {child.i for child in noun.children if child.dep_ == "poss"}
        by = (token for token in noun.subtree if token.lower_ in ("by", "from") and token.i < clause.i)
        return owners | {child.i for preposition in by for child in preposition.children if child.dep_ == "pobj"}

    def foremost(self, mentions: list[Mention]) -> int:
        """The last mention; a subject before it in its sentence goes before a "his"."""
        last = mentions[-1][0]
        if self.doc[last].dep_ != "poss":
            return last
        here = [k for k, _ in mentions if self.page.sentence[k] == self.page.sentence[last] and self.is_subject(k)]
        return here[-1] if here else last

    def candidates(self, i: int, sign: int) -> list[Candidate]:
        """Actors in reach with their mentions before the token that count, nearest first."""
        speaker, others = self._speaker.get(i), self._cannot_be(i)
        found = []
        for entity, mentions in reversed(self.seen.values()):
            if entity.kind not in ("person", "unnamed") or not entity.can_be(sign) or entity in others:
                continue
            here = [m for m in mentions if self.page.entry[m[0]] == self.page.entry[i]]
            counted = self._counted(i, here)
            if counted and not any(j == speaker for j, _ in here) and not self._bound(i, counted[-1][0]):
                found.append((entity, counted))
        return sorted(found, key=lambda pair: -pair[1][-1][0])

    def _counted(self, i: int, mentions: list[Mention]) -> list[Mention]:
        """The mentions that can be what the token stands for; none where the last is out of reach."""
        own = self.sources.get(i, ())
        counted = [m for m in mentions if m[0] < i and not self._inside(m[0], own)]
        if not self.page.quoted[i]:
            counted = [m for m in counted if not self.page.quoted[m[0]]] or counted
        only_modifies = all(self._modifies(j) for j, _ in counted)
        return [] if only_modifies or self.distance(i, counted[-1][0]) > REACH else counted

    def _cannot_be(self, i: int) -> list[Entity]:
        """Whom a pronoun does not mean: whom the clauses under it name, and who is "I" in the words around it."""
        here = self.names.at.get(self._speaker.get(i, -1))
        return self._named_by(i) + ([here[0]] if here else [])

    def _named_by(self, i: int) -> list[Entity]:
        """ "He said Field would go": whom the clauses under a pronoun's verb name is not the pronoun's owner."""
        token = self.doc[i]
        if token.dep_ not in SUBJECTS or token.pos_ != "PRON":
            return []
        clauses = [child for child in token.head.children if child.dep_ in ("ccomp", "xcomp") and child.i > i]
        names = (self.names.at.get(t.i) for clause in clauses for t in clause.subtree if not self.page.quoted[t.i])
        return [here[0] for here in names if here is not None and here[1] > i]

    def told_by(self, i: int) -> set[int]:
        """ "Field is living abroad, he said": subjects of what the pronoun's owner says, who is hardly one of them."""
        token = self.doc[i]
        if token.dep_ not in SUBJECTS or token.pos_ != "PRON":
            return set()
        spans = (self.doc.char_span(*content, alignment_mode="contract") for content in self.sources.get(i, ()))
        subjects = (t.i for span in spans if span is not None for t in span if t.dep_ in SUBJECTS and t.head in span)
        return {j for j in subjects if j < i and not self.page.quoted[j]}

    def _modifies(self, j: int) -> bool:
        """ "Whose Chromium code": does a name only tell what kind of thing a common noun means?"""
        name = self.last_token(j)
        return name.dep_ == "compound" and name.head.pos_ == "NOUN" and name.head.i > name.i

    def _inside(self, i: int, content: tuple[tuple[int, int], ...]) -> bool:
        """Is the token quoted in the words that the pronoun's owner says?"""
        at = self.doc[i].idx
        return self.page.quoted[i] and any(start <= at < end for start, end in content)

    def _bound(self, i: int, j: int) -> bool:
        """Subject and object of one verb are two persons ("Field met him")."""
        pronoun, other = self.doc[i], self.doc[j]
        if pronoun.dep_ not in ("dobj", "pobj", "dative") or pronoun.lower_.endswith("self") or other.dep_ != "nsubj":
            return False
        return pronoun.head == other.head or (pronoun.dep_ == "pobj" and pronoun.head.head == other.head)


def _said(page: Page, sources: dict[int, tuple[tuple[int, int], ...]]) -> list[bool]:
    """By token: is it in the words of a statement?"""
    inside = bytearray(len(page.text) + 1)
    for content in sources.values():
        for start, end in content:
            inside[start:end] = b"\1" * (end - start)
    return [bool(inside[token.idx]) for token in page.doc]


def _speakers(page: Page, sources: dict[int, tuple[tuple[int, int], ...]]) -> dict[int, int]:
    """By token in quotation marks: the token of the source, who speaks of himself as "I" there and not as "he"."""
    starts = [token.idx for token in page.doc]
    return {
        i: source
        for source, content in sources.items()
        for start, end in content
        for i in range(bisect_left(starts, start), bisect_left(starts, end))
        if page.quoted[i]
    }
