"""A token that Discord refuses at log-in, over a real socket: one line, a status, and the token nowhere."""

import asyncio
import os
import sys
from pathlib import Path

import pytest
from discord_stub import Stub

TOKEN = "refused.secret.token"
TESTS = Path(__file__).parent


@pytest.mark.parametrize("verb", ["discord", "sync", "invite"])
async def test_a_token_refused_at_log_in_is_told_in_one_line_and_shown_nowhere(verb, tmp_path):
    (tmp_path / "seeds").mkdir()
    environment = os.environ | {
        "DISCORD_TOKEN": TOKEN,
        "SEEDS_DIR": str(tmp_path / "seeds"),
        "DATA_DIR": str(tmp_path / "data"),
        "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)]),
    }
    async with Stub() as stub:  # which knows another token
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "discord_stub.start", stub.base, "bot", verb),
            env=environment,
            cwd=tmp_path,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = (text.decode() for text in await child.communicate())

    assert child.returncode == 1
    assert out == ""
    assert [line for line in err.splitlines() if " INFO " not in line] == [
        "Discord refused the token in DISCORD_TOKEN. Get a new one in the developer portal (Bot, Reset Token)."
    ]
    assert "secret" not in out + err
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"secret" not in kept
