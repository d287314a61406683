"""More time: asked for by the lead unit, decided by a leader or, where that is delegated, the monitor.

A request that waits stops neither clock nor reminders.
"""

from datetime import date, datetime

from tracker.models import (
    Assignment,
    DueChange,
    DueChangeKind,
    ExtensionRequest,
    ExtensionState,
    User,
)
from tracker.rules.states import Step
from tracker.services import stepping
from tracker.services.refusals import Refused
from tracker.words import date_words

ONE_WAITS = "Đã có một đề nghị gia hạn đang chờ quyết định. Hãy chờ quyết định đó."
LONGEST_YEARS = 10  # more time than that is a slip of the finger in the year


def request_extension(
    assignment: Assignment, reason: str, wanted_on: date, *, actor: User, now: datetime, today: date
) -> ExtensionRequest:
    """Ask for more time, until the end of `wanted_on`; pressed twice, it is asked once.

    Raises Refused without a reason, for a day that is not after the due date, long after it or past, while
    another request waits, and where the work is not open or has no due date.
    """
    reason = stepping.needed(reason, "Hãy nêu lý do đề nghị gia hạn.")
    stepping.require(assignment, Step.REQUEST_EXTENSION)
    _require_later(assignment, wanted_on, "Ngày đề nghị")
    if wanted_on < today:
        raise Refused(f"Ngày {date_words(wanted_on)} đã qua. Hãy chọn ngày từ hôm nay trở đi.")
    waiting = pending_request(assignment)
    if waiting is not None:
        if waiting.wanted_on == wanted_on and stepping.is_pressed_twice(waiting, actor, now):
            return waiting
        raise Refused(ONE_WAITS)
    behalf = stepping.on_behalf(actor, assignment)
    stepping.take(
        assignment,
        Step.REQUEST_EXTENSION,
        actor=actor,
        now=now,
        after={"wanted_on": wanted_on, "on_behalf": behalf},
    )
    request = ExtensionRequest(
        reason=reason, wanted_on=wanted_on, by=actor, at=now, on_behalf=behalf, state=ExtensionState.PENDING
    )
    assignment.extension_requests.append(request)
    return request


def _require_later(assignment: Assignment, day: date, name: str) -> None:
    if assignment.due_on is None:
        raise Refused("Nhiệm vụ này không có ngày đến hạn nên không cần gia hạn.")
    if day <= assignment.due_on:
        raise Refused(f"{name} phải sau hạn hiện tại ({date_words(assignment.due_on)}).")
    if day.year > assignment.due_on.year + LONGEST_YEARS:
        raise Refused(f"{name} {date_words(day)} sau hạn hiện tại hơn {LONGEST_YEARS} năm. Hãy xem lại năm.")


def pending_request(assignment: Assignment) -> ExtensionRequest | None:
    """The request that waits for a decision; there is never more than one."""
    waiting = (r for r in assignment.extension_requests if r.state is ExtensionState.PENDING)
    return next(waiting, None)


def grant_extension(
    request: ExtensionRequest,
    granted_on: date,
    document: str,
    *,
    actor: User,
    now: datetime,
    answer: str = "",
) -> DueChange:
    """Give more time, until the end of `granted_on`, on a document («số 15/QĐ-UBND ngày 18/6/2026»).

    The date before it stays on record. Raises Refused without a document, for a day that is not after the
    due date in force or long after it, and where the request is decided already.
    """
    document = stepping.needed(document, "Hãy ghi số, ngày của văn bản đồng ý gia hạn.")
    _require_pending(request)
    _require_later(request.assignment, granted_on, "Hạn mới")
    _decide(request, ExtensionState.GRANTED, answer, actor=actor, now=now, due_on=granted_on)
    request.granted_on, request.document = granted_on, document
    return move(
        request.assignment,
        granted_on,
        DueChangeKind.EXTENSION,
        reason=request.reason,
        document=document,
        actor=actor,
        now=now,
    )


def refuse_extension(request: ExtensionRequest, answer: str, *, actor: User, now: datetime) -> None:
    """Give no more time; raises Refused without a reason and where the request is decided already."""
    answer = stepping.needed(answer, "Hãy nêu lý do không đồng ý gia hạn.")
    _require_pending(request)
    _decide(request, ExtensionState.REFUSED, answer, actor=actor, now=now, due_on=request.assignment.due_on)


def _require_pending(request: ExtensionRequest) -> None:
    if request.state is not ExtensionState.PENDING:
        raise Refused("Đề nghị gia hạn này đã có quyết định. Hãy tải lại trang để xem.")


def _decide(
    request: ExtensionRequest,
    becomes: ExtensionState,
    answer: str,
    *,
    actor: User,
    now: datetime,
    due_on: date | None,
) -> None:
    stepping.take(
        request.assignment,
        Step.DECIDE_EXTENSION,
        actor=actor,
        now=now,
        before={"due_on": request.assignment.due_on},
        after={"decision": becomes.value, "due_on": due_on},
    )
    request.state, request.answer = becomes, answer.strip()
    request.decided_by, request.decided_at = actor, now


def move(
    assignment: Assignment,
    due_on: date | None,
    kind: DueChangeKind,
    *,
    reason: str,
    document: str,
    actor: User,
    now: datetime,
    nominal_on: date | None = None,
) -> DueChange:
    """Put another due date in force and keep the one before it on record; logging is the caller's."""
    change = DueChange(
        kind=kind,
        from_on=assignment.due_on,
        to_on=due_on,
        reason=reason,
        document=document,
        by=actor,
        at=now,
    )
    assignment.due_changes.append(change)
    assignment.due_on, assignment.nominal_on = due_on, nominal_on
    return change
