"""A card in a terminal, as HTML and as JSON."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from briefing.article import parse_article
from briefing.card import Action, Attachment, Card, Entry, Line, Question, Words
from briefing.render import as_json, html, terminal
from briefing.visible import typed, visible

ARTICLE = parse_article("a.txt", "Bell <b>rejects</b> the plan & the levy.")


def card(*lines, **options):
    return Card("Tom Bell", Question("who-said", (("person", "Bell"),)), (Entry(lines),), **options)


def words(start, end, *marks):
    return Words(ARTICLE.passage(start, end), marks)


def printed(shown):
    file = io.StringIO()
    Console(file=file, width=80, force_terminal=False).print(terminal(shown))
    return file.getvalue()


def test_html_escapes_the_articles_and_marks_the_cue():
    shown = html(card(Line((words(0, 40, (8, 15)),), "passage")))

    assert '<blockquote class="passage">Bell &lt;b&gt;<b>rejects</b>&lt;/b&gt; the plan &amp; the levy.</' in shown


def test_a_reported_clause_is_marked_and_an_articles_words_in_a_label_are_set_apart():
    shown = html(card(Line((words(0, 4),), "reported"), Line(("as ", words(0, 4)))))

    assert '<blockquote class="reported"><i>reported: </i>Bell</blockquote>' in shown
    assert '<p class="text">as <em>Bell</em></p>' in shown


def test_the_terminal_shows_title_words_source_and_what_to_ask_next():
    ask = Action("Positions", Question("positions", (("person", "Bell"),)))

    shown = printed(card(Line((words(0, 4),), "quote"), Line(("The Ledger",), "source"), actions=(ask,), pages=2))

    assert [line.strip() for line in shown.splitlines() if line.strip()] == [
        "Tom Bell",
        "Bell",
        "The Ledger",
        "Page 1 of 2",
        "→ Positions: /positions person:Bell",
    ]


@pytest.mark.parametrize("hidden", ["\x1b[31m", "\u202e", "\u200b", "\x07", "\x9b1m", "\u2066"])
def test_no_escape_sequence_and_nothing_invisible_reaches_a_terminal(hidden):
    article = parse_article("a.txt", f"We will{hidden} not move.")
    shown = printed(card(Line((Words(article.passage(0, len(article.text))),), "quote"), Line((f"x{hidden}",))))

    assert hidden[0] not in shown


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_printed(text):
    article = parse_article("a.txt", f"a{text}")
    shown = card(Line((Words(article.passage(0, len(article.text)), ((0, 1),)), text), "quote"))

    assert printed(shown)
    assert html(shown)
    assert set(visible(text)) <= set(text)


def test_a_question_is_written_out_as_typed_without_what_nobody_sees():
    question = Question("compare", (("person", "Ana\u202e Ruiz"), ("other", "Bell\x1b")))

    assert typed(question) == "/compare person:Ana Ruiz other:Bell"


def test_what_a_picture_shows_is_told_where_no_picture_is_shown():
    row = Entry((Line(("Ana Ruiz",), "heading"), Line(("+ harbour",))))
    shown = Card("Who stands where", Question("positions"), attachments=(Attachment("p.png", b"", "Alt.", (row,)),))

    assert [line.strip() for line in printed(shown).splitlines() if line.strip()] == [
        "Who stands where",
        "Ana Ruiz",
        "+ harbour",
    ]
    assert '<p class="text">+ harbour</p>' in html(shown)


def test_json_keeps_the_exact_characters_and_where_they_stand():
    part = as_json(card(Line((words(0, 4, (0, 2)),), "quote")))["entries"][0]["lines"][0]["parts"][0]

    assert part == {"article": "a", "start": 0, "end": 4, "text": "Bell", "marks": [[0, 2]]}
