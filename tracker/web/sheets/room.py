"""What all lists taken home share: the door, and how one list becomes a file."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from flask_login import login_required

from tracker import clock
from tracker.render.sheets import Column, Sheet, Value, sheet_bytes
from tracker.web.downloads import attachment
from tracker.words import moment_words

bp = Blueprint("sheets", __name__, url_prefix="/sheets")

MOST = 10_000  # rows of a sheet
ASKED = MOST + 1  # rows to ask for: one more than is shown tells that the list was cut
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Thing = TypeVar("Thing")
Said = tuple[Column, Callable[[Thing], Value]]  # a column, and what it says of a thing


@bp.before_request
@login_required
def ask_who() -> None:
    """Nobody takes lists home without having logged in."""


@dataclass(frozen=True, slots=True)
class Listing(Generic[Thing]):
    """A list as it is taken home: its title, what its rows are called, and what each column says of one."""

    title: str
    noun: str
    columns: Sequence[Said[Thing]]

    @property
    def heads(self) -> list[Column]:
        """The columns, without what they say."""
        return [column for column, _ in self.columns]

    def row(self, thing: Thing) -> list[Value]:
        """What the columns say of one thing."""
        return [say(thing) for _, say in self.columns]

    def send(self, things: Iterable[Thing], title: str = "", name: str = "") -> ResponseReturnValue:
        """The things as a file named by what it is and by today: «Nhiệm vụ quá hạn 2026-06-18.xlsx».

        Of a list longer than `MOST` the first rows, the sheet saying so.
        """
        found = list(islice(things, ASKED))
        sheet = Sheet(
            title or self.title,
            _note(min(len(found), MOST), self.noun, cut=len(found) > MOST),
            self.heads,
            map(self.row, found[:MOST]),
        )
        content = io.BytesIO(sheet_bytes(sheet, now=clock.now()))
        return attachment(content, XLSX, f"{name or sheet.title} {clock.today()}.xlsx")


def _note(count: int, noun: str, *, cut: bool) -> str:
    """«UBND xã Suối Mây · 12 nhiệm vụ · lập lúc 18/6/2026 09:00»; it says where the list was cut."""
    said = (
        current_app.config["AUTHORITY_NAME"],
        f"{count} {noun}" + (" đầu tiên, hãy lọc để lấy phần còn lại" if cut else ""),
        f"lập lúc {moment_words(clock.now())}",
    )
    return " · ".join(part for part in said if part)
