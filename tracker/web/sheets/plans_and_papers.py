"""The lists around plans and papers: what was read of a document, the letters to come, frozen reports."""

from collections.abc import Iterator
from typing import NamedTuple

from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.models import FrozenReport
from tracker.plans.corrected import Row
from tracker.render.periodic import Line
from tracker.render.sheets import Column
from tracker.services import checking, forecasting, freezing
from tracker.services.forecasting import Expected, Thing
from tracker.web.plans.publishing import roll
from tracker.web.plans.room import find_import, find_managed_plan
from tracker.web.reports.freezing import find_frozen
from tracker.web.reports.room import overseers_only
from tracker.web.sessions import current_reach
from tracker.web.sheets.room import Listing, bp
from tracker.words import date_words


class Foretold(NamedTuple):
    """One thing that a letter will say."""

    letter: Expected
    thing: Thing


FORECAST: Listing[Foretold] = Listing(
    "Thư sẽ gửi",
    "dòng",
    (
        (Column("Ngày gửi", 12), lambda one: one.letter.day),
        (Column("Người nhận", 32), lambda one: one.letter.recipient),
        (Column("Nói về", 28), lambda one: one.thing.why),
        (Column("Nhiệm vụ, đơn vị", 60), lambda one: one.thing.title),
        (Column("Hạn cuối", 12), lambda one: one.thing.due_on),
    ),
)


@bp.get("/plans/<int:plan_id>/forecast")
def forecast(plan_id: int) -> ResponseReturnValue:
    """Every line of the letters that the plan will send, day after day; for who manages the plan."""
    plan = find_managed_plan(plan_id)
    expected = forecasting.forecast(plan, today=clock.today(), roll=roll())
    lines = (Foretold(letter, thing) for letter in expected for thing in letter.things)
    return FORECAST.send(lines, name=f"Thư sẽ gửi {plan.number.replace('/', '-')}".strip())


READING: Listing[Row] = Listing(
    "Kết quả đọc văn bản",
    "dòng",
    (
        (Column("Vị trí", 20), lambda row: row.task.where),
        (Column("Nhóm", 30), lambda row: row.task.group_title),
        (Column("TT", 8), lambda row: row.task.no),
        (Column("Nhiệm vụ", 60), lambda row: row.task.title),
        (Column("Chủ trì", 30), lambda row: "; ".join(row.task.lead)),
        (Column("Phối hợp", 30), lambda row: "; ".join(row.task.coordinating)),
        (Column("Thời hạn ghi", 24), lambda row: row.task.deadline_text),
        (Column("Hạn cuối", 24), lambda row: "; ".join(_last_days(row))),
        (Column("Sản phẩm", 40), lambda row: "; ".join(row.task.deliverables)),
        (Column("Giao nhiệm vụ", 12), lambda row: "có" if row.selected else "không"),
        (Column("Cần xem", 50), lambda row: " ".join((*row.deadline_doubts, *row.other_doubts))),
        (Column("Lý do để ra ngoài", 40), lambda row: row.reason),
    ),
)


def _last_days(row: Row) -> Iterator[str]:
    for draft in row.task.milestones:
        yield date_words(draft.milestone.due) if draft.milestone.due else draft.milestone.text


@bp.get("/plans/imports/<int:import_id>")
def reading(import_id: int) -> ResponseReturnValue:
    """What was read of a document and corrected since, in its order; for who may put in plans there."""
    checked = checking.check(find_import(import_id), clock.today())
    return READING.send(checked.corrected.rows)


FROZEN: Listing[FrozenReport] = Listing(
    "Báo cáo đã chốt",
    "báo cáo",
    (
        (Column("Kỳ báo cáo", 28), lambda one: one.content["period"]),
        (Column("Phạm vi", 60), lambda one: one.content["scope"]),
        (Column("Chốt lần", 10), lambda one: one.version),
        (Column("Số liệu tính đến", 24), lambda one: one.content["counted_at"]),
        (Column("Người chốt", 28), lambda one: one.by.name),
        (Column("Lúc chốt", 17), lambda one: one.at),
        *(
            (Column(words, 14), lambda one, key=key: one.content["everything"][key])
            for key, words in (
                ("total", "Tổng số"),
                ("done_on_time", "Hoàn thành đúng hạn"),
                ("done_late", "Hoàn thành quá hạn"),
                ("open_on_time", "Chưa hoàn thành, trong hạn"),
                ("open_overdue", "Chưa hoàn thành, quá hạn"),
            )
        ),
    ),
)


@bp.get("/reports/frozen")
def frozen_reports() -> ResponseReturnValue:
    """The frozen reports of the units that who asks oversees, with their figures."""
    overseers_only()
    return FROZEN.send(freezing.frozen_in_sight(current_reach))


class Told(NamedTuple):
    """A line of a report, and the list of it that it stands in."""

    part: str
    line: Line


REPORT: Listing[Told] = Listing(
    "Báo cáo đã chốt",
    "dòng",
    (
        (Column("Mục", 36), lambda one: one.part),
        (Column("Kế hoạch", 16), lambda one: one.line.plan),
        (Column("Nhiệm vụ", 60), lambda one: one.line.task),
        (Column("Chủ trì", 32), lambda one: one.line.unit),
        (Column("Hạn cuối", 12), lambda one: one.line.due),
        (Column("Tình hình", 40), lambda one: one.line.said),
    ),
)
PARTS = {
    "tasks": "Nhiệm vụ có hạn trong kỳ",
    "overdue": "Nhiệm vụ quá hạn, chưa hoàn thành",
    "extended": "Nhiệm vụ đã được gia hạn",
    "excused": "Chậm do nguyên nhân khách quan",
    "difficulties": "Khó khăn, vướng mắc",
}


@bp.get("/reports/frozen/<int:frozen_id>")
def frozen_report(frozen_id: int) -> ResponseReturnValue:
    """The lists of a report as they were frozen."""
    overseers_only()
    frozen = find_frozen(frozen_id)
    report = freezing.content_of(frozen)
    lines = (Told(words, line) for part, words in PARTS.items() for line in getattr(report, part))
    return REPORT.send(lines, f"Báo cáo {report.period}, chốt lần {frozen.version}")
