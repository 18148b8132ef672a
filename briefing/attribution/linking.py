"""Which contents, cues and sources make one statement."""
from dataclasses import dataclass
from briefing.article import Span
from briefing.attribution.tagger import Tagged

@dataclass
class Draft:
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    chance: float

def linked(tagged: Tagged) -> list[Draft]:
    groups: dict[int, list[int]] = {}
    for i, c in enumerate(tagged.contents):
        firsts = {k: v for k, v in c.firsts.items() if k is not None}
        root = max(firsts, key=firsts.get) if firsts else i
        root = root if root in groups else i
        groups.setdefault(root, []).append(i)
    out = []
    for root, members in groups.items():
        c = tagged.contents[root]
        cue = max(c.cues, key=c.cues.get) if c.cues else None
        src = max(c.sources, key=c.sources.get) if c.sources else None
        if cue is not None:
            k = tagged.cues[cue]
            s2 = max(k.sources, key=k.sources.get) if k.sources else None
            src = s2 if s2 is not None else src
        span = lambda l, i: None if i is None else (l[i].start, l[i].end)
        out.append(Draft(tuple(span(tagged.contents, m) for m in members), span(tagged.cues, cue), span(tagged.sources, src), c.chance))
    return out
