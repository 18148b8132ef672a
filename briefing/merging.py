"""A story's tables from its articles' analyses: one actor, issue and quotation over all of them; no spaCy objects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.article import Article, Span
from briefing.brief.shown import ALSO_WEIGHT, HEADING_WEIGHT, evidence_weight, hull, statement_weight
from briefing.found import Json, people_in
from briefing.index.rows import Said
from briefing.index.stored import evidence_from, span_or_none, spans
from briefing.index.writer import (
    ActorRow,
    EventRow,
    IssueRow,
    KeptArticle,
    Merged,
    PositionRow,
    StandingRow,
    StatementRow,
)
from briefing.issue import NO_RULES, IssueRules, Use, story_issues
from briefing.joint import speakers_together
from briefing.names import folded
from briefing.standing import Taken, newest, stance_now, turns

if TYPE_CHECKING:
    from briefing.actor import Actor, Aliases

RANKED = 2_000  # passages of a story that are ranked against each other: their similarities take 16 MB
NEAR = 400  # characters around a statement in which its time, place and addressee are looked for
REPEATED = 5  # words in a row that two statements share if one repeats the other

Places = Mapping[tuple[int, str], int]
"""The place in a story's list of what a report calls by a name."""


def merged(kept: Sequence[KeptArticle], aliases: Aliases | None = None, rules: IssueRules = NO_RULES) -> Merged:
    """The tables of a story whose articles come by date."""
    actors, actor_of = story_actors(kept, aliases)
    issues, issue_of = issue_rows(kept, actors, actor_of, rules)
    statements = without_repeats([row for one in kept for row in statement_rows(one, actors, actor_of)])
    positions = [row for one in kept for row in position_rows(one, actor_of, issue_of)]
    return Merged(
        actors=actor_rows(actors, actor_of, statements, positions),
        statements=statements,
        issues=issues,
        positions=positions,
        standings=standing_rows(positions),
        events=[row for one in kept for row in event_rows(one)],
        rankings=rankings(kept),
    )


# Actors


def story_actors(kept: Sequence[KeptArticle], aliases: Aliases | None) -> tuple[list[Actor], Places]:
    """The story's actors, and which of them each report's names mean."""
    from briefing.actor import across

    reports = {str(one.report): one.report for one in kept}
    found = across({str(one.report): people_in(one.found) for one in kept}, aliases)
    place_of = {
        (reports[report], name): place for place, one in enumerate(found) for report, name in one.stands_for
    }
    return [one.actor for one in found], place_of


def actor_rows(
    actors: Sequence[Actor], actor_of: Places, statements: Sequence[StatementRow], positions: Sequence[PositionRow]
) -> list[ActorRow]:
    said = Counter(place for row in statements for place in (row.actor, *row.joint))
    stood = Counter(row.actor for row in positions)
    reports = Counter(place for _, place in {(report, place) for (report, _), place in actor_of.items()})
    return [
        ActorRow(actor.name, actor.kind, actor.role, actor.aliases, said[place], stood[place], reports[place])
        for place, actor in enumerate(actors)
    ]


# Statements


def statement_rows(one: KeptArticle, actors: Sequence[Actor], actor_of: Places) -> list[StatementRow]:
    topics = [(spans(position["evidence"]), position["issue"]) for position in one.found["positions"]]
    together = groups_of(one, actor_of)
    rows = []
    for found in one.found["statements"]:
        if not in_body(one.article, hull(spans(found["content"]))):
            continue
        place = actor_of.get((one.report, found["speaker"]))
        said = said_of(one, found, actors[place] if place is not None else None)
        joint = together.get(found["speaker"], ())
        about = {issue for evidence, issue in topics for span in evidence if overlaps(span, hull(said.content))}
        rows.append(
            StatementRow(
                said=said,
                actor=place,
                published=one.article.iso_date or "",
                weight=statement_weight(one.article, said) + (HEADING_WEIGHT if joint else 0),
                words=" ".join(one.article.text[start:end] for start, end in said.content),
                issues=" ".join(sorted(about)),
                joint=joint,
            )
        )
    return rows


def groups_of(one: KeptArticle, actor_of: Places) -> dict[str, tuple[int, ...]]:
    """The persons of each group that speaks in an article, by its name, as places in the story's list of actors."""
    people = people_in(one.found)
    groups = {}
    for group in people:
        persons = speakers_together(group, people)
        if persons:
            places = [place for person in persons if (place := actor_of.get((one.report, person.name))) is not None]
            groups[group.name] = tuple(dict.fromkeys(places))
    return groups


def in_body(article: Article, span: Span) -> bool:
    """Whether a paragraph holds some of it; a headline's or a caption's claim is no statement of its own."""
    return any(overlaps(paragraph, span) for paragraph in article.paragraphs)


