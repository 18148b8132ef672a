"""Several processes on one ledger, and processes that are killed. `lab.delivery` does the same at length."""

import asyncio
import os
import random
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest

if sys.platform == "win32":
    pytest.skip("processes are forked and killed here, which Windows cannot do", allow_module_level=True)

from discord_stub import Stub, World, postgres
from discord_stub.postman import a_schedule

from bot.ledger import Ledger
from bot.schedule import Timing
from lab.delivery.__main__ import Massacre, database, processes
from lab.delivery.child import FIRST_DAY, NONCE_WINDOW, TIMING, deliver_until_killed

KILLS = 50 if os.environ.get("CI") == "true" else 5  # of each database; `python -m lab.delivery` does a thousand
QUICK = Timing(rate=100.0, batch=10)  # the leases are the bot's own: without the nonce, claims alone keep them apart


def world(channels, nonce_window=NONCE_WINDOW):
    made = World(nonce_window)
    made.add_guild(1, range(1001, 1001 + channels))
    return made


async def test_four_processes_on_one_postgresql_post_to_each_of_300_channels_once():
    if reason := postgres.why_not():
        pytest.skip(reason)
    with postgres.server() as url:
        async with Stub(world(300, nonce_window=0)) as stub:
            ledger = await Ledger.open(url, TIMING)
            for channel in stub.world.channels:
                await ledger.put_schedule(a_schedule(channel, FIRST_DAY - timedelta(hours=1)))
            started = time.time()
            work = (stub.base, url, 0, started, QUICK)
            children = [processes().Process(target=deliver_until_killed, args=work, daemon=True) for _ in range(4)]
            for child in children:
                child.start()

            await stub.until(lambda: len(stub.messages()) >= 300, 120)
            while (await ledger.counts()).get("sent", 0) < 300:
                await asyncio.sleep(0.05)

            for child in children:
                child.kill()
                await asyncio.to_thread(child.join)
            await ledger.close()
            assert set(Counter(message.channel_id for message in stub.messages()).values()) == {1}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_killed_at_random_moments_nothing_is_doubled_and_nothing_lost(kind):
    if kind == "postgresql" and (reason := postgres.why_not()):
        pytest.skip(reason)
    with database(kind) as url:
        async with Stub(world(10)) as stub:
            run = Massacre(stub, url, random.Random(1))

            await run.run(KILLS)

            assert run.outcome() == (0, 0)
