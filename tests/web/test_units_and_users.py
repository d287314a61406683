"""The rooms of units and accounts: who finds them, and what they do."""

import re
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook
from sqlalchemy import select, update

from tracker.models import Mail, Role, Unit, User
from tracker.services import units

PASSWORD = "mật khẩu dài"


@pytest.mark.parametrize(
    ("name", "units_page", "users_page"),
    [("admin", 200, 200), ("chi", 200, 404), ("dung", 404, 404), ("an", 404, 404), ("giang", 404, 404)],
)
def test_only_keepers_find_these_rooms(cast, log_in, session, name, units_page, users_page):
    session.commit()
    browser = log_in(getattr(cast, name))
    assert (browser.get("/units/").status_code, browser.get("/users/").status_code) == (
        units_page,
        users_page,
    )


def test_who_is_not_logged_in_is_asked_to(app, cast):
    for address in ("/units/", "/users/"):
        answer = app.test_client().get(address)
        assert (answer.status_code, answer.location.split("?")[0]) == (302, "/login")


def test_a_monitor_keeps_her_part_of_the_tree_only(cast, log_in, session):
    session.commit()
    browser = log_in(cast.chi)
    page = browser.get("/units/").text
    assert "Phòng Kinh tế" in page
    assert "Đăk Rve" not in page
    assert browser.get(f"/units/{cast.neighbour.id}").status_code == 404
    assert browser.post(f"/units/{cast.neighbour.id}/aliases", data={"text": "X"}).status_code == 404


def test_the_search_ignores_diacritics(cast, log_in, session):
    session.commit()
    page = log_in(cast.admin).get("/units/?q=dak rve").text
    assert "UBND xã Đăk Rve" in page
    assert "Phòng Kinh tế" not in page


def test_a_unit_does_not_stand_below_one_of_its_own_name(cast, log_in, session):
    session.commit()
    name = cast.commune.name.upper()
    answer = log_in(cast.chi).post("/units/new", data={"name": name, "parent": cast.commune.id})
    assert answer.headers["X-Refused"] == "yes"
    assert f"Đơn vị cấp trên đã mang tên “{cast.commune.name}”. Hãy đặt tên khác." in answer.text


@pytest.mark.parametrize("text", ["Phòng Văn hóa - Xã hội", "phòng văn hóa - xã hội ", "VHXH cũ"])
def test_the_name_of_a_sister_is_not_taken_for_another_unit(cast, log_in, session, text):
    units.add_alias("VHXH cũ", cast.culture, actor=cast.chi, now=cast.chi.created_at)
    session.commit()
    address = f"/units/{cast.economy.id}/aliases"
    page = log_in(cast.chi).post(address, data={"text": text}, follow_redirects=True).text
    assert f"“{text.strip()}” đang là tên của Phòng Văn hóa - Xã hội." in page
    assert "Hãy bỏ tên đó ở đơn vị ấy trước." in page
    session.expire_all()
    assert cast.economy.aliases == []


def test_a_unit_is_added_changed_and_named_otherwise(cast, log_in, session):
    session.commit()
    browser = log_in(cast.chi)
    added = browser.post("/units/new", data={"name": "Trạm Y tế", "parent": cast.commune.id})
    unit = session.scalars(select(Unit).where(Unit.name == "Trạm Y tế")).one()
    assert added.location == f"/units/{unit.id}"
    browser.post(
        f"/units/{unit.id}",
        data={"name": "Trạm Y tế xã", "parent": cast.commune.id, "email": "tyt@suoimay.example"},
    )
    browser.post(f"/units/{unit.id}/aliases", data={"text": "TYT"})
    session.refresh(unit)
    assert (unit.name, unit.email) == ("Trạm Y tế xã", "tyt@suoimay.example")
    assert [alias.text for alias in unit.aliases] == ["Trạm Y tế", "TYT"]
    browser.post(f"/units/aliases/{unit.aliases[0].id}/remove")
    session.expire_all()
    assert [alias.text for alias in unit.aliases] == ["TYT"]


def test_a_unit_is_shown_where_it_stands(cast, log_in, session):
    session.commit()
    page = log_in(cast.admin).get(f"/units/{cast.economy.id}").text
    [chosen] = re.findall(r'<option selected value="(\d+)">', page)
    assert int(chosen) == cast.commune.id


