"""Evidence seen in place: the pages of a file as pictures, or its text; made once, kept under its hash."""

import json
import shutil
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import BoundedSemaphore

from tracker.confinement import Limits
from tracker.files import FileStore
from tracker.models import StoredFile
from tracker.plans.blocks import Document, Paragraph, Table, UnreadableFile, Where
from tracker.plans.readers.encoding import decode
from tracker.plans.readers.sandbox import read_safely
from tracker.plans.readers.wire import from_dict
from tracker.render.previews.drawing import MOST_PAGES, PDF, PHOTOS
from tracker.render.previews.sandbox import NotDrawn, draw_safely

OPENXML = "application/vnd.openxmlformats-officedocument."
READ = {
    f"{OPENXML}wordprocessingml.document": ".docx",
    f"{OPENXML}spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
}
PLAIN = ("text/plain", "text/csv")
MOST_TEXT = 200_000  # bytes of a plain text
MOST_LINES = 400  # paragraphs and rows of a document
LIMITS = Limits(processor=20, time=60)


@dataclass(frozen=True, slots=True)
class Preview:
    """How a file is seen in place: as pictures of its first pages, or as text; as neither, it is downloaded.

    `pages` is how many pages the file has in all, `cut` whether text was left out at the end.
    """

    pictures: int = 0
    pages: int = 0
    document: Document | None = None
    cut: bool = False

    def __bool__(self) -> bool:
        return self.pictures > 0 or self.document is not None


def can_be_seen(media_type: str) -> bool:
    """Whether files of this type are seen in place at all."""
    return media_type in (PDF, *PHOTOS, *READ, *PLAIN)


class Previews:
    """The kept previews of the files in a store, each in a folder named after the file's hash."""

    def __init__(self, store: FileStore, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._at_once = BoundedSemaphore(2)  # a page of many files must not take the whole machine

    def of(self, file: StoredFile) -> Preview:
        """The preview of a file, made where nobody asked before; empty where it cannot be seen in place."""
        if not can_be_seen(file.media_type):
            return Preview()
        kept = self._home(file) / "preview.json"
        if not kept.is_file():
            with self._at_once:
                self._make(file)
        return _from_dict(json.loads(kept.read_text()))

    def picture(self, file: StoredFile, number: int) -> Path:
        """Where the picture of a page lies; raises FileNotFoundError where there is none."""
        path = self._home(file) / f"{number}.webp"
        if not path.is_file():
            raise FileNotFoundError(path)
        return path

    def _home(self, file: StoredFile) -> Path:
        return self._folder / file.sha256[:2] / file.sha256

    def _make(self, file: StoredFile) -> None:
        """Make the preview and keep it, whole or not at all; that there is none is kept as well."""
        home = self._home(file)
        home.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=home.parent))
        try:
            preview = _make(self._store.path(file.sha256), file.media_type, made)
            (made / "preview.json").write_text(json.dumps(asdict(preview)))
            made.rename(home)
        except OSError:
            if not (home / "preview.json").is_file():  # else somebody else was faster
                raise
        finally:
            shutil.rmtree(made, ignore_errors=True)


def _make(path: Path, media_type: str, folder: Path) -> Preview:
    try:
        if media_type in PLAIN:
            return _plain(path)
        if media_type in READ:
            return _cut(read_safely(path, f"file{READ[media_type]}", LIMITS, ocr=False))
        pages = draw_safely(path, media_type, folder)
        return Preview(pictures=min(pages, MOST_PAGES), pages=pages)
    except (UnreadableFile, NotDrawn):
        return Preview()


def _plain(path: Path) -> Preview:
    with path.open("rb") as stream:
        content = stream.read(MOST_TEXT + 1)
    whole = content[:MOST_TEXT].rpartition(b"\n")[0] if len(content) > MOST_TEXT else content
    return Preview(document=Document((Paragraph(decode(whole), Where()),)), cut=len(content) > MOST_TEXT)


def _cut(document: Document) -> Preview:
    """The beginning of a document, as much as a page can show."""
    left = MOST_LINES
    blocks: list[Paragraph | Table] = []
    for block in document.blocks:
        if left <= 0:
            return Preview(document=replace(document, blocks=tuple(blocks)), cut=True)
        if isinstance(block, Table):
            blocks.append(replace(block, rows=block.rows[:left]))
            left -= len(block.rows)
        else:
            blocks.append(block)
            left -= 1
    return Preview(document=replace(document, blocks=tuple(blocks)), cut=left < 0)


def _from_dict(values: dict) -> Preview:
    document = values["document"]
    return Preview(**values | {"document": from_dict(document) if document else None})
