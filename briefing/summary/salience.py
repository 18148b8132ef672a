"""Which sentences say most of what a story says: PacSum, and sumy's own methods by name."""

from __future__ import annotations

import math
import re
import runpy
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers._summarizer import AbstractSummarizer
from sumy.summarizers.edmundson import EdmundsonSummarizer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer


def most_salient_first(
    articles: Sequence[Sequence[str]], titles: Sequence[str] = (), method: str | None = None
) -> list[int]:
    """All sentences by falling salience, as numbers counted through all articles.

    Args:
        titles: The articles' titles, for Edmundson's bonus words.
        method: One of `METHODS`; None for PacSum.
    """
    words = _Words()
    document = ObjectDocumentModel([Paragraph([Sentence(text, words) for text in texts]) for texts in articles])
    if not any(sentence.words for sentence in document.sentences):
        return list(range(len(document.sentences)))
    order: list[int] = []

    def all_of_them(ranked: Sequence[Any]) -> Sequence[Any]:
        order.extend(info.order for info in ranked)
        return ranked

    summarizer = _summarizer(PacSumSummarizer if method is None else METHODS[method], document, titles)
    with warnings.catch_warnings(), np.errstate(all="ignore"):  # LexRank divides by 0, LSA warns of short texts
        warnings.simplefilter("ignore")
        summarizer(document, all_of_them)  # sumy lets a callable cut its list of the best
    return order


