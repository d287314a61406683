"""The room of plans: from a document to given-out tasks by plain forms, each seen by who may."""

import io
import re

import pytest
from sqlalchemy import func, select

from tracker.models import Assignment, IndicatorTarget, Plan, PlanImport, Unit, UnitGroup
from tracker.services import units
from tracker.services.checking import check

ROWS = "1\tTập huấn kỹ năng số\tPhòng Kinh tế\t\t31/12/2099\tBáo cáo"


@pytest.fixture
def chi(cast, session, log_in):
    """Chi's browser; the commune has its villages in a group."""
    villages = [cast.unit(f"Thôn Nà {name}", cast.commune) for name in ("Lìn", "Pản")]
    units.add_group("Các thôn", villages, keeper=cast.commune, actor=cast.chi, now=cast.chi.created_at)
    cast.unit("Bộ phận Văn hóa - Thông tin", cast.commune)
    session.commit()
    return log_in(cast.chi)


@pytest.fixture
def upload(chi, cast, plan_text):
    """Uploads a document as Chi and gives the address it leads to."""

    def upload(content=None, name="kế hoạch.txt", browser=chi, unit=cast.commune):
        data = {"file": (io.BytesIO(plan_text() if content is None else content), name), "unit": unit.id}
        return browser.post("/plans/imports", data=data)

    return upload


@pytest.fixture
def check_of(chi, make_import, session):
    """Gives the address of the check of a document that was put in."""

    def check_of(content):
        plan_import = make_import(content)
        session.commit()
        return f"/plans/imports/{plan_import.id}"

    return check_of


@pytest.fixture
def review(check_of, plan_text):
    """The address of the check of the sample plan."""
    return check_of(plan_text())


def only_import(session):
    session.expire_all()
    return session.scalars(select(PlanImport)).one()


def corrected(session, key, today):
    rows = check(only_import(session), today).corrected.rows
    return next(row for row in rows if row.key == key)


@pytest.fixture
def row(session, cast):
    """A row of the one import, by its key, as it stands."""
    return lambda key: corrected(session, key, cast.chi.created_at.date())


def seen(session):
    return only_import(session).version


# ---- uploading ---------------------------------------------------------------------------------------------


def test_an_uploaded_plan_is_shown_with_its_doubts_first(upload, chi):
    page = chi.get(upload().location).text
    assert "Số 41/KH-UBND" in page
    for figure in ("4 nhiệm vụ", "3 chỗ cần xem", "cho 4 đơn vị", "7/7 dòng"):
        assert figure in page
    questions = re.findall(r'id="doubt-\d+">(.*?)</h3>', page)
    assert [question.split(".")[0] for question in questions] == ["1/3", "2/3", "3/3"]
    assert "<mark>Quý II</mark>" in page
    assert "từ 01/4/2026, hạn cuối 30/6/2026 (thứ Ba)" in page
    assert (
        page.index("Chưa hiểu thời hạn")
        < page.index("<summary>2 nhiệm vụ đã chắc")
        < page.index("Sổ dòng: 7 dòng")
    )


def test_the_same_file_again_leads_to_the_same_check_and_says_so(upload, chi):
    review = upload().location
    assert upload().location == review
    assert "Văn bản này đã có, không thay đổi gì." in chi.get(review).text


def test_a_file_that_cannot_be_read_gets_one_sentence_and_leaves_nothing(upload, chi, session, app):
    answer = upload(b"\x00\x01\x02\x03", name="hỏng.txt")
    assert answer.location == "/plans/"
    assert "hỏng.txt: Nội dung tệp này không phải là văn bản." in chi.get("/plans/").text
    assert session.scalar(select(func.count()).select_from(PlanImport)) == 0
    assert [path for path in app.extensions["file_store"].folder.rglob("*") if path.is_file()] == []


def test_without_a_file_the_page_asks_for_one(chi, cast):
    chi.post("/plans/imports", data={"unit": cast.commune.id})
    assert "Hãy chọn tệp văn bản." in chi.get("/plans/").text


def test_the_document_is_given_back_as_an_attachment(upload, chi, plan_text):
    answer = chi.get(f"{upload().location}/source")
    assert answer.data == plan_text()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content_type.startswith("text/plain")


# ---- who may -----------------------------------------------------------------------------------------------

PAGES = ["", "/source", "/heading", "/units", "/figures/0", "/phrase?phrase=Các thôn", "/rows/0", "/discard"]
DEEDS = [
    "/figures/0",
    *("/accept", "/another", "/discard", "/phrase", "/units", "/groups/1", "/heading"),
    *("/rows", "/rows/0", "/rows/0/settle", "/rows/0/deadline", "/rows/0/lead", "/rows/0/leave"),
    *("/rows/0/take", "/rows/0/join", "/lost"),
]


@pytest.mark.parametrize("name", ["an", "head", "binh", "dung", "giang", "admin"])
def test_nobody_else_finds_an_import(review, cast, log_in, session, name):
    browser = log_in(getattr(cast, name))
    assert {browser.get(review + page).status_code for page in PAGES} == {404}
    assert {browser.post(review + deed).status_code for deed in DEEDS} == {404}
    assert only_import(session).answers == {}


@pytest.mark.parametrize("name", ["an", "dung", "giang", "admin"])
def test_only_a_monitor_of_the_unit_puts_plans_in(upload, cast, log_in, name):
    assert upload(browser=log_in(getattr(cast, name))).status_code == 403


def test_a_monitor_puts_no_plans_in_for_others(upload, cast):
    assert upload(unit=cast.neighbour).status_code == 403


@pytest.mark.parametrize(
    ("name", "status"), [("an", 200), ("binh", 200), ("dung", 200), ("giang", 404), ("admin", 200)]
)
def test_a_published_plan_opens_for_who_has_a_part_in_it(
    cast, make_plan, make_task, make_assignment, log_in, session, name, status
):
    plan = make_plan()
    task = make_task(plan)
    make_assignment(task)
    session.commit()
    browser = log_in(getattr(cast, name))
    addresses = (f"/plans/{plan.id}", f"/plans/{plan.id}/tasks/{task.id}")
    assert {browser.get(address).status_code for address in addresses} == {status}


