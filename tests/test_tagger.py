"""The model's candidates, and how they are read off its scores."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from briefing.attribution.pieces import BREAK, pieces_of
from briefing.attribution.tagger import best_labels, spans_of
from briefing.attribution.window import OVERLAP, WINDOW, margins_of, shifted_windows_of, windows_of


def scores(*labels):
    return [[1.0 if label == best else 0.0 for label in range(7)] for best in labels]


def test_the_model_finds_content_cue_and_source(tagger):
    text = '"We will not move," said Anna Lind.'

    tagged = tagger.tag(text)

    assert [text[c.start : c.end] for c in tagged.cues] == ["said"]
    assert [text[s.start : s.end] for s in tagged.sources] == ["Anna Lind"]
    [content] = tagged.contents
    assert max(content.cues, key=content.cues.get) == 0
    assert max(content.sources, key=content.sources.get) == 0


def test_a_text_without_pieces_has_no_candidates(tagger):
    tagged = tagger.tag(" \n ")

    assert (tagged.contents, tagged.cues, tagged.sources) == ([], [], [])


def test_statements_are_found_beyond_the_first_window(tagger):
    text = "The sea was grey and the ferry was late. " * 150 + 'Anna Lind said: "We will not move."'

    tagged = tagger.tag(text)

    assert "Anna Lind" in [text[s.start : s.end] for s in tagged.sources]


def test_an_inside_without_a_beginning_gets_one():
    assert best_labels(scores(0, 2, 2, 0)) == [1, 2, 2, 0]


def test_no_span_ends_with_a_line():
    assert spans_of([1, 2, 2, 2, 0], breaks={2, 3}) == ([(0, 2)], [], [])


def test_a_gap_between_lines_is_one_piece(tagger):
    pieces = pieces_of("\nOne line\n \n\ntwo\n", tagger.tokenizer)

    assert pieces.offsets == [(1, 4), (5, 9), (9, 10), (13, 16)]
    assert [place for place, piece in enumerate(pieces.ids) if piece == BREAK] == [2]


@given(st.text())
def test_pieces_stand_in_the_text_in_order(tagger, text):
    pieces = pieces_of(text, tagger.tokenizer)

    assert len(pieces.ids) == len(pieces.offsets)
    assert all(0 <= start <= end <= len(text) for start, end in pieces.offsets)
    assert all(one[1] <= other[0] or one == other for one, other in pairwise(pieces.offsets))


def test_spans_end_where_another_begins():
    assert spans_of([1, 2, 1, 3, 0, 5]) == ([(0, 2), (2, 3)], [(3, 4)], [(5, 6)])


@given(st.lists(st.lists(st.floats(-20, 0), min_size=7, max_size=7), max_size=30))
def test_every_inside_follows_its_own_role(rows):
    labels = best_labels(rows)

    assert len(labels) == len(rows)
    assert all(label % 2 or not label or before in {label, label - 1} for before, label in pairwise([0, *labels]))


@given(st.integers(0, 5000))
def test_both_readings_cover_the_text(length):
    for windows in (list(windows_of(length)), list(shifted_windows_of(length))):
        assert windows[0][0] == 0
        assert windows[-1][1] == length
        assert all(0 < other[0] < one[1] for one, other in pairwise(windows))
        assert all(end - start <= WINDOW for start, end in windows)


@given(st.integers(0, 5000))
def test_where_windows_of_one_reading_meet_the_other_shows_what_is_around(length):
    best = np.zeros(length)
    for start, end in [*windows_of(length), *shifted_windows_of(length)]:
        best[start:end] = np.maximum(best[start:end], margins_of(start, end, length))

    assert all(best > OVERLAP)


def test_the_second_way_of_typing_is_averaged_in(tagger):
    one = tagger.tag('"We will not move," said Anna Lind.')
    two = tagger.tag('"We will not move," said Anna Lind.', "“We will not move,” said Anna Lind.")

    assert not np.isclose(one.contents[0].chance, two.contents[0].chance, atol=1e-9)
