"""What a cue says was done: something said, something thought or planned, a refusal to speak, or a document's word."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from briefing.attribution.statement import Act, Kind

# Lemmas of verbs, and of the nouns made from them, that tell of words spoken or written.
SPEECH = frozenset(
    """
    accord accuse acknowledge add address admit advise affirm agree allege allude announce answer apologize appeal
    applaud argue articulate ask assail assert assure attack attest aver bash beg bemoan berate blame blast boast brag
    brief call castigate caution challenge champion chant characterize charge chide cite claim clarify comment commend
    compare complain concede conclude concur condemn confess confide confirm congratulate contend contradict contrast
    counter credit criticise criticize cry declare decry defend demand denounce deny depict deride describe detail
    disagree disavow disclose discuss dismiss dispute divulge downplay echo elaborate email emphasise emphasize endorse
    enumerate exclaim explain express extol flag gripe grumble hail highlight hint imply implore indicate inform
    inquire insist instruct interject invite invoke jest joke label lambast lambaste lament lash laud lecture liken lobby
    maintain mention mock muse mutter name note notify observe offer opine order outline pitch plead pledge point
    portray post praise preach predict press proclaim pronounce propose protest query question quip quote rail rant
    reaffirm reassure rebuff rebuke rebut recall recite recommend recount refer refute reiterate reject relate relay
    remark remind renounce repeat reply report repudiate request respond restate retort retract retweet reveal ridicule
    rip rule say scoff scold shout shrug sigh signal slam snap speak specify speculate spell state stipulate stress
    suggest summarise summarize swear talk taunt tease tell testify thank threaten tout trumpet tweet unveil urge utter
    venture voice vouch vow warn whisper wonder write yell
    accusation account acknowledgment admission allegation announcement apology argument assertion assurance claim
    clarification comment complaint concession condemnation confirmation criticism declaration denial description
    disclosure endorsement explanation insistence interview message objection opposition pledge promise proposal
    recommendation rejection remark reply request response speech statement suggestion testimony threat warning word
    """.split()
)
# ... of something held in mind: beliefs, wishes, fears, plans.
THOUGHT = frozenset(
    """
    aim anticipate appear assume await believe consider contemplate count crave decide deem desire determine dislike
    doubt envision estimate eye expect fear feel figure forget foresee guess hate hop hope imagine intend interpret know
    learn like long love mean mind need notice oppose perceive plan ponder prefer prepare presume realise realize reckon
    recognise recognize regard regret remember resent see seek seem sense suspect think trust try understand view want
    watch weigh wish worry
    aim ambition anxiety belief concern conviction decision desire doubt expectation faith goal hope idea impression
    intention opinion perception sentiment understanding view
    afraid angry anxious certain concerned confident convinced determined eager hopeful keen nervous optimistic
    pessimistic proud ready reluctant sceptical skeptical sure surprised unwilling willing worried
    """.split()
)
# ... of what a thing shows.
SHOWING = frozenset("demonstrate find indicate list put read reveal show state suggest title conclude estimate".split())
DOCUMENTS = frozenset(
    """
    account advertisement affidavit agreement analysis analyst's article assessment audit autopsy bill biography book
    brief census chart charter complaint constitution contract data decree dispatch document dossier draft editorial
    email estimate evidence excerpt figure file filing finding footage forecast form graphic guideline index indictment
    judgment law lawsuit leaflet letter manifesto manual map memo memoir memorandum minutes motion note notice number
    order page pamphlet paper passage petition plan poll polling poster projection provision questionnaire readout
    record recording register regulation report research resolution result review ruling schedule score script section
    sign slide slogan spreadsheet statistic statute story study subpoena summary survey table tape text transcript
    treaty update verdict video warrant website
    """.split()
) - {"analyst's"}
REFUSING = frozenset("decline refuse".split())  # and not "reject": to reject a demand is to speak
SILENT = re.compile(
    r"\b(?:declin|refus)\w* (?:to )?(?:comment|say|answer|discuss|elaborate|respond|speak|talk|specify|give|provide)"
    r"|\bno comment\b|\bnot (?:be )?reached\b|\bnot available\b|\bremained? silent\b"
    r"|\bnot (?:immediately |yet |publicly |directly )*(?:respond|return|repl|comment|answer)"
)
AUXILIARY = frozenset("be do have can could may might must shall should will would to n't not".split())
STILL_SPEECH = frozenset("deny dispute doubt rule question".split())  # "did not deny", "would not rule out"


def act_of(kind: Kind, cue: Span | None, source: Span | None) -> Act:
    """The act that a cue tells of; without one, quoted words are speech and others a thought.

    What is neither surely said nor surely thought counts as said if it is quoted, else as thought: an answer then
    does not put words into a mouth.
    """
    if cue is None:
        return "speech" if kind != "indirect" else "thought"
    if kind != "direct" and is_refusal(cue):
        return "refusal"
    lemmas = {token.lemma_.lower() for token in cue if token.lemma_.lower() not in AUXILIARY}
    if source is not None and head_of(source).lemma_.lower() in DOCUMENTS:
        return "document"
    if lemmas & SPEECH:
        return "speech"
    if lemmas & THOUGHT:
        return "thought"
    return "speech" if kind != "indirect" else "thought"


def is_speech(cue: Span) -> bool:
    """Does a cue tell of words spoken or written?"""
    return any(token.lemma_.lower() in SPEECH for token in cue)


def is_refusal(cue: Span) -> bool:
    """Does the cue tell that somebody did not speak? ("declined to", "has not said", "never mentioned")."""
    words = cue.doc[cue.start : min(cue.end + 3, len(cue.doc))].text.lower()
    if SILENT.search(words):
        return True
    verbs = [token for token in cue if token.pos_ in {"VERB", "AUX"}]
    if any(token.lemma_.lower() in REFUSING for token in verbs):
        return True
    said = [token for token in verbs if token.lemma_.lower() in SPEECH - STILL_SPEECH]
    return any(is_negated(token) for token in said)


def is_negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" or child.lower_ in {"never", "n't", "not"} for child in verb.children if child.i < verb.i)


def head_of(span: Span) -> Token:
    """The word on which the others hang; the kind of thing in "one of the polls" or "a copy of the letter"."""
    head = span.root
    if head.lemma_.lower() in {"one", "copy", "series", "number", "part", "version", "set", "pair"}:
        inner = [t for t in span if t.dep_ == "pobj" and t.head.head == head]
        return inner[0] if inner else head
    return head