@pytest.mark.parametrize(("name", "status"), [("chi", 200), ("dung", 403), ("an", 404), ("giang", 404)])
def test_only_who_manages_a_draft_gives_it_out_or_deletes_it(cast, make_plan, log_in, session, name, status):
    plan = make_plan(published_at=None)
    session.commit()
    browser = log_in(getattr(cast, name))
    for page in ("forecast", "publish", "delete"):
        assert browser.get(f"/plans/{plan.id}/{page}").status_code == status


def test_a_task_of_another_plan_is_not_found(cast, make_plan, make_task, log_in, session):
    task, other = make_task(make_plan()), make_plan(number="42/KH-UBND")
    session.commit()
    assert log_in(cast.chi).get(f"/plans/{other.id}/tasks/{task.id}").status_code == 404


def test_who_is_not_logged_in_is_asked_to(app, review):
    for address in ("/plans/", review):
        assert app.test_client().get(address).location.startswith("/login")


def test_every_form_carries_a_token_and_none_is_taken_without(review, chi, app, session):
    app.config["WTF_CSRF_ENABLED"] = True
    for address in ("/plans/", review, f"{review}/rows/0", f"{review}/heading", f"{review}/units"):
        page = chi.get(address).text
        forms = re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
        assert forms
        assert all('name="csrf_token"' in form for form in forms)
    assert {chi.post(review + deed).status_code for deed in DEEDS} == {400}
    assert only_import(session).answers == {}


# ---- answering ---------------------------------------------------------------------------------------------


def test_a_doubt_is_settled_and_the_page_goes_to_the_next(review, chi, session, row):
    [sentence] = row("1").deadline_doubts
    answer = chi.post(f"{review}/rows/1/settle", data={"sentence": sentence, "seen": seen(session)})
    assert answer.location == f"{review}#doubts"
    assert "Đã lưu. 2 chỗ còn cần xem." in chi.get(review).text
    assert row("1").deadline_doubts == ()


def test_a_deadline_is_corrected_in_the_plans_own_words(review, chi, session, row):
    chi.post(f"{review}/rows/2/deadline", data={"deadline": "Quý III/2026", "seen": seen(session)})
    assert row("2").task.milestones[0].milestone.due.isoformat() == "2026-09-30"


def test_a_day_that_does_not_exist_stays_in_its_field_with_the_reason(review, chi, session):
    answer = chi.post(f"{review}/rows/2/deadline", data={"deadline": "31/6/2026", "seen": seen(session)})
    assert answer.status_code == 422
    assert "31/6/2026 không có trong lịch. Tháng 6 có 30 ngày." in answer.text
    assert 'value="31/6/2026"' in answer.text
    assert only_import(session).answers == {}


def test_a_phrase_is_taken_for_a_unit(review, chi, cast, session):
    data = {"phrase": "Pộ phận VHTT", "target": f"u{cast.culture.id}", "seen": seen(session)}
    chi.post(f"{review}/phrase", data=data)
    page = chi.get(review).text
    assert "2 chỗ còn cần xem" in page
    assert "“Pộ phận VHTT”: Phòng Văn hóa - Xã hội" in page


@pytest.mark.parametrize(("deed", "words"), [("open", "không phải một đơn vị cụ thể"), ("drop", "bỏ")])
def test_a_phrase_is_left_as_text_or_left_out(review, chi, session, deed, words):
    chi.post(f"{review}/phrase", data={"phrase": "Pộ phận VHTT", "deed": deed, "seen": seen(session)})
    assert f"“Pộ phận VHTT”: {words}" in chi.get(review).text


def test_a_unit_is_added_in_place(review, chi, cast, session):
    data = {"phrase": "Pộ phận VHTT", "deed": "new_unit", "seen": seen(session)}
    chi.post(f"{review}/phrase", data=data)
    assert session.scalars(select(Unit).where(Unit.name == "Pộ phận VHTT")).one().parent == cast.commune
    assert "2 chỗ cần xem" in chi.get(review).text


def test_a_new_unit_is_put_where_its_name_says_or_where_it_was_chosen_to(
    chi, cast, make_import, session, plan_text
):
    rows = "1\tTập huấn\tTrạm Thú y\tTổ Hòa giải\t31/12/2099\tBáo cáo"
    office = make_import(plan_text(rows), unit=cast.office)
    session.commit()
    review = f"/plans/imports/{office.id}"
    page = chi.get(review).text
    assert re.search(rf'<option value="{cast.commune.id}" selected>[^<]*{cast.commune.name}', page)
    for phrase, parent in (("Trạm Thú y", {}), ("Tổ Hòa giải", {"parent": cast.economy.id})):
        chi.post(
            f"{review}/phrase", data={"phrase": phrase, "deed": "new_unit", "seen": seen(session)} | parent
        )
    named = select(Unit.parent_id).where(Unit.name.in_(["Trạm Thú y", "Tổ Hòa giải"])).order_by(Unit.id)
    assert session.scalars(named).all() == [cast.commune.id, cast.economy.id]


def test_units_are_put_only_where_the_person_keeps_them(review, chi, cast, session):
    data = {"phrase": "Pộ phận VHTT", "deed": "new_unit", "parent": cast.neighbour.id}
    assert chi.post(f"{review}/phrase", data=data).status_code == 403


def test_a_unit_of_another_branch_cannot_be_chosen(review, chi, cast, session):
    foreign = cast.unit("Phòng Kinh tế", cast.neighbour)
    session.commit()
    data = {"phrase": "Pộ phận VHTT", "target": f"u{foreign.id}", "seen": seen(session)}
    chi.post(f"{review}/phrase", data=data)
    chi.post(f"{review}/rows/0/lead", data={"unit": foreign.id, "seen": seen(session)})
    assert only_import(session).answers == {}


