"""Plans laid out as different offices lay them out, as files of every kind: all are read alike.

`layouts.txt` holds them: «# name», the document, and after «=>» its tasks as they must be read, each as
«group | number | title | lead | coordinating | deadline | deliverables», and its indicators as «% name |
unit | period | target with how it binds | actual | measure». A line «@» stands for a usual heading. A table
is drawn a row a line, its cells parted by «|»: «⏎» breaks a line in a cell, «<» is the rest of a cell that
reaches over columns, «^» the lower part of one that reaches over rows.
"""

import html
import io
import shutil
import subprocess
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT

from tracker.plans.ledger import lost
from tracker.plans.readers import read
from tracker.plans.reading import draft_plan

LEFT, UP = "<", "^"
HEADING = """ỦY BAN NHÂN DÂN
TỈNH LẠC VIÊN
Số: 45/KH-UBND
Lạc Viên, ngày 12 tháng 01 năm 2026
KẾ HOẠCH
Triển khai công tác năm 2026"""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cell of a drawn table: its text, over how many rows and columns it reaches."""

    text: str
    rows: int = 1
    columns: int = 1


def drawn(table: str) -> dict[tuple[int, int], Drawn]:
    """The cells of a drawn table by row and column; what another cell covers is not among them."""
    grid = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    cells = {}
    for y, row in enumerate(grid):
        for x, text in enumerate(row):
            if text in (LEFT, UP):
                continue
            columns = 1 + _count(row[x + 1 :], LEFT)
            rows = 1 + _count([below[x] for below in grid[y + 1 :] if x < len(below)], UP)
            cells[y, x] = Drawn(text.replace("⏎", "\n"), rows, columns)
    return cells


def _count(cells: list[str], mark: str) -> int:
    return next((index for index, cell in enumerate(cells) if cell != mark), len(cells))


def is_table(block: str) -> bool:
    return "|" in block


def as_html(blocks: list[str]) -> bytes:
    """A page as an office saves it from Word."""
    parts = []
    for block in blocks:
        if not is_table(block):
            parts.append(f"<p>{html.escape(block)}</p>")
            continue
        lines: dict[int, str] = {row: "" for row in range(len(block.strip().splitlines()))}
        for (row, _), cell in sorted(drawn(block).items()):
            text = "".join(f"<p>{html.escape(line)}</p>" for line in cell.text.split("\n"))
            lines[row] += f'<td rowspan="{cell.rows}" colspan="{cell.columns}">{text}</td>'
        parts.append("<table border=1>" + "".join(f"<tr>{line}</tr>" for line in lines.values()) + "</table>")
    return f'<html><head><meta charset="utf-8"></head><body>{"".join(parts)}</body></html>'.encode()


def as_docx(blocks: list[str]) -> bytes:
    """A Word document in landscape, its tables with rules."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    for block in blocks:
        if not is_table(block):
            document.add_paragraph(block)
            continue
        cells = drawn(block)
        height, width = (max(place[axis] for place in _covered(cells)) + 1 for axis in (0, 1))
        table = document.add_table(height, width, style="Table Grid")
        for (row, column), cell in cells.items():
            first = table.cell(row, column)
            last = table.cell(row + cell.rows - 1, column + cell.columns - 1)
            merged = first.merge(last) if last is not first else first
            for index, line in enumerate(cell.text.split("\n")):
                paragraph = merged.add_paragraph() if index else merged.paragraphs[0]
                paragraph.add_run(line)
    return _saved(document)


def _covered(cells: dict[tuple[int, int], Drawn]) -> list[tuple[int, int]]:
    return [(row + cell.rows - 1, column + cell.columns - 1) for (row, column), cell in cells.items()]


def as_xlsx(blocks: list[str]) -> bytes:
    """A workbook of one sheet: a paragraph a row, tables below each other."""
    book = openpyxl.Workbook()
    sheet, top = book.active, 1
    for block in blocks:
        if not is_table(block):
            sheet.cell(top, 1, block)
            top += 1
            continue
        cells = drawn(block)
        for (row, column), cell in cells.items():
            sheet.cell(top + row, column + 1, cell.text or None)
            if cell.rows > 1 or cell.columns > 1:
                sheet.merge_cells(
                    start_row=top + row, end_row=top + row + cell.rows - 1,
                    start_column=column + 1, end_column=column + cell.columns,
                )  # fmt: skip
        top += max(row for row, _ in _covered(cells)) + 2
    return _saved(book)


def _saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


WRITERS = {"html": as_html, "docx": as_docx, "xlsx": as_xlsx}


def cases():
    """Name, blocks and expected tasks of each layout."""
    for part in (Path(__file__).parent / "layouts.txt").read_text().split("\n# ")[1:]:
        name, rest = part.split("\n", 1)
        document, expected = rest.replace("@\n", f"{HEADING}\n", 1).split("\n=>\n")
        blocks = []
        lines = [line for line in document.splitlines() if line.strip()]
        for in_table, run in groupby(lines, key=is_table):
            found = list(run)
            blocks += ["\n".join(found)] if in_table else found
        yield name, blocks, expected.strip().splitlines()


CASES = list(cases())


def told(content, name):
    """The tasks and indicators of a file, a line each."""
    draft = draft_plan(read(io.BytesIO(content), name))
    assert lost(draft) == []
    return [_line(_of_task(task)) for task in draft.tasks] + [
        _line(_of_indicator(indicator), "% ") for indicator in draft.indicators
    ]


def _line(values, mark=""):
    return f"{mark}{' | '.join(values)}".strip()


def _of_task(task):
    deliverables = " / ".join("; ".join(milestone.deliverables) for milestone in task.milestones)
    lead, coordinating = "; ".join(task.lead), "; ".join(task.coordinating)
    return task.group, task.no, task.title, lead, coordinating, task.deadline_text, deliverables


def _of_indicator(indicator):
    target, actual = (
        "" if figure is None else f"{figure:g}" for figure in (indicator.target, indicator.actual)
    )
    bound = f"{indicator.bound} {target}".strip()
    return indicator.name, indicator.unit, indicator.period, bound, actual, indicator.measure


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize(("blocks", "expected"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_a_layout_is_read(blocks, expected, kind):
    assert told(WRITERS[kind](blocks), f"plan.{kind}") == expected


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """What LibreOffice makes of all layouts: converted(kind) -> the folder with a file each."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("layouts")
    sources = [folder / f"{name}.docx" for name, _, _ in CASES]
    for source, (_, blocks, _) in zip(sources, CASES, strict=True):
        source.write_bytes(as_docx(blocks))

    def convert(kind):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, "--headless", profile, "--convert-to", kind, "--outdir", str(folder)]
        subprocess.run([*command, *map(str, sources)], check=True, capture_output=True)
        return folder

    return convert


@pytest.mark.parametrize("kind", ["pdf", "odt", pytest.param("doc", marks=pytest.mark.slow)])
def test_layouts_from_an_office_program_are_read_alike(converted, kind):
    folder = converted(kind)
    found = {name: told((folder / f"{name}.{kind}").read_bytes(), f"{name}.{kind}") for name, _, _ in CASES}
    assert found == {name: expected for name, _, expected in CASES}
