"""Rows of task tables: tasks, their continuations, groups, totals."""

import pytest

from tracker.deadlines.meaning import Context
from tracker.plans import declared
from tracker.plans.blocks import Cell
from tracker.plans.sections import find_sections
from tracker.plans.tables import read_task_table
from tracker.plans.tasks import MAYBE_ANOTHER, NO_LEAD, PAIRED, understand

HEADER = ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm")


@pytest.fixture
def read(make_document):
    """read(*rows) -> the table under the usual header."""

    def read(*rows, header=HEADER, before=()):
        return read_task_table(find_sections(make_document(*before, [header, *rows]))[0])

    return read


def tasks(table):
    return [understand(row, Context()) for row in table.tasks]


def fates(table):
    return [line.fate for line in table.ledger if line.fate != "header"]


def test_a_row_without_a_number_continues_the_row_above_cell_by_cell(read):
    table = read(
        ("1", "Xây dựng quy chế", "UBND xã, các", "Văn phòng HĐND", "Quý I/2026", "Dự thảo"),
        ("", "phối hợp liên ngành", "thôn", "và UBND xã", "", "quy chế"),
    )
    (task,) = tasks(table)
    assert task.title == "Xây dựng quy chế phối hợp liên ngành"
    assert (task.lead, task.coordinating) == (("UBND xã", "các thôn"), ("Văn phòng HĐND và UBND xã",))
    assert task.deliverables == ("Dự thảo quy chế",)
    assert fates(table) == ["task", "continuation"]


def test_a_deadline_of_its_own_in_such_a_row_is_a_further_milestone(read):
    table = read(
        ("1", "Đề án", "Sở Y tế", "", "Tháng 5/2026", "Dự thảo"),
        (None, None, None, None, "Tháng 11/2026", "Báo cáo kết quả thực hiện"),
    )
    (task,) = tasks(table)
    assert [(str(m.milestone.due), m.deliverables) for m in task.milestones] == [
        ("2026-05-31", ("Dự thảo",)),
        ("2026-11-30", ("Báo cáo kết quả thực hiện",)),
    ]
    assert task.doubts == ()


def test_a_deadline_cut_by_the_end_of_the_page_stays_one(read):
    table = read(
        ("1", "Đề án", "Sở Y tế", "", "Quý II/2026 (theo yêu cầu của", "Đề án"),
        ("", "", "", "", "cấp có thẩm quyền)", ""),
    )
    (task,) = tasks(table)
    assert task.deadline_text == "Quý II/2026 (theo yêu cầu của cấp có thẩm quyền)"
    assert len(task.milestones) == 1


def test_equal_counts_are_paired_in_order_and_doubted(read):
    (task,) = tasks(read(("1", "Đề án", "Sở Y tế", "", "Quý I/2026 và Quý III/2026", "Dự thảo; Đề án")))
    assert [m.deliverables for m in task.milestones] == [("Dự thảo",), ("Đề án",)]
    assert PAIRED in task.doubts


def test_other_counts_leave_all_deliverables_to_the_last_milestone(read):
    (task,) = tasks(read(("1", "Đề án", "Sở Y tế", "", "Quý I/2026 và Quý III/2026", "A; B; C")))
    assert [m.deliverables for m in task.milestones] == [(), ("A", "B", "C")]


def test_an_empty_cell_means_a_report(read):
    (task,) = tasks(read(("1", "Rà soát", "Sở Y tế", "", "Quý I/2026", "")))
    assert task.deliverables == ("Báo cáo kết quả",)


def test_groups_of_every_level_name_what_stands_below_them(read):
    table = read(
        ("A", "Công tác chung", "", "", "", ""),
        ("I", "Thể chế", "", "", "", ""),
        ("1", "Nghị định", "Bộ Nội vụ", "", "Quý I/2026", ""),
        ("2.", "Cải cách", "", "", "", ""),
        ("2.1", "Thủ tục", "Bộ Tư pháp", "", "Quý I/2026", ""),
        ("3.", "Báo cáo", "Bộ Nội vụ", "", "Quý I/2026", ""),
        ("B", "Kiểm tra", "", "", "", ""),
        ("1", "Thanh tra", "Bộ Nội vụ", "", "Quý I/2026", ""),
    )
    assert [(task.no, task.group, task.group_title) for task in tasks(table)] == [
        ("1", "I", "A. Công tác chung › Thể chế"),
        ("2.1", "2", "A. Công tác chung › I. Thể chế › Cải cách"),
        ("3", "I", "A. Công tác chung › Thể chế"),
        ("1", "B", "Kiểm tra"),
    ]
    assert not declared.check(table)


