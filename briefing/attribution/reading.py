"""An article and its document -> its statements: candidates, links, borders, acts, circumstances."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from operator import itemgetter

from spacy.tokens import Doc
from spacy.tokens import Span as Words

from briefing.article import Article, Span
from briefing.attribution.act import act_of, is_hearsay, is_naming, is_speech
from briefing.attribution.border import Quoted, bordered, within_paragraphs
from briefing.attribution.certainty import confidence
from briefing.attribution.circumstance import addressee_of, when_of, where_of
from briefing.attribution.linking import Draft, drafts_of
from briefing.attribution.listener import is_listener, is_told
from briefing.attribution.neighbour import going_on, only_person
from briefing.attribution.nested import apart, inner, other_speakers
from briefing.attribution.overlooked import attributed, overlooked
from briefing.attribution.quotation import curled, quotations, straightened
from briefing.attribution.signature import signature_after
from briefing.attribution.statement import Statement
from briefing.attribution.syntax import (
    ACTORS,
    SUBJECTS,
    agent_of,
    forced_to,
    of_noun,
    subject_behind,
    subject_of,
    trimmed_cue,
    up_to_content,
    whole_clause,
    whole_cue,
    whole_source,
    whole_words,
    with_relative_clause,
    without_day,
    without_edges,
    without_end,
    words,
)
from briefing.attribution.tagger import Tagger
from briefing.attribution.turn import with_turns

LEAST, LEAST_SAID, LEAST_UNSOURCED = 0.55, 0.4, 0.7  # chances; tuned on PolNeAR's development part
OBJECTS = {"dobj", "dative"}
NAME, SCARE = 4, 2  # words; quotations no longer may be names or titles by themselves, or scare quotes in others' words
SURE = 0.8  # chance asked of a content with a scare quote and no verb of saying
FRAGMENT = 20  # characters; a shorter content is probably cut off
FILLERS = {"as", "how", "so", "that", "what", "which", "who"}  # a piece of one such word says nothing
MEMORIES = {"recall"}  # verbs of saying for people; "the firm recalled its vans" is a deed


def statements_of(article: Article, doc: Doc, tagger: Tagger) -> tuple[Statement, ...]:
    """The statements of an article in text order; `speaker` is left open.

    Args:
        doc: As `language.parse` gives it: its text is the article's.
    """
    quoted, drafts = drafts_in(article, doc, tagger)
    return tuple(statement(draft, quoted, doc, article.published) for draft in drafts)


def drafts_in(article: Article, doc: Doc, tagger: Tagger) -> tuple[Quoted, list[Draft]]:
    """The quotations of an article, and a draft of each statement in text order."""
    blocks = read_blocks(article)
    quoted = Quoted(article.text, quotations(article.text, blocks))
    if not blocks:
        return quoted, []
    plain = body(article.text, blocks)
    tagged = tagger.tag(plain, curled(plain, quoted.quotations))
    headline = headline_of(article)
    drafts = [whole(draft, article.text) for draft in drafts_of(tagged, article.text, headline)]
    drafts = [within_paragraphs(without_fillers(draft, article.text), quoted, blocks) for draft in drafts]
    drafts = bordered([near(draft, quoted, blocks) for draft in drafts], quoted)
    drafts = [draft for draft in drafts if is_likely(draft, quoted, doc)]
    drafts = [one for draft in drafts for one in other_speakers(draft, quoted, doc)]
    drafts += overlooked(drafts, quoted, doc)
    drafts = [sourced(draft, quoted, blocks, doc) for draft in drafts]
    apart(drafts, doc)
    drafts = [draft for draft in drafts if is_statement(draft, quoted, doc)]
    drafts = [draft for draft in drafts if not is_claim_of_headline(draft, headline, quoted, doc)]
    drafts = with_turns(drafts, quoted, blocks)
    drafts += going_on(drafts, quoted, blocks)
    drafts += inner(drafts, quoted, doc)
    return quoted, sorted(drafts, key=lambda draft: (draft.start, -draft.end))


def read_blocks(article: Article) -> tuple[Span, ...]:
    """Where statements are looked for: the paragraphs, and the headline, which often reports words too."""
    headline = headline_of(article)
    return tuple(sorted({*article.paragraphs, *([headline] if headline is not None else [])}))


def headline_of(article: Article) -> Span | None:
    """Where the title stands, without its full stop or the outlet's name; None where it is not furniture."""
    title = article.title
    starts = (start for start, _ in article.furniture if title and article.text.startswith(title, start))
    start = next(starts, None)
    return (start, start + len(title)) if start is not None and title else None


