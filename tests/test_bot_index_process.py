"""The child process that reads the articles."""

import asyncio
import sqlite3

from bot.index_process import IndexProcess, fingerprint
from briefing.index import Index


async def test_the_child_reads_the_folder_into_its_index(tmp_path):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "vote.txt").write_text("Tom Bell, who heads the union in Kelso, rejected the plan on Monday.")

    done = await IndexProcess(tmp_path / "seeds", tmp_path / "data").index()

    assert done
    assert [report.name for report in Index.of_seeds(tmp_path / "seeds", tmp_path / "data").reports()] == ["vote"]


async def test_a_child_that_fails_is_told_of_in_the_log(tmp_path, caplog):
    done = await IndexProcess(tmp_path / "nowhere", tmp_path / "data").index()

    assert not done
    assert "nowhere" in caplog.text


def test_a_folder_is_the_same_until_a_file_changes(tmp_path):
    (tmp_path / "story").mkdir()
    (tmp_path / "story" / "a.txt").write_text("one")
    before = fingerprint(tmp_path)

    assert fingerprint(tmp_path) == before
    (tmp_path / "story" / "b.txt").write_text("two")
    assert fingerprint(tmp_path) != before


async def test_the_index_is_read_ahead_at_the_start_and_after_each_run(tmp_path):
    done = []
    warmed = asyncio.Event()

    class Process(IndexProcess):
        async def index(self):
            done.append("indexed")
            loop = asyncio.get_running_loop()
            self.warm = lambda: (done.append("warmed"), loop.call_soon_threadsafe(warmed.set))
            return True

    process = Process(tmp_path, tmp_path)
    process.warm = lambda: done.append("warmed")
    keeping = asyncio.create_task(process.keep_current())
    await warmed.wait()
    keeping.cancel()

    assert done == ["warmed", "indexed", "warmed"]


async def test_an_index_that_cannot_be_read_ahead_stops_nothing(tmp_path, caplog):
    process = IndexProcess(tmp_path, tmp_path)

    def warm():
        raise sqlite3.OperationalError("disk I/O error")

    process.warm = warm
    await process._warm()

    assert "disk I/O error" in caplog.text
