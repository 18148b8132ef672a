"""The command line of the analysing half: `briefing index|rank|analyse|summarise|positions|export`."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from briefing.found import Json
from briefing.index import Problem, index_path
from briefing.indexing import Outcome, Step
from briefing.settings import ArticleSettings, SettingsError, settings_as

app = typer.Typer(help="Articles in, their own words out.", no_args_is_help=True, add_completion=False)


BEHIND = 10  # how far work that nobody waits for steps back behind answers, as `nice` counts
SeedsOption = Annotated[
    Path | None, typer.Option("--seeds", metavar="DIR", help="The articles, one folder a story; else SEEDS_DIR.")
]
DataOption = Annotated[Path | None, typer.Option(metavar="DIR", help="Where the index is kept; else DATA_DIR.")]
ModelOption = Annotated[str | None, typer.Option(help="The language model's package; else SPACY_MODEL.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="Read rows from standard input.")]


def main() -> None:
    """Runs the command line."""
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


@app.command()
def index(
    folder: Annotated[Path | None, typer.Argument(help="The seeds folder, instead of --seeds.")] = None,
    seeds: SeedsOption = None,
    data_dir: DataOption = None,
    model: ModelOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress bar and no count.")] = False,
) -> None:
    """Read the articles that are new or changed into the index."""
    from briefing.indexing import refresh

    settings = settings_of(folder or seeds, data_dir, model)
    seeds, model = settings.seeds_dir, settings.spacy_model
    if not seeds.is_dir():
        refuse(f"{seeds} is not a folder; name one: briefing index FOLDER")
    path = index_path(seeds, settings.data_dir)
    try:
        if quiet:
            refresh(seeds, path, model=model)
        else:
            report(with_progress(seeds, path, model), path)
    except OSError as error:  # spaCy's own, for a model that is not installed; a disk that is full or read-only
        refuse(f"The index could not be built: {error}")


def with_progress(seeds: Path, path: Path, model: str) -> Outcome:
    """The run with a bar on standard error: articles, rate and time left."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from briefing.indexing import refresh

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[articles]} articles"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    with bar:
        task = bar.add_task("Reading", total=None, articles="0", rate="", visible=False)

        def on_step(step: Step) -> None:
            elapsed = bar.tasks[task].elapsed or 0
            rate = f"{step.characters / elapsed / 1000:.1f} kB/s" if elapsed and step.characters else ""
            articles = f"{step.done} of {step.total}"
            bar.update(task, total=step.of, completed=step.characters, articles=articles, rate=rate, visible=True)

        return refresh(seeds, path, model=model, on_step=on_step)


def report(outcome: Outcome, path: Path) -> None:
    """What the run did, on standard output; files that were skipped or are to be corrected on standard error."""
    for problem in (Problem(*found) for found in outcome.problems):
        head = "skipped " if problem.skipped else ""
        print(f"{head}{problem.story}/{problem.name}: {problem.reason}", file=sys.stderr)
    print(f"{outcome.analysed} read, {outcome.unchanged} unchanged, {outcome.removed} removed; index: {path}")


@app.command()
def rank(
    story: Annotated[str | None, typer.Argument()] = None,
    article: Annotated[str | None, typer.Argument()] = None,
    named: Annotated[str | None, typer.Option("--story", help="The story, instead of the first word.")] = None,
    method: Annotated[str, typer.Option(help="One of sumy's: lexrank, textrank, lsa, luhn, kl, ...")] = "lexrank",
    every: Annotated[bool, typer.Option("--all", help="Whatever is not ranked yet, by every method.")] = False,
    seeds: SeedsOption = None,
    data_dir: DataOption = None,
) -> None:
    """Rank a story's passages, or one article's, by one of sumy's methods, and keep the ranking."""
    from briefing.indexing.ranking import rank_ahead, rank_by

    if named:
        story, article = named, article or story
    if bool(story) == every:
        refuse("Name a story: briefing rank STORY [ARTICLE]; or rank --all.")
    settings = settings_of(seeds, data_dir)
    path = index_path(settings.seeds_dir, settings.data_dir)
    if not story:
        if sys.platform != "win32":
            os.nice(BEHIND)
        rank_ahead(path)
        return
    try:
        kept = rank_by(path, story, article, method)
    except LookupError as error:
        refuse(str(error))
    if not kept:
        refuse(f"The articles of {story!r} changed while they were ranked, so nothing was kept; rank them again.")


