"""The readers' commands. Each is one question; `briefing.brief` has the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.client import completion, question_of
from briefing import brief
from briefing.brief.answers import ANSWERS
from briefing.brief.help import command_entry
from briefing.brief.summary import LENGTHS, METHODS
from briefing.brief.who_said import KINDS
from briefing.card import Card, Entry, Question

if TYPE_CHECKING:
    from bot.client import BriefingBot

Name = Range[str, 1, 100]
Rank = Callable[[str, str | None, str], Awaitable[None]]
"""Ranks the passages of (story, article or None) by a method, into the index."""

LENGTH = [Choice(name=length, value=length) for length in LENGTHS]
METHOD = [Choice(name=name, value=value) for value, name in METHODS.items()]
KIND = [Choice(name=kind, value=kind) for kind in KINDS]

STORY = "Left out: the newest story"
PERSON = "As the articles name them"
ISSUE = "In the articles' words"
PRIVATE = "Show the answer to me alone"


class StoryCog(commands.Cog):
    """Who said what, who stands where, and what happened."""

    def __init__(self, bot: BriefingBot, rank: Rank) -> None:
        self.bot = bot
        self.rank = rank
        bot.answerers |= dict.fromkeys(ANSWERS, self.answer)
        bot.slow["summary"] = lambda question: brief.missing_ranking(bot.index, question) is not None
        bot.completers |= dict.fromkeys(ANSWERS, self.complete)

    async def answer(self, question: Question) -> Card:
        missing = brief.missing_ranking(self.bot.index, question)
        if missing:
            await self.rank(*missing)
        card = brief.answer(self.bot.index, question)
        return replace(card, entries=(*card.entries, *self._others())) if question.command == "help" else card

    def _others(self) -> Iterator[Entry]:
        """The bot's other commands, as the help lists them."""
        for command in self.bot.tree.get_commands():
            if command.name not in ANSWERS and not isinstance(command, app_commands.ContextMenu):
                yield command_entry(command.name, command.description)

    def complete(self, command: str, option: str, typed: str, others: dict[str, str]) -> list[tuple[str, str]]:
        return brief.complete(self.bot.index, command, option, typed, others)

    async def _reply(self, interaction: discord.Interaction[Any], private: bool) -> None:
        await self.bot.reply(interaction, question_of(interaction), private=private)

    @app_commands.command(description="The story in its articles' words")
    @app_commands.describe(
        story=STORY,
        article="One article instead of the whole story",
        length="How long",
        method="How sentences are chosen",
        private=PRIVATE,
    )
    @app_commands.autocomplete(story=completion("story"), article=completion("article"))
    @app_commands.choices(length=LENGTH, method=METHOD)
    async def summary(
        self,
        interaction: discord.Interaction[Any],
        story: Name | None = None,
        article: Name | None = None,
        length: str | None = None,
        method: str | None = None,
        private: bool = False,
    ) -> None:
        await self._reply(interaction, private)

    @app_commands.command(name="who-said", description="What somebody said, as printed")
    @app_commands.describe(
        person=PERSON,
        about="An issue, or words to look for",
        kind="Left out: quoted and reported",
        private=PRIVATE,
    )
    @app_commands.autocomplete(person=completion("person"), about=completion("about"))
    @app_commands.choices(kind=KIND)
    async def who_said(
        self,
        interaction: discord.Interaction[Any],
        person: Name,
        about: Name | None = None,
        kind: str | None = None,
        private: bool = False,
    ) -> None:
        await self._reply(interaction, private)

    @app_commands.command(description="Who stands where on what")
    @app_commands.describe(person=PERSON, issue=ISSUE, story=STORY, private=PRIVATE)
    @app_commands.autocomplete(person=completion("person"), issue=completion("issue"), story=completion("story"))
    async def positions(
        self,
        interaction: discord.Interaction[Any],
        person: Name | None = None,
        issue: Name | None = None,
        story: Name | None = None,
        private: bool = False,
    ) -> None:
        await self._reply(interaction, private)

    @app_commands.command(description="Where two stand on the same issues")
    @app_commands.describe(person=PERSON, other="Whom to compare with", issue=ISSUE, private=PRIVATE)
    @app_commands.autocomplete(person=completion("person"), other=completion("other"), issue=completion("issue"))
    async def compare(
        self,
        interaction: discord.Interaction[Any],
        person: Name,
        other: Name,
        issue: Name | None = None,
        private: bool = False,
    ) -> None:
        await self._reply(interaction, private)

    @app_commands.command(description="The articles that the answers come from")
    @app_commands.describe(story=STORY, private=PRIVATE)
    @app_commands.autocomplete(story=completion("story"))
    async def sources(
        self, interaction: discord.Interaction[Any], story: Name | None = None, private: bool = False
    ) -> None:
        await self._reply(interaction, private)

    @app_commands.command(description="What you can ask")
    @app_commands.describe(private=PRIVATE)
    async def help(self, interaction: discord.Interaction[Any], private: bool = False) -> None:
        await self._reply(interaction, private)
