"""/who-said: everything a person is reported to have said, each with its source."""

from __future__ import annotations

from briefing.brief.options import (
    action,
    changed,
    choices,
    counted,
    line,
    message,
    option,
    quoted,
    several,
    unfinished,
    unknown,
)
from briefing.brief.shown import HOW_REPORTED, UNSURE, in_a_sentence, name_label, statement_entry
from briefing.card import Action, Card, Entry, Line, Question
from briefing.index import Index, Profile
from briefing.index.statements import Weighed, words_expression
from briefing.paging import paged, shortened

SPOKEN = ("speech", "document")
THOUGHT = ("thought",)
HOLDERS = 3  # buttons to those who hold an office that is spoken of without a name
NAMESAKES = 3  # buttons to others who bear the name typed

KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "quoted": (SPOKEN, ("direct", "mixed")),
    "reported": (SPOKEN, ("indirect",)),
    "thoughts": (THOUGHT, ()),
    "documents": (("document",), ()),
    "all": (SPOKEN + THOUGHT, ()),
}
"""What the option `kind` may be, with the acts and the kinds of statement it stands for."""

KIND_NAMES = {"thoughts": HOW_REPORTED["thought"], "all": "words, thoughts and plans"}
"""What a kind is called above its statements, where that is not its own name."""

NOTHING = {
    "quoted": "quote no words",
    "thoughts": "report no thoughts or plans",
    "documents": "tell of no documents",
    "all": "report no words, thoughts or plans",
}
"""What is said of a kind of which there is nothing."""

def who_said(index: Index, question: Question) -> Card:
    """The statements of one person, the surest and newest first."""
    typed = option(question, "person")
    if not typed:
        return message(question, "Who?", line("Name a person: /who-said person:…"), *unfinished(index))
    names = named(index, typed)
    if not names:
        return unknown(question, "person", index.people(), index)
    if len(names) > 1:
        return several(question, "person", names)
    profiles = index.profiles(names[0])
    if not profiles:  # gone since the names were read
        return unknown(question, "person", index.people(), index)
    acts, kinds = KINDS.get(kind_of(question), (SPOKEN, ()))
    found, notes = about(index, [p.id for p in profiles], acts, kinds, option(question, "about"))
    if not found:
        return nothing(index, question, profiles)
    entries, page, pages = paged(
        [(id, weight) for id, weight, _ in found], lambda id: entry(index, id, profiles), question.page
    )
    return Card(
        shortened(title(profiles, question)),
        question,
        entries,
        notes=(Line((count(found),), "note"), *notes, *unfinished(index)),
        actions=tuple(others(index, question, profiles)) if page == 0 else (),
        page=page,
        pages=pages,
    )


def entry(index: Index, id: int, profiles: list[Profile]) -> Entry:
    """A statement of the person, under the names of those who made it together with him."""
    said = index.said(id)
    return statement_entry(index, said, named=all(said.speaker != profile.name for profile in profiles))


def kind_of(question: Question) -> str:
    """The kind asked for; "thought" is as good as "thoughts"."""
    typed = option(question, "kind").lower()
    return next((kind for kind in KINDS if typed and kind.startswith(typed)), "")


def named(index: Index, typed: str) -> list[str]:
    """The names that what is typed may stand for: who bears it, else who has it as a role, else whose names hold it."""
    people = index.people()
    return [choice.name for choice in people.meant(typed)]


def about(
    index: Index, actors: list[int], acts: tuple[str, ...], kinds: tuple[str, ...], topic: str
) -> tuple[list[Weighed], list[Line]]:
    """What some actors said about a topic, and a note where its words had to be taken one by one."""
    if not topic:
        return index.said_by(actors, acts, kinds), []
    every, some = words_expression(topic, every=True), words_expression(topic, every=False)
    if every is None or some is None:  # "?!", which nobody says
        return [], []
    found = index.said_by(actors, acts, kinds, every)
    if found or every == some:
        return found, []
    found = index.said_by(actors, acts, kinds, some)
    return found, [Line((f"None has all the words of {quoted(topic)}; these have some.",), "note")] if found else []


def title(profiles: list[Profile], question: Question) -> str:
    """The name and role, and what was asked about."""
    role = next((profile.role for profile in profiles if profile.role), None)
    topic, kind = option(question, "about"), kind_of(question)
    asked = f"{',' if role else ''} on {quoted(topic)}" if topic else ""
    return name_label(profiles[0].name, role) + asked + (f" ({KIND_NAMES.get(kind, kind)})" if kind else "")


def count(found: list[Weighed]) -> str:
    total, unsure = len(found), sum(not sure for _, _, sure in found)
    share = {1: "", 2: "both "}.get(total, "all ") if unsure == total else f"{unsure} of them "
    return counted(total, "statement") + (f", {share}{UNSURE}" if unsure else "")


def nothing(index: Index, question: Question, profiles: list[Profile]) -> Card:
    """That the person said nothing of the kind, and what there is instead."""
    topic = option(question, "about")
    told = f"The articles {NOTHING.get(kind_of(question), 'report no words')} by {in_a_sentence(profiles[0].name)}"
    told += f" on {quoted(topic)}." if topic else "."
    actions = others(index, question, profiles)
    if topic or kind_of(question):
        actions.insert(0, action("Everything they said", changed(question, about="", kind="")))
    return message(question, title(profiles, question), line(told), *unfinished(index), actions=actions)


def others(index: Index, question: Question, profiles: list[Profile]) -> list[Action]:
    """Buttons to thoughts and positions, where there are any; to namesakes; from an office to its holders."""
    actions = []
    name = profiles[0].name
    thoughts = index.said_by([profile.id for profile in profiles], THOUGHT)
    if thoughts and kind_of(question) not in ("thoughts", "all"):
        told = f"{HOW_REPORTED['thought'].capitalize()} ({len(thoughts)})"
        actions.append(action(told, Question("who-said", (("person", name), ("kind", "thoughts")))))
    if any(profile.positions for profile in profiles):
        actions.append(action("Positions", Question("positions", (("person", name),))))
    actions += namesakes(index, question)
    if profiles[0].kind == "unnamed":
        actions += choices(question, "person", [holder.name for holder in index.people().holding(name)[:HOLDERS]])
    return actions


def namesakes(index: Index, question: Question) -> list[Action]:
    """Buttons to others who bear the name typed: "Voss" may be an actor by himself, and Karl Voss another."""
    found = index.people().namesakes(option(question, "person"))
    return choices(question, "person", [other.name for other in found[:NAMESAKES]])
