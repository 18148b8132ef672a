"""The terminal: one answer and out, or a conversation; and what the `bot` command refuses."""

import json
import os
import socket
import subprocess
import sys
import threading
import webbrowser
from pathlib import Path

import discord
import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot import console, service
from bot.__main__ import REFUSED, app
from bot.__main__ import _time as moment_of
from bot.grammar import GrammarError
from bot.settings import Settings
from bot.welcome import progress_label
from briefing.card import Action, Card, Entry, Line, Question
from briefing.index import Progress, index_path
from tests.newsroom import COUNCIL, VOTE, Newsroom

ROOT = Path(__file__).parent.parent
ASKED = Question("who-said", (("person", "Ana Ruiz"),))


PIER = "".join(f"“We need a pier of {number} metres,” said Ida Marsh.\n\n" for number in range(8))


class Indexed:
    """Stands for the child process: everything has been read already."""

    async def index(self):
        return True

    async def rank(self, story, article, method): ...


@pytest.fixture
def settings(tmp_path, monkeypatch):
    room = Newsroom(tmp_path)
    room.path = index_path(room.seeds, tmp_path / "data")
    room.write("harbour/1-council.txt", COUNCIL)
    room.write("harbour/2-vote.txt", VOTE)
    room.write("pier/1-pier.txt", PIER)
    room.refresh()
    monkeypatch.setattr(console, "indexing", lambda settings: Indexed())
    return Settings(seeds_dir=room.seeds, data_dir=tmp_path / "data", _env_file=None)


async def test_one_answer_is_printed(settings, capsys):
    status = await console.answer_once(settings, "/who-said person:Ruiz about:harbour")

    assert status == 0
    assert "the harbour loses money" in capsys.readouterr().out


async def test_an_unknown_command_is_refused_with_status_1(settings, capsys):
    status = await console.answer_once(settings, "/whosaid Ruiz")

    out, err = capsys.readouterr()
    assert (status, out) == (1, "")
    assert err.startswith("There is no command '/whosaid'")


async def test_the_answer_as_json_has_its_passages_places(settings, capsys):
    await console.answer_once(settings, "/who-said person:Ruiz kind:quoted", as_json=True)

    card = json.loads(capsys.readouterr().out)
    [words] = [part for line in card["entries"][0]["lines"] if line["style"] == "quote" for part in line["parts"]]
    assert VOTE[words["start"] : words["end"]] == words["text"]


async def test_one_answer_says_how_to_see_its_other_pages(settings, capsys):
    await console.answer_once(settings, "/who-said person:Ida Marsh")
    assert "Page 1 of 2 · --page 2: the next, --all: every page" in capsys.readouterr().out

    await console.answer_once(settings, "/who-said person:Ida Marsh", page=2)
    assert "Page 2 of 2\n" in capsys.readouterr().out

    await console.answer_once(settings, "/who-said person:Ida Marsh", page=None)
    out = capsys.readouterr().out
    assert "Page 1 of 2\n" in out
    assert "Page 2 of 2\n" in out


async def test_the_newest_story_is_none_that_is_dated_after_the_bots_clock(settings, capsys):
    for at, newest in (("2031-03-20", "Harbour"), ("2081-03-20", "Typo")):
        room = Newsroom(settings.seeds_dir.parent)
        room.path = index_path(room.seeds, settings.data_dir)
        room.write("typo/1.txt", COUNCIL.replace("2031-03-04", "2081-03-04"))
        room.refresh()

        await console.answer_once(settings, "/summary", at=moment_of(at))

        assert capsys.readouterr().out.startswith(f"{newest}\n")


async def test_a_page_that_the_answer_has_not_is_refused(settings, capsys):
    assert await console.answer_once(settings, "/who-said person:Ida Marsh", page=9) == 1

    assert capsys.readouterr().err == "There is no page 9; the answer has 2 pages.\n"


async def test_a_conversation_answers_turns_pages_and_follows_numbers(settings, capsys):
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("/who-said person:Ruiz kind:quoted\r1\r/nothing\r\x04")
        await console.converse(settings)

    out = capsys.readouterr().out
    assert "[1] In context" in out
    assert "Ana Ruiz thinks that a levy will come." in out
    assert "There is no command '/nothing'" in out


