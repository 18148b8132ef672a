"""A small Discord on loopback: enough of its REST and gateway for the unmodified discord.py client to log in to.

`Stub` serves a `World` (servers, channels, messages) and does what it is told to go wrong (`Fault`). A client finds
it through `discord_stub.start`, which points discord.py at it before the bot is loaded; the bot knows nothing of it.
"""

from discord_stub.fault import Fault
from discord_stub.server import Stub
from discord_stub.world import Channel, Guild, Message, World

__all__ = ["Channel", "Fault", "Guild", "Message", "Stub", "World"]
