"""Rankings of passages for summaries: by salience, without repetition, whole and able to stand alone.

Our own method is PacSum with tf-idf vectors; LexRank, TextRank, LSA, Luhn, KL and Edmundson are sumy's, over the same
usable sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from nltk.stem.porter import PorterStemmer
from spacy.lang.en.stop_words import STOP_WORDS
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers._summarizer import AbstractSummarizer

from briefing.article import Article, Passage, Span
from briefing.sentence import is_loose, is_only_quoted, is_usable, passages_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from briefing.attribution.statement import Statement

Place = tuple[int, int]
"""An article and a sentence of it, by their numbers."""


def rank(article: Article, doc: Doc, statements: Sequence[Statement]) -> tuple[Span, ...]:
    """The article's usable passages, best first.

    Any first n of them are a summary: a passage that hangs on the one before it comes after that one, and what repeats a
    passage that comes before is left out.
    """
    return tuple((p.start, p.end) for p in rank_story([(article, passages_of(article, doc, statements))]))


def rank_story(members: Sequence[tuple[Article, Sequence[Span]]]) -> tuple[Passage, ...]:
    """The passages of several articles, best first, as `rank` does it for one.

    Args:
        members: Each article with its usable passages in any order; the spans that `rank` gave are enough, so a
            story is ranked from what an index keeps.
    """
    placed = [(article, sorted(spans)) for article, spans in members]
    texts = [[article.text[start:end] for start, end in spans] for article, spans in placed]
    follows = {
        (a, i)
        for a, (article, spans) in enumerate(placed)
        for i in range(1, len(spans))
        if not article.text[spans[i - 1][1] : spans[i][0]].strip()
    }
    return tuple(placed[a][0].passage(*placed[a][1][i]) for a, i in _ranking(texts, follows))


def summarise(
    articles: Sequence[Sequence[str]], *, sentences: int | None = None, words: int | None = None
) -> list[str]:
    """The summary of articles that come as sentences, in their order.

    Args:
        sentences: How many sentences, or
        words: about how many words: whole sentences, of which the last may run over by `OVERRUN`.
    """
    follows = {(a, i) for a, article in enumerate(articles) for i in range(1, len(article))}
    order = _ranking(articles, follows, keep=lambda text: is_usable(text))
    chosen = shortened(order, [len(articles[a][i].split()) for a, i in order], sentences=sentences, words=words)
    return [articles[a][i] for a, i in sorted(chosen)]


OVERRUN = 15  # words by which the last sentence may pass a budget of words


def shortened(
    order: Sequence[Place], lengths: Sequence[int], *, sentences: int | None = None, words: int | None = None
) -> list[Place]:
    """The best of a ranking within a budget.

    Args:
        lengths: How many words each has.
    """
    if words is None:
        return list(order[: sentences or 3])
    kept, used = [], 0
    for place, length in zip(order, lengths, strict=True):
        if used + length <= words + OVERRUN:
            kept.append(place)
            used += length
        if used >= words:
            break
    return kept


# Salience ------------------------------------------------------------------------------------------------------------


class PacSumSummarizer(AbstractSummarizer):  # type: ignore[misc]  # sumy is not typed
    """PacSum: a sentence is central if it is like those that follow it, less so if it is like those before it.

    Source: Zheng and Lapata, "Sentence Centrality Revisited for Unsupervised Summarization", ACL 2019,
    https://aclanthology.org/P19-1628. The similarity here is the cosine of term frequencies instead of BERT's. A paragraph of the document
    is an article: between articles, "before" and "after" compare the places within each.
    """

    forward = 1.0
    back = -2.0
    stop_words: frozenset[str] = frozenset()

    def __call__(self, document: ObjectDocumentModel, sentences_count: object) -> tuple[Sentence, ...]:
        ratings = iter(self.rate_sentences(document))
        best: tuple[Sentence, ...] = self._get_best_sentences(document.sentences, sentences_count, lambda _: next(ratings))
        return best

    def rate_sentences(self, document: ObjectDocumentModel) -> list[float]:
        """A rating for each sentence of the document, in order."""
        article = np.array([a for a, p in enumerate(document.paragraphs) for _ in p.sentences])
        place = np.array([i for p in document.paragraphs for i, _ in enumerate(p.sentences)])
        if not len(place):
            return []
        similarity = self._similarity(document)
        np.fill_diagonal(similarity, 0.0)
        same = article[:, None] == article[None, :]
        later = np.where(same, place[None, :] > place[:, None], place[None, :] >= place[:, None])
        return list(self.forward * (similarity * later).sum(axis=1) + self.back * (similarity * ~later).sum(axis=1))

    def _similarity(self, document: ObjectDocumentModel) -> np.ndarray:
        columns: dict[str, int] = {}
        rows = [
            [columns.setdefault(stem, len(columns)) for word in s.words if (stem := self.stem_word(word)) not in self.stop_words]
            for s in document.sentences
        ]
        counts = np.zeros((len(rows), max(1, len(columns))), dtype=np.float32)
        for i, row in enumerate(rows):
            np.add.at(counts[i], row, 1.0)
        counts /= np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)
        return counts @ counts.T


# The words -----------------------------------------------------------------------------------------------------------

stem = lru_cache(maxsize=100_000)(PorterStemmer().stem)
STOP_STEMS = frozenset(stem(w) for w in STOP_WORDS | {"said", "says", "mr", "mrs", "ms"}) | frozenset("abcdefghijklmnopqrstuvwxyz")


class Words:
    """What sumy asks of a tokenizer, without NLTK's data: the words of a sentence."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(re.findall(r"[a-z0-9]+", text.lower()))

    def to_sentences(self, text: str) -> tuple[str, ...]:
        return (text,)


