"""When a plan reminds: the days of each rule, changed by its monitor, and back to the default."""

import re
from collections.abc import Iterator, Mapping

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import BooleanField, StringField

from tracker import clock
from tracker.models import Plan
from tracker.rules.notices.table import CHANGEABLE, DEFAULT_RULES
from tracker.services import plan_rules
from tracker.web.deeds import attempt
from tracker.web.forms import Form, headers_of
from tracker.web.plans.room import bp, find_managed_plan


class DaysField(StringField):
    """Numbers of days as a person types them: «14, 7, 3»; empty is none."""

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else ", ".join(map(str, self.data or ()))

    def process_formdata(self, values: list[str]) -> None:
        """Raises ValueError, whose sentence stands by the field, for what are no numbers."""
        text = values[0] if values else ""
        self.data: tuple[int, ...] = ()
        if re.search(r"[^\d\s,;]", text) or re.search(r"\d{4}", text):
            raise ValueError("Hãy ghi các số ngày, cách nhau bằng dấu phẩy. Ví dụ: 14, 7, 3.")
        self.data = tuple(map(int, re.findall(r"\d+", text)))


class RulesForm(Form):
    """The days of every rule that a plan can change, or whether it is on."""

    started = BooleanField("Báo ngày đầu kỳ")
    halfway = BooleanField("Báo giữa kỳ")
    approaching = DaysField("Nhắc đơn vị chủ trì")
    helping = DaysField("Nhắc đơn vị phối hợp")
    overdue = DaysField("Đôn đốc đơn vị chủ trì và thủ trưởng")
    escalated = DaysField("Báo lãnh đạo phụ trách và đầu mối theo dõi")
    unreviewed = DaysField("Nhắc đầu mối xác nhận kết quả")
    standing = DaysField("Nhắc báo cáo nhiệm vụ thường xuyên")


@bp.route("/<int:plan_id>/reminders", methods=["GET", "POST"])
def reminders(plan_id: int) -> ResponseReturnValue:
    """The days on which the plan reminds, to be changed."""
    plan = find_managed_plan(plan_id)
    form = RulesForm(data={rule.name: rule.days for rule in plan_rules.changeable_rules(plan)})
    if form.validate_on_submit() and _change_each(plan, form):
        flash("Đã lưu. Các thư từ ngày làm việc tới theo lịch nhắc này.")
        return redirect(url_for(".reminders", plan_id=plan.id))
    page = render_template("plans/reminders.html", plan=plan, form=form, changed=plan.reminder_days)
    return page, headers_of(form.errors)


def _change_each(plan: Plan, form: RulesForm) -> bool:
    """Change the rules as typed; what is out of bounds is said by its field."""
    days = dict(_days(form))
    wrong = {name: sentence for name, wanted in days.items() if (sentence := plan_rules.fault(name, wanted))}
    for name, sentence in wrong.items():
        form[name].errors = [sentence]
    return not wrong and _change(plan, days)


def _change(plan: Plan, days: Mapping[str, tuple[int, ...]]) -> bool:
    return attempt(lambda: plan_rules.change_rules(plan, days, actor=current_user, now=clock.now()))


def _days(form: RulesForm) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each rule with its days; a box that is ticked stands for the default ones."""
    default = {rule.name: rule.days for rule in DEFAULT_RULES}
    for name in CHANGEABLE:
        field = form[name]
        yield name, (default[name] if field.data else ()) if field.type == "BooleanField" else field.data


@bp.post("/<int:plan_id>/reminders/default")
def default_reminders(plan_id: int) -> ResponseReturnValue:
    """Remind as by default again."""
    plan = find_managed_plan(plan_id)
    if _change(plan, {rule.name: rule.days for rule in DEFAULT_RULES if rule.name in CHANGEABLE}):
        flash("Đã trở lại lịch nhắc mặc định.")
    return redirect(url_for(".reminders", plan_id=plan.id))
