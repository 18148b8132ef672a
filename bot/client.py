"""The bot itself: what it may see and do, its commands, and what happens when something goes wrong."""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.buttons import Deed, LongQuestions, QuestionButton
from bot.card_view import files_of, view_of
from briefing.card import Card, Question
from briefing.index import Index

log = logging.getLogger(__name__)

Answerer = Callable[[Question], Awaitable[Card]]
Completer = Callable[[str, str, str, dict[str, str]], list[tuple[str, str]]]
"""Names and values for (command, option, what is typed of it, the other options)."""

Autocompletion = Callable[[discord.Interaction[Any], str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]
Makes = Callable[["BriefingBot"], commands.Cog]

PRIVATE = "private"
"""The option that every command has: whether only the asker sees the answer. It is no part of the question."""

EXPIRED = "This button belongs to an older answer that I no longer know. Please ask again with a command."
UNSEEN = "I cannot see that channel or thread. Give me View Channel there; if it is an archived thread, open it first."
OUT_OF_STEP = "This command has changed since Discord last heard of it. Please try again in a few minutes."


class BriefingBot(commands.Bot):
    """One bot for all three doors; in the terminal it is never logged in, and only answers and completes.

    Attributes:
        answerers: What answers each command whose answer is a card, by the command's qualified name. A cog puts itself
            there; then buttons can ask the command, and the terminal offers it.
        slow: Of such commands, which questions may take longer than the 3 seconds that Discord waits.
        completers: What completes options, by the command's or its group's name.
        index: What the story's answers are read from.
        clock: What time it is.
    """

    def __init__(
        self,
        index: Index,
        makes: Sequence[Makes],
        *,
        long_questions: LongQuestions | None = None,
        synced: Path | None = None,
        syncs: bool = True,
        clock: Callable[[], datetime] = discord.utils.utcnow,
    ) -> None:
        """Takes its parts.

        Args:
            makes: What makes each cog.
            long_questions: Where questions too long for a button are kept; by default in memory.
            synced: A file that remembers which commands Discord was last told of; without one it is told at each start.
            syncs: Whether it tells Discord of its commands at all when it starts.
        """
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            activity=discord.CustomActivity("Type /help"),
            max_ratelimit_timeout=30,  # seconds; a briefing that has to wait longer is tried again later
        )
        self.index = index
        self.clock = clock
        index.now = lambda: self.clock()  # which may be set anew
        self.long_questions = long_questions or LongQuestions()
        self.answerers: dict[str, Answerer] = {}
        self.slow: dict[str, Callable[[Question], bool]] = {}
        self.completers: dict[str, Completer] = {}
        self._makes = makes
        self._synced = synced
        self._syncs = syncs
        self.tree.on_error = self.report  # type: ignore[method-assign]  # as discord.py's documentation does

    async def setup_hook(self) -> None:
        """Runs once, before the gateway: cogs, buttons, and the commands if they have changed."""
        self.add_dynamic_items(QuestionButton)
        await self.load_cogs()
        if self._syncs:
            await self.sync_if_changed()

    async def load_cogs(self) -> None:
        for make in self._makes:
            await self.add_cog(make(self))

    async def sync_if_changed(self) -> None:
        """Tells Discord of the commands, unless it was told of just these: it allows 200 new ones a day."""
        payload = json.dumps([command.to_dict(self.tree) for command in self.tree.get_commands()], sort_keys=True)
        digest = hashlib.sha256(f"{self.application_id} {payload}".encode()).hexdigest()
        if self._synced and self._synced.exists() and self._synced.read_text("ascii") == digest:
            return
        await self.tree.sync()
        if self._synced:
            self._synced.write_text(digest, "ascii")

    async def answer(self, question: Question) -> Card:
        """The card for a question of any cog's.

        Raises:
            LookupError: No cog answers this command with a card; it acts on a server.
        """
        return await self.answerers[question.command](question)

    def complete(self, command: str, option: str, typed: str, others: dict[str, str]) -> list[tuple[str, str]]:
        """Names and values that fit what is typed of an option; at once, from memory."""
        completer = self.completers.get(command.split()[0])
        return completer(command, option, typed, others) if completer else []

    async def reply(self, interaction: discord.Interaction[Any], question: Question, *, private: bool) -> None:
        """Answers an interaction with a new message; an answer that takes its time is announced by "thinking"."""
        if self._is_slow(question):
            await interaction.response.defer(ephemeral=private, thinking=True)
        card = await self.answer(question)
        view, files = view_of(card, self.long_questions), files_of(card)
        if interaction.response.is_done():
            await interaction.followup.send(view=view, files=files, ephemeral=private)
        else:
            await interaction.response.send_message(view=view, files=files, ephemeral=private)

    async def turn(self, interaction: discord.Interaction[Any], question: Question) -> None:
        """Answers a press with another page in the same message; it stays as it is until the page is there."""
        if self._is_slow(question):
            await interaction.response.defer()
        card = await self.answer(question)
        view, files = view_of(card, self.long_questions), files_of(card)
        if interaction.response.is_done():
            await interaction.edit_original_response(view=view, attachments=files)
        else:
            await interaction.response.edit_message(view=view, attachments=files)

    def _is_slow(self, question: Question) -> bool:
        return question.command in self.slow and self.slow[question.command](question)

    async def pressed(self, interaction: discord.Interaction[Any], deed: Deed, question: Question | None) -> None:
        """A button was pressed that carries a question; None is one that is no longer known."""
        try:
            if question is None or question.command not in self.answerers:
                await _tell(interaction, EXPIRED)
            elif deed == "ask":
                await self.reply(interaction, question, private=True)
            else:
                await self.turn(interaction, question)
        except Exception as error:
            await self.report(interaction, error)

    async def report(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        """The one error handler: the log gets the error, the asker a short text with its number."""
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            await _tell(interaction, OUT_OF_STEP)
            return
        if isinstance(error, app_commands.CheckFailure):
            await _tell(interaction, str(error))
            return
        if isinstance(error, app_commands.TransformerError) and error.type is discord.AppCommandOptionType.channel:
            await _tell(interaction, UNSEEN)
            return
        number = secrets.token_hex(3)
        command = interaction.command.qualified_name if interaction.command else interaction.type.name
        log.error("error %s in %s", number, command, exc_info=error)
        await _tell(interaction, f"Sorry, that went wrong. If it goes on, tell the operator this number: {number}")

    async def close(self) -> None:
        await super().close()
        self.long_questions.close()


async def _tell(interaction: discord.Interaction[Any], text: str) -> None:
    """A short text that only the asker sees."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except discord.HTTPException as error:
        log.warning("an answer could not be delivered: %s", error)


def question_of(interaction: discord.Interaction[Any]) -> Question:
    """The question that a slash command asks: its options as typed, in the command's order."""
    command = interaction.command
    assert isinstance(command, app_commands.Command)
    given = dict(iter(interaction.namespace))
    names = [parameter.display_name for parameter in command.parameters]
    options = tuple((name, str(given[name])) for name in names if name in given and name != PRIVATE)
    return Question(command.qualified_name, options)


def completion(option: str) -> Autocompletion:
    """The autocompletion of a cog's option; nothing in it waits."""

    async def complete(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        bot: BriefingBot = interaction.client
        command = interaction.command
        assert isinstance(command, app_commands.Command)
        others = {name: str(value) for name, value in interaction.namespace if name != option}
        found = bot.complete(command.qualified_name, option, typed, others)
        return [app_commands.Choice(name=name, value=value) for name, value in found]

    return complete
