"""Reading an article from left to right: whom each pronoun and each description means."""

from __future__ import annotations

import re
from itertools import takewhile

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from briefing.actor.body import Bodies
from briefing.actor.description import (
    AGED,
    COMPLEMENT,
    aged,
    behind_title,
    complement_of,
    ends_on_another,
    is_people,
    is_person_word,
    without_article,
    word_set,
)
from briefing.actor.entity import Entity
from briefing.actor.focus import Focus, Meant
from briefing.actor.names import Names
from briefing.actor.page import Page
from briefing.actor.pronoun import Pronouns, pronoun_gender
from briefing.actor.role import FEMALE, MALE, is_role
from briefing.actor.title import Titles

_GAVE_NAME = re.compile(
    r",?(?: who (?:asked to be |wished to be |was |is )?(?:gave|identified|introduced|goes|calls|called)"
    r"| (?:known|identified|calling))"
    r"(?: (?:only|just|simply|by|as|his|her|their|himself|herself|themselves|first|full|own|the|name)\b,?)+ (?=[A-Z])"
)
DESCRIBED = 0.9  # how often a description in apposition to a name, or of nobody with a name, is taken rightly


class Chain:
    """The article's pronouns and descriptions, resolved.

    Attributes:
        meant: By token of the pronoun, or of the description's head.
        described: Unnamed sources, in order.
    """

    def __init__(self, page: Page, names: Names, sources: dict[int, tuple[tuple[int, int], ...]]) -> None:
        """Read the article.

        Args:
            sources: By token of a statement's source, the statement's content as character spans.
        """
        self.page, self.doc, self.names = page, page.doc, names
        self.meant: dict[int, Meant] = {}
        self.described: list[Entity] = []
        self.focus = Focus(page, names, sources)
        self.pronouns, self.bodies = Pronouns(self.focus), Bodies(self.focus)
        self.titles = Titles(self.focus, self.pronouns)
        self._chunks = {chunk.root.i: chunk for chunk in self.doc.noun_chunks}
        self._chunks |= {chunk[-1].i: chunk for chunk in aged(self.doc)}
        self.pronouns.vote_by_company()
        for token in self.doc:
            self._read(token.i)

    def _read(self, i: int) -> None:
        here = self.names.at.get(i)
        if here:
            if i == here[2] - 1:
                self.focus.see(here[0], i, "name")
            return
        sign = pronoun_gender(self.doc[i].lower_)
        if sign:
            found = self.pronouns.meant(i, sign)
            if found and not self.page.quoted[i]:
                self.focus.last_pronoun[sign] = (found.entity, i)
            self._keep(i, found)
        elif i in self.focus.sources and self.doc[i].lower_ == "it":
            body = self.bodies.it(i)
            if body:
                self.meant[i] = body
        elif i in self._chunks and self._can_mean(self._chunks[i]):
            self._description(self._chunks[i])

    def _keep(self, i: int, found: Meant | None) -> None:
        if found:
            self.meant[i] = found
            self.focus.see(found.entity, i, found.how)

    def _can_mean(self, chunk: TokenSpan) -> bool:
        """Can a noun phrase stand for somebody, and not beside his name or for what is said of him?"""
        root = _root(chunk)
        if root.pos_ == "PRON" or root.tag_ not in ("NN", "NNP", "JJ") or root.dep_ in ("attr", "appos", "compound"):
            return False
        if any(self.focus.is_person(i) for i in range(root.i, chunk.end)):
            return False
        if root.text.istitle() and self.focus.is_person(root.i + 1):
            return False
        if any(c.dep_ == "appos" and c.i in self.names.at for c in root.children) or root.head.lower_ == "as":
            return False
        return not self._opens_on_a_pronoun(chunk) and not self._opens_a_title(chunk)

    def _opens_a_title(self, chunk: TokenSpan) -> bool:
        """ "Counselor to the President Ana Field", "oil minister and party head Ana Field": a title with a name?"""
        behind = behind_title(self.doc, chunk.start, chunk.end)
        return self.focus.is_person(behind) or self._has_two_titles(chunk) or self._is_of_place(chunk)

    def _is_of_place(self, chunk: TokenSpan) -> bool:
        """ "Member of Parliament for Tarn Ana Field"?"""
        rest = self.doc[chunk.end : chunk.end + COMPLEMENT]
        if not chunk[0].text.istitle() or chunk[0].pos_ == "DET" or rest[:1].text not in ("of", "for"):
            return False
        title = takewhile(lambda t: t.text.istitle() or t.text in ("of", "for", "and"), rest)
        return any(self.focus.is_person(token.i) for token in title)

    def _has_two_titles(self, chunk: TokenSpan) -> bool:
        bare = chunk[0].tag_ not in ("DT", "PRP$") and self.doc[chunk.end : chunk.end + 1].text == "and"
        others = chunk.root.conjuncts if bare else ()
        name = next((self.names.at[token.i] for token in others if self.focus.is_person(token.i)), None)
        return name is not None and any(is_role(token.lower_) for token in self.doc[chunk.end + 1 : name[1]])

    def _description(self, chunk: TokenSpan) -> None:
        root = _root(chunk)
        given = self._name_given(chunk)
        if given:
            self._keep(root.i, Meant(given, "description", DESCRIBED))
        elif self.bodies.is_body_noun(root.i):
            self._keep(root.i, self.bodies.noun(chunk))
        elif is_person_word(root.lemma_.lower()) or AGED.search(chunk.text) or is_people(chunk):
            named = self._named_after(chunk)
            found = Meant(named, "description", DESCRIBED) if named else self.titles.meant(chunk)
            self._keep(root.i, found or Meant(self._unnamed(chunk), "description", DESCRIBED))

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
                titled = self.doc[i + 1].pos_ != "ADP"  # and no ", from Marden,"
                here = self.names.at.get(i + 1) or (self.names.at.get(i + 2) if titled else None)
                if ends_on_another(self.doc[chunk.end : i]):
                    return None
                close = here and here[0].kind == "person" and here[2] < len(self.doc) and self.doc[here[2]].text == ","
                return here[0] if here and close else None
            if self.doc[i].pos_ in ("VERB", "AUX", "PRON") or self.doc[i].is_sent_start:
                return None
        return None

    def _name_given(self, chunk: TokenSpan) -> Entity | None:
        """ "A mourner, who gave his name as Omar": the name that somebody described gives as his own."""
        at = chunk[-1].idx + len(chunk[-1])
        found = _GAVE_NAME.match(self.page.text, at) or _GAVE_NAME.match(self.page.text, at + len(complement_of(chunk)))
        name = self.doc.char_span(found.end(), found.end() + 1, alignment_mode="expand") if found else None
        here = self.names.at.get(name.start) if name else None
        if found is None or here is None or here[0].kind != "person":
            return None
        sign = sum(pronoun_gender(word) for word in found.group().split())
        if sign:
            here[0].votes[sign] += 1
        return here[0]

    def _unnamed(self, chunk: TokenSpan) -> Entity:
        """Somebody without a name: the same as before where the article says "the"."""
        first, lemma = chunk[0].lower_, _root(chunk).lemma_.lower()
        known = self.focus.nominals.get(lemma)
        if first in ("the", "this", "that") and known and word_set(without_article(chunk)) <= word_set(known.name):
            return known
        entity = Entity(without_article(chunk) + complement_of(chunk), "unnamed")
        woman = lemma.endswith("woman") or lemma in FEMALE
        sign = -1 if woman else int(lemma.endswith("man") or lemma in MALE)
        if sign:
            entity.votes[sign] += 2
        self.focus.nominals[lemma] = entity
        if first in ("a", "an", "one", "another"):
            self.focus.introduced.add(lemma)
        self.described.append(entity)
        return entity


def _root(chunk: TokenSpan) -> Token:
    """The head; "old" for "the 24-year-old"."""
    return chunk[-1] if AGED.search(chunk.text) else chunk.root
