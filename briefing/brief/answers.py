"""Which answer a question gets, and how its options complete."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from briefing.brief.around import around
from briefing.brief.compare import compare
from briefing.brief.export import export
from briefing.brief.help import COMMANDS, help
from briefing.brief.matrix import draw_ahead
from briefing.brief.options import action, message
from briefing.brief.positions import positions
from briefing.brief.sources import sources
from briefing.brief.stories import article_choice, story_title
from briefing.brief.summary import LENGTHS, METHODS, missing_ranking, summary
from briefing.brief.who_said import KINDS, who_said
from briefing.card import Card, Question
from briefing.index import Index
from briefing.paging import shortened
from briefing.typed_names import CHOICE, CHOICES, matching

__all__ = ["ANSWERS", "answer", "complete", "missing_ranking", "warm"]

ANSWERS: dict[str, Callable[[Index, Question], Card]] = {
    "summary": summary,
    "who-said": who_said,
    "positions": positions,
    "compare": compare,
    "sources": sources,
    "help": help,
    "around": around,
    "export": export,
}
"""The answers by command; "around" and "export" are asked by buttons only."""


FIXED: dict[str, Iterable[str]] = {"length": LENGTHS, "method": METHODS, "kind": KINDS}
"""The options whose values are settled."""


def answer(index: Index, question: Question) -> Card:
    """The answer to a question; a command that does not exist is answered too."""
    reply = ANSWERS.get(question.command)
    if reply is None:
        actions = [action(f"/{command}", Question(command)) for command in COMMANDS if command != "compare"]
        return message(question, f"There is no /{question.command[:32]}", actions=actions)
    with index.snapshot():
        return reply(index, question)


def warm(index: Index) -> None:
    """Makes ready what the first answers and completions would wait for; from any thread."""
    draw_ahead()
    index.warm()


def complete(
    index: Index, command: str, option: str, typed: str, others: Mapping[str, str] | None = None
) -> list[tuple[str, str]]:
    """What an option may become: at most 25 pairs of a name to show and a value, each of at most 100 characters.

    Args:
        others: The options of the same command that are already filled in.
    """
    with index.snapshot():
        return list(dict.fromkeys(_choices(index, option, typed, others or {})))[:CHOICES]


def _choices(index: Index, option: str, typed: str, others: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    match option:
        case "person" | "other":
            other = others.get("person") if option == "other" else None
            return [(name, name) for name in index.people().complete(typed) if name != other]
        case "issue" | "about":
            story = story_called(index, others.get("story", ""))
            return [(name, name) for name in index.issues_by_name(story).complete(typed)]
        case "story":
            return [(story_title(name), name) for name in index.stories_by_name().complete(typed)]
        case "article":
            return articles(index, typed, story_called(index, others.get("story", "")))
    return [(name, name) for name in matching(typed, FIXED.get(option, ()))]


def story_called(index: Index, typed: str) -> str | None:
    """The story whose whole name is typed; None: no such story, or none is asked for."""
    names = index.stories_by_name().called(typed) if typed.strip() else []
    return names[0].name if names else None


def articles(index: Index, typed: str, story: str | None) -> list[tuple[str, str]]:
    """Articles by title, newest first, shown with their date."""
    found = index.reports_named(index.titles(story).complete(typed), story)
    return [(shortened(article_choice(report), CHOICE), report.name) for report in found]
