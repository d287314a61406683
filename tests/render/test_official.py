"""Official papers keep their end together: whoever signs stands on the page of what is signed."""

import io
import shutil
import subprocess
from datetime import UTC, date, datetime

import pdfplumber
import pytest
from docx import Document
from docx.oxml.ns import qn

from tracker.render.official import Issuer, OfficialPaper, Table, official_bytes

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
ISSUER = Issuer(
    called="UBND xã Suối Mây",
    above="",
    name=("Ủy ban nhân dân", "xã Suối Mây"),
    code="UBND",
    place="Suối Mây",
    signer=("TM. Ủy ban nhân dân", "Chủ tịch"),
)
COLUMNS = (("TT", 12), ("Nhiệm vụ", 100), ("Hạn cuối", 40))


def paper(*body):
    """A list of this body, for two to keep."""
    return official_bytes(
        OfficialPaper(
            issuer=ISSUER,
            day=date(2026, 6, 18),
            kind="DANH MỤC",
            subject="Nhiệm vụ đưa ra họp",
            body=body,
            copies=["Thành phần dự họp"],
        ),
        now=NOW,
    )


def rows(count):
    """A table of so many rows."""
    return Table(COLUMNS, [(str(number), "Niêm yết công khai", "30/6/2026") for number in range(count)])


def held_to_the_next(paragraphs):
    return all(paragraph.paragraph_format.keep_with_next for paragraph in paragraphs)


def test_the_end_of_a_text_comes_with_its_signature():
    document = Document(io.BytesIO(paper("Một.", "Hai.")))
    assert document.tables[-1].rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None
    assert [bool(one.paragraph_format.keep_with_next) for one in document.paragraphs[-2:]] == [False, True]


def test_the_last_row_of_a_table_comes_with_the_signature_below_it():
    document = Document(io.BytesIO(paper("Một.", rows(3))))
    table = document.tables[-2]
    held = [all(held_to_the_next(cell.paragraphs) for cell in row.cells) for row in table.rows]
    assert held == [False, False, False, True]
    assert held_to_the_next(document.paragraphs[-1:])


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")
def test_on_paper_no_page_holds_the_signature_alone(tmp_path):
    for count in (31, 32, 33, 34):
        (tmp_path / f"{count}.docx").write_bytes(paper("Số liệu tính đến hôm nay.", rows(count)))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run([*command, *tmp_path.glob("*.docx")], check=True, capture_output=True, timeout=240)
    lengths = []
    for path in sorted(tmp_path.glob("*.pdf")):
        with pdfplumber.open(path) as document:
            lengths.append(len(document.pages))
            end = document.pages[-1].extract_text()
        for words in ("Niêm yết công khai", "Nơi nhận:", "- Lưu: VT.", "CHỦ TỊCH"):
            assert words in end, (path.name, words)
    assert set(lengths) == {1, 2}  # the edge of the page lies among them
