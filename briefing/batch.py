"""Analyses of many articles, where a failure costs the one article that it befell."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from briefing.article import Article

BATCH = 16  # articles analysed together

Result = TypeVar("Result")
Analyse = Callable[[Sequence[Article]], Iterable[Result]]
"""Gives one result for each article, in their order."""

log = logging.getLogger(__name__)


def analysed(articles: Iterable[Article], analyse: Analyse[Result]) -> Iterator[tuple[Article, Result | Exception]]:
    """Each article with its result, in order, or with what went wrong.

    Args:
        articles: A stream of any length; `BATCH` of them are held at once.
    """
    stream = iter(articles)
    while batch := list(islice(stream, BATCH)):
        yield from _together(batch, analyse)


def _together(batch: Sequence[Article], analyse: Analyse[Result]) -> Iterator[tuple[Article, Result | Exception]]:
    done = 0
    try:
        for article, result in zip(batch, analyse(batch), strict=True):
            yield article, result
            done += 1
    except Exception as error:  # whatever the models raise: the article is given up, not the run
        if len(batch) == 1:
            log.exception("%s cannot be analysed", batch[0].id)
            yield batch[0], error
        else:
            for article in batch[done:]:
                yield from _together([article], analyse)
