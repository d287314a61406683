"""Real plans, where they lie beside the checkout: nothing of them is lost."""

import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tracker.deadlines.meaning import Kind
from tracker.plans.readers.sandbox import read_safely
from tracker.plans.reading import draft_plan

SHARED = Path(__file__).resolve().parents[3] / "shared"


@cache
def plan(name):
    found = sorted(SHARED.glob(name))
    if not found:
        pytest.skip(f"../shared/{name} is not there")
    return draft_plan(read_safely(found[0], found[0].name))


def fates(draft, fate):
    return [line for line in draft.ledger if line.fate == fate]


def table_tasks(draft):
    return [task for task in draft.tasks if task.source == "table"]


@pytest.mark.parametrize(
    ("name", "tasks", "groups"),
    [
        ("seeds/002*", 5, ["I"] * 5),
        ("seeds/003*", 14, ["I"] * 2 + ["II"] * 9 + ["IV", "V", "VI"]),
        ("seeds/004*", 8, ["I"] * 5 + ["II"] + ["III"] * 2),
    ],
)
def test_every_task_stands_in_its_group(name, tasks, groups):
    found = table_tasks(plan(name))
    assert (len(found), [task.group for task in found]) == (tasks, groups)


def test_cut_rows_are_whole_again():
    last = table_tasks(plan("seeds/002*"))[-1]
    assert last.lead == ("UBMT", "các đoàn thể")
    assert last.coordinating == ("Bộ phận VH TT", "VP HĐND&UBND xã")
    last = table_tasks(plan("seeds/003*"))[-1]
    assert last.coordinating == ("Văn phòng HĐND và UBND huyện", "Phòng Nội vụ")
    assert last.title.startswith("Thực hiện khen thưởng theo thẩm quyền và đề xuất")


def test_a_task_can_have_several_milestones_with_their_own_deliverables():
    task = table_tasks(plan("seeds/004*"))[2]
    assert [
        (draft.milestone.kind, str(draft.milestone.due), len(draft.deliverables)) for draft in task.milestones
    ] == [(Kind.BY, "2023-06-14", 1), (Kind.PERIOD, "2023-06-30", 1), (Kind.PERIOD, "2023-12-31", 1)]


def test_a_group_number_used_twice_is_reported():
    assert any("«II» được dùng hai lần" in warning for warning in plan("seeds/003*").warnings)


@pytest.mark.parametrize(
    ("name", "number", "issued"),
    [
        ("seeds/000*", None, None),
        ("seeds/001*", None, None),
        ("seeds/002*", "175/KH-UBND", "2025-02-17"),
        ("seeds/003*", None, None),
        ("seeds/004*", "96/KH-UBND", "2023-04-28"),
        ("plans/nq97*.pdf", "97/NQ-CP", "2026-04-06"),
        ("plans/nq105*.pdf", "105/NQ-CP", "2026-04-08"),
        ("plans/qd982*.pdf", "982/QĐ-TTg", "2026-06-04"),
    ],
)
def test_number_and_date_come_from_where_they_stand(name, number, issued):
    heading = plan(name).heading
    assert (heading.number, heading.issued and heading.issued.isoformat()) == (number, issued)


def test_one_list_over_eleven_printed_tables_is_read_whole():
    draft = plan("seeds/004*")
    rows = [(line.where, line.text) for line in fates(draft, "indicator")]
    assert (
        len(rows) == 18 + 13 + 172 + 3
    )  # departments, districts, communes, districts with figures above them
    counted = Counter(under for under, _ in {(i.under, i.where) for i in draft.indicators if i.selected})
    assert (counted.pop("Sở, ban, ngành"), counted.pop("UBND các huyện, thị xã, thành phố")) == (18, 13)
    assert counted.pop("UBND các xã, phường, thị trấn") == 3
    assert (len(counted), sum(counted.values())) == (12, 172)
    first = draft.indicators[0]
    assert (first.unit, first.period, first.actual, first.measure) == ("Sở Ngoại vụ", "Quý I/2023", 100, "%")
    assert first.note == "Không có TTHC yêu cầu nghĩa vụ tài chính"


def test_figures_of_the_plans_year_are_targets_and_those_before_it_were_reached():
    found = [(i.period, i.target, i.actual) for i in plan("seeds/002*").indicators if i.selected]
    assert found == [
        ("2025", None, 69),
        ("2024", None, 7.56),
        ("2025", 60, None),
        ("2024", None, 43.98),
        ("2025", 60, None),
    ]


@pytest.mark.parametrize(("name", "count"), [("nq97", 29), ("nq105", 34), ("qd982", 34)])
def test_no_row_of_a_gazette_table_is_lost(name, count):
    draft = plan(f"plans/{name}*.pdf")
    gold = json.loads((SHARED / f"plans/{name}-2026.gold.json").read_text(encoding="utf8"))["tasks"]
    tasks = table_tasks(draft)
    assert [task.no for task in tasks] == list(dict.fromkeys(row["no"] for row in gold)) or len(
        tasks
    ) == count
    assert all(task.lead and task.milestones for task in tasks)


@pytest.mark.parametrize("name", ["nq97", "nq105", "qd982"])
def test_the_fields_of_a_gazette_table_are_right(name):
    score, files = SHARED / "tools" / "score_reading.py", SHARED / "plans"
    tracker = Path(sys.executable).with_name("tracker")
    if not (score.is_file() and tracker.is_file()):
        pytest.skip("../shared/tools or the installed command is not there")
    gold, file = files / f"{name}-2026.gold.json", files / f"{name}-2026.pdf"
    run = subprocess.run(
        [sys.executable, score, "gazette", gold, file, tracker], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr


def prose(draft, part):
    return [task for task in draft.tasks if task.source == "prose" and task.group == part]


def test_units_named_as_headings_have_all_their_duties():
    counted = Counter(task.lead for task in prose(plan("seeds/001*"), "IV"))
    assert counted == {
        ("Phòng Văn hoá - xã hội",): 3,
        ("Văn Phòng HĐND và UBND",): 2,
        ("Phòng Kinh tế",): 2,
        ("Trung tâm Phục vụ hành chính công",): 9,
        ("Công an xã",): 3,
        ("Tổ chuyển đổi số cộng đồng",): 8,
        ("MTTQ", "các đoàn thể"): 5,
    }


def test_sentences_whose_subject_is_a_unit_are_duties_with_the_time_that_follows_them():
    found = prose(plan("seeds/000*"), "II")
    assert [(task.lead, task.deadline_text) for task in found] == [
        (("Các phòng chuyên môn",), "Thường xuyên"),
        (("Trung tâm Phục vụ hành chính công xã",), "Thường xuyên"),
    ]


@pytest.mark.parametrize(
    ("name", "unit", "kind", "due"),
    [
        ("seeds/001*", "Phòng Kinh tế", Kind.BY, "2025-12-30"),
        ("seeds/004*", "Sở Nội vụ", Kind.BY, "2023-05-29"),
        ("seeds/004*", "Văn phòng UBND tỉnh", Kind.RECURRING, "None"),
        ("seeds/002*", "Bộ phận Văn phòng HĐND&UBND", Kind.RECURRING, "None"),
    ],
)
def test_deadlines_inside_sentences_are_read(name, unit, kind, due):
    duties = [task for task in plan(name).tasks if task.source == "prose" and unit in task.lead]
    assert (kind, due) in [
        (m.milestone.kind, str(m.milestone.due)) for task in duties for m in task.milestones
    ]
