"""`bot discord` as a process of its own, logged in to the stub over a real socket by the unmodified discord.py."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from discord_stub import Fault, Stub, World
from discord_stub.server import TOKEN
from newsroom import harbour

from bot.database import database_url
from bot.ledger import Ledger
from bot.schedule import Schedule
from briefing.index import index_path

CHANNELS = (101, 102)
TESTS = Path(__file__).parent


@pytest.fixture
def room(tmp_path):
    """A story that is read already, where the process will look for it."""
    room = harbour(tmp_path)
    where = index_path(room.seeds, tmp_path / "data")
    where.parent.mkdir(parents=True, exist_ok=True)
    room.path.rename(where)
    return room


@pytest.fixture
async def stub():
    world = World()
    world.add_guild(1, CHANNELS)
    async with Stub(world) as stub:
        yield stub


@asynccontextmanager
async def bot_process(stub, folder, program="discord_stub.quick"):
    """The bot as a child process; ended with the block."""
    environment = os.environ | {
        "DISCORD_TOKEN": TOKEN,
        "SEEDS_DIR": str(folder / "seeds"),
        "DATA_DIR": str(folder / "data"),
        "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)]),
    }
    command = [sys.executable, "-m", "discord_stub.start", stub.base, *program.split()]
    with (folder / "log").open("ab") as log:
        child = await asyncio.create_subprocess_exec(*command, env=environment, cwd=folder, stdout=log, stderr=log)
    try:
        yield child
    finally:
        if child.returncode is None:
            child.terminate()
            await asyncio.wait_for(child.wait(), 20)


async def due_now(folder, channel_id):
    """A schedule whose run was this minute, put into the ledger's file as another process would."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    ledger = await Ledger.open(database_url(folder / "data"))
    wish = Schedule(0, "", 1, channel_id, "harbour", now.time(), "UTC", now - timedelta(hours=1), next_at=now)
    await ledger.put_schedule(wish)
    await ledger.close()


async def states(folder):
    ledger = await Ledger.open(database_url(folder / "data"))
    rows = await ledger.deliveries_of(1)
    await ledger.close()
    return [row.state for row in rows]


async def test_it_logs_in_syncs_answers_posts_once_and_outlives_a_dropped_gateway(stub, room, tmp_path):
    await due_now(tmp_path, 101)
    async with bot_process(stub, tmp_path):
        await stub.until(lambda: stub.messages())
        [message] = stub.messages()
        assert stub.gateway.identified == 1
        assert {"briefing", "who-said", "help"} <= {command["name"] for command in stub.world.commands}
        assert "Council splits over the harbour" in message.text
        assert f"harbour · {datetime.now(UTC):%Y-%m-%d}" in message.text

        asked = await stub.slash(stub.world.channel(101), "briefing list")
        await stub.until(lambda: asked in stub.answers)
        assert "<#101>" in str(stub.answers[asked])

        await stub.gateway.drop()
        await stub.until(lambda: stub.gateway.resumed == 1)
        again = await stub.slash(stub.world.channel(101), "help")
        await stub.until(lambda: again in stub.answers)

        await stub.gateway.ask_to_reconnect()
        await stub.until(lambda: stub.gateway.resumed == 2)
        stub.gateway.forgets = True
        await stub.gateway.drop(4000)
        await stub.until(lambda: stub.gateway.identified == 2)

    assert len(stub.messages()) == 1
    assert await states(tmp_path) == ["sent"]


async def synced(stub, folder, *options):
    """What `bot sync` says, and the servers and numbers of the commands that it tells Discord."""
    before = len(stub.calls)
    async with bot_process(stub, folder, " ".join(["bot sync", *options])) as child:
        assert await asyncio.wait_for(child.wait(), 30) == 0
    told = [call for call in stub.calls[before:] if call.method == "PUT"]
    said = (folder / "log").read_text().splitlines()[-1]
    return said, [(call.path.split("/")[3:-1], len(call.payload["list"])) for call in told]


async def test_a_server_gets_copies_of_the_commands_and_loses_them_again(stub, room, tmp_path):
    said, told = await synced(stub, tmp_path, "--guild", "1")
    assert said.startswith("Discord knows 7 commands on server 1 alone: /")
    assert told == [(["guilds", "1"], 7)]

    said, told = await synced(stub, tmp_path, "--guild", "1", "--remove")
    assert said == "Discord knows no commands on server 1 alone."
    assert told == [(["guilds", "1"], 0)]


async def test_killed_after_the_message_was_stored_it_posts_no_second(stub, room, tmp_path):
    await due_now(tmp_path, 101)
    stub.faults.append(Fault(stored=True, hang=30))
    async with bot_process(stub, tmp_path) as child:
        await stub.until(lambda: stub.messages())
        child.kill()
        await child.wait()
    assert await states(tmp_path) == ["claimed"]

    async with bot_process(stub, tmp_path):
        await stub.until(lambda: stub.count("POST", "/messages$") == 2)
        async with asyncio.timeout(20):
            while await states(tmp_path) != ["sent"]:
                await asyncio.sleep(0.1)

    assert len(stub.messages()) == 1


@pytest.mark.parametrize(("code", "told"), [(4004, "token"), (4014, "intents")])
async def test_a_gateway_that_refuses_for_good_ends_the_bot_with_one_line(stub, room, tmp_path, code, told):
    stub.gateway.refuses = code
    async with bot_process(stub, tmp_path) as child:
        assert await asyncio.wait_for(child.wait(), 30) == 1

    log = (tmp_path / "log").read_text()
    assert "Traceback" not in log
    assert told in log
    assert TOKEN not in log


async def test_a_database_out_of_reach_ends_the_bot_with_one_line(stub, room, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:s3cret@127.0.0.1:1/briefing")
    async with bot_process(stub, tmp_path) as child:
        assert await asyncio.wait_for(child.wait(), 30) == 1

    log = (tmp_path / "log").read_text()
    assert "Traceback" not in log
    assert "s3cret" not in log
    assert log.splitlines()[-1].startswith("The database 127.0.0.1/briefing of DATABASE_URL cannot be used: ")
