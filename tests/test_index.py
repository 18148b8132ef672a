"""The index's file: where it lies, who may open it, and what survives."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.brief import answer
from briefing.card import Question
from briefing.index import Index, Progress, index_path
from briefing.index.lock import has_indexer, only_indexer
from briefing.index.statements import words_expression
from briefing.index.writer import Writer
from tests.newsroom import VOTE, harbour


def test_one_folder_has_one_index_by_whatever_path(tmp_path, monkeypatch):
    (tmp_path / "seeds").mkdir()
    monkeypatch.chdir(tmp_path)

    assert index_path(Path("seeds"), tmp_path) == index_path(tmp_path / "x" / ".." / "seeds", tmp_path)
    assert index_path(Path("seeds"), tmp_path) != index_path(Path("other"), tmp_path)


def test_the_data_folder_is_the_platforms_own_by_default(tmp_path):
    assert "briefing-bot" in str(index_path(tmp_path))


def test_an_index_of_another_version_is_emptied(tmp_path):
    room = harbour(tmp_path)
    with sqlite3.connect(room.path) as database:
        database.execute("PRAGMA user_version = 999")

    assert room.index().reports() == []
    assert room.refresh().analysed == 2


def test_a_reader_cannot_write(tmp_path):
    index = harbour(tmp_path).index()

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        index._database.execute("DELETE FROM report")


def test_a_reader_that_stays_open_sees_what_is_written_later(tmp_path):
    room = harbour(tmp_path)
    index = room.index()
    before = index.people().complete("")
    room.write("harbour/3-late.txt", VOTE.replace("Tom Bell", "Noor Haddad"))

    room.refresh()

    assert set(index.people().complete("")) - set(before) == {"Noor Haddad"}


def test_the_lock_is_one_indexers_at_a_time(tmp_path):
    path = tmp_path / "index.sqlite"

    with only_indexer(path) as first, only_indexer(path) as second:
        assert (first, second) == (True, False)
    with only_indexer(path) as third:
        assert third


def test_looking_whether_somebody_indexes_keeps_nobody_from_it(tmp_path):
    path = tmp_path / "index.sqlite"

    assert not has_indexer(path)
    with only_indexer(path) as only:
        assert (only, has_indexer(path)) == (True, True)
    assert not has_indexer(path)


def test_a_run_that_was_killed_is_not_running(tmp_path):
    room = harbour(tmp_path)
    index = room.index()
    with closing(Writer(room.path)) as writer, only_indexer(room.path):
        writer.begin(7)
        assert index.progress() == Progress(done=0, total=7, running=True, started=True)

    assert index.progress() == Progress(done=0, total=7, running=False, started=True)


def test_an_articles_text_and_spans_come_back_as_they_were(tmp_path):
    room = harbour(tmp_path)
    index = room.index()
    [report, _] = index.reports()

    article = index.article(report.id)

    assert article.text == (room.seeds / "harbour/1-council.txt").read_text()
    assert [article.text[start:end][:5] for start, end in article.paragraphs] == ["“We w", "Ana R"]


def test_a_report_that_is_gone_is_a_key_error(tmp_path):
    with pytest.raises(KeyError):
        harbour(tmp_path).index().article(99)


def test_an_edited_article_goes_out_of_its_storys_ranking_and_no_other_articles_is_touched(tmp_path):
    room = harbour(tmp_path)
    executed = []
    with closing(Writer(room.path)) as writer:
        _, edited = writer.kept("harbour")
        writer._database.set_trace_callback(executed.append)
        writer.keep("harbour", edited.article, "another digest", "version", edited.found)

    assert {report for report, _, _ in room.index().ranking("harbour", 0, "ours", 99)} == {1}
    assert room.index().ranking("harbour", edited.report, "ours", 99) is None
    assert [sql[:14] for sql in executed if "ranking" in sql and sql.startswith("UPDATE")] == ["UPDATE ranking"]


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Index:
    return harbour(tmp_path_factory.mktemp("harbour")).index()


@settings(deadline=None)
@given(st.text(max_size=80))
@example("0_0")
@example("a\N{LATIN CAPITAL LETTER CLOSED INSULAR G}b")  # a letter of Unicode 14, which SQLite does not know
def test_no_topic_breaks_the_search(index, about):
    for every in (True, False):
        expression = words_expression(about, every=every)
        assert isinstance(index.said_by([1, 2], ["speech"], words=expression), list)


@pytest.mark.parametrize(
    "look_up",
    [
        lambda index: index.said_by(range(1, 99), ["speech"]),
        lambda index: index.said_in(range(1, 99), ["speech"]),
        lambda index: index.standings_of(range(1, 99)),
        lambda index: index.stands_of(range(1, 99), "plan"),
        lambda index: index.reports_named([*map(str, range(99)), "2-vote"]),
    ],
    ids=["said_by", "said_in", "standings_of", "stands_of", "reports_named"],
)
def test_a_list_may_be_longer_than_sqlite_has_variables(index, look_up):
    with closing(Index(index.path)) as small:
        small._database.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 9)

        assert look_up(small) == look_up(index) != []


def test_long_lists_of_names_are_read_anew_beside_the_answers(tmp_path, monkeypatch):
    monkeypatch.setattr("briefing.index.catalogue.AT_ONCE", -1)
    room = harbour(tmp_path)
    index = room.index()
    before = index.people()
    room.write("harbour/3-late.txt", VOTE.replace("Tom Bell", "Noor Haddad"))
    room.refresh()

    assert index.people() is before
    for thread in threading.enumerate():
        if thread.name == "names: people":
            thread.join()
    assert "Noor Haddad" in index.people().complete("")


def test_an_index_that_is_warm_reads_no_names(tmp_path, monkeypatch):
    index = harbour(tmp_path).index()
    index.warm()
    monkeypatch.setattr("briefing.index.catalogue.Names", None)

    assert [len(names()) for names in (index.people, index.issues_by_name, index.stories_by_name, index.titles)] == [
        *(2, 2, 1, 2)
    ]


def test_a_name_that_has_just_gone_is_unknown(tmp_path, monkeypatch):
    monkeypatch.setattr("briefing.index.catalogue.AT_ONCE", -1)
    room = harbour(tmp_path)
    index = room.index()
    index.people()
    for path in (room.seeds / "harbour").iterdir():
        path.write_text("Nothing was said in the harbour.\n")
    room.refresh()

    for command in ("who-said", "positions"):
        assert "No person called" in answer(index, Question(command, (("person", "Ana Ruiz"),))).title
