"""Remarks and directions are words on record."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.models import CommentKind
from tracker.services import auditing, commenting
from tracker.services.refusals import Refused

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


def test_a_remark_and_a_direction_are_told_apart(cast, make_assignment):
    assignment = make_assignment()
    commenting.comment(assignment, " Đã liên hệ. ", actor=cast.binh, now=NOW)
    commenting.direct(assignment, "Hoàn thành trước 25/6.", actor=cast.dung, now=NOW)
    assert [(said.kind, said.text, said.by) for said in assignment.comments] == [
        (CommentKind.COMMENT, "Đã liên hệ.", cast.binh),
        (CommentKind.DIRECTION, "Hoàn thành trước 25/6.", cast.dung),
    ]
    assert [entry.verb for entry in auditing.entries_about(assignment)] == ["comment", "direct"]


@pytest.mark.parametrize("say", [commenting.comment, commenting.direct])
def test_empty_words_are_refused(cast, make_assignment, say):
    assignment = make_assignment()
    with pytest.raises(Refused, match="nội dung ý kiến"):
        say(assignment, " \n", actor=cast.dung, now=NOW)
    assert assignment.comments == []


def test_the_button_pressed_twice_says_it_once_and_the_same_words_later_anew(cast, make_assignment):
    assignment = make_assignment()
    for seconds in (0, 1, 90):
        now = NOW + timedelta(seconds=seconds)
        commenting.comment(assignment, "Đề nghị đẩy nhanh.", actor=cast.binh, now=now)
    commenting.direct(assignment, "Đề nghị đẩy nhanh.", actor=cast.dung, now=NOW + timedelta(seconds=91))
    said = [(said.kind, (said.at - NOW).seconds) for said in assignment.comments]
    assert said == [(CommentKind.COMMENT, 0), (CommentKind.COMMENT, 90), (CommentKind.DIRECTION, 91)]
