"""Rooms of processes that open strangers' files: gone when they end, swept when they were killed."""

import os

import pytest

from tracker import clock
from tracker.confinement import room, sweep_rooms


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_a_room_is_gone_after_its_block(temporary):
    with pytest.raises(ValueError), room() as folder:
        (folder / "answer").write_text("x")
        raise ValueError
    assert list(temporary.iterdir()) == []


def test_old_rooms_are_swept_and_nothing_else(temporary):
    now = clock.now()
    with room() as mine:
        left = temporary / f"{mine.name}-left"
        (left / "profile").mkdir(parents=True)
        (temporary / "read-me").mkdir()
        (temporary / f"{mine.name}-link").symlink_to(temporary / "read-me")
        for folder in (left, temporary / "read-me"):
            os.utime(folder, (now.timestamp() - 7200,) * 2)
        assert sweep_rooms(now) == 1
        assert {path.name for path in temporary.iterdir()} == {mine.name, "read-me", f"{mine.name}-link"}
        assert sweep_rooms(now) == 0
