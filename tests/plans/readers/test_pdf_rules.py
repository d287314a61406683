"""One table in PDF, drawn with all, some or none of its rules, its cells at the top or in the middle."""

import textwrap
from itertools import pairwise

import pytest

from tracker.plans.readers import read
from tracker.plans.reading import draft_plan

EDGES = [40, 70, 220, 320, 420, 480, 560]
SIZE, STEP, PADDING = 9, 12, 8
ROWS = [
    ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn hoàn thành", "Sản phẩm"),
    ("I", "Hoàn thiện thể chế", "", "", "", ""),
    (
        "1", "Ban hành kế hoạch chuyển đổi số của tỉnh giai đoạn 2026 - 2030", "Sở Khoa học và Công nghệ",
        "Các sở, ban, ngành; UBND các xã, phường", "Trước ngày 31/01/2026", "Kế hoạch của UBND tỉnh",
    ),
    ("2", "Rà soát, cắt giảm thủ tục", "Văn phòng UBND tỉnh", "Sở Nội vụ", "Quý II/2026", "Báo cáo"),
    ("II", "Phát triển hạ tầng", "", "", "", ""),
    ("1", "Nâng cấp mạng truyền số liệu đến cấp xã", "Sở Xây dựng", "VNPT", "Tháng 9/2026", "Hệ thống mạng"),
    ("2", "Đầu tư trung tâm giám sát", "Công an tỉnh", "", "Năm 2026", "Trung tâm"),
]  # fmt: skip
TASKS = [("I", *ROWS[2]), ("I", *ROWS[3]), ("II", *ROWS[5]), ("II", *ROWS[6])]
ALL = slice(None)
# Which of the level and of the upright rules are drawn.
RULES = {
    "all": (ALL, ALL),
    "level": (ALL, slice(0)),
    "upright": (slice(0), ALL),
    "left and top of each cell": (slice(-1), slice(-1)),
    "inside": (slice(1, -1), slice(1, -1)),
    "around the header": (slice(0, 2), slice(0)),
    "none": (slice(0), slice(0)),
    "under each cell": (slice(0), slice(0)),
}


def drawn(page, rules, *, centred):
    """The table on a page between two paragraphs."""
    page.text(200, 90, "KẾ HOẠCH", bold=True).text(72, 110, "Chuyển đổi số năm 2026")
    levels = [140]
    for row in ROWS:
        cells = [
            textwrap.wrap(text, int((right - left - PADDING) / (SIZE / 2))) or [""]
            for text, left, right in zip(row, EDGES, EDGES[1:], strict=False)
        ]
        tallest = max(map(len, cells))
        for lines, x in zip(cells, EDGES, strict=False):
            down = STEP * (tallest - len(lines)) / 2 if centred else 0
            for index, line in enumerate(lines, 1):
                page.text(
                    x + PADDING / 2, levels[-1] + STEP * index + down, line, size=SIZE, bold=row is ROWS[0]
                )
        levels.append(levels[-1] + STEP * tallest + PADDING)
    level, upright = RULES[rules]
    for y in levels[level]:
        page.rule(EDGES[0], y, EDGES[-1], y)
    for x in EDGES[upright]:
        page.rule(x, levels[0], x, levels[-1])
    for y in levels[1:] if rules == "under each cell" else ():
        for left, right in pairwise(EDGES):
            page.rule(left, y, right, y)
    page.text(72, levels[-1] + 40, "Trên đây là Kế hoạch của Ủy ban nhân dân tỉnh.")


@pytest.mark.parametrize("centred", [False, True], ids=["top", "middle"])
@pytest.mark.parametrize("rules", RULES)
def test_a_table_is_read_with_whatever_rules_it_has(make_pdf, rules, centred):
    draft = draft_plan(read(make_pdf(lambda page: drawn(page, rules, centred=centred)), "plan.pdf"))
    found = [
        (
            task.group, task.no, task.title, "; ".join(task.lead), "; ".join(task.coordinating),
            task.deadline_text, "; ".join(task.milestones[0].deliverables),
        )
        for task in draft.tasks
    ]  # fmt: skip
    assert found == TASKS
