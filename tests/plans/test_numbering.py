"""Numbers of rows: what they are and which may follow which."""

import pytest

from tracker.plans.numbering import follows, parse_number, split_number


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("I", "I", "roman"),
        ("1.", "1", "arabic"),
        ("(2)", "2", "arabic"),
        ("1.1.", "1.1", "decimal2"),
        ("A", "A", "upper"),
        ("đ)", "đ", "lower"),
        ("-", "-", "bullet"),
        ("01", "01", "arabic"),
    ],
)
def test_a_number_is_known_by_its_form(text, number, kind):
    parsed = parse_number(text)
    assert (parsed.text, parsed.kind) == (number, kind)


@pytest.mark.parametrize("text", ["", "Phòng Nội vụ", "2025", "7,56", "Tổng"])
def test_other_texts_are_no_numbers(text):
    assert parse_number(text) is None


def test_a_heading_is_parted_from_its_number():
    number, title = split_number("II. NHIỆM VỤ, GIẢI PHÁP")
    assert (number.text, title) == ("II", "NHIỆM VỤ, GIẢI PHÁP")
    assert split_number("Năm 2025, toàn xã")[0] is None


@pytest.mark.parametrize(
    ("before", "number", "anew", "expected"),
    [
        ("1", "2", False, True),
        ("2", "2.1", False, True),
        ("2.1", "2.2", False, True),
        ("2.4", "3", False, True),
        ("3", "5", False, False),
        ("3", "1", True, True),
        ("3", "1", False, False),
        ("3", "3", False, False),
    ],
)
def test_numbers_run_on_and_begin_again_only_in_another_group(before, number, anew, expected):
    assert follows(parse_number(number), parse_number(before), anew) is expected
