"""What a dependency parse says of a clause: its subjects, its objects, whether it is denied, wished or supposed."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from briefing.position.vocabulary import classes

CLASSES = classes()
SUBJECTS = {"nsubj", "csubj"}
OBJECTS = {"dobj", "dative"}
COPULAS = {"be", "become", "seem", "appear", "remain", "sound", "look", "stay", "feel"}
RELATIVES = {"who", "whom", "that", "which"}
NEGATIONS = {"not", "n't", "n’t", "never", "hardly", "scarcely", "neither", "nor"}
NOBODY = {"no", "none", "nobody", "neither", "nothing"}
DENYING = {"no", "neither", "zero"}
UNSURE = {"may", "might", "could", "perhaps", "maybe", "possibly"}
SUPPOSED = {"if", "whether", "unless", "should", "lest"}
MUST = {"must", "should", "ought"}
OWN = {"its", "their", "his", "her"}
TAKING = CLASSES["taking"]
TOLD = CLASSES["told"]
WILLED = CLASSES["willed"]
DOCUMENTS = CLASSES["documents"]
CLIMBED = {"xcomp", "conj", "advcl", "pcomp", "ccomp"}


def lemma(token: Token) -> str:
    return str(token.lemma_).lower()


def phrasal(token: Token) -> str:
    """The verb with its particle, "rule_out"."""
    part = particle(token)
    return f"{lemma(token)}_{part.lower_}" if part is not None else lemma(token)


def particle(token: Token) -> Token | None:
    return next((c for c in token.children if c.dep_ == "prt"), None)


def conjoined(head: Token) -> list[Token]:
    """A noun and those joined to it by "and" or "or"."""
    found, i = [head], 0
    while i < len(found):
        kinds = ("VERB",) if head.pos_ == "VERB" else ("NOUN", "PROPN", "PRON", "NUM")
        found += [c for c in found[i].children if c.dep_ == "conj" and c.pos_ in kinds]
        i += 1
    return found


def passive(verb: Token) -> bool:
    return any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children) or (verb.dep_ == "acl" and verb.tag_ == "VBN")


def is_negated(token: Token) -> bool:
    for c in token.children:
        if c.dep_ == "neg" or c.lower_ in NEGATIONS:
            return True
        if c.lower_ == "no" and c.dep_ == "det":
            return True
        if c.lower_ == "longer" and any(g.lower_ == "no" for g in c.children):
            return True
        if c.dep_ in ("nsubj", "nsubjpass", "dobj") and (
            c.lower_ in NOBODY or any(g.lower_ in DENYING for g in c.children)
        ):
            return True
    joint = token.dep_ == "conj" and any(c.dep_ == "cc" and c.lower_ in ("nor", "or") for c in token.head.children)
    return joint and is_negated(token.head)


def negation(token: Token) -> list[Token]:
    """The words that deny it, for the cue's span."""
    return [
        c for c in token.children if c.dep_ == "neg" or c.lower_ in NEGATIONS or (c.lower_ == "no" and c.dep_ == "det")
    ]


def clause_of(token: Token) -> Token:
    """The verb of the clause that a word stands in."""
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    return token


def is_unsure(verb: Token) -> bool:
    return any(c.lower_ in UNSURE and c.dep_ in ("aux", "advmod") for c in verb.children)


def is_passed_over(token: Token) -> bool:
    """After "rather than" or "instead of": what somebody does not do."""
    before = token.doc[max(token.i - 2, 0) : token.i].text.lower()
    return before in ("rather than", "instead of")


def is_supposed(token: Token) -> bool:
    """In an "if" or "whether" clause, or in a question."""
    while True:
        if supposing(token):
            return True
        if token.head == token:
            return False
        token = token.head


def supposing(clause: Token) -> bool:
    """An "if" or "whether" clause: what it says is not said to be so."""
    return any(c.dep_ in ("mark", "advmod") and c.lower_ in SUPPOSED and c.i < clause.i for c in clause.children)


def in_question(token: Token) -> bool:
    """The sentence that the word stands in, or the quoted piece of it, ends with a question mark."""
    root = clause_of(token)
    while root.head != root and root.dep_ not in ("ccomp", "parataxis"):
        root = root.head
    last = [t for t in root.sent if not t.is_space and not t.is_quote]
    return bool(last) and last[-1].text == "?" and (root.head == root or last[-1].head in (root, root.head))


def subjects(verb: Token, climb: int = 4) -> list[Token]:
    """Who does what a verb says: its own subject, its agent, or by control that of the clause above."""
    found = [c for c in verb.children if c.dep_ in SUBJECTS]
    found += [g for by in _agents(verb) for g in by.children if g.dep_ == "pobj"]
    if found:
        return [a for f in found for a in (lemma(f) in DOCUMENTS and authors(f)) or [_antecedent(f, verb)]]
    if passive(verb) or not climb:
        return []
    return controllers(verb, climb)


def _agents(verb: Token) -> list[Token]:
    """The "by" of a passive, and those joined to it ("by the union and by the mayor")."""
    found = [c for c in verb.children if c.dep_ == "agent"]
    return found + [g for by in found for g in by.children if g.dep_ == "conj" and g.lower_ == "by"]


