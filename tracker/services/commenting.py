"""Remarks on an assignment, and the directions of leaders (ý kiến chỉ đạo)."""

from datetime import datetime

from tracker.models import Assignment, Comment, CommentKind, User
from tracker.services import auditing, stepping


def comment(assignment: Assignment, text: str, *, actor: User, now: datetime) -> Comment:
    """Leave a remark, once where the button is pressed twice; raises Refused where it is empty."""
    return _say(CommentKind.COMMENT, assignment, text, actor, now)


def direct(assignment: Assignment, text: str, *, actor: User, now: datetime) -> Comment:
    """Give a direction (ý kiến chỉ đạo); raises Refused where it is empty."""
    return _say(CommentKind.DIRECTION, assignment, text, actor, now)


def _say(kind: CommentKind, assignment: Assignment, text: str, actor: User, now: datetime) -> Comment:
    text = stepping.needed(text, "Hãy nhập nội dung ý kiến.")
    last = assignment.comments[-1] if assignment.comments else None
    if last and (last.kind, last.text) == (kind, text) and stepping.is_pressed_twice(last, actor, now):
        return last
    said = Comment(kind=kind, text=text, by=actor, at=now)
    assignment.comments.append(said)
    verb = {CommentKind.COMMENT: "comment", CommentKind.DIRECTION: "direct"}[kind]
    auditing.record(actor, verb, assignment, now=now, after={"text": text})
    return said
