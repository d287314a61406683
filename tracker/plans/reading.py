"""A document becomes the draft of a plan."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.deadlines.meaning import Context
from tracker.plans import declared
from tracker.plans.blocks import Document, Paragraph
from tracker.plans.columns import Columns
from tracker.plans.draft import Heading, IndicatorDraft, LedgerLine, PlanDraft, TaskDraft
from tracker.plans.duties import find_duties
from tracker.plans.figures import FigureColumns
from tracker.plans.heading import read_heading
from tracker.plans.indicators import read_indicator_table
from tracker.plans.ledger import ledger_line
from tracker.plans.prose import understand_duty
from tracker.plans.sections import Section, find_sections
from tracker.plans.tables import read_task_table
from tracker.plans.targets import find_targets
from tracker.plans.tasks import understand
from tracker.plans.wording import is_blank

SCANNED = "Văn bản được nhận dạng từ bản quét: hãy đối chiếu thời hạn với bản gốc."
UNKNOWN_ROW = "Không thuộc bảng nhiệm vụ hay bảng chỉ tiêu nào."
EMPTY_ROW = "Dòng trống."
UNKNOWN_TABLE = "Không nhận ra các cột của bảng {} ({} dòng); hãy kiểm tra xem bảng có nhiệm vụ không."
NOTHING = "Không tìm thấy nhiệm vụ nào trong văn bản."


def draft_plan(document: Document) -> PlanDraft:
    """Read a document: its heading, tasks and indicators, and what became of each of its rows.

    Raises UnreadableFile where the heading bears a stamp of secrecy.
    """
    sections = find_sections(document)
    reading = read_heading(list(_lines(document, sections)))
    context = _context(reading.heading)
    tasks: list[TaskDraft] = []
    indicators: list[IndicatorDraft] = []
    lines: list[LedgerLine] = []
    warnings = [*document.notes, *reading.warnings]
    for section in sections:
        if isinstance(section.header, Columns):
            table = read_task_table(section)
            tasks += [understand(row, context) for row in table.tasks]
            lines += table.ledger
            warnings += declared.check(table)
        elif isinstance(section.header, FigureColumns):
            figures = read_indicator_table(section, reading.heading)
            indicators += figures.indicators
            lines += figures.ledger
            warnings += figures.warnings
        else:
            lines += _ignored(section)
            warnings += _unknown(section)
    warnings += declared.check_announced(document.paragraphs(), len(tasks))
    prose = find_duties(document.paragraphs())
    tasks += [understand_duty(duty, context, selected=not tasks) for duty in prose.duties]
    lines += prose.ledger
    indicators += find_targets(document.paragraphs(), reading.heading)
    if document.scanned:
        tasks = [replace(task, doubts=(*task.doubts, SCANNED)) for task in tasks]
    if not tasks:
        warnings.append(NOTHING)
    return PlanDraft(
        heading=reading.heading,
        tasks=tuple(tasks),
        indicators=tuple(indicators),
        ledger=tuple(lines),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _context(heading: Heading) -> Context:
    start, end = heading.period or (None, None)
    return Context(issued=heading.issued, start=start, end=end)


def _lines(document: Document, sections: Sequence[Section]) -> Iterator[str]:
    """The lines outside task and indicator tables: paragraphs, and cells of tables that only arrange text."""
    loose = {row.where for section in sections if section.header is None for row in section.rows}
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield f"{block.label} {block.text}".strip()
            continue
        for row in block.rows:
            if row.where in loose:
                yield from (line for text in row.texts for line in text.split("\n") if line.strip())


def _ignored(section: Section) -> list[LedgerLine]:
    return [
        ledger_line(row, "ignored", EMPTY_ROW if all(map(is_blank, row.texts)) else UNKNOWN_ROW)
        for row in section.rows
    ]


def _unknown(section: Section) -> list[str]:
    """A table of some size whose columns say nothing could hold tasks: it is named."""
    wide = [row for row in section.rows if sum(not is_blank(text) for text in row.texts) >= 3]
    return [UNKNOWN_TABLE.format(wide[0].where.table, len(section.rows))] if len(wide) >= 3 else []
