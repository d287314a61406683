"""Columns of indicator tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.plans.blocks import Row


@dataclass(frozen=True, slots=True)
class FigureColumns:
    """The columns of an indicator table."""

    names: tuple[str, ...]


def read_figure_header(rows: Sequence[Row], at: int) -> tuple[FigureColumns, int] | None:
    """The columns of an indicator table whose header begins at a row; None where none does."""
    return None
