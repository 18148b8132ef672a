"""How fast the two halves are and what they hold: start-up, the first answer, indexing, analysis against bare spaCy.

    uv run python lab/speed.py [FOLDER ...]     # .txt files to analyse; default: seeds/

Analysis is timed as CPU seconds of this process on one thread, over the texts repeated to at least WORDS words, bare
`nlp.pipe` of the same model and batch size on the same texts first. Start-up is measured in fresh interpreters, with
bytecode compiled.
"""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # read when numpy is first imported

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
WORDS = 60_000
RUNS = 7
COPIES = 20
PROBE = """
import time, resource
start = time.perf_counter()
import bot, bot.client, bot.story_cog, bot.card_view, briefing.brief
print((time.perf_counter() - start) * 1000, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
MEASURED = """
import resource, runpy, sys
sys.argv[1:] = ["index", "--quiet", "--seeds", sys.argv[1]]
try:
    runpy.run_module("briefing", run_name="__main__")
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "seeds"])
    folders = parser.parse_args().folders
    paths = sorted(path for folder in folders for path in folder.rglob("*.txt"))
    start_up()
    first_answer()
    indexing(paths)
    analysis(paths)


def indexing(paths: list[Path]) -> None:
    """Time and peak memory of indexing COPIES of the texts and one article of all of them; then again, unchanged."""
    with tempfile.TemporaryDirectory() as folder:
        story = Path(folder, "seeds", "story")
        story.mkdir(parents=True)
        for path in paths:
            for copy in range(COPIES):
                text = path.read_bytes() + f"\n\nCopy {copy}.".encode()
                (story / f"{path.parent.name}-{path.stem}-{copy}.txt").write_bytes(text)
        bodies = [path.read_text(encoding="utf-8").split("\n---\n")[-1] for path in paths] * COPIES
        (story / "long.txt").write_text("\n\n".join(bodies), encoding="utf-8")
        environment = os.environ | {"DATA_DIR": folder}
        command = [sys.executable, "-c", MEASURED, str(story.parent)]
        runs = []
        for _ in range(2):
            start = time.perf_counter()
            run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
            runs.append((time.perf_counter() - start, float(run.stdout.split()[-1])))
        files, longest = len(list(story.iterdir())), (story / "long.txt").stat().st_size
    (first, peak), (second, _) = runs
    print(f"indexing {files} articles, the longest of {longest // 1000} kB: {first:.0f} s, peak {peak:.0f} MiB")
    print(f"  again, unchanged: {second:.2f} s, whole process")


def analysis(paths: list[Path]) -> None:
    from briefing.analysis import analyse
    from briefing.article import ArticleError, read_article
    from briefing.attribution import load_tagger
    from briefing.language import BATCH, blocks, load

    articles = []
    for path in paths:
        try:
            articles.append(read_article(path.name, path.read_bytes()))
        except ArticleError as error:
            print(f"left out: {error}")
    words = sum(len(article.text.split()) for article in articles)
    articles *= -(-WORDS // max(1, words))
    words = sum(len(article.text.split()) for article in articles)
    nlp, tagger = load(), load_tagger()
    pieces = [block for article in articles for block in blocks(article)]
    list(nlp.pipe(pieces[:BATCH], batch_size=BATCH))
    bare = cpu_seconds(lambda: sum(1 for _ in nlp.pipe(pieces, batch_size=BATCH)))
    ours = cpu_seconds(lambda: sum(1 for _ in analyse(articles, nlp, tagger)))
    print(f"\nanalysis of {len(articles)} articles, {words} words, batch size {BATCH}, one thread")
    print(f"  bare nlp.pipe     {words / bare:8.0f} words a CPU second")
    print(f"  whole analysis    {words / ours:8.0f} words a CPU second, {bare / ours:.2f} of bare")


def cpu_seconds(work) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def start_up() -> None:
    """Import time and memory of the answering half, with bytecode compiled."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", PROBE]
    with tempfile.TemporaryDirectory() as cache:
        environment["PYTHONPYCACHEPREFIX"] = cache
        outputs = [
            subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
            for _ in range(RUNS + 1)
        ]
    figures = [tuple(map(float, output.split())) for output in outputs[1:]]  # the first run compiled
    milliseconds, mebibytes = (statistics.median(column) for column in zip(*figures, strict=True))
    print(f"answering half: import {milliseconds:.0f} ms, {mebibytes:.0f} MiB (median of {RUNS} fresh interpreters)")


def first_answer() -> None:
    """Wall time of `bot console --once` from its start to its exit, over an index that is already built."""
    command = [sys.executable, "-m", "bot", "console", "--once", "/who-said person:Blinken"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as data:
        environment["DATA_DIR"] = data
        seconds = []
        for _ in range(RUNS + 1):  # the first builds the index
            start = time.perf_counter()
            subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
            seconds.append(time.perf_counter() - start)
    milliseconds = statistics.median(seconds[1:]) * 1000
    print(f"first answer of `bot console --once`: {milliseconds:.0f} ms, warm index, whole process")


if __name__ == "__main__":
    main()
