"""An actor: a person, body or group that an article names, or a source that it leaves unnamed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.article import Span

ActorKind = Literal["person", "organisation", "group", "unnamed"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, body or group that an article names, or a source that it leaves unnamed.

    Attributes:
        name: The fullest name that the texts give; for an unnamed source its description as printed.
        role: The role that the texts state, as printed ("prime minister of Qatar").
        aliases: Other names that the texts use, the name itself left out.
        mentions: Where the actor is named, described or meant by a pronoun, in text order.
    """

    name: str
    kind: ActorKind
    role: str | None = None
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
