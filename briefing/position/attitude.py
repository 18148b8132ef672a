"""Attitudes in a sentence: a cue, whose it is, what it is about and which side it takes, from the dependency parse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from briefing.position.grammar import (
    MUST,
    clause_of,
    complements,
    in_question,
    is_negated,
    is_supposed,
    is_unsure,
    lemma,
    negation,
    objects,
    particle,
    passive,
    phrasal,
    possessors,
    subjects,
)
from briefing.position.vocabulary import AGAINST, FOR, OPEN, classes, negated, turned, vocabulary

WORDS = vocabulary()
CLASSES = classes()
COPULAS = {"be", "become", "seem", "appear", "remain", "sound", "look", "stay", "feel"}
STANDING = CLASSES["standing"]
CALLING = CLASSES["calling"]
RECEIVING = CLASSES["receiving"]
BACKING = {"support", "backing", "endorsement", "blessing", "approval", "praise"}
LEAVING = {"resign", "recuse", "go", "apologize", "apologise", "step_down", "stand_down", "quit"}
HELD = CLASSES["held"]
SAYING = CLASSES["saying"]
REFRAINING = {"refrain", "back", "shy", "step", "stop", "abstain", "hold"}
SETTLED = {"oppose": AGAINST, "commit": FOR, "dedicate": FOR, "devote": FOR}
DEED_WISHES = CLASSES["deed_wishes"]
MENTAL = CLASSES["mental"]
WILL = {"will", "would", "wo", "'ll", "’ll", "shall", "can", "ca"}


@dataclass(frozen=True, slots=True)
class Target:
    """What an attitude is about: a noun, or the verb of a clause, with the side taken on it."""

    head: Token
    side: int


@dataclass(frozen=True, slots=True)
class Attitude:
    """A side taken on something.

    Attributes:
        cue: The words that show it, in text order.
        holders: Whose attitude it is.
        own: It is the speaker's ("The plan is a mistake"), and nobody is named as its holder.
        condition: The words of a condition that the construction itself states, first and last.
    """

    cue: tuple[Token, ...]
    targets: tuple[Target, ...]
    holders: tuple[Token, ...]
    own: bool = False
    condition: tuple[Token, ...] = ()


def attitudes_in(sentence: Span) -> Iterator[Attitude]:
    """Every attitude whose cue stands in the sentence; questions, suppositions and mere possibilities are none."""
    for token in sentence:
        reader = READERS.get(token.pos_)
        if reader is None:
            continue
        for attitude in reader(token):
            if attitude.targets and not _is_idle(token):
                yield attitude


def _is_idle(token: Token) -> bool:
    return is_supposed(token) or is_unsure(clause_of(token)) or in_question(token)


# --- verbs ---


def _of_verb(verb: Token) -> Iterator[Attitude]:
    wished = _wish(verb)
    if wished is not None:
        yield wished
    elif _has_wished_clause(verb):
        pass
    elif not _is_consumed(verb):
        yield from _plain(verb)
    yield from _calling(verb)
    yield from _due(verb)
    yield from _refused_deed(verb)
    yield from _refusal_to(verb)
    yield from _wrong(verb)
    yield from _before(verb)
    yield from _promise(verb)


def _plain(verb: Token) -> Iterator[Attitude]:
    """ "backed the plan", "voted against the plan", "was criticised by the union"."""
    settled = SETTLED.get(lemma(verb))
    if settled is not None and (passive(verb) or verb.dep_ == "acomp") and (heads := complements(verb, "to")):
        side = negated(settled) if is_negated(verb) or is_negated(verb.head) else settled
        above = verb.head if verb.dep_ == "acomp" else verb
        named = [c for c in above.children if c.dep_ in ("nsubjpass", "nsubj")]
        yield _attitude((*negation(verb), verb), named, heads, side)  # "is opposed to the tax"
        return
    found = _framed(verb, WORDS.verb)
    if found is None or _is_due(verb):
        return
    side, heads, cue = found
    if lemma(verb) == "threaten" and all(head.pos_ == "NOUN" and not head.ent_type_ for head in heads):
        side = FOR  # "threatened a strike"
    side, over = _outer(verb, negated(side) if is_negated(verb) else side)
    yield _attitude((*over, *negation(verb), *cue), subjects(verb), heads, side)


def _framed(verb: Token, frames: object) -> tuple[int, list[Token], list[Token]] | None:
    """The side, what it is on and the cue's words, for the frame of the vocabulary that the verb stands in."""
    table = WORDS.verb if frames is WORDS.verb else WORDS.wish
    full, bare, part = phrasal(verb), lemma(verb), particle(verb)
    own = [verb, part] if part is not None else [verb]
    for child in verb.children:
        if child.dep_ in ("prep", "prt", "advmod") and child.lower_ in table:
            for key in (f"{full}", bare):
                if key in table[child.lower_] and (heads := complements(verb, child.lower_)):
                    return table[child.lower_][key], heads, [*own, child]
    if bare == "blame" and (blamed := complements(verb, "on")):
        return AGAINST, blamed, own
    key = full if full in table["object"] or part is not None else bare
    if key in table["object"] and (heads := objects(verb)):
        return table["object"][key], heads, own
    if key in table["object"] and (clauses := [c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VBG"]):
        return table["object"][key], clauses, own
    return None


def _wish(verb: Token) -> Attitude | None:
    """ "wants a pause", "urged Israel to agree to a pause", "does not want a war"."""
    full, bare = phrasal(verb), lemma(verb)
    words = {full, bare}
    clauses = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and _is_wished_clause(c, verb)]
    if words & WORDS.wish["clause"].keys() and clauses:
        side = AGAINST if is_negated(verb) else FOR
        side, over = _outer(verb, side)
        targets, cues = _wished(clauses, side)
        if targets:
            cue = sorted({verb, *negation(verb), *over, *cues}, key=lambda t: t.i)
            return Attitude(tuple(cue), tuple(targets), tuple(subjects(verb)))
        return None
    if _is_consumed(verb) or _is_due(verb):
        return None
    found = _framed(verb, WORDS.wish)
    if found is None:
        return None
    side, heads, cue = found
    side, over = _outer(verb, negated(side) if is_negated(verb) else side)
    return _attitude((*over, *negation(verb), *cue), subjects(verb), heads, side)


def _has_wished_clause(verb: Token) -> bool:
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
    if clause.i < verb.i or clause.pos_ not in ("VERB", "AUX"):
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


def _wished(clauses: Iterable[Token], side: int) -> tuple[list[Target], list[Token]]:
    """What is for or against in a clause that somebody wants to come true, and the words that make it so."""
    targets: list[Target] = []
    cues: list[Token] = []
    for clause in clauses:
        joined = [clause, *(c for c in clause.children if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX"))]
        for verb in joined:
            inner = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and lemma(verb) in WORDS.wish["clause"]]
            if inner:
                more, words = _wished(inner, side)
                targets, cues = targets + more, [*cues, verb, *words]
                continue
            heads, sense = _sense(verb)
            if not heads and _is_own_deed(verb):
                heads, sense = [verb], FOR  # "wants to fell the forest": the deed itself is the issue
            if not heads:
                continue
            denied = is_negated(verb)
            if denied and sense == AGAINST:  # "that its territory not be reduced": the clause itself is the issue
                targets.append(Target(verb, side))
            else:
                targets += [Target(head, _times(side, AGAINST if denied else sense)) for head in heads]
            cues += [*negation(verb), verb, *([p] if (p := particle(verb)) is not None else [])]
    return targets, cues


def _sense(verb: Token) -> tuple[list[Token], int]:
    """What a deed is done to, and whether it brings it about (FOR) or ends it (AGAINST)."""
    words = {phrasal(verb)} | ({lemma(verb)} if particle(verb) is None else set())
    framed = _framed(verb, WORDS.verb)
    if words & LEAVING and not objects(verb):
        return [c for c in verb.children if c.dep_ == "nsubj"], AGAINST
    if words & WORDS.ends:
        named = objects(verb) or [c for c in verb.children if c.dep_ == "nsubj"]
        return named or [g for c in verb.children if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj"][
            :1
        ], AGAINST
    if framed is not None:
        return framed[1], framed[0]
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


def _is_consumed(verb: Token) -> bool:
    """Inside a clause that somebody wishes, urges or must bring about: read from there."""
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ == "VERB" and _infinitive(head):
        return _is_consumed(head)
    if verb.dep_ not in ("xcomp", "ccomp", "advcl") or head == verb or head.pos_ != "VERB":
        return False
    if lemma(head) in ("have", "need") and _infinitive(verb):
        return True
    return bool({phrasal(head), lemma(head)} & WORDS.wish["clause"].keys()) and _is_wished_clause(verb, head)


def _infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _outer(word: Token, side: int) -> tuple[int, list[Token]]:
    """What stands over a cue and turns it: "refused to", "stopped short of", "dropped her", "did not say that".

    A turn that is itself denied or refused is taken back ("refused to withdraw her demand").
    """
    over: list[Token] = []
    before = side
    token = word
    for _ in range(5):
        step, head, between = _step(token)
        if head is None or (step == "dobj" and word.pos_ != "NOUN") or (step == "acl" and not _infinitive(token)):
            break
        words = {phrasal(head), lemma(head)}
        own = [*negation(head), head, *([p] if (p := particle(head)) is not None else []), *between]
        if step == "short":
            return OPEN, [*over, *own]
        if step == "ccomp":
            if (words & SAYING and is_negated(head)) or words & {"deny", "doubt"}:
                return OPEN, [*over, *own]
            break
        turning = (words & WORDS.turning and (step != "dobj" or words & HELD)) or lemma(head) == "refusal"
        if turning:
            taken_back = side != before or is_negated(head)
            side, before = (before if taken_back else turned(side, bool(words & HELD))), side
            over += own
        elif words & WORDS.falling_short:
            side, over = OPEN, over + own
        elif is_negated(head) and step in ("xcomp", "dobj", "acomp"):
            side, before = (before if side != before else negated(side)), side
            over += own
        token = head
    return side, over


PASSED = ("xcomp", "ccomp", "dobj", "acl", "acomp", "prep", "nsubjpass")


def _step(token: Token) -> tuple[str, Token | None, list[Token]]:
    """How a word hangs on the word above it that may turn it, that word, and what joins them; None at the end."""
    head, step, between = token.head, token.dep_, []
    if head == token:
        return step, None, []
    if step in ("pcomp", "pobj") and head.dep_ == "prep":
        if head.head.lower_ == "short":
            return "short", head.head.head, [head.head, head]
        if head.lower_ == "from" and lemma(head.head) in REFRAINING:
            return "short", head.head, [head]
        if head.lower_ not in ("of", "from", "on") or token.pos_ != "VERB":
            return step, None, []
        head, step, between = head.head, "xcomp", [head]
    if step not in PASSED or head.pos_ not in ("VERB", "AUX", "NOUN", "ADJ"):
        return step, None, []
    return step, head, between


def _calling(verb: Token) -> Iterator[Attitude]:
    """ "called the terms delusional", "described her as a hero"."""
    if lemma(verb) not in CALLING:
        return
    named = [c for c in verb.children if c.dep_ == "dobj"]
    said = [c for c in verb.children if c.dep_ in ("oprd", "acomp", "attr")] + named[1:]
    named = named[:1] or [c for word in said for c in word.children if word.pos_ == "ADJ" and c.dep_ == "compound"]
    said += complements(verb, "as")
    for clause in (c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and not _infinitive(c)):
        inside = [c for c in clause.children if c.dep_ == "nsubj"]
        if inside and clause.pos_ in ("NOUN", "ADJ", "PROPN"):
            named, said = named + inside, [*said, clause]
        elif clause.pos_ in ("NOUN", "ADJ"):
            said.append(clause)
    for word in said:
        if (side := _predicate_side(word)) is not None and named:
            yield _attitude((verb, word), subjects(verb), named, negated(side) if is_negated(verb) else side)


def _predicate_side(word: Token) -> int | None:
    """The side that a predicate takes by its own word or by an adjective on it ("a terrible idea")."""
    words = [word, *(c for c in word.children if c.dep_ in ("amod", "compound"))]
    return next((WORDS.predicate[lemma(w)] for w in words if lemma(w) in WORDS.predicate), None)


def _is_due(verb: Token) -> bool:
    """Whether a verb, or the one that it is joined to, stands under "must" or "should"."""
    if any(c.dep_ == "aux" and c.lower_ in MUST for c in verb.children):
        return True
    joined = verb.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    return joined and verb.head.pos_ in ("VERB", "AUX") and _is_due(verb.head)


def _due(verb: Token) -> Iterator[Attitude]:
    """ "The war must end": the speaker's wish."""
    modal = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in MUST), None)
    cues = [modal] if modal is not None else []
    clause = verb
    if modal is None and lemma(verb) in ("have", "need") and verb.pos_ == "VERB":
        inner = [c for c in verb.children if c.dep_ == "xcomp" and _infinitive(c)]
        if not inner:
            return
        clause, cues = inner[0], [verb]
    elif modal is None:
        return
    if _is_consumed(verb):
        return
    targets, words = _wished([clause], AGAINST if clause != verb and is_negated(verb) else FOR)
    targets = [target for target in targets if target.head.pos_ not in ("VERB", "AUX")]
    if targets:
        yield Attitude(tuple(sorted({*cues, *words}, key=lambda t: t.i)), tuple(targets), (), own=True)
    yield from _price(clause, cues)


