"""A made-up story on disk, and models that find what a pattern finds: tests of index and answers need no others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from briefing.article import Article
from briefing.index import Index
from briefing.indexing import Outcome, refresh

if TYPE_CHECKING:
    from briefing.actor import Actor

BOTH = re.compile(r"[A-Z]\w+ [A-Z]\w+ and [A-Z]\w+ [A-Z]\w+")
NAME = r"[A-Z]\w+(?: [A-Z]\w+)+"
SAID = re.compile(rf"“(?P<words>[^”]+)” (?P<cue>said|wrote) (?P<name>{NAME})")
TOLD = re.compile(rf"(?P<name>{NAME}) (?P<cue>said|thinks) that (?P<words>[^.“]+)\.")
STANCE = re.compile(rf"(?P<name>{NAME}) (?P<cue>backs|rejects) the (?P<issue>\w+)\b[^.]*\.")
ROLE = re.compile(rf"(?P<name>{NAME}), the (?P<role>[^,.]+)[,.]")
SENTENCE = re.compile(r"[^.\s][^.]*\.")

COUNCIL = """---
title: Council splits over the harbour
outlet: The Ledger
published: 2031-03-04
---
“We will not move the boats,” said Tom Bell. Tom Bell rejects the plan.

Ana Ruiz said that the harbour loses money. Ana Ruiz backs the plan.
"""
VOTE = """---
title: Harbour stays open
outlet: The Courier
published: 2031-03-17
---
“I was wrong about the timing,” said Ana Ruiz. Ana Ruiz rejects the plan now.

Ana Ruiz thinks that a levy will come. Tom Bell backs the levy.
"""


def speaker(match: re.Match[str]) -> str:
    """Whom the pattern found; two who speak together are a group by both their names."""
    both = BOTH.match(match.string, match.start("name"))
    return both.group() if both else match["name"]


def statement(match: re.Match[str], kind: str) -> SimpleNamespace:
    thought = match["cue"] == "thinks"
    return SimpleNamespace(
        kind=kind,
        act="thought" if thought else "speech",
        content=(match.span("words"),),
        cue=match.span("cue"),
        source=match.span("name"),
        speaker=speaker(match),
        speaker_from="name",
        confidence=0.5 if "perhaps" in match["words"] else 0.97,
        reported_by=None,
        when=None,
        where=None,
        addressee=None,
    )


def position(match: re.Match[str], published: str | None) -> SimpleNamespace:
    return SimpleNamespace(
        actor=match["name"],
        issue=match["issue"],
        stance={"backs": "supports", "rejects": "opposes"}[match["cue"]],
        condition=None,
        date=published,
        reported_by=None,
        evidence=(match.span(),),
        cue=match.span("cue"),
    )


def actor(name: str, role: str | None) -> Actor:
    from briefing.actor import Actor

    return Actor(name, "group") if BOTH.fullmatch(name) else Actor(name, "person", role, (name.split()[-1],))


def analysis(article: Article) -> SimpleNamespace:
    """What the patterns find, in the shape of `briefing.analysis.Analysis`."""
    text, published = article.text, article.iso_date
    statements = [statement(m, "direct") for m in SAID.finditer(text)]
    statements += [statement(m, "indirect") for m in TOLD.finditer(text)]
    positions = [position(m, published) for m in STANCE.finditer(text)]
    groups = [name for s in statements if BOTH.fullmatch(s.speaker) for name in (*s.speaker.split(" and "), s.speaker)]
    names = dict.fromkeys([*groups, *(s.speaker for s in statements), *(p.actor for p in positions)])
    roles = {match["name"]: match["role"] for match in ROLE.finditer(text)}
    spans = [m.span() for start, end in article.paragraphs for m in SENTENCE.finditer(text, start, end)]
    return SimpleNamespace(
        article=article,
        people=[actor(name, roles.get(name)) for name in names],
        statements=sorted(statements, key=lambda s: s.content[0]),
        positions=positions,
        events=[],
        summary=spans,
    )


class Models:
    """Fake models that keep a list of the articles they were given."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.loads = 0

    def load(self) -> Models:
        self.loads += 1
        return self

    def __call__(self, articles: Iterable[Article], aliases: object) -> Iterator[SimpleNamespace]:
        for article in articles:
            self.read.append(article.id)
            if "CRASH" in article.text:
                raise RuntimeError("the model fell over")
            yield analysis(article)


class Newsroom:
    """A seeds folder with its index, in a temporary folder."""

    def __init__(self, folder: Path) -> None:
        self.seeds = folder / "seeds"
        self.path = folder / "data" / "index.sqlite"
        self.models = Models()

    def write(self, name: str, text: str | bytes) -> Path:
        """Writes a file of the seeds folder ("harbour/vote.txt")."""
        path = self.seeds / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def refresh(self, **options: object) -> Outcome:
        return refresh(self.seeds, self.path, **{"load": self.models.load, **options})

    def index(self) -> Index:
        return Index(self.path)


def harbour(folder: Path) -> Newsroom:
    """The story of two articles, indexed."""
    room = Newsroom(folder)
    room.write("harbour/1-council.txt", COUNCIL)
    room.write("harbour/2-vote.txt", VOTE)
    room.refresh()
    return room
