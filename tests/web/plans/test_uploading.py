"""A document is read beside the pages: a quick one at once, a long one page by page, for its uploader."""

import io
import time
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tracker import clock
from tracker.models import PlanImport, PlanReading
from tracker.services import readings
from tracker.web.plans import uploading

TABLE = "1\tTập huấn kỹ năng số\tPhòng Kinh tế\t\t31/12/2099\tBáo cáo"


@pytest.fixture
def chi(cast, session, log_in):
    session.commit()
    return log_in(cast.chi)


@pytest.fixture
def put(chi, cast, plan_text):
    """Upload a plan as Chi and get the answer."""

    def put(content=None, name="kế hoạch.txt"):
        data = {"file": (io.BytesIO(content or plan_text(TABLE)), name), "unit": cast.commune.id}
        return chi.post("/plans/imports", data=data)

    return put


@pytest.fixture
def impatient(monkeypatch, put):
    """Nobody waits at all before the page of the progress is shown, and no reading begins before it is."""
    monkeypatch.setattr(uploading, "PATIENCE", 0)

    def put_while_busy(*document):
        places = [uploading.AT_ONCE.acquire() for _ in range(2)]
        try:
            return put(*document)
        finally:
            uploading.AT_ONCE.release(len(places))

    return put_while_busy


def follow(browser, address, session):
    """Ask a page again, as a browser told to refresh does, until it leads elsewhere."""
    for _ in range(200):
        session.rollback()  # each request of a browser sees the database anew
        answer = browser.get(address)
        if answer.status_code == 302:
            return answer
        assert answer.headers["Refresh"] == "2"
        time.sleep(0.1)
    raise AssertionError("the reading never ended")


def test_a_quick_document_leads_to_its_check_at_once(put, session):
    answer = put()
    [found] = session.query(PlanImport)
    assert answer.location == f"/plans/imports/{found.id}"


def test_a_long_one_shows_its_page_until_it_is_read(chi, impatient, session):
    address = impatient().location
    assert address.startswith("/plans/readings/")
    answer = follow(chi, address, session)
    session.rollback()
    [found] = session.query(PlanImport)
    assert answer.location == f"/plans/imports/{found.id}"
    assert impatient().location.startswith("/plans/readings/")


def test_a_refusal_ends_on_the_list_with_its_sentence_and_leaves_nothing(chi, impatient, session):
    answer = follow(chi, impatient(b"MZ\x90\x00\x03\x00\x00\x00\xff\xff", "virus.exe").location, session)
    assert answer.location == "/plans/"
    assert "virus.exe: " in chi.get("/plans/").text
    session.rollback()
    assert session.query(PlanImport).count() == 0


def test_the_page_says_which_page_is_read(chi, cast, session):
    reading = readings.begin("Kế hoạch dài.pdf", actor=cast.chi, now=clock.now())
    readings.tell(reading, 36, 100, now=clock.now())
    session.commit()
    page = chi.get(f"/plans/readings/{reading.id}").text
    assert "Kế hoạch dài.pdf" in page
    assert "Đang đọc trang 37/100." in page


def test_a_reader_that_died_with_its_server_is_said_to_have(chi, cast, session):
    long_ago = clock.now() - timedelta(minutes=6)
    reading = readings.begin("Kế hoạch.pdf", actor=cast.chi, now=long_ago)
    session.commit()
    assert chi.get(f"/plans/readings/{reading.id}").location == "/plans/"
    assert "Việc đọc bị gián đoạn" in chi.get("/plans/").text


@pytest.mark.parametrize("name", ["an", "giang", "dung"])
def test_nobody_else_sees_what_is_being_read(cast, session, log_in, name):
    reading = readings.begin("Kế hoạch.pdf", actor=cast.chi, now=clock.now())
    session.commit()
    assert log_in(getattr(cast, name)).get(f"/plans/readings/{reading.id}").status_code == 404


def test_readings_of_yesterday_are_forgotten(cast, session):
    readings.begin("cũ.pdf", actor=cast.chi, now=clock.now() - timedelta(days=2))
    readings.begin("mới.pdf", actor=cast.chi, now=clock.now())
    assert [reading.file_name for reading in session.query(PlanReading)] == ["mới.pdf"]


def often(examples):
    """So many changes of one document; they all go to the same office."""
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    cuts = st.tuples(st.integers(0, 3000), st.integers(0, 400), st.binary(max_size=40))
    return lambda test: settings(max_examples=examples, deadline=None, suppress_health_check=checks)(
        given(cut=cuts, name=st.sampled_from(("a.txt", "a.html", "a.docx", "a.pdf")))(test)
    )


def put_changed(cut, name, tools):
    """Upload the plan with a run of its bytes replaced: it is stored whole, or not at all."""
    put, plan_text, session, app, tmp_path = tools
    at, length, instead = cut
    text = plan_text(TABLE)
    content = text[:at] + instead + text[at + length :]
    answer = put(content, name)
    session.rollback()
    stored = session.scalar(select(func.count()).select_from(PlanImport))
    kept = [path for path in app.extensions["file_store"].folder.rglob("*") if path.is_file()]
    assert answer.status_code == 302
    assert answer.location == "/plans/" or answer.location.startswith("/plans/imports/")
    assert len(kept) == stored
    assert list(tmp_path.glob("tracker-room-*")) == []


@pytest.fixture
def tools(put, plan_text, session, app, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(uploading, "PATIENCE", 120)  # each upload leads to its end
    return put, plan_text, session, app, tmp_path


@often(25)
def test_a_changed_document_is_stored_whole_or_not_at_all(tools, cut, name):
    put_changed(cut, name, tools)


@pytest.mark.slow
@often(500)
def test_a_changed_document_is_stored_whole_or_not_at_all_however_often(tools, cut, name):
    put_changed(cut, name, tools)
