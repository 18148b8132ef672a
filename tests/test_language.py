"""Articles as documents: their body's sentences."""

import pytest

from briefing.article import parse_article
from briefing.language import parse, sentences

PAGE = "Council rejects the levy\n\nThe council met on Monday.  It rejected the levy.\n\nMayor Lind was glad."


def told(text, nlp):
    """The body's sentences, each with the place of its paragraph."""
    [(article, doc)] = parse([parse_article("a", text)], nlp)
    return [(place, article.text[slice(*span)]) for place, span, _ in sentences(article, doc)]


def test_sentences_come_without_the_headline_and_the_white_space_between_them(nlp):
    assert told(PAGE, nlp) == [
        (0, "The council met on Monday."),
        (0, "It rejected the levy."),
        (1, "Mayor Lind was glad."),
    ]


@pytest.mark.parametrize("ending", ["\ufeff", "\n\ufeff", " \u200b\n", "\u200e"])
def test_an_invisible_sign_at_the_end_of_a_page_hides_no_sentence(nlp, ending):
    assert told(PAGE + ending, nlp) == told(PAGE, nlp)
