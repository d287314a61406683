"""Files of strangers are read in a process of their own, with limits on memory, time and disk."""

import json
import logging
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path, PurePath

from tracker.confinement import MEGABYTE, Limits, confined, room
from tracker.plans.blocks import Document, UnreadableFile
from tracker.plans.readers import Progress, scans
from tracker.plans.readers.refusals import (
    BROKEN,
    NO_LETTERS,
    NOT_A_FILE,
    SCANNED,
    TOO_HEAVY,
    TOO_LARGE,
    TOO_SLOW,
)
from tracker.plans.readers.wire import from_dict

log = logging.getLogger(__name__)

_LOOK_EVERY = 0.1  # seconds


FILE = Limits()
SCAN = Limits(processor=900, time=1200)  # a core reads about twenty pages a minute


def read_safely(
    path: Path, name: str, limits: Limits = FILE, progress: Progress | None = None, *, ocr: bool = True
) -> Document:
    """Read a file in a process of its own; `name` is what its owner calls it.

    `progress` is told how many pages of a PDF are read and how many there are. With `ocr`, a file that
    holds pictures of pages is read a second time, with more time, where their letters can be recognised.
    Raises UnreadableFile as `readers.read` does, and where a limit is reached or the reader dies. Nothing
    is left behind: no process, no temporary file. May be called from any thread.
    """
    if not path.is_file():
        raise UnreadableFile(NOT_A_FILE)
    if path.stat().st_size > limits.file:
        raise UnreadableFile(TOO_LARGE.format(limit=limits.file // MEGABYTE))
    try:
        document = _read(path, name, limits, progress)
    except UnreadableFile as refusal:
        if not (ocr and str(refusal) in (SCANNED, NO_LETTERS) and scans.is_installed()):
            raise
    else:
        if not (ocr and document.unread and scans.is_installed()):
            return document
    return _read(path, name, SCAN, progress, "--ocr")


def _read(path: Path, name: str, limits: Limits, progress: Progress | None, *options: str) -> Document:
    with room() as folder, path.open("rb") as file:
        with confined(__package__, [_plain(name), *options], file, folder, limits) as child:
            code = _wait(child, folder / "answer", limits.time, progress)
        return _document(code, folder)


def _plain(name: str) -> str:
    """A name with the same suffix that any command line can carry."""
    return "file" + PurePath(name).suffix[:20].encode("ascii", "replace").decode().replace("\0", "?")


def _wait(child: subprocess.Popen, answer: Path, seconds: float, progress: Progress | None) -> int:
    """The child's exit code, or the negative number of the signal that ended it."""
    last = time.monotonic() + seconds
    with answer.open() as lines:
        while True:
            with suppress(subprocess.TimeoutExpired):
                code = child.wait(_LOOK_EVERY if progress else seconds)
                _tell(lines.readlines(), progress)
                return code
            if time.monotonic() >= last:
                raise UnreadableFile(TOO_SLOW)
            _tell(lines.readlines(), progress)


def _tell(lines: list[str], progress: Progress | None) -> None:
    """Tell the last page of which the child said that it is read."""
    whole = [line for line in lines if line.endswith("}\n") and line.startswith('{"page"')]
    if whole and progress:
        values = json.loads(whole[-1])
        progress(values["page"], values["pages"])


def _document(code: int, folder: Path) -> Document:
    """What the child answered, or the reason of its death as a refusal."""
    complaints = (folder / "complaints").read_bytes()
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise UnreadableFile(TOO_SLOW)
    if code == -signal.SIGXFSZ or b"MemoryError" in complaints:
        raise UnreadableFile(TOO_HEAVY)
    if code != 0:
        log.error("reader ended with %s: %s", code, complaints[-2000:].decode(errors="replace"))
        raise UnreadableFile(BROKEN)
    values = json.loads((folder / "answer").read_text().splitlines()[-1])
    if "refusal" in values:
        raise UnreadableFile(values["refusal"])
    return from_dict(values["document"])