async def test_an_export_is_written_into_the_working_folder_and_nothing_is_overwritten(
    settings, capsys, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("/positions\r7\r/positions\r7\r\x04")
        await console.converse(settings)

    out = capsys.readouterr().out
    assert "[7] Export dna-csv\n" in out
    assert "/export" not in out
    assert f"Written to {tmp_path / 'harbour-positions.csv'}\n" in out
    assert f"Written to {tmp_path / 'harbour-positions-2.csv'}\n" in out
    assert (tmp_path / "harbour-positions.csv").read_bytes() == (tmp_path / "harbour-positions-2.csv").read_bytes()
    assert out.count("for discourse-network tools") == 2


async def test_one_answer_tells_the_command_that_exports(settings, capsys, tmp_path):
    await console.answer_once(settings, "/positions")

    [line] = [line for line in capsys.readouterr().out.splitlines() if "Export dna-csv" in line]
    command = line.split(": ", 1)[1].removeprefix("uv run ")
    folder = tmp_path / "exported"
    folder.mkdir()
    environment = {**os.environ, "DATA_DIR": str(settings.data_dir), "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        command.replace("briefing", f"{sys.executable} -m briefing", 1), shell=True, cwd=folder, env=environment
    )
    assert run.returncode == 0
    assert "Ana Ruiz" in (folder / "harbour-positions.csv").read_text()


@pytest.mark.parametrize(("key", "page"), [("", 2), ("n", 2), ("next", 2), ("/next", 2), ("b", 0), ("back", 0)])
def test_a_key_turns_the_page(key, page):
    assert console._meant(key, Card("Ana Ruiz", ASKED, page=1, pages=3), None).page == page


@pytest.mark.parametrize(("key", "told"), [("n", "There is no next page."), ("b", "There is no page before this one.")])
@pytest.mark.parametrize("card", [None, Card("Ana Ruiz", ASKED)])
def test_a_page_that_is_not_there_is_said_not_to_be(key, told, card):
    with pytest.raises(GrammarError, match=told):
        console._meant(key, card, None)


@pytest.mark.parametrize(("key", "told"), [("99", "no answer 99; they go from 1 to 1"), ("9" * 5000, "999999;")])
def test_a_number_that_is_not_shown_is_said_not_to_be(key, told):
    card = Card("Ana Ruiz", ASKED, actions=(Action("More", ASKED),))

    with pytest.raises(GrammarError, match=told):
        console._meant(key, card, None)


def test_a_question_mark_asks_for_help():
    assert console._meant("?", None, None) == Question("help")


@pytest.mark.parametrize("word", ["quit", "exit", "/quit"])
async def test_a_word_ends_the_conversation(word, settings, capsys):
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text(f"{word}\r")
        await console.converse(settings)


async def test_the_numbers_of_an_answer_last_while_those_asked_from_it_lead_no_further(settings, capsys):
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("/who-said person:Ida Marsh\r1\r2\rn\r\x04")
        await console.converse(settings)

    out = capsys.readouterr().out
    assert out.count("\n1-pier\n\n    “We need") == 2
    assert "Page 2 of 2" in out


def test_numbers_count_the_entries_buttons_before_the_cards():
    around, others = Question("around"), Question("positions")
    entry = Entry((Line(("x",)),), (Action("In context", around),))
    card = Card("Ana Ruiz", ASKED, (entry,), actions=(Action("More", others),))

    assert [console._meant(key, card, None) for key in ("1", "2")] == [around, others]


def bot(*arguments, cwd=ROOT, asked=None, **environment):
    environment = {**os.environ, "DISCORD_TOKEN": "", "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment,
        input=asked,
    )


def test_an_index_that_is_not_there_is_waited_for_with_progress_on_standard_error(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "vote.txt").write_text("“We will not move,” said Tom Bell, who heads the union in Kelso.")

    run = bot("console", "--seeds", str(tmp_path / "seeds"), "--once", "/sources", DATA_DIR=str(tmp_path / "data"))

    assert run.returncode == 0
    assert "1 article in 1 story" in run.stdout
    assert "Reading the articles: 0 of 1" in run.stderr


def test_lines_from_a_pipe_are_answered_without_prompts_once_the_articles_are_read(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "vote.txt").write_text("“We will not move,” said Tom Bell, who heads the union in Kelso.")

    asked = "/who-said person:Bell\r\n/whosaid Bell\n/sources"
    run = bot("console", "--seeds", str(tmp_path / "seeds"), asked=asked, DATA_DIR=str(tmp_path / "data"))

    assert run.returncode == 0
    assert run.stdout.startswith("Tom Bell")
    assert "We will not move" in run.stdout
    assert "There is no command '/whosaid'" in run.stdout
    assert run.stdout.count("1 article in 1 story") == 1
    assert "›" not in run.stdout
    assert "not a terminal" not in run.stderr


def test_an_answer_from_an_empty_folder_says_where_articles_go(tmp_path):
    (tmp_path / "seeds").mkdir()

    run = bot("console", "--seeds", "seeds", "--once", "/summary", DATA_DIR=str(tmp_path / "data"), cwd=tmp_path)

    assert "There are no articles in seeds; put seeds/story/article.txt there." in run.stdout


@pytest.mark.parametrize(
    ("reports", "told"), [(0, "There are no articles yet"), (1, "One article is read."), (8, "8 articles are read.")]
)
def test_how_many_articles_are_read_is_told_in_good_english(reports, told):
    assert progress_label(Progress(0, 0, running=False, started=True), reports).startswith(told)


@pytest.mark.parametrize("verb", ["discord", "sync", "invite"])
def test_without_a_token_discord_is_refused_in_one_line(verb, tmp_path):
    run = bot(verb, DATA_DIR=str(tmp_path))

    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.startswith("DISCORD_TOKEN is not set.")
    assert run.stderr.count("\n") == 1


def test_only_one_servers_commands_are_removed(monkeypatch, capsys):
    assert "name the server with --guild ID" in refusal(monkeypatch, capsys, "sync", "--remove")


def test_a_token_that_cannot_be_one_is_refused_and_not_shown(tmp_path):
    run = bot("discord", DATA_DIR=str(tmp_path), DISCORD_TOKEN="sécret token")

    assert run.returncode == 1
    assert "cret" not in run.stdout + run.stderr


def test_a_token_that_discord_refuses_is_told_in_one_line_and_not_shown(monkeypatch, capsys, tmp_path):
    async def refuse(self, token):
        raise discord.LoginFailure("Improper token has been passed.")

    monkeypatch.setattr(discord.Client, "login", refuse)
    monkeypatch.setenv("DISCORD_TOKEN", "abc.def.ghi")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))

    with pytest.raises(SystemExit) as end:
        app(["discord"], standalone_mode=False)

    err = capsys.readouterr().err
    assert end.value.code == 1
    assert err == f"{REFUSED}\n"


