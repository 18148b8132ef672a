"""/sources: the files that could not be read, or not as they were meant, and the articles that answers come from."""

from __future__ import annotations

from briefing.brief.options import counted, line, message, option, unfinished
from briefing.brief.shown import report_label
from briefing.brief.stories import story_of, story_title
from briefing.card import Card, Entry, Line, Question
from briefing.index import Index, Problem, Report
from briefing.paging import shortened

PAGE = 7  # entries of a page; with the longest labels they fit `card.PAGE_CHARACTERS`
STORY, FILE, REASON = 40, 60, 150  # characters of these labels


def sources(index: Index, question: Question) -> Card:
    """The files that were skipped or misread, and why; then every article by story and date, with what was found."""
    story = story_of(index, question) if option(question, "story") else None
    if isinstance(story, Card):
        return story
    counts = [(name, count) for name, count in index.counts() if story in (None, name)]
    problems = [one for one in (*index.problems(), *index.misread()) if story in (None, one.story)]
    total = sum(count for _, count in counts)
    if not total + len(problems):
        return message(question, "There are no articles yet", *unfinished(index))
    pages = -(-(total + len(problems)) // PAGE)
    page = max(0, min(question.page, pages - 1))
    start = page * PAGE
    entries = [problem_entry(problem) for problem in problems[start : start + PAGE]]
    entries += report_entries(reports_at(index, counts, max(0, start - len(problems)), PAGE - len(entries)))
    title = f"{counted(total, 'article')} in {counted(len(counts), 'story', 'stories')}"
    return Card(title, question, tuple(entries), notes=tuple(unfinished(index)), page=page, pages=pages)


def reports_at(index: Index, counts: list[tuple[str, int]], start: int, limit: int) -> list[Report]:
    """The articles at [start, start + limit) of all stories' in a row."""
    found: list[Report] = []
    for story, count in counts:
        if start < count and len(found) < limit:
            found += index.reports_from(story, start, limit - len(found))
        start = max(0, start - count)
    return found


def report_entries(reports: list[Report]) -> list[Entry]:
    """The articles, each story's first one under the story's title."""
    entries = []
    for before, report in zip([None, *reports], reports, strict=False):
        heading = () if before and before.story == report.story else (title_line(report.story),)
        found = Line((counted(report.statements, "statement"),), "note")
        entries.append(Entry((*heading, line(report_label(report)), found)))
    return entries


def title_line(story: str) -> Line:
    return Line((shortened(story_title(story), STORY),), "heading")


def problem_entry(problem: Problem) -> Entry:
    name = shortened(f"{problem.story}/{problem.name}", FILE)
    head = "Skipped" if problem.skipped else "To correct"
    return Entry((line(f"{head}: {name}"), Line((shortened(problem.reason, REASON),), "note")))
