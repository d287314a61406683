"""Letters that urge a unit (công văn đôn đốc) and the list a meeting goes through, as official papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.render.official import Block, Heading, Issuer, OfficialPaper, Table
from tracker.render.periodic import counted_words
from tracker.words import local_day


@dataclass(frozen=True, slots=True)
class Pressing:
    """A piece of work that presses: task, plan, deadline as written, last day, days and what is missing."""

    task: str
    plan: str
    wording: str
    due: str
    days: str
    missing: str
    overdue: bool


URGED_COLUMNS = (
    ("TT", 12),
    ("Nhiệm vụ", 46),
    ("Thời hạn giao", 24),
    ("Hạn cuối", 26),
    ("Số ngày", 22),
    ("Còn thiếu", 34),
)
MEETING_COLUMNS = (("TT", 12), ("Nhiệm vụ", 55), ("Hạn cuối", 27), ("Tình hình", 43), ("Kết luận", 36))


def urging_paper(unit: str, work: Sequence[Pressing], issuer: Issuer, now: datetime) -> OfficialPaper:
    """The letter to a unit that lists what it is late with and what falls due soon."""
    return OfficialPaper(
        issuer=issuer,
        day=local_day(now),
        kind="",
        subject="đôn đốc thực hiện nhiệm vụ quá hạn, sắp đến hạn",
        to=unit,
        body=_urging(unit, work, issuer, now),
        copies=["Như trên"],
    )


def _urging(unit: str, work: Sequence[Pressing], issuer: Issuer, now: datetime) -> list[Block]:
    late = [one for one in work if one.overdue]
    soon = [one for one in work if not one.overdue]
    body: list[Block] = [
        f"Qua theo dõi việc thực hiện các nhiệm vụ được giao, tính đến {counted_words(now)}, {unit} còn "
        f"{_counted(len(late), len(soon))}. Để bảo đảm tiến độ, {issuer.called} đề nghị {unit} thực hiện các "
        "nội dung sau:"
    ]
    if late:
        body += [Heading("1. Nhiệm vụ quá hạn: khẩn trương hoàn thành và nộp kết quả"), _urged_table(late)]
    if soon:
        number = 2 if late else 1
        body += [Heading(f"{number}. Nhiệm vụ sắp đến hạn: hoàn thành đúng thời hạn"), _urged_table(soon)]
    body.append(
        "Trường hợp có khó khăn, vướng mắc, đề nghị báo cáo rõ nguyên nhân và thời gian hoàn thành trước khi "
        "đến hạn để được xem xét."
    )
    body.append(f"Đề nghị {unit} quan tâm, phối hợp thực hiện./.")
    return body


def _counted(late: int, soon: int) -> str:
    """«2 nhiệm vụ quá hạn chưa hoàn thành và 1 nhiệm vụ sắp đến hạn», of which there is one kind at least."""
    found = ((late, "nhiệm vụ quá hạn chưa hoàn thành"), (soon, "nhiệm vụ sắp đến hạn"))
    return " và ".join(f"{count} {words}" for count, words in found if count)


def _urged_table(work: Sequence[Pressing]) -> Table:
    rows = [
        (str(number), f"{one.task} ({one.plan})", one.wording, one.due, one.days, one.missing)
        for number, one in enumerate(work, 1)
    ]
    return Table(URGED_COLUMNS, rows)


def meeting_paper(
    units: Sequence[tuple[str, Sequence[tuple[str, str, str]]]], issuer: Issuer, now: datetime, *, total: int
) -> OfficialPaper:
    """The list for a meeting: under each unit its work as (task, last day, how it stands); it says where that
    is not the `total`."""
    rows: list[Sequence[str] | str] = []
    number = 0
    for unit, work in units:
        rows.append(f"{unit} ({len(work)})")
        for task, due, said in work:
            number += 1
            rows.append((str(number), task, due, said, ""))
    return OfficialPaper(
        issuer=issuer,
        day=local_day(now),
        kind="DANH MỤC",
        subject="Nhiệm vụ đưa ra họp: quá hạn, sắp đến hạn, đề nghị gia hạn",
        body=[f"Số liệu tính đến {counted_words(now)}.{_cut(number, total)}", Table(MEETING_COLUMNS, rows)],
        copies=["Thành phần dự họp"],
    )


def _cut(shown: int, total: int) -> str:
    if shown >= total:
        return ""
    return f" Danh mục ghi {shown} nhiệm vụ có hạn cuối sớm nhất trong tổng số {total} nhiệm vụ."
