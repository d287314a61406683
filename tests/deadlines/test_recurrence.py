"""Occurrences: their first and last days, their bounds, their names; and days off."""

from datetime import date, datetime
from itertools import islice

import pytest
from dateutil.rrule import rrulestr

from tracker.deadlines.form import milestone_from_dict, milestone_to_dict
from tracker.deadlines.grammar import read_deadline
from tracker.deadlines.meaning import Context, Kind, Milestone
from tracker.deadlines.recurrence import occurrence_name, occurrences

NO_PLAN = Context()
YEAR = Context(date(2025, 2, 17), date(2025, 1, 1), date(2025, 12, 31))
NEW_YEAR = date(2025, 1, 1)


def first(text, context=NO_PLAN, count=2, after=NEW_YEAR):
    """The first occurrences of the first milestone, as «start..due name»."""
    milestone = read_deadline(text, context).milestones[0]
    found = islice(occurrences(milestone, context, after=after), count)
    return [f"{span.start}..{span.due} {occurrence_name(milestone, span)}" for span in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hằng tháng", ["2025-01-01..2025-01-31 Tháng 01/2025", "2025-02-01..2025-02-28 Tháng 02/2025"]),
        ("hằng quý", ["2025-01-01..2025-03-31 Quý I/2025", "2025-04-01..2025-06-30 Quý II/2025"]),
        (
            "định kỳ 6 tháng",
            ["2025-01-01..2025-06-30 6 tháng đầu năm 2025", "2025-07-01..2025-12-31 6 tháng cuối năm 2025"],
        ),
        ("Hằng năm", ["2025-01-01..2025-12-31 Năm 2025", "2026-01-01..2026-12-31 Năm 2026"]),
        (
            "trước ngày 25 hằng tháng",
            ["2025-01-01..2025-01-24 Tháng 01/2025", "2025-02-01..2025-02-24 Tháng 02/2025"],
        ),
        (
            "từ ngày 5 đến ngày 10 hằng tháng",
            [
                "2025-01-05..2025-01-10 05/01/2025 - 10/01/2025",
                "2025-02-05..2025-02-10 05/02/2025 - 10/02/2025",
            ],
        ),
        ("Quý I hằng năm", ["2025-01-01..2025-03-31 Quý I/2025", "2026-01-01..2026-03-31 Quý I/2026"]),
        (
            "Quý I và quý III hằng năm",
            ["2025-01-01..2025-03-31 Quý I/2025", "2025-07-01..2025-09-30 Quý III/2025"],
        ),
        (
            "Tháng 2 hằng năm",
            ["2025-02-01..2025-02-28 Tháng 02/2025", "2026-02-01..2026-02-28 Tháng 02/2026"],
        ),
        ("trước ngày 15/12 hằng năm", ["2025-01-01..2025-12-14 Năm 2025", "2026-01-01..2026-12-14 Năm 2026"]),
        (
            "trước ngày 30/6 và 31/12 hằng năm",
            ["2025-01-01..2025-06-29 6 tháng đầu năm 2025", "2025-07-01..2025-12-30 6 tháng cuối năm 2025"],
        ),
        (
            "ngày 15 của tháng cuối quý",
            ["2025-01-01..2025-03-15 Quý I/2025", "2025-04-01..2025-06-15 Quý II/2025"],
        ),
        (
            "trước ngày 10 của tháng đầu quý tiếp theo",
            ["2024-10-01..2025-01-09 Quý IV/2024", "2025-01-01..2025-04-09 Quý I/2025"],
        ),
        (
            "Hằng tháng, trước ngày 05 của tháng sau",
            ["2024-12-01..2025-01-04 Tháng 12/2024", "2025-01-01..2025-02-04 Tháng 01/2025"],
        ),
        ("thứ Sáu hàng tuần", ["2024-12-30..2025-01-03 30/12/2024 - 05/01/2025"]),
        (
            "Ngày 30 hằng tháng",
            ["2025-01-01..2025-01-30 Tháng 01/2025", "2025-02-01..2025-02-28 Tháng 02/2025"],
        ),
        ("02 lần/tháng", ["2025-01-01..2025-01-15 01/01/2025 - 15/01/2025"]),
        ("Hằng năm (bắt đầu từ năm 2026)", ["2026-01-01..2026-12-31 Năm 2026"]),
        ("02 năm một lần", ["2025-01-01..2026-12-31 Giai đoạn 2025 - 2026"]),
    ],
)
def test_an_occurrence_has_its_first_and_last_day_and_a_name(text, expected):
    assert first(text, count=len(expected)) == expected


def test_occurrences_lie_within_the_plan():
    assert [line[:22] for line in first("Hằng quý", YEAR, count=9)] == [
        "2025-01-01..2025-03-31",
        "2025-04-01..2025-06-30",
        "2025-07-01..2025-09-30",
        "2025-10-01..2025-12-31",
    ]


def test_a_report_on_the_last_period_of_the_plan_may_be_due_after_it():
    found = first("Hằng quý, trước ngày 10 của tháng đầu quý sau", YEAR, count=9)
    assert [line[:22] for line in found] == [
        "2025-01-01..2025-04-09",
        "2025-04-01..2025-07-09",
        "2025-07-01..2025-10-09",
        "2025-10-01..2026-01-09",
    ]


def test_an_occurrence_never_begins_before_its_bounds():
    plan = Context(start=date(2025, 2, 10), end=date(2025, 12, 31))
    assert first("Hằng quý", plan)[0][:22] == "2025-02-10..2025-03-31"
    assert first("Hằng năm từ quý IV/2026 - 2029")[0][:22] == "2026-10-01..2026-12-31"


def test_a_rule_of_its_own_end_has_no_occurrence_after_it():
    assert len(first("Hằng năm từ năm 2026 đến năm 2030", count=99)) == 5


def test_only_occurrences_between_two_days_are_given():
    milestone = read_deadline("Hằng tháng").milestones[0]
    found = occurrences(milestone, NO_PLAN, after=date(2025, 3, 31), until=date(2025, 5, 30))
    assert [span.due for span in found] == [date(2025, 3, 31), date(2025, 4, 30)]


def test_what_does_not_recur_has_no_occurrences():
    assert first("Quý II/2025") == []


@pytest.mark.parametrize("text", ["Quý I hằng năm", "hằng quý", "trước ngày 10 của tháng đầu quý tiếp theo"])
def test_the_dates_of_the_rule_are_the_due_dates_for_any_program(text):
    milestone = read_deadline(text).milestones[0]
    rule = rrulestr(milestone.rrule, dtstart=datetime(2025, 1, 1))
    found = occurrences(milestone, NO_PLAN, after=NEW_YEAR)
    assert [span.due for span in islice(found, 8)] == [moment.date() for moment in islice(rule, 8)]


@pytest.mark.parametrize(
    "milestone",
    [
        Milestone(Kind.BY, "31/12/2025", due=date(2025, 12, 31)),
        Milestone(
            Kind.RECURRING, "hằng năm", start=date(2026, 1, 1), rrule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"
        ),
        Milestone(
            Kind.RELATIVE,
            "15 ngày sau khi ban hành",
            due=date(2025, 3, 4),
            days=15,
            unit="calendar",
            anchor="issue",
        ),
        Milestone(Kind.UNRESOLVED, ""),
    ],
)
def test_a_milestone_comes_back_from_its_stored_form(milestone):
    assert milestone_from_dict(milestone_to_dict(milestone)) == milestone
