"""Files of strangers are read in a process of their own, with limits on memory, time and disk."""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO, BinaryIO

from tracker.plans.blocks import Document, UnreadableFile
from tracker.plans.readers.refusals import BROKEN, NOT_A_FILE, TOO_HEAVY, TOO_LARGE, TOO_SLOW
from tracker.plans.readers.wire import from_dict

log = logging.getLogger(__name__)

_MEGABYTE = 1024 * 1024
# What a reader needs from outside; the settings and secrets of the service are not among it.
_ENVIRONMENT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL")


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may use: bytes of the file and of memory, seconds of processor and of time."""

    file: int = 50 * _MEGABYTE
    memory: int = 1536 * _MEGABYTE
    processor: int = 90
    time: float = 120


def read_safely(path: Path, name: str, limits: Limits = Limits()) -> Document:
    """Read a file in a process of its own; `name` is what its owner calls it.

    Raises UnreadableFile as `readers.read` does, and where a limit is reached or the reader dies. Nothing
    is left behind: no process, no temporary file. May be called from any thread.
    """
    if not path.is_file():
        raise UnreadableFile(NOT_A_FILE)
    if path.stat().st_size > limits.file:
        raise UnreadableFile(TOO_LARGE.format(limit=limits.file // _MEGABYTE))
    with (
        tempfile.TemporaryDirectory(prefix="read-") as folder,
        tempfile.TemporaryFile(dir=folder) as answer,
        tempfile.TemporaryFile(dir=folder) as complaints,
        path.open("rb") as file,
    ):
        code = _run(file, name, limits, folder, answer, complaints)
        return _document(code, _content(answer), _content(complaints))


def _run(file: BinaryIO, name: str, limits: Limits, folder: str, answer: IO, complaints: IO) -> int:
    """Let the child read; its exit code, or the negative number of the signal that ended it."""
    child = subprocess.Popen(
        [sys.executable, "-m", __package__, _plain(name), str(limits.memory), str(limits.processor)],
        stdin=file, stdout=answer, stderr=complaints, start_new_session=True, env=_environment(folder),
    )  # fmt: skip
    try:
        return child.wait(limits.time)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(TOO_SLOW) from error
    finally:
        # The child leads a group of its own, so that a converter it started ends with it.
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _plain(name: str) -> str:
    """A name with the same suffix that any command line can carry."""
    return "file" + PurePath(name).suffix[:20].encode("ascii", "replace").decode().replace("\0", "?")


def _environment(folder: str) -> dict[str, str]:
    kept = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}
    return kept | {"TMPDIR": folder, "HOME": folder}


def _content(file: IO) -> bytes:
    file.seek(0)
    return file.read()


def _document(code: int, answer: bytes, complaints: bytes) -> Document:
    """What the child answered, or the reason of its death as a refusal."""
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise UnreadableFile(TOO_SLOW)
    if code == -signal.SIGXFSZ or b"MemoryError" in complaints:
        raise UnreadableFile(TOO_HEAVY)
    if code != 0:
        log.error("reader ended with %s: %s", code, complaints[-2000:].decode(errors="replace"))
        raise UnreadableFile(BROKEN)
    values = json.loads(answer)
    if "refusal" in values:
        raise UnreadableFile(values["refusal"])
    return from_dict(values["document"])
