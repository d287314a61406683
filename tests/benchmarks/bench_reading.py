"""How fast plans are read, each kind of file against opening it with the bare library; run it by hand.

A plan of 100 tasks is written as .docx, .xlsx, .html and, where LibreOffice is installed, .odt, .pdf and
.doc. It is read as `tracker read` reads it: in a process of its own, under limits, up to the draft. The
yardstick is the bare library that opens the same file and touches every cell, in a new process too. Beside
the time that passes stands the processor's, which other work on the machine changes less.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from shutil import which

import docx
import openpyxl

from tracker.plans.readers.sandbox import read_safely
from tracker.plans.reading import draft_plan

ROWS = 100
PER_PAGE = 12  # rows of this table on a printed page
HEADER = ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm")
BARE = {
    ".docx": "import docx; [c.text for t in docx.Document(P).tables for r in t.rows for c in r.cells]",
    ".xlsx": "import openpyxl; [c for r in openpyxl.load_workbook(P).active.values for c in r]",
    ".html": "import lxml.html; [c.text_content() for c in lxml.html.parse(P).getroot().iter('td')]",
    ".odt": "import zipfile, lxml.etree as e; "
    "x = e.fromstring(zipfile.ZipFile(P).read('content.xml')); "
    "[list(c.itertext()) for c in x.iter('{*}table-cell')]",
    ".pdf": "import pdfplumber; [page.extract_tables() for page in pdfplumber.open(P).pages]",
    ".doc": "import subprocess; subprocess.run(['antiword', '-x', 'db', P], capture_output=True)",
}


def rows():
    """The cells of the table, header first."""
    yield HEADER
    for number in range(1, ROWS + 1):
        quarter = ("I", "II", "III", "IV")[number % 4]
        yield (
            str(number),
            f"Rà soát, chuẩn hóa quy trình nội bộ thứ {number} thuộc thẩm quyền giải quyết của xã",
            "Văn phòng HĐND và UBND",
            "Phòng Kinh tế; Công an xã",
            f"Quý {quarter}/2026",
            "Quyết định; Báo cáo kết quả",
        )


def write(folder: Path) -> list[Path]:
    """The same plan in every kind of file that this machine can make."""
    document = docx.Document()
    for line in ("Số: 12/KH-UBND", "KẾ HOẠCH", "Cải cách hành chính năm 2026"):
        document.add_paragraph(line)
    table = document.add_table(0, len(HEADER), style="Table Grid")
    book = openpyxl.Workbook()
    for cells in rows():
        book.active.append(cells)
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("Lưu: VT.")
    document.save(folder / "plan.docx")
    book.save(folder / "plan.xlsx")
    lines = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in cells) + "</tr>" for cells in rows())
    (folder / "plan.html").write_text(
        f'<html><meta charset="utf-8"><p>KẾ HOẠCH</p><p>Năm 2026</p><table>{lines}</table></html>'
    )
    for suffix in ("odt", "pdf", "doc") if which("soffice") else ():
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", suffix, "--outdir", str(folder)]
        subprocess.run([*command, str(folder / "plan.docx")], check=True, capture_output=True)
    return sorted(folder.glob("plan.*"))


def seconds(deed) -> tuple[float, float]:
    """The best of three: how long it takes, and how much of the processor it and its processes take."""
    taken = []
    for _ in range(3):
        start, used = time.perf_counter(), processor()
        deed()
        taken.append((time.perf_counter() - start, processor() - used))
    passed, worked = zip(*taken, strict=True)
    return min(passed), min(worked)


def processor() -> float:
    """Seconds of the processor that this process and those it waited for have taken."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    """Print rows and pages a second, and the ratio to the yardstick, for each kind of file."""
    with tempfile.TemporaryDirectory() as name:
        for path in write(Path(name)):
            bare = [sys.executable, "-c", f"P = {str(path)!r}; {BARE[path.suffix]}"]
            found = len(draft_plan(read_safely(path, path.name)).tasks)
            took, worked = seconds(lambda path=path: draft_plan(read_safely(path, path.name)))
            yardstick, _ = seconds(lambda bare=bare: subprocess.run(bare, check=True))
            print(
                f"{path.suffix}: {found} of {ROWS} rows in {took:.2f} s, {worked:.2f} s of processor time, "
                f"{ROWS / took:.0f} rows and "
                f"{ROWS / PER_PAGE / took:.1f} pages a second, {took / yardstick:.1f} times the bare library"
            )


if __name__ == "__main__":
    main()
