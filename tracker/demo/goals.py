"""The indicators of the made-up plan: what each office had reached the year before, and is to reach."""

from collections.abc import Sequence

from docx.document import Document

TITLE = "Tỷ lệ hồ sơ nộp trực tuyến (%)"
# office, reached the year before, to be reached in the year of the plan
FIGURES = (
    ("Văn phòng HĐND và UBND", "61,5", "70"),
    ("Phòng Kinh tế", "58,2", "75"),
    ("Phòng Văn hóa - Xã hội", "49", "65"),
    ("Trung tâm Phục vụ hành chính công", "72,4", "85"),
    ("Công an xã", "80,1", "90"),
    ("Trạm Y tế", "35", "50"),
)
# who reported what for the year of the plan; the others have not yet
REPORTED = (
    ("Phòng Văn hóa - Xã hội", 66.3, "Theo Cổng dịch vụ công đến hết tháng trước."),
    ("Trung tâm Phục vụ hành chính công", 81.7, "Còn hồ sơ đất đai nộp trực tiếp."),
    ("Công an xã", 93.5, ""),
)


def write_goals(document: Document, year: int) -> None:
    """Write the second appendix: a row an office, the year before and the year of the plan."""
    document.add_paragraph("PHỤ LỤC II\nCHỈ TIÊU HỒ SƠ NỘP TRỰC TUYẾN")
    table = document.add_table(rows=2, cols=4)
    table.style = "Table Grid"
    table.cell(0, 2).merge(table.cell(0, 3))
    _fill(table.rows[0].cells[:3], ("TT", "Đơn vị", TITLE))
    _fill(table.rows[1].cells, ("", "", f"Năm {year - 1}", f"Năm {year}"))
    for number, (office, reached, wanted) in enumerate(FIGURES, 1):
        _fill(table.add_row().cells, (str(number), office, reached, wanted))


def _fill(cells: Sequence, texts: Sequence[str]) -> None:
    for cell, text in zip(cells, texts, strict=True):
        cell.text = text