def test_a_wrong_address_is_said_beside_the_form_and_nothing_is_lost(cast, log_in, session):
    session.commit()
    answer = log_in(cast.chi).post(
        "/units/new", data={"name": "Trạm Y tế", "parent": cast.commune.id, "email": "không phải thư"}
    )
    assert answer.headers["X-Refused"] == "yes"
    assert "không phải địa chỉ thư điện tử" in answer.text
    assert 'value="Trạm Y tế"' in answer.text


def test_a_group_is_named_and_its_members_change(cast, log_in, session):
    session.commit()
    browser = log_in(cast.chi)
    browser.post(
        "/units/groups/new", data={"name": "Các phòng", "members": [cast.economy.id, cast.culture.id]}
    )
    page = browser.get("/units/").text
    assert "Các phòng" in page
    assert "2 đơn vị: " in page


def test_a_list_with_wrong_rows_names_them(cast, log_in, session):
    session.commit()
    answer = log_in(cast.admin).post(
        "/units/import",
        data={"file": (BytesIO("Đơn vị\tCấp trên\nPhòng A\tKhông có\n".encode()), "danh-sach.txt")},
        content_type="multipart/form-data",
    )
    assert answer.headers["X-Refused"] == "yes"
    assert "Không có đơn vị “Không có”" in answer.text


@pytest.fixture
def workbook():
    """The bytes of an .xlsx with a sheet for each list of rows."""

    def make(*sheets):
        book = Workbook()
        book.remove(book.active)
        for rows in sheets:
            sheet = book.create_sheet()
            for row in rows:
                sheet.append(row)
        stream = BytesIO()
        book.save(stream)
        return stream.getvalue()

    return make


UNIT_ROWS = [["Đơn vị", "Cấp trên"], ["Trạm Y tế", "UBND xã Suối Mây"]]
PEOPLE_HEAD = ["Họ và tên", "Tên đăng nhập", "Vai trò", "Đơn vị", "Thư điện tử"]
LAN = ["Đinh Thị Lan", "lan", "Chuyên viên", "Trạm Y tế", "lan@suoimay.example"]


def upload(browser, content, **data):
    data |= {"file": (BytesIO(content), "danh-sach.xlsx")}
    return browser.post("/units/import", data=data, content_type="multipart/form-data", follow_redirects=True)


def test_a_spreadsheet_is_taken_in_and_its_people_are_invited(app, cast, log_in, session, workbook, tmp_path):
    app.config["MAIL_CATCH_FOLDER"] = str(tmp_path)
    session.commit()
    rows = [PEOPLE_HEAD, LAN, ["Võ Tú", "tu", "Chuyên viên", "Trạm Y tế", None]]
    page = upload(log_in(cast.admin), workbook(UNIT_ROWS, rows), invite="y").text
    assert "Đã thêm 1 đơn vị, 0 nhóm, 2 tài khoản. Đã gửi 1 thư mời." in page
    assert [letter.address for letter in session.scalars(select(Mail))] == ["lan@suoimay.example"]


def test_a_list_sent_again_or_of_another_kind_says_what_to_do(cast, log_in, session, workbook):
    session.commit()
    browser = log_in(cast.admin)
    upload(browser, workbook(UNIT_ROWS))
    assert "không có đơn vị, nhóm hay tài khoản nào mới" in upload(browser, workbook(UNIT_ROWS)).text
    picture = {"file": (BytesIO(b"GIF89a" + bytes(60)), "danh-sach.gif")}
    said = browser.post("/units/import", data=picture, follow_redirects=True).text
    assert "Hãy mở danh sách, lưu lại thành .xlsx rồi tải lên." in said


def test_each_wrong_row_of_a_spreadsheet_is_named_with_its_sheet_and_nothing_is_taken_in(
    cast, log_in, session, workbook
):
    session.commit()
    wrong = [PEOPLE_HEAD, LAN, ["Võ Tú", "tu", "Sếp", "Trạm Y tế", None], ["", "x", "Lãnh đạo", "Xã Q", ""]]
    answer = upload(log_in(cast.admin), workbook(UNIT_ROWS, wrong))
    assert answer.headers["X-Refused"] == "yes"
    for said in (
        "Có 2 dòng cần sửa.",
        "Bảng 2, dòng 3",
        "Võ Tú",
        "Vai trò “Sếp” không có.",
        "Bảng 2, dòng 4",
    ):
        assert said in answer.text
    assert session.scalars(select(Unit).where(Unit.name == "Trạm Y tế")).first() is None


