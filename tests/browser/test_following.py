"""Indicators, later issues of a plan, its reminders, the choice of letters in Chromium: readable by all."""

import pytest

from tracker import clock
from tracker.models import Indicator, IndicatorTarget
from tracker.services import answering, importing, letter_choices, publishing, readings

pytestmark = pytest.mark.browser

OLD = "1\tTập huấn kỹ năng số\tPhòng Kinh tế\t\t30/11/2099\tBáo cáo"
NEW = f"{OLD.replace('30/11', '31/12')}\n2\tLắp đặt camera\tVăn phòng HĐND và UBND\t\t31/12/2099\tBiên bản"


@pytest.fixture
def filled(app, cast, make_import, plan_text, session):
    """A plan given out, a later issue of it under review, indicators in every state, a long reading."""
    now, today = clock.now(), clock.today()
    plan = importing.accept(make_import(plan_text(OLD)), actor=cast.chi, now=now, today=today)
    publishing.publish(plan, {}, actor=cast.chi, now=now, today=today)
    again = make_import(plan_text(NEW))
    answering.agree_new_issue(again, plan, actor=cast.chi, now=now)
    indicator = Indicator(plan=plan, position=1, name="Tỷ lệ hồ sơ trực tuyến", measure="%")
    for unit, given in ((cast.economy, 61.5), (cast.culture, 12)):
        for period in ("2025", "2026"):
            indicator.targets.append(IndicatorTarget(unit=unit, period=period, target=60, given=given))
    indicator.targets.append(
        IndicatorTarget(unit=cast.office, period="2026", exempt=True, note="Không có TTHC")
    )
    session.add(indicator)
    reading = readings.begin("Kế hoạch dài.pdf", actor=cast.chi, now=now)
    readings.tell(reading, 36, 100, now=now)
    session.commit()
    token = letter_choices.sign(cast.an.id, cast.an.email, app.config["SECRET_KEY"])
    return {
        "plan": plan.id,
        "again": again.id,
        "indicator": indicator.id,
        "target": indicator.targets[0].id,
        "reading": reading.id,
        "token": token,
    }


PAGES = {
    "a unit's indicators": ("an", "/indicators/"),
    "the indicators of a plan": ("chi", "/indicators/plans/{plan}"),
    "one indicator": ("chi", "/indicators/{indicator}"),
    "one target": ("an", "/indicators/targets/{target}"),
    "two issues side by side": ("chi", "/plans/imports/{again}/compare"),
    "the plan by quarters": ("chi", "/plans/{plan}"),
    "its reminders": ("chi", "/plans/{plan}/reminders"),
    "a long reading": ("chi", "/plans/readings/{reading}"),
    "the choice of letters": ("an", "/account/letters/{token}"),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_can_be_read_by_all(name, read_by_all, enter, cast, filled):
    person, address = PAGES[name]
    read_by_all(lambda: enter(getattr(cast, person), address.format(**filled)))
