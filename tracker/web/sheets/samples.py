"""Samples of the lists that can be taken in: the columns they want, with a few rows to write over."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask import abort
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.render.sheets import Column, Value
from tracker.web.sessions import administrators_only
from tracker.web.sheets.room import Listing, Said, bp

Row = Sequence[Value]


def _sample(title: str, *titles: str) -> Listing[Row]:
    return Listing(
        title, "dòng mẫu, hãy ghi đè", [_said(number, words) for number, words in enumerate(titles)]
    )


def _said(number: int, title: str) -> Said[Row]:
    return Column(title, 28), lambda row: row[number]


COMMUNE, ROOM = "UBND xã Mẫu", "Phòng Mẫu"
UNITS = _sample("Mẫu danh sách đơn vị", "Đơn vị", "Cấp trên", "Tên viết tắt", "Thư điện tử", "Tên gọi khác")
GROUPS = _sample("Mẫu danh sách nhóm", "Nhóm", "Đơn vị")
PEOPLE = _sample(
    *("Mẫu danh sách người", "Họ và tên", "Tên đăng nhập", "Vai trò"),
    *("Đơn vị", "Thư điện tử", "Mật khẩu"),
)
DAYS = _sample("Mẫu danh sách ngày nghỉ", "Ngày", "Loại", "Lý do")


def _rows(year: int) -> Mapping[str, tuple[Listing[Row], Sequence[Row]]]:
    """The samples by the name in their address; the days are of that year."""
    return {
        "units": (
            UNITS,
            [
                (COMMUNE, "", "UBND xã", "vanphong@xamau.example", "Ủy ban nhân dân xã Mẫu"),
                (ROOM, COMMUNE, "P. Mẫu", "", "Phòng Mẫu xã; P Mẫu"),
            ],
        ),
        "groups": (GROUPS, [("Các phòng", ROOM)]),
        "people": (
            PEOPLE,
            [
                ("Nguyễn Văn Mẫu", "nguyenvanmau", "Thủ trưởng đơn vị", ROOM, "mau@xamau.example", ""),
                ("Trần Thị Mẫu", "tranthimau", "Chuyên viên", ROOM, "", ""),
            ],
        ),
        "days": (
            DAYS,
            [
                (date(year, 9, 2), "Ngày nghỉ", "Quốc khánh"),
                (f"30/4/{year} - 01/5/{year}", "Ngày nghỉ", "Ngày Chiến thắng và Quốc tế Lao động"),
            ],
        ),
    }


@bp.get("/samples/<kind>")
def sample(kind: str) -> ResponseReturnValue:
    """The sample of a list that an administrator can take in; 404 for a kind there is none of."""
    administrators_only()
    listing, rows = _rows(clock.today().year).get(kind) or abort(404)
    return listing.send(rows)
