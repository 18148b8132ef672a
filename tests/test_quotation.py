"""Quotation marks are paired by kind and by paragraph."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.attribution.quotation import curled, quotations, straightened


def paragraphs_of(text):
    return [match.span() for match in re.finditer(r"\S[^\n]*", text)]


def quoted(text):
    return [[text[start:end] for start, end in found.pieces] for found in quotations(text, paragraphs_of(text))]


@pytest.mark.parametrize(
    "text",
    ["“Go,” he said.", '"Go," he said.', "‘Go,’ he said.", "'Go,' he said.", "''Go,'' he said.", "``Go,'' he said."],
)
def test_every_kind_of_mark_pairs_with_its_own(text):
    assert quoted(text) == [["Go,"]]


def test_an_apostrophe_opens_and_closes_nothing():
    assert quoted("Hamas’ leaders and the ’90s, the workers' boats, rock 'n' roll") == []


def test_a_plural_s_does_not_close_a_british_quotation():
    assert quoted("‘The workers’ boats are here,’ he said.") == [["The workers’ boats are here,"]]


def test_marks_within_marks_stay_inside():
    assert quoted("“He said “go” and ‘come’,” she said.") == [["He said “go” and ‘come’,"]]


def test_a_mark_opens_each_paragraph_of_a_long_quotation_and_the_last_closes_it():
    assert quoted("“One.\n\n“Two.\n\n“Three,” he said.") == [["One.", "Two.", "Three,"]]


def test_an_unclosed_quotation_ends_with_its_paragraph():
    assert quoted("“One, he said.\n\nThen he said, “Two.”") == [["Two."]]


@pytest.mark.parametrize("text", ["“One.\n\nTwo,” he said. “Three.”", '"One.\n\nTwo," he said. "Three."'])
def test_a_closing_mark_ends_the_quotation_of_the_paragraph_before_though_none_opened_its_own(text):
    assert quoted(text) == [["One.", "Two,"], ["Three."]]


def test_marks_around_nothing_are_no_quotation():
    assert quoted('" " he said "go"') == [["go"]]


def test_an_unclosed_mark_before_a_pair_costs_only_itself():
    assert quoted("“One, he said. “Two,” he said.") == [["Two,"]]


def test_a_stray_closing_mark_costs_nothing():
    assert quoted("One,” he said. “Two,” he said.") == [["Two,"]]


def test_inches_are_no_marks():
    assert quoted('A 6" gap, "yes," he said.') == [["yes,"]]


def test_nothing_between_marks_is_no_quotation():
    assert quoted("“” and \"\"") == []


def test_straightening_keeps_every_offset():
    text = "“Go,” ‘he’ said. ``Come,'' she’d said."

    assert len(straightened(text)) == len(text)


def test_curling_gives_back_directed_marks():
    text = '"Go," he said.'

    assert curled(text, quotations(text, paragraphs_of(text))) == "“Go,” he said."


@pytest.mark.parametrize("mark", ['"', "“", "”", "'", "‘", "’", "``", "“‘"])
def test_a_hundred_thousand_marks_in_a_row_are_read(mark):
    text = mark * (100_000 // len(mark))

    assert all(0 <= found.start < found.end <= len(text) for found in quotations(text, [(0, len(text))]))


def test_a_quotation_over_many_thousand_paragraphs_is_one():
    text = '"So it goes.\n' * 50_000 + '"So it ends."'

    [found] = quotations(text, paragraphs_of(text))

    assert len(found.pieces) == 50_001


@given(st.text(alphabet="ab “”\"'‘’«».,\n`"))
def test_quotations_are_apart_and_in_order(text):
    outer = [found.outer for found in quotations(text, paragraphs_of(text))]

    assert outer == sorted(outer)
    assert all(one[1] <= other[0] for one, other in pairwise(outer))
