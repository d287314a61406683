"""Which step may follow which in the life of an assignment."""

from enum import StrEnum


class State(StrEnum):
    """Where an assignment stands, as stored; everything finer is derived."""

    OPEN = "open"
    SUBMITTED = "submitted"
    DONE = "done"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """A deed that changes, or needs, the state of an assignment."""

    REPORT = "report"
    ATTACH = "attach"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    RETURN = "return"
    REOPEN = "reopen"
    REQUEST_EXTENSION = "request_extension"
    DECIDE_EXTENSION = "decide_extension"
    CORRECT = "correct"
    SUSPEND = "suspend"
    RESUME = "resume"
    RESUME_REVIEW = "resume_review"  # what waited for review when it was suspended waits again
    CANCEL = "cancel"
    REASSIGN = "reassign"
    NAME_RESPONSIBLE = "name_responsible"
    RECORD_CAUSE = "record_cause"


# step -> (the states it may be taken from, the state it leads to; None where it stays)
STEPS: dict[Step, tuple[frozenset[State], State | None]] = {
    Step.REPORT: (frozenset({State.OPEN}), None),
    Step.ATTACH: (frozenset({State.OPEN}), None),
    Step.SUBMIT: (frozenset({State.OPEN}), State.SUBMITTED),
    Step.WITHDRAW: (frozenset({State.SUBMITTED}), State.OPEN),
    Step.CONFIRM: (frozenset({State.SUBMITTED}), State.DONE),
    Step.RETURN: (frozenset({State.SUBMITTED}), State.OPEN),
    Step.REOPEN: (frozenset({State.DONE}), State.OPEN),
    Step.REQUEST_EXTENSION: (frozenset({State.OPEN}), None),
    Step.DECIDE_EXTENSION: (frozenset({State.OPEN, State.SUBMITTED}), None),
    Step.CORRECT: (frozenset({State.OPEN, State.SUBMITTED, State.SUSPENDED, State.DONE}), None),
    Step.SUSPEND: (frozenset({State.OPEN, State.SUBMITTED}), State.SUSPENDED),
    Step.RESUME: (frozenset({State.SUSPENDED}), State.OPEN),
    Step.RESUME_REVIEW: (frozenset({State.SUSPENDED}), State.SUBMITTED),
    Step.CANCEL: (frozenset({State.OPEN, State.SUBMITTED, State.SUSPENDED}), State.CANCELLED),
    Step.REASSIGN: (frozenset({State.OPEN, State.SUSPENDED}), None),
    Step.NAME_RESPONSIBLE: (frozenset({State.OPEN, State.SUBMITTED, State.SUSPENDED}), None),
    Step.RECORD_CAUSE: (frozenset({State.OPEN, State.SUBMITTED, State.DONE}), None),
}

REFUSALS: dict[State, str] = {
    State.OPEN: "Nhiệm vụ chưa được nộp kết quả. Hãy tải lại trang để xem trạng thái mới nhất.",
    State.SUBMITTED: "Kết quả đang chờ xác nhận nên chưa sửa được. Hãy rút lại trước khi sửa.",
    State.DONE: "Nhiệm vụ đã hoàn thành. Nếu cần sửa, hãy đề nghị đầu mối theo dõi mở lại.",
    State.SUSPENDED: "Nhiệm vụ đang tạm dừng. Hãy liên hệ đầu mối theo dõi để được tiếp tục.",
    State.CANCELLED: "Nhiệm vụ đã hủy, không thay đổi được nữa.",
}

# what is said in place of that to the monitor, who can do what the others are told to ask for
OF_STEPS: dict[tuple[State, Step], str] = {
    (State.SUSPENDED, Step.SUSPEND): "Nhiệm vụ đã được tạm dừng từ trước.",
    (State.SUSPENDED, Step.REOPEN): "Nhiệm vụ đang tạm dừng. Hãy cho tiếp tục.",
    (State.SUSPENDED, Step.RECORD_CAUSE): "Nhiệm vụ đang tạm dừng. Hãy cho tiếp tục rồi ghi nguyên nhân.",
    (State.OPEN, Step.RESUME): "Nhiệm vụ không còn tạm dừng.",
    (State.SUBMITTED, Step.RESUME): "Nhiệm vụ không còn tạm dừng.",
    (State.DONE, Step.RESUME): "Nhiệm vụ đã hoàn thành, không còn tạm dừng.",
    (State.OPEN, Step.REOPEN): "Nhiệm vụ chưa hoàn thành nên không cần mở lại.",
    (State.SUBMITTED, Step.REOPEN): "Kết quả đang chờ xác nhận. Nếu cần sửa, hãy trả lại.",
    (State.SUBMITTED, Step.REASSIGN): (
        "Kết quả đang chờ xác nhận. Hãy xác nhận hoặc trả lại, rồi chuyển đơn vị."
    ),
    (State.DONE, Step.SUSPEND): "Nhiệm vụ đã hoàn thành. Hãy mở lại rồi tạm dừng.",
    (State.DONE, Step.CANCEL): "Nhiệm vụ đã hoàn thành. Hãy mở lại rồi hủy.",
    (State.DONE, Step.REASSIGN): "Nhiệm vụ đã hoàn thành. Hãy mở lại rồi chuyển đơn vị.",
}


class StepRefused(ValueError):
    """The step does not follow from the state; the message says in Vietnamese what to do instead."""


def allowed(state: State, step: Step) -> bool:
    """Whether `step` may be taken from `state`."""
    return state in STEPS[step][0]


def after(state: State, step: Step) -> State:
    """The state that `step` leads to from `state`; raises StepRefused where it does not follow."""
    if not allowed(state, step):
        raise StepRefused(OF_STEPS.get((state, step), REFUSALS[state]))
    return STEPS[step][1] or state