def test_choosing_nobody_is_no_answer(review, chi, session):
    chi.post(f"{review}/phrase", data={"phrase": "Pộ phận VHTT", "target": "", "seen": seen(session)})
    assert "Hãy chọn một đơn vị hoặc nhóm." in chi.get(review).text


def test_all_unknown_units_are_made_in_one_step(chi, check_of, plan_text, session):
    rows = "1\tTập huấn\tTrạm Y tế\tCác trường học; Công an xã\t31/12/2099\tBáo cáo"
    review = check_of(plan_text(rows))
    page = chi.get(f"{review}/units").text
    assert re.findall(r'name="phrase" value="(.*?)"', page) == ["Trạm Y tế", "Các trường học", "Công an xã"]
    answer = chi.post(
        f"{review}/units",
        data={
            "phrase": ["Trạm Y tế", "Các trường học", "Công an xã"],
            "kind": ["unit", "group", "open"],
        },
    )
    assert answer.location == f"{review}#doubts"
    assert "Đã thêm 1 đơn vị, 1 nhóm." in chi.get(review).text
    assert session.scalars(select(UnitGroup.name).where(UnitGroup.name != "Các thôn")).all() == [
        "Các trường học"
    ]


def test_other_writings_of_a_new_unit_are_proposed_as_such_and_leave_no_doubt(
    chi, check_of, plan_text, session
):
    rows = "1\tTập huấn\tTrung Tâm Phục vụ hành chính công\tTrạm Y tế\t31/12/2099\tBáo cáo\n"
    review = check_of(plan_text(rows + "2\tHọp\tTrung tâm Phục vụ hành chính công xã\t\t31/12/2099\tBáo cáo"))
    page = chi.get(f"{review}/units").text
    assert (
        '<option value="same" selected>Tên khác của “Trung tâm Phục vụ hành chính công xã”</option>' in page
    )
    phrases = ["Trung Tâm Phục vụ hành chính công", "Trạm Y tế", "Trung tâm Phục vụ hành chính công xã"]
    chi.post(f"{review}/units", data={"phrase": phrases, "kind": ["same", "unit", "unit"]})
    page = chi.get(review).text
    assert "Đã thêm 2 đơn vị." in page
    assert "Không còn chỗ cần xem" in page


def test_a_place_whose_neighbour_bears_other_marks_is_asked_for_and_added(chi, check_of, plan_text, session):
    rows = "1\tTập huấn\tUBND xã Bình Thanh\t\t31/12/2099\tBáo cáo\n"
    review = check_of(plan_text(rows + "2\tHọp\tUBND xã Bình Thạnh\t\t31/12/2099\tBáo cáo"))
    chi.post(
        f"{review}/phrase", data={"phrase": "UBND xã Bình Thanh", "deed": "new_unit", "seen": seen(session)}
    )
    assert "Tên “UBND xã Bình Thạnh” gần giống “UBND xã Bình Thanh”." in chi.get(review).text
    chi.post(
        f"{review}/phrase", data={"phrase": "UBND xã Bình Thạnh", "deed": "new_unit", "seen": seen(session)}
    )
    page = chi.get(review).text
    assert "Không còn chỗ cần xem" in page
    assert "cho 2 đơn vị" in page


def test_members_of_a_new_group_are_chosen_beforehand_by_its_name(chi, cast, check_of, plan_text, session):
    units.add_group("Các phòng, ban", [], keeper=cast.commune, actor=cast.chi, now=cast.chi.created_at)
    rows = "1\tTập huấn\tCác phòng, ban\t\t31/12/2099\tBáo cáo\n2\tHọp\tcác phòng ban\t\t31/12/2099\tBáo cáo"
    page = chi.get(check_of(plan_text(rows))).text
    assert "1 chỗ cần xem" in page
    chosen = re.findall(r'name="unit" value="(\d+)" checked', page)
    assert sorted(map(int, chosen)) == sorted([cast.economy.id, cast.culture.id])


def test_what_was_ignored_is_made_a_task_without_writing_it_again(chi, check_of, session, row):
    duty = "- Lồng ghép truyền thông trong các cuộc họp thôn" + ", sinh hoạt chi hội" * 20 + "."
    review = check_of(f"KẾ HOẠCH\nTruyền thông năm 2026\nII. NHIỆM VỤ\n{duty}".encode())
    title = re.search(r'name="title" value="([^"]*)"', chi.get(review).text)[1]
    answer = chi.post(f"{review}/rows", data={"after": "", "title": title})
    assert answer.location == f"{review}/rows/a1"
    assert row("a1").task.title == duty.removeprefix("- ")


ALIKE = "\n".join(
    f"{n}\tViệc {n}\tPhòng Kinh tế\t\t{text}\tBáo cáo"
    for n, text in enumerate(("khi có phát sinh", "Khi có phát sinh", "30/9/2099", "theo hướng dẫn"), 1)
)


@pytest.mark.parametrize(("way", "said"), [("settle", {}), ("deadline", {"deadline": "31/12/2099"})])
def test_rows_whose_deadline_is_worded_alike_are_answered_in_one_step(
    chi, check_of, plan_text, session, way, said
):
    review = check_of(plan_text(ALIKE))
    page = chi.get(review).text
    assert "1 nhiệm vụ khác cũng ghi “khi có phát sinh”." in page
    sentences = re.findall(r'name="sentence" value="([^"]*)"', page)[:1]
    data = said | {"alike": "y", "sentence": sentences, "seen": seen(session)}
    chi.post(f"{review}/rows/0/{way}", data=data)
    page = chi.get(review).text
    assert "1 chỗ cần xem" in page
    assert "“theo hướng dẫn”" in page


