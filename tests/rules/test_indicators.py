"""Whether a target is met, who ranks where, which period comes first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.indicators import Outcome, has_begun, outcome, period_order, ranks


@pytest.mark.parametrize(
    ("bound", "measure", "target", "value", "base", "expected"),
    [
        ("", "%", 60, 60, None, Outcome.MET),
        ("", "%", 60, 59.99, None, Outcome.MISSED),
        ("at_least", "%", 90, 97.4, None, Outcome.MET),
        ("at_most", "phút", 8, 8, None, Outcome.MET),
        ("at_most", "phút", 8, 9, None, Outcome.MISSED),
        ("less_by", "%", 20, 80, 100, Outcome.MET),
        ("less_by", "%", 20, 81, 100, Outcome.MISSED),
        ("less_by", "hồ sơ", 5, 15, 20, Outcome.MET),
        ("more_by", "%", 10, 110, 100, Outcome.MET),
        ("more_by", "%", 10, 109, None, Outcome.NO_TARGET),
        ("", "%", None, 12, None, Outcome.NO_TARGET),
        ("", "%", 60, None, None, Outcome.NOT_REPORTED),
    ],
)
def test_a_value_is_held_against_its_target(bound, measure, target, value, base, expected):
    assert outcome(bound, measure, target, value, base=base, exempt=False) is expected


def test_an_exempt_unit_is_exempt_whatever_it_reports():
    assert outcome("", "%", 60, 0, base=None, exempt=True) is Outcome.EXEMPT


@pytest.mark.parametrize(
    ("period", "begun"),
    [
        ("2025", True),
        ("2026", True),
        ("2027", False),
        ("Quý II/2026", True),
        ("Quý III/2026", False),
        ("Tháng 6/2026", True),
        ("Tháng 7/2026", False),
        ("Quý I/2027", False),
        ("6 tháng đầu năm 2026", True),
        ("đến nay", True),
    ],
)
def test_a_period_has_begun_from_its_first_month_on(period, begun):
    assert has_begun(period, date(2026, 6, 18)) is begun


def test_equal_values_have_equal_ranks_and_less_is_better_where_it_is():
    values = {"a": 90.0, "b": 97.0, "c": 90.0, "d": 12.0}
    assert ranks(values, "at_least") == {"b": 1, "a": 2, "c": 2, "d": 4}
    assert ranks(values, "at_most") == {"d": 1, "a": 2, "c": 2, "b": 4}


@given(st.dictionaries(st.integers(), st.floats(0, 100), max_size=20))
def test_a_rank_is_one_more_than_there_are_better_ones(values):
    for key, rank in ranks(values, "").items():
        assert rank == 1 + sum(other > values[key] for other in values.values())


def test_periods_come_in_the_order_of_time():
    periods = ["2024", "Quý II/2023", "Quý IV/2023", "2023", "Quý I/2023", "Tháng 3/2025", "Quý 1/2024"]
    assert sorted(periods, key=period_order) == [
        "Quý I/2023",
        "Quý II/2023",
        "Quý IV/2023",
        "2023",
        "Quý 1/2024",
        "2024",
        "Tháng 3/2025",
    ]
