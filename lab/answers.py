"""How fast the answers are on a large index.

    uv run python lab/answers.py [--sentences 100000] [--story 20000] [--statements 1000] [--seeds DIR] [--runs 100]

The index is made from the seeds' analyses, repeated: in every copy the names and half of the long words are replaced by
made-up ones of the same length, so that every offset holds and no two copies say the same. One story is large, and in
its first copies one person keeps the name. Printed: milliseconds of every command and every completion, p50, p99 and
the longest, over questions asked in random order on one thread; beside the time that passed, the processor time, which
other processes on the machine do not lengthen.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from briefing import brief
from briefing.brief.matrix import matrix_picture
from briefing.card import Question
from briefing.index import Index
from briefing.index.writer import KeptArticle, Writer
from briefing.indexing import refresh
from briefing.merging import merged
from briefing.paging import SENTENCE_END

ROOT = Path(__file__).parent.parent
BIG = "the-large-story"
OTHER = 1_000  # sentences of every other story
LETTERS = "aeiou", "bcdfghjklmnpqrstvwxyz"
LONG = 8  # letters of a word that is varied


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=100_000)
    parser.add_argument("--story", type=int, default=20_000)
    parser.add_argument("--statements", type=int, default=1_000)
    parser.add_argument("--seeds", type=Path, default=ROOT / "seeds")
    parser.add_argument("--runs", type=int, default=100, help="of every question")
    parser.add_argument("--keep", type=Path, help="where to keep the index; one that is there is used as it is")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "large.sqlite"
        if not path.exists():
            build(path, Path(folder) / "seeds.sqlite", options)
        with closing(Index(path)) as index:
            measure(index, most_said(index), options.runs)


# The index


def build(path: Path, small: Path, options: argparse.Namespace) -> None:
    """Writes the large index."""
    refresh(options.seeds, small)
    with closing(Writer(small)) as writer:
        stories = [list(writer.kept(story)) for story in writer.recipes()]
    seeds = max(stories, key=lambda story: sum(len(one.found["statements"]) for one in story))
    person, each = most_quoted(seeds)
    keep = set(person.split())
    begin = time.perf_counter()
    with closing(Writer(path)) as writer:
        total = write(writer, BIG, copies(seeds, options.story, keep, options.statements // each, "big"))
        number = 0
        while total < options.sentences:
            number += 1
            wanted = min(OTHER, options.sentences - total)
            others = copies(stories[number % len(stories)], wanted, set(), 0, str(number))
            total += write(writer, f"story-{number:03}", others)
    size = path.stat().st_size / 1e6
    print(f"{total} sentences in {number + 1} stories, {size:.0f} MB, written in {time.perf_counter() - begin:.0f} s")


def write(writer: Writer, story: str, articles: Iterator[KeptArticle]) -> int:
    """Writes one story; gives how many sentences it has."""
    total = 0
    for one in articles:
        digest = hashlib.sha256(one.article.text.encode()).hexdigest()
        writer.keep(story, one.article, digest, "lab", one.found)
        total += sentences_of(one)
    writer.merge(story, "lab", merged(list(writer.kept(story))))
    return total


def copies(
    seeds: list[KeptArticle], sentences: int, keep: set[str], kept_copies: int, salt: str
) -> Iterator[KeptArticle]:
    """Renamed copies of articles, until there are so many sentences."""
    people = [actor["name"] for one in seeds for actor in one.found["people"]]
    names = {word for name in people for word in re.findall(r"[A-Z]\w{2,}", name)}
    copy = 0
    while sentences > 0:
        rename = renamer(f"{salt} {copy}", names - (keep if copy < kept_copies else set()))
        for one in seeds:
            article = replace(one.article, id=f"{one.article.id}-{copy}", text=rename(one.article.text))
            yield KeptArticle(0, article, renamed(one.found, rename))
            sentences -= sentences_of(one)
        copy += 1


def renamer(salt: str, names: set[str]) -> Callable[[str], str]:
    def other(match: re.Match[str]) -> str:
        word = match[0]
        dice = random.Random(f"{salt} {word}")
        if word not in names and (len(word) < LONG or not word.islower() or dice.random() < 0.5):
            return word
        made = "".join(dice.choice(LETTERS[place % 2]) for place in range(len(word)))
        return made.capitalize() if word[0].isupper() else made

    return lambda text: re.sub(r"[A-Za-z]+", other, text)


def renamed(value: object, rename: Callable[[str], str]) -> object:
    """JSON with its texts renamed; kinds, stances and dates are short or lower-case words of their own keys."""
    fixed = {"kind", "act", "stance", "date", "precision", "speaker_from", "from"}
    if isinstance(value, dict):
        return {key: item if key in fixed else renamed(item, rename) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, rename) for item in value]
    return rename(value) if isinstance(value, str) else value


def most_quoted(story: list[KeptArticle]) -> tuple[str, int]:
    """The person with most statements, and how many one copy of the story has of them."""
    said = [s["speaker"] for one in story for s in one.found["statements"] if s["act"] == "speech" and s["speaker"]]
    name = statistics.mode(said)
    return name, said.count(name)


def sentences_of(one: KeptArticle) -> int:
    text = one.article.text
    return sum(1 + len(SENTENCE_END.findall(text[start:end].rstrip())) for start, end in one.article.paragraphs)


# The questions


def measure(index: Index, person: str, runs: int) -> None:
    profile = index.profiles(person)[0]
    print(f"{person}: {profile.statements} statements; {len(index.people().choices)} actors")
    asked = [(f"/{q.command}", lambda q=q: brief.answer(index, q)) for q in questions(index, person)]
    asked += [
        (f"{option} completed", lambda option=option, typed=typed: brief.complete(index, "", option, typed, {}))
        for option, typed in typings(index, person)
    ]
    index.warm()
    for _, ask in asked:
        ask()  # the pages of the file are warm
    times: dict[str, list[tuple[float, float]]] = {}
    order = [ask for ask in asked for _ in range(runs)]
    random.Random(1).shuffle(order)
    for name, ask in order:
        wall, own = time.perf_counter(), time.thread_time()
        ask()
        times.setdefault(name, []).append(((time.perf_counter() - wall) * 1000, (time.thread_time() - own) * 1000))
    print(f"{'milliseconds':20}{'asked':>8}{'p50':>9}{'p99':>9}{'max':>9}{'CPU p99':>9}{'CPU max':>9}")
    times["picture drawn"] = [drawn(index) for _ in range(runs)]
    for name, found in sorted(times.items()):
        walls, owns = sorted(wall for wall, _ in found), sorted(own for _, own in found)
        p99 = int(len(found) * 0.99)
        shown = walls[len(found) // 2], walls[p99], walls[-1], owns[p99], owns[-1]
        print(f"{name:20}{len(found):8}" + "".join(f"{value:9.2f}" for value in shown))


def drawn(index: Index) -> tuple[float, float]:
    """Milliseconds for the matrix with its picture drawn anew, as time and as processor time."""
    matrix_picture.cache_clear()
    wall, own = time.perf_counter(), time.thread_time()
    brief.answer(index, Question("positions", (("story", BIG),)))
    return (time.perf_counter() - wall) * 1000, (time.thread_time() - own) * 1000


def most_said(index: Index) -> str:
    """The actor with most statements in the large story."""
    names = [choice.name for choice in index.people().choices[:200]]
    return max(names, key=lambda name: sum(profile.statements for profile in index.profiles(name, BIG)))


def questions(index: Index, person: str) -> list[Question]:
    """Every command, on the large story and its most quoted person where it can be."""
    reports = index.reports(BIG)
    issues = [issue.name for issue in index.issues(BIG, 3)]
    people = [choice.name for choice in index.people().choices[:4] if choice.name != person]

    def ask(command: str, page: int = 0, **options: str) -> Question:
        return Question(command, tuple(options.items()), page)

    said = brief.answer(index, ask("who-said", person=person))
    around = said.entries[0].actions[0].question
    return [
        ask("summary"),
        *(ask("summary", story=BIG, length=length) for length in ("short", "medium", "long")),
        ask("summary", article=reports[len(reports) // 2].name),
        ask("summary", story="larg story"),
        *(ask("who-said", page, person=person) for page in (0, 1, said.pages // 2, said.pages - 1)),
        *(ask("who-said", person=person, about=about) for about in ("agreement", "hostages out", "nothing at all")),
        *(ask("who-said", person=person, kind=kind) for kind in ("quoted", "reported", "thoughts", "all")),
        ask("who-said", person=person[:-1]),
        ask("who-said", person="Nobody Atall"),
        ask("positions"),
        ask("positions", story=BIG),
        ask("positions", person=person),
        *(ask("positions", issue=issue) for issue in issues),
        *(ask("positions", 3, issue=issue) for issue in issues),
        ask("positions", person=person, issue=issues[0]),
        *(ask("compare", person=person, other=other) for other in people),
        *(ask("sources", page) for page in (0, 50)),
        ask("sources", story=BIG),
        ask("help"),
        around,
    ]


def typings(index: Index, person: str) -> list[tuple[str, str]]:
    """What is typed, option by option: nothing, a letter, a beginning, a name with a slip, nonsense."""
    names = {
        "person": person,
        "issue": index.issues(BIG, 1)[0].name,
        "story": BIG,
        "article": index.reports(BIG)[-1].title or "",
    }
    return [
        (option, typed)
        for option, name in names.items()
        for typed in ("", name[:1], name[:4], name, name[:3] + name[4:], "zqxj", "the")
    ]


if __name__ == "__main__":
    main()