def test_a_group_that_nobody_is_in_can_be_left_out(chi, cast, check_of, plan_text, session):
    units.add_group("Các phòng, ban", [], keeper=cast.commune, actor=cast.chi, now=cast.chi.created_at)
    review = check_of(plan_text("1\tTập huấn\tPhòng Kinh tế; Các phòng, ban\t\t31/12/2099\tBáo cáo"))
    assert "Bỏ phần này" in chi.get(review).text
    chi.post(f"{review}/phrase", data={"phrase": "Các phòng, ban", "deed": "drop", "seen": seen(session)})
    assert "Không còn chỗ cần xem" in chi.get(review).text


def test_an_open_lead_is_filled_in_place(chi, cast, check_of, plan_text, session, row):
    rows = "1\tTập huấn\tCác cơ quan, đơn vị\t\t31/12/2099\tBáo cáo"
    review = check_of(plan_text(rows))
    none = chi.post(f"{review}/rows/0/lead", data={"seen": seen(session)})
    assert "Hãy chọn ít nhất một đơn vị." in none.text
    chosen = [cast.economy.id, cast.culture.id]
    chi.post(f"{review}/rows/0/lead", data={"unit": chosen, "seen": seen(session)})
    assert row("0").filled == tuple(chosen)


def test_an_empty_group_is_filled_once_for_all_its_tasks(chi, cast, check_of, plan_text, session):
    units.add_group("Các trường học", [], keeper=cast.commune, actor=cast.chi, now=cast.chi.created_at)
    rows = "\n".join(f"{n}\tTập huấn lớp {n}\tCác trường học\t\t31/12/2099\tBáo cáo" for n in (1, 2))
    review = check_of(plan_text(rows))
    assert "1/1. Nhóm “Các trường học” chưa có đơn vị nào." in chi.get(review).text
    group = session.scalars(select(UnitGroup).where(UnitGroup.name == "Các trường học")).one()
    none = chi.post(f"{review}/groups/{group.id}", data={"unit": cast.neighbour.parent_id + 1000})
    assert "Hãy chọn ít nhất một đơn vị." in none.text
    chi.post(f"{review}/groups/{group.id}", data={"unit": [cast.economy.id, cast.culture.id]})
    page = chi.get(review).text
    assert "Không còn chỗ cần xem" in page
    assert "4 phân công" in page


def test_everything_of_a_row_can_be_corrected(review, chi, session, row):
    page = chi.get(f"{review}/rows/3").text
    assert "Kế hoạch\nBáo cáo" in page
    answer = chi.post(
        f"{review}/rows/3",
        data={
            "no": "4a",
            "title": "Tập huấn cho cán bộ",
            "deadline": "15/12/2026",
            "lead": "Phòng Kinh tế",
            "coordinating": "Các thôn\nPhòng Văn hóa - Xã hội\n",
            "deliverables": "Giáo án\nBáo cáo",
            "note": "Kinh phí do xã bảo đảm",
            "seen": seen(session),
        },
    )
    assert answer.location == f"{review}#doubts"
    task = row("3").task
    assert (task.no, task.title, task.lead) == ("4a", "Tập huấn cho cán bộ", ("Phòng Kinh tế",))
    assert task.note == "Kinh phí do xã bảo đảm"
    assert task.coordinating == ("Các thôn", "Phòng Văn hóa - Xã hội")
    assert [m.deliverables for m in task.milestones] == [("Giáo án", "Báo cáo")]


def test_saving_a_row_as_it_stands_says_nothing(review, chi, session, row):
    task = row("0").task
    chi.post(
        f"{review}/rows/0",
        data={
            "no": task.no,
            "title": task.title,
            "deadline": task.deadline_text,
            "lead": "\n".join(task.lead),
            "coordinating": "\n".join(task.coordinating),
            "deliverables": "Quyết định",
            "seen": seen(session),
        },
    )
    assert not row("0").answered


def test_a_wrong_deadline_keeps_the_rows_text(review, chi, session):
    data = {"title": "Tên mới của nhiệm vụ", "deadline": "bao giờ cũng được", "seen": seen(session)}
    answer = chi.post(f"{review}/rows/0", data=data)
    assert answer.status_code == 422
    assert "Tên mới của nhiệm vụ" in answer.text
    assert 'value="bao giờ cũng được"' in answer.text


def test_a_row_is_left_out_for_a_reason_and_taken_in_again(review, chi, session, row):
    chi.post(f"{review}/rows/0/leave", data={"reason": " ", "seen": seen(session)})
    assert row("0").selected
    chi.post(f"{review}/rows/0/leave", data={"reason": "Trùng", "seen": seen(session)})
    assert "1 nhiệm vụ để ngoài" in chi.get(review).text
    chi.post(f"{review}/rows/0/take", data={"seen": seen(session)})
    assert row("0").selected


def test_rows_are_split_added_and_joined(review, chi, session, row):
    answer = {"text": "Tách ra\nthành hai", "seen": seen(session)}
    assert chi.post(f"{review}/rows/0/split", data=answer).location == f"{review}/rows/0"
    assert (row("0").task.title, row("a1").task.title) == ("Tách ra", "thành hai")
    assert chi.post(f"{review}/rows", data={"after": "3"}).location == f"{review}/rows/a2"
    chi.post(f"{review}/rows/a1/join", data={"seen": seen(session)})
    assert not row("a1").selected
    assert chi.post(f"{review}/rows", data={"after": "99"}).status_code == 404


def test_a_text_without_a_break_is_not_split_and_stays_in_its_field(review, chi, session, row):
    page = chi.post(f"{review}/rows/0/split", data={"text": "Chưa xuống dòng", "seen": seen(session)})
    assert page.status_code == 422
    assert "Hãy xuống dòng ở chỗ cần tách" in page.text
    assert ">Chưa xuống dòng</textarea>" in page.text
    assert f"{row('0').task.title}</textarea>" in page.text
    assert chi.get(review).text.count("Chưa xuống dòng") == 0


