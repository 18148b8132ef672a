"""The words that show a stance, as `stance.toml` lists them, and what negation and reversal make of one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOR, OPEN, AGAINST = 1, 0, -1
"""A side: for, neither (the stance is left open or only not taken), against."""

Frames = Mapping[str, Mapping[str, int]]
"""How an issue is named ("object", or a preposition) -> cue in its dictionary form -> side."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of `stance.toml`.

    Attributes:
        verb, noun, adjective: Frames of a part of speech.
        wish: Frames of verbs whose object or clause is what somebody wants to happen.
        predicate: What may be said of an issue itself -> side.
        preposition: Prepositions and phrases that are a stance ("against", "in favor of") -> side.
        ends, begins: Deeds that end or bring about what they are done to.
        wrongs: Deeds that whoever tells of them blames on their doer.
        turning, falling_short: Words over a stance that turn it round, or leave it not taken.
    """

    verb: Frames
    noun: Frames
    adjective: Frames
    wish: Frames
    predicate: Mapping[str, int]
    preposition: Mapping[str, int]
    ends: frozenset[str]
    begins: frozenset[str]
    turning: frozenset[str]
    falling_short: frozenset[str]
    wrongs: frozenset[str]


@cache
def classes() -> Mapping[str, frozenset[str]]:
    """The word classes of `words.toml` by name."""
    data = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in data.items()}


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with the package."""
    data = tomllib.loads(Path(__file__).with_name("stance.toml").read_text(encoding="utf-8"))
    return Vocabulary(
        verb=_frames(data, "verb"),
        noun=_frames(data, "noun"),
        adjective=_frames(data, "adjective"),
        wish={name: dict.fromkeys(words.split(), FOR) for name, words in data["wishes"]["verb"].items()},
        predicate=_sided(data, "predicate"),
        preposition=_sided(data, "preposition"),
        ends=frozenset(data["action"]["ends"].split()),
        begins=frozenset(data["action"]["begins"].split()),
        turning=frozenset(data["reversal"]["against"].split()),
        falling_short=frozenset(data["reversal"]["short"].split()),
        wrongs=frozenset(data["wrongs"]["verbs"].split()),
    )


def negated(side: int) -> int:
    """Not to support is to oppose; not to oppose is not yet to support."""
    return AGAINST if side == FOR else OPEN


def turned(side: int, held: bool) -> int:
    """What refusing or dropping makes of a side.

    Args:
        held: The stance was held before ("dropped her opposition") and not only refused ("refused to oppose").
    """
    return AGAINST if side == FOR else FOR if side == AGAINST and held else OPEN


def _frames(data: Mapping[str, Mapping[str, Mapping[str, str]]], part: str) -> Frames:
    frames: dict[str, dict[str, int]] = {}
    for section, side in (("supports", FOR), ("opposes", AGAINST), ("unclear", OPEN)):
        for name, words in data[section].get(part, {}).items():
            frames.setdefault(name, {}).update(dict.fromkeys(words.split(), side))
    return frames


def _sided(data: Mapping[str, Mapping[str, Mapping[str, str]]], part: str) -> Mapping[str, int]:
    words: dict[str, int] = {}
    for section, side in (("supports", FOR), ("opposes", AGAINST)):
        words.update(dict.fromkeys(data[section][part]["words"].split(), side))
        words.update(dict.fromkeys(data[section][part].get("phrases", ()), side))
    return words
