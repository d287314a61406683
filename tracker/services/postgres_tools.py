"""PostgreSQL's own programs that copy a database: pg_dump and pg_restore, in one transaction each."""

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL

from tracker.services.refusals import Refused


def dump(url: URL, target: Path) -> None:
    """Write a consistent copy of the database to a file; raises Refused where pg_dump cannot."""
    _run(["pg_dump", "--format=custom", "--no-owner", f"--file={target}"], url)


def restore(url: URL, source: Path) -> None:
    """Put the copy in the place of the database, whole or not at all; raises Refused where that fails."""
    options = ["--single-transaction", "--exit-on-error", "--clean", "--if-exists", "--no-owner"]
    _run(["pg_restore", *options, f"--dbname={url.database}", str(source)], url)


def _run(command: list[str], url: URL) -> None:
    """Run a program of PostgreSQL on the database; the password goes by the environment, not the command."""
    program = shutil.which(command[0])
    if program is None:
        raise Refused(f"Máy này chưa có {command[0]}. Hãy cài gói postgresql-client cùng phiên bản máy chủ.")
    done = subprocess.run(
        [program, *command[1:]],
        env={**os.environ, **_environment(url)},
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise Refused(f"{command[0]} không làm được: {said[0] if said else done.returncode}")


def _environment(url: URL) -> dict[str, str]:
    """How PostgreSQL's programs are told where the database is."""
    host = url.query.get("host", url.host)
    named = {
        "PGHOST": host if isinstance(host, str) else None,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
        "PGDATABASE": url.database,
    }
    return {name: value for name, value in named.items() if value}
