"""Markdown: pipe tables beside what plain text has."""

import io

import pytest

from tracker.plans.readers import read


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        pytest.param(
            "# KẾ HOẠCH\n\n| TT | Việc | Hạn |\n|---|:--|---|\n| 1 | **Rà soát**<br>quy chế | Quý I |\n\nHết",
            ["KẾ HOẠCH", "==", "TT | Việc | Hạn", "1 | Rà soát ⏎ quy chế | Quý I", "Hết"],
            id="a-table",
        ),
        pytest.param(
            "TT | Việc | Hạn\n--- | --- | ---\n1 | A \\| B | x\n2 |  | y",
            ["==", "TT | Việc | Hạn", "1 | A | B | x", "2 |  | y"],
            id="without-outer-pipes",
        ),
        pytest.param("a | b là hai cách ghi", ["a | b là hai cách ghi"], id="a-pipe-in-a-sentence"),
        pytest.param("Mục\n===\n\n---\n> Trích\n\n[Cổng](https://a.vn/b) số", ["Mục", "Trích", "Cổng số"],
                     id="rules-quotes-and-links"),
        pytest.param("1. Một\n2. Hai\n   - Ý", ["1. Một", "2. Hai", "- Ý"], id="lists"),
    ],
)  # fmt: skip
def test_it_reads(content, lines, outline):
    assert outline(read(io.BytesIO(content.encode()), "ke-hoach.md")) == lines
