"""Reading a seeds folder into its index: the analysing half's only shell."""

from briefing.indexing.run import Outcome, Step, refresh

__all__ = ["Outcome", "Step", "refresh"]