def test_the_heading_is_corrected(review, chi, session):
    page = chi.get(f"{review}/heading").text
    assert 'value="12/3/2026"' in page
    chi.post(
        f"{review}/heading",
        data={
            "number": "45/KH-UBND",
            "issued": "15/3/2026",
            "issuer": "UBND xã Suối Mây",
            "title": "Tên mới",
            "starts": "01/01/2026",
            "ends": "31/12/2026",
            "seen": seen(session),
        },
    )
    page = chi.get(review).text
    assert "Số 45/KH-UBND" in page
    assert "Tên mới" in page


def test_a_date_and_a_period_that_were_emptied_stay_empty(review, chi, session):
    chi.post(f"{review}/heading", data={"number": "45/KH-UBND", "seen": seen(session)})
    page = chi.get(review).text
    assert "Kế hoạch chưa có ngày ban hành." in page
    assert "kỳ 01/01/2026" not in page
    form = chi.get(f"{review}/heading").text
    assert not re.search(r'name="(issued|starts|ends)"[^>]*value="\d', form)


def test_the_basis_of_a_plan_is_corrected_line_by_line(review, chi, session):
    chi.post(f"{review}/heading", data={"basis": "Luật số 1\n\n Nghị quyết số 2 ", "seen": seen(session)})
    assert "Luật số 1\nNghị quyết số 2</textarea>" in chi.get(f"{review}/heading").text.replace("\r", "")


@pytest.mark.parametrize(("starts", "ends"), [("01/01/2026", ""), ("", "31/12/2026")])
def test_a_period_with_one_end_is_not_taken_and_stays_typed(review, chi, session, starts, ends):
    data = {"starts": starts, "ends": ends, "seen": seen(session)}
    answer = chi.post(f"{review}/heading", data=data)
    assert answer.status_code == 422
    assert "Hãy ghi cả ngày bắt đầu và ngày kết thúc" in answer.text
    assert f'value="{starts or ends}"' in answer.text
    assert only_import(session).answers == {}


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("II. Phát triển hạ tầng số", ("II", "Phát triển hạ tầng số")),
        ("Nhiệm vụ khác", ("", "Nhiệm vụ khác")),
        ("", ("", "")),
    ],
)
def test_a_task_is_put_under_another_group(review, chi, session, row, typed, stands):
    task = row("0").task
    data = {
        "no": task.no,
        "title": task.title,
        "deadline": task.deadline_text,
        "lead": "\n".join(task.lead),
        "coordinating": "\n".join(task.coordinating),
        "deliverables": "Quyết định",
        "group": typed,
        "seen": seen(session),
    }
    chi.post(f"{review}/rows/0", data=data)
    assert (row("0").task.group, row("0").task.group_title) == stands
    chi.post(f"{review}/rows/0", data=data | {"seen": seen(session)})  # the same again
    assert (row("0").task.group, row("0").task.group_title) == stands


def test_a_row_added_by_hand_is_doubted_like_one_that_was_read(chi, check_of, plan_text, session):
    review = check_of(plan_text(ROWS))
    chi.post(f"{review}/rows", data={"after": "0"})
    page = chi.get(review).text
    assert "3 chỗ cần xem" in page
    for doubt in ("Chưa nêu đơn vị chủ trì.", "Nhiệm vụ chưa có nội dung.", "Không ghi thời hạn."):
        assert doubt in page
    written = {"title": "Trực chốt", "lead": "Đội Xung kích", "deadline": "", "seen": seen(session)}
    chi.post(f"{review}/rows/a1", data=written)
    page = chi.get(review).text
    assert "2 chỗ cần xem" in page
    assert "“Đội Xung kích” chưa có trong danh sách đơn vị." in page
    unclear = chi.post(f"{review}/rows/a1", data=written | {"deadline": "bao giờ xong thì xong"})
    assert unclear.status_code == 422
    data = {"phrase": "Đội Xung kích", "deed": "new_unit", "seen": seen(session)}
    chi.post(f"{review}/phrase", data=data)
    dated = written | {"deadline": "30/9/2099", "seen": seen(session)}
    chi.post(f"{review}/rows/a1", data=dated)
    assert "Không còn chỗ cần xem" in chi.get(review).text


def test_what_somebody_else_just_said_is_not_run_over(review, chi, cast, session, log_in, row):
    before = seen(session)
    chi.post(f"{review}/rows/0/leave", data={"reason": "Trùng", "seen": before})
    other = cast.person("lien", "Vi Thị Liên", ("monitor", cast.commune))
    session.commit()
    browser = log_in(other)
    browser.post(f"{review}/rows/0/take", data={"seen": before})
    assert "Nhiệm vụ này vừa được người khác cập nhật lúc" in browser.get(review).text
    assert not row("0").selected


def test_a_check_survives_closing_the_browser(review, chi, cast, log_in, session):
    chi.post(f"{review}/rows/2/deadline", data={"deadline": "30/9/2026", "seen": seen(session)})
    later = log_in(cast.chi)
    assert review in later.get("/plans/").text
    assert "2 chỗ cần xem" in later.get(review).text


def test_an_import_is_dropped_after_being_asked(review, chi, session):
    assert "Xóa bản kiểm tra “kế hoạch.txt”?" in chi.get(f"{review}/discard").text
    chi.post(f"{review}/discard")
    assert session.scalar(select(func.count()).select_from(PlanImport)) == 0


def test_a_long_document_shows_its_first_doubts_and_counts_the_others(chi, check_of, plan_text):
    rows = "\n".join(
        f"{n}\tTập huấn lớp {n}\tPhòng Kinh tế\t\tkhi có điều kiện\tBáo cáo" for n in range(1, 31)
    )
    page = chi.get(check_of(plan_text(rows))).text
    assert "30 chỗ cần xem" in page
    assert page.count('class="doubt panel"') == 8
    assert "Còn 22 chỗ nữa" in page


DECLARED = """\
NHÓM NHIỆM VỤ CHUNG (02 nhiệm vụ)\t\t\t\t\t
1\tTập huấn kỹ năng số\tPhòng Kinh tế\t\t31/12/2099\tBáo cáo
2\tMua máy\tPhòng Kinh tế\t\t31/12/2099\tBáo cáo
Ghi chú: Số liệu tạm tính.\t\t\t\t\t
TỔNG CỘNG: {} NHIỆM VỤ\t\t\t\t\t"""


