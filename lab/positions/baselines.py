"""Two plain ways to find positions: a list of verbs over the parse, the sentiment of sentences that name two actors.

Each gives (actor, issue, stance) by the words of a document; the runner maps them to a story's names as it maps ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

SUPPORT = frozenset(
    """support back endorse praise applaud welcome commend hail laud defend champion favor favour embrace approve
    advocate admire thank congratulate salute cheer tout uphold respect trust like love celebrate appreciate
    promote nominate recommend encourage help protect""".split()
)
OPPOSE = frozenset(
    """oppose criticize criticise condemn denounce reject slam blast attack accuse blame fault decry dismiss mock
    ridicule rebuke assail lambaste lash chide censure protest resist fight block veto challenge dispute doubt
    threaten sue warn bash taunt deplore disparage vilify insult loathe hate fear impeach thwart undermine
    repeal sabotage boycott snub shun refute contradict abandon betray ban oust fire expel target""".split()
)
NAMED = {"PERSON", "ORG", "GPE", "NORP", "LAW", "EVENT"}
NEUTRAL = 0.3  # VADER's compound score, -1 to 1; below it a sentence takes no side

Found = tuple[str, str, str]


def by_verbs(doc: Doc) -> Iterator[Found]:
    """Subject, verb of the list, object; "not" turns the side."""
    for verb in doc:
        stance = "supports" if verb.lemma_ in SUPPORT else "opposes" if verb.lemma_ in OPPOSE else None
        if stance is None or verb.pos_ != "VERB":
            continue
        if any(c.dep_ == "neg" for c in verb.children):
            stance = "opposes" if stance == "supports" else "supports"
        holders = [c for c in verb.children if c.dep_ == "nsubj"]
        holders += [g for c in verb.children if c.dep_ == "agent" for g in c.children]
        targets = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
        yield from ((_name(holder), _name(target), stance) for holder in holders for target in targets)


def by_sentiment(doc: Doc) -> Iterator[Found]:
    """The first actor that a sentence names takes the sentence's sentiment to every other one (VADER)."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    for sentence in doc.sents:
        named = list(dict.fromkeys(e.text for e in sentence.ents if e.label_ in NAMED))
        score = analyzer.polarity_scores(sentence.text)["compound"]
        if len(named) > 1 and abs(score) >= NEUTRAL:
            stance = "supports" if score > 0 else "opposes"
            yield from ((named[0], other, stance) for other in named[1:])


def _name(head: Token) -> str:
    """The named entity that the head is in, else the head with what stands before it."""
    entity = next((e for e in head.doc.ents if e.start <= head.i < e.end), None)
    return entity.text if entity is not None else head.doc[head.left_edge.i : head.i + 1].text
