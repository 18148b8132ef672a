"""Rankings of an article's or a story's passages, of which every first n are a summary."""

from briefing.summary.ranking import Member, rank, rank_story, summarise, summary_of
from briefing.summary.salience import METHODS, PacSumSummarizer

__all__ = ["METHODS", "Member", "PacSumSummarizer", "rank", "rank_story", "summarise", "summary_of"]
