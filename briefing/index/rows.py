"""What the index holds, as the answering half reads it; spans are character offsets into the report's text."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.article import Span

SURE = 0.7
"""The confidence under which a statement is shown last and marked "probably".

Of our statements in PolNeAR's development part (84 articles; right: words and source both agree with an annotated one)
91 % from 0.7 on are right, 96 % from 0.9 on, and 52 % under 0.7. There the share falls fastest: it is 84 % from 0.7 to
0.75, and 73 % from 0.65 to 0.7. Of those articles' statements 45 % are under it.
"""

READ_BUT = "read, but: "
"""How the reason begins of a file that was read though something is wrong with it."""
NO_ARTICLE_HAS = "no article has"
"""How the reason begins where a file set by hand names somebody whom no article has."""
NOT_SKIPPED = (READ_BUT, NO_ARTICLE_HAS)

OURS = "ours"
"""The method of our own rankings, which are in every index."""


@dataclass(frozen=True, slots=True)
class Story:
    """A folder of articles.

    Attributes:
        latest: The newest article's date (ISO), None where no article has one.
    """

    id: int
    name: str
    latest: str | None
    reports: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """An article of the index.

    Attributes:
        digest: SHA-256 of the file's bytes: the article's identity wherever the index may be rebuilt.
        published: ISO, or None.
        sentences: How many passages a summary may use.
    """

    id: int
    story: str
    name: str
    digest: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    sentences: int
    statements: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that was skipped, or read though something is wrong; or one set by hand with names that no article has."""

    story: str
    name: str
    reason: str

    @property
    def misread(self) -> bool:
        """Was it read, though something is wrong with it?"""
        return self.reason.startswith(READ_BUT)

    @property
    def skipped(self) -> bool:
        return not self.reason.startswith(NOT_SKIPPED)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the indexing is.

    Attributes:
        done, total: Articles of the run that is under way, or of the last one.
        running: Whether somebody is indexing now; a run that was killed is not running.
        started: Whether this folder was ever indexed.
    """

    done: int
    total: int
    running: bool
    started: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor as one story knows them."""

    id: int
    story: str
    name: str
    kind: str
    role: str | None
    aliases: tuple[str, ...]
    statements: int
    positions: int
    reports: int


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with what its entry shows.

    Attributes:
        how: How the speaker was found ("name", "title", ...).
        when, where, addressee: As printed, beside the cue.
        date: The day that `when` means (ISO), where that is known.
        speaker, role: The actor, as the story knows them; None where the article does not name the speaker.
        also: Other articles that print the same words.
    """

    id: int
    report: int
    kind: str
    act: str
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    how: str | None
    confidence: float
    reported_by: str | None
    when: Span | None
    date: str | None
    where: Span | None
    addressee: Span | None
    speaker: str | None
    role: str | None
    also: tuple[int, ...] = ()

    @property
    def sure(self) -> bool:
        return self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Issue:
    """What statements and stances are about, merged over a story.

    Attributes:
        linked: Names of the story's other issues that share a telling word with it.
        actors, reports: How many speak to it, and in how many articles.
    """

    id: int
    story: str
    name: str
    aliases: tuple[str, ...]
    linked: tuple[str, ...]
    actors: int
    reports: int


@dataclass(frozen=True, slots=True)
class Stand:
    """A position: an actor's stance on an issue.

    Attributes:
        date: ISO, or None.
        weight: The room that its evidence and source take at most, in characters.
    """

    id: int
    report: int
    actor: str
    actor_id: int
    issue: str
    issue_id: int
    stance: str
    date: str | None
    weight: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What an actor's positions on one issue amount to.

    Attributes:
        stance: Of the newest; "mixed" where those of its day differ.
        times: How many positions there are.
        newest: The newest that has a stance.
        turns: Stance, day (ISO) and report at each change, the first position included; () where none changed.
    """

    newest: Stand
    stance: str
    times: int
    turns: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that show a position.

    Attributes:
        cue: The words that show the stance, inside one of the passages.
    """

    cue: Span
    passages: tuple[Span, ...]
    condition: Span | None
    reported_by: str | None


@dataclass(frozen=True, slots=True)
class Dated:
    """A passage and the date that its words give, ISO as long as its precision."""

    report: int
    date: str
    precision: str
    start: int
    end: int
