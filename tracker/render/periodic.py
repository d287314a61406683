"""The periodic report as an official paper: tasks, results, what is late, difficulties, proposals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tracker.render.official import Block, Heading, Issuer, OfficialPaper, Table
from tracker.words import local_day, moment_words, percent_words


@dataclass(frozen=True, slots=True)
class Figures:
    """How many assignments there are by official outcome; extended and excused ones are counted apart."""

    name: str
    total: int
    done_on_time: int
    done_late: int
    open_on_time: int
    open_overdue: int
    extended: int
    excused: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """One assignment as it stood: whose, of which plan, its last day in words, what is said of it."""

    assignment_id: int
    unit: str
    plan: str
    task: str
    due: str
    said: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says. `scope` names the plan or the units; the period is `first` to `last`.

    A list that is too long for a paper has its first lines; `cut` says of each such list, by its name, how
    many there are. Only values: a frozen report is this and nothing else.
    """

    scope: str
    period: str
    first: str
    last: str
    counted_at: str
    within: Figures
    everything: Figures
    outside: Sequence[tuple[str, int]]
    units: Sequence[Figures]
    tasks: Sequence[Line]
    overdue: Sequence[Line]
    extended: Sequence[Line]
    excused: Sequence[Line]
    difficulties: Sequence[Line]
    cut: Mapping[str, int] = field(default_factory=dict)


RECEIVER = f"Cơ quan nhận báo cáo: {'.' * 20}"  # whom a committee reports to is the office's to write
TASK_COLUMNS = (("TT", 11), ("Nhiệm vụ", 54), ("Chủ trì", 30), ("Hạn cuối", 25))
UNIT_COLUMNS = (
    ("TT", 11),
    ("Đơn vị", 36),
    ("Tổng số", 12),
    ("Xong đúng hạn", 14),
    ("Xong quá hạn", 14),
    ("Chưa xong, trong hạn", 16),
    ("Chưa xong, quá hạn", 16),
    ("Tỷ lệ đúng hạn", 19),
)


def periodic_paper(report: Report, issuer: Issuer, now: datetime) -> OfficialPaper:
    """The report as a paper of the issuer, dated on the day of `now`; number and signature are left open."""
    return OfficialPaper(
        issuer=issuer,
        day=local_day(now),
        kind="BÁO CÁO",
        sign="BC",
        subject=f"Kết quả thực hiện {report.scope} {report.period}",
        body=list(_body(report, issuer)),
        copies=[issuer.above or RECEIVER, "Các đơn vị chủ trì"],
    )


def _body(report: Report, issuer: Issuer) -> Iterator[Block]:
    yield (
        f"Thực hiện chế độ báo cáo định kỳ, {issuer.called} báo cáo kết quả thực hiện {report.scope} "
        f"{report.period} (từ ngày {report.first} đến ngày {report.last}; số liệu tính đến "
        f"{report.counted_at}) như sau:"
    )
    yield Heading("I. KẾT QUẢ THỰC HIỆN")
    yield Heading("1. Kết quả chung")
    yield _sentence("Trong kỳ", report.within, "có hạn trong kỳ báo cáo")
    yield _sentence("Lũy kế", report.everything, "đã bắt đầu và có hạn")
    yield _results(report)
    yield _outside(report)
    yield Heading("2. Kết quả của từng đơn vị (lũy kế)")
    yield Table(UNIT_COLUMNS, [_unit_row(number, one) for number, one in enumerate(report.units, 1)])
    yield Heading("3. Nhiệm vụ có hạn trong kỳ")
    yield from _list(report, "tasks", "Kết quả", "Không có nhiệm vụ nào có hạn trong kỳ.")
    yield Heading("4. Nhiệm vụ quá hạn, chưa hoàn thành")
    yield from _list(report, "overdue", "Quá hạn", "Không có nhiệm vụ quá hạn.")
    yield Heading("5. Nhiệm vụ đã được gia hạn")
    yield from _list(report, "extended", "Tình hình", "Không có nhiệm vụ được gia hạn.")
    yield Heading("6. Nhiệm vụ chậm do nguyên nhân khách quan")
    yield from _list(report, "excused", "Nguyên nhân", "Không có.")
    yield Heading("II. KHÓ KHĂN, VƯỚNG MẮC")
    yield from _list(
        report, "difficulties", "Khó khăn, vướng mắc", "Các đơn vị chưa báo cáo khó khăn, vướng mắc."
    )
    yield Heading("III. ĐỀ XUẤT, KIẾN NGHỊ")
    yield from _proposals(report)


