"""Which mentions of an article mean the same person or body, and who says what."""

from briefing.actor.actor import Actor, ActorKind
from briefing.actor.alias import Aliases, read_aliases
from briefing.actor.cast import Cast, Reference, cast_of
from briefing.actor.speaker import name_speakers
from briefing.actor.story import StoryActor, across

__all__ = [
    "Actor",
    "ActorKind",
    "Aliases",
    "Cast",
    "Reference",
    "StoryActor",
    "across",
    "cast_of",
    "name_speakers",
    "read_aliases",
]
