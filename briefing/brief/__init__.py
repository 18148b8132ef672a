"""The answers: what is true of a story, in the articles' own words, and who to ask for instead where nothing is."""

from briefing.brief.answers import answer, complete, missing_ranking, warm
from briefing.brief.since import briefing_since, unseen

__all__ = ["answer", "briefing_since", "complete", "missing_ranking", "unseen", "warm"]
