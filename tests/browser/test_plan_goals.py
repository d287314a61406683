"""The comparison of a corrected plan in Chromium: its indicators are read by all, beside its tasks."""

import pytest
from playwright.sync_api import expect

from tests.samples import GOALS_HEAD
from tracker.services import answering, importing, publishing

pytestmark = pytest.mark.browser

TASK = "1\tTập huấn kỹ năng số\tPhòng Kinh tế\t\t{}\tBáo cáo\n"
GOALS = (
    GOALS_HEAD
    + """\
1\tPhòng Kinh tế\t55,5\t{}
2\tPhòng Văn hóa - Xã hội\t{}
"""
)


def test_everybody_can_read_what_a_corrected_plan_changes(
    read_by_all, enter, cast, make_import, plan_text, session, page
):
    now = cast.chi.created_at
    first = make_import(plan_text(TASK.format("30/11/2099")) + GOALS.format(60, "70\t65").encode())
    plan = importing.accept(first, actor=cast.chi, now=now, today=now.date())
    publishing.publish(plan, {}, actor=cast.chi, now=now, today=now.date())
    text = plan_text(TASK.format("31/12/2099"), issued="ngày 01 tháng 7 năm 2026")
    second = make_import(text + GOALS.format(75, "70\t").encode())
    answering.agree_new_issue(second, plan, actor=cast.chi, now=now)
    session.commit()
    read_by_all(lambda: enter(cast.chi, f"/plans/imports/{second.id}/compare"))
    expect(page.get_by_role("region", name="Chỉ tiêu")).to_contain_text("Không còn nêu")
