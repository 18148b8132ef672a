"""The import rules: which half may load what, and who alone may touch what."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.index import index_path
from tests.newsroom import COUNCIL, Newsroom

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "briefing").rglob("*.py")) + sorted((ROOT / "bot").rglob("*.py"))
ANALYSING = {"language", "attribution.tagger", "actor", "position", "timeline", "summary", "analysis", "indexing"}
LAYERS = {"article": 0, "language": 1, "actor": 1, "attribution": 1, "position": 2, "timeline": 2, "summary": 2}
HEAVY = {"spacy", "sumy", "nltk", "onnxruntime", "numpy", "tokenizers", "typer", "rich", "prompt_toolkit", "simcord"}
ANSWERING = ["briefing.article", "briefing.index", "briefing.brief", "briefing.card", "briefing.render"]
DOORS = {"bot.__main__": {"typer", "rich"}, "bot.local": {"simcord"}}
"""The modules that may load more, and what."""

BOT = [f"bot.{source.stem}" for source in SOURCES if source.parent == ROOT / "bot" and source.stem != "__init__"]


def imported(source: Path) -> set[str]:
    """The top-level names of all modules that a file imports, at its top or inside a function."""
    names = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def importers_of(package: str) -> set[str]:
    return {
        source.relative_to(ROOT).as_posix()
        for source in SOURCES
        if any(name == package or name.startswith(package + ".") for name in imported(source))
    }


def calls(source: Path) -> set[str]:
    """The functions that a file calls, as written ("open", "spacy.load")."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def test_discord_is_imported_in_the_bot_only():
    assert all(path.startswith("bot/") for path in importers_of("discord"))


def test_the_library_does_not_know_the_bot():
    assert all(path.startswith("bot/") for path in importers_of("bot"))


def test_sumy_is_imported_by_the_summary_only():
    assert importers_of("sumy") <= {"briefing/summary/salience.py"}


def test_onnxruntime_is_imported_by_the_tagger_only():
    assert importers_of("onnxruntime") <= {"briefing/attribution/tagger.py"}


def test_the_language_model_is_loaded_in_one_place():
    assert [p.name for p in SOURCES if "spacy.load" in calls(p)] == ["language.py"]


@pytest.mark.parametrize("name", LAYERS)
def test_what_finds_is_not_built_on_what_is_built_on_it(name):
    users = {path.split("/")[1].removesuffix(".py") for path in importers_of(f"briefing.{name}")}

    assert all(LAYERS[user] >= LAYERS[name] for user in users & LAYERS.keys())


def test_only_answers_and_front_doors_are_built_on_answers():
    doors = ("briefing/brief/", "briefing/__main__.py", "bot/")

    assert all(path.startswith(doors) for path in importers_of("briefing.brief"))


def loaded_by(*modules: str) -> set[str]:
    """What a fresh interpreter has loaded when it has imported some modules."""
    probe = f"import sys, {', '.join(modules)}; print('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(run.stdout.split())


def language_code(loaded: set[str]) -> set[str]:
    heavy = {name.split(".")[0] for name in loaded} & HEAVY
    return heavy | (loaded & {f"briefing.{name}" for name in ANALYSING})


@pytest.mark.parametrize("module", ANSWERING)
def test_the_answering_half_loads_no_language_code(module):
    assert not language_code(loaded_by(module))


def test_a_ranking_loads_no_language_model():
    loaded = loaded_by("briefing.indexing.ranking", "briefing.summary")

    assert not {"spacy", "onnxruntime", "briefing.language", "briefing.actor"} & loaded


def test_no_module_of_the_bot_loads_language_code():
    assert not language_code(loaded_by(*(module for module in BOT if module not in DOORS)))


FIRST_ANSWER = """
import sys
from pathlib import Path
from bot.doors import bot_of, indexing
from bot.settings import Settings
from briefing import brief
from briefing.card import Question
settings = Settings(seeds_dir=Path(sys.argv[1]), data_dir=Path(sys.argv[2]), _env_file=None)
process = indexing(settings)
bot = bot_of(settings, process, remembers=False)
process.warm()
before = set(sys.modules)
assert brief.answer(bot.index, Question("positions")).attachments
print(*sorted(set(sys.modules) - before))
"""


def test_the_first_picture_of_a_bot_that_has_started_loads_nothing(tmp_path):
    room = Newsroom(tmp_path)
    room.path = index_path(room.seeds, tmp_path / "data")
    room.write("harbour/1-council.txt", COUNCIL)
    room.refresh()

    command = [sys.executable, "-c", FIRST_ANSWER, room.seeds, tmp_path / "data"]
    assert subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout == "\n"


@pytest.mark.parametrize(("module", "also"), DOORS.items())
def test_a_door_loads_its_own_library_beside(module, also):
    assert language_code(loaded_by(module)) <= also
