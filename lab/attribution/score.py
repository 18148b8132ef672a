"""How well statements agree with annotated ones: direct quotations by exact words, the rest by overlap, and mentions.

The definitions are those of the scorer that the annotated data were prepared with; marks are paired by our own rules.

direct     quoted stretches, trimmed of marks and edge punctuation, the same characters; one of ours inside the quoted
           part of an annotated mixed statement counts neither way
other      mixed and indirect statements as wholes, word Jaccard of 0.5 or more, best pairs first
speech     recall of indirect statements that a verb of speaking introduces
mention    of matched statements that have a source: the source's head word is in ours, or ours is the same word
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.article import Span
from briefing.attribution.quotation import quotations

WORD = re.compile(r"\w+(?:[’'\-.]\w+)*")
DOUBLE = '"“”„«»'
Quote = dict[str, Any]  # spans, kind, speaker_span, speech


@dataclass(frozen=True, slots=True)
class Pairs:
    """Annotated quotes and ours that are the same, direct ones and others."""

    direct: list[tuple[Quote, Quote]]
    other: list[tuple[Quote, Quote]]


def pairs_of(text: str, gold: Sequence[Quote], found: Sequence[Quote]) -> Pairs:
    """`found` has `spans`, `kind` and `speaker_span` (or None)."""
    of_gold, of_ours = (stretches(text, quotes) for quotes in (gold, found))
    same = [(of_gold[span], of_ours[span]) for span in of_gold if span in of_ours]
    used = {id(quote) for _, quote in same}
    rest = [quote for quote in gold if quote["kind"] != "direct"]
    ours = [quote for quote in found if id(quote) not in used]
    words, our_words = ([words_of(text, quote["spans"]) for quote in quotes] for quotes in (rest, ours))
    pairs = best_pairs(len(rest), len(ours), lambda i, j: jaccard(words[i], our_words[j]), 0.5)
    return Pairs(same, [(rest[i], ours[j]) for i, j in pairs])


def tally(text: str, gold: Sequence[Quote], found: Sequence[Quote]) -> Counter[str]:
    """Counts of one article."""
    counts: Counter[str] = Counter()
    pairs = pairs_of(text, gold, found)
    of_gold, of_ours = (stretches(text, quotes) for quotes in (gold, found))
    in_mixed = stretches(text, [quote | {"kind": "direct"} for quote in gold if quote["kind"] == "mixed"])
    aside = [s for s in of_ours if s not in of_gold and any(s[0] < e[1] and e[0] < s[1] for e in in_mixed)]
    counts["direct gold"], counts["direct found"] = len(of_gold), len(of_ours) - len(aside)
    used, hit = ({id(ours) for _, ours in matches} for matches in (pairs.direct, pairs.other))
    loose = [quote for quote in found if id(quote) not in used]
    counts["other found"] = sum(quote["kind"] != "direct" or id(quote) in hit for quote in loose)
    counts["other gold"] = sum(quote["kind"] != "direct" for quote in gold)
    matched = {id(quote) for quote, _ in pairs.other}
    said = [quote for quote in gold if quote["kind"] == "indirect" and quote.get("speech")]
    counts["speech gold"], counts["speech right"] = len(said), sum(id(quote) in matched for quote in said)
    for pool, matches in (("direct", pairs.direct), ("other", pairs.other)):
        counts[f"{pool} right"] = len(matches)
        sourced = [(one, other) for one, other in matches if one.get("speaker_span")]
        counts[f"{pool} mention gold"] = len(sourced)
        counts[f"{pool} mention right"] = sum(same_mention(text, one, other) for one, other in sourced)
    return counts


def figures(counts: Counter[str]) -> dict[str, float]:
    """In per cent."""
    shown = {}
    for pool in ("direct", "other"):
        precision = share(counts[f"{pool} right"], counts[f"{pool} found"])
        recall = share(counts[f"{pool} right"], counts[f"{pool} gold"])
        shown |= {f"{pool} P": precision, f"{pool} R": recall}
        shown[f"{pool} F1"] = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        shown[f"{pool} mention"] = share(counts[f"{pool} mention right"], counts[f"{pool} mention gold"])
    shown["speech R"] = share(counts["speech right"], counts["speech gold"])
    return shown


def share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def stretches(text: str, quotes: Sequence[Quote]) -> dict[Span, Quote]:
    """The quoted stretches of direct statements, cut at marks and line ends, trimmed."""
    cut: dict[Span, Quote] = {}
    pieces = pieces_of(text)
    for quote in (quote for quote in quotes if quote["kind"] == "direct"):
        for start, end in quote["spans"]:
            for match in re.finditer(rf"[^{DOUBLE}\n]+", text[start:end].replace("''", "””")):
                inner = re.search(r"[\w$£€#@](?:.*[\w%])?", match.group(), re.S)
                if inner is not None:
                    offset = start + match.start()
                    span = (offset + inner.start(), offset + inner.end())
                    if 2 * sum(max(0, min(span[1], b) - max(span[0], a)) for a, b in pieces) >= span[1] - span[0]:
                        cut.setdefault(span, quote)
    return cut


def pieces_of(text: str) -> list[Span]:
    """What stands in quotation marks, line by line; the data's kinds do not count doubled single marks as such."""
    text = text.replace("''", "  ")
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    return [piece for found in quotations(text, lines) for piece in found.pieces]


def kind_of(text: str, spans: Sequence[Span]) -> str:
    """direct, mixed or indirect by the share of words in marks, the same for every system."""
    inside = pieces_of(text)
    words = sorted(words_of(text, spans))
    if words and re.match(r"(?:that|if|whether)\b", text[words[0] :], re.I):
        words = words[1:]  # the lead-in belongs to the cue's clause
    quoted = sum(any(start <= place < end for start, end in inside) for place in words)
    return "direct" if words and quoted >= 0.9 * len(words) else "mixed" if quoted else "indirect"


def words_of(text: str, spans: Sequence[Span]) -> set[int]:
    return {match.start() for start, end in spans for match in WORD.finditer(text, start, end)}


def jaccard(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def best_pairs(ones: int, others: int, score: Callable[[int, int], float], least: float) -> list[tuple[int, int]]:
    scored = sorted(((score(i, j), -i, -j) for i in range(ones) for j in range(others)), reverse=True)
    pairs: list[tuple[int, int]] = []
    for value, i, j in scored:
        if value < least:
            break
        if all(-i != a and -j != b for a, b in pairs):
            pairs.append((-i, -j))
    return pairs


def same_mention(text: str, gold: Quote, found: Quote) -> bool:
    if not found.get("speaker_span"):
        return False
    head, ours = (head_of(text[slice(*quote["speaker_span"])]) for quote in (gold, found))
    start = max(gold["speaker_span"][0], found["speaker_span"][0])
    end = min(gold["speaker_span"][1], found["speaker_span"][1])
    return (start < end and head in text[start:end].lower()) or head == ours


def head_of(mention: str) -> str:
    """Roughly: the last word before a comma, a preposition or a relative clause."""
    core = re.split(r"[,(;:—–]|\s(?:who|whose|which|that|of|for|in|at|from|with|on|to|and|near|by|as)\s", mention)[0]
    words = WORD.findall(core or mention)
    return re.sub(r"['’]s?$", "", words[-1]).lower() if words else ""
