"""Whom the phrases of a document name: one at a time, or all that are unknown in one step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from tracker import clock
from tracker.access import may_keep_units
from tracker.db import db
from tracker.models import PlanImport, Unit, UnitGroup
from tracker.plans.answers import PhraseAnswer
from tracker.plans.corrected import context_of
from tracker.plans.doubts import about_phrase
from tracker.plans.matching import body_of
from tracker.plans.naming import Directory, names_several, other_writings
from tracker.services import answering
from tracker.services.checking import Check, check
from tracker.services.parents import below
from tracker.services.refusals import Refused
from tracker.web.deeds import attempt
from tracker.web.plans.parents import Parents, parents_for
from tracker.web.plans.review import Slip, answered, page, target_choices, version_seen
from tracker.web.plans.room import bp, find_import
from tracker.web.sessions import current_reach
from tracker.words import fold

UNDER = "under"  # chosen for a unit that stands below another one of the document


@bp.get("/imports/<int:import_id>/phrase")
def phrase(import_id: int) -> ResponseReturnValue:
    """One phrase by itself, to be answered again."""
    plan_import = find_import(import_id)
    checked = check(plan_import, clock.today())
    who = checked.named.get(request.args.get("phrase", "")) or abort(404)
    figure = next((one for one in checked.indicators if one.unit == who.phrase), None)
    return render_template(
        "plans/phrase.html",
        plan_import=plan_import,
        checked=checked,
        doubt=about_phrase(checked.corrected, who, figure),
        who=who,
        choices=target_choices(checked),
        context=context_of(checked.corrected.heading),
        parents=parents_for(plan_import),
        slip=None,
    )


@bp.post("/imports/<int:import_id>/phrase")
def answer_phrase(import_id: int) -> ResponseReturnValue:
    """Take a phrase for a unit or group, for a new one, for nobody in particular, or leave it out."""
    plan_import = find_import(import_id)
    text = request.form.get("phrase", "")
    checked = check(plan_import, clock.today())
    if text not in checked.named:
        abort(404)
    match request.form.get("deed"):
        case "new_unit":
            return _create(plan_import, new_units={text: _parent(plan_import, text)})
        case "new_group":
            return _create(plan_import, new_groups=[text])
        case "open":
            said = PhraseAnswer(open=True)
        case "drop":
            said = PhraseAnswer(dropped=True)
        case _:
            said = _targets(request.form.getlist("target"), checked.directory)
    return answered(lambda: _answer(plan_import, text, said), plan_import)


def _targets(chosen: list[str], directory: Directory) -> PhraseAnswer:
    """«u12», «g3» -> the unit 12 and the group 3, where they are among those nearby."""
    return PhraseAnswer(
        units=tuple(unit for unit in sorted(directory.near) if f"u{unit}" in chosen),
        groups=tuple(group for group in directory.groups if f"g{group}" in chosen),
    )


def _answer(plan_import: PlanImport, text: str, said: PhraseAnswer) -> None:
    if said == PhraseAnswer():
        raise Refused("Hãy chọn một đơn vị hoặc nhóm.")
    answering.answer_phrase(plan_import, text, said, seen=version_seen(), actor=current_user, now=clock.now())


def _create(
    plan_import: PlanImport, *, new_units: Mapping[str, Unit] | None = None, new_groups: Iterable[str] = ()
) -> ResponseReturnValue:
    deed = partial(
        answering.create_units,
        plan_import,
        new_units=new_units,
        new_groups=new_groups,
        seen=version_seen(),
    )
    return answered(lambda: deed(actor=current_user, now=clock.now()), plan_import)


def _parent(plan_import: PlanImport, phrase: str) -> Unit:
    """The unit that the new one is put under: the one chosen, else where its name says it belongs."""
    parents = parents_for(plan_import)
    return parents.find(request.form.get("parent", parents.likely(phrase), type=int))


@dataclass(frozen=True, slots=True)
class Unknown:
    """A phrase that names nobody known, what it most likely is, and the units it may be put under.

    `name` is what it is called then: «Sở Y tế» for «Giám đốc Sở Y tế». `under` is the phrase it stands below
    in the document, where that names nobody known either; `same` the one that it is another writing of,
    and is taken for once that one is a unit.
    """

    phrase: str
    name: str
    kind: str
    parents: list[tuple[int, str]]
    under: str = ""
    same: str = ""


def _unknown(checked: Check, parents: Parents) -> list[Unknown]:
    """The phrases that name nobody known; a commune of a table of indicators stands below its district."""
    phrases = [who.phrase for who in checked.unknown]
    alone = {text for text in phrases if not names_several(text)}
    under, same = below(checked), other_writings(text for text in phrases if text in alone)
    first = {
        fold(text): text for text in reversed(phrases)
    }  # of «Ba Tơ», «Ba To» the second is asked for later

    def kind(text: str) -> str:
        if first[fold(text)] != text:
            return ""
        return "same" if text in same else "unit" if text in alone else "group"

    return [
        Unknown(
            text, body_of(text), kind(text), parents.nearby(text), under.get(text, ""), same.get(text, "")
        )
        for text in phrases
    ]


def _below(one: Unknown, made: Mapping[str, str], parents: Parents) -> Unit | str:
    """What the new unit is put under: one made in the same step, the unit chosen, or the likely one."""
    chosen = made[one.phrase]
    if chosen == UNDER and one.under in made:
        return one.under
    return parents.find(int(chosen) if chosen.isdecimal() else parents.likely(one.phrase))


@bp.route("/imports/<int:import_id>/units", methods=["GET", "POST"])
def unknown_units(import_id: int) -> ResponseReturnValue:
    """Every phrase that names nobody known, to be made a unit, a group, or left as text, in one step."""
    plan_import = find_import(import_id)
    parents = parents_for(plan_import)
    unknown = _unknown(check(plan_import, clock.today()), parents)
    if request.method == "GET":
        return render_template("plans/units.html", plan_import=plan_import, unknown=unknown)
    form = [request.form.getlist(name) for name in ("phrase", "kind", "parent")]
    said = {phrase: (kind, parent) for phrase, kind, parent in zip_longest(*form, fillvalue="")}
    chosen = [(one, *said[one.phrase]) for one in unknown if one.phrase in said]
    made = {one.phrase: parent for one, kind, parent in chosen if kind == "unit"}
    new_units = {one.phrase: _below(one, made, parents) for one, _, _ in chosen if one.phrase in made}
    new_groups = [one.phrase for one, kind, _ in chosen if kind == "group"]
    open_phrases = [one.phrase for one, kind, _ in chosen if kind == "open"]
    deed = partial(answering.create_units, plan_import, new_units=new_units, new_groups=new_groups)
    if attempt(lambda: deed(open_phrases=open_phrases, actor=current_user, now=clock.now())):
        flash(_what_was_made(len(new_units), len(new_groups)))
    return redirect(url_for(".review", import_id=plan_import.id, _anchor="doubts"))


def _what_was_made(new_units: int, new_groups: int) -> str:
    made = [f"{count} {noun}" for count, noun in ((new_units, "đơn vị"), (new_groups, "nhóm")) if count]
    return f"Đã thêm {', '.join(made)}." if made else "Đã lưu."


@bp.post("/imports/<int:import_id>/groups/<int:group_id>")
def fill_group(import_id: int, group_id: int) -> ResponseReturnValue:
    """Say who belongs to a group without members that a phrase names."""
    plan_import = find_import(import_id)
    group = db.session.get(UnitGroup, group_id)
    if group is None or not may_keep_units(current_reach, group.keeper_id):
        abort(404)
    chosen = request.form.getlist("unit", type=int)
    near = check(plan_import, clock.today()).directory.near
    members = list(db.session.scalars(select(Unit).where(Unit.id.in_(near.intersection(chosen)))))
    if not members:
        return page(plan_import, Slip(f"g{group_id}", "", "Hãy chọn ít nhất một đơn vị."))
    return answered(
        lambda: answering.fill_group(
            plan_import, group, members, actor=current_user, now=clock.now(), today=clock.today()
        ),
        plan_import,
    )