def controllers(verb: Token, climb: int = 4) -> list[Token]:
    """Whose deed a clause without a subject of its own is."""
    if verb.dep_ == "relcl":
        return []
    if verb.dep_ == "acl":
        if verb.head.lower_ == "those" and verb.head.head.lower_ == "among":
            return subjects(verb.head.head.head)
        if verb.tag_ == "VBG":
            return authors(verb.head) if lemma(verb.head) in DOCUMENTS else [] if _is_some(verb) else [verb.head]
        return possessors(verb.head) if lemma(verb.head) in WILLED else []
    above = verb.head
    if verb.dep_ == "pcomp" and above.dep_ == "prep":
        blamed = [c for c in above.head.children if c.dep_ == "dobj"]
        if above.lower_ in ("for", "of", "from") and blamed and above.head.pos_ == "VERB":
            return blamed  # "praised the office for disputing it"
        above = above.head
        if above.pos_ in ("ADV", "ADJ") and above.head.pos_ in ("VERB", "AUX"):
            above = above.head
    if verb.dep_ not in CLIMBED or above == verb:
        return []
    if above.pos_ not in ("VERB", "AUX"):
        return (
            possessors(above)
            if above.pos_ == "NOUN"
            else subjects(above.head, climb - 1)
            if above.pos_ == "ADJ"
            else []
        )
    if verb.dep_ == "xcomp" and any(c.dep_ in OBJECTS for c in above.children) and lemma(above) != "promise":
        return []  # "forced the president to end it": not yet the president's own will
    if passive(above) and lemma(above) in TOLD:
        return []
    if passive(above):
        return [_antecedent(c, above) for c in above.children if c.dep_ == "nsubjpass"]
    return subjects(above, climb - 1)


def possessors(noun: Token) -> list[Token]:
    """Whose a noun is: "her support", "support from the union", or the subject that has, voices or gives it."""
    found = [c for c in noun.children if c.dep_ == "poss"]
    if found and found[0].lower_ in OWN and noun.dep_ == "dobj":
        return subjects(noun.head) or found
    if found and found[0].lower_ == "its" and noun.dep_ == "pobj":
        return subjects(clause_of(noun)) or found  # "The paper was praised for its support of the plan"
    found += [
        g
        for c in noun.children
        if c.dep_ in ("prep", "agent") and c.lower_ in ("from", "by", "among")
        for g in c.children
        if g.dep_ == "pobj"
    ]
    if found:
        return found
    head = noun.head
    if noun.dep_ == "dobj" and head.pos_ == "VERB":
        return subjects(head) if lemma(head) in TAKING else []
    if noun.dep_ in ("attr", "oprd") and head.pos_ in ("VERB", "AUX"):
        return subjects(head)
    if noun.dep_ == "pobj" and head.head.pos_ in ("VERB", "AUX") and head.lower_ in ("in", "with", "of"):
        return subjects(head.head)
    if noun.dep_ == "pobj" and head.lower_ == "as" and head.head.pos_ == "VERB":
        named = [c for c in head.head.children if c.dep_ == "dobj"]
        return subjects(head.head) if not named or named[0].lower_.endswith("self") else named
    if noun.dep_ == "appos":
        return [head]
    return []


def authors(document: Token) -> list[Token]:
    """Whose a statement, speech or letter is: its possessor, or who releases or makes it."""
    if (
        document.dep_ == "dobj"
        and document.head.pos_ == "VERB"
        and not any(c.dep_ == "poss" for c in document.children)
    ):
        return subjects(document.head)
    return possessors(document)


def objects(verb: Token) -> list[Token]:
    """What a verb is done to: its object, its passive subject, or the noun that its relative clause belongs to."""
    found = [c for c in verb.children if c.dep_ == "dobj"]
    if passive(verb):
        found += [c for c in verb.children if c.dep_ == "nsubjpass"]
        if not found and verb.dep_ == "acl":
            return [verb.head]
        if not found and verb.dep_ == "conj" and passive(verb.head):
            return objects(verb.head)
    if not found:
        found = [c for c in verb.children if c.dep_ == "nsubjpass"]
    if (
        not found
        and verb.dep_ in ("relcl", "acl")
        and any(c.dep_ in SUBJECTS and c.lower_ not in RELATIVES for c in verb.children)
    ):
        return [verb.head]
    return [_antecedent(f, verb) for f in found]


def complements(head: Token, preposition: str) -> list[Token]:
    """The nouns and gerunds after a preposition that belongs to a word."""
    return [
        g
        for c in head.children
        if c.dep_ in ("prep", "dative", "prt", "advmod") and c.lower_ == preposition
        for g in _after(c)
    ]


def _after(preposition: Token) -> Iterator[Token]:
    for c in preposition.children:
        if c.dep_ in ("pobj", "pcomp"):
            yield c
        elif c.dep_ == "prep":
            yield from _after(c)


def _antecedent(token: Token, verb: Token) -> Token:
    """For "who" and "which" the noun that the relative clause belongs to."""
    if token.lower_ not in RELATIVES or token.tag_ == "DT":
        return token
    while verb.dep_ in ("conj", "xcomp", "ccomp") and verb.head != verb:
        verb = verb.head
    if verb.dep_ == "relcl" and verb.head.lower_ == "those" and verb.head.head.lower_ == "among":
        return next(iter(subjects(verb.head.head.head)), token)  # "is among those who want it"
    return verb.head if verb.dep_ == "relcl" and not _is_some(verb) else token


def _is_some(clause: Token) -> bool:
    """A clause that picks some of a group ("Republicans who backed it"), and not all of it (", who backed it")."""
    noun, edge = clause.head, clause.left_edge.i
    return noun.tag_ in ("NNS", "NNPS") and clause.doc[max(edge - 1, 0)].text != ","
