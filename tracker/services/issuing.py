"""Who issues an official paper: its name, place and signer (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

import re

from tracker.grants import OVERSEERS, Reach
from tracker.models import Unit
from tracker.render.official import Issuer
from tracker.words import nfc

COMMITTEE = re.compile(
    r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+"
    r"(?P<level>tỉnh|thành phố|xã|phường|thị trấn|đặc khu|huyện|quận|thị xã)\s+(?P<place>.+)",
    re.IGNORECASE,
)
UNKNOWN_PLACE = "..........."


def overseeing_unit(reach: Reach) -> Unit:
    """The unit in whose name the person oversees: the highest one they lead or watch over."""
    return min((grant.unit for grant in reach.user.grants if grant.role in OVERSEERS), key=_depth)


def _depth(unit: Unit) -> int:
    return 1 + _depth(unit.parent) if unit.parent else 0


def issuer_of(unit: Unit) -> Issuer:
    """«UBND xã Suối Mây» -> ỦY BAN NHÂN DÂN, XÃ SUỐI MÂY, signed TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH."""
    committee = COMMITTEE.fullmatch(nfc(unit.name))
    if committee:
        level, place = committee["level"], committee["place"]
        name, signer = ("Ủy ban nhân dân", f"{level} {place}"), ("TM. Ủy ban nhân dân", "Chủ tịch")
        return Issuer(unit.name, "", name, "UBND", place, signer)
    above = unit.parent.name if unit.parent else ""
    return Issuer(unit.name, above, (unit.name,), _code(unit), _place(unit), ("Thủ trưởng đơn vị",))


def _place(unit: Unit) -> str:
    """The place of the nearest people's committee above."""
    above = unit.parent
    while above is not None:
        if committee := COMMITTEE.fullmatch(nfc(above.name)):
            return committee["place"]
        above = above.parent
    return UNKNOWN_PLACE


def _code(unit: Unit) -> str:
    """The short name where it has one, else the first letters: «Phòng Kinh tế» -> PKT."""
    if unit.short_name and " " not in unit.short_name:
        return unit.short_name.upper()
    return "".join(word[0] for word in re.findall(r"\w+", unit.name)).upper()
