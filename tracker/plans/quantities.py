"""Vietnamese numbers: a comma before decimals, dots between thousands."""

import re
from dataclasses import dataclass

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"

_FIGURE = re.compile(
    rf"(?:[≥≤><=~]+|trên|dưới|tối thiểu|từ|đạt)?\s*(?P<number>{NUMBER})"
    r"\s*(?P<measure>[%‰]|[^\W\d].{0,24})?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its measure as written: 97.4 and «%»."""

    value: float
    measure: str = ""


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
    return Quantity(parse_number_text(figure["number"]), (figure["measure"] or "").strip())
