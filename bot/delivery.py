"""One delivery from claim to record: the shell around the ledger, the briefing's text and Discord.

The order is what makes it exactly once: the claim is on the disk before the request is made, the request carries a
nonce that anyone would work out alike, and the record comes last. Whoever finds an unrecorded try repeats it with the
same nonce while Discord still knows it; later, the channel is read for our mark before anything is sent again.
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

import aiohttp
import discord
from discord.http import HTTPClient

from bot.daily import is_late
from bot.patience import at_most
from bot.refusal import NO_ANSWER, UNREACHED, Refusal, refusal_of
from bot.schedule import LONG_AGO, MISSED, Claim, Schedule, State
from bot.tries import mark, may_resend, pause_before, short_id

if TYPE_CHECKING:
    from bot.ledger import Ledger

log = logging.getLogger(__name__)

IN_FLIGHT = 100  # requests under way at once; a channel that hangs holds up no other
CATCH_UP = 1.11  # how much nearer than the rate says two requests of one process may follow each other
PUNCTUAL = 0.1  # seconds after its place in which a request may go out; in a second, a tenth more than the rate then
PLACES = 3  # how many a request takes at most; where all is slow, it goes out after the last one all the same
READ_BACK = 500  # messages, five requests; in a channel that moves faster it is uncertain what was posted
MARGIN = timedelta(hours=1)  # between our clock and Discord's
FIRST_REPEAT = 0.9  # seconds; discord.py waits 1 s or more, then itself repeats what was answered with 500, 502 or 504
UNREADABLE = "Discord gave no answer, and the channel's messages cannot be read. Look there for today's briefing."
NOTHING_NEW = "Nothing new since the last briefing."

Sendable = Callable[[str], Mapping[str, Any]]
"""Makes the arguments of `send` for one message, given the mark to put at its foot."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """What one delivery says.

    Attributes:
        story: The story's name.
        parts: The message, and the pages that follow in its thread.
        articles: What it reports on.
    """

    story: str
    parts: tuple[Sendable, ...]
    articles: tuple[str, ...]


class Compose(Protocol):
    def __call__(self, claim: Claim, posted: frozenset[str], late_by: timedelta | None) -> Briefing:
        """The briefing on what is not in `posted`; or, if the delivery has its articles already, on just those."""


@dataclass(frozen=True, slots=True)
class Door:
    """A channel to send to, and whether its history can be read (without the right, Discord shows none)."""

    channel: discord.abc.Messageable
    can_read: bool


class Courier:
    """Delivers what the ledger says is due.

    Args:
        door: Finds a claim's channel; raises `NotDeliverable`, or Discord's own errors.
        compose: Writes the briefing.
        tell: Lets a schedule's moderator know of something that needs a person.
        clock: What time it is, in UTC.
        http: What the door's channels are asked through.
    """

    def __init__(
        self,
        ledger: Ledger,
        door: Callable[[Claim], Awaitable[Door]],
        compose: Compose,
        tell: Callable[[Schedule, str], Awaitable[None]],
        clock: Callable[[], datetime],
        http: HTTPClient,
    ) -> None:
        self.ledger = ledger
        self.timing = ledger.timing
        self.is_closing = False
        self.holder = secrets.token_hex(8)
        self._door = door
        self._compose = compose
        self._tell = tell
        self._clock = clock
        self._http = http
        self._room = asyncio.Semaphore(IN_FLIGHT)
        self._under_way: set[asyncio.Task[None]] = set()
        self._claiming = asyncio.Lock()
        self._gate = asyncio.Lock()
        self._last_request = float("-inf")

    async def round(self) -> int:
        """Claims and sends all that is due now; returns how many were claimed. Slow answers are not waited for."""
        claimed = 0
        async with self._claiming:
            await self.ledger.plan(self._clock())
            while not self.is_closing and (claims := await self.ledger.claim(self._clock(), self.holder)):
                claimed += len(claims)
                for claim in claims:
                    await self._room.acquire()
                    self._start(self._deliver_in_room(claim))
        return claimed

    async def at_once(self, occasion: str) -> None:
        """Sends the briefing that was asked for on an occasion, unless another of its schedule is under way.

        It waits for that one alone, however many others are due.
        """
        if not self.is_closing:
            await asyncio.shield(self._start(self._deliver_asked_for(occasion)))

    def _start(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Lets a delivery go on by itself; `finish` waits for it."""
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def close(self) -> None:
        """Claims nothing more, and waits for the requests under way."""
        self.is_closing = True
        async with self._claiming:
            await self.finish()

    async def finish(self) -> None:
        """Waits for the requests under way."""
        while self._under_way:
            await asyncio.gather(*self._under_way, return_exceptions=True)

    async def turn(self) -> None:
        """Waits until one request more fits into the rate; for what is asked besides the message itself."""
        for _ in range(PLACES):
            if await self._in_time_for(await self.ledger.slot(self._clock())):
                return

    async def _in_time_for(self, slot: datetime) -> bool:
        """Waits for a place in the rate; False if it has gone by, because this process or the database was held up.

        Places that went by are not made up for: the requests would come on top of those that have the next places.
        """
        pause = (slot - self._clock()).total_seconds()
        if pause > 0:
            await asyncio.sleep(pause)
        async with self._gate:
            time = asyncio.get_running_loop().time
            await asyncio.sleep(max(0.0, self._last_request + 1 / (self.timing.rate * CATCH_UP) - time()))
            if (self._clock() - slot).total_seconds() > PUNCTUAL:
                return False
            self._last_request = time()
            return True

    async def _deliver_asked_for(self, occasion: str) -> None:
        for claim in await self.ledger.claim(self._clock(), self.holder, occasion):
            await self._room.acquire()
            await self._deliver_in_room(claim)

    async def _deliver_in_room(self, claim: Claim) -> None:
        try:
            await self.deliver(claim)
        except Exception:
            log.exception("Delivery %s broke; its lease runs out, and it is tried again", claim.delivery.id)
        finally:
            self._room.release()

    async def deliver(self, claim: Claim) -> None:
        """Takes one claim as far as it goes today."""
        door: Door | None = None
        try:
            async with at_most(self.timing.attempt, self._http):
                door = await self._door(claim)
            limit = may_resend(claim.delivery.attempted_at, self._clock(), self.timing)
            if limit is not None:
                await self._send(claim, door, limit, afresh=False)
            elif await self._was_posted(claim, door):
                return
            else:
                await self._send(claim, door, self.timing.attempt, afresh=True)
        except NothingToSay:
            await self.ledger.settle(claim, "skipped", NOTHING_NEW)
        except _Unreadable:
            await self._end(claim, "uncertain", UNREADABLE)
        except _Tried as tried:
            await self._not_sent(claim, door, _refusal(tried.error, claim), was_repeated=tried.was_repeated)
        except Exception as error:
            await self._not_sent(claim, door, _before_a_try(_refusal(error, claim)))

    async def _send(self, claim: Claim, door: Door, limit: timedelta, *, afresh: bool) -> None:
        delivery, schedule, now = claim.delivery, claim.schedule, self._clock()
        unsent = delivery.attempted_at is None or afresh
        if unsent and (end := self._too_late_for(claim, now)):
            await self.ledger.settle(claim, *end)
            return
        late = is_late(delivery.due_at, now, self.timing)
        late_by = now - delivery.due_at if late else None
        posted = await self.ledger.posted(schedule.id)
        briefing = self._compose(claim, posted, late_by)
        if delivery.part >= len(briefing.parts):
            await self.ledger.settle(claim, "skipped", "The thread has no such page any more.")
            return
        arguments = briefing.parts[delivery.part](mark(briefing.story, delivery.local_date, delivery.nonce))
        if not await self._begin(claim, now, briefing.articles, afresh=afresh):
            return
        with _trying():
            message = await self._post(door.channel, arguments, delivery.nonce, now + limit - self._clock())
            follows = _following(claim, briefing)
            await self.ledger.sent(claim, message.id, self._clock(), late=late, thread_part=follows)

    async def _begin(self, claim: Claim, now: datetime, articles: tuple[str, ...], *, afresh: bool) -> bool:
        """Notes the try and waits for its place in the rate; False if the claim no longer holds."""
        slot = await self.ledger.begin(claim, now, articles, afresh=afresh)
        for _ in range(PLACES - 1):
            if slot is None or await self._in_time_for(slot):
                break
            slot = await self.ledger.begin(claim, self._clock(), articles)
        return slot is not None

    async def _post(
        self, channel: discord.abc.Messageable, arguments: Mapping[str, Any], nonce: str, limit: timedelta
    ) -> discord.Message:
        """Sends one message; raises TimeoutError if there is no answer in time.

        discord.py adds `enforce_nonce` to a nonce, and itself repeats what Discord answers with 429 or 5xx.
        """
        async with at_most(limit, self._http):
            try:
                return await channel.send(**arguments, nonce=nonce)
            except discord.HTTPException as error:
                if error.code != 50083 or not isinstance(channel, discord.Thread):
                    raise
                await self.turn()
                await channel.edit(archived=False)
                return await channel.send(**arguments, nonce=nonce)

    def _too_late_for(self, claim: Claim, now: datetime) -> tuple[State, str] | None:
        """How a delivery ends of which nothing is in the channel, and nothing is to be sent any more."""
        if claim.schedule.paused is not None and not claim.delivery.occasion:
            return "skipped", f"Paused: {claim.schedule.paused}"
        if now - claim.delivery.due_at > self.timing.catch_up:
            return ("failed", claim.delivery.reason) if claim.delivery.reason else ("skipped", MISSED)
        return None

    async def _was_posted(self, claim: Claim, door: Door) -> bool:
        """Looks in the channel for what an unanswered try may have left; records it if it is there."""
        if not door.can_read:
            raise _Unreadable
        try:
            await self.turn()
            async with at_most(self.timing.attempt, self._http):
                message = await self._find(claim, door.channel)
        except (discord.Forbidden, discord.NotFound):
            raise _Unreadable from None
        if message is None:
            return False
        late = is_late(claim.delivery.due_at, message.created_at, self.timing)
        follows = await self._page_after(claim) if claim.schedule.threaded else None
        await self.ledger.sent(claim, message.id, self._clock(), late=late, thread_part=follows)
        return True

    async def _page_after(self, claim: Claim) -> int | None:
        """The page that follows one found in the channel; None also if the briefing can no longer be written."""
        try:
            tried = await self.ledger.delivery(claim.delivery.id)  # with its articles, settled after it was claimed
            return _following(claim, self._compose(replace(claim, delivery=tried or claim.delivery), frozenset(), None))
        except Exception:
            log.exception("Delivery %s is in its channel; what follows in its thread is left out", claim.delivery.id)
            return None

    async def _find(self, claim: Claim, channel: discord.abc.Messageable) -> discord.Message | None:
        """Our message with the delivery's mark, newest first; raises _Unreadable if the channel moves too fast."""
        delivery, wanted = claim.delivery, short_id(claim.delivery.nonce)
        tried = delivery.attempted_at or delivery.due_at
        if tried == LONG_AGO:
            tried = min(delivery.due_at, self._clock()) - timedelta(days=1)
        seen, oldest = 0, None
        async for message in channel.history(limit=READ_BACK):
            if wanted in set(_words(message)):
                return message
            seen, oldest = seen + 1, message.created_at
            if seen >= 100 and oldest < tried - MARGIN:
                return None
        if seen >= READ_BACK:
            raise _Unreadable
        return None

    async def _not_sent(self, claim: Claim, door: Door | None, refusal: Refusal, *, was_repeated: bool = False) -> None:
        """What a failed try leaves behind: another try later, or an end with its reason."""
        now, is_briefing = self._clock(), claim.delivery.part == 0
        if refusal.verdict == "pause" and is_briefing and await self.ledger.pause(claim.schedule.id, refusal.reason):
            await self._tell_quietly(claim.schedule, refusal.reason)
        answered = refusal.verdict != "unanswered" and not was_repeated
        if refusal.verdict in ("pause", "fail") or now - claim.delivery.due_at > self.timing.catch_up:
            if answered and claim.delivery.attempted_at is None:
                await self._end(claim, "failed", refusal.reason)
            else:
                await self._end_after_reading(claim, door, refusal)
        else:
            pause = max(refusal.after or timedelta(0), pause_before(claim.delivery.attempts, self.timing))
            log.info("Delivery %s waits for %s: %s", claim.delivery.id, pause, refusal.reason)
            await self.ledger.postpone(claim, now + pause, refusal.reason, answered=answered)

    async def _end_after_reading(self, claim: Claim, door: Door | None, refusal: Refusal) -> None:
        """Ends a delivery of which an earlier try had no answer: what became of that is in the channel, if anywhere."""
        state: State = "uncertain"
        if door is not None:
            with suppress(_Unreadable, discord.DiscordException, aiohttp.ClientError, OSError):
                if await self._was_posted(claim, door):
                    return
                state = "failed"
        await self._end(claim, state, refusal.reason)

    async def _end(self, claim: Claim, state: State, reason: str) -> None:
        log.warning("Delivery %s in server %s: %s (%s)", claim.delivery.id, claim.schedule.guild_id, state, reason)
        if await self.ledger.settle(claim, state, reason) and state == "uncertain":
            await self._tell_quietly(claim.schedule, reason)

    async def _tell_quietly(self, schedule: Schedule, reason: str) -> None:
        with suppress(discord.DiscordException, aiohttp.ClientError, OSError):
            async with at_most(self.timing.attempt, self._http):
                await self._tell(schedule, reason)


