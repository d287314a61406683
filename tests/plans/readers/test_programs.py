"""What other programs do for a reader: LibreOffice and antiword for old files."""

import io
import shutil
import subprocess

import docx as python_docx
import openpyxl
import pytest

from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers import read
from tracker.plans.readers.antiword import TABLE_TORN
from tracker.plans.readers.office import TABLES_LOST
from tracker.plans.readers.refusals import BROKEN, NEEDS_OFFICE
from tracker.plans.readers.sandbox import read_safely

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
OLD = OLE + "WordDocument".encode("utf-16-le")
OLD_WORKBOOK = OLE + "Workbook".encode("utf-16-le")

# What antiword prints of a heading, and of a table whose second row has one cell over the last two columns.
DOCBOOK = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE book PUBLIC "-//OASIS//DTD DocBook XML V4.1.2//EN" "http://nowhere.invalid/docbookx.dtd">
<book><chapter><title/><para>
KẾ HOẠCH
</para><para><informaltable>
<tgroup cols="3"><colspec colwidth="20.00pt"/><colspec colwidth="70.05pt"/><colspec colwidth="72.00pt"/>
<tbody><row><entry>
TT</entry><entry>
Nhiệm vụ</entry><entry>
Chủ trì
thực hiện</entry></row></tbody></tgroup>
<tgroup cols="2"><colspec colwidth="20.00pt"/><colspec colwidth="142.00pt"/><tbody>
<row><entry>
I</entry><entry><emphasis role="bold">
THỂ CHẾ</emphasis></entry></row></tbody></tgroup>
</informaltable></para></chapter></book>"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a shell script on the path in place of a program; nothing else is found there."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/nowhere")
    for tool in ("cat", "cp", "sh"):
        (folder / tool).symlink_to(shutil.which(tool, path="/usr/bin:/bin"))

    def install(name, *lines):
        script = folder / name
        script.write_text("\n".join([f"#!{folder}/sh", *lines]))
        script.chmod(0o755)

    return install


@pytest.fixture
def converted(tmp_path):
    """What the stand-in for LibreOffice gives back."""
    made = python_docx.Document()
    made.add_paragraph("KẾ HOẠCH")
    made.save(tmp_path / "converted.docx")
    return tmp_path / "converted.docx"


def refusal_of(stream, name, **how):
    with pytest.raises(UnreadableFile) as refusal:
        read(stream, name, **how)
    return str(refusal.value)


@pytest.mark.parametrize(("content", "name"), [(OLD, "a.doc"), (b"{\\rtf1 K\\'ea}", "a.rtf")])
def test_old_documents_are_read_through_libreoffice(content, name, install, converted, outline):
    # The folder for the result is the last argument but one.
    install("soffice", f'while [ $# -gt 2 ]; do shift; done; cp {converted} "$1/old.docx"')
    assert outline(read(io.BytesIO(content), name)) == ["KẾ HOẠCH"]


def test_old_workbooks_are_read_through_libreoffice(install, tmp_path, outline):
    book = openpyxl.Workbook()
    book.active.append(["TT", "Nhiệm vụ", "Chủ trì"])
    book.save(tmp_path / "made.xlsx")
    install("soffice", f'while [ $# -gt 2 ]; do shift; done; cp {tmp_path}/made.xlsx "$1/old.xlsx"')
    assert outline(read(io.BytesIO(OLD_WORKBOOK), "a.xls")) == ["==", "TT | Nhiệm vụ | Chủ trì"]


def test_what_libreoffice_loses_of_a_table_antiword_tells(install, converted, tmp_path, outline):
    (tmp_path / "told.xml").write_text(DOCBOOK)
    install("soffice", f'while [ $# -gt 2 ]; do shift; done; cp {converted} "$1/old.docx"')
    install("antiword", f"cat {tmp_path}/told.xml")
    document = read(io.BytesIO(OLD), "a.doc")
    assert outline(document) == ["KẾ HOẠCH", "==", "TT | Nhiệm vụ | Chủ trì ⏎ thực hiện", "I | <2>THỂ CHẾ | "]
    assert document.blocks[1].rows[1].cells[1].bold
    assert document.notes == (TABLES_LOST,)


def test_antiword_alone_reads_documents_but_no_workbooks(install, tmp_path, outline):
    (tmp_path / "told.xml").write_text(DOCBOOK)
    install("antiword", f"cat {tmp_path}/told.xml")
    assert outline(read(io.BytesIO(OLD), "a.doc"))[0] == "KẾ HOẠCH"
    assert refusal_of(io.BytesIO(OLD_WORKBOOK), "a.xls") == NEEDS_OFFICE


