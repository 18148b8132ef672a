"""What a moderator types of a schedule: a time of day, weekdays, a time zone; how each is read, and found."""

from __future__ import annotations

import re
import unicodedata
from datetime import time
from functools import cache
from itertools import chain
from zoneinfo import available_timezones

from bot.schedule import EVERY_DAY

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = {name: number for number, day in enumerate(WEEKDAYS) for name in (day[:3], day, f"{day}s")}
NUMBERS |= {"tues": 1, "thur": 3, "thurs": 3}
NAMED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}
BY_NAME = {
    "every day": EVERY_DAY,
    "daily": EVERY_DAY,
    "all": EVERY_DAY,
    "weekdays": frozenset(range(5)),
    "weekday": frozenset(range(5)),
    "weekends": frozenset({5, 6}),
    "weekend": frozenset({5, 6}),
}


def time_of(typed: str) -> time | None:
    """A time of day as people write it: "7", "07:30", "7.30 pm", "1930", "noon"; None if it is none."""
    typed = typed.strip().lower()
    if typed in NAMED_TIMES:
        return NAMED_TIMES[typed]
    found = re.fullmatch(r"(\d{1,2})(?:\s*[:.h]?\s*(\d{2}))?\s*(?:h|o'clock)?\s*(?:([ap])\.?m\.?)?", typed)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def days_of(typed: str) -> frozenset[int] | None:
    """Weekdays as people write them: "every day", "weekdays", "Mon, Wed", "fri-sun", "Monday to Friday"; or None.

    Nothing typed is every day.
    """
    words = re.sub(r"\s*[-–—]\s*|\s+(?:to|through|until|till)\s+", "-", typed.lower().strip())
    words = re.sub(r"[\s,;./&+]+", " ", words).strip()
    if words in BY_NAME or not typed.strip():
        return BY_NAME.get(words, EVERY_DAY)
    spans = [_span(word) for word in words.split() if word != "and"]
    return frozenset(chain.from_iterable(spans)) if spans and all(spans) else None


def _span(word: str) -> list[int]:
    """The days of "mon" or "fri-monday", in order; none if a name in it is no weekday's."""
    ends = [NUMBERS.get(name) for name in word.split("-")]
    first, last = ends[0], ends[-1]
    if first is None or last is None or len(ends) > 2:
        return []
    return [(first + n) % 7 for n in range((last - first) % 7 + 1)]


def days_in_words(days: frozenset[int]) -> str:
    named = {EVERY_DAY: "every day", frozenset(range(5)): "on weekdays", frozenset({5, 6}): "at weekends"}
    return named.get(days) or "on " + ", ".join(WEEKDAYS[day][:3].title() for day in sorted(days))


REGIONS = tuple(
    f"{region}/"
    for region in (
        ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"]
    )
)


BY_LETTERS = {
    "America/New_York": "et est edt",
    "America/Chicago": "ct cdt",
    "America/Denver": "mt mdt",
    "America/Los_Angeles": "pt pst pdt",
    "Europe/London": "bst",
    "Europe/Berlin": "cest",
}
"""Zones by the letters that people write all year round; `EST` itself is a zone that knows no summer. "CST" could be
Chicago's or China's, and is left to be chosen."""
LETTERS = {letters: zone for zone, several in BY_LETTERS.items() for letters in several.split()}


@cache
def zones() -> tuple[str, ...]:
    """The names of the world's zones that a person would choose: by region and city, and UTC."""
    return ("UTC", *sorted(name for name in available_zones() if name.startswith(REGIONS)))


def zone_of(typed: str) -> str:
    """The zone that is typed, be it by its city ("berlin") or its letters ("ET"); what is typed where it is none."""
    if typed.strip().lower() in LETTERS:
        return LETTERS[typed.strip().lower()]
    if is_zone(typed):
        return typed
    wanted = _readable(typed)
    named = [name for name in zones() if wanted in (_readable(name), _readable(name.rsplit("/", 1)[-1]))]
    return min(named, key=len, default=typed)


def _readable(zone: str) -> str:
    """A zone or a city in small letters without accents, as the zones are named: "zurich" of "Zürich"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", zone.lower()) if not unicodedata.combining(c))
    return re.sub(r"[\s_/]+", " ", plain).strip()


def is_zone(name: str) -> bool:
    return name in available_zones()


@cache
def available_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def zones_like(typed: str, limit: int = 25) -> list[str]:
    """Zones by city, best first: the city's opening, a word's opening, anywhere, then near misses."""
    from rapidfuzz import fuzz, process

    wanted = _readable(typed)
    if not wanted:
        return list(zones()[:limit])
    readable = {name: name.lower().replace("_", " ") for name in zones()}
    city = {name: text.rsplit("/", 1)[-1] for name, text in readable.items()}
    ranks = {
        name: 0 if city[name].startswith(wanted)
        else 1 if f" {wanted}" in " " + readable[name].replace("/", " ")
        else 2
        for name in zones()
        if wanted in readable[name].replace("/", " ")
    }  # fmt: skip
    found = sorted(ranks, key=lambda name: (ranks[name], len(name), name))
    if wanted in LETTERS:
        found = list(dict.fromkeys([LETTERS[wanted], *found]))
    if len(wanted) > 2:
        near = process.extract(wanted, city, scorer=fuzz.ratio, limit=limit, score_cutoff=70)
        found += [name for _, _, name in near if name not in found]
    return found[:limit]
