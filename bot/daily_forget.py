"""The question before everything that is kept about a server is removed, and the button that removes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

if TYPE_CHECKING:
    from bot.client import BriefingBot

NOT_YOURS = "Only who asked to forget may press this."
NOTHING = "Nothing is kept about this server."


def counted(schedules: int) -> str:
    return f"{schedules} schedule{'s' * (schedules != 1)}, with all deliveries and what was posted"


def question(schedules: int, member: int) -> ui.LayoutView:
    """What would be forgotten, and the button for that member alone."""
    told = f"Forget {counted(schedules)}? It cannot be brought back. Messages that were posted stay."
    view = ui.LayoutView(timeout=None).add_item(ui.TextDisplay(told))
    return view.add_item(ui.ActionRow(ForgetButton(member)))


class ForgetButton(ui.DynamicItem[ui.Button[Any]], template=re.compile(r"forget:(?P<member>\d+)")):
    """A press by the member who asked removes everything about the server; after a restart too."""

    def __init__(self, member: int) -> None:
        button = ui.Button[Any](label="Forget", style=discord.ButtonStyle.danger, custom_id=f"forget:{member}")
        super().__init__(button)
        self.member = member

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(int(match["member"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: BriefingBot = interaction.client
        try:
            if interaction.user.id != self.member:
                await interaction.response.send_message(NOT_YOURS, ephemeral=True)
                return
            count = await bot.get_cog("DailyCog").ledger.forget(interaction.guild_id)  # type: ignore[union-attr]
            told = f"Forgotten: {counted(count)}. Messages that were posted stay; delete them in Discord."
            await interaction.response.edit_message(view=ui.LayoutView().add_item(ui.TextDisplay(told)))
        except Exception as error:
            await bot.report(interaction, error)
