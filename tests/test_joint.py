"""Which persons a group of speakers is made of."""

import re

import pytest

from briefing.actor import Actor
from briefing.joint import speakers_together


@pytest.mark.parametrize(
    ("mention", "together"),
    [
        ("Ana Field and Tom Lee", True),
        ("Sens. Ana Field of Ohio and Tom Lee of Utah", True),
        ("Mr Ana Field, Bea Lind and fellow lawmaker Tom Lee, the chairman of the panel", True),
        ("supporters of Ana Field and Tom Lee", False),
        ("Ana Field’s lawyer and Tom Lee", False),
        ("Neither Ana Field nor Tom Lee", False),
        ("residents and Ana Field", False),
        ("Ana Field and her sister", False),
    ],
)
def test_a_group_is_made_of_the_persons_who_are_named_side_by_side(mention, together):
    text = f"On Monday {mention} said that the pier was safe, and Tom Lee left."
    group = Actor(mention, "group", mentions=((10, 10 + len(mention)),))
    people = [
        Actor(name, "person", mentions=tuple(match.span() for match in re.finditer(name, text)))
        for name in ("Ana Field", "Bea Lind", "Tom Lee")
    ]

    speakers = [actor.name for actor in speakers_together(text, group, [group, *people])]

    assert speakers == ([name for name in ("Ana Field", "Bea Lind", "Tom Lee") if name in mention] if together else [])
