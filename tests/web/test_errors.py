import pytest
from flask import abort
from sqlalchemy.orm.exc import StaleDataError

JSON = {"Accept": "application/json"}


@pytest.fixture
def client(app, cast, log_in):
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.get("/raise/<int:status>")
    def raise_status(status):
        abort(status)

    @app.get("/raise/stale")
    def raise_stale():
        raise StaleDataError

    @app.get("/raise/fault")
    def raise_fault():
        raise RuntimeError("secret detail")

    return log_in(cast.an)


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 418, 429])
def test_an_error_says_what_to_do_next(client, status):
    answer = client.get(f"/raise/{status}")
    assert answer.status_code == status
    assert "Về trang chính" in answer.text
    assert "Nguyễn Văn An" in answer.text  # the band is there


def test_hidden_and_missing_pages_read_the_same(client):
    for status in (403, 404):
        page = client.get(f"/raise/{status}").text
        assert "Không tìm thấy trang này, hoặc không thuộc quyền xem" in page


def test_a_page_that_does_not_exist_is_told_to_strangers_too(app):
    answer = app.test_client().get("/nowhere")
    assert answer.status_code == 404
    assert "Không tìm thấy trang này" in answer.text


def test_a_thing_changed_meanwhile_is_a_conflict(client):
    answer = client.get("/raise/stale")
    assert answer.status_code == 409
    assert "vừa được người khác cập nhật" in answer.text


def test_a_fault_of_ours_shows_nothing_of_itself(client):
    answer = client.get("/raise/fault")
    assert answer.status_code == 500
    assert "Hệ thống đang gặp lỗi" in answer.text
    assert "secret detail" not in answer.text


def test_the_script_of_a_page_is_answered_in_json(client):
    answer = client.get("/raise/413", headers=JSON)
    sentence = "Tệp gửi lên quá lớn. Hãy chọn tệp nhỏ hơn, hoặc gửi làm nhiều lần."
    assert answer.get_json() == {"error": sentence}


@pytest.mark.parametrize("address", ["/search/?q=a%00b", "/feeds/a%00b.ics"])
def test_what_no_database_can_hold_is_turned_away_at_the_door(client, address):
    assert client.get(address).status_code == 400
    assert client.post("/feeds/new", data={"name": "a\0b"}).status_code == 400


@pytest.mark.parametrize("beyond", [2**31, 10**20])
def test_numbers_that_no_row_can_have_are_left_out_or_name_no_page(app, cast, log_in, beyond):
    an, dung = log_in(cast.an), log_in(cast.dung)
    for address in ("/assignments/?plan={}", "/assignments/?page={}", "/plans/?unit={}"):
        assert an.get(address.format(beyond)).status_code == 200, address
    for address in ("/board/?plan={}", "/board/overdue?unit={}", "/board/rows?page={}", "/reports/?plan={}"):
        assert dung.get(address.format(beyond)).status_code == 200, address
    for address in ("/assignments/{}/", "/indicators/targets/{}", "/plans/{}", "/evidence/{}"):
        assert an.get(address.format(beyond)).status_code == 404, address
