"""The page «Lịch»: an address is made, shown once, replaced and taken back by its owner alone."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine

from tracker.clock import HANOI
from tracker.grants import reach_of
from tracker.models import Feed, FeedScope
from tracker.services import feeding
from tracker.services.feeding import Subject

NINE = datetime(2026, 6, 18, 9, tzinfo=HANOI)
ADDRESS = re.compile(r"http://127\.0\.0\.1:5000(/feeds/[\w-]{43}\.ics[^\"]*)")


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NINE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def an(cast, log_in, session, make_assignment):
    """An's browser; An's unit has one deadline."""
    make_assignment()
    session.commit()
    return log_in(cast.an)


def create(browser, subject="person", **words):
    return browser.post("/feeds/new", data={"name": "Điện thoại", "subject": subject} | words)


def shown(answer):
    return ADDRESS.search(answer.text)[1].replace("&amp;", "&")


def test_an_empty_page_says_what_to_do(an):
    page = an.get("/feeds/").text
    assert "Chưa có lịch nào." in page
    assert "Tạo địa chỉ lịch" in page
    assert "Cách thêm vào lịch" in page


def test_a_new_address_is_shown_once_in_every_form(an, app):
    answer = create(an)
    address = shown(answer)
    assert app.test_client().get(address).status_code == 200
    assert f'href="webcal://127.0.0.1:5000{address}"' in answer.text
    assert '<svg viewBox="0 0 ' in answer.text
    assert 'class="qr"' in answer.text
    assert "style=" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert address not in an.get("/feeds/").text
    assert address[7:50] not in str(answer.headers), "the token goes into no cookie"


def test_the_list_says_what_each_shows_and_who_fetched_it_when(an, app, morning, session):
    address = shown(create(an))
    assert "Chưa ứng dụng nào lấy" in an.get("/feeds/").text
    app.test_client().get(address, headers={"User-Agent": "Thunderbird/128"})
    morning.move_to(NINE + timedelta(hours=2))
    page = an.get("/feeds/").text
    assert re.search("Nhiệm vụ cá nhân phụ trách, <[^>]+>1 thời hạn", page)
    assert re.search(r"Thunderbird, 2 giờ trước\s+<span[^>]*>\(18/6/2026 09:00\)", page)
    assert "tone-done" in page
    session.query(Feed).one().fetched_at = NINE - timedelta(days=8)
    session.commit()
    assert "tone-soon" in an.get("/feeds/").text


def test_thirty_addresses_of_different_things_ask_as_often_as_one(
    cast, log_in, session, make_plan, make_assignment, count_queries
):
    make_assignment()
    browser = log_in(cast.dung)

    def give_out(number):
        plan = make_plan(number=f"{number}/KH-UBND")
        unit = cast.unit(f"Tổ {number}", cast.commune)
        session.flush()
        for about in (Subject(FeedScope.PLAN, plan=plan), Subject(FeedScope.UNIT, unit=unit)):
            feeding.create_feed(reach_of(cast.dung), f"Máy {number}", about, now=NINE)
        session.commit()

    def asked():
        session.expire_all()
        with count_queries() as sent:
            page = browser.get("/feeds/").text
        return page.count("Thu hồi:"), len(sent)

    give_out(1)
    two, queries = asked()
    for number in range(2, 16):
        give_out(number)
    assert asked() == (two + 28, queries)


def test_wishes_stand_in_the_address(an):
    answer = create(an, brief="y", done="y", alarms="y")
    assert shown(answer).endswith(".ics?alarm=7,1&brief=1&done=1")


def test_what_is_offered_is_what_the_person_may_see(cast, an, log_in, make_plan, session):
    plan = make_plan(number="99/KH-UBND")
    session.commit()
    chi, an_sees = log_in(cast.chi).get("/feeds/new").text, an.get("/feeds/new").text
    assert "Kế hoạch 99/KH-UBND" in chi
    assert "Kế hoạch 99/KH-UBND" not in an_sees
    assert f'value="unit-{cast.culture.id}"' in chi
    assert f'value="unit-{cast.culture.id}"' not in an_sees
    for subject in (f"unit-{cast.culture.id}", f"plan-{plan.id}", "unit-999", "everything"):
        assert (
            "không có trong danh sách" in create(an, subject).text or "Hãy chọn" in create(an, subject).text
        )
    assert session.query(Feed).count() == 0


def test_a_feed_of_a_unit_is_made(cast, an, app):
    address = shown(create(an, f"unit-{cast.economy.id}"))
    assert b"BEGIN:VEVENT" in app.test_client().get(address).data


def test_a_nameless_calendar_is_refused_with_the_choice_kept(an):
    answer = create(an, "overdue", name="")
    assert "Hãy đặt tên cho lịch." in answer.text
    assert 'selected value="overdue"' in answer.text


def test_too_many_addresses_are_refused_in_words(an, monkeypatch):
    monkeypatch.setattr(feeding, "MOST_FEEDS", 1)
    create(an)
    assert "Hãy thu hồi địa chỉ không dùng nữa." in create(an).text


def test_taking_back_asks_first_and_then_closes_the_address(an, app, session):
    address, [feed] = shown(create(an)), session.query(Feed).all()
    question = an.get(f"/feeds/{feed.id}/revoke").text
    assert "Thu hồi lịch “Điện thoại”?" in question
    assert app.test_client().get(address).status_code == 200, "asking does nothing"
    answer = an.post(f"/feeds/{feed.id}/revoke", follow_redirects=True)
    assert "Đã thu hồi lịch “Điện thoại”." in answer.text
    assert app.test_client().get(address).status_code == 404
    assert an.post(f"/feeds/{feed.id}/revoke").status_code == 404


def test_replacing_asks_first_and_shows_the_new_address_once(an, app, session):
    old, [feed] = shown(create(an)), session.query(Feed).all()
    assert "Địa chỉ cũ ngừng ngay." in an.get(f"/feeds/{feed.id}/replace").text
    new = shown(an.post(f"/feeds/{feed.id}/replace"))
    assert new != old
    assert app.test_client().get(old).status_code == 404
    assert app.test_client().get(new).status_code == 200


@pytest.mark.parametrize("deed", ["revoke", "replace"])
def test_nobody_touches_the_address_of_another(an, cast, log_in, session, deed):
    create(an)
    [feed] = session.query(Feed).all()
    before = feed.token_hash
    for other in (cast.head, cast.chi, cast.admin, cast.giang):
        browser = log_in(other)
        assert browser.get(f"/feeds/{feed.id}/{deed}").status_code == 404
        assert browser.post(f"/feeds/{feed.id}/{deed}").status_code == 404
        assert "Điện thoại" not in browser.get("/feeds/").text
    session.refresh(feed)
    assert (feed.token_hash, feed.revoked_at) == (before, None)


@pytest.mark.parametrize("path", ["/feeds/", "/feeds/new", "/feeds/1/revoke", "/feeds/1/replace"])
def test_the_page_needs_a_log_in(app, path):
    assert app.test_client().get(path).status_code == 302
