"""The gateway: HELLO, IDENTIFY, READY, GUILD_CREATE, heartbeats, RESUME, over zlib-stream."""

from __future__ import annotations

import asyncio
import json
import zlib
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from discord_stub.world import BOT, BOT_ID, World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15)  # intents: members, presences, message content


@dataclass
class Session:
    """What a client may resume: the events that it was sent, by their sequence numbers."""

    id: str
    events: list[dict[str, Any]] = field(default_factory=list)


class Connection:
    """One websocket with its own compression stream."""

    def __init__(self, socket: web.WebSocketResponse, compresses: bool) -> None:
        self.socket = socket
        self.session: Session | None = None
        self._deflate = zlib.compressobj() if compresses else None

    async def send(self, event: dict[str, Any]) -> None:
        text = json.dumps(event)
        if self._deflate is None:
            await self.socket.send_str(text)
        else:
            data = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
            await self.socket.send_bytes(data)


class Gateway:
    """The websocket side of the stub.

    Attributes:
        refuses: A close code to answer the next IDENTIFY with (4004: token, 4014: intents); None accepts.
        forgets: Whether a RESUME is answered with INVALID_SESSION.
        identified, resumed, beats: What clients did so far.
    """

    def __init__(self, world: World, token: str, changed: asyncio.Event) -> None:
        self.world = world
        self.changed = changed
        self.token = token
        self.refuses: int | None = None
        self.forgets = False
        self.identified = self.resumed = self.beats = 0
        self.heartbeat_interval = 41_250
        self.url = ""
        self._sessions: dict[str, Session] = {}
        self._connections: list[Connection] = []

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = Connection(socket, request.query.get("compress") == "zlib-stream")
        self._connections.append(connection)
        try:
            hello = {"heartbeat_interval": self.heartbeat_interval}
            await connection.send({"op": HELLO, "d": hello, "s": None, "t": None})
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._receive(connection, json.loads(message.data))
                    self.changed.set()
        finally:
            self._connections.remove(connection)
        return socket

    async def dispatch(self, kind: str, data: dict[str, Any]) -> None:
        """Sends an event to every client, and keeps it for those that resume."""
        for session in self._sessions.values():
            event = {"op": DISPATCH, "t": kind, "d": data, "s": len(session.events) + 1}
            session.events.append(event)
            for connection in self._connections:
                if connection.session is session:
                    await connection.send(event)

    async def drop(self, code: int = 1006) -> None:
        """Ends all connections: with a close code, or (1006) without a word."""
        for connection in list(self._connections):
            if code == 1006 and (transport := connection.socket._req.transport) is not None:
                transport.abort()
            else:
                await connection.socket.close(code=code)

    async def ask_to_reconnect(self) -> None:
        for connection in self._connections:
            await connection.send({"op": RECONNECT, "d": None, "s": None, "t": None})

    async def _receive(self, connection: Connection, event: dict[str, Any]) -> None:
        match event["op"]:
            case 1:
                self.beats += 1
                await connection.send({"op": ACK, "d": None, "s": None, "t": None})
            case 2:
                await self._identify(connection, event["d"])
            case 6:
                await self._resume(connection, event["d"])

    async def _identify(self, connection: Connection, wish: dict[str, Any]) -> None:
        refusal = self.refuses or (4004 if wish["token"] != self.token else 0)
        refusal = refusal or (4014 if wish["intents"] & PRIVILEGED else 0)
        if refusal:
            await connection.socket.close(code=refusal)
            return
        self.identified += 1
        session = connection.session = Session(f"session{len(self._sessions)}")
        self._sessions[session.id] = session
        guilds = [{"id": str(guild_id), "unavailable": True} for guild_id in self.world.guilds]
        ready = {"v": 10, "user": BOT, "guilds": guilds, "session_id": session.id, "resume_gateway_url": self.url}
        await self._one(connection, "READY", ready | {"application": {"id": str(BOT_ID), "flags": 0}})
        for guild in list(self.world.guilds.values()):
            await self._one(connection, "GUILD_CREATE", guild.to_json())

    async def _one(self, connection: Connection, kind: str, data: dict[str, Any]) -> None:
        assert connection.session is not None
        event = {"op": DISPATCH, "t": kind, "d": data, "s": len(connection.session.events) + 1}
        connection.session.events.append(event)
        await connection.send(event)

    async def _resume(self, connection: Connection, wish: dict[str, Any]) -> None:
        session = self._sessions.get(wish["session_id"])
        if session is None or self.forgets:
            await connection.send({"op": INVALID_SESSION, "d": False, "s": None, "t": None})
            return
        self.resumed += 1
        for other in self._connections:
            if other.session is session:
                other.session = None
        connection.session = session
        for event in session.events[wish["seq"] :]:
            await connection.send(event)
        await self._one(connection, "RESUMED", {})
