"""Names of persons: their words, and which forms can mean one person."""

from __future__ import annotations

import re
from dataclasses import dataclass

SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
PARTICLES = {"bin", "ibn", "ben", "bint", "al", "el", "van", "von", "der", "den", "de", "del", "della", "di", "da",
             "dos", "du", "la", "le", "st", "ter", "abu", "ap", "af", "zu"}  # fmt: skip
HONORIFICS = {"mr": 1, "sir": 1, "lord": 1, "mrs": -1, "ms": -1, "miss": -1, "lady": -1, "dame": -1, "baroness": -1,
              "king": 1, "queen": -1, "prince": 1, "princess": -1, "pope": 1, "father": 1, "sister": -1, "brother": 1,
              "dr": 0, "prof": 0, "rev": 0, "reverend": 0, "judge": 0, "justice": 0, "fr": 1, "herr": 1, "monsieur": 1,
              "madame": -1, "señor": 1, "sheikh": 1, "emir": 1, "sultan": 1, "imam": 1, "archbishop": 1,
              "canon": 0, "monsignor": 1, "msgr": 1, "ayatollah": 1, "mullah": 1, "marshal": 0, "brigadier": 0,
              "commodore": 0, "corporal": 0, "coun": 0, "cr": 0, "const": 0, "cmdr": 0, "atty": 0, "engr": 0, "barr": 0,
              "amb": 0, "sp": 0, "ssp": 0, "asp": 0, "dsp": 0, "igp": 0, "mec": 0, "shri": 1, "smt": -1, "begum": -1,
              "alhaji": 1, "alhaja": -1, "mallam": 1, "malam": 1, "maulana": 1, "mufti": 1, "dato": 1, "datuk": 1,
              "datin": -1, "encik": 1, "puan": -1, "señora": -1, "frau": -1, "madam": -1}  # fmt: skip
"""Titles that stand before a name, and the gender that they tell: 1 a man's, -1 a woman's, 0 neither."""

FAMILY_FIRST = set(
    """kim park lee choi jung jeong kang cho yoon jang lim han shin seo kwon moon xi li wang zhang liu chen yang zhao
huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song tang deng feng peng nguyen tran pham hun
goh teo koh ong tan chua toh ng yeo khoo cheah loh sim kwok leung cheung
kuo hsu tsai hsieh liao lai ko chiang cheng chou tseng yeh hung chiu hou""".split()
)
"""Family names that stand first in Korean, Chinese and Vietnamese names."""

_NICKNAMES = """alexander alex al sasha; alexandra alex sandra sasha; andrew andy drew; anthony tony; antony tony;
benjamin ben bibi benny; binyamin bibi; catherine cathy kate katie; charles charlie chuck; christopher chris kit;
christine chris; daniel dan danny; david dave; deborah debbie deb; donald don; edward ed eddie ted ned; elizabeth liz
beth betsy betty eliza; frances fran; francis frank; frederick fred; gerald jerry; gregory greg; harold harry; henry
harry hank; james jim jimmy jamie; jennifer jen jenny; john jack johnny jon; jonathan jon; joseph joe; katherine kate
kathy katie; kenneth ken; lawrence larry; leonard len; margaret maggie meg peggy; matthew matt; michael mike mick;
nicholas nick; pamela pam; patricia pat patty trish; patrick pat paddy; peter pete; philip phil; raymond ray; rebecca
becky; richard dick rick rich; robert bob rob bobby; ronald ron; samuel sam; samantha sam; stephen steve; steven steve;
susan sue; terence terry; theodore ted teddy; theresa terry; thomas tom tommy; timothy tim; victoria vicky; vincent
vince; walter walt; william bill will billy"""
_SHORT_OF: dict[str, set[str]] = {}
for _row in _NICKNAMES.replace("\n", " ").split(";"):
    _full, *_shorts = _row.split()
    for _short in _shorts:
        _SHORT_OF.setdefault(_short, set()).add(_full)

_WORD = re.compile(r"\w+(?:['’]\w+)*\.?")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name as words in lower case; honorifics and initials (but for a first one) left out.

    Attributes:
        suffix: "jr", "sr", "ii", ... or "".
    """

    words: tuple[str, ...]
    suffix: str = ""

    @property
    def first(self) -> str:
        return self.words[0]

    @property
    def last(self) -> str:
        return self.words[-1]

    @property
    def surnames(self) -> set[str]:
        """The words by which the person may be called: the last one, and the first of "Goh Boon Huat"."""
        family_first = len(self.words) > 2 and self.first in FAMILY_FIRST
        return {self.last, self.first} if family_first else {self.last}


def person_name(text: str) -> PersonName | None:
    """The name in a text such as "Mr. Daniel R. Field, Jr."; None if no word is left."""
    raw = [w.rstrip(".").lower() for w in _WORD.findall(re.sub(r"['’]s?(?=\W|$)", "", text.replace("-", " ")))]
    while len(raw) > 1 and raw[0] in HONORIFICS:
        raw = raw[1:]
    suffix = raw.pop() if len(raw) > 1 and raw[-1] in SUFFIXES else ""
    words = [w for i, w in enumerate(raw) if len(w) > 1 or i == 0]
    return PersonName(tuple(words), suffix) if words else None


def one_person(a: PersonName, b: PersonName) -> bool:
    """Can two names of two words or more mean one person, by their words alone?"""
    if a.suffix != b.suffix:
        return False
    if a.words == b.words or _contained(a.words, b.words) or _contained(b.words, a.words):
        return True
    goes_by_second = len(a.words) != len(b.words) and min(len(a.words), len(b.words)) > 1
    if goes_by_second and (a.words[1:] == b.words or b.words[1:] == a.words):
        return True  # "Mary Ann Field", "Ann Field"
    return a.last == b.last and _one_forename(a.first, b.first)


def can_mean(short: PersonName, full: PersonName) -> bool:
    """Can a surname, a forename or a part of a name stand for the full name?"""
    if short.suffix and short.suffix != full.suffix:
        return False
    if short.words == full.words:
        return True
    if len(short.words) == 1:
        return short.first in full.words
    if short.first in PARTICLES or full.words[-len(short.words) :] == short.words:
        return _place_of(short.words, full.words) > 0
    return one_person(PersonName(short.words, full.suffix), full)


def _one_forename(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if short == long or (len(short) == 1 and long.startswith(short)):
        return True
    return (len(short) >= 3 and long.startswith(short)) or bool(_SHORT_OF.get(a, {a}) & _SHORT_OF.get(b, {b}))


def _contained(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Is it a start of the other ("Noor bin Tarek", "Noor bin Tarek Al Amin"), or the other without middle words?"""
    if not 2 <= len(part) < len(whole) or part[0] != whole[0]:
        return False
    if part[-1] == whole[-1]:
        return True
    rest = whole[len(part) :]
    return whole[: len(part)] == part and part[-1] not in PARTICLES and rest[0] in PARTICLES


def _place_of(part: tuple[str, ...], whole: tuple[str, ...]) -> int:
    """Where the words stand in a row; -1 if nowhere."""
    rows = range(len(whole) - len(part) + 1)
    return next((i for i in rows if whole[i : i + len(part)] == part), -1)
