"""Whom "he" and "she" mean."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from briefing.actor.apposition import ALONE_VOTE, TELLER_VOTE
from briefing.actor.entity import KNOWN_GENDER, Entity
from briefing.actor.focus import SUBJECTS, Candidate, Focus, Meant

HE, SHE = {"he", "him", "his", "himself"}, {"she", "her", "hers", "herself"}
SURE_FORENAME = 0.6  # a forename's gender from which the company of pronouns tells nothing more
PRONOUN_VOTE = 1.0  # of a pronoun for the gender of somebody of whom nothing else tells it, by its confidence
CATAPHOR = 0.8  # how often the subject of the main clause after is meant

# Weights of a candidate for a pronoun, set by hand on development articles; a scorer learned from coreference corpora
# was no better. The chance of each candidate is its share of exp(score).
WEIGHTS = {
    "gender not known": -0.8,
    "agrees": 0.5,
    "has a forename of the other gender": -3.0,
    "is told of by the pronoun's owner": -1.0,
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
    "whose words the clause is about": 3.0,
    "subject of the main clause": 0.7,
    "told of in an aside": 4.0,
    "leads the sentence": 2.5,
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


class Pronouns:
    """Scores the actors in focus as antecedents."""

    def __init__(self, focus: Focus) -> None:
        self.focus, self.page, self.doc, self.names = focus, focus.page, focus.doc, focus.names

    def vote_by_company(self) -> None:
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
            for k in self._teller(i, joined=False) if sign and token.dep_ in SUBJECTS else ():
                if k in self.names.at and abs(self.names.at[k][0].forename_gender()) < SURE_FORENAME:
                    self.names.at[k][0].votes[sign] += TELLER_VOTE
            group = alone.get(sentence, [])
            if sign and not self.page.quoted[i] and len(group) == 1 and abs(group[0].forename_gender()) < SURE_FORENAME:
                group[0].votes[sign] += ALONE_VOTE

    def meant(self, i: int, sign: int) -> Meant | None:
        """The person whom a "he" (sign 1) or "she" (-1) means, with the share of the chance that he has."""
        ahead = self._cataphor(i, sign)
        if ahead:
            return Meant(ahead, "pronoun", CATAPHOR)
        candidates = self.focus.candidates(i, sign)
        if not candidates:
            return None
        scores = self.scores(i, sign, candidates, self._teller(i))
        best = max(range(len(scores)), key=scores.__getitem__)
        confidence = 1 / sum(math.exp(s - scores[best]) for s in scores)
        if self.focus.distance(i, candidates[best][1][-1][0]) > 2:
            confidence *= 0.8
        if abs(candidates[best][0].gender()) < KNOWN_GENDER:
            candidates[best][0].votes[sign] += PRONOUN_VOTE * confidence
        return Meant(candidates[best][0], "pronoun", confidence)

    def scores(self, i: int, sign: int, candidates: Sequence[Candidate], teller: Collection[int] = ()) -> list[float]:
        """How well each candidate, the nearest first, fits a pronoun or description at a token.

        Args:
            teller: Subjects of the verb that the pronoun's clause completes.
        """
        led = any(self.focus.leads(i, mentions[-1][0]) for _, mentions in candidates)
        authors, told = self.focus.authors(i), self.focus.told_by(i)
        signs = [self._signs(i, sign, candidate, teller) for candidate in candidates]
        for rank, (here, (_, mentions)) in enumerate(zip(signs, candidates, strict=True)):
            here["is told of by the pronoun's owner"] = any(k in told and how != "pronoun" for k, how in mentions)
            here["whose words the clause is about"] = any(k in authors for k, _ in mentions)
            here["spoke last and speaks on"] = here["spoke last"] and i in self.focus.sources and not led
            here |= {"nearest": rank == 0, "rank": min(rank, 5), "only one": len(candidates) == 1}
        return [sum(WEIGHTS[name] * value for name, value in here.items()) for here in signs]

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

    def _teller(self, i: int, *, joined: bool = True) -> set[int]:
        """Subjects, with names in apposition, of the verb that the pronoun's clause completes: "Field said he".

        Args:
            joined: Also of one to which that verb is joined: "Field rose and said he".
        """
        verb = self.doc[i].head
        for _ in range(3):  # "told her", "whispered to her"
            if verb.pos_ in ("VERB", "AUX"):
                break
            verb = verb.head
        completes = False
        for _ in range(4):
            if verb.dep_ not in ("ccomp", "advcl", "conj", "xcomp", "aux") or verb.head == verb:
                break
            completes = verb.dep_ == "ccomp" or (joined and completes and verb.dep_ == "conj")
            verb = verb.head
            if completes:
                subjects = {c.i for c in verb.children if c.dep_ in SUBJECTS and c.i < i}
                if subjects:
                    return subjects | {
                        c.i for k in subjects for c in self.doc[k].children if c.dep_ == "appos" and c.i < i
                    }
        return set()

    def _signs(self, i: int, sign: int, candidate: Candidate, teller: Collection[int]) -> dict[str, float]:
        """What tells for a candidate, by the names of WEIGHTS, the other candidates left aside."""
        focus, page = self.focus, self.page
        entity, mentions = candidate
        j = focus.foremost(mentions)
        distance, agreement = focus.distance(i, j), entity.gender() * sign
        last_pronoun, topical = focus.last_pronoun.get(sign), focus.is_topical(j, i)
        return {
            "gender not known": abs(agreement) < 0.2,
            "agrees": max(0.0, agreement),
            "has a forename of the other gender": agreement < -KNOWN_GENDER,
            "same sentence": distance == 0,
            "sentence before": distance == 1,
            "two sentences before": distance == 2,
            "paragraphs between": min(5, page.paragraph[i] - page.paragraph[j]),
            "same paragraph": page.paragraph[i] == page.paragraph[j],
            "subject": topical,
            "subject of the sentence before": any(
                page.told[i] - page.told[k] in (0, 1) and focus.is_topical(k, i)
                for k, _ in mentions[-4:]
            ),
            "subject of the verb that it completes": any(k in teller for k, _ in mentions),
            "subject in the paragraph": any(
                page.paragraph[i] == page.paragraph[k] and not focus.said[k] and focus.is_topical(k, i)
                for k, _ in mentions
            ),
            "subject of the clause that opens the sentence": distance == 0 and focus.opens(i, j),
            "subject of the main clause": focus.is_main_subject(j) or (topical and not focus.is_subject(j)),
            "leads the sentence": focus.leads(i, j),
            "told of in an aside": focus.aside_about(i, j),
            "in reported words": focus.said[j] and i in focus.sources and not focus.said[i],
            "spoke last": focus.last_speaker is entity,
            "meant by the last pronoun": bool(
                last_pronoun and last_pronoun[0] is entity and focus.distance(i, last_pronoun[1]) <= 3
            ),
            "mentions": math.log1p(len(mentions)),
            "same function": focus.is_subject(j) == (self.doc[i].dep_ == "nsubj"),
            "possessor": self.doc[j].dep_ == "poss",
            "quoted": page.quoted[j] and not page.quoted[i],
            "without a name": entity.kind == "unnamed",
            "first in the article": bool(focus.people) and entity is focus.people[0],
        }


def pronoun_gender(word: str) -> int:
    """1 for "he", -1 for "she" and their cases, 0 for any other word."""
    return (word in HE) - (word in SHE)
