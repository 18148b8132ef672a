"""How long Discord is waited for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from discord.http import HTTPClient


@asynccontextmanager
async def at_most(limit: timedelta, http: HTTPClient) -> AsyncIterator[None]:
    """Cuts off what is asked of Discord within the block, and raises TimeoutError, when the time is over."""
    try:
        async with asyncio.timeout(limit.total_seconds()) as patience:
            yield
    except TimeoutError:
        if patience.expired():
            # Cut off while it waits out a global limit, discord.py would leave its gate shut for every later request.
            http._global_over.set()
        raise
