"""Which persons a group of speakers is made of."""

import pytest

from briefing.actor import Actor
from briefing.joint import speakers_together

PEOPLE = (
    Actor("Ana Field", "person", aliases=("Field",)),
    Actor("Beatrix Lind", "person", aliases=("Bea Lind",)),
    Actor("Tom Lee", "person"),
    Actor("Lorne Motors", "organisation"),
)


@pytest.mark.parametrize(
    ("name", "speakers"),
    [
        ("Ana Field and Tom Lee", ["Ana Field", "Tom Lee"]),
        ("Ana Field, Bea Lind and Tom Lee", ["Ana Field", "Beatrix Lind", "Tom Lee"]),
        ("supporters of Ana Field and Tom Lee", []),
        ("residents and Ana Field", []),
        ("Lorne Motors and Tom Lee", []),
        ("Ana Field", []),
    ],
)
def test_a_group_is_made_of_the_persons_whose_names_it_bears(name, speakers):
    found = speakers_together(Actor(name, "group"), PEOPLE)

    assert [one.name for one in found] == speakers
