"""Whether the folders that the settings name can be used; in one line what to do where one cannot."""

from __future__ import annotations

import os
from pathlib import Path

from bot.settings import Settings


def trouble_with_folders(settings: Settings) -> str | None:
    """What keeps the bot from starting, or None."""
    return trouble_with_seeds(settings.seeds_dir) or trouble_with_data(settings.data_dir)


def trouble_with_seeds(folder: Path) -> str | None:
    if not folder.is_dir():
        return f"There is no folder {folder} to read articles from; name one with --seeds or SEEDS_DIR."
    if not os.access(folder, os.R_OK | os.X_OK):
        return f"The articles' folder {folder} cannot be read; allow it, or name another with --seeds or SEEDS_DIR."
    return None


def trouble_with_data(folder: Path) -> str | None:
    """Makes the folder if there is none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return f"The data folder {folder} cannot be made ({error.strerror}); name another with DATA_DIR."
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"The data folder {folder} cannot be written; name another with DATA_DIR."
    return None
