"""Vietnamese numbers: a comma before decimals, dots between thousands."""

import re
from dataclasses import dataclass

from tracker.plans.draft import Bound

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"

_FIGURE = re.compile(
    r"(?:(?:đạt|phấn đấu)\s+)*"
    r"(?P<bound>≥|≤|>=|<=|=|~|>|<|trên|dưới|tối thiểu|ít nhất|tối đa|không quá|từ|tăng|giảm)?"
    rf"\s*(?P<number>{NUMBER})\s*(?P<measure>(?:[%‰]\s*)?[^\W\d].{{0,24}}|[%‰])?",
    re.IGNORECASE,
)
_BOUNDS: dict[str, Bound] = {
    **dict.fromkeys(("≥", ">=", ">", "trên", "tối thiểu", "ít nhất", "từ"), "at_least"),
    **dict.fromkeys(("≤", "<=", "<", "dưới", "tối đa", "không quá"), "at_most"),
    "tăng": "more_by",
    "giảm": "less_by",
}
_UPWARDS = "trở lên"
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its measure as written, 97.4 and «%», and how it binds («≥ 90» is at least that)."""

    value: float
    measure: str = ""
    bound: Bound = ""


def parse_number_text(text: str) -> float:
    """«7,56» -> 7.56, «12.277» -> 12277, «1.234,5» -> 1234.5; «43.98», with two digits, -> 43.98."""
    whole, _, decimals = text.partition(",")
    if _THOUSANDS.fullmatch(whole):
        whole = whole.replace(".", "")
    return float(f"{whole}.{decimals}" if decimals else whole)


def parse_figure(text: str) -> Quantity | None:
    """What a cell of figures says: «100,00%», «69», «≥ 90%», «25 dịch vụ»; None where it is no figure."""
    figure = _FIGURE.fullmatch(" ".join(text.split()))
    if figure is None:
        return None
    measure = (figure["measure"] or "").strip()
    bound = _BOUNDS.get((figure["bound"] or "").lower(), "")
    if measure.lower().endswith(_UPWARDS):
        return Quantity(parse_number_text(figure["number"]), measure[: -len(_UPWARDS)].strip(), "at_least")
    return Quantity(parse_number_text(figure["number"]), measure, bound)