def _price(clause: Token, cues: list[Token]) -> Iterator[Attitude]:
    """ "must make peace if it wants to achieve ties": ties, on the condition of peace."""
    for supposed in (c for verb in (clause, *clause.children) for c in verb.children if c.dep_ == "advcl"):
        if lemma(supposed) not in ("want", "hope", "wish") or not any(c.lower_ == "if" for c in supposed.children):
            continue
        targets, _ = _wished([c for c in supposed.children if c.dep_ == "xcomp"], FOR)
        if targets:
            price = [t for t in clause.doc[clause.i : supposed.left_edge.i] if t.is_alpha]
            if price:
                yield Attitude((*cues,), tuple(targets), (), own=True, condition=(cues[0], price[-1]))


def _refused_deed(verb: Token) -> Iterator[Attitude]:
    """ "will not have the Authority in Gaza", "would not establish ties": a deed that its doer will not do."""
    will = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in WILL), None)
    if will is None or not is_negated(verb) or lemma(verb) not in WORDS.begins or _framed(verb, WORDS.verb) is not None:
        return
    own = [c for c in verb.children if c.dep_ == "nsubj"]
    if own and (heads := [c for c in verb.children if c.dep_ == "dobj"]):
        yield _attitude((will, *negation(verb), verb), own, heads, AGAINST)


