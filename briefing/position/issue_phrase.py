"""What the issues of an article are called in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Doc, Token

from briefing.actor import Cast
from briefing.position.grammar import lemma
from briefing.position.phrase import is_telling, span_of, unwrapped

NAMED = {"PERSON", "ORG", "GPE", "NORP"}
POINTING = {"the", "this", "that", "such", "these", "those", "its", "their", "his", "her", "both", "any"}
BACKWARD = 400  # tokens that "the plan" may point back over


class IssuePhrases:
    """Issues by the words of one article; "the plan" is the plan that was last described."""

    def __init__(self, doc: Doc, cast: Cast) -> None:
        self._doc, self._cast = doc, cast
        self._nouns: dict[str, list[Token]] = {}
        for token in doc:
            if token.pos_ in ("NOUN", "PROPN"):
                self._nouns.setdefault(lemma(token), []).append(token)

    def name(self, head: Token) -> str | None:
        """The issue that a noun, pronoun or clause names; None where it names none."""
        head = unwrapped(head)
        if head.pos_ == "PRON":
            return self._meant(head)
        if not is_telling(head):
            return None
        start, end = span_of(head)
        if head.ent_type_ in NAMED and all(self._doc[i].ent_type_ for i in range(start, end)):
            reference = self._cast.who((self._doc[start].idx, self._doc[end - 1].idx + len(self._doc[end - 1])))
            if reference is not None and reference.how not in ("description", "title"):
                return reference.actor.name
        if end - start == 1 and self._points(head):
            start, end = self._described(head) or (start, end)
        return self._text(start, end)

    def known(self, token: Token, heads: Mapping[str, Iterable[Token]]) -> str | None:
        """The issue among those found that a noun names in other words of the same head."""
        for issue, found in heads.items():
            if any(lemma(head) == lemma(token) and head.pos_ == token.pos_ for head in found):
                start, end = span_of(token)
                name = self._text(start, end)
                if name == issue or name.lower() in issue.lower().split(" of ")[0] or issue.lower() in name.lower():
                    return issue
        return None

    def _meant(self, pronoun: Token) -> str | None:
        reference = self._cast.who((pronoun.idx, pronoun.idx + len(pronoun)))
        if reference is not None and reference.how == "pronoun" and reference.actor.kind == "person":
            return reference.actor.name
        return self._subject_issue(pronoun) if pronoun.lower_ == "it" else None

    def _subject_issue(self, pronoun: Token) -> str | None:
        """ "A plan ... divided the council, with the mayor for it": the thing that the sentence is about."""
        root = pronoun.sent.root
        for c in root.children:
            if c.dep_ in ("nsubj", "nsubjpass") and c.i < pronoun.i and c.pos_ == "NOUN" and c.ent_type_ not in NAMED:
                return self.name(c)
        return None

    def _points(self, head: Token) -> bool:
        return any(c.lower_ in POINTING and c.i < head.i for c in head.children)

    def _described(self, head: Token) -> tuple[int, int] | None:
        """The latest fuller phrase with the same head before this one."""
        for token in reversed(self._nouns.get(lemma(head), ())):
            if token.i < head.i and head.i - token.i <= BACKWARD:
                start, end = span_of(token)
                if end - start > 1:
                    return start, end
        return None

    def _text(self, start: int, end: int) -> str:
        return " ".join(self._doc[start:end].text.split())
