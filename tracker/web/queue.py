"""The queue as pages show it: a stretch of what waits, and one thing of it open to be decided."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import flash, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug import Response

from tracker import clock
from tracker.models import Assignment, ExtensionRequest, Submission, User
from tracker.services import days_off, evidence, histories, queue
from tracker.services.queue import Kind, Waiting
from tracker.web.sessions import current_reach
from tracker.words import local_day

STRETCH = 30  # things of the queue shown beside the one that is open


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits: its kind, since when (a moment, and working days), and where it is decided.

    `words` is what was said with it; `wanted_on` the day that a request for more time asks for.
    """

    kind: Kind
    assignment: Assignment
    since: datetime
    working_days: int
    address: str
    by: User
    words: str
    wanted_on: date | None


def items(found: Sequence[Waiting]) -> list[Item]:
    """What waits, as pages and sheets show it."""
    calendar, today = days_off.calendar(), clock.today()
    return [
        Item(
            kind=waiting.kind,
            assignment=thing.assignment,
            since=waiting.since,
            working_days=calendar.working_days_between(local_day(waiting.since), today),
            address=address_of(waiting),
            by=thing.by,
            words=thing.words,
            wanted_on=thing.wanted_on,
        )
        for waiting, thing in zip(found, queue.read(found), strict=True)
    ]


def address_of(waiting: Waiting) -> str:
    """The address where it is decided."""
    if waiting.kind is Kind.EXTENSION:
        return url_for("extensions.show", request_id=waiting.id)
    return url_for("reviewing.show", assignment_id=waiting.assignment_id)


def queue_page(
    template: str, assignment: Assignment, decided: Submission | ExtensionRequest | None, **values: object
) -> str:
    """The queue with one thing open, which is `decided`; `template` says what there is to decide and how."""
    found = queue.waiting(current_reach)
    place = next((n for n, one in enumerate(found) if decided is not None and _is(one, decided)), 0)
    first = place // STRETCH * STRETCH
    shown = items(found[first : first + STRETCH])
    oldest = items(found[:1]) if first else shown
    return render_template(
        template,
        assignment=assignment,
        items=shown,
        place=place,
        first=first,
        total=len(found),
        counts=Counter(one.kind for one in found),
        longest=oldest[0].working_days if oldest else 0,
        before=address_of(found[place - 1]) if place else "",
        after=address_of(found[place + 1]) if place + 1 < len(found) else "",
        earlier=address_of(found[first - 1]) if first else "",
        later=address_of(found[first + STRETCH]) if first + STRETCH < len(found) else "",
        today=clock.today(),
        events=histories.history(assignment),
        versions=evidence.versions,
        **values,
    )


def _is(waiting: Waiting, decided: Submission | ExtensionRequest) -> bool:
    is_request = isinstance(decided, ExtensionRequest)
    return waiting.id == decided.id and is_request == (waiting.kind is Kind.EXTENSION)


def go_on(done: str, decided: Submission | ExtensionRequest) -> Response:
    """What waits next after the thing that was decided, else what waits longest; with a word on what was
    done, and the way back to it."""
    assignment = decided.assignment
    flash(Markup('{} <a href="{}">Mở “{}”</a>').format(done, _page_of(assignment), assignment.task.title))
    mine = (one for one in queue.waiting(current_reach) if one.kind is not Kind.FOR_LEADER)
    after = next((one for one in mine if one.since >= decided.at), None)
    return redirect(address_of(after) if after else url_for("reviewing.index"))


def leave(why: str, assignment: Assignment) -> Response:
    """The page of an assignment of which nothing waits any more, and why a decision on it was not taken."""
    flash(why, "error")
    return redirect(_page_of(assignment))


def _page_of(assignment: Assignment) -> str:
    return url_for("assignment.show", assignment_id=assignment.id)
