"""A stranger's file is drawn in a process of its own."""

import json
import logging
import subprocess
from pathlib import Path

from tracker.confinement import MEGABYTE, Limits, confined, room

log = logging.getLogger(__name__)

LIMITS = Limits(memory=1024 * MEGABYTE, processor=20, time=60)


class NotDrawn(Exception):
    """There is no picture of the file: it is broken, locked, hostile, or takes too much."""


def draw_safely(path: Path, media_type: str, folder: Path, limits: Limits = LIMITS) -> int:
    """Draw a PDF or a photo as «1.webp», «2.webp» in a folder; how many pages it has. Raises NotDrawn."""
    with room() as own, path.open("rb") as file:
        with confined(__package__, [media_type, str(folder)], file, own, limits) as child:
            try:
                code = child.wait(limits.time)
            except subprocess.TimeoutExpired as error:
                raise NotDrawn("it takes too much time") from error
        if code != 0:
            complaints = (own / "complaints").read_text(errors="replace").strip()
            log.info("a file of type %s was not drawn (%s): %s", media_type, code, complaints[-200:])
            raise NotDrawn(f"ended with {code}")
        return json.loads((own / "answer").read_text())["pages"]
