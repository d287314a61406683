"""Files of strangers are opened in a process of its own, with limits on memory, time and disk."""

import argparse
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

MEGABYTE = 1024 * 1024
_ROOM = "tracker-room-"
_OLD = 3600  # seconds, more than any limit allows
# What such a process needs from outside; the settings and secrets of the service are not among it.
_ENVIRONMENT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TESSDATA_PREFIX")
# Pages are recognised side by side; threads that share one page spend their time waiting for each other.
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What opening one file may use: bytes of the file and of memory, seconds of processor and of time."""

    file: int = 50 * MEGABYTE
    memory: int = 1536 * MEGABYTE
    processor: int = 90
    time: float = 120


@contextmanager
def room() -> Iterator[Path]:
    """A folder for one such process, gone after the block; `sweep_rooms` finds what a killed one left."""
    with tempfile.TemporaryDirectory(prefix=_ROOM) as folder:
        yield Path(folder)


def sweep_rooms(now: datetime) -> int:
    """Remove the rooms that nobody can be using any more, an hour old or more; how many there were."""
    left = [folder for folder in Path(tempfile.gettempdir()).glob(f"{_ROOM}*") if _age(folder, now) > _OLD]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)  # another user's stays
    return sum(not folder.exists() for folder in left)


def _age(folder: Path, now: datetime) -> float:
    """Seconds since a room was made; 0 for one that is gone by now, and for what is no folder."""
    with suppress(FileNotFoundError):
        state = folder.lstat()
        return now.timestamp() - state.st_mtime if stat.S_ISDIR(state.st_mode) else 0
    return 0


@contextmanager
def confined(
    module: str, arguments: list[str], file: BinaryIO, room: Path, limits: Limits
) -> Iterator[subprocess.Popen]:
    """A process that runs a module of ours on a file; it and all that it starts do not outlive the block.

    What it prints and complains of is in `answer` and `complaints` of its room, a folder for it alone. The
    module takes its limits with `take_limits` before it looks at the file.
    """
    bounds = [f"--memory={limits.memory}", f"--processor={limits.processor}"]
    with (room / "answer").open("wb") as answer, (room / "complaints").open("wb") as complaints:
        child = subprocess.Popen(
            [sys.executable, "-m", module, *arguments, *bounds],
            stdin=file, stdout=answer, stderr=complaints, env=_environment(room), start_new_session=True,
        )  # fmt: skip
        try:
            yield child
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _environment(room: Path) -> dict[str, str]:
    kept = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}
    return kept | _ONE_THREAD | {"TMPDIR": str(room), "HOME": str(room)}


def take_limits(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """Within the process: read the command line, and from here on the system ends what uses more."""
    parser.add_argument("--memory", type=int, required=True, help="bytes of address space")
    parser.add_argument("--processor", type=int, required=True, help="seconds of processor time")
    options = parser.parse_args()
    for what, most in (
        (resource.RLIMIT_AS, options.memory),
        (resource.RLIMIT_FSIZE, options.memory),
        (resource.RLIMIT_CPU, options.processor),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    return options
