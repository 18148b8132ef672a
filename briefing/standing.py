"""What an actor's positions on one issue amount to: where they stand now, and how that changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taken:
    """A position by its stance and day (ISO, None where neither text nor article says)."""

    stance: str
    date: str | None
    place: int
    report: int


def newest(taken: Sequence[Taken]) -> Taken:
    """The last dated position that has a stance, else the last dated one, else the last."""
    polar = [one for one in taken if one.stance != "unclear"] or list(taken)
    dated = sorted((one for one in polar if one.date), key=lambda one: one.date or "")
    return dated[-1] if dated else polar[-1]


def stance_now(taken: Sequence[Taken]) -> str:
    """The newest position's stance; "mixed" where positions of that day differ."""
    last = newest(taken)
    same_day = {one.stance for one in taken if one.date == last.date}
    return "mixed" if {"supports", "opposes"} <= same_day else last.stance


def turns(taken: Sequence[Taken]) -> list[Taken]:
    """The dated positions at which the stance changed, the first one included; [] where it never did."""
    found: list[Taken] = []
    for one in sorted((one for one in taken if one.date and one.stance != "unclear"), key=lambda one: one.date or ""):
        if not found or found[-1].stance != one.stance:
            found.append(one)
    return found if len({one.date for one in found}) > 1 else []
