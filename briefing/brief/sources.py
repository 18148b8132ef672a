"""/sources: the articles that the answers come from, and the files that could not be read."""

from __future__ import annotations

from dataclasses import replace

from briefing.brief.options import counted, line, message, option, unfinished, unknown
from briefing.brief.shown import HEADLINE, report_label
from briefing.brief.stories import story_title
from briefing.card import Card, Entry, Line, Question
from briefing.index import Index, Problem, Report
from briefing.paging import entry_weight, paged, shortened


def sources(index: Index, question: Question) -> Card:
    """Every article by story and date, with what was found in it; then the files that were skipped, and why."""
    names = index.stories_by_name()
    typed = option(question, "story")
    found = [choice.name for choice in names.called(typed) or names.found(typed)] if typed else []
    if typed and not found:
        return unknown(question, "story", names, index)
    story = found[0] if found else None
    reports, problems = index.reports(story), index.problems()
    entries = [report_entry(report) for report in reports]
    first: dict[str, int] = {}
    for place, report in enumerate(reports):
        first.setdefault(report.story, place)
    for name, place in first.items():
        heading = Line((shortened(story_title(name)),), "heading")
        entries[place] = replace(entries[place], lines=(heading, *entries[place].lines))
    entries += [problem_entry(problem) for problem in problems if story in (None, problem.story)]
    if not entries:
        return message(question, "There are no articles yet", *unfinished(index))
    weighed = [(entry, entry_weight(entry)) for entry in entries]
    shown, page, pages = paged(weighed, lambda entry: entry, question.page, buttons=False)
    title = f"{counted(len(reports), 'article')} in {counted(len(first), 'story', 'stories')}"
    return Card(title, question, shown, notes=tuple(unfinished(index)), page=page, pages=pages)


def report_entry(report: Report) -> Entry:
    return Entry((line(report_label(report)), Line((counted(report.statements, "statement"),), "note")))


def problem_entry(problem: Problem) -> Entry:
    name, reason = shortened(f"{problem.story}/{problem.name}", HEADLINE), shortened(problem.reason)
    return Entry((line(f"Skipped: {name}"), Line((reason,), "note")))
