"""`bot discord` with short leases, for tests that kill it: `python -m discord_stub.start BASE discord_stub.quick`."""

from __future__ import annotations

from datetime import timedelta

import bot.doors
from bot.__main__ import app
from bot.schedule import Timing

QUICK = Timing(lease=timedelta(seconds=1.5), attempt=timedelta(seconds=1.2), nonce_window=timedelta(seconds=30))

if __name__ == "__main__":
    bot.doors.Timing = lambda **_: QUICK  # type: ignore[misc, assignment]
    app(["discord"])