@pytest.mark.parametrize(("content", "name"), [(OLD, "a.doc"), (OLD_WORKBOOK, "a.xls")])
def test_without_other_programs_they_are_refused(content, name, install):
    assert refusal_of(io.BytesIO(content), name) == NEEDS_OFFICE


def test_libreoffice_has_neither_network_nor_macros(install, converted, tmp_path):
    shutil.which("unshare", path="/usr/bin:/bin") or pytest.skip("unshare is not installed")
    alone = subprocess.run(["/usr/bin/unshare", "-rn", "/usr/bin/true"], check=False)
    if alone.returncode:
        pytest.skip("this system lets nobody make a network of his own")
    for tool in ("unshare", "true"):
        install(tool, f'exec {shutil.which(tool, path="/usr/bin:/bin")} "$@"')
    install(
        "soffice",
        f"cat /proc/net/dev > {tmp_path}/network",
        f'while [ $# -gt 2 ]; do shift; done; cp "$1/profile/user/registrymodifications.xcu" {tmp_path}/set',
        f'cp {converted} "$1/old.docx"',
    )
    read(io.BytesIO(OLD), "a.doc")
    links = [line.split(":")[0].strip() for line in (tmp_path / "network").read_text().splitlines()[2:]]
    assert links == ["lo"]
    assert 'oor:name="DisableMacrosExecution" oor:op="fuse"><value>true<' in (tmp_path / "set").read_text()


@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("antiword")), reason="programs are missing")
def test_a_document_that_ends_in_a_table_is_read_whole_by_the_real_programs(tmp_path):
    made = python_docx.Document()
    table = made.add_table(2, 3)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["TT", "Việc", "Hạn", "1", "Rà", "2026"], strict=True
    ):
        cell.text = text
    made.save(tmp_path / "plan.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "doc", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "plan.docx")], check=True, capture_output=True)
    document = read_safely(tmp_path / "plan.doc", "plan.doc")
    assert [row.texts for row in document.blocks[0].rows] == [("TT", "Việc", "Hạn"), ("1", "Rà", "2026")]


def test_what_libreoffice_cannot_open_is_broken(install):
    install("soffice", "exit 0")
    assert refusal_of(io.BytesIO(OLD), "a.doc") == BROKEN


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_formulas_without_a_result_are_calculated_by_the_real_program(outline):
    workbook = openpyxl.Workbook()
    for row in (
        ["TT", "Nhiệm vụ", "Thời hạn"],
        [1, "Rà soát", "Quý I/2026"],
        ["=A2+1", "Kiểm tra", '="Quý "&"II"'],
    ):
        workbook.active.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    document = read(stream, "ke-hoach.xlsx")
    assert (outline(document)[-1], document.notes) == ("2 | Kiểm tra | Quý II", ())


TOLD = "TT |Việc |Chủ trì |Hạn | |1 |Rà soát |Sở Y tế |2026 | |2 |Tập huấn | |2026 | |"


@pytest.mark.parametrize(
    ("told", "rows"),
    [
        (
            TOLD,
            [
                ("TT", "Việc", "Chủ trì", "Hạn"),
                ("1", "Rà soát", "Sở Y tế", "2026"),
                ("2", "Tập huấn", "", "2026"),
            ],
        ),
        (
            "TT |Việc |Hạn | |1 |Rà soát |2026 | | | |2027 | |",
            [("TT", "Việc", "Hạn"), ("1", "Rà soát", "2026"), ("", "", "2027")],
        ),
        ("TT |Việc |Cơ quan | |1 |Rà soát |Sở Y tế |Sở Nội vụ |2026 | |", None),
    ],
    ids=["even", "merged", "uneven"],
)  # fmt: skip
def test_a_table_that_antiword_tells_as_one_line_is_one_again_or_is_noted(told, rows, install, tmp_path):
    (tmp_path / "told.xml").write_text(f"<book><chapter><para>{told}</para></chapter></book>")
    install("antiword", f"cat {tmp_path / 'told.xml'}")
    document = read(io.BytesIO(OLD), "a.doc")
    if rows:
        assert [row.texts for row in next(document.tables()).rows] == rows
    else:
        assert document.notes == (TABLE_TORN,)
