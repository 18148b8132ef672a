"""What Discord's refusal means for a delivery: wait, pause the schedule, give this one up, or nobody knows.

The codes are those of Discord's page "Opcodes and Status Codes", JSON error codes.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import aiohttp
import discord

Verdict = Literal["wait", "pause", "fail", "unanswered"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a failed try comes to.

    Attributes:
        verdict: "wait": nothing was stored, try again later. "pause": nothing was stored, and nothing will be until a
            person changes something. "fail": this message was refused, the next may pass. "unanswered": the message
            may have been stored.
        reason: What happened and what to do, in words for a moderator.
        after: For "wait": how long Discord asked for, if it did.
    """

    verdict: Verdict
    reason: str
    after: timedelta | None = None


class NotDeliverable(Exception):
    """A refusal that we know of without asking Discord."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


NO_SUCH_CHANNEL = "The channel no longer exists. Schedule the briefing in another one."
NO_ACCESS = "The bot cannot see the channel. Give it View Channel there (/briefing check), then /briefing resume."
NO_PERMISSION = "A permission is missing in the channel. See /briefing check, then /briefing resume."
NO_SERVER = "The bot is no longer in the server. Invite it again, then /briefing resume."
NOT_TEXT = "The channel takes no plain messages (a forum, say). Schedule the briefing in a text channel or a thread."
AUTOMOD = "The server's AutoMod refused the message. Let the bot's role pass that rule."
SLOW_MODE = "The channel is in slow mode. It is tried again; Manage Messages exempts the bot."
BUSY = "Discord asked to wait: the channel is in slow mode, or too much was sent. It is tried again."
NO_ANSWER = "Discord gave no answer. The channel is checked before anything is sent again."
UNREACHED = "Discord did not answer when it was asked for the channel. It is tried again."
LOCKED = "The thread is archived or locked. Open it again, then /briefing resume."

BY_CODE: dict[int, Refusal] = {
    10003: Refusal("pause", NO_SUCH_CHANNEL),
    10004: Refusal("pause", NO_SERVER),
    10008: Refusal("fail", "The briefing's message was deleted before its thread was made."),
    20016: Refusal("wait", SLOW_MODE),
    20028: Refusal("wait", BUSY),
    30033: Refusal("fail", "The thread has no room for another member."),
    40004: Refusal("wait", "Discord has switched off sending for a while. It is tried again."),
    40005: Refusal("fail", "The attached picture was too large for Discord."),
    50001: Refusal("pause", NO_ACCESS),
    50008: Refusal("pause", NOT_TEXT),
    50013: Refusal("pause", NO_PERMISSION),
    50024: Refusal("pause", NOT_TEXT),
    50035: Refusal("fail", "Discord found the message badly formed. This is a fault of the bot: please report it."),
    50083: Refusal("pause", LOCKED),
    130000: Refusal("wait", "Discord is overloaded. It is tried again."),
    160002: Refusal("pause", "The bot may not read the channel's history. See /briefing check, then /briefing resume."),
    160005: Refusal("pause", LOCKED),
    200000: Refusal("fail", AUTOMOD),
    200001: Refusal("fail", AUTOMOD),
    220003: Refusal("pause", NOT_TEXT),
}


def refusal_of(error: BaseException) -> Refusal:
    """What an error of one try at sending means."""
    match error:
        case NotDeliverable():
            return error.refusal
        case discord.RateLimited():
            return Refusal("wait", BUSY, timedelta(seconds=error.retry_after))
        case discord.HTTPException() if error.code in BY_CODE:
            return BY_CODE[error.code]
        case discord.HTTPException() if error.status == 429:
            return Refusal("wait", BUSY, timedelta(minutes=1))
        case discord.HTTPException() if error.status >= 500:
            return Refusal("unanswered", NO_ANSWER)
        case discord.HTTPException() if error.status == 401:
            return Refusal("wait", "Discord no longer accepts the bot's token; its operator has to renew it.")
        case discord.Forbidden():
            return Refusal("pause", f"Discord forbids it (code {error.code}). {NO_PERMISSION}")
        case discord.NotFound():
            return Refusal("pause", NO_SUCH_CHANNEL)
        case discord.HTTPException():
            return Refusal("fail", f"Discord refused the message (status {error.status}, code {error.code}).")
        case asyncio.TimeoutError() | aiohttp.ClientError() | OSError():
            return Refusal("unanswered", NO_ANSWER)
        case _:
            raise error
