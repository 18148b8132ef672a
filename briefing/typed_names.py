"""Names as people type them: folded, completed, and the nearest ones to a name that nobody bears."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from rapidfuzz import fuzz, process

from briefing.head import head_of

CHOICES = 25  # Discord's limit for one completion
CHOICE = 100  # characters of one choice; Discord's limit
FEW = 3  # names that hold what is typed; with fewer, those spelt like it are added
OPENING = 3  # letters that open a word of who is meant
SCANNED = 1_000  # lines that are looked at for words that do not stand together
NEAR_WORDS = 3  # words of a name that are compared
CLOSE = 72  # of 100: how alike a typed word and a name's word must be (rapidfuzz's ratio); "Blinkin" - "Blinken" is 86

TITLES = frozenset(
    {"mr", "mrs", "ms", "dr", "sir", "dame", "lord", "lady", "president", "minister", "secretary", "the", "a", "an"}
)

ARTICLES = frozenset({"the", "a", "an"})

PLAIN = str.maketrans(
    {"đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that are one sign in Unicode, not a letter with an accent, as keyboards without them write them."""


def folded(name: str) -> str:
    """The name in lower case, without accents, punctuation or a possessive ending."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(PLAIN)
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
        roles: What it is ("US secretary of state"), which finds it where no name does.
    """

    name: str
    also: tuple[str, ...] = ()
    weight: int = 0
    roles: tuple[str, ...] = ()


class Lines:
    """Folded names in one text, a line each, so that a look-up is a search in it."""

    def __init__(self, lines: Iterable[tuple[str, int]]) -> None:
        """Takes each line with the place of the choice that it belongs to."""
        rows = list(lines)
        self._owner = array("l", [owner for _, owner in rows])
        self._text = "\n" + "\n".join(key for key, _ in rows) + "\n"
        self._starts = array("l", list(accumulate((len(key) + 1 for key, _ in rows), initial=1))[:-1])

    def found(self, key: str, limit: int, patterns: Sequence[str]) -> dict[int, None]:
        """The choices whose lines hold what is typed, by the first of the patterns that gives enough."""
        places: dict[int, None] = {}
        for pattern in patterns:
            places.update(dict.fromkeys(self._holding(pattern.format(key), limit)))
            if len(places) >= limit:
                break
        if not places and " " in key:
            places = dict.fromkeys(self._apart(key.split(), limit))
        return places

    def _holding(self, pattern: str, limit: int) -> Iterator[int]:
        """The choices of the first lines that hold a pattern."""
        at, told = self._text.find(pattern), 0
        while at >= 0 and told < limit:
            yield self._owner[bisect_right(self._starts, at + pattern.startswith("\n")) - 1]
            told += 1
            at = self._text.find(pattern, self._text.index("\n", at + 1))

    def _apart(self, words: list[str], limit: int) -> Iterator[int]:
        """The choices whose lines hold every word's beginning, among the first `SCANNED` that hold the rarest."""
        rarest = min(words, key=self._text.count)
        at, told, seen = self._text.find(rarest), 0, 0
        while at >= 0 and told < limit and seen < SCANNED:
            seen += 1
            line = bisect_right(self._starts, at) - 1
            end = self._text.index("\n", at)
            name = " " + self._text[self._starts[line] : end]
            if all(f" {word}" in name for word in words):
                yield self._owner[line]
                told += 1
            at = self._text.find(rarest, end)


