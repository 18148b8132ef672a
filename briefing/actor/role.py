"""Role phrases ("the Israeli prime minister"): what they say of a person, and whether one fits another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

LONGEST = 120  # characters of a phrase that are read
FULL_MATCH, BROADER = 2.0, 1.5  # the same role; the description names what such a person also is
FACT, WORD, MISSING = 0.7, 0.4, 0.35  # per fact that agrees, word that both have, word that only the description has
BORROWED = 0.8  # against a counterpart's role where the description does not tell the country
UNTOLD = 1.2  # against a broader role of a country ("the Tarn leader") where nothing tells of which country he is
# Against a role in office for "the former ..."; against a former role for "the ...".
FORMER_MISSED, FORMER_UNSAID = 0.9, 0.5
MALE = set(
    """man boy gentleman father brother son husband widower uncle king prince emir sultan businessman congressman
spokesman chairman policeman actor pope nephew grandfather grandson stepson stepfather boyfriend councilman
clergyman frenchman englishman irishman welshman dutchman lord headmaster baron waiter salesman fisherman
alderman""".split()
)
FEMALE = set(
    """woman girl lady mother sister daughter wife widow aunt queen princess businesswoman congresswoman spokeswoman
chairwoman policewoman actress niece grandmother granddaughter stepdaughter stepmother girlfriend councilwoman
frenchwoman baroness headmistress waitress""".split()
)
PARTIES = {"republican": "R", "gop": "R", "democratic": "D", "democrat": "D", "conservative": "C", "tory": "C",
           "labour": "L", "lib dem": "LD", "liberal democrat": "LD", "green": "G"}  # fmt: skip

KIN = set(
    """wife husband brother sister mother father son daughter widow widower uncle aunt cousin partner niece nephew
grandson granddaughter grandmother grandfather stepson stepdaughter stepmother stepfather""".split()
)
WINNERS = {"champion", "winner", "medallist", "finalist", "semi-finalist", "runner-up"}  # of the US Open need not be so
MOST_FACTS = 3  # that make a role phrase fuller; more are a tale
_SENTENCE_END = re.compile(r"(?<=[a-z]{3}\.)\s+(?=[A-Z])")
_CLAUSE = re.compile(
    r",?\s(?:who|whose|which|that|since|when|where|after|before|during|until|while|because|and (?:said|a|an|the))\s"
)
_POSSESSIVE = re.compile(r"^(?:[-–]\s?|(?:my|our|his|her|its|their|whose)\s)+", re.I)
_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*\.?")
_CUT = re.compile(
    r"\s(?:who|whose|which|that|for|in|at|from|with|on|to|near|by|as|since|until|during|of)\s(?!state\b|defen[cs]e\b|staff\b|police\b"
    r"|government\b|parliament\b|foreign affairs\b|finance\b|health\b|justice\b|the interior\b|homeland security\b)"
    r"|[,;:(–—]"
)
_OWNER = re.compile(r"(?:['’]s|(?<=s)['’])\s")
_AGE = re.compile(r"\b(\d{1,3})[- ]year[- ]old\b")
_DROPPED = set(
    """the a an of and for in at who on to is was has had his her its their from with by as this that former ex then top
    chief also longtime veteran current sitting incumbent embattled""".split()
)
_OF_CHILDREN = re.compile(r"\bof (?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\b")  # "the father of three"
_FORMER = {"former", "ex", "onetime", "then", "late", "outgoing", "ousted", "deposed"}
RANKS = {"sheikh", "prince", "princess"}  # may hold any office besides
_COLOURLESS = set("spokesperson representative professional expert official leader head boss chief chair".split())
_DEPUTY = {"vice", "deputy", "assistant", "shadow", "running"}


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _roles() -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Each name of a role to its key, and each key to what such a person also is."""
    key_of: dict[str, str] = {}
    also: dict[str, set[str]] = {}
    for line in _lines("roles.txt"):
        roles, _, broader = line.partition(":")
        for role in roles.split(","):
            names = [name.strip() for name in role.split("|")]
            for name in names:
                key_of.setdefault(name, names[0])
            also.setdefault(names[0], set()).update(b.strip() for b in broader.split(",") if b.strip())
    return key_of, {key: frozenset(key_of.get(b, b) for b in broader) for key, broader in also.items()}


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    """Each name of a country, its people or a US state to its key; states begin with "@"."""
    found: dict[str, str] = {}
    for line in _lines("places.txt"):
        key, _, others = line.partition(":")
        for name in [key.removeprefix("@"), *others.split(",")]:
            if name.strip():
                found.setdefault(name.strip(), key)
    return found


