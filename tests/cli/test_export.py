"""`tracker export`: the assignments of a plan or a unit as a sheet or as JSON."""

import json
from datetime import datetime

import pytest
from openpyxl import load_workbook

ROWS = "1\t=Tập huấn kỹ năng số\tPhòng Kinh tế\t\t31/12/2099\tBáo cáo\n"
NUMBER = "41/KH-UBND"


@pytest.fixture
def tracker(tracker, upgraded, tmp_path, plan_text):
    """Run a command in an instance where a plan with one task was given out."""
    chi = ["chi", "--name", "Phạm Thị Chi", "--role", "monitor", "--unit", "UBND xã Suối Mây"]
    tracker("user", "add", *chi, "--password", "mật khẩu dài")
    (tmp_path / "ke-hoach.txt").write_bytes(plan_text(ROWS))
    tracker("import", tmp_path / "ke-hoach.txt", "--by", "chi", "--create-units", "--publish")
    return tracker


def test_a_plan_becomes_a_sheet_with_dates_and_no_formula(tracker, tmp_path):
    assert "Đã ghi 1 nhiệm vụ" in tracker("export", tmp_path / "a.xlsx", "--plan", NUMBER)
    head, row = list(load_workbook(tmp_path / "a.xlsx").active.iter_rows(min_row=3, values_only=True))
    said = dict(zip(head, row, strict=True))
    assert said["Nhiệm vụ"] == "'=Tập huấn kỹ năng số"
    assert said["Hạn cuối"] == datetime(2099, 12, 31)


def test_a_unit_and_those_below_it_become_json(tracker, tmp_path):
    tracker("export", tmp_path / "a.json", "--unit", "Phòng Kinh tế")
    [said] = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert (said["id"], said["Nhiệm vụ"], said["Hạn cuối"]) == (1, "=Tập huấn kỹ năng số", "2099-12-31")


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (("a.xlsx", "--plan", "9/KH"), 1, "Không có kế hoạch số “9/KH”"),
        (("a.xlsx", "--unit", "Phòng Lạ"), 1, "Phòng Lạ"),
        (("no/a.xlsx", "--plan", NUMBER), 1, "Không ghi được"),
        (("ke-hoach.txt", "--plan", NUMBER), 2, ".xlsx or .json"),
        (("a.xlsx",), 2, "either --plan or --unit"),
        (("a.xlsx", "--plan", NUMBER, "--unit", "Phòng Kinh tế"), 2, "either --plan or --unit"),
    ],
)
def test_a_refusal_is_one_sentence_and_writes_nothing(arguments, exit_code, said, tracker, tmp_path):
    file, *options = arguments
    assert said in tracker("export", tmp_path / file, *options, exit_code=exit_code)
    assert not list(tmp_path.glob("**/a.*"))


def test_a_file_that_is_there_stays(tracker, tmp_path):
    (tmp_path / "a.json").write_text("mine")
    assert "Đã có tệp" in tracker("export", tmp_path / "a.json", "--plan", NUMBER, exit_code=1)
    assert (tmp_path / "a.json").read_text() == "mine"
