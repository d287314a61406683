"""The last steps: which letters will go out, what to do with dates already past, and giving the tasks out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker import clock
from tracker.deadlines.workdays import DaysOff
from tracker.models import Plan
from tracker.services import days_off, forecasting, importing, overviews, publishing, readiness
from tracker.services.forecasting import Expected
from tracker.services.publishing import Decision, DoneBefore, NewDate, TrackOverdue
from tracker.services.readiness import PastRow
from tracker.web.deeds import attempt
from tracker.web.filters import lower_first
from tracker.web.forms import headers_of, read_day
from tracker.web.plans.room import bp, find_managed_plan
from tracker.words import date_words

MOST_DAYS, MOST_LETTERS = 40, 50  # what the page of the forecast shows of a large plan


def roll() -> DaysOff | None:
    """The days off, where this deployment moves due dates off them."""
    return days_off.calendar() if current_app.config["ROLL_DUE_DATES"] else None


@bp.get("/<int:plan_id>/forecast")
def forecast(plan_id: int) -> ResponseReturnValue:
    """Which assignments and letters the plan will make, to whom and when."""
    plan = find_managed_plan(plan_id)
    expected = forecasting.forecast(plan, today=clock.today(), roll=roll())
    return render_template(
        "plans/forecast.html",
        plan=plan,
        plan_import=importing.import_of(plan),
        readiness=readiness.check(plan, clock.today(), roll()),
        days=list(_by_day(expected)),
        letters=len(expected),
        unreachable=overviews.unreachable_leads(plan),
        MOST_DAYS=MOST_DAYS,
        MOST_LETTERS=MOST_LETTERS,
    )


@dataclass(frozen=True, slots=True)
class Day:
    """The letters of a day, and how many things they say of each kind."""

    day: date
    letters: Sequence[Expected]

    @property
    def whys(self) -> str:
        """«8 nhiệm vụ mới, 2 sắp đến hạn»."""
        counted = Counter(thing.why for letter in self.letters for thing in letter.things)
        return ", ".join(f"{count} {lower_first(why)}" for why, count in counted.most_common())


def _by_day(expected: Iterable[Expected]) -> Iterator[Day]:
    for day, letters in groupby(expected, key=lambda letter: letter.day):
        yield Day(day, list(letters))


@bp.route("/<int:plan_id>/publish", methods=["GET", "POST"])
def publish(plan_id: int) -> ResponseReturnValue:
    """Ask, with a decision for each date that is past, then give the tasks out."""
    plan = find_managed_plan(plan_id)
    if plan.published_at is not None:
        flash(
            "Kế hoạch này đã giao nhiệm vụ. Thêm nhiệm vụ hoặc sửa từng nhiệm vụ trên trang này.", "warning"
        )
        return redirect(url_for(".show", plan_id=plan.id))
    ready = readiness.check(plan, clock.today(), roll())
    slips: dict[int, str] = {}
    if request.method == "POST":
        decisions, slips = _decisions(ready.past)
        if not slips and attempt(lambda: _publish(plan, decisions)):
            flash(f"Đã giao {ready.extent}. {_first_letter()}")
            return redirect(url_for(".show", plan_id=plan.id))
    rendered = render_template(
        "plans/publish.html",
        plan=plan,
        plan_import=importing.import_of(plan),
        readiness=ready,
        slips=slips,
        typed=request.form,
    )
    return rendered, headers_of(request.method == "POST")


def _publish(plan: Plan, decisions: dict[int, Decision]) -> None:
    publishing.publish(plan, decisions, actor=current_user, now=clock.now(), today=clock.today(), roll=roll())


def _first_letter() -> str:
    """«Thư đầu tiên gửi 07:30 ngày 19/6/2026.»: the digest of the next working day."""
    day = days_off.calendar().add_working_days(clock.today(), 1)
    return f"Thư đầu tiên gửi {current_app.config['DIGEST_TIME']} ngày {date_words(day)}."


def _decisions(past: Sequence[PastRow]) -> tuple[dict[int, Decision], dict[int, str]]:
    """The decision on each past milestone by its id, and what is wrong with those that cannot be taken."""
    decisions: dict[int, Decision] = {}
    slips: dict[int, str] = {}
    for row in past:
        try:
            decision = _decision(row.milestone.id)
            if wrong := publishing.wrong_of(decision, clock.today()):
                raise ValueError(wrong)
            decisions[row.milestone.id] = decision
        except ValueError as error:
            slips[row.milestone.id] = str(error)
    return decisions, slips


def _decision(milestone_id: int) -> Decision:
    """One decision as typed; raises ValueError saying what is missing or wrong."""
    day = request.form.get(f"day-{milestone_id}", "")
    match request.form.get(f"decision-{milestone_id}") or request.form.get("others"):
        case "done":
            document = request.form.get(f"document-{milestone_id}", "").strip()
            return DoneBefore(read_day(day), document[:300])
        case "new":
            return NewDate(read_day(day))
        case "track":
            return TrackOverdue()
        case _:
            raise ValueError("Hãy chọn: đã hoàn thành, hạn mới hoặc theo dõi quá hạn.")


@bp.route("/<int:plan_id>/delete", methods=["GET", "POST"])
def delete(plan_id: int) -> ResponseReturnValue:
    """Ask, then delete a plan that has not given out any task."""
    plan = find_managed_plan(plan_id)
    if not attempt(lambda: importing.require_draft(plan)):
        return redirect(url_for(".show", plan_id=plan.id))
    if request.method == "GET":
        return render_template("plans/delete.html", plan=plan)
    if attempt(lambda: importing.delete_draft(plan, actor=current_user, now=clock.now())):
        flash("Đã xóa bản nháp của kế hoạch.")
    return redirect(url_for(".index"))
