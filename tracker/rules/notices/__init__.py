"""Who must be told what on which day; the daily run and the forecast both ask `due`."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import product

from tracker.deadlines.workdays import DaysOff
from tracker.rules.notices.answers import (
    ENTRY,
    EVERYONE,
    LEAD_SIDE,
    OTHERS,
    Due,
    Subject,
    answer,
    latest,
    readers,
)
from tracker.rules.notices.facts import Deed, Facts, OpenAssignment, TrackedDates
from tracker.rules.notices.people import Parties, is_reachable
from tracker.rules.notices.table import Audience, Changes, Rule, When
from tracker.rules.notices.timing import Window, Windows, still_true


def due(facts: Facts, rules: Iterable[Rule], today: date, days_off: DaysOff, *, since: date) -> Iterator[Due]:
    """Everything that must be said on `today`, `since` being the last day that was asked about before.

    On a day off there is nothing. Where days were missed in between, only the latest notice that is still
    true is to be said; the earlier ones come out as skipped. Asking again gives the same keys.
    """
    if not days_off.is_working(today):
        return
    windows = Windows(tuple(rules), days_off, since, today)
    yield from _of_assignments(facts, windows)
    yield from _of_reviews(facts, windows)
    yield from _of_standing_tasks(facts, windows)
    yield from _of_mondays(facts, windows.default)
    yield from _of_deeds(facts, windows.default.rules(When.DEED))


def due_dates_spoken_of(
    dates: Iterable[TrackedDates],
    rules: Iterable[Rule],
    today: date,
    days_off: DaysOff,
    *,
    since: date,
    changes: Collection[Changes] = (),
) -> set[date]:
    """The last days of which `due` has anything to say; nothing due on another day need be loaded for it.

    `changes` are those of all plans: a date is spoken of where it is in any of them. Any first day may meet
    any day of tracking among those of the same last day: a task is spoken of by the earliest of each.
    """
    windows = Windows(tuple(rules), days_off, since, today)
    meant = [windows.default, *(windows.of(change) for change in changes)]
    starts: dict[date, set[date | None]] = defaultdict(set)
    tracked: dict[date, set[date]] = defaultdict(set)
    for starts_on, due_on, tracked_from in dates:
        starts[due_on].add(starts_on)
        tracked[due_on].add(tracked_from)
    return {
        due_on
        for due_on in starts
        for starts_on, tracked_from in product(starts[due_on], tracked[due_on])
        if any(window.fallen(TrackedDates(starts_on, due_on, tracked_from)) for window in meant)
    }


def _of_assignments(facts: Facts, windows: Windows) -> Iterator[Due]:
    """What lead units hear of each assignment, then what all others hear of each task and due date."""
    tasks: dict[tuple[int, date], TrackedDates] = {}
    for assignment in facts.assignments:
        window = windows.of(facts.tasks[assignment.task_id].changes)
        group = (assignment.task_id, assignment.dates.due_on)
        tasks[group] = assignment.dates.beginning_with(tasks.get(group))
        if window.fallen(assignment.dates):
            yield from _of_dates(facts, _assignment(facts, assignment), assignment.dates, window, LEAD_SIDE)
    for (task_id, _), dates in tasks.items():
        window = windows.of(facts.tasks[task_id].changes)
        if window.fallen(dates):
            yield from _of_dates(facts, _task(facts, task_id), dates, window, OTHERS)


def _of_dates(
    facts: Facts, subject: Subject, dates: TrackedDates, window: Window, side: frozenset[Audience]
) -> Iterator[Due]:
    """What the dates of a thing give one side to hear."""
    fallen = window.fallen(dates)
    answers = (
        answer(
            reader,
            planned.rule,
            subject,
            planned.on,
            f"{dates.due_on}",
            true=still_true(planned, dates, window.today),
        )
        for planned in fallen
        for reader in readers(planned.rule, subject, facts.people, side)
        if reader.letters is planned.choice
    )
    # Nobody hears more than one of them, mostly: who reads daily hears no weekly one.
    told_once = len({planned.choice for planned in fallen}) == len(fallen)
    return answers if told_once else latest(answers)


def _of_reviews(facts: Facts, windows: Windows) -> Iterator[Due]:
    """What was handed in and nobody has reviewed; however many units, one answer a task and due date."""
    waiting = {(work.submitted_on, work.task_id, f"{work.due_on or ''}") for work in facts.unreviewed}
    return latest(
        answer(reader, rule, _task(facts, task_id), day, due_on)
        for submitted_on, task_id, due_on in sorted(waiting)
        for window in [windows.of(facts.tasks[task_id].changes)]
        for rule, days in _each_day(window.rules(When.UNREVIEWED))
        for day in [window.daily.nth_after(submitted_on, days)]
        for reader in readers(rule, _task(facts, task_id), facts.people)
        if window.of(reader.letters).on_or_after(day) in window
    )


def _of_standing_tasks(facts: Facts, windows: Windows) -> Iterator[Due]:
    """Which reporting days come near, one answer a plan and day."""
    for standing in facts.standing:
        subject = Subject(
            "plan", standing.plan_id, Parties(standing.watching_unit_id, unit_id=standing.unit_id)
        )
        window = windows.of(standing.changes)
        for rule, days in _each_day(window.rules(When.REPORTING)):
            day = standing.day - timedelta(days)
            for reader in readers(rule, subject, facts.people):
                if day > standing.tracked_from and window.of(reader.letters).on_or_before(day) in window:
                    yield answer(
                        reader, rule, subject, day, f"{standing.day}", true=window.today <= standing.day
                    )


def _each_day(rules: Iterable[Rule]) -> Iterator[tuple[Rule, int]]:
    return ((rule, days) for rule in rules for days in rule.days)


def _of_mondays(facts: Facts, window: Window) -> Iterator[Due]:
    """What is said once a week."""
    monday = window.monday
    if monday is not None:
        for rule in window.rules(*_ON_MONDAYS):
            for subject in _ON_MONDAYS[rule.when](facts):
                for reader in readers(rule, subject, facts.people):
                    yield answer(reader, rule, subject, monday)


def _undated_tasks(facts: Facts) -> Iterator[Subject]:
    return (_task(facts, task_id) for task_id in facts.undated_tasks)


def _unreachable_units(facts: Facts) -> Iterator[Subject]:
    for unit_id, watching_units in facts.lead_units.items():
        if not is_reachable(unit_id, facts.people):
            for watching_unit_id in sorted(watching_units):
                yield Subject("unit", unit_id, Parties(watching_unit_id))


def _units_with_leaders(facts: Facts) -> Iterator[Subject]:
    return (Subject("unit", unit_id, Parties(unit_id)) for unit_id in facts.people.leaders)


_ON_MONDAYS: dict[When, Callable[[Facts], Iterator[Subject]]] = {
    When.UNDATED: _undated_tasks,
    When.UNREACHABLE: _unreachable_units,
    When.WEEK: _units_with_leaders,
}


def _of_deeds(facts: Facts, rules: Iterable[Rule]) -> Iterator[Due]:
    """What was done to assignments, told to all but who did it."""
    by_name = {rule.name: rule for rule in rules}
    for deed in facts.deeds:
        rule = by_name.get(deed.rule)
        if rule is not None:
            doer = facts.people.persons.get(deed.by_id) if deed.by_id is not None else None
            yield from (due for due in _of_deed(facts, rule, deed) if due.recipient != doer)


def _of_deed(facts: Facts, rule: Rule, deed: Deed) -> Iterator[Due]:
    """Whoever is not the lead hears of a task once a day, not once a unit."""
    subject = _assignment(facts, deed)
    for reader in readers(rule, subject, facts.people, EVERYONE if rule.of_each else LEAD_SIDE):
        yield answer(reader, rule, subject, deed.on, f"{ENTRY}{deed.entry_id}")
    if not rule.of_each:
        subject = _task(facts, deed.task_id)
        for reader in readers(rule, subject, facts.people, OTHERS):
            yield answer(reader, rule, subject, deed.on)


def _assignment(facts: Facts, of: OpenAssignment | Deed) -> Subject:
    task = facts.tasks[of.task_id]
    parties = Parties(task.watching_unit_id, task.leader_id, of.unit_id, of.responsible_id)
    return Subject("assignment", of.assignment_id, parties)


def _task(facts: Facts, task_id: int) -> Subject:
    task = facts.tasks[task_id]
    parties = Parties(task.watching_unit_id, task.leader_id, coordinating=task.coordinating)
    return Subject("task", task_id, parties)
