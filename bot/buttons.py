"""Buttons that carry their question in their own custom_id, so that they work after a restart.

A question that is too long for a custom_id is kept in a small table, and the button carries its digest.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

import discord

from briefing.card import Question

if TYPE_CHECKING:
    from bot.client import BriefingBot

CUSTOM_ID = 100  # characters; Discord, "Custom ID"
KEPT = 200_000  # long questions remembered; about 40 MB at most

Deed = Literal["turn", "ask"]
"""What a press does: turn the page of the message that bears the button, or ask in a new, private message."""


def written(question: Question) -> str:
    """The question on one line: `who-said|person=Lena Ostrow|kind=quoted|2`; the last field is the page."""
    options = (f"{_plain(name)}={_plain(value)}" for name, value in question.options)
    return "|".join((question.command, *options, str(question.page)))


def read(line: str) -> Question | None:
    """The question that `written` made the line of; None if it made none such."""
    command, *options, page = line.split("|") if "|" in line else ("", "")
    if not command or not page.isdecimal() or not all("=" in option for option in options):
        return None
    pairs = (option.split("=", 1) for option in options)
    return Question(command, tuple((_unplain(name), _unplain(value)) for name, value in pairs), int(page))


def _plain(text: str) -> str:
    return text.replace("%", "%25").replace("|", "%7C").replace("=", "%3D")


def _unplain(text: str) -> str:
    return text.replace("%3D", "=").replace("%7C", "|").replace("%25", "%")


class LongQuestions:
    """Questions too long for a button, kept under their digest; the oldest go when there are too many."""

    def __init__(self, path: Path | None = None, kept: int = KEPT) -> None:
        """Opens or makes the table; without a path it lasts as long as the object."""
        self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("CREATE TABLE IF NOT EXISTS question (digest TEXT UNIQUE NOT NULL, line TEXT NOT NULL)")
        self._db.execute("DELETE FROM question WHERE rowid <= (SELECT max(rowid) FROM question) - ?", (kept,))

    def keep(self, line: str) -> str:
        """The digest of a written question, which is kept."""
        digest = urlsafe_b64encode(hashlib.sha256(line.encode()).digest()[:16]).decode().rstrip("=")
        self._db.execute("INSERT OR IGNORE INTO question VALUES (?, ?)", (digest, line))
        return digest

    def find(self, digest: str) -> str | None:
        row = self._db.execute("SELECT line FROM question WHERE digest = ?", (digest,)).fetchone()
        return row[0] if row else None

    def close(self) -> None:
        self._db.close()


class QuestionButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=re.compile(r"(?P<deed>turn|ask)(?P<place>\d+):(?:#(?P<digest>[\w-]{22})|(?P<line>[^#].*))", re.DOTALL),
):
    """A press asks the question that the button carries."""

    def __init__(self, button: discord.ui.Button[Any], deed: Deed, question: Question | None) -> None:
        """Takes the button as Discord has it; a question of None is one that is no longer known."""
        super().__init__(button)
        self.deed = deed
        self.question = question

    @classmethod
    def made(
        cls, label: str, question: Question, long: LongQuestions, deed: Deed, *, place: int = 0, off: bool = False
    ) -> Self:
        """A new button.

        Args:
            place: The button's number in its message; it keeps the custom_ids of one message apart.
            off: Whether it is greyed out.
        """
        line = written(question)
        head = f"{deed}{place}:"
        custom_id = head + line if len(head + line) <= CUSTOM_ID else f"{head}#{long.keep(line)}"
        return cls(discord.ui.Button(label=label, custom_id=custom_id, disabled=off), deed, question)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        bot: BriefingBot = interaction.client
        line = bot.long_questions.find(match["digest"]) if match["digest"] else match["line"]
        assert isinstance(item, discord.ui.Button)
        return cls(item, "turn" if match["deed"] == "turn" else "ask", read(line) if line else None)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: BriefingBot = interaction.client
        await bot.pressed(interaction, self.deed, self.question)
