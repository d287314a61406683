"""A file comes in as evidence: judged while it is staged, kept only if nothing speaks against it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath, PureWindowsPath
from typing import BinaryIO

from tracker.files import FileStore, Staged, TooLarge
from tracker.models import StoredFile
from tracker.plans.blocks import Document, Paragraph, UnreadableFile
from tracker.plans.heading import SECRET, is_secret
from tracker.plans.readers.sandbox import Limits, read_safely
from tracker.services import filing
from tracker.services.evidence_kinds import media_type_of
from tracker.services.refusals import Refused
from tracker.words import nfc

MEGABYTE = 1024 * 1024
LONGEST_NAME = 300  # characters
TOO_LARGE = "Tệp “{name}” lớn hơn {limit} MB. Hãy chọn tệp nhỏ hơn."
READ_FOR_STAMPS = {".docx", ".odt", ".pdf", ".txt"}
A_GLANCE = Limits(processor=10, time=15)  # what looking for a stamp of secrecy may take


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrives: what its owner calls it, its bytes, and the issued document it holds."""

    name: str
    stream: BinaryIO
    document_number: str = ""
    document_on: date | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """Where files go, and how large one may be in megabytes."""

    store: FileStore
    limit_mb: int = 50

    def take(self, upload: Upload, *, now: datetime) -> StoredFile:
        """Keep the bytes of a file that may be evidence.

        Raises Refused, with nothing kept, for what is empty, too large, secret, of a kind that is not taken,
        or not what its name says.
        """
        name = file_name(upload.name)
        try:
            with self.store.staged(upload.stream, limit_bytes=self.limit_mb * MEGABYTE) as staged:
                with staged.path.open("rb") as stream:
                    media_type = media_type_of(stream, name)
                if _bears_stamp(staged, name):
                    raise Refused(SECRET)
                return filing.keep(self.store, staged, media_type, now=now)
        except TooLarge as error:
            raise Refused(TOO_LARGE.format(name=name, limit=self.limit_mb)) from error


def file_name(given: str) -> str:
    """«C:\\\\Van ban\\\\Báo cáo.pdf» -> «Báo cáo.pdf»: no folders, no controls, its suffix kept when cut."""
    bare = " ".join(PureWindowsPath(nfc(given)).name.split())  # it knows both slashes
    name = PurePath("".join(c for c in bare if c.isprintable()) or "tệp")
    suffix = name.suffix[:LONGEST_NAME]
    return name.stem[: LONGEST_NAME - len(suffix)] + suffix


def _bears_stamp(staged: Staged, name: str) -> bool:
    """Whether its first lines stamp it secret; what cannot be read at a glance (a scan) is left alone."""
    if PurePath(name).suffix.lower() not in READ_FOR_STAMPS:
        return False
    try:
        return is_secret(list(_lines(read_safely(staged.path, name, A_GLANCE, ocr=False))))
    except UnreadableFile:
        return False


def _lines(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from block.text.splitlines()
        else:
            yield from (line for row in block.rows for text in row.texts for line in text.splitlines())
