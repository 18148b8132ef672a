"""The child process that reads the articles."""

import asyncio
import sqlite3

import pytest

from bot import index_process
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

        async def rank_ahead(self): ...

    process = Process(tmp_path, tmp_path)
    process.warm = lambda: done.append("warmed")
    keeping = asyncio.create_task(process.keep_current())
    await warmed.wait()
    keeping.cancel()

    assert done == ["warmed", "indexed", "warmed"]


async def test_after_each_run_what_is_missing_is_ranked_until_a_file_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(index_process, "WATCH", 0)
    done = []
    begun, begun_again = asyncio.Event(), asyncio.Event()

    class Process(IndexProcess):
        async def index(self):
            done.append("indexed")
            return True

        async def rank_ahead(self):
            done.append("ranking")
            (begun_again if begun.is_set() else begun).set()
            try:
                await asyncio.Event().wait()
            finally:
                done.append("ended")

    keeping = asyncio.create_task(Process(tmp_path, tmp_path).keep_current())
    await begun.wait()
    (tmp_path / "vote.txt").write_text("one")
    await begun_again.wait()
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)

    assert done == ["indexed", "ranking", "ended"] * 2


async def test_a_reader_does_not_wait_for_rankings_that_nobody_asked_for(tmp_path, monkeypatch):
    ran = []

    class Child:
        returncode = 0

        async def communicate(self):
            if ran[-1] == "--all":
                await asyncio.Event().wait()
            return b"", b""

        def terminate(self): ...

        async def wait(self): ...

    async def start(*command, **_):
        ran.append("--all" if "--all" in command else "one")
        return Child()

    monkeypatch.setattr(asyncio, "create_subprocess_exec", start)
    process = IndexProcess(tmp_path, tmp_path)
    ahead = asyncio.create_task(process.rank_ahead())
    await asyncio.sleep(0)

    await asyncio.wait_for(process.rank("harbour", None, "luhn"), 5)
    ahead.cancel()

    assert ran == ["--all", "one"]


@pytest.fixture
def quick(monkeypatch):
    """Folders are looked at all the time; gives the pauses before another try, which are left out."""
    pauses = []
    monkeypatch.setattr(index_process, "WATCH", 0)
    monkeypatch.setattr(index_process, "pause_after", lambda failures: pauses.append(failures) or -failures or 9999)
    return pauses


async def test_a_run_that_failed_is_tried_again_until_it_does_not(tmp_path, quick):
    class Process(IndexProcess):
        async def index(self):
            return len(quick) >= 3

        async def rank_ahead(self): ...

    keeping = asyncio.create_task(Process(tmp_path, tmp_path).keep_current())
    while quick[-1:] != [0] and not keeping.done():
        await asyncio.sleep(0)
    for _ in range(50):
        await asyncio.to_thread(fingerprint, tmp_path)
    keeping.cancel()

    assert quick == [1, 2, 3, 0]


def test_the_pauses_before_another_try_grow_to_ten_minutes():
    assert [index_process.pause_after(failures) for failures in (1, 2, 3, 9, 99_999)] == [40, 80, 160, 600, 600]
    assert index_process.pause_after(0) == float("inf")


async def test_a_child_that_cannot_be_started_does_not_end_the_watch(tmp_path, quick, monkeypatch, caplog):
    async def no_memory(*_, **__):
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(asyncio, "create_subprocess_exec", no_memory)
    keeping = asyncio.create_task(IndexProcess(tmp_path, tmp_path).keep_current())
    while len(quick) < 2 and not keeping.done():
        await asyncio.sleep(0)
    keeping.cancel()

    assert quick[:2] == [1, 2]
    assert "`briefing index` could not be started: [Errno 12] Cannot allocate memory" in caplog.text


async def test_a_child_that_was_killed_is_told_of_by_its_signal(tmp_path, monkeypatch, caplog):
    class Killed:
        returncode = -9

        async def communicate(self):
            return b"", b""

    async def killed(*_, **__):
        return Killed()

    monkeypatch.setattr(asyncio, "create_subprocess_exec", killed)

    assert not await IndexProcess(tmp_path, tmp_path).index()
    assert "failed: signal 9" in caplog.text


async def test_an_index_that_cannot_be_read_ahead_stops_nothing(tmp_path, caplog):
    process = IndexProcess(tmp_path, tmp_path)

    def warm():
        raise sqlite3.OperationalError("disk I/O error")

    process.warm = warm
    await process._warm()

    assert "disk I/O error" in caplog.text
