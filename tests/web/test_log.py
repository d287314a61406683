"""The log of deeds on a page: for administrators, in words, newest first, narrowed by its address."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.services import accounts, auditing, managing

NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)


@pytest.fixture
def deeds(cast, make_assignment, session):
    """The economy's date is mended and the work handed on; the next day the service does something itself."""
    assignment = make_assignment(helpers=[])
    managing.correct(assignment, date(2026, 3, 31), "Đọc nhầm quý.", actor=cast.chi, now=NOW)
    managing.reassign(assignment, cast.culture, "Đúng chức năng.", actor=cast.chi, now=NOW)
    auditing.record(
        None, "assign", assignment, now=NOW + timedelta(days=1), after={"due_on": date(2026, 7, 1)}
    )
    session.commit()
    return assignment


def test_an_administrator_reads_who_did_what_to_what_in_words(cast, deeds, log_in):
    answer = log_in(cast.admin).get("/log/")
    page = answer.text
    assert answer.status_code == 200
    assert page.index("<b>Giao nhiệm vụ</b>") < page.index("<b>Chuyển đơn vị chủ trì</b>")
    assert page.index("<b>Chuyển đơn vị chủ trì</b>") < page.index("<b>Đính chính hạn</b>")
    for words in ("Phạm Thị Chi", "Hệ thống", "Hạn cuối: 30/6/2026 → 31/3/2026", "Lý do: Đọc nhầm quý."):
        assert words in page
    assert "Đơn vị: Phòng Kinh tế → Phòng Văn hóa - Xã hội" in page
    assert f'<a href="/assignments/{deeds.id}/">Niêm yết công khai thủ tục hành chính</a>' in page


@pytest.mark.parametrize(
    ("address", "there", "away"),
    [
        ("?q=pham thi", ["Chuyển đơn vị chủ trì", "Đính chính hạn"], ["Giao nhiệm vụ"]),
        ("?verb=correct", ["Đính chính hạn"], ["Chuyển đơn vị chủ trì", "Giao nhiệm vụ"]),
        ("?since=19/6/2026", ["Giao nhiệm vụ"], ["Đính chính hạn"]),
        ("?until=18/6/2026", ["Đính chính hạn"], ["Giao nhiệm vụ"]),
        ("?thing=user", [], ["Đính chính hạn", "Giao nhiệm vụ"]),
        ("?thing=assignment&number=0", [], ["Đính chính hạn"]),
    ],
)
def test_it_is_narrowed_by_its_address(cast, deeds, log_in, address, there, away):
    answer = log_in(cast.admin).get(f"/log/{address}")
    page = answer.text
    assert answer.status_code == 200
    assert all(f"<b>{words}</b>" in page for words in there)
    assert not any(f"<b>{words}</b>" in page for words in away)
    assert "Bỏ lọc" in page


@pytest.mark.parametrize("number", ["-1", "0", "1", "2", "999999999999"])
def test_a_page_that_is_not_there_is_the_nearest_that_is(cast, deeds, log_in, number):
    page = log_in(cast.admin).get(f"/log/?page={number}").text
    assert "Đính chính hạn" in page
    assert "Chưa có việc nào" not in page


def test_a_day_that_is_none_is_said_and_kept(cast, deeds, log_in):
    answer = log_in(cast.admin).get("/log/?since=31/6/2026")
    assert "X-Refused" in answer.headers and "Tháng 6 có 30 ngày." in answer.text
    assert 'value="31/6/2026"' in answer.text


def test_nothing_that_matches_leads_back(cast, deeds, log_in):
    assert "Không có việc nào khớp." in log_in(cast.admin).get("/log/?q=zzz").text


@pytest.mark.parametrize("name", ["an", "chi", "dung", "giang"])
def test_nobody_else_finds_it(cast, deeds, log_in, name):
    assert log_in(getattr(cast, name)).get("/log/").status_code == 404


def test_thirty_entries_ask_the_database_as_often_as_one(cast, log_in, session, count_queries):
    accounts.change_user(cast.an, name="An", email=None, actor=cast.admin, now=NOW)
    auditing.record(cast.admin, "change_unit", cast.economy, now=NOW)
    session.commit()
    browser = log_in(cast.admin)

    def ask():
        session.expire_all()
        with count_queries() as sent:
            browser.get("/log/")
        return len(sent)

    few = ask()
    for number in range(30):
        person = cast.person(f"p{number}", f"Người {number}")
        auditing.record(person, "set_password", person, now=NOW)
        auditing.record(person, "change_unit", cast.unit(f"Thôn {number}"), now=NOW)
    session.commit()
    assert ask() == few
