"""`tracker deadline`: one text, many lines, JSON and words, and how it says no."""

import json
import subprocess
import sys
import unicodedata

import pytest
from click.testing import CliRunner

from tracker.cli import main


def run(*arguments, given=None):
    return CliRunner().invoke(main, ["deadline", *arguments], input=given)


def test_one_text_as_json():
    result = run("Trước ngày 28/3/2025", "--json")
    assert json.loads(result.stdout) == {
        "text": "Trước ngày 28/3/2025",
        "milestones": [
            {
                "kind": "by",
                "start": None,
                "due": "2025-03-27",
                "rrule": None,
                "occurrences": [],
                "text": "Trước ngày 28/3/2025",
            }
        ],
        "needs_review": False,
        "unread": "",
        "doubts": [],
    }


def test_a_repeating_deadline_shows_five_occurrences_from_the_issue_date_on():
    result = run("Hằng quý", "--issued", "17/02/2025", "--json")
    assert json.loads(result.stdout)["milestones"][0]["occurrences"] == [
        ["2025-01-01", "2025-03-31"],
        ["2025-04-01", "2025-06-30"],
        ["2025-07-01", "2025-09-30"],
        ["2025-10-01", "2025-12-31"],
        ["2026-01-01", "2026-03-31"],
    ]


def test_a_counted_deadline_shows_what_it_is_counted_from():
    result = run("15 ngày kể từ ngày ban hành", "--issued", "2025-02-17", "--json")
    milestone = json.loads(result.stdout)["milestones"][0]
    assert [milestone[key] for key in ("days", "unit", "anchor", "due")] == [
        15,
        "calendar",
        "issue",
        "2025-03-04",
    ]


def test_each_line_of_the_input_has_its_own_plan_and_its_quotes_mean_nothing():
    lines = '"Quý II"\t2025-02-17\t2025-01-01\t2025-12-31\nNăm 2026\n\t\t\t\n'
    read = [json.loads(line) for line in run("--json", given=lines).stdout.splitlines()]
    assert [one["text"] for one in read] == ['"Quý II"', "Năm 2026", ""]
    assert [one["milestones"][0]["due"] for one in read] == ["2025-06-30", "2026-12-31", None]
    assert [one["needs_review"] for one in read] == [True, False, True]


def test_decomposed_input_gives_composed_output():
    text = unicodedata.normalize("NFD", "Quý III/2027")
    assert json.loads(run("--json", given=text + "\n").stdout)["text"] == "Quý III/2027"


def test_the_answer_for_people_is_vietnamese():
    assert run(
        "Hằng quý", "--start", "2025-01-01", "--end", "2025-06-30", "--issued", "2025-01-01"
    ).stdout == (
        "“Hằng quý”\n  Lặp lại\n    Quý I/2025: hạn cuối 31/3/2025\n    Quý II/2025: hạn cuối 30/6/2025\n"
    )
    assert run("Quý II/2025").stdout == "“Quý II/2025”\n  Khoảng thời gian: Quý II/2025, hạn cuối 30/6/2025\n"
    assert run("khi cần").stdout == (
        "“khi cần”\n  Chưa rõ hạn\n  Chữ chưa dùng đến: “khi cần”\n"
        "  Cần xem lại: Chưa hiểu thời hạn “khi cần”.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "given", "code", "sentence"),
    [
        (["--issued", "31/6/2025", "x"], None, 2, "'31/6/2025' is not a day; write 2025-02-17 or 17/2/2025."),
        (["a" * 2001], None, 1, "Thời hạn dài 2001 ký tự, quá 2000 ký tự. Hãy rút gọn thời hạn.\n"),
        (
            [],
            "x\n" + "a" * 2001,
            1,
            "Dòng 2: Thời hạn dài 2001 ký tự, quá 2000 ký tự. Hãy rút gọn thời hạn.\n",
        ),
        ([], "x\tmai\n", 1, "Line 1 has a date that is no day. Write 2025-02-17 or 17/2/2025.\n"),
        ([], b"Qu\xfd II\n", 1, "Line 1 is not UTF-8 text. Save the file as UTF-8 and try again.\n"),
    ],
)
def test_it_says_no_in_one_sentence(arguments, given, code, sentence):
    result = run(*arguments, given=given)
    assert result.exit_code == code
    assert sentence in result.stderr
    assert code == 2 or result.stderr == sentence


def test_help_has_an_example():
    assert 'tracker deadline "Trước ngày 28/3/2025"' in run("--help").stdout


def test_it_wakes_neither_the_web_nor_the_database():
    program = (
        "import sys, tracker.cli.deadline; print([m for m in ('flask', 'sqlalchemy') if m in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout == "[]\n"
