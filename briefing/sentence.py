"""Which sentences of an article can stand in a summary by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from briefing.article import Article, Span
from briefing.furniture import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from briefing.attribution.statement import Statement

FEWEST, MOST = 6, 70  # words; shorter ones are fragments, longer ones are lists or speeches


def passages_of(article: Article, doc: Doc, statements: Sequence[Statement]) -> list[Span]:
    """The usable passages of an article in text order.

    A passage is a sentence, or the sentences that one quotation joins; a sentence with a part of a quotation whose other
    part or whose attribution is elsewhere is left out, unless the sentence before it attributes it.
    """
    units = [unit for paragraph in _by_paragraph(article, doc) for unit in whole(article.text, paragraph)]
    orphaned = set(_orphans(units, statements))
    return [unit for i, unit in enumerate(units) if i not in orphaned and is_usable(article.text[unit[0] : unit[1]])]


def is_usable(text: str) -> bool:
    """A whole sentence of a sensible length that is prose, no question, and keeps its marks."""
    bare = text.strip()
    return (
        FEWEST <= len(bare.split()) <= MOST
        and bool(_END.search(bare))
        and not bare.rstrip("\"”’') ").endswith("?")
        and not bare[0].islower()
        and is_balanced(bare)
        and kind_of(bare) is None
        and not _ADDRESSES_READER.search(bare)
    )


def is_balanced(text: str) -> bool:
    """Every quotation mark and bracket has its partner; an apostrophe is none."""
    return (
        text.count('"') % 2 == 0
        and text.count("“") == text.count("”")
        and text.count("(") == text.count(")")
        and text.count("[") == text.count("]")
        and text.count("«") == text.count("»")
        and not _OPEN_SINGLE.search(text)
    )


def is_loose(text: str) -> bool:
    """A sentence that hangs on the one before it: by its first word, a pronoun without its name, a quotation without a speaker."""
    bare = text.strip().lstrip("\"“”‘’'([–—- ")
    if _OPENER.match(bare) and not _DUMMY.match(bare):
        return True
    return is_only_quoted(text) or _pronoun_before_name(bare)


def is_only_quoted(text: str) -> bool:
    """A quotation without a word of who said it."""
    if not re.match(r"\s*[\"“‘]", text):
        return False
    outside = re.sub(r"“[^”]*”|\"[^\"]*\"|(?<!\w)‘.*?’(?!\w)", " ", text)
    return len(re.findall(r"\w+", outside)) < 2


# Loose openers -------------------------------------------------------------------------------------------------------

_OPENER = re.compile(
    r"(?:he|she|it|they|this|that|these|those|his|her|hers|its|their|theirs|him|them|such|both|neither|either|another|others|here|there|"
    r"but|and|so|or|nor|yet|however|meanwhile|also|still|then|moreover|instead|nevertheless|nonetheless|therefore|thus|hence|furthermore|"
    r"additionally|afterwards?|later|earlier|otherwise|likewise|similarly|besides|consequently|accordingly|rather|indeed|"
    r"for example|for instance|in addition|as a result|in contrast|by contrast|on the other hand|in other words|in turn|in response|"
    r"at the time|at the same time|that said|of course|in fact|even so|even then|after that|since then|until then|among them|"
    r"one of them|most of them|some of them|all of them|none of them|the (?:former|latter|two|pair|trio|duo|same|other|others|move|"
    r"decision|incident|news|comments?|remarks?|statement|announcement|findings?|report|attack|results?|latter's))\b",
    re.IGNORECASE,
)
_DUMMY = re.compile(
    r"(?:it (?:is|was|'s|’s) (?:not )?(?:clear|unclear|possible|likely|unlikely|important|estimated)|"
    r"there (?:is|are|was|were|has been|have been|will be)\b)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|hers|they|their|them)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<![.!?] )\b[A-Z][\w.’'-]+")
_NOT_A_NAME = re.compile(
    r"(?:I|I['’]\w+|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August|September|October|November|December|Mr|Mrs|Ms|Dr"
)
_ADDRESSES_READER = re.compile(r"\b(?:click here|sign up|subscribe|follow us|read more|watch the video|this newsletter)\b", re.IGNORECASE)
_END = re.compile(r"[.!?…][\"”’')\]]*$")
_OPEN_SINGLE = re.compile(r"(?:^|[\s(“])‘(?=\w)(?!(?:em|til|tis|twas|cause|n|\d0s)\b)(?!.*\S’(?!\w))", re.DOTALL)


def _pronoun_before_name(text: str) -> bool:
    """ "On Monday he ruled it out": a person's pronoun with no name or noun before it that it could mean."""
    pronoun = _PRONOUN.search(text[:60])
    if not pronoun:
        return False
    before = text[: pronoun.start()]
    names = [m for m in _NAME.finditer(before) if m.start() > 0 and not _NOT_A_NAME.match(m[0])]
    return not names and len(before.split()) <= 3


# Sentences of the parse ----------------------------------------------------------------------------------------------


def _by_paragraph(article: Article, doc: Doc) -> Iterator[list[Span]]:
    """The sentences of each paragraph, without the white space around them."""
    sentences = iter(_trimmed(article.text, ((s.start_char, s.end_char) for s in doc.sents)))
    current = next(sentences, None)
    for start, end in article.paragraphs:
        inside = []
        while current and current[0] < end:
            if current[0] >= start:
                inside.append((current[0], min(current[1], end)))
            current = next(sentences, None)
        yield inside


def _trimmed(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    for start, end in spans:
        piece = text[start:end]
        bare = piece.strip()
        if bare:
            start += len(piece) - len(piece.lstrip())
            yield start, start + len(bare)


def whole(text: str, sentences: Sequence[Span]) -> Iterator[Span]:
    """Sentences joined where a quotation runs over their border, or where the parser cut one in two."""
    start: int | None = None
    for i, (begin, end) in enumerate(sentences):
        start = begin if start is None else start
        following = text[sentences[i + 1][0]] if i + 1 < len(sentences) else ""
        if following and (following.islower() or following in ",;:)”" or not _closed(text[start:end])):
            continue
        yield start, end
        start = None


def _closed(text: str) -> bool:
    return bool(_END.search(text) or text.endswith(":")) and is_balanced(text)


def _orphans(units: Sequence[Span], statements: Sequence[Statement]) -> Iterator[int]:
    """Passages with a quotation whose attribution neither they nor the one before them holds."""
    for statement in statements:
        if statement.kind == "indirect":
            continue
        said = _touched(units, statement.content)
        named = _touched(units, [span for span in (statement.source, statement.cue) if span])
        for i in said:
            if named and not {i, i - 1} & named:
                yield i


def _touched(units: Sequence[Span], spans: Iterable[Span]) -> set[int]:
    return {i for start, end in spans for i, unit in enumerate(units) if unit[0] < end and start < unit[1]}
