"""Lines under a duty that say one thing of it: «Cơ quan chủ trì: ...», «Thời gian: ...», «Sản phẩm: ...»."""

import re
from dataclasses import dataclass
from typing import Literal

from tracker.plans import parties

_PARTIES = re.compile(
    r"(?:(?:(?:các\s+)?(?:cơ quan|đơn vị|bộ phận)\s+)?(?:đồng )?(?:chủ trì|phối hợp)"
    r"(?:,? (?:tham mưu|thực hiện))*"
    r"|(?:các\s+)?(?:cơ quan|đơn vị|bộ phận) (?:thực hiện|đầu mối|chịu trách nhiệm)"
    r"|(?:phân công|trách nhiệm) thực hiện)\s*:\s*(?P<said>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_TIME = re.compile(
    r"\(?(?:(?:thời gian|thời hạn|tiến độ|hạn)(?: thực hiện| hoàn thành| cuối| chót)?|hoàn thành)\s*:"
    r"\s*(?P<said>.+)",
    re.IGNORECASE | re.DOTALL,
)
_PRODUCT = re.compile(
    r"(?:sản phẩm|kết quả|đầu ra)(?: (?:đầu ra|dự kiến|thực hiện|hoàn thành|đạt được))?\s*:\s*(?P<said>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_CONTENT = re.compile(r"(?:nội dung|nhiệm vụ)(?: thực hiện| công việc| cụ thể)?\s*:\s*(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attribute:
    """What a line says of a duty; `roles` are filled where it says who."""

    kind: Literal["parties", "time", "product"]
    said: str
    roles: parties.Roles


def read_attribute(text: str) -> Attribute | None:
    """«Cơ quan chủ trì: Sở Nội vụ», «Thời gian thực hiện: Quý II/2026»; None where a line is no such one."""
    if time := _TIME.fullmatch(text):
        return Attribute("time", time["said"].strip(" .;)"), parties.Roles())
    if product := _PRODUCT.fullmatch(text):
        return Attribute("product", product["said"], parties.Roles())
    if who := _PARTIES.fullmatch(text):
        label = text[: who.start("said")]
        says_role = re.search("chủ trì|phối hợp", label, re.IGNORECASE)
        roles = parties.read_roles(text if says_role else who["said"])
        named = [*roles.lead, *roles.coordinating]
        if named and all(map(parties.names_body, named)):
            return Attribute("parties", who["said"], roles)
    return None


def without_label(text: str) -> str:
    """«Nội dung: Tổ chức tuyên truyền» -> «Tổ chức tuyên truyền»."""
    return _CONTENT.sub("", text, count=1)