@pytest.mark.parametrize(("count", "words"), [(2, "khớp: khai 2, "), (3, "không khớp: khai 3, ")])
def test_what_the_document_declares_stands_beside_what_was_read(chi, check_of, plan_text, count, words):
    page = chi.get(check_of(plan_text(DECLARED.format(count)))).text
    assert f"{words}đọc được 2" in page
    ledger = page[page.index('id="ledger"') :]
    assert re.search(r"“TỔNG CỘNG: . NHIỆM VỤ”</td>", ledger)
    assert ledger.count("Không khớp") == (count != 2)
    assert "Bỏ qua 1 dòng: Ghi chú của bảng." in ledger


def test_a_row_that_is_accounted_for_nowhere_is_shown_and_has_to_be_looked_up(chi, review, session):
    plan_import = only_import(session)
    rows = [row for row in plan_import.draft["rows"] if row["where"] != "table 1, row 3"]
    plan_import.draft = {**plan_import.draft, "rows": rows}
    session.commit()
    page = chi.get(review).text
    assert re.search(r'<li class="lost"><strong>6/7 dòng</strong><small>còn 1 dòng chưa tính đến', page)
    assert "1/4. 1 dòng của văn bản chưa được tính đến." in page
    assert 'class="doubt doubt-lost panel"' in page
    assert "Bảng 1, dòng 3: chưa tính đến" in page
    assert chi.post(f"{review}/accept").location == f"{review}#doubts"
    chi.post(f"{review}/lost", data={"where": ["table 1, row 3", "table 9, row 9"]})
    page = chi.get(review).text
    assert "3 chỗ còn cần xem" in page
    assert "Bảng 1, dòng 3: chưa tính đến, đã đối chiếu" in page
    assert only_import(session).answers["looked_up"] == ["table 1, row 3"]


# ---- giving out --------------------------------------------------------------------------------------------


def test_a_plan_in_doubt_is_not_stored(chi, check_of, plan_text, session):
    review = check_of(plan_text("1\tTập huấn\tTrạm Y tế\t\t31/12/2099\tBáo cáo"))
    assert chi.post(f"{review}/accept").location == f"{review}#doubts"
    assert "Còn 1 chỗ phải xem trước khi giao nhiệm vụ." in chi.get(review).text
    assert session.scalar(select(func.count()).select_from(Plan)) == 0


def test_from_the_check_to_given_out_tasks(chi, check_of, plan_text, session):
    review = check_of(plan_text(ROWS))
    forecast = chi.post(f"{review}/accept").location
    plan = session.scalars(select(Plan)).one()
    assert forecast == f"/plans/{plan.id}/forecast"
    page = chi.get(forecast).text
    assert "1 phân công" in page
    assert "Nhiệm vụ mới: Tập huấn kỹ năng số" in page
    assert "Giao 1 nhiệm vụ cho 1 đơn vị?" in chi.get(f"/plans/{plan.id}/publish").text
    assert chi.post(f"/plans/{plan.id}/publish").location == f"/plans/{plan.id}"
    page = chi.get(f"/plans/{plan.id}").text
    assert "Đã giao 1 nhiệm vụ cho 1 đơn vị. Thư đầu tiên gửi 07:30 ngày" in page
    assert "<b>0/1</b> đơn vị đã xong" in page
    assert session.scalars(select(Assignment)).one().due_on.isoformat() == "2099-12-31"
    assert chi.get(review).location == f"/plans/{plan.id}"


PAST = "1\tTập huấn\tPhòng Kinh tế\t\t31/01/2026\tBáo cáo"


@pytest.fixture
def past(chi, check_of, plan_text, session):
    """A plan ready to be given out, one date of which has passed, and what to call its decision."""
    review = check_of(plan_text(PAST))
    chi.post(f"{review}/accept")
    plan = session.scalars(select(Plan)).one()
    return f"/plans/{plan.id}/publish", plan.tasks[0].milestones[0].id


@pytest.mark.parametrize(
    ("decision", "day", "sentence"),
    [
        (None, "", "Hãy chọn: đã hoàn thành, hạn mới hoặc theo dõi quá hạn."),
        ("done", "31/4/2026", "31/4/2026 không có trong lịch. Tháng 4 có 30 ngày."),
        ("new", "", "Hãy ghi ngày theo mẫu 30/6/2026."),
        ("new", "01/02/2026", "đã qua. Hãy chọn ngày khác."),
        ("done", "01/02/2999", "ở sau hôm nay. Hãy nhập lại."),
    ],
)
def test_a_date_that_has_passed_needs_a_decision_that_makes_sense(
    past, chi, session, decision, day, sentence
):
    address, milestone = past
    data = {f"decision-{milestone}": decision, f"day-{milestone}": day}
    answer = chi.post(address, data={name: value for name, value in data.items() if value is not None})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert session.scalar(select(func.count()).select_from(Assignment)) == 0


@pytest.mark.parametrize(
    ("decision", "day", "state"),
    [("done", "30/01/2026", "done"), ("new", "31/12/2099", "open"), ("track", "", "open")],
)
def test_a_decided_date_lets_the_plan_go_out(past, chi, session, decision, day, state):
    address, milestone = past
    data = {f"decision-{milestone}": decision, f"day-{milestone}": day}
    assert chi.post(address, data=data).status_code == 302
    assert session.scalars(select(Assignment)).one().state == state


def test_all_dates_not_decided_one_by_one_are_tracked_in_one_stroke(past, chi, session):
    address, _ = past
    assert chi.post(address, data={"others": "track"}).status_code == 302
    assert session.scalars(select(Assignment)).one().state == "open"


