"""Reading a seeds folder into its index: the analysing half's only shell."""

from briefing.indexing.run import DEFAULT_MODEL, Outcome, Step, refresh

__all__ = ["DEFAULT_MODEL", "Outcome", "Step", "refresh"]
