"""What a sentence says of its duty in parentheses: «(Sở Nội vụ chủ trì; hoàn thành trong Quý II/2026)»."""

import re
from dataclasses import dataclass, field

from tracker.plans import parties
from tracker.plans.attributes import read_attribute
from tracker.plans.times import read_time
from tracker.plans.wording import one_line

_ASIDE = re.compile(r"\s*\((?P<said>[^()]{6,400})\)")
_DOES = re.compile(
    r"(?:do\s+|giao\s+)?(?P<who>[^,;:]+?(?:,[^;:]+?)?)\s+(?:chủ trì|thực hiện|chịu trách nhiệm|tham mưu|"
    r"phụ trách)(?:\s+(?:thực hiện|tham mưu))?(?P<rest>,.*)?",
    re.IGNORECASE | re.DOTALL,
)
_HELPS = re.compile(r",?\s*(?:và\s+)?phối hợp\b", re.IGNORECASE)
_WHEN = re.compile(
    r"(?:xong |hoàn thành )|(?:thường xuyên|hằng|hàng|quý|tháng|năm|trước|trong|ngày)\b", re.IGNORECASE
)


@dataclass(slots=True)
class Aside:
    """Who leads and helps, when, and with what result; `rest` is the sentence without the parenthesis."""

    rest: str
    said: str
    roles: parties.Roles = field(default_factory=parties.Roles)
    time: str = ""
    product: str = ""


def read_aside(text: str) -> Aside | None:
    """The parenthesis of a sentence that says whose its duty is; None where none does."""
    for found in _ASIDE.finditer(text):
        rest = one_line(f"{text[: found.start()]}{text[found.end() :]}")
        aside = Aside(rest, found[0].strip())
        for piece in found["said"].split(";"):
            _take(aside, piece.strip().rstrip("."))
        if aside.roles.lead and all(map(parties.names_body, aside.roles.lead)):
            return aside
    return None


def _take(aside: Aside, piece: str) -> None:
    """Put one piece where it belongs; what is neither who, when nor what stays only in the source."""
    attribute = read_attribute(piece)
    if attribute and attribute.kind == "time":
        aside.time = attribute.said
    elif attribute and attribute.kind == "product":
        aside.product = attribute.said
    elif attribute:
        _add(aside, attribute.roles)
    elif does := _DOES.fullmatch(piece):
        _take_doing(aside, does)
    elif _HELPS.match(piece):
        _add(aside, parties.read_roles(piece, default="coordinating"))
    elif _WHEN.match(piece):
        aside.time = aside.time or read_time(piece) or piece


def _take_doing(aside: Aside, does: re.Match[str]) -> None:
    """«Sở Nội vụ chủ trì, phối hợp với Công an xã», «Văn phòng thực hiện, thường xuyên»."""
    aside.roles.lead += parties.split(does["who"])
    rest = (does["rest"] or "").lstrip(", ")
    if rest:
        _take(aside, rest)


def _add(aside: Aside, roles: parties.Roles) -> None:
    aside.roles.lead += roles.lead
    aside.roles.coordinating += roles.coordinating