def _document(articles: Iterable[Sequence[str]]) -> ObjectDocumentModel:
    words = Words()
    return ObjectDocumentModel([Paragraph([Sentence(text, words) for text in texts]) for texts in articles])


def _best_first(summarizer: AbstractSummarizer, document: ObjectDocumentModel) -> list[int]:
    """All sentences in the summarizer's order, by their numbers; sumy lets a callable cut its sorted list."""
    order: list[int] = []

    def all_of_them(infos: Sequence[object]) -> Sequence[object]:
        order.extend(info.order for info in infos)  # type: ignore[attr-defined]
        return infos

    summarizer(document, all_of_them)
    return order


# Redundancy ----------------------------------------------------------------------------------------------------------


def _ranking(
    articles: Sequence[Sequence[str]], follows: set[Place], keep: Callable[[str], bool] = lambda text: True
) -> list[Place]:
    """The places of the sentences to keep, best first.

    Args:
        follows: The sentences that stand directly behind the one before them in the list.
    """
    places = [(a, i) for a, texts in enumerate(articles) for i, text in enumerate(texts) if keep(text)]
    usable = [[articles[a][i] for a, i in places if a == n] for n in range(len(articles))]
    summarizer = PacSumSummarizer(stem)
    summarizer.stop_words = STOP_STEMS
    order = [places[i] for i in _best_first(summarizer, _document(usable))]
    needs = {place: (place[0], place[1] - 1) if place in follows else None for place in order if is_loose(articles[place[0]][place[1]])}
    return _without_repetition(order, needs, articles)


def _without_repetition(
    order: Sequence[Place], needs: dict[Place, Place | None], articles: Sequence[Sequence[str]]
) -> list[Place]:
    kept: list[Place] = []
    waiting: dict[Place, Place] = {}
    content: dict[Place, frozenset[str]] = {}

    def take(place: Place) -> None:
        words = frozenset(s for w in Words().to_words(articles[place[0]][place[1]]) if (s := stem(w)) not in STOP_STEMS)
        if any(_overlap(words, content[other]) > REPEATED for other in kept):
            return
        content[place] = words
        kept.append(place)
        if follower := waiting.pop(place, None):
            take(follower)

    for place in order:
        if place not in needs:
            take(place)
        elif (before := needs[place]) is not None:
            if before in content:
                take(place)
            else:
                waiting[before] = place
    return kept


REPEATED = 0.6  # of the shorter sentence's content words


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))
