"""The lock and the project file say the same; checked without a network."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
BLOCKS = re.split(r"^(?=[\w.\-]+(?:\[[^]]*\])?==)", LOCK, flags=re.M)[1:]
WANTED = [
    Requirement(line)
    for line in PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["postgres"]
]


def pin_of(block: str) -> tuple[str, str]:
    """The name and the version that a block of the lock pins."""
    name, version = re.match(r"([\w.\-]+)(?:\[[^]]*\])?==([^\s;\\]+)", block).groups()
    return canonicalize_name(name), version


PINS = [pin_of(block) for block in BLOCKS]


@pytest.mark.parametrize("requirement", WANTED, ids=str)
def test_the_lock_pins_a_version_that_the_project_allows(requirement):
    versions = [version for name, version in PINS if name == canonicalize_name(requirement.name)]

    assert versions
    assert all(requirement.specifier.contains(version) for version in versions)


def test_the_lock_holds_no_dependency_that_the_project_no_longer_asks_for():
    direct = {name for block, (name, _) in zip(BLOCKS, PINS, strict=True) if "briefing-bot (" in block}

    assert direct == {canonicalize_name(requirement.name) for requirement in WANTED}


def test_the_lock_was_resolved_at_the_projects_date():
    assert f"--exclude-newer {PROJECT['tool']['uv']['exclude-newer']} " in LOCK.splitlines()[1]


def test_every_pin_has_a_hash_and_no_line_names_an_address():
    assert all("--hash=sha256:" in block for block in BLOCKS)
    assert "://" not in LOCK


def test_the_simulated_discord_stays_out_of_the_runtime_install():
    assert "simcord" not in dict(PINS)
