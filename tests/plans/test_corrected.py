"""A draft with answers: what was said is changed, everything else stays as it was read."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tracker.deadlines.grammar import read_deadline
from tracker.deadlines.meaning import Context
from tracker.plans.answers import Answers, HeadingAnswer, RowAnswer
from tracker.plans.corrected import apply
from tracker.plans.draft import Heading, MilestoneDraft, PlanDraft, TaskDraft
from tracker.plans.tasks import NO_LEAD

YEAR = Heading(issued=date(2026, 1, 15), period=(date(2026, 1, 1), date(2026, 12, 31)))
CONTEXT = Context(date(2026, 1, 15), date(2026, 1, 1), date(2026, 12, 31))


def task(deadline="Quý II", deliverables=(("Báo cáo",),), **fields):
    """A task as the reader leaves it, with the doubts of its deadline."""
    reading = read_deadline(deadline, CONTEXT)
    pairs = zip(reading.milestones, deliverables, strict=True)
    milestones = tuple(MilestoneDraft(milestone, names) for milestone, names in pairs)
    fields = {"no": "1", "title": "Tập huấn", "doubts": reading.doubts} | fields
    return TaskDraft(deadline_text=deadline, milestones=milestones, **fields)


def row(answer, *tasks):
    tasks = tasks or (task(),)
    return apply(PlanDraft(YEAR, tasks), Answers(rows={"0": answer})).rows[0]


def dues(corrected):
    return [draft.milestone.due for draft in corrected.task.milestones]


def test_without_answers_a_draft_stays_as_it_was_read():
    tasks = (task(), task("Trước ngày 28/6/2026"), task("Quý II và Quý IV", (("A",), ("B",))))
    corrected = apply(PlanDraft(YEAR, tasks), Answers())
    assert tuple(row.task for row in corrected.rows) == tasks
    assert [row.answered for row in corrected.rows] == [False, False, False]
    assert [bool(row.deadline_doubts) for row in corrected.rows] == [True, False, True]


@given(st.sampled_from(["no", "title", "note"]), st.text(max_size=20))
def test_a_corrected_field_changes_that_field_alone(name, text):
    corrected = row(RowAnswer(**{name: text}))
    assert getattr(corrected.task, name) == text
    assert corrected.task.milestones == task().milestones


def test_a_corrected_deadline_keeps_the_wording_of_the_plan_beside_it():
    corrected = row(RowAnswer(deadline="30/9/2026"))
    assert dues(corrected) == [date(2026, 9, 30)]
    assert (corrected.task.deadline_text, corrected.wording) == ("Quý II", "30/9/2026")
    assert corrected.deadline_doubts == ()


def test_the_nth_deliverable_goes_to_the_nth_milestone_of_a_corrected_deadline():
    two = task("Quý II và Quý IV", (("A",), ("B",)))
    corrected = row(RowAnswer(deadline="Quý I và Quý III"), two)
    assert [draft.deliverables for draft in corrected.task.milestones] == [("A",), ("B",)]


def test_deliverables_of_a_milestone_that_is_no_more_go_to_the_last():
    two = task("Quý II và Quý IV", (("A",), ("B",)))
    corrected = row(RowAnswer(deadline="30/9/2026", deliverables=(("A",), ("B", "C"))), two)
    assert [draft.deliverables for draft in corrected.task.milestones] == [("A", "B", "C")]


def test_a_corrected_period_moves_what_took_its_year_from_it():
    said = HeadingAnswer(period=(date(2027, 1, 1), date(2027, 12, 31)))
    draft = PlanDraft(YEAR, (task(), task("30/6/2026")))
    moved = apply(draft, Answers(heading=said)).rows
    assert [dues(row) for row in moved] == [[date(2027, 6, 30)], [date(2026, 6, 30)]]


def test_what_no_deadline_text_gave_stays_when_the_period_is_corrected():
    duty = replace(task("Thường xuyên"), deadline_text="")
    said = HeadingAnswer(period=(date(2027, 1, 1), date(2027, 12, 31)))
    [moved] = apply(PlanDraft(YEAR, (duty,)), Answers(heading=said)).rows
    assert moved.task.milestones == duty.milestones


def test_parts_of_a_deadline_that_were_read_apart_move_apart():
    parts = (*task("Quý II").milestones, *task("Quý IV").milestones)
    two = replace(task(), milestones=parts, deadline_text="Quý II (bổ sung) Quý IV")
    said = HeadingAnswer(period=(date(2027, 1, 1), date(2027, 12, 31)))
    [moved] = apply(PlanDraft(YEAR, (two,)), Answers(heading=said)).rows
    assert {due.year for due in dues(moved)} == {2027}


def test_rows_put_together_beyond_any_length_are_still_read():
    assert row(RowAnswer(deadline="Quý II/2026; " * 500)).task.milestones


def test_a_settled_doubt_is_settled_for_that_row_only():
    sentences = task().doubts
    draft = PlanDraft(YEAR, (task(), task()))
    rows = apply(draft, Answers(rows={"0": RowAnswer(accepted=sentences)})).rows
    assert [row.deadline_doubts for row in rows] == [(), sentences]


def test_doubts_that_units_answer_are_not_repeated():
    corrected = row(RowAnswer(), task(doubts=(NO_LEAD, "Nội dung nhiệm vụ bắt đầu giữa câu.")))
    assert corrected.other_doubts == ("Nội dung nhiệm vụ bắt đầu giữa câu.",)


def test_added_rows_follow_theirs_and_those_added_after_them():
    said = {key: RowAnswer(title=key, after=after) for key, after in [("a1", "0"), ("a2", "a1"), ("a3", "")]}
    draft = PlanDraft(YEAR, (task(group="I", group_title="Nhóm một"), task()))
    rows = apply(draft, Answers(rows=said)).rows
    assert [row.key for row in rows] == ["a3", "0", "a1", "a2", "1"]
    assert [row.task.group for row in rows] == ["", "I", "I", "I", ""]