class PacSumSummarizer(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    """PacSum: a sentence is salient if those after it are like it, and less so if those before it already were.

    Source: Zheng and Lapata, "Sentence Centrality Revisited for Unsupervised Summarization", ACL 2019,
    https://aclanthology.org/P19-1628.

    Each paragraph of the document holds one article. Two sentences are as alike as the cosine of their tf-idf vectors;
    idf comes from the document's own sentences, and is left out where there is only one article (measured on news: it
    gains there across articles and costs within one). A sentence of another article counts wherever it stands. Takes
    linear time.

    Attributes:
        before: The weight of likeness to the sentences before; the paper's lambda 1, negative.
        lead: What an article's first place adds, as a share of the distance between the best and the worst rating.
        decay: What is left of that one place further on.
    """

    before = -1.5
    lead = 0.3
    decay = 0.9
    stop_words: frozenset[str] = frozenset()

    def __call__(self, document: ObjectDocumentModel, sentences_count: object) -> tuple[Sentence, ...]:
        ratings = iter(self.rate_sentences(document))
        best: tuple[Sentence, ...] = self._get_best_sentences(
            document.sentences, sentences_count, lambda _: next(ratings)
        )
        return best

    def rate_sentences(self, document: ObjectDocumentModel) -> list[float]:
        """The salience of each sentence of the document, in order."""
        central = self._centralities(document)
        spread = max(central, default=0.0) - min(central, default=0.0) or 1.0
        places = (place for article in document.paragraphs for place, _ in enumerate(article.sentences))
        return [value / spread + self.lead * self.decay**place for value, place in zip(central, places, strict=True)]

    def _centralities(self, document: ObjectDocumentModel) -> list[float]:
        articles = self._vectors(document)
        everything = _total(vector for vectors in articles for vector in vectors)
        central = []
        for vectors in articles:
            passed: defaultdict[str, float] = defaultdict(float)
            for vector in vectors:
                before = _dot(vector, passed)
                after_or_elsewhere = _dot(vector, everything) - before - _dot(vector, vector)
                central.append(after_or_elsewhere + self.before * before)
                for stem, weight in vector.items():
                    passed[stem] += weight
        return central

    def _vectors(self, document: ObjectDocumentModel) -> list[list[Vector]]:
        """The tf-idf vector of each sentence of each article, of length 1 or empty."""
        counts = [[Counter(self._stems(s)) for s in paragraph.sentences] for paragraph in document.paragraphs]
        idf = self._idf([sentence for article in counts for sentence in article], articles=len(counts))
        return [[_unit({stem: n * idf[stem] for stem, n in c.items()}) for c in article] for article in counts]

    @staticmethod
    def _idf(sentences: Sequence[Counter[str]], articles: int) -> Vector:
        """The weight of each stem: 1 within one article, whose frequent words are its subject."""
        sentences_with = Counter(stem for sentence in sentences for stem in sentence)
        if articles == 1:
            return dict.fromkeys(sentences_with, 1.0)
        return {stem: math.log((len(sentences) + 1) / (n + 0.5)) for stem, n in sentences_with.items()}

    def _stems(self, sentence: Sentence) -> Iterable[str]:
        return (self.stem_word(word) for word in sentence.words if self.normalize_word(word) not in self.stop_words)


METHODS: Mapping[str, type[AbstractSummarizer]] = {
    "LexRank": LexRankSummarizer,
    "TextRank": TextRankSummarizer,
    "LSA": LsaSummarizer,
    "Luhn": LuhnSummarizer,
    "KL": KLSummarizer,
    "Edmundson": EdmundsonSummarizer,
}
"""Sumy's methods, by their names."""


def _summarizer(
    kind: type[AbstractSummarizer], document: ObjectDocumentModel, titles: Sequence[str]
) -> AbstractSummarizer:
    summarizer = kind(stem)
    if kind is EdmundsonSummarizer:
        summarizer.null_words = STOP_WORDS
        summarizer.bonus_words = _bonus_words(document, titles)
        summarizer.stigma_words = STIGMA_WORDS
    else:
        summarizer.stop_words = STOP_WORDS
    return summarizer


STIGMA_WORDS = frozenset({"however", "although", "perhaps", "asked"})
"""Edmundson's cue method: words of sentences that are beside the point."""


def _bonus_words(document: ObjectDocumentModel, titles: Sequence[str]) -> set[str]:
    """The titles' words; without a title the ten most frequent words."""
    words = _Words()
    of_titles = {word for title in titles for word in words.to_words(title)} - STOP_WORDS
    frequent = Counter(word for word in document.words if word not in STOP_WORDS)
    return of_titles or {word for word, _ in frequent.most_common(10)} or {""}


# Words ---------------------------------------------------------------------------------------------------------------

stem: Callable[[str], str] = lru_cache(maxsize=100_000)(Stemmer("english"))


def _spacys_stop_words() -> set[str]:
    """SpaCy's list, without spaCy: whoever waits for a ranking would wait twice as long for the whole of it."""
    spacy = find_spec("spacy")
    assert spacy
    assert spacy.origin
    words: set[str] = runpy.run_path(str(Path(spacy.origin).parent / "lang" / "en" / "stop_words.py"))["STOP_WORDS"]
    return words


STOP_WORDS = frozenset(
    _spacys_stop_words() | {"said", "says", "mr", "mrs", "ms", "don", "isn", "doesn", "didn", "ve", "ll"}
)


def content_stems(text: str) -> frozenset[str]:
    """The stems of a text's words, stop words left out."""
    return frozenset(stem(word) for word in _Words().to_words(text) if word not in STOP_WORDS)


class _Words:
    """What sumy asks of a tokenizer; its own wants data of NLTK's that is not installed."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(word for word in re.findall(r"[^\W_]+", text.lower()) if len(word) > 1 or word.isdigit())

    def to_sentences(self, text: str) -> tuple[str, ...]:
        return (text,)


# Vectors -------------------------------------------------------------------------------------------------------------

Vector = Mapping[str, float]
"""The weight of each stem."""


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {stem: weight / length for stem, weight in vector.items()}


def _dot(a: Vector, b: Vector) -> float:
    return sum(weight * b.get(stem, 0.0) for stem, weight in a.items())


def _total(vectors: Iterable[Vector]) -> dict[str, float]:
    total: defaultdict[str, float] = defaultdict(float)
    for vector in vectors:
        for stem, weight in vector.items():
            total[stem] += weight
    return dict(total)