def _following(claim: Claim, briefing: Briefing) -> int | None:
    """The page that goes into the thread next, if any."""
    part = claim.delivery.part + 1
    return part if claim.schedule.threaded and part < len(briefing.parts) else None


class NothingToSay(Exception):
    """The channel is to hear nothing: there is nothing new, and silence was chosen for that."""


class _Tried(Exception):
    """A try at sending failed.

    Attributes:
        error: The last answer.
        was_repeated: It may be the answer to a repeat, of which the first request may have stored the message.
    """

    def __init__(self, error: Exception, *, was_repeated: bool) -> None:
        super().__init__(str(error))
        self.error = error
        self.was_repeated = was_repeated


@contextmanager
def _trying() -> Iterator[None]:
    """Makes a `_Tried` of what goes wrong from the request on."""
    time = asyncio.get_running_loop().time
    began = time()
    try:
        yield
    except Exception as error:
        raise _Tried(error, was_repeated=time() - began >= FIRST_REPEAT) from error


class _Unreadable(Exception):
    """The channel's messages cannot be read, or not far enough back."""


def _refusal(error: Exception, claim: Claim) -> Refusal:
    """What an error means; one of our own says nothing of what Discord did, so it counts as no answer."""
    try:
        return refusal_of(error)
    except Exception:
        log.exception("Delivery %s broke", claim.delivery.id)
        return Refusal("unanswered", "The briefing could not be made. This is a fault of the bot: please report it.")


def _before_a_try(refusal: Refusal) -> Refusal:
    """What an error means that came before anything was sent: there is no try to be in doubt about."""
    if refusal.verdict != "unanswered":
        return refusal
    return replace(refusal, verdict="wait", reason=UNREACHED if refusal.reason == NO_ANSWER else refusal.reason)


def _words(message: discord.Message) -> Iterator[str]:
    """Every run of letters and digits that a message of ours shows."""
    texts = [message.content, *(_texts_of(message.components))]
    for embed in message.embeds:
        texts += [embed.description or "", embed.footer.text or ""]
    for text in texts:
        yield from re.findall(r"[a-z0-9]+", text)


def _texts_of(components: Sequence[Any]) -> Iterator[str]:
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        yield from _texts_of(getattr(component, "children", ()))