def test_a_draft_is_deleted_after_being_asked_and_can_be_stored_again(chi, check_of, plan_text, session):
    review = check_of(plan_text(ROWS))
    chi.post(f"{review}/accept")
    plan = session.scalars(select(Plan)).one()
    assert "Xóa bản nháp kế hoạch 41/KH-UBND?" in chi.get(f"/plans/{plan.id}/delete").text
    chi.post(f"/plans/{plan.id}/delete")
    assert session.scalar(select(func.count()).select_from(Plan)) == 0
    assert chi.post(f"{review}/accept").status_code == 302


def test_a_known_number_is_shown_beside_the_plan_that_has_it(chi, check_of, plan_text, session, make_plan):
    plan = make_plan()
    session.commit()
    review = check_of(plan_text(ROWS))
    page = chi.get(review).text
    assert "Kế hoạch số 41/KH-UBND ngày 15/01/2026 đã có trong hệ thống." in page
    assert f'href="/plans/{plan.id}"' in page
    chi.post(f"{review}/another")
    assert "Không còn chỗ cần xem" in chi.get(review).text


# ---- lists -------------------------------------------------------------------------------------------------


def test_an_empty_list_says_how_to_begin(chi):
    page = chi.get("/plans/").text
    assert "Chưa có kế hoạch nào." in page
    assert "Tải lên văn bản đã ký để bắt đầu." in page


def test_plans_are_searched_without_diacritics(cast, make_plan, log_in, session):
    make_plan()
    session.commit()
    browser = log_in(cast.chi)
    assert "chuyển đổi số" in browser.get("/plans/?q=chuyen doi").text
    assert "Không tìm thấy kế hoạch nào với “thien tai”." in browser.get("/plans/?q=thien tai").text


def test_thirty_plans_and_imports_take_as_many_queries_as_one(
    cast, make_plan, make_task, make_assignment, make_import, chi, plan_text, session, count_queries
):
    def queries():
        session.expire_all()
        with count_queries() as sent:
            assert chi.get("/plans/").status_code == 200
        return len(sent)

    make_assignment(make_task(make_plan()))
    make_import(plan_text())
    session.commit()
    few = queries()
    waiting = only_import(session)
    for number in range(30):
        make_plan(number=f"{number}/KH-UBND")
        session.add(
            PlanImport(
                file=waiting.file, file_name=f"{number}.txt", unit=waiting.unit, by=waiting.by, at=waiting.at,
                draft=waiting.draft, answers={},
            )
        )  # fmt: skip
    session.commit()
    assert queries() == few


def test_a_plan_of_thirty_tasks_takes_as_many_queries_as_one_of_one(
    cast, make_plan, make_task, make_assignment, log_in, session, count_queries
):
    browser = log_in(cast.chi)

    def queries(plan_id):
        session.expire_all()
        with count_queries() as sent:
            assert browser.get(f"/plans/{plan_id}").status_code == 200
        return len(sent)

    short, long = make_plan(), make_plan(number="42/KH-UBND")
    make_assignment(make_task(short))
    for _ in range(30):
        make_assignment(make_task(long))
    session.commit()
    assert queries(short.id) == queries(long.id)


def test_a_check_of_thirty_rows_takes_as_many_queries_as_one(chi, check_of, plan_text, count_queries):
    def queries(count):
        rows = "\n".join(
            f"{n}\tLớp {n}\tPhòng Kinh tế\tCác thôn\tkhi cần\tBáo cáo" for n in range(1, count + 1)
        )
        review = check_of(plan_text(rows, number=f"{count}/KH-UBND"))
        with count_queries() as sent:
            assert chi.get(review).status_code == 200
        return len(sent)

    assert queries(1) == queries(30)


def test_a_task_page_shows_to_each_their_part(cast, make_task, make_assignment, log_in, session):
    task = make_task(leads=[cast.economy, cast.culture], helpers=[])
    make_assignment(task)
    make_assignment(task, columns={"party": task.leads[1], "unit": cast.culture})
    session.commit()
    address = f"/plans/{task.plan_id}/tasks/{task.id}"
    rows = [log_in(user).get(address).text.count('href="/assignments/') for user in (cast.chi, cast.an)]
    assert rows[0] - rows[1] == 1


FIGURES = """
PHỤ LỤC II
CHỈ TIÊU GIAO

TT\tTên đơn vị\tTỷ lệ hồ sơ trực tuyến (%)\t
\t\tNăm 2025\tNăm 2026
1\tPhòng Kinh tế\t55,5\t60
2\tTrạm Y tế xã\t70\t65
"""


def test_a_unit_that_only_indicators_name_is_asked_for_and_gets_its_figures(
    chi, cast, check_of, plan_text, session
):
    review = check_of(plan_text(ROWS + "\n") + FIGURES.encode())
    page = chi.get(review).text
    assert "1/1. “Trạm Y tế xã” chưa có trong danh sách đơn vị." in page
    assert "Đơn vị của chỉ tiêu" in page
    assert "Đơn vị của chỉ tiêu" in chi.get(f"{review}/phrase?phrase=Trạm Y tế xã").text
    data = {"phrase": "Trạm Y tế xã", "target": f"u{cast.culture.id}", "seen": seen(session)}
    chi.post(f"{review}/phrase", data=data)
    assert "Không còn chỗ cần xem" in chi.get(review).text
    chi.post(f"{review}/accept")
    targets = session.query(IndicatorTarget).filter_by(unit_id=cast.culture.id)
    assert sorted((one.period, one.target, one.given) for one in targets) == [
        ("2025", None, 70),
        ("2026", 65, None),
    ]


def test_a_unit_of_a_table_is_put_below_the_one_it_stands_under(chi, cast, check_of, plan_text, session):
    table = FIGURES.replace("1\tPhòng Kinh tế", "I\tUBND huyện Ba Vì").replace(
        "2\tTrạm Y tế xã", "1\tUBND xã Yên Bài"
    )
    review = check_of(plan_text(ROWS + "\n") + table.encode())
    assert chi.get(f"{review}/units").text.count('<option value="under">UBND huyện Ba Vì') == 1
    phrases = ["UBND huyện Ba Vì", "UBND xã Yên Bài"]
    chi.post(f"{review}/units", data={"phrase": phrases, "kind": ["unit", "unit"], "parent": ["", "under"]})
    below = session.scalars(select(Unit).where(Unit.name == "UBND xã Yên Bài")).one()
    assert below.parent.name == "UBND huyện Ba Vì"


