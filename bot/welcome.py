"""What the local page shows before anything was asked."""

from __future__ import annotations

from briefing.brief.help import examples
from briefing.brief.options import no_articles
from briefing.card import Action, Card, Entry, Line, Question
from briefing.index import Index, Progress
from briefing.visible import typed

HELP = Question("help")
TO_BEGIN = "Type / to see the commands."


def welcome(index: Index) -> Card:
    """What to type, with examples from the articles at hand."""
    lines = [Line((state(index),)), Line((f"{TO_BEGIN} Names complete as you type.",))]
    tried = examples(index)
    if tried:
        lines.append(Line(("Or press one of these:",)))
    actions = tuple(Action(typed(question), question) for question in tried)
    return Card("Ask the articles", HELP, (Entry(tuple(lines)),), actions=actions)


def reading(index: Index) -> Card:
    """How far the reading of the articles is."""
    return Card("Reading the articles", HELP, (Entry((Line((state(index),)),)),))


def state(index: Index) -> str:
    progress, reports = index.progress(), len(index.reports())
    if index.seeds and is_read(index) and not reports:
        return no_articles(index.seeds)
    return progress_label(progress, reports)


def is_read(index: Index) -> bool:
    """Whether the articles have all been read, so far as is known."""
    progress = index.progress()
    return progress.started and not progress.running


def progress_label(progress: Progress, reports: int) -> str:
    """How far the reading is, in a sentence or two."""
    if progress.running:
        return f"{progress.done} of {progress.total} articles are read; what is read can be asked about already."
    if not progress.started:
        return "The articles are about to be read; the first time takes a few seconds."
    if not reports:
        return "There are no articles yet; put some into the seeds folder."
    return "One article is read." if reports == 1 else f"{reports} articles are read."