def test_a_group_needs_no_number_where_it_stands_out(read):
    bold, wide = Cell("Nhóm nhiệm vụ cấp bách", bold=True), Cell("NHÓM NHIỆM VỤ LÂU DÀI", span=6)
    table = read(
        ("", bold, "", "", "", ""),
        ("1", "Rà soát", "Sở Y tế", "", "Quý I/2026", ""),
        (wide, "", "", "", "", ""),
        ("2", "Xây dựng", "Sở Y tế", "", "Quý I/2026", ""),
    )
    assert [task.group_title for task in tasks(table)] == ["Nhóm nhiệm vụ cấp bách", "NHÓM NHIỆM VỤ LÂU DÀI"]


def test_a_numbered_row_takes_over_what_is_merged_with_the_row_above_it(read):
    table = read(
        ("1", "Rà soát", "Sở Y tế", "Sở Tài chính", "Quý I/2026", ""),
        ("2", "Xây dựng", None, "nt", None, "Đề án"),
    )
    second = tasks(table)[1]
    assert (second.lead, second.coordinating) == (("Sở Y tế",), ("Sở Tài chính",))
    assert second.deadline_text == "Quý I/2026"


def test_tasks_need_no_numbers_where_no_row_has_one(read):
    header = ("Nhiệm vụ", "Đơn vị thực hiện", "Thời hạn")
    table = read(
        ("Rà soát hồ sơ", "Sở Y tế", "Quý I/2026"),
        ("và lập danh mục", "", ""),
        ("Xây dựng", "Sở Y tế", ""),
        header=header,
    )
    assert [task.title for task in tasks(table)] == ["Rà soát hồ sơ và lập danh mục", "Xây dựng"]


def test_a_column_can_name_the_group(read):
    header = ("TT", "Lĩnh vực", "Nhiệm vụ cụ thể", "Chủ trì", "Thời hạn")
    table = read(
        ("1", "Y tế", "Tiêm chủng", "Trạm Y tế", "2026"),
        ("2", None, "Khám", "Trạm Y tế", "2026"),
        header=header,
    )
    assert [task.group_title for task in tasks(table)] == ["Y tế", "Y tế"]


def test_the_heading_over_a_table_names_its_tasks(read):
    table = read(("1", "Rà soát", "Sở Y tế", "", "2026", ""), before=["II. NHIỆM VỤ ĐỘT PHÁ"])
    assert [(task.group, task.group_title) for task in tasks(table)] == [("II", "NHIỆM VỤ ĐỘT PHÁ")]


def test_a_task_without_a_lead_is_doubted(read):
    assert NO_LEAD in tasks(read(("1", "Rà soát", "", "Sở Y tế", "2026", "")))[0].doubts


def test_a_unit_stands_once_and_leading_counts(read):
    (task,) = tasks(read(("1", "Rà soát", "Sở Y tế", "Sở Tài chính, Sở Y tế", "2026", "")))
    assert (task.lead, task.coordinating) == (("Sở Y tế",), ("Sở Tài chính",))


@pytest.mark.parametrize("deadline", ["Quý II/2026", ""])
def test_a_row_without_a_number_that_could_be_a_task_is_doubted(deadline, read):
    table = read(
        ("1", "Rà soát", "Sở Y tế", "", "Quý I/2026", ""),
        ("", "Xây dựng đề án", "Sở Nội vụ", "", deadline, ""),
    )
    (task,) = tasks(table)
    assert MAYBE_ANOTHER in task.doubts


@pytest.mark.parametrize(
    ("number", "late"), [("1", False), ("1.1", False), ("", False), ("5", True), ("2.3", True)]
)
def test_the_first_table_of_a_document_begins_to_count(number, late, read):
    table = read((number, "Rà soát", "Sở Y tế", "", "2026", ""))
    assert declared.check(table, first=True) == ([declared.LATE_START.format(number)] if late else [])
    assert declared.check(table) == []


def test_what_the_table_declares_is_held_against_what_was_read(read):
    table = read(
        ("I", "NHÓM A (02 nhiệm vụ)", "", "", "", ""),
        ("1", "Rà soát", "Sở Y tế", "", "2026", ""),
        ("3", "Xây dựng", "Sở Y tế", "", "2026", ""),
        ("I", "NHÓM B (02 nhiệm vụ)", "", "", "", ""),
        ("4", "Kiểm tra", "Sở Y tế", "", "2026", ""),
        ("", "Tổng số: 5 nhiệm vụ", "", "", "", ""),
    )
    assert declared.check(table) == [
        "Số nhóm «I» được dùng hai lần: «NHÓM A (02 nhiệm vụ)» và «NHÓM B (02 nhiệm vụ)».",
        "Số thứ tự không liền nhau: sau «1» là «3».",
    ]
    counts = declared.counts_of(table)
    assert [(one.count, one.found, one.agrees) for one in counts] == [
        (2, 2, True),
        (2, 1, False),
        (5, 3, False),
    ]
    assert declared.differences(counts) == [
        "Nhóm «NHÓM B (02 nhiệm vụ)» ghi 2 nhiệm vụ nhưng đọc được 1.",
        "Dòng «Tổng số: 5 nhiệm vụ» ghi 5 nhiệm vụ nhưng đọc được 3.",
    ]


