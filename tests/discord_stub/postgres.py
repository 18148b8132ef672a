"""A private PostgreSQL in a temporary folder, on a Unix socket of its own; for tests and the laboratory."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"


def programs() -> Path | None:
    """Where PostgreSQL's server programs are: on the path, or where Debian keeps them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    return max((path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")), default=None)


def why_not() -> str | None:
    """Why no server can be started here; None if one can."""
    if programs() is None:
        return "PostgreSQL's server programs are not installed"
    if os.geteuid() == 0 and subprocess.run(["id", USER], capture_output=True).returncode:
        return f"PostgreSQL does not run as root, and there is no user {USER}"
    return None


@contextmanager
def server() -> Iterator[str]:
    """Starts a server and yields its address for SQLAlchemy; it and its data are gone afterwards."""
    bin_folder, folder = programs(), Path(tempfile.mkdtemp(prefix="pg-"))
    assert bin_folder is not None
    as_user = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, USER)
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run([*as_user, *command], check=True, capture_output=True, cwd=folder)

    options = f"-k {folder} -c listen_addresses='' -c max_connections=60 -c shared_buffers=32MB"
    try:
        run(str(bin_folder / "initdb"), "-D", str(data), "-A", "trust", "-U", USER, "-E", "UTF8", "--no-sync")
        run(str(bin_folder / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        yield f"postgresql+asyncpg://{USER}@/postgres?host={folder}"
    finally:
        if (data / "postmaster.pid").exists():
            run(str(bin_folder / "pg_ctl"), "-D", str(data), "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
