"""Raised letters: marks of notes are no part of a text, powers are."""

import pytest

from tracker.plans.readers.raised import raised


@pytest.mark.parametrize(
    ("before", "text", "kept"),
    [
        ("30/6/2026", "2", ""),
        ("Rà soát", "(1)", ""),
        ("Rà soát", "[12]", ""),
        ("Rà soát", "*", ""),
        ("500 m", "2", "²"),
        ("12 km", "3", "³"),
        ("1", "st", "st"),
        ("", "1", "1"),
    ],
)
def test_only_marks_are_left_out(before, text, kept):
    assert raised(before, text) == kept
