"""What other programs do for a reader: LibreOffice for .doc and .rtf, ocrmypdf for scans."""

import io
import shutil

import docx as python_docx
import pytest

from tracker.plans.blocks import UnreadableFile
from tracker.plans.readers import read
from tracker.plans.readers.refusals import BROKEN, NEEDS_OFFICE, SCANNED
from tracker.plans.readers.sandbox import read_safely

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le")


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a shell script on the path in place of a program; nothing else is found there."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/nowhere")
    for tool in ("cp", "sh"):
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


def test_without_libreoffice_they_are_refused(install):
    assert refusal_of(io.BytesIO(OLD), "a.doc") == NEEDS_OFFICE


def test_what_libreoffice_cannot_open_is_broken(install):
    install("soffice", "exit 0")
    assert refusal_of(io.BytesIO(OLD), "a.doc") == BROKEN


@pytest.fixture
def scan(make_pdf):
    return make_pdf(lambda page: page.picture())


@pytest.fixture
def recognised(make_pdf, tmp_path):
    """What the stand-in for ocrmypdf gives back."""
    path = tmp_path / "recognised.pdf"
    path.write_bytes(make_pdf(lambda page: page.picture().text(60, 400, "Trước ngày 30/6/2026")).getvalue())
    return path


def test_a_scan_is_read_by_ocrmypdf_and_marked(scan, recognised, install, tmp_path, outline):
    install("ocrmypdf", f"cp {recognised} read.pdf")
    install("tesseract", "exit 0")
    (tmp_path / "upload").write_bytes(scan.getvalue())
    document = read_safely(tmp_path / "upload", "scan.pdf")
    assert outline(document) == ["Trước ngày 30/6/2026"]
    assert document.scanned


@pytest.mark.parametrize("script", [None, "exit 1"])
def test_a_scan_that_cannot_be_recognised_is_refused(script, scan, install):
    if script:
        install("ocrmypdf", script)
    assert refusal_of(scan, "scan.pdf", ocr=True) == SCANNED


def test_a_scan_is_not_recognised_unasked(scan, recognised, install):
    install("ocrmypdf", f"cp {recognised} read.pdf")
    assert refusal_of(scan, "scan.pdf") == SCANNED
