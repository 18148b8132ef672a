"""Slash commands typed as a line of text: read and completed by the same definitions that Discord is told of."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from discord import AppCommandOptionType, app_commands

from bot.client import PRIVATE, Completer
from briefing.brief.options import TYPED
from briefing.card import Question
from briefing.paging import shortened
from briefing.visible import typed

OFFERED = 5  # names for a required option that is not begun yet
LIKE_OPTION = re.compile(r"(?:^|\s)([a-z][a-z-]*):(?=[^\s/])")
"""A word that looks like an option with its value; not "https://", nor a colon with a space behind it."""

Command = app_commands.Command[Any, ..., Any]


class GrammarError(ValueError):
    """A line that is no question; the message says to its writer what is wrong with it."""


class UnknownCommand(GrammarError):
    """A line that begins with no command's name."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What could stand in place of the last `replaces` characters of the line.

    Attributes:
        text: What is put there.
        meaning: A few words on it, or "".
    """

    text: str
    replaces: int
    meaning: str = ""


class Grammar:
    """The commands of a tree, as lines of text: `/who-said person:Lena Ostrow about:the harbour`.

    An option's value ends where the next option's name begins, so it may hold spaces. What stands before all options'
    names is the value of the first one.
    """

    def __init__(
        self, tree: app_commands.CommandTree[Any], complete: Completer, only: Container[str] | None = None
    ) -> None:
        """Takes the tree's commands as they are now; `only` names those that can be typed."""
        walked = (command for command in tree.walk_commands() if isinstance(command, app_commands.Command))
        named: dict[str, Command] = {command.qualified_name: command for command in walked}
        self.commands = {name: command for name, command in named.items() if only is None or name in only}
        self._elsewhere = named.keys() - self.commands.keys()
        self._complete = complete

    def question(self, line: str) -> Question:
        """The question that a line asks.

        Raises:
            UnknownCommand: It begins with no command's name.
            GrammarError: An option is missing, unknown or has a value that it cannot have.
        """
        command, rest = self._command(line)
        if command is None:
            raise UnknownCommand(self._unknown(line))
        values = _values(rest, command)
        _refuse_unknown(rest, command)
        for option in command.parameters:
            if option.required and not values.get(option.display_name):
                raise GrammarError(_lacking(command, option))
        options = (
            (option.display_name, _checked(option, value))
            for option in command.parameters
            if (value := values.get(option.display_name)) and option.display_name != PRIVATE
        )
        return Question(command.qualified_name, tuple(options))

    def line(self, question: Question) -> str:
        """The question as it is typed; "" where it is no command's, but a button's."""
        return typed(question) if question.command in self.commands else ""

    def suggestions(self, line: str) -> Iterator[Suggestion]:
        """What could be typed next, best first."""
        command, rest = self._command(line)
        if command is None or (not rest and not line.endswith(" ")):
            yield from self._names(line)
            return
        names = _names(command)
        given = list(_option(names).finditer(rest))
        value = (rest[given[-1].end() :] if given else rest).lstrip()
        option = command.get_parameter(given[-1][1].lower() if given else names[0]) if names else None
        if option and (given or value):
            found = self._found(command, option, value.strip(), _values(rest, command))
            if not (value.endswith(" ") and any(text == value.strip() for text, _ in found)):
                yield from (Suggestion(text, len(value), meaning) for text, meaning in found)
        used = {name[1].lower() for name in given} | ({names[0]} if not given and " " in value else set())
        if value.endswith(" "):
            yield from self._required(command, used, _values(rest, command))
        if value or not given:
            yield from _unused(command, used, value.split(" ")[-1])

    def _required(self, command: Command, used: Container[str], values: Mapping[str, str]) -> Iterator[Suggestion]:
        """Required options that are not there yet, each with the first names that it can have."""
        for option in command.parameters:
            name = option.display_name
            if option.required and name not in used:
                found = self._found(command, option, "", values)
                yield from (Suggestion(f"{name}:{text}", 0, meaning) for text, meaning in found[:OFFERED])

    def _command(self, line: str) -> tuple[Command | None, str]:
        """The command whose name the line begins with, the longest such, and what follows the name."""
        words = line.strip().removeprefix("/").lstrip().split(" ")
        for count in (2, 1):
            command = self.commands.get(" ".join(words[:count]).lower())  # a phone begins a line with a capital
            if command:
                return command, " ".join(words[count:]).strip() + (" " if line.endswith(" ") and words[count:] else "")
        return None, line

    def _unknown(self, line: str) -> str:
        """What is told of a line that begins with no command's name."""
        words = line.strip().removeprefix("/").split()
        named = ", ".join(f"/{name}" for name in self.commands)
        typed = " ".join(words[:2]).lower()
        if typed in self._elsewhere:
            return f"/{typed} acts on a server: type it on Discord, or in `bot local`. Here there are: {named}"
        of_group = [f"/{name}" for name in self.commands if words and name.startswith(f"{words[0].lower()} ")]
        if of_group:
            return f"There is no command {shortened('/' + typed, TYPED)!r}; there are: {', '.join(of_group)}"
        return f"There is no command {shortened('/' + ''.join(words[:1]), TYPED)!r}; there are: {named}"

    def _names(self, line: str) -> Iterator[Suggestion]:
        typed = line.lstrip().removeprefix("/").lstrip().lower()
        for fits in (str.startswith, str.__contains__):
            for name, command in self.commands.items():
                if fits(name, typed) and (fits is str.startswith or not name.startswith(typed)):
                    yield Suggestion(f"/{name} " if _names(command) else f"/{name}", len(line), command.description)

    def _found(
        self, command: Command, option: app_commands.Parameter, typed: str, values: Mapping[str, str]
    ) -> list[tuple[str, str]]:
        """Values for an option and what each means."""
        if option.type is AppCommandOptionType.boolean:
            return [(value, "") for value in ("true", "false") if value.startswith(typed)]
        if option.choices:
            folded = typed.casefold()
            return [(choice.name, "") for choice in option.choices if folded in choice.name.casefold()]
        if not option.autocomplete:
            return []
        others = {name: value for name, value in values.items() if name != option.display_name}
        found = self._complete(command.qualified_name, option.display_name, typed, others)
        return [(value, name if name != value else "") for name, value in found]