class Names:
    """Choices that can be found by what is typed of them, kept ready in memory, the heaviest first."""

    def __init__(self, choices: Iterable[Choice]) -> None:
        # Plain tuples of texts and numbers: the garbage collector leaves them alone, however many there are.
        self._rows = sorted(
            ((c.name, c.also, c.weight, c.roles) for c in choices), key=lambda row: (-row[2], row[0])
        )
        lines: list[tuple[str, int]] = []
        exact: dict[str, list[int]] = {}
        words: dict[str, list[int]] = {}
        self._roles: dict[str, list[tuple[int, str]]] = {}  # by their heads, each with its choice's place
        for place, (name, also, _, roles) in enumerate(self._rows):
            for role in filter(None, map(folded, roles)):
                self._roles.setdefault(_head(role), []).append((place, role))
            for key in dict.fromkeys(folded(form) for form in (name, *also)):
                if not key:
                    continue
                lines.append((key, place))
                exact.setdefault(key, []).append(place)
                for word in set(key.split()):
                    words.setdefault(word, []).append(place)
        self._names = Lines(lines)
        held = sorted(holder for holders in self._roles.values() for holder in holders)
        self._titled = Lines((f"{role} {folded(self._rows[place][0])}", place) for place, role in held)
        self._exact = {key: tuple(places) for key, places in exact.items()}
        self._words = {word: tuple(places) for word, places in words.items()}
        self._alike: dict[tuple[int, bool, str], list[str]] = {}  # words by length and by first or last letter
        for word in self._words:
            self._alike.setdefault((len(word), True, word[0]), []).append(word)
            self._alike.setdefault((len(word), False, word[-1]), []).append(word)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def choices(self) -> list[Choice]:
        """All of them, the heaviest first."""
        return [Choice(*row) for row in self._rows]

    def namesakes(self, typed: str) -> list[Choice]:
        """Those that bear this name too and are not the ones called so: as an alias, or in other letters."""
        called = {choice.name for choice in self.called(typed)}
        bearing = self._chosen(self._exact.get(folded(typed), ()))
        return [choice for choice in bearing if called and choice.name not in called]

    def called(self, typed: str) -> list[Choice]:
        """Those that bear exactly this name, as their own name before as an alias; else without the titles in it.

        Whoever is written letter for letter as it is typed goes before those who are when it is folded, so that a name
        chosen from a list is never two.
        """
        key = folded(typed)
        places = self._exact.get(key) or self._exact.get(without_titles(key), ())
        own = [place for place in places if folded(self._rows[place][0]) == key]
        same = [place for place in own if self._rows[place][0] == typed]
        return self._chosen(dict.fromkeys(same or own or places))

    def holding(self, typed: str) -> list[Choice]:
        """Those whose role is typed, whole or in a part with its head ("the minister", "secretary of state")."""
        key = without(ARTICLES, folded(typed))
        rows = (row for word in set(key.split()) for row in self._roles.get(word, ()))
        holders = sorted(place for place, role in rows if f" {key} " in f" {role} ")
        return self._chosen(islice(dict.fromkeys(holders), CHOICES))

    def found(self, typed: str, limit: int = CHOICES) -> list[Choice]:
        """Those whose names hold what is typed, best first: the whole name, its opening, a word's, any part.

        Words that do not stand together are found too, each as the beginning of a word; else with the role before the
        name ("Mayor Ruiz").
        """
        return self._holders(typed, limit, ("\n{}\n", "\n{}", " {}", "{}"))

    def meant(self, typed: str, limit: int = CHOICES) -> list[Choice]:
        """Those whom somebody means by it: who bears the name, else has it as a role, else whose words it opens.

        One or two letters have to be a whole word, or "he" would be any headline.
        """
        whole = _whole(typed)
        words = ("\n{}\n", "\n{} ", " {} ", " {}\n")
        opening = () if whole.isascii() and len(whole) < OPENING else ("\n{}", " {}")
        return self.called(typed) or self.holding(typed) or self._holders(typed, limit, (*words, *opening))

    def _holders(self, typed: str, limit: int, patterns: Sequence[str]) -> list[Choice]:
        key, whole = folded(typed), _whole(typed)
        if not whole:
            return []
        places = self._names.found(whole, limit, patterns)
        if not places and " " in key:
            last = key.split()[-1]
            titled = self._titled.found(without(ARTICLES, key), limit, ())
            places = {at: None for at in titled if f" {last}" in f" {folded(self._rows[at][0])}"}
        return self._chosen(list(places)[:limit])

    def near(self, typed: str, limit: int = CHOICES) -> list[Choice]:
        """Those whose names are spelt like the typed one, nearest first."""
        words = (without_titles(folded(typed)) or folded(typed)).split()
        scores: dict[int, float] = {}
        for word in words[:NEAR_WORDS]:
            best: dict[int, float] = {}
            for match, score, _ in process.extract(
                word, self._candidates(word), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=CHOICES
            ):
                for place in self._words[match]:
                    best[place] = max(best.get(place, 0.0), score)
            for place, score in best.items():
                scores[place] = scores.get(place, 0.0) + score
        return self._chosen(sorted(scores, key=lambda place: (-scores[place], place))[:limit])

    def complete(self, typed: str) -> list[str]:
        """At most 25 names for what is typed so far, best first; the heaviest where nothing is typed."""
        if not folded(typed):
            return [name for name, *_ in self._rows[: 2 * CHOICES] if len(name) <= CHOICE][:CHOICES]
        key = without(ARTICLES, folded(typed))
        titled = self._titled.found(key, CHOICES, ("\n{}", " {}")) if key else ()
        found = [*self.holding(typed), *self.found(typed), *self._chosen(titled)]
        names = [choice.name for choice in found]
        if len(found) < FEW:
            names += [choice.name for choice in self.near(typed)]
        return [name for name in dict.fromkeys(names) if len(name) <= CHOICE][:CHOICES]

    def _chosen(self, places: Iterable[int]) -> list[Choice]:
        return [Choice(*self._rows[place]) for place in places]

    def _candidates(self, word: str) -> set[str]:
        """The words of about the same length that begin or end with the same letter."""
        return {
            other
            for length in range(len(word) - 2, len(word) + 3)
            for first in (True, False)
            for other in self._alike.get((length, first, word[0] if first else word[-1]), ())
        }


def _whole(typed: str) -> str:
    """What is typed of a name, folded, without its titles unless it is one."""
    key = folded(typed)
    return without_titles(key) or key


def without_titles(key: str) -> str:
    """A folded name without its leading titles ("mr netanyahu" is "netanyahu")."""
    return without(TITLES, key)


def without(leading: Container[str], key: str) -> str:
    """A folded name without these words at its beginning."""
    words = key.split()
    while words and words[0] in leading:
        words = words[1:]
    return " ".join(words)


def _head(role: str) -> str:
    """The word that says what somebody is: "engineer" of "engineer at the port authority"."""
    return head_of(role.split(" at ")[0], str.split)


def matching(typed: str, options: Iterable[str]) -> Iterator[str]:
    """Those fixed options that what is typed opens, then those it is found in."""
    key = folded(typed)
    names = list(options)
    yield from (name for name in names if folded(name).startswith(key))
    yield from (name for name in names if key in folded(name) and not folded(name).startswith(key))
