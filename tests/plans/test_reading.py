"""Whole documents, as golden drafts: fictional plans with the traps of real ones."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.plans.blocks import Cell, Document, Paragraph, Row, Table, UnreadableFile, Where
from tracker.plans.form import from_dict, to_dict, to_printed_dict
from tracker.plans.ledger import lost
from tracker.plans.places import place
from tracker.plans.readers.text import read
from tracker.plans.reading import NOTHING, PROPOSED, SCANNED, draft_plan
from tracker.plans.report import report
from tracker.plans.tasks import ILLEGIBLE_CELL

FILES = Path(__file__).parent / "files"
NAMES = sorted(path.stem for path in FILES.glob("*.txt"))


def draft_of(name):
    return draft_plan(read(BytesIO((FILES / f"{name}.txt").read_bytes())))


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_is_read_as_reviewed(name, golden):
    printed = to_printed_dict(draft_of(name), today=date(2026, 6, 18))
    golden(f"plans/{name}.json", json.dumps(printed, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_kept_as_values_comes_back_the_same(name):
    draft = draft_of(name)
    assert from_dict(json.loads(json.dumps(to_dict(draft)))) == draft


def test_duties_are_offered_unselected_where_tables_hold_the_tasks():
    draft = draft_of("xa-dai-an")
    assert {task.source: task.selected for task in draft.tasks} == {"table": True, "prose": False}
    assert all(task.selected for task in draft_of("phuong-lac-vien").tasks)


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "Tuyệt mật", "Độ mật: MẬT", "M Ậ T"])
def test_a_stamp_of_secrecy_is_refused(make_document, stamp):
    with pytest.raises(UnreadableFile, match="dấu Mật"):
        draft_plan(make_document("UBND XÃ ĐẠI AN", stamp, "KẾ HOẠCH", "Diễn tập năm 2026"))


def test_the_ledger_says_of_an_aim_that_its_figure_is_proposed(make_document):
    aims = ("- 100% hồ sơ được số hóa.", "- Nâng cao chất lượng phục vụ người dân.")
    heads = "KẾ HOẠCH", "Chuyển đổi số năm 2026", "II. MỤC TIÊU, NHIỆM VỤ", "1. Mục tiêu"
    draft = draft_plan(make_document(*heads, *aims))
    assert [indicator.target for indicator in draft.indicators] == [100]
    reasons = {line.text: line.reason for line in draft.ledger}
    assert reasons[aims[0]] == PROPOSED
    assert reasons[aims[1]] not in ("", PROPOSED)


def test_a_stamp_in_a_table_that_arranges_the_heading_is_refused_too(make_document):
    with pytest.raises(UnreadableFile, match="dấu Mật"):
        draft_plan(
            make_document([("UBND XÃ ĐẠI AN\nTỐI MẬT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")], "KẾ HOẠCH")
        )


def test_the_word_in_a_sentence_is_no_stamp(make_document):
    draft = draft_plan(
        make_document("KẾ HOẠCH", "Bảo vệ bí mật nhà nước năm 2026", "Căn cứ Luật Bảo vệ bí mật;")
    )
    assert draft.heading.title == "Bảo vệ bí mật nhà nước năm 2026"
    assert draft.warnings == (NOTHING,)


def test_whatever_came_through_recognition_is_reviewed(make_document):
    table = [("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"), ("1", "Rà soát", "Công an xã", "30/6/2026")]
    document = make_document(table)
    scanned = Document(document.blocks, scanned=(0,))
    assert SCANNED not in draft_plan(document).tasks[0].doubts
    assert SCANNED in draft_plan(scanned).tasks[0].doubts


def test_a_row_of_which_nothing_was_recognised_for_sure_is_lost_until_a_person_has_looked(make_document):
    document = make_document([
        ("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"),
        ("1", "Rà soát quy chế", "Công an xã ▯", "30/6/2026"),
        ("▯", "ew) ▯", "▯", ""),
        ("2", "Lập đề án", "Phòng Kinh tế", "Quý I/2026"),
    ])  # fmt: skip
    draft = draft_plan(document)
    assert [(task.title, task.lead) for task in draft.tasks] == [
        ("Rà soát quy chế", ("Công an xã",)), ("Lập đề án", ("Phòng Kinh tế",))
    ]  # fmt: skip
    assert lost(draft) == ["table 1, row 3"]
    assert any("bảng 1, dòng 3" in warning for warning in draft.warnings)
    assert [ILLEGIBLE_CELL in task.doubts for task in draft.tasks] == [True, False]


def test_a_table_of_unknown_columns_is_named(make_document):
    draft = draft_plan(make_document([("Đèn", "Đường", "Cột")] * 3))
    assert "bảng 1 (3 dòng)" in draft.warnings[0]


def test_a_numbered_row_that_belongs_to_no_table_is_named(make_document):
    draft = draft_plan(make_document([("15", "Số hóa hồ sơ Trung tâm", "30/9/2026", "Dữ liệu")]))
    assert "bảng 1 (1 dòng)" in draft.warnings[0]


NUMBERS = ["", "", "1", "2.", "1.1", "I", "a)", "-", "(", "nt", "7,5%"]
HEADERS = ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm", "Đơn vị", "Năm 2025"]
TEXTS = [
    "Công an xã",
    "Sở Y tế và các sở",
    "Quý I/2026",
    "30/6/2026 và 7/2026",
    "Báo cáo. Kế hoạch;",
    "nối tiếp câu",
]
WHOLE_ROWS = ["TỔNG CỘNG: 3 NHIỆM VỤ", "NHÓM A (02 nhiệm vụ)", "Ghi chú: không"]
WORDS = st.sampled_from([*NUMBERS, *HEADERS, *TEXTS, *WHOLE_ROWS])
CELLS = st.builds(Cell, text=WORDS, span=st.integers(1, 3), continues=st.booleans(), bold=st.booleans())


@st.composite
def documents(draw):
    blocks, line = [], 0
    for number in range(1, draw(st.integers(1, 4)) + 1):
        for text in draw(
            st.lists(WORDS | st.just("III. TỔ CHỨC THỰC HIỆN") | st.just("PHỤ LỤC I"), max_size=3)
        ):
            line += 1
            blocks.append(Paragraph(text, Where(line=line)))
        width = draw(st.integers(1, 6))
        rows = draw(st.lists(st.tuples(*[CELLS] * width), min_size=1, max_size=7))
        made = [Row(cells, Where(table=number, row=at)) for at, cells in enumerate(rows, 1)]
        blocks.append(Table(tuple(made), number))
    return Document(tuple(blocks))


@settings(max_examples=150, deadline=None)
@given(documents())
def test_every_row_is_accounted_for_exactly_once(document):
    draft = draft_plan(document)
    rows = [place(row.where) for table in document.tables() for row in table.rows]
    accounted = [line.where for line in draft.ledger if line.where.startswith("table")]
    assert sorted(accounted) == sorted(rows)
    assert all(line.reason for line in draft.ledger if line.fate == "ignored")
    assert lost(draft) == []
    assert from_dict(to_dict(draft)) == draft


def test_a_row_that_became_nothing_is_lost():
    table = "TT\tNhiệm vụ\tĐơn vị chủ trì\tThời hạn\n1\tLập quy chế\tPhòng Nội vụ\t30/6/2026"
    duty = "III. TỔ CHỨC THỰC HIỆN\n1. Phòng Kinh tế báo cáo hằng quý."
    text = f"{duty}\n{table}\n2\tMua máy\tPhòng Nội vụ\t30/7/2026"
    draft = draft_plan(read(BytesIO(text.encode())))
    assert len(draft.read) == len(draft.ledger) == 5
    ledger = tuple(line for line in draft.ledger if "Mua máy" not in line.text)
    assert lost(replace(draft, ledger=ledger)) == ["table 1, row 3"]
    tasks = tuple(task for task in draft.tasks if task.source == "table")
    assert lost(replace(draft, tasks=tasks)) == ["line 2"]
    assert any("! Chưa tính đến bảng 1, dòng 3" in line for line in report(replace(draft, ledger=ledger)))
