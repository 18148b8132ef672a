"""What an operator sets, and what is said of it where it cannot be used."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings
from briefing.index import default_data_dir
from briefing.model import DEFAULT_MODEL
from briefing.settings import NOT_UTF_8

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    """A folder without a file of settings, and an environment that sets nothing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_setting_is_not_set(blank, monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), blank)

    settings = Settings()

    assert (settings.seeds_dir, settings.data_dir) == (Path("seeds"), default_data_dir())
    assert (settings.spacy_model, settings.catch_up_hours) == (DEFAULT_MODEL, 6)
    assert settings.discord_token is settings.database_url is None


def test_a_blank_variable_takes_back_what_the_file_sets(monkeypatch):
    Path(".env").write_text("DISCORD_TOKEN=abc.def.ghi")
    assert Settings().token == "abc.def.ghi"

    monkeypatch.setenv("DISCORD_TOKEN", "")

    assert Settings().token is None


def test_a_tilde_is_the_operators_home(monkeypatch, tmp_path):
    for name in ("SEEDS_DIR", "DATA_DIR", "SPACY_MODEL"):
        monkeypatch.setenv(name, "~/there")

    settings = Settings()

    assert (settings.seeds_dir, settings.data_dir) == (tmp_path / "there",) * 2
    assert settings.spacy_model == str(tmp_path / "there")


def test_a_file_that_opens_with_a_mark_of_its_encoding_is_read():
    Path(".env").write_text("CATCH_UP_HOURS=2", "utf-8-sig")

    assert Settings().catch_up_hours == 2


def bot(*arguments, module="bot", fails=True):
    """What a process says that is started here."""
    run = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert bool(run.returncode) is fails
    assert "Traceback" not in run.stderr
    return run.stdout + run.stderr


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le"])
def test_a_file_in_another_encoding_is_refused_in_one_line(encoding):
    Path(".env").write_bytes("SEEDS_DIR=café".encode(encoding))

    assert bot("check") == f"{NOT_UTF_8}\n"


def test_the_home_of_nobody_is_refused_in_one_line(monkeypatch):
    monkeypatch.setenv("SEEDS_DIR", "~nobody-of-that-name/seeds")

    told = bot("check")

    assert told == "The setting SEEDS_DIR cannot be used: there is no home folder for ~nobody-of-that-name\n"


@pytest.mark.parametrize("model", ["./missing", "de.core.x", "no_such_model"])
def test_a_language_model_that_is_not_there_is_told_by_the_check(model, monkeypatch):
    monkeypatch.setenv("SPACY_MODEL", model)

    assert f"TODO  language model {model} is no installed package and no folder" in bot("check")


def test_the_index_is_built_where_the_bot_looks_for_it(monkeypatch):
    monkeypatch.setenv("SEEDS_DIR", "~/seeds")

    assert f"{Path.home() / 'seeds'} is not a folder" in bot("index", module="briefing")


def test_the_index_is_built_from_what_the_file_sets():
    Path(".env").write_text("SEEDS_DIR=elsewhere")

    assert bot("index", module="briefing").startswith("elsewhere is not a folder")
    assert "read the articles with: briefing index elsewhere" in bot("export", module="briefing")


def test_the_index_is_kept_where_the_file_says(tmp_path):
    Path(".env").write_text("DATA_DIR=kept")
    (tmp_path / "seeds").mkdir()

    told = bot("index", module="briefing", fails=False)

    assert "index: kept/index/" in told


@pytest.mark.parametrize("module", ["bot", "briefing"])
def test_what_is_typed_goes_before_the_file(module):
    Path(".env").write_text("SEEDS_DIR=elsewhere")

    assert "typed" in bot("check" if module == "bot" else "index", "--seeds", "typed", module=module)