def place(words: str) -> str | None:
    """The key of a country or US state by one of its names in lower case ("israeli", "vt")."""
    return _places().get(words) or _places().get(words.rstrip("."))


def is_role(words: str) -> bool:
    """Is the text, in lower case, a name of a role?"""
    return words in _roles()[0]


@dataclass(frozen=True, slots=True)
class Role:
    """A role phrase taken apart; texts are in lower case but for `text`.

    Attributes:
        text: As printed, without a leading article.
        heads: Keys of the roles that the phrase names ("president", "chief executive").
        head_words: The head as written, without vocabulary ("geologist").
        known: Is the head in the vocabulary?
        country, state: Keys of `places.txt`; None if the phrase names none.
        former, deputy: "former president", "vice president".
        words: What else it says ("treasury", "fed").
        borrowed: Taken from somebody else's role ("her French counterpart").
    """

    text: str
    heads: tuple[str, ...]
    head_words: str
    known: bool
    country: str | None
    state: str | None
    party: str | None
    age: str | None
    former: bool
    deputy: bool
    words: frozenset[str]
    borrowed: bool = False

    @property
    def gender(self) -> int:
        """1 a man's role, -1 a woman's, 0 either."""
        words = {*self.head_words.split()[-1:], *set(self.heads).intersection(self.text.lower().split())}
        return (not words.isdisjoint(MALE)) - (not words.isdisjoint(FEMALE))

    def all_heads(self) -> set[str]:
        """The roles that the phrase names and those that come with them."""
        return set(self.heads).union(*(_roles()[1].get(head, ()) for head in self.heads))

    def means(self, head: str) -> bool:
        """Is a person of this role also one of that role?"""
        return head in self.all_heads()


@lru_cache(maxsize=4096)
def role(phrase: str) -> Role | None:
    """The role in a phrase such as "the former Israeli prime minister"; None if nothing is left of it."""
    text = re.sub(
        r"^(?:the|an?|now|currently)\s+", "", " ".join(phrase[:LONGEST].replace("’", "'").split()), flags=re.I
    )
    low = text.lower()
    cut = _CUT.search(low)
    core = low[: cut.start()] if cut and cut.start() else low
    owner, own = _owner(core)
    names = _WORD.findall(own)
    if not names:
        return None
    heads, head_words, known = _heads(own, names)
    told = low if owner is None or not _holds_role(owner) else low[low.index(own) :]
    words = _WORD.findall(told)
    country, state = (None, None) if WINNERS.intersection(heads) else _places_in(words, text)
    used = {w for w in words if place(w)} | set(head_words.split()) | _DROPPED
    age = _AGE.search(low)
    if age:
        used.add(age.group())
    return Role(
        text=re.sub(r"\s+([,.])", r"\1", text),
        heads=heads,
        head_words=head_words,
        known=known,
        country=country,
        state=state,
        party=_party_in(words),
        age=age.group(1) if age else None,
        former=not _FORMER.isdisjoint(re.split(r"[\s-]", own)),
        deputy=not _DEPUTY.isdisjoint(re.split(r"[\s-]", own)),
        words=frozenset(re.sub(r"'s$|\.$", "", w) for w in words if w not in used and len(w) > 1),
    )


def _party_in(words: list[str]) -> str | None:
    """ "Lib Dem" before "Dem": a party's name of two words goes before those of one."""
    pairs = (" ".join(pair) for pair in pairwise(words))
    return next((PARTIES[name] for name in (*pairs, *words) if name in PARTIES), None)


def _owner(core: str) -> tuple[str | None, str]:
    """ "the nominee's eldest daughter" -> ("the nominee", "eldest daughter")."""
    *owners, own = _OWNER.split(core)
    return ("'s ".join(owners), own) if owners and own else (None, core)


def _holds_role(words: str) -> bool:
    return any(is_role(w) for w in _WORD.findall(words))


def _heads(own: str, names: list[str]) -> tuple[tuple[str, ...], str, bool]:
    """Keys of the roles at the end of the phrase and of its parts before "and"; the last as written; known or not."""
    key_of = _roles()[0]
    keys: list[str] = []
    last, known = names[-1], False
    for part in re.split(r"\s+and\s+|/", own):
        words = _WORD.findall(part)
        endings = (" ".join(words[i:]) for i in range(max(0, len(words) - 4), len(words)))
        found = next(
            (form for ending in endings for form in (ending, ending.removesuffix("s")) if form in key_of), None
        )
        if found:
            keys.append(key_of[found])
            if key_of[found] == "diplomat" and {"top", "chief"} & set(words):
                keys[-1] = "top diplomat"
            last, known = found, True
    if not known and _AGE.fullmatch(names[-1]):
        return ("person",), names[-1], True
    if not known:
        keys, last = [names[-1]], names[-1]
    elif names[-1].removesuffix("s") not in last and names[-1] not in last:
        known = False
    return tuple(keys), last, known