def _refusal_to(verb: Token) -> Iterator[Attitude]:
    """ "refused to fund the dam": a deed refused whose verb is no stance by itself."""
    if lemma(verb) != "refuse":
        return
    for deed in (c for c in verb.children if c.dep_ == "xcomp"):
        if _framed(deed, WORDS.verb) is None and lemma(deed) in WORDS.begins and not is_negated(verb):
            yield _attitude((verb, deed), subjects(verb), _sense(deed)[0], AGAINST)


def _wrong(verb: Token) -> Iterator[Attitude]:
    """ "The board has failed its patients": whoever says so blames the board."""
    doers = [c for c in verb.children if c.dep_ == "nsubj" and c.lower_ not in NOTHING]
    if lemma(verb) in WORDS.wrongs and doers and not is_negated(verb) and verb.dep_ not in ("relcl", "xcomp"):
        found = _attitude([verb], (), doers, AGAINST)
        yield Attitude(found.cue, found.targets, (), own=True)


def _before(verb: Token) -> Iterator[Attitude]:
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


def _promise(verb: Token) -> Iterator[Attitude]:
    """ "would keep a walkway if it wins": a deed on a condition."""
    will = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ in WILL), None)
    supposed = next((c for c in verb.children if c.dep_ == "advcl" and any(g.lower_ == "if" for g in c.children)), None)
    if (
        will is None
        or supposed is None
        or is_negated(verb)
        or lemma(verb) not in WORDS.begins | {"keep", "give", "open"}
    ):
        return
    if _framed(verb, WORDS.verb) is None and (heads := [c for c in verb.children if c.dep_ == "dobj"]):
        condition = (supposed.left_edge, supposed.right_edge)
        yield Attitude((will, verb), tuple(Target(h, FOR) for h in heads), tuple(subjects(verb)), condition=condition)


