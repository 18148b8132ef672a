"""The index of a seeds folder: what the analysing half found, ready to be looked up. SQLite; no language code."""

from briefing.index.lookup import Index
from briefing.index.place import default_data_dir, index_path
from briefing.index.rows import (
    Dated,
    Evidence,
    Issue,
    Problem,
    Profile,
    Progress,
    Report,
    Said,
    Stand,
    Standing,
    Story,
)

__all__ = [
    "Dated",
    "Evidence",
    "Index",
    "Issue",
    "Problem",
    "Profile",
    "Progress",
    "Report",
    "Said",
    "Stand",
    "Standing",
    "Story",
    "default_data_dir",
    "index_path",
]
