"""Documents with parts cut, doubled and swapped: each is read, or refused in one sentence."""

import io
import zipfile

import docx as python_docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers import read
from tracker.plans.reading import draft_plan

ROWS = [
    ("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Sản phẩm"),
    ("I", "Thể chế", "", "", ""),
    ("1", "Rà soát quy trình", "Phòng Nội vụ; Công an xã", "Quý II/2026", "Báo cáo"),
    ("2", "Sửa quy chế", "Văn phòng HĐND và UBND", "Trước 30/9/2026", ""),
]
CELLS = "".join("<tr>" + "".join(f"<td rowspan=1>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
LINES = "\n".join(["Số: 1/KH-UBND", "KẾ HOẠCH", "Năm 2026", *map("\t".join, ROWS)])
PROSE = "\nIII. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ\n- Cơ quan chủ trì: Sở Y tế.\nThời gian: Quý I/2026."


def word() -> bytes:
    document = python_docx.Document()
    for line in PROSE.splitlines():
        document.add_paragraph(line)
    table = document.add_table(0, 5)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.cell(1, 1).merge(table.cell(1, 4))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def book() -> bytes:
    workbook = openpyxl.Workbook()
    for row in ROWS:
        workbook.active.append(row)
    workbook.active.merge_cells("B2:E2")
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


DOCUMENTS = {
    "a.docx": (word(), "word/document.xml"),
    "a.xlsx": (book(), "xl/worksheets/sheet1.xml"),
    "a.html": (f"<html><meta charset=utf-8><p>{PROSE}</p><table>{CELLS}</table></html>".encode(), ""),
    "a.txt": ((LINES + PROSE).encode(), ""),
    "a.md": (("\n".join("| " + " | ".join(row) + " |" for row in ROWS) + PROSE).encode(), ""),
}
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(("cut", "double", "swap", "put")),
        st.floats(0, 1),
        st.floats(0, 0.2),
        st.binary(max_size=6),
    ),
    min_size=1,
    max_size=4,
)


def changed(content: bytes, changes) -> bytes:
    """The bytes with runs of them cut, doubled, moved to the front, or replaced."""
    for deed, start, length, put in changes:
        at = int(start * len(content))
        end = at + int(length * len(content)) + 1
        before, run, after = content[:at], content[at:end], content[end:]
        content = {
            "cut": before + after,
            "double": before + run + run + after,
            "swap": run + before + after,
            "put": before + put + after,
        }[deed]
    return content


def repacked(content: bytes, member: str, changes) -> bytes:
    """The document with one member of its archive changed; with no archive, the whole of it."""
    if not member:
        return changed(content, changes)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, changed(old.read(name), changes) if name == member else old.read(name))
    return stream.getvalue()


def held(name, changes):
    content, member = DOCUMENTS[name]
    try:
        document = read(io.BytesIO(repacked(content, member, changes)), name)
        draft = draft_plan(document)
    except UnreadableFile as refusal:
        assert str(refusal).endswith(".")
        return
    rows = [row for block in document.blocks if hasattr(block, "rows") for row in block.rows]
    assert len(draft.ledger) >= len(rows)


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=CHANGES)
def test_a_changed_document_is_read_or_refused(name, changes):
    held(name, changes)


@pytest.mark.slow
@pytest.mark.parametrize("name", DOCUMENTS)
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=CHANGES)
def test_a_changed_document_is_read_or_refused_however_often(name, changes):
    held(name, changes)