@pytest.fixture
def figures(check_of, plan_text):
    """The address of the check of a plan with four figures of indicators."""
    return check_of(
        plan_text(ROWS + "\n") + FIGURES.replace("Trạm Y tế xã", "Phòng Văn hóa - Xã hội").encode()
    )


TOLD = {"name": "Tỷ lệ hồ sơ trực tuyến", "unit": "Phòng Kinh tế", "period": "2026", "measure": "%"}


def test_an_indicator_is_corrected_and_left_out_in_place(figures, chi, cast, session):
    page = chi.get(f"{figures}/figures/1").text
    assert 'value="60"' in page
    told = TOLD | {"bound": "at_least", "target": "62,5", "actual": "", "followed": "y"}
    assert chi.post(f"{figures}/figures/1", data=told | {"seen": seen(session)}).status_code == 302
    page = chi.get(figures).text
    assert re.search(r"tối thiểu 62,5\s%", page)
    assert "4 số liệu chỉ tiêu đọc được, 4 được theo dõi" in page
    left = TOLD | {"unit": "Phòng Văn hóa - Xã hội", "bound": "", "target": "65", "seen": seen(session)}
    chi.post(f"{figures}/figures/3", data=left)
    assert "4 số liệu chỉ tiêu đọc được, 3 được theo dõi" in chi.get(figures).text
    chi.post(f"{figures}/accept")
    stored = session.query(IndicatorTarget).filter_by(period="2026").all()
    assert [(one.unit_id, one.target) for one in stored] == [(cast.economy.id, 62.5)]


def test_a_figure_that_is_none_stays_in_its_field_with_the_reason(figures, chi, session):
    told = TOLD | {"bound": "", "target": "nhiều", "actual": "97.123", "seen": seen(session)}
    answer = chi.post(f"{figures}/figures/1", data=told)
    assert answer.status_code == 422
    assert "Hãy ghi một con số, ví dụ 97,5 hoặc 12.277." in answer.text
    assert "“97.123” quá lớn so với một tỷ lệ." in answer.text
    assert 'value="nhiều"' in answer.text
    assert only_import(session).answers == {}
    assert chi.get(f"{figures}/figures/4").status_code == 404


def test_a_unit_written_anew_for_an_indicator_is_asked_for(figures, chi, session):
    told = TOLD | {"unit": "Trạm Thú y", "bound": "", "target": "60", "followed": "y", "seen": seen(session)}
    chi.post(f"{figures}/figures/1", data=told)
    assert "“Trạm Thú y” chưa có trong danh sách đơn vị." in chi.get(figures).text


def test_the_note_of_an_indicator_is_corrected_and_can_exempt(figures, chi, cast, session):
    told = TOLD | {"bound": "", "target": "", "note": "Không phát sinh hồ sơ", "followed": "y"}
    chi.post(f"{figures}/figures/1", data=told | {"seen": seen(session)})
    assert "Không phát sinh hồ sơ" in chi.get(figures).text
    chi.post(f"{figures}/accept")
    stored = session.query(IndicatorTarget).filter_by(period="2026", unit_id=cast.economy.id).one()
    assert (stored.exempt, stored.note) == (True, "Không phát sinh hồ sơ")


@pytest.fixture
def many_figures(check_of, plan_text):
    """The address of the check of a plan with a target in its text and 440 figures of a table."""
    units = "".join(f"{n}\tThôn Nà {n}\t{n}\t{n + 1}\n" for n in range(1, 221))
    table = FIGURES[: FIGURES.index("1\tPhòng Kinh tế")] + units
    text = (
        plan_text(ROWS + "\n").decode().replace("I. MỤC ĐÍCH", "I. MỤC TIÊU\n- Hài lòng đạt tối thiểu 90%.")
    )
    return check_of(text.encode() + table.encode())


def test_every_indicator_of_a_long_table_is_reached_page_by_page(many_figures, chi, session):
    def shown(page):
        rows = re.findall(r'data-row="figure-(\d+)"', chi.get(f"{many_figures}?page={page}").text)
        return [int(row) for row in rows]

    assert [*shown(1), *shown(2), *shown(3)] == list(range(441))
    told = TOLD | {"unit": "Thôn Nà 7", "bound": "", "target": "8", "followed": "y", "seen": seen(session)}
    answer = chi.post(f"{many_figures}/figures/430", data=told)
    assert answer.location == f"{many_figures}?page=3#indicators"


def test_a_forecast_names_the_first_units_that_nobody_reads_letters_for_and_folds_the_others(
    chi, cast, check_of, plan_text, session
):
    names = [f"Thôn Nà {number}" for number in range(1, 11)]
    for name in names:
        cast.unit(name, cast.commune)
    review = check_of(plan_text(f"1\tTập huấn\t{'; '.join(names)}\t\t31/12/2099\tBáo cáo"))
    page = chi.get(chi.post(f"{review}/accept").location).text
    assert "10 đơn vị chủ trì chưa có người nhận thư" in page
    assert "và 2 đơn vị khác" in page
    folded = page[page.index("Xem cả 10 đơn vị") :]
    assert all(name in folded for name in names)


def test_what_was_taken_in_on_another_page_stays_taken_in(many_figures, chi, session):
    chi.post(f"{many_figures}/indicators", data={"place": "440", "page": "3"})
    chi.post(f"{many_figures}/indicators", data={"page": "1"})
    assert only_import(session).answers["indicators"] == [440]
    chi.post(f"{many_figures}/indicators", data={"page": "3"})
    assert only_import(session).answers["indicators"] == []