def said_of(one: KeptArticle, found: Json, actor: Actor | None) -> Said:
    """The statement with its time, place and addressee as spans."""
    content = spans(found["content"])
    whole = hull([*content, span_or_none(found["cue"]), span_or_none(found["source"])])
    when = found["when"] or {"text": None, "date": None}
    return Said(
        id=0,
        report=one.report,
        kind=found["kind"],
        act=found["act"],
        content=content,
        cue=span_or_none(found["cue"]),
        source=span_or_none(found["source"]),
        how=found["speaker_from"],
        confidence=found["confidence"],
        reported_by=found["reported_by"],
        when=located(one.article.text, when["text"], whole),
        date=when["date"],
        where=located(one.article.text, found["where"], whole),
        addressee=located(one.article.text, found["addressee"], whole),
        speaker=actor.name if actor else None,
        role=actor.role if actor else None,
    )


def located(text: str, words: str | None, near: Span) -> Span | None:
    """Where words stand nearest to a span; None where they do not stand there as they are."""
    if not words:
        return None
    start, end = max(0, near[0] - NEAR), near[1] + NEAR
    places = []
    found = text.find(words, start, end)
    while found >= 0:
        places.append((found, found + len(words)))
        found = text.find(words, found + 1, end)
    return min(places, key=lambda place: max(near[0] - place[1], place[0] - near[1], 0), default=None)


def without_repeats(rows: Sequence[StatementRow]) -> list[StatementRow]:
    """The statements, each that repeats another's words pointing at it: the longer one, then the earlier."""
    words = [folded(row.words).split() for row in rows]
    holding: dict[tuple[int, tuple[str, ...]], list[int]] = defaultdict(list)
    result = list(rows)
    for place in sorted(range(len(rows)), key=lambda place: -len(words[place])):
        actor = rows[place].actor
        if actor is None or len(words[place]) < REPEATED:
            continue
        key = (actor, tuple(words[place][:REPEATED]))
        first = next((other for other in holding[key] if contains(words[other], words[place])), None)
        if first is not None:
            result[place] = replace(rows[place], repeats=first)
            result[first] = replace(result[first], weight=rows[first].weight + ALSO_WEIGHT)
            continue
        for start in range(len(words[place]) - REPEATED + 1):
            holding[(actor, tuple(words[place][start : start + REPEATED]))].append(place)
    return result


def contains(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    return f" {' '.join(shorter)} " in f" {' '.join(longer)} "


# Issues and positions


def issue_rows(
    kept: Sequence[KeptArticle], actors: Sequence[Actor], actor_of: Places, rules: IssueRules
) -> tuple[list[IssueRow], Places]:
    """The story's issues, and which of them each report's phrases mean."""
    uses = [
        Use(
            str(one.report),
            position["issue"],
            actors[actor_of[one.report, position["actor"]]].name,
            position["stance"] != "unclear",
        )
        for one in kept
        for position in one.found["positions"]
        if (one.report, position["actor"]) in actor_of
    ]
    roles = {actor.name: actor.role for actor in actors if actor.kind == "person" and actor.role}
    found = story_issues(uses, rules, roles)
    place_of = {(int(report), phrase): place for place, one in enumerate(found) for report, phrase in one.stands_for}
    return [IssueRow(one.name, one.aliases, one.linked, one.actors, one.reports) for one in found], place_of


def position_rows(one: KeptArticle, actor_of: Places, issue_of: Places) -> list[PositionRow]:
    rows = []
    for found in one.found["positions"]:
        actor, issue = actor_of.get((one.report, found["actor"])), issue_of.get((one.report, found["issue"]))
        if actor is None or issue is None:
            continue
        evidence = evidence_from(found)
        weight = evidence_weight(one.article, evidence)
        rows.append(PositionRow(one.report, actor, issue, found["stance"], found["date"], weight, evidence))
    return rows


def standing_rows(positions: Sequence[PositionRow]) -> list[StandingRow]:
    """Where each actor stands on each issue."""
    pairs: dict[tuple[int, int], list[Taken]] = defaultdict(list)
    for place, row in enumerate(positions):
        pairs[row.actor, row.issue].append(Taken(row.stance, row.date, place, row.report))
    return [
        StandingRow(
            actor=actor,
            issue=issue,
            stance=stance_now(taken),
            times=len(taken),
            position=newest(taken).place,
            turns=[(turn.stance, turn.date or "", turn.report) for turn in turns(taken)],
        )
        for (actor, issue), taken in pairs.items()
    ]


# Events and rankings


def event_rows(one: KeptArticle) -> list[EventRow]:
    return [EventRow(one.report, e["date"], e["precision"], *e["text"]) for e in one.found["events"]]


def rankings(kept: Sequence[KeptArticle]) -> list[tuple[int, list[tuple[int, int, int]]]]:
    """Each article's passages, best first, and the story's over all its articles, redundancy held down."""
    from briefing.summary import rank_story

    alone = [(one.report, [(one.report, *span) for span in spans(one.found["summary"])]) for one in kept]
    if len(kept) < 2:
        return [*alone, (0, alone[0][1] if alone else [])]
    most = max(3, RANKED // len(kept))  # of one article
    members = [(one.article, spans(one.found["summary"][:most])) for one in kept]
    reports = {id(one.article): one.report for one in kept}
    whole = [(reports[id(p.article)], p.start, p.end) for p in rank_story(members)]
    return [*alone, (0, whole)]


def overlaps(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
