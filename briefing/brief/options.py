"""The options of a question, and the cards that say that something is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from briefing.card import CARD_ACTIONS, Action, Card, Entry, Line, Question, Style
from briefing.index import Index, Progress
from briefing.paging import shortened
from briefing.typed_names import Names

TYPED = 100  # characters shown of what somebody typed
MARKS = '"“”„ '
KNOWN = 5  # of the best known names, where none is near
BUTTON = 80  # characters of a button's label; Discord's limit

THINGS = {"other": "person"}
"""What an option names, where that is not the option's own name."""


def option(question: Question, name: str) -> str:
    """The option's value without surrounding white space, "" where it was left out."""
    return next((value.strip() for key, value in question.options if key == name), "")


def changed(question: Question, **options: str) -> Question:
    """The question with other values, from its first page; an empty value takes the option out."""
    kept = [(key, options.pop(key, value)) for key, value in question.options]
    return Question(question.command, tuple((key, value) for key, value in [*kept, *options.items()] if value))


def quoted(typed: str) -> str:
    """What somebody typed, in quotation marks; his own are not doubled."""
    return f"“{shortened(typed.strip(MARKS) or typed, TYPED)}”"


def counted(number: int, thing: str, things: str = "") -> str:
    """"1 article", "2 articles"."""
    return f"{number} {thing}" if number == 1 else f"{number} {things or thing + 's'}"


def line(*parts: str, style: Style = "text") -> Line:
    return Line(parts, style)


def message(question: Question, title: str, *lines: Line, actions: Iterable[Action] = ()) -> Card:
    """A card of one entry."""
    entries = (Entry(lines),) if lines else ()
    return Card(shortened(title), question, entries, actions=tuple(actions)[:CARD_ACTIONS])


def action(label: str, question: Question) -> Action:
    return Action(shortened(label, BUTTON), question)


def shown_name(key: str, name: str) -> str:
    """What a reader sees of an option's value."""
    return story_title(name) if key == "story" else name


def unknown(
    question: Question, key: str, names: Names, index: Index, shown: Callable[[str, str], str] = shown_name
) -> Card:
    """That nothing bears the name typed for an option, with the nearest names as buttons."""
    typed = option(question, key)
    near = [choice.name for choice in names.near(typed, CARD_ACTIONS)]
    told = line("Nearest:" if near else "None is spelt like it. There is:" if len(names) else "There are none yet.")
    near = near or names.complete("")[:KNOWN]
    return message(
        question,
        f"No {THINGS.get(key, key)} called {quoted(typed)} in the articles",
        told,
        *(line(f"· {shortened(shown(key, name))}") for name in near),
        *unfinished(index),
        actions=choices(question, key, near, shown),
    )


def several(
    question: Question, key: str, names: Sequence[str], shown: Callable[[str, str], str] = shown_name
) -> Card:
    """That more than one thing bears the name, with each as a button."""
    offered = names[:CARD_ACTIONS]
    return message(
        question,
        f"Which {quoted(option(question, key))}?",
        *(line(f"· {shortened(shown(key, name))}") for name in offered),
        actions=choices(question, key, offered, shown),
    )


def choices(
    question: Question, key: str, names: Iterable[str], shown: Callable[[str, str], str] = shown_name
) -> list[Action]:
    return [action(shown(key, name), changed(question, **{key: name})) for name in names]


def story_title(story: str) -> str:
    """A folder's name as a heading ("gaza-truce-talks": "Gaza truce talks")."""
    words = story.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or story


def unfinished(index: Index) -> list[Line]:
    """A note that the index is still being built, or is empty, where it is."""
    progress = index.progress()
    if progress.running or not progress.started:
        return [Line((progress_label(progress),), "note")]
    if not len(index.stories_by_name()) and index.seeds:
        return [Line((no_articles(index.seeds),), "note")]
    return []


def no_articles(seeds: Path) -> str:
    """What is told of a folder that holds no articles."""
    return f"There are no articles in {seeds}; put {seeds / 'story' / 'article.txt'} there."


def progress_label(progress: Progress) -> str:
    if not progress.started:
        return "The articles have not been read yet."
    return f"Still reading: {progress.done} of {progress.total} articles."
