"""A selection as it stands in an address, so that a view can be sent to a colleague."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from tracker.rules.counting import Side
from tracker.services.selections import Selection
from tracker.web.numbers import row_number

LONGEST = 200  # characters of a search
QUARTER = re.compile(r"([12]\d{3})-Q([1-4])")
SPAN = "..."  # between the first and the last day of «2026-06-15...2026-12-14»


def read_selection(arguments: MultiDict[str, str]) -> Selection:
    """The selection of an address («?unit=7&quarter=2026-Q2&sides=overdue»); nonsense is left out."""
    return Selection(
        plan_id=arguments.get("plan", type=row_number),
        unit_id=arguments.get("unit", type=row_number),
        lead_id=arguments.get("lead", type=row_number),
        group_id=arguments.get("group", type=row_number),
        quarter=read_quarter(arguments.get("quarter", "")),
        within=_read_span(arguments.get("within", "")),
        sides=_read_sides(arguments.get("sides", "")),
        extended="extended" in arguments,
        excused="excused" in arguments,
        words=arguments.get("q", "").strip()[:LONGEST],
    )


def read_quarter(text: str) -> date | None:
    """«2026-Q2» -> 01/4/2026, the first day; None where it is not a quarter."""
    found = QUARTER.fullmatch(text)
    return date(int(found[1]), int(found[2]) * 3 - 2, 1) if found else None


def write_quarter(day: date) -> str:
    """30/6/2026 -> «2026-Q2»."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _read_span(text: str) -> tuple[date, date] | None:
    first, _, last = text.partition(SPAN)
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None


def _read_sides(text: str) -> frozenset[Side] | None:
    return frozenset(Side(name) for name in text.split(",") if name in set(Side)) or None


def write_sides(*sides: Side) -> str:
    """The sides as one value of an address: «waiting,waiting_past»."""
    return ",".join(sorted(sides))


def arguments_of(selection: Selection) -> dict[str, Any]:
    """The arguments of the address that `read_selection` reads the selection from."""
    return dict(_arguments(selection))


def _arguments(selection: Selection) -> Iterator[tuple[str, str]]:
    if selection.words:
        yield "q", selection.words
    for name, number in (
        ("plan", selection.plan_id),
        ("unit", selection.unit_id),
        ("lead", selection.lead_id),
        ("group", selection.group_id),
    ):
        if number is not None:
            yield name, str(number)
    if selection.quarter is not None:
        yield "quarter", write_quarter(selection.quarter)
    if selection.within is not None:
        yield "within", SPAN.join(day.isoformat() for day in selection.within)
    if selection.sides:
        yield "sides", write_sides(*selection.sides)
    for name, holds in (("extended", selection.extended), ("excused", selection.excused)):
        if holds:
            yield name, "1"


def address_of_rows(selection: Selection) -> str:
    """The address of the list of what the selection means."""
    return url_for("board.rows", **arguments_of(selection))


class RowAddresses:
    """The addresses of the lists behind parts of a selection, of which a page holds a thousand."""

    def __init__(self, selection: Selection) -> None:
        parts = arguments_of(selection)
        kept = {name: value for name, value in parts.items() if name not in ("lead", "sides", "quarter")}
        self._start = f"{url_for('board.rows')}?{urlencode(kept)}{'&' if kept else ''}"
        self._selection = selection
        self._quarter = f"&quarter={parts['quarter']}" if "quarter" in parts else ""
        self._sides: dict[tuple[Side, ...], str] = {}

    def of(self, lead_id: int, sides: tuple[Side, ...], quarter: date | None = None) -> str:
        """The list of what of it the unit leads on these sides, in the quarter or in all."""
        if sides not in self._sides:
            self._sides[sides] = write_sides(*(self._selection.among(*sides).sides or ()))
        when = self._quarter if quarter is None else f"&quarter={write_quarter(quarter)}"
        return f"{self._start}lead={lead_id}&sides={self._sides[sides]}{when}"
