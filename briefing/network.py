"""Positions as discourse-network tools open them: a CSV event list, and a GraphML network of actors and concepts.

The columns of the list are those of the Discourse Network Analyzer's statement export (Leifeld, "Discourse Network
Analyzer Manual", 2019): one row a statement, with the document, its date, where the statement starts and stops, and the
variables person, organization, concept and agreement (1 for, 0 against).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

AGREEMENT = {"supports": "1", "opposes": "0"}
COLUMNS = (
    *("statement_id", "document_id", "document", "date", "start", "stop", "text"),
    *("person", "organization", "concept", "agreement", "stance", "condition", "reported_by"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would read a cell that starts so as a formula


@dataclass(frozen=True, slots=True)
class Coded:
    """One position as it is exported.

    Attributes:
        kind: The actor's kind; "person" and "unnamed" go to the column of persons, the others to that of organisations.
        date: ISO; "" where neither the words nor the article give one.
        start, stop: Where the evidence is in the document, in characters.
        text: The evidence, as it stands there.
    """

    document: str
    date: str
    start: int
    stop: int
    text: str
    actor: str
    kind: str
    concept: str
    stance: str
    condition: str = ""
    reported_by: str = ""

    @property
    def is_person(self) -> bool:
        return self.kind in ("person", "unnamed")


def dna_csv(rows: Sequence[Coded]) -> str:
    """The event list; agreement is empty where the stance is neither for nor against."""
    documents = {name: number for number, name in enumerate(dict.fromkeys(row.document for row in rows), 1)}
    sheet = StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(COLUMNS)
    for number, row in enumerate(rows, 1):
        person, organisation = (row.actor, "") if row.is_person else ("", row.actor)
        cells = [number, documents[row.document], row.document, row.date, row.start, row.stop, row.text]
        cells += [person, organisation, row.concept, AGREEMENT.get(row.stance, ""), row.stance, row.condition]
        writer.writerow([_safe(cell) if isinstance(cell, str) else cell for cell in (*cells, row.reported_by)])
    return sheet.getvalue()


def dna_graphml(rows: Sequence[Coded]) -> str:
    """The two-mode network: actors, concepts, and an edge for each stance of an actor on a concept.

    An edge's weight is how many positions it stands for, its dates are those of the first and the last.
    """
    root = Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    keys = {
        **dict.fromkeys(("name", "type"), ("node", "string")),
        **dict.fromkeys(("stance", "agreement", "first", "last"), ("edge", "string")),
        "weight": ("edge", "int"),
    }
    for name, (part, kind) in keys.items():
        SubElement(root, "key", {"id": name, "for": part, "attr.name": name, "attr.type": kind})
    graph = SubElement(root, "graph", id="positions", edgedefault="undirected")
    _edges(graph, rows, _nodes(graph, rows))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _nodes(graph: Element, rows: Sequence[Coded]) -> dict[tuple[str, str], str]:
    """The ids of actors and concepts, which may share a name."""
    kinds = {("actor", row.actor): "person" if row.is_person else "organization" for row in rows}
    kinds |= {("concept", row.concept): "concept" for row in rows}
    ids = {}
    for number, ((side, name), kind) in enumerate(kinds.items(), 1):
        ids[side, name] = f"n{number}"
        _data(SubElement(graph, "node", id=f"n{number}"), {"name": name, "type": kind})
    return ids


def _edges(graph: Element, rows: Sequence[Coded], nodes: dict[tuple[str, str], str]) -> None:
    """An edge for each stance of an actor on a concept."""
    days: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        days[row.actor, row.concept, row.stance].append(row.date)
    for number, ((actor, concept, stance), told) in enumerate(days.items(), 1):
        ends = {"source": nodes["actor", actor], "target": nodes["concept", concept]}
        edge = SubElement(graph, "edge", {"id": f"e{number}", **ends})
        dated = [date for date in told if date]
        span = {"first": min(dated, default=""), "last": max(dated, default="")}
        agreement = AGREEMENT.get(stance, "")
        _data(edge, {"stance": stance, "agreement": agreement, **span, "weight": str(len(told))})


def _data(parent: Element, values: dict[str, str]) -> None:
    for key, value in values.items():
        SubElement(parent, "data", key=key).text = "".join(c for c in value if c.isprintable())


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
