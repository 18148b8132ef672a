"""Analyses of many articles, where a failure costs the one article that it befell."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from briefing.article import Article

if TYPE_CHECKING:
    from briefing.analysis import Analysis

BATCH = 16  # articles analysed together

Analyse = Callable[[Sequence[Article]], Iterable["Analysis"]]
"""Gives one analysis for each article, in their order."""

log = logging.getLogger(__name__)


def analysed(articles: Iterable[Article], analyse: Analyse) -> Iterator[tuple[Article, Analysis | Exception]]:
    """Each article with its analysis, in order, or with what went wrong.

    Args:
        articles: A stream of any length; `BATCH` of them are held at once.
    """
    stream = iter(articles)
    while batch := list(islice(stream, BATCH)):
        yield from _together(batch, analyse)


def _together(batch: Sequence[Article], analyse: Analyse) -> Iterator[tuple[Article, Analysis | Exception]]:
    done = 0
    try:
        for article, analysis in zip(batch, analyse(batch), strict=True):
            yield article, analysis
            done += 1
    except Exception as error:  # whatever the models raise: the article is given up, not the run
        if len(batch) == 1:
            log.exception("%s cannot be analysed", batch[0].id)
            yield batch[0], error
        else:
            for article in batch[done:]:
                yield from _together([article], analyse)
