"""Old Word documents (.doc, .rtf): LibreOffice, where it is installed, turns them into .docx."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import BinaryIO

from tracker.plans.blocks import Document, UnreadableFile
from tracker.plans.readers import docx
from tracker.plans.readers.refusals import BROKEN, NEEDS_OFFICE


def read(stream: BinaryIO) -> Document:
    """Read what LibreOffice makes of the document.

    Raises UnreadableFile where LibreOffice is not installed or cannot open the file.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnreadableFile(NEEDS_OFFICE)
    with tempfile.TemporaryDirectory(prefix="office-") as name:
        folder = Path(name)
        with (folder / "old").open("wb") as copy:
            shutil.copyfileobj(stream, copy)
        subprocess.run(
            _command(program, folder), cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        made = folder / "old.docx"
        if not made.is_file():
            raise UnreadableFile(BROKEN)
        with made.open("rb") as converted:
            return docx.read(converted)


def _command(program: str, folder: Path) -> list[str]:
    """A profile of its own keeps two conversions at once out of each other's way."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    target = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(folder / "old")]
    return [program, "--headless", "--norestore", "--nolockcheck", profile, *target]
