"""The same commands in a terminal: completed as they are typed, answered in colour, page by page."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.client import BriefingBot
from bot.doors import bot_of, indexing
from bot.grammar import Grammar, GrammarError
from bot.saved_file import saved
from bot.settings import Settings
from bot.welcome import state
from briefing import render
from briefing.brief.export import file_name
from briefing.brief.options import counted, option
from briefing.card import Action, Card, Question
from briefing.index import Index

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

Opened = tuple[BriefingBot, Grammar, "asyncio.Task[bool]"]
LOOK = 0.2  # seconds between two looks at the progress
GREETING = "Type / to see the commands; names complete as you type. ? helps, quit ends.\n"
TURNS = {"n": 1, "next": 1, "b": -1, "back": -1}
LEAVE = ("quit", "exit")
DIGITS = 6  # of a number that is looked up


async def answer_once(
    settings: Settings, line: str, *, page: int | None = 1, as_json: bool = False, at: datetime | None = None
) -> int:
    """Prints the answer to one command, once the articles are read; how far that is goes to standard error.

    Args:
        page: Which page of it, from 1; None: all of them.

    Returns:
        The exit status: 1 for a line that is no command of ours, and for a page that the answer has not.
    """
    async with _bot(settings, at) as (bot, grammar, reading):
        try:
            question = grammar.question(line)
            await _until_read(bot.index, reading)
            cards = [card async for card in _pages(bot, question, page)]
        except GrammarError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    for card in cards:
        if as_json:
            sys.stdout.write(json.dumps(render.as_json(card), ensure_ascii=False) + "\n")
        else:
            nothing_left = page is None or card.page + 1 == card.pages
            turning = "" if nothing_left else f"--page {card.page + 2}: the next, --all: every page"
            _show(card, numbered=False, turning=turning, asked=partial(_shell_or_line, settings, grammar))
    return 0


async def _pages(bot: BriefingBot, question: Question, page: int | None) -> AsyncIterator[Card]:
    """The page wanted of an answer, or all of them.

    Raises:
        GrammarError: There is no such page.
    """
    card = await bot.answer(replace(question, page=(page or 1) - 1))
    if page and page > card.pages:
        raise GrammarError(f"There is no page {page}; the answer has {counted(card.pages, 'page')}.")
    yield card
    if page is None:
        for further in range(1, card.pages):
            yield await bot.answer(replace(question, page=further))


async def converse(settings: Settings, *, at: datetime | None = None, typed: bool = True) -> None:
    """Answers line after line until the input ends.

    Args:
        typed: Whether somebody types in a terminal. What a pipe or a file gives is read without a prompt, once the
            articles are read.
    """
    async with _bot(settings, at) as (bot, grammar, reading):
        if typed:
            next_line: Callable[[], Awaitable[str]] = partial(_prompt(settings, bot.index, grammar).prompt_async, "› ")
            sys.stdout.write(GREETING)
        else:
            next_line = _given_line
            await _until_read(bot.index, reading)
        card: Card | None = None
        while True:
            try:
                line = await next_line()
                if _key(line) in LEAVE:
                    return
                question = _meant(line, card, grammar)
                answer = await bot.answer(question) if question else None
            except GrammarError as error:
                sys.stdout.write(f"{error}\n")
            except KeyboardInterrupt:  # clears the line
                continue
            except EOFError:
                return
            else:
                if answer:
                    _show(answer, numbered=True, turning="Enter or n: next, b: back", asked=grammar.line)
                    _save(answer)
                    card = _current(answer, card)


def _current(answer: Card, before: Card | None) -> Card:
    """What numbers and "n" are of from now on: the answer, or the one before where this leads no further."""
    leads_on = answer.pages > 1 or any(_actions(answer))
    return answer if leads_on or before is None else before


def _key(line: str) -> str:
    """The line as one of the words that are no commands: "n", "/quit"."""
    return line.strip().lower().removeprefix("/")


def _meant(line: str, card: Card | None, grammar: Grammar) -> Question | None:
    """What a line asks: a command, or by a number or "n" and "b" what can be asked next; None: nothing.

    Raises:
        GrammarError: It is none of these.
    """
    key = _key(line)
    if key == "?":
        return Question("help")
    if key in TURNS:
        return _turned(card, TURNS[key])
    if key.isdecimal():
        return _numbered(card, key)
    if not line.strip():
        return _turned(card, 1) if card and card.page + 1 < card.pages else None
    return grammar.question(line)


def _turned(card: Card | None, step: int) -> Question:
    if card is None or not 0 <= card.page + step < card.pages:
        raise GrammarError("There is no next page." if step > 0 else "There is no page before this one.")
    return replace(card.question, page=card.page + step)


def _numbered(card: Card | None, key: str) -> Question:
    asked = list(_actions(card)) if card else []
    number = int(key) if len(key) < DIGITS else 0
    if 0 < number <= len(asked):
        return asked[number - 1].question
    there = f"they go from 1 to {len(asked)}" if asked else "nothing is numbered yet"
    raise GrammarError(f"There is no answer {key[:DIGITS]}; {there}.")


def _actions(card: Card) -> Iterator[Action]:
    """What can be asked from a card, in the order of the numbers shown."""
    for entry in card.entries:
        yield from entry.actions
    yield from card.actions


@asynccontextmanager
async def _bot(settings: Settings, at: datetime | None) -> AsyncIterator[Opened]:
    """The bot, never logged in; its commands; and the reading of the articles, under way."""
    index_process = indexing(settings)
    bot = bot_of(settings, index_process, remembers=False, clock=_clock(at))
    reading = asyncio.create_task(index_process.index())
    try:
        await bot.load_cogs()
        yield bot, Grammar(bot.tree, bot.complete, bot.answerers), reading
    finally:
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading
        await bot.close()


def _clock(at: datetime | None) -> Callable[[], datetime]:
    """The time, as if it had been `at` when this was called."""
    ahead = at - datetime.now(UTC) if at else timedelta()
    return lambda: datetime.now(UTC) + ahead


async def _until_read(index: Index, reading: asyncio.Task[bool]) -> None:
    told = None
    while not (await asyncio.wait({reading}, timeout=LOOK))[0]:
        progress = index.progress()
        if progress.running and progress != told:
            told = progress
            sys.stderr.write(f"Reading the articles: {progress.done} of {progress.total}\n")


def _show(card: Card, *, numbered: bool, turning: str = "", asked: Callable[[Question], str]) -> None:
    from rich.console import Console

    Console(highlight=False).print(render.terminal(card, numbered=numbered, turning=turning, asked=asked), crop=False)


def _save(card: Card) -> None:
    """Writes the card's files into the working folder; a picture that its entries tell in words is none of them."""
    for file in card.attachments:
        if file.entries:
            continue
        try:
            sys.stdout.write(f"Written to {saved(file, Path.cwd())}\n")
        except OSError as error:
            sys.stdout.write(f"{file.name} cannot be written into {Path.cwd()}: {error.strerror}\n")


