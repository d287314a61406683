"""A draft with its answers applied: the plan as it would be stored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.deadlines.grammar import LONGEST_TEXT, read_deadline
from tracker.deadlines.meaning import Context, Milestone, Reading
from tracker.plans.answers import Answers, HeadingAnswer, RowAnswer
from tracker.plans.deliverables import DEFAULT
from tracker.plans.draft import Heading, MilestoneDraft, PlanDraft, TaskDraft
from tracker.plans.tasks import NO_LEAD, OPEN_LEAD


@dataclass(frozen=True, slots=True)
class Row:
    """A task with its answers applied.

    `deadline_doubts` and `other_doubts` are those not settled yet. `filled` are the units that stand for an
    open group in the lead. `reason` says why a row is left out, `answered` whether a person touched it, and
    `wording` is the text its deadline was read from.
    """

    key: str
    task: TaskDraft
    deadline_doubts: tuple[str, ...] = ()
    other_doubts: tuple[str, ...] = ()
    filled: tuple[int, ...] = ()
    reason: str = ""
    answered: bool = False
    wording: str = ""

    @property
    def selected(self) -> bool:
        """Whether it becomes a task of the plan."""
        return self.task.selected


@dataclass(frozen=True, slots=True)
class Corrected:
    """Heading and rows, in the order of the document."""

    heading: Heading
    rows: tuple[Row, ...]

    @property
    def selected(self) -> tuple[Row, ...]:
        """The rows that become tasks."""
        return tuple(row for row in self.rows if row.selected)


def apply(draft: PlanDraft, answers: Answers) -> Corrected:
    """The plan that the draft and the answers make together."""
    heading = _heading(draft.heading, answers.heading)
    context, was = context_of(heading), context_of(draft.heading)
    rows = [
        _row(key, task, answers.rows.get(key, RowAnswer()), context, was)
        for key, task in _tasks(draft, answers.rows)
    ]
    return Corrected(heading, tuple(rows))


def context_of(heading: Heading) -> Context:
    """What the deadlines of a plan are read in: its date of issue and its period."""
    start, end = heading.period or (None, None)
    return Context(heading.issued, start, end)


def _heading(heading: Heading, answer: HeadingAnswer) -> Heading:
    said = {
        name: value
        for name in ("number", "issued", "issuer", "title", "period", "basis")
        if (value := getattr(answer, name)) is not None
    }
    return replace(heading, **said | dict.fromkeys(answer.empty))


def _tasks(draft: PlanDraft, answers: Mapping[str, RowAnswer]) -> Iterator[tuple[str, TaskDraft]]:
    """The tasks of the draft, each followed by those that were added after it."""
    followers: dict[str, list[str]] = {}
    for key, answer in answers.items():
        if answer.after is not None:
            followers.setdefault(answer.after, []).append(key)

    def added(after: str, above: TaskDraft | None) -> Iterator[tuple[str, TaskDraft]]:
        for key in followers.get(after, []):
            task = _empty(above)
            yield key, task
            yield from added(key, task)

    yield from added("", None)
    for place, task in enumerate(draft.tasks):
        yield str(place), task
        yield from added(str(place), task)


def _empty(above: TaskDraft | None) -> TaskDraft:
    """A task that a person writes, in the group of the one above it."""
    if above is None:
        return TaskDraft(no="", title="")
    return TaskDraft(no="", title="", source=above.source, group=above.group, group_title=above.group_title)


def _row(key: str, task: TaskDraft, answer: RowAnswer, context: Context, was: Context) -> Row:
    read = _read_again(task, answer, context, was)
    settled = answer.accepted or ()
    group, group_title = answer.group or (task.group, task.group_title)
    corrected = replace(
        task,
        no=task.no if answer.no is None else answer.no,
        title=task.title if answer.title is None else answer.title,
        group=group,
        group_title=group_title,
        deadline_text=task.deadline_text if answer.after is None else answer.deadline or "",
        note=task.note if answer.note is None else answer.note,
        lead=task.lead if answer.lead is None else answer.lead,
        coordinating=task.coordinating if answer.coordinating is None else answer.coordinating,
        milestones=_with_deliverables(read.milestones, answer.deliverables),
        selected=task.selected if answer.selected is None else answer.selected,
    )
    return Row(
        key,
        corrected,
        deadline_doubts=tuple(doubt for doubt in read.deadline_doubts if doubt not in settled),
        other_doubts=tuple(doubt for doubt in read.other_doubts if doubt not in settled),
        filled=answer.filled or (),
        reason=answer.reason or "",
        answered=answer != RowAnswer(),
        wording=task.deadline_text if answer.deadline is None else answer.deadline,
    )


@dataclass(frozen=True, slots=True)
class _Understood:
    milestones: tuple[MilestoneDraft, ...]
    deadline_doubts: tuple[str, ...]
    other_doubts: tuple[str, ...]


def _read_again(task: TaskDraft, answer: RowAnswer, context: Context, was: Context) -> _Understood:
    """The deadline as read, or read anew where it was corrected or the plan's dates were."""
    doubted = _deadline_doubts(task, was)
    other = tuple(doubt for doubt in task.doubts if doubt not in (*doubted, *_about_leads(task)))
    if answer.deadline is not None or answer.after is not None:
        reading = _read(answer.deadline or "", context)
        return _Understood(_spread(task.deliverables, reading.milestones), reading.doubts, other)
    if context != was:
        whole = _moved(task.deadline_text, [m.milestone for m in task.milestones], context, was)
        if whole is not None:
            pairs = zip(whole.milestones, task.milestones, strict=True)
            moved = tuple(replace(draft, milestone=milestone) for milestone, draft in pairs)
            return _Understood(moved, whole.doubts, other)
        return _Understood(tuple(_each_moved(task.milestones, context, was)), doubted, other)
    return _Understood(task.milestones, doubted, other)


