"""Indicators reported by units: a figure as they type it, with a note and a file."""

from datetime import datetime

from tracker.grants import WORKERS, Reach
from tracker.models import IndicatorReport, IndicatorTarget, Role, StoredFile, User
from tracker.plans.quantities import parse_figure
from tracker.services import auditing
from tracker.services.refusals import Refused
from tracker.words import fold, nfc

NO_FIGURE = "Hãy ghi một con số, ví dụ 97,5 hoặc 12.277."
UNCLEAR = "“{}” quá lớn so với một tỷ lệ. Hãy dùng dấu phẩy cho phần lẻ, ví dụ 97,5."
OTHER_MEASURE = "Đơn vị tính của chỉ tiêu là “{}”. Hãy chỉ ghi con số, theo đơn vị tính này."
MOST_PERCENT = 1000


def read_value(text: str, measure: str) -> float:
    """«97,5», «12.277», «100,00 %», «-1,2» -> a number; raises Refused for what is none.

    «97.123» is ninety-seven thousand; as a percentage it is asked back. So is a figure in another
    measure.
    """
    text = nfc(text).strip().replace("\u2212", "-")  # the minus sign of word processors
    figure = parse_figure(text.removeprefix("-"))
    if figure is None:
        raise Refused(NO_FIGURE)
    typed = fold(figure.measure).replace("phan tram", "%")
    if measure and typed not in ("", fold(measure)):
        raise Refused(OTHER_MEASURE.format(measure))
    if any(letter.isdigit() for letter in typed):
        raise Refused(NO_FIGURE)
    if measure == "%" and figure.value > MOST_PERCENT:
        raise Refused(UNCLEAR.format(text))
    return -figure.value if text.startswith("-") else figure.value


def report(
    target: IndicatorTarget,
    value: float,
    *,
    note: str = "",
    file: StoredFile | None = None,
    file_name: str = "",
    actor: User,
    on_behalf: bool = False,
    now: datetime,
) -> IndicatorReport:
    """Report a value; what was reported before stays beside it. Raises Refused where the unit is exempt."""
    if target.exempt:
        raise Refused("Đơn vị không phải thực hiện chỉ tiêu này nên không cần báo cáo.")
    said = IndicatorReport(
        value=value, note=note.strip(), file=file, file_name=file_name, by=actor, at=now, on_behalf=on_behalf
    )
    before = target.value
    target.reports.append(said)
    auditing.record(
        actor, "report_indicator", target, now=now, before={"value": before}, after={"value": value}
    )
    return said


def may_report(reach: Reach, target: IndicatorTarget) -> bool:
    """Whether the person may report it: for their own unit, or as monitor on behalf of one."""
    return target.indicator.plan.published_at is not None and (
        reach.covers(target.unit_id, *WORKERS)
        or reach.covers(target.indicator.plan.watching_unit_id, Role.MONITOR)
    )


def is_on_behalf(reach: Reach, target: IndicatorTarget) -> bool:
    """Whether who reports does it for a unit that is not their own."""
    return not reach.covers(target.unit_id, *WORKERS)