# --- nouns, adjectives, prepositions ---


def _of_noun(noun: Token) -> Iterator[Attitude]:
    yield from _noun_frames(noun)
    yield from _evaluation(noun)


def _noun_frames(noun: Token) -> Iterator[Attitude]:
    """ "her support for the plan", "a critic of the plan", "drew criticism from the union"."""
    bare = lemma(noun)
    verb = noun.head if noun.dep_ == "dobj" else None
    received = _received(noun, verb)
    if received is not None:
        yield received
        return
    yield from _rescue(noun)
    yield from _demanded(noun)
    for preposition, table in WORDS.noun.items():
        if bare not in table:
            continue
        heads = complements(noun, preposition)
        if not heads and verb is not None:
            heads = complements(verb, preposition)
        if heads and not (bare == "opposition" and noun.head.lower_ == "in"):
            side, over = _outer(noun, negated(table[bare]) if is_negated(noun) else table[bare])
            yield _attitude((*over, *negation(noun), noun), _bearers(noun), heads, side)
            return


def _received(noun: Token, verb: Token | None) -> Attitude | None:
    """ "drew criticism from the union", "has the backing of the mayor": the stance of whoever is named last."""
    sides = [table[lemma(noun)] for table in WORDS.noun.values() if lemma(noun) in table]
    if verb is None or not sides or not {lemma(verb), phrasal(verb)} & RECEIVING:
        return None
    sources = complements(noun, "from") or complements(verb, "from")
    if not sources and lemma(noun) in BACKING:
        sources = complements(noun, "of")
    if not sources or is_negated(verb):
        return None
    return _attitude((verb, noun), sources, subjects(verb), sides[0])


