"""The `bot` command: its three doors (local, console, discord) and the operator's verbs."""

from __future__ import annotations

import asyncio
import logging
import sys
import webbrowser
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

Result = TypeVar("Result")

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,  # a traceback with local variables could show the token
    help="Answers from news articles in their own words. Without a verb: `discord` if a token is set, else `local`.",
)

Seeds = Annotated[Path | None, typer.Option("--seeds", metavar="DIR", help="The articles; else SEEDS_DIR, else seeds.")]
At = Annotated[str | None, typer.Option("--at", metavar="TIME", help="Begin at this time (UTC; ISO or 07:00).")]


def main() -> None:
    """The entry point of the script `bot`."""
    app()


@app.callback(invoke_without_command=True)
def default(context: typer.Context, seeds: Seeds = None) -> None:
    if context.invoked_subcommand is None:
        (discord if _settings(seeds).token else local)(seeds=seeds)
    elif seeds is not None:
        context.default_map = {context.invoked_subcommand: {"seeds": str(seeds)}}


@app.command()
def local(
    seeds: Seeds = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Only print the link.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="The page's port; 0: any that is free.")] = 0,
    at: At = None,
) -> None:
    """The bot in a browser page on this machine; no account needed."""
    settings, begin = _ready(seeds), _time(at)
    _log(logging.ERROR)
    try:
        from bot.local import is_free, serve
    except ImportError as error:
        _refuse(
            f"The local page needs simcord ({error}). Install it with `pip install 'simcord[preview]==3.2.1'`,"
            " or use the terminal: `bot console`."
        )

    if not is_free(port):
        _refuse(f"Port {port} of this machine cannot be had; name another with --port, or leave it out.")

    def opened(link: str) -> None:
        print(f"The bot is at {link}\nStop it with Ctrl+C.", flush=True)
        if not no_open:  # a browser in the terminal returns when it is left, and needs the page meanwhile
            asyncio.get_running_loop().run_in_executor(None, webbrowser.open, link)

    _run(serve(settings, opened, port=port, at=begin))


@app.command()
def console(
    seeds: Seeds = None,
    once: Annotated[str | None, typer.Option(metavar="COMMAND", help="Answer one command and exit.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="With --once: print the answer as JSON.")] = False,
    page: Annotated[int, typer.Option(min=1, help="With --once: which page of the answer.")] = 1,
    all_pages: Annotated[bool, typer.Option("--all", help="With --once: every page of the answer.")] = False,
    at: At = None,
) -> None:
    """The same commands in a terminal."""
    if once is None and (as_json or all_pages or page > 1):
        _refuse("--json, --page and --all go with --once COMMAND.")
    settings, begin = _ready(seeds), _time(at)
    _log(logging.ERROR)
    from bot.console import answer_once, converse

    if once is None:
        _run(converse(settings, at=begin, typed=sys.stdin.isatty()))
    else:
        wanted = None if all_pages else page
        sys.exit(_run(answer_once(settings, once, page=wanted, as_json=as_json, at=begin)))


@app.command()
def discord(seeds: Seeds = None) -> None:
    """The bot on Discord; needs DISCORD_TOKEN."""
    from bot.service import serve

    settings = _ready(seeds)
    token = _token(settings)
    _log(logging.INFO)
    _online(serve(settings, token))


@app.command()
def sync(
    seeds: Seeds = None,
    guild: Annotated[
        int | None,
        typer.Option(metavar="ID", help="Copies for this server alone; they appear beside the global commands."),
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="With --guild: take that server's copies away.")] = False,
) -> None:
    """Tell Discord of the commands, which the bot does itself when it starts and they have changed."""
    from bot.service import sync as told

    if remove and guild is None:
        _refuse("--remove takes away one server's copies; name the server with --guild ID.")
    settings = _settings(seeds)
    token = _token(settings)
    print(_online(told(settings, token, guild, remove=remove)))


@app.command()
def invite(seeds: Seeds = None) -> None:
    """Print the link that adds the bot to a server, with the least permissions."""
    from bot.service import invitation

    settings = _settings(seeds)
    token = _token(settings)
    print(_online(invitation(token)))


@app.command()
def check(
    seeds: Seeds = None,
    discord: Annotated[bool, typer.Option("--discord", help="Also ask Discord whether it takes the token.")] = False,
) -> None:
    """Look at settings, articles and index; say what is missing."""
    from bot.check import Finding, checks
    from bot.service import invitation

    settings = _settings(seeds)
    findings = checks(settings)
    for finding in findings:
        print(finding, flush=True)
    if discord:
        _online(invitation(_token(settings)))
        print(Finding(True, "bot discord: Discord takes the token"))
    sys.exit(any(not finding.ok for finding in findings))


UNSET = "DISCORD_TOKEN is not set. Copy .env.example to .env and put the token there, or try `bot local`."
REFUSED = "Discord refused the token in DISCORD_TOKEN. Get a new one in the developer portal (Bot, Reset Token)."


def _online(work: Coroutine[Any, Any, Result]) -> Result:
    """Runs what needs Discord; what Discord or the database refuses becomes one line."""
    import aiohttp
    from discord import ConnectionClosed, HTTPException, LoginFailure, PrivilegedIntentsRequired

    from bot.database import DatabaseError

    try:
        return _run(work)
    except LoginFailure:
        _refuse(REFUSED)
    except ConnectionClosed as error:
        _refuse(REFUSED if error.code == 4004 else f"Discord closed the connection for good (code {error.code}).")
    except DatabaseError as error:
        _refuse(str(error))
    except PrivilegedIntentsRequired:
        _refuse("Discord refused the bot's intents (code 4014), though it asks for none that need a permission.")
    except HTTPException as error:
        _refuse(f"Discord refused: {error.text or error.status}")
    except (aiohttp.ClientError, OSError) as error:
        _refuse(f"Discord cannot be reached: {error}")


def _run(work: Coroutine[Any, Any, Result]) -> Result:
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        sys.exit(130)


def _settings(seeds: Path | None) -> Settings:
    """The settings, with the folder of the command line; one line says what is wrong with them."""
    from bot.settings import Settings
    from briefing.settings import SettingsError, settings_as

    try:
        return settings_as(Settings, seeds_dir=seeds)
    except SettingsError as error:
        _refuse(str(error))


def _ready(seeds: Path | None) -> Settings:
    """The settings, whose folders can be used."""
    from bot.folders import trouble_with_folders

    settings = _settings(seeds)
    trouble = trouble_with_folders(settings)
    if trouble:
        _refuse(trouble)
    return settings


def _token(settings: Settings) -> str:
    token = settings.token
    if token is None:
        _refuse(UNSET)
    if not (token.isascii() and token.isprintable()) or " " in token:
        _refuse("DISCORD_TOKEN holds characters that no token has. Copy it anew from the developer portal.")
    return token


def _time(text: str | None) -> datetime | None:
    """An instant as people write it: ISO, or a time of today; in UTC where no zone is named."""
    if text is None:
        return None
    from bot.daily_typed import time_of

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        at = time_of(text)
        if at is None:
            _refuse(f"--at takes a time such as 07:00 (today, UTC) or 2024-02-08T06:59, not {text!r}")
        moment = datetime.combine(datetime.now(UTC), at)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _log(level: int) -> None:
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


def _refuse(reason: str) -> NoReturn:
    print(reason, file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
