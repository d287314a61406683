"""Cells over rows and columns find their columns; edges that differ from row to row are made even."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.plans.blocks import Cell
from tracker.plans.readers.grid import Placed, evened, lay_out


def texts(rows):
    return [[("^" if cell.continues else "") + cell.text for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("rows", "laid"),
    [
        ([[Placed("a", columns=2), Placed("b")]], [["a", "", "b"]]),
        ([[Placed("a", rows=2), Placed("b")], [Placed("c")]], [["a", "b"], ["^", "c"]]),
        (
            [[Placed("a"), Placed("b", rows=3)], [Placed("c")], [Placed("d")]],
            [["a", "b"], ["c", "^"], ["d", "^"]],
        ),
        ([[Placed("a", columns=2, rows=2), Placed("b")], [Placed("c")]], [["a", "", "b"], ["^", "", "c"]]),
        ([[Placed("a", rows=2)], [], [Placed("b")]], [["a"], ["^"], ["b"]]),
        ([[Placed("a")], [Placed("b"), Placed("c")]], [["a"], ["b", "c"]]),
        ([[Placed("a"), Placed("b", rows=2)], [Placed("c", columns=9)]], [["a", "b"], ["c", "^"]]),
    ],
)
def test_cells_take_the_next_free_column(rows, laid):
    assert texts(lay_out(rows)) == laid


def row(*cells: tuple[str, int]) -> tuple[Cell, ...]:
    return tuple(one for text, span in cells for one in (Cell(text, span=span), *[Cell()] * (span - 1)))


@pytest.mark.parametrize(
    ("rows", "even"),
    [
        (
            [row(("a", 1), ("b", 2), ("c", 1)), row(("d", 1), ("e", 1), ("f", 2))],
            [["a", "b", "c"], ["d", "e", "f"]],
        ),
        ([row(("a", 1), ("b", 1)), row(("c", 1))], [["a", "b"], ["c", ""]]),
        ([row(("a", 2), ("b", 2)), row(("c", 2), ("d", 2))], [["a", "b"], ["c", "d"]]),
        ([row(("a", 1), ("b", 1), ("c", 1)), row(("tổng", 3))], [["a", "b", "c"], ["tổng", "", ""]]),
        (
            [row(("a", 2), ("b", 2), ("c", 2))] * 3 + [row(("x", 2), ("y", 1), ("z", 1), ("t", 2))],
            [["a", "b", "c"]] * 3 + [["x", "y\nz", "t"]],
        ),
    ],
)
def test_rows_share_the_columns_of_most(rows, even):
    assert texts(evened(rows)) == even


@given(
    st.lists(st.lists(st.tuples(st.sampled_from(["", "a", "b"]), st.integers(1, 3)), min_size=1), max_size=6)
)
def test_no_text_is_lost_and_every_row_is_as_wide(rows):
    before = [row(*cells) for cells in rows]
    after = evened(before)
    assert len({len(cells) for cells in after}) <= 1
    for old, new in zip(before, after, strict=True):
        assert "".join(cell.text for cell in old) == "".join(cell.text for cell in new).replace("\n", "")
        assert sum(cell.span for cell in new if cell != Cell()) <= len(new)
