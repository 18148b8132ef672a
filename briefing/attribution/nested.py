"""A statement within a statement: "according to Blinken, the crown prince wants a path to a state".

The outer statement is Blinken's; its content holds the inner one, whose source is the crown prince. The two are related
by place alone: `actor.name_speakers` gives the inner one's `reported_by` the speaker of the innermost statement whose
content holds the inner one's cue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from briefing.article import Span
from briefing.attribution.act import is_speech
from briefing.attribution.border import Quoted
from briefing.attribution.linking import Draft
from briefing.attribution.syntax import SUBJECTS, mention_at, words

HELD = {"hope", "plan", "refuse", "say", "tell", "want"}  # others cost more precision than they gain
COMPLEMENTS = ("ccomp", "xcomp", "dobj")  # what is said rather than to whom: "told aides that"


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
    complements = [child for child in verb.rights if child.dep_ in COMPLEMENTS]
    complement = min(complements, key=lambda child: COMPLEMENTS.index(child.dep_), default=None)
    if subject is None or complement is None or subject.pos_ not in {"PROPN", "NOUN"}:
        return
    start, end = complement.left_edge, complement.doc[min(complement.right_edge.i, content.end - 1)]
    while end.is_punct and end.i > start.i:
        end = end.nbor(-1)
    if start.i > verb.i and end.i >= start.i:
        cue = verb.idx, verb.idx + len(verb)
        piece = start.idx, end.idx + len(end)
        yield Draft((piece,), cue, mention_at(subject), draft.chance, draft.chance, draft.linked)


def other_speakers(draft: Draft, quoted: Quoted, doc: Doc) -> Iterator[Draft]:
    """A draft, and those for other speakers in its sentence whose clauses the model took for its own.

    "The diplomat said that X, but the prince made clear that Y": the second verb of saying is joined to the first, or
    to the verb of its content, and has a subject and a clause of its own.
    """
    if draft.cue is not None and quoted.kind(draft.pieces) != "direct":
        cue = words(doc, draft.cue).root
        for start, end in draft.pieces:
            content = words(doc, (start, end))
            tops = {cue, content.root}
            for verb in content:
                joined = verb.dep_ == "conj" and any(verb.head == top or top in verb.head.children for top in tops)
                if joined and verb.i > content.root.i and (found := clause_of(verb, end, draft)) is not None:
                    first = verb.left_edge
                    before = [token for token in content if token.i < first.i]
                    while before and ((before[-1].is_punct and not before[-1].is_quote) or before[-1].dep_ == "cc"):
                        before.pop()
                    if before:
                        whole = (start, before[-1].idx + len(before[-1]))
                        draft.pieces = tuple(whole if piece == (start, end) else piece for piece in draft.pieces)
                        yield found
                    break
    yield draft


def apart(drafts: Sequence[Draft], doc: Doc) -> None:
    """Ends contents before the cue of another statement that is joined to their own cue ("said X and added Y")."""
    cues = [(words(doc, draft.cue).root, draft) for draft in drafts if draft.cue is not None]
    for verb, other in cues:
        if verb.dep_ not in {"conj", "advcl"}:
            continue
        for cue, draft in cues:
            piece = next(((start, end) for start, end in draft.pieces if start < verb.idx < end), None)
            if piece is None or draft is other or other.start < verb.idx:
                continue
            if verb.head in {cue, words(doc, piece).root}:
                cut(draft, piece, min(verb.left_edge, verb, key=lambda token: token.i))


def cut(draft: Draft, piece: Span, first: Token) -> bool:
    """Ends a piece before a word, and the conjunction and comma before that; False if nothing would be left."""
    before = [token for token in words(first.doc, piece) if token.i < first.i]
    while before and ((before[-1].is_punct and not before[-1].is_quote) or before[-1].dep_ in {"cc", "mark"}):
        before.pop()
    if not before:
        return False
    shorter = (piece[0], before[-1].idx + len(before[-1]))
    draft.pieces = tuple(shorter if one == piece else one for one in draft.pieces)
    return True


def clause_of(verb: Token, end: int, draft: Draft) -> Draft | None:
    """The statement of a verb of saying with a subject and a clause of its own, up to character `end`."""
    subject = next((child for child in verb.lefts if child.dep_ in SUBJECTS), None)
    clause = next((token for token in verb.subtree if token.dep_ == "ccomp" and token.pos_ in {"VERB", "AUX"}), None)
    predicate = any(token.i == verb.i + 1 and token.pos_ in {"ADJ", "ADP"} for token in verb.rights)  # "made clear"
    cue = verb.doc[verb.i : verb.i + 1 + predicate]
    if subject is None or clause is None or not is_speech(cue):
        return None
    start = cue[-1].nbor(1)
    return Draft(((start.idx, end),), (cue.start_char, cue.end_char), mention_at(subject), *scores(draft))


def scores(draft: Draft) -> tuple[float, float, float]:
    return draft.chance, draft.cue_chance, draft.linked
