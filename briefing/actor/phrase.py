"""Whom a mention of several words means: its name, a name in apposition, persons together, a title, a description."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from spacy.tokens import Token

from briefing.actor.chain import Chain
from briefing.actor.confidence import PRONOUN, TITLE, chance
from briefing.actor.description import ANY_BODY_WORD, behind_title, ends_on_another, is_person_word
from briefing.actor.entity import Entity
from briefing.actor.name import HONORIFICS
from briefing.actor.names import Names
from briefing.actor.page import Page
from briefing.actor.role import is_role
from briefing.actor.vocabulary import PLURAL_TITLES, POSSESSIVE, SPEAKING
from briefing.attribution.act import DOCUMENTS

ReferenceHow = Literal[
    "name", "surname", "pronoun", "title", "who", "body", "description", "first person", "carried over"
]

Named = tuple[Entity, int, int]
"""An actor with the tokens [start, end) of one of its names."""

APPOSED = 6  # tokens behind a mention in which a name may close its apposition
LEAST_SURE = 0.5  # below this whom a pronoun means is not told: a wrong name is worse than none
JOINING = {"and", "or", "nor"}
RELATIVE = {"who", "whom", "whose", "which", "that"}
PREPOSITIONS = set("for in at from with on to near by as of who whose which that".split())
OFFICES = {"state", "defense", "defence", "staff"}  # "secretary of state" is not cut at its preposition

# The chance that the actor is right, by how the mention means him.
FULL_NAME, SURNAME, APPOSITION, BODY, UNNAMED = 0.99, 0.985, 0.95, 0.9, 0.85


@dataclass(frozen=True, slots=True)
class Resolved:
    """The actor that a mention means, how it means him, and the chance that it does."""

    entity: Entity
    how: ReferenceHow
    confidence: float


class Phrases:
    """Resolves an article's noun phrases; those without a name become actors of their own."""

    def __init__(self, page: Page, names: Names, chain: Chain) -> None:
        self._page, self._doc, self._names, self._chain = page, page.doc, names, chain
        self._unnamed: dict[tuple[int, int], Entity] = {}

    def meant(self, start: int, end: int) -> Resolved | None:
        """Whom the tokens [start, end) mean."""
        if self._doc[start].lower_ == "who" and end - start > 1:
            return self.relative(self._doc[start])
        core = self._core_end(start, end)
        several = self._leading_name(start, end) or self._several(start, core, end)
        return several or self._named(start, core, end) or self._described(start, core, end)

    def by_token(self, i: int, how: ReferenceHow) -> Resolved | None:
        """Whom the article's reading has taken the word at a token for."""
        meant = self._chain.meant.get(i)
        if meant is None:
            return None
        sure = chance(PRONOUN, meant.confidence) if how == "pronoun" else meant.confidence
        return Resolved(meant.entity, how, sure) if sure >= LEAST_SURE else None

    def relative(self, token: Token) -> Resolved | None:
        """ "who": the name just before it, else what its clause belongs to."""
        doc, at = self._doc, self._names.at
        i = token.i - 1
        while i > 0 and doc[i].text in (",", ")", "—", "–", "-"):
            i -= 1
        if doc[i].dep_ == "pobj" and doc[i].head.lower_ == "of" and doc[i].head.head.i in self._chain.meant:
            return self.by_token(doc[i].head.head.i, "who")  # "a cousin of Field, who": the cousin
        owner = at.get(doc[i].head.head.i) if doc[i].dep_ == "pobj" and doc[i].head.lower_ == "of" else None
        if owner and owner[0].kind == "person":
            return Resolved(owner[0], "who", APPOSITION)  # "Field of the Keel Party, who": Field
        if i in at and (at[i][0].kind == "person" or token.lower_ in ("which", "that")):
            return Resolved(at[i][0], "who", APPOSITION)
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
                return Resolved(at[noun.i][0], "who", 0.85)
            if noun.i in self._chain.meant:
                return self.by_token(noun.i, "who")
        if head.pos_ in ("NOUN", "PROPN"):
            return self.meant(head.left_edge.i, head.i + 1)
        return None

    # --- several persons, or one of several callings ---

    def _several(self, start: int, core: int, end: int) -> Resolved | None:
        """ "Field and Lee", "the founder and director, Ana Field"; None for a mention of one."""
        doc, at = self._doc, self._names.at
        persons = [at[i] for i in range(start, end) if i in at and at[i][0].kind == "person"]
        if doc[start].lower_ == "neither":
            return self._description(start, end, "group")
        together = self._joined([p for p in persons if persons[0][1] < core]) or self._share_title(start, persons)
        if together:
            return self._together(start, end, together)
        conjoined = any(doc[i].lower_ in JOINING and i not in at for i in range(start, core))
        if conjoined and len({id(entity) for entity, first, _ in persons if first < core}) != 1:
            one = self._in_apposition(start, core, end) if self._is_one(start, core) else None
            return Resolved(one, "name", APPOSITION) if one else self._description(start, end, "group")
        return None

    def _is_one(self, start: int, end: int) -> bool:
        """ "The founder and director": two callings of one, with an article at most and nothing in the plural?"""
        articles = sum(token.tag_ in ("DT", "PRP$") for token in self._doc[start:end])
        return articles < 2 and not any(token.tag_ in ("NNS", "NNPS") for token in self._doc[end - 1 : end])

    def _joined(self, persons: list[Named]) -> list[Entity]:
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

    def _share_title(self, start: int, persons: list[Named]) -> list[Entity]:
        """ "Sens. Ann Field of Ohio and Lee": several persons behind a title in the plural."""
        title = self._doc[start : persons[0][1]].text.lower() if persons else ""
        plural = any(word in PLURAL_TITLES or (word[-1] == "s" and is_role(word[:-1])) for word in title.split())
        together = list({id(entity): entity for entity, _, _ in persons}.values())
        return together if plural and len(together) > 1 else []

    def _together(self, start: int, end: int, persons: list[Entity]) -> Resolved:
        """The group of persons who speak together, called by all their names wherever they do."""
        *others, last = (person.name for person in persons)
        name = f"{', '.join(others)} and {last}"
        if (start, end) not in self._unnamed:
            self._unnamed[start, end] = Entity(name, "group", spans=[(start, end, "description")])
        return Resolved(self._unnamed[start, end], "description", UNNAMED)

    # --- a name ---

    def _leading_name(self, start: int, end: int) -> Resolved | None:
        """A name that a mention opens with and runs on behind ("Field avoids")."""
        here = self._names.at.get(start)
        if here is None or here[0].kind != "person" or here[1] != start or not self._is_clause(here[2], end):
            return None
        return Resolved(here[0], "name", APPOSITION)

    def _named(self, start: int, core: int, end: int) -> Resolved | None:
        """By the name in its core, else by one in apposition."""
        doc, at = self._doc, self._names.at
        last = self._last_name(start, core)
        person = last or self._name_at_end(start, end) or at.get(behind_title(doc, start, core))
        if person and person[0].kind == "person":
            full = person[0].person is not None and len(doc[person[1] : person[2]]) > 1
            return Resolved(person[0], "name" if full else "surname", FULL_NAME if full else SURNAME)
        beside = self._name_right_behind(start, core, end) or self._name_after_comma(start, core, end)
        if beside:
            return Resolved(beside, "name", APPOSITION)
        body = self._body_behind(core, end)
        if body:
            return Resolved(body, "body", APPOSITION)
        return Resolved(last[0], "body", BODY) if last else None

    def _last_name(self, start: int, core: int) -> Named | None:
        """The name that ends the core, unless it is only part of a calling ("the secretary of State")."""
        doc, end = self._doc, core
        if doc[core - 1].text == ")":  # "Kuo Chih-wei (郭志偉), who"
            end = next((i for i in range(core - 1, start, -1) if doc[i].text == "("), core)
        last, root = self._names.at.get(end - 1), doc[start:end].root
        calling = root.i < end - 1 and root.i not in self._names.at and is_person_word(root.lemma_.lower())
        return None if last and last[0].kind != "person" and calling else last

    def _name_right_behind(self, start: int, core: int, end: int) -> Entity | None:
        """ "Harbour spokeswoman | Ana Field": the name on which a mention stops short."""
        here = self._names.at.get(end) if core == end else None
        calls = self._doc[start].text[0].isupper() and is_person_word(self._doc[end - 1].lemma_.lower())
        return here[0] if here and here[0].kind == "person" and calls else None

    def _name_after_comma(self, start: int, core: int, end: int) -> Entity | None:
        """A name in apposition; a document's is its owner's ("a filing by the owner, Orrin")."""
        is_document = self._doc[start:core].root.lemma_.lower() in DOCUMENTS
        return None if is_document else self._in_apposition(start, core, end)

    def _is_clause(self, start: int, end: int) -> bool:
        """Does a mention run on behind its name ("Field avoids", "Field himself", a headline's verb)?"""
        if start >= end:
            return False
        token = self._doc[start]
        runs_on = (
            (token.pos_ in ("VERB", "AUX") and token.tag_ != "VBG")  # "Orrin managing partner Ana Field"
            or token.lower_ in ("himself", "herself", "the")
            or token.ent_type_ in ("DATE", "TIME")
        )
        return runs_on or (self._page.headline[start] and token.text[0].isupper())

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
        if doc[comma + 1 : comma + 2].text.lower() in RELATIVE:
            return None  # ", who represents Annan"
        tail = at.get(next((i for i in range(comma + 1, end) if doc[i].text == ","), end) - 1)
        return tail[0] if tail and tail[0].kind == "person" and 0 < tail[1] - comma <= APPOSED else None

    def _name_at_end(self, start: int, end: int) -> Named | None:
        """ "Man of the match Terry": a person's name that is no part of the phrase, or stands by its head."""
        doc, here = self._doc, self._names.at.get(end - 1)
        if here is None or here[0].kind != "person" or doc[here[1] - 1].text == "," or self._is_spoken_for(start, end):
            return None
        name = doc[end - 1]
        beside = name.dep_ == "appos" and name.head == doc[start:end].root
        return here if beside or not start <= name.head.i < end or self._is_title_of(start, here[1]) else None

    def _is_title_of(self, start: int, name: int) -> bool:
        """ "Member of Parliament | Rishi Field": a role in capitals with its place straight before the name?"""
        first, last = self._doc[start], self._doc[name - 1]
        titled = first.text.istitle() and first.pos_ != "DET" and is_role(first.lower_)
        return titled and last.pos_ == "PROPN" and last.text.istitle() and name - start > 2

    def _is_spoken_for(self, start: int, end: int) -> bool:
        """ "A spokesperson for the producer Orrin Foods", "the baker, from Marden": a name that is not the source's."""
        doc, name = self._doc, self._names.at[end - 1]
        behind = doc[name[1] - 1]
        speaks_for = any(a.lower_ in SPEAKING and b.lower_ == "for" for a, b in pairwise(doc[start : name[1]]))
        return speaks_for or (start < behind.i and behind.pos_ == "ADP")

    def _body_behind(self, core: int, end: int) -> Entity | None:
        """ "the opposition party, the Popular Brotherhood": the name behind a word for a body and a comma."""
        doc = self._doc
        if end - core < 2 or doc[core].text != "," or doc[core - 1].lemma_.lower() not in ANY_BODY_WORD:
            return None
        here = self._names.at.get(core + 1 + (doc[core + 1].lower_ == "the"))
        return here[0] if here and here[0].kind == "organisation" and here[2] <= end else None

    # --- a description ---

    def _described(self, start: int, core: int, end: int) -> Resolved | None:
        """By what the article's reading has taken the head for, by a title, else by its words alone."""
        head = self._doc[core - 1]
        meant = self._chain.meant.get(head.i)
        if meant and head.tag_ in ("NN", "NNP", "JJ"):
            if meant.entity.kind == "person":
                return Resolved(meant.entity, "title", chance(TITLE, meant.confidence))
            if meant.entity.kind == "organisation":
                return Resolved(meant.entity, "body", meant.confidence)
            return Resolved(meant.entity, "description", UNNAMED)
        if head.tag_ in ("NN", "NNP") and head.lemma_.lower() not in POSSESSIVE:
            title = self._chain.titles.meant(self._doc[start:core])
            if title:
                return Resolved(title.entity, "title", chance(TITLE, title.confidence))
        return self._description(start, end, "group" if head.tag_ in ("NNS", "NNPS") else "unnamed")

    def _description(self, start: int, end: int, kind: Literal["group", "unnamed"]) -> Resolved | None:
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
        if (start, end) not in self._unnamed:
            body = kind == "unnamed" and doc[self._core_end(start, stop) - 1].lemma_.lower() in ANY_BODY_WORD
            self._unnamed[start, end] = Entity(
                text, "organisation" if body else kind, spans=[(start, end, "description")]
            )
        return Resolved(self._unnamed[start, end], "description", UNNAMED)

    def _core_end(self, start: int, end: int) -> int:
        """Where the mention's core ends: at a comma, a preposition or a relative clause."""
        doc, at = self._doc, self._names.at
        for i in range(start + 1, end):
            if i in at and at[i][1] < i:
                continue
            token = doc[i]
            if token.dep_ == "acl" and start <= token.head.i < i and i not in at:
                return i  # "a lawyer representing Field"
            office = token.lower_ == "of" and doc[i + 1 : i + 2].text.lower() in OFFICES
            if token.text == "(" and doc[i + 2 : i + 3].text == ")" and i + 3 < end:
                continue  # "the Harbour Union (HU) chairman Tom Lee"
            if token.text in (",", ";", "(", ":", "—", "–") or (token.lower_ in PREPOSITIONS and not office):
                return i
        return end


def _is_titled(token: Token) -> bool:
    return token.lower_.rstrip(".") in HONORIFICS or is_role(token.lower_)
