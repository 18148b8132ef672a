"""Positions that actors take in an article: attitudes with their actors and issues named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from briefing.actor import Cast
from briefing.article import Article, Span
from briefing.attribution.statement import Statement
from briefing.language import sentences, trimmed
from briefing.position.attitude import Attitude
from briefing.position.condition import LOOSE, condition_of
from briefing.position.cue import attitudes_in
from briefing.position.grammar import conjoined, lemma
from briefing.position.issue_phrase import IssuePhrases
from briefing.position.phrase import is_animate, mention_of, unwrapped
from briefing.position.position import Position, Stance
from briefing.position.vocabulary import AGAINST, FOR
from briefing.worded_date import date_of, dates_in

FIRST = {"i", "we", "me", "us", "my", "our", "myself", "ourselves"}
NOBODY = {
    "it",
    "this",
    "that",
    "there",
    "you",
    "your",
    "what",
    "one",
    "they",
    "them",
    "their",
    "its",
    "these",
    "those",
    "which",
}
NAMES = {"ORG", "PERSON"}
PART = {"some", "several", "other", "few", "certain", "many", "individual", "another"}
STANCES: dict[int, Stance] = {FOR: "supports", AGAINST: "opposes"}


def positions_of(article: Article, doc: Doc, cast: Cast, statements: Sequence[Statement]) -> tuple[Position, ...]:
    """The positions that the body's sentences show, in text order.

    A stance is given only where a cue shows it; whatever else somebody says on an issue of the article is `unclear`,
    with the statement's own cue.
    """
    reading = _Reading(article, doc, cast, statements)
    found = list(dict.fromkeys(p for _, _, sentence in sentences(article, doc) for p in reading.positions_in(sentence)))
    found += reading.unclear(found)
    return tuple(sorted(found, key=lambda p: (p.evidence[0], p.cue)))


class _Reading:
    """An article under reading: what its words stand in."""

    def __init__(self, article: Article, doc: Doc, cast: Cast, statements: Sequence[Statement]) -> None:
        self.article, self.doc, self.cast, self.statements = article, doc, cast, statements
        self.issues = IssuePhrases(doc, cast)
        self.heads: dict[str, list[Token]] = {}
        self.body = {span for _, span, _ in sentences(article, doc)}

    def positions_in(self, sentence: Tokens) -> Iterator[Position]:
        for attitude in attitudes_in(sentence):
            cue = attitude.cue[0].idx, attitude.cue[-1].idx + len(attitude.cue[-1])
            statement = self.statement_at(attitude.cue[-1])
            condition = condition_of(attitude, sentence)
            if condition is None and any(lemma(word) in LOOSE for word in attitude.cue):
                continue
            for actor in dict.fromkeys((*self.actors(attitude, statement), *self.reserving(attitude, condition))):
                yield from self.of_actor(actor, attitude, condition, cue, sentence, statement)

    def reserving(self, attitude: Attitude, condition: Span | None) -> list[str]:
        """Who is reported to set the condition, in words of its own statement."""
        if condition is None or condition[0] <= attitude.cue[0].idx < condition[1]:
            return []
        own = [s for s in self.statements if s.speaker and s.cue and condition[0] <= s.cue[0] < condition[1]]
        return [s.speaker for s in own if s.speaker]

    def of_actor(
        self,
        actor: str,
        attitude: Attitude,
        condition: Span | None,
        cue: Span,
        sentence: Tokens,
        statement: Statement | None,
    ) -> Iterator[Position]:
        for target in attitude.targets:
            for head in (inner for one in conjoined(target.head) for inner in conjoined(unwrapped(one))):
                issue = self.issues.name(head)
                if not issue or _same(issue, actor):
                    continue
                self.heads.setdefault(issue, []).append(head)
                stance: Stance = "conditional" if condition else STANCES.get(target.side, "unclear")
                yield Position(
                    actor=actor,
                    issue=issue,
                    stance=stance,
                    evidence=self.evidence(sentence, attitude, statement),
                    cue=cue,
                    condition=condition,
                    date=self.date(attitude.cue[-1], sentence, statement),
                    reported_by=self.reporter(actor, statement),
                )

    # --- who ---

    def actors(self, attitude: Attitude, statement: Statement | None) -> list[str]:
        if attitude.own:
            return [statement.speaker] if statement and statement.speaker and statement.act != "refusal" else []
        by_preposition = attitude.cue[0].pos_ == "ADP"  # "with the mayor for it and the fleet against"
        joined = [t for h in attitude.holders for t in conjoined(h) if not (by_preposition and t.i > attitude.cue[0].i)]
        names = [self.actor(token, statement) for token in joined]
        return list(dict.fromkeys(name for name in names if name))

    def actor(self, token: Token, statement: Statement | None) -> str | None:
        """The name of whoever a noun or pronoun means."""
        if token.lower_ in FIRST and token.text != "US":
            return statement.speaker if statement else None
        if token.lower_ in ("nobody", "everybody", "everyone", "somebody", "someone", "anyone", "none", "who"):
            return None
        if token.pos_ not in ("PROPN", "NOUN", "PRON", "ADJ", "X"):
            return None
        named = next((c for c in token.children if c.dep_ == "appos" and c.ent_type_ in NAMES and c.i > token.i), None)
        if not is_animate(token) and (named is None or named.ent_type_ != "PERSON"):
            return None
        if named is None and any(c.dep_ == "nummod" or c.lower_ in PART for c in token.children if c.i < token.i):
            return " ".join(self.article.text[slice(*mention_of(token))].split())  # "two Democrats" are not the party
        reference = self.cast.who(mention_of(named if named is not None else token))
        if token.lower_ in NOBODY and (reference is None or reference.how == "description"):
            return self.body_speaking(token, statement)
        return reference.actor.name if reference is not None else None

    def body_speaking(self, pronoun: Token, statement: Statement | None) -> str | None:
        """ "The ministry said that it would": the speaker, if that is no person."""
        if statement is None or statement.speaker is None or pronoun.lower_ not in ("it", "its", "they", "their"):
            return None
        kind = next((actor.kind for actor in self.cast.people if actor.name == statement.speaker), "unnamed")
        return None if kind == "person" else statement.speaker

    def statement_at(self, token: Token) -> Statement | None:
        """The innermost statement whose words the token is among."""
        around = [s for s in self.statements if s.act != "refusal" and any(a <= token.idx < b for a, b in s.content)]
        return min(around, key=lambda s: sum(b - a for a, b in s.content), default=None)

    def reporter(self, actor: str, statement: Statement | None) -> str | None:
        if statement is None or statement.speaker is None:
            return None
        return statement.reported_by if statement.speaker == actor else statement.speaker

    # --- what shows it, and when ---

    def evidence(self, sentence: Tokens, attitude: Attitude, statement: Statement | None) -> tuple[Span, ...]:
        """The sentence of the cue; with the one that names the speaker, if the stance is the speaker's own."""
        spans = [trimmed(sentence)]
        if (
            statement
            and statement.cue
            and (attitude.own or any(h.lower_ in FIRST and h.text != "US" for h in attitude.holders))
        ):
            told = self.sentence_at(statement.cue[0])
            if told is not None and told not in spans:
                spans.append(told)
        return tuple(spans)

    def sentence_at(self, place: int) -> Span | None:
        """The sentence of the body there: a headline shows nobody's position."""
        found = self.doc.char_span(place, place + 1, alignment_mode="expand")
        span = trimmed(found[0].sent) if found is not None and len(found) else None
        return span if span in self.body else None

    def date(self, cue: Token, sentence: Tokens, statement: Statement | None) -> str | None:
        """The day that the sentence gives for the cue's clause, else the statement's, else the article's."""
        for place, words in dates_in(sentence.text):
            token = next((t for t in sentence if t.idx + len(t) > sentence.start_char + place), None)
            if token is not None and _governs(cue, token):
                iso = date_of(words, self.article.published)
                if iso and len(iso) == len("2024-02-07"):
                    return iso
        if statement and statement.when and statement.when.date:
            return statement.when.date
        return self.article.iso_date

    # --- statements without a stance ---

    def unclear(self, found: Iterable[Position]) -> Iterator[Position]:
        """What else somebody says on the article's issues."""
        found = list(found)
        polar = {(p.actor, p.issue) for p in found}
        seen: set[tuple[str, str]] = set()
        for statement in self.statements:
            if statement.act != "speech" or not statement.speaker or not statement.cue or not statement.content:
                continue
            if any(p.cue[0] < statement.cue[1] and statement.cue[0] < p.cue[1] for p in found):
                continue  # "rejected" shows the stance, and is no mere word of saying
            if self.is_question(statement):
                continue
            told = self.sentence_at(statement.cue[0])
            for issue, place in self.spoken_of(statement):
                said = self.sentence_at(place)
                key = statement.speaker, issue
                if told is None or said is None or key in polar or key in seen or _same(issue, statement.speaker):
                    continue
                if any(said in p.evidence and _among(p.cue, statement.content) for p in found):
                    continue  # "Blinken said that Israel rejects the plan" is Israel's position
                seen.add(key)
                yield Position(
                    actor=statement.speaker,
                    issue=issue,
                    stance="unclear",
                    evidence=tuple(dict.fromkeys((told, said))),
                    cue=statement.cue,
                    date=statement.when.date if statement.when and statement.when.date else self.article.iso_date,
                    reported_by=statement.reported_by,
                )

    def is_question(self, statement: Statement) -> bool:
        """ "asked whether she would accept it": nobody's words on it."""
        opening = self.article.text[slice(*statement.content[0])].lower()
        return opening.startswith(("whether ", "if "))

    def spoken_of(self, statement: Statement) -> Iterator[tuple[str, int]]:
        """The article's issues that the words of a statement name, and where."""
        for start, end in statement.content:
            words = self.doc.char_span(start, end, alignment_mode="contract")
            for token in words or ():
                if token.pos_ in ("NOUN", "PROPN") and (issue := self.issues.known(token, self.heads)):
                    yield issue, token.idx


def _same(issue: str, actor: str) -> bool:
    """Whether an issue is the actor: "The dam's operator" is called "dam's operator"."""
    return issue.lower().removeprefix("the ") == actor.lower().removeprefix("the ")


def _among(span: Span, others: Iterable[Span]) -> bool:
    return any(start <= span[0] < end for start, end in others)


def _governs(cue: Token, date: Token) -> bool:
    """Whether a date belongs to the cue's clause or to one above it."""
    verb = date
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    return verb == cue or verb.is_ancestor(cue) or cue.is_ancestor(date)