def test_without_simcord_the_local_page_says_what_to_do_instead(monkeypatch, capsys, tmp_path):
    monkeypatch.setitem(sys.modules, "simcord", None)
    monkeypatch.delitem(sys.modules, "bot.local", raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))

    with pytest.raises(SystemExit) as end:
        app(["local"], standalone_mode=False)

    assert end.value.code == 1
    assert "bot console" in capsys.readouterr().err


def test_the_page_is_served_while_the_browser_is_open(monkeypatch, capsys, tmp_path):
    local = pytest.importorskip("bot.local", reason="simcord is not installed")
    served, shown = threading.Event(), []

    async def serve(settings, opened, **_):
        opened("http://127.0.0.1:1")
        served.set()

    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(local, "serve", serve)
    monkeypatch.setattr(webbrowser, "open", lambda link: shown.append((link, served.wait(1))))
    app(["local", "--seeds", str(tmp_path)], standalone_mode=False)

    assert shown == [("http://127.0.0.1:1", True)]


@pytest.mark.parametrize(
    ("typed", "ends"),
    [("2024-02-08T06:59", "2024-02-08T06:59:00+00:00"), ("07:00", "T07:00:00+00:00"), ("7 pm", "T19:00:00+00:00")],
)
def test_the_clock_is_moved_to_a_time_as_people_write_it(typed, ends):
    assert moment_of(typed).isoformat().endswith(ends)


def test_a_time_that_is_none_is_refused_with_an_example(capsys):
    with pytest.raises(SystemExit):
        moment_of("dawn")

    assert "such as 07:00" in capsys.readouterr().err


def test_the_check_says_what_is_missing(tmp_path):
    run = bot("check", "--seeds", str(tmp_path / "nowhere"), DATA_DIR=str(tmp_path))

    assert run.returncode == 1
    assert "TODO  There is no folder" in run.stdout
    assert "DISCORD_TOKEN is not set" in run.stdout


def test_a_folder_named_before_the_verb_is_the_verbs(tmp_path):
    run = bot("--seeds", str(tmp_path / "nowhere"), "check", DATA_DIR=str(tmp_path))

    assert f"TODO  There is no folder {tmp_path / 'nowhere'}" in run.stdout


