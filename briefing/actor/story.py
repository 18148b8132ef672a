"""The actors of a story: the same person in several articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefing.actor.actor import Actor
from briefing.actor.alias import NO_ALIASES, Aliases
from briefing.actor.name import PersonName, can_mean, one_person, person_name


@dataclass(frozen=True, slots=True)
class StoryActor:
    """One actor of a story.

    Attributes:
        actor: Its fullest name, kind, first role and all aliases; mentions are the articles' own and left out.
        stands_for: The (article id, name in that article's people) pairs that mean it.
    """

    actor: Actor
    stands_for: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Group:
    name: str
    kind: str
    person: PersonName | None
    members: list[tuple[str, Actor]] = field(default_factory=list)


def across(
    people_by_article: Mapping[str, Sequence[Actor]], aliases: Aliases | None = None
) -> tuple[StoryActor, ...]:
    """The story's actors, most often mentioned first.

    Persons with fuller names are taken first; a surname joins the one person of the story who can have it, and stays by
    itself where two can. Unnamed sources are never joined across articles.
    """
    hand = aliases or NO_ALIASES
    groups: list[_Group] = []
    by_word: dict[str, list[_Group]] = defaultdict(list)
    rows = [(article, actor) for article, people in people_by_article.items() for actor in people]
    for article, actor in sorted(rows, key=lambda row: -len(row[1].name.split())):
        name = hand.of(actor.name)
        person = person_name(name) if actor.kind == "person" else None
        group = _group_for(article, actor, name, person, by_word, hand)
        if group is None:
            group = _Group(name, actor.kind, person)
            groups.append(group)
            for word in _words(name, person):
                by_word[word].append(group)
        group.members.append((article, actor))
    return tuple(_story_actor(group) for group in sorted(groups, key=_weight, reverse=True))


def _words(name: str, person: PersonName | None) -> set[str]:
    return set(person.words) if person else {name.lower().removeprefix("the ")}


def _group_for(
    article: str, actor: Actor, name: str, person: PersonName | None, by_word: dict[str, list[_Group]], hand: Aliases
) -> _Group | None:
    if actor.kind == "unnamed":
        return None
    near = list({id(g): g for word in _words(name, person) for g in by_word.get(word, ())}.values())
    fits = [
        g for g in near if _fits(g, actor, name, person) and not any(hand.forbids(name, other) for other in _names(g))
    ]
    same = [g for g in fits if g.name == name]
    return same[0] if same else fits[0] if len(fits) == 1 else None


def _names(group: _Group) -> set[str]:
    return {group.name, *(a.name for _, a in group.members)}


def _fits(group: _Group, actor: Actor, name: str, person: PersonName | None) -> bool:
    if (group.person is None) != (person is None):
        return False
    if group.name.lower() == name.lower():
        return True
    if person is None or group.person is None:
        return group.name.lower().removeprefix("the ") == name.lower().removeprefix("the ")
    if len(person.words) > 1:
        return one_person(person, group.person)
    return can_mean(person, group.person) and person.last == group.person.last


def _story_actor(group: _Group) -> StoryActor:
    actors = [actor for _, actor in group.members]
    aliases = dict.fromkeys(a for actor in actors for a in (actor.name, *actor.aliases) if a != group.name)
    roles = Counter(actor.role for actor in actors if actor.role)
    merged = Actor(group.name, actors[0].kind, roles.most_common(1)[0][0] if roles else None, tuple(aliases))
    return StoryActor(merged, tuple(dict.fromkeys((article, actor.name) for article, actor in group.members)))


def _weight(group: _Group) -> int:
    """How often the articles mention the actor."""
    return sum(len(actor.mentions) for _, actor in group.members)