def _deadline_doubts(task: TaskDraft, was: Context) -> tuple[str, ...]:
    """Those doubts of the draft that reading its deadline, or a part of it, raises."""
    if not task.doubts:
        return ()
    texts = (task.deadline_text, *(draft.milestone.text for draft in task.milestones))
    raised = {doubt for text in texts for doubt in _read(text, was).doubts}
    return tuple(doubt for doubt in task.doubts if doubt in raised)


def _moved(text: str, meant: Sequence[Milestone], context: Context, was: Context) -> Reading | None:
    """The text read in another context; None where it was not this text alone that gave what was `meant`."""
    if list(_read(text, was).milestones) != list(meant):
        return None
    reading = _read(text, context)
    return reading if len(reading.milestones) == len(meant) else None


def _each_moved(drafts: Iterable[MilestoneDraft], context: Context, was: Context) -> Iterator[MilestoneDraft]:
    for draft in drafts:
        reading = _moved(draft.milestone.text, [draft.milestone], context, was)
        yield draft if reading is None else replace(draft, milestone=reading.milestones[0])


def _read(text: str, context: Context) -> Reading:
    """The reading of a deadline, of its beginning where rows put together have made it too long."""
    return read_deadline(text[:LONGEST_TEXT], context)


def _about_leads(task: TaskDraft) -> list[str]:
    """The doubts of the draft that units, once they are named, answer by themselves."""
    return [NO_LEAD, *(OPEN_LEAD.format(phrase) for phrase in task.lead)]


def _spread(names: tuple[str, ...], milestones: tuple[Milestone, ...]) -> tuple[MilestoneDraft, ...]:
    """The n-th deliverable to the n-th milestone where there are as many, else all to the last."""
    names = names or (DEFAULT,)
    if len(names) == len(milestones):
        return tuple(MilestoneDraft(m, (name,)) for m, name in zip(milestones, names, strict=True))
    return (*(MilestoneDraft(m, ()) for m in milestones[:-1]), MilestoneDraft(milestones[-1], names))


def _with_deliverables(
    milestones: tuple[MilestoneDraft, ...], said: tuple[tuple[str, ...], ...] | None
) -> tuple[MilestoneDraft, ...]:
    """Each milestone with the deliverables that were said; those of milestones that are no more go last."""
    if said is None or not milestones:
        return milestones
    kept = list(said[: len(milestones)]) + [()] * (len(milestones) - len(said))
    kept[-1] += tuple(name for names in said[len(milestones) :] for name in names)
    return tuple(
        replace(milestone, deliverables=names) for milestone, names in zip(milestones, kept, strict=True)
    )
