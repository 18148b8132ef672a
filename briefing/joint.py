"""Persons who speak together: what "Sens. Ana Field and Tom Lee" say is a group's statement, and each one's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.actor import Actor

BETWEEN = re.compile(r", | and ")


def speakers_together(group: Actor, people: Sequence[Actor]) -> tuple[Actor, ...]:
    """The persons of a group that `actor` has called by all their names; none where it is another group.

    Args:
        people: The article's actors.
    """
    if group.kind != "group" or " and " not in group.name:
        return ()
    persons = {name: one for one in people if one.kind == "person" for name in (*one.aliases, one.name)}
    speakers = [persons.get(name) for name in BETWEEN.split(group.name)]
    return tuple(one for one in speakers if one) if all(speakers) else ()
