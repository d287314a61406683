"""The reporting day of standing tasks through the door."""

import io

import pytest

from tracker.deadlines.meaning import Kind

pytestmark = pytest.mark.usefixtures("nine_oclock")


@pytest.fixture
def task(make_assignment):
    """A standing task of the economy department."""
    return make_assignment(due_on=None, kind=Kind.CONTINUOUS, text="Thường xuyên", title="Tuyên truyền")


@pytest.fixture
def make_several(task, make_task, make_assignment, session):
    """A factory of so many standing tasks of the department in the plan, the first being `task`."""

    def make(count):
        standing = {"kind": Kind.CONTINUOUS, "due_on": None, "text": "Thường xuyên"}
        more = [make_task(task.task.plan, helpers=[], **standing) for _ in range(count - 1)]
        found = [task, *(make_assignment(one) for one in more)]
        session.commit()
        return found

    return make


@pytest.fixture
def address(task, session):
    session.flush()
    return f"/standing/{task.task.plan_id}/{task.unit_id}/2026-12-14"


def test_a_line_and_a_file_answer_a_standing_task(browse, cast, task, address):
    client = browse(cast.an)
    assert "Chưa báo cáo kỳ" in client.get(address).text
    fields = {f"text-{task.id}": "Đã phát 12 tin", f"file-{task.id}": (io.BytesIO(b"so lieu"), "Số liệu.txt")}
    page = client.post(address, data=fields, follow_redirects=True).text
    assert "Đã ghi 1 nội dung cho kỳ báo cáo đến 14/12/2026." in page
    assert "Đã phát 12 tin</textarea>" in page
    assert "Đã báo cáo kỳ" in page
    answer = task.standing_answers[0]
    assert client.get(f"/standing/answers/{answer.id}").data == b"so lieu"


def test_sent_again_it_changes_nothing(browse, cast, task, address):
    client = browse(cast.an)
    for words in ("Đã ghi 1 nội dung", "Không có nội dung nào mới."):
        page = client.post(address, data={f"text-{task.id}": "Đã phát 12 tin"}, follow_redirects=True).text
        assert words in page


def test_a_refused_file_keeps_what_was_typed(browse, cast, task, address):
    fields = {f"text-{task.id}": "Đã phát 12 tin", f"file-{task.id}": (io.BytesIO(b"x"), "lạ.exe")}
    page = browse(cast.an).post(address, data=fields).text
    assert "Chưa nhận loại tệp của “lạ.exe”." in page
    assert "Đã phát 12 tin</textarea>" in page
    assert not task.standing_answers


def test_a_refused_file_keeps_its_line_and_the_others_are_stored(browse, cast, make_several, address):
    good, bad, file = make_several(3)
    fields = {
        f"text-{good.id}": "Đã phát 12 tin",
        f"text-{bad.id}": "Đã trực đủ",
        f"file-{bad.id}": (io.BytesIO(b"x"), "lạ.exe"),
        f"file-{file.id}": (io.BytesIO(b"so lieu"), "Số liệu.txt"),
    }
    page = browse(cast.an).post(address, data=fields).text
    assert "Đã ghi 2 nội dung" in page
    assert "1 nhiệm vụ chưa ghi được, hãy sửa rồi gửi lại" in page
    assert f'<a href="#file-{bad.id}">' in page
    assert "Đã trực đủ</textarea>" in page
    assert [len(task.standing_answers) for task in (good, bad, file)] == [1, 0, 1]
    assert "Đã có tệp" in page


def test_a_hundred_long_lines_are_stored_at_once(browse, cast, make_several, address):
    tasks = make_several(100)
    line = "Đã thực hiện đủ. " * 290
    fields = {f"text-{task.id}": line for task in tasks} | {f"was-{task.id}": "" for task in tasks}
    sent = {"data": fields, "content_type": "multipart/form-data"}
    page = browse(cast.an).post(address, **sent, follow_redirects=True).text
    assert "Đã ghi 100 nội dung" in page
    assert {task.standing_answers[0].text for task in tasks} == {line.strip()}


def test_a_line_of_somebody_else_is_not_written_over_by_an_older_page(browse, cast, make_several, address):
    one, other = make_several(2)
    fields = {f"text-{task.id}": "" for task in (one, other)} | {
        f"was-{task.id}": "" for task in (one, other)
    }
    browse(cast.head).post(
        address, data=fields | {f"text-{one.id}": "Đã trực\r\nđủ", f"text-{other.id}": "x"}
    )
    page = browse(cast.an).post(address, data=fields | {f"text-{other.id}": "Bốn buổi"}).text
    assert f"{cast.head.name} vừa ghi lúc" in page
    assert "Bốn buổi</textarea>" in page
    assert "Đã trực\nđủ</textarea>" in page
    assert (one.standing_answers[0].text, other.standing_answers[0].text) == ("Đã trực\nđủ", "x")
    again = {f"text-{other.id}": "Bốn buổi", f"was-{other.id}": "x"}
    assert "Đã ghi 1 nội dung" in browse(cast.an).post(address, data=again, follow_redirects=True).text


def test_what_was_reported_is_not_emptied(browse, cast, task, address):
    client = browse(cast.an)
    client.post(address, data={f"text-{task.id}": "Đã phát 12 tin"})
    emptied = {f"text-{task.id}": "", f"was-{task.id}": "Đã phát 12 tin"}
    assert "Nội dung đã báo cáo không để trống được." in client.post(address, data=emptied).text
    filed = emptied | {f"file-{task.id}": (io.BytesIO(b"so lieu"), "Số liệu.txt")}
    assert "Đã ghi 1 nội dung" in client.post(address, data=filed, follow_redirects=True).text
    assert (task.standing_answers[0].text, task.standing_answers[0].file_name) == ("", "Số liệu.txt")


def test_a_day_that_is_no_reporting_day_is_refused(browse, cast, task, address):
    other = address.replace("12-14", "12-15")
    page = browse(cast.an).post(other, data={f"text-{task.id}": "x"}).text
    assert "15/12/2026 không phải ngày báo cáo của kế hoạch." in page


@pytest.mark.parametrize(
    ("name", "status"),
    [("an", 200), ("head", 200), ("chi", 200), ("binh", 403), ("dung", 403), ("admin", 403), ("giang", 404)],
)
def test_only_the_unit_and_its_monitor_answer(browse, cast, task, address, name, status):
    client = browse(getattr(cast, name))
    assert client.get(address).status_code == status
    assert client.post(address, follow_redirects=True).status_code == status


@pytest.mark.parametrize("tail", ["1/1/not-a-day", "99/1/2026-12-14", "1/99/2026-12-14", "answers/99"])
def test_what_is_not_there_is_not_found(browse, cast, task, tail):
    assert browse(cast.an).get(f"/standing/{tail}").status_code == 404
