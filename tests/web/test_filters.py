from datetime import date

import pytest

from tracker.web.filters import file_icon, heat_band, initials, urgency

TODAY = date(2026, 6, 18)


@pytest.mark.parametrize(
    ("due_on", "name"),
    [
        (None, "calm"),
        (date(2026, 6, 26), "calm"),
        (date(2026, 6, 25), "soon"),
        (date(2026, 6, 18), "soon"),
        (date(2026, 6, 17), "late"),
    ],
)
def test_a_deadline_turns_amber_seven_days_before_and_red_once_past(due_on, name):
    assert urgency(due_on, TODAY) == name


@pytest.mark.parametrize(
    ("share", "band"), [(100, 95), (95, 95), (94.9, 85), (84, 70), (50, 50), (49.9, 0), (0, 0)]
)
def test_a_share_falls_into_its_band_of_the_heat_map(share, band):
    assert heat_band(share) == band


@pytest.mark.parametrize(
    ("name", "icon"),
    [
        ("Kế hoạch.PDF", "file-earmark-pdf"),
        ("Báo cáo.docx", "file-earmark-word"),
        ("ảnh.heic", "file-earmark-image"),
        ("không đuôi", "file-earmark"),
        ("lạ.xyz", "file-earmark"),
    ],
)
def test_a_file_is_drawn_by_the_end_of_its_name(name, icon):
    assert file_icon(name) == icon


@pytest.mark.parametrize(
    ("name", "letters"), [("Lê Thị Hạnh", "LH"), ("đặng Thủy", "ĐT"), ("Giang", "G"), ("", "")]
)
def test_initials_are_those_of_family_and_given_name(name, letters):
    assert initials(name) == letters