def _places_in(words: list[str], text: str) -> tuple[str | None, str | None]:
    country = state = None
    if re.search(r"\b(?:US|U\.S\.)(?!\w)", text):
        country = "us"
    for size in (3, 2, 1):
        for i in range(len(words) - size + 1):
            key = place(re.sub(r"'s$", "", " ".join(words[i : i + size])))
            if key and key.startswith("@"):
                state = state or key
            elif (key and key != "us") or (key and words[i] != "us"):
                country = country or key
    return country, state


def fit(description: Role, roles: list[Role]) -> float:
    """How well a description fits a person by the roles that the texts give him; 0.0 if it does not."""
    head = max((_head_fit(description, r) for r in roles), default=0.0)
    if head <= 0 or not agrees(description, roles):
        return 0.0
    own = frozenset().union(*(r.words for r in roles)) | {w for r in roles for w in r.head_words.split()}
    own |= {"state"} if any(r.state for r in roles) else set()  # "the state attorney general" is Michigan's
    facts = sum(
        1 for f in ("country", "state", "party", "age") if getattr(description, f) and _has(roles, f, description)
    )
    shared = sum(1 for w in description.words if _said(w, own))
    if head < FULL_MATCH and description.country and not any(r.country for r in roles):
        head -= UNTOLD
    return max(0.01, head + FACT * facts + WORD * shared - MISSING * (len(description.words) - shared))


def contradicts(description: Role, roles: list[Role]) -> bool:
    """Is one of the roles another calling than the description's ("psychologist" against "striker")?"""
    if not description.known or description.former or description.heads == ("person",):
        return False
    if _OF_CHILDREN.search(description.text):
        return False
    wanted = description.all_heads()
    own = [r.all_heads() for r in roles if r.known and r.head_words not in RANKS and not r.means("candidate")]
    return any(len(kinds) > 1 and kinds - _COLOURLESS and wanted.isdisjoint(kinds - _COLOURLESS) for kinds in own)


def _has(roles: list[Role], fact: str, description: Role) -> bool:
    return any(getattr(r, fact) == getattr(description, fact) for r in roles)


def agrees(description: Role, roles: list[Role]) -> bool:
    """Does nothing that the roles state speak against the description's country, state, party or age?"""
    for fact in ("country", "state", "party", "age"):
        told = {getattr(r, fact) for r in roles} - {None}
        if getattr(description, fact) and told and getattr(description, fact) not in told:
            return False
    return True


def _said(word: str, own: frozenset[str]) -> bool:
    """Is the word among them, itself or as a short form ("fed", "federal")?"""
    return word in own or (
        len(word) > 2 and any(o.startswith(word) or (len(o) > 3 and word.startswith(o)) for o in own)
    )


def _head_fit(description: Role, r: Role) -> float:
    wanted = description.heads[-1]
    if wanted in r.heads or description.head_words == r.head_words:
        score = FULL_MATCH
    elif r.means(wanted):
        score = BROADER
    else:
        return 0.0
    if description.deputy != r.deputy:
        return 0.0
    score -= BORROWED * (r.borrowed and description.country is None)
    return score - (FORMER_MISSED if description.former else FORMER_UNSAID) * (description.former != r.former)


# --- the role to show ---


def fullest(phrases: Sequence[str]) -> str | None:
    """Of role phrases the one that tells most: an office held before one lost, kinship last; then the first."""
    roles = [(phrase, role(phrase)) for phrase in phrases]
    told = [(phrase, r) for phrase, r in roles if r]
    return max(told, key=lambda pair: _told(pair[1]), default=(None, None))[0]


def _told(r: Role) -> tuple[bool, bool, int]:
    return r.heads[-1] not in KIN, not r.former, min(MOST_FACTS, bool(r.country or r.state) + len(r.words))


def clean(phrase: str) -> str:
    """A role phrase without the possessive before it and the clause or sentence behind it."""
    phrase = _CLAUSE.split(_SENTENCE_END.split(phrase)[-1])[0]
    return _POSSESSIVE.sub("", phrase).strip(" ,–-")
