"""A statement within a statement: "according to Blinken, the crown prince wants a path to a state".

The outer statement is Blinken's; its content holds the inner one, whose source is the crown prince. The two are related
by place alone: `actor.name_speakers` gives the inner one's `reported_by` the speaker of the innermost statement whose
content holds the inner one's cue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from briefing.attribution.border import Quoted
from briefing.attribution.lexicon import lexicon
from briefing.attribution.linking import Draft
from briefing.attribution.syntax import SUBJECTS, mention_at, words

HELD = lexicon()["held"]
COMPLEMENTS = {"ccomp", "xcomp", "dobj"}


def inner(drafts: Iterable[Draft], quoted: Quoted, doc: Doc) -> Iterator[Draft]:
    """Drafts for the clauses of saying and wanting at the top of contents, where the model has found none."""
    drafts = list(drafts)
    known = {words(doc, draft.cue).root.i for draft in drafts if draft.cue is not None}
    for draft in drafts:
        if draft.cue is None or len(draft.pieces) > 1 or quoted.kind(draft.pieces) == "direct":
            continue
        content = words(doc, draft.pieces[0])
        top = content.root
        if top.i in known or top.lemma_.lower() not in HELD:
            continue
        yield from inner_at(top, content, draft)


def inner_at(verb: Token, content: Words, draft: Draft) -> Iterator[Draft]:
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS and child.i >= content.start), None)
    complement = next((child for child in verb.rights if child.dep_ in COMPLEMENTS), None)
    if subject is None or complement is None or subject.pos_ not in {"PROPN", "NOUN"}:
        return
    start, end = complement.left_edge, complement.doc[min(complement.right_edge.i, content.end - 1)]
    while end.is_punct and end.i > start.i:
        end = end.nbor(-1)
    if start.i > verb.i and end.i >= start.i:
        cue = verb.idx, verb.idx + len(verb)
        piece = start.idx, end.idx + len(end)
        yield Draft((piece,), cue, mention_at(subject), draft.chance, draft.chance, draft.linked)
