"""The bytes of files, kept once under their SHA-256 outside the web root."""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

CHUNK = 1024 * 1024  # bytes read at a time
ABANDONED = 24 * 3600  # seconds after which an unfinished file belongs to a process that died
_KEY = re.compile("[0-9a-f]{64}")


class TooLarge(ValueError):
    """A stream has more bytes than it may have."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the store: the SHA-256 of its bytes (hex) and how many they are."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that has arrived whole and lies in `path` to be looked at; it is not in the store yet."""

    path: Path
    sha256: str
    size: int


class FileStore:
    """A folder of files, each under the hash of its bytes: «ab/abcdef...». Nothing in it ever changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._incoming = folder / "incoming"

    def put(self, stream: BinaryIO, *, limit_bytes: int) -> Kept:
        """Keep the bytes of a stream, once however often they come. Raises TooLarge, keeping nothing."""
        with self.staged(stream, limit_bytes=limit_bytes) as staged:
            return self.keep(staged)

    @contextmanager
    def staged(self, stream: BinaryIO, *, limit_bytes: int) -> Iterator[Staged]:
        """Copy a stream to a file of its own, a chunk at a time, so that it can be judged before it is kept.

        What is not kept within the block is gone after it, and so is a stream that breaks off. Raises
        TooLarge.
        """
        self._incoming.mkdir(parents=True, exist_ok=True)
        self._forget_abandoned()
        handle, name = tempfile.mkstemp(dir=self._incoming)
        path = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                sha256, size = _copy(stream, file, limit_bytes)
            yield Staged(path, sha256, size)
        finally:
            path.unlink(missing_ok=True)

    def keep(self, staged: Staged) -> Kept:
        """Take a staged file into the store, in one step: it is there whole or not at all."""
        home = self.path(staged.sha256)
        home.parent.mkdir(exist_ok=True)
        os.replace(staged.path, home)
        return Kept(staged.sha256, staged.size)

    def open(self, sha256: str) -> BufferedReader:
        """The bytes of a kept file; raises FileNotFoundError where it is not in the store."""
        return self.path(sha256).open("rb")

    def holds(self, kept: Kept) -> bool:
        """Whether the file lies in the store with just the bytes it was kept with; reads it whole."""
        try:
            with self.open(kept.sha256) as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == kept.sha256
        except FileNotFoundError:
            return False

    def path(self, sha256: str) -> Path:
        """Where a file is or would be kept; raises ValueError for what is no SHA-256 in hex."""
        if not _KEY.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is not the SHA-256 of a file")
        return self.folder / sha256[:2] / sha256

    def _forget_abandoned(self) -> None:
        oldest = time.time() - ABANDONED
        for path in self._incoming.iterdir():
            with suppress(FileNotFoundError):  # its own process has just ended with it
                if path.stat().st_mtime < oldest:
                    path.unlink()


def _copy(stream: BinaryIO, file: BinaryIO, limit_bytes: int) -> tuple[str, int]:
    """Copy to a file that is safe on the disk afterwards; the hash (hex) and number of the bytes."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(min(CHUNK, limit_bytes + 1 - size)):
        size += len(chunk)
        if size > limit_bytes:
            raise TooLarge(f"more than {limit_bytes} bytes")
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    return digest.hexdigest(), size
