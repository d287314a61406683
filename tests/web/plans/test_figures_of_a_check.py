"""Indicators of a plan are corrected, left out and taken in on the page of its check."""

import re

import pytest
from sqlalchemy import select

from tests.samples import GOALS_HEAD
from tracker.models import IndicatorTarget, Unit

FIGURES = (
    GOALS_HEAD
    + """\
1\tPhòng Kinh tế\t55,5\t60
2\tTrạm Y tế xã\t70\t65
"""
)


def test_a_unit_that_only_indicators_name_is_asked_for_and_gets_its_figures(
    chi, cast, check_of, plan_text, session, seen, one_row
):
    review = check_of(plan_text(one_row + "\n") + FIGURES.encode())
    page = chi.get(review).text
    assert "1/1. “Trạm Y tế xã” chưa có trong danh sách đơn vị." in page
    assert "Đơn vị của chỉ tiêu" in page
    assert "Đơn vị của chỉ tiêu" in chi.get(f"{review}/phrase?phrase=Trạm Y tế xã").text
    data = {"phrase": "Trạm Y tế xã", "target": f"u{cast.culture.id}", "seen": seen()}
    chi.post(f"{review}/phrase", data=data)
    assert "Không còn chỗ cần xem" in chi.get(review).text
    chi.post(f"{review}/accept")
    targets = session.query(IndicatorTarget).filter_by(unit_id=cast.culture.id)
    assert sorted((one.period, one.target, one.given) for one in targets) == [
        ("2025", None, 70),
        ("2026", 65, None),
    ]


def test_a_unit_of_a_table_is_put_below_the_one_it_stands_under(
    chi, cast, check_of, plan_text, session, one_row
):
    table = FIGURES.replace("1\tPhòng Kinh tế", "I\tUBND huyện Ba Vì").replace(
        "2\tTrạm Y tế xã", "1\tUBND xã Yên Bài"
    )
    review = check_of(plan_text(one_row + "\n") + table.encode())
    assert chi.get(f"{review}/units").text.count('<option value="under">UBND huyện Ba Vì') == 1
    phrases = ["UBND huyện Ba Vì", "UBND xã Yên Bài"]
    chi.post(f"{review}/units", data={"phrase": phrases, "kind": ["unit", "unit"], "parent": ["", "under"]})
    below = session.scalars(select(Unit).where(Unit.name == "UBND xã Yên Bài")).one()
    assert below.parent.name == "UBND huyện Ba Vì"


@pytest.fixture
def figures(check_of, plan_text, one_row):
    """The address of the check of a plan with four figures of indicators."""
    return check_of(
        plan_text(one_row + "\n") + FIGURES.replace("Trạm Y tế xã", "Phòng Văn hóa - Xã hội").encode()
    )


TOLD = {"name": "Tỷ lệ hồ sơ trực tuyến", "unit": "Phòng Kinh tế", "period": "2026", "measure": "%"}


def test_an_indicator_is_corrected_and_left_out_in_place(figures, chi, cast, session, seen):
    page = chi.get(f"{figures}/figures/1").text
    assert 'value="60"' in page
    told = TOLD | {"bound": "at_least", "target": "62,5", "actual": "", "followed": "y"}
    assert chi.post(f"{figures}/figures/1", data=told | {"seen": seen()}).status_code == 302
    page = chi.get(figures).text
    assert re.search(r"tối thiểu 62,5\s%", page)
    assert "4 số liệu chỉ tiêu đọc được, 4 được theo dõi" in page
    left = TOLD | {"unit": "Phòng Văn hóa - Xã hội", "bound": "", "target": "65", "seen": seen()}
    chi.post(f"{figures}/figures/3", data=left)
    assert "4 số liệu chỉ tiêu đọc được, 3 được theo dõi" in chi.get(figures).text
    chi.post(f"{figures}/accept")
    stored = session.query(IndicatorTarget).filter_by(period="2026").all()
    assert [(one.unit_id, one.target) for one in stored] == [(cast.economy.id, 62.5)]


def test_a_figure_that_is_none_stays_in_its_field_with_the_reason(figures, chi, only_import, seen):
    told = TOLD | {"bound": "", "target": "nhiều", "actual": "97.123", "seen": seen()}
    answer = chi.post(f"{figures}/figures/1", data=told)
    assert answer.headers["X-Refused"] == "yes"
    assert "Hãy ghi một con số, ví dụ 97,5 hoặc 12.277." in answer.text
    assert "“97.123” quá lớn so với một tỷ lệ." in answer.text
    assert 'value="nhiều"' in answer.text
    assert only_import().answers == {}
    assert chi.get(f"{figures}/figures/4").status_code == 404


def test_a_unit_written_anew_for_an_indicator_is_asked_for(figures, chi, seen):
    told = TOLD | {"unit": "Trạm Thú y", "bound": "", "target": "60", "followed": "y", "seen": seen()}
    chi.post(f"{figures}/figures/1", data=told)
    assert "“Trạm Thú y” chưa có trong danh sách đơn vị." in chi.get(figures).text


def test_the_note_of_an_indicator_is_corrected_and_can_exempt(figures, chi, cast, session, seen):
    told = TOLD | {"bound": "", "target": "", "note": "Không phát sinh hồ sơ", "followed": "y"}
    chi.post(f"{figures}/figures/1", data=told | {"seen": seen()})
    assert "Không phát sinh hồ sơ" in chi.get(figures).text
    chi.post(f"{figures}/accept")
    stored = session.query(IndicatorTarget).filter_by(period="2026", unit_id=cast.economy.id).one()
    assert (stored.exempt, stored.note) == (True, "Không phát sinh hồ sơ")


@pytest.fixture
def many_figures(check_of, plan_text, one_row):
    """The address of the check of a plan with a target in its text and 440 figures of a table."""
    units = "".join(f"{n}\tThôn Nà {n}\t{n}\t{n + 1}\n" for n in range(1, 221))
    table = FIGURES[: FIGURES.index("1\tPhòng Kinh tế")] + units
    text = (
        plan_text(one_row + "\n")
        .decode()
        .replace("I. MỤC ĐÍCH", "I. MỤC TIÊU\n- Hài lòng đạt tối thiểu 90%.")
    )
    return check_of(text.encode() + table.encode())


def test_every_indicator_of_a_long_table_is_reached_page_by_page(many_figures, chi, seen):
    def shown(page):
        rows = re.findall(r'data-row="figure-(\d+)"', chi.get(f"{many_figures}?page={page}").text)
        return [int(row) for row in rows]

    assert [*shown(1), *shown(2), *shown(3)] == list(range(441))
    told = TOLD | {"unit": "Thôn Nà 7", "bound": "", "target": "8", "followed": "y", "seen": seen()}
    answer = chi.post(f"{many_figures}/figures/430", data=told)
    assert answer.location == f"{many_figures}?page=3#indicators"


def test_what_was_taken_in_on_another_page_stays_taken_in(many_figures, chi, only_import):
    chi.post(f"{many_figures}/indicators", data={"place": "440", "page": "3"})
    chi.post(f"{many_figures}/indicators", data={"page": "1"})
    assert only_import().answers["indicators"] == [440]
    chi.post(f"{many_figures}/indicators", data={"page": "3"})
    assert only_import().answers["indicators"] == []
