"""Starts a program with discord.py pointed at a stub: `python -m discord_stub.start BASE MODULE [ARGUMENT...]`."""

from __future__ import annotations

import runpy
import sys

import yarl


def point_at(base: str) -> None:
    """Makes discord.py in this process talk to the stub at `base`."""
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    Route.BASE = base
    root = yarl.URL(base)
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://{root.host}:{root.port}/gateway")


if __name__ == "__main__":
    point_at(sys.argv[1])
    sys.argv = sys.argv[2:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
