"""What all three doors share: the bot made from the settings, beside the child process that keeps its index current."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import discord

from bot.buttons import LongQuestions
from bot.client import BriefingBot
from bot.daily_cog import DailyCog
from bot.index_process import IndexProcess
from bot.schedule import Timing
from bot.settings import Settings
from bot.story_cog import StoryCog
from briefing import brief
from briefing.index import Index


def indexing(settings: Settings) -> IndexProcess:
    """The child process for the settings' folder, not started yet."""
    return IndexProcess(settings.seeds_dir, settings.data_dir, {"SPACY_MODEL": settings.spacy_model})


def bot_of(
    settings: Settings,
    index_process: IndexProcess,
    *,
    remembers: bool = True,
    syncs: bool = True,
    clock: Callable[[], datetime] = discord.utils.utcnow,
) -> BriefingBot:
    """The bot with all its cogs, not logged in; its index is read ahead whenever the child process has renewed it.

    Args:
        remembers: Whether it keeps files beside the index (long questions, what Discord was told of, the schedules).
        syncs: Whether it tells Discord of its commands.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    ledger_in = settings.data_dir if remembers else None
    database = settings.database_url.get_secret_value() if settings.database_url and remembers else None
    timing = Timing(catch_up=timedelta(hours=settings.catch_up_hours))
    index = Index.of_seeds(settings.seeds_dir, settings.data_dir)
    index_process.warm = partial(brief.warm, index)
    return BriefingBot(
        index,
        [
            partial(StoryCog, rank=index_process.rank),
            partial(DailyCog, data_dir=ledger_in, url=database, timing=timing),
        ],
        long_questions=LongQuestions(settings.data_dir / "buttons.sqlite") if remembers else None,
        synced=settings.data_dir / "synced" if remembers else None,
        syncs=syncs,
        clock=clock,
    )
