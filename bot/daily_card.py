"""A delivery as messages: the briefing's card with its mark, in one message with buttons or spread over a thread."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import discord
from discord import ui

from bot import tries
from bot.buttons import LongQuestions
from bot.card_view import files_of, view_of
from bot.daily import is_late
from bot.delivery import NOTHING_NEW, Briefing, NothingToSay, Sendable
from bot.markdown import escaped, markdown
from bot.refusal import NotDeliverable, Refusal
from bot.schedule import Claim, Delivery, Schedule, Timing
from briefing.brief import briefing_since, unseen
from briefing.card import Card, Line, Question
from briefing.index import Index

SHOW = "briefing show"
"""The question that a posted briefing's buttons ask; its option `delivery` is the ledger's number."""

THREAD_PAGES = 12  # a thread's messages at most; what is left is behind the last one's buttons
PATIENCE = timedelta(minutes=10)  # how long a delivery waits for the articles to be read
LENGTH = "short"

NOT_READ = Refusal("wait", "The articles are still being read. It is tried again.")
NO_STORY = Refusal("wait", "There are no articles of this story. It is tried again; or schedule another story.")
NO_ARTICLES = "The articles of this briefing are no longer there"
IN_THREAD = "More in the thread below."


def compose(
    index: Index,
    long: LongQuestions,
    claim: Claim,
    posted: frozenset[str],
    late_by: timedelta | None,
    mention: int | None = None,
) -> Briefing:
    """What a delivery says.

    Args:
        posted: Digests of the articles that the channel has had.
        mention: The role to mention, if the bot may.

    Raises:
        NotDeliverable: There is nothing to say it from yet.
        NothingToSay: Nothing is new, and the channel is to hear nothing then.
    """
    delivery, schedule = claim.delivery, claim.schedule
    story = story_of(index, schedule, delivery.local_date, delivery.articles or ())
    waited = late_by or timedelta(0)
    if story is None or (index.progress().running and waited < PATIENCE and delivery.articles is None):
        raise NotDeliverable(NO_STORY if story is None else NOT_READ)
    articles = delivery.articles if delivery.articles is not None else unseen(index, story, posted)
    if not articles:
        if schedule.when_quiet == "skip":
            raise NothingToSay
        return Briefing(story, (_one_line(index, story, delivery, late_by),), ())
    first = page_of(index, story, delivery, schedule, articles, 0)
    if not schedule.threaded or first.pages == 1:
        return Briefing(story, (_sendable(first, long, late_by, mention),), articles)
    cards = [replace(first, page=0, pages=1, notes=(*first.notes, Line((IN_THREAD,), "note")))]
    for number in range(1, min(first.pages, THREAD_PAGES + 1)):
        card = page_of(index, story, delivery, schedule, articles, number)
        cards.append(card if number == THREAD_PAGES else replace(card, page=0, pages=1))
    parts = tuple(
        _sendable(card, long, late_by if number == 0 else None, mention if number == 0 else None)
        for number, card in enumerate(cards)
    )
    return Briefing(story, parts, articles)


def page_of(
    index: Index, story: str, delivery: Delivery, schedule: Schedule, articles: tuple[str, ...], page: int
) -> Card:
    """One page of a delivery's briefing; it stays the same as long as its articles do."""
    question = Question(SHOW, (("delivery", str(delivery.id)),), page)
    length = schedule.length or LENGTH
    return briefing_since(
        index, story, (), today=delivery.local_date, question=question, length=length, only=articles
    )


def turned_to(index: Index, delivery: Delivery, schedule: Schedule, page: int, timing: Timing) -> Card:
    """A page of a briefing that is in its channel, with the small lines that it was posted with."""
    articles = delivery.articles or ()
    story = story_of(index, schedule, delivery.local_date, articles)
    if story is None:
        card = Card(NO_ARTICLES, Question(SHOW, (("delivery", str(delivery.id)),)))
    else:
        card = page_of(index, story, delivery, schedule, articles, page)
    mark = tries.mark(story or "briefing", delivery.local_date, delivery.nonce)
    return footed(card, lateness(delivery, timing), mark)


def footed(card: Card, late_by: timedelta | None, mark: str) -> Card:
    """The card with the small lines of a post: how late it came, and the mark that it is found again by."""
    return replace(card, notes=(*card.notes, *foot(late_by, mark)))


def foot(late_by: timedelta | None, mark: str) -> tuple[Line, ...]:
    late = (Line((late_words(late_by),), "note"),) if late_by else ()
    return (*late, Line((mark,), "note"))


def lateness(delivery: Delivery, timing: Timing) -> timedelta | None:
    """How late a briefing came into its channel; None if it was in time, or is a further page of a thread.

    A message's id holds the time of its making; until it is known, the first unanswered try is what may have made it.
    """
    made_at = discord.utils.snowflake_time(delivery.message_id) if delivery.message_id else delivery.attempted_at
    if delivery.part or made_at is None or not is_late(delivery.due_at, made_at, timing):
        return None
    return made_at - delivery.due_at


def story_of(index: Index, schedule: Schedule, day: date, told: Collection[str] = ()) -> str | None:
    """The schedule's story, or the one that is the newest on a day; None if there are no articles of it.

    Args:
        told: Digests of a delivery's articles: of several stories, theirs is meant, whichever is the newest by now.
    """
    names = [story.name for story in index.stories(day) if schedule.story in (None, story.name)]
    of_them = (name for name in names if told and any(report.digest in told for report in index.reports(name)))
    return next(of_them, names[0] if names else None)


def late_words(late_by: timedelta) -> str:
    hours, minutes = divmod(int(late_by.total_seconds()) // 60, 60)
    return f"This briefing is late by {f'{hours} h ' if hours else ''}{minutes} min: the bot could not post it in time."


def _sendable(card: Card, long: LongQuestions, late_by: timedelta | None, mention: int | None) -> Sendable:
    """A message with its mark. The view and its files can be sent once, so they are made anew for each try."""

    def make(mark: str) -> Mapping[str, Any]:
        view = view_of(footed(card, late_by, mark), long)
        if mention is None:
            return {"view": view, "files": files_of(card), "allowed_mentions": discord.AllowedMentions.none()}
        title = next(item for item in view.walk_children() if isinstance(item, ui.TextDisplay))
        title.content = f"<@&{mention}>\n{title.content}"
        allowed = discord.AllowedMentions(everyone=False, users=False, roles=[discord.Object(mention)])
        return {"view": view, "files": files_of(card), "allowed_mentions": allowed}

    return make


def _one_line(index: Index, story: str, delivery: Delivery, late_by: timedelta | None) -> Sendable:
    question = Question(SHOW, (("delivery", str(delivery.id)),))
    title = briefing_since(index, story, (), today=delivery.local_date, question=question, only=()).title
    told = f"**{escaped(title)}**: {NOTHING_NEW[:1].lower()}{NOTHING_NEW[1:]}"

    def make(mark: str) -> Mapping[str, Any]:
        text = "\n".join([told, *(markdown(line) for line in foot(late_by, mark))])
        view = ui.LayoutView(timeout=None).add_item(ui.TextDisplay(text))
        return {"view": view, "allowed_mentions": discord.AllowedMentions.none()}

    return make