def test_a_spreadsheet_without_such_columns_is_told_which_are_wanted(cast, log_in, session, workbook):
    session.commit()
    answer = upload(log_in(cast.admin), workbook([["STT", "Tên"], [1, "A"]]))
    assert "X-Refused" in answer.headers and "Không thấy bảng nào có cột “Đơn vị”" in answer.text


def test_a_person_is_added_granted_locked_and_let_in_again(cast, log_in, session, app):
    session.commit()
    browser = log_in(cast.admin)
    browser.post("/users/new", data={"name": "Đinh Thị Lan", "username": "lan", "password": PASSWORD})
    lan = session.scalars(select(User).where(User.username == "lan")).one()
    browser.post(f"/users/{lan.id}/grants", data={"role": Role.STAFF.value, "unit": cast.economy.id})
    session.refresh(lan)
    assert [(held.role, held.unit) for held in lan.grants] == [(Role.STAFF, cast.economy)]
    browser.post(f"/users/{lan.id}", data={"name": lan.name, "email": ""})
    session.refresh(lan)
    assert not lan.active
    browser.post(f"/users/grants/{lan.grants[0].id}/revoke")
    session.expire_all()
    assert lan.grants == []


def test_the_last_administrator_cannot_lock_themselves_out(cast, log_in, session):
    session.commit()
    browser = log_in(cast.admin)
    answer = browser.post(f"/users/{cast.admin.id}", data={"name": "Đỗ Minh Quân (mới)", "email": ""})
    assert answer.headers["X-Refused"] == "yes"
    assert "Đây là quản trị duy nhất." in answer.text.partition('id="active"')[0]
    assert "Đỗ Minh Quân (mới)" in answer.text
    assert browser.get("/users/").status_code == 200


def test_people_are_found_by_name_and_by_unit(cast, log_in, session):
    session.commit()
    browser = log_in(cast.admin)
    assert "Nguyễn Văn An" in browser.get("/users/?q=nguyen van an").text
    assert "Lê Văn Bình" in browser.get("/users/?q=van hoa").text
    assert "Không tìm thấy ai" in browser.get("/users/?q=zzz").text


@pytest.mark.parametrize("address", ["/units/", "/users/"])
def test_thirty_rows_ask_the_database_as_often_as_one(cast, log_in, session, count_queries, address):
    session.commit()
    browser = log_in(cast.admin)
    session.expire_all()
    with count_queries() as few:
        browser.get(address)
    for number in range(30):
        unit = cast.unit(f"Thôn {number}", cast.commune)
        cast.person(f"nguoi{number}", f"Người {number}", (Role.STAFF, unit))
    session.commit()
    session.expire_all()
    with count_queries() as many:
        browser.get(address)
    assert len(many) == len(few)


def test_a_unit_that_is_late_can_be_urged_from_its_page(cast, make_assignment, log_in, session):
    make_assignment(due_on=date(2026, 5, 1))
    session.commit()
    letter = f'href="/reports/urging/{cast.economy.id}.docx"'
    assert letter in log_in(cast.chi).get(f"/units/{cast.economy.id}").text
    assert letter not in log_in(cast.chi).get(f"/units/{cast.culture.id}").text
    assert letter not in log_in(cast.admin).get(f"/units/{cast.economy.id}").text


def test_the_samples_of_lists_can_be_taken_in_as_they_are(cast, log_in, session):
    session.commit()
    browser = log_in(cast.admin)
    page = browser.get("/units/").text
    said = []
    for kind in ("units", "groups", "people"):
        assert f'href="/sheets/samples/{kind}"' in page
        data = {"file": (BytesIO(browser.get(f"/sheets/samples/{kind}").data), "mau.xlsx")}
        said.append(browser.post("/units/import", data=data, follow_redirects=True).text)
    for words, answer in zip(
        ("2 đơn vị, 0 nhóm", "0 đơn vị, 1 nhóm", "0 nhóm, 2 tài khoản"), said, strict=True
    ):
        assert words in answer


def test_a_house_of_one_unit_says_how_to_begin(cast, log_in, session):
    alone = "Mới có một đơn vị."
    browser = log_in(cast.admin)
    assert alone not in browser.get("/units/").text
    session.execute(update(Unit).where(Unit.id != cast.commune.id).values(last_on=date(2026, 1, 1)))
    assert alone in browser.get("/units/").text
