"""A ranking by salience, in which nothing repeats what is before it and nothing hangs on what is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from briefing.article import Article, Passage, Span
from briefing.summary.salience import content_stems, most_salient_first
from briefing.summary.sentence import is_loose, is_only_quoted, is_usable

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from briefing.attribution.statement import Statement

Member = tuple[Article, Sequence[Span]]
"""An article of a story with its usable passages, in any order."""

RANKED = 500  # passages; a longer ranking serves nobody, and looking for repetitions takes quadratic time
CANDIDATES = 300  # usable passages that sumy's methods get, whose time grows with their square or faster
CANDIDATES_OF = {"KL": 100}  # its time grows with their cube: 300 take 20 to 40 s
OVERRUN = 15  # words by which the last sentence of a summary may pass its budget
REPEATED = 0.5  # of the shorter passage's content words; more of them in a better passage make it a repetition


def rank(article: Article, doc: Doc, statements: Sequence[Statement]) -> tuple[Span, ...]:
    """The article's usable passages, best first.

    Every first n are a summary: a passage that hangs on the one before it comes after that one, and a passage that
    repeats a better one is left out.
    """
    from briefing.summary.passages import passages_of  # with a language model, which nothing else here needs

    passages = rank_story([(article, passages_of(article, doc, statements))])
    return tuple((passage.start, passage.end) for passage in passages)


def rank_story(members: Sequence[Member], method: str | None = None) -> tuple[Passage, ...]:
    """The passages of a story's articles, best first, with the promises of `rank`.

    Args:
        members: What `rank` gave for each article is enough: a story is ranked from what an index keeps, without a
            language model.
        method: One of `METHODS`, sumy's, over the passages that ours puts first, at most `CANDIDATES` or
            `CANDIDATES_OF` it; None for ours.
    """
    placed = _sorted(members)
    return tuple(_passage(placed, place) for place in _ranking(_Story.of(placed), method))


def summary_of(
    members: Sequence[Member], *, sentences: int | None = None, words: int | None = None, method: str | None = None
) -> list[Passage]:
    """A summary of articles, in order of their dates (undated ones last) and then of place; see `summarise`."""
    dated = _sorted(sorted(members, key=lambda member: member[0].published or date.max))
    return [_passage(dated, place) for place in sorted(_chosen(_Story.of(dated), sentences, words, method))]


def summarise(
    articles: Sequence[Sequence[str]],
    *,
    sentences: int | None = None,
    words: int | None = None,
    method: str | None = None,
) -> list[str]:
    """A summary of articles that come as sentences, in their order.

    Args:
        articles: All the sentences of each article; those that cannot stand in a summary are left out here.
        sentences: How many sentences (3 where neither is given), or
        words: how many words: whole sentences, of which the last may run over by `OVERRUN`.
    """
    story = _Story(
        texts=articles,
        usable=[(a, i) for a, article in enumerate(articles) for i, text in enumerate(article) if is_usable(text)],
        adjoining={(a, i) for a, article in enumerate(articles) for i in range(1, len(article))},
    )
    return [articles[a][i] for a, i in sorted(_chosen(story, sentences, words, method))]


# The ranking ---------------------------------------------------------------------------------------------------------

Place = tuple[int, int]
"""An article and a sentence of it, by number; places sort in reading order."""


@dataclass(frozen=True, slots=True)
class _Story:
    """Articles as sentences.

    Attributes:
        usable: The sentences that may be ranked, in reading order.
        adjoining: The sentences with nothing between them and the one before.
    """

    texts: Sequence[Sequence[str]]
    usable: Sequence[Place]
    adjoining: set[Place]
    titles: Sequence[str] = ()

    @classmethod
    def of(cls, members: Sequence[Member]) -> _Story:
        """The story of articles whose passages are in text order."""
        texts, usable, adjoining = [], [], set()
        for a, (article, spans) in enumerate(members):
            end = 0
            texts.append([article.text[span[0] : span[1]] for span in spans])
            for i, span in enumerate(spans):
                usable.append((a, i))
                if i and not article.text[end : span[0]].strip():
                    adjoining.add((a, i))
                end = span[1]
        return cls(texts, usable, adjoining, [article.title for article, _ in members if article.title])

    def text(self, place: Place) -> str:
        return self.texts[place[0]][place[1]]

    def before(self, place: Place) -> Place | None:
        """The sentence that a loose one hangs on, if it is there to hang on."""
        if place not in self.adjoining:
            return None
        before = place[0], place[1] - 1
        quotes = any(mark in self.text(before) for mark in '"”’')
        return before if quotes or not is_only_quoted(self.text(place)) else None


def _sorted(members: Sequence[Member]) -> list[Member]:
    return [(article, sorted(spans)) for article, spans in members]


def _passage(members: Sequence[Member], place: Place) -> Passage:
    article, spans = members[place[0]]
    return article.passage(*spans[place[1]])


def _ranking(story: _Story, method: str | None) -> list[Place]:
    ours = _without_repetition(story, _by_salience(story, story.usable, None))
    if method is None:
        return ours
    candidates = sorted(ours[: CANDIDATES_OF.get(method, CANDIDATES)])
    return _without_repetition(story, _by_salience(story, candidates, method))


def _by_salience(story: _Story, places: Sequence[Place], method: str | None) -> list[Place]:
    articles: list[list[str]] = [[] for _ in story.texts]
    for place in places:
        articles[place[0]].append(story.text(place))
    return [places[i] for i in most_salient_first(articles, story.titles, method)]


def _without_repetition(story: _Story, order: Iterable[Place]) -> list[Place]:
    """The order without repetitions; a loose sentence waits for the one that it hangs on, or is left out."""
    kept: dict[Place, frozenset[str]] = {}
    waiting: dict[Place, Place] = {}
    for place in order:
        if len(kept) == RANKED:
            break
        if is_loose(story.text(place)):
            before = story.before(place)
            if before is None:
                continue
            if before not in kept:
                waiting[before] = place
                continue
        following: Place | None = place
        while following and len(kept) < RANKED:
            stems = content_stems(story.text(following))
            if any(_overlap(stems, others) > REPEATED for others in kept.values()):
                break
            kept[following] = stems
            following = waiting.pop(following, None)
    return list(kept)


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))


# The budget ----------------------------------------------------------------------------------------------------------


def _chosen(story: _Story, sentences: int | None, words: int | None, method: str | None) -> list[Place]:
    ranking = _ranking(story, method)
    return ranking[: sentences or 3] if words is None else _within(story, ranking, words)


def _within(story: _Story, ranking: Sequence[Place], words: int) -> list[Place]:
    """The best that fit a budget of words; what is too long for the rest is passed over, with all that hangs on it."""
    chosen: list[Place] = []
    left = words
    for place in ranking:
        if left <= 0:
            break
        length = len(story.text(place).split())
        if length <= left + OVERRUN and (not is_loose(story.text(place)) or story.before(place) in chosen):
            chosen.append(place)
            left -= length
    return chosen
