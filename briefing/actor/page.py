"""Where each token of an article stands: its paragraph and sentence, in a headline, in quotation marks."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from briefing.article import Article
from briefing.attribution.quotation import quotations

WHOLLY = 0.8  # share of a sentence's characters from which it counts as quoted
_TIME = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[ap]m|h|GMT|BST)?")
_LINE = re.compile(r"\S[^\n]*")
_REPORTED = re.compile(r"\b(?:said|told|says|added)\b.*[.!?][”\"]?\s*$")  # a sentence, however many names it holds
_LONG_WORD = re.compile(r"[^\W\d_][\w’'-]{3,}")


class Page:
    """Looks up, by token: everything is worked out once, in time linear in the text.

    Attributes:
        body: Is the token in a paragraph of the article (and not in furniture)?
        paragraph: Number of the paragraph or piece of furniture.
        entry: Number of the entry that a time of day opens, in a live page; 0 all over in other articles.
        sentence: Number of the sentence.
        told: Number of the sentence, where sentences that are wholly quotation do not count: a long quotation puts no
            distance between what stands before and after it.
        quoted: Inside quotation marks?
        headline: In a line in title case, where capitals tell nothing?
        named: Can a name stand here: in the body, the title or a cross-heading, not in a byline or other furniture?
    """

    def __init__(self, article: Article, doc: Doc) -> None:
        self.doc, self.text = doc, article.text  # a Doc's own text is put together anew each time
        text = article.text
        marks = quoted_characters(text)
        paragraph_at, body_at, headline_at = _lines(article)
        starts = [token.idx for token in doc]
        self.quoted = [bool(marks[at]) for at in starts]
        self.paragraph = [paragraph_at[at] for at in starts]
        self.entry = _entries(self.paragraph, doc)
        self.body = [bool(body_at[at]) for at in starts]
        self.headline = [bool(headline_at[at]) for at in starts]
        titles = [
            span
            for span in article.furniture
            if article.title and text[slice(*span)].strip() == article.title.strip()
        ]
        for start, end in [*titles, *article.cross_headings]:
            body_at[start:end] = b"\1" * (end - start)
        self.named = [bool(body_at[at]) for at in starts]
        self.sentence, self.told = [0] * len(doc), [0] * len(doc)
        self.sentence_start = [0] * len(doc)
        told = 0
        for number, sentence in enumerate(doc.sents):
            first, last = sentence.start_char, sentence.end_char
            told += sum(marks[first:last]) < WHOLLY * (last - first)
            for i in range(sentence.start, sentence.end):
                self.sentence[i], self.told[i], self.sentence_start[i] = number, told, sentence.start


def _entries(paragraph: list[int], doc: Doc) -> list[int]:
    """By token: how many paragraphs that open with a time ("16:40 The White House says") have begun."""
    entries, count = [], 0
    for i, token in enumerate(doc):
        opens = not i or paragraph[i] != paragraph[i - 1]
        count += opens and _TIME.fullmatch(token.text) is not None
        entries.append(count)
    return entries


def quoted_characters(text: str) -> bytearray:
    """One byte a character: 1 inside quotation marks."""
    mask = bytearray(len(text) + 1)
    lines = [match.span() for match in _LINE.finditer(text)]
    for quotation in quotations(text, lines):
        for start, end in quotation.pieces:
            mask[start - 1 : end] = b"\1" * (end - start + 1)
    return mask


def _lines(article: Article) -> tuple[list[int], bytearray, bytearray]:
    """By character: number of the block, body or not, title case or not."""
    size = len(article.text) + 1
    number, body, headline = [0] * size, bytearray(size), bytearray(size)
    for k, (start, end) in enumerate(sorted(article.paragraphs + article.furniture)):
        number[start:end] = [k] * (end - start)
    for start, end in article.paragraphs:
        body[start:end] = b"\1" * (end - start)
    at = 0
    for line in article.text.split("\n"):
        if is_title_case(line):
            headline[at : at + len(line)] = b"\1" * len(line)
        at += len(line) + 1
    return number, body, headline


def is_title_case(line: str) -> bool:
    """Is this a short line whose long words nearly all have capitals, as in American headlines?"""
    if len(line) > 250 or line.rstrip()[-1:] in {",", ":"} or _REPORTED.search(line):
        return False
    words = _LONG_WORD.findall(line)
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 2 and capitals >= 0.75 * len(words)
