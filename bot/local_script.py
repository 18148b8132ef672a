"""What simcord's page is made to do as Discord does: changes to its script, made as it is served."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from aiohttp import web

SCRIPT = "/commands.js"

CHANGES = (
    (  # the readers' commands stand before the moderators', whose names are of two words
        "ranked.sort((a, b) => a.rank - b.rank",
        "ranked.sort((a, b) => a.rank - b.rank || a.entry.path.length - b.entry.path.length",
    ),
    (  # an option is completed before a letter of it is typed
        "renderPopup(field, `OPTIONS MATCHING ${current.toUpperCase()}`",
        "if (!autocompleteResults.has(autocompleteKey(currentDraft(), option.name, current)))"
        " queryAutocomplete(option, current);\n"
        "            renderPopup(field, `OPTIONS MATCHING ${current.toUpperCase()}`",
    ),
    ('"No options match"', 'autocomplete.state === "loading" ? "…" : "No options match"'),
)
"""What stands in the script, and what is to stand there instead."""

Handler = Callable[[web.Request], Coroutine[Any, Any, Any]]


def changed(script: str) -> str:
    for before, after in CHANGES:
        script = script.replace(before, after)
    return script


def changing(static: Handler) -> Handler:
    """The handler of simcord's files, whose answer for the script is changed."""

    async def answer(request: web.Request) -> web.Response:
        response: web.Response = await static(request)
        if request.path == SCRIPT:
            response.text = changed(response.text or "")
        return response

    return answer
