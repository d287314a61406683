"""A document becomes the draft of a plan."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from tracker.deadlines.meaning import Context
from tracker.plans.blocks import ILLEGIBLE, Document, Paragraph, Row, Where
from tracker.plans.columns import Columns
from tracker.plans.declared import announced, check, counts_of, differences
from tracker.plans.draft import Declared, Heading, IndicatorDraft, LedgerLine, PlanDraft, TaskDraft
from tracker.plans.duties import find_duties
from tracker.plans.figures import FigureColumns
from tracker.plans.heading import read_heading
from tracker.plans.indicators import read_indicator_table
from tracker.plans.ledger import ledger_line
from tracker.plans.mendings import find_mendings
from tracker.plans.orders import find_withdrawals
from tracker.plans.places import place, place_words
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
ILLEGIBLE_ROWS = (
    "Không đọc được chữ ở {}: hãy xem bản gốc, thêm nhiệm vụ nếu có, hoặc quét lại trang đó rõ hơn."
)
_NUMBERED = re.compile(r"\d{1,3}(\.\d{1,2})*[.)]?(\s|$)")
PROPOSED = "Không phải nhiệm vụ; số liệu đã được đề xuất làm chỉ tiêu."
NOTHING = "Không tìm thấy nhiệm vụ hay chỉ tiêu nào trong văn bản."


@dataclass(slots=True)
class _Found:
    """What the parts of a document held, gathered."""

    tasks: list[TaskDraft] = field(default_factory=list)
    indicators: list[IndicatorDraft] = field(default_factory=list)
    lines: list[LedgerLine] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    declared: list[Declared] = field(default_factory=list)

    def hold(self, declared: list[Declared]) -> None:
        """Keep what the document declares, and warn where it is not what was read."""
        self.declared += declared
        self.warnings += differences(declared)


def draft_plan(document: Document) -> PlanDraft:
    """Read a document: its heading, tasks and indicators, and what became of each of its rows.

    Tasks of tables are selected; duties in prose only where there are no tables of tasks. Raises
    UnreadableFile where the heading bears a stamp of secrecy.
    """
    sections = find_sections(document)
    reading = read_heading(list(_loose_lines(document, sections)))
    found = _Found(warnings=[*document.notes, *reading.warnings])
    found.read += [place(row.where) for table in document.tables() for row in table.rows]
    found.warnings += _set_aside(sections)
    for section in sections:
        _read_section(section, reading.heading, found, document.scanned)
    found.hold(announced(document.paragraphs(), len(found.tasks)))
    _read_prose(document, reading.heading, found)
    withdrawals = tuple(find_withdrawals(document.paragraphs()))
    mendings = tuple(find_mendings(document.paragraphs()))
    if not found.tasks and not found.indicators and not withdrawals and not mendings:
        found.warnings.append(NOTHING)
    return PlanDraft(
        heading=reading.heading,
        tasks=tuple(found.tasks),
        indicators=tuple(found.indicators),
        ledger=tuple(_in_order(document, found.lines)),
        warnings=tuple(dict.fromkeys(found.warnings)),
        declared=tuple(found.declared),
        read=tuple(found.read),
        withdrawals=withdrawals,
        mendings=mendings,
    )


def _set_aside(sections: Sequence[Section]) -> list[str]:
    """Take the rows of which nothing was recognised for sure out of their sections, and say where they stand.

    The ledger has no line for them: what they hold is lost until a person has looked.
    """
    illegible = [row for section in sections for row in section.rows if _is_illegible(row)]
    for section in sections:
        section.rows = [row for row in section.rows if row not in illegible]
    places = "; ".join(place_words(place(row.where)) for row in illegible)
    return [ILLEGIBLE_ROWS.format(places)] if illegible else []


def _is_illegible(row: Row) -> bool:
    said = [text for text in row.texts if text]
    return bool(said) and all(ILLEGIBLE in text for text in said)


def _read_section(section: Section, heading: Heading, found: _Found, scanned: Sequence[int]) -> None:
    if isinstance(section.header, Columns):
        table, first = read_task_table(section), not found.tasks
        found.tasks += [
            _checked(understand(row, _context(heading)), row.where, scanned) for row in table.tasks
        ]
        found.lines += table.ledger
        found.warnings += check(table, first=first)
        found.hold(counts_of(table))
    elif isinstance(section.header, FigureColumns):
        figures = read_indicator_table(section, heading)
        found.indicators += figures.indicators
        found.lines += figures.ledger
        found.warnings += figures.warnings
    else:
        found.lines += _ignored(section)
        found.warnings += _unknown(section)


def _read_prose(document: Document, heading: Heading, found: _Found) -> None:
    prose = find_duties(document.paragraphs())
    selected = not found.tasks
    found.tasks += [
        _checked(
            understand_duty(duty, _context(heading), selected=selected), duty.source.where, document.scanned
        )
        for duty in prose.duties
    ]
    targets = list(find_targets(document.paragraphs(), heading))
    found.lines += _with_reasons(prose.ledger, {target.where for target in targets})
    found.read += [place(paragraph.where) for paragraph in prose.read]
    found.indicators += targets


def _with_reasons(lines: Iterable[LedgerLine], targets: Container[str]) -> Iterator[LedgerLine]:
    """The lines, of which an aim whose figures are proposed says so."""
    for line in lines:
        proposed = line.fate == "ignored" and line.where in targets
        yield replace(line, reason=PROPOSED) if proposed else line


def _context(heading: Heading) -> Context:
    start, end = heading.period or (None, None)
    return Context(issued=heading.issued, start=start, end=end)


def _checked(task: TaskDraft, where: Where, scanned: Sequence[int]) -> TaskDraft:
    """The task; where its page was scanned, a person must hold its deadline against the paper."""
    return replace(task, doubts=(*task.doubts, SCANNED)) if where.page in scanned else task


def _loose_lines(document: Document, sections: Sequence[Section]) -> Iterator[str]:
    """The lines outside task and indicator tables: paragraphs, and cells of tables that only arrange text.

    An empty line stands for a table of tasks or indicators.
    """
    loose = {row.where for section in sections if section.header is None for row in section.rows}
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.names_sheet:
            continue
        if isinstance(block, Paragraph):
            yield f"{block.label} {block.text}".strip()
            continue
        for row in block.rows:
            if row.where in loose:
                yield from (line for text in row.texts for line in text.split("\n") if line.strip())
            else:
                yield ""


def _ignored(section: Section) -> list[LedgerLine]:
    return [
        ledger_line(row, "ignored", EMPTY_ROW if all(map(is_blank, row.texts)) else UNKNOWN_ROW)
        for row in section.rows
    ]


def _unknown(section: Section) -> list[str]:
    """A table of some size, or with a numbered row of some cells, could hold tasks: it is named."""
    wide = [row for row in section.rows if _filled(row) >= 3]
    numbered = any(_filled(row) >= 4 and _NUMBERED.match(row.texts[0]) for row in wide)
    if len(wide) < 3 and not numbered:
        return []
    return [UNKNOWN_TABLE.format(wide[0].where.table, len(section.rows))]


def _filled(row: Row) -> int:
    return sum(not is_blank(text) for text in row.texts)


def _in_order(document: Document, lines: Iterable[LedgerLine]) -> list[LedgerLine]:
    """The lines as the document runs."""
    blocks = ((block,) if isinstance(block, Paragraph) else block.rows for block in document.blocks)
    order = {place(part.where): at for at, part in enumerate(part for block in blocks for part in block)}
    return sorted(lines, key=lambda line: order[line.where])