def _demanded(noun: Token) -> Iterator[Attitude]:
    """ "US demands that its territory not be reduced"."""
    clauses = [
        c for c in noun.children if c.dep_ in ("acl", "ccomp", "relcl") and any(g.lower_ == "that" for g in c.children)
    ]
    if lemma(noun) not in ("demand", "call", "request", "insistence", "appeal", "proposal") or not clauses:
        return
    targets, words = _wished(clauses, FOR)
    holders = possessors(noun) or [c for c in noun.children if c.dep_ in ("compound", "nmod", "amod") and c.ent_type_]
    if targets and holders:
        yield Attitude(tuple(sorted({noun, *words}, key=lambda t: t.i)), tuple(targets), tuple(holders[:1]))


def _rescue(noun: Token) -> Iterator[Attitude]:
    """ "jumped to the mayor's defence"."""
    to = noun.head
    if lemma(noun) in ("defense", "defence", "aid", "rescue") and noun.dep_ == "pobj" and to.lower_ == "to":
        helped = [c for c in noun.children if c.dep_ == "poss"]
        if to.head.pos_ == "VERB" and helped:
            yield _attitude((to.head, to, noun), subjects(to.head), helped, FOR)


def _bearers(noun: Token) -> list[Token]:
    """Whose a cue noun is; of "a critic of the plan" the one who is said to be it."""
    named = [c for c in noun.children if c.dep_ == "appos" and c.pos_ == "PROPN"]
    return possessors(noun) or named


def _of_adjective(adjective: Token) -> Iterator[Attitude]:
    yield from _evaluation(adjective)
    bare = lemma(adjective)
    top = adjective.head if adjective.dep_ == "conj" and adjective.head.pos_ == "ADJ" else adjective
    for preposition, table in WORDS.adjective.items():
        if bare in table and (heads := complements(adjective, preposition)):
            head = top.head
            if top.dep_ in ("acomp", "oprd", "attr", "ROOT") and head.pos_ in ("VERB", "AUX"):
                holders = subjects(head)
                side = negated(table[bare]) if is_negated(head) or is_negated(adjective) else table[bare]
                cue = (*negation(head), *negation(adjective), adjective)
            elif top.dep_ in ("amod", "acl", "relcl"):
                holders, side, cue = [head], table[bare], (adjective,)
            else:
                continue
            preposition_token = next(c for c in adjective.children if c.lower_ == preposition)
            yield _attitude((*cue, preposition_token), holders, heads, side)
            return


