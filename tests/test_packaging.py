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
PINS = {canonicalize_name(name): version for name, version in re.findall(r"^([\w.\-]+)(?:\[[^]]*\])?==([^\s;\\]+)", LOCK, re.M)}
WANTED = [
    Requirement(line)
    for line in PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["postgres"]
]


def direct_pins() -> set[str]:
    """The names that the lock says the project itself asks for."""
    blocks = re.split(r"^(?=[\w.\-]+(?:\[[^]]*\])?==)", LOCK, flags=re.M)[1:]
    return {canonicalize_name(re.match(r"[\w.\-]+", block)[0]) for block in blocks if "briefing-bot (" in block}


@pytest.mark.parametrize("requirement", WANTED, ids=str)
def test_the_lock_pins_a_version_that_the_project_allows(requirement):
    assert requirement.specifier.contains(PINS[canonicalize_name(requirement.name)])


def test_the_lock_holds_no_dependency_that_the_project_no_longer_asks_for():
    assert direct_pins() == {canonicalize_name(requirement.name) for requirement in WANTED}


def test_the_lock_was_resolved_at_the_projects_date():
    assert f"--exclude-newer {PROJECT['tool']['uv']['exclude-newer']} " in LOCK.splitlines()[1]


def test_every_pin_has_a_hash_and_no_line_names_an_address():
    blocks = re.split(r"^(?=[\w.\-]+(?:\[[^]]*\])?==)", LOCK, flags=re.M)[1:]

    assert len(blocks) == len(PINS)
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in LOCK


def test_the_simulated_discord_stays_out_of_the_runtime_install():
    assert "simcord" not in PINS
