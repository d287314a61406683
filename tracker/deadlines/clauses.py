"""What is no deadline although it may hold a date: cited documents, events waited for, grounds, numbered
things.
"""

from collections.abc import Sequence

from tracker.deadlines.shapes import Level, joined
from tracker.deadlines.tokens import Token

# A full date; and the rest of a clause: up to a mark, a «trước», «chậm nhất», «trong vòng», or a word of time
# behind «trong», «đến», «từ».
_DATE = r"(?:n/n/[yn]|n\.n\.y|n-n-y|n/?Mn/?(?:,?A?y)?|n/n)"
_REST = r"(?:[^,;.()blviuf]|[iuf](?![eizhg]*[DMQAGnry]))*"
_ORDINARY = "[oNORtqc#@U!wBx]"


def _cited(tokens: Sequence[Token]) -> list[Token]:
    return joined("c", "", tokens)


def _condition(tokens: Sequence[Token]) -> list[Token]:
    return joined("U", tuple(tokens), tokens)


def _ground(tokens: Sequence[Token]) -> list[Token]:
    return joined("V", tuple(tokens), tokens)


# «Thông báo số 211/TB-VPCP ngày 24/4/2026»; «sau khi HĐND thông qua», «kể từ ngày ban hành»;
# «theo kế hoạch của Bộ»; «Phụ lục II», «khóa XVI».
find_clauses = Level(
    [
        (rf"N?[oN]{{0,6}}(?:#?c|#[nmy](?:/o)?)(?:[oNOqR]{{0,12}}D{_DATE})?", _cited),
        (rf"U{_REST}|[fa]D(?={_ORDINARY}){_REST}|(?<=[DJWMAH])[fa](?={_ORDINARY}){_REST}", _condition),
        (rf"V(?=[{_ORDINARY[1:-1]}]){_REST}", _ground),
        (r"[OT][#@]?(?:[nmrw]|K)(?:[,&](?:[nmrw](?![/.])))*|[OT@j]K", _cited),
    ]
)