def test_a_folder_named_behind_the_verb_goes_before_one_named_before_it(tmp_path):
    run = bot("--seeds", "before", "check", "--seeds", str(tmp_path / "behind"), DATA_DIR=str(tmp_path))

    assert f"TODO  There is no folder {tmp_path / 'behind'}" in run.stdout


def test_the_check_does_not_say_of_a_token_what_it_has_not_tried(tmp_path):
    run = bot("check", DATA_DIR=str(tmp_path), DISCORD_TOKEN="abc")

    assert "DISCORD_TOKEN is set, not tried; `bot check --discord` asks Discord" in run.stdout


@pytest.mark.parametrize("taken", [True, False])
def test_the_check_asks_discord_for_the_token_where_that_is_wished(taken, monkeypatch, capsys, tmp_path):
    async def invitation(token):
        if not taken:
            raise discord.LoginFailure("Improper token has been passed.")
        return "https://discord.com/oauth2/authorize"

    monkeypatch.setattr(service, "invitation", invitation)
    monkeypatch.setenv("DISCORD_TOKEN", "abc.def.ghi")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))

    with pytest.raises(SystemExit) as end:
        app(["check", "--discord"], standalone_mode=False)

    out, err = capsys.readouterr()
    assert ("ok    bot discord: Discord takes the token" in out) is taken
    assert (end.value.code, err) == ((0, "") if taken else (1, f"{REFUSED}\n"))


def test_the_check_says_where_articles_go_when_there_are_none(tmp_path):
    run = bot("check", "--seeds", str(tmp_path), DATA_DIR=str(tmp_path / "data"))

    assert f"TODO  There are no articles in {tmp_path}; put {tmp_path / 'story' / 'article.txt'} there." in run.stdout


def test_the_check_says_that_the_database_is_out_of_reach(tmp_path):
    run = bot("check", DATA_DIR=str(tmp_path), DATABASE_URL="postgresql://bot:s3cret@127.0.0.1:1/briefing")

    assert run.returncode == 1
    assert "TODO  The database 127.0.0.1/briefing of DATABASE_URL cannot be used: " in run.stdout
    assert "s3cret" not in run.stdout + run.stderr
    assert "Traceback" not in run.stderr


def refusal(monkeypatch, capsys, *arguments):
    """The one line that is told when the `bot` command refuses to start."""
    monkeypatch.setenv("DISCORD_TOKEN", "abc.def.ghi")
    with pytest.raises(SystemExit) as end:
        app(list(arguments), standalone_mode=False)
    [line] = capsys.readouterr().err.splitlines()
    assert end.value.code == 1
    return line


@pytest.mark.parametrize("option", ["--all", "--json", "--page=2"])
def test_what_one_answer_alone_has_is_refused_without_it(option, monkeypatch, capsys):
    assert refusal(monkeypatch, capsys, "console", option).endswith("go with --once COMMAND.")


@pytest.mark.parametrize("verb", ["local", "console", "discord"])
def test_a_folder_of_articles_that_is_not_there_is_refused(verb, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))

    line = refusal(monkeypatch, capsys, verb, "--seeds", str(tmp_path / "nowhere"))

    folder = tmp_path / "nowhere"
    assert line == f"There is no folder {folder} to read articles from; name one with --seeds or SEEDS_DIR."


@pytest.mark.parametrize("verb", ["local", "console", "discord"])
def test_a_data_folder_that_cannot_be_made_is_refused(verb, monkeypatch, capsys, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "data"))

    line = refusal(monkeypatch, capsys, verb, "--seeds", str(tmp_path))

    assert line.startswith(f"The data folder {tmp_path / 'file' / 'data'} cannot be made")
    assert line.endswith("name another with DATA_DIR.")


def test_a_port_that_is_taken_is_refused(monkeypatch, capsys, tmp_path):
    pytest.importorskip("simcord")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        line = refusal(monkeypatch, capsys, "local", "--port", str(port), "--seeds", str(tmp_path))

    assert line == f"Port {port} of this machine cannot be had; name another with --port, or leave it out."


def test_the_check_survives_a_data_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").touch()

    run = bot("check", DATA_DIR=str(tmp_path / "file"))

    assert run.returncode == 1
    assert f"TODO  The data folder {tmp_path / 'file'} cannot be made" in run.stdout
    assert run.stderr == ""
