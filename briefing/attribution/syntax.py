"""What the dependency parse adds to the model's spans: whole names, subjects of cues, whole clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from briefing.article import Span

SUBJECTS = {"nsubj", "csubj"}  # a passive's subject is not who speaks
ACTORS = {"PERSON", "ORG", "GPE", "NORP"}
LONGEST_SOURCE = 40  # words
HONORIFICS = {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr."}
ABBREVIATED = re.compile(r"(?:Atty|Barr|Capt|Cllr|Cmdr|Const|Corp|Coun|Engr|Gov|Hon|Inc|Insp|Prof|Sens?|Supt)$")
FORCING = {"compel", "drive", "force", "get", "lead", "prompt", "push"}
SHORT = 3  # characters with the full stop; "J." and "Lt." do not end a sentence
MOST_BETWEEN = 3  # words of a verb between a cue and its content ("to publicly say")
EDGES = ",;:–—"


def words(doc: Doc, span: Span) -> Words:
    """The words that a stretch of characters touches."""
    found = doc.char_span(*span, alignment_mode="expand")
    if found is None:
        raise ValueError(f"no words at [{span[0]}, {span[1]})")
    return found


def entities_in(span: Words) -> Iterator[Words]:
    """The named entities that lie within a span; its own `ents` looks through the whole document each time."""
    doc, first = span.doc, None
    for i in range(span.start, min(span.end + 1, len(doc) + 1)):
        inside = i < len(doc) and doc[i].ent_iob_ == "I"
        if first is not None and not inside:
            yield Words(doc, first, i, label=doc[first].ent_type)
            first = None
        if i < span.end and doc[i].ent_iob_ == "B":
            first = i


def whole_source(doc: Doc, source: Span, cue: Span | None) -> Span:
    """A source that breaks off ("the", "Sen.") completed to the end of its noun phrase."""
    mention = words(doc, source)
    last = mention[-1]
    limit = words(doc, cue).start if cue is not None and cue[0] >= source[1] else len(doc)
    while last.dep_ in {"det", "amod", "compound", "poss", "nummod", "nmod", "case"} and last.head.i > last.i:
        if last.dep_ == "poss" or last.head.i >= min(limit, mention.start + LONGEST_SOURCE):
            break
        last = last.head
    if last.pos_ == "ADP" and last.right_edge.i > last.i:  # "A statement from | the ministry"
        last = min(last.right_edge, doc[limit - 1], key=lambda token: token.i)
    if last.tag_ in {"WDT", "WP"} and len(mention) > 1:  # "a commission that | preceded the war"
        clause = next((token for token in last.ancestors if token.dep_ == "relcl"), None)
        last = clause.right_edge if clause is not None and clause.right_edge.i < limit else last
    if any(token.dep_ == "relcl" for token in mention) and mention.end <= mention.root.right_edge.i < limit:
        last = mention.root.right_edge
    first = mention[0]
    while first.ent_type_ == "PERSON" and first.ent_iob_ == "I":  # "Olsen" of "Per Olsen"
        first = first.nbor(-1)
    mention = doc[first.i : max(mention.end, last.i + 1)]
    return without_edges(in_one_sentence(mention, after=cue is not None and cue[0] >= source[1]))


def in_one_sentence(mention: Words, after: bool) -> Words:
    """The part of a mention on its cue's side of a sentence's end ("of Keel & Co. | Ms Marsh").

    Args:
        after: The cue follows the mention.
    """
    breaks = [token.i for token in mention[1:] if opens_sentence(token)]
    if not breaks:
        return mention
    if after:
        return mention.doc[breaks[-1] : mention.end]
    return mention.doc[mention.start : breaks[0] - (mention.doc[breaks[0] - 1].text == ".")]


def opens_sentence(token: Token) -> bool:
    """Does a new subject begin here, after a full stop that may belong to an abbreviation?"""
    before = token.nbor(-1).text
    if token.is_sent_start and before == "." and token.i > 1 and is_name(token.nbor(-2)):
        return True
    full_stop = (before.endswith(".") and (len(before) > SHORT or before == ".")) or before.lower() == "co."
    subject = token.lower_ in HONORIFICS or token.pos_ in {"PRON", "DET"}
    return full_stop and subject and token.text[0].isupper()


def is_name(token: Token) -> bool:
    """The last word of a name, whose full stop is no abbreviation's ("Lind." and not "Atty.")?"""
    named = token.ent_type_ in ACTORS and len(token) > SHORT and token.text[-1].islower()
    return named and not ABBREVIATED.match(token.text)


