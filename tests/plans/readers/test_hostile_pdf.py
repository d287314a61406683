"""PDF files made to hurt: each is refused in one sentence, or read, within bounded memory and time."""

import subprocess
import sys
import time
import zlib

import pytest

from tracker.plans.readers import refusals
from tracker.plans.readers.sandbox import Limits

WORDS = b"BT /F1 12 Tf 72 700 Td (Ke hoach) Tj ET"
SHORT = Limits(processor=8, time=40)


def file_of(*objects: bytes) -> bytes:
    """A PDF of these objects, of which the first is its catalogue."""
    content, places = b"%PDF-1.7\n", []
    for number, value in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, value)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def packed(content: bytes, more: bytes = b"") -> bytes:
    small = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode %b >>\nstream\n%b\nendstream" % (len(small), more, small)


def tree_of(pages: bytes, *others: bytes) -> bytes:
    return file_of(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages " + pages + b" >>", *others)


def page_of(content: bytes, *others: bytes, box: bytes = b"0 0 595 842", things: bytes = b"") -> bytes:
    """One page; `others` are objects from number 6 on."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [%b] /Contents 4 0 R "
    page += b"/Resources << /Font << /F1 5 0 R >> %b >> >>"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return tree_of(b"/Count 1 /Kids [3 0 R]", page % (box, things), packed(content), font, *others)


EMPTY = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
THING = b"/XObject << /X 6 0 R >>"
PICTURE = (
    b"/Type /XObject /Subtype /Image /Width 60000 /Height 2000 /BitsPerComponent 8 /ColorSpace /DeviceGray"
)
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 6 0 R >> >>"
HOSTILE = {
    "a page of a million points": (lambda: page_of(WORDS, box=b"0 0 90000000 90000000"), None),
    "a page without end": (lambda: page_of(WORDS, box=b"0 0 1e400 1e400"), refusals.BROKEN),
    "ten thousand empty pages": (
        lambda: tree_of(
            b"/Count 10000 /Kids [%b]" % b" ".join(b"%d 0 R" % at for at in range(3, 10_003)),
            *[EMPTY] * 10_000,
        ),
        refusals.TOO_HEAVY,
    ),
    "a tree that holds itself": (
        lambda: tree_of(b"/Count 2 /Kids [3 0 R 2 0 R]", b"<< /Type /Pages /Count 1 /Kids [2 0 R 3 0 R] >>"),
        refusals.NO_TEXT,
    ),
    "a tree of great depth": (
        lambda: tree_of(b"/Count 1 /Kids " + b"[" * 50_000 + b"]" * 50_000),
        refusals.BROKEN,
    ),
    "a drawing that draws itself": (
        lambda: page_of(b"/X Do", packed(b"/X Do /X Do", FORM), things=THING),
        refusals.NO_TEXT,
    ),
    "a picture of 120 million points": (
        lambda: page_of(b"q 595 0 0 842 0 0 cm /X Do Q", packed(bytes(120_000_000), PICTURE), things=THING),
        refusals.SCANNED,
    ),
    "five million words": (lambda: page_of(b"BT /F1 12 Tf (x) Tj ET " * 5_000_000), refusals.TOO_HEAVY),
    "a page that is drawn by nothing": (
        lambda: tree_of(
            b"/Count 1 /Kids [3 0 R]",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [98 0 R 2 0 R] >>",
        ),
        refusals.NO_TEXT,
    ),
    "a page of no size": (
        lambda: tree_of(b"/Count 1 /Kids [3 0 R]", b"<< /Type /Page /Parent 2 0 R >>"),
        refusals.BROKEN,
    ),
    "a page of blanks": (lambda: page_of(b" " * 50_000_000), refusals.TOO_HEAVY),
}


# Run by a process of its own, which has no child but the reader: how much memory it took, and what it says.
READ = """
import resource, sys
from pathlib import Path
from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers.sandbox import Limits, read_safely
path, *limits = sys.argv[1:]
try:
    document = read_safely(Path(path), "a.pdf", Limits(*map(int, limits)), ocr=False)
    said = "read" if document.blocks else "empty"
except UnreadableFile as refusal:
    said = str(refusal)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, said)
"""


@pytest.mark.parametrize("case", HOSTILE)
def test_it_is_read_or_refused_within_bounds(case, tmp_path):
    make, sentence = HOSTILE[case]
    path = tmp_path / "upload"
    path.write_bytes(make())
    limits = [str(limit) for limit in (SHORT.file, SHORT.memory, SHORT.processor, SHORT.time)]
    started = time.monotonic()
    answer = subprocess.run(
        [sys.executable, "-c", READ, path, *limits], capture_output=True, text=True, check=True
    )
    assert time.monotonic() - started < SHORT.time + 5
    memory, said = answer.stdout.strip().split(" ", 1)
    assert said == (sentence or "read")
    assert int(memory) < SHORT.memory
