"""Indicators on pages: a unit reports its own, the plan's overseers see all, nobody else anything."""

import io
import re
from datetime import UTC, datetime
from html import unescape

import pytest

from tracker.models import Indicator, IndicatorReport, IndicatorTarget

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def indicator(cast, make_plan, session):
    indicator = Indicator(plan=make_plan(), position=1, name="Tỷ lệ hồ sơ trực tuyến", measure="%")
    for unit in (cast.economy, cast.culture):
        for period, given, target in (("2025", 55.5, None), ("2026", None, 60)):
            indicator.targets.append(IndicatorTarget(unit=unit, period=period, given=given, target=target))
    exempt = IndicatorTarget(unit=cast.office, period="2026", exempt=True, note="Không có TTHC")
    indicator.targets.append(exempt)
    session.add(indicator)
    session.commit()
    return indicator


@pytest.fixture
def mine(indicator, cast):
    [found] = [t for t in indicator.targets if (t.unit, t.period) == (cast.economy, "2026")]
    return f"/indicators/targets/{found.id}"


def test_a_unit_finds_and_reports_its_own(cast, mine, log_in, session):
    an = log_in(cast.an)
    assert "Tỷ lệ hồ sơ trực tuyến" in an.get("/indicators/").text
    data = {
        "value": "61,5",
        "note": "Theo Cổng dịch vụ công",
        "file": (io.BytesIO(b"bang ke"), "bảng kê.txt"),
    }
    assert an.post(mine, data=data).location == mine
    page = an.get(mine).text
    assert "61,5\u00a0%" in page
    assert "Theo Cổng dịch vụ công" in page
    assert "bảng kê.txt" in page
    [said] = session.query(IndicatorReport)
    answer = an.get(f"/indicators/reports/{said.id}/file")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert not said.on_behalf


@pytest.mark.parametrize("value", ["", "nhiều", "97.123"])
def test_what_is_no_figure_is_said_by_the_field_and_stays_typed(cast, mine, log_in, session, value):
    answer = log_in(cast.an).post(mine, data={"value": value, "note": "giữ lại"})
    assert answer.status_code == 200
    assert "giữ lại" in answer.text
    assert f'value="{value}"' in answer.text
    assert session.query(IndicatorReport).count() == 0


def test_the_monitor_reports_on_behalf_and_is_recorded_as_such(cast, mine, log_in, session):
    log_in(cast.chi).post(mine, data={"value": "60"})
    assert session.query(IndicatorReport).one().on_behalf
    assert "báo cáo thay" in log_in(cast.chi).get(mine).text


def test_the_list_of_an_indicator_is_filtered_by_its_address(cast, indicator, mine, log_in):
    log_in(cast.an).post(mine, data={"value": "61"})
    dung = log_in(cast.dung)
    page = dung.get(f"/indicators/{indicator.id}").text
    assert page.count("/indicators/targets/") == 3
    assert "Không phải thực hiện" in page
    met = dung.get(f"/indicators/{indicator.id}?outcome=met").text
    assert "Phòng Kinh tế" in met
    assert "Phòng Văn hóa" not in met
    found = dung.get(f"/indicators/{indicator.id}?q=van hoa").text
    assert "Phòng Văn hóa" in found
    assert "Phòng Kinh tế" not in found


LINK = re.compile(r'<a href="(/indicators/\d+\?[^"]*)" aria-label="(\d+), ')


def test_every_count_of_a_plan_is_the_number_of_rows_at_its_link(cast, indicator, mine, log_in):
    log_in(cast.an).post(mine, data={"value": "61"})
    dung = log_in(cast.dung)
    counted = LINK.findall(dung.get(f"/indicators/plans/{indicator.plan_id}").text)
    assert [int(count) for _, count in counted] == [1, 1, 2, 1]
    for href, count in counted:
        assert dung.get(unescape(href)).text.count('href="/indicators/targets/') == int(count), href


def test_a_list_begins_with_the_latest_period_that_has_begun(cast, indicator, log_in, session):
    indicator.targets.append(IndicatorTarget(unit=cast.economy, period="2100", target=99))
    session.commit()
    page = log_in(cast.dung).get(f"/indicators/{indicator.id}").text
    assert "Kỳ 2026:" in page
    assert "<option>2100</option>" in page
    every = log_in(cast.dung).get(f"/indicators/{indicator.id}?period=").text
    assert "Mọi kỳ:" in every
    assert every.count('href="/indicators/targets/') == 6


def test_a_leader_finds_the_indicators_of_the_plans_in_sight(cast, indicator, log_in):
    address = f'href="/indicators/plans/{indicator.plan_id}"'
    page = log_in(cast.dung).get("/indicators/").text
    assert address in page
    assert "Chưa có chỉ tiêu nào" not in page
    assert address not in log_in(cast.giang).get("/indicators/").text
    assert "Chưa có chỉ tiêu nào" in log_in(cast.giang).get("/indicators/").text


def test_the_plan_leads_to_its_indicators(cast, indicator, log_in):
    chi = log_in(cast.chi)
    address = f"/indicators/plans/{indicator.plan_id}"
    assert address in chi.get(f"/plans/{indicator.plan_id}").text
    assert "Tỷ lệ hồ sơ trực tuyến" in chi.get(address).text


def test_nobody_else_sees_anything(cast, indicator, mine, log_in):
    giang = log_in(cast.giang)
    for address in (mine, f"/indicators/{indicator.id}", f"/indicators/plans/{indicator.plan_id}"):
        assert giang.get(address).status_code == 404
    assert "Tỷ lệ hồ sơ" not in giang.get("/indicators/").text
    assert log_in(cast.binh).get(mine).status_code == 404
    assert log_in(cast.dung).post(mine, data={"value": "1"}).status_code == 403
