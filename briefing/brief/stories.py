"""Which story a question is about."""

from __future__ import annotations

from briefing.brief.options import message, option, several, story_title, unfinished, unknown
from briefing.card import Card, Question
from briefing.index import Index, Report

__all__ = ["article_choice", "story_of", "story_title"]


def story_of(index: Index, question: Question) -> str | Card:
    """The story asked for, else the newest; or the card that says that there is none."""
    typed = option(question, "story")
    if not typed:
        stories = index.stories()
        return stories[0].name if stories else message(question, "There are no articles yet", *unfinished(index))
    names = index.stories_by_name()
    found = [choice.name for choice in names.meant(typed)]
    if not found:
        return unknown(question, "story", names, index)
    return found[0] if len(found) == 1 else several(question, "story", found)


def article_choice(report: Report) -> str:
    """An article among others to choose from."""
    return f"{report.published or 'no date'} · {report.title or report.name}"
