"""The daily briefing's cards: the pages behind a post's buttons, and what a channel would get now."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.daily_card import LENGTH, SHOW, story_of, turned_to
from briefing.brief import briefing_since
from briefing.brief.options import line, message, option, quoted
from briefing.brief.stories import story_of as story_asked
from briefing.card import Card, Question

if TYPE_CHECKING:
    from bot.client import BriefingBot
    from bot.ledger import Ledger

NOT_KEPT = "This briefing is no longer kept"


class DailyAnswers:
    """Answers the questions of posts' buttons and of `/briefing preview` and `now`.

    Attributes:
        ledger: None in a terminal, where nothing is scheduled.
    """

    def __init__(self, bot: BriefingBot) -> None:
        self.bot = bot
        self.ledger: Ledger | None = None

    async def answer(self, question: Question) -> Card:
        if question.command == SHOW:
            return await self._shown(question)
        schedule_id = option(question, "schedule")
        if schedule_id and self.ledger is None:
            told = line("Here nothing is scheduled. Name a story instead, with story: before its name.")
            return message(question, f"There is no schedule {quoted(schedule_id)}", told)
        if schedule_id and self.ledger is not None:
            return await self._ahead(question, self.ledger, int(schedule_id))
        return self._whole(question)

    async def _shown(self, question: Question) -> Card:
        """One page of a briefing that was posted."""
        if self.ledger is None:
            return Card(NOT_KEPT, question)
        delivery = await self.ledger.delivery(int(option(question, "delivery") or 0))
        schedule = await self.ledger.schedule(delivery.schedule_id) if delivery else None
        if delivery is None or schedule is None:
            return Card(NOT_KEPT, question)
        return turned_to(self.bot.index, delivery, schedule, question.page, self.ledger.timing)

    async def _ahead(self, question: Question, ledger: Ledger, schedule_id: int) -> Card:
        """What a schedule's channel would get now."""
        schedule = await ledger.schedule(schedule_id)
        story = story_of(self.bot.index, schedule, self._today(ZoneInfo(schedule.zone))) if schedule else None
        if schedule is None or story is None:
            return Card("There are no articles of this story", question)
        had = await ledger.posted(schedule.id)
        return self._since(question, story, had, schedule.length, ZoneInfo(schedule.zone))

    def _whole(self, question: Question) -> Card:
        """The briefing as a channel would get it that has had nothing yet."""
        with self.bot.index.snapshot():
            newest = self.bot.index.stories(self._today(ZoneInfo("UTC")))
            story = story_asked(self.bot.index, question) if option(question, "story") or not newest else newest[0].name
        if isinstance(story, Card):
            return story
        return self._since(question, story, frozenset(), option(question, "length"), ZoneInfo("UTC"))

    def _since(
        self, question: Question, story: str, had: frozenset[str], length: str | None, zone: ZoneInfo
    ) -> Card:
        today = self._today(zone)
        return briefing_since(self.bot.index, story, had, today=today, question=question, length=length or LENGTH)

    def _today(self, zone: ZoneInfo) -> date:
        return self.bot.clock().astimezone(zone).date()
