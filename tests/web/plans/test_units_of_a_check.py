"""Phrases of a plan become units and groups, or stay text, on the page of its check."""

import re

import pytest
from sqlalchemy import select

from tracker.models import Unit, UnitGroup
from tracker.services import units


def test_a_phrase_is_taken_for_a_unit(review, chi, cast, seen):
    data = {"phrase": "Pộ phận VHTT", "target": f"u{cast.culture.id}", "seen": seen()}
    chi.post(f"{review}/phrase", data=data)
    page = chi.get(review).text
    assert "2 chỗ còn cần xem" in page
    assert "“Pộ phận VHTT”: Phòng Văn hóa - Xã hội" in page


@pytest.mark.parametrize(("deed", "words"), [("open", "không phải một đơn vị cụ thể"), ("drop", "bỏ")])
def test_a_phrase_is_left_as_text_or_left_out(review, chi, deed, words, seen):
    chi.post(f"{review}/phrase", data={"phrase": "Pộ phận VHTT", "deed": deed, "seen": seen()})
    assert f"“Pộ phận VHTT”: {words}" in chi.get(review).text


def test_a_unit_is_added_in_place(review, chi, cast, session, seen):
    data = {"phrase": "Pộ phận VHTT", "deed": "new_unit", "seen": seen()}
    chi.post(f"{review}/phrase", data=data)
    assert session.scalars(select(Unit).where(Unit.name == "Pộ phận VHTT")).one().parent == cast.commune
    assert "2 chỗ cần xem" in chi.get(review).text


def test_a_new_unit_is_put_where_its_name_says_or_where_it_was_chosen_to(
    chi, cast, make_import, session, plan_text, seen
):
    rows = "1\tTập huấn\tTrạm Thú y\tTổ Hòa giải\t31/12/2099\tBáo cáo"
    office = make_import(plan_text(rows), unit=cast.office)
    session.commit()
    review = f"/plans/imports/{office.id}"
    page = chi.get(review).text
    assert re.search(rf'<option value="{cast.commune.id}" selected>[^<]*{cast.commune.name}', page)
    for phrase, parent in (("Trạm Thú y", {}), ("Tổ Hòa giải", {"parent": cast.economy.id})):
        chi.post(f"{review}/phrase", data={"phrase": phrase, "deed": "new_unit", "seen": seen()} | parent)
    named = select(Unit.parent_id).where(Unit.name.in_(["Trạm Thú y", "Tổ Hòa giải"])).order_by(Unit.id)
    assert session.scalars(named).all() == [cast.commune.id, cast.economy.id]


def test_units_are_put_only_where_the_person_keeps_them(review, chi, cast):
    data = {"phrase": "Pộ phận VHTT", "deed": "new_unit", "parent": cast.neighbour.id}
    assert chi.post(f"{review}/phrase", data=data).status_code == 403


def test_a_unit_of_another_branch_cannot_be_chosen(review, chi, cast, session, only_import, seen):
    foreign = cast.unit("Phòng Kinh tế", cast.neighbour)
    session.commit()
    data = {"phrase": "Pộ phận VHTT", "target": f"u{foreign.id}", "seen": seen()}
    chi.post(f"{review}/phrase", data=data)
    chi.post(f"{review}/rows/0/lead", data={"unit": foreign.id, "seen": seen()})
    assert only_import().answers == {}


def test_choosing_nobody_is_no_answer(review, chi, seen):
    chi.post(f"{review}/phrase", data={"phrase": "Pộ phận VHTT", "target": "", "seen": seen()})
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


def test_other_writings_of_a_new_unit_are_proposed_as_such_and_leave_no_doubt(chi, check_of, plan_text):
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


def test_a_place_whose_neighbour_bears_other_marks_is_asked_for_and_added(chi, check_of, plan_text, seen):
    rows = "1\tTập huấn\tUBND xã Bình Thanh\t\t31/12/2099\tBáo cáo\n"
    review = check_of(plan_text(rows + "2\tHọp\tUBND xã Bình Thạnh\t\t31/12/2099\tBáo cáo"))
    chi.post(f"{review}/phrase", data={"phrase": "UBND xã Bình Thanh", "deed": "new_unit", "seen": seen()})
    assert "Tên “UBND xã Bình Thạnh” gần giống “UBND xã Bình Thanh”." in chi.get(review).text
    chi.post(f"{review}/phrase", data={"phrase": "UBND xã Bình Thạnh", "deed": "new_unit", "seen": seen()})
    page = chi.get(review).text
    assert "Không còn chỗ cần xem" in page
    assert "cho 2 đơn vị" in page


def test_members_of_a_new_group_are_chosen_beforehand_by_its_name(chi, cast, check_of, plan_text):
    units.add_group("Các phòng, ban", [], keeper=cast.commune, actor=cast.chi, now=cast.chi.created_at)
    rows = "1\tTập huấn\tCác phòng, ban\t\t31/12/2099\tBáo cáo\n2\tHọp\tcác phòng ban\t\t31/12/2099\tBáo cáo"
    page = chi.get(check_of(plan_text(rows))).text
    assert "1 chỗ cần xem" in page
    chosen = re.findall(r'name="unit" value="(\d+)" checked', page)
    assert sorted(map(int, chosen)) == sorted([cast.economy.id, cast.culture.id])


def test_a_group_that_nobody_is_in_can_be_left_out(chi, cast, check_of, plan_text, seen):
    units.add_group("Các phòng, ban", [], keeper=cast.commune, actor=cast.chi, now=cast.chi.created_at)
    review = check_of(plan_text("1\tTập huấn\tPhòng Kinh tế; Các phòng, ban\t\t31/12/2099\tBáo cáo"))
    assert "Bỏ phần này" in chi.get(review).text
    chi.post(f"{review}/phrase", data={"phrase": "Các phòng, ban", "deed": "drop", "seen": seen()})
    assert "Không còn chỗ cần xem" in chi.get(review).text


def test_an_open_lead_is_filled_in_place(chi, cast, check_of, plan_text, row, seen):
    rows = "1\tTập huấn\tCác cơ quan, đơn vị\t\t31/12/2099\tBáo cáo"
    review = check_of(plan_text(rows))
    none = chi.post(f"{review}/rows/0/lead", data={"seen": seen()})
    assert "Hãy chọn ít nhất một đơn vị." in none.text
    chosen = [cast.economy.id, cast.culture.id]
    chi.post(f"{review}/rows/0/lead", data={"unit": chosen, "seen": seen()})
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
