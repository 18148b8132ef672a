"""Which sentences of an article can stand in a summary, and which of them hang on the sentence before, by their text.

A ranking is made from an index without a language model, so nothing here loads one.
"""

from __future__ import annotations

import re

from briefing.furniture import kind_of

# What can be shown ---------------------------------------------------------------------------------------------------

FEWEST, MOST = 6, 75  # words; what is shorter is a fragment, what is longer a list or a speech


def is_usable(text: str) -> bool:
    """A whole sentence of a sensible length that is the article's own prose, asks nothing and keeps its marks."""
    bare = text.strip()
    return (
        FEWEST <= len(bare.split()) <= MOST
        and bool(END.search(bare))
        and not bare.rstrip("\"”’') ").endswith("?")
        and not bare.endswith(("...", "…"))
        and not bare[0].islower()
        and is_balanced(bare)
        and kind_of(bare) is None
        and not _PAGE.search(bare)
        and not _FIRST_PERSON.search(unquoted(bare))
    )


def is_balanced(text: str) -> bool:
    """Every quotation mark and bracket has its partner; an apostrophe is none."""
    pairs = (("“", "”"), ("(", ")"), ("[", "]"), ("«", "»"))
    paired = all(text.count(opening) == text.count(closing) for opening, closing in pairs)
    return paired and text.count('"') % 2 == 0 and not _OPEN_SINGLE.search(text)


def unquoted(text: str) -> str:
    """The text without what its quotation marks hold."""
    return _QUOTED.sub(" ", text)


END = re.compile(r"[.!?…][\"”’')\]]*$")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)‘[^’]*(?:’\w[^’]*)*’(?!\w)")
_OPEN_SINGLE = re.compile(r"(?:^|[\s(“])‘(?=\w)(?!(?:em|til|tis|twas|cause|n|\d0s)\b)(?![^’]*(?:’\w[^’]*)*’(?!\w))")
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|my|me|myself)\b(?!\.)(?! [A-Z])")
_PAGE = re.compile(
    r"\b(?:rush transcript|privacy policy|terms of (?:use|service)|will not be displayed|click here|"
    r"sign up (?:for|to)|on this page|contributed\s+to\s+this\s+(?:report|story|article)|"
    r"(?:photo|image) (?:gallery|caption)|special to cnn|"
    r"aired (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d{1,2})\b"
    r"|</?\w+>|^[—–-]|^(?:watch|last updated|photos?|follow|update \d|pictured)\b"
    r"|^(?:by )+(?-i:[A-Z][\w.'’-]+ [A-Z][\w.'’-]+)",
    re.IGNORECASE,
)

# What hangs on the sentence before -----------------------------------------------------------------------------------


def is_loose(text: str) -> bool:
    """A sentence that hangs on the one before it.

    By its first words ("But", "The two"), by a connective behind its subject ("Bell, by contrast,"), by a pronoun with
    no name before it ("On Monday he ruled it out"), by pointing back ("those strikes"), or as a quotation whose
    speaker is a pronoun ("it said", "said her lawyer") or is not given at all.
    """
    bare = text.strip().lstrip("\"“”‘’'([–—- ")
    own = unquoted(text).lstrip(" ,")
    return bool(
        (_OPENER.match(bare) and not _DUMMY.match(bare))
        or _POINTER.search(own[:OPENING])
        or _CONNECTIVE.match(own)
        or _lacks_its_name(own)
        or _lacks_its_plural(own)
        or (_is_quoted_first(text) and _SAID_BY_PRONOUN.match(own))
        or is_only_quoted(text)
    )


def is_only_quoted(text: str) -> bool:
    """A quotation without a word of who said it."""
    return _is_quoted_first(text) and len(re.findall(r"\w+", unquoted(text))) < 2


def _is_quoted_first(text: str) -> bool:
    return text.lstrip()[:1] in ("“", '"', "‘")


_OPENER = re.compile(
    r"(?:he|she|it|they|this|that|these|those|his|her|hers|its|their|theirs|him|them|"
    r"such|both|neither|either|another|others?|here|there|"
    r"but|and|so|or|nor|yet|however|meanwhile|also|still|then|moreover|instead|nevertheless|nonetheless|"
    r"therefore|thus|hence|furthermore|additionally|afterwards?|later|otherwise|likewise|similarly|besides|"
    r"consequently|accordingly|rather|indeed|"
    r"for example|for instance|in addition|as a result|in contrast|by contrast|on the other hand|in other words|"
    r"in turn|in response|at the time|at the same time|that said|of course|in fact|even so|even then|"
    r"after (?:that|all)|since then|until then|more importantly|what['’]s more|above all|to that end|as such|"
    r"among them|(?:one|most|some|many|all|none|each|two|three) of (?:them|these|those)|"
    r"the (?:former|latter|two|pair|trio|duo|same|others?|move|decision|incident|practice|trend|news|"
    r"comments?|remarks?|finding|announcement))\b",
    re.IGNORECASE,
)
_DUMMY = re.compile(
    r"it (?:is|was|'s|’s) (?:not )?(?:clear|unclear|possible|likely|unlikely|important|estimated)\b|"
    r"there (?:is|are|was|were|has been|have been|will be)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:the|an?|and|people|men|women|children|police|many|most|some|every\w*|if|when|who)\b", re.IGNORECASE
)
_PERSON = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_NOUN_PHRASE = re.compile(r"(?:the|an?|one|every|each)\b", re.IGNORECASE)
_CAPITALISED = re.compile(r"\b[A-Z][\w’'-]*[a-z]")
_NO_NAMES = frozenset(
    """
    about according after all although and around as asked at because before by despite during earlier even for from
    if in instead into just last like many more most much not now on once only over since some somehow then through
    to two under until upon what when where while with without starting they their
    monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december
    """.split()
)
_SAID_BY_PRONOUN = re.compile(
    r"(?:(?:said|says|added|according to) )?(?:he|she|they|it|his|her|their|its|him|them)\b", re.IGNORECASE
)
_POINTER = re.compile(
    r"\b(?:those|these|such an?) (?!who\b|of\b|in\b|with\b|whose\b|days\b)[a-z]+"
    r"|\b(?:doing|changing|about|after|before|behind|by|for|from|like|of|on|with) (?:that|this)[,.]",
    re.IGNORECASE,
)
_THEIRS = re.compile(r"(?:(?:this|is|was|its|[\w’'-]*[^\Ws])\W+){0,4}(?:they|their)\b", re.IGNORECASE)
_CONNECTIVE = re.compile(
    r"[^,]{1,40}, (?:however|by contrast|meanwhile|instead|in turn|therefore|then|likewise|too|though|nevertheless|"
    r"for (?:his|her|its|their) part),"
)
OPENING = 80  # characters of a sentence in which a pronoun or a pointer looks back


def _lacks_its_name(own: str) -> bool:
    """ "On Monday he ruled it out": he or she, and nobody before whom it could mean."""
    person = _PERSON.search(own[:OPENING])
    if person is None or _NOUN_PHRASE.match(own):
        return False
    before = own[: person.start()]
    return len(before.split()) <= 6 and not _names_somebody(before)


def _lacks_its_plural(own: str) -> bool:
    """ "Starting this week, their stories are told": they or their, and nobody before whom it could mean."""
    found = _THEIRS.match(own)
    return found is not None and not (_SEVERAL.search(found[0]) or _names_somebody(found[0]))


def _names_somebody(opening: str) -> bool:
    return any(m[0].lower() not in _NO_NAMES for m in _CAPITALISED.finditer(opening))
