"""Rankings by sumy's methods, kept in the index: made ahead, or when they are first asked for."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing, suppress
from pathlib import Path

from briefing.index import Index
from briefing.index.writer import Writer
from briefing.paging import shortened

NAMED = 500  # characters of the articles' names in a message
ALONE = 100  # articles of a story up to which each is ranked ahead by itself; in a larger one they wait to be asked for


def rank_by(path: Path, story: str, article: str | None, *methods: str) -> bool:
    """Ranks a story's passages, or one article's, by sumy's methods; what is ranked already is left alone.

    It waits for no indexer, so that a reader who asks need not either.

    Args:
        methods: Their names in lower case.

    Returns:
        Whether the index has the rankings now; not if the articles have changed since they were read.

    Raises:
        LookupError: No such story, article or method.
    """
    from briefing.summary import rank_story

    known = names_of_methods()
    for method in methods:
        if method not in known:
            raise LookupError(f"no method {method!r}; there are {', '.join(known)}")
    with closing(Index(path)) as index, index.snapshot():
        reports = [report for report in index.reports(story) if article in (None, report.name)]
        if not reports:
            raise LookupError(_missing(index, story, article))
        scope = reports[0].id if article else 0
        missing = not_ranked(index, story, scope, methods)
        if not missing:
            return True
        members = [(index.article(report.id), index.passages(report.id)) for report in reports]
    report_of = {id(member[0]): report.id for member, report in zip(members, reports, strict=True)}
    ranked = {report.id: report.digest for report in reports}
    with closing(Writer(path)) as writer:
        for method in missing:
            passages = [(report_of[id(p.article)], p.start, p.end) for p in rank_story(members, known[method])]
            if not writer.add_ranking(story, scope, method, passages, ranked):
                return False
    return True


def rank_ahead(path: Path) -> None:
    """Ranks by all of sumy's methods what has not been ranked: every story, the newest first, then the articles.

    What changes meanwhile is left for the next time.
    """
    methods = names_of_methods()
    with closing(Index(path)) as index, index.snapshot():
        stories = index.stories()
        missing: list[tuple[str, str | None]] = [
            (story.name, None) for story in stories if not_ranked(index, story.name, 0, methods)
        ]
        for story in stories:
            reports = index.reports(story.name) if story.reports <= ALONE else []
            missing += [(story.name, one.name) for one in reports if not_ranked(index, story.name, one.id, methods)]
    for name, article in missing:
        with suppress(LookupError):
            rank_by(path, name, article, *methods)


def names_of_methods() -> dict[str, str]:
    """Sumy's methods by their names in lower case."""
    from briefing.summary import METHODS

    return {name.lower(): name for name in METHODS}


def not_ranked(index: Index, story: str, scope: int, methods: Collection[str]) -> list[str]:
    """The methods of which the index has no ranking of a story (scope 0) or of one of its articles."""
    return [method for method in methods if index.ranking(story, scope, method, 1) is None]


def _missing(index: Index, story: str, article: str | None) -> str:
    """That there is no such story or article, and what there is."""
    stories = [one.name for one in index.stories()]
    if not stories:
        return "nothing is indexed yet; read the articles with: briefing index"
    if story not in stories:
        return f"no story {story!r} in the index; there are {', '.join(stories)}"
    names = shortened(", ".join(report.name for report in index.reports(story)), NAMED)
    return f"no article {article!r} in the story {story!r}; there are {names}"
