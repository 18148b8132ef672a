"""What the bot asks for, and why."""

import discord

from bot.permissions import PERMISSIONS, WHY
from bot.service import invitation


async def test_the_invitation_says_why_of_each_permission_and_asks_for_no_other(monkeypatch):
    async def log_in(self, token):
        self._application_id = 7
        self._connection.application_id = 7

    monkeypatch.setattr(discord.Client, "login", log_in)

    link, _, _, *lines = (await invitation("token")).splitlines()

    assert f"permissions={PERMISSIONS.value}" in link
    assert len(lines) == len(WHY)
    assert "  Read Message History: to make sure that no briefing is posted twice." in lines