@app.command()
def analyse(
    files: Annotated[list[Path] | None, typer.Argument()] = None,
    jsonl: Jsonl = False,
    model: ModelOption = None,
) -> None:
    """Print the analysis of each file, or of each row, as one JSON object a line."""
    from briefing.jsonl import analyses, file_analyses

    if jsonl == bool(files):
        refuse("Name files, or give rows on standard input with --jsonl.")
    models = loaded(model)
    emit(analyses(sys.stdin, *models) if jsonl else file_analyses(files or [], *models))


@app.command()
def summarise(
    jsonl: Jsonl = False,
    sentences: Annotated[int | None, typer.Option(min=1, help="How many sentences.")] = None,
    words: Annotated[int | None, typer.Option(min=1, help="How many words; the last sentence may run over.")] = None,
    model: ModelOption = None,
) -> None:
    """Print the summary of each row's articles."""
    from briefing.jsonl import summaries

    if not jsonl or (sentences and words):
        refuse("Give rows on standard input: briefing summarise --jsonl --sentences 3, or --words 100.")
    emit(summaries(sys.stdin, *loaded(model), sentences=sentences, words=words))


@app.command()
def positions(jsonl: Jsonl = False, model: ModelOption = None) -> None:
    """Print the positions in each row's articles."""
    from briefing.jsonl import positions

    if not jsonl:
        refuse("Give rows on standard input: briefing positions --jsonl.")
    emit(positions(sys.stdin, *loaded(model)))


@app.command()
def export(
    form: Annotated[str, typer.Option("--format", help="dna-csv or graphml.")] = "dna-csv",
    story: Annotated[str | None, typer.Option(help="Left out: the story with the newest articles.")] = None,
    seeds: SeedsOption = None,
    data_dir: DataOption = None,
) -> None:
    """Print a story's positions for discourse-network tools."""
    from contextlib import closing

    from briefing.brief.export import FORMATS, coded, exported
    from briefing.index import Index

    if form not in FORMATS:
        refuse(f"no format {form!r}; there are {', '.join(FORMATS)}")
    settings = settings_of(seeds, data_dir)
    with closing(Index.of_seeds(settings.seeds_dir, settings.data_dir)) as index, index.snapshot():
        index.now = partial(datetime.now, UTC)
        stories = [found.name for found in index.stories()]
        if not stories:
            refuse(f"nothing is indexed yet; read the articles with: briefing index {settings.seeds_dir}")
        if story not in (None, *stories):
            refuse(f"no story {story!r} in the index; there are {', '.join(stories)}")
        print(exported(coded(index, story or stories[0]), form), end="")


def settings_of(seeds: Path | None = None, data_dir: Path | None = None, model: str | None = None) -> ArticleSettings:
    """The settings, but for what was typed; ends with a line if they cannot be used."""
    try:
        return settings_as(ArticleSettings, seeds_dir=seeds, data_dir=data_dir, spacy_model=model)
    except SettingsError as error:
        refuse(str(error))


def loaded(model: str | None) -> tuple[Any, Any]:
    """The language model and the attribution model."""
    from briefing.attribution import load_tagger
    from briefing.language import load

    try:
        return load(settings_of(model=model).spacy_model), load_tagger()
    except OSError as error:
        refuse(f"The language model could not be loaded: {error}")


def emit(answers: Iterable[Json]) -> None:
    """Prints one object a line as soon as it is known.

    Raises:
        typer.Exit: With status 1, at the end, if a row had an error.
    """
    failed = False
    for answer in answers:
        failed = failed or bool(answer.get("error"))
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    if failed:
        raise typer.Exit(1)


def refuse(reason: str) -> NoReturn:
    """Ends with a line on standard error and status 2."""
    print(reason, file=sys.stderr)
    raise typer.Exit(2)


if __name__ == "__main__":
    main()