def without_edges(mention: Words) -> Span:
    """The characters of a mention without white space and commas at its ends."""
    start, end = mention.start, mention.end
    while end - start > 1 and (mention.doc[end - 1].is_space or mention.doc[end - 1].text in EDGES):
        end -= 1
    while end - start > 1 and (mention.doc[start].is_space or mention.doc[start].text in EDGES):
        start += 1
    return mention.doc[start].idx, mention.doc[end - 1].idx + len(mention.doc[end - 1])


def subject_of(doc: Doc, cue: Span) -> Span | None:
    """The subject of a cue's verb, or of the verb that governs or joins it ("rejected the idea, saying that").

    Of a noun ("US demands that", "the party's claim"), its owner.
    """
    verb = words(doc, cue).root
    if verb.pos_ == "NOUN":
        owner = next((child for child in verb.lefts if child.dep_ == "poss" or child.ent_type_ in ACTORS), None)
        return (owner.left_edge.idx, owner.idx + len(owner)) if owner is not None else None
    for _ in range(3):
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                return mention_at(child)
        if verb.dep_ not in {"conj", "xcomp", "advcl", "aux", "auxpass"} or verb.head == verb:
            return None
        verb = verb.head
    return None


def subject_behind(verb: Token) -> Span | None:
    """The subject right behind a verb between commas or marks (", said Field,").

    None where a clause parts one from the verb ("an analyst, who gave no name, said Field, despite ...").
    """
    parted = any(child.dep_ in SUBJECTS and child.i < verb.i - 2 for child in verb.lefts)
    if not verb.i or not verb.nbor(-1).is_punct or parted:
        return None
    subject = next((child for child in verb.rights if child.dep_ in SUBJECTS), None)
    return mention_at(subject) if subject is not None and subject.left_edge.i == verb.i + 1 else None


def agent_of(verb: Token) -> Span | None:
    """Who does what a passive tells ("pressed by Field about")."""
    by = next((child for child in verb.rights if child.dep_ == "agent"), None)
    doer = next((child for child in by.rights if child.dep_ == "pobj"), None) if by is not None else None
    return mention_at(doer) if doer is not None else None


def forced_to(verb: Token) -> Span | None:
    """Who does what somebody made him do ("forced Field to admit")."""
    if verb.dep_ != "xcomp" or verb.head.lemma_.lower() not in FORCING:
        return None
    forced = next((child for child in verb.head.rights if child.dep_ == "dobj" and child.i < verb.i), None)
    return (forced.left_edge.idx, forced.idx + len(forced)) if forced is not None else None


def mention_at(head: Token) -> Span:
    """The noun phrase that hangs on a word."""
    end = max(head.right_edge.i, head.i)
    tokens = list(head.doc[head.left_edge.i : end + 1])
    while len(tokens) > 1 and (tokens[-1].is_punct or tokens[-1].dep_ == "case"):
        tokens.pop()
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def trimmed_cue(doc: Doc, cue: Span) -> Span:
    """A cue without the date, time or colon at its end ("said Tuesday:")."""
    tokens = list(words(doc, cue))
    while len(tokens) > 1 and (tokens[-1].ent_type_ in {"DATE", "TIME"}):
        tokens.pop()
    if len(tokens) > 2 and tokens[-1].pos_ == "DET" and tokens[-2].pos_ == "ADP":  # "said in an | interview"
        tokens = tokens[:-2]
    while len(tokens) > 1 and (tokens[-1].is_punct or tokens[-1].lower_ == "on"):
        tokens.pop()
    if tokens[-1].dep_ == "expl":  # "There are concerns from residents that"
        tokens += [token for token in tokens[-1].head.rights if token.dep_ == "attr"][:1]
        return cue[0], tokens[-1].idx + len(tokens[-1])
    return cue[0], min(cue[1], tokens[-1].idx + len(tokens[-1]))


