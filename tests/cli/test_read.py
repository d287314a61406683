"""`tracker read` prints what would be imported, or one sentence of refusal."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tracker.cli.read import read

PLAN = Path(__file__).resolve().parent.parent / "plans" / "files" / "xa-dai-an.txt"


def run(*arguments):
    return CliRunner().invoke(read, list(map(str, arguments)))


def test_it_prints_one_object_of_the_promised_form():
    printed = json.loads(run(PLAN, "--json").stdout)
    assert list(printed)[:5] == ["plan", "tasks", "indicators", "ledger", "warnings"]
    assert list(printed["plan"])[:5] == ["number", "issued", "issuer", "title", "period"]
    task = printed["tasks"][2]
    assert {"group", "group_title", "no", "title", "source", "lead", "coordinating", "deadline_text"} < set(
        task
    )
    assert {"milestones", "deliverables", "where", "needs_review", "doubts"} < set(task)
    milestone = task["milestones"][0]
    assert milestone["kind"] == "recurring"
    assert milestone["occurrences"] == [["2026-01-01", "2026-12-31"]]
    assert printed["ledger"]["task"] == len(printed["tasks"])


def test_people_get_the_heading_the_tasks_their_doubts_and_the_ledger():
    text = run(PLAN).stdout
    assert "Số, ký hiệu:   31/KH-UBND" in text
    assert "I. NHÓM NHIỆM VỤ HẠ TẦNG (02 nhiệm vụ)" in text
    assert "? «Các cơ quan liên quan» là nhóm mở" in text
    assert "1.a. (đề xuất, chưa chọn) Chủ trì, phối hợp với Công an xã" in text
    assert "Đã đọc 24 dòng, tính đủ 24: 7 nhiệm vụ" in text
    assert "  Văn bản ghi 2 nhiệm vụ: khớp  «NHÓM NHIỆM VỤ HẠ TẦNG (02 nhiệm vụ)»" in text
    assert "  Văn bản ghi 5 nhiệm vụ: KHÔNG KHỚP, đọc được 4  «TỔNG CỘNG: 5 NHIỆM VỤ»" in text
    assert "  Bỏ qua 1 dòng: Lời kết của văn bản.\n    dòng 31: Trên đây là Kế hoạch năm 2026./." in text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("absent.txt", None),
        ("empty.txt", b""),
        ("plan.pdf", b"%PDF-1.4 broken"),
        ("secret.txt", "MẬT\nKẾ HOẠCH".encode()),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(tmp_path, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = run(tmp_path / name)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stderr.strip().endswith(".")


def test_it_does_not_wake_flask():
    code = "import sys, tracker.cli.read; print(any(name.split('.')[0] == 'flask' for name in sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
