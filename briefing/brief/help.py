"""/help: what can be asked, with examples from the articles at hand."""

from __future__ import annotations

from briefing.brief.options import action, line, unfinished
from briefing.card import Card, Entry, Line, Question
from briefing.index import Index
from briefing.visible import typed

OPTIONS = {
    "summary": "[story] [article] [length] [method]",
    "who-said": "person [about] [kind]",
    "positions": "[person] [issue] [story]",
    "compare": "person other [issue]",
    "sources": "[story]",
}
"""What each command takes; in brackets what may be left out."""

COMMANDS = {
    "summary": "the sentences that say most, of a story or of one article",
    "who-said": "everything a person is reported to have said, each with its source",
    "positions": "who supports and who opposes what, with the words that show it",
    "compare": "where two stand on the same issues",
    "sources": "the articles that the answers come from",
}


def help(index: Index, question: Question) -> Card:
    """One line a command, and a button that asks each for real."""
    tried = examples(index)
    entries = [command_entry(f"{command} {OPTIONS[command]}", told) for command, told in COMMANDS.items()]
    notes = (Line(("Every answer is in the articles' own words, with its source.",), "note"), *unfinished(index))
    return Card("What you can ask", question, tuple(entries), notes, tuple(action(typed(one), one) for one in tried))


def command_entry(usage: str, told: str) -> Entry:
    return Entry((line(f"/{usage}"), Line((told,), "note")))


def examples(index: Index) -> list[Question]:
    """Questions that this index can answer."""
    people, issues = index.people().complete(""), index.issues_by_name().complete("")
    asked = [Question("summary")] if index.stories() else []
    asked += [Question("who-said", (("person", person),)) for person in people[:1]]
    asked += [Question("positions", (("issue", issue),)) for issue in issues[:1]]
    if len(people) > 1:
        asked.append(Question("compare", (("person", people[0]), ("other", people[1]))))
    return asked
