"""Files that people write by hand beside a story's articles: TOML tables of names, and the line of what is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Place = tuple[str, ...]
"""Where a word stands in a file: its section, its key and the word itself, as far as it has them."""


class ByHandError(ValueError):
    """A file that says nothing usable; the message names the file and the line.

    Attributes:
        file: The file's name ("issues.toml").
        line: Where it goes wrong, from 1.
        reason: What is wrong there, for whoever wrote it.
    """

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Tables:
    """A file's sections, with the text that they were read from."""

    file: str
    text: str
    sections: Mapping[str, object]

    def rows(self, section: str) -> Mapping[str, object]:
        """A section's keys and values; none where it is left out.

        Raises:
            ByHandError: It is no section.
        """
        rows = self.sections.get(section, {})
        if not isinstance(rows, dict):
            raise self.wrong(f"[{section}] is a section, not a value", section)
        return rows

    def lists(self, section: str, key: Callable[[str], str] = str.strip) -> Iterator[tuple[str, list[str]]]:
        """Each key of a section with the names that its list holds.

        Args:
            key: What names are compared by; a name that it leaves nothing of is none.

        Raises:
            ByHandError: It is no section, or a value of it is no list of names.
        """
        for name, value in self.rows(section).items():
            yield name, self.names(value, section, name, key=key)

    def names(self, value: object, *place: str, key: Callable[[str], str] = str.strip) -> list[str]:
        """The names that the value at a place holds.

        Raises:
            ByHandError: It is no list of names.
        """
        if not isinstance(value, list) or not all(isinstance(name, str) and key(name) for name in value):
            raise self.wrong(f'{place[-1]!r} needs a list of names: ["...", "..."]', *place)
        return value

    def wrong(self, reason: str, *place: str) -> ByHandError:
        """The error to raise for what stands at a place."""
        return ByHandError(self.file, self.line_of(*place), reason)

    def line_of(self, *place: str) -> int:
        """The line, from 1, of the word at a place; of its key or section where it does not stand by itself."""
        lines: dict[Place, int] = {}
        for there, line in _places(self.text):
            lines.setdefault(there, line)
        return next((lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in lines), 1)


def tables_of(file: str, text: str, sections: Sequence[str]) -> Tables:
    """The tables in a file's text.

    Args:
        file: Its name, for the errors.
        sections: What it may hold.

    Raises:
        ByHandError: It is not TOML, or holds another section.
    """
    try:
        tables = Tables(file, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+), column \d+\)$", str(error))
        raise ByHandError(file, int(line.group(1)) if line else text.count("\n") + 1, str(error)) from None
    for section in tables.sections:
        if section not in sections:
            raise tables.wrong(f"no section {section!r}; there are {', '.join(sections)}", section)
    return tables


# tomllib does not tell where it read what, so the words of a text that it took are looked up again.
_WORD = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")|\'\'\'.*?\'\'\'(?!\')|"(?:\\.|[^"\\])*"|\'[^\']*\'|#[^\n]*|[\w-]+|\S|\n', re.DOTALL
)


def _places(text: str) -> Iterator[tuple[Place, int]]:
    """The place and the line of every word of a text that is TOML, in text order."""
    section: Place = ()
    key: Place = ()
    part, depth, line = "key", 0, 1
    for found in _WORD.finditer(text):
        word = found.group()
        if (name := _said(word)) is not None:
            section += (name,) if part == "section" else ()
            key += (name,) if part == "key" else ()
            yield (*section, *key, name) if part == "value" else (*section, *key), line
        elif word == "\n" and not depth:
            part, key = "key", ()
        elif word == "[" and part == "key":
            part, section = "section", ()
        elif word == "=":
            part = "value"
        elif part == "value":
            depth += (word in ("[", "{")) - (word in ("]", "}"))
        line += word.count("\n")


def _said(word: str) -> str | None:
    """What a word says without its quotation marks; None for signs and comments."""
    if word[0] in "\"'":
        return str(tomllib.loads(f"word = {word}")["word"])
    return word if re.fullmatch(r"[\w-]+", word) else None
