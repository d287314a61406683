"""What the tests of the readers share: a document in one line a block, and ways to make files."""

import io
import zipfile

import pytest

from tracker.plans.blocks import Cell, Document, Paragraph


def _cell(cell: Cell) -> str:
    above = "^" if cell.continues else ""
    wide = f"<{cell.span}>" if cell.span > 1 else ""
    return above + wide + cell.text.replace("\n", " ⏎ ")


@pytest.fixture
def outline():
    """A document as lines: «text» or «label text» for a paragraph, «a | b» for a row, «<2>a» a cell over two
    columns, «^» the lower part of a merged one, « ⏎ » a line break, «==» the start of a table."""

    def outline(document: Document) -> list[str]:
        lines = []
        for block in document.blocks:
            if isinstance(block, Paragraph):
                lines.append(f"{block.label} {block.text}".strip())
            else:
                lines.append("==")
                lines += [" | ".join(map(_cell, row.cells)) for row in block.rows]
        return lines

    return outline


@pytest.fixture
def make_zip():
    """A zip file in memory: make_zip({"a.xml": "<a/>"}) -> BytesIO."""

    def make_zip(members: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", compression) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        stream.seek(0)
        return stream

    return make_zip