def body(text: str, blocks: Sequence[Span]) -> str:
    """What the model reads: as long as the text, plain marks, a line a block, white space instead of the rest."""
    pieces, last = [], 0
    for start, end in blocks:
        pieces += ["\n" * (start - last), text[start:end].replace("\n", " ")]
        last = end
    return straightened("".join(pieces))


def whole(draft: Draft, text: str) -> Draft:
    """A draft that cuts no word."""
    draft.pieces = tuple(whole_words(text, piece) for piece in draft.pieces)
    draft.cue = whole_words(text, draft.cue) if draft.cue else None
    draft.source = whole_words(text, draft.source) if draft.source else None
    return draft


def without_fillers(draft: Draft, text: str) -> Draft:
    """A draft without the "what" in "what Anna said: …", if there is more to it."""
    pieces = tuple(piece for piece in draft.pieces if text[slice(*piece)].strip().lower() not in FILLERS)
    draft.pieces = pieces or draft.pieces
    return draft


def is_likely(draft: Draft, quoted: Quoted, doc: Doc) -> bool:
    """Is a draft sure enough to be kept? More is asked of what is neither quoted nor said, most if nobody thinks it."""
    said = draft.cue is not None and is_speech(words(doc, draft.cue))
    if draft.source is None and not said and quoted.kind(draft.pieces) == "indirect":
        return draft.chance >= LEAST_UNSOURCED
    return draft.chance >= (LEAST_SAID if said or quoted.kind(draft.pieces) != "indirect" else LEAST)


def is_statement(draft: Draft, quoted: Quoted, doc: Doc) -> bool:
    """No name of a thing, scare quote or aside ("the “pause”, as they call it") is one."""
    kind = quoted.kind(draft.pieces)
    longest = max((len(quotation.words(quoted.text)) for quotation in quoted.under(draft.pieces)), default=0)
    if draft.cue is None:
        return kind == "direct" or (kind == "mixed" and (longest > SCARE or draft.source is not None))
    cue = words(doc, draft.cue)
    if all(quoted.text[slice(*piece)].strip().lower() in FILLERS for piece in draft.pieces):
        return False
    if kind == "indirect" and (is_deed(cue, draft, doc) or is_told(draft.pieces[0], cue)):
        return False
    if is_naming(cue) and (draft.source is None or is_aside(cue)):
        return False
    scare = (kind == "direct" and longest <= NAME) or (kind == "mixed" and longest <= SCARE)
    return not scare or is_speech(cue) or (kind == "mixed" and draft.source is not None and draft.chance > SURE)


def is_deed(cue: Words, draft: Draft, doc: Doc) -> bool:
    """Is a verb of memory, with a thing for its object, what no person did?"""
    verb = cue.root
    if verb.lemma_.lower() not in MEMORIES or any(child.dep_ in {"ccomp", "xcomp"} for child in verb.rights):
        return False
    source = words(doc, draft.source) if draft.source else None
    return source is None or not (source.root.ent_type_ == "PERSON" or source.root.pos_ == "PRON")


def is_claim_of_headline(draft: Draft, headline: Span | None, quoted: Quoted, doc: Doc) -> bool:
    """Does a headline's own verb ("Judge blocks dam removal") pass for a cue?"""
    if headline is None or not headline[0] <= draft.start < headline[1] or quoted.kind(draft.pieces) != "indirect":
        return False
    return draft.cue is None or not is_speech(words(doc, draft.cue))


def is_aside(cue: Words) -> bool:
    return any(child.lower_ == "as" for child in cue.root.children if child.i < cue.start)


