"""Who said what: an article and its document -> statements."""

from briefing.attribution.reading import statements_of
from briefing.attribution.statement import Act, Kind, Statement, When
from briefing.attribution.tagger import Tagger, load_tagger

__all__ = ["Act", "Kind", "Statement", "Tagger", "When", "load_tagger", "statements_of"]
