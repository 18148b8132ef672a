"""Whether everything is in place: settings, articles, index; what to do where it is not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec

from bot.folders import trouble_with_data, trouble_with_folders, trouble_with_seeds
from bot.settings import Settings
from briefing.brief.options import no_articles
from briefing.index import Index
from briefing.model import is_installed

NOT_TRIED = "DISCORD_TOKEN is set, not tried; `bot check --discord` asks Discord"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check.

    Attributes:
        ok: Whether the bot can run with it as it is.
        told: What was looked at, and what to do if it is not ok.
    """

    ok: bool
    told: str

    def __str__(self) -> str:
        return f"{'ok   ' if self.ok else 'TODO '} {self.told}"


def checks(settings: Settings) -> list[Finding]:
    return [*_settings(settings), *_database(settings), *_seeds(settings), *_index(settings), *_doors(settings)]


def _settings(settings: Settings) -> Iterator[Finding]:
    trouble = trouble_with_data(settings.data_dir)
    yield Finding(trouble is None, trouble or f"data folder {settings.data_dir}")
    installed = is_installed(settings.spacy_model)
    told = "" if installed else " is no installed package and no folder: install it, or correct SPACY_MODEL"
    yield Finding(installed, f"language model {settings.spacy_model}{told}")


def _database(settings: Settings) -> Iterator[Finding]:
    if settings.database_url is None:
        return
    from bot.database import trouble_with

    trouble = asyncio.run(trouble_with(settings.database_url.get_secret_value()))
    yield Finding(trouble is None, trouble or "database: DATABASE_URL can be used")


def _seeds(settings: Settings) -> Iterator[Finding]:
    folder = settings.seeds_dir
    trouble = trouble_with_seeds(folder)
    if trouble:
        yield Finding(False, trouble)
        return
    files = len(list(folder.rglob("*.txt")))
    yield Finding(files > 0, f"articles in {folder}: {files} text files" if files else no_articles(folder))


def _index(settings: Settings) -> Iterator[Finding]:
    if trouble_with_folders(settings):  # it would be another folder's, or cannot be there
        return
    with closing(Index.of_seeds(settings.seeds_dir, settings.data_dir)) as index:
        progress, problems, reports = index.progress(), index.problems(), index.reports()
    told = f"{len(reports)} articles" if progress.started else "not built yet; the bot builds it when it starts"
    yield Finding(True, f"index: {told}")
    for problem in problems:
        skipped = " was skipped" if problem.skipped else ""
        yield Finding(False, f"{problem.story}/{problem.name}{skipped}: {problem.reason}")


def _doors(settings: Settings) -> Iterator[Finding]:
    page = find_spec("simcord") is not None
    yield Finding(True, "bot local: " + ("ready" if page else "needs `pip install 'simcord[preview]==3.2.1'`"))
    yield Finding(True, f"bot discord: {NOT_TRIED if settings.token else 'DISCORD_TOKEN is not set'}")
