"""Scanned PDFs: ocrmypdf, where the [ocr] extra is installed, adds the letters that it recognises."""

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers.refusals import SCANNED

_OPTIONS = (
    "--language", "vie", "--skip-text", "--rotate-pages", "--deskew", "--output-type", "pdf", "--quiet",
)  # fmt: skip


def is_installed() -> bool:
    """Whether scans can be read here: ocrmypdf and the tesseract that it calls are there."""
    return _program() is not None and shutil.which("tesseract") is not None


def with_letters(stream: BinaryIO) -> io.BytesIO:
    """The same PDF with a layer of recognised letters; raises UnreadableFile where none can be made."""
    program = _program()
    if program is None:
        raise UnreadableFile(SCANNED)
    with tempfile.TemporaryDirectory(prefix="scan-") as name:
        folder = Path(name)
        with (folder / "scan.pdf").open("wb") as copy:
            shutil.copyfileobj(stream, copy)
        subprocess.run(
            [program, *_OPTIONS, "scan.pdf", "read.pdf"],
            cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False,
        )  # fmt: skip
        made = folder / "read.pdf"
        if not made.is_file():
            raise UnreadableFile(SCANNED)
        return io.BytesIO(made.read_bytes())


def _program() -> str | None:
    """The ocrmypdf of this environment, else that of the machine."""
    beside = Path(sys.executable).with_name("ocrmypdf")
    return str(beside) if beside.is_file() else shutil.which("ocrmypdf")