def near(draft: Draft, quoted: Quoted, blocks: Sequence[Span]) -> Draft:
    """A draft without a cue or source of another paragraph.

    The one before may lead over to this one with a colon, or with a quotation that goes on.
    """
    place = bisect_right(blocks, draft.start, key=itemgetter(1))
    after = bisect_left(blocks, draft.end, lo=place, key=itemgetter(0))
    if place == after:
        return draft
    first, last = blocks[place][0], blocks[after - 1][1]
    if place:
        start, end = blocks[place - 1]
        goes_on = quoted.holds((end - 2, end)) and quoted.holds((draft.start, draft.end))
        first = start if goes_on or quoted.text[end - 1] == ":" else first
    draft.cue = draft.cue if draft.cue and first <= draft.cue[0] < last else None
    draft.source = draft.source if draft.source and first <= draft.source[0] < last else None
    return draft


def sourced(draft: Draft, quoted: Quoted, blocks: Sequence[Span], doc: Doc) -> Draft:
    """A draft whose cue and source stand by it and are whole."""
    signature = signature_under(draft, quoted)
    if signature is not None:
        draft.cue, draft.source = None, signature
        return draft
    if quoted.kind(draft.pieces) == "direct":
        around_quotation(draft, quoted, blocks, doc)
    parted_by_cue(draft, doc)
    without_subject(draft, doc)
    complete_cue(draft, doc)
    complete_source(draft, quoted, doc)
    if quoted.kind(draft.pieces) == "indirect":
        complete_clause(draft, doc)
    if quoted.kind(draft.pieces) != "direct":
        draft.pieces = tuple(ended(piece, draft.cue, doc) for piece in draft.pieces)
    return draft


def around_quotation(draft: Draft, quoted: Quoted, blocks: Sequence[Span], doc: Doc) -> None:
    """Gives a quotation that has neither the cue and source that stand around it, or else the only person near."""
    if draft.cue is not None or draft.source is not None:
        by_teller(draft, quoted, doc)
        return
    quotation = quoted.holds(draft.pieces[-1])
    found = attributed(quotation, quoted, doc) if quotation is not None else None
    if found is not None:
        draft.cue, draft.source = found.cue, found.source
    else:
        draft.source = only_person(draft, doc, blocks)


def parted_by_cue(draft: Draft, doc: Doc) -> None:
    """ "The quay, said Mr Field, would close": two pieces, where the model took the speaker for their start."""
    verb = words(doc, draft.cue).root if draft.cue is not None else None
    source = subject_behind(verb) if verb is not None else None
    if verb is None or source is None or draft.pieces[0][0] != source[0] or source[1] >= draft.pieces[0][1]:
        return
    first = doc[verb.sent.start : verb.i - 1]
    if len(first):
        draft.source = source
        rest = without_edges(words(doc, (source[1], draft.pieces[0][1])))
        draft.pieces = ((first.start_char, first.end_char), rest, *draft.pieces[1:])


def without_subject(draft: Draft, doc: Doc) -> None:
    """ "Field appears set to veto the bill": a first piece that is the subject of its cue is the source."""
    if draft.source is not None or draft.cue is None or len(draft.pieces) < 2 or draft.pieces[0][1] > draft.cue[0]:
        return
    subject = words(doc, draft.pieces[0])
    named = subject.root.ent_type_ in ACTORS or subject.root.pos_ == "PRON"
    if named and subject.root.dep_ in SUBJECTS and subject.root.head in words(doc, draft.cue):
        draft.source, draft.pieces = draft.pieces[0], draft.pieces[1:]


def complete_cue(draft: Draft, doc: Doc) -> None:
    noun = noun_before(draft.pieces[0], doc) if draft.cue is not None else None
    if noun is not None and draft.cue is not None and (draft.source is None or draft.cue[1] <= noun[1]):
        draft.cue, draft.source = noun, subject_of(doc, noun)
    if draft.cue is not None:
        draft.cue = whole_cue(doc, trimmed_cue(doc, draft.cue), draft.taken)
        draft.cue = up_to_content(doc, draft.cue, draft.pieces[0])
        draft.source = acting_source(draft.source, draft.cue, doc) or subject_of(doc, draft.cue)
        if draft.source is not None and is_listener(draft.source, draft.cue, draft.end, doc):
            draft.source = None


def complete_source(draft: Draft, quoted: Quoted, doc: Doc) -> None:
    """Drops one that stands within the content."""
    if draft.source is not None:
        draft.source = unquoted(whole_source(doc, draft.source, draft.cue), quoted)
        inside = any(start < draft.source[1] and draft.source[0] < end for start, end in draft.pieces)
        draft.source = None if inside else draft.source


