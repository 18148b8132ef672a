"""Reading a seeds folder into its index: what is new or changed is analysed, what is gone is taken out."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from briefing.article import Article, ArticleError
from briefing.by_hand import ByHandError
from briefing.index.lock import only_indexer
from briefing.index.writer import Writer
from briefing.indexing.files import ALIASES, ISSUES, Folder, Seed, digest_of, folders_in, printable, read
from briefing.indexing.version import analysis_version, merging_version
from briefing.misread import misread
from briefing.model import DEFAULT_MODEL

if TYPE_CHECKING:
    from briefing.actor import Aliases
    from briefing.analysis import Analysis
    from briefing.issue import IssueRules

TURN = 0.5  # seconds between two looks whether another indexer has finished
GROWTH = 1.5  # a story that is being read is merged again when it has grown by half: readers see it grow


class Analyser(Protocol):
    """The models: articles of one story in, an analysis for each out, in their order."""

    def __call__(self, articles: Sequence[Article], aliases: Aliases | None) -> Iterator[Analysis]: ...


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is.

    Attributes:
        characters: Of the articles done.
        of: Characters of all articles to be done.
    """

    done: int
    total: int
    characters: int
    of: int


@dataclass(slots=True)
class Outcome:
    """What a run did: articles analysed, unchanged and removed, and the files skipped or misread, with why."""

    analysed: int = 0
    unchanged: int = 0
    removed: int = 0
    problems: list[tuple[str, str, str]] = field(default_factory=list)


def refresh(
    seeds: Path,
    path: Path,
    *,
    load: Callable[[], Analyser] | None = None,
    model: str = DEFAULT_MODEL,
    on_step: Callable[[Step], None] = lambda step: None,
) -> Outcome:
    """Brings an index up to date with a seeds folder.

    A second indexer waits until the first has finished. A run over unchanged files loads no model.

    Args:
        path: The index; `briefing.index.index_path` says where a folder's index lies.
        load: Loads the models; by default the language model of that name and our attribution model.

    Raises:
        OSError: The language model is not installed.
    """
    while True:
        with only_indexer(path) as only:
            if only:
                with closing(Writer(path)) as writer:
                    return _refresh(writer, seeds, load or partial(models, model), analysis_version(model), on_step)
        time.sleep(TURN)


def models(model: str) -> Analyser:
    """The analysing half, with its models in memory."""
    from briefing.analysis import analyse
    from briefing.attribution import load_tagger
    from briefing.language import load

    nlp, tagger = load(model), load_tagger()
    return lambda articles, aliases: analyse(articles, nlp, tagger, aliases)


@dataclass(frozen=True, slots=True)
class Task:
    """What a run has to do in one story.

    Attributes:
        version: What its articles are analysed by: the pipeline, and the names set by hand.
        changed: The articles that are new or were analysed by another version, each with its file.
    """

    folder: Folder
    version: str
    changed: list[tuple[Seed, Article]]


def _refresh(
    writer: Writer, seeds: Path, load: Callable[[], Analyser], pipeline: str, on_step: Callable[[Step], None]
) -> Outcome:
    outcome = Outcome()
    folders = list(folders_in(seeds))
    known = writer.known()
    there: set[tuple[str, str]] = set()
    tasks: list[Task] = []
    for folder in folders:
        version = f"{pipeline} {digest_of(folder.settings[ALIASES].encode())}"
        changed: list[Seed] = []
        unchanged: list[Seed] = []
        for seed in folder.seeds:
            same = known.get((seed.story, seed.name)) == (seed.digest, version)
            (unchanged if same else changed).append(seed)
        task = Task(folder, version, list(_readable(changed, outcome)))
        tasks.append(task)
        outcome.unchanged += len(unchanged)
        there |= {(seed.story, seed.name) for seed in [*unchanged, *(seed for seed, _ in task.changed)]}
    for story, name in sorted(set(known) - there):
        writer.drop(story, name)
        outcome.removed += 1
    Run(writer, load, outcome, on_step, tasks).run()
    outcome.problems += misread_in(folders, {(story, name) for story, name, _ in outcome.problems})
    writer.replace_problems(outcome.problems)
    writer.begun()
    return outcome


