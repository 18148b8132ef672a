"""Rankings by sumy's methods, made when they are first asked for and kept in the index."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from briefing.index import Index
from briefing.index.writer import Writer
from briefing.paging import shortened

NAMED = 500  # characters of the articles' names in a message


def rank_by(path: Path, story: str, article: str | None, method: str) -> bool:
    """Ranks a story's passages, or one article's, by one of sumy's methods; what is ranked already is left alone.

    It waits for no indexer, so that a reader who asks need not either.

    Args:
        method: Its name in lower case.

    Returns:
        Whether the index has the ranking now; not if the articles have changed since they were read.

    Raises:
        LookupError: No such story, article or method.
    """
    from briefing.summary import METHODS, rank_story

    known = {name.lower(): name for name in METHODS}
    if method not in known:
        raise LookupError(f"no method {method!r}; there are {', '.join(known)}")
    with closing(Index(path)) as index, index.snapshot():
        reports = [report for report in index.reports(story) if article in (None, report.name)]
        if not reports:
            raise LookupError(_missing(index, story, article))
        scope = reports[0].id if article else 0
        if index.ranking(story, scope, method, 1) is not None:
            return True
        members = [(index.article(report.id), index.passages(report.id)) for report in reports]
    report_of = {id(member[0]): report.id for member, report in zip(members, reports, strict=True)}
    passages = [(report_of[id(p.article)], p.start, p.end) for p in rank_story(members, known[method])]
    with closing(Writer(path)) as writer:
        return writer.add_ranking(story, scope, method, passages, {report.id: report.digest for report in reports})


def _missing(index: Index, story: str, article: str | None) -> str:
    """That there is no such story or article, and what there is."""
    stories = [one.name for one in index.stories()]
    if not stories:
        return "nothing is indexed yet; read the articles with: briefing index"
    if story not in stories:
        return f"no story {story!r} in the index; there are {', '.join(stories)}"
    names = shortened(", ".join(report.name for report in index.reports(story)), NAMED)
    return f"no article {article!r} in the story {story!r}; there are {names}"
