"""Documents with parts cut, doubled and swapped: each is read, or refused in one sentence."""

import io
import shutil
import subprocess
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


def odt() -> bytes:
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table")
    )
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row)
        + "</table:table-row>"
        for row in ROWS
    )
    lines = "".join(f"<text:p>{line}</text:p>" for line in PROSE.splitlines())
    content = (
        f"<office:document-content{names}><office:body><office:text>{lines}<table:table>{cells}</table:table>"
        "</office:text></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return stream.getvalue()


DOCUMENTS = {
    "a.odt": (odt(), "content.xml"),
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


def held(name, content):
    try:
        document = read(io.BytesIO(content), name)
        draft = draft_plan(document)
    except UnreadableFile as refusal:
        assert str(refusal).endswith(".")
        return
    rows = [row for block in document.blocks if hasattr(block, "rows") for row in block.rows]
    assert len(draft.ledger) >= len(rows)


def often(examples):
    """So many changes of a document; the fixtures that make it are the same for all."""
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return lambda test: settings(max_examples=examples, deadline=None, suppress_health_check=checks)(
        given(changes=CHANGES)(test)
    )


@pytest.mark.parametrize("name", DOCUMENTS)
@often(200)
def test_a_changed_document_is_read_or_refused(name, changes):
    held(name, repacked(*DOCUMENTS[name], changes))


@pytest.mark.slow
@pytest.mark.parametrize("name", DOCUMENTS)
@often(2000)
def test_a_changed_document_is_read_or_refused_however_often(name, changes):
    held(name, repacked(*DOCUMENTS[name], changes))


@pytest.fixture
def pdf(make_pdf):
    """The plan as two printed pages."""
    edges = [40, 80, 220, 380, 460, 560]
    rows = [list(row) for row in ROWS]
    return make_pdf(
        lambda page: page.text(72, 72, "KẾ HOẠCH").table(100, edges, rows, open_end=True),
        lambda page: page.table(60, edges, rows[1:]).text(72, 300, "III. TỔ CHỨC THỰC HIỆN"),
    ).getvalue()


@often(200)
def test_a_changed_pdf_is_read_or_refused(pdf, changes):
    held("a.pdf", changed(pdf, changes))


@pytest.mark.slow
@often(2000)
def test_a_changed_pdf_is_read_or_refused_however_often(pdf, changes):
    held("a.pdf", changed(pdf, changes))


@pytest.fixture(scope="module")
def old_word(tmp_path_factory):
    """The plan as LibreOffice writes it for old Word; then that program is out of the way, for it is slow."""
    if not (shutil.which("soffice") and shutil.which("antiword")):
        pytest.skip("LibreOffice and antiword are not both installed")
    folder = tmp_path_factory.mktemp("word")
    (folder / "plan.docx").write_bytes(word())
    command = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", "doc", "--outdir", str(folder), str(folder / "plan.docx")]
    subprocess.run(command, check=True, capture_output=True)
    (folder / "antiword").symlink_to(shutil.which("antiword"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(folder))
        yield (folder / "plan.doc").read_bytes()


@often(200)
def test_a_changed_old_document_is_read_or_refused(old_word, changes):
    held("a.doc", changed(old_word, changes))


@pytest.mark.slow
@often(2000)
def test_a_changed_old_document_is_read_or_refused_however_often(old_word, changes):
    held("a.doc", changed(old_word, changes))
