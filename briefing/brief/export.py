"""A story's positions as a file for discourse-network tools."""

from __future__ import annotations

import re
import unicodedata

from briefing.article import hull
from briefing.brief.options import counted, line, message, option
from briefing.brief.stories import story_of, story_title
from briefing.card import Attachment, Card, Entry, Question
from briefing.index import Index
from briefing.network import Coded, dna_csv, dna_graphml
from briefing.paging import shortened

FORMATS = {"dna-csv": (dna_csv, "csv"), "graphml": (dna_graphml, "graphml")}
"""What writes each format, and its file's suffix."""

NAMED = 60  # characters of the story in a file's name


def export(index: Index, question: Question) -> Card:
    """The file of a story's positions, attached."""
    story = story_of(index, question)
    if isinstance(story, Card):
        return story
    rows = coded(index, story)
    title = f"{story_title(story)}: positions"
    if not rows:
        return message(question, title, line("The articles show no positions."))
    form = option(question, "format") if option(question, "format") in FORMATS else "dna-csv"
    text = exported(rows, form)
    told = f"{counted(len(rows), 'position')} for discourse-network tools ({form})"
    file = Attachment(file_name(story, form), text.encode())
    return Card(shortened(title), question, (Entry((line(told),)),), attachments=(file,))


def file_name(story: str, form: str) -> str:
    """What a story's file is called, in letters that every system takes ("harbour-positions.csv")."""
    plain = unicodedata.normalize("NFKD", story).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "-", plain)[:NAMED].strip("-").lower()
    return f"{name or 'story'}-positions.{FORMATS[form][1]}"


def exported(rows: list[Coded], form: str) -> str:
    """The rows in a format."""
    return FORMATS[form][0](rows)


def coded(index: Index, story: str) -> list[Coded]:
    """All positions of a story by date."""
    kinds = index.kinds(story)
    rows = []
    for stand in index.stands_in(story):
        article, evidence = index.article(stand.report), index.evidence(stand.id)
        start, stop = hull(evidence.passages)
        condition = article.text[slice(*evidence.condition)] if evidence.condition else ""
        rows.append(
            Coded(
                document=article.id,
                date=stand.date or "",
                start=start,
                stop=stop,
                text=article.text[start:stop],
                actor=stand.actor,
                kind=kinds.get(stand.actor_id, "person"),
                concept=stand.issue,
                stance=stand.stance,
                condition=condition,
                reported_by=evidence.reported_by or "",
            )
        )
    return rows
