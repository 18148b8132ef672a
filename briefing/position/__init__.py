"""Who stands where on what, with the words that show it."""

from briefing.position.listing import story_positions
from briefing.position.position import Position, Stance
from briefing.position.taken import positions_of

__all__ = ["Position", "Stance", "positions_of", "story_positions"]
