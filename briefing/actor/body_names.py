"""The bodies that an article names: by their whole names, and by what is short for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.actor.description import ANY_BODY_WORD
from briefing.actor.entity import Entity
from briefing.actor.forename import is_common, is_forename
from briefing.actor.mention import Found
from briefing.actor.role import place
from briefing.actor.vocabulary import BODY_WORDS

PLACES = {"GPE", "LOC", "FAC", "NORP"}
NO_SHORT_FORMS = {"house"}  # ends many a body's name and stands for none
_COUNTRY = re.compile(r"^(?:U\.S\.|US|U\.K\.|UK) ")  # of which initials take no account


class BodyNames:
    """Bodies in the order in which they were added."""

    def __init__(self) -> None:
        self._by_name: dict[str, Entity] = {}
        self._by_form: dict[str, Entity] = {}

    def named(self, text: str) -> tuple[Entity, bool]:
        """The body of exactly that name, and whether it is new."""
        known = self._by_name.get(text.lower())
        return known or self._by_name.setdefault(text.lower(), Entity(text, "organisation")), known is None

    def found(self, f: Found) -> tuple[Entity, bool]:
        """The body that a name means, by a short form too, and whether it is new."""
        text = re.sub(r"^(?:the|The)\s+", "", f.text)
        low = text.lower().rstrip(".")
        known = self._by_name.get(low) or (self._by_form.get(low) if self._may_be_short(f, low) else None)
        if known is not None:
            return known, False
        body = Entity(text, "group" if f.label == "NORP" else "organisation")
        body.place = f.label in PLACES or place(low) is not None
        self._by_name[low] = body
        for form in _short_forms(text) if f.label == "ORG" else ():
            self._by_form.setdefault(form, body)
        return body, True

    def knows(self, text: str) -> bool:
        return text.lower() in self._by_name or self.knows_short(text)

    def knows_short(self, text: str) -> bool:
        return text.lower() in self._by_form

    def _may_be_short(self, f: Found, low: str) -> bool:
        """Not what the language model takes for a place or people, unless it alone does ("Orrin" of "Orrin Foods")."""
        if f.label not in PLACES or " " in low:
            return True
        body = self._by_form.get(low)
        return place(low) is None and body is not None and body.name.lower().startswith(f"{low} ")


def _short_forms(text: str) -> Iterator[str]:
    """Initials, what stands before "for" or "of", the last words, the first; in lower case, and no places."""
    text = _COUNTRY.sub("", text)
    words = re.findall(r"[\w&]+", text)
    opening = re.split(r" (?:for|of|on) ", text)[0]
    forms = ["".join(word[0] for word in words if word[0].isupper()), *([opening] if " " in opening else [])]
    if " " in text and text.split()[-1] in ANY_BODY_WORD:
        forms.append(text.rpartition(" ")[0])  # "the al-Watan newspaper"
    if len(words) > 1:
        forms += [words[-1], " ".join(words[-2:]), *([words[0]] if _can_stand_alone(words) else [])]
    for form in map(str.lower, forms):
        if len(form) > 1 and form not in NO_SHORT_FORMS and not place(form):
            yield form


def _can_stand_alone(words: list[str]) -> bool:
    """Does a body go by the first word of its name? A rare forename counts where a word for a body ends the name."""
    is_firm = words[-1].lower() in BODY_WORDS and not is_common(words[0])
    return (is_firm or not is_forename(words[0])) and words[0].lower() not in BODY_WORDS
