"""What the local page shows before anything was asked."""

from __future__ import annotations

from briefing.brief.help import examples, typed
from briefing.card import Action, Card, Entry, Line, Question
from briefing.index import Index, Progress

HELP = Question("help")


def welcome(index: Index) -> Card:
    """What to type, with examples from the articles at hand, and how far the reading of them is."""
    tried = examples(index)
    lines = [Line(("Type / in the box below and choose a command; names complete as you type.",))]
    if tried:
        lines.append(Line(("Or press one of these:",)))
    actions = tuple(Action(typed(question), question) for question in tried)
    return Card("Ask the articles", HELP, (Entry(tuple(lines)),), (state(index),), actions)


def state(index: Index) -> Line:
    """How many articles there are, and how far the reading is."""
    progress = index.progress()
    return Line((progress_label(progress, len(index.reports())),), "note")


def progress_label(progress: Progress, reports: int) -> str:
    if progress.running:
        return f"Reading the articles: {progress.done} of {progress.total}. What is read can be asked already."
    if not progress.started:
        return "The articles are about to be read."
    return f"{reports} articles are read." if reports else "There are no articles yet; put some into the seeds folder."


def sample(index: Index) -> Question | None:
    """A question that shows what answers look like; None while the articles are being read."""
    progress = index.progress()
    if progress.running or not progress.started:
        return None
    asked = {question.command: question for question in examples(index)}
    return asked.get("who-said") or asked.get("summary")
