"""Under which unit a new one most likely stands, as its name tells."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracker.words import fold

PROVINCE, DISTRICT, COMMUNE = 1, 2, 3
_LEVELS = {"tinh": PROVINCE} | {
    **dict.fromkeys(("thanh pho", "huyen", "quan", "thi xa"), DISTRICT),
    **dict.fromkeys(("xa", "phuong", "thi tran", "dac khu"), COMMUNE),
}
_LEVEL = "|".join(sorted(_LEVELS, key=len, reverse=True))
_SEAT = re.compile(rf"(?:(?:ubnd|uy ban nhan dan) )?(?P<level>{_LEVEL})\b(?! (?:uy|doan|hoi)\b)")
_LAST_PLACE = re.compile(rf".*?\b(?P<place>(?P<level>{_LEVEL})(?: (?P<name>[^,;]+))?)$")
_OF = re.compile(r".*\b(?:thuoc|cua) (?P<unit>.+)")
_OF_PROVINCE = re.compile(r"(?:so|ban quan ly cac|thanh tra tinh|buu dien tinh)\b")


@dataclass(frozen=True, slots=True)
class Kin:
    """A unit that new ones may be put under: its name, and the unit above it."""

    name: str
    parent: int | None


def level_of(name: str) -> int:
    """The level of a seat of government; 0 for what is none: «UBND xã An Hòa» -> COMMUNE, «Sở Y tế» -> 0."""
    seat = _SEAT.match(fold(name))
    return _LEVELS[seat["level"]] if seat else 0


def parent_of(phrase: str, units: Mapping[int, Kin], home: int) -> int:
    """The unit that one named by the phrase belongs under; `home` is the one that watches over the plan.

    «Phòng Nội vụ thuộc Sở Y tế» stands under «Sở Y tế», «Trạm Y tế xã An Hòa» under «UBND xã An Hòa», «Sở Nội
    vụ» and «UBND xã An Hòa» under the province, «Phòng Kinh tế» beside the office that watches over the plan,
    not below it.
    """
    name = fold(phrase)
    above = list(upwards(home, units))
    return _named_in(name, units) or _by_level(name, units, above) or _nearest_seat(units, above) or home


def upwards(unit: int, units: Mapping[int, Kin]) -> Iterator[int]:
    """The unit, the one above it and so on, as far as they are among these."""
    at: int | None = unit
    seen: set[int] = set()
    while at is not None and at in units and at not in seen:
        seen.add(at)
        yield at
        at = units[at].parent


def _named_in(name: str, units: Mapping[int, Kin]) -> int | None:
    """The unit that the name itself says: after «thuộc», or the place at its end."""
    of = _OF.fullmatch(name)
    place = _LAST_PLACE.fullmatch(name)
    wanted = of["unit"] if of else place["place"] if place and place["name"] and not _SEAT.match(name) else ""
    found = (unit for unit, kin in units.items() if _bare(fold(kin.name)) == _bare(wanted))
    return next(found, None) if wanted else None


def _bare(name: str) -> str:
    return re.sub(r"^(?:ubnd|uy ban nhan dan) ", "", name)


def _by_level(name: str, units: Mapping[int, Kin], above: list[int]) -> int | None:
    """A place stands under the next higher one, «Công an tỉnh» under the province."""
    if seat := _SEAT.match(name):
        highest = _LEVELS[seat["level"]] - 1
    elif _OF_PROVINCE.match(name):
        highest = PROVINCE
    elif place := _LAST_PLACE.fullmatch(name):
        highest = _LEVELS[place["level"]]
    else:
        return None
    ranked = ((unit, level_of(units[unit].name)) for unit in above)
    return next((unit for unit, rank in ranked if rank and rank <= highest), above[-1] if above else None)


def _nearest_seat(units: Mapping[int, Kin], above: list[int]) -> int | None:
    return next((unit for unit in above if level_of(units[unit].name)), None)
