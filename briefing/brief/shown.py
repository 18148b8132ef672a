"""How the index's rows read: the lines of a statement, a position, a passage and a source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from briefing.article import Article, Passage, Span, hull
from briefing.brief.options import action, quoted
from briefing.card import Action, Entry, Line, Part, Question, Words
from briefing.index import Evidence, Index, Report, Said, Stand
from briefing.paging import shortened
from briefing.typed_names import TITLES, folded
from briefing.weights import HEADLINE, NAME, OUTLET

OPENING = "\"'“‘„«‹`"
CLOSING = "\"'”’“»›`,.?!…"
ALSO = 3  # other articles named that print the same words

BESIDE = re.compile(r"[ \w]{0,4}")  # what may part two pieces of an attribution that are shown as one: " in "

RUNS_ON = re.compile(r"\s+(?:that\s+)?")  # what may part a cue and the clause that it runs into

HOW_REPORTED = {"thought": "reported to think or plan", "refusal": "would not say", "document": "in writing"}
UNSURE = "probably theirs"

PRONOUNS = frozenset("he she it they who which that i we his her its their".split())  # that by themselves name nobody
FUNCTION = frozenset("a an the one some two its their his her".split())
LITTLE = FUNCTION | frozenset("in at on to by of then just".split())  # words that by themselves say nothing
LED_INTO = re.compile(r"\b(?:to|of|by|for|from)$", re.IGNORECASE)  # a cue that is nothing without what follows
PREPOSITION = re.compile(r"(?:according|as|by|for|from|in|to)\b", re.IGNORECASE)  # what opens a cue that is no verb
TOWARDS = re.compile(r"\b(?:to|before|with)\s+$", re.IGNORECASE)  # what may stand before an addressee


# Sources


def day(iso: str | None) -> str:
    """A date as people write it ("7 Feb 2024"), as long as its precision."""
    if not iso:
        return "no date"
    if len(iso) == 4:
        return iso
    known = date.fromisoformat(iso if len(iso) == 10 else f"{iso}-01")
    month = f"{known:%b} {known.year}"
    return month if len(iso) == 7 else f"{known.day} {month}"


def report_label(report: Report, *, headline: bool = True) -> str:
    """Outlet, date and title of an article; its file's name where it has no title."""
    parts = [shortened(report.outlet, OUTLET)] if report.outlet else []
    parts.append(day(report.published))
    if headline:
        parts.append(shortened(report.title or report.name, HEADLINE))
    return " · ".join(parts)


def source_line(report: Report, *, headline: bool = True) -> Line:
    return Line((report_label(report, headline=headline),), "source")


def in_a_sentence(name: str) -> str:
    """A name within a line of ours; one that is a common noun ("union") in quotation marks."""
    return shortened(name) if name[:1].isupper() else quoted(name)


def name_label(name: str, role: str | None = None) -> str:
    return shortened(f"{name}, {role}" if role else name, NAME)


# Passages


def words(article: Article, span: Span, marks: Iterable[Span] = ()) -> Words:
    return Words(article.passage(*span), tuple(marks))


def around_action(index: Index, report: int, span: Span) -> Action:
    """The button that shows the sentences around a place."""
    passage = index.article(report).passage(*span)
    place = f"{report}:{span[0]}:{span[1]}:{fingerprint(passage)}"
    return action("In context", Question("around", (("at", place),)))


