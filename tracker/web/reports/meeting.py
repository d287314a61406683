"""The list a meeting goes through: a page to print and the same as .docx."""

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.render.urging import meeting_paper
from tracker.services import choices, urging
from tracker.services.issuing import issuer_of, overseeing_unit
from tracker.services.selections import Selection
from tracker.services.urging import Urged
from tracker.web.reports.room import bp, chosen_plan, send_paper
from tracker.web.sessions import current_reach
from tracker.words import date_words

MOST = 300  # assignments on the page; the paper has more
MOST_OF_PAPER = 1_000


@bp.get("/meeting")
def meeting() -> ResponseReturnValue:
    """What the meeting speaks of, by unit, with room for what is concluded."""
    found = agenda_units(most=MOST)
    return render_template(
        "reports/meeting.html",
        found=found,
        shown=sum(len(one.assignments) for one in found),
        total=agenda_length(),
        most_of_paper=MOST_OF_PAPER,
        plan=chosen_plan(),
        plans=choices.plans_in_sight(current_reach),
        today=clock.today(),
        how_it_stands=urging.how_it_stands,
    )


@bp.get("/meeting.docx")
def meeting_document() -> ResponseReturnValue:
    """The same as a paper."""
    today = clock.today()
    units = [
        (
            found.unit.name,
            [
                (
                    one.task.title,
                    date_words(one.due_on) if one.due_on else "",
                    urging.how_it_stands(one, today),
                )
                for one in found.assignments
            ],
        )
        for found in agenda_units(most=MOST_OF_PAPER)
    ]
    issuer = issuer_of(overseeing_unit(current_reach))
    return send_paper(meeting_paper(units, issuer, clock.now(), total=agenda_length()), "Danh mục họp")


def agenda_length() -> int:
    """How many assignments there are to speak of, of the plan that the address names."""
    return urging.agenda_length(current_reach, clock.today(), _of_plan())


def agenda_units(*, most: int) -> list[Urged]:
    """What the meeting speaks of, of the plan that the address names, by unit; no more than `most` of it."""
    return urging.agenda(current_reach, clock.today(), _of_plan(), most=most)


def _of_plan() -> Selection:
    plan = chosen_plan()
    return Selection(plan_id=plan.id if plan else None)
