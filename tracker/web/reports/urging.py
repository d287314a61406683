"""Letters that urge units to finish: one as .docx, all that are chosen as .zip."""

import io
import zipfile
from collections.abc import Collection
from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.models import Assignment, Unit
from tracker.render.official import OfficialPaper, official_bytes
from tracker.render.urging import Pressing, urging_paper
from tracker.services import choices, urging
from tracker.services.issuing import issuer_of, overseeing_unit
from tracker.services.selections import Selection
from tracker.services.urging import Pressed, Urged
from tracker.web.downloads import attachment
from tracker.web.numbers import row_number
from tracker.web.reports.room import bp, chosen_plan, send_paper
from tracker.web.sessions import current_reach
from tracker.words import date_words, days_words

MOST = 3_000  # assignments that the letters of one file speak of
FEWER = "Hãy chọn ít đơn vị hơn rồi tải lại."
NOT_IN_NAMES = '\\/:*?"<>|'  # what the name of a file must not hold (Windows)


@bp.get("/urging")
def urging_index() -> ResponseReturnValue:
    """The units that have something overdue or due soon, to choose from."""
    return render_template(
        "reports/urging.html",
        found=pressed_units(),
        chosen=_chosen_units(),
        most=MOST,
        plan=chosen_plan(),
        plans=choices.plans_in_sight(current_reach),
        today=clock.today(),
    )


@bp.get("/urging/<int:unit_id>.docx")
def urging_letter(unit_id: int) -> ResponseReturnValue:
    """The letter to one unit; 404 where nothing of it that is in sight presses."""
    for found in _urged([unit_id]):
        return send_paper(_paper(found), f"Công văn đôn đốc {_file_name(found.unit)}")
    return abort(404)


@bp.get("/urging.zip")
def urging_letters() -> ResponseReturnValue:
    """A letter to each chosen unit; to all where none is chosen, as far as one file can hold them."""
    chosen = _chosen_units()
    pressing = [one for one in pressed_units() if not chosen or one.unit.id in chosen]
    if not pressing:
        abort(404)
    lines = sum(one.overdue + one.soon for one in pressing)
    if lines > MOST and len(pressing) > 1:
        flash(f"Các công văn này có {lines} nhiệm vụ, một lần tải được {MOST}. {FEWER}", "error")
        return redirect(url_for(".urging_index", plan=request.args.get("plan"), unit=sorted(chosen)))
    found = _urged([one.unit.id for one in pressing])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, one in enumerate(found, 1):
            name = f"{number:03d} {_file_name(one.unit)}.docx"
            archive.writestr(name, official_bytes(_paper(one), now=clock.now()))
    stream.seek(0)
    return attachment(stream, "application/zip", f"Công văn đôn đốc {clock.today()}.zip")


def _chosen_units() -> set[int]:
    return set(request.args.getlist("unit", type=row_number))


def pressed_units() -> list[Pressed]:
    """The units with something overdue or due soon, of the plan that the address names."""
    return urging.pressed(current_reach, clock.today(), _of_plan())


def _urged(unit_ids: Collection[int]) -> list[Urged]:
    return urging.urged(current_reach, clock.today(), _of_plan(), unit_ids)


def _of_plan() -> Selection:
    plan = chosen_plan()
    return Selection(plan_id=plan.id if plan else None)


def _paper(found: Urged) -> OfficialPaper:
    today = clock.today()
    work = [_pressing(one, today) for one in found.assignments]
    issuer = issuer_of(overseeing_unit(current_reach))
    return urging_paper(found.unit.name, work, issuer, clock.now())


def _pressing(one: Assignment, today: date) -> Pressing:
    return Pressing(
        task=one.task.title,
        plan=one.task.plan.number or one.task.plan.title,
        wording=one.milestone.text or one.task.deadline_text,
        due=date_words(one.due_on) if one.due_on else "",
        days=days_words(one.due_on, today),
        missing=urging.missing_words(one),
        overdue=one.due_on is not None and one.due_on < today,
    )


def _file_name(unit: Unit) -> str:
    return "".join("-" if letter in NOT_IN_NAMES else letter for letter in unit.name)
