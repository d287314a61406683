"""The words of the board: for the sides an assignment can stand on, for quarters, for a change."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.rules.counting import COUNTED, HANDED_IN, OUTCOMES, STILL_OPEN, TRACKED, Side
from tracker.rules.timeliness import Outcome
from tracker.words import ROMAN, decimal_words

SIDE_WORDS: Mapping[Side, str] = {
    Side.OVERDUE: "Quá hạn",
    Side.DUE_SOON: "Sắp đến hạn",
    Side.IN_TIME: "Còn trong hạn",
    Side.WAITING: "Chờ xác nhận, trong hạn",
    Side.WAITING_PAST: "Chờ xác nhận, đã qua hạn",
    Side.DONE_ON_TIME: "Hoàn thành đúng hạn",
    Side.DONE_LATE: "Hoàn thành quá hạn",
    Side.NOT_BEGUN: "Chưa bắt đầu",
    Side.STANDING: "Thường xuyên",
    Side.UNDATED: "Không hạn",
    Side.SUSPENDED: "Tạm dừng",
    Side.CANCELLED: "Đã hủy",
}

# The four official outcomes as the board names them, the gravest first.
OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.OPEN_OVERDUE: "Chưa hoàn thành, quá hạn",
    Outcome.OPEN_ON_TIME: "Chưa hoàn thành, trong hạn",
    Outcome.DONE_LATE: "Hoàn thành quá hạn",
    Outcome.DONE_ON_TIME: "Hoàn thành đúng hạn",
}

# Sums of sides that have a word of their own.
SUM_WORDS: Mapping[frozenset[Side], str] = {
    frozenset(HANDED_IN): "Chờ xác nhận",
    frozenset(STILL_OPEN): "Chưa hoàn thành",
    frozenset(COUNTED): "Đã hoàn thành hoặc quá hạn",
    frozenset(TRACKED): "Tính vào tổng số",
    **{frozenset(OUTCOMES[outcome]): word for outcome, word in OUTCOME_WORDS.items()},
}


def sides_words(sides: Iterable[Side]) -> str:
    """«Chờ xác nhận» for the two sides of it; sides without a word for their sum are listed."""
    wanted = frozenset(sides)
    if len(wanted) == 1:
        return SIDE_WORDS[min(wanted)]
    return SUM_WORDS.get(wanted) or "; ".join(word for side, word in SIDE_WORDS.items() if side in wanted)


def quarter_short(day: date) -> str:
    """«II/2026»: the quarter of a day, over a column."""
    return f"{ROMAN[(day.month - 1) // 3]}/{day.year}"


@dataclass(frozen=True, slots=True)
class Change:
    """What changed since last week: the words, whether it went up, and whether that is better."""

    words: str
    up: bool | None
    better: bool | None


def change(now: int, before: int, better_by: int = 0) -> Change:
    """«tăng 2 so với tuần trước» of something that is better the fewer (-1) or the more (1) there are."""
    return _change(now - before, str(abs(now - before)), better_by)


def change_of_share(now: float | None, before: float | None) -> Change | None:
    """«tăng 2,1 điểm so với tuần trước» of a percentage, the more the better; None where there was none."""
    if now is None or before is None:
        return None
    points = round(now - before, 1)
    return _change(points, f"{decimal_words(abs(points))} điểm", 1)


def _change(by: float, words: str, better_by: int) -> Change:
    if not by:
        return Change("không đổi so với tuần trước", None, None)
    better = by * better_by > 0 if better_by else None
    return Change(f"{'tăng' if by > 0 else 'giảm'} {words} so với tuần trước", by > 0, better)


FILTERS: dict[str, Callable[..., Any]] = {"sides": sides_words, "quarter_short": quarter_short}
