"""The actors of a story: the same person in several articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.actor.actor import Actor
from briefing.actor.alias import NO_ALIASES, Aliases
from briefing.actor.name import PersonName, can_mean, one_person, person_name
from briefing.actor.role import FACT, FULL_MATCH, Role, fit, fullest, role

OFFICES = set(
    """prime minister, president, chancellor, crown prince, king, queen, emir, pope, first minister, secretary of state,
foreign minister, top diplomat, defence minister, finance minister, interior minister, health secretary,
justice secretary, education secretary, energy secretary, attorney general, secretary general, governor,
mayor""".replace("\n", " ").split(", ")
)
"""Offices that one person holds at a time in a place; a body's are left out, for "the" is not kept in a description."""
TITLE_PASSES = 2
RARE = {"secretary of state", "crown prince", "pope", "secretary general", "attorney general"}
"""Offices of which a story hardly knows two, so that a role stated without its country will do."""


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
    itself where two can. A title ("the Israeli prime minister") joins the one person whose role fits; other unnamed
    sources are never joined across articles.
    """
    hand = aliases or NO_ALIASES
    groups: list[_Group] = []
    by_word: dict[str, list[_Group]] = defaultdict(list)
    rows = [(article, actor) for article, people in _with_surnames(people_by_article).items() for actor in people]
    named = sorted((row for row in rows if row[1].kind != "unnamed"), key=lambda row: -len(row[1].name.split()))
    for article, actor in named:
        name = hand.of(actor.name)
        person = person_name(name) if actor.kind == "person" else None
        group = _group_for(name, person, by_word, hand)
        if group is None:
            group = _Group(name, actor.kind, person)
            groups.append(group)
            for word in _words(name, person):
                by_word[word].append(group)
        group.members.append((article, actor))
    left = [row for row in rows if row[1].kind == "unnamed"]
    for _ in range(TITLE_PASSES):  # "the top US diplomat" is whoever "the US secretary of state" has turned out to be
        holders = _holders(groups)
        found = [_holder(article, actor, holders, hand) for article, actor in left]
        for row, holder in zip(left, found, strict=True):
            if holder is not None:
                holder.members.append(row)
        left = [row for row, holder in zip(left, found, strict=True) if holder is None]
    groups += [_Group(actor.name, "unnamed", None, [(article, actor)]) for article, actor in left]
    return tuple(_story_actor(group) for group in sorted(groups, key=_weight, reverse=True))


def _words(name: str, person: PersonName | None) -> set[str]:
    return set(person.words) if person else {name.lower().removeprefix("the ")}


def _group_for(
    name: str, person: PersonName | None, by_word: dict[str, list[_Group]], hand: Aliases
) -> _Group | None:
    near = list({id(g): g for word in _words(name, person) for g in by_word.get(word, ())}.values())
    fits = [g for g in near if _fits(g, name, person) and not (hand.apart and _is_forbidden(name, g, hand))]
    same = [g for g in fits if g.name == name]
    return same[0] if same else fits[0] if len(fits) == 1 else None


def _is_forbidden(name: str, group: _Group, hand: Aliases) -> bool:
    return any(hand.forbids(name, other) for other in _names(group))


def _names(group: _Group) -> set[str]:
    return {group.name, *(a.name for _, a in group.members)}


def _fits(group: _Group, name: str, person: PersonName | None) -> bool:
    if (group.person is None) != (person is None):
        return False
    if group.name.lower() == name.lower():
        return True
    if person is None or group.person is None:
        return group.name.lower().removeprefix("the ") == name.lower().removeprefix("the ")
    if len(person.words) > 1:
        return one_person(person, group.person)
    return can_mean(person, group.person) and person.last == group.person.last


# --- surnames that an article takes for a body ---


def _with_surnames(people: Mapping[str, Sequence[Actor]]) -> dict[str, list[Actor]]:
    """A body or a speaker of one word is a person where the story knows one of that surname, the article no other."""
    persons = {actor.name for actors in people.values() for actor in actors if actor.kind == "person"}
    bearers = Counter(_surname(name) for name in persons if " " in name)
    found = {}
    for article, actors in people.items():
        here = {_surname(actor.name) for actor in actors if actor.kind == "person"}
        alone = {name for name, times in bearers.items() if times == 1} - here
        found[article] = [replace(a, kind="person") if _may_be_surname(a, alone) else a for a in actors]
    return found


def _may_be_surname(actor: Actor, surnames: set[str]) -> bool:
    nameless = actor.kind in ("organisation", "unnamed") and actor.name[:1].isupper()
    return nameless and actor.name.lower() in surnames


def _surname(name: str) -> str:
    person = person_name(name)
    return person.last if person else name.lower()


# --- titles without a name ---


def _holders(groups: Sequence[_Group]) -> dict[str, list[tuple[_Group, list[Role]]]]:
    """Persons with the roles that any article states of them, by role."""
    holders: dict[str, list[tuple[_Group, list[Role]]]] = defaultdict(list)
    for group in groups:
        if group.kind != "person":
            continue
        told = (a.name if a.kind == "unnamed" else a.role for _, a in group.members)
        stated = dict.fromkeys(text for text in told if text)
        roles = [r for text in stated if (r := role(text))]
        for head in {head for r in roles for head in r.all_heads()}:
            holders[head].append((group, roles))
    return holders


def _holder(
    article: str, actor: Actor, holders: Mapping[str, list[tuple[_Group, list[Role]]]], hand: Aliases
) -> _Group | None:
    """The one person of the story whose stated role fits the title; None where two do, or the title is too general."""
    title = role(actor.name)
    if title is None or not title.known or title.former or title.deputy or title.heads[-1] not in OFFICES:
        return None
    fits = [(fit(title, roles), roles, group) for group, roles in holders.get(title.heads[-1], ())]
    fits = [found for found in fits if found[0] > 0]
    if not fits and title.heads[-1] in RARE:
        return _short_title(article, title, holders)
    if len(fits) != 1:
        return None
    score, roles, group = fits[0]
    placed = bool(title.country or title.state)
    told = any((r.country or r.state) and (r.country, r.state) == (title.country, title.state) for r in roles)
    rare = title.heads[-1] in RARE and score >= FULL_MATCH
    here = any(a.kind == "person" and of == article for of, a in group.members)
    sure = (told and score >= FACT) or rare if placed else (score >= FULL_MATCH and here and not title.words)
    forbidden = any(hand.forbids(actor.name, name) for name in _names(group))
    return group if sure and not forbidden else None


def _short_title(
    article: str, title: Role, holders: Mapping[str, list[tuple[_Group, list[Role]]]]
) -> _Group | None:
    """ "Secretary Field", where the same article speaks of the secretary of state, and the story of no other."""
    short = title.heads[-1].split()[0]
    fits = holders.get(short, ())
    here = [g for g, roles in fits if any(of == article and a.kind == "person" for of, a in g.members)]
    bare = len(fits) == 1 and any(r.heads == (short,) and not r.words and not r.country for r in fits[0][1])
    return here[0] if bare and len(here) == 1 else None


def _story_actor(group: _Group) -> StoryActor:
    actors = [actor for _, actor in group.members]
    names = (a for actor in actors if actor.kind == group.kind for a in (actor.name, *actor.aliases))
    aliases = tuple(dict.fromkeys(name for name in names if name != group.name))
    titles = [actor.name for actor in actors if group.kind == "person" and actor.kind == "unnamed"]
    roles = Counter([*(actor.role for actor in actors if actor.role), *titles])
    merged = Actor(group.name, actors[0].kind, _role_of(roles), aliases)
    return StoryActor(merged, tuple(dict.fromkeys((article, actor.name) for article, actor in group.members)))


def _role_of(stated: Counter[str]) -> str | None:
    """The fullest of the roles that name the commonest one's office."""
    common = [text for text, _ in stated.most_common()]
    first = role(common[0]) if common else None
    if first is None:
        return common[0] if common else None
    same = [text for text in common if (r := role(text)) and r.means(first.heads[-1])]
    return fullest(same) or common[0]


def _weight(group: _Group) -> int:
    """How often the articles mention the actor."""
    return sum(len(actor.mentions) for _, actor in group.members)