def misread_in(folders: Iterable[Folder], told: Container[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """The files that are read, and what is wrong with each; those told of already are left out."""
    for folder in folders:
        for seed in folder.seeds:
            file = printable(seed.path.name)
            if (folder.story, file) not in told and (reason := misread(file, seed.data)):
                yield folder.story, file, reason


class Run:
    """One run of the analysing half over the articles that need it."""

    def __init__(
        self,
        writer: Writer,
        load: Callable[[], Analyser],
        outcome: Outcome,
        on_step: Callable[[Step], None],
        tasks: Sequence[Task],
    ) -> None:
        self.writer = writer
        self.load = cache(load)
        self.outcome = outcome
        self.on_step = on_step
        self.tasks = tasks
        articles = [article for task in tasks for _, article in task.changed]
        self.step = Step(0, len(articles), 0, sum(len(article.text) for article in articles))

    def run(self) -> None:
        if self.step.total:
            self.writer.begin(self.step.total)
            self.on_step(self.step)
        try:
            self._stories()
        finally:
            if self.step.total:
                self.writer.finish()

    def _stories(self) -> None:
        for task in self.tasks:
            folder = task.folder
            by_hand = self._aliases(folder), self._rules(folder)
            self._analyse(task, *by_hand)
            recipe = f"{task.version} {merging_version()} {digest_of(folder.settings[ISSUES].encode())}"
            if self.writer.recipes().get(folder.story, recipe) != recipe:
                self._merge(folder, recipe, *by_hand)
            self._tell_unheard(folder)

    def _analyse(self, task: Task, aliases: Aliases | None, rules: IssueRules) -> None:
        from briefing.batch import analysed
        from briefing.found import found_in

        if not task.changed:
            return
        analyser = self.load()
        seed_of = {id(article): seed for seed, article in task.changed}
        merged = 0
        articles = [article for _, article in task.changed]
        for count, (article, result) in enumerate(analysed(articles, lambda some: analyser(some, aliases)), 1):
            seed = seed_of[id(article)]
            if isinstance(result, Exception):
                reason = f"could not be analysed: {type(result).__name__}: {result}"
                self.outcome.problems.append((seed.story, printable(seed.path.name), reason))
                self.writer.add_problem(*self.outcome.problems[-1])
                self.writer.drop(seed.story, seed.name)
            else:
                self.writer.keep(seed.story, article, seed.digest, task.version, found_in(result))
                self.outcome.analysed += 1
            if count >= max(1, merged * GROWTH) and count < len(articles):
                self._merge(task.folder, None, aliases, rules)
                merged = count
            self._advance(article)

    def _merge(self, folder: Folder, recipe: str | None, aliases: Aliases | None, rules: IssueRules) -> None:
        from briefing.merging import merged

        kept = list(self.writer.kept(folder.story))
        if kept:
            self.writer.merge(folder.story, recipe, merged(kept, aliases, rules))

    def _rules(self, folder: Folder) -> IssueRules:
        """The story's issues set by hand; a bad file is told of and left aside."""
        from briefing.issue import NO_RULES, read_issues

        try:
            return read_issues(folder.settings[ISSUES])
        except ByHandError as error:
            self.outcome.problems.append((folder.story, ISSUES, str(error)))
            return NO_RULES

    def _aliases(self, folder: Folder) -> Aliases | None:
        """The story's merges by hand; a bad file is told of and left aside."""
        if not folder.settings[ALIASES].strip():
            return None
        from briefing.actor import read_aliases

        try:
            return read_aliases(folder.settings[ALIASES])
        except ByHandError as error:
            self.outcome.problems.append((folder.story, ALIASES, str(error)))
            return None

    def _tell_unheard(self, folder: Folder) -> None:
        """Tells of names set by hand that none of the story's articles has."""
        from briefing.indexing.unheard import unheard

        for file, text in folder.settings.items():
            if text.strip() and (told := unheard(file, text, partial(self.writer.kept, folder.story))):
                self.outcome.problems.append((folder.story, file, told))

    def _advance(self, article: Article) -> None:
        step = self.step
        self.step = Step(step.done + 1, step.total, step.characters + len(article.text), step.of)
        self.on_step(self.step)


def _readable(seeds: Sequence[Seed], outcome: Outcome) -> Iterator[tuple[Seed, Article]]:
    """The seeds that are articles; of the others the reason is noted."""
    for seed in seeds:
        try:
            yield seed, read(seed)
        except ArticleError as error:
            outcome.problems.append((seed.story, error.name, error.reason))