def _names(command: Command) -> list[str]:
    """The options' names; `private` says nothing in a terminal."""
    return [option.display_name for option in command.parameters if option.display_name != PRIVATE]


def _option(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=\s))({'|'.join(map(re.escape, (*names, PRIVATE)))}):", re.IGNORECASE)


def _values(rest: str, command: Command) -> dict[str, str]:
    """The options of a line by name, their values as typed.

    Raises:
        GrammarError: The command has no options, and something is typed.
    """
    names = _names(command)
    first, *pairs = _option(names).split(rest)
    values = {name.lower(): value.strip() for name, value in zip(pairs[::2], pairs[1::2], strict=True)}
    if first.strip():
        if not names:
            raise GrammarError(f"/{command.qualified_name} takes no options")
        values.setdefault(names[0], first.strip())
    return values


def _refuse_unknown(rest: str, command: Command) -> None:
    """Refuses a word that looks like an option's name and is none of the command's.

    Raises:
        GrammarError: There is one.
    """
    names = _names(command)
    for found in LIKE_OPTION.finditer(rest):
        if found[1] not in (*names, PRIVATE):
            raise GrammarError(f"There is no option {found[1]!r}; there are: {', '.join(names) or 'none'}")


def _lacking(command: Command, option: app_commands.Parameter) -> str:
    """What is told of a required option that was left out, with how it is typed."""
    name = option.display_name
    return f"/{command.qualified_name} needs {name}: {option.description}. Add {name}:NAME"


def _checked(option: app_commands.Parameter, value: str) -> str:
    """The value as the command is to have it: of an option with choices, the choice's own.

    Raises:
        GrammarError: It is too long, or none of the choices.
    """
    if isinstance(option.max_value, int) and len(value) > option.max_value:
        raise GrammarError(f"{option.display_name} takes {option.max_value} characters; {len(value)} were typed")
    if not option.choices:
        return value
    folded = value.casefold()
    for choice in option.choices:
        if folded in (choice.name.casefold(), str(choice.value).casefold()):
            return str(choice.value)
    offered = ", ".join(choice.name for choice in option.choices)
    raise GrammarError(f"{option.display_name} is one of: {offered}")


def _unused(command: Command, given: Collection[str], typed: str) -> Iterator[Suggestion]:
    """The options that are not there yet and begin with what is typed."""
    for option in command.parameters:
        name = option.display_name
        if name != PRIVATE and name not in given and name.startswith(typed):
            yield Suggestion(f"{name}:", len(typed), str(option.description))