def test_a_header_printed_again_on_the_next_page_continues_the_table(make_document):
    torn = ("TT", "Nhiệm vụ", "C hủ trì", "Phối hợp", "Thời\nhạn", "Sản phẩm")
    first = [HEADER, ("1", "Rà soát", "Sở Y tế", "", "2026", "")]
    (section,) = find_sections(make_document(first, "CÔNG BÁO/Số 242", [torn, ("", "hồ sơ", "", "", "", "")]))
    assert [task.title for task in tasks(read_task_table(section))] == ["Rà soát hồ sơ"]
    assert len(section.headers) == 2


def test_a_header_over_two_rows_of_which_the_next_page_prints_the_first_continues_the_table(make_document):
    wide = ("TT", "Nhiệm vụ", Cell("Đơn vị thực hiện", span=2), "", "Thời hạn")
    first = [wide, ("", "", "Chủ trì", "Phối hợp", ""), ("1", "Rà soát", "Sở Y tế", "Sở Nội vụ", "2026")]
    torn = (*wide[:-1], "Thời")
    (section,) = find_sections(make_document(first, [torn, ("2", "Kiểm tra", "Sở A", "Sở B", "2027")]))
    found = tasks(read_task_table(section))
    assert [(task.lead, task.coordinating) for task in found] == [
        (("Sở Y tế",), ("Sở Nội vụ",)),
        (("Sở A",), ("Sở B",)),
    ]


def test_a_header_below_a_table_that_has_none_begins_another(make_document):
    bare = [("1", "Rà soát", "Sở Y tế", "Quý I/2026"), ("2", "Kiểm tra", "Sở Nội vụ", "Quý II/2026")]
    guessed, named = find_sections(make_document(bare, [HEADER, ("1", "Tập huấn", "Sở A", "", "2026", "")]))
    assert [(len(section.headers), len(section.rows)) for section in (guessed, named)] == [(0, 2), (1, 1)]


@pytest.mark.parametrize("again", [(HEADER,), ()], ids=["header-again", "no-header"])
def test_a_row_whose_number_alone_stands_on_the_page_before_is_no_header(again, make_document):
    first = [HEADER, ("1", "Rà soát", "Sở Y tế", "", "2026", ""), ("2", "", "", "", "", "")]
    rest = ("", "Tăng cường truyền thông", "Sở A", "Sở B", "Thường xuyên", "Các hoạt động tuyên truyền")
    more = ("3", "Kiểm tra", "Sở C", "Sở D", "Quý I/2026", "Kế hoạch")
    (section,) = find_sections(make_document(first, [*again, rest, more]))
    table = read_task_table(section)
    assert [(task.no, task.title, task.lead) for task in tasks(table)] == [
        ("1", "Rà soát", ("Sở Y tế",)),
        ("2", "Tăng cường truyền thông", ("Sở A",)),
        ("3", "Kiểm tra", ("Sở C",)),
    ]
    assert fates(table) == ["task", "task", "continuation", "task"]


def test_parties_that_stand_below_a_repeated_header_are_no_names_of_columns(make_document):
    header = ("TT", "Nhiệm vụ", "Chủ trì, phối hợp", "Thời hạn")
    (section,) = find_sections(
        make_document(
            [header, ("1", "Rà soát", "", "2026")],
            [header, ("", "", "- Chủ trì: Sở Y tế.\n- Phối hợp: Sở Nội vụ.", "")],
        )
    )
    (task,) = tasks(read_task_table(section))
    assert (task.lead, task.coordinating) == (("Sở Y tế",), ("Sở Nội vụ",))


def test_a_table_without_a_header_goes_on_with_the_one_before(make_document):
    rows = [("1", "Rà soát", "Sở Y tế", "", "2026", "")]
    (section,) = find_sections(make_document([HEADER, *rows], [("2", "Xây dựng", "Sở Y tế", "", "2026", "")]))
    assert len(section.rows) == 2


def test_another_appendix_begins_another_table(make_document):
    rows = [HEADER, ("1", "Rà soát", "Sở Y tế", "", "2026", "")]
    sections = find_sections(make_document("PHỤ LỤC I", rows, "PHỤ LỤC II", rows))
    assert [section.captions for section in sections] == [("PHỤ LỤC I",), ("PHỤ LỤC II",)]
