"""What the small Discord holds: servers with their channels, messages, and the nonces of the past few minutes."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

EPOCH = 1_420_070_400_000  # milliseconds; Discord's snowflakes count from 2015
EVERYTHING = str((1 << 50) - 1)
BOT_ID = 900_000_000_000_000_001
BOT = {"id": str(BOT_ID), "username": "briefing", "discriminator": "0000", "avatar": None, "bot": True}


@dataclass
class Message:
    id: int
    channel_id: int
    author_id: int
    at: float
    payload: dict[str, Any]

    @property
    def nonce(self) -> str | None:
        return self.payload.get("nonce")

    @property
    def text(self) -> str:
        return "\n".join(_texts(self.payload))

    def to_json(self) -> dict[str, Any]:
        author = BOT if self.author_id == BOT_ID else BOT | {"id": str(self.author_id), "bot": False}
        return {
            "id": str(self.id),
            "channel_id": str(self.channel_id),
            "author": author,
            "content": self.payload.get("content") or "",
            "timestamp": _iso(self.at),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": self.payload.get("embeds") or [],
            "components": self.payload.get("components") or [],
            "flags": self.payload.get("flags") or 0,
            "nonce": self.payload.get("nonce"),
            "pinned": False,
            "type": 0,
        }


@dataclass
class Channel:
    """A channel or thread.

    Attributes:
        type: As in Discord: 0 text, 11 public thread, 15 forum.
        readable: Whether the bot may read the history; if not, Discord shows none.
        denied: Permissions that the bot lacks here, as a bit field.
    """

    id: int
    guild_id: int
    name: str = "news"
    type: int = 0
    parent_id: int | None = None
    readable: bool = True
    denied: int = 0
    archived: bool = False
    messages: list[Message] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        denied = {"id": str(self.guild_id), "type": 0, "allow": "0", "deny": str(self.denied)}
        common = {"id": str(self.id), "guild_id": str(self.guild_id), "name": self.name, "type": self.type}
        if self.type == 11:
            state = {"archived": self.archived, "auto_archive_duration": 1440, "locked": False}
            state["archive_timestamp"] = _iso(time.time())
            common |= {"parent_id": str(self.parent_id), "owner_id": str(BOT_ID), "thread_metadata": state}
            return common | {"message_count": len(self.messages), "member_count": 1}
        common |= {"position": 0, "permission_overwrites": [denied], "parent_id": None}
        return common | {"nsfw": False, "topic": None}


@dataclass
class Guild:
    id: int
    channels: list[Channel]
    name: str = "Newsroom"

    def to_json(self) -> dict[str, Any]:
        role = {"id": str(self.id), "name": "@everyone", "permissions": EVERYTHING, "position": 0, "color": 0}
        role |= {"hoist": False, "managed": False, "mentionable": False, "flags": 0}
        me = {"user": BOT, "roles": [], "joined_at": _iso(0), "deaf": False, "mute": False, "flags": 0}
        return {
            "id": str(self.id),
            "name": self.name,
            "owner_id": "1",
            "roles": [role],
            "emojis": [],
            "stickers": [],
            "features": [],
            "channels": [channel.to_json() for channel in self.channels if channel.type != 11],
            "threads": [channel.to_json() for channel in self.channels if channel.type == 11 and not channel.archived],
            "members": [me],
            "member_count": 1,
            "large": False,
            "unavailable": False,
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "preferred_locale": "en-US",
            "system_channel_flags": 0,
            "afk_timeout": 300,
        }


class World:
    """Everything that outlives a client.

    Attributes:
        nonce_window: Seconds for which a nonce is remembered.
        commands: What the application has registered.
    """

    def __init__(self, nonce_window: float = 300) -> None:
        self.nonce_window = nonce_window
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.commands: list[dict[str, Any]] = []
        self._nonces: dict[tuple[int, str], Message] = {}
        self._numbers = itertools.count(1)

    def add_guild(self, guild_id: int, channel_ids: Iterable[int]) -> Guild:
        guild = self.guilds[guild_id] = Guild(guild_id, [])
        for number in channel_ids:
            self.add_channel(Channel(number, guild_id))
        return guild

    def add_channel(self, channel: Channel) -> None:
        """A channel of a server, or (in none) a direct conversation."""
        self.channels[channel.id] = channel
        if channel.guild_id:
            self.guilds[channel.guild_id].channels.append(channel)

    def remove_channel(self, channel_id: int) -> None:
        channel = self.channels.pop(channel_id)
        self.guilds[channel.guild_id].channels.remove(channel)

    def channel(self, channel_id: int) -> Channel | None:
        return self.channels.get(channel_id)

    def snowflake(self) -> int:
        return (int(time.time() * 1000) - EPOCH) << 22 | (next(self._numbers) & 0xFFF)

    def post(self, channel: Channel, payload: dict[str, Any], author_id: int = BOT_ID) -> Message:
        """Stores a message; if its nonce was used a short while ago, that earlier message is returned instead."""
        key, now = (author_id, str(payload.get("nonce"))), time.time()
        earlier = self._nonces.get(key)
        if payload.get("enforce_nonce") and earlier is not None and now - earlier.at < self.nonce_window:
            return earlier
        message = Message(self.snowflake(), channel.id, author_id, now, payload)
        channel.messages.append(message)
        if payload.get("nonce"):
            self._nonces[key] = message
        return message


def fault_of(payload: dict[str, Any]) -> tuple[int, str] | None:
    """Discord's error code for a message that breaks its limits."""
    texts, count = list(_texts(payload)), sum(1 for _ in _components(payload.get("components") or []))
    if len(payload.get("content") or "") > 2_000 or len(str(payload.get("nonce") or "")) > 25 or count > 40:
        return 50035, "Invalid Form Body"
    if sum(map(len, texts)) > (4_000 if count else 2_000):
        return 50035, "Invalid Form Body"
    if not any(text.strip() for text in texts) and not payload.get("embeds"):
        return 50006, "Cannot send an empty message"
    return None


def _components(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _components(component.get("components") or [])


def _texts(payload: dict[str, Any]) -> Iterator[str]:
    if payload.get("content"):
        yield payload["content"]
    yield from (part["content"] for part in _components(payload.get("components") or []) if part["type"] == 10)


def _iso(at: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(at)) + f".{int(at % 1 * 1e6):06d}+00:00"


def payload_of(body: bytes, content_type: str) -> dict[str, Any]:
    """The JSON of a request, plain or as the `payload_json` part of a form with files."""
    if not content_type.startswith("multipart/"):
        return json.loads(body or b"{}")
    boundary = content_type.split("boundary=")[1].strip('"').encode()
    part = next(part for part in body.split(b"--" + boundary) if b'name="payload_json"' in part)
    return json.loads(part.split(b"\r\n\r\n", 1)[1].rsplit(b"\r\n", 1)[0])
