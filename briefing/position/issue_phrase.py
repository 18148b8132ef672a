"""What the issues of an article are called in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Doc, Token

from briefing.actor import Cast
from briefing.actor.description import is_person_word
from briefing.head import set_apart
from briefing.position.grammar import complements, lemma
from briefing.position.phrase import JUDGING, is_animate, is_telling, mention_of, span_of, unwrapped

NAMED = {"PERSON", "ORG", "GPE", "NORP"}
POINTING = {"the", "this", "that", "such", "these", "those", "its", "their", "his", "her", "both", "any"}
BACKWARD = 400  # tokens that "the plan" may point back over
DEEDS = {"move", "step", "idea", "action", "notion", "scheme"}  # "such a move"
NEAR = 45  # tokens that "it" may
SAYING = {"say", "write", "tweet", "remark", "add", "quip", "joke"}
SPOKEN_OF = {"it", "this", "that", "them", "they", "these", "those", "he", "him", "she", "her"}
MARKS = '"“”'
THINGS = {"nsubj", "nsubjpass", "dobj"}


class IssuePhrases:
    """Issues by the words of one article; "the plan" is the plan that was last described.

    Attributes:
        recent: The issue that was named last, and where: what "it" means in this sentence or the next.
    """

    def __init__(self, doc: Doc, cast: Cast) -> None:
        self._doc, self._cast = doc, cast
        self._nouns: dict[str, list[Token]] = {}
        self.recent: tuple[str, int] | None = None
        for token in doc:
            if token.pos_ in ("NOUN", "PROPN"):
                self._nouns.setdefault(lemma(token), []).append(token)

    def name(self, head: Token) -> str | None:
        """The issue that a noun, pronoun or clause names; None where it names none."""
        head = _named_by(unwrapped(_free_relative(head)))
        if head.pos_ == "VERB" and any(c.lower_ == "what" and c.dep_ in THINGS for c in head.children):
            return None  # "what was signed"
        if head.pos_ == "PRON":
            return self._meant(head)
        if not is_telling(head):
            return None
        person = self._person(head)
        if person is not None:
            return person
        start, end = span_of(head)
        if head.ent_type_ in NAMED and all(self._doc[i].ent_type_ for i in range(start, end)):
            reference = self._cast.who((self._doc[start].idx, self._doc[end - 1].idx + len(self._doc[end - 1])))
            if reference is not None and reference.how not in ("description", "title"):
                return reference.actor.name
        if end - start == 1 and self._points(head):
            described = self._described(head)
            if described is None and lemma(head) in DEEDS and (recent := self._recent(head)):
                return recent
            start, end = described or (start, end)
        name = self._text(start, end)
        self.recent = name, head.i
        return name

    def known(self, token: Token, heads: Mapping[str, Iterable[Token]]) -> str | None:
        """The issue among those found that a noun names in other words of the same head."""
        if any(c.dep_ == "det" and c.lower_ in ("any", "no") for c in token.children):
            return None
        for issue, found in heads.items():
            if any(lemma(head) == lemma(token) and head.pos_ == token.pos_ for head in found):
                name = self._text(*span_of(token))
                if set_apart(name.lower().split(), issue.lower().split()):
                    continue
                if name == issue or name.lower() in issue.lower().split(" of ")[0] or issue.lower() in name.lower():
                    return issue
        return None

    def _person(self, head: Token) -> str | None:
        """Whom "the mayor" or "the former director, Victor Stahl" means."""
        if head.pos_ != "NOUN" or head.tag_ != "NN":
            return None
        is_named = any(c.dep_ == "appos" and c.ent_type_ == "PERSON" for c in head.children)
        if not is_named and not is_person_word(lemma(head)):
            return None
        for noun in (head, *(t for t in reversed(self._nouns[lemma(head)]) if t.i < head.i and self._points(head))):
            named = next((c for c in noun.children if c.dep_ == "appos" and c.ent_type_ == "PERSON"), None)
            reference = self._cast.who(mention_of(noun if named is None else named))
            if reference is not None and reference.actor.kind == "person":
                return reference.actor.name
        return None

    def _meant(self, pronoun: Token) -> str | None:
        reference = self._cast.who((pronoun.idx, pronoun.idx + len(pronoun)))
        if reference is not None and reference.how == "pronoun" and reference.actor.kind == "person":
            return reference.actor.name
        if (spoken_of := self._spoken_of(pronoun)) is not None:
            return spoken_of
        return (self._recent(pronoun) or self._subject_issue(pronoun)) if pronoun.lower_ == "it" else None

    def _spoken_of(self, pronoun: Token) -> str | None:
        """ “I support it,” she said of the bill."""
        for verb in pronoun.ancestors:
            if lemma(verb) not in SAYING or pronoun.lower_ not in SPOKEN_OF:
                continue
            for noun in complements(verb, "of"):
                if noun.i > verb.i and noun.pos_ in ("NOUN", "PROPN"):
                    return self.name(noun)
        return None

    def _recent(self, token: Token) -> str | None:
        if self.recent is None:
            return None
        name, place = self.recent
        near = self._doc[place].sent.end >= token.sent.start
        return name if place < token.i < place + NEAR and near else None

    def _subject_issue(self, pronoun: Token) -> str | None:
        """ "A plan ... divided the council, with the mayor for it": the thing that the sentence is about."""
        for c in pronoun.sent.root.children:
            if c.dep_ in ("nsubj", "nsubjpass") and c.i < pronoun.i and c.pos_ == "NOUN" and not is_animate(c):
                return self.name(c)
        return None

    def _points(self, head: Token) -> bool:
        return any(c.lower_ in POINTING and c.i < head.i for c in head.children)

    def _described(self, head: Token) -> tuple[int, int] | None:
        """The latest fuller phrase with the same head before this one."""
        for token in reversed(self._nouns.get(lemma(head), ())):
            if token.i < head.i and head.i - token.i <= BACKWARD:
                start, end = span_of(token)
                if any(lemma(word) not in JUDGING for word in self._doc[start:end] if word.i != token.i):
                    return start, end
        return None

    def _text(self, start: int, end: int) -> str:
        return " ".join("".join(c for c in self._doc[start:end].text if c not in MARKS).split())


def _free_relative(head: Token) -> Token:
    """Of "what Washington calls a pause" the pause."""
    if head.pos_ == "VERB" and lemma(head) == "call" and any(c.lower_ == "what" for c in head.children):
        return next((c for c in head.children if c.dep_ in ("oprd", "dobj") and c.pos_ == "NOUN"), head)
    return head


def _named_by(head: Token) -> Token:
    """Of "school uniforms, an idea that she rejects" the uniforms."""
    edge = head.left_edge.i
    if lemma(head) in ("idea", "step", "move", "notion") and edge >= 2 and head.doc[edge - 1].text == ",":
        before = head.doc[edge - 2]
        return before if before.pos_ in ("NOUN", "PROPN") else head
    return head
