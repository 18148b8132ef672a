"""Names as people type them: folded, completed, and the nearest ones to a name that nobody bears."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

CHOICES = 25  # Discord's limit for one completion
CHOICE = 100  # characters of one choice; Discord's limit
CLOSE = 72  # of 100: how alike a typed word and a name's word must be (rapidfuzz's ratio); "Blinkin" - "Blinken" is 86

TITLES = frozenset(
    {"mr", "mrs", "ms", "dr", "sir", "dame", "lord", "lady", "president", "minister", "secretary", "the", "a", "an"}
)


def folded(name: str) -> str:
    """The name in lower case, without accents, punctuation or a possessive ending."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"['’]s?\b", "", plain)
    return " ".join(re.findall(r"\w+", plain))


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be named.

    Attributes:
        name: What a reader sees and what the option's value is.
        also: Other names that find it.
        weight: How much the index holds on it; the heavier comes first among equals.
    """

    name: str
    also: tuple[str, ...] = ()
    weight: int = 0


class Names:
    """Choices that can be found by what is typed of them, kept ready in memory."""

    def __init__(self, choices: Iterable[Choice]) -> None:
        self.choices = sorted(choices, key=lambda choice: (-choice.weight, choice.name))
        self._keys: list[tuple[str, Choice, bool]] = []  # folded name, its choice, whether it is the choice's own name
        self._exact: dict[str, list[Choice]] = {}
        for choice in self.choices:
            for key in dict.fromkeys(folded(name) for name in (choice.name, *choice.also)):
                if key:
                    self._keys.append((key, choice, key == folded(choice.name)))
                    self._exact.setdefault(key, []).append(choice)
        self._words: dict[str, list[Choice]] = {}
        for key, choice, _ in self._keys:
            for word in key.split():
                self._words.setdefault(word, []).append(choice)

    def called(self, typed: str) -> list[Choice]:
        """Those that bear exactly this name, as their own name before as an alias; else without the titles in it."""
        key = folded(typed)
        found = self._exact.get(key) or self._exact.get(without_titles(key), [])
        own = [choice for choice in found if folded(choice.name) == key]
        return own or list(dict.fromkeys(found))

    def found(self, typed: str) -> list[Choice]:
        """Those whose names hold every typed word (as a word's opening), best first; [] where none does."""
        key = folded(typed)
        words = (without_titles(key) or key).split()
        if not words:
            return []
        whole = " ".join(words)
        ranked = [
            (rank, place, choice)
            for place, (name, choice, own) in enumerate(self._keys)
            if (rank := _rank(whole, words, name, own)) is not None
        ]
        return list(dict.fromkeys(choice for _, _, choice in sorted(ranked, key=lambda item: item[:2])))

    def near(self, typed: str, limit: int = CHOICES) -> list[Choice]:
        """Those whose names are spelt like the typed one, nearest first."""
        words = (without_titles(folded(typed)) or folded(typed)).split()
        scores: dict[Choice, float] = {}
        for word in words[:6]:
            best: dict[Choice, float] = {}
            for match, score, _ in process.extract(
                word, self._words.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=CHOICES
            ):
                for choice in self._words[match]:
                    best[choice] = max(best.get(choice, 0.0), score)
            for choice, score in best.items():
                scores[choice] = scores.get(choice, 0.0) + score
        ranked = sorted(scores, key=lambda choice: (-scores[choice], -choice.weight, choice.name))
        return ranked[:limit]

    def complete(self, typed: str) -> list[str]:
        """At most 25 names for what is typed so far, best first; the heaviest where nothing is typed."""
        if not folded(typed):
            return [choice.name for choice in self.choices if len(choice.name) <= CHOICE][:CHOICES]
        found = self.found(typed)
        names = found if len(found) >= CHOICES else dict.fromkeys([*found, *self.near(typed)])
        return [choice.name for choice in names if len(choice.name) <= CHOICE][:CHOICES]


def without_titles(key: str) -> str:
    """A folded name without its leading titles ("mr netanyahu" is "netanyahu")."""
    words = key.split()
    while words and words[0] in TITLES:
        words = words[1:]
    return " ".join(words)


def _rank(whole: str, words: list[str], name: str, own: bool) -> int | None:
    """How well a folded name fits what is typed: 0 is best, None not at all."""
    if words[0] not in name:
        return None
    if name == whole:
        return 0 if own else 1
    if name.startswith(whole):
        return 2 if own else 3
    if all(f" {word}" in f" {name}" for word in words):
        return 4 if own else 5
    return 6 if whole in name else None


def matching(typed: str, options: Iterable[str]) -> Iterator[str]:
    """Those fixed options that what is typed opens, then those it is found in."""
    key = folded(typed)
    names = list(options)
    yield from (name for name in names if folded(name).startswith(key))
    yield from (name for name in names if key in folded(name) and not folded(name).startswith(key))