def fingerprint(passage: Passage) -> str:
    """A few characters that change with the passage, so that an old button shows no other words than it promised."""
    return hashlib.sha256(passage.text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def passage_entry(index: Index, report: Report, span: Span, marks: Iterable[Span] = ()) -> Entry:
    """A passage with its source."""
    article = index.article(report.id)
    lines = (Line((words(article, span, marks),), "passage"), source_line(report))
    return Entry(lines, (around_action(index, report.id, span),))


# Statements


def statement_entry(index: Index, said: Said, *, named: bool = False) -> Entry:
    """A statement: its words, how the article attributes them, and the article.

    Args:
        named: Whether the entry names the speaker (a list of one speaker's statements need not).
    """
    article, report = index.article(said.report), index.report(said.report)
    lines = [speaker_line(said)] if named else []
    lines.append(words_line(article, said))
    attribution = attribution_line(article, said)
    lines += [attribution] if attribution.parts else []
    if report:
        lines.append(source_line(report))
    if said.also:
        lines.append(also_line(index, said))
    return Entry(tuple(lines), (around_action(index, said.report, hull(said.content)),))


def speaker_line(said: Said) -> Line:
    speaker = name_label(said.speaker, said.role) if said.speaker else "The article does not name the speaker"
    return Line((speaker,), "heading")


def words_line(article: Article, said: Said) -> Line:
    """The words themselves: quoted ones with their marks, a reported clause with the cue that it hangs on."""
    if said.kind == "direct":
        pieces = [with_marks(article.text, piece) for piece in said.content]
    else:
        lead = leading(article, said)
        pieces = [((lead or said.content[0])[0], said.content[0][1]), *said.content[1:]]
    parts: list[Part] = []
    for piece in pieces:
        inside = said.kind != "direct" and said.cue and piece[0] <= said.cue[0] < said.cue[1] <= piece[1]
        parts += [" … "] if parts else []
        parts.append(words(article, piece, [said.cue] if inside and said.cue else []))
    return Line(tuple(parts), "quote" if said.kind == "direct" else "reported")


def with_marks(text: str, span: Span) -> Span:
    """The span with the quotation marks right beside it."""
    start, end = span
    while start > 0 and text[start - 1] in OPENING and span[0] - start < 2:
        start -= 1
    while end < len(text) and text[end] in CLOSING and end - span[1] < 3:
        end += 1
    return start, end


def attribution_line(article: Article, said: Said) -> Line:
    """How sure we are, and the source, the cue, to whom, where and when as the article prints them."""
    pieces: list[tuple[Part, ...]] = []
    if not said.sure:
        pieces.append((UNSURE,))
    if said.act in HOW_REPORTED:
        pieces.append((HOW_REPORTED[said.act],))
    pieces += printed_attribution(article, said)
    if said.reported_by:
        pieces.append((f"according to {shortened(said.reported_by, NAME)}",))
    return Line(_joined(pieces), "text")


def printed_attribution(article: Article, said: Said) -> Iterator[tuple[Part, ...]]:
    """The attribution in text order, but for what `words_line` shows with the words."""
    lead = leading(article, said)
    for stretch in attribution_stretches(article, said):
        if stretch == lead:
            continue
        head = (frame_of(article, stretch),) if stretch == said.source else ()
        date = (f" ({day(said.date)})",) if said.date and _tells_when(said, stretch) else ()
        yield (*head, words(article, stretch), *date)


def frame_of(article: Article, source: Span) -> str:
    """What stands before a source as printed; "A spokeswoman for …" opens a sentence and cannot go on after "as"."""
    first = article.text[slice(*source)].split()[0]
    return "printed as: " if first[0].isupper() and first.lower() in FUNCTION else "as "


def attribution_stretches(article: Article, said: Said) -> list[Span]:
    """Source, cue, addressee, place and time in text order; side by side they are one ("she told them in Doha").

    What says nothing is left out: a name that the card gives, a pronoun far from its cue, "according to" alone.
    """
    source = said.source if tells_source(article, said) else None
    cue = None if source is None and leads_to_source(article, said) else said.cue
    stretches: list[Span] = []
    spans = (source, cue, towards(article, said.addressee), said.where, said.when)
    for start, end in sorted(span for span in spans if span):
        if stretches and BESIDE.fullmatch(article.text[stretches[-1][1] : start]):
            start, end = stretches[-1][0], max(end, stretches.pop()[1])
        stretches.append((start, end))
    return [one for one in stretches if set(re.findall(r"\w+", article.text[slice(*one)].lower())) - LITTLE]


def leads_to_source(article: Article, said: Said) -> bool:
    """Whether the cue is nothing without its source: "according to", "came from"; not "Bell called for"."""
    cue = article.text[slice(*said.cue)] if said.cue else ""
    follows = said.source is None or said.cue is None or said.cue < said.source
    return LED_INTO.search(cue) is not None and (follows or PREPOSITION.match(cue) is not None)


def tells_source(article: Article, said: Said) -> bool:
    """Whether the source as printed is worth showing beside the speaker's name."""
    if said.source is None:
        return False
    beside = said.cue is not None and _beside(article, said.cue, said.source)
    if said.cue and beside and said.cue < said.source and LED_INTO.search(article.text[slice(*said.cue)]):
        return True  # "according to Khan"
    if article.text[slice(*said.source)].lower() in PRONOUNS:
        return beside
    return not printed_by_name(article, said)


def _beside(article: Article, one: Span, other: Span) -> bool:
    first, second = sorted((one, other))
    return BESIDE.fullmatch(article.text[first[1] : max(first[1], second[0])]) is not None


def towards(article: Article, addressee: Span | None) -> Span | None:
    """The addressee with its preposition, if one is printed before it ("To Israelis")."""
    if addressee is None:
        return None
    start, end = addressee
    found = TOWARDS.search(article.text, max(0, start - len("before") - 2), start)
    return (found.start(), end) if found else addressee


def leading(article: Article, said: Said) -> Span | None:
    """The stretch that runs into a reported clause ("has rejected | the terms"), which without it is no sentence."""
    if said.kind == "direct" or said.cue is None:
        return None
    for stretch in attribution_stretches(article, said):
        runs_on = RUNS_ON.fullmatch(article.text[stretch[1] : max(stretch[1], said.content[0][0])])
        if runs_on and stretch[0] <= said.cue[0] < stretch[1] and not _tells_when(said, stretch):
            return stretch
    return None


def _tells_when(said: Said, stretch: Span) -> bool:
    return said.when is not None and stretch[0] <= said.when[0] < stretch[1]


def _joined(pieces: list[tuple[Part, ...]]) -> tuple[Part, ...]:
    joined: list[Part] = []
    for piece in pieces:
        joined += [" · ", *piece] if joined else piece
    return tuple(joined)


def printed_by_name(article: Article, said: Said) -> bool:
    """Whether the source as printed is the speaker's name or part of it, with no more than a title or the role."""
    if said.speaker is None or said.source is None:
        return False
    printed = folded(article.text[said.source[0] : said.source[1]]).split()
    name, role = folded(said.speaker).split(), folded(said.role or "").split()
    return bool(printed) and printed[-1] in name and set(printed) <= {*name, *role, *TITLES}


def also_line(index: Index, said: Said) -> Line:
    """Which other articles print the same words."""
    others = [report for other in said.also[:ALSO] if (report := index.report(other))]
    more = f" and {len(said.also) - ALSO} more" if len(said.also) > ALSO else ""
    return Line(("also: " + "; ".join(report_label(other, headline=False) for other in others) + more,), "source")


# Positions


def evidence_line(article: Article, evidence: Evidence) -> Line:
    """The evidence, whole and as it is printed, with the cue in bold; dots stand for what is left out between."""
    passages: list[Span] = []
    for start, end in sorted(evidence.passages):
        if passages and not article.text[passages[-1][1] : start].strip():
            start, end = passages[-1][0], max(end, passages.pop()[1])
        passages.append((start, end))
    parts: list[Part] = []
    for start, end in passages:
        parts += [" … "] if parts else []
        inside = start <= evidence.cue[0] and evidence.cue[1] <= end
        parts.append(words(article, (start, end), [evidence.cue] if inside else []))
    return Line(tuple(parts), "passage")


def stand_entry(index: Index, stand: Stand, opening: Sequence[Line]) -> Entry:
    """A position under its opening lines: evidence, condition, who reports it, and the source."""
    article, report, evidence = index.article(stand.report), index.report(stand.report), index.evidence(stand.id)
    lines = [*opening, evidence_line(article, evidence)]
    if evidence.condition:
        lines.append(Line(("on condition: ", words(article, evidence.condition))))
    if evidence.reported_by:
        lines.append(Line((f"according to {shortened(evidence.reported_by, NAME)}",)))
    if report:
        lines.append(source_line(report))
    return Entry(tuple(lines), (around_action(index, stand.report, evidence.passages[0]),))