def complete_clause(draft: Draft, doc: Doc) -> None:
    last = with_relative_clause(doc, draft.pieces[-1])
    if last[1] - last[0] < FRAGMENT:
        last = whole_clause(doc, last, [span for span in (draft.cue, draft.source) if span])
    draft.pieces = (*draft.pieces[:-1], last)


def by_teller(draft: Draft, quoted: Quoted, doc: Doc) -> None:
    """Gives a quotation to the one who said it, not to him who tells of it ("Field said, according to the Post")."""
    quotation = quoted.holds(draft.pieces[0])
    if quotation is None or draft.cue is None or not is_hearsay(words(doc, draft.cue)):
        return
    found = attributed(quotation, quoted, doc)
    if found is not None and found.cue is not None and found.source is not None and found.cue[1] <= draft.cue[0]:
        draft.cue, draft.source = found.cue, found.source


def acting_source(source: Span | None, cue: Span, doc: Doc) -> Span | None:
    """The source, unless it is whom the cue's verb is about, or stands behind a participle ("refused, saying that").

    In "Field berated Olsen for" the source is the subject, in "The court, said Field, was cold" the one behind "said",
    in "Olsen, pressed by Field about" the one behind "by", in "Field forced Olsen to admit" the object.
    """
    verb = words(doc, cue).root
    agent = agent_of(verb) or forced_to(verb)
    if agent is not None or source is None:
        return agent
    head = words(doc, source).root
    behind = subject_behind(verb) if source[1] <= cue[0] else None
    if behind is not None:
        return behind
    is_object = head.head == verb and head.dep_ in OBJECTS
    hangs_on = verb.tag_ == "VBG" and verb.dep_ == "advcl" and source[0] >= cue[1]
    return subject_of(doc, cue) or source if is_object or hangs_on else source


def noun_before(piece: Span, doc: Doc) -> Span | None:
    """The noun of saying that a content hangs on, if it is somebody's ("the union's demand | that …")."""
    first = words(doc, piece)[0]
    noun = doc[max(first.i - 1, 0)]
    if first.tag_ != "IN" or not is_speech(doc[noun.i : noun.i + 1]):
        return None
    return (noun.idx, noun.idx + len(noun)) if any(child.dep_ == "poss" for child in noun.children) else None


def ended(piece: Span, cue: Span | None, doc: Doc) -> Span:
    """A piece without what belongs to its cue, and without the marks at its ends."""
    if cue is not None:
        piece = of_noun(doc, without_day(doc, piece, cue), cue)
    return without_end(doc, piece)


def unquoted(source: Span, quoted: Quoted) -> Span:
    """A source without the start of the quotation that follows it; a nickname in marks stays."""
    start, end = source
    outer = (quotation.outer for *_, quotation in quoted.over(source))
    opened = next((first for first, last in outer if start < first < end < last), None)
    return source if opened is None else (start, start + len(quoted.text[start:opened].rstrip()))


def signature_under(draft: Draft, quoted: Quoted) -> Span | None:
    """The name that signs a quotation which has no other cue than the dash before it, or the name itself."""
    quotation = quoted.holds(draft.pieces[-1])
    if quotation is None or quoted.kind(draft.pieces) != "direct":
        return None
    signature = signature_after(quoted.text, quotation.outer[1], alone=True)
    cue = quoted.text[slice(*draft.cue)] if draft.cue else ""
    is_name = signature is not None and cue.strip() in quoted.text[slice(*signature)]
    return signature if is_name or not any(character.isalnum() for character in cue) else None


def statement(draft: Draft, quoted: Quoted, doc: Doc, published: date | None) -> Statement:
    kind = quoted.kind(draft.pieces)
    cue = words(doc, draft.cue) if draft.cue else None
    source = words(doc, draft.source) if draft.source else None
    return Statement(
        kind=kind,
        act=act_of(kind, cue, source),
        content=draft.pieces,
        cue=draft.cue,
        source=draft.source,
        confidence=confidence(draft, kind, said=cue is not None and is_speech(cue)),
        when=when_of(cue, draft.taken, published) if cue is not None else None,
        where=where_of(cue, draft.taken) if cue is not None else None,
        addressee=addressee_of(cue, draft.taken) if cue is not None else None,
    )
