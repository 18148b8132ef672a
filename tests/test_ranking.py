"""A ranking by one of sumy's methods is kept only for the texts that it was made from."""

import pytest

from briefing import brief, summary
from briefing.card import Question
from briefing.indexing.ranking import rank_by
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