def _sentence(name: str, figures: Figures, which: str) -> str:
    share = f"; tỷ lệ đúng hạn {percent_words(figures.share, 1)}" if figures.share is not None else ""
    return (
        f"{name}: {figures.total} nhiệm vụ {which}; hoàn thành đúng hạn {figures.done_on_time}, hoàn thành "
        f"quá hạn {figures.done_late}, chưa hoàn thành trong hạn {figures.open_on_time}, chưa hoàn thành quá "
        f"hạn {figures.open_overdue}{share}. Trong đó đã gia hạn {figures.extended}, chậm do nguyên nhân "
        f"khách quan {figures.excused}."
    )


def _results(report: Report) -> Table:
    columns = (("TT", 11), ("Kết quả", 60), ("Trong kỳ", 20), ("Lũy kế", 20))
    named = (
        ("Hoàn thành đúng hạn", "done_on_time"),
        ("Hoàn thành quá hạn", "done_late"),
        ("Chưa hoàn thành, trong hạn", "open_on_time"),
        ("Chưa hoàn thành, quá hạn", "open_overdue"),
        ("Cộng", "total"),
    )
    return Table(
        columns,
        [
            (
                "" if name == "total" else str(number),
                words,
                str(getattr(report.within, name)),
                str(getattr(report.everything, name)),
            )
            for number, (words, name) in enumerate(named, 1)
        ],
    )


def _outside(report: Report) -> str:
    said = ", ".join(f"{words} {count}" for words, count in report.outside if count)
    return f"Ngoài các số trên: {said or 'không có'}."


def _unit_row(number: int, one: Figures) -> tuple[str, ...]:
    counts = (one.total, one.done_on_time, one.done_late, one.open_on_time, one.open_overdue)
    share = percent_words(one.share, 1) if one.share is not None else ""
    return (str(number), one.name, *map(str, counts), share)


def _list(report: Report, name: str, last: str, nothing: str) -> Iterator[Block]:
    lines: Sequence[Line] = getattr(report, name)
    if not lines:
        yield nothing
        return
    rows = [
        (str(number), f"{line.task} ({line.plan})", line.unit, line.due, line.said)
        for number, line in enumerate(lines, 1)
    ]
    yield Table((*TASK_COLUMNS, (last, 35)), rows)
    if name in report.cut:
        yield (
            f"Bảng trên ghi {len(lines)} nhiệm vụ có hạn cuối sớm nhất trong tổng số {report.cut[name]} "
            "nhiệm vụ. Số liệu của từng đơn vị tại mục I.2; danh sách đầy đủ lấy từ tệp .xlsx của từng đơn "
            "vị trên hệ thống."
        )


def _proposals(report: Report) -> Iterator[str]:
    """What the figures themselves call for; the office writes on."""
    if report.overdue:
        named = ", ".join(dict.fromkeys(line.unit for line in report.overdue))
        units = "xem mục I.2" if "overdue" in report.cut else named
        yield f"1. Đề nghị các đơn vị có nhiệm vụ quá hạn khẩn trương hoàn thành: {units}."
    if report.difficulties:
        number = 2 if report.overdue else 1
        yield f"{number}. Đề nghị cấp có thẩm quyền xem xét các khó khăn, vướng mắc nêu tại mục II."
    yield f"(Các đề xuất, kiến nghị khác: {'.' * 60})./."


def counted_words(now: datetime) -> str:
    """«09:00 ngày 18/6/2026»."""
    day, _, hour = moment_words(now).partition(" ")
    return f"{hour} ngày {day}"
