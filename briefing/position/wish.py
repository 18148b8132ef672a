"""What somebody wants, urges or says must be: the side is taken on what would come of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from briefing.position.attitude import Attitude, Target, taken
from briefing.position.frame import framed, infinitive, is_due
from briefing.position.grammar import (
    MUST,
    clause_of,
    complements,
    is_negated,
    lemma,
    negation,
    objects,
    particle,
    phrasal,
    possessors,
    subjects,
    supposing,
)
from briefing.position.reversal import outer
from briefing.position.vocabulary import AGAINST, FOR, OPEN, classes, negated, vocabulary

WORDS = vocabulary()
CLASSES = classes()
LEAVING = {"resign", "recuse", "go", "apologize", "apologise", "step_down", "stand_down", "quit"}
DEED_WISHES = CLASSES["deed_wishes"]
MENTAL = CLASSES["mental"]
REQUESTS = CLASSES["requests"]


def wish(verb: Token) -> Attitude | None:
    """ "wants a pause", "urged Israel to agree to a pause", "does not want a war"."""
    full, bare = phrasal(verb), lemma(verb)
    words = {full, bare}
    clauses = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and _is_wished_clause(c, verb)]
    if words & WORDS.wish["clause"].keys() and clauses:
        side, over = outer(verb, _denied(verb, FOR))
        targets, cues = wished(clauses, side)
        if targets:
            cue = sorted({verb, *negation(verb), *over, *cues}, key=lambda t: t.i)
            return Attitude(tuple(cue), tuple(targets), tuple(subjects(verb)))
        return None
    if is_consumed(verb) or is_due(verb):
        return None
    found = framed(verb, WORDS.wish)
    if found is None:
        return None
    side, heads, cue = found
    heads = [head for head in heads if not (bare in REQUESTS and lemma(head) in CLASSES["figures"])]
    side, over = outer(verb, _denied(verb, side))
    return taken((*over, *negation(verb), *cue), subjects(verb), heads, side)


def _denied(verb: Token, side: int) -> int:
    """The side, where the verb is denied: "does not want a war" is against it, "is not asking for one" is open."""
    if not is_negated(verb):
        return side
    return OPEN if lemma(verb) in REQUESTS and negation(verb) else negated(side)


def has_wished_clause(verb: Token) -> bool:
    words = {phrasal(verb), lemma(verb)}
    return bool(words & WORDS.wish["clause"].keys()) and any(
        _is_wished_clause(c, verb) for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl")
    )


def _is_own_deed(verb: Token) -> bool:
    """Something that whoever wants it means to do: "wants to fell the forest", not "urged them to read it"."""
    done = any(c.dep_ == "dobj" and c.pos_ == "NOUN" for c in verb.children)
    above = verb.head if verb.dep_ != "conj" else verb.head.head
    return done and lemma(above) in DEED_WISHES and lemma(verb) not in MENTAL and not is_negated(verb)


def _is_wished_clause(clause: Token, verb: Token) -> bool:
    if clause.i < verb.i or clause.pos_ not in ("VERB", "AUX") or supposing(clause):
        return False
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children)
    if clause.dep_ == "advcl":
        return infinitive and lemma(verb) in ("call", "press", "push", "appeal", "plead")
    if infinitive or clause.dep_ == "xcomp":
        return True
    strong = {"demand", "insist", "urge", "recommend", "propose", "ask", "request", "suggest", "want"}
    if lemma(verb) == "want" and clause.tag_ == "VBN":
        return True
    subjunctive = clause.tag_ == "VB" or any(c.tag_ == "VB" and c.dep_ in ("aux", "auxpass") for c in clause.children)
    return lemma(verb) in strong and (subjunctive or any(c.lower_ in MUST for c in clause.children))


def wished(clauses: Iterable[Token], side: int) -> tuple[list[Target], list[Token]]:
    """What is for or against in a clause that somebody wants to come true, and the words that make it so."""
    targets: list[Target] = []
    cues: list[Token] = []
    for clause in clauses:
        joined = [clause, *(c for c in clause.children if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX"))]
        for verb in joined:
            inner = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and lemma(verb) in WORDS.wish["clause"]]
            if inner:
                more, words = wished(inner, side)
                targets, cues = targets + more, [*cues, verb, *words]
                continue
            heads, sense = sense_of(verb)
            if not heads and _is_own_deed(verb):
                heads, sense = [verb], FOR  # "wants to fell the forest": the deed itself is the issue
            if not heads:
                continue
            denied = is_negated(verb)
            if denied and sense == AGAINST:  # "that its territory not be reduced": the clause itself is the issue
                targets.append(Target(verb, side))
            else:
                targets += [Target(head, side * (AGAINST if denied else sense)) for head in heads]
            cues += [*negation(verb), verb, *([p] if (p := particle(verb)) is not None else [])]
    return targets, cues


def sense_of(verb: Token) -> tuple[list[Token], int]:
    """What a deed is done to, and whether it brings it about (FOR) or ends it (AGAINST)."""
    words = {phrasal(verb)} | ({lemma(verb)} if particle(verb) is None else set())
    known = framed(verb, WORDS.verb)
    if words & LEAVING and not objects(verb):
        return [c for c in verb.children if c.dep_ == "nsubj"], AGAINST
    if lemma(verb) in ("face", "pay") and any(lemma(c) in CLASSES["penalties"] for c in objects(verb)):
        return [c for c in verb.children if c.dep_ == "nsubj"], AGAINST  # "Russia must face a penalty"
    if words & WORDS.ends:
        named = objects(verb) or [c for c in verb.children if c.dep_ == "nsubj"]
        return named or [g for c in verb.children if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj"][
            :1
        ], AGAINST
    if known is not None:
        return known[1], known[0]
    if words & WORDS.begins:
        heads = objects(verb) + [c for c in verb.children if c.dep_ == "attr"]
        if not heads:
            heads = [g for p in ("to", "toward", "towards", "with") for g in complements(verb, p)]
        return heads, FOR
    if lemma(verb) == "be":
        over = next(
            (c for c in verb.children if c.lower_ == "over" and c.dep_ in ("advmod", "prep", "acomp", "prt")), None
        )
        if over is not None:
            return [c for c in verb.children if c.dep_ == "nsubj"], AGAINST
        if any(c.dep_ == "expl" for c in verb.children):
            return [c for c in verb.children if c.dep_ == "attr"], FOR
    return [], OPEN


def is_consumed(verb: Token) -> bool:
    """Inside a clause that somebody wishes, urges or must bring about: read from there."""
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ == "VERB" and infinitive(head):
        return is_consumed(head)
    if verb.dep_ not in ("xcomp", "ccomp", "advcl") or head == verb or head.pos_ != "VERB":
        return False
    if lemma(head) in ("have", "need") and infinitive(verb):
        return True
    return bool({phrasal(head), lemma(head)} & WORDS.wish["clause"].keys()) and _is_wished_clause(verb, head)


def before(verb: Token) -> Iterator[Attitude]:
    """ "wants a path to a state before any deal": the deal, on the condition of the path."""
    if lemma(verb) not in ("want", "demand", "need", "expect", "insist") or is_negated(verb):
        return
    last = verb.right_edge.i + 1
    for before in (t for t in verb.doc[verb.i + 1 : last] if t.lower_ == "before" and t.dep_ == "prep"):
        heads = [c for c in before.children if c.dep_ == "pobj"]
        if heads and clause_of(before.head) == verb:
            end = before.doc[before.i - 1]
            targets = tuple(Target(head, FOR) for head in heads)
            yield Attitude((verb,), targets, tuple(subjects(verb)), condition=(verb, end))


def demanded(noun: Token) -> Iterator[Attitude]:
    """ "US demands that its territory not be reduced"."""
    clauses = [
        c for c in noun.children if c.dep_ in ("acl", "ccomp", "relcl") and any(g.lower_ == "that" for g in c.children)
    ]
    if lemma(noun) not in ("demand", "call", "request", "insistence", "appeal", "proposal") or not clauses:
        return
    targets, words = wished(clauses, FOR)
    holders = possessors(noun) or [c for c in noun.children if c.dep_ in ("compound", "nmod", "amod") and c.ent_type_]
    if targets and holders:
        yield Attitude(tuple(sorted({noun, *words}, key=lambda t: t.i)), tuple(targets), tuple(holders[:1]))
