"""Cards as Discord messages, within Discord's limits."""

from dataclasses import replace

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import LongQuestions
from bot.card_view import COMPONENTS, LABEL, TEXT, files_of, view_of
from briefing.article import parse_article
from briefing.card import CARD_ACTIONS, PAGE_ENTRIES, Action, Attachment, Card, Entry, Line, Question, Words
from briefing.paging import entry_weight, paged, shortened
from tests.test_bot_markdown import WORDS

LONG = LongQuestions()
ASK = Question("who-said", (("person", "Lena Ostrow"),))


def entry(text="“No,” she said.", *, actions=1):
    article = parse_article("a.txt", text)
    words = Line((Words(article.passage(0, len(text))),), "quote")
    return Entry((words, Line(("The Kelso Ledger",), "source")), (Action("In context", ASK),) * actions)


def flat(view):
    return list(view.walk_children())


def texts(view):
    return [item.content for item in flat(view) if isinstance(item, discord.ui.TextDisplay)]


def buttons(view):
    return [item.item if hasattr(item, "item") else item for item in flat(view) if getattr(item, "custom_id", None)]


LABELS = WORDS.map(shortened)
SIZES = st.sampled_from([1, 1, 1, 10, 100])
LINES = st.builds(
    lambda text, style: Line((Words(parse_article("a.txt", text).passage(0, len(text))),), style),
    st.builds(lambda head, text, times: (head + text * times)[:5000], st.sampled_from("x*\u200b"), WORDS, SIZES),
    st.sampled_from(["text", "heading", "quote", "reported", "passage", "source", "note"]),
)
ENTRIES = st.builds(
    Entry, st.lists(LINES, min_size=1, max_size=5).map(tuple), st.sampled_from([(), (Action("In context", ASK),)])
)
OPTIONS = st.lists(st.tuples(st.just("about"), st.text(max_size=120)), max_size=2).map(tuple)
QUESTIONS = st.builds(Question, st.just("who-said"), OPTIONS)
ACTIONS = st.lists(st.builds(Action, LABELS, QUESTIONS), max_size=CARD_ACTIONS).map(tuple)


@given(st.lists(ENTRIES, max_size=14), LABELS, ACTIONS, QUESTIONS, st.integers(0, 3))
def test_every_page_of_any_answer_fits_into_one_message(entries, title, actions, question, page):
    weighed = [(one, entry_weight(one)) for one in entries]
    shown, number, pages = paged(weighed, lambda one: one, page)
    notes = (Line((title,), "note"), Line((title,), "note"))

    view = view_of(Card(title, question, shown, notes, actions, page=number, pages=pages), LONG)

    ids = [button.custom_id for button in buttons(view)]
    assert view.content_length() <= TEXT
    assert len(flat(view)) <= COMPONENTS
    assert all(text.strip() for text in texts(view))
    assert all(1 <= len(id) <= 100 for id in ids)
    assert len(set(ids)) == len(ids)
    assert all(1 <= len(button.label) <= LABEL for button in buttons(view))


def test_the_fullest_page_fits():
    full = [replace(entry(), lines=entry().lines * 2)] * PAGE_ENTRIES
    actions = (Action("Positions", ASK),) * CARD_ACTIONS

    view = view_of(Card("Lena Ostrow", ASK, tuple(full), (Line(("note",), "note"),), actions, page=1, pages=3), LONG)

    assert len(flat(view)) <= COMPONENTS


def test_a_quotation_and_its_source_are_told_apart():
    view = view_of(Card("Lena Ostrow", ASK, (entry(),)), LONG)

    assert texts(view) == ["## Lena Ostrow", "> “No,” she said.", "-# The Kelso Ledger"]


def test_an_entrys_one_button_stands_beside_it():
    view = view_of(Card("Lena Ostrow", ASK, (entry(),)), LONG)

    [section] = [item for item in flat(view) if isinstance(item, discord.ui.Section)]
    assert section.accessory.item.label == "In context"


def test_a_single_page_has_no_paging():
    assert buttons(view_of(Card("Lena Ostrow", ASK), LONG)) == []


@pytest.mark.parametrize(("page", "off"), [(0, ["‹ Back", "1 / 3"]), (1, ["2 / 3"]), (2, ["3 / 3", "Next ›"])])
def test_paging_goes_no_further_than_there_are_pages(page, off):
    view = view_of(Card("Lena Ostrow", ASK, page=page, pages=3), LONG)

    assert [button.label for button in buttons(view) if button.disabled] == off


def test_a_paging_button_asks_for_the_page_beside():
    view = view_of(Card("Lena Ostrow", replace(ASK, page=1), page=1, pages=3), LONG)

    pager = [item for item in flat(view) if hasattr(item, "question")]
    assert [(item.question.page, item.item.disabled) for item in pager] == [(0, False), (1, True), (2, False)]


def test_a_picture_is_shown_with_its_alternative_text():
    card = Card("Who stands where", ASK, attachments=(Attachment("matrix.png", b"png", "Two actors, one issue."),))

    [gallery] = [item for item in flat(view_of(card, LONG)) if isinstance(item, discord.ui.MediaGallery)]
    [file] = files_of(card)

    assert gallery.items[0].media.url == "attachment://matrix.png"
    assert gallery.items[0].description == file.description == "Two actors, one issue."


def test_any_other_file_is_offered_for_download():
    card = Card("Export", ASK, attachments=(Attachment("positions.csv", b"a,b", None),))

    assert [item.media.url for item in flat(view_of(card, LONG)) if isinstance(item, discord.ui.File)] == [
        "attachment://positions.csv"
    ]


def test_a_card_beyond_discords_limits_is_refused():
    with pytest.raises(ValueError, match="characters of text"):
        view_of(Card("Too much", ASK, (entry("word " * 900),)), LONG)
