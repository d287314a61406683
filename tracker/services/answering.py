"""What the monitor answers to an import: saved at once, and never over what somebody else has just said."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tracker.db import db
from tracker.deadlines.grammar import TextTooLong, read_deadline
from tracker.models import Plan, PlanImport, Unit, UnitGroup, User
from tracker.plans import answers as answering
from tracker.plans import form
from tracker.plans.answers import Answers, FigureAnswer, HeadingAnswer, PhraseAnswer, RowAnswer
from tracker.plans.corrected import Row, apply, context_of
from tracker.plans.deliverables import DEFAULT
from tracker.plans.matching import body_of
from tracker.plans.naming import each_once
from tracker.plans.spelling import name_key
from tracker.services import auditing, units
from tracker.services.refusals import Refused
from tracker.words import time_words

HOW_TO_SAY = "Ghi ngày/tháng/năm, ví dụ 30/6/2026; hoặc gõ như trong văn bản: “Quý III/2026”."
JOINED = "Gộp vào nhiệm vụ trước."
LONGEST_NAME = 300  # characters
SUBJECT_WORDS = {
    "heading": "Phần đầu kế hoạch",
    "figure": "Chỉ tiêu này",
    "phrase": "Tên đơn vị này",
    "row": "Nhiệm vụ này",
}

Deliverables = tuple[tuple[str, ...], ...]  # those of each milestone


class ChangedMeanwhile(Refused):
    """Somebody else answered the same question since the page was opened."""


def answer_heading(
    plan_import: PlanImport, said: HeadingAnswer, *, seen: int, actor: User, now: datetime
) -> None:
    """Correct the heading. `seen` is the version of the import that the person had before them.

    Raises Refused where the period ends before it begins, ChangedMeanwhile as all answers do.
    """
    if said.period and said.period[0] > said.period[1]:
        raise Refused("Kế hoạch kết thúc trước khi bắt đầu. Hãy xem lại hai ngày này.")
    answers = _open(plan_import, "heading", seen, actor)
    _save(plan_import, replace(answers, heading=said), "heading", actor, now)


def agree_another_plan(plan_import: PlanImport, *, actor: User, now: datetime) -> None:
    """Say that the plan known under this number is a different one."""
    answers = answering.from_dict(plan_import.answers)
    _save(plan_import, replace(answers, another_plan=True, amends=None), "another_plan", actor, now)


def agree_new_issue(plan_import: PlanImport, plan: Plan, *, actor: User, now: datetime) -> None:
    """Say that the document is a new issue of a plan, or mends or adds to it."""
    answers = answering.from_dict(plan_import.answers)
    _save(plan_import, replace(answers, another_plan=False, amends=plan.id), "another_plan", actor, now)


def take_indicators(
    plan_import: PlanImport, places: Iterable[int], *, among: Iterable[int], actor: User, now: datetime
) -> None:
    """Say which of the proposed indicators `among` those looked at, by places in the draft, are taken in."""
    answers = answering.from_dict(plan_import.answers)
    taken = tuple(sorted({*answers.indicators}.difference(among).union(places)))
    _save(plan_import, replace(answers, indicators=taken), "indicators", actor, now)


def look_up(plan_import: PlanImport, places: Iterable[str], *, actor: User, now: datetime) -> None:
    """Say that rows which are not accounted for were looked up in the document."""
    answers = answering.from_dict(plan_import.answers)
    looked_up = tuple(dict.fromkeys((*answers.looked_up, *places)))
    _save(plan_import, replace(answers, looked_up=looked_up), "lost", actor, now)


def answer_figure(
    plan_import: PlanImport, place: int, said: FigureAnswer, *, seen: int, actor: User, now: datetime
) -> None:
    """Correct an indicator, known by its place in the draft."""
    answers = _open(plan_import, f"figure {place}", seen, actor)
    figures = {**answers.figures, str(place): said}
    _save(plan_import, replace(answers, figures=figures), f"figure {place}", actor, now)


def answer_phrase(
    plan_import: PlanImport, phrase: str, said: PhraseAnswer, *, seen: int, actor: User, now: datetime
) -> None:
    """Say whom a phrase names throughout the document."""
    key = name_key(phrase)
    answers = _open(plan_import, f"phrase {key}", seen, actor)
    phrases = {**answers.phrases, key: said}
    _save(plan_import, replace(answers, phrases=phrases), f"phrase {key}", actor, now)


def answer_row(
    plan_import: PlanImport, key: str, *, seen: int, actor: User, now: datetime, **said: Any
) -> None:
    """Correct fields of a row, those of RowAnswer; what is not said anew stays as it was answered.

    Raises Refused for a deadline that is not clear by itself.
    """
    answers = _open(plan_import, f"row {key}", seen, actor)
    if "deadline" in said:
        _require_clear(plan_import, answers, said["deadline"])
    row = replace(answers.rows.get(key, RowAnswer()), **said)
    _save(plan_import, replace(answers, rows={**answers.rows, key: row}), f"row {key}", actor, now)


def _require_clear(plan_import: PlanImport, answers: Answers, deadline: str) -> None:
    """Refuse a deadline that leaves a doubt of its own: whoever corrects one says it in full."""
    if not deadline.strip():
        raise Refused(HOW_TO_SAY)
    heading = apply(form.from_dict(plan_import.draft), answers).heading
    try:
        reading = read_deadline(deadline, context_of(heading))
    except TextTooLong as error:
        raise Refused(str(error)) from error
    if reading.needs_review:
        raise Refused(reading.objection)


def settle(
    plan_import: PlanImport, row: Row, sentences: Iterable[str], *, seen: int, actor: User, now: datetime
) -> None:
    """Find doubts of a row to be none: it was read rightly."""
    answers = answering.from_dict(plan_import.answers)
    before = answers.rows.get(row.key, RowAnswer()).accepted or ()
    accepted = tuple(dict.fromkeys((*before, *sentences)))
    answer_row(plan_import, row.key, accepted=accepted, seen=seen, actor=actor, now=now)


def add_row(plan_import: PlanImport, after: str, title: str = "", *, actor: User, now: datetime) -> str:
    """Add a row after another (at the top for «»), to be written or with a title; returns its key."""
    answers = answering.from_dict(plan_import.answers)
    key = _new_key(answers)
    rows = {**answers.rows, key: RowAnswer(title=title, selected=True, after=after)}
    _save(plan_import, replace(answers, rows=rows), f"row {key}", actor, now)
    return key


def _new_key(answers: Answers) -> str:
    return f"a{1 + sum(answer.after is not None for answer in answers.rows.values())}"


def split(
    plan_import: PlanImport,
    row: Row,
    text: str,
    moved: Collection[str],
    *,
    seen: int,
    actor: User,
    now: datetime,
) -> str:
    """Make two rows of one: its title is divided where `text` breaks the line; returns the key of the second.

    Deliverables named in `moved` go to the second; a part that is left with none owes a report. Both keep
    units and deadline. Raises Refused where nothing stands before or after a line break.
    """
    first, second = _halves(text)
    answers = _open(plan_import, f"row {row.key}", seen, actor)
    key, before = _new_key(answers), answers.rows.get(row.key, RowAnswer())
    stays, goes = _dealt(row, moved)
    rows = {
        **answers.rows,
        row.key: replace(before, title=first, deliverables=stays),
        key: replace(_copy(row), title=second, deliverables=goes, accepted=before.accepted, after=row.key),
    }
    _save(plan_import, replace(answers, rows=rows), f"row {row.key}", actor, now)
    return key


def _halves(text: str) -> tuple[str, str]:
    """What stands before the first line break, and all that stands after it."""
    first, _, second = (part.strip() for part in text.strip().partition("\n"))
    if not second:
        raise Refused("Hãy xuống dòng ở chỗ cần tách, rồi bấm tách.")
    return first, " ".join(second.split())


def _dealt(row: Row, moved: Collection[str]) -> tuple[Deliverables, Deliverables]:
    """The deliverables of each milestone that stay, and those that move."""
    lists = [milestone.deliverables for milestone in row.task.milestones]
    stays = tuple(tuple(name for name in names if name not in moved) for names in lists)
    goes = tuple(tuple(name for name in names if name in moved) for names in lists)
    return _owing(stays), _owing(goes)


def _owing(lists: Deliverables) -> Deliverables:
    return lists if any(lists) else (*lists[:-1], (DEFAULT,))


def _copy(row: Row) -> RowAnswer:
    """The number, deadline and units of a row, for another one."""
    task = row.task
    return RowAnswer(
        no=task.no,
        group=(task.group, task.group_title),
        deadline=row.wording,
        lead=task.lead,
        coordinating=task.coordinating,
        filled=row.filled or None,
        selected=True,
    )


def join(plan_import: PlanImport, row: Row, before: Row, *, seen: int, actor: User, now: datetime) -> None:
    """Make one row of two: `row` is left out, what it says goes to the one before it."""
    answers = _open(plan_import, f"row {row.key}", seen, actor)
    first, second = before.task, row.task
    deadlines = dict.fromkeys(filter(None, (before.wording, row.wording)))
    joined = replace(
        answers.rows.get(before.key, RowAnswer()),
        title=" ".join(filter(None, (first.title, second.title))),
        deadline="; ".join(deadlines),
        deliverables=tuple(m.deliverables for m in (*first.milestones, *second.milestones)),
        lead=tuple(dict.fromkeys((*first.lead, *second.lead))),
        coordinating=tuple(dict.fromkeys((*first.coordinating, *second.coordinating))),
        note="; ".join(dict.fromkeys(filter(None, (first.note, second.note)))),
    )
    left = replace(answers.rows.get(row.key, RowAnswer()), selected=False, reason=JOINED)
    rows = {**answers.rows, before.key: joined, row.key: left}
    _save(plan_import, replace(answers, rows=rows), f"row {row.key}", actor, now)


def create_units(
    plan_import: PlanImport,
    *,
    new_units: Mapping[str, Unit | str] | None = None,
    new_groups: Iterable[str] = (),
    open_phrases: Iterable[str] = (),
    seen: int | None = None,
    actor: User,
    now: datetime,
) -> None:
    """Make units and groups of phrases that name nobody known, or find them open.

    Each unit is put under the one it is mapped to: a unit there is, or another phrase of this step. Whoever
    heads a body stands for it: «Giám đốc Sở Y tế» makes «Sở Y tế». Raises
    Refused as adding one unit or group does, and for a phrase too long to be a name; ChangedMeanwhile where
    another person has answered one of the phrases after `seen`.
    """
    new_units, new_groups, open_phrases = new_units or {}, list(new_groups), list(open_phrases)
    subjects = [f"phrase {name_key(phrase)}" for phrase in (*new_units, *new_groups, *open_phrases)]
    for subject in subjects:
        _open(plan_import, subject, plan_import.version if seen is None else seen, actor)
    if too_long := [phrase for phrase in (*new_units, *new_groups) if len(phrase) > LONGEST_NAME]:
        raise Refused(f"“{too_long[0][:60]}...” quá dài để làm tên đơn vị. Hãy sửa trong nhiệm vụ.")
    above = {body_of(phrase): below for phrase, below in new_units.items()}
    made: dict[str, Unit] = {}
    for name in sorted(each_once(above), key=lambda name: isinstance(above[name], str)):
        below = above[name]
        parent = made[name_key(body_of(below))] if isinstance(below, str) else below
        made[name_key(name)] = units.add_unit(name, parent=parent, actor=actor, now=now)
    for name in each_once(map(body_of, new_groups)):
        units.add_group(name, [], keeper=plan_import.unit, actor=actor, now=now)
    answers = answering.from_dict(plan_import.answers)
    said = {name_key(phrase): PhraseAnswer(open=True) for phrase in open_phrases}
    _save(plan_import, replace(answers, phrases={**answers.phrases, **said}), "phrases", actor, now, subjects)


def fill_group(
    plan_import: PlanImport,
    group: UnitGroup,
    members: Iterable[Unit],
    *,
    actor: User,
    now: datetime,
    today: date,
) -> None:
    """Say who belongs to a group that a phrase names, from `today` on; kept beyond this document."""
    units.set_members(group, members, actor=actor, now=now, today=today)
    _save(plan_import, answering.from_dict(plan_import.answers), f"group {group.id}", actor, now)


def _open(plan_import: PlanImport, subject: str, seen: int, actor: User) -> Answers:
    """The answers so far; raises ChangedMeanwhile where another person has answered this after `seen`."""
    mark = plan_import.answers.get("marks", {}).get(subject)
    if mark and mark["version"] > seen and mark["by"] != actor.id:
        what = SUBJECT_WORDS[subject.partition(" ")[0]]
        who = db.session.get_one(User, mark["by"]).name
        at = time_words(datetime.fromisoformat(mark["at"]))
        raise ChangedMeanwhile(f"{what} vừa được {who} cập nhật lúc {at}. Hãy xem lại trước khi lưu.")
    return answering.from_dict(plan_import.answers)


def _save(
    plan_import: PlanImport,
    answers: Answers,
    subject: str,
    actor: User,
    now: datetime,
    also: Iterable[str] = (),
) -> None:
    """Keep the answers; nobody runs over what was said of the subject, or of those answered with it."""
    if plan_import.plan is not None and plan_import.plan.published_at is not None:
        raise Refused("Kế hoạch này đã giao nhiệm vụ. Hãy sửa từng nhiệm vụ trên trang kế hoạch.")
    mark = {"version": plan_import.version + 1, "by": actor.id, "at": now.isoformat()}
    marks = {**plan_import.answers.get("marks", {}), **dict.fromkeys((subject, *also), mark)}
    plan_import.answers = {**answering.to_dict(answers), "marks": marks}
    auditing.record(actor, "answer", plan_import, now=now, after={"subject": subject})