def whole_cue(doc: Doc, cue: Span, others: Sequence[Span]) -> Span:
    """A cue that ends with a preposition completed by its noun phrase ("wrote in a letter to | the council").

    Args:
        others: The statement's content and source, which hold what they hold.
    """
    last = words(doc, cue)[-1]
    phrase = next((child for child in last.rights if child.dep_ == "pobj"), None) if last.pos_ == "ADP" else None
    if phrase is None or phrase.left_edge.i != last.i + 1:
        return cue
    end = phrase.right_edge
    while end.is_punct and end.i > last.i:
        end = end.nbor(-1)
    grown = cue[0], end.idx + len(end)
    return cue if any(start < grown[1] and grown[0] < stop for start, stop in others) else grown


def up_to_content(doc: Doc, cue: Span, piece: Span) -> Span:
    """A cue with the verb between it and the content ("plans | to announce | that the quay will close")."""
    verbs = words(doc, cue)
    between = doc[verbs.end : words(doc, piece).start] if cue[1] <= piece[0] else doc[:0]
    if not 1 < len(between) <= MOST_BETWEEN or between[0].lower_ != "to" or between[-1].pos_ != "VERB":
        return cue
    return cue[0], between[-1].idx + len(between[-1])


def without_day(doc: Doc, piece: Span, cue: Span) -> Span:
    """A content without the day that belongs to its cue ("said | Tuesday the quay would be closed")."""
    content = words(doc, piece)
    day = content[0]
    if day.ent_type_ != "DATE" or day.dep_ != "npadvmod" or len(content) < 3 or content[1].ent_type_ == "DATE":
        return piece
    return (content[1].idx, piece[1]) if day.i == words(doc, cue).end else piece


def of_noun(doc: Doc, piece: Span, cue: Span) -> Span:
    """A content that ends with the noun that is its cue ("the demand that they be paid | was heard")."""
    content, noun = words(doc, piece), words(doc, cue).root
    verb = noun.head
    if noun.pos_ != "NOUN" or noun.dep_ not in SUBJECTS | {"nsubjpass"} or verb.i <= content.start:
        return piece
    inside = [token for token in noun.subtree if content.start <= token.i < min(verb.i, content.end)]
    if verb.i >= content.end or not inside or inside[0].i != content.start:
        return piece
    return piece[0], inside[-1].idx + len(inside[-1])


def whole_clause(doc: Doc, piece: Span, others: Sequence[Span]) -> Span:
    """A content that breaks off within its clause completed to the clause's end.

    The model gives every word one role, so that a statement within a statement cuts the outer one short.

    Args:
        others: The statement's cue and source, over which its content cannot grow.
    """
    content = words(doc, piece)
    tops = [token for token in content if token.head == token or not content.start <= token.head.i < content.end]
    end = max(token.right_edge.i for token in tops)
    if end < content.end:
        return piece
    if any(content.end <= words(doc, other).start <= end for other in others):
        return piece
    last = doc[end]
    while (last.is_punct or last.is_space) and last.i >= content.end:
        last = doc[last.i - 1]
    return (piece[0], last.idx + len(last)) if last.i >= content.end else piece


def with_relative_clause(doc: Doc, piece: Span) -> Span:
    """A content that ends in a comma completed by the relative clause after it ("into Rafah, where thousands …")."""
    content = words(doc, piece)
    if len(content) > 1 and content[-1].tag_ in {"WDT", "WP", "WP$"}:
        content = content[:-1]
    if content[-1].text != "," or content.end >= len(doc):
        return piece
    pronoun = doc[content.end]
    clause = next((token for token in pronoun.ancestors if token.dep_ == "relcl"), None)
    if clause is None or pronoun.tag_ not in {"WDT", "WP", "WP$", "WRB"} or clause.head not in content:
        return piece
    last = clause.right_edge
    while last.is_punct or last.is_space:
        last = last.nbor(-1)
    return piece[0], last.idx + len(last)


def without_end(doc: Doc, piece: Span) -> Span:
    """A content without commas at its ends, and without the full stop or conjunction after it."""
    content = words(doc, piece)
    while len(content) > 1 and (content[-1].text in {".", ","} or content[-1].is_space or content[-1].pos_ == "CCONJ"):
        content = content[:-1]
    return without_edges(content)


def whole_words(text: str, span: Span) -> Span:
    """A span grown over the words that it cuts."""
    start, end = span
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end
