"""A ranking by one of sumy's methods is kept only for the texts that it was made from."""

import pytest

from briefing import brief, summary
from briefing.brief.summary import METHODS
from briefing.card import Question
from briefing.indexing.ranking import rank_ahead, rank_by
from tests.newsroom import harbour


@pytest.fixture
def room(tmp_path, monkeypatch):
    """The story of two articles, of which the indexer replaces the second while the first ranking is made."""
    room = harbour(tmp_path)
    rank_story = summary.rank_story

    def slowly(*given):
        monkeypatch.undo()
        room.write("harbour/2-vote.txt", "Short.")
        room.refresh()
        return rank_story(*given)

    monkeypatch.setattr(summary, "rank_story", slowly)
    return room


@pytest.mark.parametrize(("article", "kept"), [(None, False), ("2-vote", False), ("1-council", True)])
def test_a_ranking_is_kept_if_its_articles_are_still_the_same(room, article, kept):
    assert rank_by(room.path, "harbour", article, "luhn") == kept
    assert (room.index().ranking("harbour", 0 if article is None else int(article[0]), "luhn", 3) is not None) == kept


def test_a_summary_by_a_method_survives_a_change_while_it_was_ranked(room):
    question = Question("summary", (("method", "luhn"),))

    rank_by(room.path, *brief.missing_ranking(room.index(), question))

    assert "Luhn has not ranked this yet" in brief.answer(room.index(), question).entries[0].lines[0].parts[0]


def test_articles_that_stayed_are_ranked_once(room):
    rank_by(room.path, "harbour", None, "luhn")
    before = room.index().generation()

    assert [rank_by(room.path, "harbour", None, "luhn") for _ in range(2)] == [True, True]
    assert room.index().generation() == before + 1


@pytest.mark.parametrize("article", [None, "1-council", "2-vote"])
@pytest.mark.parametrize("method", METHODS)
def test_what_is_ranked_ahead_is_not_waited_for(tmp_path, article, method):
    room = harbour(tmp_path)
    rank_ahead(room.path)

    options = (("method", method), *((("article", article),) if article else ()))
    assert brief.missing_ranking(room.index(), Question("summary", options)) is None


def test_what_is_ranked_already_is_not_ranked_ahead_again(tmp_path):
    room = harbour(tmp_path)
    rank_ahead(room.path)
    before = room.index().generation()

    rank_ahead(room.path)

    assert room.index().generation() == before


def test_articles_that_change_while_they_are_ranked_ahead_are_left_for_the_next_time(room):
    rank_ahead(room.path)
    question = Question("summary", (("method", "luhn"),))
    assert brief.missing_ranking(room.index(), question) is not None

    rank_ahead(room.path)

    assert brief.missing_ranking(room.index(), question) is None
