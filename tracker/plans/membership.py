"""Which units most likely belong to a group, as its name tells."""

import re
from collections.abc import Iterator, Mapping

from tracker.plans.placing import COMMUNE, DISTRICT, level_of
from tracker.words import fold

# What a group names, and how the names of its members begin.
_KINDS = (
    (r"so", "so "),
    (r"ban(?! lang)", "ban |thanh tra "),
    (r"phong", "phong "),
    (r"thon|ban lang|khu pho|to dan pho", "thon |khu pho |to dan pho "),
    (r"truong", "truong "),
    (r"tram y te", "tram y te "),
    (r"chi bo|dang bo", "chi bo |dang bo |dang uy "),
    (
        r"hoi|doan the|to chuc chinh tri",
        "hoi |doan |uy ban mat tran |uy ban mttq |ubmttq|mat tran |lien doan ",
    ),
)
_DISTRICTS = re.compile(r"\b(?:huyen|quan|thi xa|thanh pho)\b")
_COMMUNES = re.compile(r"\b(?:(?<!thi )xa|phuong|thi tran|dac khu)\b")
_OWN = re.compile(r"\b(?:cua|thuoc|truc thuoc|tren dia ban)\b.*")


def likely_members(group: str, units: Mapping[int, str]) -> frozenset[int]:
    """The units (names by id) that a group named so most likely has: every «Sở ...» of «Các sở, ngành».

    «UBND các xã, phường» has the communes, «các phòng thuộc UBND xã» the «Phòng ...»; none where it says
    nothing.
    """
    wanted = _OWN.sub("", fold(group))
    levels = set(_levels(wanted))
    if levels:
        return frozenset(unit for unit, name in units.items() if level_of(name) in levels)
    begins = [begin for kind, begin in _KINDS if re.search(rf"\b(?:{kind})\b", wanted)]
    if not begins:
        return frozenset()
    member = re.compile("|".join(begins))
    return frozenset(unit for unit, name in units.items() if member.match(fold(name)))


def _levels(group: str) -> Iterator[int]:
    """The levels whose seats a group holds: «UBND các huyện, thành phố, xã» holds those of two."""
    if re.match(r"(?:ubnd|uy ban nhan dan|cac (?:xa|phuong|huyen|dia phuong)|chu tich ubnd)\b", group):
        if _DISTRICTS.search(group):
            yield DISTRICT
        if _COMMUNES.search(group) or "dia phuong" in group:
            yield COMMUNE
