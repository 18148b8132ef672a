"""The stub's server: REST and gateway on one loopback port, call counts, and scripted faults."""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from discord_stub.fault import Fault
from discord_stub.gateway import Gateway
from discord_stub.world import BOT, BOT_ID, Channel, Message, World, fault_of, payload_of

ROOT = "/api/v10"
TOKEN = "stub.token"


@dataclass(frozen=True)
class Call:
    """One request, and when it came in on `time.monotonic`."""

    method: str
    path: str
    at: float
    payload: dict[str, Any]


class Stub:
    """`async with Stub(world) as stub:` serves until the block ends.

    Attributes:
        faults: What goes wrong next; the first that matches a request strikes.
        calls: Every REST request so far.
        answers: What the bot answered to interactions, by the interaction's id.
        delay: Seconds that every answer takes.
    """

    def __init__(self, world: World | None = None, token: str = TOKEN) -> None:
        self.world = world or World()
        self.token = token
        self.changed = asyncio.Event()
        self.gateway = Gateway(self.world, token, self.changed)
        self.faults: list[Fault] = []
        self.calls: list[Call] = []
        self.answers: dict[int, list[dict[str, Any]]] = {}
        self.delay = 0.0
        self._tokens: dict[str, int] = {}

    async def __aenter__(self) -> Stub:
        app = web.Application(client_max_size=32 << 20)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_route("*", ROOT + "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.base = f"http://127.0.0.1:{port}{ROOT}"
        self.gateway.url = f"ws://127.0.0.1:{port}/gateway"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.gateway.drop()
        await self._runner.cleanup()

    def count(self, method: str, pattern: str) -> int:
        return sum(call.method == method and bool(re.search(pattern, call.path)) for call in self.calls)

    def messages(self) -> list[Message]:
        """The bot's messages in all channels, oldest first."""
        every = (message for channel in self.world.channels.values() for message in channel.messages)
        return sorted((message for message in every if message.author_id == BOT_ID), key=lambda message: message.id)

    async def until(self, condition: Any, seconds: float = 60) -> None:
        """Waits until a condition of the stub's holds; it is looked at after every request and gateway event."""
        async with asyncio.timeout(seconds):
            while not condition():
                self.changed.clear()
                await self.changed.wait()

    async def slash(self, channel: Channel, name: str, user_id: int = 7, **options: Any) -> int:
        """Sends a slash command as a member would; returns the interaction's id, under which the answer appears."""
        interaction_id = self.world.snowflake()
        token = f"interaction{interaction_id}"
        self._tokens[token] = interaction_id
        group, *rest = name.split()
        command = next(command for command in self.world.commands if command["name"] == group)
        given: list[dict[str, Any]] = [{"name": k, "type": 3, "value": v} for k, v in options.items()]
        for part in reversed(rest):
            given = [{"name": part, "type": 1, "options": given}]
        user = BOT | {"id": str(user_id), "username": "moderator", "bot": False}
        member = {"user": user, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False}
        data = {"id": command["id"], "name": group, "type": 1, "options": given, "guild_id": str(channel.guild_id)}
        await self.gateway.dispatch(
            "INTERACTION_CREATE",
            {
                "id": str(interaction_id),
                "application_id": str(BOT_ID),
                "type": 2,
                "token": token,
                "version": 1,
                "data": data,
                "guild_id": str(channel.guild_id),
                "channel_id": str(channel.id),
                "channel": channel.to_json(),
                "member": member | {"permissions": str((1 << 50) - 1), "flags": 0},
                "app_permissions": str((1 << 50) - 1),
                "locale": "en-US",
                "entitlements": [],
                "authorizing_integration_owners": {"0": str(channel.guild_id)},
                "context": 0,
                "attachment_size_limit": 10485760,
            },
        )
        return interaction_id

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix(ROOT)
        payload: dict[str, Any] = {}
        if request.method in ("POST", "PATCH", "PUT"):
            body = payload_of(await request.read(), request.headers.get("Content-Type", ""))
            payload = body if isinstance(body, dict) else {"list": body}
        self.calls.append(Call(request.method, path, time.monotonic(), payload))
        fault = next((fault for fault in self.faults if fault.strikes(request.method, path)), None)
        try:
            if self.delay:
                await asyncio.sleep(self.delay)
            if fault is not None and not fault.stored:
                return await self._go_wrong(request, fault)
            answer = self._answer(request, path, payload)
            return answer if fault is None else await self._go_wrong(request, fault, answer)
        finally:
            self.changed.set()

    async def _go_wrong(
        self, request: web.Request, fault: Fault, answer: web.StreamResponse | None = None
    ) -> web.StreamResponse:
        self.changed.set()
        if fault.hang:
            await asyncio.sleep(fault.hang)
        if fault.status is None and answer is not None:
            return answer
        if not fault.status:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        return _json(fault.body(), fault.status, fault.headers())

    def _answer(self, request: web.Request, path: str, payload: dict[str, Any]) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bot {self.token}" and not path.startswith(("/inter", "/webhooks")):
            return _error(401, 0, "401: Unauthorized")
        for method, pattern, handler in ROUTES:
            if method == request.method and (found := re.fullmatch(pattern, path)):
                return handler(self, request, payload, *found.groups())
        return _error(404, 0, f"no such route here: {request.method} {path}")

    # Routes

    def _me(self, request: web.Request, payload: dict[str, Any]) -> web.Response:
        return _json(BOT)

    def _application(self, request: web.Request, payload: dict[str, Any]) -> web.Response:
        about = {"id": str(BOT_ID), "name": "briefing", "description": "", "icon": None, "verify_key": "", "flags": 0}
        owned = {"owner": BOT, "team": None, "bot": BOT, "bot_public": True, "bot_require_code_grant": False}
        return _json(about | owned)

    def _sync(self, request: web.Request, payload: dict[str, Any], *_: str) -> web.Response:
        for command in payload["list"]:
            command |= {"id": str(self.world.snowflake()), "application_id": str(BOT_ID), "version": "1"}
        self.world.commands = payload["list"]
        return _json(payload["list"])

    def _show_channel(self, request: web.Request, payload: dict[str, Any], channel_id: str) -> web.Response:
        channel = self.world.channel(int(channel_id))
        return _json(channel.to_json()) if channel else _error(404, 10003, "Unknown Channel")

    def _edit_channel(self, request: web.Request, payload: dict[str, Any], channel_id: str) -> web.Response:
        channel = self.world.channel(int(channel_id))
        assert channel is not None
        channel.archived = payload.get("archived", channel.archived)
        return _json(channel.to_json())

    def _post(self, request: web.Request, payload: dict[str, Any], channel_id: str) -> web.Response:
        channel = self.world.channel(int(channel_id))
        if channel is None:
            return _error(404, 10003, "Unknown Channel")
        if channel.denied & (1 << 11):
            return _error(403, 50013, "Missing Permissions")
        if channel.archived:
            return _error(400, 50083, "Thread is archived")
        if wrong := fault_of(payload):
            return _error(400, *wrong)
        return _json(self.world.post(channel, payload).to_json())

    def _history(self, request: web.Request, payload: dict[str, Any], channel_id: str) -> web.Response:
        channel = self.world.channel(int(channel_id))
        if channel is None:
            return _error(404, 10003, "Unknown Channel")
        before = int(request.query.get("before", 1 << 63))
        found = [m for m in reversed(channel.messages) if m.id < before][: int(request.query.get("limit", 50))]
        return _json([message.to_json() for message in found] if channel.readable else [])

    def _start_thread(
        self, request: web.Request, payload: dict[str, Any], channel_id: str, message_id: str
    ) -> web.Response:
        parent = self.world.channel(int(channel_id))
        assert parent is not None
        if self.world.channel(int(message_id)):
            return _error(400, 160004, "A thread has already been created for this message")
        thread = Channel(int(message_id), parent.guild_id, payload["name"], 11, parent.id)
        self.world.add_channel(thread)
        return _json(thread.to_json(), 201)

    def _open_dm(self, request: web.Request, payload: dict[str, Any]) -> web.Response:
        dm = self.world.channel(int(payload["recipient_id"]) + 1) or Channel(
            int(payload["recipient_id"]) + 1, 0, "dm", 1
        )
        self.world.add_channel(dm)
        user = BOT | {"id": str(payload["recipient_id"]), "bot": False}
        return _json({"id": str(dm.id), "type": 1, "recipients": [user]})

    def _callback(self, request: web.Request, payload: dict[str, Any], interaction_id: str, _: str) -> web.Response:
        self.answers.setdefault(int(interaction_id), []).append(payload.get("data") or {})
        resource = {"interaction": {"id": interaction_id, "type": 2, "response_message_ephemeral": True}}
        return _json(resource)

    def _follow_up(self, request: web.Request, payload: dict[str, Any], _: str, token: str) -> web.Response:
        interaction_id = self._tokens[token]
        self.answers.setdefault(interaction_id, []).append(payload)
        return _json(Message(self.world.snowflake(), 1, BOT_ID, time.time(), payload).to_json())


NUMBER = r"(\d+)"
ROUTES = (
    ("GET", "/users/@me", Stub._me),
    ("GET", "/oauth2/applications/@me", Stub._application),
    ("GET", "/applications/@me", Stub._application),
    ("PUT", f"/applications/{NUMBER}/commands", Stub._sync),
    ("PUT", f"/applications/{NUMBER}/guilds/{NUMBER}/commands", Stub._sync),
    ("GET", f"/channels/{NUMBER}", Stub._show_channel),
    ("PATCH", f"/channels/{NUMBER}", Stub._edit_channel),
    ("POST", f"/channels/{NUMBER}/messages", Stub._post),
    ("GET", f"/channels/{NUMBER}/messages", Stub._history),
    ("POST", f"/channels/{NUMBER}/messages/{NUMBER}/threads", Stub._start_thread),
    ("POST", "/users/@me/channels", Stub._open_dm),
    ("POST", f"/interactions/{NUMBER}/([^/]+)/callback", Stub._callback),
    ("POST", f"/webhooks/{NUMBER}/([^/]+)", Stub._follow_up),
    ("PATCH", f"/webhooks/{NUMBER}/([^/]+)/messages/@original", Stub._follow_up),
)


def _json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """An answer as Discord gives it; discord.py reads JSON only where no charset is named."""
    data = json.dumps(body).encode()
    headers = {"Via": "1.1 google"} if headers is None else headers
    return web.Response(body=data, status=status, headers=headers, content_type="application/json")


def _error(status: int, code: int, message: str) -> web.Response:
    return _json({"code": code, "message": message}, status)