def _evaluation(word: Token) -> Iterator[Attitude]:
    """ "The plan is a mistake": what the speaker says of the issue itself."""
    verb = word.head
    if word.dep_ not in ("attr", "acomp") or lemma(verb) not in COPULAS:
        return
    side = _predicate_side(word)
    named = [c for c in verb.children if c.dep_ in ("nsubj", "csubj")]
    if side is not None and named:
        side = negated(side) if is_negated(verb) or is_negated(word) else side
        heads = [c for c in named if c.lower_ not in NOTHING]
        if heads:
            found = _attitude((*negation(verb), word), (), heads, side)
            yield Attitude(found.cue, found.targets, (), own=True)


NOTHING = CLASSES["nothing"]


def _of_preposition(preposition: Token) -> Iterator[Attitude]:
    """ "She is against the levy", "in favor of the plan"."""
    head = preposition.head
    heads = [c for c in preposition.children if c.dep_ in ("pobj", "pcomp")]
    said = preposition.doc[preposition.i : heads[-1].i + 1] if heads else None
    if said is not None and said.text.lower() in WORDS.predicate and lemma(head) in COPULAS:
        named = [c for c in head.children if c.dep_ == "nsubj" and c.lower_ not in NOTHING]
        told = WORDS.predicate[said.text.lower()]
        yield Attitude(tuple(said), tuple(Target(c, told) for c in named), (), own=True)
        return
    side = WORDS.preposition.get(preposition.lower_)
    cue: list[Token] = [preposition]
    if side is None and heads:
        phrase = preposition.doc[preposition.i : preposition.i + 3]
        side = WORDS.preposition.get(phrase.text.lower())
        if side is None:
            return
        cue = list(phrase)
        heads = [
            g
            for c in heads[0].children
            if c.dep_ == "prep" and c in cue
            for g in c.children
            if g.dep_ in ("pobj", "pcomp")
        ]
    if side is None or not heads:
        return
    if head.pos_ in ("VERB", "AUX") and (lemma(head) in STANDING or len(cue) > 1):
        holders = subjects(head)
        side = negated(side) if is_negated(head) else side
        others = [
            c
            for c in head.children
            if c.i > head.i and c != preposition and c.dep_ in ("prep", "attr", "acomp", "dobj")
        ]
        if preposition.lower_ in ("for", "behind") and (lemma(head) not in ("be", "stand") or others):
            return
        yield _attitude((*negation(head), *cue), holders, heads, side)
    elif head.pos_ in ("NOUN", "PROPN") and head.dep_ == "pobj" and head.head.lower_ == "with" and len(cue) == 1:
        yield _attitude(cue, [head], heads, side)  # "with the mayor for it and the fleet against"
        for other in (c for c in head.children if c.dep_ == "conj"):
            against = other.doc[min(other.i + 1, len(other.doc) - 1)]
            if against.lower_ == "against" and not list(against.children):
                yield _attitude([against], [other], heads, AGAINST)


def _attitude(cue: Iterable[Token], holders: Iterable[Token], heads: Iterable[Token], side: int) -> Attitude:
    words = tuple(sorted(set(cue), key=lambda t: t.i))
    targets = [target for head in heads for target in _seen_through(head, negated(side) if _is_none(head) else side)]
    return Attitude(words, tuple(targets), tuple(holders))


def _seen_through(head: Token, side: int) -> list[Target]:
    """ "against demonizing migrants": the attitude is to the migrants."""
    inner = _framed(head, WORDS.verb) if head.tag_ == "VBG" and head.pos_ == "VERB" else None
    if inner is None:
        return [Target(head, side)]
    return [Target(one, _times(side, inner[0])) for one in inner[1]]


def _is_none(head: Token) -> bool:
    """ "the call for no witnesses"; the "no" of a verb's own object denies the verb already."""
    return head.dep_ == "pobj" and any(c.dep_ == "det" and c.lower_ == "no" for c in head.children)


def _times(side: int, sense: int) -> int:
    return side * sense


READERS: dict[str, Callable[[Token], Iterator[Attitude]]] = {
    "VERB": _of_verb,
    "AUX": _of_verb,
    "NOUN": _of_noun,
    "PROPN": _of_noun,
    "ADJ": _of_adjective,
    "ADP": _of_preposition,
    "SCONJ": _of_preposition,
}
