"""Pages of a card: nothing is cut off, and no page is more than a front door can show."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.article import parse_article
from briefing.card import PAGE_CHARACTERS, PAGE_ENTRIES, Action, Entry, Line, Question, Words
from briefing.paging import entry_weight, paged, shortened, split, split_passage, weight

PROSE = st.text(st.sampled_from("ab .!?\n*_“”’é\u202e😀"), min_size=1, max_size=9_000).filter(str.strip)


def whole(text):
    article = parse_article("long.txt", text)
    return article.passage(0, len(article.text))


def words_of(entries):
    return "".join(p.passage.text for e in entries for line in e.lines for p in line.parts if isinstance(p, Words))


def bare(text):
    return "".join(text.split())


@settings(deadline=None)
@given(PROSE)
def test_a_passage_longer_than_a_page_is_parted_and_nothing_is_lost(text):
    entry = Entry((Line((Words(whole(text), ((0, 1),)),), "quote"), Line(("source",), "source")))

    pieces = list(split(entry))

    assert bare(words_of(pieces)) == bare(text)
    assert all(entry_weight(piece) <= PAGE_CHARACTERS for piece in pieces)


def test_a_long_passage_is_parted_after_a_sentence():
    pieces = list(split_passage(whole("A short one. " * 400), 1_000))

    assert all(piece.text.endswith("one.") for piece in pieces)


def test_a_word_longer_than_a_page_is_parted_all_the_same():
    assert bare("".join(p.text for p in split_passage(whole("a" * 9_000), 1_000))) == "a" * 9_000


def test_a_heading_stays_with_what_it_opens():
    passage = Line((Words(whole("x " * PAGE_CHARACTERS)),), "passage")

    first, *_ = split(Entry((Line(("Only Tom Bell",), "heading"), passage)))

    assert [line.style for line in first.lines] == ["heading", "passage"]


def test_the_button_goes_with_the_last_piece():
    button = Action("In context", Question("around"))

    *first, last = split(Entry((Line((Words(whole("word " * 2_000)),), "quote"),), (button,)))

    assert [piece.actions for piece in first] == [()] * len(first)
    assert last.actions == (button,)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(10, 5_000), max_size=60), st.booleans())
def test_pages_hold_every_entry_once_and_in_order(sizes, buttons):
    items = [(f"{number} " + "x " * (size // 2), size + 50) for number, size in enumerate(sizes)]

    def build(text):
        return Entry((Line((Words(whole(text)),), "passage"),))

    pages = paged(items, build, 0, buttons=buttons)[2]
    shown = [paged(items, build, page, buttons=buttons)[0] for page in range(pages)]

    assert bare(words_of(entry for page in shown for entry in page)) == bare("".join(text for text, _ in items))
    assert all(sum(entry_weight(entry) for entry in page) <= PAGE_CHARACTERS for page in shown)
    assert not buttons or all(len(page) <= PAGE_ENTRIES for page in shown)


def test_only_the_entries_of_the_page_are_built():
    built = []

    def build(number):
        built.append(number)
        return Entry((Line((str(number),)),))

    paged([(number, 1_000) for number in range(1_000)], build, 1)

    assert built == [3, 4, 5]


def test_nothing_is_one_empty_page():
    assert paged([], lambda item: item, 5) == ((), 0, 1)


@pytest.mark.parametrize(
    ("label", "short"),
    [("one two three", "one two…"), ("onetwothree", "onetwothr…"), ("one\ntwo", "one two"), ("", "")],
)
def test_a_label_is_shortened_at_a_words_end_on_one_line(label, short):
    assert shortened(label, 10) == short


def test_weight_leaves_room_for_escapes_and_quote_marks():
    assert weight("a*b") == 4
    assert weight("a\nb") > 3 + len("> ")