def _shell_or_line(settings: Settings, grammar: Grammar, question: Question) -> str:
    """What asks a question from the shell: an export has a command of its own."""
    if question.command != "export":
        return grammar.line(question)
    story, form = option(question, "story"), option(question, "format")
    words = ["briefing", "export", "--story", story, "--format", form]
    if settings.seeds_dir != Settings.model_fields["seeds_dir"].default:
        words += ["--seeds", str(settings.seeds_dir)]
    runner = "uv run " if "UV" in os.environ else ""  # which uv tells its children
    return f"{runner}{shlex.join(words)} > {file_name(story, form)}"


async def _given_line() -> str:
    """The next line of a pipe or a file; the answers before it are out by then.

    Raises:
        EOFError: There is none.
    """
    sys.stdout.flush()
    line = sys.stdin.buffer.readline()  # nothing else is under way that this could hold up
    if not line:
        raise EOFError
    return line.decode("utf-8-sig", "replace")


def _prompt(settings: Settings, index: Index, grammar: Grammar) -> PromptSession[str]:
    """The line editor: completion while typing, a history over sessions, and how far the reading is at the bottom."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document
    from prompt_toolkit.history import FileHistory

    class Suggestions(Completer):
        def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
            for suggestion in grammar.suggestions(document.text_before_cursor):
                yield Completion(suggestion.text, -suggestion.replaces, display_meta=suggestion.meaning)

    return PromptSession(
        completer=Suggestions(),
        complete_while_typing=True,
        history=FileHistory(settings.data_dir / "history"),
        bottom_toolbar=lambda: state(index),
        refresh_interval=1.0,
    )
