"""The JSON that others rely on: rows in, one object a line out; a row that cannot be analysed gives its error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefing.article import Article, ArticleError, Span, parse_article, read_article
from briefing.batch import analysed
from briefing.found import Json, found_in, page_of

if TYPE_CHECKING:
    from spacy.language import Language

    from briefing.analysis import Analysis
    from briefing.attribution import Tagger

TOGETHER = 16  # rows read before the first of them is answered: their articles share the models' batches


class Text(BaseModel):
    """An article of a row."""

    model_config = ConfigDict(extra="ignore")

    text: str
    title: str | None = None
    published: date | None = None


class AnalyseRow(Text):
    """A row of `briefing analyse --jsonl`."""

    id: str | int


class Sentences(BaseModel):
    """An article that comes as its sentences."""

    model_config = ConfigDict(extra="ignore")

    sentences: list[str]


class SummariseRow(BaseModel):
    """A row of `briefing summarise --jsonl`; its articles are all texts or all sentences."""

    model_config = ConfigDict(extra="ignore")

    id: str | int
    articles: list[Text] | list[Sentences] = Field(min_length=1)


class PositionsRow(BaseModel):
    """A row of `briefing positions --jsonl`.

    Attributes:
        actors: The only actors to be told of, by name; None: all that are found.
    """

    model_config = ConfigDict(extra="ignore")

    id: str | int
    articles: list[Text] = Field(min_length=1)
    actors: list[str] | None = None


Row = TypeVar("Row", AnalyseRow, SummariseRow, PositionsRow)

Result = Any


def article_of(name: str, row: Text) -> Article:
    """The article in a row, with the title and date that the row gives."""
    article = parse_article(name, row.text)
    if row.title is not None:
        article = replace(article, title=row.title)
    if row.published is not None:
        article = replace(article, published=row.published, published_from="the row")
    return article


def error(id: str | int | None, problem: Exception | str) -> Json:
    told = problem if isinstance(problem, str) else f"{type(problem).__name__}: {problem}"
    return {"id": id, "error": told}


# What each verb answers


def analyses(lines: Iterable[str], nlp: Language, tagger: Tagger) -> Iterator[Json]:
    """The analysis of each row, in order."""
    from briefing.analysis import analyse

    def articles(row: AnalyseRow) -> list[Article]:
        return [article_of(str(row.id), row)]

    def answer(row: AnalyseRow, results: Sequence[Analysis]) -> Json:
        return analysis_json(row.id, results[0])

    return answered(lines, AnalyseRow, articles, lambda some: analyse(some, nlp, tagger), answer)


def file_analyses(files: Iterable[Path], nlp: Language, tagger: Tagger) -> Iterator[Json]:
    """The analysis of each file, in order."""
    from briefing.analysis import analyse

    stream = iter(files)
    while some := list(islice(stream, TOGETHER)):
        read = [(path, _read(path)) for path in some]
        articles = [article for _, article in read if isinstance(article, Article)]
        results = analysed(articles, lambda some: analyse(some, nlp, tagger))
        for path, article in read:
            result = next(results)[1] if isinstance(article, Article) else article
            yield error(path.stem, result) if isinstance(result, Exception) else analysis_json(path.stem, result)


def _read(path: Path) -> Article | Exception:
    try:
        return read_article(path.name, path.read_bytes())
    except (OSError, ArticleError) as problem:
        return problem


def analysis_json(id: str | int, analysis: Analysis) -> Json:
    return {"id": id, "error": None, "article": page_of(analysis.article), **found_in(analysis)}


def summaries(
    lines: Iterable[str], nlp: Language, tagger: Tagger, *, sentences: int | None, words: int | None
) -> Iterator[Json]:
    """The summary of each row's articles, in order."""
    from briefing.attribution import statements_of
    from briefing.language import parse
    from briefing.summary import rank, summarise, summary_of

    def articles(row: SummariseRow) -> list[Article]:
        return [article_of(f"{row.id} {n}", text) for n, text in enumerate(row.articles) if isinstance(text, Text)]

    def ranked(some: Sequence[Article]) -> Iterator[tuple[Article, tuple[Span, ...]]]:
        for article, doc in parse(some, nlp):
            yield article, rank(article, doc, statements_of(article, doc, tagger))

    def answer(row: SummariseRow, results: Sequence[tuple[Article, tuple[Span, ...]]]) -> Json:
        given = [text.sentences for text in row.articles if isinstance(text, Sentences)]
        if given:
            return {"id": row.id, "sentences": summarise(given, sentences=sentences, words=words)}
        chosen = summary_of(results, sentences=sentences, words=words)
        return {"id": row.id, "sentences": [passage.text for passage in chosen]}

    return answered(lines, SummariseRow, articles, ranked, answer)


def positions(lines: Iterable[str], nlp: Language, tagger: Tagger) -> Iterator[Json]:
    """The positions in each row's articles, in order."""
    from briefing.analysis import analyse
    from briefing.position import story_positions

    def articles(row: PositionsRow) -> list[Article]:
        return [article_of(f"{row.id} {n}", text) for n, text in enumerate(row.articles)]

    def answer(row: PositionsRow, results: Sequence[Analysis]) -> Json:
        return {"id": row.id, "positions": story_positions(results, row.actors)}

    return answered(lines, PositionsRow, articles, lambda some: analyse(some, nlp, tagger), answer)


# Rows in, rows out


def answered(
    lines: Iterable[str],
    kind: type[Row],
    articles_in: Callable[[Row], list[Article]],
    analyse: Callable[[Sequence[Article]], Iterable[Result]],
    answer: Callable[[Row, Sequence[Result]], Json],
) -> Iterator[Json]:
    """One object a line, in order: the answer, or the error of the row or of the first of its articles that failed."""
    stream = (line for line in lines if line.strip())
    while some := list(islice(stream, TOGETHER)):
        rows = [_row(line, kind) for line in some]
        articles = [[] if isinstance(row, dict) else articles_in(row) for row in rows]
        results = analysed((article for group in articles for article in group), analyse)
        for row, group in zip(rows, articles, strict=True):
            found = [result for _, result in islice(results, len(group))]
            yield row if isinstance(row, dict) else _answer(row, found, answer)


def _row(line: str, kind: type[Row]) -> Row | Json:
    """The row, or its error as it will be printed."""
    try:
        return kind.model_validate_json(line)
    except ValidationError as problem:
        return error(_id_in(line), problem.errors()[0]["msg"])


def _id_in(line: str) -> str | int | None:
    import json

    try:
        row = json.loads(line)
    except ValueError:
        return None
    id = row.get("id") if isinstance(row, dict) else None
    return id if isinstance(id, (str, int)) else None


def _answer(row: Row, results: Sequence[Result], answer: Callable[[Row, Sequence[Result]], Json]) -> Json:
    failed = next((result for result in results if isinstance(result, Exception)), None)
    if failed is not None:
        return error(row.id, failed)
    try:
        return answer(row, results)
    except Exception as problem:  # one row's merging or summary: the run goes on
        return error(row.id, problem)
