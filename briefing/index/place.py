"""Where an index lies: one file for each seeds folder."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

APPLICATION = "briefing-bot"


def default_data_dir() -> Path:
    """The platform's own data folder for the application (setting DATA_DIR)."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))


def index_path(seeds: Path, data_dir: Path | None = None) -> Path:
    """The index of a seeds folder; the same folder by another path has the same index."""
    resolved = seeds.resolve()
    key = hashlib.sha256(str(resolved).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    name = re.sub(r"\W+", "-", resolved.name).strip("-") or "seeds"
    return (data_dir or default_data_dir()) / "index" / f"{name[:40]}-{key}.sqlite"
